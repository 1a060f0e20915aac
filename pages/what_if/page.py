"""Footprints as they would be if some CCGs belonged elsewhere."""

from geo import regroup
from geo.blocks import GROUPS
from lib import catalogue, fit, glossary, links
from lib.content.blocks import Block, Group, Link, Links, MapFigure, Notices, Prose, Strong, Words
from lib.content.controls import ChooseOne, ChooseSome, Control
from lib.content.document import Document
from lib.content.formats import plain
from lib.content.page import Form, Page
from lib.what_if import changes, figures, moves, regrouping
from pages.what_if import boundaries, choosing, consequences, optimum, tables
from pages.what_if.jobs import Job
from pages.what_if.method import method
from pages.what_if.session import session
from pages.what_if.view import WhatIfView, cited

_SOURCES = (
    "Residents: ONS mid-2017 estimates.",
    "Membership: ONS lookups of April 2017.",
    "Cases: the boundary review of 2021 and the merger of 2018, read off the ONS lookups of later years.",
)


def _controls(view: WhatIfView) -> tuple[Control, ...]:
    names = catalogue.options("ccg17")
    names = {**names, **{unit: regroup.unit_name(unit) for unit in view.ccg if "-" in unit}}
    layers = {layer: words for layer, words in fit.choices().items() if layer in regroup.AGAINST}
    return (
        ChooseSome("ccg", "CCGs to move", names, "Choose on the map or type a name", width=620),
        ChooseOne("against", "Judge the fit by", layers, width=250, groups=_groups()),
    )


def _groups() -> dict[str, tuple[str, ...]]:
    """Return the layers to judge the fit by, by group."""
    known = {group: tuple(layer for layer in layers if layer in regroup.AGAINST) for group, layers in GROUPS.items()}
    return {group: layers for group, layers in known.items() if layers}


def document(view: WhatIfView, job: Job | None = None) -> Document:
    """Return what a what-if changes, and the ways to change it further; `job` is a search that has ended."""
    text = view.moves
    answer = (optimum.answer(view, job),) if job else ()
    table = tables.assignment(text, choosing.owners(view.ccg), choosing.link(view, ccg=(links.CODE,)))
    return Document(
        title=regrouping.title(text),
        description=f"{regrouping.MARK}. {regrouping.sentence(text)}" if text else plain(_introduction()),
        lead=(Strong(f"{regrouping.MARK}."), f" {regrouping.sentence(text)}") if text else _introduction(),
        blocks=(
            *answer,
            *(_changed(view, text) if text else _unchanged(view)),
            optimum.section(view),
            method(),
            table,
        ),
        sources=_SOURCES,
        index=not text,
        main=("after", "before") if text else (),
    )


def _introduction() -> Words:
    return (
        "Move ",
        glossary.link("ccg", "CCGs"),
        " between ",
        glossary.link("stp", "STPs"),
        ", merge two STPs or make a new one: see at once which councils would fit their ",
        glossary.link("footprint", "footprint"),
        " better or worse, and share the answer.",
    )


def _unchanged(view: WhatIfView) -> tuple[Block, ...]:
    ways = (choosing.chosen(view), choosing.started(view))
    return (Group(((_england(view),), ways if view.ccg else tuple(reversed(ways))), (54, 46)),)


def _changed(view: WhatIfView, text: str) -> tuple[Block, ...]:
    warnings = changes.warnings(text)
    long = moves.long_link(len(links.link(view)))
    return (
        *((Notices(tuple(warnings)),) if warnings else ()),
        Group(
            ((_england(view),), (choosing.chosen(view), choosing.made(view), consequences.scores(text, view.against))),
            (54, 46),
        ),
        consequences.before_and_after(text, view.against),
        consequences.in_words(text, view.against),
        Links((Link("Briefing to print", links.to("briefing", moves=text)),)),
        *((Prose(long, "caption"),) if long else ()),
        tables.stps(text, view.against),
        tables.councils(text, view.against),
        choosing.started(view),
    )


def _england(view: WhatIfView) -> MapFigure:
    drawn = figures.england(
        view.moves,
        choosing.owners(view.ccg),
        link=choosing.link(view, ccg=(links.CODE,)),
        clear=choosing.link(view, ccg=()),
        several=choosing.link(view, ccg=(links.CODES,)),
    )
    edges = " What is moved has an orange edge." if view.moves else ""
    caption = f"CCGs in the colours of their STPs; the dark lines are the STPs of April 2017.{edges}"
    return MapFigure("england", drawn, caption=caption)


PAGE = Page(
    path="what-if",
    name="What if",
    answers="What would change if CCGs, or parts of them, belonged to other STPs: fit, residents, map, a link to "
    "share. And how far the real map is from the best one.",
    view=WhatIfView,
    document=document,
    controls=_controls,
    cited=cited,
    session=session,
    session_height=(40, 96),
    forms=(
        Form(
            "geojson",
            "New boundaries (GeoJSON)",
            "application/geo+json",
            boundaries.geojson,
            boundaries.file_name,
        ),
    ),
)
