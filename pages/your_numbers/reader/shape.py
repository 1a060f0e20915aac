"""A grid of cells made a table: headings, rows, and in sentences what was decided on the way."""

import re
from collections import Counter
from collections.abc import Iterable

from lib.own_numbers import row_kinds
from lib.own_numbers.table import MOST_ROWS, MOST_SMALL_ROWS, Cell, Table, UnreadableError, filled, letter, shortened
from lib.text import counted, listed
from pages.your_numbers.reader import decimal_commas, headings, layout
from pages.your_numbers.reader.cells import NUMBER, PERIOD, WORDS, kind, names_keys, text
from pages.your_numbers.reader.grid import Line, lines
from pages.your_numbers.reader.layout import Layout

_MOST_CHOICES = 25
_MOST_LINES_SHOWN = 6
_MOST_OF_A_LINE = 90
_THOUSANDS = (re.compile(r"[-+−£(]*\d{1,3}"), re.compile(r"\d{3}\)?"))


def shaped(
    grid: Iterable[list[Cell]], notes: tuple[str, ...] = (), head: int | None = None, by_commas: bool = False
) -> Table:
    """Find the headings of a grid of cells and make it a table.

    Parameters
    ----------
    grid : iterable of list
        Rows of cells, in the order of the file. Not read on past the limits.
    notes : tuple of str
        What is known of the reading so far.
    head : int, optional
        Number of the row with the names of the columns where the reader chose it; 0 for none.
    by_commas : bool
        Whether commas separate the cells, so that one too many may be a comma in a number or a name.

    Raises
    ------
    UnreadableError
        If there is nothing to show, or too much.
    """
    all_lines = lines(grid)
    where = layout.decide(all_lines, head)
    body = all_lines[where.first :]
    if not body or (len(body) == 1 and not where.headings and all(kind(cell) == WORDS for cell in body[0].cells)):
        raise UnreadableError(
            "The file has a head but no rows below it. Put one row for each area under the head and choose it again."
        )
    _check_length(body)
    heads = [all_lines[place] for place in where.headings]
    shift = _short_by(heads, body, where.key)
    headed = max((len(line.cells) for line in heads), default=0) + shift
    too_wide = _too_wide(body, headed) if by_commas and heads else frozenset()
    width = max(headed, *(len(line.cells) for line in body if line.number not in too_wide), 0)
    remarks = [
        *_on_headings(all_lines, where),
        *_on_shift(heads, shift),
        *_on_remarks(body, headed, too_wide, bool(heads)),
    ]
    names = headings.named(heads, width, shift)
    rows, converted = _with_points([(line.cells + [""] * width)[:width] for line in body], names)
    remarks += converted
    return Table(
        head=names,
        rows=rows,
        numbers=tuple(line.number for line in body),
        too_wide=too_wide,
        notes=(*notes, *remarks),
        head_row=heads[-1].number if heads else 0,
        head_rows={line.number: headings.preview(line) for line in [*all_lines[:-1][:_MOST_CHOICES], *heads[-1:]]},
    )


def _check_length(body: list[Line]) -> None:
    """Raise `UnreadableError` if there are more rows than of such places are read."""
    most, width = MOST_ROWS, max(len(line.cells) for line in body)
    columns = ([line.cells[n] for line in body if n < len(line.cells)] for n in range(width))
    if len(body) > most and any(map(row_kinds.are_small, columns)):
        most = MOST_SMALL_ROWS
    if len(body) > most:
        more = "" if most > MOST_ROWS else f" Of postcodes and LSOAs up to {MOST_SMALL_ROWS:,} are read."
        raise UnreadableError(f"The file has more than {most:,} rows. Keep one row for each area.{more}")


