"""What the columns of a table are called: names, with the group in front where a line above names one."""

from collections.abc import Sequence
from itertools import pairwise

from lib.own_numbers.table import Cell, filled, letter, shortened
from pages.your_numbers.reader.cells import day, text
from pages.your_numbers.reader.grid import Line

_MOST = 80
_MOST_OF_A_GROUP = 38


def named(lines: Sequence[Line], width: int, shift: int = 0) -> tuple[str, ...]:
    """Return names of columns, each different: those without one go by their letter.

    Parameters
    ----------
    lines : sequence of Line
        The lines with headings, groups first.
    width : int
        Number of columns.
    shift : int
        How many columns further to the right the names belong.
    """
    rows = [[*[""] * shift, *written(line.cells), *[""] * width][:width] for line in lines]
    for above, below in reversed(list(pairwise(rows))):
        _spread(above, below)
    names: list[str] = []
    for column in range(width):
        parts = list(dict.fromkeys(row[column] for row in rows if row[column]))
        own = ": ".join([shortened(part, _MOST_OF_A_GROUP) for part in parts[:-1]] + parts[-1:])
        own = shortened(own, _MOST) or f"Column {letter(column)}"
        names.append(own if own not in names else f"{own} ({letter(column)})")
    return tuple(names)


def _spread(above: list[str], below: list[str]) -> None:
    """Write the name of a group over each of its columns: up to the next name, where names stand below it."""
    group = ""
    for column, name in enumerate(below):
        if above[column]:
            # What stands over nothing is the name of its own column.
            group = above[column] if name else ""
        elif name:
            above[column] = group


def written(cells: Sequence[Cell]) -> list[str]:
    """Return headings as text; dates as a month if all of them are the first of one."""
    days = [day(cell) for cell in cells]
    months = all(date.day == 1 for date in days if date)
    return [
        (f"{date:%b %Y}" if months else f"{date.day} {date:%b %Y}") if date else text(cell)
        for cell, date in zip(cells, days, strict=True)
    ]


def preview(line: Line) -> str:
    """Return the first words of a line."""
    names = [name for cell, name in zip(line.cells, written(line.cells), strict=True) if filled(cell)]
    return shortened(" · ".join(names).replace(": · ", ": "), _MOST)
