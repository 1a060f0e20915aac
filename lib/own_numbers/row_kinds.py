"""What the rows of a reader's table may be of: areas of a layer, postcodes, LSOAs.

Which place a key means, and to which layers its numbers can be added up.
Nothing that a reader brings is remembered here.
"""

import re
from collections.abc import Mapping

import pandas as pd

from geo import area_words, blocks, kept, names, places, postcodes, resolver, sources
from geo.apportionment import LSOA, POSTCODE, divided, lsoas
from geo.area_words import an
from geo.postcodes import Postcode
from lib import fit
from lib.own_numbers import keys
from lib.own_numbers.table import Cell, filled

SMALL = (POSTCODE, LSOA)
"""Kinds of which a table may have very many rows, and seldom all there are."""
_OTHERS = tuple(
    sorted((layer for layer in fit.LAYERS if layer not in keys.LAYERS), key=lambda name: -blocks.layer(name).year)
)
KINDS = (*keys.LAYERS, *SMALL, *_OTHERS)
"""Kinds of places that rows may be of; where two fit as well, the first."""
FOUND = tuple(kind for kind in KINDS if kind not in (*keys.LAYERS, "council24", "lad24"))
"""Kinds that are found besides without being chosen: councils of today share most codes with those of 2017."""
_BOARDS = frozenset(kind for kind in _OTHERS if blocks.layer(kind).one == "ICB")
_COUNCILS = frozenset({"council24", "lad24", "cauth25"})
_SEATS = frozenset(blocks.GROUPS["Parliament"])
_MOST_DIVIDED = 0.5
"""Share of residents in places that lie in several areas of a layer, up to which numbers can be added up to it."""
_LSOA_CODE = re.compile(r"\bE01\d{6}\b", re.IGNORECASE)
_ONS_CODE = re.compile(r"\bE\d{8}\b", re.IGNORECASE)
_SEAT_WORDS = re.compile(r" (((county|borough) )?(const|constituency)|cc|bc)$")
_SAMPLE = 60


def one(kind: str) -> str:
    """Return what a place of a kind is called: ``"postcode"``, ``"ICB of 2024"``."""
    if kind in blocks.LAYERS:
        return fit.area_word(kind)
    return {POSTCODE: "postcode", LSOA: "LSOA of 2011"}[kind]


def many(kind: str) -> str:
    """Return what the places of a kind are called: ``"postcodes"``, ``"ICBs of 2024"``."""
    if kind in blocks.LAYERS:
        return fit.areas_word(kind)
    return {POSTCODE: "postcodes", LSOA: "LSOAs of 2011"}[kind]


@kept.once
def called(kind: str) -> pd.Series:
    """Return the names of the areas of a kind by code; empty for postcodes and LSOAs, which have none here."""
    return pd.Series(dtype="str") if kind in SMALL else blocks.names(kind)


def notes(kind: str, layer: str) -> tuple[str, ...]:
    """Return what must be said of numbers of a kind that are shown for a layer: how those areas are known."""
    return blocks.notes(name for name in (kind, layer) if name in blocks.LAYERS)


def usual(kind: str) -> str:
    """Return the layer that numbers of a kind are shown for unless another is chosen: its own, where that has a map."""
    return kind if kind in blocks.LAYERS else "stp17"


@kept.once
def layers(kind: str) -> tuple[str, ...]:
    """Return the layers to which numbers of a kind can be added up, in the order of the menu, its own among them.

    Without those of which most places of the kind have only a part: numbers
    are added up, not taken apart.
    """
    return tuple(layer for layer in fit.LAYERS if layer == kind or divided(kind, layer) <= _MOST_DIVIDED)


def why_not_to(kind: str, layer: str) -> str:
    """Return in words why numbers of a kind cannot be added up to a layer."""
    return f"most {many(kind)} lie in several {many(layer)}, and numbers are added up here, not taken apart"


def code_of(kind: str, cell: Cell, numbers: bool = False) -> str | None:
    """Return the code of the place of a kind that a cell names; None if it names none, or could mean several.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    cell : str or float
        What the table has.
    numbers : bool
        Whether bare numbers are footprint numbers here.
    """
    if kind in keys.LAYERS:
        return keys.code_of(kind, cell, numbers)
    return named(cell).get(kind)


