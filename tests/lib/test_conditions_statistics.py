"""The statistics of the page on what helps, each by a second route: by hand, by brute force, or by another function."""

from collections import Counter
from fractions import Fraction
from itertools import combinations, permutations
from math import comb, factorial, sqrt

import numpy as np
import pytest
from scipy import stats

from geo import kept
from lib.conditions import association, contingency, family, ratings, remarks
from lib.conditions.measures import LEAD, NUMBERS
from tests.tables import source

X, R = np.array([3.0, 1.0, 4.0, 1.0, 5.0]), np.array([0, 0, 1, 1, 2])
"""Of the 8 pairs rated differently 6 go up and 1 goes down; 1 and 1 are equal."""


def counted(values, ranks) -> tuple[int, int, int]:
    """Count pairs rated differently in which the better-rated has more, less, as much: one by one."""
    found = [0, 0, 0]
    for (x, r), (y, s) in combinations(zip(values, ranks, strict=True), 2):
        if r != s:
            better, worse = (x, y) if r > s else (y, x)
            found[0 if better > worse else 1 if better < worse else 2] += 1
    return tuple(found)


def brute_p(values, ranks) -> float:
    """Deal the ratings out in every order; twice the smaller tail."""
    dealt = []
    for order in permutations(ranks):
        more, less, _ = counted(values, order)
        dealt.append(more - less)
    more, less, _ = counted(values, ranks)
    s = more - less
    share = [sum(other <= s for other in dealt) / len(dealt), sum(other >= s for other in dealt) / len(dealt)]
    return min(1.0, 2 * min(share))


def test_a_small_case_by_hand():
    found = association.associate(X, R)
    assert (found.more, found.less, found.same) == (6, 1, 1)
    # S = 5; 10 pairs, 1 tied in the values, 2 tied in the ranks.
    assert found.tau == pytest.approx(5 / sqrt(9 * 8))
    assert found.sizes == (2, 2, 1)
    assert (found.n, found.pairs) == (5, 8)


@pytest.mark.parametrize(
    ("values", "ranks"),
    [
        (X, R),
        (np.array([1.0, 2, 3, 4, 5, 6, 7]), np.array([0, 0, 1, 1, 1, 2, 2])),
        (np.array([2.0, 2, 2, 1, 1, 5, 6]), np.array([2, 0, 1, 1, 1, 0, 2])),
        (np.array([1.0, 1, 2, 2, 2, 3, 3]), np.array([0, 1, 2, 3, 3, 2, 1])),
        (np.array([1.0, 2, 3, 4]), np.array([1, 0, 1, 0])),
    ],
)
def test_the_exact_p_value_is_that_of_every_deal(values, ranks):
    assert association.associate(values, ranks).p == pytest.approx(brute_p(values, ranks))


@pytest.mark.parametrize(
    ("ties", "sizes"),
    [((1, 5, 1), (2, 1, 3, 1)), ((6, 1), (1, 2, 4)), ((1, 6), (1, 2, 4)), ((1, 2, 2, 1), (3, 3)), ((2, 1), (3,))],
)
def test_the_null_distribution_is_that_of_every_deal(ties, sizes):
    values, ranks = (np.repeat(range(len(numbers)), numbers) for numbers in (ties, sizes))
    dealt = Counter()
    for order in permutations(ranks):
        more, less, _ = counted(values, order)
        dealt[more - less] += 1
    chances = association.null(ties, sizes)
    most = len(chances) // 2
    assert chances == pytest.approx([dealt[s] / dealt.total() for s in range(-most, most + 1)])


def test_the_null_distribution_is_one_and_symmetric_where_the_groups_are():
    chances = association.null((1,) * 44, (5, 34, 5))
    assert chances.sum() == pytest.approx(1)
    assert chances == pytest.approx(chances[::-1])
    # The most extreme deal is one of 44! / (5! 34! 5!).
    assert chances[-1] == pytest.approx(1 / (comb(44, 5) * comb(39, 5)), rel=1e-9)
    # Kendall's variance with ties in one ranking: [n(n-1)(2n+5) - sum t(t-1)(2t+5)] / 18.
    s = np.arange(-365, 366)
    variance = (44 * 43 * 93 - 2 * 5 * 4 * 15 - 34 * 33 * 73) / 18
    assert (chances * s**2).sum() == pytest.approx(variance)


