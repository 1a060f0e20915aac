"""Pieces of the What if page."""

import hashlib
from dataclasses import replace
from functools import partial
from html import escape

import pandas as pd
import streamlit as st

from geo import blocks, regroup
from lib import glossary, links, maps, moves, panels, presets, what_if, what_if_files, what_if_maps, widgets
from lib.text import counted, escaped, source_markdown
from lib.views import BriefingView, WhatIfView

_HISTORY = "what-if-history"
_MOST_BUTTONS, _MOST_UNDONE = 8, 100
_KINDS = {
    what_if.BETTER: "Better",
    what_if.WORSE: "Worse",
    what_if.ELSE: "Also different",
}


def _current() -> WhatIfView:
    return widgets.current_view(WhatIfView)[0]


def _short(view: WhatIfView) -> str:
    """Return a short word for the moves of a view, for the keys of what depends on them."""
    return hashlib.blake2s((view.moves or "").encode(), digest_size=5).hexdigest()


def _adopt(text: str | None, ccg: str | None) -> None:
    """Go to other moves, and remember those that were shown."""
    before = _current().moves
    if text != before:
        history = st.session_state.setdefault(_HISTORY, [])
        history.append(before)
        del history[:-_MOST_UNDONE]
    widgets.go_to(replace(_current(), moves=text, ccg=ccg))


def _change(assigned: pd.Series) -> None:
    _adopt(moves.write(regroup.moves_of(assigned)), _current().ccg)


def _assigned() -> pd.Series:
    return regroup.assignment(moves.parsed(_current().moves))


def _undo() -> None:
    history = st.session_state.get(_HISTORY, [])
    if history:
        widgets.go_to(replace(_current(), moves=history.pop()))


def mark(view: WhatIfView) -> None:
    """Say that what is shown is no real map, and how far from it."""
    if not view.moves:
        return
    with st.container(key="what-if-mark"):
        st.markdown(f"**{what_if.MARK}.** {escaped(what_if.sentence(view.moves))}")


def start() -> None:
    """Offer the cases that were asked or done."""
    st.markdown("**Start with a case that was asked or done**")
    with st.container(horizontal=True, key="presets"):
        for preset in presets.presets():
            st.button(preset.name, key=f"preset-{preset.name}", on_click=_adopt, args=(moves.write(preset.moves), None))


def chooser(view: WhatIfView) -> None:
    """Choose a CCG, or a part of one, and its new STP."""
    st.header("Move a CCG")
    names = {code: name for code, name in blocks.names("ccg17").sort_values().items()}
    owner = (view.ccg or "").partition("-")[0] or None
    shown = WhatIfView(view.moves, owner)
    widgets.choose_one(shown, "ccg", "CCG", names, placeholder="Choose on the map or type a name", width=420)
    if not view.ccg:
        st.caption("Click a CCG on the map, choose it here, or select its row in the table at the end of the page.")
        return
    _choose_part(view.ccg, owner)
    assigned = _assigned()
    inside = regroup.units()[view.ccg]
    now = [regroup.stp_name(stp) for stp in dict.fromkeys(assigned[list(inside)])]
    st.markdown(
        f"{what_if.residents(view.ccg):,} residents, in {escaped(' and '.join(now))}"
        + (" in this what-if." if any(assigned[part] != what_if.home(view.ccg) for part in inside) else ".")
    )
    options = what_if.targets(view.ccg, view.moves)
    key = f"target-{view.ccg}-{_short(view)}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Its new STP",
            list(options),
            format_func=options.get,
            index=None,
            placeholder="Neighbours come first",
            key=key,
            width=330,
        )
        chosen = st.session_state.get(key)
        st.button("Move", key="move", type="primary", disabled=not chosen, on_click=_move, args=(view.ccg, chosen))


def _choose_part(unit: str, owner: str) -> None:
    """Offer the parts of a CCG that lies in more than one district."""
    inside = regroup.units()[owner]
    if len(inside) == 1:
        return
    options = {owner: f"All of it, {what_if.residents(owner):,} residents"}
    for part in inside:
        district = blocks.names("lad17")[part.partition("-")[2]]
        options[part] = f"Only the part in {district}, {what_if.residents(part):,} residents"
    key = "choose-part"
    st.session_state[key] = unit
    st.selectbox(
        "What to move",
        list(options),
        format_func=options.get,
        key=key,
        on_change=lambda: widgets.change(WhatIfView, ccg=st.session_state[key]),
        width=420,
    )


def _move(unit: str, stp: str) -> None:
    assigned = _assigned()
    assigned[list(regroup.units()[unit])] = stp
    _change(assigned)


def merge(view: WhatIfView) -> None:
    """Merge two STPs."""
    with st.expander("Merge two STPs"):
        members = sorted(set(_assigned()), key=regroup.stp_name)
        names = {code: regroup.stp_name(code) for code in members}
        key = _short(view)
        goes = st.selectbox(
            "This STP", members, format_func=names.get, index=None, placeholder="Choose an STP", key=f"merge-{key}"
        )
        others = [code for code in members if code != goes]
        if goes:
            near = what_if.near(goes, view.moves)
            others.sort(key=lambda code: code not in near)
        into = st.selectbox(
            "becomes part of",
            others,
            format_func=names.get,
            index=None,
            placeholder="Choose an STP, neighbours first",
            key=f"into-{goes}-{key}",
        )
        st.button("Merge", key="merge", disabled=not (goes and into), on_click=_merge, args=(goes, into))
        st.caption("The second STP keeps its name and code; the first one has no CCG left.")


