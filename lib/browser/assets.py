"""The scripts and style sheets of the project and the library of charts, each at an address that names its content.

The files of this folder import each other by relative addresses, so all of
them stand below one address, which changes when any of them does.
"""

import hashlib
import re
from pathlib import Path

import plotly

from geo import kept

FOLDER = Path(__file__).parent
PREFIX = "app/static/browser/"
"""Where they are served, from the address of the app."""
_CHARTS = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
_TYPES = {".js": "text/javascript", ".css": "text/css"}
# Comments with nothing else on their lines: a fifth of what browsers would fetch.
_COMMENT = re.compile(rb"^[ \t]*(?://[^\n]*|/\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.MULTILINE)
_OTHERS = "vendor/"


@kept.once
def files() -> dict[str, bytes]:
    """Return content by name, ``map.js``, ``vendor/d3.js``: without comments, but for what other people wrote."""
    paths = sorted(path for path in FOLDER.rglob("*") if path.suffix in _TYPES)
    written = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in paths}
    return {name: text if name.startswith(_OTHERS) else _COMMENT.sub(b"", text) for name, text in written.items()}


@kept.once
def version() -> str:
    """Return ten hexadecimal digits that change when any of the files does."""
    together = hashlib.sha256()
    for name, content in files().items():
        together.update(f"{name}\0{len(content)}\0".encode() + content)
    return together.hexdigest()[:10]


@kept.once
def charts_url() -> str:
    """Return the address of the library of charts, as its package brings it, from the address of the app."""
    return f"{PREFIX}plotly.{hashlib.sha256(_CHARTS.read_bytes()).hexdigest()[:10]}.js"


def url(name: str) -> str:
    """Return the address of a file, from the address of the app; raises `KeyError` if there is none."""
    files()[name]
    return f"{PREFIX}{version()}/{name}"


def served(path: str) -> tuple[bytes, str]:
    """Return content and media type of what stands at an address.

    Parameters
    ----------
    path : str
        The address without `PREFIX`.

    Raises
    ------
    LookupError
        If nothing stands there, for instance because the files are of another version.
    """
    if f"{PREFIX}{path}" == charts_url():
        return _CHARTS.read_bytes(), _TYPES[".js"]
    stamp, _, name = path.partition("/")
    if stamp != version():
        raise LookupError(path)
    return files()[name], _TYPES[Path(name).suffix]
