"""Every CSV file that a page offers opens in Excel with its letters as they are, and is read back by the app."""

import csv
import io

import pytest
import streamlit as st

from geo import blocks
from lib import links, views
from lib.content import data
from lib.own_numbers import columns, read
from pages import PAGES
from tests.app.test_pages import opened

# At least one link a page that shows its tables; Conditions, Compare and Map have some without any choice.
SHOWN = [
    views.MapView(),
    views.FootprintView(stp="E54000018"),
    views.CompareView(a="E54000018", b="E54000019"),
    views.CoterminosityView(),
    views.CouncilView(council="E10000016"),
    views.AcsView(area="frimley"),
    views.WhatIfView(moves="E38000008:E54000014"),
    views.ThenAndNowView(),
    views.ConditionsView(lead=("ccg",)),
    views.YourNumbersView(),
    views.GlossaryView(),
    views.SourcesView(table="stp_leads"),
]


@pytest.fixture
def offered(monkeypatch) -> dict[str, tuple[bytes, str]]:
    """Content and media type of every file that is offered from here on, by its name."""
    files = {}

    def button(label, content, file_name, media, **options):
        files[file_name] = content() if callable(content) else content, media

    monkeypatch.setattr(st, "download_button", button)
    return files


def test_every_page_with_files_is_tried():
    assert {type(view) for view in SHOWN} == set(links.PAGES.values()) - {views.BriefingView}


@pytest.mark.parametrize("view", SHOWN, ids=lambda view: type(view).__name__)
def test_every_csv_file_begins_with_the_mark_of_utf_8(view, offered, monkeypatch):
    for name in ("downloads.everything", "downloads.workbook", "downloads.area_set"):
        monkeypatch.setattr(f"lib.{name}", lambda *_: b"")
    path = links.link(view).partition("?")[0].removeprefix("/")
    assert not opened(path, **links.query(view)).exception
    tables = {name: content for name, content in offered.items() if name.endswith(".csv")}
    for page in PAGES:
        # A page that is a document links to its tables at addresses of their own.
        if page.view is type(view):
            shown = page.document(view, None) if page.session else page.document(view)
            tables |= {table.key: (data.csv(table), "text/csv") for table in shown.tables()}
    assert tables
    for content, media in tables.values():
        # Once: a second mark would be a letter of the first heading.
        assert content.startswith(b"\xef\xbb\xbf") and content.count(b"\xef\xbb\xbf") == 1
        heads, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        assert {len(row) for row in rows} == {len(heads)}
        assert media.startswith("text/csv")


def test_the_file_of_the_map_is_read_back_as_a_file_of_the_reader_s_own():
    (page,) = (page for page in PAGES if page.view is views.MapView)
    (table,) = (table for table in page.document(views.MapView()).tables() if table.key == "footprints")
    table = read.read(data.csv(table))
    assert table.head[0] == "stp" and "gap_per_head" in table.head
    found = columns.find(table)
    assert (found.layer, found.areas) == ("stp17", len(blocks.names("stp17")))
