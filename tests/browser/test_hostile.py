"""Markup of strangers in links, searches and files is shown as letters, and nothing is kept in the browser."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests import hostile
from tests.hostile import MARK

pytestmark = pytest.mark.browser

MARKUP = [said for said in hostile.MARKUP if len(said) < 60]
# Where the mark stands in the page: each time the kind of element around it, or the attribute.
FIND = """(mark) => {
  const found = []
  const walk = (root) => {
    for (const element of root.querySelectorAll("*")) {
      for (const {name, value} of element.attributes)
        // A heading's address is made of its letters and digits.
        if (value.includes(mark) && !/^#[\\w-]+$/.test(value)) found.push(`${element.tagName} ${name}`)
      for (const node of element.childNodes)
        if (node.nodeType === 3 && node.data.includes(mark)) found.push(element.tagName)
      if (element.shadowRoot) walk(element.shadowRoot)
    }
  }
  walk(document)
  return [...new Set(found)].sort()
}"""


def opened(page: Page, path: str) -> list[str]:
    """Open a page and return what it says in dialogs: nothing, if all is well."""
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(path)
    expect(page.get_by_text("Data version").last).to_be_visible()
    return dialogs


@pytest.mark.parametrize(("path", "names"), [("/", ("stp", "colour", "lead", "view")), ("/briefing", ("stp", "acs"))])
def test_markup_in_a_link_is_shown_as_letters(watched, path, names):
    page = watched.page
    given = [(name, said) for name, said in zip(names, MARKUP, strict=False)] + [(said, said) for said in MARKUP]
    dialogs = opened(page, f"{path}?{urlencode(given)}")
    notice = page.locator(".fp-notices, .st-key-notice").first
    expect(notice).to_contain_text(MARK)
    for name in names:
        expect(notice).to_contain_text(name)
    assert page.evaluate(FIND, MARK) == ["CODE"]
    page.get_by_placeholder("Find a place").fill(" ".join(MARKUP[:4]))
    page.keyboard.press("Enter")
    expect(page.locator(".fp-found code")).to_contain_text(MARK)
    assert {"CODE", "INPUT value"} >= {*page.evaluate(FIND, MARK)}
    assert dialogs == []


def test_markup_in_a_file_is_shown_as_letters(watched):
    page = watched.page
    dialogs = opened(page, "/your-numbers")
    head, tail = f"<img src=x onerror=alert('{MARK}')>", f"**{MARK}** [x](javascript:alert(1)) $x$"
    rows = [f'"<script>{MARK}</script>",{head}{tail}', "E54000015,3", "E54000016,4", "E54000017,5.5", f"<b>{MARK},7"]
    file = {"name": f"{MARK}<b>.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("heading", name=head).first).to_be_visible()
    assert (
        page.locator(f"img[src=x], a[href^=javascript], b:has-text('{MARK}'), strong:has-text('{MARK}')").count() == 0
    )
    assert not [
        where for where in page.evaluate(FIND, MARK) if where.split()[0] in ("SCRIPT", "IMG", "A", "B", "STRONG")
    ]
    assert dialogs == []


def test_the_browser_keeps_one_cookie_against_forged_requests_and_nothing_of_the_reader(watched):
    page = watched.page
    opened(page, "/?stp=E54000015")
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"_streamlit_xsrf"}
    kept = page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "E54000015" not in kept and "Leicester" not in kept
