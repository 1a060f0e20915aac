"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass

from geo import blocks
from geo.classes import AREA_CLASSES
from lib import catalogue, fit
from lib.conditions import crosstab, measures, ratings
from lib.parameters import alone, holds, number, one_of, some_of
from lib.shared_parameters import RATING, STP
from lib.text import listed, small


@dataclass(frozen=True)
class ConditionsView:
    """Whether what is said to help a footprint shows in the ratings; empty filters let everything through."""

    measure: str = holds(one_of(measures.MEASURES), "population")
    ratings: str = holds(one_of(ratings.SHOWN), "three")
    weight: str = holds(one_of(blocks.WEIGHTS), "population")
    tolerance: float = holds(number(0, fit.MOST_TOLERANCE), 0.0)
    stp: str | None = holds(STP, None)
    lead: tuple[str, ...] = holds(some_of(alone(catalogue.LEAD_TYPES)), ())
    fit: tuple[str, ...] = holds(some_of(alone(AREA_CLASSES[:-1])), ())
    rating: tuple[str, ...] = holds(RATING, ())


def cited(view: ConditionsView) -> str:
    """Return a view in words, with every choice that differs from showing everything."""
    measure, scheme = measures.MEASURES[view.measure], ratings.SCHEMES[view.ratings]
    description = f"{small(measure.title)} of the footprints by rating ({small(scheme.title)})"
    if "weight" in measure.uses:
        description += f", counted in {blocks.WEIGHTS[view.weight]}"
    if "tolerance" in measure.uses:
        description += f", tolerance {view.tolerance:g}%"
    if view.stp:
        description += f"; chosen: {catalogue.footprints()[view.stp].name}"
    chosen = (
        ("lead type", view.lead, catalogue.LEAD_TYPES),
        ("fit with councils", view.fit, crosstab.FIT_LABELS),
        ("rating", view.rating, crosstab.RATINGS),
    )
    picked = [f"{name}: {listed([words[value] for value in values], 'or')}" for name, values, words in chosen if values]
    return "; ".join([description, *picked])
