"""What is said to help a footprint, held against the ratings."""

import streamlit as st

from lib import glossary, panels, share, views, widgets
from lib.conditions import conditions_cells_panels, conditions_panels

view, said = widgets.current_view(views.ConditionsView)

st.title("What helps a footprint get on? Testing the claims")
st.container(key="intro").markdown(
    "A briefing of December 2017 (NHS Providers, *STPs and accountable care*) says that systems progressing at pace "
    f"often have a more manageable population, {glossary.explained('coterminous', 'coterminous')} boundaries, fewer "
    "organisations and a natural boundary, and that the size and nature of the population matters. Others ask whether "
    "the kind of lead matters. Look at the 44 footprints and judge for yourself."
)
panels.notices(said)
with st.container(key="caveats"):
    conditions_panels.caveats()

with st.container(key="filters"):
    conditions_panels.filters(view)

with st.container(key="dots-and-verdict"):
    left, right = st.columns([64, 36], gap="large")
with left, st.container(key="map"):
    conditions_panels.dots(view)
    conditions_panels.legend()
with right, st.container(key="area-panel"):
    conditions_panels.chosen(view)
    conditions_panels.verdict(view)

share.share(view)
with st.container(key="table"):
    conditions_panels.values_table(view)

st.header("All claims at once")
with st.container(key="all-claims"):
    conditions_panels.overview(view)

st.header("How much hangs on the choices")
with st.container(key="multiverse"):
    conditions_panels.many_ways(view)

st.header("Lead type, fit and rating together")
with st.container(key="leads"):
    conditions_cells_panels.leads(view)

with st.container(key="evidence"), st.expander("Method and sources"):
    conditions_panels.method()
panels.footer()
