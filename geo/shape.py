"""How compact areas are: their extent and outline, measured on the British National Grid when the data are built."""

import numpy as np
import pandas as pd
import shapely

from geo import kept, paths

SHAPES = paths.DATA / "shapes.csv"


def measured(codes: np.ndarray, polygons: np.ndarray) -> pd.DataFrame:
    """Measure polygons.

    Parameters
    ----------
    codes : ndarray
        Code of each polygon.
    polygons : ndarray
        In metres.

    Returns
    -------
    DataFrame
        ``code``, ``area_km2``, ``perimeter_km`` (coasts, islands and holes
        included), ``hull_km2`` (of the convex hull) and ``circle_km2`` (of
        the smallest circle around it), three decimals; sorted by code.
    """
    radius = shapely.minimum_bounding_radius(polygons)
    table = pd.DataFrame(
        {
            "code": codes,
            "area_km2": shapely.area(polygons) / 1e6,
            "perimeter_km": shapely.length(polygons) / 1e3,
            "hull_km2": shapely.area(shapely.convex_hull(polygons)) / 1e6,
            "circle_km2": np.pi * radius**2 / 1e6,
        }
    )
    return table.round(3).sort_values("code", ignore_index=True)


@kept.once
def compactness() -> pd.DataFrame:
    """Return how compact the STPs of 2017 are, each measure from 0 to 1, 1 for the most compact shape.

    Returns
    -------
    DataFrame
        By code: ``polsby_popper`` (area over that of a circle with the same
        perimeter; Polsby and Popper 1991), ``reock`` (over that of the
        smallest circle around it; Reock 1961) and ``hull`` (over that of
        the convex hull).
    """
    table = pd.read_csv(SHAPES).set_index("code")
    return pd.DataFrame(
        {
            "polsby_popper": 4 * np.pi * table["area_km2"] / table["perimeter_km"] ** 2,
            "reock": table["area_km2"] / table["circle_km2"],
            "hull": table["area_km2"] / table["hull_km2"],
        }
    )
