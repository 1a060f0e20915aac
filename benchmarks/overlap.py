"""Overlap of two layers: LSOAs grouped, against polygons intersected.

Run by hand: ``python -m benchmarks.overlap``. Both answers and the ratio of
their times come from the same run.
"""

import statistics
import time
from collections.abc import Callable

import geopandas as gpd
import pandas as pd

from geo import blocks, boundaries, kept
from geo.overlap import overlap

A, B = "council17", "stp17"
RUNS = 15
GENERALISED = 500.0
"""Tolerance in metres at which published boundaries are often generalised, each layer by itself."""


def by_lsoas() -> pd.Series:
    """Return the number of areas of B that each area of A shares LSOAs with."""
    return kept.anew(overlap)(A, B).groupby("a_code").size()


def by_polygons(a: gpd.GeoDataFrame, b: gpd.GeoDataFrame) -> pd.Series:
    """Return the number of areas of B that each area of A intersects in a polygon."""
    common = gpd.overlay(a[["code", "geometry"]], b[["code", "geometry"]], keep_geom_type=True)
    return common.groupby("code_1").size()


def timed(function: Callable[[], pd.Series], runs: int = RUNS) -> tuple[float, pd.Series]:
    """Return the median time in milliseconds after one run to warm up, and the answer."""
    answer, times = function(), []
    for _ in range(runs):
        start = time.perf_counter()
        function()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), answer


def main() -> None:
    """Print both answers, their times and the ratio."""
    layers = [boundaries.layer(name, "detail").to_crs("EPSG:27700") for name in (A, B)]
    apart = [layer.assign(geometry=layer.simplify(GENERALISED).buffer(0)) for layer in layers]
    blocks.load()
    base, _ = timed(by_lsoas)
    print(f"{'method':<58}{'median ms':>10}{'ratio':>8}{'split councils':>16}")
    for name, function, runs in (
        ("LSOAs grouped", by_lsoas, RUNS),
        ("polygons of one coverage, geopandas.overlay", lambda: by_polygons(*layers), 3),
        (f"polygons generalised by layer ({GENERALISED:.0f} m), geopandas.overlay", lambda: by_polygons(*apart), 3),
    ):
        median, counts = timed(function, runs)
        print(f"{name:<58}{median:>10.1f}{median / base:>8.1f}{(counts > 1).sum():>16}")
    slowest = max(timed(lambda a=a, b=b: kept.anew(overlap)(a, b), 5)[0] for a in blocks.LAYERS for b in blocks.LAYERS)
    print(f"slowest of all {len(blocks.LAYERS) ** 2} pairs of layers: {slowest:.1f} ms")


if __name__ == "__main__":
    main()
