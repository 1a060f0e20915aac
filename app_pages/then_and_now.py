"""How the footprints of 2017 became those of 2022."""

from dataclasses import replace

import streamlit as st

from lib import catalogue, glossary, panels, share, views, widgets
from lib.parameters import ALL
from lib.text import escaped
from lib.then_and_now import flows, then_and_now_panels, vintage_words

View = views.ThenAndNowView
view, said = widgets.current_view(View)

st.title("Then and now")
st.container(key="intro").markdown(
    f"The 44 {glossary.explained('stp', 'STPs')} of 2017 became the 42 {glossary.explained('icb', 'ICBs')} of 2022; "
    f"207 {glossary.explained('ccg', 'CCGs')} became 106. See where the residents of each area went, year by year, "
    f"told from {glossary.explained('lsoa', 'LSOAs')}; and what a code meant, since STP codes were handed on to ICBs."
)
panels.notices(said)
then_and_now_panels.code_box(view)
then_and_now_panels.code_answer(view)

with st.container(key="filters"), st.container(horizontal=True, vertical_alignment="bottom"):
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    widgets.choose_one(
        view,
        "stp",
        "Story of a footprint",
        names,
        placeholder="All of England, or choose one of 44",
        width=380,
        adopt=lambda v, chosen: replace(v, stp=chosen, region=ALL),
    )
    widgets.choose_one(view, "kind", "Areas", {"stp": "STPs", "ccg": "CCGs"}, width=110)
    widgets.choose_one(view, "start", "From", flows.starts(), width=110, adopt=lambda v, year: v.starting(year))
    widgets.choose_one(view, "end", "To", flows.ends(view), width=110)
    if not view.stp:
        shown = {"changed": "Only what changed", ALL: "All"}
        widgets.choose_one(view, "flows", "Flows", shown, width=190)
        regions = {ALL: "All of England"} | catalogue.REGIONS
        widgets.choose_one(view, "region", "NHS region of 2017", regions, width=200)

if view.stp:
    st.header(names[view.stp])
    st.markdown(f"**{escaped(vintage_words.headline(view.stp))}**")
else:
    st.header(flows.headline(*flows.layers(view)))
    st.markdown(flows.sizes(*flows.layers(view)))
drawable = flows.drawable(flows.shown(view))
beside = drawable or view.stp
left, right = st.columns([56, 44], gap="large") if beside else (st.container(), st.container())
with left, st.container(key="map"):
    then_and_now_panels.flow_chart(view)
    if view.stp and not drawable:
        then_and_now_panels.then_and_now(view.stp)
with right, st.container(key="area-panel"):
    if view.stp:
        then_and_now_panels.story(view.stp)
        with st.container(horizontal=True):
            widgets.link_to(views.FootprintView(view.stp), "Everything about it in 2017")
            widgets.link_to(views.CoterminosityView(a="icb22", b="council17"), "ICBs and councils")
    else:
        then_and_now_panels.national(view)

share.share(view)

if view.stp and drawable:
    st.header("The same ground, then and now")
    then_and_now_panels.then_and_now(view.stp)

st.header("The flows as a table")
with st.container(key="table"):
    then_and_now_panels.flow_table(view)

st.header("How 207 CCGs became 106")
with st.container(key="mergers"):
    then_and_now_panels.mergers()

st.header("How the fit with councils changed")
with st.container(key="fit-by-vintage"):
    then_and_now_panels.council_fit()

with st.container(key="evidence"), st.expander("Method, sources and dates"):
    then_and_now_panels.evidence()
panels.footer()
