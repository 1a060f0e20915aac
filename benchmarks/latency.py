"""How long a reader waits, in headless Chromium: ``python -m benchmarks.latency``.

Times are taken inside the page, from the pointer going down to the change in
the document, for the app, the first edition and the baseline, one after the
other in each round; then cold starts of the server and the time to import the app.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from lib import catalogue
from tests import servers
from tests.browser import chromium

CLICKS = 40
CHANGES = 20
COLD_STARTS = 5
VISITS = 8
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


@dataclass(frozen=True)
class Drawn:
    """How a map is drawn.

    Attributes
    ----------
    whole : str
        JavaScript: whether all areas are there, and answer.
    area : str
        JavaScript: the path of the area with the code ``code``.
    onto : str
        CSS selector of what has to lie on top where the area is pointed at.
    filtered : str
        JavaScript: whether a filter is in force and the map shows it.
    top : str
        CSS selector of the links to other pages.
    more : str
        Words to click before the filter can be reached; empty for none.
    """

    whole: str
    area: str
    onto: str
    filtered: str
    top: str = "[data-testid=stTopNavLink]"
    more: str = ""


_CHART = Drawn(
    "document.querySelectorAll('.js-plotly-plot path.choroplethlocation').length >= 44",
    "[...document.querySelectorAll('g.geo path.choroplethlocation')]"
    ".find(path => path.__data__.loc === code && document.contains(path))",
    ".js-plotly-plot",
    "document.querySelectorAll('.js-plotly-plot path.choroplethlocation').length < 44",
)
MAPS = {
    # Its labels come last; it stands outside what is shown until the live page comes.
    "app": Drawn(
        "!document.getElementById('fp-still') && document.querySelector('.fp-ground .fp-labels text')",
        "document.querySelector(`.fp-ground [data-code='${code}']`)?.firstElementChild",
        ".fp-map",
        "/^\\d+ footprint/.test(document.querySelector('.stMain h1')?.textContent)",
        "#fp-bar nav > ul a",
        "More choices",
    ),
    "first edition": Drawn(
        _CHART.whole,
        _CHART.area,
        _CHART.onto,
        "/\\d+ of 44/.test(document.querySelector('.st-key-filters')?.innerText)",
    ),
    "baseline": _CHART,
}
_POINT = """([code, find, onto]) => {
    const path = new Function("code", `return ${find}`)(code)
    const box = path.getBoundingClientRect(), matrix = path.getScreenCTM().inverse()
    for (const part of [2, 3, 5, 8, 13]) for (let i = 1; i < part; i++) for (let j = 1; j < part; j++) {
        const x = box.left + box.width * i / part, y = box.top + box.height * j / part
        if (y > 20 && y < innerHeight - 20 && path.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix))
            && document.elementFromPoint(x, y)?.closest(onto)) return [x, y]
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


def heading(text: str) -> str:
    """Return the condition that the page shows a heading."""
    return f"[...document.querySelectorAll('h1, h2, h3')].some(h => h.innerText.trim() === {text!r})"


def waited(page: Page, condition: str, act: Callable[[], None]) -> float:
    """Return the milliseconds from what `act` presses to the condition."""
    page.evaluate(_WATCH, condition)
    act()
    return page.evaluate("Promise.race([window.waited, new Promise(r => setTimeout(r, 20000, 20000))])")


def clicks(page: Page, drawn: Drawn) -> list[float]:
    """Click one area after the other and wait for its name in the panel."""
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    page.locator(drawn.onto).first.scroll_into_view_if_needed()

    def point(code: str) -> tuple[float, float] | None:
        return page.evaluate(_POINT, [code, drawn.area, drawn.onto])

    # Some areas are too small for a mouse, or lie outside the window.
    codes = [code for code in names if point(code)][:12]
    times = []
    for n in range(CLICKS + 2):
        code = codes[n % len(codes)]
        page.wait_for_timeout(DOUBLE_CLICK)
        x, y = point(code)
        times.append(waited(page, heading(names[code]), lambda x=x, y=y: page.mouse.click(x, y)))
    return times[2:]


def filters(page: Page, drawn: Drawn) -> list[float]:
    """Take an option of the filter by lead type, and take it back: by a tick, or in a box by keyboard."""
    times = []
    if drawn.more:
        page.get_by_text(drawn.more).first.click()
    for n in range(CHANGES + 2):
        if drawn.more:
            condition = drawn.filtered if n % 2 == 0 else f"!({drawn.filtered})"
            times.append(waited(page, condition, page.get_by_label("CCG", exact=True).click))
            page.wait_for_timeout(300)
            continue
        box = page.get_by_role("combobox", name="Lead type")
        box.click()
        if n % 2 == 0:
            box.press("ArrowDown")
        key = "Enter" if n % 2 == 0 else "Backspace"
        condition = drawn.filtered if n % 2 == 0 else f"!({drawn.filtered})"
        times.append(waited(page, condition, lambda box=box, key=key: box.press(key)))
        page.keyboard.press("Escape")
        page.wait_for_timeout(300)
    return times[2:]


