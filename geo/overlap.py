"""How two layers overlap, measured in residents, square kilometres or LSOAs.

Shares come from the building blocks, never from intersecting outlines:
generalised outlines of neighbours that share an edge on the ground do not
share it on the map, and each such place would look like an overlap.
"""

from collections.abc import Mapping

import pandas as pd

from geo import blocks as building_blocks
from geo.blocks import check_weight, layer, names

COLUMNS = ["a_code", "a_name", "b_code", "b_name", "weight", "share_of_a", "share_of_b", "jaccard"]


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
    return of_groupings(blocks[a], blocks[b], blocks[weight], names(a), names(b))


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
    total_a, total_b = weight.groupby(a, observed=True).sum(), weight.groupby(b, observed=True).sum()
    pairs = weight.groupby([a.rename("a_code"), b.rename("b_code")], observed=True).sum()
    table = pairs.rename("weight").reset_index().astype({"a_code": "str", "b_code": "str"})
    whole_a, whole_b = table["a_code"].map(total_a), table["b_code"].map(total_b)
    table["a_name"], table["b_name"] = table["a_code"].map(names_a), table["b_code"].map(names_b)
    # An area without any of the weight shares nothing of it: 0, not 0 / 0.
    table["share_of_a"] = (table["weight"] / whole_a).fillna(0.0)
    table["share_of_b"] = (table["weight"] / whole_b).fillna(0.0)
    table["jaccard"] = (table["weight"] / (whole_a + whole_b - table["weight"])).fillna(0.0)
    return table[COLUMNS].sort_values(["a_code", "b_code"], ignore_index=True)
