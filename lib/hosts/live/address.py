"""The address of the live page: the view that it names, and how it is framed."""

import re
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import streamlit as st

from lib import links

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

View = TypeVar("View", bound="DataclassInstance")
# What is carried from page to page: what means nothing need not be.
_PLAIN = re.compile(r"[A-Za-z_]{1,30}")


def parameters() -> dict[str, list[str]]:
    """Return the parameters of the address as they were when the link was made."""
    return links.repaired({name: st.query_params.get_all(name) for name in st.query_params})


def read(page: type[View]) -> tuple[View, list[str]]:
    """Return the view that the address names, and what could not be understood of it."""
    return links.parse(page, parameters())


def write(view: Any) -> None:
    """Write a view to the address; the page shows it in the same run or the next one."""
    st.query_params.from_dict(links.query(view) | frame())


def frame() -> dict[str, str]:
    """Return the parameters that say how a page is framed, not what it shows."""
    by_name = {name: values[-1] for name, values in parameters().items() if name in links.FRAME}
    return {name: value for name, value in by_name.items() if _PLAIN.fullmatch(value)}


def part() -> str:
    """Return which part of the page the address asks for: ``all``, ``map`` or ``table``."""
    word = parameters().get("view", ["all"])[-1].strip().lower()
    return word if word in links.PARTS else "all"


def app() -> str:
    """Return where the reader reaches the app, or nothing if the browser does not say."""
    here = urlsplit(st.context.url or "")
    if here.scheme not in ("http", "https") or not here.netloc:
        return ""
    path = here.path.removesuffix("/")
    app, _, page = path.rpartition("/")
    return f"{here.scheme}://{here.netloc}{app if links.page_at(page) else path}"
