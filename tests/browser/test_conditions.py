"""What readers do on the page on what helps, with mouse and keyboard."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from lib import catalogue, links, views
from lib.conditions import crosstab
from lib.text import counted
from tests.browser.test_map import choose, panel, parameters

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


def open_page(page: Page, address: str = "/conditions") -> Locator:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("What helps a footprint get on? Testing the claims")
    chart = page.locator(".st-key-dots .js-plotly-plot")
    expect(chart.locator("path.point").first).to_be_attached(timeout=60_000)
    return chart


def click_dot(page: Page, code: str) -> None:
    chart = page.locator(".st-key-dots .js-plotly-plot")
    chart.scroll_into_view_if_needed()
    page.mouse.click(*chart.evaluate(_PLACE, code))


def test_a_reader_tests_a_claim_opens_dots_and_cells_and_shares_what_is_seen(watched):
    page = watched.page
    open_page(page)
    expect(panel(page)).to_contain_text("The data do not show that better-rated footprints tended to have a smaller")
    choose(page, "Measure", "Number of councils")
    expect(panel(page)).to_contain_text("tended to have fewer councils")
    expect(panel(page)).to_contain_text("more councils in 209 (57%), fewer councils in 114 (31%)")
    # The chart of the measure before goes when the page is done.
    expect(page.locator(".st-key-dots .js-plotly-plot .xtitle")).to_have_text(["Number of councils"])
    for code, name in ((DORSET, "Dorset"), (FRIMLEY, "Frimley Health")):
        click_dot(page, code)
        expect(panel(page).get_by_role("heading").first).to_have_text(name)
    shared = views.ConditionsView(measure="councils", stp=FRIMLEY)
    assert parameters(page) == links.query(shared)

    cell = page.get_by_role("link", name="3 footprints: Independent; Needs most improvement", exact=True)
    cell.click()
    opened = page.locator(".st-key-opened")
    expect(opened.get_by_role("heading")).to_have_text("3 footprints: Independent; Needs most improvement")
    expect(opened.get_by_role("link", name=re.compile("^Staffordshire"))).to_be_visible()
    asked = parameters(page)
    assert (asked["lead"], asked["rating"], asked["fit"]) == ("independent", "needs_most_improvement:published", "all")

    address = page.get_by_label("Link to this view").input_value()
    page.goto(address)
    expect(opened.get_by_role("heading")).to_have_text("3 footprints: Independent; Needs most improvement")
    expect(panel(page).get_by_role("heading").first).to_have_text("Frimley Health")
    assert parameters(page) == asked
    opened.get_by_role("link", name=re.compile("^Staffordshire")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Staffordshire")
    assert parameters(page) == {"stp": STAFFORDSHIRE}


def test_the_page_fits_its_width_and_its_cells_work_by_keyboard(watched):
    page = watched.page
    open_page(page, "/conditions?measure=lead&ratings=four&stp=E54000041")
    inside = crosstab.passing("population", 0.0, {"lead": ["ccg"], "fit": ["same"], "rating": ["not_established"]})
    assert inside
    words = f"{counted(len(inside), 'footprint')}: CCG; The same area as one council; Not established"
    cell = page.get_by_role("link", name=words, exact=True)
    shown = views.ConditionsView("lead", "four", stp=DORSET, lead=("ccg",), fit=("same",), rating=("not_established",))
    assert cell.get_attribute("href").endswith(links.link(shown))
    cell.focus()
    page.keyboard.press("Enter")
    name = catalogue.footprints()[inside[0]].name
    expect(page.locator(".st-key-opened").get_by_role("link", name=re.compile(f"^{name}"))).to_be_visible()
    expect(cell).to_have_attribute("aria-current", "true")
    main = page.get_by_test_id("stMain")
    for width in (1440, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
