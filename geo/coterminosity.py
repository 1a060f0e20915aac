"""How well two layers fit: classes of pairs and areas, the threshold curve and whole-map scores.

Layers are asked for by name here; `geo.classes` says what the classes and the
tolerance mean.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from geo import blocks, kept
from geo.classes import Fit, pair_classes
from geo.overlap import overlap
from geo.vmeasure import contingency, v_measure


@dataclass(frozen=True)
class Scores:
    """How well layer a fits layer b as a whole; each from 0 to 1.

    Attributes
    ----------
    split : float
        Share of the weight of layer a that is in areas of class ``split``.
    same : float
        Share of the weight of layer a whose area of a and area of b are the
        same: what the pairs of class ``same`` share.
    outside : float
        Share of the weight of layer a that is outside layer b.
    homogeneity : float
        1 if every area of a lies in a single area of b.
    completeness : float
        1 if every area of b lies in a single area of a.
    v_measure : float
        Harmonic mean of the last two.
    """

    split: float
    same: float
    outside: float
    homogeneity: float
    completeness: float
    v_measure: float


def pairs(a: str, b: str, weight: str = "population", tolerance: float = 0.0) -> pd.DataFrame:
    """Return the overlap table of two layers with the class of each pair.

    Parameters
    ----------
    a, b : str
        Layers, see `geo.blocks.LAYERS`.
    weight : str
        See `geo.blocks.WEIGHTS`.
    tolerance : float
        Fraction, 0 <= tolerance < 0.5.

    Returns
    -------
    DataFrame
        `geo.overlap.overlap` with ``class`` added, see `geo.classes.pair_classes`.

    Raises
    ------
    geo.blocks.UnknownNameError
        If a layer or the weight does not exist.
    geo.classes.ToleranceError
        If the tolerance is out of range.
    """
    table = overlap(a, b, weight)
    return table.assign(**{"class": pair_classes(table, tolerance)})


def areas(a: str, b: str, weight: str = "population", tolerance: float = 0.0) -> pd.DataFrame:
    """Return how each area of layer a fits layer b.

    Parameters
    ----------
    a, b, weight, tolerance
        As for `pairs`.

    Returns
    -------
    DataFrame
        One row for each area of a, see `geo.classes.Fit.table`.

    Raises
    ------
    geo.blocks.UnknownNameError, geo.classes.ToleranceError
        As for `pairs`.
    """
    return fit(a, b, weight).table(tolerance)


def curve(a: str, b: str, weight: str = "population", tolerances: Iterable[float] = (0.0,)) -> pd.DataFrame:
    """Return how many areas of layer a are split by layer b at each tolerance.

    Parameters
    ----------
    a, b, weight
        As for `pairs`.
    tolerances : iterable of float
        Fractions, 0 <= tolerance < 0.5, in any order.

    Returns
    -------
    DataFrame
        One row for each tolerance, in the order given: ``tolerance``,
        ``split`` (number of areas) and ``share`` (of the weight of layer a
        that is in them).

    Raises
    ------
    geo.blocks.UnknownNameError, geo.classes.ToleranceError
        As for `pairs`.
    """
    return fit(a, b, weight).curve(tolerances)


def scores(a: str, b: str, weight: str = "population", tolerance: float = 0.0) -> Scores:
    """Return how well two layers fit as whole maps.

    The V-measure does not depend on the tolerance. Where a layer does not
    cover England, what lies outside it counts as one area more.

    Parameters
    ----------
    a, b, weight, tolerance
        As for `pairs`.

    Returns
    -------
    Scores

    Raises
    ------
    geo.blocks.UnknownNameError, geo.classes.ToleranceError
        As for `pairs`.
    """
    layers, everything = fit(a, b, weight), totals(a, weight)["weight"].sum()
    split = layers.areas["weight"].to_numpy()[layers.classes(tolerance) == "split"].sum()
    same = layers.weights[layers.same(tolerance)].sum()
    outside = layers.areas["weight_outside_layer"].sum()
    split_share, same_share, outside_share = (float(part / everything) for part in (split, same, outside))
    return Scores(split_share, same_share, outside_share, *_v_measure(a, b, weight))


@kept.within(4)
def fit(a: str, b: str, weight: str = "population") -> Fit:
    """Return how layer a fits layer b before any tolerance; `a`, `b`, `weight` and errors as for `pairs`."""
    return Fit.of(overlap(a, b, weight), totals(a, weight))


@kept.within(0.2)
def _v_measure(a: str, b: str, weight: str) -> tuple[float, float, float]:
    """Return homogeneity, completeness and V-measure, which no tolerance changes."""
    whole_a, whole_b = (totals(layer, weight)["weight"] for layer in (a, b))
    return v_measure(contingency(overlap(a, b, weight), whole_a, whole_b, blocks.load()[weight].sum()))


@kept.within(3)
def totals(layer: str, weight: str) -> pd.DataFrame:
    """Return ``name`` and ``weight`` of a layer's areas, by code, sorted by code."""
    blocks.layer(layer), blocks.check_weight(weight)
    sums = blocks.load().groupby(layer, observed=True)[weight].sum()
    sums.index = sums.index.astype("str")
    names = blocks.names(layer)
    return pd.DataFrame({"name": names, "weight": sums.reindex(names.index, fill_value=0)}).rename_axis("code")
