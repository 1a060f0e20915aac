"""How the footprints of 2017 became those of 2022 and 2026, and the councils of 2017 those of 2024."""

from dataclasses import replace
from itertools import pairwise

from geo import blocks, codes, vintages
from lib import catalogue, glossary, links
from lib.care import waves
from lib.content.blocks import Block, Group, Link, Links, Listing, MapFigure, Prose, Section, Strong, Words
from lib.content.controls import ChooseOne, Control, EnterText
from lib.content.document import Document
from lib.content.page import Page
from lib.facts import area_codes, today
from lib.parameters import ALL
from lib.text import small
from pages.then_and_now import boards, by_year, councils, fit, flows, maps, mergers, method, sankey, tables, words
from pages.then_and_now import codes as meanings
from pages.then_and_now.view import END, TODAY, ThenAndNowView, cited

_SOURCES = (
    "Membership: ONS lookups of April 2017 to July 2022, those of 2021 and 2022 through humaniverse/geographr.",
    "Residents: ONS mid-2017 estimates.",
    "Mergers of CCGs: NHS Digital, list of successions.",
    "ICBs of 2024: ONS lookups of April 2024 through humaniverse/geographr; of April 2026: ODS successions through "
    "rcpch/rcpch-nhs-organisations, ONS codes through ajdench/dmsGIS.",
    "Councils of 2024: ONS code history through humaniverse/geographr; orders on legislation.gov.uk.",
)
_SIDES = ("then", "now")
_LOOKUPS = f"{codes.YEARS[1]} to {codes.YEARS[-1]}"


def _controls(view: ThenAndNowView) -> tuple[Control, ...]:
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    kinds = {"stp": "STPs", "ccg": "CCGs", "council": "Councils"}
    years_compared = (
        ChooseOne("start", "From", flows.starts(view), width=90, adopt=lambda v, year: v.starting(year)),
        ChooseOne("end", "To", flows.ends(view), width=90),
    )
    years = {"any": "Any year"} | {str(year): str(year) for year in codes.YEARS}
    drawn = (
        ChooseOne("flows", "Flows", {"changed": "Only what changed", ALL: "All"}, width=172, folded=True),
        ChooseOne("region", "NHS region of 2017", {ALL: "All of England"} | catalogue.REGIONS, width=160, folded=True),
    )
    return (
        ChooseOne(
            "stp",
            "Story of a footprint",
            names,
            f"All of England, or choose one of {len(names)}",
            width=270,
            adopt=lambda v, chosen: replace(v, stp=chosen, region=ALL),
        ),
        ChooseOne("kind", "Areas", kinds, width=110, adopt=lambda v, kind: v.of_kind(kind)),
        *(() if len(view.years) == len(view.layers) else years_compared),
        *(() if view.stp else drawn),
        EnterText("code", "What was this code?", "E54000008, E38000213", width=180),
        *((ChooseOne("year", "In the year", years, width=105),) if view.code or view.year != "any" else ()),
    )


def document(view: ThenAndNowView) -> Document:
    """Return the flows of all areas or the story of one, and what a code meant if one is asked for."""
    answer = _answer(view)
    if view.stp:
        name, lead = catalogue.footprints()[view.stp].name, words.headline(view.stp, view.boards)
        title, description, first = (
            f"{name}, then and now",
            f"{name}: {small(lead)}",
            (*_code(view, answer), *_of_stp(view, view.stp)),
        )
    elif answer:
        title, lead, description = _asked(view), answer[0], " ".join(answer)
        everywhere = Section(flows.headline(*view.layers), (Prose(_sizes(view)), *_national(view)), "all")
        first = (*_code(view, answer[1:]), everywhere)
    else:
        title, lead = flows.headline(*view.layers), _sizes(view)
        description, first = f"{title}. {lead}", _national(view)
    drawn = ("flows",) if flows.drawable(flows.of_view(view)) else ()
    return Document(
        title=title,
        description=description,
        lead=lead,
        blocks=(*first, *_rest(view)),
        sources=_SOURCES,
        index=not view.code or bool(codes.find(view.code).code or area_codes.called(view.code)),
        main=(*(_SIDES if view.stp else ("councils-map",) if view.kind == "council" else ()), *drawn),
    )


