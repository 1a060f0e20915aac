"""What pages say of views, kept for all readers: a link that goes round is asked for in many forms and many times."""

from typing import Any

from geo import kept
from lib.content.document import Document
from lib.content.page import Page


# Some 50 KB each, of long ones 300.
@kept.within(48)
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
