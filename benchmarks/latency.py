"""How long a reader waits, in headless Chromium: ``python -m benchmarks.latency``.

Times are taken inside the page, from the pointer going down to the change in
the document, for the app and the baseline; then a cold start of the server and
the time to import the app.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import servers
from lib import catalogue
from tests.browser import chromium

CLICKS = 40
CHANGES = 20
COLD_STARTS = 5
# The chart library of the baseline asks another host for a map of the world, which is not there.
NO_WORLD = json.dumps(
    {
        "type": "Topology",
        "arcs": [],
        "objects": {
            name: {"type": "GeometryCollection", "geometries": []}
            for name in ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
        },
    }
)
DOUBLE_CLICK = 650
"""Milliseconds after which a second click is no double click."""

_POINT = """code => {
    const path = [...document.querySelectorAll("g.geo.geo path.choroplethlocation, g.geo path.choroplethlocation")]
        .find(path => path.__data__.loc === code && document.contains(path))
    const box = path.getBoundingClientRect(), matrix = path.getScreenCTM().inverse()
    for (const part of [2, 3, 5, 8, 13]) for (let i = 1; i < part; i++) for (let j = 1; j < part; j++) {
        const x = box.left + box.width * i / part, y = box.top + box.height * j / part
        if (path.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix))
            && document.elementFromPoint(x, y)?.closest(".js-plotly-plot")) return [x, y]
    }
}"""
# Counts from the last press of the pointer or of Enter to the change that makes the condition true.
_WATCH = """condition => {
    const reached = new Function(`return ${condition}`)
    let start = performance.now()
    const begin = () => { start = performance.now() }
    for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, begin, true)
    window.waited = new Promise(resolve => {
        const look = () => { if (reached()) { observer.disconnect(); resolve(performance.now() - start) } }
        const observer = new MutationObserver(look)
        observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
    })
}"""
_MAP = "document.querySelectorAll('.js-plotly-plot path.choroplethlocation').length >= 44"


def heading(level: int, text: str) -> str:
    """Return the condition that the page shows a heading."""
    return f"[...document.querySelectorAll('h{level}')].some(h => h.innerText.trim() === {text!r})"


def waited(page: Page, condition: str, act: Callable[[], None]) -> float:
    """Return the milliseconds from what `act` presses to the condition."""
    page.evaluate(_WATCH, condition)
    act()
    return page.evaluate("Promise.race([window.waited, new Promise(r => setTimeout(r, 20000, 20000))])")


def clicks(page: Page, level: int = 2) -> list[float]:
    """Click one area after the other and wait for its name in the panel."""
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    page.locator(".js-plotly-plot").first.scroll_into_view_if_needed()
    # Some areas are too small for a mouse, or lie outside the window.
    found = [code for code in names if page.evaluate(_POINT, code)][:12]
    times = []
    for n in range(CLICKS + 2):
        code = found[n % len(found)]
        page.wait_for_timeout(DOUBLE_CLICK)
        x, y = page.evaluate(_POINT, code)
        times.append(waited(page, heading(level, names[code]), lambda x=x, y=y: page.mouse.click(x, y)))
    return times[2:]


def filters(page: Page, done: str) -> list[float]:
    """Take an option of the first filter, and take it back, by keyboard."""
    times = []
    for n in range(CHANGES + 2):
        box = page.get_by_role("combobox", name="Lead type")
        box.click()
        if n % 2 == 0:
            box.press("ArrowDown")
        key = "Enter" if n % 2 == 0 else "Backspace"
        condition = done if n % 2 == 0 else f"!({done})"
        times.append(waited(page, condition, lambda box=box, key=key: box.press(key)))
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)
    return times[2:]


def pages(page: Page) -> list[float]:
    """Go from page to page by the links at the top."""
    stops = [
        ("Glossary", "Glossary and timeline"),
        ("Coterminosity", "Coterminosity"),
        ("Sources", "Sources and downloads"),
    ]
    stops += [("ACS areas", "Accountable care systems"), ("Map", "Who plans care where")]
    times = []
    for _ in range(CHANGES // len(stops) + 1):
        for link, title in stops:
            target = page.get_by_test_id("stTopNavLink").filter(has_text=link).first
            if not target.is_visible():
                return times
            times.append(waited(page, heading(1, title), target.click))
            page.wait_for_timeout(400)
    return times[len(stops) :]


def new_window(browser: Browser) -> Page:
    """Open a window with nothing kept from before."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}).new_page()
    # The baseline's chart library asks another host for a map of the world; it gets an empty one at once.
    empty = {"body": NO_WORLD, "content_type": "application/json"}
    page.route(lambda url: "localhost" not in url, lambda route: route.fulfill(**empty))
    return page


