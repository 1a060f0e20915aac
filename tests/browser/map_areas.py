"""The areas of a map, and how to point at them."""

from playwright.sync_api import Locator, Page, expect

GROUND, INSET = ".fp-ground", ".fp-inset"
"""The map itself, and the part of it that is shown again."""

# A point inside the area, seen from the viewport, where nothing lies over it; the middle of an area can lie outside it.
_INSIDE = """element => {
    const box = element.firstElementChild.getBoundingClientRect()
    for (const part of [2, 3, 5, 8, 13, 29]) for (let i = 1; i < part; i++) for (let j = 1; j < part; j++) {
        const x = box.left + box.width * i / part, y = box.top + box.height * j / part
        if (document.elementFromPoint(x, y)?.closest("[data-code]") === element) return [x, y]
    }
}"""


def area(page: Page, code: str, within: str = GROUND) -> Locator:
    """Return an area of the map, or of its inset."""
    return page.locator(f"{within} [data-code='{code}']")


def inside(page: Page, code: str, within: str = GROUND) -> tuple[float, float]:
    """Return a point in the window at which an area is."""
    found = area(page, code, within)
    page.locator(".fp-map", has=found).scroll_into_view_if_needed()
    x, y = found.evaluate(_INSIDE)
    return x, y


def click_area(page: Page, code: str, within: str = GROUND) -> None:
    """Click an area with the mouse."""
    page.mouse.click(*inside(page, code, within))


def expect_marked(page: Page, code: str) -> None:
    """Wait until an area, and no other, is chosen."""
    expect(page.locator(f"{GROUND} [aria-current]")).to_have_count(1)
    expect(area(page, code)).to_have_attribute("aria-current", "true")
    expect(page.locator(f"{GROUND} .fp-marks path")).to_have_count(1)


def wait_for_map(page: Page) -> None:
    """Wait until a map is drawn; its labels come last."""
    expect(page.locator(f"{GROUND} .fp-labels text").first).to_be_attached()
