"""What only the live page can do: take a long list or a file, and hand out what was found of it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from geo import lookup
from geo.lookup import Lookup
from lib.content import data
from lib.content.blocks import Table
from lib.hosts.live import address, boxes
from lib.own_numbers.table import MOST_BYTES
from lib.text import capital, counted
from pages.lookup import choices, tables
from pages.lookup import file as files
from pages.lookup.file import PASTED, Brought, Given
from pages.lookup.view import MOST_IN_LINK, LookupView, fits

_LIST, _TEXT, _BOX, _TAKEN, _COLUMN = (f"lookup-{name}" for name in ("list", "text", "upload", "taken", "column"))
_FOUND = "lookup-found"
_PROMISE = (
    f"Up to {MOST_IN_LINK} pasted places go into the link. A longer list or a file is never stored: it stays in the "
    "memory of this session until you forget it or close the tab. Do not use lists with personal data."
)


def session(view: LookupView) -> Given | None:
    """Show where a list is pasted or chosen; return what was found of it, or None where the link has all there is."""
    with st.container(key="not-on-paper-lookup"):
        pasted, chosen = st.columns(2)
        with chosen:
            upload = st.file_uploader(
                f"Or a file: text, CSV or Excel (.xlsx), up to {MOST_BYTES >> 20} MB and {lookup.MOST_PLACES:,} places",
                key=_BOX,
                on_change=_taken_away,
            )
        view = _taken(view, upload) if upload is not None else view
        with pasted:
            _text_box(view)
        boxes.row(view, [choices.layers()])
        if view.places:
            # The link was opened, or a short list pasted, after the list was brought.
            _forget()
        brought = st.session_state.get(_LIST)
        if brought is None:
            st.caption(_PROMISE)
            return None
        given = Given(brought, _found(brought, view.shown))
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _beside(given)
    return given


def _text_box(view: LookupView) -> None:
    """Show the box for pasting. A long list that was taken leaves it: the browser need not get it back each time."""
    st.session_state[_TEXT] = view.places or ""
    control = choices.LIST
    st.text_area(control.label, key=_TEXT, on_change=_pasted, placeholder=control.placeholder, height=176)
    # Leaving the box is what takes the list.
    st.button("Look up", key="lookup-go")


def _pasted() -> None:
    text = st.session_state[_TEXT]
    view, _ = address.read(LookupView)
    brought = files.pasted(text) if text.strip() else None
    if brought is None or (not brought.refusal and fits(brought.listed.places)):
        if brought is not None:
            _forget()
        address.write(replace(view, places="\n".join(brought.listed.places) if brought else None))
        return
    st.session_state[_LIST] = brought
    address.write(replace(view, places=None))


def _taken(view: LookupView, upload: UploadedFile) -> LookupView:
    """Keep the file that is in the box for this session, if it is new; return the view without the link's list then.

    On every run, not only when the box changed: one file in place of another
    is two changes within a moment, and a run that is overtaken may end before
    it said what has changed.
    """
    if st.session_state.get(_TAKEN) == upload.file_id:
        return view
    st.session_state[_TAKEN] = upload.file_id
    st.session_state[_LIST] = files.opened(upload.name, upload.getvalue(), upload.file_id)
    st.session_state.pop(_COLUMN, None)
    if view.places:
        view = replace(view, places=None)
        address.write(view)
    return view


def _taken_away() -> None:
    """Forget the file that was taken out of the box."""
    brought = st.session_state.get(_LIST)
    if st.session_state[_BOX] is None and brought is not None and brought.name != PASTED:
        _forget()


def _forget() -> None:
    for name in (_LIST, _FOUND):
        st.session_state.pop(name, None)


def _found(brought: Brought, layers: tuple[str, ...]) -> Lookup | None:
    """Return what was found, as long as list and layers stay the same without looking again."""
    last = st.session_state.get(_FOUND)
    if last is None or last[0] is not brought or last[1] != layers:
        last = st.session_state[_FOUND] = (brought, layers, files.found(brought, layers))
    return last[2]


def _beside(given: Given) -> None:
    """Show what can be done with a list: read another column, take along what was found, forget it."""
    brought = given.brought
    name = capital(PASTED) if brought.name == PASTED else brought.name
    st.text(f"{name}: {counted(len(brought.listed.places), 'place')}")
    if len(brought.listed.columns) > 1:
        _column_box(brought)
    if answers := given.found:
        for head, table, some in (
            (tables.PLACES, tables.places, answers.places),
            (tables.MISSING, tables.missing, answers.missing),
        ):
            if some:
                words, name = f"{head.title} (CSV)", f"{head.file_name}.csv"
                # Made when it is asked for: on every run it would cost as much as the page.
                made = partial(_csv, table, answers)
                st.download_button(words, made, name, "text/csv", on_click="ignore", key=f"download-{head.key}")
    st.button("Forget it", on_click=_forget, key="lookup-forget")


def _csv(table: Callable[[Lookup], Table], answers: Lookup) -> bytes:
    return data.csv(table(answers))


def _column_box(brought: Brought) -> None:
    heads = list(dict.fromkeys(head for head in brought.listed.columns if head))
    st.session_state[_COLUMN] = brought.listed.column or None
    st.selectbox("Places stand in column", heads, index=None, key=_COLUMN, on_change=_column_chosen, width=240)


def _column_chosen() -> None:
    brought, column = st.session_state.get(_LIST), st.session_state.get(_COLUMN)
    # A browser may send what is no option, or no longer one.
    if brought is not None and column in brought.listed.columns:
        st.session_state[_LIST] = files.by_column(brought, column)
