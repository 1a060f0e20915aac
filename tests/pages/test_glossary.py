"""What the page with glossary and timeline says."""

from urllib.parse import parse_qs, urlsplit

from lib import glossary, links, timeline
from lib.content.blocks import Chart, Section, Table
from lib.content.formats import plain
from pages import PAGES
from pages.glossary import example
from pages.glossary.page import PAGE
from pages.glossary.view import GlossaryView

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
    assert len(chart.figure["data"][0]["x"]) == len(table.rows)


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
