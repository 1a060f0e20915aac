"""What a name or a code of any year means: one answer for search, links, tables and the command line.

An area is what one body had as its ground for as long as code and ground
stayed the same. The ground is a set of pieces, so that every area can be held
against every vintage; where the tables do not know it, it is None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

from geo import blocks, ccg_mergers, codes, everyday, kept, names, sources, vintages

FAMILIES: tuple[tuple[str, ...], ...] = (("STP", "ICB"), ("CCG", "sub-ICB location", "PCT"), ("council", "district"))
"""Kinds of area that took over from one another."""
_LAYERS = (*vintages.STPS, *vintages.CCGS[:-1], "council17", "lad17")
_LONGEST_CODE = 12
Key = TypeVar("Key", str, frozenset[str])


@dataclass(frozen=True)
class Area:
    """An area of some year.

    Attributes
    ----------
    kind : str
        One of the kinds in `FAMILIES`.
    code, ods_code : str
        ONS and ODS code; empty where there is none or none is known.
    name : str
        The last of its names.
    names : tuple of str
        All of them.
    start, end : str
        First and last day, or the year alone; of areas of the lookups the
        first and the last year that has them, empty where it is not known or
        still lasts.
    layers : tuple of str
        Layers that have it, in the order of time; none for those of
        ``other_areas``.
    relation : str
        As in ``other_areas``; empty for areas of the lookups.
    pieces : frozenset of str or None
        Its ground; None where the tables do not know it.
    members : tuple of str
        Codes of the areas that followed where `pieces` is None.
    note : str
        What else the table says.
    """

    kind: str
    code: str
    name: str
    names: tuple[str, ...]
    ods_code: str = ""
    start: str = ""
    end: str = ""
    layers: tuple[str, ...] = ()
    relation: str = ""
    pieces: frozenset[str] | None = None
    members: tuple[str, ...] = ()
    note: str = ""

    @property
    def of_2017(self) -> bool:
        """Whether a layer of April 2017 has it."""
        return any(blocks.layer(layer).year == 2017 for layer in self.layers)

    @property
    def before_2017(self) -> bool:
        """Whether it ended before the footprints of April 2017."""
        # A code of 2013 that April 2017 no longer had ended in between.
        return not self.layers and (self.end or self.start) <= "2017-04-01"

    @property
    def family(self) -> tuple[str, ...]:
        """Return the kinds that took over from one another, its own among them."""
        return family(self.kind)

    def parts(self, layer: str) -> tuple["Part", ...]:
        """Return what its ground was in a layer, the largest part first; nothing where its ground is not known."""
        return () if self.pieces is None else parts(self.pieces, layer)

    def same_in(self, layer: str) -> str | None:
        """Return the code of the area of a layer with exactly its ground."""
        return None if self.pieces is None else _by_ground(layer).get(self.pieces)


@dataclass(frozen=True)
class Part:
    """What two areas share: code and name of the other, residents, LSOAs, and shares of the residents of each (0 to 1).

    `whole` says whether all LSOAs of the other are in it.
    """

    code: str
    name: str
    residents: int
    lsoas: int
    share_of_area: float
    share_of_other: float
    whole: bool


def family(kind: str) -> tuple[str, ...]:
    """Return the kinds of area that took over from one another, the given one among them."""
    return next((kinds for kinds in FAMILIES if kind in kinds), (kind,))


@kept.within(2)
def parts(pieces: frozenset[str], layer: str) -> tuple[Part, ...]:
    """Return what a ground was in a layer, the largest part first."""
    table = blocks.pieces().loc[sorted(pieces)]
    shared = table.groupby(layer)[["population", "lsoas"]].sum()
    whole = vintages.totals(layer).loc[shared.index]
    total = shared["population"].sum()
    found = [
        Part(
            code,
            str(whole["name"][code]),
            int(people),
            int(lsoas),
            float(people / total),
            float(people / whole["residents"][code]),
            bool(lsoas == whole["lsoas"][code]),
        )
        for code, people, lsoas in zip(shared.index, shared["population"], shared["lsoas"], strict=True)
    ]
    return tuple(sorted(found, key=lambda part: (-part.share_of_area, part.code)))


@kept.once
def grounds(layer: str) -> dict[str, frozenset[str]]:
    return {code: frozenset(group) for code, group in blocks.pieces().groupby(layer).groups.items()}


@kept.once
def _by_ground(layer: str) -> dict[frozenset[str], str]:
    return {pieces: code for code, pieces in grounds(layer).items()}


@kept.once
def areas() -> tuple[Area, ...]:
    """Return every area that the tables know, of all years."""
    return (*_of_lookups(), *_of_other_years())


def _of_lookups() -> Iterator[Area]:
    """Give the areas of the layers, one for each kind and code: a code ends when a boundary moves."""
    ods = {code: given for given, code in codes.ods_codes().items()}
    held: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for layer in _LAYERS:
        for code, name in blocks.names(layer).items():
            kind = blocks.layer(layer).one
            kind = "council" if kind == "district" and ("council", code) in held else kind
            held.setdefault((kind, code), []).append((layer, name))
    for (kind, code), found in held.items():
        layers, called = (tuple(dict.fromkeys(part)) for part in zip(*found, strict=True))
        years = [str(blocks.layer(layer).year) for layer in layers]
        yield Area(
            kind=kind,
            code=code,
            name=called[-1],
            names=called,
            ods_code=ods.get(code, ""),
            start=years[0],
            end=years[-1],
            layers=layers,
            pieces=grounds(layers[0])[code],
        )


def _of_other_years() -> Iterator[Area]:
    """Give the areas of the table ``other_areas``, and CCGs that only the list of mergers knows."""
    table = sources.read("other_areas").fillna("")
    for row in table.itertuples():
        members = tuple(row.members.split())
        exact = row.relation in ("made_of", "renamed", "recoded")
        yield Area(
            kind=row.kind,
            code=row.code,
            name=row.name,
            names=(row.name,),
            ods_code=row.ods_code,
            start=row.start,
            end=row.end,
            relation=row.relation,
            pieces=_ground(row.members_in, members) if exact else None,
            members=members,
            note=row.note,
        )
    known = set(table["ods_code"])
    for merger in ccg_mergers.mergers():
        into = codes.ods_codes().get(merger.ods_code)
        if merger.code or not into:
            continue
        for code in sorted(set(merger.listed) - known):
            yield Area("CCG", "", f"the CCG {code}", (), code, "", merger.date, (), "lies_in", None, (into,))


def _ground(layer: str, members: tuple[str, ...]) -> frozenset[str]:
    table, found = blocks.pieces(), set()
    for member in members:
        code, _, district = member.partition("-")
        inside = table[layer] == code
        if district:
            inside &= table["lad17"] == district
        found.update(table.index[inside])
    return frozenset(found)


@dataclass(frozen=True)
class _Index:
    """Areas by code, by name, and by the words of their names in any order."""

    codes: dict[str, tuple[Area, ...]]
    names: dict[str, tuple[Area, ...]]
    words: dict[frozenset[str], tuple[Area, ...]]


@kept.once
def _index() -> _Index:
    by_code: dict[str, list[Area]] = {}
    by_name: dict[str, list[Area]] = {}
    by_words: dict[frozenset[str], list[Area]] = {}

    def enter(into: dict[Key, list[Area]], key: Key, area: Area) -> None:
        if key and area not in into.setdefault(key, []):
            into[key].append(area)

    for area in areas():
        for code in (area.code, area.ods_code, *_other_codes().get((area.kind, area.code), ())):
            enter(by_code, compact(code), area)
        for name in (*area.names, *_other_names().get((area.kind, area.code), ())):
            for key in _keys(name, area.kind):
                enter(by_name, key, area)
                if len(words := frozenset(key.split())) > 2:
                    enter(by_words, words, area)
    return _Index(_frozen(by_code), _frozen(by_name), _frozen(by_words))


def _frozen(found: dict[Key, list[Area]]) -> dict[Key, tuple[Area, ...]]:
    return {key: tuple(areas) for key, areas in found.items()}


def _keys(name: str, kind: str) -> set[str]:
    """Return the keys of a name of an area of some kind, with and without the words that say the kind."""
    short = names.without_kind(name, council=kind in ("council", "district"))
    # "NHS South Yorkshire ICB - 02P" is not South Yorkshire.
    return {names.key(name)} if kind == "sub-ICB location" else {names.key(name), names.key(short)}


@kept.once
def _other_codes() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return further codes and short forms by kind and code."""
    found: dict[tuple[str, str], list[str]] = {}
    for old, new in codes.CODES_OF_2016.items():
        found.setdefault(("STP", new), []).append(old)
    for kind, forms in (
        ("STP", everyday.STP_SHORT_FORMS),
        ("ICB", everyday.ICB_SHORT_FORMS),
        ("council", everyday.COUNCIL_SHORT_FORMS),
    ):
        for form, code in forms.items():
            found.setdefault((kind, code), []).append(form)
    for row in sources.read("council_register").itertuples():
        for kind in ("council", "district"):
            found.setdefault((kind, row.ons_code), []).append(row.register_code)
    partners = sources.read("stp_partners").dropna(subset=["ons_code", "ods_code"])
    for row in partners[partners["partner_type"] == "council"].itertuples():
        for kind in ("council", "district"):
            found.setdefault((kind, row.ons_code), []).append(row.ods_code)
    return {key: tuple(dict.fromkeys(codes_)) for key, codes_ in found.items()}


