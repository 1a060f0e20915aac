"""Footprints counted by lead type, fit with councils and rating; a count opens its footprints."""

from collections.abc import Mapping
from dataclasses import replace

from geo import blocks
from lib import catalogue, links
from lib.catalogue import LEAD_TYPES
from lib.conditions import crosstab
from lib.conditions.measures import LEAD
from lib.content.blocks import Block, Cell, Column, Link, Links, Prose, Section, Strong, Table
from lib.facts import totals
from lib.parameters import ALL
from lib.text import capital, counted, slug
from pages.conditions.view import ConditionsView

_FILTERS = ("lead", "fit", "rating")
_ALL = "All"
_LIST = (
    Column("lead_type", "Lead type"),
    Column("fit", "Fit with councils"),
    Column("rating", "Rating"),
    Column("footprints", "Footprints", "count"),
    Column("names", "Which"),
)
_PASSING = (
    Column("stp", "STP"),
    Column("lead_type", "Lead type"),
    Column("lead", "Lead"),
    Column("lead_as_of", "Evidence on the lead"),
    Column("rating", "Rating", note="With its evidence."),
    Column("fit", "Fit with councils"),
)


def section(view: ConditionsView) -> Section:
    """Return the counts, and the footprints that pass the filters where any is set."""
    caption = (
        f"Fit: class of each STP against councils, counted in {blocks.WEIGHTS[view.weight]}, tolerance "
        f"{view.tolerance:g}%. Leads are as of the date their source speaks for, 2016 to 2019."
    )
    return Section(
        "Lead type, fit and rating together",
        (
            *_opened(view),
            Prose("Choose a number to see which footprints it counts.", "caption"),
            _counts(view),
            Prose(caption, "caption"),
            Section("Which footprints, as a list", (_listed(view.weight, view.tolerance),), folded=True),
            *totals.published(LEAD),
        ),
        "leads",
    )


def _counts(view: ConditionsView) -> Table:
    columns = (
        Column("lead_type", "Lead type"),
        Column("fit", "Fit with councils"),
        *(Column(slug(key).replace("-", "_"), label, "count") for key, label in crosstab.RATINGS.items()),
        Column("all", _ALL, "count"),
    )
    # One link for all cells: lead type and fit are filled in, and of the rating there are few.
    opened = {
        rating: links.link(replace(view, lead=(links.CODE,), fit=(links.CODES,), rating=(rating,) if rating else ()))
        for rating in ("", *crosstab.RATINGS)
    }
    rows, lead = [], ""
    for row in crosstab.rows(view.weight, view.tolerance):
        lead = lead if row.within else row.label
        rows.append((lead, row.label if row.within else _ALL, *(_cell(opened, cell) for cell in row.cells)))
    return Table("counts", "Footprints by lead type, fit and rating", columns, tuple(rows))


def _cell(opened: Mapping[str, str], cell: crosstab.Cell) -> Cell:
    """Return a count as the link that opens its footprints; `opened` has it by rating, lead type and fit missing."""
    if not cell.count:
        return 0
    lead, fit = (cell.filters.get(name, ALL) for name in ("lead", "fit"))
    way = opened[cell.filters.get("rating", "")].replace(links.CODE, lead).replace(links.CODES, fit)
    return Link(str(cell.count), way, cell.words)


def _listed(weight: str, tolerance: float) -> Table:
    return Table(
        "lead-fit-rating",
        "Footprints by lead type, fit and rating, with their names",
        _LIST,
        crosstab.listing(weight, tolerance),
        file_name="conditions-lead-fit-rating",
    )


def _opened(view: ConditionsView) -> tuple[Block, ...]:
    filters: Mapping[str, tuple[str, ...]] = {name: getattr(view, name) for name in _FILTERS}
    if not any(filters.values()):
        return ()
    closed = Link("Close the list", links.link(replace(view, lead=(), fit=(), rating=())))
    passing = crosstab.passing(view.weight, view.tolerance, filters)
    if not passing:
        return (Prose((Strong("No footprint passes all filters together."),)), Links((closed,)))
    on_map = "These on the map, whatever their fit" if view.fit else "These on the map"
    number, codes = counted(len(passing), "footprint"), tuple(row.stp.code for row in passing)
    table = Table(
        "footprints",
        number,
        _PASSING,
        tuple(_described(row) for row in passing),
        tuple(links.to("footprint", stp=code) for code in codes),
        codes,
        file_name="conditions-footprints",
    )
    ways = Links((Link(on_map, links.to("", lead=view.lead, rating=view.rating, colour="lead")), closed))
    return (Section(f"{number}: {crosstab.filter_words(filters)}", (table, ways), "opened"),)


def _described(row: crosstab.Classified) -> tuple[Cell, ...]:
    """Return the cells of a footprint, in the order of `_PASSING`."""
    lead = row.stp.lead.fact
    return (
        row.stp.name,
        LEAD_TYPES[row.lead],
        lead.value,
        capital(lead.spoken_for),
        catalogue.rating_words(row.stp),
        crosstab.FIT_LABELS[row.fit],
    )
