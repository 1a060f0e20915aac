"""Reading what became of a footprint and of a code, with mouse and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from lib import links
from pages.then_and_now.view import ThenAndNowView
from tests.browser.test_map import choose, parameters

pytestmark = pytest.mark.browser


def answer(page):
    return page.locator("section#code")


def story(page):
    return page.locator("section#story")


def ask(page, code):
    box = page.get_by_role("textbox", name="What was this code?")
    box.fill(code)
    box.press("Enter")


def test_a_story_is_read_and_a_reused_code_resolved_and_the_link_shows_both_again(watched):
    page = watched.page
    page.goto("/then-and-now")
    expect(page.get_by_role("heading", name="44 STPs of 2017 became 42 ICBs by 2022")).to_be_visible()
    drawing = page.locator("[data-chart=flows]")
    expect(drawing.locator(".sankey-link")).to_have_count(22)
    expect(drawing.get_by_text("Surrey Heartlands")).to_have_count(2)

    choose(page, "Story of a footprint", "South Yorkshire and Bassetlaw")
    expect(page.get_by_role("heading", level=1)).to_have_text("South Yorkshire and Bassetlaw, then and now")
    expect(story(page)).to_contain_text("Bassetlaw, 70 LSOAs with 116,304 residents")
    expect(drawing.locator(".sankey-link")).to_have_count(3)
    for side, marks in (("then", ["A", "B"]), ("now", ["1", "2"])):
        labels = page.locator(f"[data-map={side}] .fp-labels text")
        expect(labels).to_have_count(len(marks))
        assert sorted(labels.all_text_contents()) == marks

    ask(page, "e54 000 008")
    expect(answer(page)).to_contain_text("was the STP Cheshire and Merseyside from 2017 to 2021; and NHS Cheshire")
    expect(answer(page)).to_contain_text("without a year it does not say whether it means the STP or the ICB")
    choose(page, "In the year", "2022")
    expect(answer(page)).to_contain_text("In 2022 E54000008 was NHS Cheshire and Merseyside ICB: 2,470,956 residents")
    view = ThenAndNowView(stp="E54000009", code="E54000008", year="2022")
    assert parameters(page) == links.query(view)

    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(links.link(view))
    page.goto("about:blank")
    page.goto(copied)
    expect(story(page)).to_contain_text("Bassetlaw, 70 LSOAs with 116,304 residents")
    expect(answer(page)).to_contain_text("In 2022 E54000008 was NHS Cheshire and Merseyside ICB")

    ask(page, "E5400008")
    expect(page.locator(".fp-notices")).to_contain_text("codes that look alike: E54000008 (Cheshire and Merseyside)")
    expect(page.get_by_role("textbox", name="What was this code?")).to_have_value("E5400008")
    expect(story(page)).to_contain_text("Bassetlaw, 70 LSOAs")


def test_the_page_fits_a_phone(watched):
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto("/then-and-now?stp=E54000045&code=E38000213")
    expect(page.locator(".sankey-link").first).to_be_attached()
    expect(answer(page)).to_contain_text("NHS Coastal West Sussex CCG from 2017 to 2019")
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
    # Names stand beside the flows, not on them and not outside the page.
    names = page.locator("[data-chart=flows] .annotation-text")
    flow = page.locator("[data-chart=flows] .sankey-links").bounding_box()
    for name in names.all():
        box = name.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 390
        beside = box["x"] + box["width"] <= flow["x"] or box["x"] >= flow["x"] + flow["width"]
        assert beside or box["y"] + box["height"] <= flow["y"]


def test_an_area_of_the_maps_opens_its_story_and_what_its_code_meant(watched):
    page = watched.page
    page.goto("/then-and-now?stp=E54000009")
    page.locator("[data-map=then]").get_by_role("link", name="Nottinghamshire", exact=False).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nottinghamshire, then and now")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("South Yorkshire and Bassetlaw, then and now")
    page.locator("[data-table=residents-now]").get_by_role("link", name="South Yorkshire").click()
    expect(page.locator("section#code")).to_contain_text("In 2022 E54000061 was NHS South Yorkshire ICB")
    expect(page.get_by_role("textbox", name="What was this code?")).to_have_value("E54000061")


def test_wrong_parameters_cost_nothing_else_on_the_page(watched):
    page = watched.page
    page.goto("/then-and-now?kind=wards&from=1997&to=2022&region=mars&code=E54000099&stp=atlantis")
    notice = page.locator(".fp-notices")
    for word in ("wards", "1997", "mars", "atlantis"):
        expect(notice.locator("code", has_text=re.compile(f"^{word}$"))).to_be_visible()
    expect(page.locator(".fp-lead")).to_contain_text("E54000099 is in none of the lookups from 2017 to 2024")
    expect(page.get_by_role("heading", name="44 STPs of 2017 became 42 ICBs by 2022")).to_be_visible()
