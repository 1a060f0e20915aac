"""Pieces of the page on the vintages: codes, flows, the story of an STP, mergers of CCGs, fit by vintage."""

from functools import cache, lru_cache
from itertools import pairwise

import plotly.graph_objects as go
import streamlit as st

from geo import blocks, codes, vintages
from lib import maps, panels, table_widgets, timeline, widgets
from lib.hosts.live import address
from lib.parameters import ALL, NONE
from lib.text import escaped, source_markdown
from lib.then_and_now import (
    code_words,
    fit_by_vintage,
    flow_charts,
    flows,
    merger_words,
    then_and_now_maps,
    vintage_words,
)
from lib.views import ThenAndNowView

_CODE_KEY, _LONGEST = "typed-code", 60


def code_box(view: ThenAndNowView) -> None:
    """Show the box for a code and its year, and what the code meant."""
    # Set on every run, as all controls are; what was typed and not understood stays there to be mended.
    typed = address.parameters().get("code", [""])[-1]
    st.session_state[_CODE_KEY] = view.code or ("" if typed.strip().lower() == NONE else typed[:_LONGEST])

    def asked() -> None:
        widgets.change(ThenAndNowView, code=st.session_state[_CODE_KEY].strip() or None)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            "What was this code?",
            key=_CODE_KEY,
            max_chars=_LONGEST,
            placeholder="E54000008, E38000213, QK1",
            on_change=asked,
            width=214,
        )
        years = {"any": "Any year"} | {str(year): str(year) for year in codes.YEARS}
        widgets.choose_one(view, "year", "In the year", years, width=120)


def code_answer(view: ThenAndNowView) -> None:
    """Show what a code meant, and where its residents belonged before and after."""
    if not view.code:
        return
    year = None if view.year == "any" else int(view.year)
    first, *rest = code_words.answer(view.code, year)
    with st.container(key="code-answer", border=True):
        st.markdown(f"**{escaped(first)}**")
        for sentence in rest:
            st.markdown(escaped(sentence))
        found = codes.find(view.code)
        if found.code:
            with st.expander(f"Its residents in every year, {LOOKUPS}"):
                table = code_words.reading_table(found, year)
                table_widgets.table_with_download(table, f"code-{found.code}.csv")


LOOKUPS = f"{codes.YEARS[1]} to {codes.YEARS[-1]}"


def flow_chart(view: ThenAndNowView) -> None:
    """Show the flows of a view as a drawing, or say why there is none."""
    a, b = flows.layers(view)
    table = flows.shown(view)
    if not flows.drawable(table):
        st.markdown(escaped(flows.undrawn(view)))
        return
    if address.part() == "table":
        return
    with st.container(key="flow-legend", width=360):
        st.html(panels.legend_html(flows.legend(table), list(table.index)))
    panels.chart(
        _drawing(flows.asked(view)),
        key=f"flows-{a}-{b}-{view.flows}-{view.region}-{view.stp}",
        alt=flows.alt(table, a, b),
    )


@lru_cache(maxsize=64)
def _drawing(view: ThenAndNowView) -> go.Figure:
    a, b = flows.layers(view)
    titles = tuple(f"{blocks.layer(layer).many}, {blocks.layer(layer).year}" for layer in (a, b))
    return flow_charts.sankey(flows.shown(view), maps.places(a)["lat"], flows.CATEGORIES, titles)


def national(view: ThenAndNowView) -> None:
    """Say what happened on the whole map, year by year."""
    series = vintages.SERIES[view.kind]
    for before, after in pairwise(series):
        st.markdown(f"**{blocks.layer(after).year}**: {vintage_words.numbers(before, after)}")
        said = vintage_words.national(before, after) if view.kind == "stp" else [flows.sizes(before, after)]
        st.markdown("\n".join(f"- {escaped(sentence)}" for sentence in said))
    if view.kind == "ccg":
        st.markdown("Which CCGs merged into which is in the table of mergers below.")


def story(code: str) -> None:
    """Tell what became of an STP, year by year."""
    st.markdown("**Its story, year by year**")
    for years, said in vintage_words.told(code):
        st.markdown(f"**{years}**: {escaped(said)}")
    st.markdown(escaped(vintage_words.ccg_sentence(code)))
    with st.expander("The story as a table"):
        table_widgets.table_with_download(vintage_words.story_table(code), f"story-{code}.csv")


def then_and_now(code: str) -> None:
    """Show an STP of 2017 and its successors side by side at the same scale, and where its residents are."""
    if address.part() != "table":
        columns = st.columns(2, gap="large")
        for column, side in zip(columns, then_and_now_maps.sides(code), strict=True):
            with column:
                year, many = blocks.layer(side.layer).year, blocks.layer(side.layer).many
                st.markdown(f"**{many} of {year}**")
                with st.container(key=f"close-up-of-{side.layer}"):
                    panels.close_up(
                        then_and_now_maps.draw(code, side.layer),
                        key=f"side-{side.layer}-{code}",
                        alt=then_and_now_maps.alt(code, side),
                    )
                st.caption(escaped(then_and_now_maps.legend(side)))
        st.caption(
            "The same ground twice; the footprint of 2017 is outlined in black. STPs carry the colour of the ICB that "
            "took most of each."
        )
    table = vintage_words.residents_now(code)
    st.markdown(f"**Where its residents of 2017 belonged in {blocks.layer('icb22').year}**")
    words = {"Its residents there": "{:,}".format}
    shares = {name: "{:.1f}".format for name in table.columns if name.endswith("%")}
    table_widgets.small_table(table.assign(**{table.columns[0]: table.iloc[:, 0].map(escaped)}), words | shares)