def open_page(browser: Browser, address: str) -> Page:
    """Open the map in a new window."""
    page = new_window(browser)
    page.goto(address)
    page.wait_for_function(_MAP, timeout=60_000)
    page.wait_for_timeout(1000)
    return page


def cold_start(browser: Browser, kind: str) -> tuple[float, float]:
    """Return the seconds from starting a server to ready and to the first interactive map."""
    begun = time.perf_counter()
    server = servers.start(kind)
    page = new_window(browser)
    try:
        page.goto(server.address)
        page.wait_for_function(_MAP, timeout=60_000)
        return server.started, time.perf_counter() - begun
    finally:
        page.context.close()
        server.stop()


def imports() -> tuple[float, float]:
    """Return the seconds to import Streamlit with its server, and then what the first page of the app needs."""
    script = """
import ast, pathlib, time; begun = time.perf_counter()
import streamlit, streamlit.web.bootstrap, streamlit.web.server.starlette, uvicorn
middle = time.perf_counter()
import app
for file in ("pages/live.py", "pages/map/page.py"):
    for line in ast.parse(pathlib.Path(file).read_text()).body:
        if isinstance(line, ast.Import | ast.ImportFrom):
            exec(ast.unparse(line))
print(middle - begun, time.perf_counter() - middle)
"""
    found = [
        [float(n) for n in subprocess.check_output([sys.executable, "-c", script], cwd=servers.ROOT, text=True).split()]
        for _ in range(COLD_STARTS)
    ]
    return statistics.median(row[0] for row in found), statistics.median(row[1] for row in found)


def row(words: str, ours: list[float], usual: list[float], target: str) -> str:
    """Return a row of the table, milliseconds."""
    cells = [
        f"{statistics.median(times):.0f} / {servers.percentile(times, 0.95):.0f}" if times else "–"
        for times in (ours, usual)
    ]
    return f"| {words} | {cells[0]} | {cells[1]} | {target} |"


def main() -> None:
    """Print the tables."""
    print(f"{servers.setting()}\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        found: dict[str, dict[str, list[float]]] = {}
        done = {
            "app": "/\\d+ of 44/.test(document.querySelector('.st-key-filters')?.innerText)",
            "baseline": "document.querySelectorAll('.js-plotly-plot path.choroplethlocation').length < 44",
        }
        for kind in ("app", "baseline"):
            with servers.running(kind) as server:
                page = open_page(browser, server.address)
                found[kind] = {"click": clicks(page), "pages": pages(page) if kind == "app" else []}
                page.context.close()
                page = open_page(browser, server.address)
                found[kind]["filter"] = filters(page, done[kind])
                page.context.close()
        starts = {kind: [cold_start(browser, kind) for _ in range(COLD_STARTS)] for kind in ("app", "baseline")}
        browser.close()
    print("| milliseconds | app, median / p95 | baseline, median / p95 | target |\n| --- | ---: | ---: | --- |")
    print(row("click to updated panel", found["app"]["click"], found["baseline"]["click"], "150 / 300"))
    print(row("filter to changed page", found["app"]["filter"], found["baseline"]["filter"], "250"))
    print(row("page to page", found["app"]["pages"], [], "500"))
    ready, first = ({kind: [1000 * pair[n] for pair in pairs] for kind, pairs in starts.items()} for n in (0, 1))
    print(row("cold start to ready", ready["app"], ready["baseline"], ""))
    print(row("cold start to the first map", first["app"], first["baseline"], "3000"))
    streamlit, app = imports()
    print(
        f"\nImporting what the server and the first page need takes {app:.2f} s (target 1.5), "
        f"after {streamlit:.2f} s for Streamlit and its server."
    )


if __name__ == "__main__":
    main()
