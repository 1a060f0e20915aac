"""What stands at the top of every page: the name, the pages, and what opens the rest of them."""

from collections.abc import Iterable
from html import escape

from lib.content.markup import attributes
from lib.content.page import Page


def header(pages: Iterable[Page], here: Page | None) -> str:
    """Return name and pages as HTML, the one that is open marked: those of the first row, and all in a menu.

    Where there is room the menu shows only what the row does not; on a phone it shows all of them.
    """
    listed = list(pages)
    first = "".join(_item(page, here) for page in listed if page.top)
    every = "".join(_item(page, here, "fp-first" if page.top else None) for page in listed)
    # What is open inside the menu is named on it, or nothing would say which page this is.
    inside = here is not None and not here.top
    more = f"More<span> · {escape(here.name)}</span>" if here is not None and inside else "More"
    return (
        f"<header class=fp-top><a class=fp-name href=/>Footprints</a><nav aria-label=Pages><ul>{first}</ul>"
        f"<details class=fp-menu><summary{attributes(class_='fp-inside' if inside else None)}>"
        f"<span class=fp-wide>{more}</span><span class=fp-narrow>Menu</span></summary><ul>{every}</ul></details>"
        "</nav></header>"
    )


def _item(page: Page, here: Page | None, kind: str | None = None) -> str:
    link = attributes(href=f"/{page.path}", aria_current="page" if page is here else None)
    return f"<li{attributes(class_=kind)}><a{link}>{escape(page.name)}</a></li>"
