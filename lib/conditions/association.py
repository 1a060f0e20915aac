"""Ordinal association between a measure and the ratings: tau-b, an exact p-value and an interval.

All three come from one count: of the pairs of footprints that were rated
differently, in how many the better-rated one has more of the measure, and in
how many less. Their difference is Kendall's S, on which the test of Jonckheere
and Terpstra rests too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import factorial, prod

import numpy as np

from geo import kept

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Association:
    """How a measure goes with the ratings.

    Attributes
    ----------
    sizes : tuple of int
        Footprints in each group of ratings, worst first.
    more, less, same : int
        Pairs rated differently in which the better-rated footprint has more,
        less or as much of the measure.
    tau : float
        Kendall's tau-b.
    low, high : float
        Interval for tau-b; missing (NaN) where it cannot be formed.
    p : float
        Exact two-sided permutation p-value.
    """

    sizes: tuple[int, ...]
    more: int
    less: int
    same: int
    tau: float
    low: float
    high: float
    p: float

    @property
    def n(self) -> int:
        """Number of footprints."""
        return sum(self.sizes)

    @property
    def pairs(self) -> int:
        """Number of pairs rated differently."""
        return self.more + self.less + self.same


def associate(values: np.ndarray, ranks: np.ndarray) -> Association:
    """Measure and test how values go with ranks.

    Parameters
    ----------
    values, ranks : ndarray
        Of the same footprints, none missing; a higher rank is a better rating.
    """
    # Values count by their order alone, which other weights and tolerances often leave as it is.
    places = np.unique(values, return_inverse=True)[1]
    return _associate(places.astype(int).tobytes(), ranks.astype(int).tobytes())


@kept.within(2)
def _associate(values_in_order: bytes, ranks_in_order: bytes) -> Association:
    """Return `associate` of places by value and of ranks, both as the bytes of an array of int."""
    values, ranks = np.frombuffer(values_in_order, int), np.frombuffer(ranks_in_order, int)
    signs = np.sign(values[:, None] - values) * np.sign(ranks[:, None] - ranks)
    differ = ranks[:, None] != ranks
    more, less, pairs = (int(part.sum()) // 2 for part in (signs > 0, signs < 0, differ))
    untied = int((values[:, None] != values).sum()) // 2
    tau = float((more - less) / np.sqrt(untied) / np.sqrt(pairs)) if untied and pairs else 0.0
    sizes = tuple(np.unique(ranks, return_counts=True)[1].tolist())
    ties = tuple(np.bincount(values).tolist())
    scale = float(np.sqrt(pairs / untied)) if untied else 0.0
    low, high = np.clip(np.multiply(_interval(signs, differ, ranks), scale), -1, 1).tolist()
    p = exact_p(more - less, ties, sizes)
    return Association(sizes, more, less, pairs - more - less, tau, low, high, p)


def exact_p(s: int, ties: tuple[int, ...], sizes: tuple[int, ...]) -> float:
    """Return how probable it is that ratings dealt out at random give an S as far out: twice the smaller tail."""
    chances = null(ties, sizes)
    middle = len(chances) // 2
    low, high = chances[: middle + s + 1].sum(), chances[middle + s :].sum()
    return float(min(1.0, 2 * min(low, high)))


@kept.within(2)
def null(ties: tuple[int, ...], sizes: tuple[int, ...]) -> np.ndarray:
    """Return the exact distribution of S if the ratings are dealt out at random.

    Every way to deal them out counts once: 44 ratings in groups of 5, 34 and
    5 can be dealt out in 6e11 ways. They are counted value by value, from the
    lowest up: what matters of a start is how many of each group it used and
    the S it reached.

    Parameters
    ----------
    ties : tuple of int
        Number of footprints at each distinct value, lowest first.
    sizes : tuple of int
        Number of footprints in each group of ratings, worst first.

    Returns
    -------
    ndarray
        Probability of each S from minus to plus the number of pairs rated
        differently.
    """
    number, largest = sum(sizes), int(np.argmax(sizes))
    most = (number**2 - sum(size**2 for size in sizes)) // 2
    # A row of counts by S for each start: how many of the largest group it used follows from the others.
    others = [group for group in range(len(sizes)) if group != largest]
    strides, length = [], 2 * most + 1
    for group in others:
        # What a value adds to S grows evenly with what a start used: rows that are a little nearer to each other, or
        # farther apart, are all shifted at once. With so much room between them they never meet.
        strides.append(length + 2 * number)
        length = (sizes[group] + 1) * (strides[-1] + 2 * number)
    origin = 3 * number**2

    def starts(counts: np.ndarray, first: int, used: list[int], apart: list[int]) -> np.ndarray:
        """Return a view of the rows of all starts that used at most so many of the other groups, from the first on."""
        shape, steps = [*(n + 1 for n in used), 2 * most + 1], [8 * step for step in (*apart, 1)]
        return np.ndarray(shape, float, counts, 8 * first, steps)

    reached, done = np.zeros(2 * origin + length), 0
    reached[origin + most] = 1.0
    for tied in ties:
        further = np.zeros_like(reached)
        for added in shared_out(tied, sizes):
            orders = factorial(tied) // prod(factorial(n) for n in added)
            # What S gains by each footprint of a group that a start used.
            gains = [sum(added[group + 1 :]) - sum(added[:group]) for group in range(len(sizes))]
            used = [min(sizes[group] - added[group], done) for group in others]
            first = origin + done * gains[largest]
            first += sum(added[group] * stride for group, stride in zip(others, strides, strict=True))
            apart = [stride + gains[group] - gains[largest] for group, stride in zip(others, strides, strict=True)]
            counts = starts(further, first, used, apart)
            counts += orders * starts(reached, origin, used, strides)
        reached, done = further, done + tied
    last = origin + sum(sizes[group] * stride for group, stride in zip(others, strides, strict=True))
    ways = reached[last : last + 2 * most + 1]
    return ways / ways.sum()


def shared_out(number: int, room: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield every way to share a number out between groups that have so much room."""
    if len(room) == 1:
        if number <= room[0]:
            yield (number,)
        return
    for first in range(min(number, room[0]) + 1):
        for rest in shared_out(number - first, room[1:]):
            yield (first, *rest)


