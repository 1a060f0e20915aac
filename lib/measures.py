"""What can be mapped of the footprints: titles, units, classes, and where the figures come from."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from geo import kept
from lib import catalogue, classes
from lib.care import waves
from lib.catalogue import PUBLISHED_RATINGS
from lib.themes import GAP_FILL, GAP_INK, Category, Theme

NO_VALUE = "no comparable figure"


@dataclass(frozen=True)
class Measure:
    """Something that the map can show.

    Attributes
    ----------
    key : str
        Column of `catalogue.stp_table` and value in links.
    title : str
        Words for the menu and the table head.
    note : str
        What it is, its date and its source, in a sentence.
    full, short : callable or None
        Value to text for sentences and for labels; None where the measure
        has named classes.
    """

    key: str
    title: str
    note: str
    full: Callable[[float], str] | None = None
    short: Callable[[float], str] | None = None


RATING_TOTALS = {f"{rating}:published": total for rating, total in PUBLISHED_RATINGS.items()}
"""Published totals by the class that stands for the rating on maps."""
RATING_CATEGORIES = (
    Category("outstanding:published", "Outstanding", "#003087", "#ffffff", "1"),
    Category("advanced:published", "Advanced", "#5fa9dd", "#231f20", "2"),
    Category("advanced:inferred", "Advanced, inferred", "#5fa9dd", "#231f20", "2?", "inferred"),
    Category("making_progress:published", "Making progress", "#ffd58a", "#231f20", "3"),
    Category("needs_most_improvement:published", "Needs most improvement", "#b3490a", "#ffffff", "4"),
    Category("not_established", catalogue.UNKNOWN_RATING, GAP_FILL, GAP_INK, "2 or 3", "gap"),
)
LEAD_CATEGORIES = (
    Category("provider", "Provider", "#2f6db5", "#ffffff", "P"),
    Category("ccg", "CCG", "#f0b429", "#231f20", "C"),
    Category("local_authority", "Local authority", "#00795e", "#ffffff", "L"),
    Category("independent", "Independent", "#dba3c6", "#231f20", "I"),
)
PIONEER_CATEGORIES = (
    Category("pioneer", "At least one pioneer", "#5fa9dd", "#231f20", "P"),
    Category("none", "None", "#eceff0", "#231f20"),
)
_SYSTEM_FILLS = (
    ("#0b2f66", "#ffffff"),
    ("#2f6db5", "#ffffff"),
    ("#00795e", "#ffffff"),
    ("#5fa9dd", "#231f20"),
    ("#8fd0b5", "#231f20"),
    ("#d5e8a6", "#231f20"),
    ("#fbe3a0", "#231f20"),
)


def _system_categories() -> tuple[Category, ...]:
    """Return a class for each wave of systems, and one for those whose wave is inferred, in the order of time."""
    categories = []
    steps = waves.whole().values()
    for number, ((date, words), (fill, ink)) in enumerate(zip(waves.WAVES.items(), _SYSTEM_FILLS, strict=True), 1):
        if any(step.date_class == date for step in steps):
            categories.append(Category(date, words, fill, ink, str(number)))
        if any(step.date_class == f"{date}:inferred" for step in steps):
            categories.append(Category(f"{date}:inferred", f"{words}, inferred", fill, ink, f"{number}?", "inferred"))
    return tuple(categories)


@kept.once
def _named() -> dict[str, tuple[Category, ...]]:
    """Return the classes of measures that have named ones."""
    return {
        "rating": RATING_CATEGORIES,
        "lead": LEAD_CATEGORIES,
        "pioneer": PIONEER_CATEGORIES,
        "system": _system_categories(),
    }


_EMERGENCY = (
    "Attendances at major A&E departments dealt with within four hours, {}, per cent of all. A sum over the monthly "
    "returns of the area's acute trusts (NHS England), not the dashboard's figure; all major departments of England "
    "are counted."
)
_RESIDENTS = "ONS mid-2017 estimates, summed from LSOAs."

MEASURES = {
    measure.key: measure
    for measure in (
        Measure(
            "rating",
            "Rating, July 2017",
            "NHS England's overall progress rating of 21 July 2017. Where no page states it, the map says so.",
        ),
        Measure(
            "lead",
            "Lead type",
            "Kind of organisation that the STP's lead came from. "
            "The date that each source speaks for stands beside the lead.",
        ),
        Measure(
            "population",
            "Population",
            f"Residents. {_RESIDENTS}",
            lambda v: f"{v:,.0f}",
            lambda v: f"{v / 1e6:.1f}m",
        ),
        Measure(
            "share_65_plus",
            "Share aged 65 and over",
            f"Residents aged 65 and over, per cent of all. {_RESIDENTS}",
            lambda v: f"{v:.1%}",
            lambda v: f"{v:.0%}",
        ),
        Measure(
            "density",
            "Population density",
            "Residents a square kilometre. ONS mid-2017 estimates over the area of the generalised outline.",
            lambda v: f"{v:,.0f} per km²",
            lambda v: f"{v:,.0f}",
        ),
        Measure(
            "deprivation",
            "Deprivation",
            "Index of Multiple Deprivation 2015: mean LSOA score, weighted by residents. Higher is more deprived.",
            lambda v: f"{v:.1f}",
            lambda v: f"{v:.0f}",
        ),
        Measure(
            "ccgs",
            "Number of CCGs",
            "Clinical commissioning groups of April 2017 in the STP (ONS).",
            lambda v: f"{v:.0f}",
            lambda v: f"{v:.0f}",
        ),
        Measure(
            "councils",
            "Number of councils",
            "Upper-tier councils with at least one LSOA inside, however small its share.",
            lambda v: f"{v:.0f}",
            lambda v: f"{v:.0f}",
        ),
        Measure(
            "split",
            "Residents in split councils",
            "Residents whose upper-tier council has residents in another STP too, per cent of all.",
            lambda v: f"{v:.1%}",
            lambda v: f"{v:.0%}",
        ),
        Measure(
            "gap",
            "Projected deficit per resident, 2020/21",
            "Gap projected for 2020/21 at the time of the plans of 2016, over mid-2017 residents. Cumulative and "
            "doubtful figures are left out; what a figure covers stands with it.",
            lambda v: f"£{v:,.0f}",
            lambda v: f"£{v:,.0f}",
        ),
        Measure(
            "vanguards",
            "Number of vanguards",
            "New care model vanguards of 2015 that are known to lie in the STP, by NHS England's pages. One of several "
            "STPs counts in each; five of the 50 have none.",
            lambda v: f"{v:.0f}",
            lambda v: f"{v:.0f}",
        ),
        Measure(
            "pioneer",
            "Pioneer or not",
            "Whether one of the 25 integrated care pioneers of November 2013 and January 2015 lies in the STP of 2017; "
            "one of several STPs counts in each.",
        ),
        Measure(
            "system",
            "Became a system in",
            "When the whole STP was named as an accountable or integrated care system, 2017 to 2021. In effect from "
            "April 2021 for those named in December 2020, by the trade press, and in March 2021.",
        ),
        Measure(
            "emergency_2016",
            "Major A&E within four hours, 2016/17",
            _EMERGENCY.format("April 2016 to March 2017"),
            lambda v: f"{v:.1%}",
            lambda v: f"{v:.0%}",
        ),
        Measure(
            "emergency_2017",
            "Major A&E within four hours, 2017/18",
            _EMERGENCY.format("April 2017 to March 2018"),
            lambda v: f"{v:.1%}",
            lambda v: f"{v:.0%}",
        ),
    )
}


@kept.once
def theme(key: str) -> Theme:
    """Put the STPs into the classes of a measure.

    Numbers go into five classes of about the same size (quintiles of the 44
    areas); fewer where many areas share a value.

    Parameters
    ----------
    key : str
        One of `MEASURES`.
    """
    measure, table = MEASURES[key], catalogue.stp_table()
    column = table[key]
    if measure.full is None:
        categories = _named()[key]
        by_key = {category.key: category for category in categories}
        keys, marks = column, column.map({k: category.mark for k, category in by_key.items()})
        values = column.map({k: category.label for k, category in by_key.items()})
    else:
        numbers = classes.numbered(column)
        categories = classes.ranges(column, numbers, measure.full, NO_VALUE)
        keys = numbers.map(lambda n: "gap" if pd.isna(n) else str(int(n)))
        marks = column.map(measure.short, na_action="ignore").fillna("–")
        values = column.map(measure.full, na_action="ignore").fillna(NO_VALUE)
    by_code = (dict(series) for series in (table["name"], keys, marks, values))
    return Theme("stp17", measure.title, "STPs", tuple(categories), *by_code)
