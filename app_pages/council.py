"""One council and whom it has to deal with."""

import streamlit as st

from geo import blocks
from lib import councils, fit, fit_panels, glossary, panels, share, table_widgets, views, widgets
from lib.text import escaped

View = views.CouncilView
view, said = widgets.current_view(View)
names = dict(blocks.names("council17").sort_values())

st.title(names[view.council] if view.council else "Whom does a council have to deal with?")
st.container(key="intro").markdown(
    f"In 2017 the NHS planned and bought care by {glossary.explained('ccg', 'clinical commissioning groups')} (CCGs), "
    f"grouped in {glossary.explained('stp', 'sustainability and transformation partnerships')} (STPs). A "
    f"{glossary.explained('council', 'council')} may have residents in more than one of either."
)
panels.notices(said)
with st.container(key="filters"):
    widgets.choose_one(view, "council", "Council", names, placeholder="Choose or type one of 152 councils", width=380)

if view.council:
    st.markdown(escaped(councils.agreement(view.council)))
    left, right = st.columns([45, 55], gap="large")
    with left, st.container(key="map"):
        parts = fit.parts("council17", "stp17", view.council, "population", 0.0)
        fit_panels.close_up("council17", "stp17", view.council, parts)
        st.caption("The council's pieces, coloured and numbered by STP. A piece is what a CCG and a district share.")
    with right, st.container(key="area-panel"):
        st.header("STPs")
        panels.council_stps(view.council)
    st.header("For a report")
    st.code(councils.report(view.council), language=None, wrap_lines=True)
    share.share(view)
    widgets.link_to(views.BriefingView(council=view.council), "Briefing")

    st.header("CCGs, ACS areas and districts")
    with st.container(key="table"):
        table_widgets.table_with_download(councils.partners(view.council, "ccg17"), f"ccgs-{view.council}.csv")
        panels.council_acs(view.council)
        districts = councils.districts(view.council)
        if len(districts):
            table_widgets.table_with_download(districts, f"districts-{view.council}.csv")
    fit_view = views.CoterminosityView(area=view.council)
    widgets.link_to(fit_view, "How this council fits its STPs, LSOA by LSOA")
    with st.container(key="evidence"), st.expander("Sources, dates and notes"):
        panels.council_sources(view.council)
else:
    st.markdown(
        "Choose a council to see which STPs and CCGs its residents fall under, who leads each STP and how it was "
        "rated, and whether the published partner list agrees. These have residents in more than one STP:"
    )
    split = fit.areas("council17", "stp17", "population", 0.0)
    with st.container(horizontal=True):
        for code, row in split[split["class"] == "split"].sort_values("name").iterrows():
            widgets.link_to(View(code), row["name"])
panels.footer()
