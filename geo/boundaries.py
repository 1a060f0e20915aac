"""Outlines of areas, drawn from pieces.

The pieces are the common refinement of all layers: LSOAs that agree in every
layer are one piece. Any layer, of any vintage, and any other grouping of CCGs
or districts is a union of whole pieces, so all outlines fit each other.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from geo import blocks, coverage, kept, paths

if TYPE_CHECKING:
    import geopandas as gpd

DETAILS = ("overview", "detail")
"""``overview`` for national maps, ``detail`` (not simplified) for one area and its neighbours."""


def path(detail: str) -> Path:
    """Return the GeoParquet file of the pieces.

    Raises
    ------
    UnknownNameError
        If `detail` is not one of `DETAILS`.
    """
    if detail not in DETAILS:
        raise blocks.UnknownNameError("detail", detail, list(DETAILS))
    return paths.DATA / f"pieces-{detail}.parquet"


@kept.once
def pieces(detail: str) -> "gpd.GeoSeries":
    """Return the outlines of the pieces, WGS 84, by piece."""
    # As below: only those wait for it who ask for outlines.
    import geopandas as gpd

    return gpd.read_parquet(path(detail)).set_index("piece")["geometry"]


def union(labels: pd.Series, detail: str) -> "gpd.GeoSeries":
    """Union the pieces that carry the same label.

    Parameters
    ----------
    labels : Series
        Label by piece; pieces without one are left out.
    detail : str
        One of `DETAILS`.

    Returns
    -------
    GeoSeries
        Outline by label, WGS 84, exterior rings anticlockwise.
    """
    import geopandas as gpd

    labels = labels.dropna()
    outlines = pieces(detail).loc[labels.index]
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
    outlines = union(blocks.pieces()[name], detail)
    return gpd.GeoDataFrame(
        {"code": outlines.index, "name": names.loc[outlines.index].to_numpy(), "geometry": outlines.to_numpy()},
        crs=coverage.WGS84,
    )
