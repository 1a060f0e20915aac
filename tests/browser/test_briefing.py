"""From an area to its briefing, and to the file."""

import io
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import expect

from lib import links
from lib.briefing.view import BriefingView
from tests.browser import accessible, typefaces
from tests.browser.test_map import parameters

pytestmark = pytest.mark.browser


def test_a_briefing_is_one_click_from_an_area_and_its_files_another(watched, address):
    page = watched.page
    page.goto("/footprint?stp=QMK")
    page.get_by_role("link", name="Briefing to print").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hambleton, Richmondshire and Whitby")
    assert parameters(page) == links.query(BriefingView(stp="E54000045"))
    expect(page.locator(".fp-map .fp-moving path").first).to_be_attached()

    page.get_by_text("Download", exact=True).click()
    with page.expect_download() as waiting:
        page.locator(".fp-files").get_by_role("link", name="PDF, one page").click()
    assert waiting.value.suggested_filename == "footprints-E54000045.pdf"
    document = pypdfium2.PdfDocument(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert len(document) == 1
    assert f"{address}/footprint?stp=E54000045" in document[0].get_textpage().get_text_range()


@pytest.mark.parametrize("typeface", typefaces.WIDTHS)
def test_the_page_fits_its_width(watched, typeface):
    page = watched.page
    page.goto("/briefing?stp=3")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    typefaces.wear(page, typeface)
    for width in (1440, 1024, 390, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert accessible.too_wide(page) <= 0, width