@kept.once
def _other_names() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return further names by kind and code: NHS England's, those of the partner list, everyday ones."""
    found: dict[tuple[str, str], list[str]] = {}
    for row in sources.read("stp17").itertuples():
        inside = re.findall(r"\(([^()]+)\)", row.nhs_name)
        found.setdefault(("STP", row.stp17cd), []).extend([row.nhs_name, *inside])
    for kind, table in (("STP", everyday.STP_NAMES), ("council", everyday.COUNCIL_NAMES)):
        for code, called in table.items():
            found.setdefault((kind, code), []).extend(called)
    partners = sources.read("stp_partners")
    ons = dict(zip(sources.read("ccg17")["ccg17cdh"], sources.read("ccg17")["ccg17cd"], strict=True))
    for row in partners.itertuples():
        if row.partner_type == "CCG" and row.ods_code in ons:
            found.setdefault(("CCG", ons[row.ods_code]), []).append(row.name)
        elif row.partner_type == "council" and isinstance(row.ons_code, str):
            for kind in ("council", "district"):
                found.setdefault((kind, row.ons_code), []).append(row.name)
    return {key: tuple(dict.fromkeys(called)) for key, called in found.items()}


def compact(text: str) -> str:
    """Return a code or short form as it is looked up: capitals, digits and ``&`` alone."""
    text = re.sub(r"\band\b", "&", text[: 4 * names.LONGEST], flags=re.IGNORECASE)
    return re.sub(r"[^A-Z0-9&]", "", text.upper())


