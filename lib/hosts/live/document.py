"""The places of the live page where documents stand, and what is to stand there."""

from collections.abc import Iterable
from typing import Any

import streamlit as st

from lib.browser import assets
from lib.content import html
from lib.content.blocks import Block

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


def head() -> None:
    """Make the place for title, answer and notices, and the line for taking the view along."""
    _place("head")


def choices() -> None:
    """Make the place for choices that are folded away: they come with the document."""
    _place("choices")


def fetched(source: str) -> None:
    """Make the place for all else, and let the browser fetch what stands behind an address into all places."""
    _show("body", {"source": source, "library": assets.charts_url()})


def told(source: str, contents: dict[str, Any]) -> None:
    """The same for what a session knows, in the form of `lib.hosts.contents.of`: no address has it."""
    _show("body", {"source": source, "library": assets.charts_url(), "contents": contents})


def _place(name: str) -> None:
    # Costs the server a fifth of what a component does, and is never sent twice.
    st.html(f'<div class="fp-place" data-place="{name}"></div>', width="content" if name == "choices" else "stretch")


def blocks(key: str, items: Iterable[Block]) -> None:
    """Show blocks that belong to no document: text and links, no maps."""
    _show(key, {"blocks": [html.rendered(items)], "maps": {}, "charts": {}})


def _show(key: str, data: dict[str, Any]) -> None:
    _component(key=key, data=data)
