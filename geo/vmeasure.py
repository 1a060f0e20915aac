"""The V-measure: one number for how well two groupings of the same blocks agree."""

import numpy as np
import pandas as pd

# Shares are quotients of sums: 19/20 must pass for 1 - 0.05, and square
# kilometres added in another order for all of an area. One resident is 2e-8 of England.
ROUNDING = 1e-9


def rest(everything: np.ndarray | float, part: np.ndarray | float) -> np.ndarray:
    """Subtract a part; what only rounding leaves over is nothing."""
    left = np.asarray(everything - part)
    return np.where(left > everything * ROUNDING, left, 0)


def contingency(table: pd.DataFrame, whole_a: pd.Series, whole_b: pd.Series, everything: float) -> np.ndarray:
    """Return the weight by area of a and area of b as a matrix.

    Parameters
    ----------
    table : DataFrame
        Overlap table.
    whole_a, whole_b : Series
        Weight of every area, by code.
    everything : float
        Weight of England.

    Returns
    -------
    ndarray, shape (areas of a + 1, areas of b + 1)
        The last row and column hold what is outside the layer.
    """
    matrix = np.zeros((len(whole_a) + 1, len(whole_b) + 1))
    rows, columns = whole_a.index.get_indexer(table["a_code"]), whole_b.index.get_indexer(table["b_code"])
    matrix[rows, columns] = table["weight"]
    matrix[:-1, -1] = rest(whole_a.to_numpy(dtype=float), matrix[:-1].sum(axis=1))
    matrix[-1, :-1] = rest(whole_b.to_numpy(dtype=float), matrix[:, :-1].sum(axis=0))
    matrix[-1, -1] = rest(everything, matrix.sum())
    return matrix


def v_measure(matrix: np.ndarray) -> tuple[float, float, float]:
    """Return homogeneity, completeness and V-measure of a contingency matrix.

    Homogeneity is 1 - H(b|a) / H(b) and completeness 1 - H(a|b) / H(a), each
    1 where the denominator is 0; the V-measure is their harmonic mean, with
    both counted alike (Rosenberg and Hirschberg 2007; on maps: Nowosad and
    Stepinski 2018).

    Parameters
    ----------
    matrix : ndarray, shape (areas of a, areas of b)
        Weights, at least 0.
    """
    joint = matrix / matrix.sum()
    entropy_a, entropy_b = _entropy(joint.sum(axis=1)), _entropy(joint.sum(axis=0))
    information = entropy_a + entropy_b - _entropy(joint)
    homogeneity, completeness = (
        float(np.clip(information / entropy, 0, 1)) if entropy > 0 else 1.0 for entropy in (entropy_b, entropy_a)
    )
    both = homogeneity + completeness
    return homogeneity, completeness, 2 * homogeneity * completeness / both if both else 0.0


def _entropy(shares: np.ndarray) -> float:
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum())