def _introduction(view: ThenAndNowView) -> Words:
    stps, icbs, later = (len(vintages.totals(layer)) for layer in (maps.THEN, maps.FIRST, today.BOARDS))
    before, after = (len(vintages.totals(layer)) for layer in vintages.SERIES["council"])
    ccgs = mergers.numbers()
    return (
        f"The {stps} ",
        glossary.link("stp", "STPs"),
        f" of 2017 became the {icbs} ",
        glossary.link("icb", "ICBs"),
        f" of 2022; {ccgs.iloc[0]} ",
        glossary.link("ccg", "CCGs"),
        f" became {ccgs.iloc[-1]}. See where the residents of each area went, year by year, told from ",
        glossary.link("lsoa", "LSOAs"),
        "; and what a code meant, since STP codes were handed on to ICBs. The ICBs went on to become ",
        Link(f"{later} in April 2026", links.link(replace(view.of_kind("stp"), end=TODAY))),
        ", the councils of 2017 from ",
        Link(f"{before} to {after}", links.link(view.of_kind("council"))),
        ".",
    )


def _asked(view: ThenAndNowView) -> str:
    return f"What {view.code} meant" + ("" if view.year == "any" else f" in {view.year}")


def _answer(view: ThenAndNowView) -> tuple[str, ...]:
    """Return in sentences what the code of a view meant; none if it has none."""
    return meanings.answer(view.code, None if view.year == "any" else int(view.year)) if view.code else ()


def _code(view: ThenAndNowView, sentences: tuple[str, ...]) -> tuple[Section, ...]:
    """Return what a code meant, and where its residents belonged before and after."""
    if not view.code:
        return ()
    result = codes.find(view.code)
    inside: list[Block] = [Prose(sentence) for sentence in sentences]
    if result.code:
        table = tables.of_code(view, result)
        inside.append(Section(f"Its residents in every year, {_LOOKUPS}", (table,), folded=True))
    title = _asked(view) if view.stp else "Before, after and year by year" if result.code else "Codes"
    return (Section(title, tuple(inside), "code"),) if inside else ()


def _sizes(view: ThenAndNowView) -> str:
    """Return what became of all areas, and why that is not drawn if it is not."""
    sizes = flows.sizes(*view.layers)
    if tables.derived(*view.layers):
        sizes = f"{sizes} The areas of April 2026 are derived, not an ONS lookup."
    return sizes if flows.drawable(flows.of_view(view)) else f"{sizes} {flows.undrawn(view)}"


def _national(view: ThenAndNowView) -> tuple[Block, ...]:
    """Return the flows of all areas or of a region, and what happened on the whole map."""
    drawable = flows.drawable(flows.of_view(view))
    if view.kind == "council":
        there = Group(((councils.drawn(),), (Listing(councils.told()),)), (50, 50))
        return (there, Section("Where the residents went", (_drawing(view),), "drawing")) if drawable else (there,)
    if drawable:
        return (Group(((tables.kinds(view), sankey.chart(view)), _happened(view)), (56, 44)),)
    return _happened(view)


def _happened(view: ThenAndNowView) -> tuple[Block, ...]:
    """Return what happened on the whole map, year by year."""
    content: list[Block] = []
    # Up to the first ICBs all years are told; who asks for later ones gets those that were asked for.
    since, until = (view.start, view.end) if view.end > END else ("", END)
    for before, after in pairwise(vintages.SERIES[view.kind]):
        if not since < str(blocks.layer(after).year) <= until:
            continue
        content.append(Prose((Strong(str(blocks.layer(after).year)), f": {words.numbers(before, after)}")))
        told = words.national(before, after) if view.kind == "stp" else (flows.sizes(before, after),)
        content.append(Listing(told))
    if view.kind == "ccg":
        content.append(Prose("Which CCGs merged into which is in the table of mergers below."))
    return tuple(content)


def _of_stp(view: ThenAndNowView, stp: str) -> tuple[Block, ...]:
    """Return an STP and its successors on the same ground, its story, and its flows."""
    ways = Links(
        (
            Link("Everything about it in 2017", links.to("footprint", stp=stp)),
            Link("ICBs and councils", links.to("coterminosity", a=maps.FIRST, b="council17")),
        )
    )
    drawing = _drawing(view) if flows.drawable(flows.of_view(view)) else Prose(flows.undrawn(view))
    return (
        Group((_same_ground(view, stp), (_story(stp, view), ways)), (60, 40)),
        Section("Where the residents went", (drawing,), "drawing"),
    )


def _drawing(view: ThenAndNowView) -> Group:
    """Return the drawing of the flows of a view beside what its colours mean."""
    return Group(((sankey.chart(view),), (tables.kinds(view),)), (64, 36))


