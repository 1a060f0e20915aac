"""The V-measure against published and hand-computed values."""

import numpy as np
import pytest

from geo import coterminosity
from geo.vmeasure import rest, v_measure


def matrix(classes, clusters):
    """Count items by cluster (row) and class (column)."""
    counts = np.zeros((max(clusters) + 1, max(classes) + 1))
    np.add.at(counts, (clusters, classes), 1)
    return counts


@pytest.mark.parametrize(
    ("classes", "clusters", "expected"),
    [
        # The examples in the reference of scikit-learn's homogeneity, completeness and V-measure scores.
        ([0, 0, 1, 1], [1, 1, 0, 0], (1, 1, 1)),
        ([0, 0, 1, 1], [0, 0, 1, 2], (1, 2 / 3, 0.8)),
        ([0, 0, 1, 2], [0, 0, 1, 1], (2 / 3, 1, 0.8)),
        ([0, 0, 1, 1], [0, 1, 2, 3], (1, 0.5, 2 / 3)),
        ([0, 0, 1, 1], [0, 1, 0, 1], (0, 0, 0)),
        ([0, 0, 1, 1], [0, 0, 0, 0], (0, 1, 0)),
        ([0, 0, 0, 0], [0, 1, 2, 3], (1, 0, 0)),
        ([0, 0, 0, 0], [0, 0, 0, 0], (1, 1, 1)),
    ],
)
def test_published_examples(classes, clusters, expected):
    assert v_measure(matrix(classes, clusters)) == pytest.approx(expected, abs=1e-12)


def test_by_hand():
    # Rows 4 and 4: H(a) = 1 bit. Columns 3 and 5: H(b) = 0.954434. H(a, b) = 0.530639 + 0.375 + 0.5 = 1.405639.
    # They share 0.548795 bits.
    expected = (0.548795 / 0.954434, 0.548795, 2 * 0.574995 * 0.548795 / (0.574995 + 0.548795))
    assert v_measure(np.array([[3, 1], [0, 4]])) == pytest.approx(expected, abs=2e-6)


@pytest.mark.parametrize("factor", [1e-6, 1, 1e6])
def test_the_unit_of_the_weight_does_not_matter(factor):
    counts = np.array([[5.0, 1, 0], [0, 3, 3]])
    assert v_measure(counts * factor) == pytest.approx(v_measure(counts), abs=1e-12)


def test_what_rounding_leaves_over_is_nothing():
    whole = 0.1 + 0.2 + 0.3
    assert whole > 0.6
    assert rest(np.array([whole, 0.6, 7, 55_619_430]), np.array([0.6, whole, 2, 55_619_429])).tolist() == [0, 0, 5, 1]


def test_what_lies_outside_counts_as_one_area_more(england):
    """The eight ACS areas against STPs, with the rest of England as a ninth area."""
    codes = {name: sorted({row[name] or "" for row in england}) for name in ("acs17", "stp17")}
    counts = np.zeros((9, 44))
    for row in england:
        counts[codes["acs17"].index(row["acs17"] or ""), codes["stp17"].index(row["stp17"])] += row["population"]
    scores = coterminosity.scores("acs17", "stp17")
    expected = v_measure(counts)
    assert (scores.homogeneity, scores.completeness, scores.v_measure) == pytest.approx(expected, abs=1e-12)
    assert scores.outside == 0
    back = coterminosity.scores("stp17", "acs17")
    assert back.outside == pytest.approx(counts[0].sum() / counts.sum(), abs=1e-12)
    assert back.v_measure == pytest.approx(scores.v_measure, abs=1e-12)
