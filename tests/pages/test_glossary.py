"""What the page with glossary and timeline says."""

from urllib.parse import parse_qs, urlsplit

from lib import glossary, links, timeline
from lib.content.blocks import Chart, Picture, Section, Table
from lib.content.formats import plain
from pages import PAGES
from pages.glossary import example
from pages.glossary.page import PAGE
from pages.glossary.view import GlossaryView
from tests.tables import source

LEICESTER = "Leicester, Leicestershire and Rutland"


def test_all_terms_stand_with_their_sources_and_a_link_of_their_own():
    sections = {block.key: block for block in PAGE.document(GlossaryView()).all_of(Section)}
    assert set(glossary.TERMS) <= set(sections)
    text, read_on = sections["lsoa"].blocks
    assert "32,844" in text.words
    assert read_on.words[-1].href == "/glossary?term=lsoa&kind=all"
    assert plain(sections["confidence-interval"].blocks[1].words).startswith("The definition is ours.")


def test_a_chosen_term_comes_first_and_heads_the_page():
    document = PAGE.document(GlossaryView("aco"))
    assert document.title == "ACO: accountable care organisation"
    assert document.description == glossary.TERMS["aco"].short
    assert document.lead == glossary.TERMS["aco"].text
    assert plain(document.blocks[0].words).startswith("Read on: ")


def test_the_timeline_shows_the_chosen_kinds_with_date_and_source():
    document = PAGE.document(GlossaryView(kind=("ratings",)))
    (table,), (chart,) = document.all_of(Table), document.all_of(Chart)
    kinds = {row[4] for row in table.rows}
    assert kinds == {timeline.KINDS["ratings"]}
    dates = [row[1] for row in table.rows]
    assert "2017-07-21" in dates and dates == sorted(dates)
    assert all(row[5] for row in table.rows)
    assert len(chart.draw()["data"][0]["x"]) == len(table.rows)


def test_the_word_for_a_type_of_vanguard_lists_them():
    for term, kind, count in (("mcp", "mcp", 14), ("pacs", "pacs", 9), ("vanguard", None, 50), ("pioneer", "", 25)):
        listing = next(table for table in PAGE.document(GlossaryView(term)).all_of(Table) if table.key != "timeline")
        rows = source("vanguards" if kind != "" else "pioneers")
        names = [row["name"] for row in rows if not kind or row["type"] == kind]
        assert [row[0].partition(", later ")[0] for row in listing.rows] == names and len(names) == count
        assert ("MCP and PACS can count" in listing.caption) == (kind != "")


def test_each_link_of_the_worked_example_shows_the_answer_that_it_gives():
    steps = example.steps()
    documents = []
    for _, link, _ in steps:
        address = urlsplit(link)
        (page,) = (page for page in PAGES if page.path == address.path[1:])
        view, notices = links.parse(page.view, parse_qs(address.query))
        assert notices == []
        documents.append(page.document(view))
    council, footprint, fits, board = documents
    assert (council.title, footprint.title, board.title) == ("Leicestershire", LEICESTER, LEICESTER)
    assert LEICESTER in plain(council.lead) and LEICESTER in plain(steps[0][2])
    assert footprint.lead == steps[1][2] and "Toby Sanders" in plain(steps[1][2])
    assert (fits.lead,) == steps[2][2]
    assert LEICESTER in plain(steps[3][2])
    pictures = list(PAGE.document(GlossaryView()).all_of(Picture))
    assert [picture.address.replace(".svg", "") for picture in pictures] == [link for _, link, _ in steps]
