"""Links as they arrive: what mail, chats, newsletters and word processors do to them on their way, undone.

Nothing here knows what a value means: what a link of this project's own says
comes back as it is, and what nobody can mend stays for others to name.
"""

import html
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import unquote

from geo import kept
from lib import trackers

_MOST_LAYERS = 6
"""How often a link may have been encoded upon itself."""
_MOST_READ = 8_000
"""Characters of a parameter; what is longer is left as it is."""

# What links are made of when they are written: nothing to mend, and by far the most that come.
_SOUND = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_,:.-]*[A-Za-z0-9])?")
_ORDINARY = re.compile(r"[ -*,-~]*")
_ESCAPED = re.compile(r"(?:%[0-9a-f]{2})+", re.IGNORECASE)
_ESCAPED_BY_SCRIPT = re.compile(r"%u([0-9a-f]{4})", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,31});", re.IGNORECASE)
# Where another parameter begins: behind a sign that parts them, or with a character that its beginning was taken for.
_BORDER = re.compile(r"(?:[?&;](?:amp;?|\s){0,8}|(?=[^\w\s!-~]))([\w.~-]{1,60}|[^\w\s!-~]\w{0,60})\s?=", re.IGNORECASE)
_AMPERSAND = re.compile(r"[?&;\s]*(?:amp;?)*", re.IGNORECASE)
# Mail ends a line at a width of its own; where it is "quoted-printable", with an equals sign before the end.
_LINE_END = re.compile(r"([?&;][\w.~-]{1,60}=)?=?[\r\n\t\v\f\x85\u2028\u2029]+")
_EQUALS_IN_MAIL = "3D"
_CODE_WITH_GAPS = re.compile(r"\b[EWSN](?: ?\d){8}\b", re.IGNORECASE)

_SPACE, _DASH, _UNSEEN = {"Zs"}, {"Pd"}, {"Cc", "Cf", "Zl", "Zp"}
_OPENING, _CLOSING = {"Zs", "Ps", "Pi", "Pf"}, {"Zs", "Pe", "Pf", "Pi", "Ps", "Po", "Pc"}
_ALSO_OPENING, _ALSO_CLOSING = "\"'`´<*_~|=?&;:,", "`´<>~|=^\N{REPLACEMENT CHARACTER}"
# Five per cent ends in a sign that means something.
_KEPT = "%"


def repaired(parameters: Mapping[str, list[str]], names: Collection[str]) -> dict[str, list[str]]:
    """Return query parameters as they were when the link was made.

    Parameters
    ----------
    parameters : mapping of str to list of str
        Every value of every parameter, untrusted.
    names : collection of str
        What parameters may be called, in small letters.

    Returns
    -------
    dict of str to list of str
        Names in small letters where they are known. What is not known stays
        under the name that it came with. To repair it again changes nothing.
    """
    known = frozenset(names)
    mended: dict[str, list[str]] = {}
    for name, values in parameters.items():
        for value in values:
            for own, content in _parts(name, value, known):
                mended.setdefault(own, []).append(content)
    return mended


def _parts(name: str, value: str, known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Return what a parameter says, and what other parameters say that were stuck to it."""
    if (name in known and _sound(value)) or len(name) + len(value) > _MOST_READ:
        yield name, value
        return
    # With an ampersand before it, every parameter begins in the same way.
    whole = f"{decoded(f'&{name}')}={decoded(value)}"
    candidates = [
        (border, _eaten(known).get(border[1].lower()) or _known(border[1], known)) for border in _BORDER.finditer(whole)
    ]
    borders = [(border, own) for border, own in candidates if own]
    edges = [*(border.start() for border, _ in borders), len(whole)]
    first, _, content = whole[: edges[0]].partition("=")
    if own := _known(first, known):
        yield own, _alone(content)
    elif content or not _is_separator(first):
        yield (_AMPERSAND.sub("", first, count=1).strip(), content) if borders else (name, value)
    for (border, own), end in zip(borders, edges[1:], strict=True):
        yield own, _alone(whole[border.end() : end])


def text(value: str) -> str:
    """Return a value without escapes, unseen characters, line ends, and what a sentence or a chat put around it."""
    return value if _sound(value) else _alone(decoded(value))


def decoded(value: str) -> str:
    """Return a text without escapes, however many lie upon each other, in plain characters."""
    for _ in range(_MOST_LAYERS):
        before = value
        value = _LINE_END.sub(lambda match: match[1] or "", value)
        if not _ORDINARY.fullmatch(value):
            value = unicodedata.normalize("NFKC", value)
            value = value.translate({ord(character): _plain(character) for character in set(value)})
        value = _ESCAPED_BY_SCRIPT.sub(lambda match: chr(int(match[1], 16)), value)
        value = _ESCAPED.sub(lambda match: unquote(match[0], errors="replace"), value)
        value = _ENTITY.sub(lambda match: html.unescape(match[0]), value)
        if value == before:
            break
    return value


def _sound(value: str) -> bool:
    return bool(_SOUND.fullmatch(value)) and not value.startswith(_EQUALS_IN_MAIL)


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in _UNSEEN:
        return ""
    # A plus sign is a space that was encoded twice.
    if kind in _SPACE or character == "+":
        return " "
    return "-" if kind in _DASH or character == "\N{MINUS SIGN}" else character


def _alone(value: str) -> str:
    """Return a text without the punctuation around it."""
    start, end = 0, len(value)
    while start < end:
        if value.startswith(_EQUALS_IN_MAIL, start, end):
            start += len(_EQUALS_IN_MAIL)
        elif value[start] in _ALSO_OPENING or unicodedata.category(value[start]) in _OPENING:
            start += 1
        elif value[end - 1] in _ALSO_CLOSING or (
            unicodedata.category(value[end - 1]) in _CLOSING and value[end - 1] not in _KEPT
        ):
            end -= 1
        else:
            break
    return _CODE_WITH_GAPS.sub(lambda match: match[0].replace(" ", ""), value[start:end])


def _is_separator(piece: str) -> bool:
    """Return whether what stands before or between parameters is nothing but an ampersand or another sign, escaped."""
    return bool(_AMPERSAND.fullmatch(piece)) or not _alone(decoded(piece))


def _known(spelling: str, known: frozenset[str]) -> str | None:
    """Return a parameter's name as it is known; None if it is not."""
    name = _alone(_AMPERSAND.sub("", spelling, count=1)).lower()
    return name if name in known or trackers.is_tracker(name) else None


@kept.once
def _eaten(known: frozenset[str]) -> dict[str, str]:
    """Return what a program that takes the beginning of a name for a character makes of names: ``"®ion"``."""
    return {misreading: name for name in known if (misreading := html.unescape(f"&{name}")) != f"&{name}"}
