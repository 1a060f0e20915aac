"""A reader's own table on the map."""

import streamlit as st

from geo import blocks
from lib import panels, share, views, widgets
from lib.own_numbers import own_file_panels
from lib.own_numbers import own_numbers_panels as own
from lib.text import escaped

view, said = widgets.current_view(views.YourNumbersView)

st.title("Your numbers")
st.markdown(
    "Put your own figures on the map: a table with a row for each STP, CCG, council or district. It is matched, "
    "mapped, ranked and held against ratings, leads and fit."
)

table = own_file_panels.file_box(view)
panels.notices(said + own_file_panels.misfits(view, table))
found = own_file_panels.choices(view, table) if table else None
if found:
    own.report(table, found)
if found and len(found.values):
    left, right = st.columns([58, 42], gap="large")
    with left:
        own.the_map(view, found)
    with right, st.container(key="area-panel"):
        own.panel(view, found)
    share.share(view)
    st.caption("The link keeps how the file is read and shown, not the file.")
    many = blocks.layer(found.layer).many
    st.header(f"All {len(blocks.names(found.layer))} {many} by {escaped(found.title)}")
    own.ranking(found)
    st.header("By rating, lead type and fit")
    own.crossed(view, found)
    with st.expander("Files to start from"):
        own_file_panels.downloads()
else:
    own_file_panels.explanation()
with st.container(key="evidence"), st.expander("How a file is read"):
    own_file_panels.method()
panels.footer()
