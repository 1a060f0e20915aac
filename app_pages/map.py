"""The map of England's 44 footprints."""

from dataclasses import replace

import streamlit as st

from lib import catalogue, glossary, links, measures, panels, parameters, share, table_widgets, tables, views, widgets
from lib.figures import national
from lib.footprint import footprint_panels
from lib.hosts.live import maps

view, said = widgets.current_view(views.MapView)
filters = {name: getattr(view, name) for name in ("rating", "lead", "region", "acs")}
passing = catalogue.passing(filters)
shown = passing or list(catalogue.footprints())
theme = measures.theme(view.colour)

st.title("Who plans care where")
st.container(key="intro").markdown(
    f"In 2016 the NHS in England was cut into 44 {glossary.explained('footprint', 'footprints')}, the "
    f"{glossary.explained('stp', 'sustainability and transformation partnerships')} (STPs). In July 2017 NHS England "
    f"{glossary.explained('rating', 'rated')} them. Choose one to see who leads it and which councils it covers."
)
panels.notices(said)

with st.container(key="filters"):
    with st.container(horizontal=True, vertical_alignment="bottom"):
        names = {code: stp.name for code, stp in catalogue.footprints().items()}
        widgets.choose_one(view, "stp", "Footprint", names, placeholder="Choose or type a name", width=380)
        titles = {key: measure.title for key, measure in measures.MEASURES.items()}
        widgets.choose_one(view, "colour", "Colour by", titles, width=280)
        outlines = {parameters.NONE: "None", "ccg17": "CCGs", "council17": "Councils"}
        widgets.choose_one(view, "outline", "Outlines", outlines, width=150)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        widgets.choose_some(view, "lead", "Lead type", catalogue.LEAD_TYPES, "All lead types", width=200)
        ratings = {category.key: category.label for category in measures.RATING_CATEGORIES}
        widgets.choose_some(view, "rating", "Rating", ratings, "All ratings", width=230)
        widgets.choose_some(view, "region", "NHS region", catalogue.REGIONS, "All regions", width=190)
        widgets.choose_some(
            view, "acs", "Accountable care system", catalogue.ACS_STATUSES, "With and without", width=210
        )
    panels.filter_result(len(passing), bool(any(filters.values())), view)

left, right = st.columns([58, 42], gap="large")
with left:
    with st.container(key="map"):
        panels.legend(theme, shown, "map-of-stps")
        drawn = national.by_measure(
            view.colour,
            shown,
            outline=None if view.outline == parameters.NONE else view.outline,
            chosen=view.stp,
            link=links.link(replace(view, stp=links.CODE)),
            clear=links.link(replace(view, stp=None)),
        )
        maps.show(drawn, "map-of-stps")
    st.caption(measures.MEASURES[view.colour].note)
    share.share(view)
with right:
    with st.container(key="area-panel"):
        if view.stp:
            footprint_panels.footprint(catalogue.footprints()[view.stp])
        else:
            panels.overview()
    footprint_panels.published_totals(view.colour)
    widgets.link_to(views.ConditionsView(stp=view.stp), "What helps a footprint get on? Testing the claims")

st.header(f"{'All 44' if len(shown) == 44 else len(shown)} footprints as a table")
with st.container(key="table"):
    if view.stp:
        st.caption(f"Chosen: {catalogue.footprints()[view.stp].name}, beside the map.")
    table_widgets.selectable_table(
        tables.stp_values(shown, view.colour),
        key=f"table-{len(shown)}",
        file_name="footprints-map.csv",
        on_choice=lambda code: widgets.change(views.MapView, stp=code),
        in_file_only=tables.IN_FILE_ONLY,
    )
panels.footer()
