"""Everything about one STP on one page."""

import streamlit as st

from lib import catalogue, glossary, panels, share, table_widgets, views, widgets
from lib.footprint import footprint_panels, profile

View = views.FootprintView
view, said = widgets.current_view(View)
footprints = catalogue.footprints()

st.title(footprints[view.stp].name if view.stp else "One footprint")
st.container(key="intro").markdown(
    f"A {glossary.explained('footprint', 'footprint')} of 2017 is the area of a "
    f"{glossary.explained('stp', 'sustainability and transformation partnership')} (STP): whole "
    f"{glossary.explained('ccg', 'clinical commissioning groups')} (CCGs), and the "
    f"{glossary.explained('council', 'councils')} whose residents they served."
)
panels.notices(said)
with st.container(key="filters"):
    names = {code: stp.name for code, stp in footprints.items()}
    widgets.choose_one(view, "stp", "Footprint", names, placeholder="Choose or type one of 44 footprints", width=380)

if view.stp:
    stp = footprints[view.stp]
    footprint_panels.names_and_codes(stp)
    left, right = st.columns(2, gap="large")
    with left, st.container(key="map"):
        footprint_panels.close_up(stp)
        st.caption(
            f"Its councils, coloured and numbered; crosses are {glossary.explained('trust', 'acute trusts')}. "
            "What lies around is faded."
        )
        share.share(view)
    with right, st.container(key="area-panel"):
        footprint_panels.rating_and_lead(stp)
        footprint_panels.key_figures(stp)
        footprint_panels.acs_areas(stp)
        with st.container(horizontal=True):
            widgets.link_to(views.MapView(stp=stp.code), "On the map")
            widgets.link_to(views.CompareView(a=stp.code), "Compare with another")
            widgets.link_to(views.BriefingView(stp=stp.code), "Briefing")
            widgets.link_to(views.CoterminosityView(a="stp17", b="council17", area=stp.code), "Fit with councils")
    st.header("For a report")
    st.code(profile.membership(stp), language=None, wrap_lines=True)

    st.header("Among the 44")
    footprint_panels.standing([stp.code])
    widgets.link_to(views.ConditionsView(stp=stp.code), "Do these go with the ratings?")

    left, right = st.columns(2, gap="large")
    with left:
        st.header("People")
        footprint_panels.people(stp)
    with right:
        st.header("Lead through the years")
        footprint_panels.lead_history(stp)
        st.header("Financial gap")
        footprint_panels.gap(stp)

    st.header("Members")
    with st.container(key="table"):
        footprint_panels.member_tables(stp)
    st.header("What became of it")
    table_widgets.table_with_download(profile.later(stp.code), f"icbs-{stp.code}.csv")
    widgets.link_to(views.ThenAndNowView(stp=stp.code), "Its story, year by year")
    st.header("Around it")
    footprint_panels.travel(stp)
    footprint_panels.published_totals("rating")
    footprint_panels.sources(stp)
else:
    st.markdown("Choose one of the 44 to read everything about it on one page:")
    with st.container(horizontal=True):
        for code, name in names.items():
            widgets.link_to(View(code), name)
panels.footer()
