"""Asking what if, with mouse and keyboard, and sharing the answer."""

import re

import pytest
from playwright.sync_api import Page, expect

from lib import links
from pages.what_if.view import WhatIfView
from tests.browser.conftest import PATIENCE
from tests.browser.test_map import choose, parameters

pytestmark = pytest.mark.browser

MOVE = "E38000008:E54000014"
TITLE = "What if Bassetlaw belonged to Nottinghamshire?"


def headed(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def expect_answer(page: Page) -> None:
    """Wait until the page shows what moving Bassetlaw changes."""
    headed(page, TITLE)
    expect(page.locator(".fp-lead")).to_contain_text("What if – not a real map")
    for number in ("13", "14 of 152", "12,302,319", "11,484,468", "−817,851", "+0.0015"):
        expect(page.locator("#scores")).to_contain_text(number)
    expect(page.locator("#better")).to_contain_text("Nottinghamshire (817,851 residents)")
    expect(page.locator("#worse")).to_contain_text("Nothing")
    for when, said in (("before", "April 2017"), ("after", "What if – not a real map")):
        drawn = page.locator(f".fp-map[data-map={when}]")
        expect(drawn.locator("[data-code]").first).to_be_attached()
        expect(drawn.locator(".fp-note")).to_have_text(said)


def test_a_move_by_table_is_shared_opened_in_another_browser_and_taken_back(watched, browser, address):
    page = watched.page
    page.goto("/what-if")
    headed(page, "What if")
    page.locator("[data-table=ccgs]").get_by_role("link", name="NHS Bassetlaw CCG").click()
    expect(page.get_by_role("heading", name="Move NHS Bassetlaw CCG")).to_be_visible()
    page.locator("#move").get_by_role("link", name="Nottinghamshire (neighbour)").click()
    expect_answer(page)
    asked = WhatIfView(MOVE, ("E38000008",))
    assert parameters(page) == links.query(asked)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(links.link(asked))

    other = browser.new_context()
    second = other.new_page()
    second.set_default_timeout(PATIENCE)
    second.goto(copied)
    expect_answer(second)
    expect(second.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    second.locator("#moves").get_by_role("link", name="Take back").click()
    headed(second, "What if")
    second.get_by_role("button", name="Undo", exact=True).click()
    expect_answer(second)
    other.close()


def test_a_case_a_merger_and_the_new_boundaries(watched):
    page = watched.page
    page.goto("/what-if?moves=nonsense")
    expect(page.locator(".fp-notices code", has_text="nonsense")).to_be_visible()
    page.get_by_role("link", name="Glossop to Derbyshire").click()
    headed(page, "What if Glossop belonged to Derbyshire?")
    # The list of a box closes when the page is drawn anew.
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()
    page.get_by_text("Merge two STPs", exact=True).click()
    choose(page, "This STP", "Dorset")
    choose(page, "becomes part of", "Somerset")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".fp-notices")).to_contain_text("The STP Dorset would have no CCG left")
    assert parameters(page)["moves"] == "E38000045:E54000038,E38000182-E07000037:E54000012"
    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="New boundaries (GeoJSON)").click()
    assert re.fullmatch(r"what-if-.*\.geojson", saved.value.suggested_filename)
    page.get_by_role("link", name="Take all moves back").click()
    headed(page, "What if")


def test_several_ccgs_are_picked_on_the_map_by_keyboard_and_moved_in_one_step(watched):
    page = watched.page
    page.goto("/what-if")
    dorset = page.locator(".fp-map[data-map=england]").get_by_role("link", name=re.compile("^NHS Dorset CCG"))
    dorset.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Move 2 CCGs")).to_be_visible()
    chosen = parameters(page)["ccg"].split(",")
    assert "E38000045" in chosen and len(chosen) == 2
    page.locator("#move").get_by_role("link", name="New STP 1").click()
    expect(page.get_by_role("heading", name="2 moves")).to_be_visible()
    assert parameters(page)["moves"] == ",".join(f"{ccg}:new-1" for ccg in chosen)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_fits_its_width(watched, width):
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/what-if?moves={MOVE}&ccg=E38000182")
    expect(page.locator(".fp-map[data-map=after] [data-code]").first).to_be_attached()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
    for figure in page.locator("#before-and-after figure").all():
        key, note = figure.locator(".fp-key").bounding_box(), figure.locator(".fp-note").bounding_box()
        assert key["y"] + key["height"] <= note["y"], "the key lies over the note of the map"
