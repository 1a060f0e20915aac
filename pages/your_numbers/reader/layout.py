"""Where the headings of a sheet stand, decided from the shape of all of it: what keys match, and what columns hold."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from lib.own_numbers import keys, row_kinds
from lib.own_numbers.table import Cell, filled
from pages.your_numbers.reader.cells import MARK, NUMBER, PERIOD, WORDS, kind, names_keys, whole
from pages.your_numbers.reader.grid import MOST_ABOVE, Line

_SAMPLE = 30
_MOST_LOOKED_UP = 800
"""Cells that are looked up as areas: of more, those to the right are not."""
_MOST_GROUP_ROWS = 2


@dataclass(frozen=True)
class Layout:
    """Where things stand among the lines of a sheet.

    Attributes
    ----------
    headings : tuple of int
        Places of the lines with headings: groups first, names last; none if the sheet has no headings.
    first : int
        Place of the first line of the table's rows.
    key : int or None
        Column in which most areas are named.
    values : mapping of int to str
        Columns that mostly hold numbers, and whether those are `NUMBER` or `PERIOD`.
    """

    headings: tuple[int, ...]
    first: int
    key: int | None
    values: Mapping[int, str]


def decide(lines: list[Line], chosen: int | None = None) -> Layout:
    """Decide where the headings stand.

    Parameters
    ----------
    lines : list of Line
        All lines that hold anything.
    chosen : int, optional
        Number of the line with the names of the columns where the reader said it; 0 for none.

    Notes
    -----
    The first row of the table is the first line that names an area in the
    column in which most are named. The headings are the last line above it
    that has words where the rows have numbers; numbers can be headings, too,
    if they could be (ages, months) and the line names no area. Lines above
    that stand over the columns with numbers name groups of them.
    """
    key = _key_column(lines)
    first = _first_named(lines, key) if key is not None else None
    values = _value_columns(lines, first, key)
    numbers = [line.number for line in lines[:-1]]
    if chosen in numbers:
        place = numbers.index(chosen)
    elif chosen == 0:
        return Layout((), 0, key, values)
    else:
        place = _names(lines, first, key, values)
    if place is None:
        return Layout((), _first_wide(lines), key, values)
    return Layout((*_groups(lines, place, key, values), place), place + 1, key, values)


def names_area(cell: Cell) -> bool:
    """Return whether a cell names a place of any kind in words or by a code, not by a bare number."""
    if not isinstance(cell, str) or not filled(cell) or cell.strip().isdigit():
        return False
    return any(keys.code_of(layer, cell) for layer in keys.LAYERS) or bool(row_kinds.named(cell))


def _key_column(lines: list[Line]) -> int | None:
    """Return the column in which most areas are named, in a sample of the lines."""
    rest = lines[_SAMPLE:]
    sample = [line.cells for line in lines[:_SAMPLE] + rest[:: max(len(rest) // _SAMPLE, 1)]]
    best, most, left = None, 0, _MOST_LOOKED_UP
    for column in range(max(map(len, sample))):
        cells = [row[column] for row in sample if len(row) > column and kind(row[column]) == WORDS]
        different = list(dict.fromkeys(cells))
        if left < len(different):
            break
        left -= len(different)
        named = [cell for cell in different if names_area(cell)]
        if len(named) > most and not _stand_over_numbers(sample, column, named):
            best, most = column, len(named)
    return best


def _stand_over_numbers(sample: list[list[Cell]], column: int, named: list[Cell]) -> bool:
    """Return whether what names areas are the headings of columns with numbers."""
    start = next(place for place, row in enumerate(sample) if len(row) > column and row[column] in named)
    below = [kind(row[column]) for row in sample[start + 1 :] if len(row) > column and filled(row[column])]
    return 2 * sum(cell_kind in (NUMBER, PERIOD) for cell_kind in below) > len(below)


def _first_named(lines: list[Line], key: int) -> int | None:
    """Return the place of the first line of those that name areas one after the other."""
    named = [
        place
        for place, line in enumerate(lines[: 2 * MOST_ABOVE])
        if len(line.cells) > key and _width(line) > 1 and names_area(line.cells[key])
    ]
    wide = [_width(lines[place]) for place in named]
    enough = sorted(wide)[len(wide) // 2] / 2 if wide else 0
    likely = [place for place, width in zip(named, wide, strict=True) if width >= enough]
    for place in likely:
        following = [place + 1 + n for n in range(min(3, len(lines) - place - 1))]
        enough_named = not following or 2 * sum(below in named for below in following) >= len(following)
        if enough_named and not _is_title(lines, place, named, key):
            return place
    return likely[0] if likely else None


def _is_title(lines: list[Line], place: int, named: list[int], key: int) -> bool:
    """Return whether a line that names an area stands above the heading of the areas: a title, or a word like one."""
    following = next((later for later in named if later > place), place)
    between = [line.cells for line in lines[place + 1 : following]]
    return any(names_keys(cells[key]) for cells in between if len(cells) > key)


def _value_columns(lines: list[Line], first: int | None, key: int | None) -> dict[int, str]:
    """Return the columns that mostly hold numbers, or marks instead of them, in the rows of the table."""
    body = lines[len(lines) // 2 if first is None else first :]
    body = body[:: max(len(body) // (2 * _SAMPLE), 1)]
    if key is not None and (named := [line for line in body if len(line.cells) > key and names_area(line.cells[key])]):
        body = named
    kinds: dict[int, Counter[str]] = {}
    for line in body:
        for column, cell in enumerate(line.cells):
            kinds.setdefault(column, Counter())[kind(cell)] += 1
    return {
        column: PERIOD if counts[PERIOD] > counts[NUMBER] + counts[MARK] else NUMBER
        for column, counts in sorted(kinds.items())
        if column != key and counts[NUMBER] + counts[PERIOD] + counts[MARK] > counts[WORDS]
    }


def _names(lines: list[Line], first: int | None, key: int | None, values: Mapping[int, str]) -> int | None:
    """Return the place of the line with the names of the columns; None if the sheet has none."""
    end = min(_first_data(lines, values), len(lines) - 1, MOST_ABOVE) if first is None else first
    over = {place: _over(lines[place], values) for place in range(end) if not _is_data(lines[place], key)}
    likely = {place: counts for place, counts in over.items() if not counts[NUMBER]}
    wide = [
        place
        for place, counts in likely.items()
        if 2 * counts.total() >= len(values) and (counts[WORDS] or counts[PERIOD] or _names_keys(lines[place]))
    ]
    if not values:
        wide = [place for place in over if _width(lines[place]) > 1]
    counted = [place for place, counts in over.items() if counts[NUMBER] and _could_be_headings(lines[place], values)]
    sure = wide + [place for place in counted if _names_keys(lines[place])]
    if key is not None:
        sure += [place for place in likely if key < len(lines[place].cells) and names_keys(lines[place].cells[key])]
    if sure:
        return max(sure)
    return min(counted) if counted else max((place for place in likely if likely[place]), default=None)


def _first_data(lines: list[Line], values: Mapping[int, str]) -> int:
    """Return the place of the first line that can only be a row of the table, where no areas tell."""
    for place, line in enumerate(lines):
        counts = _over(line, values)
        if counts[NUMBER] and not counts[WORDS] and not _names_keys(line):
            return place
    return len(lines)


def _over(line: Line, values: Mapping[int, str]) -> Counter[str]:
    """Return how many words, periods, numbers and marks a line has where the rows have numbers.

    Periods over periods are numbers: a column of years.
    """
    cells = [(line.cells[column], usual) for column, usual in values.items() if column < len(line.cells)]
    return Counter(NUMBER if (what := kind(cell)) == PERIOD == usual else what for cell, usual in cells if filled(cell))


def _names_keys(line: Line) -> bool:
    return any(map(names_keys, line.cells))


def _is_data(line: Line, key: int | None) -> bool:
    """Return whether a line is surely a row of the table: what stands for an area there is England or a code."""
    if key is None or len(line.cells) <= key or not filled(line.cells[key]):
        return False
    cell = line.cells[key]
    content = str(cell).strip()
    a_code = len(content) == 9 and content[:1].isalpha() and content[1:].isdigit()
    return a_code or names_area(cell) or keys.whole(cell)


def _could_be_headings(line: Line, values: Mapping[int, str]) -> bool:
    """Return whether the numbers of a line could name columns: whole ones that rise or stand by a name."""
    cells = [line.cells[column] for column in values if column < len(line.cells)]
    wholes = [whole(cell) for cell in cells if kind(cell) == NUMBER]
    numbers = [number for number in wholes if number is not None]
    if not wholes or len(numbers) < len(wholes):
        return False
    return len(set(numbers)) == len(numbers) and (numbers == sorted(numbers) or _names_keys(line))


def _groups(lines: list[Line], place: int, key: int | None, values: Mapping[int, str]) -> list[int]:
    """Return the places of the lines right above the names of the columns that name groups of them."""
    groups: list[int] = []
    below = lines[place]
    for above in range(place - 1, max(place - 1 - _MOST_GROUP_ROWS, -1), -1):
        line = lines[above]
        if below.number - line.number != 1 or not _is_group(line, lines[place], values):
            break
        groups.insert(0, above)
        below = line
    return groups


def _is_group(line: Line, names: Line, values: Mapping[int, str]) -> bool:
    places = {column for column, cell in enumerate(line.cells) if filled(cell)}
    own = {column for column, cell in enumerate(names.cells) if filled(cell)}
    first = str(line.cells[0]).strip() if line.cells else ""
    # A title, or a line such as "Published: 8 June 2017".
    if not any(column in own for column in places & set(values)) or first.endswith(":"):
        return False
    if 0 not in places & own:
        return True
    last = max(places)
    return last > 1 and len(places) > 1 and len(places) < last + 1


def _width(line: Line) -> int:
    return sum(map(filled, line.cells))


def _first_wide(lines: list[Line]) -> int:
    return next(place for place, line in enumerate(lines) if _width(line) > 1)
