"""Reading the fit of layers, with mouse and keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from lib import links
from pages.coterminosity.view import CoterminosityView
from tests.browser.test_map import choose, parameters

pytestmark = pytest.mark.browser


def headed(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_choosing_what_is_ignored_changes_headline_and_link(watched):
    page = watched.page
    page.goto("/coterminosity?tolerance=12.5")
    headed(page, "8 of 152 councils are split between STPs, ignoring parts under 12.5%")
    expect(page.get_by_role("combobox", name="Ignore parts smaller than")).to_have_value("12.5%")
    choose(page, "Ignore parts smaller than", "20%")
    headed(page, "5 of 152 councils are split between STPs, ignoring parts under 20%")
    assert parameters(page) == links.query(CoterminosityView(tolerance=20.0))


def test_a_split_council_leads_to_its_explanation_and_its_page(watched):
    page = watched.page
    page.goto("/coterminosity")
    headed(page, "14 of 152 councils are split between STPs")
    page.locator("[data-map=england]").get_by_role("link", name=re.compile("^Surrey")).first.focus()
    page.keyboard.press("Enter")
    headed(page, "Surrey: split between STPs")
    expect(page.locator("[data-table=parts] tbody tr")).to_have_count(3)
    assert parameters(page)["area"] == "E10000030"
    page.reload()
    headed(page, "Surrey: split between STPs")

    page.get_by_role("link", name="Whom this council has to deal with").click()
    headed(page, "Surrey")
    assert parameters(page) == {"council": "E10000030"}
    page.go_back()
    headed(page, "Surrey: split between STPs")


def test_long_tables_are_fetched_when_they_can_be_seen_and_stay_until_others_are_there(watched):
    page, asked = watched.page, []
    page.on("request", lambda request: asked.append(request.url) if ".rows?" in request.url else None)
    page.goto("/coterminosity?area=E10000030")
    areas, lsoas = page.locator("[data-table=areas]"), page.locator("[data-table=lsoas]")
    expect(areas.locator("tbody tr")).to_have_count(152)
    assert len(asked) == 1
    page.get_by_text("The 200 LSOAs outside its largest part").click()
    expect(lsoas.locator("tbody tr")).to_have_count(200)
    expect(lsoas.get_by_role("searchbox")).to_be_visible()
    assert len(asked) == 2

    # Until the table of the next view is there, that of the last one is.
    page.route("**/*.rows?*", lambda route: None)
    page.get_by_role("link", name="All councils", exact=True).click()
    headed(page, "14 of 152 councils are split between STPs")
    expect(areas.locator("tbody tr")).to_have_count(152)


def test_a_table_that_cannot_be_fetched_says_so(watched):
    page = watched.page
    page.route("**/*.rows?*", lambda route: route.fulfill(status=503, body="<b>no</b>"))
    page.goto("/coterminosity")
    expect(page.locator("[data-table=areas]")).to_have_text("The table could not be fetched.")
    expect(page.locator("[data-map=england].fp-map svg").first).to_be_visible()
    assert any("503" in complaint for complaint in watched.complaints)
    watched.complaints.clear()


def test_bars_open_in_place_and_light_up_their_area(watched):
    page = watched.page
    page.goto("/coterminosity")
    bar = page.locator(".fp-bar", has_text="County Durham")
    bar.locator("summary").click()
    expect(bar.get_by_text("Northumberland, Tyne and Wear and North Durham")).to_be_visible()
    page.locator("[data-map=england] [data-code=E06000047]").first.hover()
    expect(bar).to_have_class("fp-bar fp-pointed")


def test_the_grid_of_a_place_is_drawn_and_linkable(watched):
    page = watched.page
    page.goto("/coterminosity?b=ccg17&within=E54000027")
    expect(page.locator("[data-chart=grid] .heatmaplayer")).to_be_attached()
    expect(page.locator("[data-chart=grid]").get_by_text("73%")).to_be_visible()
    expect(page.locator("[data-table=grid]")).to_be_hidden()
    page.get_by_text("The grid as a table").click()
    expect(page.locator("[data-table=grid]")).to_be_visible()


def test_the_first_reader_of_a_server_may_come_by_a_deep_link(fresh_address, watched):
    page = watched.page
    page.goto(f"{fresh_address}/council?council=Essex")
    headed(page, "Essex")
    expect(page.get_by_role("link", name="Coterminosity")).to_be_visible()
