"""Of what kind a reader's file is, by what is in it rather than by what it is called."""

import json
import re

from lib.own_numbers.table import MOST_BYTES, UnreadableError

_SAVE = "Open it, save the table as .xlsx or CSV, and choose that file."
_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0", "It is a workbook in the old .xls format, or one that needs a password."),
    (b"%PDF", "It is a PDF. Tables in a PDF cannot be read reliably."),
    (b"\x89PNG", "It is a picture."),
    (b"\xff\xd8\xff", "It is a picture."),
    (b"GIF8", "It is a picture."),
    (b"\x1f\x8b", "It is a packed file (gzip)."),
    (b"7z\xbc\xaf", "It is a packed file (7z)."),
    (b"Rar!", "It is a packed file (rar)."),
    (b"PAR1", "It is a Parquet file."),
)
_WEB = (b"<!doctype html", b"<html", b"<?xml", b"<table")
_JSON = (b"{", b"[")


def is_workbook(content: bytes) -> bool:
    """Return whether a file seems to be a workbook; if not, it seems to be text.

    Raises
    ------
    UnreadableError
        If it is empty, too long, or surely something else; the message says what and what to do.
    """
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadableError("The file is empty. Was it saved before it was chosen? Fill it and choose it again.")
    if len(content) > MOST_BYTES:
        raise UnreadableError(
            f"The file has {len(content) / 1024**2:,.1f} MB; at most {MOST_BYTES >> 20} MB are read. Keep one row for "
            "each area and the columns that you need, and choose it again."
        )
    for beginning, what in _BEGINNINGS:
        if content.startswith(beginning):
            raise UnreadableError(f"{what} {_SAVE}")
    if content.startswith(b"PK"):
        return True
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_WEB):
        raise UnreadableError(f"It is a web page or XML, whatever it is called. {_SAVE}")
    if start.startswith(_JSON) and _is_json(content):
        raise UnreadableError(f"It is JSON, not a table. {_SAVE}")
    return False


def _is_json(content: bytes) -> bool:
    """Return whether what begins with a bracket is JSON, or begins as nothing else does: `[Rate]` may be a heading."""
    if re.match(rb"\s*(\{\s*\"|\[\s*[\[{])", content.removeprefix(b"\xef\xbb\xbf")):
        return True
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True
