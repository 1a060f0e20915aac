"""What pages say of views, kept for all readers: a link that goes round is asked for in many forms and many times."""

from typing import Any

from geo import kept
from lib.content.blocks import MapFigure, Table
from lib.content.document import Document
from lib.content.page import Page


def _bytes(document: Document) -> int:
    """Return about how many bytes a document takes: mostly cells of tables and areas of maps, 50 to 300 KB."""
    cells = sum(len(table.rows) * len(table.columns) for table in document.all_of(Table))
    areas = sum(len(areas.class_of) for figure in document.all_of(MapFigure) for areas in figure.map.areas)
    return 30_000 + 90 * cells + 330 * areas


@kept.within(48, _bytes)
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
