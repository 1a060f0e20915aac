"""All measures tested together, corrected for looking at many."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo import kept
from lib.catalogue import LEAD_TYPES
from lib.conditions import association, contingency, ratings
from lib.conditions.association import Association
from lib.conditions.contingency import TableTest
from lib.conditions.measures import LEAD, MEASURES, NUMBERS, values


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


def pair_up(
    key: str, scheme: str, weight: str = "population", tolerance: float = 0.0, way: str | None = None
) -> pd.DataFrame:
    """Return ``value`` and ``rank`` of every STP that has both, by code."""
    table = pd.DataFrame({"value": values(key, weight, tolerance, way), "rank": ratings.groups(scheme)})
    return table.dropna()


def measured(key: str, scheme: str, weight: str, tolerance: float, way: str | None = None) -> Association:
    """Test one measure that orders the footprints."""
    return associated(pair_up(key, scheme, weight, tolerance, way))


def associated(table: pd.DataFrame) -> Association:
    """Test ``value`` against ``rank``, both numbers, as `pair_up` gives them."""
    # Sums in another order must not break ties.
    return association.associate(table["value"].round(9).to_numpy(float), table["rank"].to_numpy(int))


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
    tests[LEAD] = contingency.check(lead_table(scheme))
    corrected = association.holm([test.p for test in tests.values()])
    return {key: Result(key, test, p, len(MEASURES)) for (key, test), p in zip(tests.items(), corrected, strict=True)}


@kept.within(1)
def tau_bounds(key: str, weight: str = "population", tolerance: float = 0.0) -> tuple[float, float]:
    """Return the least and greatest tau-b over four classes, whatever the ratings not established were.

    All assignments that give the published totals are considered; the
    inferred ratings are taken as right.
    """
    table = pd.DataFrame({"value": values(key, weight, tolerance), "rank": ratings.completed([])})
    missing = ratings.groups("four").isna() & table["value"].notna()
    codes, advanced = ratings.unknown()
    table = table.dropna()
    unknown = missing.loc[table.index].to_numpy()
    number, ranks = table["value"].round(9).to_numpy(float), table["rank"].to_numpy(int)
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