@pytest.mark.parametrize("scheme", ["three", "four"])
@pytest.mark.parametrize("key", NUMBERS)
def test_all_measures_by_counting_by_the_sum_of_mann_whitney_and_by_the_normal_curve(key, scheme):
    table = family.pair_up(key, scheme)
    values, ranks = table["value"].round(9).to_numpy(float), table["rank"].to_numpy(int)
    found = family.results(scheme)[key].test
    assert counted(values, ranks) == (found.more, found.less, found.same)
    # Jonckheere and Terpstra: the sum of Mann and Whitney's U over all pairs of groups.
    groups = [values[ranks == group] for group in np.unique(ranks)]
    u = sum(stats.mannwhitneyu(b, a).statistic for a, b in combinations(groups, 2))
    assert found.more - found.less == pytest.approx(2 * u - found.pairs)
    approximate = stats.kendalltau(values, ranks)
    assert found.tau == pytest.approx(approximate.statistic)
    assert found.p == pytest.approx(approximate.pvalue, abs=0.04)


@pytest.mark.parametrize("key", ["population", "trusts", "straddled", "gap"])
def test_exact_p_values_agree_with_dealing_out_ten_thousand_times(key):
    table = family.pair_up(key, "three")
    values, ranks = table["value"].to_numpy(float), table["rank"].to_numpy(int)
    signs = np.sign(values[:, None] - values).astype(np.int8)

    def s(dealt, axis):
        dealt = np.moveaxis(np.asarray(dealt), axis, -1)
        return (np.sign(dealt[..., :, None] - dealt[..., None, :]) * signs).sum((-1, -2)) / 2

    drawn = stats.permutation_test(
        (ranks,), s, permutation_type="pairings", vectorized=True, n_resamples=9_999, batch=500, rng=20170721
    )
    exact = family.results("three")[key].p
    assert drawn.pvalue == pytest.approx(exact, abs=4 * 2 * sqrt(exact / 2 * (1 - exact / 2) / 9_999))


def test_results_do_not_hang_on_the_order_of_the_footprints_nor_on_the_run():
    table = family.pair_up("councils", "three")
    values, ranks = table["value"].to_numpy(float), table["rank"].to_numpy(int)
    order = np.random.default_rng(1).permutation(len(values))
    once, again = association.associate(values, ranks), association.associate(values[order], ranks[order])
    assert again.p == once.p and again.tau == pytest.approx(once.tau)
    assert (again.low, again.high) == pytest.approx((once.low, once.high))
    # The other way round: the same evidence with the other sign.
    other = association.associate(-values, ranks)
    assert (other.tau, other.p) == pytest.approx((-once.tau, once.p))
    assert (other.low, other.high) == pytest.approx((-once.high, -once.low))
    kept.forget(family.results)
    kept.forget(association.null)
    assert family.results("three")["councils"].test == once


def test_what_has_no_association_has_none():
    same = association.associate(np.ones(6), np.array([0, 0, 1, 1, 2, 2]))
    assert (same.tau, same.p, same.same) == (0, 1, 12)
    assert np.isnan(same.low) and np.isnan(same.high)
    full = association.associate(np.arange(6.0), np.array([0, 0, 1, 1, 2, 2]))
    assert full.p == pytest.approx(2 * 2**3 / 720 * 1)
    assert np.isnan(full.low)


def test_the_interval_by_leaving_out_each_footprint_by_hand():
    table = family.pair_up("population", "three")
    values, ranks = table["value"].to_numpy(float), table["rank"].to_numpy(int)

    def d(keep) -> float:
        more, less, same = counted(values[keep], ranks[keep])
        return (more - less) / (more + less + same)

    everyone = np.arange(44)
    without = {n: d(np.delete(everyone, n)) for n in everyone}
    parts = []
    for group in (0, 1, 2):
        inside = [without[n] for n in everyone if ranks[n] == group]
        size, mean = len(inside), sum(inside) / len(inside)
        parts.append(((size - 1) / size * sum((value - mean) ** 2 for value in inside), size - 1))
    variance, whole = sum(part for part, _ in parts), d(everyone)
    freedom = variance**2 / sum(part**2 / degrees for part, degrees in parts)
    reach = stats.t.ppf(0.975, freedom) * sqrt(variance) / (1 - whole**2)
    # No ties in the population: tau-b is D times the root of 365 / 946.
    ends = [np.tanh(np.arctanh(whole) + side * reach) * sqrt(365 / 946) for side in (-1, 1)]
    found = family.results("three")["population"].test
    assert (found.low, found.high) == pytest.approx(ends)
    # A bootstrap within the groups spreads as far, but for the bias that groups of five give it.
    samples = [values[ranks == group] for group in (0, 1, 2)]
    rng = np.random.default_rng(20170721)
    drawn = []
    for _ in range(600):
        parts = [rng.choice(sample, len(sample)) for sample in samples]
        signs = sum(np.sign(b[:, None] - a).sum() for a, b in combinations(parts, 2))
        drawn.append(signs / 365)
    assert np.std(drawn) == pytest.approx(sqrt(variance), rel=0.2)


