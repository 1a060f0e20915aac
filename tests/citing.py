"""Views in words, as their pages cite them."""

from typing import Any

from pages import PAGES


def cited(view: Any) -> str:
    """Return a view in words."""
    (page,) = (page for page in PAGES if page.view is type(view))
    return page.cited(view)
