"""A table as it stands in a reader's file: head, rows and the limits of what is read."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from lib.text import counted

MOST_BYTES = 5 * 1024 * 1024
MOST_ROWS = 5_000
MOST_COLUMNS = 200
MOST_CELLS = 100_000
MOST_SHEETS = 200
MOST_LETTERS = 5_000
"""Letters of one cell."""
_MOST_ABOVE = 20
_MOST_LINES = 50_000
_MOST_TITLE = 80

Cell = str | float
_NUMBER = re.compile(r"[£$€]?\s*[-+−(]?\s*\d[\d,. ]*%?\)?")
_YEAR = re.compile(r"(19|20)\d\d(\.0)?")


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
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]
    too_wide: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: int = 0

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
    said = letters.strip().upper()
    if not re.fullmatch("[A-Z]{1,2}", said):
        return None
    found = -1
    for one in said:
        found = (found + 1) * 26 + ord(one) - 65
    return found if found < MOST_COLUMNS else None


def filled(cell: Cell) -> bool:
    """Return whether a cell holds anything."""
    return not isinstance(cell, str) or bool(cell.strip())


def shaped(grid: Iterable[list[Cell]], notes: tuple[str, ...] = ()) -> Table:
    """Find the head of a grid of cells and make it a table.

    The head is the first row with two filled cells, so that titles above it
    do no harm. A row that holds a number, other than a year, is no head.

    Parameters
    ----------
    grid : iterable of list
        Rows of cells, in the order of the file. Not read on past the limits.
    notes : tuple of str
        What is known of the reading so far.

    Raises
    ------
    UnreadableError
        If there is nothing to show, or too much.
    """
    kept: list[tuple[int, list[Cell]]] = []
    cells = 0
    for number, found in enumerate(grid, start=1):
        if number > _MOST_LINES:
            raise UnreadableError(
                f"The file goes on for more than {_MOST_LINES:,} lines, most of them empty. Delete the empty lines "
                "below the table and choose the file again."
            )
        row = _trimmed(found)
        if not row:
            continue
        _check_row(row, number)
        cells += len(row)
        if len(kept) >= MOST_ROWS + _MOST_ABOVE:
            raise UnreadableError(
                f"The file has more than {MOST_ROWS:,} rows. England has 326 districts at most: "
                "keep one row for each area and choose the file again."
            )
        if cells > MOST_CELLS:
            raise UnreadableError(
                f"The file has more than {MOST_CELLS:,} cells. Keep the column with the areas and the columns "
                "with the numbers that you want to see, and choose the file again."
            )
        kept.append((number, row))
    if not kept:
        raise UnreadableError("The file has no cells with anything in them. Was the right file, or sheet, chosen?")
    start = next((place for place, (_, row) in enumerate(kept) if sum(map(filled, row)) > 1), None)
    if start is None:
        raise UnreadableError(
            "The file has one column only. It needs a column that says which area a row is of and one with numbers, "
            "separated by commas, semicolons or tabs."
        )
    return _with_head(kept, start, notes)


def _with_head(kept: list[tuple[int, list[Cell]]], start: int, notes: tuple[str, ...]) -> Table:
    number, first = kept[start]
    above = "" if not start else f" {counted(start, 'row')} above it {'was' if start == 1 else 'were'} passed over."
    if any(_is_number(cell) for cell in first):
        width = max(len(row) for _, row in kept[start:])
        head, body = [""] * width, kept[start:]
        notes += (f"Row {number} holds a number, so the file is taken to have no head: columns go by their letters.",)
    else:
        head, body = [_text(cell) for cell in first], kept[start + 1 :]
        if start:
            notes += (f"Row {number} is taken for the head.{above}",)
    if not body:
        raise UnreadableError(
            "The file has a head but no rows below it. Put one row for each area under the head and choose it again."
        )
    if len(body) > MOST_ROWS:
        raise UnreadableError(f"The file has more than {MOST_ROWS:,} rows. Keep one row for each area.")
    width = len(head)
    return Table(
        head=tuple(_named(head)),
        rows=tuple(tuple((row + [""] * width)[:width]) for _, row in body),
        numbers=tuple(number for number, _ in body),
        too_wide=frozenset(number for number, row in body if len(row) > width),
        notes=notes,
    )


def of_sheet(table: Table, sheets: tuple[str, ...], sheet: int) -> Table:
    """Return a table that knows which sheet of a workbook it is."""
    return replace(table, sheets=sheets, sheet=sheet)


def _trimmed(row: list[Cell]) -> list[Cell]:
    """Return a row without the empty cells at its end."""
    end = len(row)
    while end and not filled(row[end - 1]):
        end -= 1
    return row[:end]


def _check_row(row: list[Cell], number: int) -> None:
    if len(row) > MOST_COLUMNS:
        raise UnreadableError(
            f"Row {number:,} has more than {MOST_COLUMNS} columns. Keep the column with the areas and the columns with "
            "the numbers that you want to see, and choose the file again."
        )
    if any(isinstance(cell, str) and len(cell) > MOST_LETTERS for cell in row):
        raise UnreadableError(
            f"Row {number:,} has a cell of more than {MOST_LETTERS:,} letters. Is a quotation mark opened there and "
            "never closed? Shorten the cell, or close the mark, and choose the file again."
        )


def _is_number(cell: Cell) -> bool:
    text = _text(cell)
    return bool(_NUMBER.fullmatch(text)) and not _YEAR.fullmatch(text)


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return " ".join(cell.split())
    return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)


def shortened(text: str, most: int) -> str:
    """Return text of a file in one line of at most so many visible letters."""
    said = "".join(one for one in " ".join(text.split()) if one.isprintable())
    return said if len(said) <= most else f"{said[: most - 1]}…"


def _named(head: list[str]) -> list[str]:
    """Return names of columns, each different: those without one go by their letter."""
    names: list[str] = []
    for column, name in enumerate(head):
        own = shortened(name, _MOST_TITLE) or f"Column {letter(column)}"
        names.append(own if own not in names else f"{own} ({letter(column)})")
    return names
