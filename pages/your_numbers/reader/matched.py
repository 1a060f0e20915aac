"""What became of the rows of a reader's table."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from lib import fit
from lib.own_numbers.table import Cell, Table, shortened
from lib.text import capital, counted, listed
from pages.your_numbers.reader.numbers import Number, number
from pages.your_numbers.reader.together import Offer

_MOST_DECIMALS = 8
_MOST_SHOWN = 60
"""Letters of a cell in the report."""


@dataclass(frozen=True, eq=False)
class Added:
    """How rows were added up to areas that they are not of.

    Attributes
    ----------
    kind : str
        What the rows are of, one of `lib.own_numbers.row_kinds.KINDS`.
    weight : str
        Name of the column that a mean is weighted by; empty where numbers are summed.
    rows : Series
        Rows in the value of an area, by its code.
    estimated : Series
        Share of its value, of a mean of its weight, that comes from rows that were divided; 0 to 1, by code.
    divided : DataFrame
        ``Row``, ``Area`` and ``Value`` as the file has them, ``Divided among``; in the order of the file.
    grade : str
        How exact the values are, in sentences.
    """

    kind: str
    weight: str
    rows: pd.Series
    estimated: pd.Series
    divided: pd.DataFrame
    grade: str


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
    notes : tuple of str
        How the areas are known, in sentences: what stands beside numbers wherever these are shown.
    added : Added or None
        How the rows were added up to areas; None if they are of the areas themselves.
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
    notes: tuple[str, ...] = ()
    added: Added | None = None

    def words(self, value: float) -> str:
        """Return a value with its unit."""
        digits = f"{abs(value):,.{self.decimals}f}"
        minus = "−" if value < 0 and float(digits.replace(",", "")) else ""
        return f"{minus}{'£' if self.unit == '£' else ''}{digits}{'%' if self.unit == '%' else ''}"

    def sentence(self) -> str:
        """Return in a sentence or two how many rows were used and how many areas have a value."""
        many, total = fit.areas_word(self.layer), len(self.values) + len(self.gaps)
        usage = f"{self.used:,} of {counted(self.rows, 'row')} {'was' if self.used == 1 else 'were'} used"
        if not len(self.gaps):
            return f"{usage}. All {total} {many} have a value."
        without = "1 has none and is a gap" if len(self.gaps) == 1 else f"{len(self.gaps)} have none and are gaps"
        have = "1 has a value" if len(self.values) == 1 else f"{len(self.values)} have a value"
        return f"{usage}. Of the {total} {many} {have}; {without}."


def number_of(table: Table, place: int, value: int) -> Number | str:
    """Return the number of a row, or why it has none."""
    if table.numbers[place] in table.too_wide:
        return "the row has more cells than the head: is a comma in a number or a name without quotation marks?"
    return number(table.rows[place][value])


def report(table: Table, key: int, value: int, left_out: Mapping[int, str]) -> pd.DataFrame:
    places = sorted(left_out)
    return rows_of(table, (key, value), places, "Why", [capital(left_out[place]) for place in places])


def rows_of(table: Table, columns: tuple[int, int], places: list[int], head: str, words: list[str]) -> pd.DataFrame:
    """Return rows as the file has them, by their number, key and number, with words on each under a head."""
    key, value = columns
    return pd.DataFrame(
        {
            "Row": pd.Series([table.numbers[place] for place in places], dtype="int64"),
            "Area": pd.Series([_shown(table.rows[place][key]) for place in places], dtype="str"),
            "Value": pd.Series([_shown(table.rows[place][value]) for place in places], dtype="str"),
            head: pd.Series(words, dtype="str"),
        }
    )


def _shown(cell: Cell) -> str:
    return (shortened(cell, _MOST_SHOWN) or "(empty)") if isinstance(cell, str) else f"{cell:g}"


def unit(numbers: list[Number]) -> tuple[str, str | None]:
    """Return the unit of most numbers, and a sentence if others have another."""
    units = pd.Series([read.unit for read in numbers], dtype="str").value_counts()
    if len(units) < 2:
        return (units.index[0] if len(units) else ""), None
    signs = {"%": "a per cent sign", "£": "a pound sign", "": "no sign"}
    tally = listed([f"{count:,} with {signs[unit]}" for unit, count in units.items()])
    return (
        "",
        f"The values are of different kinds: {tally}. They are shown together without any: check that they belong.",
    )


def decimals(numbers: list[Number]) -> int:
    """Return how many decimals to show: as many as the file has, but no more than four digits need."""
    largest = max((abs(read.value) for read in numbers), default=0.0)
    file_decimals = max((read.decimals for read in numbers), default=0)
    if not largest:
        return 0
    return max(min(file_decimals, 3 - math.floor(math.log10(largest)), _MOST_DECIMALS), min(file_decimals, 1))
