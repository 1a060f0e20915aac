"""What the page shows of one measure as a chart: dots, medians, the axis, and all in words."""

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


def _groups(key: str, scheme: str, weight: str, tolerance: float) -> pd.DataFrame:
    """Return ``value`` and ``row`` (from the top) of every STP that has a value, by code."""
    table = pd.DataFrame({"value": values(key, weight, tolerance), "rank": ratings.groups(scheme)})
    table = table[table["value"].notna()]
    best = len(ratings.SCHEMES[scheme].groups) - 1
    return table.assign(row=(best - table["rank"]).fillna(best + 1).astype(int))


def dots(key: str, scheme: str, weight: str, tolerance: float) -> list[Dot]:
    """Return the footprints as dots."""
    stps, kinds = catalogue.stp_table(), list(LEAD_TYPES)
    return [
        Dot(
            code,
            stps["name"][code],
            int(row["row"]),
            kinds.index(row["value"]) if key == LEAD else float(row["value"]),
            f"{in_words(key, row['value'], weight)}<br>{catalogue.rating_words(catalogue.footprints()[code])}",
            _CATEGORIES[stps["rating"][code]],
        )
        for code, row in _groups(key, scheme, weight, tolerance).iterrows()
    ]


def rows(key: str, scheme: str, weight: str, tolerance: float) -> list[Row]:
    """Return the rows of the chart, the best group first, those left out of the test last."""
    table = _groups(key, scheme, weight, tolerance)
    titles = [*reversed(ratings.SCHEMES[scheme].groups), LEFT_OUT]
    chart_rows = []
    for number in range(int(table["row"].max()) + 1):
        inside = table.loc[table["row"] == number, "value"]
        if key == LEAD or titles[number] == LEFT_OUT or not len(inside):
            chart_rows.append(Row(titles[number]))
        else:
            median = float(inside.astype(float).median())
            words = f"{median:g}" if inside.astype(float).mod(1).eq(0).all() and median < 100 else None
            chart_rows.append(Row(titles[number], median, words or in_words(key, median, weight)))
    return chart_rows


@kept.within(0.5)
def axis(key: str, weight: str, tolerance: float) -> Axis:
    """Return the axis of the chart."""
    measure = MEASURES[key]
    if key == LEAD:
        return Axis(measure.title, kinds=tuple(LEAD_TYPES.values()), counts=(0, len(LEAD_TYPES) - 1))
    numbers = values(key, weight, tolerance).dropna()
    low, high = int(numbers.min()), int(numbers.max())
    whole = high - low <= _MOST_COUNTED and bool((numbers % 1 == 0).all())
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
    chart_rows = rows(key, scheme, weight, tolerance)
    if key == LEAD:
        table = family.lead_table(scheme)[:, ::-1]
        parts = [
            f"{row.title}: {listed([f'{n} {kind}' for kind, n in zip(LEAD_TYPES.values(), counts, strict=True)])}"
            for row, counts in zip(chart_rows, table.T, strict=False)
        ]
        return f"Footprints as dots by rating and lead type. {'; '.join(parts)}."
    medians = [f"{row.title}: median {row.words}" for row in chart_rows if row.median is not None]
    result = family.results(scheme, weight, tolerance)[key]
    return (
        f"Footprints as dots by rating and {MEASURES[key].title.lower()}. {'; '.join(medians)}. "
        f"Kendall's tau-b {verdicts.number(result.association.tau)}. The table below the chart lists all values."
    )
