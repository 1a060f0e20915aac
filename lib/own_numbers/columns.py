"""Which column of a reader's table names areas, of which kind they are, and which column to show."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from lib.own_numbers.keys import LAYERS, code_of
from lib.own_numbers.numbers import Number, number
from lib.own_numbers.table import Cell, Table, filled

_SAMPLE = 60


@dataclass(frozen=True)
class Found:
    """Where the keys of a table are.

    Attributes
    ----------
    layer : str
        Kind of area, one of `LAYERS`.
    column : int
        Place of the column with the keys.
    areas : int
        How many areas its keys name.
    by_layer : mapping of str to int
        The same if the best column for each kind of area is taken.
    """

    layer: str
    column: int
    areas: int
    by_layer: Mapping[str, int]


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
        None if no column names areas. Keys that are bare numbers count for
        less than names and codes: numbers from 1 to 44 may be footprints or
        anything else.
    """
    columns = range(len(table.head)) if column is None else [column]
    step = max(len(table.rows) // _SAMPLE, 1)
    sample = table.rows[::step]
    likely = sorted(
        ((_score([row[place] for row in sample], kind), -place, kind) for place in columns for kind in LAYERS),
        key=lambda item: item[0],
        reverse=True,
    )
    best: dict[str, tuple[tuple, int]] = {}
    for kind in LAYERS:
        # A few columns a kind are looked at in full.
        for place in [-place for score, place, named in likely if named == kind and score[1]][:3]:
            score = _score(table.column(place), kind)
            if kind not in best or score > best[kind][0]:
                best[kind] = score, place
    counts = {kind: score[1] for kind, (score, _) in best.items()}
    if not best and (layer is None or column is None):
        return None
    chosen = layer or max(best, key=lambda kind: best[kind][0], default=LAYERS[0])
    # What the reader says holds, also where it names nothing.
    anywhere = max(best.values(), default=(None, column))[1]
    place = best[chosen][1] if chosen in best else anywhere
    by_number = chosen in best and not best[chosen][0][0]
    if by_number and column is None and likely_values(table, place, chosen) is None:
        # The only numbers of a table are what it shows, not footprints.
        return None
    return Found(chosen, place, counts.get(chosen, 0), counts)


def _score(cells: list[Cell], layer: str) -> tuple[int, int]:
    """Return how well cells name areas of a layer: named areas without, and with, those named by bare numbers."""
    named, numbered = set(), set()
    for cell in dict.fromkeys(cells):
        bare = not isinstance(cell, str) or cell.strip().isdigit()
        if bare and layer != "stp17":
            continue
        if isinstance(cell, str) and not bare and isinstance(number(cell), Number):
            continue
        if code := code_of(layer, cell):
            (numbered if bare else named).add(code)
    return len(named), len(named | numbered)


def likely_values(table: Table, key: int, layer: str) -> int | None:
    """Return the column to show first: the first whose cells are mostly numbers that differ and name no areas."""
    found = []
    for place in range(len(table.head)):
        if place == key:
            continue
        cells = table.column(place)
        read = [item.value for cell in cells if isinstance(item := number(cell), Number)]
        if len(read) * 2 < sum(map(filled, cells)) or not read:
            continue
        keys = table.column(key)
        pairs = zip(cells, keys, strict=True)
        same = layer == "stp17" and all(
            code_of(layer, cell) == code_of(layer, own) for cell, own in pairs if code_of(layer, own)
        )
        found.append((same, pd.Series(read).nunique() == 1 and len(read) > 1, place))
    return min(found)[2] if found else None
