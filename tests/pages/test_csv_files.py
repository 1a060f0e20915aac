"""Every CSV file that a page offers opens in Excel with its letters as they are, and is read back by the app."""

import csv
import io

import pytest

from geo import blocks
from lib.briefing.view import BriefingView
from lib.content import data
from lib.hosts import library
from pages import ABOUT, PAGES
from pages.acs.view import AcsView
from pages.claims.view import ClaimsView
from pages.compare.view import CompareView
from pages.conditions.view import ConditionsView
from pages.coterminosity.view import CoterminosityView
from pages.council.view import CouncilView
from pages.footprint.view import FootprintView
from pages.glossary.view import GlossaryView
from pages.lookup.view import LookupView
from pages.map.view import MapView
from pages.sources.view import SourcesView
from pages.then_and_now.view import ThenAndNowView
from pages.today.view import TodayView
from pages.what_if.view import WhatIfView
from pages.your_numbers.reader import columns, read
from pages.your_numbers.view import YourNumbersView

# At least one link a page that shows its tables; Conditions, Compare and Map have some without any choice.
SHOWN = [
    MapView(),
    FootprintView(stp="E54000018"),
    CompareView(a="E54000018", b="E54000019"),
    CoterminosityView(),
    CouncilView(council="E10000016"),
    AcsView(area="frimley"),
    WhatIfView(moves="E38000008:E54000014"),
    ThenAndNowView(),
    ConditionsView(lead=("ccg",)),
    YourNumbersView(),
    BriefingView(stp="E54000018"),
    GlossaryView(),
    SourcesView(table="stp_leads"),
    ClaimsView(),
    TodayView(board="E54000070"),
    LookupView(places="=1+1\nLeeds"),
]


def test_every_page_with_files_is_tried():
    assert {type(view) for view in SHOWN} == {page.view for page in PAGES} - {ABOUT.view}


@pytest.mark.parametrize("view", SHOWN, ids=lambda view: type(view).__name__)
def test_every_csv_file_begins_with_the_mark_of_utf_8(view):
    (page,) = (page for page in PAGES if page.view is type(view))
    shown = page.document(view, None) if page.session else page.document(view)
    tables = [data.csv(table) for table in shown.tables()]
    assert tables
    for content in tables:
        expect_csv(content)


@pytest.mark.parametrize("name", [*library.STARTS, "stp_leads.csv", "shapes.csv"])
def test_so_does_every_csv_file_that_is_the_same_for_all(name):
    content, media = library.file(name)
    expect_csv(content)
    assert media == "text/csv"


def expect_csv(content: bytes) -> None:
    # Once: a second mark would be a letter of the first heading.
    assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\xef\xbb\xbf") == 1
    heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert {len(row) for row in rows} == {len(heads)}


def test_the_file_of_the_map_is_read_back_as_a_file_of_the_reader_s_own():
    (page,) = (page for page in PAGES if page.view is MapView)
    (table,) = (table for table in page.document(MapView()).tables() if table.key == "footprints")
    table = read.read(data.csv(table))
    assert table.head[0] == "stp" and "gap_per_head" in table.head
    found = columns.find(table)
    assert (found.layer, found.areas) == ("stp17", len(blocks.names("stp17")))
