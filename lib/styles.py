"""The style sheets and the icon as they are sent: with every first view, so without what only people read."""

import base64
import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r" ?([{};]) ?")


@cache
def element(name: str) -> str:
    """Return a style sheet of this folder as a style element, without comments and indentation."""
    text = " ".join(_COMMENT.sub("", (_HERE / f"{name}.css").read_text(encoding="utf-8")).split())
    short = _AROUND.sub(r"\1", text).replace(";}", "}")
    return f"<style>{short}</style>"


@cache
def icon() -> str:
    """Return the icon of the app as an address that holds it: a file could be gone when the browser asks for it."""
    return "data:image/svg+xml;base64," + base64.b64encode((_HERE / "icon.svg").read_bytes().strip()).decode()
