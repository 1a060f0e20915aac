"""A running app and a browser that watches for errors and for requests to other hosts."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response, expect, sync_playwright

from tests import servers
from tests.browser import chromium

PATIENCE = 60_000
"""Milliseconds: a machine that is busy with ten other things draws a map in half a minute."""
expect.set_options(timeout=PATIENCE)
SIZE = {"width": 1440, "height": 1000}
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
def address(for_one: servers.Server) -> str:
    """The address of an app that all tests share."""
    return for_one.address


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


def live(page: Page) -> Page:
    """Let a window that opens a link wait until the live page has taken the place of the one behind it."""

    def waiting(go: Callable[..., Response | None]) -> Callable[..., Response | None]:
        def gone(*link: str, **options: Any) -> Response | None:
            answer = go(*link, **options)
            expect(page.locator("#fp-still")).to_have_count(0)
            return answer

        return gone

    page.goto, page.reload = waiting(page.goto), waiting(page.reload)
    return page


@dataclass
class Window:
    """One window for many tests: what it has read of Streamlit's scripts it keeps, so a page opens three times faster.

    Each test gets it as a new one would be.
    """

    browser: Browser
    address: str
    page: Page | None = None

    def opened(self) -> Page:
        """Return the window without anything of the test before."""
        if self.page is None:
            context = self.browser.new_context(viewport=SIZE, base_url=self.address)
            context.grant_permissions(["clipboard-read", "clipboard-write"])
            context.set_default_timeout(PATIENCE)
            self.page = live(context.new_page())
        return self.page

    def clear(self) -> None:
        """Forget what a test did; close the window if that does not work."""
        page, context = self.page, self.page.context
        try:
            for other in context.pages:
                if other != page:
                    other.close()
            page.unroute_all(behavior="ignoreErrors")
            page.evaluate("() => { try { localStorage.clear(); sessionStorage.clear() } catch {} }")
            page.goto("about:blank")
            context.clear_cookies()
            page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
            page.set_viewport_size(SIZE)
            page.mouse.move(0, 0)
        except Error:
            self.close()

    def close(self) -> None:
        """Close it; the next test gets a new one."""
        if self.page:
            self.page.context.close()
        self.page = None


@pytest.fixture(scope="session")
def window(browser: Browser, address: str) -> Iterator[Window]:
    """The window that tests open one after the other."""
    window = Window(browser, address)
    yield window
    window.close()


@dataclass
class Watched:
    """A page with what it asked other hosts for and what it complained of."""

    page: Page
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def watched(window: Window, address: str, request: pytest.FixtureRequest) -> Iterator[Watched]:
    """Open a browser window whose page must ask no other host and print no error."""
    if getattr(request.node, "execution_count", 1) > 1:
        # What failed is tried again in a window that has seen nothing.
        window.close()
    watched = Watched(window.opened())
    own = ("http://localhost:", "ws://localhost:", "data:", "blob:", "about:")

    def complain(message: ConsoleMessage) -> None:
        # Streamlit looks for its own server below the page's path first and finds nothing there.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            watched.complaints.append(f"{message.text} {message.location['url']}")

    def ask(request: Request) -> None:
        if not request.url.startswith(own):
            watched.elsewhere.append(request.url)

    def fail(error: Error) -> None:
        # The chart library finishes drawing a map that has left the page, and misses its own private parts.
        if not _PRIVATE.search(str(error)):
            watched.complaints.append(str(error))

    listeners = {"request": ask, "console": complain, "pageerror": fail}
    for event, listener in listeners.items():
        watched.page.on(event, listener)
    yield watched
    for event, listener in listeners.items():
        watched.page.remove_listener(event, listener)
    window.clear()
    assert not watched.elsewhere, "the page asked other hosts"
    assert not watched.complaints, "the page printed errors"
