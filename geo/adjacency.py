"""Which pieces share a border, and so which areas of any grouping do."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import shapely

from geo import kept, paths

ADJACENCY = paths.DATA / "adjacency.csv"


def shared_borders(names: np.ndarray, polygons: np.ndarray) -> pd.DataFrame:
    """Return the pairs of polygons of a coverage that share a border.

    Parameters
    ----------
    names : ndarray
        Name of each polygon.
    polygons : ndarray
        Coverage in metres: neighbours share their edges exactly.

    Returns
    -------
    DataFrame
        ``piece_a``, ``piece_b`` (a before b) and ``border_km`` (kilometres,
        two decimals), sorted by both. Polygons that only touch in a point
        share no border.
    """
    left, right = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    left, right = left[left < right], right[left < right]
    edges = shapely.boundary(polygons)
    kilometres = shapely.length(shapely.intersection(edges[left], edges[right])) / 1000
    table = pd.DataFrame({"piece_a": names[left], "piece_b": names[right], "border_km": kilometres.round(2)})
    return table[kilometres > 0].sort_values(["piece_a", "piece_b"], ignore_index=True)


@kept.once
def borders() -> pd.DataFrame:
    """Return the pairs of pieces that share a border, see `shared_borders`."""
    return pd.read_csv(ADJACENCY)


def neighbours(groups: Mapping[str, str]) -> pd.DataFrame:
    """Return which groups of pieces share a border.

    Parameters
    ----------
    groups : mapping
        Group of each piece.

    Returns
    -------
    DataFrame
        ``a``, ``b`` (both directions) and ``border_km``, sorted by a and
        falling length.
    """
    table = borders()
    names = table["piece_a"].to_numpy(dtype=object), table["piece_b"].to_numpy(dtype=object)
    group_of = groups.to_dict() if isinstance(groups, pd.Series) else groups
    left, right = ([group_of.get(piece) for piece in side] for side in names)
    lengths: dict[tuple[str, str], float] = {}
    for a, b, km in zip(left, right, table["border_km"].tolist(), strict=True):
        # Pieces that are in no group have no neighbours.
        if a != b and isinstance(a, str) and isinstance(b, str):
            for pair in ((a, b), (b, a)):
                lengths[pair] = lengths.get(pair, 0.0) + km
    ordered = sorted(lengths.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    return pd.DataFrame([(*pair, km) for pair, km in ordered], columns=["a", "b", "border_km"])
