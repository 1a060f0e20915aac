"""ACS areas chosen on the map, and two of them side by side; the glossary."""

import pytest
from playwright.sync_api import Page, expect

from lib import links
from pages.acs.view import AcsView
from pages.glossary.view import GlossaryView
from tests.browser.test_map import choose, parameters

pytestmark = pytest.mark.browser


def headed(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_part_and_a_whole_stp_are_chosen_on_the_map(watched):
    page = watched.page
    page.goto("/acs")
    headed(page, "Accountable care systems")
    national = page.locator("[data-map=areas]")
    for name, code in (("Berkshire West", "berkshire-west"), ("Dorset", "dorset")):
        national.get_by_role("link", name=name, exact=False).first.focus()
        page.keyboard.press("Enter")
        headed(page, name)
        assert parameters(page) == links.query(AcsView(code))
    expect(page.locator("[data-table=areas] tr.fp-chosen")).to_contain_text("Dorset")
    # An STP that is no area, like the sea, chooses nothing.
    expect(page.locator("[data-map=close-up] svg [data-code]").first).to_be_attached()


def test_a_council_in_the_close_up_opens_its_page(watched):
    page = watched.page
    page.goto("/acs?area=buckinghamshire")
    headed(page, "Buckinghamshire")
    page.locator("[data-map=close-up]").get_by_role("link", name="Oxfordshire", exact=False).first.focus()
    page.keyboard.press("Enter")
    headed(page, "Oxfordshire")
    page.go_back()
    headed(page, "Buckinghamshire")


def test_two_areas_side_by_side_live_in_the_link(watched):
    page = watched.page
    page.goto("/acs?area=dorset")
    headed(page, "Dorset")
    choose(page, "Compare with", "Frimley Health")
    headed(page, "Dorset and Frimley Health")
    heads = page.locator("[data-table=comparison] thead")
    expect(heads).to_contain_text("DorsetFrimley Health")
    assert parameters(page) == links.query(AcsView("dorset", "frimley"))
    page.get_by_role("link", name="Frimley Health the other way round").click()
    headed(page, "Frimley Health and Dorset")
    assert parameters(page) == links.query(AcsView("frimley", "dorset"))
    page.reload()
    expect(heads).to_contain_text("Frimley HealthDorset")


def test_a_term_and_a_kind_of_event_live_in_the_link(watched):
    page = watched.page
    page.goto("/glossary?term=aco")
    headed(page, "ACO: accountable care organisation")
    rows = page.locator("[data-table=timeline] tbody tr")
    expect(rows).to_have_count(53)
    expect(rows.nth(19)).to_contain_text("HFMA prints 5/18/16/5")
    choose(page, "Events of the timeline", "Leaders")
    expect(rows).to_have_count(2)
    assert parameters(page) == links.query(GlossaryView("aco", ("leads",)))
    page.reload()
    expect(rows).to_have_count(2)
    expect(page.locator("[data-chart=timeline-picture] .scatter text").first).to_be_attached()


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("link", ["/acs?area=greater-manchester&with=frimley", "/glossary?term=stp"])
def test_nothing_is_wider_than_the_window(watched, width, link):
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(":is([data-map], [data-chart]) svg").first).to_be_visible()
    page.wait_for_timeout(800)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
