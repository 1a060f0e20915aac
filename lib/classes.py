"""Classes of numbers for maps: about as many areas in each, from low to high, and what they are called."""

from collections.abc import Callable

import pandas as pd

from lib.themes import GAP_FILL, GAP_INK, Category

_CLASSES = 5


_RAMP = (
    ("#e4eff9", "#231f20"),
    ("#b4d2ed", "#231f20"),
    ("#7db0dd", "#231f20"),
    ("#3672b0", "#ffffff"),
    ("#0b3f7f", "#ffffff"),
)


def numbered(column: pd.Series) -> pd.Series:
    """Return the number of the class of each value, from 0, missing where it is; ties leave fewer than five."""
    none = column == 0
    if column.min() == 0 and none.sum() > len(column) / _CLASSES:
        # Most areas without any are a class of their own, not the lower end of one.
        some = _quantiles(column[~none], _CLASSES - 1) + 1
        return some.reindex(column.index).where(~none, 0.0).rank(method="dense") - 1
    return _quantiles(column, _CLASSES)


def _quantiles(column: pd.Series, count: int) -> pd.Series:
    if column.nunique() > count:
        column = pd.qcut(column, count, labels=False, duplicates="drop")
    return column.rank(method="dense") - 1


def ranges(column: pd.Series, numbers: pd.Series, full: Callable[[float], str], no_value: str) -> list[Category]:
    """Return the classes of a column from low to high, and one for what has no value.

    Parameters
    ----------
    column, numbers : Series
        Values and the numbers of their classes, see `numbered`.
    full : callable
        Value to text.
    no_value : str
        What a missing value is called.
    """
    count = int(numbers.max()) + 1
    categories = []
    for n in range(count):
        inside = column[numbers == n]
        low, high = full(inside.min()), full(inside.max())
        fill, ink = _RAMP[round(n * (len(_RAMP) - 1) / max(count - 1, 1))]
        categories.append(Category(str(n), low if low == high else f"{low} to {high}", fill, ink))
    if column.isna().any():
        categories.append(Category("gap", no_value.capitalize(), GAP_FILL, GAP_INK, "–", "gap"))
    return categories
