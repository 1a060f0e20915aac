"""Which ratings a test uses: what is fully published, or what is published or inferred."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geo import kept
from lib import catalogue
from lib.catalogue import PUBLISHED_RATINGS, RATINGS

_ORDER = {name: place for place, name in enumerate(reversed(RATINGS))}


@dataclass(frozen=True)
class Scheme:
    """A way to put the ratings into ordered groups.

    Attributes
    ----------
    title : str
        Words for the menu.
    groups : tuple of str
        Names of the groups, worst first.
    """

    title: str
    groups: tuple[str, ...]


MIDDLE = "Advanced or making progress"
_FOUR = tuple(RATINGS[name] for name in _ORDER)
SCHEMES = {
    "three": Scheme(
        "Three groups, fully published", (RATINGS["needs_most_improvement"], MIDDLE, RATINGS["outstanding"])
    ),
    "four": Scheme("Four classes, published and inferred", _FOUR),
    "published": Scheme("Four classes, published only", _FOUR),
    "ends": Scheme(
        "Outstanding against needs most improvement", (RATINGS["needs_most_improvement"], RATINGS["outstanding"])
    ),
}
SHOWN = ("three", "four")
"""Schemes that the page offers; the multiverse uses all."""


@kept.once
def groups(scheme: str) -> pd.Series:
    """Return the group of each STP, 0 for the worst; missing where the scheme leaves it out.

    Returns
    -------
    Series
        By code, in the order of footprint numbers.
    """
    ratings = catalogue.stp_table()["rating"]
    name, evidence = ratings.str.split(":").str[0], ratings.str.split(":").str[1]
    if scheme == "three":
        return name.map({"outstanding": 2, "needs_most_improvement": 0}).fillna(1)
    if scheme == "ends":
        return name.map({"outstanding": 1, "needs_most_improvement": 0})
    ranks = name.map(_ORDER)
    return ranks.where(evidence == "published") if scheme == "published" else ranks


@kept.once
def unknown() -> tuple[list[str], int]:
    """Return the STPs whose rating is not established, and how many of them were advanced by the published total."""
    ranks = groups("four")
    known = int((ranks == _ORDER["advanced"]).sum())
    return list(ranks.index[ranks.isna()]), PUBLISHED_RATINGS["advanced"] - known


def completed(advanced: list[str]) -> np.ndarray:
    """Return the ranks of all 44 if, of those not established, these were advanced and the rest making progress."""
    ranks = groups("four").copy()
    ranks[ranks.isna()] = _ORDER["making_progress"]
    ranks[advanced] = _ORDER["advanced"]
    return ranks.to_numpy().astype(int)


@kept.once
def counts() -> Counter[str]:
    """Return how many ratings are ``published``, ``inferred`` and ``not_established``."""
    return Counter(stp.rating.grade for stp in catalogue.footprints().values())


@kept.once
def evidence(scheme: str) -> str:
    """Return what one of `SHOWN` rests on, in sentences."""
    numbers, sizes = counts(), groups("three").value_counts()
    if scheme == "three":
        return (
            f"All 44: the {sizes[2]} outstanding and the {sizes[0]} needing most improvement were all published, so "
            f"the other {sizes[1]} were advanced or making progress. Nothing rests on inferred ratings."
        )
    known = numbers["published"] + numbers["inferred"]
    return (
        f"{known} of 44: {numbers['published']} published area by area and {numbers['inferred']} inferred from "
        f"capital awards. The {numbers['not_established']} left out are no random sample: none of them was outstanding "
        "or needed most improvement."
    )
