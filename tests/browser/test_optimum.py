"""Looking for the best map in a browser: the page goes on while the server calculates."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_map import parameters

pytestmark = pytest.mark.browser

PATIENT = 90_000


def open_page(page: Page, address: str = "/what-if") -> None:
    page.goto(address)
    page.get_by_text("Find the best map", exact=True).click()
    expect(page.get_by_role("button", name="Look for the best map")).to_be_visible(timeout=PATIENT)


def test_a_search_tells_how_far_it_is_and_can_be_cancelled(watched):
    page = watched.page
    open_page(page)
    page.get_by_role("button", name="Look for the best map").click()
    progress = page.locator(".st-key-optimum-progress")
    expect(progress).to_contain_text(re.compile(r"Looking for \d+ of 30 seconds"), timeout=PATIENT)
    first = progress.inner_text()
    # It counts on by itself, and the rest of the page answers meanwhile.
    page.get_by_text("Cases, method and sources").click()
    expect(page.get_by_text("The review of 2021", exact=False).first).to_be_visible()
    expect(progress).not_to_have_text(first, timeout=PATIENT)
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator("#best-map")).to_contain_text("Cancelled", timeout=PATIENT)


def test_an_answer_opens_as_a_what_if_with_the_question_in_its_link(watched):
    page = watched.page
    open_page(page, "/what-if?least=100000&most=10000000&tolerance=10&seconds=60")
    page.get_by_role("button", name="Look for the best map").click()
    answer = page.locator("#best-map")
    expect(answer).to_contain_text("in split councils", timeout=PATIENT)
    expect(answer.locator("[data-table=best-map]")).to_contain_text("Bound or limit")
    answer.get_by_role("link", name="Open this map as a what-if").click()
    expect(page.locator(".fp-lead")).to_contain_text("not a real map", timeout=PATIENT)
    said = parameters(page)
    assert re.search("E38|Q..:", said["moves"]) and said["tolerance"] == "10" and said["least"] == "100000"
    # Whole CCGs in contiguous STPs: the page has nothing to warn of.
    expect(page.locator(".fp-notices", has_text="pieces")).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
def test_the_section_fits_its_width(watched, width):
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, "/what-if?least=2000000")
    expect(page.locator("#optimum")).to_contain_text("44 STPs of at least 2,000,000 residents")
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
