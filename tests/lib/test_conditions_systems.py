"""The date of becoming a system as an outcome: statistics by another route than the code's."""

from collections import Counter
from functools import cache

import numpy as np
import pytest
from scipy.stats import kendalltau

from lib.conditions import family, systems
from lib.conditions.association import Association
from lib.conditions.measures import LEAD, MEASURES, NUMBERS, values
from tests.tables import source


@cache
def dates() -> dict[str, str]:
    """Return when each STP as a whole first was a system, by the table."""
    found: dict[str, str] = {}
    for row in source("ics_waves"):
        if row["covers_whole_stp"] == "True":
            date = row["announced"] or row["effective"]
            found[row["stp17cd"]] = min(found.get(row["stp17cd"], date), date)
    return found


def ranks() -> dict[str, int]:
    return {code: 2 if date <= "2018-06" else 1 if date < "2020-06" else 0 for code, date in dates().items()}


def test_groups_are_those_of_the_dates():
    assert systems.groups().to_dict() == ranks()
    # June 2017, February and May 2018: 6 + 1 + 4; June 2019 and May 2020: 5 + 4; then 11 and 13.
    assert Counter(ranks().values()) == {2: 11, 1: 9, 0: 24}


@pytest.mark.parametrize("key", ["fit", "straddled", "emergency", "history", "gap"])
def test_tau_is_scipys_and_p_that_of_dealing_out_the_dates(key):
    found = systems.results()[key].test
    series = values(key).dropna()
    numbers, groups = series.round(9).to_numpy(float), np.array([ranks()[code] for code in series.index])
    assert isinstance(found, Association) and found.n == len(series)
    assert found.tau == pytest.approx(kendalltau(numbers, groups).statistic)
    # S of 20,000 deals: the p-value is twice the smaller tail.
    signs = np.sign(numbers[:, None] - numbers)
    deals = np.random.default_rng(17).permuted(np.tile(groups, (20_000, 1)), axis=1)
    # Group against group at both thresholds; pairs two groups apart stand in both sums and are taken off once.
    s = sum(((deals >= least) @ signs * (deals < least)).sum(axis=1) for least in (1, 2))
    between = ((deals >= 2) @ signs * (deals < 1)).sum(axis=1)
    seen = int(np.sign(numbers[:, None] - numbers)[groups[:, None] > groups].sum())
    dealt = s - between
    p = 2 * min((dealt >= seen).mean(), (dealt <= seen).mean())
    assert found.p == pytest.approx(min(p, 1), abs=0.015)


def test_both_outcomes_are_corrected_together():
    found, rated = systems.results(), family.results("three")
    assert list(found) == list(MEASURES) == [*NUMBERS, LEAD]
    ps = sorted([result.p for result in found.values()] + [result.p for result in rated.values()])
    # Holm by hand: the k-th smallest of 34 times (34 - k + 1), never less than the one before.
    steps, largest = {}, 0.0
    for k, p in enumerate(ps):
        largest = max(largest, min(1.0, p * (len(ps) - k)))
        steps[p] = largest
    assert len(ps) == 34
    for result in found.values():
        assert result.tests == 34 and result.corrected == pytest.approx(steps[result.p])


def test_joint_work_counts_vanguards_and_pioneers_of_the_tables():
    rows = [row for name in ("vanguards", "pioneers") for row in source(name)]
    counted = Counter(code for row in rows for code in row["stp17cds"].split())
    assert values("history").to_dict() == {code: counted[code] for code in ranks()}
    assert set(values("history", way="any or none")) == {0, 1}
