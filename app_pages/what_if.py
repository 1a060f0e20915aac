"""Footprints as they would be if some CCGs belonged elsewhere."""

import streamlit as st

from lib import glossary, panels, share, views, widgets
from lib.what_if import move_panels, optimum_panels, what_if, what_if_panels

view, said = widgets.current_view(views.WhatIfView)

with st.container(key="what-if-head"):
    st.title(what_if.title(view.moves))
    what_if_panels.mark(view)
if not view.moves:
    st.container(key="intro").markdown(
        f"What if Bassetlaw belonged to Nottinghamshire's {glossary.explained('footprint', 'footprint')}, or Glossop "
        f"to Derbyshire's? Move {glossary.explained('ccg', 'CCGs')} between {glossary.explained('stp', 'STPs')}, merge "
        "two STPs or make a new one, see at once which councils would fit better or worse, and share the answer."
    )
panels.notices(said)
with st.container(key="filters"):
    move_panels.start()

left, right = st.columns([54, 46], gap="large")
with left, st.container(key="choose-on-map" if view.moves else "map"):
    move_panels.england(view)
with right, st.container(key="area-panel"):
    move_panels.chooser(view)
    move_panels.move_list(view)
    move_panels.merge(view)
    if view.moves:
        what_if_panels.scores(view)

if view.moves:
    what_if_panels.warnings(view)
    with st.container(key="map"):
        what_if_panels.before_and_after(view)
    what_if_panels.in_words(view)
    share.share(view)
    what_if_panels.files(view, widgets.address())
    what_if_panels.touched(view)
else:
    share.share(view)

with st.container(key="table"):
    what_if_panels.all_ccgs(view)
with st.container(key="optimum"):
    optimum_panels.optimum(view)
with st.container(key="evidence"), st.expander("Cases, method and sources"):
    what_if_panels.evidence()
panels.footer()
