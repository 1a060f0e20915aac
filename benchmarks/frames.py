"""How smoothly maps move, in headless Chromium: ``python -m benchmarks.frames | python -m benchmarks.record frames``.

Frames are counted inside the page while the map is dragged to and fro and enlarged and reduced by Ctrl and the wheel,
for some seconds each: with nothing else to do, and with two processes beside it that are always busy.
"""

import math
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise

from playwright.sync_api import Browser, Page, sync_playwright

from tests import servers
from tests.browser import chromium

MAPS = {
    "326 districts, borders of 207 CCGs": "/coterminosity?a=lad17&b=ccg17",
    "44 STPs, their ratings": "/",
}
SECONDS = 6
BUSY = 2
TARGET = 30
_WHOLE = "!document.getElementById('fp-still') && document.querySelector('.fp-map .fp-labels text')"
# Time and place of the ground in each frame, until it is asked for.
_COUNT = """() => {
    const ground = document.querySelector(".fp-map .fp-moving"), plane = ground.closest("svg")
    window.counted = []
    const next = (at) => {
        if (!window.counted) return
        window.counted.push([at, ground.getAttribute("transform") + plane.style.transform])
        requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
}"""
_COUNTED = "() => { const { counted } = window; window.counted = null; return counted }"
# Pixels a second that the fingers part, and how much larger the map becomes.
_SPEED, _ENLARGED = 800, 6


def opened(browser: Browser, address: str) -> Page:
    """Open a page with a map and bring the map into view."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}, bypass_csp=True).new_page()
    page.goto(address)
    page.wait_for_function(_WHOLE, timeout=60_000)
    page.locator(".fp-map").first.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    return page


def middle(page: Page) -> tuple[float, float]:
    """Return the middle of the map in the window."""
    box = page.locator(".fp-map").first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def dragged(page: Page, seconds: float) -> None:
    """Drag the map, three times enlarged, around its middle."""
    x, y = middle(page)
    page.mouse.move(x, y)
    page.mouse.down()
    begun = time.perf_counter()
    while (passed := time.perf_counter() - begun) < seconds:
        page.mouse.move(x + 150 * math.sin(3 * passed), y + 150 * math.sin(2 * passed))
    page.mouse.up()


def wheeled(page: Page, seconds: float) -> None:
    """Enlarge and reduce the map again and again: Ctrl and the wheel, which is what a pinch on a touchpad sends."""
    x, y = middle(page)
    page.mouse.move(x, y)
    chromium_itself, begun = page.context.new_cdp_session(page), time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for factor in (_ENLARGED, 1 / _ENLARGED):
            gesture = {"x": x, "y": y, "scaleFactor": factor, "relativeSpeed": _SPEED, "gestureSourceType": "mouse"}
            chromium_itself.send("Input.synthesizePinchGesture", gesture)
    chromium_itself.detach()


def intervals(page: Page, act: Callable[[Page, float], None]) -> list[float]:
    """Return the milliseconds between frames while something is done.

    Raises
    ------
    RuntimeError
        If the map stood still in most of them.
    """
    page.evaluate(_COUNT)
    act(page, SECONDS)
    times, places = zip(*page.evaluate(_COUNTED), strict=True)
    if len(set(places)) < len(places) / 3:
        raise RuntimeError(f"the map had {len(set(places))} places in {len(places)} frames")
    return [after - at for at, after in pairwise(times)]


@contextmanager
def busy(count: int) -> Iterator[None]:
    """Keep so many processes busy."""
    with ExitStack() as stack:
        for _ in range(count):
            process = subprocess.Popen([sys.executable, "-c", "while True: pass"])
            stack.callback(process.wait)
            stack.callback(process.kill)
        yield


def measured(page: Page) -> Iterator[tuple[str, list[float]]]:
    """Give what is done and the milliseconds between its frames."""
    yield "enlarge and reduce", intervals(page, wheeled)
    for _ in range(2):
        page.get_by_role("button", name="Zoom in").first.click()
        page.wait_for_timeout(500)
    yield "drag", intervals(page, dragged)


def main() -> None:
    """Print a table."""
    print(f"{servers.setting()}\n")
    print("| map | beside it | | frames a second | a frame, ms, median | p95 |")
    print("| --- | --- | --- | ---: | ---: | ---: |")
    with servers.running("app") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        for name, path in MAPS.items():
            for count in (0, BUSY):
                page = opened(browser, server.address + path)
                with busy(count):
                    for what, times in measured(page):
                        a_second = 1000 * len(times) / sum(times)
                        median, p95 = statistics.median(times), servers.percentile(times, 0.95)
                        beside = f"{count} busy processes" if count else "nothing"
                        print(f"| {name} | {beside} | {what} | {a_second:.0f} | {median:.1f} | {p95:.1f} |")
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
