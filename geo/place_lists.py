"""Lists of places as people have them: pasted lines, or a column of a table."""

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

BETWEEN = re.compile(r"[\r\n;\t\v\f\x85\u2028\u2029]+")
"""What stands between places that are pasted."""
_SEPARATORS = ",;\t|"
_LOOKED_AT = 40
_MOST_NAMED = 12
_MOST_COLUMNS = 200
_MOST_LETTERS = 20_000
_TOO_LONG = "The file cannot be read as CSV: a cell of it is too long. Is a quotation mark opened and never closed?"
# A heading, letter by letter: "LSOA code (2011)" may be asked for as "lsoa code 2011".
_SIGNS = re.compile(r"[\W_]+")
_HEADINGS = tuple(
    re.compile(heading)
    for heading in (
        r"(.* )?post ?codes?|pcds?",
        r"lsoa ?(11|2011)? ?(cd|codes?)?",
        r"(area |place )?codes?",
        r"places?",
    )
)
"""Headings of columns with places, those that say it best first."""
_ALSO = re.compile(r"(place |area )?names?|areas?")


class ListError(ValueError):
    """A list that cannot be read; the message says why and what to do, in a sentence or two."""


@dataclass(frozen=True)
class PlaceList:
    """The places of a file, in its order.

    Attributes
    ----------
    places : tuple of str
        One a row, blank where the row has none.
    column : str
        Heading of the column they stand in; empty where there is none.
    columns : tuple of str
        Headings of all columns; empty where there are none.
    """

    places: tuple[str, ...]
    column: str = ""
    columns: tuple[str, ...] = ()


def pasted(text: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the places of a text: one a line, or between semicolons or tabs.

    Parameters
    ----------
    text : str
        Untrusted.
    known : callable
        Whether a text is a place. A line with commas that is none as it
        stands is taken apart at them if all its parts are places.
    """
    lines = [" ".join(line.split()) for line in BETWEEN.split(text)]
    return tuple(place for line in lines if line for place in _apart(line, known))


def _apart(line: str, known: Callable[[str], bool]) -> list[str]:
    parts = [part.strip() for part in line.split(",") if part.strip()]
    return parts if len(parts) > 1 and not known(line) and all(map(known, parts)) else [line]


def of_text(text: str, known: Callable[[str], bool], column: str | None = None) -> PlaceList:
    """Return the places of a CSV file, its separator found.

    Parameters
    ----------
    text : str
        What the file says.
    known : callable
        Whether a text is a place: a first row with one is no row of headings.
    column : str, optional
        Heading of the column with the places.

    Raises
    ------
    ListError
        If it cannot be read, or no column has places.
    """
    return of_rows(rows(text), known, column)


def rows(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a CSV file, its separator found; raises `ListError` if it cannot be read."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        table = tuple(map(tuple, csv.reader(io.StringIO(text), delimiter=_separator(text))))
    except csv.Error as error:
        raise ListError(_TOO_LONG) from error
    # The limit of the module is one for the whole process, and others may raise it.
    if any(len(cell) > _MOST_LETTERS for row in table for cell in row):
        raise ListError(_TOO_LONG)
    return table


def _separator(text: str) -> str:
    """Return the separator that cuts most of the first lines into the same number of cells, two or more."""
    best, most = ",", 0
    for separator in _SEPARATORS:
        try:
            widths = [len(row) for row in islice(csv.reader(io.StringIO(text), delimiter=separator), _LOOKED_AT) if row]
        except csv.Error:
            continue
        agree = max((widths.count(width) for width in set(widths) if width > 1), default=0)
        if agree > most:
            best, most = separator, agree
    return best


def of_rows(rows: Sequence[Sequence[str]], known: Callable[[str], bool], column: str | None = None) -> PlaceList:
    """Return the places of a table, as `of_text` does."""
    filled = [place for place, row in enumerate(rows) if any(cell.strip() for cell in row)]
    if not filled:
        raise ListError("The file is empty.")
    body = rows[filled[0] : filled[-1] + 1]
    first = _cells(body[0])
    width = max(len(_cells(row)) for row in body)
    if column is not None:
        headed = True
    elif width == 1:
        # A place that is not known must not be lost as a heading.
        headed = _is_heading(first[0])
    else:
        headed = not any(known(cell) for cell in first if cell and not _is_heading(cell))
    head = first if headed else ()
    body = body[1:] if headed else body
    place = _named(head, column) if column is not None else _likely(head, body, width, known)
    heading = head[place] if place < len(head) else ""
    return PlaceList(tuple(_cell(row, place) for row in body), heading, head)


def _is_heading(cell: str) -> bool:
    return any(heading.fullmatch(_key(cell)) for heading in (*_HEADINGS, _ALSO))


def _cells(row: Sequence[str]) -> tuple[str, ...]:
    """Return the first cells of a row, up to the last that is filled, each in one line."""
    cells = [_cell(row, place) for place in range(min(len(row), _MOST_COLUMNS))]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _cell(row: Sequence[str], place: int) -> str:
    return " ".join(row[place].split()) if place < len(row) else ""


def _named(head: tuple[str, ...], column: str) -> int:
    """Return which column has a heading."""
    columns = [n for n, name in enumerate(head) if name == column]
    columns = columns or [n for n, name in enumerate(head) if _key(name) == _key(column)]
    if not columns:
        raise ListError(f"No column is called {column[:60]!r}; the first row has {_some(head)}.")
    return columns[0]


def _likely(head: tuple[str, ...], body: Sequence[Sequence[str]], width: int, known: Callable[[str], bool]) -> int:
    """Return which column has the places: that whose heading says so, if its first cells do as well, or has most."""
    if width == 1:
        return 0
    cells = {n: [cell for row in body[:_LOOKED_AT] if (cell := _cell(row, n))] for n in range(width)}
    counts = {n: sum(map(known, some)) for n, some in cells.items()}
    for pattern in _HEADINGS:
        for n, name in enumerate(head):
            if pattern.fullmatch(_key(name)) and 2 * counts[n] >= len(cells[n]) > 0:
                return n
    best = max(counts, key=lambda n: (counts[n], -n))
    if not counts[best]:
        columns = f"the first row has {_some(head)}" if head else f"it has {width} columns"
        raise ListError(f"No column has places that are known; {columns}. Name the one that is meant.")
    return best


def _key(name: str) -> str:
    return _SIGNS.sub(" ", name.lower()).strip()


def _some(names: tuple[str, ...]) -> str:
    quotes = [repr(name[:60]) for name in names[:_MOST_NAMED]]
    return ", ".join(quotes) + (f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else "")
