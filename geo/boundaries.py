"""Outlines of areas, drawn from pieces, and from fragments of these for layers by best fit.

The pieces are the common refinement of all exact layers: LSOAs that agree in
every one of them are one piece. Any such layer, of any vintage, and any other
grouping of CCGs or districts is a union of whole pieces, so all outlines fit
each other. Constituencies cut pieces into fragments; in detail the outlines of
both are the same lines, in the overview the fragments are simplified for
themselves.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from geo import blocks, coverage, kept, paths

if TYPE_CHECKING:
    import geopandas as gpd

DETAILS = ("overview", "detail")
"""``overview`` for national maps, ``detail`` (not simplified) for one area and its neighbours."""


def path(unit: str, detail: str) -> Path:
    """Return the GeoParquet file of the pieces or the fragments, see `geo.blocks.units`.

    Raises
    ------
    UnknownNameError
        If `detail` is not one of `DETAILS`.
    """
    if detail not in DETAILS:
        raise blocks.UnknownNameError("detail", detail, list(DETAILS))
    return paths.DATA / f"{unit}s-{detail}.parquet"


@kept.once
def units(unit: str, detail: str) -> "gpd.GeoSeries":
    """Return the outlines of the pieces or the fragments, WGS 84, by their names."""
    # As below: only those wait for it who ask for outlines.
    import geopandas as gpd

    return gpd.read_parquet(path(unit, detail)).set_index(unit)["geometry"]


def pieces(detail: str) -> "gpd.GeoSeries":
    """Return the outlines of the pieces, see `units`."""
    return units(blocks.PIECE, detail)


def union(labels: pd.Series, detail: str, unit: str = blocks.PIECE) -> "gpd.GeoSeries":
    """Union the pieces, or the fragments, that carry the same label.

    Parameters
    ----------
    labels : Series
        Label by piece or fragment; those without one are left out.
    detail : str
        One of `DETAILS`.
    unit : str
        Which of the two.

    Returns
    -------
    GeoSeries
        Outline by label, WGS 84, exterior rings anticlockwise.
    """
    import geopandas as gpd

    labels = labels.dropna()
    outlines = units(unit, detail).loc[labels.index]
    distinct, unions = coverage.dissolve(outlines.to_numpy(), labels.astype(str))
    return gpd.GeoSeries(coverage.tidy(unions), index=distinct, crs=coverage.WGS84)


def layer(name: str, detail: str = "overview") -> "gpd.GeoDataFrame":
    """Return a layer's outlines.

    Parameters
    ----------
    name : str
        One of `geo.blocks.LAYERS`.
    detail : str
        One of `DETAILS`.

    Returns
    -------
    GeoDataFrame
        ``code``, ``name`` and ``geometry`` (WGS 84), sorted by code.

    Raises
    ------
    UnknownNameError
        If the layer or the detail does not exist.
    """
    import geopandas as gpd

    names = blocks.names(name)
    unit = blocks.unit([name])
    outlines = union(blocks.units(unit)[name], detail, unit)
    return gpd.GeoDataFrame(
        {"code": outlines.index, "name": names.loc[outlines.index].to_numpy(), "geometry": outlines.to_numpy()},
        crs=coverage.WGS84,
    )
