"""The version of the code, by which caches tell answers of one edition from those of another."""

import hashlib

import streamlit

from geo import kept, paths

_FOLDERS = ("pages", "lib", "geo")
_ENDINGS = {".py", ".js", ".css"}


@kept.once
def code() -> str:
    """Return twelve hexadecimal digits that change when any file of code does, or Streamlit."""
    together = hashlib.sha256(streamlit.__version__.encode())
    files = sorted(path for folder in _FOLDERS for path in (paths.ROOT / folder).rglob("*") if path.suffix in _ENDINGS)
    for path in files:
        together.update(f"{path.relative_to(paths.ROOT).as_posix()}\0".encode() + path.read_bytes())
    return together.hexdigest()[:12]
