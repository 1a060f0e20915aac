"""A reader's numbers on a page: what was matched, the map, the ranking and the groups."""

from dataclasses import replace
from functools import partial

import streamlit as st

from geo import blocks
from lib import (
    catalogue,
    fit,
    glossary,
    map_widgets,
    maps,
    panels,
    table_widgets,
    tables,
    themes,
    views,
    widgets,
)
from lib.hosts.live import address
from lib.own_numbers import groups, keys, show, strips
from lib.own_numbers.match import Matched
from lib.own_numbers.own_file_panels import kept
from lib.own_numbers.table import Table
from lib.text import capital, counted, escaped

View = views.YourNumbersView
_TITLES = {"rating": "By rating of the STP, July 2017", "lead": "By lead type of the STP"}


def report(table: Table, found: Matched) -> None:
    """Say how the file was read, how many rows were used, and which were not and why."""
    with st.container(key="report"):
        st.markdown(f"**{escaped(found.sentence())}** {escaped(' '.join(table.notes))}")
        for said in found.notices:
            st.markdown(escaped(said))
        if len(found.left_out):
            many = counted(len(found.left_out), "row was", "rows were")
            with st.expander(f"{many} not used: which and why", expanded=len(found.left_out) <= 12):
                table_widgets.table_with_download(found.left_out, "your-numbers-not-used.csv")


def the_map(view: View, found: Matched) -> None:
    """Show the values on the map."""
    file = kept()
    theme = file.keep("theme", (found,), partial(show.theme, found))
    area = view.area if view.area in theme.names else None
    with st.container(key="map"):
        panels.legend(theme, theme.keys)
        with st.container(key="map-frame"):
            map_widgets.clickable_map(
                "map-of-your-numbers",
                draw=lambda marked: maps.national(theme, theme.keys, selected=marked),
                options=(file.upload, view.sheet, found.layer, found.title, tuple(found.values.items())),
                selected=area,
                on_choice=lambda code: widgets.change(View, area=code),
                alt=themes.described(theme, theme.keys),
            )
    gaps = {"stp17": "Striped areas have no value."}.get(found.layer, "Grey areas have no value.")
    st.caption(f"Up to five classes with about as many areas each. {gaps if len(found.gaps) else ''}")


def panel(view: View, found: Matched) -> None:
    """Show the chosen area, or what the values are like."""
    names = blocks.names(found.layer)
    if view.area not in names.index:
        st.header(escaped(found.title))
        st.markdown(escaped(show.summary(found)))
        st.markdown("Choose an area on the map, in the box or in the table to see its value and rank.")
        ends = show.ends(found)
        st.table(ends.map(escaped), hide_index=True, border="horizontal")
        return
    st.header(names[view.area])
    st.markdown(f"{escaped(found.title)}: {escaped(show.place(found, view.area))}")
    home = catalogue.footprints()[show.homes(found.layer)[view.area]]
    if found.layer != "stp17":
        most = "It lies in the STP" if found.layer == "ccg17" else "Most of its residents live in the STP"
        st.markdown(f"{most} {escaped(home.name)}.")
    st.markdown(
        f"Rating of the STP, July 2017: **{catalogue.rating_words(home)}**  \n"
        f"Lead type of the STP: **{catalogue.LEAD_TYPES[home.lead.kind]}**"
    )
    if found.layer == "council17":
        widgets.link_to(views.CouncilView(view.area), "Whom this council has to deal with")
    widgets.link_to(views.FootprintView(home.code), f"Everything about {home.name}")


def ranking(found: Matched) -> None:
    """Show all areas from the greatest value to the least."""
    file = kept()
    form = "localized" if not found.decimals else f"%.{found.decimals}f"
    with st.container(key="table"):
        table_widgets.selectable_table(
            show.ranking(found),
            key=f"table-{file.upload}-{found.layer}-{len(found.values)}",
            file_name=f"your-numbers-{found.layer}.csv",
            on_choice=lambda code: widgets.change(View, area=code),
            formats={show.value_head(found): form},
        )


def crossed(view: View, found: Matched) -> None:
    """Show the values by rating, lead type and fit."""
    partner = _partner(view, found.layer)
    st.markdown(escaped(groups.attribution(found.layer)))
    st.caption(
        "Groups of a few areas differ by chance alone; a difference here is a question to ask, not a cause. Dark lines "
        "are medians; hollow dots stand for ratings that are inferred or not established."
    )
    left, right = st.columns(2, gap="large")
    for column, by in ((left, "rating"), (right, "lead")):
        with column:
            st.subheader(_TITLES[by])
            _group(found, by)
    st.subheader(f"By fit with {blocks.layer(partner).many}")
    st.markdown(f"How {glossary.explained('coterminous', 'coterminous')} each area is, counted in residents.")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        effective = replace(view, partner=partner)
        others = {name: blocks.layer(name).many for name in fit.LAYERS if name != found.layer}
        others = {name: capital(many) for name, many in others.items()}
        widgets.choose_one(effective, "partner", "Held against", others, width=180)
        widgets.choose_number(effective, "tolerance", "Tolerance", fit.MOST_TOLERANCE, 0.5, "%", width=240)
    left, right = st.columns(2, gap="large")
    with left:
        _group(found, "fit", partner, view.tolerance)
    with right:
        widgets.link_to(
            views.CoterminosityView(a=found.layer, b=partner, tolerance=view.tolerance), "This fit on the map"
        )
        table_widgets.csv_button(
            "Download all three as CSV",
            lambda: tables.csv(groups.download(found, partner, view.tolerance), decimals=None),
            "your-numbers-by-class.csv",
        )


def _partner(view: View, layer: str) -> str:
    if view.partner not in (keys.AUTO, layer):
        return view.partner
    return "council17" if layer == "stp17" else "stp17"


def _group(found: Matched, by: str, partner: str = "", tolerance: float = 0.0) -> None:
    """Show the values in groups: a table, and a strip of dots for each."""
    file, asked = kept(), (found, partner, tolerance)
    parts = file.keep(f"groups-{by}", asked, partial(groups.groups, found, by, partner, tolerance))
    with st.container(key=f"by-{by}"):
        # Not table_widgets.small_table, which keeps what it shows for others.
        st.table(groups.in_words(found, parts), hide_index=True, border="horizontal")
        if address.part() != "table":
            panels.chart(
                file.keep(f"strips-{by}", asked, partial(strips.figure, found, parts)),
                key=f"strips-{by}",
                alt=strips.alt(found, parts),
            )
