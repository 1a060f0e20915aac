"""Pieces of the page on what helps: verdict, dots, overview, multiverse, table of leads, method."""

from dataclasses import replace
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from geo import blocks
from lib import catalogue, charts, fit, footprint_panels, glossary, links, panels, tables, views, widgets
from lib.conditions import crosstab, family, figures, multiverse, ratings, remarks, shown, summaries, verdicts
from lib.conditions.measures import CLAIMS, LEAD, MEASURES, NUMBERS
from lib.kept import Kept
from lib.text import counted, escaped, listed
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
# What everybody sees is drawn once.
_figures = Kept(100)
_cells = st.components.v2.component("footprints_cells", html=_CELLS, css=_CELLS_CSS, js=_CELLS_JS)


def caveats() -> None:
    """Show what to keep in mind before any number is read."""
    found, sizes = ratings.counts(), ratings.groups("three").value_counts()
    st.markdown(
        f"- **44 footprints**, {sizes[2]} of them outstanding and {sizes[0]} needing most improvement: only a strong "
        f"association could show. If none shows, that does not say that there is none.\n"
        f"- **The ratings are a baseline** of July 2017, made largely of hospital indicators. They are not a measure "
        f"of how fast a partnership moves.\n"
        f"- **Evidence**: {found['published']} ratings are published area by area, {found['inferred']} inferred, "
        f"{found['not_established']} not established. The main test uses only what is fully published: outstanding, "
        f"needs most improvement, and all {sizes[1]} between.\n"
        f"- **Areas are not people**: what holds between footprints need not hold inside them "
        f"({glossary.explained('ecological-fallacy', 'ecological fallacy')}). And an association is no cause."
    )


def filters(view: ConditionsView) -> None:
    """Show the choices of measure, ratings, weight and tolerance."""
    titles = {key: measure.title for key, measure in MEASURES.items()}
    schemes = {key: ratings.SCHEMES[key].title for key in ratings.SHOWN}
    weights = {name: words[0].upper() + words[1:] for name, words in blocks.WEIGHTS.items()}
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    uses = MEASURES[view.measure].uses
    with st.container(horizontal=True, vertical_alignment="bottom"):
        widgets.choose_one(view, "measure", "Measure", titles, width=290)
        widgets.choose_one(view, "ratings", "Ratings", schemes, width=330)
        if "weight" in uses:
            widgets.choose_one(view, "weight", "Counted in", weights, width=250)
        if "tolerance" in uses:
            widgets.choose_number(view, "tolerance", "Tolerance", fit.MOST_TOLERANCE, 0.5, "%", width=220)
        widgets.choose_one(view, "stp", "Footprint", names, placeholder="Choose or type a name", width=290)


def dots(view: ConditionsView) -> None:
    """Show the footprints as dots by rating; a click chooses one."""
    asked = (view.measure, view.ratings, view.weight, view.tolerance)
    with st.container(key="dots"):
        widgets.clickable_map(
            "dots-by-rating",
            draw=lambda marked: figures.dots(
                shown.dots(*asked), shown.rows(*asked), shown.axis(view.measure, view.weight, view.tolerance), marked
            ),
            options=asked,
            selected=view.stp,
            on_choice=lambda code: widgets.change(ConditionsView, stp=code),
            alt=shown.alt(*asked),
            shared=True,
            height="content",
            config=figures.CONFIG,
        )
    said = "Each dot is a footprint, with colour, stripes and number of its rating as on the map: click on one."
    missing = 44 - len(shown.dots(*asked))
    if missing:
        said += f" {missing} have no comparable figure and are left out: {44 - missing} are drawn."
    st.caption(f"{said} {escaped(MEASURES[view.measure].note)}")
    if widgets.part_shown() == "map":
        # Dots that stand alone in another page must not be left to speak for themselves.
        st.markdown(escaped(verdicts.sentence(family.results(*asked[1:])[view.measure])))


def legend() -> None:
    """Say what the marks on the dots mean."""
    parts = [f"<span>{panels.swatch(item)} {escape(item.label)}</span>" for item in shown.CATEGORIES]
    st.html(f"<p class=fp-marks>{''.join(parts)}</p>")


