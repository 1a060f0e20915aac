"""Pieces of pages: legend, area panel, charts, notices, evidence, footer."""

from collections.abc import Collection
from html import escape
from typing import Literal

import plotly.graph_objects as go
import streamlit as st

from geo import manifest
from lib import charts, councils, links, table_widgets, themes, widgets
from lib.evidence import Fact
from lib.text import capital, escaped, source_markdown
from lib.themes import Category, Theme


def notices(sentences: list[str]) -> None:
    """Show what was ignored of a link, and what is shown instead."""
    if sentences:
        with st.container(key="notice"):
            st.warning("\n\n".join(sentences))


def legend(theme: Theme, shown: Collection[str], name: str = "") -> None:
    """Show the classes of the map with their counts; with the map's name they light up on it."""
    with st.container(key="legend"):
        st.html(legend_html(theme, shown, name))


def legend_html(theme: Theme, shown: Collection[str], name: str = "") -> str:
    """Return the legend as an HTML table; all its words are the project's own."""
    rows = []
    for entry in themes.legend(theme, shown):
        count = f"{entry.count}" if entry.shown == entry.count else f"{entry.shown} of {entry.count}"
        rows.append(
            f'<tr data-map="{escape(name)}" data-class="{escape(entry.category.key)}"><td>{swatch(entry.category)}</td>'
            f"<th scope=row>{escape(entry.category.label)}</th>"
            f"<td class=fp-number>{count}</td></tr>"
        )
    many = capital(theme.many)
    return (
        f"<table class=fp-legend><caption>{escape(theme.title)}</caption>"
        f"<thead><tr><th>Mark</th><th>Meaning</th><th class=fp-number>{escape(many)}</th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def swatch(category: Category) -> str:
    """Return the colour, stripes and mark of a class as HTML."""
    style = f"background-color:{category.fill};color:{category.ink};"
    if category.hatch:
        stripe, angle = themes.HATCH_SWATCHES[category.hatch]
        style += f"background-image:repeating-linear-gradient({angle},{stripe} 0 2px,transparent 2px 6px);"
    return f'<span class="fp-swatch" style="{style}">{escape(category.mark)}</span>'


def chart(figure: go.Figure, key: str, alt: str, width: int | Literal["stretch"] = "stretch") -> None:
    """Show a chart on which nothing is chosen, with what it says in words; `width` is in pixels."""
    st.plotly_chart(figure, key=key, config=charts.CONFIG, theme=None, width=width, alt=alt)


def fact(title: str, found: Fact, as_of: str) -> None:
    """Show a fact's date, evidence with its meaning, source and note."""
    source = f"Source: {source_markdown(found.source)}." if found.source else "No source found."
    note = f" {escaped(found.note)}" if found.note else ""
    st.markdown(
        f"**{title}**, {escaped(as_of)}, {found.evidence.label}. {escaped(found.evidence.meaning)} {source}{note}"
    )


def partner_list_differences() -> None:
    """Show where the published partner list and the geography disagree on councils."""
    table = councils.differences()
    st.markdown(
        f"NHS Digital's partner list (edition of April 2019) agrees with where residents live for "
        f"{councils.pairs_listed() - len(table)} of {councils.pairs_listed()} pairs of council and STP. "
        f"The other {len(table)}:"
    )
    table_widgets.table_with_download(table, "partner-list-differences.csv")


def footer() -> None:
    """Show attribution and the version of the data, and in an embed the way to the whole app."""
    package = manifest.read()
    with st.container(key="footer"):
        if st.context.is_embedded:
            st.markdown(f"[Open this view in Footprints]({links.link(widgets.shown_view())})")
        st.caption(f"{escaped(package['attribution'])} Data version {escaped(package['version'])}.")
