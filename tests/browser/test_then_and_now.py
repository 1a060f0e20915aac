"""Reading what became of a footprint and of a code, with mouse and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from lib import links, views
from tests.browser.test_map import choose, panel, parameters

pytestmark = pytest.mark.browser


def answer(page):
    return page.locator(".st-key-code-answer")


def ask(page, code):
    box = page.get_by_role("textbox", name="What was this code?")
    box.fill(code)
    box.press("Enter")


def test_a_story_is_read_and_a_reused_code_resolved_and_the_link_shows_both_again(watched):
    page = watched.page
    page.goto("/then-and-now")
    expect(page.get_by_role("heading", name="44 STPs of 2017 became 42 ICBs by 2022")).to_be_visible()
    drawing = page.locator(".js-plotly-plot", has=page.locator(".sankey"))
    expect(drawing.locator(".sankey-link")).to_have_count(22)
    expect(drawing.get_by_text("Surrey Heartlands")).to_have_count(2)

    choose(page, "Story of a footprint", "South Yorkshire and Bassetlaw")
    expect(page.get_by_role("heading", name="South Yorkshire and Bassetlaw", exact=True)).to_be_visible()
    expect(panel(page)).to_contain_text("Bassetlaw, 70 LSOAs with 116,304 residents")
    expect(drawing.locator(".sankey-link")).to_have_count(3)
    for layer, marks in (("stp17", ["A", "B"]), ("icb22", ["1", "2"])):
        expect(page.locator(f".st-key-close-up-of-{layer} .scattergeo text")).to_have_text(marks)

    ask(page, "e54 000 008")
    expect(answer(page)).to_contain_text("was the STP Cheshire and Merseyside from 2017 to 2021; and NHS Cheshire")
    expect(answer(page)).to_contain_text("without a year it does not say whether it means the STP or the ICB")
    choose(page, "In the year", "2022")
    expect(answer(page)).to_contain_text("In 2022 E54000008 was NHS Cheshire and Merseyside ICB: 2,470,956 residents")
    view = views.ThenAndNowView(stp="E54000009", code="E54000008", year="2022")
    assert parameters(page) == links.query(view)

    expect(page.get_by_label("Link to this view")).to_have_value(re.compile(re.escape(links.link(view)) + "$"))
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(links.link(view))
    page.goto("about:blank")
    page.goto(copied)
    expect(panel(page)).to_contain_text("Bassetlaw, 70 LSOAs with 116,304 residents")
    expect(answer(page)).to_contain_text("In 2022 E54000008 was NHS Cheshire and Merseyside ICB")

    ask(page, "E5400008")
    expect(page.locator(".st-key-notice")).to_contain_text("codes that look alike: E54000008 (Cheshire and Merseyside)")
    expect(page.get_by_role("textbox", name="What was this code?")).to_have_value("E5400008")
    expect(panel(page)).to_contain_text("Bassetlaw, 70 LSOAs")


def test_the_page_fits_a_phone(watched):
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/then-and-now?stp=E54000045&code=E38000213")
    expect(page.locator(".sankey-link").first).to_be_attached()
    expect(answer(page)).to_contain_text("NHS Coastal West Sussex CCG from 2017 to 2019")
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
    # Names stand beside the flows, not on them and not outside the page.
    names = page.locator(".js-plotly-plot:has(.sankey) .annotation-text")
    flow = page.locator(".js-plotly-plot .sankey-links").bounding_box()
    for name in names.all():
        box = name.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        beside = box["x"] + box["width"] <= flow["x"] or box["x"] >= flow["x"] + flow["width"]
        assert beside or box["y"] + box["height"] <= flow["y"]


def test_wrong_parameters_cost_nothing_else_on_the_page(watched):
    page = watched.page
    page.goto("/then-and-now?kind=wards&from=1997&to=2022&region=mars&code=E54000099&stp=atlantis")
    notice = page.locator(".st-key-notice")
    for word in ("wards", "1997", "mars", "atlantis"):
        expect(notice.locator("code", has_text=re.compile(f"^{word}$"))).to_be_visible()
    expect(answer(page)).to_contain_text("E54000099 is in none of the lookups from 2017 to 2022")
    expect(page.get_by_role("heading", name="44 STPs of 2017 became 42 ICBs by 2022")).to_be_visible()
