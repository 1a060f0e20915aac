"""Links change the view without loading the page again: however fast readers are, address and content agree."""

import os
import random
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from lib import catalogue, links
from pages.footprint.view import FootprintView
from pages.map.view import MapView
from tests.browser.conftest import PATIENCE, SIZE, live
from tests.browser.map_areas import area, wait_for_map

pytestmark = pytest.mark.browser

STPS = catalogue.footprints()
LEICESTER, NORFOLK = "E54000015", "E54000022"
SEQUENCES = int(os.environ.get("LINK_SEQUENCES", "4"))
"""How many random sequences are tried; the release is held to 50."""
LINKS = [
    *(links.link(MapView(stp=code, colour=colour)) for code in list(STPS)[::9] for colour in ("rating", "lead")),
    links.link(MapView()),
    *(links.link(FootprintView(stp=code)) for code in list(STPS)[3::11]),
]

# Half of the added latency on the way there, half on the way back; what arrived is counted.
_SLOW = """(() => {
    const Plain = WebSocket, half = 75
    window.received = window.pending = 0
    const fetched = window.fetch
    window.fetch = (...asked) => {
        window.pending++
        return fetched(...asked).finally(() => window.pending--)
    }
    window.WebSocket = class extends Plain {
        send(data) { setTimeout(() => super.send(data), half) }
        addEventListener(kind, listener, options) {
            const heard = event => setTimeout(() => { window.received++; listener(event) }, half)
            const late = kind === "message" ? heard : listener
            super.addEventListener(kind, late, options)
        }
        set onmessage(listener) {
            super.onmessage = event => setTimeout(() => { window.received++; listener(event) }, half)
        }
    }
})()"""

_PLAY = """async steps => {
    for (const [wait, what] of steps) {
        await new Promise(done => setTimeout(done, wait))
        if (what === "back") history.back()
        else if (what === "forward") history.forward()
        else {
            const link = Object.assign(document.createElement("a"), { href: what })
            document.body.append(link)
            link.click()
            link.remove()
        }
    }
}"""

# Nothing runs, nothing is on its way and nothing has changed for a while.
_REST = """() => new Promise(done => {
    let since = performance.now(), before = ""
    const look = () => {
        const app = document.querySelector("[data-testid=stApp]")
        const { testScriptState } = app.dataset
        const now = `${location} ${document.querySelector("[data-testid=stMain]").innerText}`
        if (now !== before || testScriptState !== "notRunning" || window.pending) since = performance.now()
        before = now
        if (performance.now() - since > 1200) done(true)
        else setTimeout(look, 50)
    }
    look()
})"""


def shown(page: Page) -> str:
    """Return what stands on the page: its title, which names what is chosen."""
    return page.get_by_role("heading", level=1).inner_text()


def expected(address: str) -> str:
    """Return what has to stand on the page of an address."""
    at = urlsplit(address)
    said = {name: values[-1] for name, values in parse_qs(at.query).items()}
    name = STPS[said["stp"]].name if said.get("stp", "none") in STPS else None
    return name or "Five outstanding, five needing most improvement"


def local(address: str) -> str:
    at = urlsplit(address)
    return f"{at.path}?{at.query}" if at.query else at.path


@pytest.fixture
def reader(browser, address) -> Iterator[Page]:
    """A reader with a bad line, who has opened the map."""
    context = browser.new_context(viewport=SIZE, base_url=address)
    context.set_default_timeout(PATIENCE)
    page = live(context.new_page())
    page.add_init_script(_SLOW)
    page.goto("/")
    wait_for_map(page)
    page.evaluate("window.loaded = true")
    yield page
    context.close()


