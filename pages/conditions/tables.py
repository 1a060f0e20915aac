"""Tables of one measure and of all: values, tests, verdicts, every way to ask."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from geo import blocks
from lib import catalogue, links
from lib.catalogue import LEAD_TYPES
from lib.conditions import family, multiverse, ratings, verdicts
from lib.conditions.contingency import TableTest
from lib.conditions.measures import CLAIMS, LEAD, MEASURES, values
from lib.content import frames
from lib.content.blocks import Cell, Column, Table
from lib.measures import RATING_CATEGORIES
from lib.text import capital
from pages.conditions.view import ConditionsView

_LEFT_OUT = "left out"
_CATEGORIES = {category.key: category for category in RATING_CATEGORIES}
_TAU = (
    Column("tau_b", "tau-b", "number", decimals=2, note="Kendall's tau-b."),
    Column("interval_from", "Interval from", "number", decimals=2, note="Lower end of the 95% interval of tau-b."),
    Column("interval_to", "Interval to", "number", decimals=2, note="Upper end of the 95% interval of tau-b."),
)
_V = Column("cramers_v", "Cramér's V", "number", decimals=2, note="Of the lead type, which has no order.")
_P = (
    Column("p", "Exact p", "number", decimals=4, note="Two-sided, not corrected."),
    Column("p_corrected", "Corrected p", "number", decimals=4, note="By Holm, for all measures together."),
)
_FOOTPRINTS = Column("footprints", "Footprints", "count", note="That have a figure and a rating in the test.")


def _value_column(view: ConditionsView) -> Column:
    """Return the column of what is measured, in the unit that its words are in."""
    measure = MEASURES[view.measure]
    if view.measure == LEAD:
        return Column("value", measure.title, note=measure.note)
    sample, note = measure.words(1), measure.note
    if "weight" in measure.uses:
        note = f"{note} Counted in {blocks.WEIGHTS[view.weight]}."
    if sample.endswith("%"):
        return Column("value", measure.title, "share", note=note)
    if sample.startswith("£"):
        return Column("value", measure.title, "money", "gbp", note=note)
    if (values(view.measure, view.weight, view.tolerance).dropna() % 1 == 0).all():
        return Column("value", measure.title, "count", note=note)
    return Column("value", measure.title, "number", decimals=len(sample.partition(".")[2]), note=note)


def all_values(view: ConditionsView) -> Table:
    """Return all 44 footprints with value and group, the best group first; a row marks its footprint in the chart."""
    stps, column = catalogue.footprints(), _value_column(view)
    by_code, groups = values(view.measure, view.weight, view.tolerance), ratings.groups(view.ratings)
    ranked = pd.DataFrame({"rank": groups.where(by_code.notna()), "group": groups.fillna(-1), "value": by_code})
    ranked = ranked.sort_values(["group", "value"], ascending=[False, True], kind="stable")
    names = dict(enumerate(ratings.SCHEMES[view.ratings].groups))
    columns = (
        Column("stp", "STP"),
        column,
        Column("group", "Group in the test"),
        Column("rating", "Rating, July 2017", note="With its evidence."),
        *((Column("lead_as_of", "Evidence on the lead"),) if view.measure == LEAD else ()),
        Column("code", "ONS code", "code", in_file_only=True),
    )
    rows = tuple(
        (
            stps[row.Index].name,
            _value(row.value, column),
            names.get(row.rank, _LEFT_OUT),
            catalogue.rating_words(stps[row.Index]),
            *((capital(stps[row.Index].lead.fact.spoken_for),) if view.measure == LEAD else ()),
            row.Index,
        )
        for row in ranked.itertuples()
    )
    way, rating_of = links.link(replace(view, stp=links.CODE)), catalogue.stp_table()["rating"]
    return Table(
        "values",
        f"{MEASURES[view.measure].title}, all {len(rows)} footprints",
        columns,
        rows,
        tuple(way.replace(links.CODE, code) for code in ranked.index),
        tuple(ranked.index),
        tuple(_CATEGORIES[rating_of[code]] for code in ranked.index),
        frozenset({view.stp} if view.stp else ()),
        file_name=f"conditions-{view.measure}",
    )


def _value(value: str | float, column: Column) -> Cell:
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return LEAD_TYPES[value]
    return int(value) if column.kind == "count" else float(value)


def marks(view: ConditionsView) -> Table:
    """Return what the marks on the dots mean; a row opens the footprints with that rating."""
    counts = catalogue.stp_table()["rating"].value_counts()
    return Table(
        "marks",
        "Colour, stripes and number as on the map",
        (Column("rating", "Rating, July 2017"), Column("footprints", "Footprints", "count")),
        tuple((item.label, int(counts.get(item.key, 0))) for item in RATING_CATEGORIES),
        tuple(links.link(replace(view, rating=(item.key,), lead=(), fit=())) for item in RATING_CATEGORIES),
        swatches=RATING_CATEGORIES,
    )


def tests(view: ConditionsView) -> Table:
    """Return the figures of the tests of one measure, a row for each choice of ratings."""
    rows = []
    for scheme in ratings.SHOWN:
        result = family.results(scheme, view.weight, view.tolerance)[view.measure]
        rows.append((ratings.SCHEMES[scheme].title, *_figures(result)))
    strength = (_V,) if view.measure == LEAD else _TAU
    columns = (Column("ratings", "Ratings"), _FOOTPRINTS, *strength, *_P)
    return Table("tests", f"{MEASURES[view.measure].title}: the tests", columns, tuple(rows))


def _figures(result: family.Result) -> tuple[Cell, ...]:
    test = result.test
    strength = (test.v,) if isinstance(test, TableTest) else (test.tau, test.low, test.high)
    return (verdicts.footprints(test), *_numbers((*strength, result.p, result.corrected)))


def _numbers(figures: Sequence[float | None]) -> tuple[float | None, ...]:
    return tuple(None if number is None or pd.isna(number) else float(number) for number in figures)


def claims(view: ConditionsView) -> Table:
    """Return the verdict on every measure; a row opens its dots."""
    columns = (
        Column("measure", "Measure"),
        Column("claim", "Claim"),
        Column("verdict", "Verdict"),
        _FOOTPRINTS,
        *_TAU,
        _V,
        *_P,
        Column("bounds_from", "Bounds from", "number", decimals=2, note="Least tau-b, see the method."),
        Column("bounds_to", "Bounds to", "number", decimals=2, note="Greatest tau-b, see the method."),
    )
    results = family.results(view.ratings, view.weight, view.tolerance)
    rows = []
    for key, result in results.items():
        measure, (footprints, *figures) = MEASURES[key], _figures(result)
        strength = (None, None, None, figures[0]) if key == LEAD else (*figures[:3], None)
        ends = (None, None) if key == LEAD else family.tau_bounds(key, view.weight, view.tolerance)
        claim = f"{CLAIMS[measure.claim].title}: {verdicts.claimed(measure)}"
        kind = verdicts.KINDS[verdicts.kind(result)]
        rows.append((measure.title, claim, kind, footprints, *strength, *figures[-2:], *_numbers(ends)))
    return Table(
        "claims",
        f"All {len(rows)} measures",
        columns,
        tuple(rows),
        tuple(links.link(replace(view, measure=key)) for key in results),
        caption="Choose a measure to see its dots. Bounds: of tau-b over all footprints in four classes, whichever of "
        "the ratings not established were advanced.",
        file_name=f"conditions-{view.ratings}",
    )


def dates(results: dict[str, family.Result]) -> Table:
    """Return every measure against the date of becoming a system."""
    columns = (Column("measure", "Measure"), Column("verdict", "Verdict"), _FOOTPRINTS, *_TAU, _V, *_P)
    rows = []
    for key, result in results.items():
        footprints, *figures = _figures(result)
        strength = (None, None, None, figures[0]) if key == LEAD else (*figures[:3], None)
        kind = verdicts.KINDS[verdicts.kind(result)]
        rows.append((MEASURES[key].title, kind, footprints, *strength, *figures[-2:]))
    return Table(
        "dates",
        f"All {len(rows)} measures and the date of becoming a system",
        columns,
        tuple(rows),
        caption="tau-b above zero: footprints that became a system earlier have more of the measure.",
        file_name="conditions-systems",
    )


_WAYS = {
    "scheme": Column("ratings", "Ratings"),
    "way": Column("measured", "Measured"),
    "weight": Column("counted_in", "Counted in"),
    "tolerance": Column("tolerance", "Tolerance", "share", note="Parts smaller than this are ignored."),
    "n": _FOOTPRINTS,
    "tau": _TAU[0],
    "p": _P[0],
}


def ways(view: ConditionsView) -> Table:
    """Return every way to ask about one measure, sorted by the answer; choices that make no difference are left out."""
    table = multiverse.universe(view.measure).dropna(axis="columns", how="all")
    titles = table["scheme"].map(lambda scheme: ratings.SCHEMES[scheme].title)
    table = table.assign(scheme=titles, tau=table["tau"].round(3), p=table["p"].round(4))
    if "weight" in table:
        table["weight"] = table["weight"].map(blocks.WEIGHTS)
    if "tolerance" in table:
        table["tolerance"] = table["tolerance"] / 100
    names = [name for name in _WAYS if name in table]
    columns = _WAYS | ({"tau": _V} if view.measure == LEAD else {})
    return Table(
        "ways",
        f"{MEASURES[view.measure].title}, asked in every way",
        tuple(columns[name] for name in names),
        frames.rows(table[names]),
        file_name=f"conditions-{view.measure}-all-ways",
    )
