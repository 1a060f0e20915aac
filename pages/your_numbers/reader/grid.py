"""The lines of a reader's file that hold anything, within the limits of what is read."""

from collections.abc import Iterable
from typing import NamedTuple

from lib.own_numbers.table import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_LINES,
    MOST_SMALL_ROWS,
    Cell,
    UnreadableError,
    filled,
)

MOST_ABOVE = 40
"""Lines above the rows of a table that are looked at."""


class Line(NamedTuple):
    """A line that holds anything: its number in the file, from 1, and its cells up to the last that is filled."""

    number: int
    cells: list[Cell]


def lines(grid: Iterable[list[Cell]]) -> list[Line]:
    """Return the lines of a grid of cells that hold anything.

    Parameters
    ----------
    grid : iterable of list
        Rows of cells, in the order of the file. Not read on past the limits.

    Raises
    ------
    UnreadableError
        If there is nothing to show, or too much.
    """
    kept: list[Line] = []
    cells = 0
    for number, whole_row in enumerate(grid, start=1):
        if number > MOST_LINES:
            raise UnreadableError(
                f"The file goes on for more than {MOST_LINES:,} lines, most of them empty. Delete the empty lines "
                "below the table and choose the file again."
            )
        row = _trimmed(whole_row)
        if not row:
            continue
        _check_row(row, number)
        cells += len(row)
        if len(kept) >= MOST_SMALL_ROWS + MOST_ABOVE:
            raise UnreadableError(
                f"The file has more than {MOST_SMALL_ROWS:,} rows. England has 32,844 LSOAs: "
                "keep one row for each place and choose the file again."
            )
        if cells > MOST_CELLS:
            raise UnreadableError(
                f"The file has more than {MOST_CELLS:,} cells. Keep the column with the areas and the columns "
                "with the numbers that you want to see, and choose the file again."
            )
        kept.append(Line(number, row))
    if not kept:
        raise UnreadableError("The file has no cells with anything in them. Was the right file, or sheet, chosen?")
    if all(sum(map(filled, line.cells)) < 2 for line in kept):
        raise UnreadableError(
            "The file has one column only. It needs a column that says which area a row is of and one with numbers, "
            "separated by commas, semicolons or tabs."
        )
    return kept


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
