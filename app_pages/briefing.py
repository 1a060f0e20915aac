"""A page to print on one area or two STPs, with its downloads."""

from dataclasses import replace
from functools import partial

import streamlit as st

from geo import blocks
from lib import briefing, catalogue, panels, share, views, widgets
from lib.accountable_care import acs
from lib.hosts.live import address

View = views.BriefingView
view, said = widgets.current_view(View)
names = {code: stp.name for code, stp in catalogue.footprints().items()}
councils = dict(blocks.names("council17").sort_values())
areas = {code: area.name for code, area in acs.areas().items()}
LABELS = {"pdf": "PDF, one page", "html": "Web page", "svg": "Map as SVG", "png": "Map as PNG, 300 dpi"}


def only(subject: str, _: View, value: str | None) -> View:
    """Return the view on one subject: a briefing is on one thing."""
    return View(**{subject: value})


st.title("A briefing on one page")
panels.notices(said)
with st.container(key="filters", horizontal=True, vertical_alignment="bottom"):
    choose = partial(widgets.choose_one, view, width=300)
    choose("stp", "Footprint", names, placeholder="Choose or type a name", adopt=partial(only, "stp"))
    if view.stp:
        others = {code: name for code, name in names.items() if code != view.stp}
        choose("other", "Compare with", others, placeholder="No comparison")
    choose("council", "or council", councils, placeholder="Choose or type a name", adopt=partial(only, "council"))
    choose("acs", "or ACS area", areas, placeholder="Choose or type a name", adopt=partial(only, "acs"))

if view != View():
    made = partial(briefing.made, view, address=address.app())
    with st.spinner("Making the briefing"):
        name = briefing.build(view).file_name
        page = made("html").decode()
    with st.container(key="downloads", horizontal=True):
        for form, (media, _) in briefing.FORMATS.items():
            # The file is made when it is asked for.
            st.download_button(
                LABELS[form],
                partial(made, form),
                f"{name}.{form}",
                media,
                on_click="ignore",
                key=f"download-{form}",
                type="primary" if form == "pdf" else "secondary",
            )
    share.share(view)
    if view.other:
        widgets.link_to(replace(view, stp=view.other, other=view.stp), "The other way round")
    with st.container(key="preview", border=True):
        st.iframe(page, height=1100, alt="Preview of the briefing; the web page and the PDF say the same.")
else:
    st.markdown(
        "Choose an STP, a council or an ACS area, or two STPs to compare: you get one page to print or to send, with "
        "map, key facts, how sure each is, members, fit with councils, sources and a link back to here."
    )
panels.footer()