def test_random_clicks_back_and_forward_leave_address_and_content_together(reader):
    chance = random.Random(2017)
    clicked = {"/"}
    for number in range(SEQUENCES):
        steps = []
        for _ in range(chance.randint(3, 9)):
            what = chance.choices(["link", "back", "forward"], [7, 2, 1])[0]
            steps.append((chance.randint(0, 300), chance.choice(LINKS) if what == "link" else what))
        # Not further back than where it began: that would leave the app.
        depth, kept = reader.evaluate("navigation.currentEntry.index"), []
        for wait, what in steps:
            depth += {"back": -1, "forward": 0}.get(what, 1)
            if depth < 1:
                depth += 1
                continue
            kept.append((wait, what))
        clicked |= {what for _, what in kept}
        reader.evaluate(_PLAY, kept)
        reader.evaluate(_REST)
        address = reader.evaluate("location.href")
        assert shown(reader) == expected(address), (number, address, kept)
        if kept[-1][1] in LINKS:
            assert local(address) == kept[-1][1], (number, "the last click wins", kept)
        entries = reader.evaluate("navigation.entries().map(entry => entry.url)")
        assert {local(entry) for entry in entries} <= clicked | {"blank"}, (number, kept)
    assert reader.evaluate("window.loaded"), "no page was loaded anew"


def test_another_page_begins_at_its_heading_and_back_where_the_reader_was(reader):
    reader.set_viewport_size({"width": 1200, "height": 500})
    main = reader.get_by_test_id("stMain")
    main.evaluate("element => element.scrollTo(0, 640)")
    reader.evaluate(_PLAY, [(0, links.link(FootprintView(stp=LEICESTER)))])
    heading = reader.get_by_role("heading", level=1)
    expect(heading).to_have_text(STPS[LEICESTER].name)
    expect(heading).to_be_focused()
    expect(reader.locator("#fp-announced")).to_have_text(STPS[LEICESTER].name)
    assert main.evaluate("element => element.scrollTop") == 0
    reader.go_back()
    wait_for_map(reader)
    expect(heading).to_have_text("Five outstanding, five needing most improvement")
    expect(main).to_have_js_property("scrollTop", 640)
    assert reader.evaluate("window.loaded")


def test_a_choice_on_the_map_leaves_focus_and_scroll_where_they_are(reader):
    area(reader, NORFOLK).focus()
    scroll = reader.get_by_test_id("stMain").evaluate("element => element.scrollTop")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Norfolk and Waveney")
    expect(area(reader, NORFOLK)).to_be_focused()
    assert reader.get_by_test_id("stMain").evaluate("element => element.scrollTop") == scroll


def test_a_link_with_a_modifier_or_a_target_is_the_browsers(reader):
    with reader.context.expect_page() as opened:
        area(reader, LEICESTER).locator("path").click(modifiers=["Control"])
    # It opens empty, and then goes where the link leads.
    expect(opened.value).to_have_url(re.compile(rf"\?stp={LEICESTER}"))
    expect(reader.get_by_role("heading", level=1)).to_have_text("Five outstanding, five needing most improvement")
    opened.value.close()


def test_what_stands_behind_a_link_is_shown_before_its_run(browser, address):
    context = browser.new_context(viewport=SIZE, base_url=address)
    context.set_default_timeout(PATIENCE)
    page = live(context.new_page())
    page.add_init_script(_SLOW.replace("half = 75", "half = 2000"))
    page.goto("/")
    wait_for_map(page)
    page.evaluate(_REST)
    before = page.evaluate("window.received")
    assert before > 0
    for link, words in (
        (MapView(stp=LEICESTER), STPS[LEICESTER].name),
        (FootprintView(stp=NORFOLK), "Norfolk and Waveney"),
        (MapView(lead=("ccg",)), "16 footprints led by a CCG"),
    ):
        page.evaluate(_PLAY, [(0, links.link(link))])
        expect(page.get_by_role("heading", level=1)).to_have_text(words)
        expect(page).to_have_title(f"{words} - Footprints")
    # The line still brings what the first of them asked for, or nothing yet.
    assert page.evaluate("window.received") == before
    page.evaluate(_REST)
    assert shown(page) == "16 footprints led by a CCG"
    context.close()


def test_what_cannot_be_fetched_is_said_and_can_be_asked_for_again(reader):
    reader.route("**/*.live*", lambda route: route.abort())
    reader.evaluate(_PLAY, [(0, links.link(FootprintView(stp=NORFOLK)))])
    expect(reader.get_by_role("alert")).to_contain_text("What stands behind this link could not be fetched.")
    reader.unroute("**/*.live*")
    reader.get_by_role("button", name="Try again").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Norfolk and Waveney")
    expect(reader.get_by_role("alert")).to_have_count(0)
    assert reader.evaluate("window.loaded")
