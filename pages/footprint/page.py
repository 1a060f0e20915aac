"""Everything about one STP on one page."""

import math
from collections import Counter

from lib import catalogue, glossary, links, measures
from lib.care import joint_work
from lib.catalogue import Footprint
from lib.content.blocks import (
    Block,
    Copyable,
    Facts,
    Group,
    Inline,
    Link,
    Links,
    Listing,
    MapFigure,
    Prose,
    Section,
    Strong,
    Words,
)
from lib.content.controls import ChooseOne, Control
from lib.content.document import Document
from lib.content.page import Page
from lib.facts import care, claims, footprints, parliament, standing, today, totals
from lib.figures import legends
from lib.footprint import figures, profile
from lib.text import counted, listed, percent
from pages.footprint import tables
from pages.footprint.view import FootprintView, cited

_SOURCES = (
    "Residents: ONS mid-2017 estimates.",
    "Membership: ONS lookups of April 2017.",
    "Deprivation: English indices of deprivation 2015.",
    "Published partners: NHS Digital ODS, STP Partner Mapping, edition of 3 April 2019.",
    *parliament.SOURCES,
)


_PARTS = {
    "standing": "Among the 44",
    "people": "People",
    "leads": "Lead through the years",
    "members": "Members",
    "later": "What became of it",
    "parliament": "Parliament",
    "around": "Around it",
}
"""Sections that the line of contents leads to."""


def _controls(_: FootprintView) -> tuple[Control, ...]:
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    return (ChooseOne("stp", "Footprint", names, "Choose or type one of 44 footprints", width=380),)


def document(view: FootprintView) -> Document:
    """Return everything about an STP, or the way to one."""
    return _of(catalogue.footprints()[view.stp]) if view.stp else _none()


def _introduction() -> Words:
    return (
        "A ",
        glossary.link("footprint", "footprint"),
        " of 2017 is the area of a ",
        glossary.link("stp", "sustainability and transformation partnership"),
        " (STP): whole ",
        glossary.link("ccg", "clinical commissioning groups"),
        " (CCGs), and the ",
        glossary.link("council", "councils"),
        " whose residents they served.",
    )


def _none() -> Document:
    ways = tuple(Link(stp.name, links.to("footprint", stp=code)) for code, stp in catalogue.footprints().items())
    return Document(
        title="One footprint",
        description="Who led each of the 44 footprints of 2017, how it was rated, what it was made of and what became "
        "of it.",
        lead=_introduction(),
        blocks=(Prose("Choose one of the 44 to read everything about it on one page:"), Links(ways)),
    )


def _of(stp: Footprint) -> Document:
    return Document(
        title=stp.name,
        about=stp.name,
        description=profile.report(stp),
        lead=footprints.answer(stp),
        blocks=(
            Copyable(profile.report(stp), "A sentence for a report", folded=True),
            Group(((_map(stp),), _beside(stp)), (1, 1)),
            Section("Among the 44", _among(stp), "standing"),
            Group(
                (
                    (Section("People", _people(stp), "people"),),
                    (
                        Section("Lead through the years", (tables.leads(stp),), "leads"),
                        Section("Financial gap", (Facts((claims.gap(stp),)),), "gap"),
                    ),
                )
            ),
            Section("Members", _members(stp), "members"),
            *care.sections((stp.code,), joint_work.of_stp(stp.code)),
            Section("What became of it", _became(stp), "later"),
            parliament.section("stp17", stp.code),
            Section("Around it", _around(stp), "around"),
            *totals.published("rating"),
            Prose(_introduction(), "caption"),
        ),
        sources=_SOURCES,
    )


def _contents() -> Links:
    return Links(tuple(Link(words, f"#{key}") for key, words in _PARTS.items()), "On this page:")


def _map(stp: Footprint) -> MapFigure:
    drawn = figures.stp(stp.code, links.to("council", council="{code}"))
    caption = (
        legends.in_words(drawn),
        ". Crosses are ",
        glossary.link("trust", "acute trusts"),
        ". What lies around is faded.",
    )
    return MapFigure("councils-of-the-stp", drawn, caption=caption)


