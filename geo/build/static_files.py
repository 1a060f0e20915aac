"""The files that the browser fetches: outlines as TopoJSON, named by their content."""

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo import blocks, coverage, manifest
from geo.build import topology

MAP_LAYERS = (
    *("stp17", "ccg17", "acs17", "icb22", "icb24", "sicbl24", "icb26"),
    *("council17", "lad17", "council24", "lad24", "cauth25"),
    *("pfa17", "fra17", "cal17"),
)
# Decimals of a degree: four are about 9 m.
DECIMALS = 4
# Steps of England's width and height in the national maps for browsers: 55 m and 66 m, a twentieth of a pixel.
NATIONAL_STEPS = 9999


def write(folder: Path, table: pd.DataFrame, areas: pd.DataFrame, outlines: dict[str, gpd.GeoSeries]) -> list[dict]:
    """Write every file that the browser fetches.

    Parameters
    ----------
    folder : Path
        Where to write.
    table : DataFrame
        The building blocks.
    areas : DataFrame
        All areas with the place of their label, as ``areas.csv`` has them.
    outlines : dict of GeoSeries
        Outlines of the pieces by piece, WGS 84, in both details.

    Returns
    -------
    list of dict
        Entries for the manifest: ``topo-<layer>`` for national maps,
        ``topo-<STP>`` with the pieces of one STP in detail, both as TopoJSON.
    """
    places = {(row.layer, row.code): (row.lon, row.lat) for row in areas.itertuples()}
    members = table.groupby("piece", observed=True)[list(MAP_LAYERS)].first()
    return [
        *_topologies(folder, members, outlines["overview"], places),
        *_topologies_by_stp(folder, members["stp17"], outlines["detail"], places),
    ]


def _topologies(folder: Path, members: pd.DataFrame, overview: gpd.GeoSeries, places: dict) -> list[dict]:
    west, south, east, north = (float(edge) for edge in overview.total_bounds)
    step = (east - west) / NATIONAL_STEPS, (north - south) / NATIONAL_STEPS
    grid = topology.Grid((west, south), step)
    # The pieces first, so that all layers meet on the same grid: a border of STPs is one of their CCGs.
    pieces = gpd.GeoSeries(grid.settle(overview.to_numpy()), index=overview.index)
    written = []
    for layer in MAP_LAYERS:
        labels = members.loc[pieces.index, layer].dropna()
        codes, unions = coverage.dissolve(pieces.loc[labels.index].to_numpy(), labels.astype(str))
        content = topology.of(codes, unions, grid)
        item, spots = blocks.LAYERS[layer], {code: places[layer, code] for code in codes}
        title = f"Outlines of the {item.many} of {item.year}, shared borders once"
        found = topology.written(content, list(codes), layer, spots)
        written.append(_write(folder, f"topo-{layer}", title, _json(found)))
    return written


def _topologies_by_stp(folder: Path, stps: pd.Series, detail: gpd.GeoSeries, places: dict) -> list[dict]:
    west, south, *_ = (float(edge) for edge in detail.total_bounds)
    grid = topology.Grid((round(west, DECIMALS), round(south, DECIMALS)), (10.0**-DECIMALS, 10.0**-DECIMALS))
    content = topology.of(detail.index.to_numpy(), grid.settle(detail.to_numpy()), grid)
    written = []
    for stp, pieces in stps.groupby(stps, observed=True):
        codes = sorted(pieces.index)
        spots = {code: places["piece", code] for code in codes}
        title = f"Pieces of {stp}, shared borders once"
        found = topology.written(content, codes, "piece", spots)
        written.append(_write(folder, f"topo-{stp}", title, _json(found)))
    return written


def _json(content: dict) -> bytes:
    return (json.dumps(content, separators=(",", ":")) + "\n").encode()


def _write(folder: Path, name: str, title: str, content: bytes) -> dict:
    path = folder / f"{name}.{manifest.sha256(content)[:10]}.json"
    path.write_bytes(content)
    return manifest.with_checksum({"name": name, "title": title}, f"static/{path.name}", content)
