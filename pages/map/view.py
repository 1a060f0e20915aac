"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass

from geo import blocks
from lib import catalogue, measures
from lib.care import joint_work
from lib.parameters import NONE, alone, holds, one_of, some_of
from lib.shared_parameters import RATING, STP
from lib.text import listed, small

COLOURS = (
    "rating",
    "lead",
    "population",
    "share_65_plus",
    "density",
    "deprivation",
    "ccgs",
    "councils",
    "split",
    "gap",
    "vanguards",
    "pioneer",
    "system",
    "emergency_2016",
    "emergency_2017",
)
OUTLINES = (NONE, "ccg17", "council17", *joint_work.GROUPS)


@dataclass(frozen=True)
class MapView:
    """The map of all footprints. Empty filters let everything through."""

    stp: str | None = holds(STP, None)
    colour: str = holds(one_of(COLOURS), "rating")
    rating: tuple[str, ...] = holds(RATING, ())
    lead: tuple[str, ...] = holds(some_of(alone(catalogue.LEAD_TYPES)), ())
    region: tuple[str, ...] = holds(some_of(alone(catalogue.REGIONS)), ())
    acs: tuple[str, ...] = holds(some_of(alone(catalogue.ACS_STATUSES)), ())
    outline: str = holds(one_of(OUTLINES, {"ccg": "ccg17", "council": "council17"}), NONE)


def cited(view: MapView) -> str:
    """Return a view in words, with every choice that differs from showing everything."""
    measure = measures.MEASURES[view.colour].title
    phrases = [f"the 44 STPs by {small(measure)}"]
    ratings = {category.key: category.label for category in measures.RATING_CATEGORIES}
    filters = (
        ("lead type", view.lead, catalogue.LEAD_TYPES),
        ("rating", view.rating, ratings),
        ("NHS region", view.region, catalogue.REGIONS),
        ("accountable care system", view.acs, catalogue.ACS_STATUSES),
    )
    phrases += [
        f"{name}: {listed([words[value] for value in chosen], 'or')}" for name, chosen, words in filters if chosen
    ]
    if view.outline in blocks.LAYERS:
        phrases.append(f"outlines of {blocks.layer(view.outline).many}")
    if view.outline in joint_work.GROUPS:
        phrases.append(joint_work.GROUPS[view.outline])
    if view.stp:
        phrases.append(f"chosen: {catalogue.footprints()[view.stp].name}")
    return "map of " + "; ".join(phrases)