def _beside(stp: Footprint) -> tuple[Block, ...]:
    return (
        _contents(),
        Facts((claims.rating(stp), claims.lead(stp))),
        footprints.key_figures(stp),
        Prose(_councils(stp)),
        *footprints.systems(stp),
        Prose(today.answer("stp17", stp.code)),
        Prose(footprints.names(stp), "caption"),
        Links(
            (
                Link("On the map", links.to("", stp=stp.code)),
                Link("Compare with another", links.to("compare", a=stp.code)),
                Link("Briefing to print", links.to("briefing", stp=stp.code)),
                Link("Fit with councils", links.to("coterminosity", a="stp17", b="council17", area=stp.code)),
            )
        ),
    )


def _councils(stp: Footprint) -> Words:
    """Return the councils with their share of the residents, in the order of the map's numbers."""
    words: list[Inline] = ["Councils: "]
    table = profile.councils(stp.code)
    for code, name, share in zip(table.index, table["Council"], table["Share of the STP, %"], strict=True):
        way = Link(name, links.to("council", council=code))
        words += [" · " if len(words) > 1 else "", way, f" {percent(share / 100)}"]
    return tuple(words)


def _among(stp: Footprint) -> tuple[Block, ...]:
    return (
        standing.chart((stp.code,)),
        standing.table((stp.code,)),
        Links((Link("Do these go with the ratings?", links.to("conditions", stp=stp.code)),)),
    )


def _people(stp: Footprint) -> tuple[Block, ...]:
    row = catalogue.stp_table().loc[stp.code]
    return (
        tables.ages(stp.code),
        Prose(
            (
                f"{measures.theme('density').values[stp.code]}. Mean ",
                glossary.link("deprivation", "deprivation score"),
                f" {row['deprivation']:.1f}: higher is more deprived. ",
                Strong(percent(profile.most_deprived_share(stp.code))),
                " of residents live in the most deprived fifth of England's ",
                glossary.link("lsoa", "LSOAs"),
                ".",
            )
        ),
    )


def _members(stp: Footprint) -> tuple[Block, ...]:
    trusts, partners = profile.trusts(stp.code), profile.partners(stp.code)
    lacking = [name for name, place in zip(trusts["name"], trusts["lon"], strict=True) if math.isnan(place)]
    kinds = [
        counted(count, *profile.PARTNER_WORDS[kind]) for kind, count in Counter(partners["Kind"].tolist()).most_common()
    ]
    return (
        tables.ccgs(stp.code),
        tables.councils(stp.code),
        Section(
            "Acute trusts",
            (
                Prose(f"{listed(list(trusts['name']))}."),
                *((Prose(f"Not on the map, for lack of a point: {listed(lacking)}.", "caption"),) if lacking else ()),
            ),
        ),
        Section(
            "Published partners",
            (
                Prose(f"NHS Digital's partner list, edition of 3 April 2019: {listed(kinds)}.", "caption"),
                Listing(tuple(profile.list_sentences(stp.code))),
                Section(f"All {len(partners)} partners", (tables.partners(stp.code),), folded=True),
            ),
        ),
    )


def _became(stp: Footprint) -> tuple[Block, ...]:
    story = Link("Its story, year by year", links.to("then-and-now", stp=stp.code))
    return tables.later(stp.code), Links((story,))


def _around(stp: Footprint) -> tuple[Block, ...]:
    codes, names = list(catalogue.footprints()), catalogue.stp_table()["name"]
    place = codes.index(stp.code)
    before, after = codes[place - 1], codes[(place + 1) % len(codes)]
    return (
        Links(
            (
                Link(f"Previous: {names[before]}", links.to("footprint", stp=before)),
                Link(f"Next: {names[after]}", links.to("footprint", stp=after)),
            )
        ),
        Links(
            tuple(Link(names[code], links.to("footprint", stp=code)) for code in profile.neighbours(stp.code)),
            "Neighbours, the longest border first:",
        ),
    )


PAGE = Page(
    path="footprint",
    name="Footprint",
    answers="Everything about one footprint on one page.",
    view=FootprintView,
    document=document,
    controls=_controls,
    cited=cited,
    top=True,
)
