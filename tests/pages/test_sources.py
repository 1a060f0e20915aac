"""What the page on sources says, and the files that it leads to."""

import geopandas as gpd
import pytest
from starlette.applications import Starlette

from lib import provenance
from lib.content.blocks import Links, Listing, Section, Table
from lib.content.formats import plain
from lib.hosts import library
from lib.hosts.web import answers, downloads
from pages.sources.page import PAGE
from pages.sources.view import SourcesView
from tests.lib.hosts.asking import ask
from tests.tables import source


def files(document) -> list[str]:
    found = [link.href for group in document.all_of(Links) for link in group.items]
    return [href for href in dict.fromkeys(found) if href.startswith("/files/")]


def test_a_chosen_table_says_where_it_comes_from_and_what_is_known_of_it():
    document = PAGE.document(SourcesView("stp_ratings"))
    assert document.title == "Ratings of 21 July 2017"
    lines = [plain(item) for item in next(document.all_of(Listing)).items]
    missing = sum(row["evidence"] == "not_established" for row in source("stp_ratings"))
    assert any(f"{missing} of 44 are not established" in line for line in lines)
    assert "Rows 44" in lines
    rows = next(table for table in document.all_of(Table) if table.key == "rows")
    assert len(rows.rows) == 44 and rows.columns[0].key == "stp17cd"


def test_a_long_table_shows_its_beginning_and_leads_to_the_rest():
    document = PAGE.document(SourcesView("blocks"))
    rows = next(table for table in document.all_of(Table) if table.key == "rows")
    assert len(rows.rows) == 200
    assert "/files/blocks.csv" in files(document)


def test_every_table_opens_and_every_section_has_its_link():
    for name in provenance.tables():
        document = PAGE.document(SourcesView(name))
        sections = {section.key for section in document.all_of(Section)}
        ways = {link.href for group in document.all_of(Links) for link in group.items if link.href.startswith("#")}
        assert {href.removeprefix("#") for href in ways} <= sections, name
    overview = next(table for table in PAGE.document(SourcesView()).all_of(Table) if table.key == "tables")
    assert len(overview.rows) == len(overview.links) == len(provenance.tables())


@pytest.mark.parametrize(
    "name",
    [
        *("vanguards", "pioneers", "ics_waves", "stp_ae_four_hour", "trust_ae_four_hour", "ae_not_assigned"),
        *("ae_control", "capital_2017", "document_claims"),
    ],
)
def test_every_row_of_what_was_said_of_stps_stands_on_the_page_with_its_source(name):
    rows = source(name)
    shown = next(table for table in PAGE.document(SourcesView(table=name)).all_of(Table) if table.key == "rows")
    keys = [column.key for column in shown.columns]
    assert len(shown.rows) == len(rows)
    for key in {"source", "check_source", "document"} & set(keys):
        told = [row[keys.index(key)] or "" for row in shown.rows]
        assert [str(cell) for cell in told] == [row[key] for row in rows]


def test_every_file_that_it_names_is_there_under_its_name(tmp_path):
    app = Starlette(routes=downloads.routes(answers.Answers()))
    named = files(PAGE.document(SourcesView()))
    assert library.address(library.archive_name()) in named
    # 6 sets of areas in two details and two formats, each readable table, the workbook and the archive.
    assert len(named) == 6 * 2 * 2 + len(provenance.readable()) + 2
    light = [href for href in named if href.endswith((".csv", ".geojson")) and "blocks" not in href]
    for href, sent in zip(light, ask(app, *light), strict=True):
        assert sent.status == 200 and href.rpartition("/")[2] in sent.headers["content-disposition"], href
    (leads, gpkg, none) = ask(app, "/files/stp_leads.csv", "/files/stp17-detail.gpkg", "/files/../secret.csv")
    assert leads.body.startswith(b"\xef\xbb\xbfstp17cd,") and "Toby Sanders" in leads.body.decode()
    (tmp_path / "stp17.gpkg").write_bytes(gpkg.body)
    assert len(gpd.read_file(tmp_path / "stp17.gpkg")) == 44
    assert none.status == 404
