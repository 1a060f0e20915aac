"""Two STPs side by side: in a sentence, in a table, on two maps at one scale; and peers."""

from dataclasses import replace

from lib import catalogue, glossary, links, measures
from lib.catalogue import Footprint
from lib.content.blocks import (
    Block,
    Column,
    Facts,
    Group,
    Link,
    Links,
    Listing,
    MapFigure,
    Prose,
    Section,
    Strip,
    Table,
    Words,
)
from lib.content.controls import ChooseOne, Control
from lib.content.document import Document
from lib.content.page import Page
from lib.facts import claims, footprints, standing
from lib.figures import legends
from lib.figures.maps import Map
from lib.footprint import compare, figures, peers
from pages.compare.view import CompareView, cited

_SCALE = "Both maps have the same scale. Councils are coloured and numbered; crosses are acute trusts."
_READY = (("E54000041", "E54000037"), ("E54000015", "E54000014"), ("E54000034", "E54000044"))
"""Pairs to begin with: an accountable care system and its neighbour."""
_KEYS = {measure.title: key for key, measure in measures.MEASURES.items()}


def _controls(_: CompareView) -> tuple[Control, ...]:
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    return (
        ChooseOne("a", "First footprint", names, "Choose or type a name", width=380),
        ChooseOne("b", "Second footprint", names, "Choose or type a name", width=380),
    )


def document(view: CompareView) -> Document:
    """Return two STPs compared, or the way to a second one."""
    if view.a and view.b and view.a != view.b:
        return _pair(*(catalogue.footprints()[code] for code in (view.a, view.b)))
    one = view.a or view.b
    if view.a and view.a == view.b:
        lead = "Both sides are the same footprint. Choose another one to compare it with, or one of its peers:"
    elif one:
        lead = "Choose a second footprint, or one of the peers of the first:"
    else:
        lead = "Choose two of the 44 footprints to see them at the same scale and on the same axes."
    return Document(
        title="Compare two footprints",
        description="Two footprints of 2017 at the same scale and on the same axes, and which are most alike.",
        lead=lead,
        blocks=(_peers(one) if one else _ready(), Prose(_introduction(), "caption")),
    )


def _introduction() -> Words:
    return (
        "The areas of two ",
        glossary.link("stp", "sustainability and transformation partnerships"),
        " (STPs), each made of whole ",
        glossary.link("ccg", "clinical commissioning groups"),
        " (CCGs).",
    )


def _ready() -> Links:
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    pairs = tuple(Link(f"{names[a]} and {names[b]}", links.to("compare", a=a, b=b)) for a, b in _READY)
    return Links(pairs, "For instance:")


def _to_peers(code: str) -> tuple[Link, ...]:
    stps = catalogue.footprints()
    return tuple(Link(stps[other].name, links.to("compare", a=code, b=other)) for other in peers.peers(code))


def _peers(code: str) -> Section:
    name = catalogue.footprints()[code].name
    return Section(f"Peers of {name}", (Links(_to_peers(code)), Prose(peers.METHOD, "caption")), "peers")


def _pair(a: Footprint, b: Footprint) -> Document:
    differences = peers.differences(a.code, b.code)
    maps = figures.pair(a.code, b.code, links.to("council", council="{code}"))
    ways = (
        Link("Swap the two", links.to("compare", a=b.code, b=a.code)),
        Link("Briefing to print", links.to("briefing", stp=a.code, other=b.code)),
    )
    return Document(
        title=f"{a.name} and {b.name} compared",
        description=f"{differences[0]} {peers.rating_difference(a.code, b.code)}",
        lead=f"{differences[0]} {peers.rating_difference(a.code, b.code)}",
        blocks=(
            Links(ways),
            Links(_to_peers(a.code), f"Like {a.name}, the nearest first:"),
            Section("Side by side", (_table(a, b),), "side-by-side"),
            Group(tuple(_side(stp, drawn, key) for stp, drawn, key in zip((a, b), maps, "ab", strict=True))),
            Prose(_SCALE, "caption"),
            Section("In words", (Listing(tuple(differences)),), "differences", folded=True),
            Section(
                "Among the 44, with ranks",
                (
                    Prose(f"Circle: {a.name}. Diamond: {b.name}.", "caption"),
                    standing.chart((a.code, b.code)),
                    standing.table((a.code, b.code)),
                ),
                "standing",
                folded=True,
            ),
            Section(
                "Financial gaps", (Facts((claims.gap(a, named=True), claims.gap(b, named=True))),), "gaps", folded=True
            ),
            Prose(_introduction(), "caption"),
        ),
        sources=(
            "Residents: ONS mid-2017 estimates.",
            "Membership: ONS lookups of April 2017.",
            "Deprivation: English indices of deprivation 2015.",
        ),
        main=("map-a", "map-b"),
    )


def _side(stp: Footprint, drawn: Map, key: str) -> tuple[Block, ...]:
    return (
        Section(
            stp.name,
            (
                Prose(footprints.names(stp), "caption"),
                MapFigure(f"map-{key}", drawn, caption=legends.in_words(drawn)),
                Facts(tuple(replace(fact, key=f"{fact.key}_{key}") for fact in (claims.rating(stp), claims.lead(stp)))),
                Links((Link("Everything about it", links.to("footprint", stp=stp.code)),)),
            ),
            f"side-{key}",
        ),
    )


def _table(a: Footprint, b: Footprint) -> Table:
    rows = compare.compared(peers.facts(a.code), peers.facts(b.code))
    columns = (
        Column("compared_by", "Compared by"),
        Column("a", a.name, note="In words, with its unit."),
        Column("b", b.name, note="In words, with its unit."),
        Column("same", "Same", in_file_only=True),
    )
    return Table(
        "side-by-side",
        f"{a.name} and {b.name}",
        columns,
        tuple((row.name, row.a, row.b, "yes" if row.same else "no") for row in rows),
        strips=tuple(_strip(row.name, a, b) for row in rows),
        caption=f"{sum(row.same for row in rows)} of {len(rows)} are the same. "
        f"Strips run from the least to the greatest of the 44: circle {a.name}, diamond {b.name}. {peers.METHOD}",
        file_name=f"compare-{a.code}-{b.code}",
    )


def _strip(title: str, a: Footprint, b: Footprint) -> Strip | None:
    """Return where both lie by what a row compares; None for a row that is no measure."""
    return standing.strip((a.code, b.code), _KEYS.get(title, ""))


PAGE = Page(
    path="compare",
    name="Compare",
    answers="Two footprints at the same scale and on the same axes; peers.",
    view=CompareView,
    document=document,
    controls=_controls,
    cited=cited,
    top=True,
)
