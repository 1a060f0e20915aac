"""Controls that live in the URL: the view that a page shows, links to views, boxes and sliders."""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, TypeVar
from urllib.parse import urlsplit

import streamlit as st

from geo import paths
from lib import in_words, links

View = TypeVar("View")
_PAGE, _VIEW = "page-shown", "view-shown"
# What is carried from page to page: what means nothing need not be.
_PLAIN = re.compile(r"[A-Za-z_]{1,30}")


def current_view(page: type[View]) -> tuple[View, list[str]]:
    """Return the view that the URL names, and what could not be understood of it."""
    view, notices = links.parse(page, parameters())
    st.session_state[_PAGE], st.session_state[_VIEW] = page, view
    st.set_page_config(page_title=in_words.title(view))
    return view, notices


def parameters() -> dict[str, list[str]]:
    """Return the parameters of the URL as they were when the link was made."""
    return links.repaired({name: st.query_params.get_all(name) for name in st.query_params})


def shown_view() -> Any:
    """Return the view that this run shows."""
    return st.session_state[_VIEW]


def go_to(view: Any) -> None:
    """Write a view to the URL; the page shows it in the same run or the next one."""
    st.query_params.from_dict(links.query(view) | _frame_parameters())


def _frame_parameters() -> dict[str, str]:
    """Return the parameters that say how a page is framed, not what it shows."""
    given = {name: values[-1] for name, values in parameters().items() if name in links.FRAME}
    return {name: value for name, value in given.items() if _PLAIN.fullmatch(value)}


def address() -> str:
    """Return where the reader reaches the app, or nothing if the browser does not say."""
    here = urlsplit(st.context.url or "")
    if here.scheme not in ("http", "https") or not here.netloc:
        return ""
    path = here.path.removesuffix("/")
    app, _, page = path.rpartition("/")
    return f"{here.scheme}://{here.netloc}{app if links.page_at(page) else path}"


def part_shown() -> str:
    """Return which part of the page the URL asks for: ``all``, ``map`` or ``table``."""
    part = parameters().get("view", ["all"])[-1].strip().lower()
    return part if part in links.PARTS else "all"


def change(page: type, **changes: Any) -> None:
    """Go to the current view with some of its values changed."""
    view, _ = current_view(page)
    go_to(replace(view, **changes))


PAGE_FILES = {
    page: str(paths.ROOT / "app_pages" / f"{path.replace('-', '_') or 'map'}.py") for path, page in links.PAGES.items()
}


def moved_page(path: str) -> Callable[[], None]:
    """Return a page for a path that printed links may still have: it leads to where the page is today."""

    def go() -> None:
        st.switch_page(PAGE_FILES[links.page_at(path)], query_params=parameters())

    go.__name__ = f"moved_{path}"
    return go


def link_to(view: Any, label: str) -> None:
    """Show a link to a view, all its parameters with it.

    A link to the page that it stands on is a button: Streamlit would show the
    new view and leave the old address.
    """
    if st.session_state.get(_PAGE) is type(view):
        key = f"go-{label}-{links.link(view)}"
        st.button(f"{label} →", key=key, type="tertiary", on_click=go_to, args=(view,))
    else:
        st.page_link(PAGE_FILES[type(view)], label=f"{label} →", query_params=links.query(view) | _frame_parameters())


def _box(view: Any, name: str, value: Any, choose: Callable[[Any], None]) -> dict[str, Any]:
    """Let a box say what the view says; return its key and what it calls when a reader chooses.

    A box that is away for one run still stands in the browser for a moment.
    The browser then repeats what it said, which Streamlit takes for a choice:
    a file that replaced another was read as the reader had read the first.
    """
    key, known = f"choose-{name}", f"known-{type(view).__name__}-{name}"
    # Set on every run: a value that was only set when different got lost on page changes.
    st.session_state[key] = st.session_state[known] = value

    def changed() -> None:
        chosen = st.session_state[key]
        if chosen != st.session_state.get(known):
            st.session_state[known] = chosen
            choose(chosen)

    return {"key": key, "on_change": changed}


def choose_one(
    view: Any,
    name: str,
    label: str,
    options: Mapping[Any, str],
    placeholder: str | None = None,
    width: int = 220,
    adopt: Callable[[Any, Any], Any] | None = None,
) -> None:
    """Show a select box for one value of a view.

    Parameters
    ----------
    view : dataclass
        The current view.
    name : str
        Field that the box sets.
    label, placeholder : str
        Words above and in the box; with a placeholder, no choice is a choice.
    options : mapping
        Values and their words.
    width : int
        Pixels.
    adopt : callable, optional
        View and chosen value to the new view, where more than one field changes.
    """
    adopt = adopt or (lambda current, value: replace(current, **{name: value}))
    st.selectbox(
        label,
        list(options),
        format_func=options.get,
        index=None if placeholder else 0,
        placeholder=placeholder,
        width=width,
        **_box(view, name, getattr(view, name), lambda chosen: go_to(adopt(current_view(type(view))[0], chosen))),
    )


def choose_number(view: Any, name: str, label: str, most: float, step: float, unit: str, width: int = 260) -> None:
    """Show a slider from 0 for a number of a view."""
    st.slider(
        label,
        0.0,
        most,
        step=step,
        format=f"%g{unit.replace('%', '%%')}",
        width=width,
        **_box(view, name, getattr(view, name), lambda chosen: change(type(view), **{name: chosen})),
    )


def choose_some(
    view: Any, name: str, label: str, options: Mapping[str, str], placeholder: str, width: int = 220
) -> None:
    """Show a box for a filter of a view; nothing chosen means that everything passes."""

    def choose(chosen: list[str]) -> None:
        change(type(view), **{name: tuple(option for option in options if option in chosen)})

    st.multiselect(
        label,
        list(options),
        # A browser may send what is no option, or no longer one.
        format_func=lambda option: options.get(option, str(option)),
        placeholder=placeholder,
        width=width,
        **_box(view, name, list(getattr(view, name)), choose),
    )


def drawer(label: str, key: str) -> AbstractContextManager | None:
    """Show what a reader can open and return its inside once it is open: what it holds is made and sent only then."""
    box = st.expander(label, key=key, on_change="rerun")
    return box if box.open else None
