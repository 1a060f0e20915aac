"""The search box that stands on every page."""

import streamlit as st

from lib.hosts.live import document
from lib.search import hits

_KEY, _PLACE = "find", "found-on"


def search() -> None:
    """Show the search box and what it finds, each hit with a link to its page."""
    # A link that was followed answers the question: the next page starts with an empty box.
    here = (st.context.url or "", tuple(st.query_params.items()))
    if st.session_state.get(_PLACE, here) != here:
        st.session_state[_KEY] = ""
        del st.session_state[_PLACE]
    with st.container(key="finder"):
        query = st.text_input(
            "Find an area, organisation, code or postcode",
            key=_KEY,
            placeholder="Find a place, trust or code",
            label_visibility="collapsed",
            max_chars=200,
        )
        if not query.strip():
            return
        st.session_state[_PLACE] = here
        document.blocks("found", hits.results(query))
