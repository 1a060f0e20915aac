"""Flows of residents between two vintages: which of them a view shows, and what to say of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from geo import blocks, kept, vintages
from geo.vintages import Flow
from lib import catalogue
from lib.parameters import ALL
from lib.text import counted, listed, slug, small
from lib.themes import Category
from pages.then_and_now.view import ThenAndNowView

MOST_DRAWN = 70
"""Areas on a side of a drawing that can still be read."""
CATEGORIES = (
    Category("moved", "Moved to another area", "#b3490a", "#ffffff"),
    Category("merged", "Merged with others", "#2f6db5", "#ffffff"),
    Category("kept", "Main part, new boundary", "#6f8496", "#ffffff"),
    Category("same", "The same area", "#ccd5dc", "#231f20"),
)
_MOST_TOLD = 4
_WORDS = {category.key: category.label for category in CATEGORIES}


def starts(view: ThenAndNowView) -> dict[str, str]:
    """Return the years from which flows of a view can start, with their words."""
    return {year: year for year in view.years[:-1]}


def ends(view: ThenAndNowView) -> dict[str, str]:
    """Return the years in which flows of a view can end, with their words."""
    return {year: year for year in view.years if year > view.start}


@kept.once
def _regions(layer: str) -> dict[str, str]:
    """Return the NHS region of 2017 in which most residents of each area of a vintage live, by code."""
    by_stp = vintages.flows(layer, "stp17")
    region = {code: slug(stp.region).replace("-", "_") for code, stp in catalogue.footprints().items()}
    sums = by_stp.assign(region=by_stp["b_code"].map(region)).groupby(["a_code", "region"])["residents"].sum()
    return {code: part.idxmax()[1] for code, part in sums.groupby(level=0)}


def of_view(view: ThenAndNowView) -> tuple[Flow, ...]:
    """Return the flows that a view shows, see `geo.vintages.flows`.

    Those of an STP are the flows of its residents' areas, and of all others
    that came to the same areas. Those of a region start or end there. Where
    no STP is chosen, a view may leave out areas that stayed the same.
    """
    return _of_view(asked(view))


def asked(view: ThenAndNowView) -> ThenAndNowView:
    """Return a view without what has nothing to do with flows, to keep results by."""
    return replace(view, code=None, year="any")


@kept.within(2)
def _of_view(view: ThenAndNowView) -> tuple[Flow, ...]:
    a, b = view.layers
    rows = vintages.rows(a, b)
    if view.stp:
        reached = _reached(b).get(view.stp, ())
        return tuple(row for row in rows if row.b_code in reached)
    if view.region != ALL:
        starts, ends = _regions(a), _regions(b)
        rows = tuple(row for row in rows if view.region in (starts.get(row.a_code), ends.get(row.b_code)))
    return rows if view.flows == ALL else tuple(row for row in rows if row.kind != "same")


@kept.once
def _reached(layer: str) -> dict[str, frozenset[str]]:
    """Return the areas of a vintage that have residents of each STP of 2017, by its code."""
    return {code: frozenset(there) for code, there in blocks.pieces().groupby("stp17")[layer]}


def drawable(rows: Sequence[Flow]) -> bool:
    """Return whether a drawing of flows says more than a sentence, and can be read."""
    return len(rows) > 1 and max(_numbers_of_areas(rows)) <= MOST_DRAWN


def _numbers_of_areas(rows: Sequence[Flow]) -> tuple[int, int]:
    """Return from how many areas flows come, and to how many they go."""
    return len({row.a_code for row in rows}), len({row.b_code for row in rows})


def undrawn(view: ThenAndNowView) -> str:
    """Return in a sentence why the flows of a view are not drawn."""
    rows, (a, b) = of_view(view), view.layers
    if not rows:
        return f"Not one LSOA changed hands between the {blocks.layer(a).vintage} and the {blocks.layer(b).vintage}."
    if len(rows) == 1:
        return (
            f"{rows[0].a_name} and {rows[0].b_name} are the same area: {rows[0].lsoas:,} LSOAs "
            f"with {rows[0].residents:,} residents (mid-2017). There is no flow to draw."
        )
    before, after = _numbers_of_areas(rows)
    return (
        f"{len(rows)} flows from {before} areas to {after} are too many for "
        "one drawing: choose an NHS region or a footprint. The table lists them all."
    )


def headline(a: str, b: str) -> str:
    """Return in a few words how many areas a vintage had, and how many it became."""
    summary = vintages.summary(a, b)
    many, now = blocks.layer(a).many, blocks.layer(b).many
    changed = f"{summary.before} {many} of {blocks.layer(a).year} became {summary.after} {now}"
    if now == many:
        changed = changed.removesuffix(f" {now}")
    return f"{changed} by {blocks.layer(b).year}"


def sizes(a: str, b: str) -> str:
    """Return in a sentence what became of all areas of a vintage."""
    summary = vintages.summary(a, b)
    parts = [
        f"{number} {what}"
        for number, what in (
            (summary.same, "stayed the same area"),
            (summary.merged, "merged"),
            (summary.kept, "gained or lost ground"),
        )
        if number
    ]
    people = f"{summary.moved_residents:,} residents ({counted(summary.moved_lsoas, 'LSOA')})"
    moved = f"Parts with {people} moved to another area than the rest." if summary.moved_lsoas else "No part moved."
    return f"{listed(parts)}. {moved}"


def in_words(rows: Sequence[Flow], a: str, b: str) -> str:
    """Return a drawing of flows in words."""
    kinds, (before, after) = Counter(row.kind for row in rows), _numbers_of_areas(rows)
    parts = [f"{small(_WORDS[key])}: {kinds[key]}" for key in _WORDS if key in kinds]
    moved = sorted((row for row in rows if row.kind == "moved"), key=lambda row: -row.residents)
    largest = [
        f"{row.residents:,} from {vintages.plain_name(row.a_name)} to {vintages.plain_name(row.b_name)}"
        for row in moved[:_MOST_TOLD]
    ]
    return (
        f"{counted(len(rows), 'flow')} of residents from {before} {blocks.layer(a).vintage} "
        f"to {after} {blocks.layer(b).vintage}; {', '.join(parts)}."
        + (f" The largest that moved: {listed(largest)}." if largest else "")
        + " The table below lists them all."
    )
