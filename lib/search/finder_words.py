"""How people write the names of areas and organisations: plain words, short forms and abbreviations."""

import re
import unicodedata

LONGEST = 120
"""Characters of a query that are read; no name is as long."""
MOST_WORDS = 12

# Short forms that the areas used of themselves or that were current in 2016 to 2022. Forms that also
# stand for something else, such as C&W (Coventry and Warwickshire, Chelsea and Westminster), are left out.
STP_SHORT_FORMS = {
    "NTWND": "E54000046",
    "WNE Cumbria": "E54000047",
    "DDTHRW": "E54000045",
    "L&SC": "E54000048",
    "LSC": "E54000048",
    "WY&H": "E54000005",
    "WYH": "E54000005",
    "HCV": "E54000006",
    "HC&V": "E54000006",
    "GM": "E54000007",
    "C&M": "E54000008",
    "SYB": "E54000009",
    "SY&B": "E54000009",
    "SSOT": "E54000010",
    "STW": "E54000011",
    "JUCD": "E54000012",
    "LLR": "E54000015",
    "BSOL": "E54000017",
    "H&W": "E54000019",
    "C&P": "E54000021",
    "N&W": "E54000022",
    "SNEE": "E54000023",
    "BLMK": "E54000024",
    "HWE": "E54000025",
    "MSE": "E54000026",
    "NWL": "E54000027",
    "NCL": "E54000028",
    "NEL": "E54000029",
    "ELHCP": "E54000029",
    "SEL": "E54000030",
    "OHSEL": "E54000030",
    "SWL": "E54000031",
    "K&M": "E54000032",
    "CIOS": "E54000036",
    "BNSSG": "E54000039",
    "BSW": "E54000040",
    "HIOW": "E54000042",
    "BOB": "E54000044",
}
ICB_SHORT_FORMS = {"NENC": "E54000050", "HNY": "E54000051"}
COUNCIL_SHORT_FORMS = {"B&NES": "E06000022", "BANES": "E06000022", "RBKC": "E09000020", "CWaC": "E06000050"}
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

_ABBREVIATIONS = {
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
    "northants": "northamptonshire",
    "notts": "nottinghamshire",
    "oxon": "oxfordshire",
    "saint": "st",
    "salop": "shropshire",
    "staffs": "staffordshire",
    "warks": "warwickshire",
    "wilts": "wiltshire",
    "worcs": "worcestershire",
    "yorks": "yorkshire",
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


def plain(text: str) -> str:
    """Return a name in small letters of the Latin alphabet, ``&`` written out, without punctuation."""
    text = unicodedata.normalize("NFKD", text[: 4 * LONGEST]).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"['`’]", "", text.replace("&", " and "))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text).split())[:LONGEST]


def compact(text: str) -> str:
    """Return a code or short form as it is looked up: capitals, digits and ``&`` alone."""
    text = re.sub(r"\band\b", "&", text[: 4 * LONGEST], flags=re.IGNORECASE)
    return re.sub(r"[^A-Z0-9&]", "", text.upper())


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
    said = _COUNCIL.sub("council", plain(text)).split()
    hints = frozenset(kind for word in said for kind in HINTS.get(word, ()))
    long = " ".join(_ABBREVIATIONS.get(word, word) for word in said).split()
    return tuple([word for word in long if word not in _EMPTY][:MOST_WORDS]), hints
