"""Controls that live in the URL: the view that a page shows, links to views, boxes and sliders."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, TypeVar

import streamlit as st

from geo import paths
from lib import in_words, links
from lib.content.controls import ChooseNumber, ChooseOne
from lib.hosts.live import address, boxes

View = TypeVar("View")
_PAGE, _VIEW = "page-shown", "view-shown"


def current_view(page: type[View]) -> tuple[View, list[str]]:
    """Return the view that the URL names, and what could not be understood of it."""
    view, notices = address.read(page)
    st.session_state[_PAGE], st.session_state[_VIEW] = page, view
    st.set_page_config(page_title=in_words.title(view))
    return view, notices


def shown_view() -> Any:
    """Return the view that this run shows."""
    return st.session_state[_VIEW]


def change(page: type, **changes: Any) -> None:
    """Go to the current view with some of its values changed."""
    view, _ = current_view(page)
    address.write(replace(view, **changes))


PAGE_FILES = {
    page: str(paths.ROOT / "app_pages" / f"{path.replace('-', '_') or 'map'}.py") for path, page in links.PAGES.items()
}


def moved_page(path: str) -> Callable[[], None]:
    """Return a page for a path that printed links may still have: it leads to where the page is today."""

    def go() -> None:
        st.switch_page(PAGE_FILES[links.page_at(path)], query_params=address.parameters())

    go.__name__ = f"moved_{path}"
    return go


def link_to(view: Any, label: str) -> None:
    """Show a link to a view, all its parameters with it.

    A link to the page that it stands on is a button: Streamlit would show the
    new view and leave the old address.
    """
    if st.session_state.get(_PAGE) is type(view):
        key = f"go-{label}-{links.link(view)}"
        st.button(f"{label} →", key=key, type="tertiary", on_click=address.write, args=(view,))
    else:
        st.page_link(PAGE_FILES[type(view)], label=f"{label} →", query_params=links.query(view) | address.frame())


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
    boxes.box(view, ChooseOne(name, label, options, placeholder or "", width, adopt=adopt))


def choose_number(view: Any, name: str, label: str, most: float, step: float, unit: str, width: int = 260) -> None:
    """Show a slider from 0 for a number of a view."""
    boxes.box(view, ChooseNumber(name, label, most, step, unit, width=width))


def drawer(label: str, key: str) -> AbstractContextManager | None:
    """Show what a reader can open and return its inside once it is open: what it holds is made and sent only then."""
    box = st.expander(label, key=key, on_change="rerun")
    return box if box.open else None
