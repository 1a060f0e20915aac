"""Choices of a page as Streamlit's boxes; each says what the link says and writes what a reader chooses into it."""

from collections.abc import Callable, Iterable
from typing import Any

import streamlit as st

from lib.content.controls import ChooseNumber, ChooseOne, ChooseSome, Control, EnterText
from lib.hosts.live import address, document
from lib.parameters import NONE


def show(view: Any, controls: Iterable[Control]) -> None:
    """Show boxes side by side, and behind them the place for what is folded away."""
    controls = tuple(controls)
    if not controls:
        return
    with st.container(key="filters"), st.container(horizontal=True, vertical_alignment="bottom"):
        for control in controls:
            if not control.folded:
                box(view, control)
        if any(control.folded for control in controls):
            document.choices()


def row(view: Any, controls: list[Control]) -> None:
    """Show boxes side by side."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        for control in controls:
            box(view, control)


def box(view: Any, control: Control) -> None:
    """Show one box."""
    _SHOWN[type(control)](view, control)


def _bound(view: Any, control: Control, value: Any) -> dict[str, Any]:
    """Let a box say what the view says; return its key and what it calls when a reader chooses.

    A box that is away for one run still stands in the browser for a moment.
    The browser then repeats what it said, which Streamlit takes for a choice.
    """
    key, known = f"choose-{control.field}", f"known-{type(view).__name__}-{control.field}"
    # Set on every run: a value that was only set when different got lost on page changes.
    st.session_state[key] = st.session_state[known] = value

    def changed() -> None:
        chosen = st.session_state[key]
        # A browser may send what is no option, or no longer one.
        if isinstance(control, ChooseOne) and chosen not in (None, *control.options):
            return
        if chosen != st.session_state.get(known):
            st.session_state[known] = chosen
            address.write(control.chosen(address.read(type(view))[0], chosen))

    return {"key": key, "on_change": changed}


def _one(view: Any, control: ChooseOne) -> None:
    # What is no option has no words, and stands for an empty box.
    # pyrefly: ignore[no-matching-overload]
    st.selectbox(
        control.label,
        list(control.options),
        format_func=control.options.get,
        index=None if control.placeholder else 0,
        placeholder=control.placeholder or None,
        width=control.width,
        **_bound(view, control, getattr(view, control.field)),
    )


def _some(view: Any, control: ChooseSome) -> None:
    st.multiselect(
        control.label,
        list(control.options),
        # A browser may send what is no option, or no longer one.
        format_func=lambda option: control.options.get(option, str(option)),
        placeholder=control.placeholder,
        width=control.width,
        **_bound(view, control, list(getattr(view, control.field))),
    )


def _number(view: Any, control: ChooseNumber) -> None:
    st.slider(
        control.label,
        control.least,
        control.most,
        step=control.step,
        format=f"%g{control.unit.replace('%', '%%')}",
        width=control.width,
        **_bound(view, control, getattr(view, control.field)),
    )


def _text(view: Any, control: EnterText) -> None:
    box = st.text_area if control.lines > 1 else st.text_input
    box(
        control.label,
        max_chars=control.longest,
        placeholder=control.placeholder or None,
        width=control.width,
        **_bound(view, control, getattr(view, control.field) or _typed(control)),
    )


def _typed(control: EnterText) -> str:
    """Return what was typed and not understood: it stays in its box to be mended."""
    text = address.parameters().get(control.field, [""])[-1]
    return "" if text.strip().lower() == NONE else text[: control.longest]


_SHOWN: dict[type, Callable[[Any, Any], None]] = {
    ChooseOne: _one,
    ChooseSome: _some,
    ChooseNumber: _number,
    EnterText: _text,
}
