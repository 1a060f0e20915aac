"""Documents on the live page, each shown by one component for its head and one for its body."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from lib import links
from lib.browser import assets
from lib.content import html, markup
from lib.content.blocks import Block, Chart, MapFigure, Notices, Prose, Table
from lib.content.document import Document
from lib.figures import wire

MOST_ROWS = 100
"""Rows of a table that travel with every run."""

# The address names what stands there, so a browser fetches each file once.
_component = st.components.v2.component(
    "footprints_document",
    js=f"""
export default async function ({{ parentElement, data }}) {{
  const {{ mount }} = await import(new URL("{assets.url("live.js")}", document.baseURI).href)
  mount(parentElement, data)
}}
""",
    isolate_styles=False,
)


def head(document: Document, share: dict[str, Any] | None) -> None:
    """Show title, answer and notices, and the line for taking the view along."""
    answer = (Prose(document.lead, "lead"),) if document.lead else ()
    notices = (Notices(document.notices),) if document.notices else ()
    title = markup.heading(document.title)
    _show("head", {"blocks": [title + html.rendered((*answer, *notices))], "maps": {}, "charts": {}, "share": share})


def body(data: dict[str, Any]) -> None:
    """Show what there is to say, as `body_data` gives it."""
    _show("body", data)


def blocks(key: str, items: Iterable[Block]) -> None:
    """Show blocks that belong to no document: text and links, no maps."""
    _show(key, {"blocks": [html.rendered(items)], "maps": {}, "charts": {}})


def body_data(
    document: Document, rows: html.Source | None = None, report: html.Report = lambda _: ""
) -> dict[str, Any]:
    """Return the blocks of a document as HTML, with what the browser draws in them.

    Parameters
    ----------
    document : Document
        What there is to say.
    rows : callable, optional
        Gives the address at which the browser fetches a table, if it has many rows: with every run they would travel
        again. By default all stand in full.
    report : callable, optional
        Gives the address at which an error in a fact is reported.
    """

    def source(table: Table) -> str:
        return rows(table) if rows and len(table.rows) > MOST_ROWS else ""

    return {
        "blocks": [html.rendered((block,), source=source, report=report) for block in document.blocks],
        "maps": {block.key: wire.data(block.map) for block in document.all_of(MapFigure)},
        "charts": {
            block.key: {"data": block.figure["data"], "layout": block.figure["layout"], "link": block.link}
            for block in document.all_of(Chart)
        },
    }


def _show(key: str, data: dict[str, Any]) -> None:
    _component(key=key, data=data | {"library": assets.charts_url(), "pages": list(links.PAGES)})
