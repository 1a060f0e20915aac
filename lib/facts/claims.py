"""What is known of an STP - rating, lead, gap, residents - as facts of a document."""

from lib import catalogue, glossary, measures
from lib.catalogue import Footprint
from lib.content.blocks import Fact, Kind
from lib.text import dates_in_words


def rating(stp: Footprint, named: bool = False) -> Fact:
    """Return the rating of July 2017; `named` puts the STP into the label, where facts of several stand together."""
    return Fact(
        f"rating_{stp.code}" if named else "rating",
        f"Rating of {stp.name}, July 2017" if named else "Rating, July 2017",
        catalogue.rating_words(stp),
        detail=stp.rating.evidence.meaning,
        as_of=stp.rating.as_of,
        evidence=stp.rating.evidence,
        source=stp.rating.source,
        note=stp.rating.note,
        hint=glossary.link("rating"),
    )


def lead(stp: Footprint, named: bool = False) -> Fact:
    """Return who led the STP, of which organisation, by which source."""
    fact, kind = stp.lead.fact, catalogue.LEAD_TYPES[stp.lead.kind]
    when = dates_in_words(fact.as_of)
    workbook = f"NHS Digital's workbook of April 2019 names: {stp.lead.entry_2019}" if stp.lead.entry_2019 else ""
    # Dates of leads may be several, or "page undated": they are words already.
    return Fact(
        f"lead_{stp.code}" if named else "lead",
        f"Lead of {stp.name}" if named else "Lead",
        fact.value,
        detail=f"{stp.lead.organisation}. Lead type: {kind}. {when[:1].upper()}{when[1:]}. {fact.evidence.meaning}",
        evidence=fact.evidence,
        source=fact.source,
        note=" ".join(filter(None, [fact.note, workbook])),
        hint=glossary.link("lead"),
    )


def gap(stp: Footprint, named: bool = False) -> Fact:
    """Return the projected financial gap as its source has it."""
    note = stp.gap.note if stp.gap_comparable else f"{stp.gap.note} Not comparable with the other areas.".strip()
    return Fact(
        f"gap_{stp.code}" if named else "gap",
        f"Projected financial gap of {stp.name}" if named else "Projected financial gap",
        stp.gap.value,
        "money",
        "gbp_million",
        decimals=-1,
        detail=catalogue.gap_words(stp),
        evidence=stp.gap.evidence,
        source=stp.gap.source,
        note=note,
    )


def figure(stp: Footprint, measure: str, kind: Kind, label: str = "", decimals: int = 0) -> Fact:
    """Return a figure of the STP by a measure of the map.

    Parameters
    ----------
    stp : Footprint
        The STP.
    measure : str
        A numeric key of `lib.measures.MEASURES`.
    kind, decimals
        How it is written, see `lib.content.blocks.Column`.
    label : str
        By default the measure's title.
    """
    definition = measures.MEASURES[measure]
    value = catalogue.stp_table()[measure][stp.code].item()
    return Fact(measure, label or definition.title, value, kind, decimals=decimals, note=definition.note)
