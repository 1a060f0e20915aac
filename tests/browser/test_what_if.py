"""Asking what if, with mouse and keyboard, and sharing the answer."""

import re

import pytest
from playwright.sync_api import Page, expect

from lib import links, views
from tests.browser.conftest import PATIENCE
from tests.browser.plotly_maps import click_area
from tests.browser.test_map import choose, parameters

pytestmark = pytest.mark.browser

MOVE = "E38000008:E54000014"
TITLE = "What if Bassetlaw belonged to Nottinghamshire?"


def wait_for_outlines(page: Page) -> None:
    """Wait until the map of the CCGs and the lines over it are drawn."""
    drawn = page.locator(".st-key-map-frame g.geolayer > g[class='geo geo'] path.choroplethlocation")
    expect(drawn).to_have_count(207 + 44)


def expect_answer(page: Page) -> None:
    """Wait until the page shows what moving Bassetlaw changes."""
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator(".st-key-what-if-mark")).to_contain_text("What if – not a real map")
    scores = page.locator(".st-key-scores")
    for number in ("14 of 152", "13 of 152", "12,302,319", "11,484,468", "−817,851", "+0.0015"):
        expect(scores).to_contain_text(number)
    expect(page.locator(".st-key-changes-better")).to_contain_text("Nottinghamshire (817,851 residents)")
    expect(page.locator(".st-key-changes-worse")).to_contain_text("Nothing")
    for when, said in (("before", "April 2017"), ("after", "What if – not a real map")):
        drawn = page.locator(f".st-key-close-up-of-{when}")
        expect(drawn.locator("path.choroplethlocation").first).to_be_attached()
        expect(drawn.locator(".annotation-text")).to_have_text(said)


def test_a_move_by_table_is_shared_and_opened_in_another_browser(watched, browser, address):
    page = watched.page
    page.goto("/what-if")
    expect(page.get_by_role("heading", level=1)).to_have_text("What if")
    table = page.locator(".st-key-table [data-testid=stDataFrame]").first
    table.scroll_into_view_if_needed()
    # The eighth row of the CCGs by code is Bassetlaw.
    expect(table.locator("canvas").first).to_be_visible()
    row = 35
    table.click(position={"x": 16, "y": row + 8 * row - row // 2})
    expect(page.get_by_role("combobox", name="CCG", exact=True).first).to_have_value("NHS Bassetlaw CCG")
    choose(page, "Its new STP", "Nottinghamshire (neighbour)")
    page.get_by_role("button", name="Move", exact=True).click()
    expect_answer(page)
    asked = views.WhatIfView(MOVE, "E38000008")
    assert parameters(page) == links.query(asked)
    expect(page.get_by_label("Link to this view")).to_have_value(re.compile(re.escape(links.link(asked)) + "$"))
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")

    other = browser.new_context()
    second = other.new_page()
    second.set_default_timeout(PATIENCE)
    second.goto(copied)
    expect_answer(second)
    expect(second.locator(".st-key-moves")).to_contain_text("South Yorkshire and Bassetlaw → Nottinghamshire")
    expect(second.get_by_role("button", name="Undo", exact=True)).to_be_disabled()
    second.get_by_role("button", name="Take back").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("What if")
    expect(second.locator(".st-key-what-if-mark")).to_have_count(0)
    second.get_by_role("button", name="Undo", exact=True).click()
    expect_answer(second)
    other.close()


def test_a_preset_a_merger_and_a_click_on_the_map(watched):
    page = watched.page
    page.goto("/what-if?moves=nonsense")
    expect(page.locator(".st-key-notice code", has_text="nonsense")).to_be_visible()
    wait_for_outlines(page)
    click_area(page, "E38000045")
    expect(page.get_by_role("combobox", name="CCG", exact=True).first).to_have_value("NHS Dorset CCG")
    page.get_by_role("button", name="Glossop to Derbyshire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What if Glossop belonged to Derbyshire?")
    # The list of a box closes when the page is drawn anew.
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_attached()
    page.get_by_text("Merge two STPs", exact=True).click()
    choose(page, "This STP", "Dorset")
    choose(page, "becomes part of", "Somerset")
    page.get_by_role("button", name="Merge", exact=True).click()
    expect(page.locator(".st-key-what-if-warnings")).to_contain_text("The STP Dorset would have no CCG left")
    assert parameters(page)["moves"] == "E38000045:E54000038,E38000182-E07000037:E54000012"
    with page.expect_download() as saved:
        page.get_by_role("button", name="New boundaries as GeoJSON").click()
    assert re.fullmatch(r"what-if-.*\.geojson", saved.value.suggested_filename)
    page.get_by_role("button", name="Reset all moves").click()
    expect(page.get_by_role("heading", name="No moves yet")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_fits_its_width(watched, width):
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"/what-if?moves={MOVE}&ccg=E38000182")
    expect(page.locator(".st-key-close-up-of-after path.choroplethlocation").first).to_be_attached()
    page.wait_for_function(
        """() => {
            const main = document.querySelector("[data-testid=stMain]")
            return main.scrollWidth <= main.clientWidth
        }"""
    )
