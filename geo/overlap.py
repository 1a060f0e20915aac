"""How two layers overlap, measured in residents, square kilometres or LSOAs.

Shares come from the building blocks, never from intersecting outlines:
generalised outlines of neighbours that share an edge on the ground do not
share it on the map, and each such place would look like an overlap.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from geo import blocks as building_blocks
from geo import kept
from geo.blocks import check_weight, layer, name_by_code

COLUMNS = ["a_code", "a_name", "b_code", "b_name", "weight", "share_of_a", "share_of_b", "jaccard"]


@kept.within(6)
def overlap(a: str, b: str, weight: str = "population") -> pd.DataFrame:
    """Return how much each area of one layer shares with each area of another.

    Parameters
    ----------
    a, b : str
        Layers, see `geo.blocks.LAYERS`.
    weight : str
        What is summed, see `geo.blocks.WEIGHTS`.

    Returns
    -------
    DataFrame
        One row for each pair that has an LSOA in common, sorted by code:
        codes and names of both, ``weight`` (in the weight's unit) of what
        they share, ``share_of_a`` and ``share_of_b`` (0 to 1, of each area's
        whole weight) and ``jaccard`` (shared weight over the weight of both
        together; Jaccard 1901). Shares of an area sum to 1 unless part of it
        lies outside the other layer, as with ``acs17``.

    Raises
    ------
    UnknownNameError
        If a layer or the weight does not exist.
    """
    layer(a), layer(b), check_weight(weight)
    blocks = building_blocks.load()
    return of_groupings(blocks[a], blocks[b], blocks[weight], name_by_code(a), name_by_code(b))


def of_groupings(
    a: pd.Series, b: pd.Series, weight: pd.Series, names_a: Mapping[str, str], names_b: Mapping[str, str]
) -> pd.DataFrame:
    """Return how much the areas of any two groupings share.

    Parameters
    ----------
    a, b : Series
        Code of the area that each unit belongs to, missing where it belongs
        to none.
    weight : Series
        Of each unit, same index.
    names_a, names_b : mapping
        Names by code.

    Returns
    -------
    DataFrame
        As for `overlap`.
    """
    number_a, codes_a = pd.factorize(a, sort=True)
    number_b, codes_b = pd.factorize(b, sort=True)
    weights = weight.to_numpy()
    total_a, total_b = (
        _sums(numbers, weights, len(codes)) for numbers, codes in ((number_a, codes_a), (number_b, codes_b))
    )
    both = np.flatnonzero((number_a >= 0) & (number_b >= 0))
    place = number_a[both] * len(codes_b) + number_b[both]
    # Areas are some hundreds: to count all pairs that there could be takes less than to sort those of the units.
    possible = len(codes_a) * len(codes_b)
    pairs = np.flatnonzero(np.bincount(place, minlength=possible))
    shared = _sums(place, weights[both], possible)[pairs]
    first, second = np.divmod(pairs, max(len(codes_b), 1))
    whole_a, whole_b = total_a[first], total_b[second]
    labels_a, labels_b = np.asarray(codes_a, dtype=object), np.asarray(codes_b, dtype=object)
    return pd.DataFrame(
        {
            "a_code": pd.array(labels_a[first], dtype="str"),
            "a_name": pd.array(np.array([names_a[code] for code in labels_a], dtype=object)[first], dtype="str"),
            "b_code": pd.array(labels_b[second], dtype="str"),
            "b_name": pd.array(np.array([names_b[code] for code in labels_b], dtype=object)[second], dtype="str"),
            "weight": shared,
            "share_of_a": _part(shared, whole_a),
            "share_of_b": _part(shared, whole_b),
            "jaccard": _part(shared, whole_a + whole_b - shared),
        }
    )


def _sums(groups: np.ndarray, weights: np.ndarray, many: int) -> np.ndarray:
    """Return the weight of each group; what belongs to none has the number -1."""
    inside = groups >= 0
    sums = np.bincount(groups[inside], weights[inside], many)
    # Residents and LSOAs are whole numbers, far below what a float holds exactly.
    return sums.astype(weights.dtype)


def _part(shared: np.ndarray, whole: np.ndarray) -> np.ndarray:
    # An area without any of the weight shares nothing of it: 0, not 0 / 0.
    return np.divide(shared, whole, out=np.zeros(len(shared)), where=whole != 0)
