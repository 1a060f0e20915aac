"""How two layers fit each other, in words, classes and tables for pages.

The method is `geo.coterminosity`'s; here it becomes what readers see.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo import area_words, blocks, coterminosity, kept
from geo.classes import AREA_CLASSES
from lib.text import capital, counted, listed, percent, small
from lib.themes import GAP_FILL, GAP_INK, Category, Theme

LAYERS = tuple(layer for group in blocks.GROUPS.values() for layer in group)
"""Layers to choose from, in the order of the menu."""
MOST_TOLERANCE = 20.0
_TOLERANCES = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0)

_FILLS = {
    "same": ("#0b3f7f", "#ffffff"),
    "union_of_whole": ("#5fa9dd", "#231f20"),
    "within_one": ("#cfe3f5", "#231f20"),
    "split": ("#b3490a", "#ffffff"),
    "outside": (GAP_FILL, GAP_INK),
}
_MARKS = {"same": "=", "union_of_whole": "+", "within_one": "•", "split": "%", "outside": "–"}
# Main part first; apart in lightness too, and each part carries its number.
PART_FILLS = (
    ("#2f6db5", "#ffffff"),
    ("#f0b429", "#231f20"),
    ("#7a1f5c", "#ffffff"),
    ("#8fd0b5", "#231f20"),
    ("#b3490a", "#ffffff"),
    ("#d9c7e8", "#231f20"),
    ("#00563f", "#ffffff"),
    ("#e8a2a2", "#231f20"),
    ("#5b6b75", "#ffffff"),
    ("#cfe36b", "#231f20"),
    ("#3f2a14", "#ffffff"),
    ("#f7d9c4", "#231f20"),
)
OUTSIDE = ""
"""Code of what lies outside the other layer, among the parts of an area."""
_OF_PARTS = ("b_code", "b_name", "weight", "share_of_a", "share_of_b", "class")


def tolerances(current: float) -> dict[float, str]:
    """Return the tolerances to choose from, per cent, in words; with the current one, which may be any by a link."""
    return {value: f"{value:g}%" if value else "0%: nothing" for value in sorted({*_TOLERANCES, current})}


@kept.once
def area_word(layer: str) -> str:
    """Return what an area of a layer is called beside those of other vintages: ``"STP"``, ``"council of 2024"``."""
    item = blocks.layer(layer)
    return f"{item.one} of {item.year}" if _has_earlier(item) else item.one


@kept.once
def areas_word(layer: str) -> str:
    """Return what the areas of a layer are called beside those of other vintages: ``"councils of 2024"``."""
    item = blocks.layer(layer)
    return item.vintage if _has_earlier(item) else item.many


def _has_earlier(item: blocks.Layer) -> bool:
    """Tell whether an earlier layer to choose from has areas that are called the same."""
    return any(blocks.layer(name).one == item.one and blocks.layer(name).year < item.year for name in LAYERS)


def choices() -> dict[str, str]:
    """Return the layers to choose from with their years, in words, and how they are known if not by a lookup."""
    return {name: _choice(blocks.layer(name)) for name in LAYERS}


def _choice(item: blocks.Layer) -> str:
    grade = ", derived" if item.derived else ", best fit" if item.best_fit else ""
    return f"{capital(item.many)}, {item.year}{grade}"


def amount(value: float, weight: str) -> str:
    """Return a weight with its unit: ``"1,083,226 residents"``."""
    number = f"{value:,.1f}" if weight == "area" else f"{value:,.0f}"
    return f"{number} {blocks.WEIGHTS[weight]}"


def class_label(name: str, b: str) -> str:
    """Return a coterminosity class in words."""
    one, many = area_word(b), areas_word(b)
    return {
        "same": f"The same area as one {one}",
        "union_of_whole": f"Made of whole {many}",
        "within_one": f"Inside one {one}",
        "split": f"Partly inside {area_words.an(one)}" if b in blocks.PARTIAL else f"Split between {many}",
        "outside": f"Outside every {one}",
    }[name]


@kept.within(6)
def areas(a: str, b: str, weight: str, tolerance: float) -> pd.DataFrame:
    """Return `geo.coterminosity.areas` by code, for a tolerance in per cent."""
    return coterminosity.areas(a, b, weight, tolerance / 100).set_index("code")


@kept.within(6)
def pairs(a: str, b: str, weight: str, tolerance: float) -> pd.DataFrame:
    """Return `geo.coterminosity.pairs`, for a tolerance in per cent."""
    return coterminosity.pairs(a, b, weight, tolerance / 100)


@kept.within(1)
def scores(a: str, b: str, weight: str, tolerance: float) -> coterminosity.Scores:
    """Return `geo.coterminosity.scores`, for a tolerance in per cent."""
    return coterminosity.scores(a, b, weight, tolerance / 100)


@kept.within(1)
def split_count(a: str, b: str, weight: str, tolerance: float) -> int:
    """Return the number of split areas of layer a, for a tolerance in per cent."""
    return int((areas(a, b, weight, tolerance)["class"] == "split").sum())


@kept.within(4)
def theme(a: str, b: str, weight: str, tolerance: float) -> Theme:
    """Return the areas of layer a in their coterminosity classes.

    Split areas carry the share of them that lies outside their main partner,
    the one with the largest part of them; the others the mark of their class.
    """
    table = areas(a, b, weight, tolerance)
    mark = _class_marks(table["class"])
    categories = tuple(
        Category(name, class_label(name, b), *_FILLS[name], mark[name])
        for name in AREA_CLASSES
        if name != "outside" or (table["class"] == "outside").any()
    )
    outside = 1 - table["share_in_partner"]
    marks = {
        code: f"{share:.0%}" if name == "split" else mark[name]
        for code, share, name in zip(table.index, outside, table["class"], strict=True)
    }
    labels = {name: class_label(name, b) for name in AREA_CLASSES}
    values = {
        code: f"{labels[name]}; {_partner(partner, share)}"
        for code, name, partner, share in zip(table.index, table["class"], table["partner_name"], outside, strict=True)
    }
    title = f"Fit of {areas_word(a)} with {areas_word(b)}"
    return Theme(a, title, areas_word(a), categories, dict(table["name"]), dict(table["class"]), marks, values)


def _class_marks(classes: pd.Series) -> dict[str, str]:
    """Return the mark of each class: the commonest has none, so that the map stays readable and no colour is alone."""
    counts = classes[classes != "split"].value_counts()
    return _MARKS | ({counts.idxmax(): ""} if len(counts) else {})


def _partner(name: str | None, outside: float) -> str:
    """Return how an area lies to its main partner, of which a share of it (0 to 1) lies outside."""
    if pd.isna(name):
        return "no part inside"
    return f"{percent(outside)} outside {name}" if outside > 0 else f"all of it in {name}"


def parts(a: str, b: str, code: str, weight: str, tolerance: float) -> pd.DataFrame:
    """Return the parts into which layer b cuts an area of layer a.

    Returns
    -------
    DataFrame
        By code of b, largest part first, what is outside every area of b
        last under the code `OUTSIDE`: ``name``, ``weight``, ``share_of_a``,
        ``share_of_b``, ``lsoas``, ``pieces``, ``kind`` (``main part``,
        ``real part`` or ``sliver``, at the tolerance in per cent) and
        ``sliver_from`` (the tolerance above which it is one, per cent).
    """
    table, places = _parts(a, b, weight, tolerance)
    return table.iloc[places[code]]


@kept.within(6)
def _parts(a: str, b: str, weight: str, tolerance: float) -> tuple[pd.DataFrame, dict[str, slice]]:
    """Return the parts of all areas of layer a, and which rows are those of an area."""
    table, counts = _cut(a, b, weight, tolerance), _counts(a, b)
    owners = table["a_code"].tolist()
    starts = [n for n, owner in enumerate(owners) if not n or owner != owners[n - 1]]
    both = [counts[pair] for pair in zip(owners, table["b_code"], strict=True)]
    kinds = np.where(table["class"] == "sliver", "sliver", "real part")
    kinds[starts] = "main part"
    made = pd.DataFrame(
        {
            "name": table["b_name"],
            "weight": table["weight"],
            "share_of_a": table["share_of_a"],
            "share_of_b": table["share_of_b"],
            "lsoas": [lsoas for lsoas, _ in both],
            "pieces": [pieces for _, pieces in both],
            "kind": kinds,
            "sliver_from": table[["share_of_a", "share_of_b"]].max(axis=1) * 100,
        }
    ).set_axis(pd.Index(table["b_code"], name="b_code"))
    return made, {owners[start]: slice(start, end) for start, end in pairwise([*starts, len(owners)])}


def _cut(a: str, b: str, weight: str, tolerance: float) -> pd.DataFrame:
    """Return `pairs` by area of layer a, the largest part first, what is outside of layer b last."""
    table = pairs(a, b, weight, tolerance)[["a_code", *_OF_PARTS]].astype({"b_code": "str"})
    table = table.sort_values(["weight", "share_of_b"], ascending=False)
    whole = areas(a, b, weight, 0.0)
    beyond = whole[whole["weight_outside_layer"] > 0]
    share = beyond["weight_outside_layer"] / beyond["weight"]
    outside = pd.DataFrame(
        {
            "a_code": beyond.index,
            "b_code": OUTSIDE,
            "b_name": f"Outside every {area_word(b)}",
            "weight": beyond["weight_outside_layer"],
            "share_of_a": share,
            "share_of_b": 0.0,
            "class": np.where(share < tolerance / 100, "sliver", "partial"),
        }
    )
    return pd.concat([table, outside]).sort_values("a_code", kind="stable", ignore_index=True)


@kept.within(4)
def _counts(a: str, b: str) -> dict[tuple[str, str], tuple[int, int]]:
    """Return LSOAs and pieces of what an area of layer a shares with one of layer b, or with what is outside of it."""
    pieces = blocks.units(blocks.unit([a, b]))
    table = pieces.groupby([pieces[a], pieces[b].fillna(OUTSIDE)])["lsoas"].agg(["sum", "size"])
    return {
        key: (int(lsoas), int(size)) for key, lsoas, size in zip(table.index, table["sum"], table["size"], strict=True)
    }


@kept.within(1)
def sentence(a: str, b: str, code: str, weight: str, tolerance: float) -> str:
    """Return in a sentence or two how an area lies to the other layer."""
    row, cut = areas(a, b, weight, tolerance).loc[code], parts(a, b, code, weight, tolerance)
    one, many = area_word(b), areas_word(b)
    every = list(map(_Part, cut.index, *(cut[name].tolist() for name in _Part._fields[1:])))
    inside = [part for part in every if part.code != OUTSIDE]
    start = f"{row['name']} has {amount(row['weight'], weight)}."
    if not inside:
        return (
            f"{start} None of it lies in an area of the {many}."
            if b not in blocks.PARTIAL
            else f"{start} It lies outside every {one}."
        )
    best = inside[0]
    but = f", but for {percent(1 - best.share_of_a)}" if best.share_of_a < 1 else ""
    if row["class"] == "same":
        rest = f", which has {percent(1 - best.share_of_b)} elsewhere" if best.share_of_b < 1 else ""
        return f"{start} It is the same area as {best.name}{but}{rest}."
    if row["class"] == "within_one":
        return f"{start} It lies inside {best.name}{but}, and is {percent(best.share_of_b)} of it."
    if row["class"] == "union_of_whole":
        whole = [part.name for part in inside if part.share_of_b >= 1 - tolerance / 100 - 1e-9]
        return f"{start} It is made of {counted(len(whole), f'whole {one}', f'whole {many}')}: {listed(whole)}."
    shares = [
        f"{percent(part.share_of_a)} {f'in {part.name}' if part.code else small(part.name)}"
        for part in every
        if part.kind != "sliver"
    ]
    passage = f"{start} It is split: {listed(shares)}."
    slivers = [part.weight for part in every if part.kind == "sliver"]
    if slivers:
        further, size = counted(len(slivers), "further part"), amount(sum(slivers), weight)
        passage += f" Small parts ignored, under {tolerance:g}%: {further}, {size}."
    return passage


class _Part(NamedTuple):
    """A row of `parts`."""

    code: str
    name: str
    weight: float
    share_of_a: float
    share_of_b: float
    kind: str


@kept.once
def short_names(layer: str) -> dict[str, str]:
    """Return the names of a layer's areas by code, CCGs without what all their names begin and end with."""
    return {code: name.removeprefix("NHS ").removesuffix(" CCG") for code, name in blocks.names(layer).items()}
