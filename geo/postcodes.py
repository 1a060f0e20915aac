"""Where a postcode lies: exactly, offline, for every postcode of the ONS list of May 2022.

``data/postcodes.parquet`` holds which postcodes exist, so one that does not is
never placed by its neighbours. `geo.postcode_file` writes it.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pyarrow.parquet as pq

from geo import blocks, kept, paths

POSTCODES = paths.DATA / "postcodes.parquet"
ENGLAND, UNPLACED = "England", "not placed"
LIST = "the list of the Office for National Statistics of May 2022"

TODAY = ("icb26", "council24", "lad24")
"""Layers of today in which postcodes are placed."""

# A sector such as "LE1 6" has one bit for each of its possible units AA to ZZ:
# a row of 32 bits for each first letter, of which the 26 of the second are used.
ROW_BITS = 32
UNIT_BYTES = 26 * ROW_BITS // 8

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
    problem : str or None
        Why there are no codes, in a sentence.
    """

    postcode: str
    country: str | None
    ccg17: str | None = None
    lad17: str | None = None
    council17: str | None = None
    stp17: str | None = None
    problem: str | None = None

    @property
    def today(self) -> dict[str, str]:
        """Codes of today's areas by layer, see `TODAY`; empty outside England."""
        return _today().get(f"{self.ccg17}-{self.lad17}", {})


@kept.once
def _today() -> dict[str, dict[str, str]]:
    """Return today's areas by part of a CCG in a district, by which postcodes are placed; none where it is divided."""
    by_part = blocks.pieces().groupby(blocks.part_of_piece())[list(TODAY)]
    codes, alone = by_part.first(), by_part.nunique() == 1
    return {
        part: {layer: code for layer, code in row.items() if alone.at[part, layer]}
        for part, row in codes.to_dict("index").items()
    }


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


@dataclass(frozen=True)
class _Index:
    """The file in memory.

    Attributes
    ----------
    sectors : list of str
        Every sector once, sorted, for example ``"LE1 6"``.
    starts : list of int
        First row of each sector, and the number of rows at the end.
    places : list of tuple
        For each row country, CCG, district, council and STP.
    units : bytes
        `UNIT_BYTES` for each row: which units of the sector lie in the place.
    counts : ndarray of int, shape (rows, 26)
        Postcodes of each row by first letter of the unit.
    """

    sectors: list[str]
    starts: list[int]
    places: list[tuple[str, str | None, str | None, str | None, str | None]]
    units: bytes
    counts: np.ndarray


@kept.once
def _index() -> _Index:
    table = pq.read_table(POSTCODES)
    members = blocks.load()[["ccg17", "stp17", "lad17", "council17"]].drop_duplicates().astype("str")
    stp = dict(zip(members["ccg17"], members["stp17"], strict=True))
    council = dict(zip(members["lad17"], members["council17"], strict=True))
    columns = (table[name].to_pylist() for name in ("sector", "country", "ccg17", "lad17"))
    sectors, starts, places = [], [], []
    for row, (sector, country, ccg, lad) in enumerate(zip(*columns, strict=True)):
        if not sectors or sectors[-1] != sector:
            sectors.append(sector)
            starts.append(row)
        places.append((country, ccg, lad, council.get(lad), stp.get(ccg)))
    units = b"".join(table["units"].to_pylist())
    rows = np.frombuffer(units, dtype=">u4").reshape(len(places), 26)
    return _Index(sectors, [*starts, len(places)], places, units, np.bitwise_count(rows).astype(np.int64))


def load() -> None:
    """Read the file now, so that the first `find` does not have to."""
    _index()


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
        for said in ([word, after], [word]):
            if isinstance(found := _alone(said), Postcode):
                return found
    for end, names in ((words[:1], words[1:]), (words[-1:], words[:-1])):
        if names and all(name.isalpha() for name in names) and not end[0].isalpha():
            found = _alone(end)
            if isinstance(found, Half) and found.count and " " not in found.postcode:
                return found
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
    found = None
    for cut in cuts:
        parts = compact[:cut], compact[cut:]
        if all(pattern.fullmatch(part) for pattern, part in zip(_BEGINNING, parts, strict=True)):
            answer = _beginning(*parts)
            if answer.count:
                return answer
            found = found or answer
    return found


def _whole(outward: str, digit: str, unit: str) -> Postcode:
    index, sector = _index(), f"{outward} {digit}"
    postcode = sector + unit
    place = bisect_left(index.sectors, sector)
    if place < len(index.sectors) and index.sectors[place] == sector:
        byte, bit = divmod((ord(unit[0]) - 65) * ROW_BITS + ord(unit[1]) - 65, 8)
        for row in range(index.starts[place], index.starts[place + 1]):
            if index.units[row * UNIT_BYTES + byte] >> (7 - bit) & 1:
                country, *codes = index.places[row]
                return Postcode(postcode, country, *codes, problem=_outside(postcode, country))
    return Postcode(postcode, None, problem=_absent(postcode, outward))


def _outside(postcode: str, country: str) -> str | None:
    if country == ENGLAND:
        return None
    if country == UNPLACED:
        return f"{postcode} is on {LIST}, but without a place, so no area can be given for it."
    return f"{postcode} is in {_in_words(country)}. STPs cover England only."


def _absent(postcode: str, outward: str) -> str:
    said = f"{postcode} is not on {LIST}, which has postcodes in use and ended ones."
    around = _beginning(outward, "")
    if around.districts and outward not in around.districts:
        return f"{said} What begins with {outward} has a letter behind it, such as {around.districts[0]}."
    if not around.placed:
        return f"{said} No postcode with a place begins with {outward}."
    if not around.stps:
        return f"{said} {around.problem}"
    return f"{said} Check the spelling; newer postcodes are missing."


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
    index = _index()
    spanned = [range(*(bisect_left(index.sectors, edge) for edge in span)) for span in spans]
    districts = tuple(sorted({index.sectors[place].split()[0] for span in spanned for place in span}))
    rows = [row for span in spanned for row in range(index.starts[span.start], index.starts[span.stop])]
    letters = slice(ord(letter) - 65, ord(letter) - 64) if letter else slice(None)
    counts = index.counts[rows, letters].sum(axis=1).tolist()
    stps: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    for row, count in zip(rows, counts, strict=True):
        country, *_, stp = index.places[row]
        if count and country == ENGLAND and stp:
            stps[stp] += count
        elif count and country not in (ENGLAND, UNPLACED):
            countries[country] += count
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


def _shares(counts: Counter[str], total: int) -> tuple[tuple[str, float], ...]:
    """Return what was counted with its shares of a total, largest first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple((code, count / total) for code, count in ranked)


def _in_words(country: str) -> str:
    return f"the {country}" if country in ("Channel Islands", "Isle of Man") else country
