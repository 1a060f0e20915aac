"""What the live page shows of a view: its document as HTML in blocks, with what the browser draws in them.

The browser fetches it by the address of the view; only what a session alone knows comes with a run of the page.
"""

import datetime
from typing import Any
from urllib.parse import urlencode

from geo import kept, manifest
from lib import links
from lib.content import html, markup
from lib.content.blocks import Chart, MapFigure, Notices, Prose, Table
from lib.content.document import Document
from lib.content.page import Page
from lib.figures import wire
from lib.hosts import choosing, documents, takeaway

MOST_ROWS = 100
"""Rows of a table that stand in what is shown; longer ones are fetched by themselves."""
ENDING = "live"
"""Of the address at which what is shown of a view is fetched."""


def address(page: Page, query: dict[str, list[str]]) -> str:
    """Return where the browser fetches what is shown of a link, from the address of the app.

    Parameters
    ----------
    page : Page
        Whose link it is.
    query : dict of str to list of str
        Parameters of the link, untrusted.
    """
    query_string = urlencode(query, doseq=True, errors="replace")
    return f"{page.path or 'map'}.{ENDING}{'?' if query_string else ''}{query_string}"


def of(page: Page, view: Any, document: Document, part: str) -> dict[str, Any]:
    """Return what the browser is told of a view.

    Parameters
    ----------
    page : Page
        Whose view it is.
    view : object
        An instance of its class of views.
    document : Document
        What there is to say, with notices, and with what a session gave.
    part : str
        ``all``, ``map`` or ``table``.

    Returns
    -------
    dict
        ``title`` of the window; ``head`` and ``body``, each with ``blocks`` (HTML), ``maps`` and ``charts`` by key;
        ``choices``: HTML of those that are folded away; ``share``: link, citation and files.
    """
    answer = (Prose(document.lead, "lead"),) if document.lead else ()
    notices = (Notices(document.notices),) if document.notices else ()
    head = markup.heading(document.title) + html.rendered((*answer, *notices))
    return {
        "title": f"{document.title} - Footprints",
        "head": {"blocks": [head], "maps": {}, "charts": {}},
        "body": _body(page, view, document.part(part)),
        "choices": choosing.folded(page, view),
        "share": _share(page, view, document),
    }


def _body(page: Page, view: Any, document: Document) -> dict[str, Any]:
    link = links.link(view)
    offered = documents.of(page, view).tables()

    def source(table: Table) -> str:
        # Only what stands behind the address as well can be fetched there.
        fetched = len(table.rows) > MOST_ROWS and table in offered
        return takeaway.file_address(page, view, "rows", table.key) if fetched else ""

    def report(fact: Any) -> str:
        return takeaway.report(link, fact.label)

    blocks = (*document.blocks, *takeaway.closing(link))
    return {
        "blocks": [html.rendered((block,), source=source, report=report) for block in blocks],
        "maps": {block.key: wire.data(block.map) for block in document.all_of(MapFigure)},
        "charts": {block.key: {**block.draw(), "link": block.link} for block in document.all_of(Chart)},
    }


@kept.within(2)
def _files(page: Page, view: Any) -> list[dict[str, Any]]:
    """Return the files of a view, as the browser is told of them."""
    return [vars(file) for file in takeaway.files(page, view, documents.of(page, view))]


def _share(page: Page, view: Any, document: Document) -> dict[str, Any]:
    today = datetime.datetime.now(datetime.UTC).date()
    return {
        "link": links.link(view),
        "citation": takeaway.citation(page.cited(view), manifest.read()["version"], today, page.memberships),
        "title": f"{document.title} - Footprints",
        "sizes": takeaway.SIZES,
        "files": _files(page, view),
    }