def _with_points(rows: list[list[Cell]], names: tuple[str, ...]) -> tuple[tuple[tuple[Cell, ...], ...], list[str]]:
    """Return rows with points in place of decimal commas, and in sentences in which columns those stood."""
    sentences = []
    for column, name in enumerate(names):
        cells = [row[column] for row in rows]
        if shows := decimal_commas.example(cells):
            for row in rows:
                row[column] = decimal_commas.with_point(row[column])
            read_as = decimal_commas.with_point(shows)
            sentences.append(f"Column {letter(column)} · {name} has decimal commas: {shows} is read as {read_as}.")
    return tuple(map(tuple, rows)), sentences


def _short_by(heads: list[Line], body: list[Line], key: int | None) -> int:
    """Return 1 if all rows are one wider than the headings, and those fit better one further to the right."""
    if not heads:
        return 0
    widths = Counter(len(line.cells) for line in body)
    names = heads[-1].cells
    if max(widths) != len(names) + 1 or 2 * widths[len(names) + 1] < len(body) or not all(map(filled, names)):
        return 0
    if key is None:
        return 0
    there = names_keys(names[key]) if key < len(names) else False
    moved = names_keys(names[key - 1]) if key else False
    if there and not moved:
        return 0
    # Code and name side by side: the first of the two headings says which is which.
    if there and moved and kind(body[0].cells[0]) not in (NUMBER, PERIOD):
        return 0
    return 1


def _too_wide(body: list[Line], headed: int) -> frozenset[int]:
    """Return the numbers of the rows in which a comma seems to part a number or a name."""
    wide = [line for line in body if len(line.cells) > headed]
    doubtful = [line for line in wide if any(kind(cell) in (NUMBER, PERIOD) for cell in line.cells[headed:])]
    if 2 * len(wide) > len(body) and not any(_parted(line, headed) for line in doubtful):
        return frozenset()
    return frozenset(line.number for line in doubtful)


def _parted(line: Line, headed: int) -> bool:
    """Return whether the cells around the end of the headings may be one number: 1,234 or 12,5."""
    before, behind = text(line.cells[headed - 1]), text(line.cells[headed])
    thousands = all(part.fullmatch(half) for part, half in zip(_THOUSANDS, (before, behind), strict=True))
    return thousands or (before.lstrip("-+−£(").isdigit() and behind.rstrip("%) ").isdigit())


def _on_headings(lines: list[Line], where: Layout) -> list[str]:
    start = where.headings[0] if where.headings else where.first
    above = lines[:start]
    sentences = []
    if not where.headings:
        sentences.append(
            f"Row {lines[where.first].number} reads like the rows below it, not like headings: columns go by letters."
        )
    elif len(where.headings) > 1:
        rows = listed([str(lines[place].number) for place in where.headings])
        sentences.append(
            f"Rows {rows} are taken for the headings: the name of a group stands before those of its columns."
        )
    elif above or any(kind(cell) == NUMBER for cell in lines[start].cells):
        sentences.append(f"Row {lines[start].number} is taken for the headings.")
    if above:
        quotes = [f"“{shortened(headings.preview(line), _MOST_OF_A_LINE)}”" for line in above[:_MOST_LINES_SHOWN]]
        more = f" and {counted(len(above) - len(quotes), 'more line')}" if len(above) > len(quotes) else ""
        sentences.append(f"Above {'them' if where.headings else 'it'}: {', '.join(quotes)}{more}.")
    return sentences


def _on_shift(heads: list[Line], shift: int) -> list[str]:
    if not shift:
        return []
    last = letter(len(heads[-1].cells))
    return [
        f"The rows are one cell wider than the headings, so those are taken to belong to columns B to {last}: column A "
        "has none."
    ]


def _on_remarks(body: list[Line], headed: int, too_wide: frozenset[int], has_headings: bool) -> list[str]:
    beside = [line for line in body if len(line.cells) > headed and line.number not in too_wide]
    if not beside or not has_headings:
        return []
    columns = sorted({n for line in beside for n, cell in enumerate(line.cells) if n >= headed and filled(cell)})
    where = f"column{'s' if len(columns) > 1 else ''} {listed([letter(n) for n in columns[:5]])}"
    many = counted(len(beside), "row has", "rows have")
    return [f"{many} something beside the table, in {where} without a heading; they are used like the others."]
