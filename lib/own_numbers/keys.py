"""Which area a reader's key means, and why it means none.

Keys are looked up through `lib.catalogue.resolve`; beyond that, names as the
search knows them, with or without words such as council or CCG. Nothing that
a reader brings is remembered here.
"""

import re
from functools import cache

from rapidfuzz import fuzz, process

from geo import blocks, sources
from lib import catalogue
from lib.own_numbers.table import Cell, filled
from lib.search.finder_entries import entries
from lib.text import listed, slug

AUTO = "auto"
LAYERS = ("stp17", "ccg17", "council17", "lad17")
"""Kinds of area that keys may be of; where two fit as well, the first."""
_KINDS = {"stp17": ("stp",), "ccg17": ("ccg",), "council17": ("council",), "lad17": ("district", "council")}
_LATER = {"stp": "an STP", "ccg": "a CCG", "icb": "an ICB"}
_LEAST_LIKE = 88
_LONGEST = 120
_COUNCIL_WORDS = (
    re.compile(
        r"^(the|(royal|london|metropolitan)-borough-of|borough-of|city-of|county-of|lb|rb)-"
        r"|-((city-and-(county|district|borough)|(royal|london|metropolitan)-borough|metropolitan-district|city|county"
        r"|borough|district|unitary)?-?council|city-of|county-of|mbc|lb|rb|dc|bc|cc|ua)$"
    ),
    re.compile(r"^county-|-(city|county|borough|district)$"),
)
_HEALTH_WORDS = (
    re.compile(
        r"^(nhs|the)-|-(ccg|clinical-commissioning-group|stp|sustainability-and-transformation-(plan|partnership)"
        r"|icb|ics|integrated-care-(board|system))$"
    ),
)
_FOOTPRINT = {"footprint", "stp", "stp17"}
_NUMBER_WORDS = {"area", "code", "id", "key", "n", "no", "nr", "num", "number", "of", "the"}
_SHORT_FORM = re.compile(r"[A-Za-z&]{2,5}")
_WHOLES = {"england", "total", "england-total", "total-england", "all", "grand-total", "sum", "uk", "united-kingdom"}
_ONS = re.compile(r"[a-z]\d{8}")
_COUNTRIES = {"w": "Wales", "s": "Scotland", "n": "Northern Ireland"}


def core(text: str, layer: str) -> str:
    """Return a name as a slug without the words that say what kind of area it is."""
    said = slug(text[:_LONGEST])
    for pattern in _COUNCIL_WORDS if layer in ("council17", "lad17") else _HEALTH_WORDS:
        # Words in front and behind go one after the other.
        said = pattern.sub("", pattern.sub("", said)) or said
    return said


@cache
def _other_names(layer: str) -> dict[str, frozenset[str]]:
    """Return the codes of the areas of a layer by what else they are called."""
    known: dict[str, set[str]] = {}
    codes = set(blocks.names(layer).index)
    for entry in entries():
        if entry.kind in _KINDS[layer] and entry.code in codes:
            for name in (entry.name, *entry.names, *entry.codes):
                known.setdefault(core(name, layer), set()).add(entry.code)
    # Called like the whole country or a region: those are meant.
    return {name: frozenset(found) for name, found in known.items() if name and name not in _larger()}


@cache
def _larger() -> dict[str, str]:
    """Return codes and names of what is larger than an area: England and its regions."""
    council, ccg = sources.read("council17"), sources.read("ccg17")
    regions = [*council["rgn17cd"], *council["rgn17nm"]]
    regions += [code for column in ccg if column.startswith(("nhsrlo17", "nhser17")) for code in ccg[column]]
    known = {slug(str(said)): "a region" for said in regions}
    return known | dict.fromkeys([*_WHOLES, "e92000001"], "England or a total")


def numbers_are_keys(heading: str) -> bool:
    """Return whether bare numbers under a heading are footprint numbers: ``"STP"``, ``"Number of footprint"``.

    Whole numbers up to 44 stand in columns of every kind; a heading in the
    plural counts footprints, and one with other words is about something else.
    """
    said = set(slug(heading).split("-"))
    return bool(said & _FOOTPRINT) and said <= _FOOTPRINT | _NUMBER_WORDS


