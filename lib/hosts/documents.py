"""What pages say of views, kept for all readers: a link that goes round is asked for in many forms and many times."""

from functools import lru_cache
from typing import Any

from lib.content.document import Document
from lib.content.page import Page

MOST = 256
"""Documents that are kept, the least lately used given up first: some 50 KB each, of long ones 300."""


@lru_cache(maxsize=MOST)
def of(page: Page, view: Any) -> Document:
    """Return what a page says of a view where there is no session.

    Parameters
    ----------
    page : Page
        Whose view it is.
    view : object
        An instance of its class of views.
    """
    return page.document(view, None) if page.session else page.document(view)
