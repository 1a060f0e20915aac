"""What readers do on the page on the claims, with mouse and keyboard."""

import pytest
from playwright.sync_api import Locator, Page, expect

from lib import links
from pages.conditions.view import ConditionsView
from tests.browser import accessible
from tests.browser.test_map import choose, parameters

pytestmark = pytest.mark.browser

DORSET, FRIMLEY, STAFFORDSHIRE = "E54000041", "E54000034", "E54000010"
_PLACE = """(chart, code) => {
    for (const points of chart.querySelectorAll(".scatterlayer .trace .points"))
        for (const path of points.querySelectorAll("path.point"))
            if (path.__data__?.data?.[0] === code || path.__data__?.trace?.customdata?.[path.__data__.i]?.[0] === code
                || points.parentElement.__data__?.[0]?.trace?.customdata?.[path.__data__.i]?.[0] === code) {
                const box = path.getBoundingClientRect()
                return [box.left + box.width / 2, box.top + box.height / 2]
            }
}"""
_COUNT = "3 footprints: Independent; Needs most improvement"


def open_page(page: Page, address: str = "/conditions") -> Locator:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Do the claims hold?")
    chart = page.locator("[data-chart=dots]")
    expect(chart.locator("path.point").first).to_be_attached(timeout=60_000)
    return chart


def test_a_reader_tests_a_claim_opens_dots_and_counts_and_shares_what_is_seen(watched):
    page = watched.page
    chart = open_page(page)
    lead = page.locator(".fp-lead")
    expect(lead).to_contain_text("The data do not show that better-rated footprints tended to have a smaller")
    choose(page, "Measure", "Number of councils")
    expect(lead).to_contain_text("tended to have fewer councils")
    expect(chart.locator(".xtitle")).to_have_text("Number of councils")
    for code, name in ((DORSET, "Dorset"), (FRIMLEY, "Frimley Health")):
        # Until it rests the chart may be drawn anew below the pointer.
        page.wait_for_function(accessible.SETTLED)
        chart.scroll_into_view_if_needed()
        # The chart takes a click for a dot's when it has named the dot below the pointer.
        page.mouse.move(*chart.evaluate(_PLACE, code))
        expect(chart.locator(".hoverlayer")).to_contain_text(name)
        page.mouse.click(*chart.evaluate(_PLACE, code))
        expect(page.locator("#chosen").get_by_role("heading")).to_have_text(name)
    assert parameters(page) == links.query(ConditionsView(measure="councils", stp=FRIMLEY))

    page.locator("[data-table=counts]").get_by_title(_COUNT, exact=True).focus()
    page.keyboard.press("Enter")
    opened = page.locator("#opened")
    expect(opened.get_by_role("heading")).to_have_text(_COUNT)
    asked = parameters(page)
    assert (asked["lead"], asked["rating"], asked["fit"]) == ("independent", "needs_most_improvement:published", "all")
    page.reload()
    expect(page.locator("#chosen").get_by_role("heading")).to_have_text("Frimley Health")
    opened.get_by_role("link", name="Staffordshire").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Staffordshire")
    assert parameters(page) == {"stp": STAFFORDSHIRE}


def test_the_page_fits_its_width(watched):
    page = watched.page
    open_page(page, "/conditions?measure=lead&ratings=four&stp=E54000041&lead=ccg&fit=same")
    main = page.get_by_test_id("stMain")
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function("width => innerWidth === width", arg=width)
        assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
