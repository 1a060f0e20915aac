"""Shared borders, on squares and on England."""

import numpy as np
import pytest
import shapely

from geo import adjacency, blocks


def test_squares_share_the_borders_that_they_share():
    # Two by two squares of 2 km: each side is shared, the corner in the middle is not.
    names = np.array(["a", "b", "c", "d"])
    corners = ((0, 0), (2000, 0), (0, 2000), (2000, 2000))
    squares = np.array([shapely.box(x, y, x + 2000, y + 2000) for x, y in corners])
    table = adjacency.shared_borders(names, squares)
    assert list(zip(table["piece_a"], table["piece_b"], strict=True)) == [
        ("a", "b"),
        ("a", "c"),
        ("b", "d"),
        ("c", "d"),
    ]
    assert list(table["border_km"]) == [2.0] * 4


def test_an_enclosed_area_borders_on_what_encloses_it_and_an_island_on_nothing():
    hole = shapely.box(1000, 1000, 2000, 2000)
    polygons = np.array([shapely.box(0, 0, 3000, 3000) - hole, hole, shapely.box(9000, 0, 9500, 500)])
    table = adjacency.shared_borders(np.array(["ring", "inside", "island"]), polygons)
    assert table.to_dict("records") == [{"piece_a": "ring", "piece_b": "inside", "border_km": 4.0}]


def test_rutland_borders_on_three_counties():
    table = adjacency.neighbours(blocks.pieces()["council17"])
    rutland = table[table["a"] == "E06000017"]
    # Leicestershire, Lincolnshire, Northamptonshire (Cambridgeshire is near, Peterborough does not touch).
    assert set(rutland["b"]) == {"E10000018", "E10000019", "E10000021"}


def test_the_isle_of_wight_and_scilly_border_on_nothing():
    table = adjacency.neighbours(blocks.pieces()["lad17"])
    assert not {"E06000046", "E06000053"} & set(table["a"])


@pytest.mark.parametrize("layer", ["stp17", "council17"])
def test_borders_are_mutual(layer):
    table = adjacency.neighbours(blocks.pieces()[layer]).set_index(["a", "b"])["border_km"]
    for (a, b), length in table.items():
        assert table[b, a] == pytest.approx(length)
