"""Tables of one measure and of all: values, tests, verdicts, every way to ask."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from geo import blocks, kept
from lib import catalogue, links
from lib.catalogue import LEAD_TYPES
from lib.conditions import family, multiverse, ratings, verdicts
from lib.conditions.contingency import TableTest
from lib.conditions.measures import CLAIMS, LEAD, MEASURES, choices, values
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


def _value_column(key: str, weight: str, tolerance: float) -> Column:
    """Return the column of what is measured, in the unit that its words are in."""
    measure = MEASURES[key]
    if key == LEAD:
        return Column("value", measure.title, note=measure.note)
    sample, note = measure.words(1), measure.note
    if "weight" in measure.uses:
        note = f"{note} Counted in {blocks.WEIGHTS[weight]}."
    if sample.endswith("%"):
        return Column("value", measure.title, "share", note=note)
    if sample.startswith("£"):
        return Column("value", measure.title, "money", "gbp", note=note)
    if all(value % 1 == 0 for value in values(key, weight, tolerance).tolist() if not pd.isna(value)):
        return Column("value", measure.title, "count", note=note)
    return Column("value", measure.title, "number", decimals=len(sample.partition(".")[2]), note=note)


def all_values(view: ConditionsView) -> Table:
    """Return all 44 footprints with value and group, the best group first; a row marks its footprint in the chart."""
    way = replace(view, stp=links.CODE)
    table = _all_values(view.measure, view.ratings, *choices(view.measure, view.weight, view.tolerance))
    return replace(table, links=_filled_in(way, table.codes), chosen=frozenset({view.stp} if view.stp else ()))


@kept.within(2)
def _all_values(measure: str, scheme: str, weight: str, tolerance: float) -> Table:
    stps, column = catalogue.footprints(), _value_column(measure, weight, tolerance)
    by_code = values(measure, weight, tolerance).to_dict()
    names, groups = dict(enumerate(ratings.SCHEMES[scheme].groups)), ratings.groups(scheme).fillna(-1).to_dict()
    ranked = sorted(by_code, key=lambda code: (-groups[code], pd.isna(by_code[code]), by_code[code]))
    columns = (
        Column("stp", "STP"),
        column,
        Column("group", "Group in the test"),
        Column("rating", "Rating, July 2017", note="With its evidence."),
        *((Column("lead_as_of", "Evidence on the lead"),) if measure == LEAD else ()),
        Column("code", "ONS code", "code", in_file_only=True),
    )
    rows = tuple(
        (
            stps[code].name,
            _value(by_code[code], column),
            _LEFT_OUT if pd.isna(by_code[code]) else names.get(groups[code], _LEFT_OUT),
            catalogue.rating_words(stps[code]),
            *((capital(stps[code].lead.fact.spoken_for),) if measure == LEAD else ()),
            code,
        )
        for code in ranked
    )
    return Table(
        "values",
        f"{MEASURES[measure].title}, all {len(rows)} footprints",
        columns,
        rows,
        codes=tuple(ranked),
        swatches=tuple(_CATEGORIES[catalogue.rating_class(stps[code])] for code in ranked),
        file_name=f"conditions-{measure}",
    )


def _filled_in(template: ConditionsView, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the links of a view in which `lib.links.CODE` stands for each of some words."""
    way = links.link(template)
    return links.filled(way, codes)


def _value(value: str | float, column: Column) -> Cell:
    if pd.isna(value):
        return None
    if isinstance(value, str):
        return LEAD_TYPES[value]
    return int(value) if column.kind == "count" else float(value)


def marks(view: ConditionsView) -> Table:
    """Return what the marks on the dots mean; a row opens the footprints with that rating."""
    opened = replace(view, rating=(links.CODE,), lead=(), fit=())
    return replace(_marks(), links=_filled_in(opened, (item.key for item in RATING_CATEGORIES)))


@kept.once
def _marks() -> Table:
    counts = catalogue.stp_table()["rating"].value_counts()
    return Table(
        "marks",
        "Colour, stripes and number as on the map",
        (Column("rating", "Rating, July 2017"), Column("footprints", "Footprints", "count")),
        tuple((item.label, int(counts.get(item.key, 0))) for item in RATING_CATEGORIES),
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
    table = _claims(view.ratings, view.weight, view.tolerance)
    return replace(table, links=_filled_in(replace(view, measure=links.CODE), MEASURES))


@kept.within(1)
def _claims(scheme: str, weight: str, tolerance: float) -> Table:
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
    rows = []
    for key, result in family.results(scheme, weight, tolerance).items():
        measure, (footprints, *figures) = MEASURES[key], _figures(result)
        strength = (None, None, None, figures[0]) if key == LEAD else (*figures[:3], None)
        ends = (None, None) if key == LEAD else family.tau_bounds(key, weight, tolerance)
        claim = f"{CLAIMS[measure.claim].title}: {verdicts.claimed(measure)}"
        kind = verdicts.KINDS[verdicts.kind(result)]
        rows.append((measure.title, claim, kind, footprints, *strength, *figures[-2:], *_numbers(ends)))
    return Table(
        "claims",
        f"All {len(rows)} measures",
        columns,
        tuple(rows),
        caption="Choose a measure to see its dots. Bounds: of tau-b over all footprints in four classes, whichever of "
        "the ratings not established were advanced.",
        file_name=f"conditions-{scheme}",
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


@kept.once
def ways(key: str) -> Table:
    """Return every way to ask about one measure, sorted by the answer; choices that make no difference are left out."""
    table = multiverse.universe(key).dropna(axis="columns", how="all")
    titles = table["scheme"].map(lambda scheme: ratings.SCHEMES[scheme].title)
    table = table.assign(scheme=titles, tau=table["tau"].round(3), p=table["p"].round(4))
    if "weight" in table:
        table["weight"] = table["weight"].map(blocks.WEIGHTS)
    if "tolerance" in table:
        table["tolerance"] = table["tolerance"] / 100
    names = [name for name in _WAYS if name in table]
    columns = _WAYS | ({"tau": _V} if key == LEAD else {})
    return Table(
        "ways",
        f"{MEASURES[key].title}, asked in every way",
        tuple(columns[name] for name in names),
        frames.rows(table[names]),
        file_name=f"conditions-{key}-all-ways",
    )
