"""What the map has to say in a title and a sentence."""

from lib import catalogue, glossary, links, measures, themes
from lib.content.blocks import Inline, Link, Words
from lib.text import capital, counted, listed, small, spelled
from pages.map.view import MapView

_LED = {
    "provider": "a provider",
    "ccg": "a CCG",
    "local_authority": "a local authority",
    "independent": "an independent lead",
}


def title(view: MapView, passing: list[str]) -> str:
    """Return the finding: how the 44 were rated, which ones pass the filters, or what the map shows."""
    if passing:
        return f"{counted(len(passing), 'footprint')} {', '.join(_phrases(view))}"
    if view.colour != "rating":
        return f"The 44 footprints by {small(measures.MEASURES[view.colour].title)}"
    total = catalogue.PUBLISHED_RATINGS
    best, worst = (spelled(total[rating]) for rating in ("outstanding", "needs_most_improvement"))
    return f"{capital(best)} outstanding, {worst} needing most improvement"


def lead(view: MapView, passing: list[str]) -> Words:
    """Return what is known of it, in a sentence."""
    if passing and view.lead:
        stps = catalogue.footprints()
        named = sum(stps[code].lead.fact.grade == "named_in_2017" for code in passing)
        return f"Sources of 2017 or early 2018 name {named} of their {counted(len(passing), 'lead')}."
    return _known_of_ratings() if view.colour == "rating" else _known_of_measure(view.colour)


def filters(view: MapView) -> dict[str, str]:
    """Return the filters that are set, by field, in words."""
    ratings = {category.key: category.label for category in measures.RATING_CATEGORIES}
    options = {
        "rating": ("Rating", ratings),
        "lead": ("Lead type", catalogue.LEAD_TYPES),
        "region": ("NHS region", catalogue.REGIONS),
        "acs": ("Accountable care system", catalogue.ACS_STATUSES),
    }
    return {
        field: f"{name}: {listed([small(labels[key]) if field != 'region' else labels[key] for key in chosen], 'or')}"
        for field, (name, labels) in options.items()
        if (chosen := getattr(view, field))
    }


def _phrases(view: MapView) -> list[str]:
    ratings = {category.key: category.label for category in measures.RATING_CATEGORIES}
    phrases = []
    if view.lead:
        phrases.append(f"led by {listed([_LED[kind] for kind in view.lead], 'or')}")
    if view.rating:
        phrases.append(f"rated {listed([small(ratings[rating]) for rating in view.rating], 'or')}")
    if view.region:
        phrases.append(f"in {listed([catalogue.REGIONS[region] for region in view.region], 'or')}")
    if view.acs:
        statuses = listed([small(catalogue.ACS_STATUSES[status]) for status in view.acs], "or")
        phrases.append(f"by accountable care system: {statuses}")
    return phrases


def _known_of_ratings() -> Words:
    ratings = catalogue.stp_table()["rating"]
    unknown = int((ratings == "not_established").sum())
    return (
        "NHS England ",
        glossary.link("rating", "rated"),
        f" the 44 footprints in July 2017. The rating of {len(ratings) - unknown} is known here; {unknown} were "
        "advanced or making progress, not known which.",
    )


def _known_of_measure(colour: str) -> Words:
    theme, table = measures.theme(colour), catalogue.stp_table()
    if measures.MEASURES[colour].full is None:
        entries = themes.legend(theme, list(theme.keys))
        return f"{listed([f'{small(entry.category.label)} {entry.count}' for entry in entries if entry.count])}."
    values = table[colour].dropna()
    ends: list[Inline] = []
    for word, code in (("From ", values.idxmin()), (" to ", values.idxmax())):
        ends += [f"{word}{theme.values[code]} in ", Link(table["name"][code], links.to("", stp=code, colour=colour))]
    return (*ends, ".")
