"""What the page shows of one measure as a chart: dots, medians, the axis, and all in words."""

import statistics

import pandas as pd

from geo import blocks, kept
from lib import catalogue
from lib.catalogue import LEAD_TYPES
from lib.conditions import family, ratings, verdicts
from lib.conditions.measures import LEAD, MEASURES, values
from lib.measures import NO_VALUE, RATING_CATEGORIES
from lib.text import listed
from pages.conditions.dots import Axis, Band, Dot, Row, bands

_CATEGORIES = {category.key: category for category in RATING_CATEGORIES}
LEFT_OUT = "Not established (not in the test)"
_MOST_COUNTED = 12
_COUNTED = ("population", "split", "fit", "inside")


def in_words(key: str, value: float | str, weight: str = "population") -> str:
    """Return a value of a measure in words."""
    if pd.isna(value):
        return NO_VALUE
    if isinstance(value, str):
        return LEAD_TYPES[value]
    if key == "population" and weight != "population":
        return f"{value:,.0f} {blocks.WEIGHTS[weight]}"
    return MEASURES[key].words(value)


def _values(key: str, weight: str, tolerance: float) -> dict[str, float | str]:
    """Return the value of every STP that has one, by code in the order of footprint numbers."""
    return {code: value for code, value in values(key, weight, tolerance).items() if not pd.isna(value)}


@kept.once
def _rows(scheme: str) -> dict[str, int]:
    """Return the row of each STP from the top: the best group first, those left out of the test last."""
    best = len(ratings.SCHEMES[scheme].groups) - 1
    return {code: best + 1 if pd.isna(rank) else best - int(rank) for code, rank in ratings.groups(scheme).items()}


def dots(key: str, scheme: str, weight: str, tolerance: float) -> list[Dot]:
    """Return the footprints as dots."""
    stps, row_of, kinds = catalogue.footprints(), _rows(scheme), list(LEAD_TYPES)
    return [
        Dot(
            code,
            stps[code].name,
            row_of[code],
            kinds.index(value) if isinstance(value, str) else float(value),
            f"{in_words(key, value, weight)}<br>{catalogue.rating_words(stps[code])}",
            _CATEGORIES[catalogue.rating_class(stps[code])],
        )
        for code, value in _values(key, weight, tolerance).items()
    ]


def rows(key: str, scheme: str, weight: str, tolerance: float) -> list[Row]:
    """Return the rows of the chart, the best group first, those left out of the test last."""
    row_of, titles = _rows(scheme), [*reversed(ratings.SCHEMES[scheme].groups), LEFT_OUT]
    inside: list[list[float | str]] = [[] for _ in titles]
    for code, value in _values(key, weight, tolerance).items():
        inside[row_of[code]].append(value)
    while not inside[-1]:
        inside.pop()
    return [_row(key, title, numbers, weight) for title, numbers in zip(titles, inside, strict=False)]


def _row(key: str, title: str, inside: list[float | str], weight: str) -> Row:
    numbers = [value for value in inside if not isinstance(value, str)]
    if not numbers or title == LEFT_OUT:
        return Row(title)
    median = float(statistics.median(numbers))
    whole = median < 100 and all(number % 1 == 0 for number in numbers)
    return Row(title, median, f"{median:g}" if whole else in_words(key, median, weight))


@kept.within(0.5)
def axis(key: str, weight: str, tolerance: float) -> Axis:
    """Return the axis of the chart."""
    measure = MEASURES[key]
    if key == LEAD:
        return Axis(measure.title, kinds=tuple(LEAD_TYPES.values()), counts=(0, len(LEAD_TYPES) - 1))
    numbers = [float(value) for value in _values(key, weight, tolerance).values()]
    low, high = int(min(numbers)), int(max(numbers))
    whole = high - low <= _MOST_COUNTED and all(number % 1 == 0 for number in numbers)
    counted = f", counted in {blocks.WEIGHTS[weight]}" if key in _COUNTED else ""
    sample = measure.words(1)
    unit = "%" if sample.endswith("%") else "£" if sample.startswith("£") else ""
    return Axis(measure.title + counted, measure.log, (), (low, high) if whole else None, unit)


@kept.within(4)
def laid_out(key: str, scheme: str, weight: str, tolerance: float) -> tuple[Band, ...]:
    """Return the rows of the chart with their dots in place."""
    asked = (key, scheme, weight, tolerance)
    return bands(dots(*asked), rows(*asked), axis(key, weight, tolerance))


@kept.within(1)
def alt(key: str, scheme: str, weight: str, tolerance: float) -> str:
    """Return the chart in words, for readers who do not see it."""
    chart_rows = [band.row for band in laid_out(key, scheme, weight, tolerance)]
    if key == LEAD:
        table = family.lead_table(scheme)[:, ::-1]
        parts = [
            f"{row.title}: {listed([f'{n} {kind}' for kind, n in zip(LEAD_TYPES.values(), counts, strict=True)])}"
            for row, counts in zip(chart_rows, table.T, strict=False)
        ]
        return f"Footprints as dots by rating and lead type. {'; '.join(parts)}."
    medians = [f"{row.title}: median {row.words}" for row in chart_rows if row.median is not None]
    test = family.measured(key, scheme, weight, tolerance)
    return (
        f"Footprints as dots by rating and {MEASURES[key].title.lower()}. {'; '.join(medians)}. "
        f"Kendall's tau-b {verdicts.number(test.tau)}. The table below the chart lists all values."
    )