def bare(cell: Cell) -> bool:
    """Return whether a cell is a number without any word."""
    return not isinstance(cell, str) or cell.strip().isdigit()


def short_form(cell: Cell) -> bool:
    """Return whether a cell is a few letters, which may stand for anything: ``"NEL"``."""
    return isinstance(cell, str) and bool(_SHORT_FORM.fullmatch(cell.strip()))


def whole(cell: Cell) -> bool:
    """Return whether a cell names England, a region or a total."""
    return slug(_text(cell)) in _larger()


def code_of(layer: str, cell: Cell, numbers: bool = False) -> str | None:
    """Return the code of the area of a layer that a cell names; None if it names none, or could mean several.

    Parameters
    ----------
    layer : str
        Kind of area.
    cell : str or float
        What the table has.
    numbers : bool
        Whether bare numbers are footprint numbers here.
    """
    said = _text(cell)
    if not said or slug(said) in _larger() or (bare(cell) and not (numbers and layer == "stp17")):
        return None
    found = catalogue.resolve(layer, said)
    if found is None and len(meant := _other_names(layer).get(core(said, layer), ())) == 1:
        (found,) = meant
    return found


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return " ".join(cell[:_LONGEST].split())
    return str(int(cell)) if cell.is_integer() and abs(cell) < 1e9 else ""


def anywhere(said: str) -> str | None:
    """Return the code of the area that a text names in the first layer that knows it."""
    return next((code for layer in LAYERS if (code := code_of(layer, said, numbers=True))), None)


def why_not(layer: str, cell: Cell) -> str:
    """Return in words why a cell names no area of a layer."""
    said, one = _text(cell), an(blocks.layer(layer).one)
    if not filled(cell):
        return "no area is named"
    if slug(said) in _larger():
        return f"{_larger()[slug(said)]}, not {one}"
    if bare(cell):
        return "a bare number: those are footprint numbers only under a heading that says so"
    meant = _other_names(layer).get(core(said, layer), ())
    if len(meant) > 1:
        return f"could be {listed([f'{blocks.names(layer)[code]} ({code})' for code in sorted(meant)], 'or')}"
    return _of_another_kind(layer, said) or _unknown(layer, said)


def _of_another_kind(layer: str, said: str) -> str | None:
    """Return what a text names, if it is something of another kind or a later year."""
    later = _later()
    if known := later.get(said.upper()) or later.get(slug(said)):
        return f"{known}, which did not exist in April 2017"
    elsewhere = [other for other in LAYERS if other != layer and code_of(other, said)]
    if elsewhere:
        kinds = listed([an(blocks.layer(other).one) for other in elsewhere], "and")
        return f"{kinds}, not {an(blocks.layer(layer).one)}"
    known = later.get(core(said, "icb22"))
    return known and f"{known}, which did not exist in April 2017"


def _unknown(layer: str, said: str) -> str:
    one, plain = blocks.layer(layer).one, slug(said)
    if _ONS.fullmatch(plain) and plain[0] in _COUNTRIES:
        return f"an area of {_COUNTRIES[plain[0]]}; the map is of England"
    if _ONS.fullmatch(plain):
        return f"no {one} of April 2017 has this code"
    near = process.extractOne(core(said, layer), _cores(layer), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE)
    hint = f"; the nearest name is {blocks.names(layer)[near[2]]}" if near else ""
    return f"not a code or name of {an(one)} of April 2017{hint}"


def an(one: str) -> str:
    """Return what an area is called with its article: ``"an STP"``, ``"a council"``."""
    return f"{'an' if one[:3] in ('STP', 'ICB', 'ACS') else 'a'} {one}"


@cache
def _cores(layer: str) -> dict[str, str]:
    return {code: core(name, layer) for code, name in blocks.names(layer).items()}


@cache
def _later() -> dict[str, str]:
    """Return what was made after 2017, by code and by name, as of the last year that had it."""
    table = sources.read("later_names").sort_values("year")
    table = table[~table["code"].isin([*blocks.names("stp17").index, *blocks.names("ccg17").index])]
    known: dict[str, str] = {}
    for row in table.itertuples():
        said = f"{_LATER[row.layer]} of {row.year} ({row.name})"
        known |= {row.code: said, slug(row.name): said, core(row.name, "icb22"): said}
    return known
