"""Every area that the tables know, of all years, and by what codes and names it is found."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from geo import blocks, ccg_mergers, codes, endings, everyday, kept, names, sources, vintages
from geo.areas import PLANNERS, Area, grounds, units

_PLANNING = (
    *(*vintages.STPS, *vintages.CCGS[:-1], "council17", "lad17"),
    *(*vintages.TODAY, "sicbl24", "council24", "lad24"),
)
_SERVICES = tuple(name for name, layer in blocks.LAYERS.items() if layer.one not in PLANNERS)
_LASTING = 2024
"""What a layer of this year or a later one has goes on, unless a table has its last day."""
_ONS = re.compile(r"[A-Z][0-9]{8}")
Key = TypeVar("Key", str, frozenset[str])


@kept.once
def areas() -> tuple[Area, ...]:
    """Return every area that the tables know, of all years; those that plan no care come last."""
    planning = tuple(_of_lookups(_PLANNING))
    held = frozenset((area.kind, area.code) for area in planning)
    return (*planning, *_of_other_years(held), *_of_lookups(_SERVICES))


@kept.once
def _held() -> dict[tuple[str, str], Area]:
    return {(layer, area.code): area for area in areas() for layer in area.layers}


def area(layer: str, code: str) -> Area:
    """Return the area of a layer with a code; raises KeyError if it has none."""
    return _held()[layer, code]


def _of_lookups(chosen: tuple[str, ...]) -> Iterator[Area]:
    """Give the areas of layers, one for each kind and code: a code ends when a boundary moves."""
    ods = {code: given for given, code in codes.ods_codes().items()}
    held: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for layer in chosen:
        for code, name in blocks.names(layer).items():
            kind = blocks.layer(layer).one
            kind = "council" if kind == "district" and ("council", code) in held else kind
            held.setdefault((kind, code), []).append((layer, name))
    for (kind, code), pairs in held.items():
        layers, called = (tuple(dict.fromkeys(part)) for part in zip(*pairs, strict=True))
        years = [blocks.layer(layer).year for layer in layers]
        known = endings.named().get((layers[-1], code), {})
        yield Area(
            kind=kind,
            code=code,
            name=called[-1],
            names=called,
            ods_code=ods.get(code) or known.get("ods_code", ""),
            start=known.get("start") or str(years[0]),
            end=known.get("end") or ("" if years[-1] >= _LASTING else str(years[-1])),
            layers=layers,
            pieces=grounds(layers[0])[code],
            note=_notes().get((kind, code), ""),
        )


@kept.once
def _notes() -> dict[tuple[str, str], str]:
    """Return what ``other_areas`` notes on areas, by kind and code."""
    return {(row.kind, row.code): row.note for row in sources.read("other_areas").fillna("").itertuples()}


def _of_other_years(held: frozenset[tuple[str, str]]) -> Iterator[Area]:
    """Give the areas of the table ``other_areas`` that no lookup has, and CCGs that only the list of mergers knows.

    `held` has kinds and codes of those of the lookups.
    """
    table = sources.read("other_areas").fillna("")
    for row in table.itertuples():
        if (row.kind, row.code) in held:
            continue
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
    table, fragments = units(), set()
    for member in members:
        code, _, district = member.partition("-")
        inside = table[layer] == code
        if district:
            inside &= table["lad17"] == district
        fragments.update(table.index[inside])
    return frozenset(fragments)


@dataclass(frozen=True)
class Index:
    """Areas by code, by name, and by the words of their names in any order."""

    codes: dict[str, tuple[Area, ...]]
    names: dict[str, tuple[Area, ...]]
    words: dict[frozenset[str], tuple[Area, ...]]


@kept.once
def index() -> Index:
    """Return all areas by what they are found by."""
    by_code: dict[str, list[Area]] = {}
    by_name: dict[str, list[Area]] = {}
    by_words: dict[frozenset[str], list[Area]] = {}

    def enter(into: dict[Key, list[Area]], key: Key, area: Area) -> None:
        if key and area not in into.setdefault(key, []):
            into[key].append(area)

    for area in areas():
        own = (area.code,) if _ONS.fullmatch(area.code) else ()
        for code in (*own, area.ods_code, *_other_codes().get((area.kind, area.code), ())):
            enter(by_code, compact(code), area)
        for name in (*area.names, *_other_names().get((area.kind, area.code), ())):
            for key in _keys(name, area.kind):
                enter(by_name, key, area)
                if len(words := frozenset(key.split())) > 2:
                    enter(by_words, words, area)
    return Index(_frozen(by_code), _frozen(by_name), _frozen(by_words))


def _frozen(by_key: dict[Key, list[Area]]) -> dict[Key, tuple[Area, ...]]:
    return {key: tuple(areas) for key, areas in by_key.items()}


def _keys(name: str, kind: str) -> set[str]:
    """Return the keys of a name of an area of some kind, with and without the words that say the kind."""
    short = names.without_kind(name, council=kind in ("council", "district"))
    # "NHS South Yorkshire ICB - 02P" is not South Yorkshire.
    return {names.key(name)} if kind == "sub-ICB location" else {names.key(name), names.key(short)}


@kept.once
def _other_codes() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return further codes and short forms by kind and code."""
    codes_of: dict[tuple[str, str], list[str]] = {}
    for old, new in codes.CODES_OF_2016.items():
        codes_of.setdefault(("STP", new), []).append(old)
    for kind, forms in (
        ("STP", everyday.STP_SHORT_FORMS),
        ("ICB", everyday.ICB_SHORT_FORMS),
        ("council", everyday.COUNCIL_SHORT_FORMS),
    ):
        for form, code in forms.items():
            codes_of.setdefault((kind, code), []).append(form)
    for row in sources.read("council_register").itertuples():
        for kind in ("council", "district"):
            codes_of.setdefault((kind, row.ons_code), []).append(row.register_code)
    partners = sources.read("stp_partners").dropna(subset=["ons_code", "ods_code"])
    for row in partners[partners["partner_type"] == "council"].itertuples():
        for kind in ("council", "district"):
            codes_of.setdefault((kind, row.ons_code), []).append(row.ods_code)
    return {key: tuple(dict.fromkeys(codes_)) for key, codes_ in codes_of.items()}


