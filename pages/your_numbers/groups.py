"""Matched numbers by the rating, the lead type and the fit of the areas."""

import math
from dataclasses import dataclass

import pandas as pd

from geo import blocks, kept
from geo.overlap import overlap
from lib import catalogue, fit, measures
from lib.own_numbers import keys, row_kinds
from lib.text import counted, listed, percent
from lib.themes import Category
from pages.your_numbers.reader.matched import Matched
from pages.your_numbers.show import homes

DIMENSIONS = ("rating", "lead", "fit")
_MOST_NAMED = 6


@dataclass(frozen=True)
class Group:
    """The areas of one class.

    Attributes
    ----------
    category : Category
        The class.
    values : Series
        Value by code, of its areas that have one.
    without : int
        How many of its areas have none.
    """

    category: Category
    values: pd.Series
    without: int


def groups(matched: Matched, by: str, partner: str = "", tolerance: float = 0.0) -> list[Group]:
    """Put the areas into groups.

    Parameters
    ----------
    matched : Matched
        Values of the areas of a layer.
    by : str
        One of `DIMENSIONS`: rating or lead type of the area's STP, or how it
        fits the areas of another layer.
    partner, tolerance
        That layer, and the tolerance in per cent; for ``fit`` alone.

    Returns
    -------
    list of Group
        In the order of the legend, those without any area left out. Ratings
        that are published, inferred and not established stay apart.
    """
    if by == "fit":
        keys = fit.areas(matched.layer, partner, "population", tolerance)["class"]
        categories = fit.theme(matched.layer, partner, "population", tolerance).categories
    else:
        keys = homes(matched.layer).map(catalogue.stp_table()[by])
        categories = measures.RATING_CATEGORIES if by == "rating" else measures.LEAD_CATEGORIES
    by_class = []
    for category in categories:
        codes = keys.index[keys == category.key]
        values = matched.values.reindex(codes).dropna()
        if len(codes):
            by_class.append(Group(category, values, len(codes) - len(values)))
    return by_class


def table(by: list[Group]) -> pd.DataFrame:
    """Return count, median, least and greatest value of each group, as numbers; missing where it has no value."""
    return pd.DataFrame(
        {
            "Class": [group.category.label for group in by],
            "With a value": [len(group.values) for group in by],
            "Without": [group.without for group in by],
            "Median": [group.values.median() for group in by],
            "Least": [group.values.min() for group in by],
            "Greatest": [group.values.max() for group in by],
        }
    ).astype({"Median": "float64", "Least": "float64", "Greatest": "float64"})


def in_words(matched: Matched, by: list[Group]) -> tuple[tuple[str | int | None, ...], ...]:
    """Return the rows of the same table with its values written out, to be read."""
    return tuple(
        (label, some, none, *(None if math.isnan(value) else matched.words(value) for value in values))
        for label, some, none, *values in table(by).itertuples(index=False, name=None)
    )


def partner(choice: str, layer: str) -> str:
    """Return the layer that a layer's fit is held against: the one that is chosen, or what goes without saying."""
    if choice not in (keys.AUTO, layer):
        return choice
    return "council17" if layer == "stp17" else "stp17"


def download(matched: Matched, partner: str, tolerance: float) -> pd.DataFrame:
    """Return all groups in one table."""
    titles = {
        "rating": "Rating of the STP, July 2017",
        "lead": "Lead type of the STP",
        "fit": f"Fit with {row_kinds.many(partner)}, tolerance {tolerance:g}%",
    }
    parts = [table(groups(matched, by, partner, tolerance)).assign(By=titles[by]) for by in DIMENSIONS]
    return pd.concat(parts, ignore_index=True)[["By", *parts[0].columns.drop("By")]]


@kept.once
def attribution(layer: str) -> str:
    """Return in words how the areas of a layer come to the rating and the lead of an STP."""
    if layer == "stp17":
        return "Every STP stands with its own rating and lead."
    one, many = blocks.layer(layer).one, blocks.layer(layer).many
    split = split_between(layer)
    if not len(split):
        return f"Ratings and leads are those of STPs: every {one} lies in one STP and stands with its rating and lead."
    differ = [code for code in split.index if split["ratings"][code] > 1]
    names = blocks.names(layer)
    shares = [f"{names[code]} ({percent(split['share'][code])})" for code in differ[:_MOST_NAMED]]
    rest = len(differ) - len(shares)
    shares += [counted(rest, "other")] if rest else []
    return (
        f"Ratings and leads are those of STPs, not of {many}. Each {one} stands with the STP that has most of its "
        f"residents. {len(split)} of {len(names)} have residents in more than one; of these {len(differ)} are in STPs "
        f"of different classes of rating, and stand with one of them all the same: {listed(shares)} "
        f"(in brackets the share of residents in the STP counted)."
    )


def split_between(layer: str) -> pd.DataFrame:
    """Return the areas with residents in more than one STP, the smallest share in one first.

    Returns
    -------
    DataFrame
        By code: ``share`` of residents in the STP with most of them, and the
        number of classes of ``ratings`` among its STPs.
    """
    pairs = overlap(layer, "stp17")
    pairs = pairs[pairs["weight"] > 0]
    by_area = pairs.assign(rating=pairs["b_code"].map(catalogue.stp_table()["rating"])).groupby("a_code")
    areas = pd.DataFrame(
        {"share": by_area["share_of_a"].max(), "ratings": by_area["rating"].nunique(), "stps": by_area.size()}
    )
    return areas[areas["stps"] > 1].sort_values("share")[["share", "ratings"]]
