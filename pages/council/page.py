"""One council and whom it has to deal with."""

from geo import blocks
from lib import catalogue, councils, fit, glossary, links
from lib.care import joint_work
from lib.care.joint_work import Chosen
from lib.content.blocks import (
    Block,
    Copyable,
    Fact,
    Facts,
    Group,
    Inline,
    Link,
    Links,
    MapFigure,
    Prose,
    Section,
    Words,
)
from lib.content.controls import ChooseOne, Control
from lib.content.document import Document
from lib.content.formats import listed
from lib.content.page import Page
from lib.facts import care, claims, parliament, today
from lib.figures import fit as maps
from lib.text import capital, percent
from pages.council import tables
from pages.council.view import CouncilView, cited

_SOURCES = (
    "Residents: ONS mid-2017 estimates.",
    "Membership: ONS lookups of April 2017.",
    "Published partner list: NHS Digital ODS, STP Partner Mapping, edition of 3 April 2019.",
    *parliament.SOURCES,
)


def _controls(_: CouncilView) -> tuple[Control, ...]:
    names = catalogue.options("council17")
    return (ChooseOne("council", "Council", names, f"Choose or type one of {len(names)} councils", width=380),)


def document(view: CouncilView) -> Document:
    """Return whom a council has to deal with, or the way to one."""
    return _of(view.council) if view.council else _none()


def _none() -> Document:
    split = fit.areas("council17", "stp17", "population", 0.0)
    split = split[split["class"] == "split"].sort_values("name")
    ways = tuple(Link(name, links.to("council", council=code)) for code, name in split["name"].items())
    return Document(
        title="Whom does a council have to deal with?",
        description="The STPs and CCGs that a council's residents fell under in 2017, who led them, how they were "
        "rated, and whether the published partner list agrees.",
        lead=_introduction(),
        blocks=(
            Prose(
                "Choose a council to see which STPs and CCGs its residents fall under, who leads each STP and how it "
                "was rated, and whether the published partner list agrees. These have residents in more than one STP:"
            ),
            Links(ways),
        ),
    )


def _introduction() -> Words:
    return (
        "In 2017 the NHS planned and bought care by ",
        glossary.link("ccg", "clinical commissioning groups"),
        " (CCGs), grouped in ",
        glossary.link("stp", "sustainability and transformation partnerships"),
        " (STPs). A ",
        glossary.link("council", "council"),
        " may have residents in more than one of either.",
    )


def _of(code: str) -> Document:
    name, stps = blocks.names("council17")[code], councils.stps(code)
    own = [catalogue.footprints()[stp] for stp in stps.index]
    evidence = tuple(fact for stp in own for fact in (claims.rating(stp, named=True), claims.lead(stp, named=True)))
    return Document(
        title=name,
        about=name,
        description=councils.report(code),
        lead=_answer(code),
        blocks=(
            Prose(councils.agreement(code)),
            Prose(today.answer("council17", code)),
            Group(((_map(code),), tuple(_stp(code, stp) for stp in stps.index)), (45, 55)),
            Section("For a report", (Copyable(councils.report(code), "For a report"),), "report"),
            Section("CCGs, ACS areas and districts", _members(code), "members"),
            *care.sections(tuple(stps.index), _joint_work(code)),
            parliament.section("council17", code),
            Links(
                (
                    Link("How this council fits its STPs, LSOA by LSOA", links.to("coterminosity", area=code)),
                    Link("Briefing to print", links.to("briefing", council=code)),
                )
            ),
            Section("Sources, dates and notes", (Facts(evidence),), "sources", folded=True),
            Prose(_introduction(), "caption"),
        ),
        sources=_SOURCES,
    )


