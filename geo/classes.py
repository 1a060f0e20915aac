"""Coterminosity classes of an overlap table, and the number of split areas by tolerance.

A *tolerance* t says how much of an area may lie elsewhere before that counts.
It is a fraction, at least 0 and below a half, so that no area can be the same
as two others. Both ends are inclusive: a share of exactly 1 - t is whole, a
part of exactly t is no sliver.

A layer need not cover England (``acs17`` does not). What lies outside it
counts as outside: it is part of no partner, so it makes an area split just as
a second partner would.
"""

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd

from geo.vmeasure import ROUNDING, rest

PAIR_CLASSES = ("same", "a_within_b", "b_within_a", "partial", "sliver")
AREA_CLASSES = ("same", "union_of_whole", "within_one", "split", "outside")
AREA_COLUMNS = [
    *("code", "name", "class", "partner_code", "partner_name", "share_in_partner", "share_of_partner"),
    *("partners", "partners_over_tolerance", "weight", "weight_outside_partner", "weight_outside_layer"),
]


class ToleranceError(ValueError):
    """A tolerance that is no number, negative, or a half and more."""

    def __init__(self, tolerance: object):
        super().__init__(f"tolerance {tolerance!r} is not at least 0 and below 0.5")


def check_tolerance(tolerance: float) -> None:
    """Raise `ToleranceError` unless `tolerance` is at least 0 and below a half."""
    try:
        sound = 0 <= float(tolerance) < 0.5
    except (TypeError, ValueError):
        sound = False
    if not sound:
        raise ToleranceError(tolerance)


def pair_classes(table: pd.DataFrame, tolerance: float) -> pd.Series:
    """Return the class of each pair of an overlap table.

    Parameters
    ----------
    table : DataFrame
        With ``weight``, ``share_of_a`` and ``share_of_b``.
    tolerance : float
        Fraction t, 0 <= t < 0.5.

    Returns
    -------
    Series
        One of `PAIR_CLASSES`: ``same`` if both shares are at least 1 - t,
        ``a_within_b`` or ``b_within_a`` if one is, ``sliver`` if both are
        below t or the pair shares LSOAs but none of the weight, otherwise
        ``partial``.

    Raises
    ------
    ToleranceError
        If the tolerance is out of range.
    """
    check_tolerance(tolerance)
    shares = table[["share_of_a", "share_of_b"]].to_numpy()
    whole = shares >= 1 - tolerance - ROUNDING
    sliver = (shares < tolerance - ROUNDING).all(axis=1) | (table["weight"] == 0).to_numpy()
    cases = [whole.all(axis=1), whole[:, 0], whole[:, 1], sliver]
    return pd.Series(np.select(cases, [*PAIR_CLASSES[:3], "sliver"], "partial"), index=table.index, dtype="str")


