"""The parts of areas: what each shares with the areas of another layer, and what lies outside of that layer."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from geo import coterminosity, kept
from geo.classes import Fit
from geo.overlap import overlap

OUTSIDE = ""
"""Code of what lies outside the other layer, among the parts of an area."""


@dataclass(frozen=True)
class Parts:
    """The parts of all areas of layer a: by area, the largest part first, what is outside layer b last.

    Attributes
    ----------
    fit : Fit
        Of the two layers.
    areas : Mapping of str to slice
        Which of the parts are those of an area, by its code.
    firsts : ndarray of int, shape (areas with parts,)
        Where the parts of each area begin.
    area : ndarray of int, shape (parts,)
        Place of the area of each part among those of the layer.
    codes : ndarray of str, shape (parts,)
        Code of the area of layer b that each part lies in, or `OUTSIDE`.
    pairs : ndarray of int, shape (parts,)
        Place of each part in the overlap table; -1 for what is outside.
    weights, in_a, in_b : ndarray, shape (parts,)
        Weight of each part, in the weight's unit, and its share of both areas, 0 to 1.
    """

    fit: Fit
    areas: Mapping[str, slice]
    firsts: np.ndarray
    area: np.ndarray
    codes: np.ndarray
    pairs: np.ndarray
    weights: np.ndarray
    in_a: np.ndarray
    in_b: np.ndarray

    def ignored(self, tolerance: float) -> np.ndarray:
        """Return of each part whether it is small, and not the main part of its area; of a tolerance as in `Fit`."""
        small = np.where(self.pairs < 0, self.in_a < tolerance, self.fit.slivers(tolerance)[self.pairs])
        # The main part is one however small it is.
        small[self.firsts] = False
        return small

    def counted(self, tolerance: float) -> np.ndarray:
        """Return the number of parts of each area of the layer that are not ignored, 1 of an area without any."""
        return np.bincount(self.area[~self.ignored(tolerance)], minlength=len(self.fit.areas)).clip(min=1)


@kept.within(4)
def of(a: str, b: str, weight: str = "population") -> Parts:
    """Return the parts of the areas of layer a; `a`, `b`, `weight` and errors as for `geo.coterminosity.pairs`."""
    fit, codes = coterminosity.fit(a, b, weight), overlap(a, b, weight)["b_code"].to_numpy(dtype=object)
    whole, beyond = (fit.areas[name].to_numpy() for name in ("weight", "weight_outside_layer"))
    outside = np.flatnonzero(beyond > 0)
    area = np.concatenate([fit.area[fit.ranked], outside])
    order = np.argsort(area, kind="stable")
    area = area[order]

    def of_parts(of_pairs: np.ndarray, of_outside: np.ndarray) -> np.ndarray:
        return np.concatenate([of_pairs[fit.ranked], of_outside])[order]

    ends = np.searchsorted(area, np.arange(len(whole) + 1)).tolist()
    places = {code: slice(*ends[n : n + 2]) for n, code in enumerate(fit.areas["code"]) if ends[n] < ends[n + 1]}
    nothing = np.zeros(len(outside))
    return Parts(
        fit,
        places,
        np.flatnonzero(np.diff(area, prepend=-1)),
        area,
        of_parts(codes, np.full(len(outside), OUTSIDE, dtype=object)),
        of_parts(np.arange(len(codes)), np.full(len(outside), -1)),
        of_parts(fit.weights, beyond[outside]),
        of_parts(fit.in_a, beyond[outside] / whole[outside]),
        of_parts(fit.in_b, nothing),
    )


@kept.within(1)
def lsoas(a: str, b: str, weight: str = "population") -> np.ndarray:
    """Return the number of LSOAs of each part, in the order of `of`."""
    parts, counted = of(a, b, weight), coterminosity.fit(a, b, "lsoas")
    outside = counted.areas["weight_outside_layer"].to_numpy()[parts.area]
    # Every weight has the same pairs in the same order.
    return np.where(parts.pairs < 0, outside, counted.weights[parts.pairs])
