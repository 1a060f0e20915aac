"""Maps that the chart library still draws: their areas, and how to click them."""

from playwright.sync_api import Locator, Page, expect

# A point inside the area, seen from the viewport; the middle of a concave area can lie outside it.
_INSIDE = """path => {
    const box = path.getBoundingClientRect(), matrix = path.getScreenCTM().inverse();
    for (const part of [2, 3, 5, 8, 13]) for (let i = 1; i < part; i++) for (let j = 1; j < part; j++) {
        const x = box.left + box.width * i / part, y = box.top + box.height * j / part;
        if (path.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix))
            && document.elementFromPoint(x, y)?.closest('.js-plotly-plot')) return [x, y];
    }
}"""


def area(page: Page, code: str, pane: str = "geo") -> Locator:
    """Return the outline of an STP in the large map (geo) or in the London inset (geo2)."""
    drawn = page.locator(f".js-plotly-plot g.geolayer > g[class='geo {pane}'] path.choroplethlocation")
    index = drawn.evaluate_all("(paths, code) => paths.findIndex(path => path.__data__.loc === code)", code)
    assert index >= 0, f"{code} is not on the map"
    return drawn.nth(index)


def click_area(page: Page, code: str, pane: str = "geo") -> None:
    page.locator(".js-plotly-plot").first.scroll_into_view_if_needed()
    x, y = area(page, code, pane).evaluate(_INSIDE)
    page.mouse.click(x, y)


def expect_marked(page: Page, code: str) -> None:
    """Wait until an STP, and no other, is outlined on the large map."""
    page.wait_for_function(
        """code => {
            const pane = ".js-plotly-plot g.geolayer > g[class='geo geo']"
            const marked = [...document.querySelectorAll(`${pane} path.choroplethlocation`)].filter(path => {
                const style = getComputedStyle(path)
                return style.display !== "none" && parseFloat(style.strokeWidth) >= 3
            })
            return marked.length > 0 && marked.every(path => path.__data__.loc === code)
        }""",
        arg=code,
    )


def wait_for_map(page: Page) -> None:
    # Plotly draws in several steps; the labels come last.
    expect(page.locator(".js-plotly-plot .scattergeo text").first).to_be_attached()