def flow_table(view: ThenAndNowView) -> None:
    """Show the flows of a view as a table."""
    a, b = flows.layers(view)
    table = flows.reading_table(view)
    if table.empty:
        return
    place = view.stp or ("" if view.region == ALL else view.region)
    name = "-".join(part for part in ("flows", a, b, view.flows, place) if part)
    table_widgets.table_with_download(table, f"{name}.csv")


@cache
def _number_of_ccgs() -> go.Figure:
    return flow_charts.by_year({"CCGs": merger_words.numbers()}, "CCGs")


def mergers() -> None:
    """Show how CCGs merged, by the list of mergers and by the LSOAs."""
    numbers = merger_words.numbers()
    said = ", ".join(f"{number} in {year}" for year, number in numbers.items())
    left, right = st.columns([42, 58], gap="large")
    with left:
        st.markdown("**CCGs in April of each year**")
        panels.chart(
            _number_of_ccgs(),
            key="number-of-ccgs",
            alt=f"Number of CCGs: {said}.",
        )
    with right:
        st.markdown("**Does the list of mergers agree with the LSOAs?**")
        for sentence in merger_words.reconciliation():
            st.markdown(escaped(sentence))
    table_widgets.table_with_download(merger_words.merger_table(), "ccg-mergers.csv")


@cache
def _split_councils() -> go.Figure:
    return flow_charts.by_year(fit_by_vintage.split_councils(), "split councils")


def council_fit() -> None:
    """Show how the fit with councils changed with each vintage."""
    split = fit_by_vintage.split_councils()
    left, right = st.columns([42, 58], gap="large")
    with left:
        st.markdown("**Councils that are split, of 152**")
        said = "; ".join(
            f"{name}: {', '.join(f'{number} in {year}' for year, number in values.items())}"
            for name, values in split.items()
        )
        panels.chart(
            _split_councils(),
            key="split-by-vintage",
            alt=f"Councils of 2017 that are split. {said}.",
        )
        st.caption("Diamonds and orange: between CCGs. Dots and blue: between STPs, in 2022 ICBs.")
    with right:
        st.markdown("**Which councils changed**")
        for sentence in fit_by_vintage.councils_changed():
            st.markdown(f"- {escaped(sentence)}")
    for kind, many in (("stp", "STPs and ICBs"), ("ccg", "CCGs")):
        st.markdown(f"**{many} against the councils of 2017**")
        # Which councils changed stands above.
        told = ("No longer split", "Newly split")
        table_widgets.table_with_download(fit_by_vintage.fit_table(kind), f"fit-by-vintage-{kind}.csv", told)


METHOD = """
**Who belongs where**: lookups of the Office for National Statistics (ONS), tables that give each LSOA its
CCG, STP or ICB, of April 2017 (versions 3 and 4), April 2018, 2019 and 2020; those of 2021 and 2022 through
humaniverse/geographr. Names are the ones the lookups print.

**Residents** are those of mid-2017 in every year (ONS, SAPE20DT1), so that every number shows what boundaries did, not
births, deaths or moving house. Every year adds up to 55,619,430 residents and 32,844 LSOAs.

**What became of an area** is told from its LSOAs, not from its code. The *main part* of an area is the one with most
residents; every other part *moved*. Areas *merged* if their main parts came to the same area. There is no tolerance:
one LSOA that changes hands counts. A name counts as new if its words differ, not if its spelling does.

**Codes**: in these lookups a code keeps its LSOAs for as long as it lives; where a boundary moves there is a new code.
{reused} of the {icbs} ICBs have the code that an STP of the same LSOAs had. Four STP codes of 2016, E54000001 to
E54000004, were replaced before the first of these lookups.

**Mergers** by ODS code: NHS Digital's list of successions. No table gives the ONS codes of CCGs that mergers made; they
are told by where the LSOAs of their members went.

**Fit** is measured as on the page Coterminosity, always against the 152 councils of 2017: later councils, such as North
Northamptonshire, are left out so that like is held against like.
"""


def evidence() -> None:
    """Show method, sources and what was said of boundaries at the time."""
    icbs = vintages.totals("icb22").index
    reused = [code for code in icbs if codes.known()[code][0].kind != "ICB"]
    st.markdown(METHOD.format(reused=len(reused), icbs=len(icbs)))
    st.markdown("**Said at the time**")
    for event in timeline.events():
        if event.kind == "footprints" and event.date >= "2017":
            note = f" ({escaped(event.note)})" if event.note else ""
            st.markdown(f"- {event.when}: {escaped(event.event)}. Source: {source_markdown(event.source)}{note}")
    st.markdown(
        escaped(
            "NHS Digital recorded the merger of the three northern STPs on 7 June 2018; the ONS lookup of April 2018 "
            "has it already."
        )
    )
