"""Charts of the page: the dots of one measure, all measures with their intervals, every way to ask."""

from dataclasses import replace
from functools import partial
from typing import Any

from geo import kept
from lib import charts, links
from lib.conditions import family, multiverse, ratings, verdicts
from lib.conditions.measures import LEAD, MEASURES, NUMBERS, choices
from lib.content.blocks import Chart
from lib.text import counted, listed
from pages.conditions import dots, shown, summaries
from pages.conditions.view import ConditionsView


def by_rating(view: ConditionsView) -> Chart:
    """Return the footprints as dots by rating, the chosen one marked; a dot chooses its footprint."""
    chosen = choices(view.measure, view.weight, view.tolerance)
    asked = (view.measure, view.ratings, *chosen)
    rows, axis = shown.laid_out(*asked), shown.axis(view.measure, *chosen)
    drawn = sum(len(row.dots) for row in rows)
    caption = "Each dot is a footprint, with colour, stripes and number of its rating as on the map: choose one."
    if missing := 44 - drawn:
        caption += f" {missing} have no comparable figure and are left out: {drawn} are drawn."
    return Chart(
        "dots",
        partial(_dots, *asked, view.stp),
        shown.alt(*asked),
        round(dots.height(rows, axis, view.stp)),
        links.link(replace(view, stp=links.CODE)),
        f"{caption} {MEASURES[view.measure].note}",
    )


@kept.within(4)
def _dots(measure: str, scheme: str, weight: str, tolerance: float, marked: str | None) -> dict[str, Any]:
    rows = shown.laid_out(measure, scheme, weight, tolerance)
    return charts.data(dots.dots(rows, shown.axis(measure, weight, tolerance), marked))


def intervals(view: ConditionsView) -> Chart:
    """Return tau-b of all measures with their intervals; a point opens the dots of its measure."""
    results = family.results(view.ratings, view.weight, view.tolerance)
    taus = [f"{MEASURES[key].title} {verdicts.number(results[key].association.tau)}" for key in NUMBERS]
    return Chart(
        "intervals",
        partial(_intervals, view.ratings, view.weight, view.tolerance),
        f"Kendall's tau-b of each measure with 95% interval: {listed(taus)}. The table below gives all figures.",
        summaries.height_of_forest(len(NUMBERS)),
        links.link(replace(view, measure=links.CODE)),
        "Diamond: tau-b; left of 0 the better-rated have less of it, right of 0 more. Line: 95% interval. Lead type "
        "has no order and so no tau-b; the table gives its test.",
    )


@kept.within(2)
def _intervals(scheme: str, weight: str, tolerance: float) -> dict[str, Any]:
    results = family.results(scheme, weight, tolerance)
    tests = [results[key].association for key in NUMBERS]
    titles = [MEASURES[key].title for key in NUMBERS]
    words = [
        f"<b>{title}</b><br>tau-b {verdicts.number(test.tau)}, {verdicts.interval(test)}<br>p {verdicts.chance(test.p)}"
        for title, test in zip(titles, tests, strict=True)
    ]
    taus, lows, highs = [test.tau for test in tests], [test.low for test in tests], [test.high for test in tests]
    return charts.data(summaries.forest(list(NUMBERS), titles, taus, lows, highs, words))


def ways(key: str) -> Chart:
    """Return every way to ask about one measure, sorted by the answer."""
    return Chart(
        "ways",
        partial(_ways, key),
        multiverse.summary(key, verdicts.LEVEL),
        summaries.HEIGHT_OF_SPECIFICATIONS,
        caption="Filled: exact p-value under 0.05, not corrected. Point at a dot for the choices behind it.",
    )


@kept.within(2)
def _ways(key: str) -> dict[str, Any]:
    table, name = multiverse.universe(key), "Cramér's V" if key == LEAD else "tau-b"
    words = [
        f"{multiverse.described(row, key)}<br>{name} {verdicts.number(row.tau)}, p {verdicts.chance(row.p)}, "
        f"{counted(row.n, 'footprint')}"
        for row in table.itertuples()
    ]
    titles = {scheme: item.title for scheme, item in ratings.SCHEMES.items()}
    return charts.data(summaries.specifications(table, words, titles, name))
