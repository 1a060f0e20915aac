"""A reader's own table on the map: what was matched, the ranking, and the groups."""

from dataclasses import replace
from functools import partial

from geo import blocks
from lib import catalogue, glossary, links, themes
from lib.content.blocks import Block, Group, Link, Links, MapFigure, Prose, Section, Strong, Words
from lib.content.document import Document
from lib.content.formats import coded
from lib.content.page import Page
from lib.facts import parliament
from lib.own_numbers import row_kinds
from lib.own_numbers.table import letter
from lib.text import listed
from pages.your_numbers import explained, file, groups, maps, show, tables
from pages.your_numbers.file import Given, Read
from pages.your_numbers.reader.matched import Matched
from pages.your_numbers.session import session
from pages.your_numbers.view import YourNumbersView, cited

_INTRODUCTION = (
    "Put your own figures on the map: a table with a row for each STP, CCG, council or district, each board or "
    "constituency, or for postcodes or LSOAs, which are added up. It is matched, mapped, ranked and held against "
    "ratings, leads and fit."
)


def document(view: YourNumbersView, given: Given | None = None) -> Document:
    """Return what was made of a reader's file; without one, what is done with a file."""
    notices: tuple[Words, ...] = ()
    if given and given.table:
        notices = tuple(coded(sentence) for sentence in file.misfits(view, given.table))
    read = given.read if given else None
    result = read if read and len(read.matched.values) else None
    if given and given.columns and (strange := file.strange_target(view, given.columns.layer)):
        notices = (*notices, coded(strange))
    if given and given.refusal:
        notices = (*notices, given.refusal)
    if result:
        layer = result.matched.layer
        if strange := file.strange_area(view, layer, result.columns.layer):
            notices = (*notices, coded(strange))
        view = replace(view, area=file.area(view, layer))
    hint = (Prose(given.hint),) if given and given.hint else ()
    report = _report_of(view, read) if read else ()
    inside = _numbers(view, result) if result else (*report, *explained.what_happens())
    return Document(
        title="Your numbers",
        description=_INTRODUCTION,
        lead=result.matched.sentence() if result else _INTRODUCTION,
        blocks=(*hint, *inside, explained.method()),
        notices=notices,
        sources=parliament.terms((result.columns.layer, result.matched.layer)) if result else (),
    )


def _report_of(view: YourNumbersView, read: Read) -> tuple[Block, ...]:
    """Return what was matched of a file that gave no value."""
    matched = read.matched
    return (
        Prose(matched.sentence()),
        *tables.notes(read.table),
        *tables.report(matched),
        *tables.together(view, letter(read.columns.column), matched),
        *tables.unused(matched),
    )


def _numbers(view: YourNumbersView, read: Read) -> tuple[Block, ...]:
    matched = read.matched
    many = row_kinds.many(matched.layer)
    together = tables.together(view, letter(read.columns.column), matched)
    # What can be done comes before the map, what was done after it.
    offered, put = ((), together) if matched.parts else (together, ())
    return (
        *tables.report(matched),
        *offered,
        Group(((_map(view, read),), _panel(view, matched)), (58, 42)),
        *(Prose(note, "caption") for note in matched.notes),
        *tables.notes(read.table),
        *put,
        *tables.divided(matched),
        *tables.unused(matched),
        Section(
            f"All {len(blocks.names(matched.layer))} {many} by {matched.title}",
            (tables.ranking(view, matched),),
            "ranking",
        ),
        _crossed(view, read),
        Prose("The link keeps how the file is read and shown, not the file.", "caption"),
        Section("Files to start from", explained.files(), folded=True),
        explained.ways(),
    )


def _map(view: YourNumbersView, read: Read) -> MapFigure:
    matched = read.matched
    theme = read.file.keep("theme", (matched,), partial(show.theme, matched))
    drawn = maps.england(
        matched,
        theme,
        view.area if view.area in theme.names else None,
        link=links.link(replace(view, area=links.CODE)),
        clear=links.link(replace(view, area=None)),
    )
    gaps = " Striped areas have no value." if matched.layer == "stp17" else " Grey areas have no value."
    caption = f"Up to five classes with about as many areas each.{gaps if len(matched.gaps) else ''}"
    return MapFigure("numbers", drawn, tuple(themes.legend(theme, theme.keys)), theme.title, theme.many, caption)


def _panel(view: YourNumbersView, matched: Matched) -> tuple[Block, ...]:
    """Return the chosen area, or what the values are like."""
    names = blocks.names(matched.layer)
    if view.area is None or view.area not in names.index:
        way = "Choose an area on the map, in the box or in the table to see its value and rank."
        return (Section(matched.title, (Prose(show.summary(matched)), Prose(way), tables.ends(matched)), "panel"),)
    parts = matched.parts.get(view.area, ())
    home = catalogue.footprints()[show.homes(matched.layer)[view.area]]
    lies = ()
    if matched.layer != "stp17":
        most = "It lies in the STP" if matched.layer == "ccg17" else "Most of its residents live in the STP"
        lies = (Prose(f"{most} {home.name}."),)
    ways = [Link(f"Everything about {home.name}", links.to("footprint", stp=home.code))]
    if matched.layer == "icb26":
        ways.insert(0, Link("What this board plans today", links.to("today", board=view.area)))
    if matched.layer == "council17":
        ways.insert(0, Link("Whom this council has to deal with", links.to("council", council=view.area)))
    return (
        Section(
            names[view.area],
            (
                Prose(f"{matched.title}: {show.place(matched, view.area)}"),
                *((Prose(f"It is the sum of {listed(parts)}."),) if parts else ()),
                *show.made(matched, view.area),
                *lies,
                Prose(("Rating of the STP, July 2017: ", Strong(catalogue.rating_words(home)))),
                Prose(("Lead type of the STP: ", Strong(catalogue.LEAD_TYPES[home.lead.kind]))),
                Links(tuple(ways)),
            ),
            "panel",
        ),
    )


def _crossed(view: YourNumbersView, read: Read) -> Section:
    """Return the values by rating, lead type and fit."""
    matched = read.matched
    partner = groups.partner(view.partner, matched.layer)
    fitted = links.to("coterminosity", a=matched.layer, b=partner, tolerance=view.tolerance)
    return Section(
        "By rating, lead type and fit",
        (
            Prose(groups.attribution(matched.layer)),
            Prose(
                "Groups of a few areas differ by chance alone; a difference here is a question to ask, not a cause. "
                "Dark lines are medians; hollow dots stand for ratings that are inferred or not established.",
                "caption",
            ),
            Group(
                (
                    (Section("By rating of the STP, July 2017", tables.group(read, "rating")),),
                    (Section("By lead type of the STP", tables.group(read, "lead")),),
                )
            ),
            Section(
                f"By fit with {row_kinds.many(partner)}",
                (
                    Prose(
                        (
                            "How ",
                            glossary.link("coterminous", "coterminous"),
                            f" each area is, counted in residents, at a tolerance of {view.tolerance:g}%; choose "
                            "another under “More choices”.",
                        )
                    ),
                    *(Prose(note, "caption") for note in blocks.notes([partner])),
                    *tables.group(read, "fit", partner, view.tolerance),
                    Links((Link("This fit on the map", fitted),)),
                ),
            ),
        ),
        "crossed",
    )


PAGE = Page(
    path="your-numbers",
    name="Your numbers",
    answers="A table of your own, CSV or Excel, matched, mapped, ranked and held against ratings, leads and fit; never "
    "stored.",
    view=YourNumbersView,
    document=document,
    cited=cited,
    session=session,
    session_height=(157, 229),
    memberships="April 2017 to April 2026, as named",
)
