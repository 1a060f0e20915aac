"""How names of areas are compared: one normalising for search, links, tables and the command line."""

import re
import unicodedata

LONGEST = 120
"""Characters of a text that are read; no name is as long."""

ABBREVIATIONS = {
    "banes": "bath north east somerset",
    "beds": "bedfordshire",
    "berks": "berkshire",
    "bham": "birmingham",
    "bucks": "buckinghamshire",
    "cambs": "cambridgeshire",
    "glos": "gloucestershire",
    "hants": "hampshire",
    "herts": "hertfordshire",
    "iow": "isle wight",
    "lancs": "lancashire",
    "leics": "leicestershire",
    "lincs": "lincolnshire",
    "mids": "midlands",
    "mk": "milton keynes",
    "nc": "north central",
    "ne": "north east",
    "northants": "northamptonshire",
    "notts": "nottinghamshire",
    "nw": "north west",
    "oxon": "oxfordshire",
    "saint": "st",
    "salop": "shropshire",
    "se": "south east",
    "staffs": "staffordshire",
    "sw": "south west",
    "warks": "warwickshire",
    "wilts": "wiltshire",
    "worcs": "worcestershire",
    "yorks": "yorkshire",
}
_INITIALS = {"n": "north", "e": "east", "s": "south", "w": "west"}
_SMALL = {"and", "the", "of"}
_APOSTROPHES = re.compile("['`´‘’‛ʹʼʽˈ′＇]")
_ASCII_APOSTROPHES, _AND, _SIGNS = (re.compile(signs) for signs in ("['`]", "[&+]", "[^a-z0-9]+"))
_HEALTH = (
    re.compile(r"^(nhs|the) "),
    re.compile(
        r" (ccg|clinical commissioning group|stp|stp footprint|footprint|icb|ics"
        r"|sustainability and transformation (plan|partnership)|integrated care (board|system|partnership)"
        r"|health and (social )?care( partnership)?|partnership)$"
    ),
)
_COUNCIL = (
    re.compile(r"^(the|(royal|london|metropolitan) borough of|borough of|city of|county of|lb|rb) "),
    re.compile(
        r" ((city and (county|district|borough)|(royal|london|metropolitan) borough|metropolitan district|city|county"
        r"|borough|district|unitary)? ?(council|authority)|city of|county of|mbc|lb|rb|dc|bc|cc|ua)$"
    ),
)
_COUNCIL_AGAIN = (re.compile(r"^county (?!of )"), re.compile(r" (city|county|borough|district)$"))


# Some word of the patterns above: most texts have none, and are done with.
_ANY_KIND = re.compile(
    r"\b(nhs|the|ccg|commissioning|stp|footprint|icb|ics|partnership|plan|care|system|borough|city|county|lb|rb|council"
    r"|authority|district|mbc|dc|bc|cc|ua|board|sustainability|pct|trust)\b"
)


def plain(text: str) -> str:
    """Return a text in small letters of the Latin alphabet and digits, single spaces between its words.

    ``&`` and ``+`` are written out; apostrophes of every kind vanish; dashes,
    hyphens and all other signs part words.
    """
    text = text[: 4 * LONGEST]
    if text.isascii():
        text = _AND.sub(" and ", _ASCII_APOSTROPHES.sub("", text)).lower()
        return " ".join(_SIGNS.sub(" ", text).split())[:LONGEST]
    text = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", text))
    text = _AND.sub(" and ", text).lower()
    kept = (
        "" if (kind := unicodedata.category(letter)) in ("Mn", "Cf") else letter if kind[0] in "LN" else " "
        for letter in text
    )
    return " ".join("".join(kept).encode("ascii", "ignore").decode().split())[:LONGEST]


def key(text: str) -> str:
    """Return what is equal for two spellings of one name: ``"Bucks & Oxon"``, ``"Buckinghamshire, Oxfordshire"``.

    As `plain`, with abbreviations written out and without small words.
    """
    return plain_key(plain(text))


def plain_key(text: str) -> str:
    """Return the same of a text that `plain` or `without_kind` has returned."""
    words = re.sub(r"(?<=\w{3}) s\b", "s", text).split()
    last = len(words) - 1
    words = [_INITIALS.get(word, word) if place < last else word for place, word in enumerate(words)]
    long = " ".join(ABBREVIATIONS.get(word, word) for word in words).split()
    return " ".join(word for word in long if word not in _SMALL)


def without_kind(text: str, council: bool) -> str:
    """Return a name as `plain` does, without the words that say what kind of body it is.

    Parameters
    ----------
    text : str
        A name.
    council : bool
        Whether it is to be read as that of a council; else as that of a
        health body.
    """
    name = plain(text)
    if not _ANY_KIND.search(name):
        return name
    for patterns in (_COUNCIL, _COUNCIL_AGAIN) if council else (_HEALTH, _HEALTH):
        # Words in front and behind go one after the other.
        for pattern in (*patterns, *patterns):
            name = pattern.sub("", name) or name
    return name


def kinds_said(text: str) -> frozenset[str]:
    """Return the kinds of area that the words of a name speak of: ``{"ICB"}`` for ``"NHS Devon ICB"``."""
    words = f" {plain(text)} "
    if not _ANY_KIND.search(words):
        return frozenset()
    return frozenset(kind for kind, pattern in _KINDS.items() if pattern.search(words))


_KINDS = {
    "STP": re.compile(" (stp|sustainability and transformation|footprint|ics|integrated care (system|partnership)) "),
    "ICB": re.compile(" (icb|integrated care board) "),
    "CCG": re.compile(" (ccg|clinical commissioning group) "),
    "PCT": re.compile(" (pct|primary care trust) "),
}
