"""Coterminosity classes in small situations, and against the definitions in exact fractions."""

from collections import Counter
from contextlib import contextmanager
from fractions import Fraction
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import blocks, classes, coterminosity, kept
from geo.overlap import overlap

A, B = "council17", "stp17"

# (area of a, area of b or None, residents); areas a2, b2 and so on keep their neighbours busy.
IDENTICAL = [("a1", "b1", 60), ("a1", "b1", 40), ("a2", "b2", 7)]
NESTED = [("a1", "b1", 30), ("a2", "b1", 70)]
HALF_HALF = [("a1", "b1", 50), ("a1", "b2", 50), ("a2", "b1", 50), ("a2", "b2", 50)]
SLIVER = [("a1", "b1", 96), ("a1", "b2", 4), ("a2", "b2", 196)]
DISJOINT = [("a1", "b1", 5), ("a2", None, 9)]
UNION = [("a1", "b1", 50), ("a1", "b2", 30), ("a1", "b3", 20)]
UNION_WITH_REST = [("a1", "b1", 50), ("a1", "b2", 44), ("a1", "b3", 6), ("a2", "b3", 94)]
PARTS_STICK_OUT = [("a1", "b1", 47), ("a1", "b2", 47), ("a2", "b1", 3), ("a2", "b2", 3)]
PARTLY_OUTSIDE = [("a1", "b1", 90), ("a1", None, 10)]
WITHOUT_WEIGHT = [("a1", "b1", 10), ("a1", "b2", 0), ("a2", "b2", 10), ("a3", "b2", 0)]


@contextmanager
def england_of(rows):
    """Let these few blocks be all of England."""
    frame = pd.DataFrame(rows, columns=[A, B, "population"]).astype({A: "category", B: "category"})
    areas = pd.DataFrame(
        [(layer, code, code.upper()) for layer in (A, B) for code in sorted(frame[layer].dropna().unique())],
        columns=["layer", "code", "name"],
    )
    with patch.object(blocks, "load", lambda: frame), patch.object(blocks, "areas", lambda: areas):
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget():
    for function in (blocks.names, blocks.name_by_code, overlap):
        kept.forget(function)
    for function in (coterminosity.totals, coterminosity.fit, coterminosity._v_measure):
        kept.forget(function)


def class_of(rows, tolerance, area="a1"):
    with england_of(rows):
        return coterminosity.areas(A, B, tolerance=tolerance).set_index("code").loc[area, "class"]


@pytest.mark.parametrize(
    ("rows", "tolerance", "expected"),
    [
        (IDENTICAL, 0, "same"),
        (NESTED, 0, "within_one"),
        (NESTED, 0.49, "within_one"),
        (HALF_HALF, 0, "split"),
        (HALF_HALF, 0.49, "split"),
        (SLIVER, 0.039, "split"),
        (SLIVER, 0.04, "same"),
        (DISJOINT, 0, "same"),
        (UNION, 0, "union_of_whole"),
        (UNION_WITH_REST, 0.059, "split"),
        (UNION_WITH_REST, 0.06, "union_of_whole"),
        (PARTS_STICK_OUT, 0.059, "split"),
        (PARTS_STICK_OUT, 0.06, "union_of_whole"),
        (PARTLY_OUTSIDE, 0.099, "split"),
        (PARTLY_OUTSIDE, 0.1, "same"),
        (WITHOUT_WEIGHT, 0, "same"),
    ],
)
def test_class_of_an_area(rows, tolerance, expected):
    assert class_of(rows, tolerance) == expected


@pytest.mark.parametrize(
    ("rows", "tolerance", "expected"),
    [
        (DISJOINT, 0, "outside"),
        ([("a2", None, 96), ("a2", "b1", 4), ("a1", "b1", 50)], 0.03, "split"),
        ([("a2", None, 96), ("a2", "b1", 4), ("a1", "b1", 50)], 0.04, "outside"),
        (WITHOUT_WEIGHT, 0, "same"),
    ],
)
def test_class_of_an_area_that_leaves_the_other_layer(rows, tolerance, expected):
    assert class_of(rows, tolerance, "a2") == expected


def test_an_area_without_any_weight_is_outside():
    assert class_of(WITHOUT_WEIGHT, 0, "a3") == "outside"


