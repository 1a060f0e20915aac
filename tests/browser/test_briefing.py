"""From an area to its briefing, and to the file."""

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import expect

from lib import links, views
from tests.browser import accessible, typefaces
from tests.browser.test_map import parameters

pytestmark = pytest.mark.browser


def test_a_briefing_is_one_click_from_an_area_and_downloads_as_one_page(watched, address):
    page = watched.page
    page.goto("/footprint?stp=QMK")
    page.get_by_role("link", name="Briefing to print").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A briefing on one page")
    assert parameters(page) == links.query(views.BriefingView(stp="E54000045"))
    preview = page.frame_locator("[class*=st-key-preview] iframe")
    expect(preview.get_by_role("heading", level=1)).to_contain_text("Hambleton, Richmondshire and Whitby")
    expect(preview.locator("svg").first).to_be_visible()

    with page.expect_download() as waiting:
        page.get_by_role("button", name="PDF, one page").click()
    document = pypdfium2.PdfDocument(Path(waiting.value.path()).read_bytes())
    assert waiting.value.suggested_filename == "footprints-E54000045.pdf"
    assert len(document) == 1
    assert f"{address}/footprint?stp=E54000045" in document[0].get_textpage().get_text_range()

    for name, start in (("Web page", b"<!DOCTYPE"), ("Map as SVG", b"<svg")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        assert Path(waiting.value.path()).read_bytes().startswith(start)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Map as PNG").click()
    assert Image.open(io.BytesIO(Path(waiting.value.path()).read_bytes())).width > 2000


def test_a_comparison_a_council_and_an_area_have_briefings(watched):
    page = watched.page
    preview = page.frame_locator("[class*=st-key-preview] iframe")
    for query, said in (
        ("stp=15&with=18", "compared with Coventry and Warwickshire"),
        ("council=surrey", "Surrey"),
        ("acs=berkshire-west", "Berkshire West"),
    ):
        page.goto(f"/briefing?{query}")
        expect(preview.get_by_role("heading", level=1)).to_contain_text(said)
    page.goto("/briefing?stp=15&council=surrey")
    expect(page.get_by_text("a briefing is on one thing")).to_be_visible()


@pytest.mark.parametrize("typeface", typefaces.WIDTHS)
def test_the_page_fits_its_width(watched, typeface):
    page = watched.page
    page.goto("/briefing?stp=3")
    preview = page.frame_locator("[class*=st-key-preview] iframe")
    expect(preview.get_by_role("heading", level=1)).to_be_visible()
    typefaces.wear(page, typeface)
    # The preview lets no typeface in, and is tried by itself (test_briefing_page.py).
    inside = preview.locator("html")
    for width in (1440, 1024, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert accessible.too_wide(page) <= 0, width
        assert inside.evaluate("element => element.scrollWidth - element.clientWidth") <= 0, width