def verdict(view: ConditionsView) -> None:
    """Show the claim, what the data show of it, and the figures."""
    measure = MEASURES[view.measure]
    result = family.results(view.ratings, view.weight, view.tolerance)[view.measure]
    st.header(CLAIMS[measure.claim].title)
    st.caption(escaped(CLAIMS[measure.claim].said))
    st.markdown(f"**{escaped(verdicts.sentence(result))}**")
    if view.measure == LEAD:
        st.markdown(escaped(remarks.leads(view.ratings)))
    else:
        st.markdown(escaped(verdicts.pairs(result)))
    figures_by_scheme = {
        scheme: verdicts.numbers(family.results(scheme, view.weight, view.tolerance)[view.measure])
        for scheme in ratings.SHOWN
    }
    table = pd.DataFrame(figures_by_scheme).rename(columns={"three": "Fully published", "four": "With inferred"})
    st.table(table.rename_axis("Ratings").reset_index(), hide_index=True, border="horizontal")
    for scheme, title in (("three", "Fully published"), ("four", "With inferred")):
        st.caption(f"**{title}**: {escaped(ratings.evidence(scheme))}")
    missing = int(shown.values(view.measure).isna().sum())
    if missing:
        st.caption(f"{counted(missing, 'footprint')} without a comparable figure are in neither test.")
    if view.measure != LEAD:
        low, high = family.tau_bounds(view.measure, view.weight, view.tolerance)
        st.caption(
            f"**Bounds**: {remarks.missing()} Whichever they were, tau-b over all footprints that have a figure, in "
            f"four classes, lies between {verdicts.number(low)} and {verdicts.number(high)}, if the inferred are right."
        )


def chosen(view: ConditionsView) -> None:
    """Show the chosen footprint and the way to everything about it."""
    if not view.stp:
        return
    stp = catalogue.footprints()[view.stp]
    st.header(stp.name)
    value = shown.in_words(view.measure, shown.values(view.measure, view.weight, view.tolerance)[stp.code], view.weight)
    st.markdown(
        f"{MEASURES[view.measure].title}: **{escaped(value)}**. Rating, July 2017: "
        f"**{escaped(catalogue.rating_words(stp))}**."
    )
    widgets.link_to(views.FootprintView(stp.code), "Everything about it")


def values_table(view: ConditionsView) -> None:
    """Show the values that the dots stand for."""
    asked = (view.measure, view.ratings, view.weight, view.tolerance)
    with st.expander("All values as a table", expanded=widgets.part_shown() == "table"):
        widgets.selectable_table(
            shown.table(*asked),
            key=f"values-{'-'.join(map(str, asked))}",
            file_name=f"conditions-{view.measure}.csv",
            on_choice=lambda code: widgets.change(ConditionsView, stp=code),
            formats={"Value": "%.4g"},
        )


def overview(view: ConditionsView) -> None:
    """Show the verdicts on all measures, their tau-b with intervals, and the table."""
    found = family.results(view.ratings, view.weight, view.tolerance)
    kinds = [verdicts.kind(result) for result in found.values()]
    st.markdown(f"**{escaped(remarks.tally(kinds))}** {escaped(remarks.reach(view.ratings))}")
    scheme = ratings.SCHEMES[view.ratings]
    st.caption(f"**{escaped(scheme.title)}.** {escaped(ratings.evidence(view.ratings))}")
    said = [f"{MEASURES[key].title} {verdicts.number(found[key].test.tau)}" for key in NUMBERS]
    asked = (view.ratings, view.weight, view.tolerance)
    st.plotly_chart(
        _figures.get(("forest", *asked), lambda: _forest(found)),
        key=f"forest-{'-'.join(map(str, asked))}",
        config=charts.CONFIG,
        theme=None,
        alt=f"Kendall's tau-b of each measure with 95% interval: {listed(said)}. The table below gives all figures.",
    )
    st.caption(
        "Diamond: tau-b; left of 0 the better-rated have less of it, right of 0 more. Line: 95% interval. Lead type "
        "has no order and so no tau-b; the table gives its test."
    )
    widgets.selectable_table(
        shown.overview(view.ratings, view.weight, view.tolerance),
        key=f"overview-{view.ratings}-{view.weight}-{view.tolerance}",
        file_name=f"conditions-{view.ratings}.csv",
        on_choice=lambda key: widgets.change(ConditionsView, measure=key),
        formats=shown.OVERVIEW_FORMATS,
    )
    st.caption(
        "Select a row to see its dots above. Bounds: of tau-b over all footprints in four classes, whichever of the "
        "ratings not established were advanced."
    )