def _same_ground(view: ThenAndNowView, stp: str) -> tuple[Block, ...]:
    sides = tuple((_side(view, stp, *side),) for side in zip(_SIDES, (maps.THEN, view.boards), strict=True))
    caption = (
        f"The same ground twice; the footprint of {blocks.layer(maps.THEN).year} is outlined in black. STPs carry the "
        "colour of the ICB that took most of each."
    )
    inside = (Group(sides), Prose(caption, "caption"), tables.residents_now(view))
    return (Section("The same ground, then and now", inside, "ground"),)


def _side(view: ThenAndNowView, stp: str, key: str, layer: str) -> MapFigure:
    drawn = maps.side(stp, layer, tables.way(view, layer, links.CODE), view.boards)
    caption = (Strong(blocks.layer(layer).vintage), f": {maps.legend(stp, layer, view.boards)}")
    return MapFigure(key, drawn, caption=caption)


def _story(code: str, view: ThenAndNowView) -> Section:
    """Return what became of an STP, year by year."""
    return Section(
        "Its story, year by year",
        (
            *(Prose((Strong(years), f": {events}")) for years, events in words.told(code)),
            Prose((Strong("Now"), ": ", *today.now("stp17", code))),
            Prose(blocks.DERIVED, "caption"),
            Prose(words.ccg_sentence(code)),
            *(Prose((Strong("System"), f": {step.says}")) for step in waves.of_stp(code)),
            Links((Link("Dates and sources of the system", f"{links.to('footprint', stp=code)}#system"),)),
            Section("The story as a table", (tables.story(view),), folded=True),
        ),
        "story",
    )


def _rest(view: ThenAndNowView) -> tuple[Block, ...]:
    """Return what stands on the page whatever is chosen: the flows as a table, mergers, fit, method."""
    table, numbers = tables.of_flows(view), mergers.numbers()
    listed = (Section("The flows as a table", (table,), "table"),) if table.rows else ()
    # What stands behind a long table is not found.
    long = len(table.rows) > flows.MOST_DRAWN
    return (
        Prose(_introduction(view), "caption"),
        *(() if long else listed),
        Section(f"How {numbers.iloc[0]} CCGs became {numbers.iloc[-1]}", _mergers(view), "ccgs"),
        Section("What became of the ICBs of 2022", _boards(view), "boards"),
        Section("How the fit with councils changed", _fit(), "fit"),
        Section("Which councils ended and began", _councils(view), "councils"),
        *(listed if long else ()),
        Section("Method, sources and dates", _method(), "method", folded=True),
    )


def _mergers(view: ThenAndNowView) -> tuple[Block, ...]:
    paragraphs = tuple(Prose(sentence) for sentence in mergers.reconciliation())
    agreement = Section("Does the list of mergers agree with the LSOAs?", paragraphs)
    table = tables.of_mergers(view)
    return (
        Group(((by_year.ccgs(),), (agreement,)), (42, 58)),
        Section(f"The {len(table.rows)} mergers as a table", (table,), folded=True),
    )


def _fit() -> tuple[Block, ...]:
    changed = Section("Which councils changed", (Listing(fit.councils_changed()),))
    return (
        Group(((by_year.split_councils(),), (changed,)), (42, 58)),
        *(tables.of_fit(kind) for kind in ("stp", "ccg")),
        Prose(boards.councils_changed()),
        boards.of_fit(),
    )


def _boards(view: ThenAndNowView) -> tuple[Block, ...]:
    table = boards.of_ended(view)
    return (
        Prose(boards.summary()),
        Section(f"The {len(set(table.rows))} successions as a table", (table,), folded=True),
    )


def _councils(view: ThenAndNowView) -> tuple[Block, ...]:
    table = councils.of_ended()
    ways = Links((Link("On the map, with flows", links.link(view.of_kind("council"))),))
    return (
        Prose(councils.summary()),
        *(() if view.kind == "council" else (ways,)),
        councils.of_created(),
        Section(f"The {len(table.rows)} councils that ended, as a table", (table,), folded=True),
    )


def _method() -> tuple[Block, ...]:
    statements = Section("Said at the time", (Listing(method.said_at_the_time()),))
    return (*(Prose(paragraph) for paragraph in method.paragraphs()), statements)


PAGE = Page(
    path="then-and-now",
    name="Then and now",
    answers="How the footprints of 2017 became the integrated care boards (ICBs) of 2022 and 2026: flows, the story "
    "of each, fit by year, councils to 2024, and what a code meant.",
    view=ThenAndNowView,
    document=document,
    controls=_controls,
    cited=cited,
    memberships="2017 to 2022, 2024 and April 2026 (derived)",
    top=True,
)
