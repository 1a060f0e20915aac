"""How people write the names of areas and organisations: plain words, short forms and abbreviations."""

import re

from geo.names import ABBREVIATIONS, plain

MOST_WORDS = 12

TRUST_SHORT_FORMS = {
    "AWP": "RVN",
    "BHRUT": "RF4",
    "CNWL": "RV3",
    "ELFT": "RWK",
    "EPUT": "R1L",
    "GSTT": "RJ1",
    "NELFT": "RAT",
    "SLaM": "RV5",
    "TEWV": "RX3",
    "UCLH": "RRV",
    "UHCW": "RKB",
    "UHMB": "RTX",
    "UHMBT": "RTX",
    "UHNM": "RJE",
}

# Words that say what kind of thing is meant, and the kinds that they may mean.
HINTS = {
    "stp": ("stp", "later"),
    "footprint": ("stp",),
    "sustainability": ("stp",),
    "transformation": ("stp",),
    "ccg": ("ccg", "later"),
    "clinical": ("ccg",),
    "commissioning": ("ccg",),
    "council": ("council", "district"),
    "acs": ("acs",),
    "accountable": ("acs",),
    "icb": ("icb",),
    "ics": ("icb", "stp", "later"),
    "integrated": ("icb",),
    "vanguard": ("vanguard",),
    "pioneer": ("pioneer",),
    "trust": ("trust",),
    "ft": ("trust",),
    "foundation": ("trust",),
    "hospital": ("trust",),
    "hospitals": ("trust",),
}
# Said of every organisation of a kind: they hint at it but tell none from another.
_SMALL = {"and", "of", "the", "in", "for", "on", "upon", "with", "nhs", "area", "group", "plan", "board", "system"}
_EMPTY = (_SMALL | HINTS.keys()) - {"hospital", "hospitals"}
_COUNCIL = re.compile(
    r"\b(?:county|city|metropolitan district|metropolitan borough|borough|district|unitary) council\b"
    r"|\b(?:london borough|royal borough|borough|unitary)\b"
)


def without_hints(text: str) -> str:
    """Return a text without the words that say what kind of thing is meant: ``"LLR STP"`` gives ``"LLR"``."""
    return " ".join(word for word in text.split() if word.lower() not in HINTS)


def words(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the words that tell a name from others, and the kinds that the rest hint at.

    Parameters
    ----------
    text : str
        A name or a query, of any length.

    Returns
    -------
    tuple of str
        At most `MOST_WORDS`, abbreviations written out; none if only words
        are said that every name of a kind has.
    frozenset of str
        Kinds of hits, see `lib.search.finder.KINDS`.
    """
    tokens = _COUNCIL.sub("council", plain(text)).split()
    hints = frozenset(kind for word in tokens for kind in HINTS.get(word, ()))
    long = " ".join(ABBREVIATIONS.get(word, word) for word in tokens).split()
    return tuple([word for word in long if word not in _EMPTY][:MOST_WORDS]), hints
