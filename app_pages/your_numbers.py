"""A reader's own table on the map."""

import streamlit as st

from lib import panels, views, widgets

view, said = widgets.current_view(views.YourNumbersView)

st.title("Your numbers")
panels.notices(said)
panels.footer()
