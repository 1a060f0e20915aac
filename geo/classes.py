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
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo.vmeasure import ROUNDING, rest

PAIR_CLASSES = ("same", "a_within_b", "b_within_a", "partial", "sliver")
AREA_CLASSES = ("same", "union_of_whole", "within_one", "split", "outside")
_NEEDED = ("same", "union_of_whole", "within_one", "outside")
"""Classes that hold from some tolerance on, in order of precedence; ``split`` is what none of them is."""
_CLASSES = np.array([*_NEEDED, "split"], dtype=object)
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
    weights, in_a, in_b = (table[name].to_numpy() for name in ("weight", "share_of_a", "share_of_b"))
    whole_a, whole_b = (_whole(shares, tolerance) for shares in (in_a, in_b))
    cases = [whole_a & whole_b, whole_a, whole_b, _slivers(weights, in_a, in_b, tolerance)]
    classes = np.select(cases, [*PAIR_CLASSES[:3], "sliver"], "partial")
    return pd.Series(classes, index=table.index, dtype="str")


def _whole(shares: np.ndarray, tolerance: float) -> np.ndarray:
    return shares >= 1 - tolerance - ROUNDING


def _slivers(weights: np.ndarray, in_a: np.ndarray, in_b: np.ndarray, tolerance: float) -> np.ndarray:
    return ((in_a < tolerance - ROUNDING) & (in_b < tolerance - ROUNDING)) | (weights == 0)