def _forest(found: dict[str, family.Result]) -> go.Figure:
    tests = [found[key].test for key in NUMBERS]
    titles = [MEASURES[key].title for key in NUMBERS]
    words = [
        f"<b>{title}</b><br>tau-b {verdicts.number(test.tau)}, {verdicts.interval(test)}<br>p {verdicts.chance(test.p)}"
        for title, test in zip(titles, tests, strict=True)
    ]
    return summaries.forest(titles, *([getattr(t, name) for t in tests] for name in ("tau", "low", "high")), words)


def _ways(key: str, table: pd.DataFrame, name: str) -> go.Figure:
    words = [
        f"{multiverse.described(row, key)}<br>{name} {verdicts.number(row.tau)}, p {verdicts.chance(row.p)}, "
        f"{counted(row.n, 'footprint')}"
        for row in table.itertuples()
    ]
    titles = {scheme: item.title for scheme, item in ratings.SCHEMES.items()}
    return summaries.specifications(table, words, titles, name)


def many_ways(view: ConditionsView) -> None:
    """Show how the answer on one measure changes with the choices behind it."""
    with st.spinner("Asking in every way …"):
        table = multiverse.universe(view.measure)
    st.markdown(escaped(multiverse.summary(view.measure, verdicts.LEVEL)))
    name = "Cramér's V" if view.measure == LEAD else "tau-b"
    st.plotly_chart(
        _figures.get(("ways", view.measure), lambda: _ways(view.measure, table, name)),
        key=f"multiverse-{view.measure}",
        config=charts.CONFIG,
        theme=None,
        alt=multiverse.summary(view.measure, verdicts.LEVEL),
    )
    st.caption("Filled: exact p-value under 0.05, not corrected. Point at a dot for the choices behind it.")
    with st.expander("All ways as a table"):
        widgets.selectable_table(
            multiverse.reading_table(view.measure),
            key=f"ways-{view.measure}",
            file_name=f"conditions-{view.measure}-all-ways.csv",
            on_choice=lambda _: None,
            formats={name: "%.2f", "Exact p": "%.3f", "Tolerance, %": "%g"},
        )


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
    st.download_button(
        "Download the counts as CSV",
        lambda: tables.csv(crosstab.counts_table(view.weight, view.tolerance)),
        "conditions-lead-fit-rating.csv",
        "text/csv",
        on_click="ignore",
        key="download-cells",
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
        widgets.table_with_download(
            crosstab.reading_table(codes, view.weight, view.tolerance), "conditions-footprints.csv"
        )
        with st.container(horizontal=True):
            for code in codes:
                widgets.link_to(views.FootprintView(code), catalogue.footprints()[code].name)
        on_map = "These on the map" if not view.fit else "These on the map, whatever their fit"
        widgets.link_to(views.MapView(lead=view.lead, rating=view.rating, colour="lead"), on_map)


def method() -> None:
    """Show how it is done, and what it rests on."""
    st.markdown(remarks.method())
    st.markdown(
        "Terms: "
        + listed(
            [
                glossary.explained(key)
                for key in ("kendalls-tau", "permutation-test", "confidence-interval", "many-tests")
            ]
        )
        + "."
    )
    for key, measure in MEASURES.items():
        count = verdicts.footprints(family.results("three")[key].test)
        st.markdown(f"**{escaped(measure.title)}** (n = {count}). {escaped(measure.note)}")
