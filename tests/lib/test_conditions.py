"""Measures, verdicts and counts of what is said to help."""

import math
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np
import pytest

from lib import catalogue
from lib.conditions import crosstab, family, multiverse, ratings, remarks, verdicts
from lib.conditions.association import Association
from lib.conditions.contingency import TableTest
from lib.conditions.family import Result
from lib.conditions.measures import LEAD, MEASURES, NUMBERS, values
from tests.tables import source


@pytest.fixture(scope="module")
def people() -> dict[tuple[str, str], int]:
    """Residents by council and STP, counted from the raw tables."""
    stp = {row["ccg17cd"]: row["stp17cd"] for row in source("ccg17")}
    council = {row["lad17cd"]: row["council17cd"] for row in source("lad17")}
    found: Counter = Counter()
    for row in source("lsoa"):
        found[council[row["lad17cd"]], stp[row["ccg17cd"]]] += int(row["population"])
    return dict(found)


def test_fit_and_straddling_from_the_raw_tables(people):
    council, stp, parts = Counter(), Counter(), defaultdict(set)
    for (c, s), number in people.items():
        council[c] += number
        stp[s] += number
        parts[c].add(s)
    split = {c for c, where in parts.items() if len(where) > 1}
    assert len(split) == 14
    for code, total in stp.items():
        here = {c: number for (c, s), number in people.items() if s == code}
        mostly = [c for c in here if here[c] / council[c] > 0.5]
        outside = sum(council[c] - here[c] for c in mostly)
        expected = {
            "population": total,
            "councils": len(here),
            "straddled": len(split & set(here)),
            "split": sum(number for c, number in here.items() if c in split) / total,
            "inside": sum(number / total * number / council[c] for c, number in here.items()),
            "fit": sum(here[c] for c in mostly) / (total + outside),
        }
        for key, value in expected.items():
            assert values(key)[code] == pytest.approx(value), (key, code)


def test_partners_from_the_published_list():
    listed = source("stp_partners")
    councils = {row["council17cd"] for row in source("council17")}
    districts = {row["lad17cd"] for row in source("lad17")}
    for code in catalogue.footprints():
        mine = [row for row in listed if row["stp17cd"] == code]
        assert values("partners")[code] == len(mine)
        assert values("trusts")[code] == sum(row["partner_type"] == "trust" for row in mine)
        upper = [row for row in mine if row["ons_code"] not in districts - councils]
        assert values("partners", way="without districts")[code] == len(upper)


def test_the_measures_that_the_map_has_are_those_of_the_map():
    table = catalogue.stp_table()
    for key in ("population", "ccgs", "councils", "split", "density", "share_65_plus", "deprivation", "gap", "lead"):
        pair = values(key), table[key]
        assert pair[0].equals(pair[1]) or pair[0].to_numpy(float) == pytest.approx(pair[1].to_numpy(float), nan_ok=True)


def test_weight_and_tolerance_matter_where_a_measure_says_so():
    for key, measure in MEASURES.items():
        for way in measure.ways:
            # As they are measured: `values` asks for nothing that a measure says makes no difference.
            asked = (("population", 0.0), ("population", 10.0), ("area", 10.0))
            usual, tolerant, by_area = (measure.values(way, *choices) for choices in asked)
            assert tolerant.equals(by_area) == ("weight" not in measure.uses)
            assert usual.equals(tolerant) == ("tolerance" not in measure.uses)
        for way in measure.ways[1:]:
            assert not values(key).equals(values(key, way=way))
        assert (values(key, "area", 10.0) is values(key)) == (not measure.uses)


def test_the_ratings_are_used_as_published():
    said = [(row["rating"], row["evidence"]) for row in source("stp_ratings")]
    order = ["needs_most_improvement", "making_progress", "advanced", "outstanding"]
    assert ratings.groups("three").value_counts().to_dict() == {0: 5, 1: 34, 2: 5}
    assert ratings.groups("ends").value_counts().to_dict() == {0: 5, 1: 5}
    for scheme, grades in (("four", ("published", "inferred")), ("published", ("published",))):
        expected = Counter(order.index(rating) for rating, grade in said if grade in grades)
        assert ratings.groups(scheme).value_counts().to_dict() == expected
    codes, advanced = ratings.unknown()
    assert len(codes) == sum(not rating for rating, _ in said)
    # However those not established are shared out, the published totals come out.
    assert np.bincount(ratings.completed(codes[:advanced])).tolist() == [5, 14, 20, 5]
    known = len(said) - len(codes)
    assert ratings.evidence("four").startswith(f"{known} of 44: ")


