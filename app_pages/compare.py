"""Two STPs side by side."""

import streamlit as st

from lib import catalogue, close_ups, glossary, panels, share, views, widgets
from lib.footprint import compare_panels, footprint_panels, peers

View = views.CompareView
view, said = widgets.current_view(View)
footprints = catalogue.footprints()
names = {code: stp.name for code, stp in footprints.items()}

st.title("Compare two footprints")
st.container(key="intro").markdown(
    f"The areas of two {glossary.explained('stp', 'sustainability and transformation partnerships')} (STPs), each made "
    f"of whole {glossary.explained('ccg', 'clinical commissioning groups')} (CCGs)."
)
panels.notices(said)
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    widgets.choose_one(view, "a", "First footprint", names, placeholder="Choose or type a name", width=380)
    widgets.choose_one(view, "b", "Second footprint", names, placeholder="Choose or type a name", width=380)
    if view.a or view.b:
        st.button("Swap", on_click=widgets.go_to, args=(View(view.b, view.a),))

if view.a and view.b and view.a != view.b:
    pair = [footprints[view.a], footprints[view.b]]
    wide, high = zip(*(close_ups.extent("stp17", stp.code) for stp in pair), strict=True)
    with st.container(key="map"):
        for column, stp in zip(st.columns(2, gap="large"), pair, strict=True):
            with column:
                st.header(stp.name)
                footprint_panels.names_and_codes(stp)
                footprint_panels.close_up(stp, span=(max(wide), max(high)))
                footprint_panels.rating_and_lead(stp)
    st.caption("Both maps have the same scale. Councils are coloured and numbered; crosses are acute trusts.")
    share.share(view)
    widgets.link_to(views.BriefingView(stp=view.a, other=view.b), "Briefing")
    st.header("In words")
    for sentence in peers.differences(view.a, view.b):
        st.markdown(f"- {sentence}")
    with st.container(key="not-on-paper-strips"):
        st.header("Among the 44")
        st.caption(f"Circle: {pair[0].name}. Diamond: {pair[1].name}.")
        footprint_panels.standing([view.a, view.b])
    st.header("Side by side")
    with st.container(key="table"):
        compare_panels.comparison(
            *(peers.facts(stp.code) for stp in pair), *(stp.name for stp in pair), f"compare-{view.a}-{view.b}.csv"
        )
    with st.container(key="not-on-paper-sources"):
        footprint_panels.sources(pair[0])
        footprint_panels.sources(pair[1])
elif view.a and view.a == view.b:
    st.markdown("**Both sides are the same footprint.** Choose another one to compare it with, or one of its peers:")
elif view.a or view.b:
    st.markdown("**Choose a second footprint**, or one of the peers of the first:")
else:
    st.markdown("Choose two of the 44 footprints to see them at the same scale and on the same axes.")

if one := view.a or view.b:
    with st.container(key="not-on-paper-peers"):
        st.header(f"Peers of {names[one]}")
        st.caption(peers.METHOD)
        with st.container(horizontal=True):
            for code in peers.peers(one):
                widgets.link_to(View(one, code), names[code])
panels.footer()
