"""A reader's own file in a real browser: chosen, mapped, refused, and the session goes on."""

import pytest
from playwright.sync_api import expect

from geo import blocks
from lib import links
from pages.your_numbers.view import YourNumbersView
from tests.browser.map_areas import area, click_area, wait_for_map
from tests.browser.test_map import choose, parameters
from tests.lib.own_tables import bomb

pytestmark = pytest.mark.browser

STPS = blocks.names("stp17")
LEICESTER, DEVON = "E54000015", "E54000037"
BOX = "[data-testid=stFileUploader] input[type=file]"
MARKER = "Zebrafinch <b>rate</b>"


def mixed() -> bytes:
    """Return values for 43 STPs by code or name, in the letters of Windows, and rows that cannot be used."""
    rows = [f'"{code if n % 2 else STPS[code]}";{n}.5' for n, code in enumerate(STPS.index) if code != DEVON]
    bad = ["Narnia;3", "E54000053;4", "England;900", "Devon;n/a", f"{LEICESTER};77", '"<img src=x>";1']
    return "\n".join([f"Fläche;{MARKER}", *rows, *bad]).encode("cp1252")


def bring(page, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator(BOX).set_input_files(file)


def expect_fit(page) -> None:
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0


def test_a_file_is_matched_mapped_and_ranked_and_a_bad_one_ends_nothing(watched, tmp_path):
    page = watched.page
    page.goto("/your-numbers")
    expect(page.get_by_role("heading", name="What happens with a file")).to_be_visible()
    bring(page, "rates.csv", mixed())
    wait_for_map(page)
    head, body = page.locator("[data-place=head]"), page.locator(".st-key-body")
    expect(head).to_contain_text("42 of 49 rows were used. Of the 44 STPs 42 have a value; 2 have none and are gaps.")
    expect(body).to_contain_text("Read as Windows-1252 text with semicolons")
    expect(page.locator("[data-table=not-used]")).to_be_visible()
    expect(page.get_by_role("heading", name=f"All 44 STPs by {MARKER}")).to_be_visible()
    expect(page.locator(".fp-legend").get_by_text("No value")).to_be_visible()
    expect(page.locator(".stMain img[src=x]")).to_have_count(0)

    expect_fit(page)

    click_area(page, "E54000008")
    expect(page.locator("#panel").get_by_role("heading")).to_have_text(STPS["E54000008"])
    expect(page.locator("#panel")).to_contain_text("has 3.5: rank")
    assert parameters(page) == links.query(YourNumbersView(area="E54000008"))
    choose(page, "Open an STP", STPS[DEVON])
    expect(page.locator("#panel")).to_contain_text("has no value: the value is missing")

    # One too large for the box, one that would unpack to 60 MB, then a good one.
    large = tmp_path / "large.csv"
    large.write_bytes(b"code,value\n" + b"E54000015,3\n" * 4_400_000)
    page.locator(BOX).set_input_files(large)
    expect(page.get_by_text("File must be 5.0MB or smaller")).to_be_visible()
    bring(page, "bomb.xlsx", bomb())
    refusal = page.locator(".fp-notices", has_text="cannot be shown")
    expect(refusal).to_contain_text("The file bomb.xlsx cannot be shown. The workbook unpacks to far more")
    bring(page, "councils.csv", b"council,spend\nLeicester,12\nSurrey,9\nKent,3\n")
    expect(page.get_by_role("heading", name="All 152 councils by spend")).to_be_visible()
    expect(refusal).to_have_count(0)
    assert parameters(page) == links.query(YourNumbersView(area=DEVON))
    wait_for_map(page)
    expect(area(page, "E10000030")).to_be_attached()

    # Another page and back: the file is still there; a new window has nothing of it.
    page.locator(".fp-menu > summary").click()
    page.get_by_role("link", name="Glossary", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Glossary")
    page.locator(".fp-menu > summary").click()
    page.get_by_role("link", name="Your numbers", exact=True).click()
    expect(page.get_by_text("Still open from before")).to_be_visible()
    expect(page.get_by_role("heading", name="All 152 councils by spend")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="What happens with a file")).to_be_visible()


@pytest.mark.parametrize("width", [1024, 390])
def test_the_page_fits_its_width(watched, width):
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/your-numbers")
    expect(page.get_by_role("heading", name="What happens with a file")).to_be_visible()
    expect_fit(page)
    bring(page, "rates.csv", mixed())
    wait_for_map(page)
    expect(page.locator("[data-chart=strips-fit] .plot-container")).to_be_visible()
    expect_fit(page)
