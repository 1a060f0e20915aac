"""What stands at the top of every page: the name, the pages, and what opens the rest of them."""

from collections.abc import Iterable
from html import escape

from lib.content.markup import attributes
from lib.content.page import Page


def bar(pages: Iterable[Page], here: Page | None, sought: str = "") -> str:
    """Return the bar as HTML, which stays when the live page comes: the pages, and the box that finds what is `sought`.

    Parameters
    ----------
    pages : iterable of Page
        All pages.
    here : Page or None
        The one that is open.
    sought : str, optional
        Words that a reader looked for.
    """
    # Inside a section its header is not that of the page: Streamlit has one of its own.
    skip = "<a class=fp-skip href=#fp-main>Skip to main content</a>"
    return f'<section id=fp-bar aria-label="Pages and search">{skip}{_header(pages, here)}{_finder(sought)}</section>'


def _finder(sought: str) -> str:
    box = attributes(
        name="q",
        type="search",
        aria_label="Find an area, organisation, code or postcode",
        placeholder="Find a place, trust or code",
        maxlength="200",
        value=sought,
        autocomplete="off",
    )
    return f"<form class=fp-find action=/find role=search><input{box}><button>Find</button></form>"


def _header(pages: Iterable[Page], here: Page | None) -> str:
    """Return name and pages, the one that is open marked: those of the first row, and all in a menu.

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
