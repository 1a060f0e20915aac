"""One question answered in every way it could have been asked: weight, tolerance, measure and ratings."""

from itertools import product
from typing import Protocol

import pandas as pd

from geo import blocks, kept
from lib.conditions import family, ratings
from lib.conditions.contingency import TableTest
from lib.conditions.measures import LEAD, MEASURES
from lib.conditions.verdicts import footprints

TOLERANCES = (0.0, 1.0, 2.0, 5.0, 10.0)
COLUMNS = ["way", "weight", "tolerance", "scheme", "n", "tau", "p"]


@kept.within(2)
def universe(key: str) -> pd.DataFrame:
    """Test one measure in every way.

    Parameters
    ----------
    key : str
        One of `lib.conditions.measures.MEASURES`.

    Returns
    -------
    DataFrame
        `COLUMNS`, a row a way, sorted by tau: how it is measured, weight and
        tolerance (missing where they make no difference), ratings used
        (key of `lib.conditions.ratings.SCHEMES`), number of footprints,
        tau-b (Cramér's V for the lead type) and exact p-value, not
        corrected.
    """
    measure = MEASURES[key]
    weights = list(blocks.WEIGHTS) if "weight" in measure.uses else [None]
    tolerances = TOLERANCES if "tolerance" in measure.uses else [None]
    rows = []
    for way, weight, tolerance, scheme in product(measure.ways, weights, tolerances, ratings.SCHEMES):
        if key == LEAD:
            test = family.results(scheme)[LEAD].test
        else:
            test = family.measured(key, scheme, weight or "population", tolerance or 0.0, way)
        strength = test.v if isinstance(test, TableTest) else test.tau
        row = footprints(test), strength, test.p
        rows.append((way, weight, tolerance, scheme, *row))
    return pd.DataFrame(rows, columns=COLUMNS).sort_values("tau", kind="stable", ignore_index=True)


class Choices(Protocol):
    """A row of a `universe`; weight and tolerance are missing where they make no difference."""

    way: str
    weight: str
    tolerance: float
    scheme: str


def described(row: Choices, key: str) -> str:
    """Return the choices of a row in words."""
    parts = [ratings.SCHEMES[row.scheme].title]
    if len(MEASURES[key].ways) > 1:
        parts.append(row.way)
    if not pd.isna(row.weight):
        parts.append(f"counted in {blocks.WEIGHTS[row.weight]}")
    if not pd.isna(row.tolerance):
        parts.append(f"{row.tolerance:g}% tolerance")
    return "; ".join(parts)


@kept.once
def summary(key: str, level: float) -> str:
    """Return in a sentence or two how the answer varies."""
    table = universe(key)
    total, passing = len(table), int((table["p"] < level).sum())
    if key == LEAD:
        lead = f"With the {total} selections of ratings Cramér's V runs from {table['tau'].min():.2f} to "
        start = f"{lead}{table['tau'].max():.2f}."
    else:
        low, high = table["tau"].min(), table["tau"].max()
        above, below = int((table["tau"] > 0).sum()), int((table["tau"] < 0).sum())
        start = (
            (
                f"Asked in {total} ways, tau-b runs from {low:.2f} to {high:.2f}: above zero in {above}, "
                f"below in {below}."
            )
            .replace("-", "−")
            .replace("tau−b", "tau-b")
        )
    passed = "None of them has" if not passing else f"{passing} of them {'has' if passing == 1 else 'have'}"
    return (
        f"{start} {passed} an exact p-value under {level:g} before any correction. The ways overlap heavily: they are "
        "no independent tests, and to pick one after seeing them all is no test."
    )
