"""Reading the fit of layers, with mouse and keyboard."""

import pytest
from playwright.sync_api import Page, expect

from lib import links, views
from tests.browser.test_map import choose, parameters

pytestmark = pytest.mark.browser


def headed(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_choosing_what_is_ignored_changes_headline_and_link(watched):
    page = watched.page
    page.goto("/coterminosity?tolerance=12.5")
    headed(page, "9 of 152 councils are split between STPs, ignoring parts under 12.5%")
    expect(page.get_by_role("combobox", name="Ignore parts smaller than")).to_have_value("12.5%")
    choose(page, "Ignore parts smaller than", "20%")
    headed(page, "5 of 152 councils are split between STPs, ignoring parts under 20%")
    assert parameters(page) == links.query(views.CoterminosityView(tolerance=20.0))


def test_a_split_council_leads_to_its_explanation_and_its_page(watched):
    page = watched.page
    page.goto("/coterminosity")
    headed(page, "14 of 152 councils are split between STPs")
    page.locator("[data-map=england]").get_by_role("link", name="Surrey", exact=False).first.focus()
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
