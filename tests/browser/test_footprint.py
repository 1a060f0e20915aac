"""From a postcode to a footprint to a comparison, and back by link."""

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from lib import links
from pages.compare.view import CompareView
from tests.browser.conftest import live
from tests.browser.test_map import parameters, wait_for_map

pytestmark = pytest.mark.browser


def find(page: Page, text: str) -> None:
    box = page.get_by_role("searchbox", name="Find an area")
    box.fill(text)
    box.press("Enter")


def test_a_postcode_leads_to_a_footprint_a_comparison_and_a_lasting_link(watched, browser):
    page = watched.page
    page.goto("/glossary")
    find(page, "le1 6rx")
    page.get_by_role("link", name="Open Leicester, Leicestershire and Rutland").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leicester, Leicestershire and Rutland")
    assert parameters(page) == {"stp": "E54000015"}
    expect(page.get_by_role("searchbox", name="Find an area")).to_have_value("")
    expect(page.locator("[data-map=councils-of-the-stp] a").first).to_be_attached()
    expect(page.get_by_text("Toby Sanders").first).to_be_visible()

    page.get_by_role("link", name="Compare with another").click()
    expect(page.get_by_text("Choose a second footprint")).to_be_visible()
    page.get_by_role("link", name="Coventry and Warwickshire").click()
    expect(page.get_by_role("heading", name="Side by side")).to_be_visible()
    expect(page.locator("[data-map=map-b] a").first).to_be_attached()
    assert parameters(page) == links.query(CompareView("E54000015", "E54000018"))
    address = page.url

    page.reload()
    expect(page.get_by_role("heading", name="Coventry and Warwickshire", exact=True)).to_be_visible()
    other = live(browser.new_context().new_page())
    other.goto(address)
    expect(other.get_by_role("heading", name="Coventry and Warwickshire", exact=True)).to_be_visible()
    other.context.close()
    page.go_back()
    expect(page.get_by_text("Choose a second footprint")).to_be_visible()


def test_the_search_answers_where_nothing_is_found_and_abroad(watched):
    page = watched.page
    page.goto("/")
    find(page, "CF10 1EP")
    expect(page.get_by_text("Wales")).to_be_visible()
    find(page, "<img src=x onerror=alert(1)>")
    finder = page.locator(".fp-found")
    expect(finder.get_by_text("Nothing is called")).to_be_visible()
    expect(finder.locator("img")).to_have_count(0)


def test_neighbours_and_the_next_footprint_are_one_click_away(watched):
    page = watched.page
    page.goto("/footprint?stp=44")
    page.get_by_role("link", name="Next: Northumberland, Tyne and Wear and North Durham").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Northumberland, Tyne and Wear and North Durham")
    page.get_by_role("link", name="West, North and East Cumbria", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("West, North and East Cumbria")
    assert parameters(page) == {"stp": "E54000047"}
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Northumberland, Tyne and Wear and North Durham")


def test_an_embedded_map_has_neither_search_box_nor_page_list(watched):
    page = watched.page
    page.goto("/?embed=true&stp=QK1")
    wait_for_map(page)
    expect(page.get_by_role("searchbox", name="Find an area")).to_have_count(0)
    expect(page.get_by_role("link", name="Coterminosity")).to_have_count(0)


def test_a_comparison_is_printed_whole(watched):
    page = watched.page
    page.goto("/compare?a=15&b=14")
    expect(page.locator("[data-map=map-b] a").first).to_be_attached()
    paper = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=True))
    # Where a line breaks, and whether a space is told there, depends on the typeface.
    words = "".join("".join(sheet.get_textpage().get_text_bounded() for sheet in paper).split())
    assert "Madeofwholecouncils" in words
    assert "Accountablecaresystem" in words
    assert "Find:" not in words and "Copylink" not in words
