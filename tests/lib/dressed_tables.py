"""Tables that say the same in the many shapes in which people keep them."""

import csv
import datetime
import io
from dataclasses import dataclass

import openpyxl
from hypothesis import strategies as st

from geo import blocks
from tests.lib.own_tables import with_parts

MEASURE = "Rate per head"
_LAYERS = {name: dict(blocks.names(name)) for name in ("stp17", "ccg17", "council17")}
_MARKS = ["<5", "*", "[c]", "..", "1 to 4", "s"]


@dataclass(frozen=True)
class Dress:
    """How a table is written.

    Attributes
    ----------
    above : list of list
        Lines of title and period.
    blank : bool
        Whether an empty line follows them.
    groups : bool
        Whether a row of groups stands over the names of the columns.
    counter, period : str or None
        Heading of a column in front that counts the rows, or that holds years.
    others : list
        Headings of more columns with numbers behind the measure.
    remark : str or None
        What stands beside some rows.
    short : bool
        Whether the headings lack that of the first column, which counts the rows.
    key : str
        Heading of the column with the areas.
    """

    above: list[list[str]]
    blank: bool
    groups: bool
    counter: str | None
    period: str | None
    others: list
    remark: str | None
    short: bool
    key: str


dresses = st.builds(
    Dress,
    above=st.lists(
        st.sampled_from(
            [["Title:", "Figures"], ["Period:", "June 2017"], ["Source: a survey"], ["Published", "8 June"]]
        ),
        max_size=7,
    ),
    blank=st.booleans(),
    groups=st.booleans(),
    counter=st.none() | st.sampled_from(["", "FID", "Unnamed: 0", "index"]),
    period=st.none() | st.sampled_from(["Year", "Quarter", "Financial year"]),
    others=st.just([])
    | st.just(["0", "1", "2", "85+"])
    | st.just(["2015", "2016"])
    | st.just(["201704", "201705"])
    | st.just([datetime.datetime(2017, 4, 1), datetime.datetime(2017, 5, 1)])
    | st.just(["[Beds]"]),
    remark=st.none() | st.sampled_from(["revised", "see note 2"]),
    short=st.booleans(),
    key=st.sampled_from(["Code", "Area code", "ONS code", "[Code]"]),
)
tables = st.sampled_from(list(_LAYERS)).flatmap(
    lambda layer: st.tuples(
        st.just(layer),
        st.lists(
            st.tuples(
                st.sampled_from(list(_LAYERS[layer])),
                st.floats(-1e6, 1e6).map(lambda value: round(round(value, 2) + 0.5, 2)),
            ),
            min_size=4,
            max_size=30,
            # Where all values are the same, another column is shown first.
            unique_by=(lambda row: row[0], lambda row: row[1]),
        ),
    )
)


def written(dress: Dress, layer: str, rows: list[tuple[str, float]], values: list) -> list[list]:
    """Return the lines of a table.

    Parameters
    ----------
    dress : Dress
        How it is written.
    layer : str
        Kind of area.
    rows : list of (str, float)
        Code and value of each area.
    values : list
        How each value is written.
    """
    counter = "" if dress.short else dress.counter
    head = [] if counter is None else [counter]
    head += [*([dress.period] if dress.period else []), dress.key, "Name", MEASURE, *dress.others]
    lines = [list(line) for line in dress.above] + ([[]] if dress.blank else [])
    if dress.groups and not dress.short:
        lines.append(["" if name != MEASURE else "All" for name in head])
    lines.append(head[1:] if dress.short else head)
    for n, ((code, _), value) in enumerate(zip(rows, values, strict=True)):
        line = [] if counter is None else [n]
        line += [*([2015 + n % 2] if dress.period else []), code, _LAYERS[layer][code], value]
        line += [n * 7 % 11 for _ in dress.others]
        lines.append(line + ([dress.remark] if dress.remark and n % 3 == 1 and not dress.short else []))
    return lines


def as_text(lines: list[list], separator: str, decimal_commas: bool = False) -> bytes:
    """Return lines as a text file."""
    made = io.StringIO()
    said = [
        [str(cell).replace(".", ",") if decimal_commas and isinstance(cell, float) else cell for cell in line]
        for line in lines
    ]
    csv.writer(made, delimiter=separator).writerows(said)
    return made.getvalue().encode()


def as_workbook(lines: list[list], form: str, hidden: bool, contents: bool) -> bytes:
    """Return lines as a workbook as Excel may keep it, with a query in it.

    Parameters
    ----------
    lines : list of list
        The table.
    form : str
        Number format of all cells.
    hidden, contents : bool
        Whether an older version of the rows is hidden, and a table of contents stands in front.
    """
    book, made = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    if contents:
        sheet.append(["Contents"])
        sheet.append([1, "The figures"])
        sheet = book.create_sheet("Figures")
    for line in lines:
        sheet.append(line)
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, float):
                cell.number_format = form
    if hidden:
        for cell in sheet[sheet.max_row]:
            sheet.cell(sheet.max_row + (cell.column == 1), cell.column, cell.value and 99)
        sheet.row_dimensions[sheet.max_row].hidden = True
    book.save(made)
    return with_parts({"customXml/item1.xml": "<DataMashup/>".encode("utf-16")}, made.getvalue())


marks = st.sampled_from(_MARKS)
