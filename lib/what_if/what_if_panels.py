"""What a what-if changes, on its page: maps, scores, words, tables and files."""

from functools import partial
from html import escape

import streamlit as st

from geo import regroup
from lib import glossary, links, panels, table_widgets, widgets
from lib.text import capital, escaped, source_markdown
from lib.views import BriefingView, WhatIfView
from lib.what_if import moves, presets, what_if, what_if_changes, what_if_files, what_if_maps, what_if_tables
from lib.what_if.move_panels import short

_KINDS = {
    what_if_changes.BETTER: "Better",
    what_if_changes.WORSE: "Worse",
    what_if_changes.ELSE: "Also different",
}


def mark(view: WhatIfView) -> None:
    """Say that what is shown is no real map, and how far from it."""
    if not view.moves:
        return
    with st.container(key="what-if-mark"):
        st.markdown(f"**{what_if.MARK}.** {escaped(what_if.sentence(view.moves))}")


def scores(view: WhatIfView) -> None:
    """Show the scores of the whole map before and after."""
    with st.container(key="scores"):
        st.table(what_if_tables.score_table(view.moves), hide_index=True, border="horizontal")


def warnings(view: WhatIfView) -> None:
    """Warn of STPs in pieces or without members."""
    said = what_if_changes.warnings(view.moves)
    if said:
        with st.container(key="what-if-warnings"):
            st.warning("\n\n".join(map(escaped, said)))


def before_and_after(view: WhatIfView) -> None:
    """Show the STPs that change on two maps of the same extent, with their key."""
    st.header("Before and after")
    for column, when in zip(st.columns(2, gap="large"), what_if_maps.WHEN, strict=True):
        with column, st.container(key=f"close-up-of-{when}"):
            if widgets.part_shown() != "table":
                panels.close_up(
                    what_if_maps.close_up(view.moves, when),
                    key=f"close-up-{when}-{short(view)}",
                    alt=what_if_maps.close_up_alt(view.moves, when),
                )
    if what_if_maps.numbered(view.moves):
        dotted = (
            " Dotted lines: councils in more than one STP before or after." if what_if_maps.divided(view.moves) else ""
        )
        st.caption(f"Dark edges: what is moved.{dotted} What lies around is faded.")
        with st.container(key="what-if-key"):
            st.html(_key(view.moves))
    else:
        st.caption("Colours only tell neighbours apart. Orange edges: what is moved. The tables list every STP.")


def _key(text: str) -> str:
    rows = "".join(
        f"<tr><td>{panels.swatch(item)}</td><th scope=row>{escape(item.label)}</th>"
        f"<td class=fp-number>{before}</td><td class=fp-number>{after}</td></tr>"
        for item, before, after in what_if_maps.key(text)
    )
    heads = "".join(f"<th class=fp-number>{head}</th>" for head in ("Residents, 2017", "Residents, what if"))
    return (
        f"<table class=fp-legend><caption>STPs whose members change ({escape(what_if.MARK)})</caption>"
        f"<thead><tr><th>Mark</th><th>STP</th>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def in_words(view: WhatIfView) -> None:
    """Say what would get better, what worse, and what else would change."""
    st.header("What would get better, and what worse")
    st.caption(
        "Better means here: more councils with one STP to deal with, and more STPs made of whole councils. Whether "
        f"services would be better is another question. Everything is counted without tolerance. "
        f"{glossary.explained('v-measure', 'V-measure')}: how well councils and STPs fit as a whole, from 0 to 1."
    )
    said = what_if_changes.changes(view.moves)
    for column, (kind, title) in zip(st.columns(3, gap="large"), _KINDS.items(), strict=True):
        with column, st.container(key=f"changes-{kind}"):
            st.subheader(title)
            these = [change.said for change in said if change.kind == kind]
            st.markdown("\n".join(f"- {escaped(one)}" for one in these) if these else "Nothing.")


def touched(view: WhatIfView) -> None:
    """Show the STPs and councils for which something changes, before and after."""
    name = what_if_files.file_name(view.moves)
    for title, make, end in (
        ("STPs", what_if_tables.stp_table, "stps"),
        ("councils", what_if_tables.council_table, "councils"),
    ):
        table = make(view.moves)
        st.header(f"{capital(title)} for which something changes: {len(table)}")
        if len(table):
            table_widgets.table_with_download(table.assign(Mark=what_if.MARK), f"{name}-{end}.csv")


def files(view: WhatIfView, address: str) -> None:
    """Offer the what-if as files, and say so where its link is long."""
    name = what_if_files.file_name(view.moves)
    link = f"{address}{links.link(view)}"
    with st.container(horizontal=True, vertical_alignment="center", key="downloads"):
        assignment = partial(what_if_files.assignment_csv, view.moves)
        table_widgets.csv_button("Assignment as CSV", assignment, f"{name}.csv")
        st.download_button(
            "New boundaries as GeoJSON",
            partial(what_if_files.boundaries_geojson, view.moves, link),
            f"{name}.geojson",
            "application/geo+json",
            on_click="ignore",
            key="download-boundaries",
        )
        widgets.link_to(BriefingView(moves=view.moves), "Briefing")
    long = moves.long_link(len(link))
    if long:
        with st.container(key="long-link"):
            st.info(long)


def all_ccgs(view: WhatIfView) -> None:
    """Show every CCG with its STP of 2017 and in the what-if; a row chooses it."""
    table = what_if_tables.assignment_table(view.moves)
    st.header("All 207 CCGs as a table")
    moved = view.moves and st.toggle("Only what is moved", key="only-moved")
    if moved:
        table = table[table["Moved"] == "yes"]
    if view.moves:
        table = table.assign(Mark=what_if.MARK)
    if view.ccg:
        st.caption(f"Chosen: {escaped(regroup.unit_name(view.ccg))}.")
    table_widgets.selectable_table(
        table,
        key=f"table-{bool(moved)}-{short(view)}",
        file_name=f"{what_if_files.file_name(view.moves)}-table.csv",
        on_choice=lambda code: widgets.change(WhatIfView, ccg=code),
    )


def evidence() -> None:
    """Say where the presets come from and how everything is counted."""
    st.markdown(f"**The review of 2021**: {escaped(presets.review())}.")
    for preset in presets.presets():
        st.markdown(f"**{escaped(preset.name)}**: {escaped(preset.what)} Source: {source_markdown(preset.source)}.")
    st.markdown(METHOD)


METHOD = f"""
**What can be moved**: a CCG of April 2017, or the part of a CCG inside one district. Glossop and West Birmingham are
such parts, of the CCGs Tameside and Glossop, and Sandwell and West Birmingham.
**Names**: an STP that takes over a CCG keeps its name and code; a new one is called New STP 1, 2 and so on.
**Split**: a council with residents in more than one STP. **Fit and V-measure** of councils and STPs: as on the page
Coterminosity ({glossary.explained("coterminous", "what that means")}), without tolerance, in residents.
**In pieces**: parts that share no border. What was an island of its STP in 2017 (the Isle of Wight, the Isles of
Scilly) counts as attached while it stays with it.
**Counting**: sums over {glossary.explained("lsoa", "LSOAs")}, never intersections of outlines; residents of mid-2017,
memberships of April 2017 (ONS). The outlines are unions of whole pieces and fit those of all other layers.
"""
