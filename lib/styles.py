"""The style sheets as they are sent: with every first view, so without what only people read."""

import re
from pathlib import Path

from geo import kept

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND = re.compile(r" ?([{};]) ?")


@kept.once
def element(name: str) -> str:
    """Return a style sheet of this folder as a style element, without comments and indentation."""
    text = " ".join(_COMMENT.sub("", (Path(__file__).parent / f"{name}.css").read_text(encoding="utf-8")).split())
    short = _AROUND.sub(r"\1", text).replace(";}", "}")
    return f"<style>{short}</style>"
