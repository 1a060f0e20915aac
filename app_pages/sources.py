"""Where every table comes from, how sure it is, and everything for download."""

import streamlit as st

from geo import manifest
from lib import panels, provenance, share, sources_panels, views, widgets
from lib.text import escaped

View = views.SourcesView
view, said = widgets.current_view(View)

st.title("Sources and downloads")
st.markdown(
    "Every table and column with its source, its date and its licence; what is not known; and all of it to take away. "
    f"Data version **{escaped(manifest.read()['version'])}**."
)
panels.notices(said)
sources_panels.contents()
with st.container(key="filters"):
    titles = {name: item["title"] for name, item in provenance.tables().items()}
    widgets.choose_one(view, "table", "Open a table", titles, placeholder="Choose or type a name", width=480)

if view.table:
    with st.container(key="area-panel", border=True):
        sources_panels.table(view.table)
share.share(view)

st.header("All tables", anchor="all-tables")
st.caption("Select a row to open the table.")
with st.container(key="table"):
    sources_panels.all_tables(view)

with st.container(key="not-on-paper-downloads"):
    st.header("Downloads", anchor="downloads")
    sources_panels.take_away(view)

st.header("How sure we are", anchor="how-sure-we-are")
with st.container(key="evidence"):
    sources_panels.evidence(provenance.evidence())
    st.subheader("Held against the published totals")
    sources_panels.totals()

st.header("Known conflicts and gaps", anchor="known-conflicts-and-gaps")
sources_panels.caveats()
if inside := widgets.drawer("Financial gaps for which another figure was printed", "gap-conflicts"):
    with inside:
        sources_panels.conflicts()
if inside := widgets.drawer("Where partner list and geography disagree on councils", "partner-list-differences"):
    with inside:
        panels.partner_list_differences()

st.header("How the areas changed", anchor="how-the-areas-changed")
st.markdown(
    "44 STPs became 42 in 2018, when the three of the north-east and Cumbria were merged. CCGs merged from year to "
    "year; in July 2022 integrated care boards took over."
)
sources_panels.changes()
st.caption(
    "Areas are those of April, ICBs those of July 2022; CCGs ended on 1 April. The three of 2017 are no longer among "
    "the 207. A new code can mean a merger or a changed line; residents are those of mid-2017."
)

st.header("Method", anchor="method")
st.markdown(sources_panels.METHOD)

st.header("Add a rating or a lead", anchor="add-a-rating-or-a-lead")
st.markdown(sources_panels.CONTRIBUTE)
st.code(sources_panels.REFUSED, language=None)
panels.footer()
