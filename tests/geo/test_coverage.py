"""Build-time geometry in small situations; lengths are plain numbers, mostly on a grid of whole ones."""

import numpy as np
import pytest
import shapely
from shapely import box

from geo import coverage


def array(*wkt):
    return np.array([shapely.from_wkt(text) for text in wkt])


SQUARES = np.array([box(0, 0, 1, 1), box(1, 0, 2, 1), box(0, 1, 1, 2), box(1, 1, 2, 2)])
# A lake of another area in the middle, and its bank as the hole around it.
HOLE = np.array([box(0, 0, 9, 9) - box(3, 3, 6, 6), box(3, 3, 6, 6)])


def test_dissolve_gives_sorted_labels_and_drops_inner_edges():
    labels, unions = coverage.dissolve(SQUARES, ["west", "east", "west", "east"])
    assert labels.tolist() == ["east", "west"]
    assert unions[0].equals(box(1, 0, 2, 2)) and unions[1].equals(box(0, 0, 1, 2))


def test_dissolve_does_not_depend_on_the_order():
    order = [2, 0, 3, 1]
    labels = np.array(["b", "a", "b", "c"])
    straight, shuffled = (coverage.dissolve(SQUARES[pick], labels[pick]) for pick in (slice(None), order))
    assert straight[0].tolist() == shuffled[0].tolist()
    assert all(a.equals(b) for a, b in zip(straight[1], shuffled[1], strict=True))


def test_dissolve_fills_a_hole_only_with_what_lies_in_it():
    assert coverage.dissolve(HOLE, ["bank", "lake"])[1][0].equals(HOLE[0])
    assert coverage.dissolve(HOLE, ["all", "all"])[1][0].equals(box(0, 0, 9, 9))


def test_dissolve_keeps_an_island():
    _, (area, _) = coverage.dissolve(np.array([box(0, 0, 1, 1), box(5, 5, 6, 6), box(1, 0, 2, 1)]), ["a", "a", "b"])
    assert area.geom_type == "MultiPolygon" and area.area == 2


def test_areas_that_touch_at_a_point_stay_two_parts():
    _, (diagonal, other) = coverage.dissolve(SQUARES, ["a", "b", "b", "a"])
    assert len(diagonal.geoms) == len(other.geoms) == 2 and diagonal.is_valid
    coverage.require(np.array([diagonal, other]), "a chessboard")


# A neck 0.4 wide between two halves; rounding moves one bank across the other.
NECK = (
    "POLYGON((0 0, 4 0, 4 4, 6.4 4.6, 8 4, 8 0, 12 0, 12 9, 8 9, 8 5, 5.8 4.45, 4 5, 4 9, 0 9, 0 0))",
    "POLYGON((4 0, 8 0, 8 4, 6.4 4.6, 4 4, 4 0))",
    "POLYGON((4 9, 8 9, 8 5, 5.8 4.45, 4 5, 4 9))",
)


def test_settle_repairs_a_narrow_spot_that_crosses_itself_on_rounding():
    narrow = array(*NECK)
    coverage.require(narrow, "the situation")
    assert not shapely.is_valid(coverage.rounded(narrow, 0)).all()
    settled = coverage.settle(narrow, 0)
    coverage.require(settled, "the result")
    xy = shapely.get_coordinates(settled)
    assert (xy == np.round(xy)).all()
    assert shapely.area(settled) == pytest.approx(shapely.area(narrow), abs=4)
    assert shapely.union_all(settled).equals(box(0, 0, 12, 9))


def test_settle_leaves_alone_what_is_sound():
    apart = shapely.transform(SQUARES, lambda xy: xy + 20)
    settled = coverage.settle(np.concatenate([HOLE, apart]), 0)
    assert [shape.area for shape in settled] == [72, 9, 1, 1, 1, 1]


@pytest.mark.parametrize("tiny", [box(0, 0, 0.2, 0.2), box(0, 0, 1.2, 0.2)])
def test_settle_names_an_area_that_vanishes(tiny):
    with pytest.raises(coverage.CoverageError, match="rounded to 0 decimals: 1 areas are empty"):
        coverage.settle(np.array([tiny, box(5, 5, 9, 9)]), 0)


