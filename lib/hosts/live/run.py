"""A run of a page for one reader: what the link asks for, as Streamlit shows it."""

import datetime
from dataclasses import replace
from typing import Any

import streamlit as st

from geo import manifest
from lib import links
from lib.content.blocks import Table
from lib.content.document import Document
from lib.content.formats import coded
from lib.content.page import Page
from lib.hosts import takeaway
from lib.hosts.live import address, boxes, document


def run(page: Page) -> None:
    """Show a page as the address asks for it."""
    view, notices = address.read(page.view)
    # The title says what the boxes lead to, and the document may need what a reader gave below them.
    top = st.container()
    boxes.show(view, page.controls(view))
    given = page.session(view) if page.session else None
    shown = page.document(view, given) if page.session else page.document(view)
    # What a reader brought along or asked for is in the session alone: no address has it.
    offered = shown if given is None else page.document(view, None)
    shown = replace(shown, notices=(*(coded(sentence) for sentence in notices), *shown.notices))
    st.set_page_config(page_title=f"{shown.title} - Footprints")
    with top:
        document.head(shown, _share(page, view, shown, offered))
    shown = shown.part(address.part())

    def rows(table: Table) -> str:
        # Only what stands behind the address as well can be fetched there.
        stands = given is None or table in offered.tables()
        return takeaway.file_address(page, view, "rows", table.key) if stands else ""

    document.body(replace(shown, blocks=(*shown.blocks, *takeaway.closing(links.link(view)))), rows)


def _share(page: Page, view: Any, shown: Document, offered: Document) -> dict[str, Any]:
    today = datetime.datetime.now(datetime.UTC).date()
    return {
        "link": links.link(view),
        "citation": takeaway.citation(page.cited(view), manifest.read()["version"], today, page.memberships),
        "title": f"{shown.title} - Footprints",
        "sizes": takeaway.SIZES,
        "files": [vars(file) for file in takeaway.files(page, view, offered)],
    }
