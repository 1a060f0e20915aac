"""Which column of a reader's table to show first: a measure, not what counts the rows or says when."""

import re
from collections import Counter

from lib.own_numbers.keys import code_of
from lib.own_numbers.table import Cell, Table, filled, letter
from lib.text import slug
from pages.your_numbers.reader.cells import NUMBER, PERIOD, WORDS, kind, text, whole
from pages.your_numbers.reader.numbers import Number, mark, number

_FEWEST = 3
"""Cells from which on a row of numbers shows that it counts, or that all are years."""
_ROW_NUMBERS = re.compile(
    r"|fid|objectid|object-id|oid|index|unnamed(-\d+)?|row-?(names?|numbers?|num|nr|no|ids?)|record-?(id|no)"
)
_MAY_COUNT = re.compile(
    r"ids?|idx|level-\d|rows?|line|n|no|nr|num|(s|sl|sr|serial)(-?no|-number)?|seq|sequence|sort|order|x(-\d+)?"
)
_PERIOD = re.compile(
    r"((financial|fiscal|calendar|reporting|the|of|start|end|ending|number|no|code|id|time|as|at)-)*"
    r"(years?|yr|fy|quarters?|qtr|q|months?|mth|weeks?|dates?|days?|periods?|time|yearmonth)"
    r"(-(years?|yr|month|quarter|date|number|no|code|id|start|end|ending|to|from|period))*"
)


_COORDINATE = re.compile(
    r"(easting|northing|latitude|longitude)s?|lat|long|lng|lon|oseast1m|osnrth1m|[xy]-?coord(inate)?"
)


def likely(table: Table, key: int, layer: str) -> int | None:
    """Return the column to show first, see `measures`; None if there is none."""
    return next(iter(measures(table, key, layer)), None)


def measures(table: Table, key: int, layer: str) -> list[int]:
    """Return the columns that may be shown, the likeliest first.

    Parameters
    ----------
    table : Table
        What a reader brought.
    key : int
        Place of the column with the areas.
    layer : str
        Kind of area.

    Returns
    -------
    list of int
        Columns of numbers in their order; before those that are all the same, that
        count the rows, that hold nothing but years or that name the areas
        again. Row numbers without a name of their own, and columns that are
        called a year, quarter, date or coordinate, are never proposed.
    """
    candidates = []
    for place in range(len(table.head)):
        cells = table.column(place)
        if place == key or not _holds_numbers(cells) or why_no_measure(table, place):
            continue
        candidates.append((_least_likely(table, place, key, layer), place))
    return [place for _, place in sorted(candidates)]


def why_no_measure(table: Table, place: int) -> str | None:
    """Return in words what a column of numbers is instead of a measure; None if it may be one."""
    cells = [cell for cell in table.column(place) if filled(cell)]
    heading = slug(table.head[place])
    nameless = table.head[place] == f"Column {letter(place)}" and bool(table.head_row)
    numbers = [number for cell in cells if (number := whole(cell)) is not None]
    if len(set(numbers)) == len(numbers) == len(cells):
        rising = numbers == sorted(numbers)
        one_by_one = rising and len(numbers) >= _FEWEST and numbers[-1] - numbers[0] == len(numbers) - 1
        if (
            (nameless and rising)
            or (not nameless and _ROW_NUMBERS.fullmatch(heading))
            or (one_by_one and _MAY_COUNT.fullmatch(heading))
        ):
            return "only counts the rows"
    if _PERIOD.fullmatch(heading) and all(kind(cell) == PERIOD or (whole(cell) or 99) <= 53 for cell in cells):
        return "says when, not how much"
    return "says where, not how much" if _COORDINATE.fullmatch(heading) else None


def why_none(table: Table, key: int) -> list[str]:
    """Return in sentences why no column can be shown: what those nearest to it hold."""
    sentences = []
    reasons: dict[int, Counter[str]] = {}
    for place in range(len(table.head)):
        cells = [cell for cell in table.column(place) if filled(cell)]
        if place == key or not cells:
            continue
        name = f"{letter(place)} · {table.head[place]}"
        if _holds_numbers(cells):
            if why := why_no_measure(table, place):
                sentences.append(f"Column {name} {why}.")
            continue
        reasons[place] = Counter(why for cell in cells if kind(cell) != WORDS and isinstance(why := number(cell), str))
    if reasons and (counted := max(reasons.items(), key=lambda item: item[1].total()))[1]:
        place, tally = counted
        why, many = tally.most_common(1)[0]
        sentences.append(
            f"In column {letter(place)} · {table.head[place]} {many:,} of {len(table.rows):,} cells: {why}."
        )
    return sentences


def _holds_numbers(cells: list[Cell]) -> bool:
    """Return whether at least half of the cells that are not marks for something missing are numbers."""
    are_numbers = [isinstance(number(cell), Number) for cell in cells if filled(cell) and not mark(text(cell))]
    return any(are_numbers) and 2 * sum(are_numbers) >= len(are_numbers)


def _least_likely(table: Table, place: int, key: int, layer: str) -> int:
    """Return how little a column looks like a measure: 0 if it looks like one."""
    cells = [cell for cell in table.column(place) if filled(cell)]
    read = [item.value for cell in cells if isinstance(item := number(cell), Number)]
    pairs = zip(table.column(place), table.column(key), strict=True)
    of_areas = [(cell, code) for cell, own in pairs if (code := code_of(layer, own))] if layer == "stp17" else []
    if of_areas and all(code_of(layer, cell, numbers=True) == code for cell, code in of_areas):
        return 3
    heads_a_period = kind(table.head[place]) in (PERIOD, NUMBER) or re.search(r"(19|20)\d\d", table.head[place])
    counts = len(read) >= _FEWEST and read in (list(map(float, range(len(read)))), [n + 1.0 for n in range(len(read))])
    years = len(cells) >= _FEWEST and all(kind(cell) == PERIOD for cell in cells)
    if (counts or years) and not heads_a_period:
        return 2
    return int(len(read) > 1 and len(set(read)) == 1)