def test_settle_lets_go_of_a_tiny_island():
    area = shapely.union(box(0, 0, 0.2, 0.2), box(2, 2, 4, 4))
    assert coverage.settle(np.array([area, box(5, 5, 9, 9)]), 0)[0].equals(box(2, 2, 4, 4))


@pytest.mark.parametrize(
    ("neighbour", "situation"),
    [(box(9.9, 0, 20, 10), "overlap"), (box(10.1, 0, 20, 10), "gap"), (box(10, 0, 20, 10), "sound")],
)
def test_repair_joins_neighbours(neighbour, situation):
    rough = np.array([box(0, 0, 10, 10), neighbour])
    assert bool(shapely.coverage_is_valid(rough, gap_width=0.5)) == (situation == "sound")
    repaired = coverage.repair(rough)
    # The overlap goes to one of them; a gap that is not closed all round stays a bay, but no crossing.
    assert shapely.coverage_is_valid(repaired)
    assert shapely.area(repaired).sum() == pytest.approx(shapely.union_all(rough).area)


def test_a_ring_within_a_ring_is_a_hole():
    """As three LSOAs are published: the neighbour's ring stands inside as a second exterior."""
    ring = shapely.multipolygons([box(0, 0, 9, 9), box(3, 3, 6, 6)])
    assert not ring.is_valid
    assert coverage.valid(np.array([ring]))[0].equals(HOLE[0])


def test_a_spike_is_cut_off():
    spike = array("POLYGON((0 0, 4 0, 4 4, 9 4, 4 4, 0 4, 0 0))")
    assert coverage.valid(spike)[0].equals(box(0, 0, 4, 4))


@pytest.mark.parametrize(
    ("polygons", "says"),
    [
        ([shapely.Polygon(), box(0, 0, 1, 1)], "here: 1 areas are empty"),
        ([shapely.from_wkt("POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))")], "here: 1 areas are invalid"),
        ([box(0, 0, 2, 2), box(1, 0, 3, 2)], "here: neighbours overlap"),
        ([box(0, 0, 2, 2), box(2, 0, 4, 1)], "here: neighbours overlap or do not share"),
    ],
)
def test_require_names_what_is_wrong(polygons, says):
    with pytest.raises(coverage.CoverageError, match=says):
        coverage.require(np.array(polygons), "here")


def test_simplify_keeps_neighbours_together():
    x = np.linspace(0, 100, 201)
    wave = np.column_stack([x, 50 + 3 * np.sin(x)])
    below = shapely.Polygon([*wave, (100, 0), (0, 0)])
    above = shapely.Polygon([*wave, (100, 100), (0, 100)])
    simple = coverage.simplify(np.array([below, above]), 10)
    coverage.require(simple, "simplified")
    assert shapely.get_num_coordinates(simple).max() < 60
    assert shapely.area(simple).sum() == pytest.approx(10_000)


@pytest.mark.parametrize("clockwise", [False, True])
def test_tidy_fixes_order_and_direction(clockwise):
    turned = array("MULTIPOLYGON(((9 9, 9 8, 8 8, 9 9)), ((0 0, 0 5, 5 5, 5 0, 0 0), (1 1, 2 1, 2 2, 1 1)))")
    same = array("MULTIPOLYGON(((5 5, 5 0, 0 0, 0 5, 5 5), (2 2, 2 1, 1 1, 2 2)), ((8 8, 9 9, 9 8, 8 8)))")
    one, other = coverage.tidy(turned, clockwise)[0], coverage.tidy(same, clockwise)[0]
    assert one.wkt == other.wkt
    assert all(part.exterior.is_ccw != clockwise for part in one.geoms)
    assert all(ring.is_ccw == clockwise for part in one.geoms for ring in part.interiors)


def test_a_label_stands_inside_its_area():
    horseshoe = box(0, 0, 9000, 9000) - box(2000, 0, 7000, 7000)
    assert not horseshoe.contains(horseshoe.centroid)
    (point,) = coverage.label_points(np.array([horseshoe]))
    assert horseshoe.contains(shapely.Point(point))
    # The wide places are the upper corners: nowhere is the edge farther than there.
    assert horseshoe.exterior.distance(shapely.Point(point)) > 1000
