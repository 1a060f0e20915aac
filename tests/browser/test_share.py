"""Leaving with a link, a citation or an embed."""

import re

import pytest
from playwright.sync_api import expect

from geo import manifest
from lib import links
from pages.coterminosity.view import CoterminosityView
from pages.map.view import MapView
from tests.browser.test_map import wait_for_map

pytestmark = pytest.mark.browser


def test_a_citation_names_view_data_and_link(watched):
    page = watched.page
    page.goto("/?stp=QK1&lead=ccg")
    wait_for_map(page)
    page.get_by_text("Cite or embed").click()
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Footprints: map of the 44 STPs by rating, July 2017; lead type: CCG; chosen: Leicester")
    assert manifest.read()["version"] in copied
    assert links.link(MapView(stp="E54000015", lead=("ccg",))) in copied
    expect(page).to_have_title("Leicester, Leicestershire and Rutland - Footprints")


@pytest.mark.parametrize(
    ("part", "seen", "unseen"),
    [("map", ".fp-map", "[data-table=areas]"), ("table", "[data-table=areas] tbody", ".fp-map")],
)
def test_an_embed_pasted_into_a_bare_page_shows_the_view(watched, browser, tmp_path, part, seen, unseen):
    page = watched.page
    page.goto("/coterminosity?tolerance=5")
    page.get_by_text("Cite or embed").click()
    expect(page.get_by_label("Size of the embed")).to_have_value("medium")
    page.get_by_label("What the embed shows").select_option(part)
    page.get_by_role("button", name="Copy embed").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    title = "9 of 152 councils are split between STPs, ignoring parts under 5% - Footprints"
    assert f'title="{title}"' in page.evaluate("navigator.clipboard.readText()")
    file = tmp_path / "briefing.html"
    file.write_text(f"<!doctype html><title>A briefing</title>{page.evaluate('navigator.clipboard.readText()')}")

    other = browser.new_page()
    other.goto(file.as_uri())
    frame = other.frame_locator("iframe")
    expect(frame.locator(seen)).to_be_visible()
    expect(frame.locator(unseen)).to_be_hidden()
    expect(frame.get_by_text("Office for National Statistics")).to_be_visible()
    back = frame.get_by_role("link", name="Open this view in Footprints")
    assert back.get_attribute("href").endswith(links.link(CoterminosityView(tolerance=5.0)))
    expect(frame.get_by_role("link", name="Council", exact=True)).to_have_count(0)
    other.close()


def test_a_table_only_view_draws_no_map(watched):
    page = watched.page
    page.goto("/?view=table")
    expect(page.locator("[data-table=footprints]")).to_be_visible()
    expect(page.locator(".fp-map, .js-plotly-plot")).to_have_count(0)
    page.goto("/?view=wall")
    expect(page.locator(".fp-notices code", has_text="wall")).to_be_visible()


def test_a_page_that_moved_leads_to_where_it_is(watched):
    page = watched.page
    page.goto("/councils?council=Essex")
    expect(page.get_by_role("heading", level=1)).to_have_text("Essex")
    expect(page).to_have_url(re.compile(r"/council\?council=Essex$"))
    page.goto("/map?stp=QK1&color=lead")
    expect(page.get_by_role("heading", level=1)).to_have_text("Leicester, Leicestershire and Rutland")
    expect(page.get_by_role("combobox", name="Colour by")).to_have_value("Lead type")
