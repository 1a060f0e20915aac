"""A map in a bare HTML page, with nothing of Streamlit: for tests that need no server."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Route

from geo import paths
from lib.browser import assets
from lib.figures import wire
from lib.figures.maps import Map

ADDRESS = "http://localhost:1"
"""Nobody listens there: the page's requests are answered from the files."""


def html(drawn: Map, around: str = "") -> str:
    """Return a page that draws a map; `around` is HTML that stands below it."""
    data = json.dumps(wire.data(drawn)).replace("<", "\\u003c")
    return f"""<!doctype html><html lang=en><title>A map</title>
<link rel=stylesheet href="/{assets.url("map.css")}">
<style>body {{ margin: 0 }} main {{ height: 2000px }} #map {{ width: 100vw; height: 100vh; aspect-ratio: auto }}</style>
<main><h1>A map</h1><div id=map data-map=tested></div>{around}</main>
<script type=application/json id=data>{data}</script>
<script type=module>
import {{ draw }} from "/{assets.url("map.js")}"
const element = document.getElementById("map")
window.redraw = specification => draw(element, specification)
redraw(JSON.parse(document.getElementById("data").textContent)).then(() => {{ window.ready = true }})
</script>"""


def answer(route: Route, pages: dict[str, str]) -> None:
    """Answer a request from the files, or with one of some pages."""
    path = urlsplit(route.request.url).path
    if path.startswith(f"/{assets.PREFIX}"):
        body, kind = assets.served(path.removeprefix(f"/{assets.PREFIX}"))
        route.fulfill(body=body, content_type=kind)
    elif path.startswith("/app/static/"):
        file = paths.STATIC / path.rpartition("/")[2]
        route.fulfill(body=file.read_bytes(), content_type="application/json")
    else:
        route.fulfill(body=pages.get(path, "<!doctype html><title>Elsewhere</title>"), content_type="text/html")


@contextmanager
def opened(browser: Browser, drawn: Map, around: str = "", **options: Any) -> Iterator[Page]:
    """Open a map in a window of its own; `options` are those of the window."""
    context = browser.new_context(**{"viewport": {"width": 800, "height": 820}} | options)
    pages = {"/": html(drawn, around)}
    context.route(f"{ADDRESS}/**", lambda route: answer(route, pages))
    page = context.new_page()
    page.goto(ADDRESS)
    page.wait_for_function("window.ready")
    yield page
    context.close()
