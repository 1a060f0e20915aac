"""What a page may load and run, as headers."""

import base64
import hashlib
import re
from collections.abc import Iterable

_STYLE = re.compile(r' style="([^"]*)"')


def _hashes(texts: Iterable[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return "".join(f" 'sha256-{digest}'" for digest in digests)


def live() -> str:
    """Return the policy of a page that a live one comes to stand in: Streamlit writes styles and loads blobs."""
    return (
        "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; "
        "img-src 'self' data: blob:; connect-src 'self' ws: wss:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'"
    )


def still(styles: Iterable[str] = ()) -> str:
    """Return the policy of a page without any session; `styles` are the contents of its style elements."""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'{_hashes(styles)}; font-src 'self'; "
        "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'self'"
    )


def picture() -> str:
    """Return the policy of a picture, which loads and runs nothing."""
    return "default-src 'none'; style-src 'unsafe-inline'"


def without_style_attributes(markup: str) -> tuple[str, str]:
    """Return markup of our own with its style attributes replaced by classes, and the style sheet for them.

    A policy without ``unsafe-inline`` refuses the attributes; a sheet it allows by its hash. Text is escaped, quotes
    too, so nothing that is said looks like an attribute.
    """
    names: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        return f" data-look={names.setdefault(match[1], str(len(names)))}"

    replaced = _STYLE.sub(named, markup)
    return replaced, "".join(f'[data-look="{name}"]{{{style}}}' for style, name in names.items())
