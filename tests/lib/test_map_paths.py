"""Lines as path data: the numbers are those of the points, written as briefly as SVG allows."""

import re

import numpy as np
import pytest
import shapely

from geo import boundaries
from lib.figures import drawing, national, outlines, paths, projection, svg
from lib.figures.maps import ENGLAND
from lib.figures.outlines import Lines
from lib.figures.projection import Box, Projection


def lines(groups: list[list[list[tuple[float, float]]]], closed: bool) -> Lines:
    """Return lines of some groups of lines of points."""
    each = [line for group in groups for line in group]
    return Lines(
        np.array([point for line in each for point in line], dtype=float).reshape(-1, 2),
        np.cumsum([0, *map(len, each)]),
        np.cumsum([0, *map(len, groups)]),
        np.zeros(len(each), dtype=bool),
        closed,
    )


def test_points_are_written_in_tenths_from_one_to_the_next_without_needless_letters():
    groups = [[[(1, 2), (1.5, 1), (-3, 1)], [(-2.5, -4), (7, 7)]], [], [[(0, 0), (0.04, 0.04)]]]
    there = Projection(1.0, 0.0, 0.0)
    assert paths.written(lines(groups, False), there, 1) == ["M1 2l .5-1-4.5 0M-2.5-4l 9.5 11", "", "M0 0"]
    assert paths.written(lines(groups, True), there, 1) == ["M1 2l .5-1-4.5 0ZM-2.5-4l 9.5 11Z", "", "M0 0Z"]
    # On a grid of five tenths and twice as large.
    assert paths.written(lines([[[(0.1, 0.9), (1, 3.4)]]], False), Projection(2.0, 10.0, 0.0), 5) == ["M10 2l 2 5"]


@pytest.mark.parametrize("far", [819.2, 819.3, 2567.9, 99999.9])
def test_steps_of_any_length_are_written_in_full(far):
    drawn = lines([[[(0, 0), (far, -far), (0, 0)]]], False)
    assert paths.written(drawn, Projection(1.0, 0.0, 0.0), 1) == [f"M0 0l {far:g}-{far:g}-{far:g} {far:g}"]


def added_up(path: str) -> np.ndarray:
    """Return the points of path data of lines in relative steps, read number by number."""
    points = []
    for ring in path.split("M")[1:]:
        numbers = [float(number) for number in re.findall(r"-?\d*\.?\d+", ring)]
        points.append(np.cumsum(np.array(numbers).reshape(-1, 2), axis=0))
    return np.vstack(points)


@pytest.mark.parametrize("codes", [slice(None), slice(None, None, -1), slice(3, 300, 7)])
@pytest.mark.parametrize("frame", [(640, 640), (2560, 1440), (300, 900)])
def test_paths_of_some_areas_are_their_own_rings_in_any_order(codes, frame):
    shapes = boundaries.layer("lad17", "overview").set_index("code")["geometry"].iloc[codes]
    pane = drawing.Pane(Box(0, 0, *frame), projection.fitted(ENGLAND, Box(0, 0, *frame)), False, 1)
    written = paths.areas("lad17", tuple(shapes.index), pane)
    assert list(written) == list(shapes.index)
    for code, shape in shapes.items():
        x, y = pane.projection(*shapely.get_coordinates(shape).T)
        places = np.column_stack([x, y])
        near = np.abs(added_up(written[code])[:, None] - places[None]).max(axis=2).min(axis=1)
        # Half a tenth for rounding.
        assert near.max() <= 0.0501
        assert written[code].count("Z") == shapely.get_num_interior_rings(shapely.get_parts(shape)).sum() + len(
            shapely.get_parts(shape)
        )


def test_borders_that_a_frame_shows_whole_are_those_of_a_larger_frame():
    england = outlines.layer("stp17").bounds
    left, top, right, bottom = [*england[:, :2].min(axis=0), *england[:, 2:].max(axis=0)]
    whole = outlines.border("stp17", None, False, (left - 1, top - 1, right + 1, bottom + 1))
    assert outlines.border("stp17", None, False, (left - 0.1, top - 0.1, right + 0.1, bottom + 0.1)) is whole
    middle = (left + right) / 2
    west = outlines.border("stp17", None, False, (left - 1, top - 1, middle, bottom + 1))
    assert west.points[:, 0].max() == pytest.approx(middle)
    assert len(west.points) < len(whole.points)


@pytest.mark.parametrize("code", ["E06000046", "E10000006", "E09000001", "E06000053"])
def test_the_border_of_one_area_is_its_outline_and_that_of_no_other_frame(code):
    """The Isle of Wight, Cumbria with its islands, the City of London, the Isles of Scilly."""
    outline = boundaries.layer("council17", "overview").set_index("code")["geometry"][code]
    left, top, right, bottom = outlines.layer("council17").bounds[outlines.layer("council17").codes[code]]
    around = outlines.border("council17", (code,), True, (left - 0.1, top - 0.1, right + 0.1, bottom + 0.1))
    expected = np.column_stack(projection.mercator(*shapely.get_coordinates(outline).T))
    assert {*map(tuple, around.points.tolist())} == {*map(tuple, expected.tolist())}
    assert len(around.starts) - 1 == len(shapely.get_rings(shapely.get_parts(outline)))
    for beside in ((right, top, right + 0.1, bottom), (left, top - 0.1, right, top)):
        assert not len(outlines.border("council17", (code,), True, beside).points)
    half = outlines.border("council17", (code,), True, (left - 0.1, top - 0.1, (left + right) / 2, bottom + 0.1))
    assert half.points[:, 0].max() == pytest.approx((left + right) / 2)


def test_a_border_that_does_not_reach_into_an_inset_leaves_no_line_there():
    def lines_of(code: str) -> list[int]:
        chosen = national.by_measure("rating", [code], chosen=code)
        return [len(pane.split('class="chosen"')) - 1 for pane in svg.element(chosen, 640, 652).split('class="inset"')]

    assert lines_of("E54000036") == [1, 0]
    assert lines_of("E54000029") == [1, 1]