def _answer(code: str) -> Words:
    table = councils.stps(code)
    ways = [Link(name, links.to("footprint", stp=stp)) for stp, name in table["STP"].items()]
    if len(ways) == 1:
        return (f"All {table['Residents'].sum():,} residents fell under one STP in 2017: ", ways[0], ".")
    total = table["Residents"].sum()
    parts = [(way, f" ({percent(residents / total)})") for way, residents in zip(ways, table["Residents"], strict=True)]
    return (f"Its {total:,} residents fell under {len(ways)} STPs in 2017: ", *listed(parts), ".")


def _map(code: str) -> MapFigure:
    drawn = maps.close_up("council17", "stp17", code, link=links.to("footprint", stp="{code}"))
    caption = "The council's pieces, coloured and numbered by STP. A piece is what a CCG and a district share."
    return MapFigure("council", drawn, caption=caption)


def _stp(code: str, stp: str) -> Section:
    row, footprint = councils.stps(code).loc[stp], catalogue.footprints()[stp]
    number = list(councils.stps(code).index).index(stp) + 1
    shared = _shared_with(code, stp)
    return Section(
        f"{number}. {row['STP']}",
        (
            Facts(
                (
                    Fact(f"residents_{stp}", "Residents", row["Residents"].item(), "count"),
                    Fact(
                        f"share_of_council_{stp}",
                        "Of the council",
                        row["Share of the council, %"].item() / 100,
                        "share",
                    ),
                    Fact(
                        f"share_of_stp_{stp}",
                        "Of the STP",
                        row["Share of the STP, %"].item() / 100,
                        "share",
                        detail=("shared with ", *shared) if shared else "the whole STP",
                    ),
                    Fact(
                        f"lead_of_{stp}",
                        "Lead",
                        row["Lead"],
                        detail=f"{footprint.lead.organisation}. Lead type: {row['Lead type']}. "
                        f"{capital(footprint.lead.fact.spoken_for)}",
                    ),
                    Fact(f"rating_of_{stp}", "Rating, July 2017", row["Rating, July 2017"]),
                    Fact(f"listed_{stp}", "Published partner list", row["Published list"]),
                )
            ),
            Links(
                (
                    Link("Everything about it", links.to("footprint", stp=stp)),
                    Link(f"{row['STP']} on the map", links.to("", stp=stp)),
                )
            ),
        ),
        f"stp-{stp}",
    )


def _shared_with(code: str, stp: str) -> tuple[Inline, ...]:
    """Return the other councils with residents in an STP and their shares of it, linked."""
    parts = fit.parts("stp17", "council17", stp, "population", 0.0)
    pairs = [
        (Link(name, links.to("council", council=council)), f" ({percent(share)})")
        for council, name, share in zip(parts.index, parts["name"], parts["share_of_a"], strict=True)
        if council != code
    ]
    return listed(pairs)


def _members(code: str) -> tuple[Block, ...]:
    districts = tables.districts(code)
    return (tables.ccgs(code), *_acs(code), *((districts,) if districts.rows else ()))


def _acs(code: str) -> tuple[Block, ...]:
    parts = fit.parts("council17", "acs17", code, "population", 0.0).drop(index=fit.OUTSIDE, errors="ignore")
    if not len(parts):
        return (Prose("None of its residents live in one of the eight accountable care systems of June 2017."),)
    return tuple(
        Prose(
            (
                Link(row.name, links.to("acs", area=area)),
                f", an accountable care system of June 2017, takes in {percent(row.share_of_a)} of its residents "
                f"({row.weight:,.0f}).",
            )
        )
        for area, row in zip(parts.index, parts.itertuples(index=False), strict=True)
    )


def _joint_work(code: str) -> list[Chosen]:
    """Return what was chosen with CCGs of the council's residents, and in its STPs where the CCGs are not certain."""
    ccgs = sorted(fit.parts("council17", "ccg17", code, "population", 0.0).index)
    return joint_work.of_ccgs(list(ccgs), list(councils.stps(code).index))


PAGE = Page(
    path="council",
    name="Council",
    answers="With whom one council has to deal: STPs, CCGs, leads, ratings, the published list.",
    view=CouncilView,
    document=document,
    controls=_controls,
    cited=cited,
)
