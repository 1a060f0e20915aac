"""The files that the browser fetches: outlines as TopoJSON, named by their content."""

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo import blocks, boundaries, coverage, manifest
from geo.build import topology

MAP_LAYERS = (
    *("stp17", "ccg17", "acs17", "icb22", "icb24", "sicbl24", "icb26"),
    *("council17", "lad17", "council24", "lad24", "cauth25"),
    *("pcon10", "pcon24"),
    *("pfa17", "fra17", "cal17"),
)
# Decimals of a degree: four are about 9 m.
DECIMALS = 4
# Steps of England's width and height in the national maps for browsers: 55 m and 66 m, a twentieth of a pixel.
NATIONAL_STEPS = 9999


def write(
    folder: Path, table: pd.DataFrame, areas: pd.DataFrame, outlines: dict[str, dict[str, gpd.GeoSeries]]
) -> list[dict]:
    """Write every file that the browser fetches.

    Parameters
    ----------
    folder : Path
        Where to write.
    table : DataFrame
        The building blocks.
    areas : DataFrame
        All areas with the place of their label, as ``areas.csv`` has them.
    outlines : dict of dict of GeoSeries
        Outlines of the pieces and of the fragments by their names, WGS 84, in
        both details.

    Returns
    -------
    list of dict
        Entries for the manifest: ``topo-<layer>`` for national maps,
        ``topo-<STP>`` with the pieces of one STP in detail and
        ``topo-fragments-<STP>`` with its fragments, all as TopoJSON.
    """
    places = {(row.layer, row.code): (row.lon, row.lat) for row in areas.itertuples()}
    members = {unit: table.drop_duplicates(unit).set_index(unit) for unit in outlines}
    overviews, details = (
        {unit: by_detail[detail] for unit, by_detail in outlines.items()} for detail in boundaries.DETAILS
    )
    return [
        *_topologies(folder, members, overviews, places),
        *_topologies_by_stp(folder, blocks.PIECE, members[blocks.PIECE]["stp17"], details[blocks.PIECE], places),
        *_topologies_by_stp(
            folder, blocks.FRAGMENT, members[blocks.FRAGMENT]["stp17"], details[blocks.FRAGMENT], places
        ),
    ]


def _topologies(
    folder: Path, members: dict[str, pd.DataFrame], overviews: dict[str, gpd.GeoSeries], places: dict
) -> list[dict]:
    west, south, east, north = (float(edge) for edge in overviews[blocks.PIECE].total_bounds)
    step = (east - west) / NATIONAL_STEPS, (north - south) / NATIONAL_STEPS
    grid = topology.Grid((west, south), step)
    # The pieces first, so that all layers meet on the same grid: a border of STPs is one of their CCGs.
    pieces = overviews[blocks.PIECE]
    pieces = gpd.GeoSeries(grid.settle(pieces.to_numpy()), index=pieces.index)
    written = []
    for layer in MAP_LAYERS:
        item, exact = blocks.LAYERS[layer], layer in blocks.EXACT
        outlines = pieces if exact else overviews[blocks.FRAGMENT]
        labels = members[blocks.unit([layer])].loc[outlines.index, layer].dropna()
        codes, unions = coverage.dissolve(outlines.loc[labels.index].to_numpy(), labels.astype(str))
        # A fragment may be smaller than a step; no area of a layer is.
        content = topology.of(codes, unions if exact else grid.settle(unions), grid)
        spots = {code: places[layer, code] for code in codes}
        title = f"Outlines of the {item.many} of {item.year}, shared borders once"
        document = topology.written(content, list(codes), layer, spots)
        written.append(_write(folder, f"topo-{layer}", title, _json(document)))
    return written


def _topologies_by_stp(folder: Path, unit: str, stps: pd.Series, detail: gpd.GeoSeries, places: dict) -> list[dict]:
    west, south, *_ = (float(edge) for edge in detail.total_bounds)
    grid = topology.Grid((round(west, DECIMALS), round(south, DECIMALS)), (10.0**-DECIMALS, 10.0**-DECIMALS))
    content = topology.of(detail.index.to_numpy(), grid.settle(detail.to_numpy()), grid)
    written = []
    for stp, inside in stps.groupby(stps, observed=True):
        codes = sorted(inside.index)
        spots = {code: places[unit, code] for code in codes}
        title = f"{unit.capitalize()}s of {stp}, shared borders once"
        document = topology.written(content, codes, unit, spots)
        name = f"topo-{stp}" if unit == blocks.PIECE else f"topo-{unit}s-{stp}"
        written.append(_write(folder, name, title, _json(document)))
    return written


def _json(content: dict) -> bytes:
    return (json.dumps(content, separators=(",", ":")) + "\n").encode()


def _write(folder: Path, name: str, title: str, content: bytes) -> dict:
    path = folder / f"{name}.{manifest.sha256(content)[:10]}.json"
    path.write_bytes(content)
    return manifest.with_checksum({"name": name, "title": title}, f"static/{path.name}", content)
