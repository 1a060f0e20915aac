"""Search over areas, organisations, codes and postcodes.

Words are compared one by one by optimal string alignment distance (Boytsov
2011, the restricted form of Damerau's and Levenshtein's), so that turned or
missing letters cost little; words that many names share count less than rare
ones (inverse document frequency, Sparck Jones 1972).
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from geo import area_words, blocks, kept, places, postcodes, resolver
from geo.gazetteer import compact
from geo.names import LONGEST
from lib import catalogue
from lib.facts import today
from lib.search.finder_entries import entries
from lib.search.finder_entry import Entry, Shares, where
from lib.search.finder_words import without_hints, words
from lib.text import counted, quoted

KINDS = {
    "stp": "STP",
    "council": "Council",
    "ccg": "CCG",
    "district": "District",
    "acs": "ACS or devolution area",
    "trust": "Trust",
    "vanguard": "Vanguard",
    "pioneer": "Pioneer",
    "partner": "Partner",
    "icb": "ICB",
    "constituency": "Constituency",
    "later": "Of a later year",
    "former": "Of an earlier year",
    "postcode": "Postcode",
}
LIMIT = 8
CERTAIN = 120.0
_EXACT = 100.0
"""Score of what is named by its code, short form or postcode."""

# What people mean first when a name stands for several things.
_FIRST = {
    "stp": 4,
    "council": 3,
    "ccg": 2,
    "district": 2,
    "acs": 1,
    "trust": 1,
    "vanguard": -6,
    "pioneer": -7,
    "constituency": -9,
    "icb": -10,
    "later": -10,
    "former": -12,
}
_HINTED, _NOT_HINTED = 12.0, -8.0
_IN_ORDER = 3.0
_LEAST = 45.0
# A hit that is so much worse than the best is noise.
_BEHIND = 32.0
_LEAST_LIKE = 0.6
_SHORTEST_FUZZY = 4
_NUMBER = re.compile(r"(?:stp|footprint|number|no\.?|#)?\s*0{0,3}([1-9]|[1-3][0-9]|4[0-4])", re.IGNORECASE)


@dataclass(frozen=True)
class Hit:
    """Something that was found.

    Attributes
    ----------
    kind : str
        A key of `KINDS`.
    name, code : str
        Name and code; of a postcode both are the postcode. A partner
        without a code has an empty one.
    detail : str
        A sentence that says what it is and which STPs it is in.
    score : float
        The higher the better; `CERTAIN` for codes, short forms and postcodes.
    stps : tuple of (str, float or None)
        Codes of the STPs it is in with shares (0 to 1) of residents, of a
        postcode's beginning of postcodes, largest first; shares of trusts
        and partners are None. Empty for a postcode outside England.
    target : tuple of (str, str) or None
        Page that tells more: ``stp``, ``council``, ``acs``, ``board`` (of
        April 2026), ``then`` (what became of a code) or ``table``, and the
        code.
    ground : frozenset of str
        Fragments that it is made of, of a postcode the one of its LSOA;
        empty for what is no area.
    """

    kind: str
    name: str
    code: str
    detail: str
    score: float
    stps: Shares
    target: tuple[str, str] | None
    ground: frozenset[str] = frozenset()

    @property
    def today(self) -> str:
        """In which board, council and constituency of today it is, in a sentence; empty for what is no area."""
        return today.briefly(self.ground)


def find(query: str, limit: int = LIMIT) -> list[Hit]:
    """Return what people may mean, the likeliest first.

    Parameters
    ----------
    query : str
        A name with or without slips, a short form, a code of any kind, a
        footprint number, a postcode or its beginning. Untrusted: any text.
    limit : int
        Most hits to return.

    Returns
    -------
    list of Hit
        Empty if nothing is like it, see `nothing_found`.
    """
    query = query.lstrip()[: 4 * LONGEST].strip()
    if not query or limit < 1:
        return []
    hits = [_hit(entry, CERTAIN + _first(entry)) for entry in _by_code(query)]
    place = _postcode(query)
    # QK1 has the form of a postcode too, but is the code of an STP.
    if place and (place.score >= CERTAIN or not hits):
        hits.append(place)
    # A whole postcode is nothing else.
    if not (place and place.score > CERTAIN):
        hits += _by_name(query, strict=any(hit.score >= CERTAIN for hit in hits))
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        key = hit.kind, hit.code or hit.name
        if key not in best or best[key].score < hit.score:
            best[key] = hit
    ranked = sorted(best.values(), key=lambda hit: (-hit.score, list(KINDS).index(hit.kind), hit.name, hit.code))
    # What is called exactly so is meant; what only has the words in it is not.
    if any(hit.score >= _EXACT and hit.kind != "postcode" for hit in ranked):
        ranked = [hit for hit in ranked if hit.score >= _EXACT]
    return ranked[:limit]


def load() -> None:
    """Read and prepare everything now, so that the first `find` does not have to."""
    postcodes.load(), _codes(), _names(), resolver.at_once()


def nothing_found(query: str) -> str:
    """Return a sentence of Markdown for a query without a hit."""
    if known := resolver.find(query):
        return f"{quoted(query)} is {area_words.sentence(known[0], 'stp17')}."
    return (
        f"Nothing is called {quoted(query)}. You can search for STPs, councils, districts, CCGs, ACS areas, trusts "
        "and other partners, vanguards and pioneers by name, short form or code, and for postcodes in England, whole "
        "or their beginning."
    )


def _hit(entry: Entry, score: float) -> Hit:
    rounded = round(float(score), 1)
    return Hit(entry.kind, entry.name, entry.code, entry.detail, rounded, entry.stps, entry.target, entry.ground)


def _first(entry: Entry) -> float:
    """Return how much sooner an entry is meant than others of its name: boards of today sooner than those before."""
    return _FIRST.get(entry.kind, 0) + (entry.kind == "icb" and entry.target[0] == "board")


@kept.once
def _codes() -> dict[str, list[Entry]]:
    known: dict[str, list[Entry]] = {}
    for entry in entries():
        # The identifiers of ACS areas, vanguards and pioneers are made of their names.
        own = () if entry.kind in ("acs", "vanguard", "pioneer") else (entry.code,)
        for code in {compact(code) for code in (*own, *entry.codes)} - {""}:
            known.setdefault(code, []).append(entry)
    return known


def _by_code(query: str) -> list[Entry]:
    matches = list(_codes().get(compact(query)) or _codes().get(compact(without_hints(query)), ()))
    if match := _NUMBER.fullmatch(query):
        code = next(stp.code for stp in catalogue.footprints().values() if stp.number == int(match[1]))
        matches += [entry for entry in entries() if entry.kind == "stp" and entry.code == code]
    return matches


def _postcode(query: str) -> Hit | None:
    place = postcodes.find(query)
    if place is None:
        return None
    if isinstance(place, postcodes.Half):
        return _beginning(place, alone=compact(query) == compact(place.postcode))
    if place.problem or place.stp17 is None or place.lsoa11 is None:
        return Hit("postcode", place.postcode, place.postcode, place.problem or "", CERTAIN + 10, (), None)
    council, district = blocks.names("council17")[place.council17], blocks.names("lad17")[place.lad17]
    district = f"{district} district, " if place.lad17 != place.council17 else ""
    ccg, stp = blocks.names("ccg17")[place.ccg17], blocks.names("stp17")[place.stp17]
    detail = f"In {district}{council} council and {ccg}, in the STP {stp}."
    shares, target, ground = ((place.stp17, 1.0),), ("stp", place.stp17), places.ground(place.lsoa11)
    return Hit("postcode", place.postcode, place.postcode, detail, CERTAIN + 10, shares, target, ground)


def _beginning(half: postcodes.Half, alone: bool) -> Hit | None:
    area = half.postcode.isalpha()
    if area and not half.placed:
        return None
    # LE may also be the beginning of a name, and a name may stand beside LE1.
    score = CERTAIN - 10 if area or not alone else CERTAIN if half.placed else _LEAST
    detail, target = half.problem or "", None
    if half.stps:
        places = where(half.stps, half.elsewhere, "postcodes")
        unplaced = half.count - half.placed
        aside = f" ({unplaced} of them without a place)" if unplaced else ""
        summed = f"of {half.added_up}, " if half.added_up else ""
        detail = f"{counted(half.count, 'postcode')}, in use or ended, {summed}{places}{aside}."
        target = "stp", half.stps[0][0]
    return Hit("postcode", half.postcode, half.postcode, detail, score, half.stps, target)


@dataclass(frozen=True)
class _Names:
    """All names as words, ready to be compared with a query at once.

    Attributes
    ----------
    vocabulary : list of str
        Every word once, sorted; the first is empty and fills up short names.
    weights : ndarray, shape (words,)
        Inverse document frequency, 0.15 to 1; 0 for the empty word.
    members : ndarray, shape (names, longest name)
        Numbers of the words of each name.
    joined : list of str
        Each name's words written together.
    entries : list of Entry
        What each name belongs to.
    first : ndarray, shape (names,)
        How much sooner each is meant than others of its name.
    """

    vocabulary: list[str]
    weights: np.ndarray
    members: np.ndarray
    joined: list[str]
    entries: list[Entry]
    first: np.ndarray


@kept.once
def _names() -> _Names:
    pairs = {}
    for entry in entries():
        for name in (entry.name, *entry.names) if entry.by_name else ():
            if tokens := words(name)[0]:
                pairs[entry.kind, entry.code or entry.name, tokens] = tokens, entry
    frequency = Counter(
        word for entry in entries() for word in {w for name in (entry.name, *entry.names) for w in words(name)[0]}
    )
    vocabulary = ["", *sorted(frequency)]
    number = {word: n for n, word in enumerate(vocabulary)}
    total = math.log(len(entries()))
    weights = [max(0.15, 1 - math.log(frequency[word]) / total) for word in vocabulary[1:]]
    longest = max(len(tokens) for tokens, _ in pairs.values())
    members = np.zeros((len(pairs), longest), dtype=int)
    for n, (tokens, _) in enumerate(pairs.values()):
        members[n, : len(tokens)] = [number[word] for word in tokens]
    joined = ["".join(tokens) for tokens, _ in pairs.values()]
    named = [entry for _, entry in pairs.values()]
    first = np.array([_first(entry) for entry in named], dtype=float)
    return _Names(vocabulary, np.array([0.0, *weights]), members, joined, named, first)


def _likeness(tokens: tuple[str, ...], vocabulary: list[str]) -> np.ndarray:
    """Return how like each word is to each of the vocabulary, 0 to 1, shape (tokens, vocabulary)."""
    # pyrefly: ignore[no-matching-overload] - as in lib.own_numbers.keys
    like = process.cdist(tokens, vocabulary, scorer=OSA.normalized_similarity, dtype=np.float32, workers=1)
    like[like < _LEAST_LIKE] = 0
    like **= 1.5
    for row, word in zip(like, tokens, strict=True):
        if len(word) < _SHORTEST_FUZZY:
            row[row < 1] = 0
        if len(word) < 2:
            continue
        # Sorted, so words with the same beginning stand together; "{" follows "z".
        for column in range(bisect_left(vocabulary, word), bisect_left(vocabulary, f"{word}{{")):
            row[column] = max(row[column], 0.8 + 0.2 * len(word) / len(vocabulary[column]))
    return like


def _by_name(query: str, strict: bool) -> list[Hit]:
    """Return what has a name like the query; if `strict`, only what has that very name."""
    tokens, hints = words(query)
    if not tokens:
        return []
    names = _names()
    like = _likeness(tokens, names.vocabulary)
    # A word that is in no name tells as much as the rarest.
    number = {word: n for n, word in enumerate(names.vocabulary)}
    weights = np.array([names.weights[number[word]] if word in number else 1.0 for word in tokens])
    matched = like[:, names.members]
    recall = np.tensordot(weights, matched.max(axis=2), axes=1) / weights.sum()
    own = names.weights[names.members]
    coverage = (own * matched.max(axis=0)).sum(axis=1) / own.sum(axis=1)
    score = 100 * recall * (0.72 + 0.28 * coverage)
    # Names written together or apart, and slips across words.
    # pyrefly: ignore[no-matching-overload] - as in lib.own_numbers.keys
    whole = process.cdist(["".join(tokens)], names.joined, scorer=fuzz.ratio, score_cutoff=80, dtype=np.float32)[0]
    score = np.maximum(score, whole * 0.9)
    hinted = np.array([entry.kind in hints for entry in names.entries])
    # The same words in the same order: Berkshire West is not West Berkshire, and North Northamptonshire is meant.
    first = np.where(whole == 100, np.maximum(names.first, 0) + _IN_ORDER, names.first)
    first += np.where(hinted, _HINTED, _NOT_HINTED if hints else 0.0)
    least = 99.9 if strict else max(_LEAST, score.max() - _BEHIND)
    return [_hit(names.entries[n], score[n] + first[n]) for n in np.flatnonzero(score >= least)]
