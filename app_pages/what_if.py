"""Footprints as they would be if some CCGs belonged elsewhere."""

import streamlit as st

from lib import panels, views, widgets

view, said = widgets.current_view(views.WhatIfView)

st.title("What if")
panels.notices(said)
panels.footer()
