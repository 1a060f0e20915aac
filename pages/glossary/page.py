"""Terms in our own words with a place to read on, and the timeline."""

from functools import partial
from typing import Any

from geo import kept
from lib import charts, glossary, links, timeline
from lib.care.joint_work import GROUPS
from lib.content.blocks import Block, Chart, Column, Group, Link, Prose, Section, Table, Words
from lib.content.controls import ChooseOne, ChooseSome, Control
from lib.content.document import Document
from lib.content.page import Page
from lib.facts import joint_work
from lib.glossary import Term
from lib.text import counted
from lib.timeline import Event
from pages.glossary import example
from pages.glossary.view import GlossaryView, cited

_INTRODUCTION = "What the words mean, in our own words with a place to read on, and what happened when."
_METHOD = (
    "The words are this project's own; none is quoted. Where a definition is ours and not a retelling of the sources, "
    "it says so. A source without a link is named as it is named in our tables.",
    "Every event of the timeline has its source, and a date is as exact as the source. The kind of an event is ours, "
    "for finding things. Where sources disagree, the note says so.",
)
_COLUMNS = (
    Column("number", "No.", "count", note="Place in the order of time, as in the picture."),
    Column("date", "Date", "date", note="As exact as the source: a day, a month or a year."),
    Column("event", "Event", note="What happened."),
    Column("note", "Conflict or note", note="Where sources disagree, or what is in doubt."),
    Column("kind", "Kind", note="Kind of event, ours."),
    Column("source", "Source", "source", note="Titles and addresses."),
)


def _controls(_: GlossaryView) -> tuple[Control, ...]:
    names = {key: term.name for key, term in glossary.TERMS.items()}
    return (
        ChooseOne("term", "Term", names, "Choose or type a term", width=380),
        ChooseSome("kind", "Events of the timeline", timeline.KINDS, "All kinds of event", width=380),
    )


def document(view: GlossaryView) -> Document:
    """Return the chosen term, the timeline and all terms."""
    events = timeline.passing(view.kind)
    term = glossary.TERMS[view.term] if view.term else None
    years = f"Timeline, {timeline.events()[0].start.year} to {timeline.events()[-1].start.year}"
    return Document(
        title=term.name if term else "Glossary and timeline",
        description=term.short if term else f"{_INTRODUCTION} {years}.",
        lead=term.text if term else _INTRODUCTION,
        blocks=(
            *((Prose(_read_on(term), "caption"),) if term else ()),
            *(_chosen_places(term) if term else ()),
            Section(years, (_picture(events), _table(events)), "timeline"),
            Section("All terms", (_terms(),), "terms"),
            *(() if term else (example.section(),)),
            Section("How the terms were written", tuple(Prose(words) for words in _METHOD), folded=True),
        ),
    )


def _chosen_places(term: Term) -> tuple[Section, ...]:
    """Return the vanguards or pioneers that a term is the word for."""
    group = {"vanguard": "vanguards", "pioneer": "pioneers"}.get(term.key, term.key)
    return (joint_work.section(group),) if group in GROUPS else ()


def _term(term: Term) -> Section:
    return Section(term.name, (Prose(term.text), Prose(_read_on(term), "caption")), term.key)


def _read_on(term: Term) -> Words:
    words: list[str | Link] = ["The definition is ours. Read on: " if term.ours else "Read on: "]
    for number, (title, address) in enumerate(term.sources):
        words += ["; "] if number else []
        words.append(Link(title, address) if address else title)
    return (*words, " · ", Link("Link to this term", links.to("glossary", term=term.key)))


def _terms() -> Group:
    terms: list[Block] = [_term(term) for term in glossary.TERMS.values()]
    half = (len(terms) + 1) // 2
    return Group((tuple(terms[:half]), tuple(terms[half:])))


def _picture(events: list[Event]) -> Chart:
    words = (
        f"{counted(len(events), 'event')} from {events[0].when} to {events[-1].when} in rows by kind, "
        "numbered as in the table below."
    )
    draw = partial(_figure, tuple(events))
    return Chart("timeline-picture", draw, words, draw()["layout"]["height"])


@kept.within(2)
def _figure(events: tuple[Event, ...]) -> dict[str, Any]:
    return charts.data(timeline.figure(events))


def _table(events: list[Event]) -> Table:
    rows = tuple(
        (event.number, event.date, event.event, event.note or None, timeline.KINDS[event.kind], event.source)
        for event in events
    )
    return Table("timeline", "Events", _COLUMNS, rows)


PAGE = Page(
    path="glossary",
    name="Glossary",
    answers="The words, and what happened when.",
    view=GlossaryView,
    document=document,
    controls=_controls,
    cited=cited,
)
