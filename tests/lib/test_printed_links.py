"""Links that may stand in print keep their meaning.

``printed_links.csv`` only ever grows: a link that once led somewhere leads
there still. The second column is the view, written in full.
"""

import csv
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from lib import links
from pages.map.view import MapView

with (Path(__file__).parent / "printed_links.csv").open(encoding="utf-8", newline="") as file:
    PRINTED = [(row["link"], row["shows"]) for row in csv.DictReader(file)]


def test_there_are_enough_of_them_and_every_page_is_among_them():
    assert len(PRINTED) >= 200
    paths = {urlsplit(link).path.removeprefix("/") for link, _ in PRINTED}
    assert {old for _, old, _ in links.MOVED_PAGES} | {"", "footprint", "compare", "coterminosity", "council"} <= paths
    assert {"acs", "glossary", "briefing", "sources"} <= paths


@pytest.mark.parametrize(("link", "shows"), PRINTED)
def test_a_printed_link_shows_what_it_showed(link, shows):
    address, expected = urlsplit(link), urlsplit(shows)
    view, _ = links.parse(links.page_at(address.path.removeprefix("/")), parse_qs(address.query))
    written = urlsplit(links.link(view))
    assert written.path == expected.path
    # A later version may write more parameters, but none that was printed may change its meaning.
    today, then = parse_qs(written.query), parse_qs(expected.query)
    assert {name: today[name] for name in then} == then


def test_today_s_name_wins_over_an_old_one():
    view, _ = links.parse(MapView, {"color": ["gap"], "colour": ["lead"]})
    assert view.colour == "lead"
    view, notices = links.parse(MapView, {"color": ["gap"]})
    assert (view.colour, notices) == ("gap", [])


def test_a_path_that_never_was_is_no_page():
    assert links.page_at("nonsense") is None
    assert links.page_at("map") is MapView
