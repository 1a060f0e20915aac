"""Outlines of areas, projected once: flat arrays of coordinates that any frame moves and scales."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from geo import boundaries, kept
from lib.figures.extents import places
from lib.figures.maps import CLOSE
from lib.figures.projection import Projection, mercator

Bounds = tuple[float, float, float, float]
"""Left, top, right and bottom of part of a map, on a sphere of radius 1."""


@dataclass(frozen=True, eq=False)
class Lines:
    """Lines or rings, one after the other, in groups.

    Attributes
    ----------
    points : ndarray, shape (n, 2)
        On a sphere of radius 1, see `lib.figures.projection`. A ring does not come back to its first point.
    starts : ndarray, shape (m + 1,)
        Where each line begins in `points`, and the end of the last.
    groups : ndarray, shape (k + 1,)
        Where each group begins in `starts`, and the end of the last.
    holes : ndarray of bool, shape (m,)
        Which of them are rings around a hole.
    closed : bool
        Whether they are rings.
    """

    points: np.ndarray
    starts: np.ndarray
    groups: np.ndarray
    holes: np.ndarray
    closed: bool


@dataclass(frozen=True, eq=False)
class Layer:
    """The areas of a layer.

    Attributes
    ----------
    codes : dict of str to int
        Place of each area in the arrays.
    bounds : ndarray, shape (k, 4)
        Left, top, right and bottom of each area, on a sphere of radius 1.
    labels : ndarray, shape (k, 2)
        Label point of each area, on a sphere of radius 1.
    sizes : ndarray, shape (k,)
        Area on that sphere's map.
    """

    codes: dict[str, int]
    bounds: np.ndarray
    labels: np.ndarray
    sizes: np.ndarray


def _projected(shapes: np.ndarray) -> np.ndarray:
    return shapely.transform(shapes, lambda places: np.column_stack(mercator(places[:, 0], places[:, 1])))


@kept.once
def _shapes(layer: str) -> tuple[tuple[str, ...], np.ndarray]:
    """Return the codes of a layer's areas and their outlines, projected."""
    if layer in CLOSE:
        outlines = boundaries.units(layer, "detail").sort_index()
        return tuple(outlines.index), _projected(outlines.to_numpy())
    table = boundaries.layer(layer, "overview")
    return tuple(table["code"]), _projected(table["geometry"].to_numpy())


def _rings(shapes: np.ndarray) -> Lines:
    """Return the rings of polygons, a group for each."""
    polygons, shape_of = shapely.get_parts(shapes, return_index=True)
    rings, polygon_of = shapely.get_rings(polygons, return_index=True)
    owners = shape_of[polygon_of]
    points, where = shapely.get_coordinates(rings, return_index=True)
    # The last point of a ring is its first.
    last = np.flatnonzero(np.diff(where, append=len(rings)))
    keep = np.ones(len(points), dtype=bool)
    keep[last] = False
    starts = np.concatenate([[0], np.cumsum(np.bincount(where[keep], minlength=len(rings)))])
    groups = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=len(shapes)))])
    # The first ring of a polygon goes around it, the others around its holes.
    holes = np.diff(polygon_of, prepend=-1) == 0
    return Lines(points[keep], starts, groups, holes, True)


@kept.once
def _layer_rings(name: str) -> Lines:
    """Return the rings of all areas of a layer."""
    return _rings(_shapes(name)[1])


def _picked(lines: Lines, rows: np.ndarray) -> Lines:
    """Return some groups of lines, in the order of `rows`."""
    if np.array_equal(rows, np.arange(len(lines.groups) - 1)):
        return lines
    of_groups, groups = _ranges(lines.groups, rows)
    of_lines, starts = _ranges(lines.starts, of_groups)
    return Lines(lines.points[of_lines], starts, groups, lines.holes[of_groups], lines.closed)


