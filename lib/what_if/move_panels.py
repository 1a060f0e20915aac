"""Making the moves of a what-if: cases to start from, the map, boxes and buttons."""

import hashlib
from dataclasses import replace

import pandas as pd
import streamlit as st

from geo import blocks, regroup
from lib import map_widgets, widgets
from lib.text import counted, escaped
from lib.views import WhatIfView
from lib.what_if import moves, presets, what_if, what_if_maps, what_if_tables

_HISTORY, _INTO = "what-if-history", "what-if-merged-into"
_MOST_BUTTONS, _MOST_UNDONE = 8, 100


def _current() -> WhatIfView:
    return widgets.current_view(WhatIfView)[0]


def short(view: WhatIfView) -> str:
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
    key = f"target-{view.ccg}-{short(view)}"
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
        key = short(view)
        goes = st.selectbox(
            "This STP", members, format_func=names.get, index=None, placeholder="Choose an STP", key=f"merge-{key}"
        )
        others = [code for code in members if code != goes]
        if goes:
            near = what_if.near(goes, view.moves)
            others.sort(key=lambda code: code not in near)
        # Another first STP brings another second box; what was chosen in the one before it still holds.
        box = f"into-{goes}-{key}"
        before = st.session_state.get(_INTO)
        into = st.selectbox(
            "becomes part of",
            others,
            format_func=names.get,
            index=others.index(before) if before in others else None,
            placeholder="Choose an STP, neighbours first",
            key=box,
            on_change=lambda: st.session_state.update({_INTO: st.session_state[box]}),
        )
        st.button("Merge", key="merge", disabled=not (goes and into), on_click=_merge, args=(goes, into))
        st.caption("The second STP keeps its name and code; the first one has no CCG left.")


def _merge(goes: str, into: str) -> None:
    st.session_state.pop(_INTO, None)
    _change(regroup.merged(_assigned(), goes, into))


def move_list(view: WhatIfView) -> None:
    """Show the moves, each with a way to take it back, and undo and reset."""
    made = moves.parsed(view.moves)
    table = what_if_tables.move_table(view.moves)
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
            key = f"back-{short(view)}"
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
        map_widgets.clickable_map(
            "map-of-what-if",
            draw=lambda marked: what_if_maps.england(view.moves, marked),
            options=(view.moves,),
            selected=owner,
            on_choice=lambda code: widgets.change(WhatIfView, ccg=code),
            alt=what_if_maps.alt(view.moves),
        )
    edges = " What is moved has an orange edge." if view.moves else ""
    st.caption(f"CCGs in the colours of their STPs; the dark lines are the STPs of April 2017.{edges}")
