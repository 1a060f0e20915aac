"""The text of a reader's file, its encoding found."""

import codecs
import re

from lib.own_numbers.table import UnreadableError

_MOST_CONTROL = 0.01
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


def decoded(content: bytes) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding.

    A byte order mark decides; without one it is UTF-8 if it can be, then
    UTF-16 if every other byte is empty, then Windows-1252.

    Raises
    ------
    UnreadableError
        If it is none of these.
    """
    tried = [(name, label) for mark, name, label in _MARKS if content.startswith(mark)]
    if not tried:
        tried = [("utf-8", "UTF-8"), ("cp1252", "Windows-1252")]
        if b"\0" in content:
            low, high = content[1::2].count(0), content[::2].count(0)
            wide = max(low, high) > len(content) / 4
            tried = [("utf-16-le" if low > high else "utf-16-be", "UTF-16")] if wide else []
    for name, label in tried:
        try:
            text = content.decode(name)
        except UnicodeError:
            continue
        if len(_CONTROL.findall(text)) <= _MOST_CONTROL * len(text) and "\0" not in text:
            return text, label
    what = "It has empty bytes in it, which no text has" if b"\0" in content else "Its letters are of no known encoding"
    raise UnreadableError(
        f"The file is neither a workbook nor a text that can be read. {what}. "
        "Open it in a spreadsheet, save it as CSV UTF-8 or as .xlsx, and choose that file."
    )