def _ranges(edges: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of all that lies in some rows, one row after the other, and the edges of the rows in them."""
    ends = np.concatenate([[0], np.cumsum(edges[rows + 1] - edges[rows])])
    return np.arange(ends[-1]) + np.repeat(edges[rows] - ends[:-1], np.diff(ends)), ends


@kept.once
def layer(name: str) -> Layer:
    """Return the areas of a layer: those of `CLOSE` in detail, all others as overviews."""
    codes, shapes = _shapes(name)
    table = places(name).loc[list(codes)]
    return Layer(
        codes={code: n for n, code in enumerate(codes)},
        bounds=shapely.bounds(shapes),
        labels=np.column_stack(mercator(table["lon"].to_numpy(), table["lat"].to_numpy())),
        sizes=shapely.area(shapes),
    )


@kept.within(4)
def _borders(name: str, codes: tuple[str, ...] | None, merged: bool) -> tuple[shapely.Geometry, Lines]:
    """Return each border between areas, and around them, once; or those around all of them together.

    As a shape, to be cut, and as lines for any frame that shows them all.
    """
    shapes = _shapes(name)[1][_rows(name, codes)]
    if merged:
        shape = shapely.coverage_union_all(shapes)
        return shape, _rings(np.array([shape]))
    rings = shapely.get_rings(shapely.get_parts(shapes))
    points, where = shapely.get_coordinates(rings, return_index=True)
    # As complex numbers and as places in a square they are sorted in a tenth of the time.
    known, places_of = np.unique(points.view(complex).ravel(), return_inverse=True)
    inside = where[:-1] == where[1:]
    ends = np.sort(np.column_stack([places_of[:-1], places_of[1:]])[inside], axis=1)
    ends = np.column_stack(np.divmod(np.unique(ends[:, 0] * len(known) + ends[:, 1]), len(known)))
    known = known.view(float).reshape(-1, 2)
    shape = shapely.line_merge(shapely.multilinestrings(shapely.linestrings(known[ends])))
    return shape, _lines(shapely.get_parts(shape))


def border(name: str, codes: tuple[str, ...] | None, merged: bool, bounds: Bounds) -> Lines:
    """Return borders within part of a map, as one group of lines.

    Parameters
    ----------
    name, codes, merged
        As for `lib.figures.maps.Outline`.
    bounds : Bounds
        The part.
    """
    left, top, right, bottom = bounds
    rows = _rows(name, codes)
    boxes = layer(name).bounds[rows]
    west, north = boxes[:, :2].min(axis=0, initial=math.inf)
    east, south = boxes[:, 2:].max(axis=0, initial=-math.inf)
    if west >= right or east <= left or north >= bottom or south <= top:
        return _lines(np.array([], dtype=object))
    if left < west and east < right and top < north and south < bottom:
        return _picked(_layer_rings(name), rows) if merged and len(rows) == 1 else _borders(name, codes, merged)[1]
    clip = shapely.clip_by_rect(_borders(name, codes, merged)[0], *bounds)
    return _rings(np.array([clip])) if merged else _lines(shapely.get_parts(clip))


def _rows(name: str, codes: Sequence[str] | None) -> np.ndarray:
    """Return the places of areas in the arrays of their layer, of all by default."""
    known = layer(name).codes
    return np.arange(len(known)) if codes is None else np.array(sorted(known[code] for code in codes), dtype=np.int64)


def _lines(lines: np.ndarray) -> Lines:
    points, where = shapely.get_coordinates(lines, return_index=True)
    starts = np.concatenate([[0], np.cumsum(np.bincount(where, minlength=len(lines)))])
    return Lines(points, starts, np.array([0, len(lines)]), np.zeros(len(lines), dtype=bool), False)


def within(name: str, codes: tuple[str, ...], bounds: Bounds) -> tuple[tuple[str, ...], Lines]:
    """Return those areas of a layer that reach into part of a map, and their rings, cut off at its edges."""
    areas, shapes = layer(name), _shapes(name)[1]
    rows = np.array([areas.codes[code] for code in codes], dtype=np.int64)
    box = areas.bounds[rows]
    left, top, right, bottom = bounds
    near = (box[:, 0] < right) & (box[:, 2] > left) & (box[:, 1] < bottom) & (box[:, 3] > top)
    cut = near & ((box[:, 0] < left) | (box[:, 2] > right) | (box[:, 1] < top) | (box[:, 3] > bottom))
    polygons = shapes[rows]
    polygons[cut] = shapely.clip_by_rect(polygons[cut], *bounds)
    near[cut] &= shapely.area(polygons[cut]) > 0
    places = np.flatnonzero(near)
    rings = _rings(polygons[near]) if cut.any() else _picked(_layer_rings(name), rows[near])
    return tuple(codes[n] for n in places.tolist()), rings


def placed(lines: Lines, projection: Projection, per_unit: float) -> tuple[np.ndarray, np.ndarray]:
    """Return points on a grid of whole numbers, and where each line begins in them and the last ends.

    Points that fall together are one; neighbours that share a border go on sharing it.

    Parameters
    ----------
    lines : Lines
        On a sphere of radius 1.
    projection : Projection
        To pixels.
    per_unit : float
        Steps of the grid in a pixel.
    """
    offset = projection.right * per_unit, projection.down * per_unit
    places = np.rint(lines.points * (projection.scale * per_unit) + offset).astype(np.int64)
    keep = np.ones(len(places), dtype=bool)
    moved = places[1:] != places[:-1]
    keep[1:] = moved[:, 0] | moved[:, 1]
    keep[lines.starts[:-1]] = True
    return places[keep], np.concatenate([[0], np.cumsum(keep)])[lines.starts]