@dataclass(frozen=True)
class Fit:
    """How the areas of layer a lie to layer b, from which their classes follow at every tolerance.

    Attributes
    ----------
    areas : DataFrame
        Of `AREA_COLUMNS` those that no tolerance changes, see `table`.
    area : ndarray of int, shape (pairs,)
        Place among `areas` of each pair of the overlap table.
    weights, in_a, in_b : ndarray, shape (pairs,)
        Weight of each pair, in the weight's unit, and its share of both areas, 0 to 1.
    ranked : ndarray of int, shape (pairs,)
        Places of the pairs by area, that with the best partner first, see `table`.
    needed : ndarray, shape (classes, areas)
        Smallest tolerance at which each class but ``split`` holds for each area, in order of precedence.
    """

    areas: pd.DataFrame
    area: np.ndarray
    weights: np.ndarray
    in_a: np.ndarray
    in_b: np.ndarray
    ranked: np.ndarray
    needed: np.ndarray

    @classmethod
    def of(cls, table: pd.DataFrame, whole: pd.DataFrame) -> "Fit":
        """Return the fit of two layers.

        Parameters
        ----------
        table : DataFrame
            Overlap table of a and b.
        whole : DataFrame
            ``name`` and ``weight`` of every area of a, by code, see `geo.coterminosity.totals`.
        """
        area = whole.index.get_indexer(table["a_code"])
        weights, in_a, in_b = (table[name].to_numpy() for name in ("weight", "share_of_a", "share_of_b"))
        partner_code, partner_name = (table[name].to_numpy(dtype=object) for name in ("b_code", "b_name"))
        by_code = pd.factorize(table["b_code"], sort=True)[0]
        ranked = np.lexsort((by_code, -in_b, -weights, area))
        best = ranked[_firsts(area[ranked])]
        having = area[best]

        def of_best(values: np.ndarray, missing: object) -> np.ndarray:
            column = np.full(len(whole), missing, dtype=values.dtype)
            column[having] = values[best]
            return column

        entire = whole["weight"].to_numpy()
        inside = np.zeros(len(whole), dtype=weights.dtype)
        np.add.at(inside, area, weights)
        areas = pd.DataFrame(
            {
                "code": whole.index,
                "name": whole["name"].array,
                "partner_code": pd.array(of_best(partner_code, None), dtype="str"),
                "partner_name": pd.array(of_best(partner_name, None), dtype="str"),
                "share_in_partner": of_best(in_a, 0.0),
                "share_of_partner": of_best(in_b, 0.0),
                "partners": np.bincount(area, minlength=len(whole)),
                "weight": entire,
                "weight_outside_partner": rest(entire, of_best(weights, 0)),
                "weight_outside_layer": rest(entire, inside),
            }
        )
        return cls(areas, area, weights, in_a, in_b, ranked, _needed_tolerances(area, in_a, in_b, len(whole)))

    def classes(self, tolerance: float) -> np.ndarray:
        """Return the class of each area, one of `AREA_CLASSES`; a tolerance out of range raises `ToleranceError`."""
        check_tolerance(tolerance)
        holds = self.needed <= tolerance + ROUNDING
        return _CLASSES[np.where(holds.any(axis=0), holds.argmax(axis=0), len(_NEEDED))]

    def slivers(self, tolerance: float) -> np.ndarray:
        """Return of each pair whether it is a sliver; a tolerance out of range raises `ToleranceError`."""
        check_tolerance(tolerance)
        return _slivers(self.weights, self.in_a, self.in_b, tolerance)

    def same(self, tolerance: float) -> np.ndarray:
        """Return of each pair whether both areas are the same; as for `slivers`."""
        check_tolerance(tolerance)
        return _whole(self.in_a, tolerance) & _whole(self.in_b, tolerance)

    def table(self, tolerance: float) -> pd.DataFrame:
        """Return the class of each area of layer a, with its best partner.

        Parameters
        ----------
        tolerance : float
            Fraction t, 0 <= t < 0.5.

        Returns
        -------
        DataFrame
            `AREA_COLUMNS`, one row for each area, in their order.

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
        over = self.area[~self.slivers(tolerance)]
        table = self.areas.copy()
        table.insert(AREA_COLUMNS.index("class"), "class", pd.array(self.classes(tolerance), dtype="str"))
        counted = np.bincount(over, minlength=len(table))
        table.insert(AREA_COLUMNS.index("partners_over_tolerance"), "partners_over_tolerance", counted)
        return table

    def curve(self, tolerances: Iterable[float]) -> pd.DataFrame:
        """Return the number and share of split areas at each tolerance, see `geo.coterminosity.curve`."""
        tolerances = list(tolerances)
        for tolerance in tolerances:
            check_tolerance(tolerance)
        asked = np.array(tolerances, dtype=float)
        needed = self.needed.min(axis=0)
        order = np.argsort(needed)
        whole_up_to = np.searchsorted(needed[order], asked + ROUNDING, side="right")
        running = np.concatenate([[0.0], np.cumsum(self.areas["weight"].to_numpy(dtype=float)[order])])
        share = (running[-1] - running[whole_up_to]) / running[-1] if running[-1] else np.zeros(len(asked))
        return pd.DataFrame({"tolerance": asked, "split": len(needed) - whole_up_to, "share": share})


def _firsts(groups: np.ndarray) -> np.ndarray:
    """Return where each group begins in an array in which equal values stand together."""
    return np.flatnonzero(np.concatenate([[True], groups[1:] != groups[:-1]])) if len(groups) else np.arange(0)


def _needed_tolerances(area: np.ndarray, in_a: np.ndarray, in_b: np.ndarray, many: int) -> np.ndarray:
    """Return the smallest tolerance at which each class but ``split`` holds for each area, see `Fit`.

    Each class that holds at some tolerance holds at every larger one, so
    these numbers give the classes and the whole threshold curve at once.
    """
    # A union takes in partners from the one most wholly inside to the least: it needs a tolerance for
    # the last one taken, and for what all of them leave uncovered.
    ranked = np.lexsort((-in_b, area))
    area, in_a, in_b = area[ranked], in_a[ranked], in_b[ranked]
    firsts = _firsts(area)
    numbers = np.diff(firsts, append=len(area))
    place = np.arange(len(area)) - np.repeat(firsts, numbers)
    # Each area sums up by itself, so that no rounding comes of the others.
    taken = np.zeros((many, numbers.max(initial=1)))
    taken[area, place] = in_a
    covered = np.cumsum(taken, axis=1)

    def least(values: np.ndarray) -> np.ndarray:
        tolerances = np.full(many, math.inf)
        if len(firsts):
            tolerances[area[firsts]] = np.minimum.reduceat(values, firsts)
        return tolerances

    same = least(1 - np.minimum(in_a, in_b))
    union_of_whole = least(np.maximum(1 - in_b, 1 - covered[area, place]))
    return np.array([same, union_of_whole, least(1 - in_a), covered[:, -1]])
