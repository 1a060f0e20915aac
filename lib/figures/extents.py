"""How much of England a map shows."""

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from geo import blocks, kept
from lib.figures.maps import Extent

# A degree of latitude; of longitude it is this by the cosine of the latitude.
_KM_PER_DEGREE = 111.2
_MARGIN = 1.2
# What a frame half or twice as wide as high shows beside an extent.
_NARROW, _WIDE = 0.5, 2.0
_EDGES = ["west", "south", "east", "north"]


@kept.once
def places(layer: str) -> pd.DataFrame:
    """Return label points and extents of a layer's areas, by code."""
    areas = blocks.areas()
    return areas[areas["layer"] == layer].set_index("code")


@kept.once
def _extents(layer: str) -> dict[str, Extent]:
    table = places(layer)[_EDGES]
    return {code: (west, south, east, north) for code, west, south, east, north in table.itertuples()}


def around(layer: str, codes: Iterable[str]) -> Extent:
    """Return the extent of some areas together, with a margin of a tenth of it on each side."""
    extent = union(_extents(layer)[code] for code in codes)
    wide, high = _kilometres(extent)
    return _centred(extent, wide * _MARGIN, high * _MARGIN)


def union(extents: Iterable[Extent]) -> Extent:
    """Return the extent of some extents together."""
    west, south, east, north = zip(*extents, strict=True)
    return min(west), min(south), max(east), max(north)


def at_one_scale(extents: Iterable[Extent]) -> tuple[Extent, ...]:
    """Return extents of the same kilometres around the same middles, so that maps of one size have one scale."""
    extents = tuple(extents)
    wide, high = zip(*map(_kilometres, extents), strict=True)
    return tuple(_centred(extent, max(wide), max(high)) for extent in extents)


@kept.once
def _edges(layer: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the codes of a layer's areas, and west, south, east and north of each in a row."""
    table = places(layer)[_EDGES]
    return table.index.to_numpy(dtype=object), table.to_numpy().T.copy()


def within(layer: str, extent: Extent) -> list[str]:
    """Return the areas that reach into an extent."""
    west, south, east, north = extent
    codes, (left, bottom, right, top) = _edges(layer)
    return codes[(left < east) & (right > west) & (bottom < north) & (top > south)].tolist()


def in_frames(extent: Extent) -> Extent:
    """Return what frames half to twice as wide as high show, if they show all of an extent."""
    wide, high = _kilometres(extent)
    return _centred(extent, max(wide, high * _WIDE), max(high, wide / _NARROW))


def _kilometres(extent: Extent) -> tuple[float, float]:
    """Return how far an extent reaches from west to east, in its middle, and from south to north."""
    west, south, east, north = extent
    return (east - west) * _KM_PER_DEGREE * _squeeze(extent), (north - south) * _KM_PER_DEGREE


def _centred(extent: Extent, wide: float, high: float) -> Extent:
    """Return the extent of some kilometres around the middle of another."""
    west, south, east, north = extent
    lon, lat = (west + east) / 2, (south + north) / 2
    across, up = wide / _KM_PER_DEGREE / _squeeze(extent) / 2, high / _KM_PER_DEGREE / 2
    return lon - across, lat - up, lon + across, lat + up


def _squeeze(extent: Extent) -> float:
    return math.cos(math.radians((extent[1] + extent[3]) / 2))