def test_what_has_no_comparable_figure_is_left_out_and_counted():
    comparable = {row["stp17cd"] for row in source("stp_financial_gaps") if row["comparable"] == "True"}
    rated = {row["stp17cd"] for row in source("stp_ratings") if row["rating"]}
    assert family.results("three")["gap"].test.n == len(comparable) == 41
    assert family.results("four")["gap"].test.n == len(comparable & rated)
    assert all(family.results("three")[key].test.n == 44 for key in NUMBERS if key != "gap")


GROUPS = (5, 34, 5)


def made_up(key: str, tau: float, p: float, corrected: float) -> Result:
    return Result(key, Association(GROUPS, 200, 160, 5, tau, tau - 0.2, tau + 0.2, p), corrected, 15)


@pytest.mark.parametrize(
    ("result", "kind", "words"),
    [
        (
            made_up("population", -0.4, 0.001, 0.015),
            "as_claimed",
            "In July 2017 better-rated footprints tended to have a smaller population. This says neither why nor which "
            "came first.",
        ),
        (
            made_up("population", 0.4, 0.001, 0.015),
            "opposite",
            "In July 2017 better-rated footprints tended to have a larger population. That is the opposite of what is "
            "claimed. This says neither why nor which came first.",
        ),
        (
            made_up("compactness", 0.4, 0.001, 0.015),
            "as_claimed",
            "In July 2017 better-rated footprints tended to have a more compact boundary. This says neither why nor "
            "which came first.",
        ),
        (
            made_up("density", -0.4, 0.001, 0.015),
            "some",
            "In July 2017 better-rated footprints tended to have a sparser population. This says neither why nor which "
            "came first.",
        ),
        (
            made_up("ccgs", -0.3, 0.02, 0.3),
            "before_correction",
            "The data do not show that better-rated footprints tended to have fewer CCGs. On its own the test would "
            "pass, but it is one of 15, and among so many one or another passes by chance.",
        ),
        (
            made_up("ccgs", -0.1, 0.5, 1.0),
            "not_shown",
            "The data do not show that better-rated footprints tended to have fewer CCGs. Nor do they show that it "
            "makes no difference: values of tau-b from −0.30 to 0.10 are compatible with them.",
        ),
        (
            made_up("deprivation", 0.0, 1.0, 1.0),
            "not_shown",
            "The data do not show that rating and deprivation go together. Nor do they show that it makes no "
            "difference: values of tau-b from −0.20 to 0.20 are compatible with them.",
        ),
        (
            Result(LEAD, TableTest(((1, 2), (3, 4)), 0.001, 0.5), 0.015, 15),
            "some",
            "In July 2017 rating and lead type go together in a way that chance alone seldom brings about. This says "
            "neither why nor which came first.",
        ),
        (
            Result(LEAD, TableTest(((1, 2), (3, 4)), 0.06, 0.5), 0.9, 15),
            "not_shown",
            "The data do not show that rating and lead type go together. Nor do they show that it makes no difference: "
            "with so few footprints in most cells only a strong association could be seen.",
        ),
    ],
)
def test_verdicts_say_no_more_than_the_test(result, kind, words):
    assert verdicts.kind(result) == kind
    assert verdicts.sentence(result) == words


def test_verdicts_stand_where_an_interval_cannot_be_formed():
    result = made_up("ccgs", 0.0, 1.0, 1.0)
    without = replace(result, test=replace(result.test, low=math.nan, high=math.nan))
    assert verdicts.sentence(without).endswith("with so few footprints only a strong association could be seen.")
    assert verdicts.numbers(without)["95% interval"] == "–"