@pytest.mark.parametrize(
    ("rows", "tolerance", "expected"),
    [
        (IDENTICAL, 0, {"a1 b1": "same", "a2 b2": "same"}),
        (NESTED, 0, {"a1 b1": "a_within_b", "a2 b1": "a_within_b"}),
        (NESTED, 0.3, {"a1 b1": "a_within_b", "a2 b1": "same"}),
        (HALF_HALF, 0.49, dict.fromkeys(["a1 b1", "a1 b2", "a2 b1", "a2 b2"], "partial")),
        # 4 of 100 and 4 of 200: a part of exactly the tolerance is no sliver.
        (SLIVER, 0.04, {"a1 b1": "same", "a1 b2": "partial", "a2 b2": "same"}),
        (SLIVER, 0.041, {"a1 b1": "same", "a1 b2": "sliver", "a2 b2": "same"}),
        (UNION, 0, dict.fromkeys(["a1 b1", "a1 b2", "a1 b3"], "b_within_a")),
        (DISJOINT, 0, {"a1 b1": "same"}),
        (WITHOUT_WEIGHT, 0, {"a1 b1": "same", "a1 b2": "sliver", "a2 b2": "same", "a3 b2": "sliver"}),
    ],
)
def test_class_of_pairs(rows, tolerance, expected):
    with england_of(rows):
        table = coterminosity.pairs(A, B, tolerance=tolerance)
    assert dict(zip(table["a_code"] + " " + table["b_code"], table["class"], strict=True)) == expected


def test_the_area_table_tells_partner_and_rest():
    rows = [("a1", "b1", 60), ("a1", "b2", 30), ("a1", "b3", 2), ("a1", None, 8), ("a2", "b1", 40), ("a2", "b3", 98)]
    with england_of([*rows, ("a3", None, 5)]):
        table = coterminosity.areas(A, B, tolerance=0.05).set_index("code")
    assert list(table.index) == ["a1", "a2", "a3"]
    first = table.loc["a1"].to_dict()
    assert first == {
        "name": "A1",
        "class": "split",
        "partner_code": "b1",
        "partner_name": "B1",
        "share_in_partner": 0.6,
        "share_of_partner": 0.6,
        "partners": 3,
        "partners_over_tolerance": 2,
        "weight": 100,
        "weight_outside_partner": 40,
        "weight_outside_layer": 8,
    }
    outside = table.loc["a3"]
    assert outside["class"] == "outside" and pd.isna(outside["partner_code"]) and pd.isna(outside["partner_name"])
    assert outside[["partners", "share_in_partner", "weight_outside_partner", "weight_outside_layer"]].tolist() == [
        0,
        0,
        5,
        5,
    ]


def test_of_equal_partners_the_one_more_inside_comes_first():
    with england_of([("a1", "b1", 50), ("a1", "b2", 50), ("a2", "b1", 10)]):
        assert coterminosity.areas(A, B).set_index("code").loc["a1", "partner_code"] == "b2"


def test_a_share_at_the_tolerance_passes_in_spite_of_binary_fractions():
    # 1 - 0.18 is 0.8200000000000001, above 82/100; 0.1 + 0.2 is more than 0.3.
    rows = [("a1", "b1", 82), ("a1", "b2", 18), ("a2", "b2", 1), ("a3", "b1", 900)]
    assert class_of(rows, 0.18) == "within_one"
    with england_of(rows):
        assert coterminosity.pairs(A, B, tolerance=0.18)["class"][0] == "a_within_b"
    assert class_of([("a1", "b1", 0.1), ("a1", "b1", 0.2), ("a1", "b1", 0.3), ("a2", "b2", 0.7)], 0) == "same"


def test_scores_where_both_layers_leave_england_uncovered():
    # As a table: 3 and 1 of a1 inside and outside b1, and 4 outside both; computed by hand in test_vmeasure.
    with england_of([("a1", "b1", 3), ("a1", None, 1), (None, None, 4)]):
        scores = coterminosity.scores(A, B)
    assert (scores.homogeneity, scores.completeness) == pytest.approx((0.574995, 0.548795), abs=2e-6)
    assert (scores.split, scores.same, scores.outside) == (1, 0, 0.25)


@pytest.mark.parametrize("tolerance", [-0.01, 0.5, 5, float("nan"), float("inf"), "five", None])
def test_a_tolerance_out_of_range_is_refused(tolerance):
    with england_of(NESTED):
        for ask in (coterminosity.pairs, coterminosity.areas, coterminosity.scores):
            with pytest.raises(classes.ToleranceError, match="tolerance"):
                ask(A, B, tolerance=tolerance)
        with pytest.raises(classes.ToleranceError, match="tolerance"):
            coterminosity.curve(A, B, tolerances=[0.1, tolerance])


def test_the_curve_of_no_tolerances_is_empty():
    with england_of(HALF_HALF):
        assert coterminosity.curve(A, B, tolerances=[]).empty


def test_the_curve_keeps_the_order_of_the_question():
    with england_of([*UNION_WITH_REST, ("a3", "b4", 90), ("a3", "b5", 10), ("a4", "b5", 90)]):
        table = coterminosity.curve(A, B, tolerances=[0.2, 0, 0.06])
    assert table["split"].tolist() == [0, 2, 1]
    assert table["share"].tolist() == pytest.approx([0, 200 / 384, 100 / 384])


