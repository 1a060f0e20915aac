"""Where a postcode lies: in which LSOA, offline, for every postcode of the ONS list of May 2022.

`geo.postcode_index` holds which postcodes exist, so one that does not is never placed by its neighbours.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

import numpy as np

from geo import blocks, kept
from geo.postcode_index import ENGLAND, UNPLACED, index

LIST = "the list of the Office for National Statistics of May 2022"

TODAY = ("icb26", "council24", "lad24")
"""Layers of today in which postcodes are placed."""

# GIR and NPT are the two outward codes that break the pattern.
_OUTWARD = r"[A-Z]{1,2}[0-9][0-9A-Z]?|GIR|NPT"
_FULL = re.compile(rf"({_OUTWARD})([0-9])([A-Z]{{2}})")
_BEGINNING = re.compile(_OUTWARD), re.compile(r"([0-9][A-Z]?)?")
_AREA = re.compile(r"[A-Z]{1,2}")
_LONGEST = 16
# An address on one line is no longer.
_MOST_READ = 300
# A hyphen, a full stop or a bracket parts words as a space does.
_WORD = re.compile(r"[^\W_]+")
# Of London's central districts each is cut into some with a letter: EC1A, EC1M and so on; EC1 alone has no postcode.
_LETTERED = "A", "["


@dataclass(frozen=True)
class Postcode:
    """One whole postcode and where it lies.

    Attributes
    ----------
    postcode : str
        In capitals, with its space.
    country : str or None
        ``England``, ``Wales``, ``Scotland``, ``Northern Ireland``, ``Channel
        Islands``, ``Isle of Man``; ``not placed`` for one that the list has
        without a place; None for one that is not on the list.
    ccg17, lad17, council17, stp17 : str or None
        ONS codes of April 2017; None outside England.
    lsoa11 : str or None
        Code of its LSOA of 2011, from which all others follow; the list has it by best fit of output areas.
    problem : str or None
        Why there are no codes, in a sentence.
    """

    postcode: str
    country: str | None
    ccg17: str | None = None
    lad17: str | None = None
    council17: str | None = None
    stp17: str | None = None
    lsoa11: str | None = None
    problem: str | None = None

    @property
    def today(self) -> dict[str, str]:
        """Codes of today's areas by layer, see `TODAY`; empty outside England."""
        if self.lsoa11 is None:
            return {}
        row = bisect_left(_lsoas(), self.lsoa11)
        return {layer: _area(layer, row) for layer in TODAY}


_THEN = "ccg17", "lad17", "council17", "stp17"


@kept.once
def _lsoas() -> list[str]:
    """Return the codes of the LSOAs, in the order of the blocks, which is theirs."""
    return blocks.load()["lsoa11cd"].tolist()


@kept.once
def _areas() -> dict[str, tuple[list[str], np.ndarray]]:
    """Return by layer the codes of its areas, and the place among them of each LSOA's, in the order of the blocks."""
    columns = {layer: blocks.load()[layer].cat for layer in (*_THEN, *TODAY)}
    return {layer: (column.categories.tolist(), column.codes.to_numpy()) for layer, column in columns.items()}


def _area(layer: str, row: int) -> str:
    """Return the area of a layer in which an LSOA lies, by its row of the blocks."""
    codes, places = _areas()[layer]
    return codes[places[row]]


@dataclass(frozen=True)
class Half:
    """The beginning of postcodes and the STPs that it touches.

    Attributes
    ----------
    postcode : str
        The beginning in capitals: ``LE``, ``LE1``, ``LE1 6`` or ``LE1 6R``.
    count : int
        Postcodes of the list, in use or ended, that begin so.
    placed : int
        Those of them that have a place.
    stps : tuple of (str, float)
        STP codes of 2017, each with its share of `placed` (0 to 1), largest first.
    elsewhere : tuple of (str, float)
        Countries other than England with their shares. These and the shares
        of STPs add up to 1.
    problem : str or None
        Why there are no STPs, in a sentence.
    districts : tuple of str
        Outward codes that are added up, where these are several: ``EC1A`` to
        ``EC1Y`` for ``EC1``.
    """

    postcode: str
    count: int
    placed: int
    stps: tuple[tuple[str, float], ...]
    elsewhere: tuple[tuple[str, float], ...]
    problem: str | None = None
    districts: tuple[str, ...] = ()

    @property
    def added_up(self) -> str:
        """Return in words what was added up: ``"the 7 districts EC1A to EC1Y"``; empty for one district or less."""
        if not self.districts:
            return ""
        first, last = self.districts[0], self.districts[-1]
        return f"the {len(self.districts)} districts {first} {'to' if len(self.districts) > 2 else 'and'} {last}"


def load() -> None:
    """Read the file now, so that the first `find` does not have to."""
    index(), _lsoas(), _areas()


def find(text: str) -> Postcode | Half | None:
    """Return where a postcode, or the beginning of one, lies.

    Parameters
    ----------
    text : str
        Anything; spaces, punctuation and case do not matter, except that
        what parts ``LE1 6`` tells the sector from the outward code ``LE16``.
        Words around a whole postcode, or beside an outward code, are left
        aside: ``"LE1 6RX, Leicester"``, ``"Leicester LE1"``.

    Returns
    -------
    Postcode, Half or None
        None if the text does not have the form of a postcode.
    """
    words = _words(text)
    return _alone(words) or _among(words)


def _words(text: str) -> list[str]:
    if len(text) > _MOST_READ:
        return []
    # Characters that nobody sees come along when a text is copied.
    return _WORD.findall("".join(c for c in text if unicodedata.category(c) != "Cf"))


