"""A table as it stands in a reader's file: head, rows and the limits of what is read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000
MOST_SMALL_ROWS = 35_000
"""Rows of a table of postcodes or LSOAs: England has 32,844 LSOAs."""
MOST_COLUMNS = 200
MOST_LINES = 50_000
"""Lines of a file, empty ones too."""
MOST_CELLS = 100_000
MOST_SHEETS = 200
MOST_LETTERS = 5_000
"""Letters of one cell."""

Cell = str | float


class UnreadableError(ValueError):
    """A file that cannot be read; the message is a sentence or two that say why and what to do. Plain words.

    `sheets` are the names of a workbook's sheets, if it is one of them that cannot be read.
    """

    sheets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """What a file holds.

    Attributes
    ----------
    head : tuple of str
        Names of the columns, each different.
    rows : tuple of tuple
        Text, or numbers where the file says that they are; as wide as the head.
    numbers : tuple of int
        Number of each row in the file, from 1.
    too_wide : frozenset of int
        Numbers of the rows that have more cells than the head.
    notes : tuple of str
        How the file was read, in sentences of plain words.
    sheets : tuple of str
        Names of the sheets of a workbook.
    sheet : int
        Place of the sheet that was read, from 0.
    head_row : int
        Number of the row with the names of the columns in the file; 0 if there is none.
    head_rows : mapping of int to str
        Rows that could be chosen for that instead, by number, and what they say.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]
    too_wide: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: int = 0
    head_row: int = 0
    head_rows: Mapping[int, str] = field(default_factory=dict)

    def column(self, place: int) -> list[Cell]:
        """Return the cells of a column."""
        return [row[place] for row in self.rows]


def letter(place: int) -> str:
    """Return what spreadsheets call a column: 0 is ``"A"``, 26 is ``"AA"``."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def place(letters: str) -> int | None:
    """Return the place of a column from its letters; None for what is no column that can be read."""
    capitals = letters.strip().upper()
    if not re.fullmatch("[A-Z]{1,2}", capitals):
        return None
    number = -1
    for one in capitals:
        number = (number + 1) * 26 + ord(one) - 65
    return number if number < MOST_COLUMNS else None


def filled(cell: Cell) -> bool:
    """Return whether a cell holds anything."""
    return not isinstance(cell, str) or bool(cell.strip())


def of_sheet(table: Table, sheets: tuple[str, ...], sheet: int) -> Table:
    """Return a table that knows which sheet of a workbook it is."""
    return replace(table, sheets=sheets, sheet=sheet)


def shortened(text: str, most: int) -> str:
    """Return text of a file in one line of at most so many visible letters."""
    line = "".join(one for one in " ".join(text.split()) if one.isprintable())
    return line if len(line) <= most else f"{line[: most - 1]}…"
