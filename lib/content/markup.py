"""Pieces of HTML that are safe whatever is put into them: attributes, addresses, headings, colours."""

import html
import re
from urllib.parse import urlsplit

from lib.themes import HATCH_SWATCHES, Category

_SCHEMES = frozenset({"", "http", "https", "mailto"})
_UNSEEN = re.compile(r"[\x00-\x20\x7f]")
_MARKUP = re.compile("[&<>\"']")


def escape(text: str) -> str:
    """Return a text as HTML, for between tags and for attributes in quotes."""
    # Most texts have nothing to escape: to look costs a third.
    return html.escape(text) if _MARKUP.search(text) else text


def heading(title: str) -> str:
    """Return the heading of a page; it can be focused by scripts, so that a change of page is read out."""
    return f"<h1 tabindex=-1>{escape(title)}</h1>"


def attributes(**values: str | bool | None) -> str:
    """Return attributes of an element, each with a space before it; those without a value are left out.

    An underscore in a name stands for a hyphen, one at its end for nothing.
    """
    parts = []
    for word, value in values.items():
        if value is None or value is False or value == "":
            continue
        name = word.rstrip("_").replace("_", "-")
        parts.append(f" {name}" if value is True else f' {name}="{escape(str(value))}"')
    return "".join(parts)


def safe_address(address: str) -> str | None:
    """Return an address that a link may lead to; None for one of a kind that is not allowed.

    Browsers overlook control characters and spaces in front of ``javascript:``, so an address with any is refused.
    """
    if not _is_plain(address) and _UNSEEN.search(address):
        return None
    if address.startswith("/"):
        # Two lead to another host.
        return None if address.startswith(("//", "/\\")) else address
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return None
    return address if scheme.lower() in _SCHEMES and not address.startswith("\\") else None


def _is_plain(address: str) -> bool:
    """Tell in little time of most addresses that nothing in them is unseen."""
    return address.isprintable() and " " not in address


def swatch(category: Category) -> str:
    """Return the colour, stripes and mark of a class."""
    style = f"background-color:{category.fill};color:{category.ink};"
    if category.hatch:
        stripe, angle = HATCH_SWATCHES[category.hatch]
        style += f"background-image:repeating-linear-gradient({angle},{stripe} 0 2px,transparent 2px 6px);"
    return f"<span{attributes(class_='fp-swatch', style=style)}>{escape(category.mark)}</span>"