def _among(words: list[str]) -> Postcode | Half | None:
    """Return the first whole postcode among other words, or an outward code that stands before or behind names."""
    for word, after in zip(words, [*words[1:], ""], strict=False):
        for phrase in ([word, after], [word]):
            if isinstance(postcode := _alone(phrase), Postcode):
                return postcode
    for end, names in ((words[:1], words[1:]), (words[-1:], words[:-1])):
        if names and all(name.isalpha() for name in names) and not end[0].isalpha():
            postcode = _alone(end)
            if isinstance(postcode, Half) and postcode.count and " " not in postcode.postcode:
                return postcode
    return None


def _alone(words: list[str]) -> Postcode | Half | None:
    """Return the postcode, or its beginning, that words are and nothing else."""
    if not "".join(words).isascii():
        return None
    compact = "".join(words).upper()
    if not 0 < len(compact) <= _LONGEST:
        return None
    if match := _FULL.fullmatch(compact):
        return _whole(match[1], match[2], match[3])
    if len(words) == 1 and _AREA.fullmatch(compact):
        return _half(compact, [(f"{compact}0", f"{compact}:")])
    # Without a space LE16 is the outward code if there is one, otherwise the sector LE1 6.
    cuts = [len(words[0])] if len(words) == 2 else range(len(compact), 1, -1)
    first = None
    for cut in cuts:
        parts = compact[:cut], compact[cut:]
        if all(pattern.fullmatch(part) for pattern, part in zip(_BEGINNING, parts, strict=True)):
            answer = _beginning(*parts)
            if answer.count:
                return answer
            first = first or answer
    return first


def _whole(outward: str, digit: str, unit: str) -> Postcode:
    file, sector = index(), f"{outward} {digit}"
    postcode = sector + unit
    place = bisect_left(file.sectors, sector)
    if place < len(file.sectors) and file.sectors[place] == sector:
        for row in range(file.starts[place], file.starts[place + 1]):
            if (lsoa := file.lsoa(row, unit)) is not None:
                country = file.countries[row]
                if country != ENGLAND:
                    return Postcode(postcode, country, problem=_outside(postcode, country))
                return Postcode(postcode, country, *(_area(layer, lsoa) for layer in _THEN), lsoa11=_lsoas()[lsoa])
    return Postcode(postcode, None, problem=_absent(postcode, outward))


def _outside(postcode: str, country: str) -> str:
    if country == UNPLACED:
        return f"{postcode} is on {LIST}, but without a place, so no area can be given for it."
    return f"{postcode} is in {_in_words(country)}. STPs cover England only."


def _absent(postcode: str, outward: str) -> str:
    sentence = f"{postcode} is not on {LIST}, which has postcodes in use and ended ones."
    around = _beginning(outward, "")
    if around.districts and outward not in around.districts:
        return f"{sentence} What begins with {outward} has a letter behind it, such as {around.districts[0]}."
    if not around.placed:
        return f"{sentence} No postcode with a place begins with {outward}."
    if not around.stps:
        return f"{sentence} {around.problem}"
    return f"{sentence} Check the spelling; newer postcodes are missing."


def _beginning(outward: str, rest: str) -> Half:
    if not rest:
        first, last = _LETTERED
        return _half(outward, [(f"{outward} ", f"{outward}!"), (f"{outward}{first}", f"{outward}{last}")])
    sector = f"{outward} {rest[0]}"
    return _half(f"{outward} {rest}", [(sector, f"{sector}!")], rest[1:])


def _half(beginning: str, spans: list[tuple[str, str]], letter: str = "") -> Half:
    """Count the postcodes of the sectors from the first of each span to before its last.

    With a letter only units that begin with it count.
    """
    file = index()
    spanned = [range(*(bisect_left(file.sectors, edge) for edge in span)) for span in spans]
    districts = tuple(sorted({file.sectors[place].split()[0] for span in spanned for place in span}))
    rows = [row for span in spanned for row in range(file.starts[span.start], file.starts[span.stop])]
    first, last = (ord(letter) - 65, ord(letter) - 64) if letter else (0, 26)
    counts = file.counts[rows, first:last].sum(axis=1).tolist()
    inside: list[np.ndarray] = []
    countries: Counter[str] = Counter()
    for row, count in zip(rows, counts, strict=True):
        country = file.countries[row]
        if country == ENGLAND:
            start = file.firsts[row] + (int(file.counts[row, :first].sum()) if letter else 0)
            inside.append(file.lsoas[start : start + count])
        elif count and country != UNPLACED:
            countries[country] += count
    stps = _stps_of(inside)
    count, total = sum(counts), stps.total() + countries.total()
    elsewhere = _shares(countries, total)
    problem = None
    if not total:
        problem = f"No postcode on {LIST} begins with {beginning}."
        if count:
            problem = f"No postcode that begins with {beginning} has a place on {LIST}."
    elif not stps:
        where = " or ".join(_in_words(country) for country, _ in elsewhere)
        problem = f"Every postcode that begins with {beginning} is in {where}. STPs cover England only."
    several = districts if len(spans) > 1 and districts != (beginning,) else ()
    return Half(beginning, count, total, _shares(stps, total), elsewhere, problem, several)


def _stps_of(lsoas: list[np.ndarray]) -> Counter[str]:
    """Return how many of some postcodes lie in each STP, by the rows of their LSOAs in the blocks."""
    codes, places = _areas()["stp17"]
    counts = np.bincount(places[np.concatenate([[], *lsoas]).astype("int")], minlength=len(codes)).tolist()
    return Counter({code: count for code, count in zip(codes, counts, strict=True) if count})


def _shares(counts: Counter[str], total: int) -> tuple[tuple[str, float], ...]:
    """Return what was counted with its shares of a total, largest first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((code, count / total) for code, count in ranked)


def _in_words(country: str) -> str:
    return f"the {country}" if country in ("Channel Islands", "Isle of Man") else country