@pytest.mark.parametrize("shift", [0.0, 0.5, 1.0])
def test_intervals_cover_what_they_say_they_cover(shift):
    ranks = np.repeat([0, 1, 2], (5, 34, 5))
    rng = np.random.default_rng(20170721)
    draws = rng.normal(size=(400, 44)) + shift * ranks
    # Normal values: the probability that one is greater is known.
    true = (
        sum(
            m * n * (2 * stats.norm.cdf(shift * step / sqrt(2)) - 1)
            for m, n, step in ((5, 34, 1), (34, 5, 1), (5, 5, 2))
        )
        / 365
    )
    hits = 0
    for values in draws:
        found = association.associate(values, ranks)
        hits += found.low <= true * sqrt(365 / 946) <= found.high
    # Two and a half standard errors around the range that the page gives.
    assert 0.91 - 0.03 <= hits / 400 <= 0.96 + 0.025


@pytest.mark.parametrize("scheme", ["three", "four"])
def test_the_page_says_how_strong_an_association_can_be_seen(scheme):
    sizes = tuple(np.bincount(ratings.groups(scheme).dropna().astype(int)).tolist())
    ranks = np.repeat(range(len(sizes)), sizes)
    signs = np.sign(ranks[:, None] - ranks)
    pairs = int((signs > 0).sum())
    rng = np.random.default_rng(20170721)
    draws = rng.normal(size=(1_500, len(ranks)))
    for level, share in zip((0.05, 0.05 / 17), remarks.DETECTABLE, strict=True):
        needed = association.needed((1,) * len(ranks), sizes, level)
        chances = association.null((1,) * len(ranks), sizes)
        tail = chances[pairs + needed :].sum()
        # Without ties S goes up in steps of two.
        assert chances[pairs + needed - 1] == 0
        assert 2 * tail <= level < 2 * (tail + chances[pairs + needed - 2])
        # Steps between groups at which the share of pairs is what the page says.
        for step in np.arange(0.6, 2, 0.03):
            values = draws + step * ranks
            s = (np.sign(values[:, :, None] - values[:, None, :]) * signs).sum((1, 2)) / 2
            if 0.5 + s.mean() / pairs / 2 >= share:
                break
        assert (np.abs(s) >= needed).mean() == pytest.approx(0.8, abs=0.04)
    if scheme == "three":
        # With an odd number of pairs S is odd: 254 of 365 that go up are S = 143, 253 are S = 141.
        chances = association.null((1,) * 44, sizes)
        ends = [2 * chances[pairs + s :].sum() for s in (141, 143)]
        assert ends == pytest.approx([0.0511, 0.0476], abs=1e-4)
        assert "Of the 365 pairs of footprints rated differently, at least 254 (70%) must go" in remarks.reach(scheme)


def test_holm_by_hand():
    # Smallest first: 0.005 * 4, 0.01 * 3, 0.03 * 2, then 0.04 * 1 which may not be less than the one before.
    assert association.holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert association.holm([0.9, 0.8]) == [1.0, 1.0]
    corrected = [result.corrected for result in family.results("three").values()]
    ps = [result.p for result in family.results("three").values()]
    assert all(p <= q for p, q in zip(ps, corrected, strict=True))
    assert min(corrected) == pytest.approx(17 * min(ps))


@pytest.mark.parametrize("key", ["population", "straddled", "gap"])
def test_the_bounds_are_those_of_all_ways_to_share_the_missing_ratings_out(key):
    codes, advanced = ratings.unknown()
    ways = comb(len(codes), advanced)
    values = family.values(key)
    table = ratings.groups("four").to_frame("rank").assign(value=values)
    known = table["rank"].notna().to_numpy()
    has = table["value"].notna().to_numpy()
    numbers = table["value"].round(9).to_numpy(float)
    signs = np.nan_to_num(np.sign(numbers[:, None] - numbers))
    places = np.flatnonzero(~known)
    ranks = np.tile(np.where(known, table["rank"].to_numpy(), 1), (ways, 1)).astype(np.int8)
    for n, chosen in enumerate(combinations(places, advanced)):
        ranks[n, list(chosen)] = 2
    least, most = 1.0, -1.0
    values_untied = (np.triu(numbers[has][:, None] != numbers[has])).sum()
    for part in np.array_split(ranks, 40):
        differ = np.sign(part[:, :, None] - part[:, None, :])
        s = (differ * signs).sum((1, 2)) / 2
        untied = (np.abs(differ)[:, has][:, :, has]).sum((1, 2), dtype=int) / 2
        tau = s / np.sqrt(untied * float(values_untied))
        least, most = min(least, tau.min()), max(most, tau.max())
    assert family.tau_bounds(key) == pytest.approx((least, most))


