"""The projection of maps in the browser is that of pictures and documents."""

import pytest

from lib.browser import assets
from lib.figures import drawing, national, projection
from lib.figures.maps import ENGLAND, LONDON
from lib.figures.projection import Box
from lib.footprint import figures as footprint_figures
from tests.browser import bare

pytestmark = pytest.mark.browser

FRAMES = [(280, 280), (320, 1440), (800, 600), (1200, 630), (2560, 1440), (2560, 500)]
_DRAWN = """async ([url, extent, inset, frames]) => {
    const { fitted, insetBox, mercator, placed, scaleBar } = await import(url)
    return frames.map(([width, height]) => {
        const main = fitted(extent, { left: 0, top: 0, width, height }), box = insetBox(main, inset)
        const corner = placed(main, mercator(extent[0], extent[3]))
        return [[...corner, main.k, box.left, box.top, box.width, box.height], scaleBar(main.k, extent, width)]
    })
}"""


@pytest.mark.parametrize("name", ["England", "E54000047"])
def test_browser_and_pictures_project_alike_in_every_frame(browser, name):
    drawn = national.by_measure("rating", []) if name == "England" else footprint_figures.stp(name)
    assert (drawn.extent == ENGLAND) == (name == "England")
    context = browser.new_context()
    context.route(f"{bare.ADDRESS}/**", lambda route: bare.answer(route, {}))
    page = context.new_page()
    page.goto(bare.ADDRESS)
    found = page.evaluate(_DRAWN, [f"/{assets.url('map/projection.js')}", drawn.extent, LONDON, FRAMES])
    context.close()
    for (width, height), (numbers, bar) in zip(FRAMES, found, strict=True):
        (pane, *_) = drawing.panes(drawn, width, height)
        x, y = pane.projection(drawn.extent[0], drawn.extent[3])
        box: Box = projection.inset_box(pane.projection, LONDON)
        expected = [float(x), float(y), pane.projection.scale, box.left, box.top, box.width, box.height]
        assert numbers == pytest.approx(expected, rel=1e-9, abs=1e-6)
        length, words = drawing.scale_bar(drawn, pane)
        assert bar == [pytest.approx(length), words]
