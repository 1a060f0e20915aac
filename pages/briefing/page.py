"""A page to print on one area, two STPs or a what-if: what it says, and the files of it."""

from dataclasses import replace
from functools import partial

from geo import blocks
from lib import briefing, catalogue, links
from lib.accountable_care import acs
from lib.briefing import content
from lib.briefing.view import BriefingView
from lib.content.blocks import (
    Block,
    Column,
    Fact,
    Facts,
    Group,
    Link,
    Links,
    MapFigure,
    Prose,
    Section,
    Strong,
    Table,
    Words,
)
from lib.content.controls import ChooseOne, Control
from lib.content.document import Document
from lib.content.page import Form, Page
from lib.text import slug, small
from lib.what_if import regrouping

_TITLE = "A briefing on one page"
_INTRODUCTION = (
    "Choose an STP, a council or an ACS area, or two STPs to compare: you get one page to print or to send, with map, "
    "key facts, how sure each is, members, fit with councils, sources and a link back to here."
)
_NONE = "Nothing is chosen: a briefing needs an STP, a council, an ACS area or a what-if."
_FORMS = {"pdf": "PDF, one page", "html": "Web page", "svg": "Map as SVG", "png": "Map as PNG, 300 dpi"}


def _only(subject: str, _: BriefingView, value: str | None) -> BriefingView:
    """Return the view on one subject: a briefing is on one thing."""
    return BriefingView(**{subject: value})


def _controls(view: BriefingView) -> tuple[Control, ...]:
    stps = {code: stp.name for code, stp in catalogue.footprints().items()}
    councils = catalogue.options("council17")
    areas = {code: area.name for code, area in acs.areas().items()}
    choose = partial(ChooseOne, placeholder="Choose or type a name", width=300)
    others = {code: name for code, name in stps.items() if code != view.stp}
    compared = ChooseOne("other", "Compare with", others, "No comparison", width=300)
    return (
        choose("stp", "Footprint", stps, adopt=partial(_only, "stp")),
        *((compared,) if view.stp else ()),
        choose("council", "or council", councils, adopt=partial(_only, "council")),
        choose("acs", "or ACS area", areas, adopt=partial(_only, "acs")),
    )


def document(view: BriefingView) -> Document:
    """Return what the briefing says, with its files; or what a briefing is."""
    if view == BriefingView():
        return Document(
            _TITLE, "One page to print or to send on an STP, two STPs, a council or an ACS area.", (), _INTRODUCTION
        )
    made = briefing.build(view)
    query = links.link(view).partition("?")[2]
    files = Links(tuple(Link(words, f"/briefing.{form}?{query}") for form, words in _FORMS.items()), "Take it along:")
    others = [Link(f"Footprints: {made.link}", made.link)]
    if view.other:
        others.append(Link("The other way round", links.link(replace(view, stp=view.other, other=view.stp))))
    maps = tuple((MapFigure(f"map-{number}", drawn),) for number, drawn in enumerate(made.maps, 1))
    left, right, below = (tuple(map(_block, part)) for part in (made.left, made.right, made.below))
    return Document(
        title=_cited(view),
        description=f"{made.title}: {made.kind}. {made.subtitle}",
        lead=(Strong(made.title), f". {made.kind}. {made.subtitle}"),
        blocks=(
            files,
            Links(tuple(others)),
            Group(((*maps[0], *left), right)) if len(maps) == 1 else Group((*(maps),)),
            *(() if len(maps) == 1 else (Group((left, right)),)),
            *below,
            Section("How sure", (*_sure(made), Prose(content.UNMARKED, "caption")), "how-sure"),
            Section("Sources", tuple(Prose(_source(one), "caption") for one in made.sources), "sources"),
        ),
        main=("map-1", "map-2")[: len(maps)],
        index=not view.moves,
        about=made.title if not (view.other or view.moves) else "",
    )


def _block(block: content.Block) -> Block:
    key = slug(block.title)
    if isinstance(block, content.Facts):
        facts = tuple(Fact(slug(row.label), row.label, row.value, evidence=row.sure) for row in block.rows)
        return Section(block.title, (Facts(facts),), key)
    if isinstance(block, content.Prose):
        return Section(block.title, tuple(Prose(line) for line in block.lines), key)
    columns = tuple(Column(slug(head).replace("-", "_"), head) for head in block.head)
    return Section(block.title, (Table(key, block.title, columns, block.rows, swatches=block.marks),), key)


def _sure(made: content.Briefing) -> tuple[Block, ...]:
    return tuple(Prose((Strong(f"{grade.label}:"), f" {grade.meaning}"), "caption") for grade in made.grades)


def _source(source: content.Source) -> Words:
    words: list = [Strong(source.what), ": "]
    for number, (text, address) in enumerate(source.parts):
        words += ["; "] if number else []
        words.append(Link(text, address) if address else text)
    return tuple(words)


def _made(form: str, view: BriefingView, link: str) -> bytes:
    if view == BriefingView():
        raise LookupError(_NONE)
    return briefing.made(view, form, link.removesuffix(links.link(view)))


def _name(form: str, view: BriefingView) -> str | None:
    return None if view == BriefingView() else f"{briefing.file_name(view)}.{form}"


def _cited(view: BriefingView) -> str:
    """Return a view in words."""
    if view.stp and view.other:
        names = catalogue.footprints()
        return f"Briefing on {names[view.stp].name} and {names[view.other].name}"
    for layer, code in (("stp17", view.stp), ("council17", view.council)):
        if code:
            return f"Briefing on {blocks.names(layer)[code]}"
    if view.moves:
        return f"Briefing: {small(regrouping.cited(view.moves))}"
    return f"Briefing on {acs.areas()[view.acs].name}" if view.acs else "Briefings"


PAGE = Page(
    path="briefing",
    name="Briefing",
    answers="One page to print or send on an STP, two STPs, a council or an ACS area: PDF, web page, map.",
    view=BriefingView,
    document=document,
    controls=_controls,
    cited=_cited,
    forms=tuple(
        Form(form, words, briefing.FORMATS[form][0], partial(_made, form), partial(_name, form))
        for form, words in _FORMS.items()
    ),
)
