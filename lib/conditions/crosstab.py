"""Footprints counted by lead type, fit with councils and rating."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from geo import kept
from lib import catalogue, fit
from lib.catalogue import LEAD_TYPES
from lib.measures import RATING_CATEGORIES
from lib.text import capital, counted, listed

FITS = ("same", "union_of_whole", "within_one", "split")
FIT_LABELS = {name: fit.class_label(name, "council17") for name in FITS}
RATINGS = {category.key: category.label for category in RATING_CATEGORIES}


@kept.within(1)
def classified(weight: str, tolerance: float) -> pd.DataFrame:
    """Return ``lead``, ``fit`` (class against councils) and ``rating`` of each STP."""
    table = catalogue.stp_table()[["name", "lead", "rating"]]
    return table.assign(fit=fit.areas("stp17", "council17", weight, tolerance)["class"])


@dataclass(frozen=True)
class Cell:
    """A cell: how many footprints it counts, the filters that choose just these, and both in words."""

    count: int
    filters: Mapping[str, str]
    words: str


@dataclass(frozen=True)
class Row:
    """A row: a lead type, or one fit class within it, or all of them."""

    label: str
    within: bool
    cells: tuple[Cell, ...]


@kept.within(2)
def rows(weight: str, tolerance: float) -> list[Row]:
    """Return the table: for each lead type all its footprints, then its fit classes; at the end all lead types.

    Each row has a cell for each of `RATINGS` and one for all. Fit classes
    that no footprint of a lead type is in are left out.
    """
    table = classified(weight, tolerance)
    lines = []
    for lead, title in [*LEAD_TYPES.items(), (None, "All lead types")]:
        lines.append(_row(table, title, False, {"lead": lead} if lead else {}))
        for name in FITS:
            filters = ({"lead": lead} if lead else {}) | {"fit": name}
            row = _row(table, FIT_LABELS[name], True, filters)
            if row.cells[-1].count:
                lines.append(row)
    return lines


def _row(table: pd.DataFrame, label: str, within: bool, filters: Mapping[str, str]) -> Row:
    inside = table
    for column, value in filters.items():
        inside = inside[inside[column] == value]
    counts = inside["rating"].value_counts()
    cells = [_cell(int(counts.get(rating, 0)), {**filters, "rating": rating}) for rating in RATINGS]
    return Row(label, within, (*cells, _cell(len(inside), filters)))


def _cell(count: int, filters: Mapping[str, str]) -> Cell:
    return Cell(count, filters, f"{counted(count, 'footprint')}: {filter_words(filters)}")


def passing(weight: str, tolerance: float, filters: Mapping[str, Collection[str]]) -> list[str]:
    """Return the codes of the STPs that pass all filters; an empty one lets everything through."""
    table = classified(weight, tolerance)
    passes = pd.Series(True, index=table.index)
    for column, allowed in filters.items():
        if allowed:
            passes &= table[column].isin(allowed)
    return list(table.index[passes])


def counts_table(weight: str, tolerance: float) -> pd.DataFrame:
    """Return the table as readers download it: a row for each lead type, fit class and rating, with its footprints."""
    table = classified(weight, tolerance)
    groups = table.groupby(["lead", "fit", "rating"], sort=False)["name"]
    order = {"lead": list(LEAD_TYPES), "fit": list(FITS), "rating": list(RATINGS)}
    counts = groups.agg(["size", " ; ".join]).reset_index()
    for column, places in order.items():
        counts[column] = pd.Categorical(counts[column], places)
    counts = counts.sort_values(list(order), ignore_index=True)
    return pd.DataFrame(
        {
            "Lead type": counts["lead"].astype(str).map(LEAD_TYPES),
            "Fit with councils": counts["fit"].astype(str).map(FIT_LABELS),
            "Rating": counts["rating"].astype(str).map(RATINGS),
            "Footprints": counts["size"],
            "Which": counts["join"],
        }
    )


def reading_table(codes: Collection[str], weight: str, tolerance: float) -> pd.DataFrame:
    """Return STPs with lead type, fit and rating as pages show them, by code."""
    table, stps = classified(weight, tolerance).loc[list(codes)], catalogue.footprints()
    return pd.DataFrame(
        {
            "STP": table["name"],
            "Lead type": table["lead"].map(LEAD_TYPES),
            "Lead": [stps[code].lead.fact.value for code in table.index],
            "Evidence on the lead": [capital(stps[code].lead.fact.spoken_for) for code in table.index],
            "Rating": [catalogue.rating_words(stps[code]) for code in table.index],
            "Fit with councils": table["fit"].map(FIT_LABELS),
        },
        index=table.index,
    )


def filter_words(filters: Mapping[str, str | Collection[str]]) -> str:
    """Return filters in words: ``"Provider; Split between councils; Outstanding"``."""
    words = {"lead": LEAD_TYPES, "fit": FIT_LABELS, "rating": RATINGS}
    parts = []
    for name, known in words.items():
        allowed = filters.get(name) or ()
        allowed = (allowed,) if isinstance(allowed, str) else tuple(allowed)
        if allowed:
            parts.append(listed([known[value] for value in allowed], "or"))
    return "; ".join(parts) or "all"
