"""The accountable care systems and devolution areas of June 2017."""

from dataclasses import replace

import streamlit as st

from lib import glossary, map_widgets, panels, share, table_widgets, views, widgets
from lib.accountable_care import accountability, acs, acs_maps, acs_panels
from lib.footprint import compare_panels
from lib.text import escaped

View = views.AcsView
view, said = widgets.current_view(View)
area, other = acs.areas().get(view.area), acs.areas().get(view.other)


def opened(current: View, code: str | None) -> View:
    """Return the view with another area; a comparison that no longer makes sense is dropped."""
    return replace(current, area=code, other=current.other if code and code != current.other else None)


st.title("Accountable care systems")
st.markdown(
    f"In June 2017 NHS England named the first eight {glossary.explained('acs', 'accountable care systems')} "
    f"and a second {glossary.explained('devolution', 'devolution area')}. Some are whole "
    f"{glossary.explained('stp', 'STPs')}, some are not. {acs.one_council()} "
    f"See what each is made of, what was agreed, and which councils speak for the people inside."
)
panels.notices(said)

with st.container(key="filters"), st.container(horizontal=True, vertical_alignment="bottom"):
    names = {code: item.name for code, item in acs.areas().items()}
    widgets.choose_one(view, "area", "Area", names, placeholder="Choose or type a name", width=340, adopt=opened)
    if area:
        others = {code: name for code, name in names.items() if code != view.area}
        widgets.choose_one(view, "other", "Compare with", others, placeholder="No comparison", width=340)
        cuts = {"council17": "Councils", "ccg17": "CCGs"}
        widgets.choose_one(view, "parts", "Close-up shows", cuts, width=150)

left, right = st.columns([54, 46], gap="large")
with left:
    with st.container(key="map"):
        panels.legend(acs_maps.legend(), acs_maps.legend().keys)
        with st.container(key="map-frame"):
            map_widgets.clickable_map(
                "map-of-acs",
                draw=lambda marked: acs_maps.national(acs.areas().get(acs.at(marked))),
                options=("acs",),
                selected=area and area.on_map,
                on_choice=lambda code: widgets.go_to(opened(widgets.current_view(View)[0], acs.at(code))),
                alt=acs_maps.alt(),
                shared=True,
            )
    st.caption("Numbers are the eight systems in the order of their announcement, letters the two devolution areas.")
    share.share(view)
    if area:
        widgets.link_to(views.BriefingView(acs=area.code), "Briefing")
with right, st.container(key="area-panel"):
    if area:
        acs_panels.area_panel(area, view.parts)
    else:
        acs_panels.overview()

if area and other:
    st.header(f"Compared with {escaped(other.name)}")
    with st.container(key="comparison"):
        file_name = f"acs-{area.code}-{other.code}.csv"
        facts = accountability.facts(area), accountability.facts(other)
        compare_panels.comparison(*facts, area.name, other.name, file_name)
        widgets.link_to(View(other.code, area.code, view.parts), f"{other.name} the other way round")

if area:
    acs_panels.councils(area)
    acs_panels.members(area)
    acs_panels.governance(area)
    acs_panels.agreed(area)
    acs_panels.named(area)
    with st.container(key="evidence"), st.expander("Sources, dates and method"):
        acs_panels.evidence(area)
else:
    st.header("Which councils speak for their residents")
    table_widgets.table_with_download(accountability.councils_overview(), "acs-councils.csv")

st.header("All ten areas as a table")
with st.container(key="all-areas"):
    table_widgets.selectable_table(
        accountability.overview(),
        key=f"table-{view.area}",
        file_name="acs-areas.csv",
        on_choice=lambda code: widgets.go_to(opened(widgets.current_view(View)[0], code)),
    )
panels.footer()
