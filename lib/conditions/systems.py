"""Another outcome than the rating: when the STP as a whole became a system."""

import pandas as pd

from geo import kept
from lib import catalogue
from lib.care import waves
from lib.conditions import association, contingency, family
from lib.conditions.association import Association
from lib.conditions.contingency import TableTest
from lib.conditions.family import Result
from lib.conditions.measures import LEAD, NUMBERS, values

GROUPS = ("December 2020 or later", "June 2019 to May 2020", "May 2018 or before")
"""Groups of dates, the latest first."""
_STARTS = ("2020-12", "2019-06", "")
RATED = "three"
"""Ratings whose tests are in the same family."""


@kept.once
def groups() -> pd.Series:
    """Return the group of each STP, 0 for the latest, by code in the order of footprint numbers."""
    steps = waves.whole()
    return pd.Series(
        {
            code: next(n for n, start in enumerate(_STARTS) if steps[code].date >= start)
            for code in catalogue.footprints()
        }
    )


@kept.once
def results() -> dict[str, Result]:
    """Test all measures against the date, corrected together with those against the ratings (Holm).

    Returns
    -------
    dict
        Result by key, in the order of `lib.conditions.measures.MEASURES`.
    """
    paired = {key: pd.DataFrame({"value": values(key), "rank": groups()}).dropna() for key in (*NUMBERS, LEAD)}
    tests: dict[str, Association | TableTest] = {key: family.associated(paired[key]) for key in NUMBERS}
    tests[LEAD] = contingency.check(family.by_lead(paired[LEAD], len(GROUPS)))
    rated = [result.p for result in family.results(RATED).values()]
    corrected = association.holm([*(test.p for test in tests.values()), *rated])
    together = len(tests) + len(rated)
    return {key: Result(key, test, p, together) for (key, test), p in zip(tests.items(), corrected, strict=False)}
