"""Matched numbers as pages show them: classes on the map, a ranking, and what one area has."""

from dataclasses import replace

import pandas as pd

from geo import blocks, kept
from lib import catalogue, classes, fit
from lib.catalogue import LEAD_TYPES
from lib.content.blocks import Prose
from lib.own_numbers import row_kinds
from lib.text import capital, counted, listed, percent
from lib.themes import Category, Theme
from pages.your_numbers.reader.matched import Matched

NO_VALUE = "No value"
# Grey that stands apart from the palest blue where the map has no stripes for gaps.
_GAP_FILL, _GAP_INK = "#c3c9cd", "#231f20"
_STRIPED = "stp17"
_ENDS = 5


def theme(matched: Matched) -> Theme:
    """Put the areas into up to five classes of about the same size; what has no value is a class of its own.

    The areas of a layer with many are labelled with the number of their
    class, those of the STPs with their value.
    """
    names = blocks.names(matched.layer)
    column = matched.values.reindex(names.index)
    numbers = classes.numbered(column)
    categories = classes.ranges(column, numbers, matched.words, NO_VALUE)
    keys = numbers.map(lambda n: "gap" if pd.isna(n) else str(int(n)))
    values = column.map(matched.words, na_action="ignore").fillna(NO_VALUE.lower())
    if matched.layer == _STRIPED:
        marks = column.map(lambda value: short(matched, value), na_action="ignore").fillna("–")
    else:
        categories = [_numbered(category) for category in categories]
        marks = keys.map({category.key: category.mark for category in categories})
    return Theme(
        matched.layer,
        # What a reader calls the column is shown as a heading: the classes do without it.
        "Your values",
        row_kinds.many(matched.layer),
        tuple(categories),
        dict(names),
        dict(keys),
        dict(marks),
        dict(values),
    )


def _numbered(category: Category) -> Category:
    if category.key == "gap":
        return replace(category, fill=_GAP_FILL, ink=_GAP_INK, hatch="")
    return replace(category, mark=str(int(category.key) + 1))


def short(matched: Matched, value: float) -> str:
    """Return a value short enough for a label on the map."""
    pound, percent = "£" if matched.unit == "£" else "", "%" if matched.unit == "%" else ""
    minus, size = "−" if value < 0 else "", abs(value)
    for least, divisor, word in ((1e9, 1e9, "bn"), (1e6, 1e6, "m"), (1e4, 1e3, "k")):
        if size >= least:
            return f"{minus}{pound}{size / divisor:.{0 if size / divisor >= 10 else 1}f}{word}{percent}"
    decimals = min(matched.decimals, 0 if size >= 100 else 1 if size >= 1 or not size else 3)
    return f"{minus}{pound}{size:.{decimals}f}{percent}"


@kept.once
def homes(layer: str) -> pd.Series:
    """Return the STP of each area of a layer by code: for one in several the one with most of its residents."""
    if layer == "stp17":
        return pd.Series({code: code for code in blocks.names("stp17").index})
    return fit.areas(layer, "stp17", "population", 0.0)["partner_code"]


def ranking(matched: Matched) -> pd.DataFrame:
    """Return the areas with a value from the greatest to the least, then those without, by code.

    Areas with the same value share a rank.
    """
    names, stps = blocks.names(matched.layer), catalogue.footprints()
    column = matched.values.reindex(names.index)
    order = pd.DataFrame({"value": -column, "name": names}).sort_values(["value", "name"]).index
    column = column[order]
    home = homes(matched.layer)[order]
    table = pd.DataFrame(
        {
            _head(matched.layer): names[order],
            "Rank": column.rank(ascending=False, method="min").astype("Int64"),
            value_head(matched): column,
        }
    )
    if matched.layer != "stp17":
        head = "STP" if matched.layer == "ccg17" else "STP with most residents"
        table[head] = home.map(lambda code: stps[code].name)
    of = "" if matched.layer == "stp17" else " of the STP"
    table[f"Rating{of}, July 2017"] = home.map(lambda code: catalogue.rating_words(stps[code]))
    table[f"Lead type{of}"] = home.map(lambda code: LEAD_TYPES[stps[code].lead.kind])
    table["Why no value"] = matched.gaps.reindex(order).fillna("")
    table["Sum of"] = [listed(matched.parts.get(code, ())) for code in order]
    if matched.added is not None:
        table["Rows"] = matched.added.rows.reindex(order).astype("Int64")
        table["Estimated share"] = matched.added.estimated.reindex(order)
        table["How exact"] = " ".join((matched.added.grade, *matched.notes))
    table["Code"] = order
    empty = [name for name, some in (("Why no value", matched.gaps), ("Sum of", matched.parts)) if not len(some)]
    return table.drop(columns=empty)


def _head(layer: str) -> str:
    return capital(blocks.layer(layer).one)


def value_head(matched: Matched) -> str:
    """Return what the column of values is called in our tables: the reader's word, apart from our own."""
    unit = f", {matched.unit}" if matched.unit and matched.unit not in matched.title else ""
    return f"Value: {matched.title}{unit}"


def summary(matched: Matched) -> str:
    """Return in words what the values are like."""
    names, values = blocks.names(matched.layer), matched.values
    least, greatest = values.min(), values.max()
    sentence = f"The median of {counted(len(values), 'value')} is {matched.words(values.median())}."
    if least == greatest:
        return f"{sentence} All are the same."
    ends = []
    for word, end in (("greatest", greatest), ("least", least)):
        there = [names[code] for code in values.index[values == end]]
        where = there[0] if len(there) == 1 else f"{len(there)} areas"
        ends.append(f"the {word} is {matched.words(end)} in {where}")
    return f"{sentence} {capital(listed(ends))}."


def ends(matched: Matched) -> pd.DataFrame:
    """Return the areas with the greatest and the least values, in words; all of them where they are few."""
    names = blocks.names(matched.layer)
    order = pd.DataFrame({"value": -matched.values, "name": names.reindex(matched.values.index)})
    order = order.sort_values(["value", "name"]).index
    if len(order) > 2 * _ENDS:
        order = [*order[:_ENDS], *order[-_ENDS:]]
    ranks = matched.values.rank(ascending=False, method="min")
    rows = [(f"{ranks[code]:.0f}", names[code], matched.words(matched.values[code])) for code in order]
    if len(rows) == 2 * _ENDS:
        rows.insert(_ENDS, ("…", "", ""))
    return pd.DataFrame(rows, columns=["Rank", _head(matched.layer), "Value"])


def made(matched: Matched, code: str) -> tuple[Prose, ...]:
    """Return in a sentence of how many rows an area's value is, and what of it is an estimate."""
    if matched.added is None or code not in matched.values:
        return ()
    added, what = matched.added, "mean" if matched.added.weight else "sum"
    share = float(added.estimated[code])
    of_it = f", {percent(share)} of it by rows that were divided by residents: an estimate" if share else ""
    return (Prose(f"It is the {what} of {counted(int(added.rows[code]), 'row')}{of_it}."),)


def place(matched: Matched, code: str) -> str:
    """Return in a sentence what one area has, and how it ranks."""
    name, total = blocks.names(matched.layer)[code], len(matched.values)
    if code not in matched.values:
        return f"{name} has no value: {matched.gaps[code]}."
    value = matched.values[code]
    rank = int((matched.values > value).sum()) + 1
    equal = int((matched.values == value).sum()) - 1
    shared = f", shared with {counted(equal, 'other')}" if equal else ""
    return f"{name} has {matched.words(value)}: rank {rank} of {total} from the greatest{shared}."
