"""What an area of some year is: what one body had as its ground for as long as code and ground stayed the same.

The ground is a set of fragments, so that every area can be held against every
vintage; where the tables do not know it, it is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from geo import blocks, kept, vintages

_SUCCEEDED: tuple[tuple[str, ...], ...] = (
    ("STP", "ICB"),
    ("CCG", "sub-ICB location", "PCT"),
    ("council", "district"),
)
FAMILIES: tuple[tuple[str, ...], ...] = (
    *_SUCCEEDED,
    *dict.fromkeys((layer.one,) for layer in blocks.LAYERS.values() if layer.one not in sum(_SUCCEEDED, ())),
)
"""Kinds of area that took over from one another; first those that plan care, then those of other services."""
PLANNERS = frozenset(sum(_SUCCEEDED, ()))
"""Kinds of area of the NHS and of councils."""


@dataclass(frozen=True)
class Area:
    """An area of some year.

    Attributes
    ----------
    kind : str
        One of the kinds in `FAMILIES`.
    code, ods_code : str
        ONS and ODS code; empty where there is none or none is known.
    name : str
        The last of its names.
    names : tuple of str
        All of them.
    start, end : str
        First and last day, or the year alone; of areas of the lookups whose
        day no table has, the first and the last year that has them. Empty
        where it is not known or still lasts.
    layers : tuple of str
        Layers that have it, in the order of time; none for those that are in
        ``other_areas`` alone.
    relation : str
        As in ``other_areas``; empty for areas of the lookups.
    pieces : frozenset of str or None
        Its ground; None where the tables do not know it.
    members : tuple of str
        Codes of the areas that followed where `pieces` is None.
    note : str
        What else the table says.
    """

    kind: str
    code: str
    name: str
    names: tuple[str, ...]
    ods_code: str = ""
    start: str = ""
    end: str = ""
    layers: tuple[str, ...] = ()
    relation: str = ""
    pieces: frozenset[str] | None = None
    members: tuple[str, ...] = ()
    note: str = ""

    @property
    def of_2017(self) -> bool:
        """Whether a layer of April 2017 has it."""
        return any(blocks.layer(layer).year == 2017 for layer in self.layers)

    @property
    def before_2017(self) -> bool:
        """Whether it ended before the footprints of April 2017."""
        # A code of 2013 that April 2017 no longer had ended in between.
        return not self.layers and (self.end or self.start) <= "2017-04-01"

    @property
    def family(self) -> tuple[str, ...]:
        """Return the kinds that took over from one another, its own among them."""
        return family(self.kind)

    def parts(self, layer: str) -> tuple["Part", ...]:
        """Return what its ground was in a layer, the largest part first; nothing where its ground is not known."""
        return () if self.pieces is None else parts(self.pieces, layer)

    def same_in(self, layer: str) -> str | None:
        """Return the code of the area of a layer with exactly its ground."""
        return None if self.pieces is None else by_ground(layer).get(self.pieces)


@dataclass(frozen=True)
class Part:
    """What two areas share: code and name of the other, residents, LSOAs, and shares of the residents of each (0 to 1).

    `whole` says whether all LSOAs of the other are in it.
    """

    code: str
    name: str
    residents: int
    lsoas: int
    share_of_area: float
    share_of_other: float
    whole: bool


def family(kind: str) -> tuple[str, ...]:
    """Return the kinds of area that took over from one another, the given one among them."""
    return next((kinds for kinds in FAMILIES if kind in kinds), (kind,))


def foremost(areas: Sequence[Area]) -> tuple[Area, ...]:
    """Return those of some areas that plan care; all if none does: a bare Surrey is not that of the police."""
    return tuple(area for area in areas if area.kind in PLANNERS) or tuple(areas)


def units() -> pd.DataFrame:
    """Return what grounds are sets of: a row a fragment, by its name, see `geo.blocks.fragments`."""
    return blocks.fragments()


@kept.within(2)
def parts(pieces: frozenset[str], layer: str) -> tuple[Part, ...]:
    """Return what a ground was in a layer, the largest part first; what lies in no area of the layer is none."""
    area_of, sizes, whole = _area_of(layer), _sizes(), _totals(layer)
    total = residents(pieces)
    shared: dict[str, tuple[int, int]] = {}
    for piece in pieces:
        if code := area_of.get(piece):
            people, lsoas = shared.get(code, (0, 0))
            shared[code] = people + sizes[piece][0], lsoas + sizes[piece][1]
    overlaps = [
        Part(code, name, people, lsoas, people / total, people / everyone, lsoas == all_lsoas)
        for code, (people, lsoas) in shared.items()
        for name, everyone, all_lsoas in (whole[code],)
    ]
    return tuple(sorted(overlaps, key=lambda part: (-part.share_of_area, part.code)))


def shares(pieces: frozenset[str], layer: str) -> tuple[tuple[str, float], ...]:
    """Return the areas of a layer that a ground lies in, with their shares of its residents, largest first."""
    return tuple((part.code, part.share_of_area) for part in parts(pieces, layer))


def residents(pieces: frozenset[str]) -> int:
    """Return how many residents a ground has."""
    sizes = _sizes()
    return sum(sizes[piece][0] for piece in pieces)


@kept.once
def _area_of(layer: str) -> dict[str, str]:
    """Return the area of a layer in which each piece lies, of those that lie in one."""
    return {str(piece): str(code) for piece, code in units()[layer].dropna().items()}


@kept.once
def _sizes() -> dict[str, tuple[int, int]]:
    """Return residents and LSOAs by piece."""
    table = units()
    return {
        str(piece): (int(people), int(lsoas))
        for piece, people, lsoas in zip(table.index, table["population"], table["lsoas"], strict=True)
    }


@kept.once
def _totals(layer: str) -> dict[str, tuple[str, int, int]]:
    """Return name, residents and LSOAs of a layer's areas by code."""
    return {row.Index: (row.name, int(row.residents), int(row.lsoas)) for row in vintages.totals(layer).itertuples()}


@kept.once
def grounds(layer: str) -> dict[str, frozenset[str]]:
    """Return the ground of each area of a layer, by code."""
    return {code: frozenset(group) for code, group in units().groupby(layer).groups.items()}


@kept.once
def by_ground(layer: str) -> dict[frozenset[str], str]:
    """Return the codes of a layer's areas by their ground."""
    return {pieces: code for code, pieces in grounds(layer).items()}