def pages(page: Page, drawn: Drawn) -> list[float]:
    """Go from page to page by the links at the top."""
    stops = ("Compare", "Coterminosity", "Then and now", "Map")
    times = []
    for _ in range(CHANGES // len(stops) + 1):
        for link in stops:
            target = page.locator(drawn.top).filter(has_text=link).first
            if not target.is_visible():
                return times
            before = page.locator("h1").first.inner_text()
            another = f"(h1 => h1 && h1.innerText.trim() && h1.innerText !== {before!r})(document.querySelector('h1'))"
            times.append(waited(page, another, target.click))
            page.wait_for_timeout(400)
    return times[len(stops) :]


def new_window(browser: Browser) -> Page:
    """Open a window with nothing kept from before."""
    page = browser.new_context(viewport={"width": 1440, "height": 1000}, bypass_csp=True).new_page()
    # The baseline's chart library asks another host for a map of the world; it gets an empty one at once.
    empty = {"body": NO_WORLD, "content_type": "application/json"}
    page.route(lambda url: "localhost" not in url, lambda route: route.fulfill(**empty))
    return page


def open_page(browser: Browser, address: str, drawn: Drawn) -> Page:
    """Open the map in a new window."""
    page = new_window(browser)
    page.goto(address)
    page.wait_for_function(drawn.whole, timeout=60_000)
    page.wait_for_timeout(1000)
    return page


def first_map(browser: Browser, address: str, drawn: Drawn) -> tuple[float, float]:
    """Return the milliseconds from asking until the first heading is painted, and until the map can be clicked."""
    page = new_window(browser)
    try:
        page.goto(address, wait_until="commit")
        page.wait_for_function(drawn.whole, timeout=60_000)
        mapped = page.evaluate("performance.now()")
        painted = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
        return page.evaluate(painted) or mapped, mapped
    finally:
        page.context.close()


def cold_start(browser: Browser, kind: str) -> tuple[float, float]:
    """Return the milliseconds from starting a server to ready and to the first interactive map."""
    begun = time.perf_counter()
    server = servers.start(kind)
    try:
        first_map(browser, server.address, MAPS[kind])
        return 1000 * server.started, 1000 * (time.perf_counter() - begun)
    finally:
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


def cell(times: list[float]) -> str:
    """Return median and p95 in milliseconds."""
    return f"{statistics.median(times):.0f} / {servers.percentile(times, 0.95):.0f}" if times else "–"


def row(words: str, times: dict[str, list[float]], target: str) -> str:
    """Return a row of the table, milliseconds, and the app's median as a share of the first edition's."""
    ours, before = times["app"], times.get("first edition", [])
    share = f"{statistics.median(ours) / statistics.median(before):.2f}" if ours and before else "–"
    cells = " | ".join(cell(times.get(kind, [])) for kind in MAPS)
    return f"| {words} | {cells} | {share} | {target} |"


def measured(browser: Browser) -> dict[str, dict[str, list[float]]]:
    """Return milliseconds by what is waited for and by what is measured, side by side."""
    times: dict[str, dict[str, list[float]]] = {}
    with ExitStack() as stack:
        running = {kind: stack.enter_context(servers.running(kind)) for kind in MAPS}
        for n in range(VISITS + 1):
            for kind, server in running.items():
                painted, mapped = first_map(browser, server.address, MAPS[kind])
                # The first reader of a server waits for more.
                if n:
                    times.setdefault("painted", {}).setdefault(kind, []).append(painted)
                    times.setdefault("map", {}).setdefault(kind, []).append(mapped)
        for kind, server in running.items():
            page = open_page(browser, server.address, MAPS[kind])
            times.setdefault("click", {})[kind] = clicks(page, MAPS[kind])
            if kind != "baseline":
                times.setdefault("pages", {})[kind] = pages(page, MAPS[kind])
            page.context.close()
            page = open_page(browser, server.address, MAPS[kind])
            times.setdefault("filter", {})[kind] = filters(page, MAPS[kind])
            page.context.close()
    for _ in range(COLD_STARTS):
        for kind in MAPS:
            ready, mapped = cold_start(browser, kind)
            times.setdefault("ready", {}).setdefault(kind, []).append(ready)
            times.setdefault("cold", {}).setdefault(kind, []).append(mapped)
    return times


def main() -> None:
    """Print the tables."""
    print(f"{servers.setting()}\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        times = measured(browser)
        browser.close()
    heads = " | ".join(f"{kind}, median / p95" for kind in MAPS)
    print(f"| milliseconds | {heads} | of the first edition | target |\n| --- | ---: | ---: | ---: | ---: | --- |")
    print(row("first words painted", times["painted"], ""))
    print(row("first map that can be clicked", times["map"], "0.6"))
    print(row("click to updated panel", times["click"], "0.6"))
    print(row("filter to changed page", times["filter"], "0.5"))
    print(row("page to page", times["pages"], "0.5"))
    print(row("cold start to ready", times["ready"], "0.8"))
    print(row("cold start to the first map", times["cold"], ""))
    streamlit, app = imports()
    print(
        f"\nImporting what the server and the first page need takes {app:.2f} s (target 1.5), "
        f"after {streamlit:.2f} s for Streamlit and its server."
    )


if __name__ == "__main__":
    main()
