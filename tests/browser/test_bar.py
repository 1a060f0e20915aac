"""The bar at the top of every page: six pages, the others in a menu, the search."""

import pytest
from playwright.sync_api import expect

from pages import PAGES

pytestmark = pytest.mark.browser
NAMES = [page.name for page in PAGES]
FIRST = [page.name for page in PAGES if page.top]


@pytest.mark.parametrize("live", [True, False])
def test_six_pages_stand_in_the_bar_and_all_in_the_menu_of_a_phone(browser, address, live):
    page = browser.new_page(viewport={"width": 1440, "height": 900}, base_url=address, java_script_enabled=live)
    page.goto("/council")
    if live:
        expect(page.locator("#fp-still")).to_have_count(0)
    menu = page.locator(".fp-menu > summary")
    bar = page.get_by_role("navigation", name="Pages")
    assert len(FIRST) == 6 and bar.get_by_role("link").all_inner_texts() == FIRST
    # What is open inside the menu is named on it.
    expect(menu).to_have_accessible_name("More · Council")
    menu.click()
    assert bar.get_by_role("link").all_inner_texts() == [*FIRST, *(name for name in NAMES if name not in FIRST)]
    menu.click()

    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 844})
        expect(bar.get_by_role("link")).to_have_count(0)
        expect(menu).to_have_accessible_name("Menu")
        box = menu.bounding_box()
        assert box["height"] >= 44 and box["x"] + box["width"] <= width
        menu.click()
        assert bar.get_by_role("link").all_inner_texts() == NAMES
        for link in bar.get_by_role("link").all():
            assert link.bounding_box()["height"] >= 44
        menu.click()

    menu.click()
    bar.get_by_role("link", name="Glossary").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Glossary and timeline")
    expect(bar.get_by_role("link")).to_have_count(0)
    page.close()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
@pytest.mark.parametrize("link", ["/", "/footprint?stp=15", "/coterminosity", "/today", "/council?council=Essex"])
def test_the_answer_and_the_map_stand_in_the_first_screen(browser, address, link, width, height):
    page = browser.new_page(viewport={"width": width, "height": height}, base_url=address)
    page.goto(link)
    expect(page.locator("#fp-still")).to_have_count(0)
    expect(page.locator(".fp-lead").first).to_be_in_viewport(ratio=1)
    # On a phone an area of several parts may reach a little below.
    expect(page.locator(".fp-map").first).to_be_in_viewport(ratio=0.9 if width > 1000 else 0.75)
    page.close()


def test_what_was_found_lies_over_the_page(watched):
    page = watched.page
    page.goto("/")
    before = page.locator(".fp-map").first.bounding_box()
    box = page.get_by_role("searchbox", name="Find an area")
    box.fill("Fylde")
    box.press("Enter")
    expect(page.get_by_role("link", name="Lancashire council, in which Fylde lies")).to_be_visible()
    assert page.locator(".fp-map").first.bounding_box() == before