groupings = st.lists(
    st.tuples(st.sampled_from("pqrs"), st.sampled_from(["w", "x", "y", "z", None]), st.integers(0, 20)),
    min_size=1,
    max_size=14,
).filter(lambda rows: any(b and weight for _, b, weight in rows))
per_cents = st.integers(0, 49)


def by_definition(rows, per_cent):
    """Classes of all areas and pairs, word for word from their definitions, in exact fractions."""
    tolerance = Fraction(per_cent, 100)
    whole_a, whole_b, shared = Counter(), Counter(), Counter()
    for a, b, weight in rows:
        whole_a[a] += weight
        if b:
            whole_b[b] += weight
            shared[a, b] += weight

    def share(part, whole):
        return Fraction(part, whole) if whole else Fraction(0)

    pairs = {}
    for (a, b), weight in shared.items():
        of_a, of_b = share(weight, whole_a[a]), share(weight, whole_b[b])
        a_in, b_in = of_a >= 1 - tolerance, of_b >= 1 - tolerance
        name = {(True, True): "same", (True, False): "a_within_b", (False, True): "b_within_a"}.get((a_in, b_in))
        small = weight == 0 or (of_a < tolerance and of_b < tolerance)
        pairs[a, b] = name or ("sliver" if small else "partial")
    areas = {}
    for a, whole in whole_a.items():
        partners = {b: weight for (other, b), weight in shared.items() if other == a}
        kinds = {pairs[a, b] for b in partners}
        inside = sum(share(n, whole) for b, n in partners.items() if share(n, whole_b[b]) >= 1 - tolerance)
        if "same" in kinds:
            areas[a] = "same"
        elif inside >= 1 - tolerance:
            areas[a] = "union_of_whole"
        elif "a_within_b" in kinds:
            areas[a] = "within_one"
        elif share(sum(partners.values()), whole) <= tolerance:
            areas[a] = "outside"
        else:
            areas[a] = "split"
    return areas, pairs


@settings(max_examples=60)
@given(groupings, per_cents)
def test_classes_are_as_defined(rows, per_cent):
    areas, pairs = by_definition(rows, per_cent)
    with england_of(rows):
        found = coterminosity.areas(A, B, tolerance=per_cent / 100)
        found_pairs = coterminosity.pairs(A, B, tolerance=per_cent / 100)
    assert dict(zip(found["code"], found["class"], strict=True)) == areas
    codes = zip(found_pairs["a_code"], found_pairs["b_code"], strict=True)
    assert dict(zip(codes, found_pairs["class"], strict=True)) == pairs


@settings(max_examples=25)
@given(groupings, st.lists(per_cents, min_size=1, max_size=5))
def test_the_curve_counts_split_areas(rows, asked):
    expected = [list(by_definition(rows, per_cent)[0].values()).count("split") for per_cent in asked]
    with england_of(rows):
        table = coterminosity.curve(A, B, tolerances=[per_cent / 100 for per_cent in asked])
        scores = coterminosity.scores(A, B, tolerance=asked[0] / 100)
    assert table["split"].tolist() == expected
    assert table["share"][0] == pytest.approx(scores.split, abs=1e-12)


@settings(max_examples=25)
@given(groupings)
def test_nothing_is_lost(rows):
    with england_of(rows):
        table = coterminosity.areas(A, B)
        pairs = coterminosity.pairs(A, B)
    assert table["weight"].sum() == sum(weight for _, _, weight in rows)
    assert table["weight_outside_layer"].sum() == sum(weight for _, b, weight in rows if b is None)
    assert pairs["weight"].sum() + table["weight_outside_layer"].sum() == table["weight"].sum()
    assert (table["weight_outside_partner"] >= table["weight_outside_layer"]).all()
    assert (table["partners"] >= table["partners_over_tolerance"]).all()
    assert table["partners"].sum() == len(pairs)


@settings(max_examples=25)
@given(groupings)
def test_scores_do_not_depend_on_the_direction_but_for_the_order(rows):
    with england_of(rows):
        there, back = coterminosity.scores(A, B), coterminosity.scores(B, A)
    assert there.v_measure == pytest.approx(back.v_measure, abs=1e-9)
    assert there.homogeneity == pytest.approx(back.completeness, abs=1e-9)
    assert all(0 <= score <= 1 for score in (*vars(there).values(), there.v_measure))
    inhabited = {(a, b) for a, b, weight in rows if weight}
    one_to_one = len(inhabited) == len({a for a, _ in inhabited}) == len({b for _, b in inhabited})
    assert (there.v_measure > 1 - 1e-9) == one_to_one
