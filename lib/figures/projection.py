"""From degrees to a frame: the projection of every map, in the browser and out of it.

Mercator on a sphere of radius 1: x = longitude in radians, y = -log(tan(pi/4 + latitude/2)), so y grows to the south
as pixels do. A map is scaled alike in both directions so that its extent fits whole into the frame, and centred.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lib.figures.maps import Extent

# The corner between Devon, Wales and Cumbria that no area of England reaches into.
_FREE_NORTH, _FREE_SOUTH, _FREE_EAST = 54.25, 51.3, -3.36
_GAP, _INSET_LABEL = 4.0, 16.0
_MOST_ENLARGED = 4.5
_EARTH_KM = 6371.0


def mercator(lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return x and y of places in degrees, on a sphere of radius 1."""
    return np.radians(lon), -np.log(np.tan(np.pi / 4 + np.radians(lat) / 2))


def _corners(extent: Extent) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of an extent, on a sphere of radius 1."""
    west, south, east, north = extent
    return math.radians(west), _down(north), math.radians(east), _down(south)


def _down(latitude: float) -> float:
    """Return y of a latitude in degrees: as `mercator`, which takes ten times as long for a single one."""
    return -math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))


@dataclass(frozen=True)
class Box:
    """Part of a picture: its upper left corner, width and height."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height


@dataclass(frozen=True)
class Projection:
    """From a sphere of radius 1 to a frame: ``scale * x + right``, ``scale * y + down``."""

    scale: float
    right: float
    down: float

    def __call__(self, lon: ArrayLike, lat: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
        """Return where places in degrees lie in the frame."""
        x, y = mercator(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))
        return x * self.scale + self.right, y * self.scale + self.down

    def bounds(self, box: Box) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of part of the frame, on a sphere of radius 1."""
        return (
            (box.left - self.right) / self.scale,
            (box.top - self.down) / self.scale,
            (box.right - self.right) / self.scale,
            (box.bottom - self.down) / self.scale,
        )


def fitted(extent: Extent, box: Box) -> Projection:
    """Return the projection that shows an extent whole in the middle of a box."""
    left, top, right, bottom = _corners(extent)
    scale = min(box.width / (right - left), box.height / (bottom - top))
    return Projection(
        scale,
        box.left + box.width / 2 - scale * (left + right) / 2,
        box.top + box.height / 2 - scale * (top + bottom) / 2,
    )


def shape(extent: Extent) -> float:
    """Return the height of an extent by its width."""
    left, top, right, bottom = _corners(extent)
    return (bottom - top) / (right - left)


def inset_box(main: Projection, inset: Extent) -> Box:
    """Return where an inset lies: in the shape of its extent, in the sea and Wales, room for its label above it.

    It is as large as that room allows, at the east end of it, at most
    `_MOST_ENLARGED` times the scale of the map.

    Parameters
    ----------
    main : Projection
        That of the map.
    inset : Extent
        What the inset shows.
    """
    left, top, right, bottom = _corners(inset)
    east = main.scale * math.radians(_FREE_EAST) + main.right
    north, south = (main.scale * _down(latitude) + main.down for latitude in (_FREE_NORTH, _FREE_SOUTH))
    wide, high = east - 2 * _GAP, south - north - _INSET_LABEL
    scale = min(wide / (right - left), high / (bottom - top), main.scale * _MOST_ENLARGED)
    width, height = scale * (right - left), scale * (bottom - top)
    return Box(east - _GAP - width, north + _INSET_LABEL + (high - height) / 2, width, height)


def kilometre(projection: Projection, extent: Extent) -> float:
    """Return how long a kilometre is in the middle of a map."""
    return projection.scale / _EARTH_KM / math.cos(math.radians((extent[1] + extent[3]) / 2))
