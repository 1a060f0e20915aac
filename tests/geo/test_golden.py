"""The golden numbers of April 2017, counted here from the fact tables and asked of the package."""

from collections import Counter, defaultdict
from math import log

import pytest

from geo import coterminosity


def table(england, a, b, weight):
    """Weight by area of a and area of b, as nested counters."""
    sums = defaultdict(Counter)
    for row in england:
        sums[row[a]][row[b]] += row[weight]
    return sums


def v_measure(england, a, b, weight):
    """From the definition, with conditional entropies summed cell by cell."""
    cells, sums_a, sums_b = Counter(), Counter(), Counter()
    for row in england:
        cells[row[a], row[b]] += row[weight]
        sums_a[row[a]] += row[weight]
        sums_b[row[b]] += row[weight]
    total = sum(sums_a.values())
    b_given_a = -sum(n / total * log(n / sums_a[x]) for (x, _), n in cells.items())
    a_given_b = -sum(n / total * log(n / sums_b[y]) for (_, y), n in cells.items())
    entropy_a = -sum(n / total * log(n / total) for n in sums_a.values())
    entropy_b = -sum(n / total * log(n / total) for n in sums_b.values())
    homogeneity, completeness = 1 - b_given_a / entropy_b, 1 - a_given_b / entropy_a
    return 2 * homogeneity * completeness / (homogeneity + completeness)


def test_numbers_of_areas(england):
    numbers = {layer: len({row[layer] for row in england}) for layer in ("ccg17", "stp17", "council17", "lad17")}
    assert len(england) == len({row["lsoa11cd"] for row in england}) == 32_844
    assert numbers == {"ccg17": 207, "stp17": 44, "council17": 152, "lad17": 326}
    assert sum(row["population"] for row in england) == 55_619_430
    assert len({row["acs17"] for row in england} - {None}) == 8


@pytest.mark.parametrize("weight", ["lsoas", "population"])
def test_split_councils_by_tolerance(england, weight):
    minorities = [
        1 - max(parts.values()) / parts.total() for parts in table(england, "council17", "stp17", weight).values()
    ]
    counted = [sum(share > limit for share in minorities) for limit in (0, 0.01, 0.02, 0.05, 0.10)]
    assert counted == [14, 13, 11, 9, 9]
    assert coterminosity.curve("council17", "stp17", weight, [0, 0.01, 0.02, 0.05, 0.10])["split"].tolist() == counted


@pytest.mark.parametrize("weight", ["lsoas", "population"])
def test_split_districts(england, weight):
    assert sum(len(parts) > 1 for parts in table(england, "lad17", "stp17", weight).values()) == 17
    assert (coterminosity.areas("lad17", "stp17", weight)["class"] == "split").sum() == 17


@pytest.mark.parametrize("weight", ["lsoas", "population"])
def test_ccgs_and_councils(england, weight):
    by_ccg, by_council = table(england, "ccg17", "council17", weight), table(england, "council17", "ccg17", weight)
    inside = {ccg: next(iter(parts)) for ccg, parts in by_ccg.items() if len(parts) == 1}
    identical = [ccg for ccg, council in inside.items() if len(by_council[council]) == 1]
    nearly = [
        (ccg, council)
        for ccg, parts in by_ccg.items()
        for council, shared in parts.items()
        if shared >= 0.95 * parts.total() and shared >= 0.95 * by_council[council].total()
    ]
    alone = sum(len(parts) == 1 for parts in by_council.values())
    assert (len(identical), len(nearly), len(inside), alone) == (86, 92, 179, 116)

    exact, near = (coterminosity.pairs("ccg17", "council17", weight, t) for t in (0, 0.05))
    assert set(exact["a_code"][exact["class"] == "same"]) == set(identical)
    same = near[near["class"] == "same"]
    assert set(zip(same["a_code"], same["b_code"], strict=True)) == set(nearly)
    classes = coterminosity.areas("ccg17", "council17", weight).set_index("code")["class"]
    assert set(classes.index[classes.isin(["same", "within_one"])]) == set(inside)
    assert (coterminosity.areas("council17", "ccg17", weight)["partners"] == 1).sum() == 116


@pytest.mark.parametrize(
    ("a", "weight", "golden"),
    [
        ("stp17", "lsoas", 0.8445),
        ("ccg17", "lsoas", 0.9371),
        ("stp17", "population", 0.8448),
        ("ccg17", "population", 0.9378),
    ],
)
def test_v_measure_against_councils(england, a, weight, golden):
    counted = v_measure(england, a, "council17", weight)
    assert counted == pytest.approx(golden, abs=5e-5)
    assert coterminosity.scores(a, "council17", weight).v_measure == pytest.approx(counted, abs=1e-12)


@pytest.mark.parametrize("tolerance", [0, 0.05])
def test_residents_whose_council_and_ccg_are_the_same(england, tolerance):
    by_ccg, by_council = (
        table(england, *layers, "population") for layers in (("ccg17", "council17"), ("council17", "ccg17"))
    )
    same = sum(
        parts[council]
        for ccg, parts in by_ccg.items()
        for council in parts
        if parts[council] >= (1 - tolerance) * max(parts.total(), by_council[council].total())
    )
    split = sum(
        parts.total()
        for council, parts in by_council.items()
        if max(parts.values()) < (1 - tolerance) * parts.total()
        and sum(n for ccg, n in parts.items() if n >= (1 - tolerance) * by_ccg[ccg].total())
        < (1 - tolerance) * parts.total()
    )
    scores = coterminosity.scores("council17", "ccg17", "population", tolerance)
    assert scores.same == pytest.approx(same / 55_619_430, abs=1e-12)
    assert scores.split == pytest.approx(split / 55_619_430, abs=1e-12)
    assert 0.3 < scores.same < 0.6 and 0.05 < scores.split < 0.5
