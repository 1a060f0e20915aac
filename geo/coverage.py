"""Build-time geometry: repair the LSOA outlines, dissolve, simplify and round.

All functions take and give arrays of shapely polygons that form a coverage:
neighbours share their edges exactly, nothing overlaps, nothing gapes.
"""

from collections.abc import Sequence

import numpy as np
import pyproj
import shapely

from geo import kept

BRITISH_GRID, WGS84 = "EPSG:27700", "EPSG:4326"
_MOST_ROUNDS = 10


class CoverageError(Exception):
    """Geometry that cannot be made into a sound coverage."""


def reproject(geometry: np.ndarray, source: str, target: str) -> np.ndarray:
    """Return geometry in another coordinate reference system, longitude or easting first."""
    move = _transformer(source, target).transform
    return shapely.transform(geometry, lambda xy: np.column_stack(move(xy[:, 0], xy[:, 1])))


@kept.once
def _transformer(source: str, target: str) -> pyproj.Transformer:
    # Making one takes longer than moving most layers.
    return pyproj.Transformer.from_crs(source, target, always_xy=True)


def repair(polygons: np.ndarray) -> np.ndarray:
    """Return the polygons as a valid coverage.

    The super-generalised LSOA outlines overlap and gape by metres in about
    170 places; GEOS' coverage cleaner snaps, splits and reassigns those bits.

    Raises
    ------
    CoverageError
        If an area disappears or the result is still no coverage.
    """
    cleaned = _clean(polygons)
    require(cleaned, "the repaired LSOAs")
    return cleaned


def _clean(polygons: np.ndarray) -> np.ndarray:
    return shapely.coverage_clean(valid(polygons))


def valid(polygons: np.ndarray) -> np.ndarray:
    """Return each polygon made valid, without the lines and points that this can leave behind."""
    # Three LSOAs are published as an outer ring with their neighbour's ring inside it, where a hole belongs.
    # Read as linework the inner ring becomes the hole; any other reading swallows the neighbour.
    made = polygons.copy()
    for place in np.flatnonzero(~shapely.is_valid(polygons)):
        made[place] = _valid(polygons[place])
    return made


def _valid(polygon: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(polygon)
    extents = shapely.bounds(parts)
    points = (extents[:, :2] == extents[:, 2:]).all(axis=1)
    if points.any():
        # Rounding has drawn parts together into points, which cannot be read as linework.
        polygon = shapely.multipolygons(parts[~points])
    made = shapely.make_valid(polygon, method="linework")
    if made.geom_type.endswith("Polygon") and not points.any():
        return made
    areas = [part for part in shapely.get_parts(made) if part.geom_type.endswith("Polygon")]
    return shapely.union_all(areas) if areas else shapely.Polygon()


def rounded(polygons: np.ndarray, decimals: int) -> np.ndarray:
    """Return the polygons with rounded coordinates; narrow ones may cross themselves after that."""
    return shapely.transform(polygons, lambda xy: np.round(xy, decimals))


def tidy(polygons: np.ndarray, clockwise: bool = False) -> np.ndarray:
    """Return the polygons with rings and parts in a fixed order.

    Exteriors run anticlockwise, as RFC 7946 asks of GeoJSON, or clockwise:
    the chart library draws on a sphere and takes an anticlockwise exterior
    for everything outside the area.
    """
    return shapely.orient_polygons(shapely.normalize(polygons), exterior_cw=clockwise)


def require(polygons: np.ndarray, what: str) -> None:
    """Raise `CoverageError` unless `polygons` are non-empty, valid and a coverage."""
    if shapely.is_empty(polygons).any():
        raise CoverageError(f"{what}: {shapely.is_empty(polygons).sum()} areas are empty")
    if not shapely.is_valid(polygons).all():
        raise CoverageError(f"{what}: {(~shapely.is_valid(polygons)).sum()} areas are invalid")
    if not shapely.coverage_is_valid(polygons):
        raise CoverageError(f"{what}: neighbours overlap or do not share their edges")


def dissolve(polygons: np.ndarray, labels: Sequence) -> tuple[np.ndarray, np.ndarray]:
    """Union the polygons that carry the same label.

    Returns
    -------
    labels : ndarray
        The distinct labels, sorted.
    unions : ndarray
        One polygon or multipolygon for each.
    """
    distinct, where = np.unique(np.asarray(labels), return_inverse=True)
    order = np.argsort(where, kind="stable")
    groups = np.split(polygons[order], np.flatnonzero(np.diff(where[order])) + 1)
    return distinct, np.array([shapely.coverage_union_all(group) for group in groups])


def simplify(polygons: np.ndarray, tolerance: float) -> np.ndarray:
    """Simplify a coverage so that neighbours keep sharing their edges.

    Parameters
    ----------
    polygons : ndarray
        Coverage in metres.
    tolerance : float
        Metres; its square is the area of the triangles that go (Visvalingam
        and Whyatt 1993, as `shapely.coverage_simplify` does it).
    """
    return shapely.coverage_simplify(polygons, tolerance)


def settle(polygons: np.ndarray, decimals: int) -> np.ndarray:
    """Round coordinates so that what is written is still a coverage.

    Rounding can make a narrow spot cross itself; cleaning moves it off the
    grid again. Both are repeated until neither changes anything.

    Raises
    ------
    CoverageError
        If an area vanishes or no sound rounding is found.
    """
    settled = rounded(polygons, decimals)
    for _ in range(_MOST_ROUNDS):
        if shapely.is_valid(settled).all() and shapely.coverage_is_valid(settled):
            break
        settled = rounded(_clean(settled), decimals)
    settled = tidy(settled)
    require(settled, f"the outlines rounded to {decimals} decimals")
    return settled


def label_points(polygons: np.ndarray) -> np.ndarray:
    """Return for each polygon the point farthest from its edge (metres in, metres out), shape (n, 2)."""
    centres = shapely.get_point(shapely.maximum_inscribed_circle(polygons, tolerance=100.0), 0)
    return shapely.get_coordinates(centres)
