"""The search box that stands on every page."""

import streamlit as st

from geo import blocks, postcodes
from lib import catalogue, views, widgets
from lib.search import finder
from lib.text import escaped, percent

_KEY, _PLACE = "find", "found-on"
_MOST_STPS = 3
_PAGES = {
    "stp": views.FootprintView,
    "council": views.CouncilView,
    "acs": views.AcsView,
    "then": lambda code: views.ThenAndNowView(code=code),
}


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
            placeholder="Find: area, trust, code or postcode",
            label_visibility="collapsed",
            max_chars=200,
            width=380,
        )
        if not query.strip():
            return
        st.session_state[_PLACE] = here
        hits = finder.find(query)
        if not hits:
            st.markdown(finder.nothing_found(query))
        for hit in hits:
            _show(hit)


def _show(hit: finder.Hit) -> None:
    st.markdown(f"**{escaped(hit.name)}** · {finder.KINDS[hit.kind]}  \n{escaped(hit.detail)}")
    with st.container(horizontal=True):
        own = None
        if hit.target:
            own = _PAGES[hit.target[0]](hit.target[1])
            widgets.link_to(own, label(hit))
        place = postcodes.find(hit.code) if hit.kind == "postcode" else None
        if isinstance(place, postcodes.Postcode) and place.council17:
            widgets.link_to(views.CouncilView(place.council17), f"{blocks.names('council17')[place.council17]} council")
        for code, share in hit.stps[:_MOST_STPS]:
            view = views.FootprintView(code)
            if view != own:
                part = f" ({percent(share)})" if share is not None and share < 1 else ""
                widgets.link_to(view, f"{catalogue.footprints()[code].name}{part}")


def label(hit: finder.Hit) -> str:
    """Return what the page of a hit shows, in words."""
    kind, code = hit.target
    if kind == "then":
        return f"What became of {hit.name}"
    if code == hit.code:
        return f"Open {hit.name}"
    if kind == "stp":
        return f"Open {catalogue.footprints()[code].name}"
    council = blocks.names("council17")[code]
    return f"{council} council" if council == hit.name else f"{council} council, in which {hit.name} lies"
