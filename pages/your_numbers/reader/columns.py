"""Which column of a reader's table names areas or other places, and of which kind they are."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo import blocks
from geo.names import plain
from lib.own_numbers import row_kinds
from lib.own_numbers.keys import LAYERS, bare, meant, numbers_are_keys, short_form, whole
from lib.own_numbers.row_kinds import code_of
from lib.own_numbers.table import MOST_ROWS, Cell, Table, filled
from lib.text import counted, listed
from pages.your_numbers.reader.numbers import Number, number

_SAMPLE = 60
_MOST_NAMED = 4
_MOST_COLUMNS = 3
_OF_2017 = re.compile(r"\b(stp|ccg|sustainability|clinical commissioning)")
_CLEARLY = 5
"""Other kinds are taken if they name more places by more than one in so many."""


@dataclass(frozen=True)
class Found:
    """Where the keys of a table are.

    Attributes
    ----------
    layer : str
        Kind of place, one of `lib.own_numbers.row_kinds.KINDS`.
    column : int
        Place of the column with the keys.
    areas : int
        How many places its keys name.
    by_layer : mapping of str to int
        The same if the best column for each kind is taken.
    doubtful : str or None
        Why the keys seem to be something else, where nobody chose the column:
        then nothing should be drawn before somebody does.
    """

    layer: str
    column: int
    areas: int
    by_layer: Mapping[str, int]
    doubtful: str | None = None


def find(table: Table, layer: str | None = None, column: int | None = None) -> Found | None:
    """Find the column that names areas, and the kind of area that most of them are.

    Parameters
    ----------
    table : Table
        What a reader brought.
    layer, column
        The kind of area or the column, where the reader said it.

    Returns
    -------
    Found or None
        None if no column names areas. Bare numbers are footprints only under
        a heading that says so, see `lib.own_numbers.keys.numbers_are_keys`,
        or where the reader chose the column; they count for less than names
        and codes. Where none names areas of April 2017, a column of areas of
        other years is found: what can be said of them is said row by row.
    """
    columns = range(len(table.head)) if column is None else [column]
    best = _others(table, columns)
    # Of more rows than that only postcodes and LSOAs are read, and to look for others takes its time.
    if many := len(table.rows) > MOST_ROWS:
        best = {kind: best[kind] for kind in row_kinds.SMALL if kind in best}
        layer = layer if layer in row_kinds.SMALL else None
    else:
        best |= _of_2017(table, columns, column is not None)
    own = [kind for kind in LAYERS if kind in best]
    chosen = layer or _other(best) or max(own, key=lambda kind: best[kind][0], default=None)
    anywhere = max((best[kind] for kind in own or best), default=None)
    # What the reader says holds, also where it names nothing.
    if chosen and (chosen in best or anywhere):
        place = best[chosen][1] if chosen in best or anywhere is None else anywhere[1]
    elif layer and column is not None:
        chosen, place = layer, column
    else:
        return None if many else _of_other_years(table, columns, layer)
    doubt = None if column is not None else _doubt(table, chosen, place)
    named = {kind: score[1] for kind, (score, _) in best.items()}
    return Found(chosen, place, named.get(chosen, 0), named, doubt)


def _of_2017(table: Table, columns: Iterable[int], is_chosen: bool) -> dict[str, tuple[tuple[int, int, int], int]]:
    """Return how well the best column names areas of each layer of April 2017, and its place."""
    step = max(len(table.rows) // _SAMPLE, 1)
    sample = table.rows[::step]

    def numbered(place: int) -> bool:
        return is_chosen or numbers_are_keys(table.head[place])

    likely = sorted(
        (
            (_score([row[place] for row in sample], kind, numbered(place)), -place, kind)
            for place in columns
            for kind in LAYERS
        ),
        key=lambda item: item[0],
        reverse=True,
    )
    best: dict[str, tuple[tuple[int, int, int], int]] = {}
    for kind in LAYERS:
        # A few columns a kind are looked at in full.
        for place in [-place for score, place, named in likely if named == kind and score[1]][:_MOST_COLUMNS]:
            score = _score(table.column(place), kind, numbered(place))
            if kind not in best or score > best[kind][0]:
                best[kind] = score, place
    return best


def _others(table: Table, columns: Iterable[int]) -> dict[str, tuple[tuple[int, int, int], int]]:
    """Return the same for all other kinds: places named, twice, and whether most keys of the column name one."""
    sample = table.rows[:: max(len(table.rows) // _SAMPLE, 1)]
    first = {place: _named([row[place] for row in sample]) for place in columns}
    likely = sorted((place for place in first if first[place]), key=lambda place: -max(first[place].values())[0])
    best: dict[str, tuple[tuple[int, int, int], int]] = {}
    for place in likely[:_MOST_COLUMNS]:
        for kind, (named, most) in _named(table.column(place)).items():
            score = named, named, int(most and not _says_otherwise(table.head[place], kind))
            if kind not in best or score > best[kind][0]:
                best[kind] = score, place
    return best


def _named(cells: list[Cell]) -> dict[str, tuple[int, bool]]:
    """Return how many places of each kind cells name, and whether most of the cells name one; of postcodes each."""
    codes: dict[str, set[str]] = {}
    keys: Counter[str] = Counter()
    candidates = [cell for cell in dict.fromkeys(cells) if filled(cell) and not whole(cell)]
    for cell in candidates:
        for kind, code in {} if isinstance(number(cell), Number) else row_kinds.named(cell).items():
            codes.setdefault(kind, set()).add(code)
            keys[kind] += 1
    # Many postcodes lie in one LSOA.
    many = {kind: keys[kind] if kind == row_kinds.POSTCODE else len(members) for kind, members in codes.items()}
    return {kind: (many[kind], 2 * keys[kind] > len(candidates)) for kind in codes}


def _says_otherwise(heading: str, kind: str) -> bool:
    """Return whether a heading speaks of STPs or CCGs, whose names and codes boards and their parts took over."""
    return kind.startswith(("icb", "sicbl")) and bool(_OF_2017.search(plain(heading)))


def _other(best: Mapping[str, tuple[tuple[int, int, int], int]]) -> str | None:
    """Return the kind that the rows are of if it is none of April 2017: it clearly names more, by most of the keys."""
    areas = max((best[kind][0][1] for kind in LAYERS if kind in best), default=0)
    clear = [kind for kind in row_kinds.FOUND if kind in best and best[kind][0][2]]
    most = max(clear, key=lambda kind: best[kind][0], default=None)
    return most if most and best[most][0][0] > areas + areas // _CLEARLY else None


def _of_other_years(table: Table, columns: Iterable[int], layer: str | None) -> Found | None:
    """Find a column where most cells name areas of other years, and the kind that took their place by April 2017."""
    best: tuple[int, int] | None = None
    kinds: Counter[str] = Counter()
    for place in columns:
        cells = [cell for cell in dict.fromkeys(table.column(place)) if filled(cell)]
        named = [areas[0] for cell in cells if (areas := meant(cell))]
        if 2 * len(named) > len(cells) and (best is None or len(named) > best[0]):
            best = len(named), place
            kinds = Counter(kind for area in named for kind in LAYERS if blocks.layer(kind).one in area.family)
    if best is None:
        return None
    return Found(layer or max(LAYERS, key=kinds.__getitem__), best[1], 0, {})


def _doubt(table: Table, layer: str, place: int) -> str | None:
    """Return why keys seem to be something else: few name areas, and those by letters that may stand for anything."""
    numbers = numbers_are_keys(table.head[place])
    keys = [cell for cell in dict.fromkeys(table.column(place)) if filled(cell) and not whole(cell)]
    named = [cell for cell in keys if code_of(layer, cell, numbers)]
    if not named or len(named) * 2 >= len(keys) or not all(map(short_form, named)):
        return None
    first = [(table.column(place).index(cell), cell) for cell in named[:_MOST_NAMED]]
    examples = [f"{cell} (row {table.numbers[row]:,})" for row, cell in first]
    examples += [counted(len(named) - len(first), "other")] if len(named) > len(first) else []
    others = [str(cell) for cell in keys if cell not in named][:_MOST_NAMED]
    return (
        f"Only {len(named)} of the {len(keys):,} keys in the column {table.head[place]} name "
        f"{row_kinds.many(layer)}, all of them by short forms: {listed(examples)}. The others, such as "
        f"{listed(others)}, name none, so the short forms seem to mean something else."
    )


def _score(cells: list[Cell], layer: str, numbers: bool) -> tuple[int, int, int]:
    """Return how well cells name areas of a layer.

    Named areas without, and with, those named by bare numbers; then those named by their codes: what several kinds of
    area are called does not tell which is meant.
    """
    named, numbered, coded = set(), set(), set()
    for cell in dict.fromkeys(cells):
        number_alone = bare(cell)
        if number_alone and not (numbers and layer == "stp17"):
            continue
        if isinstance(cell, str) and not number_alone and isinstance(number(cell), Number):
            continue
        if code := code_of(layer, cell, numbers):
            (numbered if number_alone else named).add(code)
            if str(cell).strip().upper() == code:
                coded.add(code)
    return len(named), len(named | numbered), len(coded)
