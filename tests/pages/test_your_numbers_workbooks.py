"""Workbooks as spreadsheets and programs write them: which sheet, which rows, and what their cells show."""

import datetime
import io
import re
import zipfile

import openpyxl
import pytest

from lib.own_numbers.table import Table, UnreadableError
from pages.your_numbers.reader import columns, match, read, value_columns
from tests.lib.own_tables import with_parts, workbook

STPS = ["E54000015", "E54000016", "E54000022", "E54000030"]
RATES = [2.5, 4.0, 3.25, 8.0]
ROWS = [["STP", "Rate"], *map(list, zip(STPS, RATES, strict=True))]
BY_RATE = dict(zip(STPS, RATES, strict=True))


def values(table: Table, column: str | None = None) -> dict[str, float]:
    """Return what is read of each area: of the column that is shown first, or of one by name."""
    found = columns.find(table)
    place = value_columns.likely(table, found.column, found.layer) if column is None else table.head.index(column)
    return dict(match.match(table, found.layer, found.column, place).values)


def changed(content: bytes, change) -> bytes:
    """Return a workbook after a change to it."""
    book, made = openpyxl.load_workbook(io.BytesIO(content)), io.BytesIO()
    change(book)
    book.save(made)
    return made.getvalue()


BESIDE = {
    "a query": {"customXml/item1.xml": '<?xml version="1.0" encoding="utf-16"?><DataMashup/>'.encode("utf-16")},
    "a query with a DTD": {"customXml/item2.xml": "<!DOCTYPE x><x/>"},
    "a picture that unpacks to much": {"xl/media/a.png": b"\0" * 40_000_000},
    "a cache with many marks": {"xl/pivotCache/pivotCacheRecords1.xml": "<r/>" * 600_000},
    "an order of calculation": {"xl/calcChain.xml": "<c/>" * 20_000},
    "a program": {"xl/vbaProject.bin": b"\0" * 1_000},
    "properties that are wrong": {"docProps/core.xml": "<x"},
}


@pytest.mark.parametrize("parts", BESIDE.values(), ids=BESIDE)
def test_parts_that_are_not_read_are_no_reason_to_refuse(parts):
    assert values(read.read(with_parts(parts, workbook(("Figures", ROWS))))) == BY_RATE


def strict(content: bytes) -> bytes:
    """Return a workbook with the names of Strict Open XML."""
    parts = {}
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            part = packed.read(name)
            part = part.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            parts[name] = part.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"
            )
    return with_parts(parts, content)


def test_a_strict_workbook_is_read():
    content = strict(workbook(("Notes", [["see next"]]), ("Figures", ROWS)))
    table = read.read(content)
    assert table.sheets == ("Notes", "Figures") and values(table) == BY_RATE


def test_formulas_without_a_saved_value_are_named():
    rows = [["STP", "Beds", "Share", "Other"], *([code, n + 2, f"=B{n}/9", f"=B{n}"] for n, code in enumerate(STPS))]
    table = read.read(workbook(("Figures", rows)))
    assert "8 cells hold formulas without a saved value (columns C and D)" in table.notes[0]
    assert "Open the workbook in a spreadsheet, save it there" in table.notes[0]
    assert values(table) == {code: n + 2 for n, code in enumerate(STPS)}
    found = match.match(table, "stp17", 0, 2)
    assert set(found.left_out["Why"]) == {"The value is a formula that was never calculated"}


def test_formulas_with_a_saved_value_are_read_as_it():
    content = workbook(("Figures", ROWS))
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    sheet = re.sub(rb"<v>(4|8)</v>", rb"<f>1*\1</f><v>\1</v>", sheet)
    assert sheet.count(b"<f>") == 2
    table = read.read(with_parts({"xl/worksheets/sheet1.xml": sheet}, content))
    assert values(table) == BY_RATE and "formula" not in table.notes[0]


@pytest.mark.parametrize("many", [1, 3])
def test_hidden_rows_are_left_out_and_counted(many):
    old = [[code, 1] for code in STPS[:many]]

    def hide(book):
        for row in range(2, 2 + many):
            book.active.row_dimensions[row].hidden = True

    table = read.read(changed(workbook(("Figures", [ROWS[0], *old, *ROWS[1:]])), hide))
    assert f"{many} hidden row{'s are' if many > 1 else ' is'} left out." in table.notes[0]
    assert values(table) == BY_RATE and table.numbers[0] == 2 + many


SHEETS = {
    "a table of contents": [["Table of contents"], [1, "Rates"], [2, "Notes"]],
    "words": [["About these figures"], ["They are of 2017"]],
    "a table without areas": [["Month", "Visits"], ["April", 3], ["May", 4]],
    "areas without numbers": [["STP", "Contact"], [STPS[0], "a name"], [STPS[1], "another"]],
    "nothing": [],
}


@pytest.mark.parametrize("first", SHEETS.values(), ids=SHEETS)
def test_the_first_sheet_that_can_be_seen_and_names_areas_is_read(first):
    content = workbook(("First", first), ("Figures", ROWS), ("Later", [["STP", "Rate"], [STPS[0], 99]]))
    table = read.read(content)
    assert table.sheet == 1 and values(table) == BY_RATE
    # The reader may want another one.
    assert values(read.read(content, 2)) == {STPS[0]: 99}


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_only_when_it_is_chosen(state):
    def hide(book):
        book["Old"].sheet_state = state

    old = [["STP", "Rate"], *[[code, 1] for code in STPS]]
    content = changed(workbook(("Old", old), ("Figures", ROWS)), hide)
    table = read.read(content)
    assert table.sheets == ("Old (hidden)", "Figures") and values(table) == BY_RATE
    assert set(values(read.read(content, 0)).values()) == {1}


def test_a_workbook_in_which_no_sheet_names_areas_shows_the_first_that_can_be_read():
    table = read.read(workbook(("A", SHEETS["nothing"]), ("B", SHEETS["words"]), ("C", [["a", "b"], ["c", "d"]])))
    assert table.sheet == 2
    with pytest.raises(UnreadableError, match="no cells"):
        read.read(workbook(("A", []), ("B", [])))


def day(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts)


@pytest.mark.parametrize(
    ("days", "form", "names"),
    [
        ([day(2017, 4, 1), day(2017, 5, 1)], "mmm-yy", ("Apr 2017", "May 2017")),
        ([day(2017, 4, 1), day(2017, 5, 1)], "dd/mm/yyyy", ("Apr 2017", "May 2017")),
        ([day(2017, 4, 30), day(2017, 5, 31)], "mmmm yyyy", ("Apr 2017", "May 2017")),
        ([day(2017, 4, 7), day(2017, 4, 14)], "dd/mm/yyyy", ("7 Apr 2017", "14 Apr 2017")),
        ([day(2016, 1, 1), day(2017, 1, 1)], "yyyy", ("2016", "2017")),
    ],
)
def test_dates_as_headings_read_as_a_spreadsheet_shows_them(days, form, names):
    def show(book):
        for cell in book.active[1][1:]:
            cell.number_format = form

    rows = [["STP", *days], *[[code, n, rate] for n, (code, rate) in enumerate(BY_RATE.items())]]
    table = read.read(changed(workbook(("Figures", rows)), show))
    assert table.head == ("STP", *names) and values(table, names[1]) == BY_RATE


def test_dates_as_headings_of_a_text_file():
    table = read.read(b"STP\t2017-04-01T00:00:00\t2017-05-01 00:00:00\nE54000015\t1\t2\nE54000016\t3\t4\n")
    assert table.head == ("STP", "Apr 2017", "May 2017")
