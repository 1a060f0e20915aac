"""The table of lead type, fit and rating: counts whose cells open their footprints."""

from dataclasses import replace

import streamlit as st

from geo import blocks
from lib import catalogue, links, table_widgets, tables, views, widgets
from lib.conditions import crosstab
from lib.conditions.measures import LEAD
from lib.footprint import footprint_panels
from lib.text import counted, escaped
from lib.views import ConditionsView

_CELLS = """
<div class="scroll"><table><thead><tr id="head"></tr></thead><tbody id="body"></tbody></table></div>
"""
_CELLS_CSS = """
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.85rem; width: 100%; min-width: 46rem; }
th, td { padding: 0.2rem 0.4rem; border-bottom: 1px solid var(--st-border-color); text-align: right;
  font-weight: 400; font-variant-numeric: tabular-nums; }
thead th { vertical-align: bottom; font-weight: 600; max-width: 6.5rem; }
th:first-child { text-align: left; white-space: nowrap; position: sticky; left: 0;
  background: var(--st-background-color); }
tr.whole > * { font-weight: 600; border-top: 2px solid var(--st-border-color); }
tr.part th { padding-left: 1.1rem; }
a { display: block; min-width: 1.5rem; padding: 0.15rem 0.3rem; color: var(--st-link-color); border-radius: 3px; }
a[aria-current] { background: #005eb8; color: #fff; text-decoration: none; }
td span { padding: 0.15rem 0.3rem; opacity: 0.7; }
a:focus-visible { outline: 3px solid light-dark(#003087, #ffd54a); outline-offset: 1px; }
"""
# A cell is a true link, which can be copied or opened elsewhere; a plain click stays on the page.
_CELLS_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const at = (id) => parentElement.querySelector("#" + id)
  const made = (name, text, attributes = {}) => {
    const element = document.createElement(name)
    element.textContent = text
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
    return element
  }
  at("head").replaceChildren(...data.head.map((text) => made("th", text, { scope: "col" })))
  at("body").replaceChildren(...data.rows.map((row) => {
    const line = made("tr", "", { class: row.part ? "part" : "whole" })
    line.append(made("th", row.label, { scope: "row" }))
    for (const cell of row.cells) {
      const place = made("td", "")
      if (cell.count) {
        const href = new URL(cell.link.replace(/^\\//, ""), document.baseURI).href
        const link = made("a", cell.count, { href, "aria-label": cell.words })
        if (cell.chosen) link.setAttribute("aria-current", "true")
        link.onclick = (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
          event.preventDefault()
          setTriggerValue("cell", cell.place)
        }
        place.append(link)
      } else place.append(made("span", "0"))
      line.append(place)
    }
    return line
  }))
}
"""
_cells = st.components.v2.component("footprints_cells", html=_CELLS, css=_CELLS_CSS, js=_CELLS_JS)


def leads(view: ConditionsView) -> None:
    """Show lead type by fit by rating as a table of counts; a cell opens its footprints."""
    chosen_filters = {name: getattr(view, name) for name in ("lead", "fit", "rating")}
    found = crosstab.rows(view.weight, view.tolerance)
    targets = {}
    rows = []
    for r, row in enumerate(found):
        cells = []
        for c, cell in enumerate(row.cells):
            filtered = {name: (cell.filters[name],) if name in cell.filters else () for name in chosen_filters}
            place = f"{r}-{c}"
            targets[place] = replace(view, **filtered)
            cells.append(
                {
                    "count": cell.count,
                    "place": place,
                    "link": links.link(targets[place]),
                    "words": f"{counted(cell.count, 'footprint')}: {crosstab.filter_words(cell.filters)}",
                    "chosen": any(chosen_filters.values()) and filtered == chosen_filters,
                }
            )
        rows.append({"label": row.label, "part": row.within, "cells": cells})

    def opened() -> None:
        place = st.session_state["lead-cells"].cell
        if place in targets:
            widgets.go_to(targets[place])

    with st.container(key="cells"):
        _cells(
            data={"head": ["Lead type, and fit with councils", *crosstab.RATINGS.values(), "All"], "rows": rows},
            key="lead-cells",
            on_cell_change=opened,
        )
    with st.container(horizontal=True, vertical_alignment="bottom", key="cell-filters"):
        widgets.choose_some(view, "lead", "Lead type", catalogue.LEAD_TYPES, "All lead types", width=230)
        widgets.choose_some(view, "fit", "Fit with councils", crosstab.FIT_LABELS, "All classes", width=280)
        widgets.choose_some(view, "rating", "Rating", crosstab.RATINGS, "All ratings", width=260)
        if any(chosen_filters.values()):
            cleared = replace(view, lead=(), fit=(), rating=())
            st.button("Close the list", on_click=widgets.go_to, args=(cleared,), key="clear-cells")
    if any(chosen_filters.values()):
        _passing(view, chosen_filters)
    table_widgets.csv_button(
        "Download the counts as CSV",
        lambda: tables.csv(crosstab.counts_table(view.weight, view.tolerance)),
        "conditions-lead-fit-rating.csv",
    )
    st.caption(
        f"Fit: class of each STP against councils, counted in {blocks.WEIGHTS[view.weight]}, tolerance "
        f"{view.tolerance:g}%. Leads are as of the date their source speaks for, 2016 to 2019."
    )
    left, _ = st.columns([1, 1])
    with left:
        footprint_panels.published_totals(LEAD)


def _passing(view: ConditionsView, chosen_filters: dict[str, tuple[str, ...]]) -> None:
    codes = crosstab.passing(view.weight, view.tolerance, chosen_filters)
    with st.container(key="opened"):
        if not codes:
            st.markdown("**No footprint passes all filters together.**")
            return
        st.subheader(f"{counted(len(codes), 'footprint')}: {escaped(crosstab.filter_words(chosen_filters))}")
        table_widgets.table_with_download(
            crosstab.reading_table(codes, view.weight, view.tolerance), "conditions-footprints.csv"
        )
        with st.container(horizontal=True):
            for code in codes:
                widgets.link_to(views.FootprintView(code), catalogue.footprints()[code].name)
        on_map = "These on the map" if not view.fit else "These on the map, whatever their fit"
        widgets.link_to(views.MapView(lead=view.lead, rating=view.rating, colour="lead"), on_map)