# Code and name with a sign between, in either order; a code in brackets; a code that has digits and a space behind.
_IN_ONE = tuple(
    re.compile(pattern.replace("CODE", r"(?P<code>[0-9A-Za-z]{3,9})").replace("NAME", r"(?P<name>[^0-9]{3,})"))
    for pattern in (
        r"CODE\s*(?:[-–—:|/,;])\s*NAME",
        r"NAME\s*(?:\s[-–—]|[:|/,;])\s*CODE",
        r"NAME\s*[(\[]\s*CODE\s*[)\]]",
        r"[(\[]\s*CODE\s*[)\]]\s*NAME",
        r"(?=\S*[0-9])CODE\s+NAME",
        r"NAME\s+(?=\S*[0-9])CODE",
    )
)

_IN_ONE_SIGNS = re.compile(r"[0-9:|/,;()\[\]–—-]")


def find(text: str) -> tuple[Area, ...]:
    """Return every area that a text names by code or by name, of all kinds and years.

    Parameters
    ----------
    text : str
        Untrusted: a code of ONS or ODS, a short form, a name in any spelling,
        or a code and a name together.

    Returns
    -------
    tuple of Area
        Empty if none is called that. Where the text says the kind of body
        (``"NHS Devon ICB"``), areas of that kind alone, if there are any.
    """
    text = text[: 2 * names.LONGEST].strip()
    if found := _index().codes.get(compact(text)) if len(text) <= 2 * _LONGEST_CODE else ():
        return found
    if found := _by_name(text):
        return found
    for pattern in _IN_ONE if _IN_ONE_SIGNS.search(text) else ():
        if match := pattern.fullmatch(text):
            found = _index().codes.get(compact(match["code"]), ())
            if found:
                return _agreeing(found, match["name"])
    return ()