def _merge(goes: str, into: str) -> None:
    _change(regroup.merged(_assigned(), goes, into))


def move_list(view: WhatIfView) -> None:
    """Show the moves, each with a way to take it back, and undo and reset."""
    made = moves.parsed(view.moves)
    table = what_if.move_table(view.moves)
    st.header(counted(len(made), "move") if made else "No moves yet")
    with st.container(key="moves"):
        if len(made) <= _MOST_BUTTONS:
            for unit, row in table.iterrows():
                what, back = st.columns([4, 1], vertical_alignment="center")
                what.markdown(f"{escaped(row.iloc[0])}: {escaped(row['From'])} → **{escaped(row['To'])}**")
                back.button(
                    "Take back",
                    key=f"back-{unit}",
                    type="tertiary",
                    on_click=_take_back,
                    args=(unit,),
                    help=presets.called(unit),
                )
        else:
            st.dataframe(table, hide_index=True, height=260)
            key = f"back-{_short(view)}"
            st.selectbox(
                "Take a move back",
                list(made),
                format_func=regroup.unit_name,
                index=None,
                placeholder="Choose a CCG",
                key=key,
                on_change=lambda: _take_back(st.session_state[key]),
            )
    with st.container(horizontal=True):
        history = st.session_state.get(_HISTORY, [])
        st.button("Undo", key="undo", disabled=not history, on_click=_undo, help="Back to the what-if before this one")
        st.button("Reset all moves", key="reset", disabled=not made, on_click=_adopt, args=(None, view.ccg))


def _take_back(unit: str | None) -> None:
    if unit:
        assigned = _assigned()
        inside = list(regroup.units().get(unit, (unit,)))
        assigned[inside] = regroup.parts()["stp17"][inside]
        _change(assigned)


def england(view: WhatIfView) -> None:
    """Show the map on which a CCG is chosen."""
    owner = (view.ccg or "").partition("-")[0] or None
    with st.container(key="map-frame"):
        widgets.clickable_map(
            "map-of-what-if",
            draw=lambda marked: what_if_maps.england(view.moves, marked),
            options=(view.moves,),
            selected=owner,
            on_choice=lambda code: widgets.change(WhatIfView, ccg=code),
            alt=what_if_maps.alt(view.moves),
        )
    edges = " What is moved has an orange edge." if view.moves else ""
    st.caption(f"CCGs in the colours of their STPs; the dark lines are the STPs of April 2017.{edges}")


def scores(view: WhatIfView) -> None:
    """Show the scores of the whole map before and after."""
    with st.container(key="scores"):
        st.table(what_if.score_table(view.moves), hide_index=True, border="horizontal")


def warnings(view: WhatIfView) -> None:
    """Warn of STPs in pieces or without members."""
    said = what_if.warnings(view.moves)
    if said:
        with st.container(key="what-if-warnings"):
            st.warning("\n\n".join(map(escaped, said)))


def before_and_after(view: WhatIfView) -> None:
    """Show the STPs that change on two maps of the same extent, with their key."""
    st.header("Before and after")
    for column, when in zip(st.columns(2, gap="large"), what_if_maps.WHEN, strict=True):
        with column, st.container(key=f"close-up-of-{when}"):
            if widgets.part_shown() != "table":
                st.plotly_chart(
                    what_if_maps.close_up(view.moves, when),
                    key=f"close-up-{when}-{_short(view)}",
                    config=maps.CONFIG,
                    theme=None,
                    height="stretch",
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
        "services would be better is another question. Everything is counted without tolerance."
    )
    said = what_if.changes(view.moves)
    for column, (kind, title) in zip(st.columns(3, gap="large"), _KINDS.items(), strict=True):
        with column, st.container(key=f"changes-{kind}"):
            st.subheader(title)
            these = [change.said for change in said if change.kind == kind]
            st.markdown("\n".join(f"- {escaped(one)}" for one in these) if these else "Nothing.")


def touched(view: WhatIfView) -> None:
    """Show the STPs and councils for which something changes, before and after."""
    name = what_if_files.file_name(view.moves)
    for title, make, end in (("STPs", what_if.stp_table, "stps"), ("councils", what_if.council_table, "councils")):
        table = make(view.moves)
        st.header(f"{title[0].upper()}{title[1:]} for which something changes: {len(table)}")
        if len(table):
            widgets.table_with_download(table.assign(Mark=what_if.MARK), f"{name}-{end}.csv")


def files(view: WhatIfView, address: str) -> None:
    """Offer the what-if as files, and say so where its link is long."""
    name = what_if_files.file_name(view.moves)
    link = f"{address}{links.link(view)}"
    with st.container(horizontal=True, vertical_alignment="center", key="downloads"):
        st.download_button(
            "Assignment as CSV",
            partial(what_if_files.assignment_csv, view.moves),
            f"{name}.csv",
            "text/csv",
            on_click="ignore",
            key="download-assignment",
        )
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
    table = what_if.assignment_table(view.moves)
    st.header("All 207 CCGs as a table")
    moved = view.moves and st.toggle("Only what is moved", key="only-moved")
    if moved:
        table = table[table["Moved"] == "yes"]
    if view.moves:
        table = table.assign(Mark=what_if.MARK)
    if view.ccg:
        st.caption(f"Chosen: {escaped(regroup.unit_name(view.ccg))}.")
    widgets.selectable_table(
        table,
        key=f"table-{bool(moved)}-{_short(view)}",
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
