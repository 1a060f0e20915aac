"""A briefing as a web page fits its window in any typeface: without the app, as it lies in a reader's folder."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from lib import briefing, catalogue
from lib.accountable_care import acs
from lib.briefing.view import BriefingView
from tests.browser import typefaces

pytestmark = pytest.mark.browser

STPS = list(catalogue.footprints())
VIEWS = [
    *(BriefingView(stp=code) for code in STPS[::4]),
    *(BriefingView(stp=a, other=b) for a, b in zip(STPS[:40:20], STPS[3:40:20], strict=True)),
    *(BriefingView(council=code) for code in ("E10000012", "E06000052", "E06000023", "E10000030")),
    *(BriefingView(acs=code) for code in acs.areas()),
    BriefingView(moves="E38000008:E54000014"),
]
# What sticks out, and how far.
_OUT = """width => [...document.querySelectorAll("body *")]
    .map(e => [Math.ceil(e.getBoundingClientRect().right - width), e.tagName, (e.textContent ?? "").slice(0, 60)])
    .filter(([over]) => over > 0).slice(0, 3)"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    # A briefing allows no typefaces from elsewhere, so that of the test must be let in.
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


def test_the_typefaces_are_wide_and_narrow(page):
    page.set_content("<body style='font-family: Arial'><span>Northumberland, Tyne and Wear: 1,234,567</span>")
    width = "document.querySelector('span').getBoundingClientRect().width"
    typefaces.wear(page, "narrow")
    narrow = page.evaluate(width)
    typefaces.wear(page, "wide")
    assert page.evaluate(width) > 1.4 * narrow


@pytest.mark.parametrize("typeface", typefaces.WIDTHS)
def test_every_briefing_fits_its_window(page, typeface):
    wrong = []
    for view in VIEWS:
        page.set_content(briefing.made(view, "html").decode())
        typefaces.wear(page, typeface)
        for width in (1440, 1024, 390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            wrong += [(view, width, *out) for out in page.evaluate(_OUT, width)]
    assert not wrong, "\n".join(map(str, wrong[:20]))
