"""A running app and a browser that watches for errors and for requests to other hosts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from benchmarks import servers
from tests.browser import chromium

PATIENCE = 60_000
"""Milliseconds: a machine that is busy with ten other things draws a map in half a minute."""
expect.set_options(timeout=PATIENCE)
# Chromium's own background traffic is not the app's.
_PRIVATE = re.compile(r"^Cannot read properties of (undefined|null) \(reading '_\w+'\)$")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run a test once more that failed in the browser: what fails twice is no matter of a busy machine.

    The report names what was run again (``RERUN``): look into what stands there more than once.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of an app that all tests share."""
    with servers.running("make app") as server:
        yield server.address


@pytest.fixture
def fresh_address() -> Iterator[str]:
    """The address of an app that nobody has opened yet."""
    with servers.running("make app") as server:
        yield server.address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page with what it asked other hosts for and what it complained of."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Watched]:
    """Open a browser window whose page must ask no other host and print no error."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, base_url=address)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE)
    watched = Watched(context.new_page())

    def complain(message: ConsoleMessage) -> None:
        # Streamlit looks for its own server below the page's path first and finds nothing there.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            watched.complaints.append(f"{message.text} {message.location['url']}")

    own = ("http://localhost:", "ws://localhost:", "data:", "blob:")
    watched.page.on("request", lambda r: None if r.url.startswith(own) else watched.elsewhere.append(r.url))
    watched.page.on("console", complain)
    # The chart library finishes drawing a map that has left the page, and misses its own private parts.
    watched.page.on("pageerror", lambda e: _PRIVATE.search(str(e)) or watched.complaints.append(str(e)))
    yield watched
    context.close()
    assert not watched.elsewhere, "the page asked other hosts"
    assert not watched.complaints, "the page printed errors"
