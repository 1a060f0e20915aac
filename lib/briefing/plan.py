"""Which pieces a map shows in which colours."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geo import blocks
from lib import close_ups, fit
from lib.accountable_care import acs, acs_maps, acs_trusts
from lib.footprint import profile
from lib.themes import Category


@dataclass(frozen=True)
class Plan:
    """What a map shows.

    Attributes
    ----------
    name : str
        What the map is of.
    layer, code : str
        Area that it is centred on.
    outlined : tuple of str
        Layer and code of the area with a dark edge.
    pieces : mapping
        Category by piece; the other pieces are faded.
    points : tuple of (float, float)
        Longitude and latitude of trusts.
    span : (float, float)
        Kilometres from west to east and from south to north that it shows at least.
    box : Box, optional
        West, south, east and north of what it is centred on, instead of an area.
    edged : frozenset of str
        Pieces that have a dark edge together, instead of an area.
    label : str
        What is written on the map itself.
    """

    name: str
    layer: str
    code: str
    outlined: tuple[str, str]
    pieces: Mapping[str, Category]
    points: tuple[tuple[float, float], ...]
    span: tuple[float, float]
    box: close_ups.Box | None = None
    edged: frozenset[str] = frozenset()
    label: str = ""

    @property
    def caption(self) -> str:
        """What a reader should know of the map."""
        said = "Numbers: see the table. What lies around is faded."
        if self.label:
            return "Dark edges: what is moved. Numbers: see the table."
        return f"{said} Crosses: acute trusts." if self.points else said

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories for a legend, those with a number first."""
        found = {category.key: category for category in self.pieces.values()}
        return tuple(sorted(found.values(), key=lambda item: (not item.mark, int(item.mark or 0))))


def _categories(parts: pd.DataFrame) -> dict[str, Category]:
    fills = fit.PART_FILLS
    return {
        code: Category(code, name, *fills[n % len(fills)], str(n + 1))
        for n, (code, name) in enumerate(parts["name"].items())
    }


def _cut(a: str, b: str, code: str, points: pd.DataFrame | None = None, span=None) -> Plan:
    pieces = blocks.pieces()
    by_part = _categories(fit.parts(a, b, code, "population", 0.0))
    owners = pieces[pieces[a] == code][b].fillna(fit.OUTSIDE)
    fills = {piece: by_part[owner] for piece, owner in owners.items()}
    return Plan(blocks.names(a)[code], a, code, (a, code), fills, _places(points), span or close_ups.extent(a, code))


def _places(points: pd.DataFrame | None) -> tuple[tuple[float, float], ...]:
    if points is None:
        return ()
    placed = points.dropna(subset=["lon", "lat"])
    return tuple(zip(placed["lon"].astype(float), placed["lat"].astype(float), strict=True))


def stp(code: str, span: tuple[float, float] | None = None) -> Plan:
    """Return an STP in its councils, with its acute trusts."""
    return _cut("stp17", "council17", code, profile.trusts(code), span)


def council(code: str) -> Plan:
    """Return a council in the STPs that its residents fall under."""
    return _cut("council17", "stp17", code)


def acs_area(area: acs.Area) -> Plan:
    """Return an ACS area in its councils, the rest of its STP and of its councils around it."""
    fills = acs_maps.detail(area, "council17").pieces
    trusts = acs_trusts.inside(area)
    return Plan(area.name, "stp17", area.stp, area.place, fills, _places(trusts), close_ups.extent("stp17", area.stp))


def pair(a: str, b: str) -> tuple[Plan, Plan]:
    """Return two STPs at the same scale."""
    wide, high = zip(close_ups.extent("stp17", a), close_ups.extent("stp17", b), strict=True)
    return stp(a, (max(wide), max(high))), stp(b, (max(wide), max(high)))


def region(label: str, box: close_ups.Box, fills: Mapping[str, Category], edged: frozenset[str]) -> Plan:
    """Return a part of England in coloured pieces, some of them with a dark edge."""
    return Plan(label, "", "", ("", ""), fills, (), close_ups.extent_of(box), box, edged, label)
