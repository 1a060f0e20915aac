"""What is said to help a footprint, held against the ratings."""

import streamlit as st

from lib import panels, views, widgets

view, said = widgets.current_view(views.ConditionsView)

st.title("What helps a footprint get on?")
panels.notices(said)
panels.footer()