def test_pairs_are_told_with_their_shares():
    said = verdicts.pairs(made_up("ccgs", -0.1, 0.5, 1.0))
    assert said == (
        "Of the 365 pairs of footprints that were rated differently, the better-rated one had more CCGs in 200 (55%), "
        "fewer CCGs in 160 (44%), and in 5 the two are equal."
    )


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (["not_shown"] * 3, "None of the 3 tests passes at 5%, corrected or not."),
        (["as_claimed", "not_shown"], "1 of the 2 tests passes at 5% after correction."),
        (
            ["before_correction", "not_shown"],
            "None of the 2 tests passes at 5% after correction; before it 1 would.",
        ),
        (
            ["opposite", "some", "before_correction"],
            "2 of the 3 tests pass at 5% after correction; before it 1 more would.",
        ),
    ],
)
def test_the_tally_counts_what_survives(kinds, words):
    assert remarks.tally(kinds) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0.174, "0.17"), (-0.08, "−0.08"), (-0.001, "0.00"), (0.0, "0.00"), (math.nan, "–")]
)
def test_coefficients_in_words(value, words):
    assert verdicts.number(value) == words


@pytest.mark.parametrize(
    ("p", "words"),
    [(0.0004, "<0.001"), (0.004, "0.004"), (0.049, "0.049"), (0.0596, "0.060"), (0.19, "0.19"), (1, "1.00")],
)
def test_p_values_in_words(p, words):
    assert verdicts.chance(p) == words


def test_the_multiverse_holds_the_usual_way_and_every_other_one_once():
    for key in ("councils", "compactness", LEAD):
        table = multiverse.universe(key)
        measure = MEASURES[key]
        ways = len(measure.ways) * (6 if "weight" in measure.uses else 1) * (5 if "tolerance" in measure.uses else 1)
        assert len(table) == 4 * ways
        assert not table.duplicated(["way", "weight", "tolerance", "scheme"]).any()
        assert table["tau"].is_monotonic_increasing
    table = multiverse.universe("councils")
    usual = table[(table["scheme"] == "three") & (table["weight"] == "population") & (table["tolerance"] == 0)].iloc[0]
    test = family.results("three")["councils"].test
    assert (usual["n"], usual["tau"], usual["p"]) == (44, test.tau, test.p)
    said = multiverse.summary("councils", 0.05)
    above = sum(tau > 0 for tau in table["tau"])
    assert f"above zero in {above}, below in {sum(tau < 0 for tau in table['tau'])}" in said
    assert ("None of them has" in said) == (not any(p < 0.05 for p in table["p"]))


def test_leads_ratings_and_fit_are_counted_as_in_the_tables():
    leads = {row["stp17cd"]: row["lead_type"] for row in source("stp_leads")}
    said = {row["stp17cd"]: (row["rating"], row["evidence"]) for row in source("stp_ratings")}
    rows = crosstab.rows("population", 0.0)
    whole = {row.label: [cell.count for cell in row.cells] for row in rows if not row.within}
    by_kind, by_rating = Counter(leads.values()), Counter(said.values())
    assert [counts[-1] for counts in whole.values()] == [*(by_kind[kind] for kind in catalogue.LEAD_TYPES), 44]
    classes = [tuple(key.split(":")) if ":" in key else ("", key) for key in crosstab.RATINGS]
    assert whole["All lead types"] == [*(by_rating[key] for key in classes), 44]
    expected = sum(kind == "independent" and said[code][0] == "needs_most_improvement" for code, kind in leads.items())
    assert whole["Independent"][4] == expected == 3
    for row in rows:
        for cell in row.cells:
            chosen = {name: (value,) for name, value in cell.filters.items()}
            assert len(crosstab.passing("population", 0.0, chosen)) == cell.count
    parts = [row for row in rows if row.within]
    assert sum(row.cells[-1].count for row in parts) == 2 * 44
    assert sum(number for *_, number, _ in crosstab.listing("population", 0.0)) == 44
    table = family.lead_table("three")
    assert table.sum(axis=0).tolist() == [5, 34, 5]
    assert table[:, 2].tolist() == [whole[name][0] for name in catalogue.LEAD_TYPES.values()]
