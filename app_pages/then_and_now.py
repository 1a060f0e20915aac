"""How the footprints of 2017 became those of 2022."""

import streamlit as st

from lib import panels, views, widgets

view, said = widgets.current_view(views.ThenAndNowView)

st.title("Then and now")
panels.notices(said)
panels.footer()
