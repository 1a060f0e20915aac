"""One area: what it is, what it is made of, who decides in it and what was agreed."""

from lib import glossary, links
from lib.accountable_care import accountability, acs, figures
from lib.accountable_care.acs import Area
from lib.care import joint_work
from lib.content.blocks import Block, Fact, Facts, Group, Link, Links, Listing, MapFigure, Prose, Section, Strong, Words
from lib.content.document import Document
from lib.facts import care, claims, today
from lib.text import listed, percent
from pages.acs import overview, tables
from pages.acs.view import AcsView


def document(view: AcsView, code: str) -> Document:
    """Return one area, by its code, beside another if the view has one."""
    area, other = acs.areas()[code], acs.areas().get(view.other or "")
    return Document(
        title=listed([item.name for item in (area, other) if item]),
        about="" if other else area.name,
        description=accountability.sentence(area),
        lead=_answer(area),
        blocks=(
            Group(((_close_up(area, view.parts),), (tables.parts(area, view.parts), _facts(area))), (50, 50)),
            Prose(today.answer(*area.place)),
            *((_compared(view, area, other),) if other else ()),
            Section("Councils: who is inside, who is left out", _councils(area), "councils-inside"),
            Section("Member CCGs", _members(area), "members"),
            Section("Who decides", _governance(area), "governance"),
            Section("What was agreed", (tables.agreed(area),), "agreed-on"),
            Section("What the briefing calls it, and what we take it to be", (tables.named(area),), "named"),
            *care.sections((area.stp,), joint_work.of_ccgs(area.ccgs, (area.stp,))),
            Links(
                (
                    Link("Briefing to print", links.to("briefing", acs=area.code)),
                    Link(f"Everything about the STP {area.footprint.name}", links.to("footprint", stp=area.stp)),
                )
            ),
            Section("All ten areas", (overview.choice(view), overview.areas(view)), "all"),
            *overview.chosen_places(view),
            Section("Sources, dates and method", _method(area), "sources", folded=True),
        ),
        sources=overview.SOURCES,
    )


def _answer(area: Area) -> Words:
    before, at, after = accountability.sentence(area).partition(f"the STP {area.footprint.name}")
    stp = Link(area.footprint.name, links.to("footprint", stp=area.stp))
    lead = f"Lead: {area.lead}." if area.lead else "A lead of its own is not established."
    return (before, at.removesuffix(area.footprint.name), stp, f"{after} {lead}")


def _close_up(area: Area, layer: str) -> MapFigure:
    caption = ("Crosses: head offices of acute ", glossary.link("trust", "trusts"), ". What lies around is faded.")
    return MapFigure("close-up", figures.close_up(area, layer, tables.way(layer, links.CODE)), caption=caption)


def _facts(area: Area) -> Facts:
    stp = area.footprint
    return Facts(
        (
            Fact("residents", "Residents", acs.population(area), "count", detail=acs.KINDS[area.kind]),
            Fact("share_of_stp", "Of the STP", acs.share_of_stp(area), "share", detail=f"{area.extent}: {stp.name}"),
            Fact("announced", "Announced", area.announced, "date", source=area.source),
            claims.rating(stp, named=True),
            claims.lead(stp, named=True),
        )
    )


def _compared(view: AcsView, area: Area, other: Area) -> Section:
    swapped = links.to("acs", area=other.code, other=area.code, parts=view.parts, outline=view.outline)
    return Section(
        f"Compared with {other.name}",
        (
            Prose(accountability.sentence(other)),
            tables.comparison(area, other),
            Links((Link(f"{other.name} the other way round", swapped),)),
        ),
        "compared",
    )


def _councils(area: Area) -> tuple[Block, ...]:
    """Return whose residents are inside, who is left out, and whom residents elect."""
    out = tuple(
        (Link(council.name, tables.way("council17", council.code)), sentence.removeprefix(council.name))
        for council, sentence in zip(acs.straddling(area), accountability.left_out(area), strict=True)
    )
    listing = (Listing(out),) if out else ()
    return (Prose(accountability.answer(area)), *listing, tables.councils(area))


def _members(area: Area) -> tuple[Block, ...]:
    """Return the member CCGs, those that start first, and what of the STP is not in the area."""
    blocks: list[Block] = [tables.ccgs(area)]
    if area.focus:
        by_code = {ccg.code: ccg for ccg in acs.member_rows(area, "ccg17")}
        early = [by_code[code] for code in area.focus]
        blocks.append(
            Prose(
                (
                    Strong(f"Early focus on {listed(area.places)}"),
                    f": {len(early)} of the {len(by_code)} CCGs, {tables.plain_names(early)}. They have "
                    f"{sum(ccg.residents for ccg in early):,} residents, "
                    f"{percent(sum(ccg.share_of_area for ccg in early))} of the area.",
                )
            )
        )
    rest = tables.rest_of_stp(area)
    return (*blocks, *((rest,) if rest.rows else ()))


def _governance(area: Area) -> tuple[Block, ...]:
    """Return who decides, counted, and the trusts."""
    who = accountability.governance(area)
    kind = "system" if area.kind == "acs" else "area"
    counts = (
        Fact("ccg_count", "CCGs", who.ccgs, "count"),
        Fact(
            "trust_count",
            "NHS trusts",
            who.trusts,
            "count",
            detail="acute ones with their head office inside, and those named as partners",
        ),
        Fact("council_count", "Councils with social care duties", who.councils, "count"),
        Fact("district_count", "District councils", who.districts, "count"),
        Fact("body_count", "Statutory bodies in all, at least", who.bodies, "count"),
    )
    across = f"Councils that straddle the border: {listed(who.straddling)}."
    return (
        Prose(
            f"The {kind} itself is not a statutory body: what it agrees binds nobody whose own board or council does "
            f"not agree. These bodies decide:"
        ),
        Facts(counts),
        Prose(across if who.straddling else "No council straddles the border."),
        Prose(
            "At least, because trusts other than acute ones count only where a source names them; combined "
            "authorities, parishes and the police are left out.",
            "caption",
        ),
        tables.trusts(area),
    )


def _method(area: Area) -> tuple[Block, ...]:
    lead = Fact("lead", "Lead of the area", area.lead or None, source=area.source)
    return (
        Facts((lead,)),
        Prose((Strong("Members"), ": the CCGs that a source names or that the places in the briefing stand for.")),
        Prose((Strong("Boundary"), ": the CCGs' ", glossary.link("lsoa", "LSOAs"), " together.")),
        Prose((Strong("Residents"), ": ONS mid-2017 estimates.")),
        Prose(
            (
                Strong("Shares and "),
                glossary.link("coterminous", "fit"),
                ": sums over LSOAs, never intersections of outlines.",
            )
        ),
        Prose((Strong("Acute trusts"), ": NHS Digital ODS; placed by the postcode of their head office.")),
    )
