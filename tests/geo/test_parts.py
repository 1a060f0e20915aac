"""The parts of areas against the LSOAs they are made of."""

import numpy as np
import pandas as pd
import pytest

from geo import blocks, parts
from geo.classes import ToleranceError

PAIRS = [("council17", "stp17"), ("ccg17", "council17"), ("icb26", "cauth25"), ("acs17", "ccg17")]


def summed(a: str, b: str, weight: str) -> pd.Series:
    """Weight of each part by its area and its own code, straight from the LSOAs."""
    table = blocks.load()
    return table[weight].groupby([table[a].astype("str"), table[b].astype("str").fillna(parts.OUTSIDE)]).sum()


@pytest.mark.parametrize(("a", "b"), PAIRS)
@pytest.mark.parametrize("weight", ["population", "area"])
def test_parts_are_what_the_lsoas_of_an_area_add_up_to(a, b, weight):
    every, expected, lsoas = parts.of(a, b, weight), summed(a, b, weight), parts.lsoas(a, b, weight)
    assert set(every.areas) == set(blocks.names(a).index)
    assert len(every.codes) == len(expected)
    for code, here in every.areas.items():
        sums = dict(zip(every.codes[here], every.weights[here], strict=True))
        assert sums == pytest.approx(expected[code].to_dict())
        assert every.in_a[here].sum() == pytest.approx(1)
        assert lsoas[here].sum() == (blocks.load()[a] == code).sum()


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_the_largest_part_comes_first_and_what_is_outside_last(a, b):
    every = parts.of(a, b)
    for here in every.areas.values():
        codes, weights = every.codes[here].tolist(), every.weights[here].tolist()
        inside = [weight for code, weight in zip(codes, weights, strict=True) if code != parts.OUTSIDE]
        assert inside == sorted(inside, reverse=True)
        assert parts.OUTSIDE not in codes[:-1]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_parts_that_are_small_on_both_sides_are_ignored_but_no_main_part_is(a, b):
    every = parts.of(a, b)
    assert not every.ignored(0.0)[every.weights > 0].any()
    ignored = every.ignored(0.25)
    assert not ignored[every.firsts].any()
    others = np.setdiff1d(np.arange(len(ignored)), every.firsts)
    small = (every.in_a < 0.25) & (every.in_b < 0.25)
    assert ignored[others].tolist() == small[others].tolist()
    assert every.counted(0.25).sum() == (~ignored).sum()


def test_a_tolerance_out_of_range_is_refused():
    with pytest.raises(ToleranceError):
        parts.of("council17", "stp17").ignored(0.5)
