"""Terms in our own words, and what happened when."""

import streamlit as st

from lib import glossary, glossary_panels, panels, share, timeline, views, widgets
from lib.text import counted

View = views.GlossaryView
view, said = widgets.current_view(View)

st.title("Glossary and timeline")
st.markdown("What the words mean, in our own words with a place to read on, and what happened when.")
panels.notices(said)

with st.container(key="filters"), st.container(horizontal=True, vertical_alignment="bottom"):
    names = {key: term.name for key, term in glossary.TERMS.items()}
    widgets.choose_one(view, "term", "Term", names, placeholder="Choose or type a term", width=380)
    widgets.choose_some(view, "kind", "Events of the timeline", timeline.KINDS, "All kinds of event", width=380)
share.share(view)

if view.term:
    with st.container(key="area-panel", border=True):
        glossary_panels.term(glossary.TERMS[view.term], 2)

st.header("Timeline, 2014 to 2022")
shown = timeline.passing(view.kind)
with st.container(key="timeline"):
    panels.chart(
        timeline.figure(tuple(shown)),
        key=f"timeline-{'-'.join(view.kind)}",
        alt=f"{counted(len(shown), 'event')} from {shown[0].when} to {shown[-1].when} in rows by kind, "
        f"numbered as in the table below.",
    )
with st.container(key="table"), st.container(key="events"):
    glossary_panels.timeline_table(shown)

st.header("All terms")
terms = list(glossary.TERMS.values())
half = (len(terms) + 1) // 2
for column, part in zip(st.columns(2, gap="large"), (terms[:half], terms[half:]), strict=True):
    with column:
        for term in part:
            glossary_panels.term(term, 3)
with st.container(key="evidence"), st.expander("How the terms were written"):
    st.markdown(glossary_panels.METHOD)
panels.footer()
