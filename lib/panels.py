"""Pieces of pages: legend, area panel, charts, notices, evidence, footer."""

from collections.abc import Collection
from dataclasses import replace
from html import escape
from typing import Literal

import plotly.graph_objects as go
import streamlit as st

from geo import manifest
from lib import catalogue, charts, councils, fit, glossary, links, maps, table_widgets, themes, views, widgets
from lib.evidence import Fact
from lib.text import capital, escaped, source_markdown
from lib.themes import Category, Theme


def notices(sentences: list[str]) -> None:
    """Show what was ignored of a link, and what is shown instead."""
    if sentences:
        with st.container(key="notice"):
            st.warning("\n\n".join(sentences))


def filter_result(number: int, filtered: bool, view: views.MapView) -> None:
    """Say how many footprints pass the filters, and offer to clear them."""
    if not filtered:
        return
    cleared = replace(view, rating=(), lead=(), region=(), acs=())
    with st.container(horizontal=True, vertical_alignment="center"):
        if number:
            st.markdown(f"**{number} of 44** footprints pass the filters; the others are faded.")
        else:
            st.markdown("**No footprint passes all filters together**, so all 44 are shown.")
        st.button("Clear filters", on_click=widgets.go_to, args=(cleared,), key="clear-filters")


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


def close_up(figure: go.Figure, key: str, alt: str) -> None:
    """Show a map on which nothing is chosen, with what it shows in words, as high as the container around it."""
    st.plotly_chart(figure, key=key, config=maps.CONFIG, theme=None, height="stretch", alt=alt)


def overview() -> None:
    """Show what the map has to say while no area is chosen."""
    table = catalogue.stp_table()
    st.header("Choose a footprint")
    st.markdown(
        "Click on the map, choose in the box above, or select a row of the table below. "
        f"You will see who led the area, how it was rated, and which {glossary.explained('council', 'councils')} and "
        f"{glossary.explained('ccg', 'CCGs')} it covers."
    )
    smallest, largest = table["population"].idxmin(), table["population"].idxmax()
    stps_of = fit.overlaps("council17", "stp17").groupby("a_code").size()
    systems = [
        (stp.code, area.whole_stp) for stp in catalogue.footprints().values() for area in stp.acs if area.kind == "acs"
    ]
    whole = sum(is_whole for _, is_whole in systems)
    parents = len({code for code, is_whole in systems if not is_whole})
    st.markdown(
        f"- **{table['population'].sum():,}** residents live in the 44 areas, from "
        f"{table['population'][smallest]:,} in {escaped(table['name'][smallest])} to "
        f"{table['population'][largest]:,} in {escaped(table['name'][largest])}.\n"
        f"- **{(stps_of > 1).sum()} of {len(stps_of)}** councils have residents in more than one area.\n"
        f"- **{len(systems)}** {glossary.explained('acs', 'accountable care systems')} were announced in June 2017: "
        f"{whole} are whole STPs, {len(systems) - whole} are parts of {parents} others."
    )


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
