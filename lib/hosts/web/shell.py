"""Streamlit's index page, taken apart: what the live page needs of it, to stand in a page of ours."""

import re
from dataclasses import dataclass
from pathlib import Path

import streamlit

from geo import kept

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
ROOT = '<div id="root"></div>'
"""Where the live page comes to stand."""

_TAG = re.compile(r"<(link|script)\b([^>]*)>", re.DOTALL)
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')
_AT_ONCE = ("shortcut icon", "preload")
_LIVE = ("modulepreload", "stylesheet")


class ShellError(RuntimeError):
    """Streamlit's index page is not the one that this was written for."""


@dataclass(frozen=True)
class Shell:
    """What the live page needs.

    Attributes
    ----------
    head : str
        Icon and typeface, as elements.
    live : str
        Style sheets and scripts, as elements.
    font : str
        Address of the typeface, from the address of the app.
    """

    head: str
    live: str
    font: str


@kept.once
def shell() -> Shell:
    """Return the parts of the index page of the Streamlit that is installed; raises `ShellError` as `taken_apart`."""
    return taken_apart(INDEX.read_text(encoding="utf-8"))


def taken_apart(index: str) -> Shell:
    """Return the parts of an index page.

    Raises
    ------
    ShellError
        If it has not one root element, one script of its own and one typeface: another version may need more.
    """
    tags = [(kind, dict(_ATTRIBUTE.findall(rest))) for kind, rest in _TAG.findall(index)]
    links = [tag for kind, tag in tags if kind == "link"]
    scripts = [tag for kind, tag in tags if kind == "script" and tag.get("type") == "module"]
    fonts = [tag["href"] for tag in links if tag.get("rel") == "preload" and tag.get("as") == "font"]
    if index.count(ROOT) != 1 or len(scripts) != 1 or len(fonts) != 1 or not scripts[0].get("src"):
        raise ShellError(
            "The index page of this version of Streamlit is not as expected: pages behind links cannot be made from it."
        )
    head, live = (
        "".join(f"<link{_written(tag)}>" for tag in links if tag.get("rel") in wanted) for wanted in (_AT_ONCE, _LIVE)
    )
    return Shell(head, f"{live}<script{_written(scripts[0])}></script>", fonts[0].removeprefix("./"))


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{value}"' if value else f" {name}" for name, value in attributes.items())
