"""Flows of residents between two vintages: which of them a view shows, and what to say of them."""

from dataclasses import replace

import pandas as pd

from geo import blocks, kept, vintages
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


def of_view(view: ThenAndNowView) -> pd.DataFrame:
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
def _of_view(view: ThenAndNowView) -> pd.DataFrame:
    a, b = view.layers
    table = vintages.flows(a, b)
    if view.stp:
        pieces = blocks.pieces()
        return table[table["b_code"].isin(pieces[b][pieces["stp17"] == view.stp])]
    if view.region != ALL:
        starts, ends = table["a_code"].map(_regions(a)), table["b_code"].map(_regions(b))
        table = table[(starts == view.region) | (ends == view.region)]
    return table if view.flows == ALL else table[table["kind"] != "same"]


def drawable(table: pd.DataFrame) -> bool:
    """Return whether a drawing of flows says more than a sentence, and can be read."""
    return len(table) > 1 and max(table["a_code"].nunique(), table["b_code"].nunique()) <= MOST_DRAWN


def undrawn(view: ThenAndNowView) -> str:
    """Return in a sentence why the flows of a view are not drawn."""
    table, (a, b) = of_view(view), view.layers
    if table.empty:
        return f"Not one LSOA changed hands between the {blocks.layer(a).vintage} and the {blocks.layer(b).vintage}."
    if len(table) == 1:
        row = table.iloc[0]
        return (
            f"{row['a_name']} and {row['b_name']} are the same area: {row['lsoas']:,} LSOAs "
            f"with {row['residents']:,} residents (mid-2017). There is no flow to draw."
        )
    return (
        f"{len(table)} flows from {table['a_code'].nunique()} areas to {table['b_code'].nunique()} are too many for "
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


def in_words(table: pd.DataFrame, a: str, b: str) -> str:
    """Return a drawing of flows in words."""
    kinds = table["kind"].value_counts()
    parts = [f"{small(_WORDS[key])}: {kinds[key]}" for key in _WORDS if key in kinds]
    moved = table[table["kind"] == "moved"].sort_values("residents", ascending=False)
    largest = [
        f"{row.residents:,} from {vintages.plain_name(row.a_name)} to {vintages.plain_name(row.b_name)}"
        for row in moved.head(_MOST_TOLD).itertuples()
    ]
    return (
        f"{counted(len(table), 'flow')} of residents from {table['a_code'].nunique()} {blocks.layer(a).vintage} "
        f"to {table['b_code'].nunique()} {blocks.layer(b).vintage}; {', '.join(parts)}."
        + (f" The largest that moved: {listed(largest)}." if largest else "")
        + " The table below lists them all."
    )
