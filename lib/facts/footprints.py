"""What several pages say of an STP: its answer in a sentence, names and codes, key figures, systems inside."""

from lib import catalogue, fit, glossary, links, measures
from lib.catalogue import Footprint
from lib.content.blocks import Fact, Facts, Inline, Link, Prose, Strong, Words
from lib.facts import standing
from lib.footprint import profile
from lib.text import counted, small

_FIGURES = (
    ("population", "Residents", "count", "", 0),
    ("share_65_plus", "Aged 65 and over", "share", "", 0),
    ("deprivation", "Deprivation score", "number", "", 1),
    ("gap", "Projected deficit per resident, 2020/21", "money", "gbp", 0),
)


def answer(stp: Footprint) -> tuple[Inline, ...]:
    """Return rating, lead and what the STP is made of in a few sentences."""
    rated = f"Rated {small(catalogue.rating_words(stp))} in July 2017"
    if stp.rating.value is None:
        rated = "Rated advanced or making progress in July 2017, not known which"
    inside = fit.parts("stp17", "council17", stp.code, "population", 0.0)
    whole = int((inside["share_of_b"] == 1).sum())
    made = f"{whole} of {counted(len(inside), 'council')} wholly inside it"
    if whole == len(inside):
        made = f"made of {counted(whole, 'whole council')}"
    return (
        f"{rated}. Led by ",
        Strong(stp.lead.fact.value),
        f", {stp.lead.organisation} ({stp.lead.fact.spoken_for}). {counted(ccgs(stp), 'CCG')}; {made}.",
    )


def ccgs(stp: Footprint) -> int:
    """Return how many CCGs an STP is made of."""
    return int(catalogue.stp_table()["ccgs"][stp.code])


def names(stp: Footprint) -> Words:
    """Return the other name, number, region and codes of an STP."""
    called = f"NHS England called it {stp.nhs_name}. " if stp.nhs_name != stp.name else ""
    return (
        f"{called}Footprint {stp.number} of 44 · NHS region {stp.region} · ",
        glossary.link("codes", "codes"),
        f" {stp.ods_code} (NHS), {stp.code} (ONS)",
    )


def key_figures(stp: Footprint) -> Facts:
    """Return residents, age, deprivation and gap of an STP with their ranks."""
    return Facts(
        tuple(
            Fact(
                measure,
                label,
                catalogue.stp_table()[measure][stp.code].item(),
                kind,
                unit,
                decimals,
                detail=next((place.words for place in profile.standing(stp.code) if place.measure.key == measure), ""),
                note=measures.MEASURES[measure].note,
                strip=standing.strip((stp.code,), measure),
            )
            for measure, label, kind, unit, decimals in _FIGURES
        )
    )


def systems(stp: Footprint) -> tuple[Prose, ...]:
    """Return in sentences which accountable care systems or devolution areas lie in an STP."""
    sentences = []
    for area in stp.acs:
        kind = "Accountable care system" if area.kind == "acs" else "Devolution area"
        extent = "the whole STP" if area.whole_stp else f"{counted(len(area.ccgs), 'CCG')} of {ccgs(stp)}"
        name = Link(area.name, links.to("acs", area=area.code))
        sentences.append(Prose((Strong(kind), ": ", name, f", {extent}; announced {area.announced}.")))
    none = ("Not among the eight ", glossary.link("acs", "accountable care systems"), " of June 2017.")
    return tuple(sentences) or (Prose(none),)
