"""How two layers fit each other, in words, classes and tables for pages.

The method is `geo.coterminosity`'s; here it becomes what readers see.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from geo import area_words, blocks, coterminosity, kept
from geo import parts as parts_of_areas
from geo.classes import AREA_CLASSES
from geo.parts import OUTSIDE
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


def tolerances(current: float) -> dict[float, str]:
    """Return the tolerances to choose from, per cent, in words; with the current one, which may be any by a link."""
    return {value: f"{value:g}%" if value else "0%: nothing" for value in sorted({*_TOLERANCES, current})}


def is_offered(tolerance: float) -> bool:
    """Return whether a tolerance, per cent, is among those that every reader can choose."""
    return tolerance in _TOLERANCES


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


@kept.within(4)
def areas(a: str, b: str, weight: str, tolerance: float) -> pd.DataFrame:
    """Return `geo.coterminosity.areas` by code, for a tolerance in per cent."""
    return coterminosity.areas(a, b, weight, tolerance / 100).set_index("code")


@kept.within(4)
def pairs(a: str, b: str, weight: str, tolerance: float) -> pd.DataFrame:
    """Return `geo.coterminosity.pairs`, for a tolerance in per cent."""
    return coterminosity.pairs(a, b, weight, tolerance / 100)


def scores(a: str, b: str, weight: str, tolerance: float) -> coterminosity.Scores:
    """Return `geo.coterminosity.scores`, for a tolerance in per cent."""
    return coterminosity.scores(a, b, weight, tolerance / 100)


def classes(a: str, b: str, weight: str, tolerance: float) -> list[str]:
    """Return the class of each area of layer a, in the order of `areas`, for a tolerance in per cent."""
    return coterminosity.fit(a, b, weight).classes(tolerance / 100).tolist()


def split_count(a: str, b: str, weight: str, tolerance: float) -> int:
    """Return the number of split areas of layer a, for a tolerance in per cent."""
    return classes(a, b, weight, tolerance).count("split")


@kept.within(4)
def theme(a: str, b: str, weight: str, tolerance: float) -> Theme:
    """Return the areas of layer a in their coterminosity classes.

    Split areas carry the share of them that lies outside their main partner,
    the one with the largest part of them; the others the mark of their class.
    """
    keys, mains = classes(a, b, weight, tolerance), _mains(a, b, weight)
    mark = _class_marks(keys)
    labels = {name: class_label(name, b) for name in AREA_CLASSES}
    categories = tuple(
        Category(name, label, *_FILLS[name], mark[name])
        for name, label in labels.items()
        if name != "outside" or name in keys
    )
    title = f"Fit of {areas_word(a)} with {areas_word(b)}"
    names = blocks.name_by_code(a)
    areas = list(zip(names, keys, mains, strict=True))
    marks = {code: outside if key == "split" else mark[key] for code, key, (outside, _) in areas}
    values = {code: f"{labels[key]}; {lies}" for code, key, (_, lies) in areas}
    return Theme(a, title, areas_word(a), categories, names, dict(zip(names, keys, strict=True)), marks, values)


def _class_marks(keys: Collection[str]) -> dict[str, str]:
    """Return the mark of each class: the commonest has none, so that the map stays readable and no colour is alone."""
    whole = Counter(key for key in keys if key != "split")
    return _MARKS | ({max(whole, key=whole.__getitem__): ""} if whole else {})


@kept.within(2)
def _mains(a: str, b: str, weight: str) -> tuple[tuple[str, str], ...]:
    """Return of each area the share of it outside its main partner, short, and how it lies to it in words."""
    table = coterminosity.fit(a, b, weight).areas
    partners = table["partner_name"].to_numpy(dtype=object, na_value=None)
    outside = (1 - table["share_in_partner"]).tolist()
    return tuple((f"{share:.0%}", _partner(name, share)) for name, share in zip(partners, outside, strict=True))


def _partner(name: str | None, outside: float) -> str:
    """Return how an area lies to its main partner, of which a share of it (0 to 1) lies outside."""
    if name is None:
        return "no part inside"
    return f"{percent(outside)} outside {name}" if outside > 0 else f"all of it in {name}"


def parts(a: str, b: str, code: str, weight: str, tolerance: float) -> pd.DataFrame:
    """Return the parts into which layer b cuts an area of layer a.

    Returns
    -------
    DataFrame
        By code of b, largest part first, what is outside every area of b
        last under the code `OUTSIDE`: ``name``, ``weight``, ``share_of_a``,
        ``share_of_b``, ``lsoas``, ``kind`` (``main part``, ``real part`` or
        ``sliver``, at the tolerance in per cent) and ``sliver_from`` (the
        tolerance above which it is one, per cent).
    """
    return _parts(a, b, weight, tolerance).iloc[parts_of_areas.of(a, b, weight).areas[code]]


class Part(NamedTuple):
    """A row of `parts`."""

    code: str
    name: str
    weight: float
    share_of_a: float
    share_of_b: float
    lsoas: int
    kind: str
    sliver_from: float


def each_part(a: str, b: str, code: str, weight: str, tolerance: float) -> list[Part]:
    """Return the rows of `parts`; of one area a table takes longer than all that is made of it."""
    every, names, lsoas = parts_of_areas.of(a, b, weight), _part_names(b), parts_of_areas.lsoas(a, b, weight)
    codes, here = every.codes, every.areas[code]
    values = (codes, every.weights, every.in_a, every.in_b, lsoas, _kinds(every, tolerance), _sliver_from(every))
    columns = (column[here].tolist() for column in values)
    return [Part(part, names[part], *rest) for part, *rest in zip(*columns, strict=True)]


def _kinds(every: parts_of_areas.Parts, tolerance: float) -> np.ndarray:
    kinds = np.where(every.ignored(tolerance / 100), "sliver", "real part")
    kinds[every.firsts] = "main part"
    return kinds


def _sliver_from(every: parts_of_areas.Parts) -> np.ndarray:
    return np.maximum(every.in_a, every.in_b) * 100


@kept.within(6)
def _parts(a: str, b: str, weight: str, tolerance: float) -> pd.DataFrame:
    """Return the parts of all areas of layer a, in the order of `geo.parts.of`."""
    every = parts_of_areas.of(a, b, weight)
    if tolerance:
        return _parts(a, b, weight, 0.0).assign(kind=_kinds(every, tolerance))
    return pd.DataFrame(
        {
            "name": list(map(_part_names(b).__getitem__, every.codes)),
            "weight": every.weights,
            "share_of_a": every.in_a,
            "share_of_b": every.in_b,
            "lsoas": parts_of_areas.lsoas(a, b, weight),
            "kind": _kinds(every, tolerance),
            "sliver_from": _sliver_from(every),
        },
        pd.Index(every.codes, name="b_code", dtype="str"),
    )


@kept.once
def _part_names(b: str) -> dict[str, str]:
    """Return the names of parts by code: of the areas of layer b, and of what is outside of it."""
    return {**blocks.name_by_code(b), OUTSIDE: f"Outside every {area_word(b)}"}


def categories(b: str, codes: Iterable[str]) -> tuple[Category, ...]:
    """Return colour and number of the parts of an area by their codes, the largest part first."""
    return tuple(numbered({code: _part_names(b)[code] for code in codes}).values())


def numbered(names: Mapping[str, str]) -> dict[str, Category]:
    """Return areas, by code with their names, each in a colour of its own as long as there are any, and numbered."""
    return {
        code: Category(code, name, *PART_FILLS[n % len(PART_FILLS)], str(n + 1))
        for n, (code, name) in enumerate(names.items())
    }


@kept.within(1)
def sentence(a: str, b: str, code: str, weight: str, tolerance: float) -> str:
    """Return in a sentence or two how an area lies to the other layer."""
    every, kind = each_part(a, b, code, weight, tolerance), theme(a, b, weight, tolerance).keys[code]
    one, many = area_word(b), areas_word(b)
    inside = [part for part in every if part.code != OUTSIDE]
    whole = coterminosity.totals(a, weight)["weight"][code]
    start = f"{blocks.name_by_code(a)[code]} has {amount(whole, weight)}."
    if not inside:
        return (
            f"{start} None of it lies in an area of the {many}."
            if b not in blocks.PARTIAL
            else f"{start} It lies outside every {one}."
        )
    best = inside[0]
    but = f", but for {percent(1 - best.share_of_a)}" if best.share_of_a < 1 else ""
    if kind == "same":
        rest = f", which has {percent(1 - best.share_of_b)} elsewhere" if best.share_of_b < 1 else ""
        return f"{start} It is the same area as {best.name}{but}{rest}."
    if kind == "within_one":
        return f"{start} It lies inside {best.name}{but}, and is {percent(best.share_of_b)} of it."
    if kind == "union_of_whole":
        taken = [part.name for part in inside if part.share_of_b >= 1 - tolerance / 100 - 1e-9]
        return f"{start} It is made of {counted(len(taken), f'whole {one}', f'whole {many}')}: {listed(taken)}."
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


@kept.once
def short_names(layer: str) -> dict[str, str]:
    """Return the names of a layer's areas by code, CCGs without what all their names begin and end with."""
    return {code: name.removeprefix("NHS ").removesuffix(" CCG") for code, name in blocks.names(layer).items()}
