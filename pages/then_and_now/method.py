"""How the flows, stories and codes were made, and what was said of boundaries at the time."""

from geo import blocks, codes, kept, vintages
from lib import timeline
from lib.content.blocks import Link, Strong, Words
from lib.content.formats import listed
from lib.text import source_parts
from lib.timeline import Event
from pages.then_and_now import fit

_FIRST = "2017"


@kept.once
def paragraphs() -> tuple[Words, ...]:
    """Return the method, a paragraph a question."""
    icbs, everywhere = vintages.totals("icb22").index, vintages.totals("stp17")
    reused = [code for code in icbs if codes.known()[code][0].kind != "ICB"]
    first, *_, last = codes.CODES_OF_2016
    return (
        (
            Strong("Who belongs where"),
            ": lookups of the Office for National Statistics (ONS), tables that give each LSOA its CCG, STP or ICB, of "
            "April 2017 (versions 3 and 4), April 2018, 2019 and 2020; those of 2021, 2022 and 2024 through "
            f"humaniverse/geographr. Names are the ones the lookups print. {blocks.DERIVED}",
        ),
        (
            Strong("Residents"),
            " are those of mid-2017 in every year (ONS, SAPE20DT1), so that every number shows what boundaries did, "
            f"not births, deaths or moving house. Every year adds up to {everywhere['residents'].sum():,} residents "
            f"and {everywhere['lsoas'].sum():,} LSOAs.",
        ),
        (
            Strong("What became of an area"),
            " is told from its LSOAs, not from its code. The main part of an area is the one with most residents; "
            "every other part moved. Areas merged if their main parts came to the same area. There is no tolerance: "
            "one LSOA that changes hands counts. A name counts as new if its words differ, not if its spelling does.",
        ),
        (
            Strong("Codes"),
            ": in these lookups a code keeps its LSOAs for as long as it lives; where a boundary moves there is a new "
            f"code. {len(reused)} of the {len(icbs)} ICBs have the code that an STP of the same LSOAs had. Four STP "
            f"codes of 2016, {first} to {last}, were replaced before the first of these lookups.",
        ),
        (
            Strong("Mergers"),
            " by ODS code: NHS Digital's list of successions. No table gives the ONS codes of CCGs that mergers made; "
            "they are told by where the LSOAs of their members went.",
        ),
        (
            Strong("Last days"),
            ": of ICBs by ODS; of CCGs that merged by the list of successions; of STPs and CCGs that were left, the "
            "day before the first ICBs began; of councils by the orders named. Where no table gives the day, the two "
            "lookups are named between which the code ended.",
        ),
        (
            Strong("Fit"),
            f" is measured as on the page Coterminosity, always against the {fit.councils()} councils of 2017: later "
            "councils, such as North Northamptonshire, are left out so that like is held against like. One table holds "
            "STPs and ICBs against the councils of the same year.",
        ),
    )


@kept.once
def said_at_the_time() -> tuple[Words, ...]:
    """Return the events that changed footprints, each with its source."""
    events = [event for event in timeline.events() if event.kind == "footprints" and event.date >= _FIRST]
    return (
        *(_told(event) for event in events),
        "NHS Digital recorded the merger of the three northern STPs on 7 June 2018; the ONS lookup of April 2018 has "
        "it already.",
    )


def _told(event: Event) -> Words:
    parts = [Link(text, address) if address else text for text, address in source_parts(event.source)]
    note = f" ({event.note})" if event.note else ""
    return (f"{event.when}: {event.event}. Source: ", *listed(parts), note)
