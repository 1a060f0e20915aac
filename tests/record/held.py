"""Hold the pages of today against the record: ``python -m tests.record.held [/council]`` lists what differs."""

import sys
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from lib import links
from lib.content.page import Page
from pages import PAGES
from tests.record import compare, documents, store


def views(page: Page) -> dict[str, dict]:
    """Return the recorded views of a page that a link alone leads to, by link; none of a page that is newer."""
    file = store.page_file(f"/{page.path}")
    recorded = store.read(file) if file.is_file() else {}
    return {link: told for link, told in recorded.items() if " with " not in link}


def differences(page: Page, link: str, told: dict) -> list[compare.Difference]:
    """Return what a page's document of a link has otherwise than the record, and no line explains."""
    view, notices = links.parse(page.view, parse_qs(urlsplit(link).query))
    document = page.document(view, None) if page.session else page.document(view)
    now = documents.read(document)
    now["notices"] = [*now.get("notices", []), *notices]
    return compare.unexplained(compare.differences(link, told, now))


def everything(only: str = "") -> Iterator[compare.Difference]:
    """Yield what differs on all pages, or on those whose links begin with `only`."""
    for page in PAGES:
        for link, told in views(page).items():
            if link.startswith(only):
                yield from differences(page, link, told)


if __name__ == "__main__":
    for one in everything(*sys.argv[1:2]):
        print(f"{one.view}\n  {one.what}\n  - {one.old}\n  + {one.new}")
