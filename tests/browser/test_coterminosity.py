"""Reading the fit of layers, with mouse and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from lib import links, views
from tests.browser.test_map import choose, click_area, panel, parameters, wait_for_map

pytestmark = pytest.mark.browser


def open_page(page, address="/coterminosity"):
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Coterminosity")
    wait_for_map(page)


def test_dragging_the_tolerance_changes_headline_curve_and_link(watched):
    page = watched.page
    open_page(page)
    expect(page.get_by_role("heading", name="14 of 152 councils are split between STPs")).to_be_visible()
    handle, track = page.get_by_role("slider"), page.get_by_test_id("stSlider").bounding_box()
    box = handle.bounding_box()
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] / 2, y, steps=8)
    page.mouse.up()
    expect(page.get_by_role("heading", name=re.compile("^9 of 152 councils are split between STPs at"))).to_be_visible()
    assert 8 <= float(parameters(page)["tolerance"]) <= 12
    for _ in range(30):
        handle.press("ArrowLeft")
    expect(page.get_by_role("heading", name="14 of 152 councils are split between STPs")).to_be_visible()
    handle.press("ArrowRight")
    expect(
        page.get_by_role("heading", name="14 of 152 councils are split between STPs at 0.5% tolerance")
    ).to_be_visible()
    assert parameters(page) == links.query(views.CoterminosityView(tolerance=0.5))


def test_a_split_council_leads_to_its_explanation_and_its_page(watched):
    page = watched.page
    open_page(page)
    click_area(page, "E10000030")
    expect(panel(page).get_by_role("heading")).to_have_text("Surrey")
    expect(panel(page)).to_contain_text("12.9% in Frimley Health")
    expect(panel(page).locator(".scattergeo text")).to_have_count(3)
    panel(page).get_by_text("The 200 LSOAs outside its largest part").click()
    expect(panel(page).get_by_test_id("stDataFrame").first).to_be_visible()
    assert parameters(page)["area"] == "E10000030"
    page.reload()
    expect(panel(page).get_by_role("heading")).to_have_text("Surrey")

    panel(page).get_by_role("link", name="Whom this council has to deal with").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Surrey")
    assert parameters(page) == {"council": "E10000030"}
    expect(page.get_by_role("heading", name="2. Sussex and East Surrey")).to_be_visible()
    page.get_by_role("link", name="Frimley Health on the map").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who plans care where")
    expect(panel(page).get_by_role("heading")).to_have_text("Frimley Health")
    assert parameters(page) == links.query(views.MapView(stp="E54000034"))
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Surrey")


def test_layers_swap_and_acs_areas_work_as_a_layer(watched):
    page = watched.page
    open_page(page, "/coterminosity?a=council17&b=acs17")
    expect(page.get_by_role("heading", name="6 of 152 councils are partly inside an ACS area")).to_be_visible()
    choose(page, "Areas", "ACS areas")
    expect(page.get_by_role("heading", name=re.compile("of 8 ACS areas"))).to_be_visible()
    assert (parameters(page)["a"], parameters(page)["b"]) == ("acs17", "council17")


def test_the_grid_of_a_place_is_drawn_and_linkable(watched):
    page = watched.page
    open_page(page, "/coterminosity?b=ccg17&within=E54000027")
    grid = page.locator(".js-plotly-plot", has=page.locator(".heatmaplayer"))
    expect(grid.get_by_text("73%")).to_be_visible()
    page.get_by_text("The grid as a table").click()
    expect(page.get_by_test_id("stDataFrame").last).to_be_visible()


def test_wrong_parameters_cost_nothing_else_on_the_page(watched):
    page = watched.page
    open_page(page, "/coterminosity?a=wards&weight=gold&tolerance=NaN&class=torn&area=Atlantis")
    notice = page.locator(".st-key-notice")
    for word in ("wards", "gold", "NaN", "torn", "Atlantis"):
        expect(notice.locator("code", has_text=re.compile(f"^{word}$"))).to_be_visible()
    expect(page.get_by_role("heading", name="14 of 152 councils are split between STPs")).to_be_visible()


def test_the_first_reader_of_a_server_may_come_by_a_deep_link(fresh_address, watched):
    page = watched.page
    page.goto(f"{fresh_address}/council?council=Essex")
    expect(page.get_by_role("heading", level=1)).to_have_text("Essex")
    expect(page.get_by_role("link", name="Coterminosity")).to_be_visible()
