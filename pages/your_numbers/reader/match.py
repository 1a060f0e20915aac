"""The rows of a reader's table held against the areas of a layer: what was used, what was not, and why."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from geo import blocks
from geo.area_words import an
from lib.own_numbers.keys import code_of, numbers_are_keys, of_other_years, why_not
from lib.own_numbers.table import Cell, Table, shortened
from lib.text import capital, counted, listed
from pages.your_numbers.reader import together
from pages.your_numbers.reader.numbers import Number, number
from pages.your_numbers.reader.together import Offer

_MOST_DECIMALS = 8
_MOST_ROWS_NAMED = 4
_MOST_SHOWN = 60
"""Letters of a cell in the report."""


@dataclass(frozen=True, eq=False)
class Matched:
    """What became of the rows of a table.

    Attributes
    ----------
    layer : str
        Kind of area.
    title : str
        Name of the column that is shown, the reader's own words.
    values : Series
        Value by code, of the areas that have one.
    unit : str
        ``"%"``, ``"£"`` or empty.
    decimals : int
        How many to show.
    rows : int
        Rows of the table.
    used : int
        Rows whose value is shown.
    left_out : DataFrame
        ``Row``, ``Area`` and ``Value`` as the file has them, ``Why``; in the order of the file.
    gaps : Series
        Why an area has no value, by code.
    notices : tuple of str
        What else a reader should know, in sentences of plain words.
    parts : mapping of str to tuple of str
        Names of the areas whose numbers were summed, by the code of what they are together.
    offers : tuple of Offer
        What could be put together; empty where it was.
    no_count : str
        Why the numbers must not be summed, in words; empty if they are counts.
    """

    layer: str
    title: str
    values: pd.Series
    unit: str
    decimals: int
    rows: int
    used: int
    left_out: pd.DataFrame
    gaps: pd.Series
    notices: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    offers: tuple[Offer, ...] = ()
    no_count: str = ""

    def words(self, value: float) -> str:
        """Return a value with its unit."""
        said = f"{abs(value):,.{self.decimals}f}"
        minus = "−" if value < 0 and float(said.replace(",", "")) else ""
        return f"{minus}{'£' if self.unit == '£' else ''}{said}{'%' if self.unit == '%' else ''}"

    def sentence(self) -> str:
        """Return in a sentence or two how many rows were used and how many areas have a value."""
        many, total = blocks.layer(self.layer).many, len(self.values) + len(self.gaps)
        said = f"{self.used:,} of {counted(self.rows, 'row')} {'was' if self.used == 1 else 'were'} used"
        if not len(self.gaps):
            return f"{said}. All {total} {many} have a value."
        without = "1 has none and is a gap" if len(self.gaps) == 1 else f"{len(self.gaps)} have none and are gaps"
        have = "1 has a value" if len(self.values) == 1 else f"{len(self.values)} have a value"
        return f"{said}. Of the {total} {many} {have}; {without}."


def match(table: Table, layer: str, key: int, value: int, numbers: bool = False, summed: bool = False) -> Matched:
    """Hold a table against the areas of a layer.

    Parameters
    ----------
    table : Table
        What a reader brought.
    layer : str
        Kind of area.
    key, value : int
        Places of the columns with the areas and with the numbers.
    numbers : bool
        Whether the reader chose the column with the areas, so that bare
        numbers in it are footprints whatever its heading says, if nothing
        else in it names areas.
    summed : bool
        Whether counts of rows that are together exactly one area are summed.

    Returns
    -------
    Matched
        Nothing else is summed: an area with several rows has a value if all
        of them say the same, otherwise it is a gap.
    """
    cells = dict.fromkeys(table.column(key))
    numbers = numbers_are_keys(table.head[key]) or (numbers and not any(code_of(layer, cell) for cell in cells))
    known = {cell: code_of(layer, cell, numbers) for cell in cells}
    other, mistaken = of_other_years(layer, known)
    known |= dict.fromkeys(mistaken)
    no_count = together.why_no_count(table, value) or ""
    put = together.Sums()
    if summed and not no_count:
        put = together.sums(table, layer, (key, value), known, mistaken)
    why = {cell: why_not(layer, cell) for cell, code in known.items() if code is None} | mistaken
    by_area: dict[str, list[tuple[int, Number]]] = {}
    left_out: dict[int, str] = {}
    reasons = dict(put.gaps)
    for place, row in enumerate(table.rows):
        if place in put.used:
            continue
        code, found = known[row[key]], _number(table, place, value)
        if not code:
            left_out[place] = "; ".join(filter(None, (why[row[key]], put.why.get(place))))
        elif isinstance(found, Number):
            by_area.setdefault(code, []).append((place, found))
        else:
            left_out[place] = found
            reasons.setdefault(code, found)
    read, twice = _agreed(table, by_area, left_out, reasons)
    read |= put.numbers
    unit, mixed = _unit(list(read.values()))
    notices = [*other, mixed]
    if summed and no_count:
        notices.append(f"Nothing is put together: the column {table.head[value]} is not summed, since {no_count}.")
    elif summed and not put.numbers:
        notices.append(f"Nothing is put together: no rows are together exactly {an(blocks.layer(layer).one)}.")
    if twice:
        many = f"{counted(twice, 'row repeats', 'rows repeat')} an area with the same value"
        notices.append(f"{many}; the value is used once.")
    if sum(why.startswith("duplicate") for why in left_out.values()) > len(table.rows) / 2:
        notices.append(
            "Most areas have several rows with different values, one a year or one a group perhaps. Nothing is summed: "
            "keep one row for each area, and choose the file again."
        )
    gaps = {code: reasons.get(code, "no row") for code in blocks.names(layer).index if code not in read}
    return Matched(
        layer=layer,
        title=table.head[value],
        values=pd.Series({code: item.value for code, item in sorted(read.items())}, dtype="float64"),
        unit=unit,
        decimals=_decimals(list(read.values())),
        rows=len(table.rows),
        used=len(table.rows) - len(left_out),
        left_out=_report(table, key, value, left_out),
        gaps=pd.Series(gaps, dtype="str"),
        notices=tuple(filter(None, notices)),
        parts=put.parts,
        offers=() if put.parts else together.offers(layer, known, mistaken),
        no_count=no_count,
    )


def _number(table: Table, place: int, value: int) -> Number | str:
    """Return the number of a row, or why it has none."""
    if table.numbers[place] in table.too_wide:
        return "the row has more cells than the head: is a comma in a number or a name without quotation marks?"
    return number(table.rows[place][value])


def _agreed(
    table: Table, by_area: Mapping[str, list[tuple[int, Number]]], left_out: dict[int, str], reasons: dict[str, str]
) -> tuple[dict[str, Number], int]:
    """Return the number of each area whose rows all say the same, and how many rows repeat one.

    The others are added to the rows that are left out, and to the reasons why areas have no value.
    """
    read, twice = {}, 0
    for code, found in by_area.items():
        if len({item.value for _, item in found}) == 1:
            read[code] = found[0][1]
            twice += len(found) - 1
            continue
        rows = _rows([table.numbers[place] for place, _ in found])
        reasons[code] = f"{rows} name this area with different values"
        for place, _ in found:
            left_out[place] = f"duplicate: {rows} name the same area with different values, so none of them is used"
    return read, twice


def _rows(numbers: list[int]) -> str:
    named = [f"{number:,}" for number in numbers[:_MOST_ROWS_NAMED]]
    if len(numbers) > _MOST_ROWS_NAMED:
        named.append(f"{len(numbers) - _MOST_ROWS_NAMED:,} more")
    return f"rows {listed(named)}"


def _report(table: Table, key: int, value: int, left_out: Mapping[int, str]) -> pd.DataFrame:
    places = sorted(left_out)
    return pd.DataFrame(
        {
            "Row": pd.Series([table.numbers[place] for place in places], dtype="int64"),
            "Area": pd.Series([_shown(table.rows[place][key]) for place in places], dtype="str"),
            "Value": pd.Series([_shown(table.rows[place][value]) for place in places], dtype="str"),
            "Why": pd.Series([capital(left_out[place]) for place in places], dtype="str"),
        }
    )


def _shown(cell: Cell) -> str:
    return (shortened(cell, _MOST_SHOWN) or "(empty)") if isinstance(cell, str) else f"{cell:g}"


def _unit(numbers: list[Number]) -> tuple[str, str | None]:
    """Return the unit of most numbers, and a sentence if others have another."""
    units = pd.Series([read.unit for read in numbers], dtype="str").value_counts()
    if len(units) < 2:
        return (units.index[0] if len(units) else ""), None
    signs = {"%": "a per cent sign", "£": "a pound sign", "": "no sign"}
    said = listed([f"{count:,} with {signs[unit]}" for unit, count in units.items()])
    return (
        "",
        f"The values are of different kinds: {said}. They are shown together without any: check that they belong.",
    )


def _decimals(numbers: list[Number]) -> int:
    """Return how many decimals to show: as many as the file has, but no more than four digits need."""
    largest = max((abs(read.value) for read in numbers), default=0.0)
    given = max((read.decimals for read in numbers), default=0)
    if not largest:
        return 0
    return max(min(given, 3 - math.floor(math.log10(largest)), _MOST_DECIMALS), min(given, 1))
