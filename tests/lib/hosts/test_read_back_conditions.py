"""Views of what is said to help, read back over HTTP: every figure by another function, by hand or by counting."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import kendalltau
from scipy.stats.contingency import association

from tests import sums
from tests.lib.hosts.reading import Read, expect, read

CONDITIONS = (
    "/conditions.json",
    "/conditions.json?measure=gap&ratings=four",
    "/conditions.xlsx?measure=history&lead=provider",
    "/conditions.csv?measure=lead&table=tests",
)


ENDS = "Outstanding against needs most improvement"
THREE, FOUR = "Three groups, fully published", "Four classes, published and inferred"


def ranked(scheme: str) -> pd.Series:
    """Return the group of each STP whose rating a scheme uses, the worst first."""
    rating = sums.stps()["rating"]
    order = {ENDS: ("Needs most improvement", "Outstanding"), FOUR: tuple(reversed(sums.RATINGS.values()))}
    if scheme == THREE:
        return rating.map({"Outstanding": 2, "Needs most improvement": 0}).fillna(1)
    return rating.map({name: place for place, name in enumerate(order[scheme])}).dropna()


def measures() -> dict[str, pd.Series]:
    stps = sums.stps()
    columns = {
        "Population": "population",
        "Number of CCGs": "ccgs",
        "Number of councils": "councils",
        "Share aged 65 and over": "share_65_plus",
        "Deprivation": "deprivation",
        "Projected gap per head": "gap_per_head",
        "Major A&E within four hours, 2016/17": "emergency_2016",
    }
    found = {title: stps[column] for title, column in columns.items()}
    return found | {"Vanguards and pioneers": stps["vanguards"] + stps["pioneers"]}


def tau(values: pd.Series, ranks: pd.Series) -> tuple[int, float, float]:
    """Return the number of STPs that have both, tau-b, and its p-value by the normal curve."""
    both = pd.DataFrame({"value": values.round(9), "rank": ranks}).dropna()
    found = kendalltau(both["value"], both["rank"], method="asymptotic")
    return len(both), found.statistic, found.pvalue


def dealt(values: pd.Series) -> float:
    """Return the exact p-value of the outstanding against the rest: every way to deal out the ratings is counted."""
    both = pd.DataFrame({"value": values, "rank": ranked(ENDS)}).dropna()
    signs = np.sign(both["value"].to_numpy()[:, None] - both["value"].to_numpy()).round()
    best = both["rank"].to_numpy() == 1
    ways = [
        signs[np.ix_(list(chosen), [n for n in range(len(best)) if n not in chosen])].sum()
        for chosen in combinations(range(len(best)), int(best.sum()))
    ]
    s = signs[np.ix_(best, ~best)].sum()
    return min(1.0, 2 * min(np.mean(np.array(ways) <= s), np.mean(np.array(ways) >= s)))


TITLES = {"population": "Population", "gap": "Projected gap per head", "history": "Vanguards and pioneers"}


def expect_conditions(answer: Read) -> None:
    measure = answer.asked.get("measure", "population")
    lead = pd.crosstab(sums.stps()["lead_type"], ranked(THREE))
    tests = answer.tables["tests"].set_index("ratings")
    if measure == "lead":
        assert tests["cramers_v"][THREE] == pytest.approx(association(lead.to_numpy(), method="cramer"))
        assert tests["footprints"].to_dict() == {THREE: 44, FOUR: len(ranked(FOUR))}
        return
    values = measures()[TITLES[measure]]
    for scheme in (THREE, FOUR):
        number, statistic, p = tau(values, ranked(scheme))
        assert tests["footprints"][scheme] == number
        assert tests["tau_b"][scheme] == pytest.approx(statistic)
        assert tests["interval_from"][scheme] < statistic < tests["interval_to"][scheme]
        assert tests["p"][scheme] == pytest.approx(p, abs=0.05)
    every = answer.tables["claims"].set_index("measure")
    scheme = FOUR if answer.asked.get("ratings") == "four" else THREE
    for title, numbers in measures().items():
        number, statistic, _ = tau(numbers, ranked(scheme))
        assert every.loc[title, "footprints"] == number and every.loc[title, "tau_b"] == pytest.approx(statistic), title
    # Holm (1979), by hand: the least p-value times the number of tests, the next times one fewer, never falling.
    ps = every["p"].astype(float).sort_values()
    steps = (ps * np.arange(len(ps), 0, -1)).cummax().clip(upper=1)
    assert every["p_corrected"].astype(float).to_dict() == pytest.approx(steps.to_dict())
    ways = answer.tables["ways"]
    way = ways[(ways["ratings"] == ENDS) & ways.get("counted_in", pd.Series("residents", ways.index)).eq("residents")]
    way = way[way["measured"].isin(["as usual", "number", "per head"])].iloc[0]
    assert (way["footprints"], way["p"]) == (tau(values, ranked(ENDS))[0], pytest.approx(dealt(values), abs=5.01e-5))
    told = answer.tables["values"]
    expect(told, values.rename_axis("code").to_frame("value"))
    expect_counts(answer)


def expect_counts(answer: Read) -> None:
    """Hold the footprints by lead type, fit with councils and rating."""
    stps, fit = sums.stps(), sums.fit("stp17", "council17")["class"].map(lambda kind: sums.said(kind, "council17"))
    rating = (stps["rating"] + " " + stps["rating_evidence"]).where(
        stps["rating"] != sums.UNKNOWN_RATING, "not established"
    )
    rating = rating.str.lower().str.replace(" ", "_")
    fit, leads = fit.reindex(stps.index), stps["lead_type"]
    every, whole = pd.Series("All lead types", stps.index), pd.Series("All", stps.index)
    # Each footprint counts in four rows: its own, that of its lead type, of its fit, and of all.
    rows = pd.concat([lead + ", " + kind for lead in (leads, every) for kind in (fit, whole)])
    right = pd.crosstab(rows.to_numpy(), pd.concat([rating] * 4).to_numpy())
    told = answer.tables["counts"]
    told = told.assign(row=told["lead_type"] + ", " + told["fit"])
    expect(told, right.assign(all=right.sum(axis=1)).rename_axis("row"))
    marks = answer.tables["marks"].set_index("rating")["footprints"]
    inferred = (stps["rating_evidence"] == "inferred").sum()
    assert marks["Advanced, inferred"] == inferred and marks.sum() == 44
    if "footprints" in answer.tables:
        assert set(answer.tables["footprints"]["stp"]) == set(stps["stp"][stps["lead_type"] == "Provider"])


@pytest.mark.parametrize("address", CONDITIONS)
def test_conditions(files, address):
    expect_conditions(read(files, address))