def named(cell: Cell) -> Mapping[str, str]:
    """Return what a cell names besides areas of `keys.LAYERS`: codes by kind.

    A postcode stands for the LSOA that it lies in.
    """
    if not isinstance(cell, str) or keys.bare(cell) or not filled(cell):
        return {}
    if code := _LSOA_CODE.search(cell):
        return {LSOA: code[0].upper()} if code[0].upper() in lsoas() else {}
    postcode = postcodes.find(cell)
    if isinstance(postcode, Postcode) and postcode.lsoa11:
        return {POSTCODE: postcode.lsoa11}
    text = " ".join(cell[: names.LONGEST].split())
    code = _ONS_CODE.search(text)
    by_key, plain = _by_key(), names.plain(text)
    if codes := by_key.get(code[0].upper() if code else resolver.compact(text)) or by_key.get(names.plain_key(plain)):
        return codes
    for kinds, short in (
        (_BOARDS, names.without_kind(text, council=False)),
        (_COUNCILS, names.without_kind(text, council=True)),
        (_SEATS, _SEAT_WORDS.sub("", plain)),
    ):
        # Somebody who says ICB does not mean a council.
        known = by_key.get(names.plain_key(short), {}) if short != plain else {}
        if codes := {kind: code for kind, code in known.items() if kind in kinds}:
            return codes
    return {}


@kept.once
def _by_key() -> dict[str, dict[str, str]]:
    """Return the areas of all kinds but `keys.LAYERS` by their codes, and by their names as these are compared."""
    by_key: dict[str, dict[str, str]] = {}
    twice: set[tuple[str, str]] = set()

    def enter(key: str, kind: str, code: str) -> None:
        if key and by_key.setdefault(key, {}).setdefault(kind, code) != code:
            twice.add((key, kind))

    today = sources.read("today_names").dropna(subset="ods_code")
    for kind in _OTHERS:
        for code, name in called(kind).items():
            for key in (
                code,
                names.key(str(code)),
                names.key(name),
                names.plain_key(names.without_kind(name, council=kind in _COUNCILS)),
            ):
                enter(key, kind, str(code))
        for row in today[today["layer"] == kind].itertuples():
            enter(resolver.compact(row.ods_code), kind, row.code)
    for key, kind in twice:
        del by_key[key][kind]
    return by_key


def are_small(cells: list[Cell]) -> bool:
    """Return whether most of some cells are postcodes or LSOAs, as far as a sample tells."""
    sample = [cell for cell in cells[:: max(len(cells) // _SAMPLE, 1)] if filled(cell)]
    return 2 * sum(not named(cell).keys().isdisjoint(SMALL) for cell in sample) > len(sample)


def why_not(kind: str, cell: Cell) -> str:
    """Return in words why a cell names no place of a kind."""
    if kind in keys.LAYERS or not filled(cell):
        return keys.why_not(keys.LAYERS[0] if kind not in keys.LAYERS else kind, cell)
    if keys.bare(cell):
        return f"a bare number, not {an(one(kind))}"
    if keys.whole(cell):
        return f"England, a region or a total, not {an(one(kind))}"
    meant = places.meant(places.shortened(str(cell)))
    if not isinstance(meant, str):
        return f"{meant.words}, not {an(one(kind))}"
    if others := named(cell):
        return f"{an(one(next(iter(others))))}, not {an(one(kind))}"
    known = area_words.of_what(str(cell)[: names.LONGEST])
    return f"{known}, not of {an(one(kind))}" if known and kind not in SMALL else meant


def name_of(code: str, layer: str) -> str:
    """Return the name of an area in a layer; where this has none, in the first of `KINDS` that has one."""
    return next(str(called(kind)[code]) for kind in (layer, *KINDS) if kind in KINDS and code in called(kind).index)


def anywhere(text: str) -> str | None:
    """Return the code of the area that a text names: of the layers of `keys.LAYERS`, or by its code of any other."""
    if code := keys.anywhere(text):
        return code
    codes = {code.lower(): str(code) for layer in _OTHERS for code in called(layer).index}
    return codes.get(text.strip().lower())