@kept.once
def _other_names() -> dict[tuple[str, str], tuple[str, ...]]:
    """Return further names by kind and code: NHS England's, those of the partner list, everyday ones."""
    names_of: dict[tuple[str, str], list[str]] = {}
    for code in blocks.names("acs17").index:
        names_of["ACS area", code] = [code]
    for row in sources.read("stp17").itertuples():
        inside = re.findall(r"\(([^()]+)\)", row.nhs_name)
        names_of.setdefault(("STP", row.stp17cd), []).extend([row.nhs_name, *inside])
    for kind, table in (("STP", everyday.STP_NAMES), ("council", everyday.COUNCIL_NAMES)):
        for code, called in table.items():
            names_of.setdefault((kind, code), []).extend(called)
    partners = sources.read("stp_partners")
    ons = dict(zip(sources.read("ccg17")["ccg17cdh"], sources.read("ccg17")["ccg17cd"], strict=True))
    for row in partners.itertuples():
        if row.partner_type == "CCG" and row.ods_code in ons:
            names_of.setdefault(("CCG", ons[row.ods_code]), []).append(row.name)
        elif row.partner_type == "council" and isinstance(row.ons_code, str):
            for kind in ("council", "district"):
                names_of.setdefault((kind, row.ons_code), []).append(row.name)
    return {key: tuple(dict.fromkeys(called)) for key, called in names_of.items()}


def compact(text: str) -> str:
    """Return a code or short form as it is looked up: capitals, digits and ``&`` alone."""
    text = re.sub(r"\band\b", "&", text[: 4 * names.LONGEST], flags=re.IGNORECASE)
    return re.sub(r"[^A-Z0-9&]", "", text.upper())