def _interval(signs: np.ndarray, differ: np.ndarray, ranks: np.ndarray) -> tuple[float, float]:
    """Return an interval for S over the number of pairs rated differently (Somers' D of the measure on the ratings).

    Each footprint is left out once, within its group of ratings; the
    variances of the groups add up. The interval is formed on Fisher's scale
    with Student's t and Satterthwaite's degrees of freedom.
    """
    # The statistics that come with SciPy know Student's t by the same function, and take 50 MB.
    from scipy.special import stdtrit

    s, pairs = signs.sum() / 2, differ.sum() / 2
    without = (s - signs.sum(axis=1)) / np.maximum(pairs - differ.sum(axis=1), 1)
    parts = []
    for group in np.unique(ranks):
        left_out = without[ranks == group]
        if len(left_out) > 1:
            parts.append((float(np.var(left_out)) * (len(left_out) - 1), len(left_out) - 1))
    variance, d = sum(part for part, _ in parts), s / pairs
    if variance == 0 or abs(d) >= 1:
        return np.nan, np.nan
    freedom = variance**2 / sum(part**2 / degrees for part, degrees in parts)
    reach = stdtrit(freedom, (1 + CONFIDENCE) / 2) * np.sqrt(variance) / (1 - d**2)
    return float(np.tanh(np.arctanh(d) - reach)), float(np.tanh(np.arctanh(d) + reach))


def holm(ps: list[float]) -> list[float]:
    """Return p-values corrected for the number of tests (Holm 1979), in the order given."""
    order = np.argsort(ps, kind="stable")
    steps = np.asarray(ps)[order] * np.arange(len(ps), 0, -1)
    corrected = np.empty(len(ps))
    corrected[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return corrected.tolist()


def needed(ties: tuple[int, ...], sizes: tuple[int, ...], level: float) -> int:
    """Return the smallest S above 0 that can come about and whose two-sided exact p-value is no larger than a level.

    Without ties S is odd if the number of pairs is, and even if it is even.
    """
    chances = null(ties, sizes)
    tails = np.cumsum(chances[::-1])[::-1]
    middle = len(chances) // 2
    passes = (2 * tails <= level) & (chances > 0)
    return int(np.flatnonzero(passes[middle + 1 :])[0]) + 1


def bounds(
    values: np.ndarray, known: np.ndarray, unknown: np.ndarray, better: int, ranks: tuple[int, int]
) -> tuple[int, int]:
    """Return the least and greatest S if some ranks are only known to be one of two.

    Parameters
    ----------
    values : ndarray
        Of all footprints.
    known : ndarray
        Their ranks; anything where unknown.
    unknown : ndarray of bool
        Where the rank is one of two neighbouring ones.
    better : int
        How many of the unknown have the better of the two.
    ranks : (int, int)
        The worse and the better of the two; no other rank lies between them.

    Returns
    -------
    (int, int)
        Exact: pairs of unknowns count by their values alone, since pairs with
        the same rank cancel out, so each unknown adds its own share to S and
        the extremes come from sorting these.
    """
    worse, upper = ranks
    signs = np.sign(values[:, None] - values)
    base = np.where(unknown, worse, known)
    s = (signs * np.sign(base[:, None] - base)).sum() / 2
    fixed = ~unknown
    # What one unknown adds by rising: towards the known of either rank, and towards the unknowns that stay.
    gain = signs[np.ix_(unknown, fixed)] @ (np.sign(upper - known[fixed]) - np.sign(worse - known[fixed]))
    gain = gain + signs[np.ix_(unknown, unknown)].sum(axis=1)
    ordered = np.sort(gain)
    return round(s + ordered[:better].sum()), round(s + ordered[len(ordered) - better :].sum())
