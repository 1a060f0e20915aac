"""Association between kinds that have no order and the ratings: the exact test on their table."""

from dataclasses import dataclass
from itertools import product

import numpy as np

from lib.conditions.association import shared_out


@dataclass(frozen=True)
class TableTest:
    """Result of a test on a table of counts.

    Attributes
    ----------
    table : tuple of tuple of int
        Counts: a row a kind, a column a group of ratings.
    p : float
        Exact p-value of V.
    v : float
        Cramér's V, 0 for no association, 1 for the closest.
    """

    table: tuple[tuple[int, ...], ...]
    p: float
    v: float


def check(table: np.ndarray) -> TableTest:
    """Test whether kinds and ratings are independent.

    The p-value adds up the probability of every table with these totals in
    which Cramér's V is at least as large, if the ratings are dealt out at
    random.

    Parameters
    ----------
    table : ndarray of int, shape (kinds, groups)
        Rows and columns without any count are ignored.
    """
    full = table[np.ix_(table.sum(axis=1) > 0, table.sum(axis=0) > 0)]
    rows, columns = full.sum(axis=1), full.sum(axis=0)
    every = tables(rows, columns)
    # Equally strong tables must not differ by rounding.
    strong = cramers_v(every) >= cramers_v(full[None])[0] - 1e-9
    p = _chances(every[strong], rows, columns).sum()
    counts = tuple(tuple(int(n) for n in row) for row in table)
    return TableTest(counts, float(min(p, 1.0)), float(cramers_v(full[None])[0]))


def _chances(every: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return how probable tables of counts with these totals are (Fisher 1935), shape (tables,)."""
    # The statistics that come with SciPy know this too, and take 50 MB.
    from scipy.special import gammaln

    totals = gammaln(rows + 1).sum() + gammaln(columns + 1).sum() - gammaln(rows.sum() + 1)
    return np.exp(totals - gammaln(every + 1).sum(axis=(1, 2)))


def cramers_v(tables: np.ndarray) -> np.ndarray:
    """Return Cramér's V of tables of counts, shape (tables, rows, columns), none of whose totals is zero."""
    rows, columns = tables.sum(axis=2, keepdims=True), tables.sum(axis=1, keepdims=True)
    number = tables.sum(axis=(1, 2), keepdims=True)
    expected = rows * columns / number
    chi2 = ((tables - expected) ** 2 / expected).sum(axis=(1, 2))
    degrees = min(tables.shape[1:]) - 1
    return np.sqrt(chi2 / number[:, 0, 0] / degrees) if degrees else np.zeros(len(tables))


def tables(rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Return every table of counts with these row and column totals, shape (tables, rows, columns)."""
    # The largest column follows from the others.
    last = int(np.argmax(columns))
    others = [n for n in range(len(columns)) if n != last]
    filled = (list(shared_out(int(columns[n]), tuple(rows.tolist()))) for n in others)
    chosen = np.array(list(product(*filled)), dtype=np.int64)
    left = rows - chosen.sum(axis=1)
    fits = (left >= 0).all(axis=1)
    counts = np.empty((int(fits.sum()), len(rows), len(columns)), dtype=np.int64)
    counts[:, :, others] = chosen[fits].transpose(0, 2, 1)
    counts[:, :, last] = left[fits]
    return counts
