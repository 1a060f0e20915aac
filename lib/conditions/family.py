"""All measures tested together, corrected for looking at many."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo import kept
from lib.catalogue import LEAD_TYPES
from lib.conditions import association, contingency, ratings
from lib.conditions.association import Association
from lib.conditions.contingency import TableTest
from lib.conditions.measures import LEAD, MEASURES, NUMBERS, choices, values

# Sums in another order must not break ties.
_DECIMALS = 9


@dataclass(frozen=True)
class Result:
    """A measure's test, and its p-value corrected for the size of the family."""

    key: str
    test: Association | TableTest
    corrected: float
    tests: int

    @property
    def p(self) -> float:
        """The p-value before correction."""
        return self.test.p

    @property
    def association(self) -> Association:
        """The test of a measure that orders the footprints; raises `TypeError` for the lead type, which does not."""
        if not isinstance(self.test, Association):
            raise TypeError(f"{self.key} does not order the footprints")
        return self.test


def pair_up(key: str, scheme: str) -> pd.DataFrame:
    """Return ``value`` and ``rank`` of every STP that has both, by code."""
    return pd.DataFrame({"value": values(key), "rank": ratings.groups(scheme)}).dropna()


def measured(key: str, scheme: str, weight: str, tolerance: float, way: str | None = None) -> Association:
    """Test one measure that orders the footprints."""
    return _measured(key, scheme, *choices(key, weight, tolerance), way)


@kept.within(1)
def _measured(key: str, scheme: str, weight: str, tolerance: float, way: str | None) -> Association:
    # Both in the order of footprint numbers.
    numbers, ranks = _numbers(key, weight, tolerance, way), ratings.groups(scheme).to_numpy(float)
    known = ~np.isnan(numbers) & ~np.isnan(ranks)
    return association.associate(numbers[known], ranks[known])


def _numbers(key: str, weight: str, tolerance: float, way: str | None = None) -> np.ndarray:
    """Return what a measure that orders the footprints says of each, missing as NaN; see `associated`."""
    return values(key, weight, tolerance, way).to_numpy(float).round(_DECIMALS)


def associated(table: pd.DataFrame) -> Association:
    """Test ``value`` against ``rank``, both numbers, as `pair_up` gives them."""
    return association.associate(table["value"].round(_DECIMALS).to_numpy(float), table["rank"].to_numpy(int))


@kept.once
def lead_table(scheme: str) -> np.ndarray:
    """Return the number of STPs by lead type and group of ratings, worst group first."""
    return by_lead(pair_up(LEAD, scheme), len(ratings.SCHEMES[scheme].groups))


def by_lead(table: pd.DataFrame, groups: int) -> np.ndarray:
    """Return the number of STPs by lead type (``value``) and group (``rank``, from 0 on)."""
    wide = pd.crosstab(table["value"], table["rank"])
    return wide.reindex(index=list(LEAD_TYPES), columns=range(groups), fill_value=0).to_numpy()


@kept.within(4)
def results(scheme: str, weight: str = "population", tolerance: float = 0.0) -> dict[str, Result]:
    """Test all measures and correct their p-values together (Holm).

    Parameters
    ----------
    scheme : str
        One of `lib.conditions.ratings.SCHEMES`.
    weight : str
        One of `geo.blocks.WEIGHTS`.
    tolerance : float
        Per cent.

    Returns
    -------
    dict
        Result by key, in the order of `lib.conditions.measures.MEASURES`.
    """
    tests: dict[str, Association | TableTest] = {key: measured(key, scheme, weight, tolerance) for key in NUMBERS}
    tests[LEAD] = _lead_test(scheme)
    corrected = association.holm([test.p for test in tests.values()])
    return {key: Result(key, test, p, len(MEASURES)) for (key, test), p in zip(tests.items(), corrected, strict=True)}


@kept.once
def _lead_test(scheme: str) -> TableTest:
    return contingency.check(lead_table(scheme))


def tau_bounds(key: str, weight: str = "population", tolerance: float = 0.0) -> tuple[float, float]:
    """Return the least and greatest tau-b over four classes, whatever the ratings not established were.

    All assignments that give the published totals are considered; the
    inferred ratings are taken as right.
    """
    return _tau_bounds(key, *choices(key, weight, tolerance))


@kept.within(1)
def _tau_bounds(key: str, weight: str, tolerance: float) -> tuple[float, float]:
    number = _numbers(key, weight, tolerance)
    known = ~np.isnan(number)
    places = np.unique(number[known], return_inverse=True)[1]
    return _bounds(places.astype(int).tobytes(), known.tobytes())


@kept.within(1)
def _bounds(values_in_order: bytes, known: bytes) -> tuple[float, float]:
    """Return `tau_bounds` of places by value and of which footprints have one, both as the bytes of an array."""
    number, have = np.frombuffer(values_in_order, int), np.frombuffer(known, bool)
    ranks, unknown = ratings.completed([])[have], ratings.groups("four").isna().to_numpy()[have]
    codes, advanced = ratings.unknown()
    # Where a footprint has no value, it may have been any of the two.
    absent = len(codes) - int(unknown.sum())
    extremes = []
    for better in range(max(0, advanced - absent), min(advanced, int(unknown.sum())) + 1):
        low, high = association.bounds(number, ranks, unknown, better, (1, 2))
        final = np.concatenate([ranks[~unknown], [2] * better, [1] * (int(unknown.sum()) - better)])
        untied = [(np.triu(part[:, None] != part)).sum() for part in (number, final)]
        scale = np.sqrt(float(untied[0]) * float(untied[1]))
        extremes += [low / scale, high / scale]
    return min(extremes), max(extremes)
