"""Compactness: shapes whose measures are known, and the STPs."""

import numpy as np
import pandas as pd
import pytest
import shapely

from geo import blocks, coverage, shape, sources


def test_a_square_has_the_measures_of_a_square():
    table = shape.measured(np.array(["b", "a"]), np.array([shapely.box(0, 0, 2000, 2000), shapely.box(0, 0, 3000, 1)]))
    assert list(table["code"]) == ["a", "b"]
    square = table.iloc[1]
    assert (square["area_km2"], square["perimeter_km"], square["hull_km2"]) == (4, 8, 4)
    # The circle around it has half the diagonal, the root of two, as its radius.
    assert square["circle_km2"] == pytest.approx(2 * np.pi, abs=1e-3)


def test_islands_and_bays_lengthen_the_outline_and_widen_the_hull():
    two = shapely.union_all([shapely.box(0, 0, 1000, 1000), shapely.box(2000, 0, 3000, 1000)])
    row = shape.measured(np.array(["a"]), np.array([two])).iloc[0]
    assert (row["area_km2"], row["perimeter_km"], row["hull_km2"]) == (2, 8, 3)


def test_the_stps_are_measured_as_the_blocks_are():
    table = pd.read_csv(shape.SHAPES).set_index("code")
    assert list(table.index) == sorted(sources.read("stp17")["stp17cd"])
    areas = blocks.load().groupby("stp17", observed=True)["area"].sum()
    assert table["area_km2"].to_numpy() == pytest.approx(areas.loc[table.index].to_numpy(), rel=1e-4)
    ratios = shape.compactness()
    assert ((ratios > 0) & (ratios < 1)).all(axis=None)
    # Long coasts make for low values: the Cornish peninsula is last, the middle of London first.
    assert ratios["polsby_popper"].idxmin() == "E54000036"
    assert ratios["polsby_popper"].idxmax() == "E54000028"


def test_the_outlines_on_file_give_the_same_compactness():
    from geo import boundaries

    layer = boundaries.layer("stp17", "detail")
    grid = coverage.reproject(layer["geometry"].to_numpy(), coverage.WGS84, coverage.BRITISH_GRID)
    again = 4 * np.pi * shapely.area(grid) / shapely.length(grid) ** 2
    # The files are rounded to a metre.
    assert shape.compactness()["polsby_popper"].loc[layer["code"]].to_numpy() == pytest.approx(again, rel=1e-3)
