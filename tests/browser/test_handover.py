"""From the page behind a link to the live page: nothing is absent or moves on the way."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

# Looks every 50 ms, from the first paint on, at what can be seen.
_WATCH = """
addEventListener("DOMContentLoaded", () => {
  window.seen = []
  const place = (selector) => {
    for (const element of document.querySelectorAll(selector)) {
      const { x, y, width, height } = element.getBoundingClientRect()
      if (width && height && element.checkVisibility({ visibilityProperty: true })) return [x, y]
    }
    return null
  }
  setInterval(() => {
    if (performance.getEntriesByName("first-contentful-paint").length)
      window.seen.push({
        heading: place("h1"), map: place(".fp-map"), table: place(".fp-table table"), title: document.title,
        live: !document.getElementById("fp-still"),
      })
  }, 50)
})
"""


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
@pytest.mark.parametrize("link", ["/", "/footprint?stp=QK1", "/what-if"])
def test_nothing_is_absent_or_moves_while_the_live_page_comes(browser, address, link, width, height):
    page = browser.new_page(viewport={"width": width, "height": height}, base_url=address)
    page.add_init_script(_WATCH)
    told = []
    page.on("request", lambda request: told.append(request.url) if "/took-over?" in request.url else None)
    page.goto(link)
    expect(page.locator("#fp-still")).to_have_count(0)
    page.wait_for_timeout(120)
    seen = page.evaluate("window.seen")
    page.close()
    (said,) = told
    path = re.escape(quote(link.partition("?")[0], safe=""))
    assert re.search(rf"/took-over\?page={path}&after=\d+$", said)
    assert seen[-1]["live"]
    assert len({one["title"] for one in seen}) == 1
    assert not seen[0]["live"]
    for part in ("heading", "map", "table"):
        places = [one[part] for one in seen]
        assert all(places), part
        for across in (0, 1):
            moved = [place[across] for place in places]
            assert max(moved) - min(moved) <= 8, part


@pytest.fixture
def page(browser, address):
    page = browser.new_page(base_url=address)
    yield page
    page.close()


def test_without_a_session_the_page_stays_and_its_form_and_links_work(page):
    page.route("**/_stcore/**", lambda route: route.abort())
    page.goto("/footprint?stp=QK1")
    expect(page.locator("#fp-still h1")).to_have_text("Leicester, Leicestershire and Rutland")
    page.locator("select[name=stp]").select_option("Dorset")
    # Enter sends the form; its button shows itself once nothing else is to be hoped for.
    page.locator(".fp-choose button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#fp-still h1")).to_have_text("Dorset")
    page.locator("#fp-still").get_by_role("link", name="Compare with another").click()
    expect(page).to_have_url(re.compile(r"/compare\?"))
    expect(page.locator("#fp-still h1")).to_be_visible()


def test_what_a_reader_does_meanwhile_is_not_lost(page):
    page.goto("/footprint?stp=QK1", wait_until="commit")
    box = page.get_by_role("searchbox", name="Find an area")
    box.fill("Bassetlaw")
    expect(page.get_by_role("link", name=re.compile("Bassetlaw")).first).to_be_visible()
    number = page.locator("#fp-still select[name=stp]")
    number.focus()
    # Who is busy in a box is left alone; the search stays in any case.
    expect(page.locator("[data-testid=stMain] h1")).to_have_count(1)
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_have_count(1)
    expect(number).to_be_focused()
    expect(box).to_have_value("Bassetlaw")
    link = page.locator("#fp-still").get_by_role("link", name="Compare with another")
    link.focus()
    expect(page.locator("#fp-still")).to_have_count(0)
    expect(page.get_by_role("link", name="Compare with another")).to_be_focused()


def test_an_embed_changes_its_view_without_a_session(page):
    sockets = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    page.goto("/?embed=true&view=map")
    area = page.get_by_role("link", name="Dorset")
    area.click()
    expect(page.locator("h1")).to_have_text("Dorset")
    expect(page).to_have_title("Dorset - Footprints")
    expect(page.get_by_role("link", name="Dorset")).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("link", name="Open this view in Footprints")).to_have_attribute("target", "_blank")
    assert not sockets
