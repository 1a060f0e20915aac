"""Terms, their links, and the timeline."""

import re
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from geo import sources
from lib import glossary, links, timeline
from lib.glossary import TERMS
from lib.text import dated
from pages.glossary.view import GlossaryView
from tests.tables import source

# Publishers of official pages; other addresses must stand in the fact tables.
OFFICIAL = ("england.nhs.uk", "legislation.gov.uk", "parliament.uk", "ons.gov.uk")


def test_the_terms_of_the_brief_are_all_explained():
    wanted = "stp acs aco population-health ccg footprint system-control-total coterminous lsoa devolution ics icb"
    vanguards = "mcp pacs acute-care-collaboration care-homes urgent-and-emergency-care"
    assert set(f"{wanted} {vanguards}".split()) <= set(TERMS)
    assert all(key == term.key for key, term in TERMS.items())


@pytest.mark.parametrize("term", TERMS.values(), ids=TERMS)
def test_a_term_is_short_ends_properly_and_has_a_source(term):
    assert len(term.short) <= 110 and term.short.endswith(".")
    assert term.text.endswith((".", "?")) and len(term.text) <= 520
    assert term.sources
    table = "".join(sources.read("events")["source"]) + str(sources.acs_common())
    for title, address in term.sources:
        assert title
        if address:
            host = urlsplit(address).netloc
            assert address.startswith("https://")
            assert host.endswith(OFFICIAL) or address in table, address


@pytest.mark.parametrize(
    ("said", "key"),
    [("STP", "stp"), ("accountable care system", "acs"), ("Control total", "system-control-total"), ("uec", None)],
)
def test_terms_are_found_by_name(said, key):
    assert glossary.resolve(said) == (key or "urgent-and-emergency-care")


def test_unknown_terms_are_named():
    view, notices = links.parse(GlossaryView, {"term": ["blockchain"], "kind": ["leads,gossip"]})
    assert view == GlossaryView(kind=("leads",))
    assert notices == [
        "`term`: `blockchain` is not a term of the glossary; shown instead: none.",
        "`kind` does not know `gossip`; shown instead: leads.",
    ]


@pytest.mark.parametrize("key", TERMS)
def test_other_pages_can_link_to_a_term(key):
    words, address, hint = re.fullmatch(r'\[(.+)\]\((\S+) "(.+)"\)', glossary.explained(key)).groups()
    assert not address.startswith("/"), "the app may live below another address"
    parts = urlsplit(f"/{address}")
    assert links.PAGES[parts.path[1:]] is GlossaryView
    assert links.parse(GlossaryView, parse_qs(parts.query)) == (GlossaryView(key), [])
    assert links.link(GlossaryView(key)) == f"/{address}"
    assert ":" not in words and hint
    assert glossary.explained(key, "words").startswith("[words](")


def test_every_event_has_one_of_the_described_kinds():
    described = next(item for item in sources.descriptor()["resources"] if item["name"] == "events")
    column = next(item for item in described["schema"]["fields"] if item["name"] == "kind")
    assert column["constraints"]["enum"] == list(timeline.KINDS)
    for kind, words in timeline.KINDS.items():
        assert f"{kind}: {words[0].lower()}{words[1:]}" in column["description"]
    assert {event.kind for event in timeline.events()} == set(timeline.KINDS)


def test_events_stand_in_the_order_of_time():
    found = timeline.events()
    # 18 of the first edition, 33 more, and the two choices of pioneers.
    assert len(found) == len(source("events")) == 53
    assert [event.number for event in found] == list(range(1, 54))
    assert [event.start for event in found] == sorted(event.start for event in found)
    assert (found[0].when, found[-1].when) == ("1 November 2013", "1 April 2026")


def test_a_conflict_stands_beside_its_event():
    dashboard = next(event for event in timeline.events() if event.date == "2017-07-21")
    assert "5 outstanding, 20 advanced, 14 making progress" in dashboard.event
    assert dashboard.note == "HFMA prints 5/18/16/5"
    row = timeline.table([dashboard]).iloc[0]
    assert (row["Conflict or note"], row["Kind"]) == ("HFMA prints 5/18/16/5", "Ratings and scrutiny")


def test_the_filter_lets_the_chosen_kinds_through():
    assert timeline.passing(()) == list(timeline.events())
    chosen = timeline.passing(("leads",))
    assert [event.date for event in chosen] == ["2016-03-30", "2017-12"]


@pytest.mark.parametrize(
    ("date", "first", "last", "words"),
    [
        ("2017-06-15", "2017-06-15", "2017-06-15", "15 June 2017"),
        ("2016-02", "2016-02-01", "2016-02-29", "February 2016"),
        ("2015", "2015-01-01", "2015-12-31", "2015"),
    ],
)
def test_a_date_is_as_exact_as_its_source(date, first, last, words):
    assert timeline.span(date) == (pd.Timestamp(first), pd.Timestamp(last))
    assert dated(date) == words


def test_near_events_of_a_row_do_not_overlap():
    shown = timeline.events()
    placed = list(zip(shown, timeline.heights(shown), strict=True))
    for number, (event, height) in enumerate(placed):
        for other, other_height in placed[:number]:
            if event.kind == other.kind and (event.start - other.start).days < 60:
                assert height != other_height, (event.date, other.date)
    assert len({height for _, height in placed}) > 1


def test_the_picture_shows_every_event_in_the_row_of_its_kind():
    shown = timeline.events()
    drawn = timeline.figure(tuple(shown))
    [trace] = drawn.data
    assert list(trace.text) == [str(event.number) for event in shown]
    rows = dict(zip(drawn.layout.yaxis.ticktext, drawn.layout.yaxis.tickvals, strict=True))
    for event, y, x in zip(shown, trace.y, trace.x, strict=True):
        row = next(place for words, place in rows.items() if words.replace("<br>", " ") == timeline.KINDS[event.kind])
        assert abs(y - row) < 0.5
        assert event.start <= pd.Timestamp(x) <= event.end
    fewer = timeline.figure(tuple(timeline.passing(("leads",))))
    assert len(fewer.layout.yaxis.tickvals) == 1