def area_classes(table: pd.DataFrame, whole: pd.DataFrame, tolerance: float) -> pd.DataFrame:
    """Return the class of each area of layer a, with its best partner.

    Parameters
    ----------
    table : DataFrame
        Overlap table of a and b.
    whole : DataFrame
        ``name`` and ``weight`` of every area of a, by code, see `geo.coterminosity.totals`.
    tolerance : float
        Fraction t, 0 <= t < 0.5.

    Returns
    -------
    DataFrame
        `AREA_COLUMNS`, one row for each row of `whole`, in its order.

        ``class`` is one of `AREA_CLASSES`: ``same`` if the pair with some
        area of b is; ``union_of_whole`` if the areas of b that lie in this
        area for at least 1 - t of themselves make up at least 1 - t of it;
        ``within_one`` if at least 1 - t of it lies in one area of b;
        ``outside`` if at least 1 - t of it lies in none, or it has none of
        the weight; otherwise ``split``. At most one holds but for ``same``,
        which comes first.

        ``partner_code`` and ``partner_name`` are of the area of b that
        shares the most weight (of equals the one that lies in this area with
        the larger share, then the first by code), missing if there is none;
        ``share_in_partner`` is the share of the area in it,
        ``share_of_partner`` its share in the area. ``partners`` counts the
        areas of b that share an LSOA, ``partners_over_tolerance`` those
        whose pair is no sliver. Weights are in the weight's unit: of the
        area, outside its best partner, outside layer b altogether.

    Raises
    ------
    ToleranceError
        If the tolerance is out of range.
    """
    check_tolerance(tolerance)
    order = ["weight", "share_of_b", "b_code"]
    best = table.sort_values(order, ascending=[False, False, True], kind="stable").drop_duplicates("a_code")
    best = best.set_index("a_code").reindex(whole.index)
    by_area = table.groupby("a_code")
    over = table["a_code"][pair_classes(table, tolerance) != "sliver"].value_counts()
    needed = _needed_tolerances(table, whole)
    holds = [(needed[name] <= tolerance + ROUNDING).to_numpy() for name in needed]
    inside = by_area["weight"].sum().reindex(whole.index, fill_value=0)
    result = pd.DataFrame(
        {
            "name": whole["name"],
            "class": np.select(holds, list(needed), "split"),
            "partner_code": best["b_code"],
            "partner_name": best["b_name"],
            "share_in_partner": best["share_of_a"].fillna(0.0),
            "share_of_partner": best["share_of_b"].fillna(0.0),
            "partners": by_area.size().reindex(whole.index, fill_value=0),
            "partners_over_tolerance": over.reindex(whole.index, fill_value=0),
            "weight": whole["weight"],
            "weight_outside_partner": rest(whole["weight"], best["weight"].fillna(0).astype(whole["weight"].dtype)),
            "weight_outside_layer": rest(whole["weight"], inside),
        },
        index=whole.index.rename("code"),
    )
    return result.astype({"class": "str"}).reset_index()[AREA_COLUMNS]


def threshold_curve(table: pd.DataFrame, whole: pd.DataFrame, tolerances: Iterable[float]) -> pd.DataFrame:
    """Return the number and share of split areas at each tolerance, see `geo.coterminosity.curve`.

    Parameters
    ----------
    table, whole
        As for `area_classes`.
    tolerances : iterable of float
        Fractions, 0 <= tolerance < 0.5.
    """
    tolerances = list(tolerances)
    for tolerance in tolerances:
        check_tolerance(tolerance)
    asked = np.array(tolerances, dtype=float)
    needed = _needed_tolerances(table, whole).min(axis=1).to_numpy()
    order = np.argsort(needed)
    whole_up_to = np.searchsorted(needed[order], asked + ROUNDING, side="right")
    running = np.concatenate([[0.0], np.cumsum(whole["weight"].to_numpy(dtype=float)[order])])
    share = (running[-1] - running[whole_up_to]) / running[-1] if running[-1] else np.zeros(len(asked))
    return pd.DataFrame({"tolerance": asked, "split": len(needed) - whole_up_to, "share": share})


def _needed_tolerances(table: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """Return the smallest tolerance at which each class but ``split`` holds for each area, in order of precedence.

    Each class that holds at some tolerance holds at every larger one, so
    these numbers give the classes and the whole threshold curve at once.
    """
    # A union takes in partners from the one most wholly inside to the least: it needs a tolerance for
    # the last one taken, and for what all of them leave uncovered.
    ranked = table.sort_values(["a_code", "share_of_b"], ascending=[True, False], kind="stable")
    covered = ranked.groupby("a_code")["share_of_a"].cumsum()
    by_area = pd.DataFrame(
        {
            "a_code": ranked["a_code"],
            "same": 1 - ranked[["share_of_a", "share_of_b"]].min(axis=1),
            "union_of_whole": np.maximum(1 - ranked["share_of_b"], 1 - covered),
            "within_one": 1 - ranked["share_of_a"],
        }
    )
    needed = by_area.groupby("a_code").min().reindex(whole.index, fill_value=math.inf)
    needed["outside"] = table.groupby("a_code")["share_of_a"].sum().reindex(whole.index, fill_value=0.0)
    return needed
