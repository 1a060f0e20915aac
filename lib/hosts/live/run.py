"""A run of a page for one reader: what the link asks for, as Streamlit shows it."""

import datetime
from dataclasses import replace
from typing import Any

import streamlit as st

from geo import kept, manifest
from lib import links
from lib.content.blocks import Table
from lib.content.document import Document
from lib.content.formats import coded
from lib.content.page import Page
from lib.hosts import documents, takeaway
from lib.hosts.live import address, boxes, document


def run(page: Page) -> None:
    """Show a page as the address asks for it."""
    view, notices = address.read(page.view)
    # The title says what the boxes lead to, and the document may need what a reader gave below them.
    top = st.container()
    if not page.boxes_in_session:
        boxes.show(view, page.controls(view))
    given = page.session(view) if page.session else None
    # What a reader brought along or asked for is in the session alone: no address has it.
    offered = documents.of(page, view)
    shown = offered if given is None else page.document(view, given)
    shown = replace(shown, notices=(*(coded(sentence) for sentence in notices), *shown.notices))
    st.set_page_config(page_title=f"{shown.title} - Footprints")
    with top:
        document.head(shown, _share(page, view, shown))
    part = address.part()
    document.body(_kept_body(page, view, part) if given is None else _body(page, view, shown.part(part), offered))


@kept.within(24)
def _kept_body(page: Page, view: Any, part: str) -> dict[str, Any]:
    """Return what the browser is told of a view that stands behind its address."""
    offered = documents.of(page, view)
    return _body(page, view, offered.part(part), offered)


def _body(page: Page, view: Any, shown: Document, offered: Document) -> dict[str, Any]:
    def rows(table: Table) -> str:
        # Only what stands behind the address as well can be fetched there.
        stands = table in offered.tables()
        return takeaway.file_address(page, view, "rows", table.key) if stands else ""

    link = links.link(view)
    said = replace(shown, blocks=(*shown.blocks, *takeaway.closing(link)))
    return document.body_data(said, rows, lambda fact: takeaway.report(link, fact.label))


@kept.within(2)
def _files(page: Page, view: Any) -> list[dict[str, Any]]:
    """Return the files of a view, as the browser is told of them."""
    return [vars(file) for file in takeaway.files(page, view, documents.of(page, view))]


def _share(page: Page, view: Any, shown: Document) -> dict[str, Any]:
    today = datetime.datetime.now(datetime.UTC).date()
    return {
        "link": links.link(view),
        "citation": takeaway.citation(page.cited(view), manifest.read()["version"], today, page.memberships),
        "title": f"{shown.title} - Footprints",
        "sizes": takeaway.SIZES,
        "files": _files(page, view),
    }
