"""Pieces of the page on what helps: verdict, dots, overview, multiverse, method."""

from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from geo import blocks
from lib import catalogue, fit, glossary, map_widgets, panels, table_widgets, views, widgets
from lib.conditions import family, figures, multiverse, ratings, remarks, shown, summaries, verdicts
from lib.conditions.measures import CLAIMS, LEAD, MEASURES, NUMBERS
from lib.kept import Kept
from lib.text import capital, counted, escaped, listed
from lib.views import ConditionsView

# What everybody sees is drawn once.
_figures = Kept(100)


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
    weights = {name: capital(words) for name, words in blocks.WEIGHTS.items()}
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    uses = MEASURES[view.measure].uses
    with st.container(horizontal=True, vertical_alignment="bottom"):
        widgets.choose_one(view, "measure", "Measure", titles, width=290)
        widgets.choose_one(view, "ratings", "Ratings", schemes, width=330)
        widgets.choose_one(view, "weight", "Counted in", weights, width=250)
        widgets.choose_number(view, "tolerance", "Tolerance", fit.MOST_TOLERANCE, 0.5, "%", width=220)
        widgets.choose_one(view, "stp", "Footprint", names, placeholder="Choose or type a name", width=290)
    idle = [
        words for name, words in (("weight", "what is counted"), ("tolerance", "the tolerance")) if name not in uses
    ]
    if idle:
        st.caption(
            f"{MEASURES[view.measure].title} does not depend on {listed(idle, 'or on')}; other measures and the fit in "
            "the last table do."
        )


def dots(view: ConditionsView) -> None:
    """Show the footprints as dots by rating; a click chooses one."""
    asked = (view.measure, view.ratings, view.weight, view.tolerance)
    with st.container(key="dots"):
        map_widgets.clickable_map(
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
    terms = ("kendalls-tau", "confidence-interval", "permutation-test", "many-tests")
    st.caption(f"What these are: {listed([glossary.explained(key) for key in terms])}.")
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
        table_widgets.selectable_table(
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
    panels.chart(
        _figures.get(("forest", *asked), lambda: _forest(found)),
        key=f"forest-{'-'.join(map(str, asked))}",
        alt=f"Kendall's tau-b of each measure with 95% interval: {listed(said)}. The table below gives all figures.",
    )
    st.caption(
        "Diamond: tau-b; left of 0 the better-rated have less of it, right of 0 more. Line: 95% interval. Lead type "
        "has no order and so no tau-b; the table gives its test."
    )
    table_widgets.selectable_table(
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
    panels.chart(
        _figures.get(("ways", view.measure), lambda: _ways(view.measure, table, name)),
        key=f"multiverse-{view.measure}",
        alt=multiverse.summary(view.measure, verdicts.LEVEL),
    )
    st.caption("Filled: exact p-value under 0.05, not corrected. Point at a dot for the choices behind it.")
    with st.expander("All ways as a table"):
        table_widgets.selectable_table(
            multiverse.reading_table(view.measure),
            key=f"ways-{view.measure}",
            file_name=f"conditions-{view.measure}-all-ways.csv",
            on_choice=lambda _: None,
            formats={name: "%.2f", "Exact p": "%.3f", "Tolerance, %": "%g"},
        )


def method() -> None:
    """Show how it is done, and what it rests on."""
    st.markdown(remarks.method())
    for key, measure in MEASURES.items():
        count = verdicts.footprints(family.results("three")[key].test)
        st.markdown(f"**{escaped(measure.title)}** (n = {count}). {escaped(measure.note)}")