def _agreeing(found: tuple[Area, ...], name: str) -> tuple[Area, ...]:
    """Return the areas with a code that have the name beside it; all that are meant where the two contradict."""
    named = _by_name(name)
    same = tuple(area for area in found if area in named)
    against = tuple(area for area in named if any(area.family == other.family for other in found))
    return same or (*found, *against)


def _by_name(text: str) -> tuple[Area, ...]:
    index, said = _index(), names.kinds_said(text)
    keys = dict.fromkeys(
        [names.key(text), *(names.plain_key(names.without_kind(text, council)) for council in (False, True))]
    )
    by_name = (area for key in keys for area in index.names.get(key, ()))
    by_words = (area for key in keys for area in index.words.get(frozenset(key.split()), ()))
    for found in map(dict.fromkeys, (by_name, by_words)):
        if meant := _of_kind(tuple(found), said):
            return meant
    return ()


def _of_kind(found: tuple[Area, ...], said: frozenset[str]) -> tuple[Area, ...]:
    meant = tuple(area for area in found if area.kind in said)
    # Somebody who says CCG does not mean a council.
    allowed = {kind for one in said for kind in family(one)}
    return meant or tuple(area for area in found if not allowed or area.kind in allowed)


def in_layer(layer: str, found: tuple[Area, ...]) -> tuple[str, ...]:
    """Return the codes that areas have in a layer: its own, or else those with exactly their ground.

    An area of another year counts only if it is of a kind that took over
    from those of the layer, or the other way round.
    """
    own = tuple(dict.fromkeys(area.code for area in found if layer in area.layers))
    if own:
        return own
    kinds = family(blocks.layer(layer).one)
    same = (area.same_in(layer) for area in found if area.kind in kinds)
    return tuple(dict.fromkeys(code for code in same if code))


def trace(area: Area) -> pd.DataFrame:
    """Return where the ground of an area belonged in the vintages of its series, as `geo.codes.trace` does."""
    series = {"STP": vintages.STPS, "CCG": vintages.CCGS}.get(area.family[0], ("council17", "lad17"))
    rows = [(blocks.layer(layer).year, blocks.layer(layer).one, part) for layer in series for part in area.parts(layer)]
    return pd.DataFrame(
        [(year, one, p.code, p.name, p.residents, p.lsoas, p.share_of_area, p.share_of_other) for year, one, p in rows],
        columns=["year", "kind", "code", "name", "residents", "lsoas", "share_of_area", "share_of_other"],
    )


def rivals(layer: str, found: tuple[Area, ...]) -> tuple[Area, ...]:
    """Return the areas of other years that a text may mean as well, on another ground than that of the layer."""
    own = in_layer(layer, found)
    kinds = family(blocks.layer(layer).one)
    others = (area for area in found if area.kind in kinds and layer not in area.layers)
    return tuple(area for area in others if own and area.same_in(layer) is None)


def at_once() -> None:
    """Build everything that `find` needs now."""
    _index()
    for layer in ("stp17", "ccg17", "council17", "lad17"):
        _by_ground(layer)