def test_the_table_of_leads_by_scipy_and_by_brute_force():
    small = np.array([[3, 0], [1, 2], [0, 2]])
    kinds, groups = np.repeat([0, 1, 2], small.sum(1)), np.repeat([0, 1], small.sum(0))
    seen: dict[tuple, int] = {}
    for order in set(permutations(groups)):
        table = np.zeros((3, 2), int)
        np.add.at(table, (kinds, np.array(order)), 1)
        seen[tuple(table.ravel())] = seen.get(tuple(table.ravel()), 0) + 1
    deals = sum(seen.values())
    strength = stats.contingency.association(small, method="cramer")
    strong = {
        cells: n
        for cells, n in seen.items()
        if stats.contingency.association(np.reshape(cells, small.shape), method="cramer") >= strength - 1e-9
    }
    assert contingency.check(small).p == pytest.approx(sum(strong.values()) / deals)
    assert contingency.check(small).v == pytest.approx(strength)
    assert {tuple(table.ravel()) for table in contingency.tables(small.sum(1), small.sum(0))} == set(seen)

    two = np.array([[8, 2], [1, 5]])
    assert contingency.check(two).p == pytest.approx(stats.fisher_exact(two).pvalue)

    for scheme in ("three", "four"):
        table = family.lead_table(scheme)
        found = family.results(scheme)[LEAD].test
        rows, columns = table.sum(1), table.sum(0)
        every = contingency.tables(rows, columns)
        assert stats.random_table(rows, columns).pmf(every).sum() == pytest.approx(1)
        # With these totals V and chi-squared order the tables alike.
        drawn = stats.chi2_contingency(
            table, correction=False, method=stats.PermutationMethod(n_resamples=9_999, rng=20170721)
        )
        assert drawn.pvalue == pytest.approx(found.p, abs=4 * sqrt(found.p * (1 - found.p) / 9_999))
        chi2 = stats.chi2_contingency(table, correction=False).statistic
        assert found.v == pytest.approx(sqrt(chi2 / table.sum() / (min(table.shape) - 1)))


def dealt(rows: list[int], columns: tuple[int, ...]) -> dict[tuple, int]:
    """Return in how many ways the ratings can be dealt out to each table of lead types, row by row."""
    ways = {((), columns): 1}
    for total in rows:
        further: dict[tuple, int] = {}
        for (made, left), count in ways.items():
            for worst in range(min(total, left[0]) + 1):
                for best in range(min(total - worst, left[2]) + 1):
                    middle = total - worst - best
                    if middle <= left[1]:
                        orders = factorial(total) // (factorial(worst) * factorial(middle) * factorial(best))
                        row = (worst, middle, best)
                        key = (*made, row), tuple(n - m for n, m in zip(left, row, strict=True))
                        further[key] = further.get(key, 0) + count * orders
        ways = further
    return {made: count for (made, _), count in ways.items()}


def test_lead_type_and_rating_from_the_raw_tables_with_exact_fractions():
    kinds = ("provider", "ccg", "local_authority", "independent")
    order = {"needs_most_improvement": 0, "outstanding": 2}
    rated = {row["stp17cd"]: order.get(row["rating"], 1) for row in source("stp_ratings")}
    table = np.zeros((4, 3), int)
    for row in source("stp_leads"):
        table[kinds.index(row["lead_type"]), rated[row["stp17cd"]]] += 1
    rows, columns = table.sum(1).tolist(), tuple(table.sum(0).tolist())

    def chi2(counts) -> Fraction:
        expected = [[Fraction(r * c, 44) for c in columns] for r in rows]
        cells = ((n, e) for line, means in zip(counts, expected, strict=True) for n, e in zip(line, means, strict=True))
        return sum((n - e) ** 2 / e for n, e in cells)

    ways = dealt(rows, columns)
    every, seen = sum(ways.values()), chi2(table.tolist())
    assert every == factorial(44) // (factorial(5) * factorial(34) * factorial(5))
    p = sum(count for counts, count in ways.items() if chi2(counts) >= seen) / every
    found = family.results("three")[LEAD].test
    assert (found.p, found.v) == pytest.approx((p, sqrt(seen / 44 / 2)))
    assert p == pytest.approx(0.0308, abs=5e-5)
    # The other exact test of the table, of Fisher, Freeman and Halton, goes by another statistic: it is not shown.
    rare = ways[tuple(map(tuple, table.tolist()))]
    assert sum(count for count in ways.values() if count <= rare) / every == pytest.approx(0.0595, abs=5e-5)
