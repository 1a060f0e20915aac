"""Footprints counted by lead type, fit with councils and rating."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from geo import blocks, kept
from lib import catalogue, fit
from lib.catalogue import LEAD_TYPES
from lib.measures import RATING_CATEGORIES
from lib.text import counted, listed

FITS = ("same", "union_of_whole", "within_one", "split")
FIT_LABELS = {name: fit.class_label(name, "council17") for name in FITS}
RATINGS = {category.key: category.label for category in RATING_CATEGORIES}


class Classified(NamedTuple):
    """An STP with its lead type, its class against councils and its rating."""

    stp: catalogue.Footprint
    lead: str
    fit: str
    rating: str


def classified(weight: str, tolerance: float) -> list[Classified]:
    """Return all STPs, in the order of footprint numbers."""
    return _classified(_classes(weight, tolerance))


def _classified(classes: tuple[str, ...]) -> list[Classified]:
    stps = catalogue.footprints().values()
    return [
        Classified(stp, stp.lead.kind, name, catalogue.rating_class(stp))
        for stp, name in zip(stps, classes, strict=True)
    ]


def _classes(weight: str, tolerance: float) -> tuple[str, ...]:
    """Return the class of each STP, in the order of footprint numbers: few tolerances change any."""
    classes = fit.classes("stp17", "council17", weight, tolerance)
    by_code = dict(zip(blocks.name_by_code("stp17"), classes, strict=True))
    return tuple(by_code[code] for code in catalogue.footprints())


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


def rows(weight: str, tolerance: float) -> list[Row]:
    """Return the table: for each lead type all its footprints, then its fit classes; at the end all lead types.

    Each row has a cell for each of `RATINGS` and one for all. Fit classes
    that no footprint of a lead type is in are left out.
    """
    return _rows(_classes(weight, tolerance))


@kept.within(2)
def _rows(classes: tuple[str, ...]) -> list[Row]:
    stps, lines = _classified(classes), []
    for lead, title in [*LEAD_TYPES.items(), (None, "All lead types")]:
        led, chosen = [stp for stp in stps if lead in (stp.lead, None)], {"lead": lead} if lead else {}
        lines.append(_row(led, title, False, chosen))
        for name in FITS:
            if inside := [stp for stp in led if stp.fit == name]:
                lines.append(_row(inside, FIT_LABELS[name], True, {**chosen, "fit": name}))
    return lines


def _row(inside: list[Classified], label: str, within: bool, filters: Mapping[str, str]) -> Row:
    counts = Counter(stp.rating for stp in inside)
    cells = [_cell(counts[rating], {**filters, "rating": rating}) for rating in RATINGS]
    return Row(label, within, (*cells, _cell(len(inside), filters)))


def _cell(count: int, filters: Mapping[str, str]) -> Cell:
    return Cell(count, filters, f"{counted(count, 'footprint')}: {filter_words(filters)}")


def passing(weight: str, tolerance: float, filters: Mapping[str, Collection[str]]) -> list[Classified]:
    """Return the STPs that pass all filters; an empty one lets everything through."""
    chosen = {name: allowed for name, allowed in filters.items() if allowed}
    return [
        stp
        for stp in classified(weight, tolerance)
        if all(getattr(stp, name) in allowed for name, allowed in chosen.items())
    ]


def listing(weight: str, tolerance: float) -> tuple[tuple[str, str, str, int, str], ...]:
    """Return lead type, fit and rating in words with the number of their footprints and the names of these."""
    return _listing(_classes(weight, tolerance))


@kept.within(0.5)
def _listing(classes: tuple[str, ...]) -> tuple[tuple[str, str, str, int, str], ...]:
    names: dict[tuple[str, str, str], list[str]] = {}
    for row in _classified(classes):
        names.setdefault((row.lead, row.fit, row.rating), []).append(row.stp.name)
    return tuple(
        (LEAD_TYPES[lead], FIT_LABELS[name], RATINGS[rating], len(inside), " ; ".join(inside))
        for lead, name, rating in product(LEAD_TYPES, FITS, RATINGS)
        if (inside := names.get((lead, name, rating)))
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
