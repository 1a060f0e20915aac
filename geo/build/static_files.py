"""The files that the browser fetches: outlines as TopoJSON and GeoJSON, stripes; named by their content."""

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import blocks, coverage, manifest
from geo.build import topology

MAP_LAYERS = ("stp17", "ccg17", "council17", "lad17", "acs17", "icb22")
# Decimals of a degree: four are about 9 m, three 90 m.
DECIMALS = 4
HATCH_DECIMALS = 3
# Steps of England's width and height in the national maps for browsers: 55 m and 66 m, a twentieth of a pixel.
NATIONAL_STEPS = 9999
# Stripes that stay apart on a national map 800 pixels high, and closer ones
# for small areas, which are seen in the London inset. Metres.
HATCH = {"spacing": 4500.0, "width": 900.0}
HATCH_SMALL = {"spacing": 1800.0, "width": 400.0}
SMALL_AREA = 600e6
_MOST_ROUNDS = 10
HATCHES = {"inferred": 45.0, "gap": 135.0}
# Plotly fetches a world map from another host unless it is given one: this is an empty one.
_WORLD_LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")


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
        ``topo-<STP>`` with the pieces of one STP in detail, both as TopoJSON;
        the same as GeoJSON in ``map-<layer>`` and ``pieces-<STP>``;
        ``hatch-<kind>`` with stripes over the STPs, ``no-world``.
    """
    places = {(row.layer, row.code): (row.lon, row.lat) for row in areas.itertuples()}
    members = table.groupby("piece", observed=True)[list(MAP_LAYERS)].first()
    return [
        *_topologies(folder, members, outlines["overview"], places),
        *_topologies_by_stp(folder, members["stp17"], outlines["detail"], places),
        *_national(folder, members, outlines["overview"]),
        *_by_stp(folder, members["stp17"], outlines["detail"]),
        _no_world(folder),
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


def _national(folder: Path, members: pd.DataFrame, overview: gpd.GeoSeries) -> list[dict]:
    written = []
    for layer in MAP_LAYERS:
        labels = members.loc[overview.index, layer].dropna()
        codes, unions = coverage.dissolve(overview.loc[labels.index].to_numpy(), labels.astype(str))
        coverage.require(unions, f"{layer} on the national map")
        item = blocks.LAYERS[layer]
        title = f"Outlines of the {item.many} of {item.year}"
        written.append(_write(folder, f"map-{layer}", title, _geojson(codes, unions, DECIMALS)))
        if layer == "stp17":
            for kind, angle in HATCHES.items():
                what = "inferred" if kind == "inferred" else "not established"
                stripes = _geojson(codes, _stripes(unions, angle), HATCH_DECIMALS)
                written.append(_write(folder, f"hatch-{kind}", f"Stripes over the STPs, for what is {what}", stripes))
    return written


def _by_stp(folder: Path, stps: pd.Series, detail: gpd.GeoSeries) -> list[dict]:
    coarser = gpd.GeoSeries(coverage.settle(detail.to_numpy(), DECIMALS), index=detail.index)
    written = []
    for code, pieces in stps.groupby(stps, observed=True):
        shapes = coarser.loc[pieces.index]
        content = _geojson(shapes.index.to_numpy(), shapes.to_numpy(), DECIMALS)
        written.append(_write(folder, f"pieces-{code}", f"Pieces of {code}", content))
    return written


def _stripes(polygons: np.ndarray, angle: float) -> np.ndarray:
    grid = coverage.reproject(polygons, coverage.WGS84, coverage.BRITISH_GRID)
    sizes = [HATCH_SMALL if polygon.area < SMALL_AREA else HATCH for polygon in grid]
    stripes = [coverage.hatch(polygon, **size, angle=angle) for polygon, size in zip(grid, sizes, strict=True)]
    degrees = coverage.reproject(np.array(stripes), coverage.BRITISH_GRID, coverage.WGS84)
    for _ in range(_MOST_ROUNDS):
        # Making valid adds crossings off the grid, and rounding those can make new ones.
        degrees = coverage.valid(coverage.rounded(degrees, HATCH_DECIMALS))
        if shapely.is_valid(coverage.rounded(degrees, HATCH_DECIMALS)).all():
            return degrees
    raise coverage.CoverageError(f"the stripes cannot be rounded to {HATCH_DECIMALS} decimals")


def _no_world(folder: Path) -> dict:
    # Plotly asks for this very name below the address it is given.
    path = folder / "no-world" / "world_110m.json"
    path.parent.mkdir()
    empty = {name: {"type": "GeometryCollection", "geometries": []} for name in _WORLD_LAYERS}
    path.write_bytes(_json({"type": "Topology", "objects": empty, "arcs": []}))
    description = {"name": "no-world", "title": "Empty world map, so that the chart library fetches none"}
    return manifest.with_checksum(description, "static/no-world/world_110m.json", path.read_bytes())


def _geojson(codes: np.ndarray, shapes: np.ndarray, decimals: int) -> bytes:
    def rounded(item):
        return [rounded(part) for part in item] if isinstance(item, (list, tuple)) else round(item, decimals)

    features = []
    for code, shape in zip(codes, coverage.tidy(shapes, clockwise=True), strict=True):
        geometry = shapely.geometry.mapping(shape)
        geometry = {"type": geometry["type"], "coordinates": rounded(geometry["coordinates"])}
        features.append({"type": "Feature", "id": str(code), "properties": {}, "geometry": geometry})
    return _json({"type": "FeatureCollection", "features": features})


def _json(content: dict) -> bytes:
    return (json.dumps(content, separators=(",", ":")) + "\n").encode()


def _write(folder: Path, name: str, title: str, content: bytes) -> dict:
    path = folder / f"{name}.{manifest.sha256(content)[:10]}.json"
    path.write_bytes(content)
    return manifest.with_checksum({"name": name, "title": title}, f"static/{path.name}", content)
