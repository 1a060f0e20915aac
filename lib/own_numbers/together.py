"""Areas of other years that together are exactly an area of 2017: where counts may be summed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo import blocks, resolver
from lib.own_numbers.keys import meant
from lib.own_numbers.numbers import Number
from lib.own_numbers.table import Cell
from lib.text import listed

RATES = "Areas of other years were not put together: the column has per cent or decimals, and a rate cannot be summed."


@dataclass(frozen=True)
class Union:
    """Keys of a table whose areas together are exactly one area of a layer.

    Attributes
    ----------
    code : str
        Of the area that they make.
    cells : tuple of Cell
        The keys, each an area of its own.
    names : tuple of str
        What these are called.
    """

    code: str
    cells: tuple[Cell, ...]
    names: tuple[str, ...]


def unions(layer: str, unknown: Iterable[Cell]) -> list[Union]:
    """Return which keys that name no area of a layer make one together, without gap or overlap."""
    inside: dict[str, dict[frozenset[str], tuple[Cell, str]]] = {}
    kinds = resolver.family(blocks.layer(layer).one)
    for cell in unknown:
        for area in meant(cell):
            parts = area.parts(layer) if area.kind in kinds else ()
            if len(parts) == 1 and area.pieces and not parts[0].whole:
                inside.setdefault(parts[0].code, {}).setdefault(area.pieces, (cell, area.name))
    found = []
    whole = blocks.pieces()[layer]
    for code, grounds in inside.items():
        covered = frozenset().union(*grounds)
        apart = sum(map(len, grounds)) == len(covered)
        if len(grounds) > 1 and apart and covered == frozenset(whole.index[whole == code]):
            cells, names = zip(*grounds.values(), strict=True)
            found.append(Union(code, cells, names))
    return found


def offer(layer: str, found: Iterable[Union]) -> str:
    """Say which areas could be put together, and how; empty without any."""
    said = [f"{listed(list(union.names))} are together {blocks.names(layer)[union.code]}" for union in found]
    if not said:
        return ""
    return f"{'; '.join(said)}: they can be summed if the numbers are counts, see “Areas of other years”."


def summed(union: Union, values: Mapping[Cell, Number]) -> Number | None:
    """Return the sum of counts; None if one is missing, or is no count: per cent, or with decimals."""
    parts = [values.get(cell) for cell in union.cells]
    if any(part is None or part.unit == "%" or part.decimals for part in parts):
        return None
    return Number(sum(part.value for part in parts), parts[0].unit, 0)
