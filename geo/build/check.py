"""Check that the committed files are what the manifest says and that the invariants hold."""

from collections.abc import Iterator

import pandas as pd
import shapely

from geo import blocks, boundaries, manifest
from geo.build import postcode_file
from geo.overlap import overlap

COUNTS = {"lsoa11cd": 32_844, "ccg17": 207, "stp17": 44, "council17": 152, "lad17": 326, "acs17": 8, "icb22": 42} | {
    "icb24": 42,
    "sicbl24": 106,
    "icb26": 36,
    "council24": 153,
    "lad24": 296,
    "pcon10": 533,
    "pcon24": 543,
    "piece": 403,
}
RESIDENTS = 55_619_430


def check() -> Iterator[str]:
    """Yield one sentence for each thing that is wrong; nothing if all is well."""
    files = manifest.problems()
    yield from files
    if files:
        return
    yield from _blocks(blocks.load())
    shares = overlap("council17", "stp17").groupby("a_code")["share_of_a"].sum()
    if (abs(shares - 1) > 1e-12).any():
        yield "overlap: the shares of a council in STPs do not add up to 1"
    yield from postcode_file.problems(blocks.load())
    for detail in boundaries.DETAILS:
        outlines = {unit: boundaries.units(unit, detail) for unit in (blocks.PIECE, blocks.FRAGMENT)}
        outlines |= {layer: boundaries.layer(layer, detail)["geometry"] for layer in blocks.LAYERS}
        for layer, series in outlines.items():
            shapes = series.to_numpy()
            if shapely.is_empty(shapes).any() or not shapely.is_valid(shapes).all():
                yield f"{detail} outlines of {layer}: an outline is empty or invalid"
            if not shapely.coverage_is_valid(shapes):
                yield f"{detail} outlines of {layer}: neighbours overlap or do not share their edges"


def _blocks(table: pd.DataFrame) -> Iterator[str]:
    for column, count in COUNTS.items():
        if table[column].nunique() != count:
            yield f"blocks: {table[column].nunique():,} different values in {column}, expected {count:,}"
    if table["population"].sum() != RESIDENTS:
        yield f"blocks: {table['population'].sum():,} residents, England has {RESIDENTS:,}"
    for layer in blocks.LAYERS:
        unnamed = set(table[layer].dropna()) ^ set(blocks.names(layer).index)
        if unnamed:
            yield f"blocks: {layer} and its names disagree about {', '.join(sorted(unnamed)[:5])}"
        unit = blocks.unit([layer])
        if table.groupby(unit, observed=True)[layer].nunique(dropna=False).max() > 1:
            yield f"blocks: a {unit} lies in more than one area of {layer}"
        inside = table["population"][table[layer].notna()].sum()
        if layer not in blocks.PARTIAL and inside != table["population"].sum():
            yield f"blocks: {inside:,} residents live in an area of {layer}, not all"
    if table.groupby("fragment", observed=True)["piece"].nunique().max() > 1:
        yield "blocks: a fragment lies in more than one piece"
