"""Many places at once: the areas of chosen layers in which postcodes, LSOAs and named areas lie.

One answer for the page, the command line and the interface. A place that lies
in several areas of a layer is given the one with most of its residents, with
their share; what is not found is given the reason.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

import pandas as pd

from geo import area_words, blocks, codes, names, postcodes, resolver
from geo.postcodes import Half, Postcode
from geo.resolver import Area

MOST_PLACES = 10_000
LONGEST = 200
"""Letters of a place that are read and given back; no name is as long."""

GROUPS = {
    "NHS then": ("stp17", "ccg17", "acs17"),
    "NHS now": ("icb24", "sicbl24", "icb26"),
    "Councils then": ("council17", "lad17"),
    "Councils now": ("council24", "lad24"),
    "Other services": ("cauth25", "pfa17", "fra17", "cal17"),
}
"""Layers that are offered, in groups; any other layer can be asked for as well."""

_LSOA = re.compile(r"E01\d{6}")
_COUNCILS = resolver.family("council")
_NOTHING: Mapping[str, "Inside | None"] = MappingProxyType({})
_NAMED = tuple(name for name, layer in blocks.LAYERS.items() if layer.named or name == "acs17")


class TooManyError(ValueError):
    """More places than are looked up at once; the message says so in a sentence."""

    def __init__(self, many: int):
        super().__init__(f"{many:,} places are too many: up to {MOST_PLACES:,} at once.")


@dataclass(frozen=True)
class Inside:
    """The area of a layer in which a place lies, or most of it.

    Attributes
    ----------
    code, name : str
        The area.
    share : float
        Share of the place's residents of mid-2017 that live in it, above 0 to 1: 1 where all of the place lies in it.
    """

    code: str
    name: str
    share: float


@dataclass(frozen=True)
class Place:
    """What was found of one place.

    Attributes
    ----------
    asked : str
        As it was given, in one line of at most `LONGEST` letters.
    kind : str
        ``postcode``, ``LSOA`` or the kind of the area; empty where nothing was found.
    taken_for : str
        What it was taken for: ``"HG1 1DY"``, ``"Harrogate, a district of 2017"``; empty where nothing was found.
    areas : mapping of str to Inside or None
        By layer; None where it lies in no area of the layer. Empty where nothing was found.
    remark : str
        Why nothing was found, or what is to be known of what was, in a sentence without its full stop.
    """

    asked: str
    kind: str = ""
    taken_for: str = ""
    areas: Mapping[str, Inside | None] = field(default_factory=lambda: _NOTHING)
    remark: str = ""

    @property
    def found(self) -> bool:
        """Whether it is a place that is known."""
        return bool(self.taken_for)


@dataclass(frozen=True)
class Lookup:
    """Places in the areas of some layers: every place that was asked for, in that order, also those twice."""

    layers: tuple[str, ...]
    places: tuple[Place, ...]

    @property
    def found(self) -> tuple[Place, ...]:
        """The places that were found."""
        return tuple(place for place in self.places if place.found)

    @property
    def missing(self) -> tuple[Place, ...]:
        """The places that were not found."""
        return tuple(place for place in self.places if not place.found)

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be said of the layers: which are derived."""
        return blocks.notes(self.layers)

    def split(self, layer: str) -> int:
        """Return how many of the places lie in a layer's areas with a part only."""
        insides = (place.areas[layer] for place in self.found)
        return sum(inside is not None and inside.share < 1 for inside in insides)


@dataclass(frozen=True)
class _Meant:
    """What a text means: its kind, words for it, the pieces that it is made of, and what is to be known of it."""

    kind: str
    words: str
    pieces: frozenset[str]
    remark: str = ""


def lookup(asked: Iterable[str], layers: Iterable[str]) -> Lookup:
    """Find the areas of some layers in which places lie.

    Parameters
    ----------
    asked : iterable of str
        Untrusted: whole postcodes, codes of LSOAs of 2011, names and codes of areas of any year. At most
        `MOST_PLACES`.
    layers : iterable of str
        Names of layers, see `geo.blocks.LAYERS`.

    Returns
    -------
    Lookup
        A place a text, in their order.

    Raises
    ------
    UnknownNameError
        If a layer does not exist.
    TooManyError
        If there are more places than that.
    """
    texts = list(asked)
    if len(texts) > MOST_PLACES:
        raise TooManyError(len(texts))
    chosen = tuple(blocks.layer(name).name for name in dict.fromkeys(layers))
    known: dict[str, Place] = {}
    places = []
    for text in texts:
        said = _shortened(text)
        if said not in known:
            known[said] = _place(said, chosen)
        places.append(known[said])
    return Lookup(chosen, tuple(places))


def _shortened(text: str) -> str:
    said = " ".join(text[: 4 * LONGEST].split())
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def is_place(text: str) -> bool:
    """Return whether a text is a place that `lookup` finds, in one way or in several."""
    said = _shortened(text)
    found = postcodes.find(said)
    if isinstance(found, Postcode) and found.ccg17:
        # Two postcodes in a line are two places.
        return sum(isinstance(postcodes.find(part), Postcode) for part in said.split(",")) == 1
    return said.upper() in _pieces_of_lsoas() or bool(resolver.find(said) or _of_layers(said))


def _place(said: str, layers: tuple[str, ...]) -> Place:
    meant = _meant(said)
    if isinstance(meant, str):
        return Place(said, remark=meant)
    areas = {layer: _inside(meant.pieces, layer) for layer in layers}
    remark = meant.remark
    if meant.kind == "postcode" and any(inside and inside.share < 1 for inside in areas.values()):
        remark = (
            "of a postcode its CCG and district are known, and these are together in several areas: the one with most "
            "of their residents is given"
        )
    return Place(said, meant.kind, meant.words, MappingProxyType(areas), remark)


@cache
def _inside(pieces: frozenset[str], layer: str) -> Inside | None:
    """Return the area of a layer that has most residents of a ground; None if it has nothing of it."""
    residents, areas, called = _residents(), _area_of(layer), _names(layer)
    shared: Counter[str] = Counter()
    for piece in pieces:
        if area := areas.get(piece):
            shared[area] += residents[piece]
    if not shared:
        return None
    code = min(shared, key=lambda area: (-shared[area], area))
    # What lies in no area of the layer counts as well.
    return Inside(code, called[code], shared[code] / sum(residents[piece] for piece in pieces))


@cache
def _residents() -> dict[str, int]:
    return {piece: int(people) for piece, people in blocks.pieces()["population"].items()}


@cache
def _area_of(layer: str) -> dict[str, str]:
    """Return the area of a layer in which each piece lies, of those that lie in one."""
    return {piece: str(code) for piece, code in blocks.pieces()[layer].dropna().items()}


@cache
def _names(layer: str) -> dict[str, str]:
    return {str(code): str(name) for code, name in blocks.names(layer).items()}


@cache
def _pieces_of_lsoas() -> dict[str, str]:
    table = blocks.load()
    return dict(zip(table["lsoa11cd"], table["piece"].astype("str"), strict=True))


@cache
def _pieces_of_parts() -> dict[str, frozenset[str]]:
    """Return the pieces of each part of a CCG inside one district, by which postcodes are placed."""
    parts = blocks.part_of_piece()
    return {part: frozenset(group) for part, group in parts.index.groupby(parts).items()}


def _meant(said: str) -> _Meant | str:
    """Return what a text means, or why it means nothing."""
    postcode = postcodes.find(said)
    if isinstance(postcode, Postcode) and postcode.ccg17:
        return _Meant("postcode", postcode.postcode, _pieces_of_parts()[f"{postcode.ccg17}-{postcode.lad17}"])
    code = resolver.compact(said)
    if piece := _pieces_of_lsoas().get(code):
        return _Meant("LSOA", f"{code}, an LSOA of 2011", frozenset({piece}))
    if areas := resolver.find(said) or _of_layers(said):
        return _of_areas(said, areas)
    return _why_not(said, code, postcode)


def _why_not(said: str, code: str, postcode: Postcode | Half | None) -> str:
    """Return why a text means nothing that is known."""
    if not said:
        return "nothing is named"
    if _LSOA.fullmatch(code):
        return "it has the form of a code of an LSOA, but England had no such LSOA in 2011; one of 2021, perhaps"
    if isinstance(postcode, Postcode):
        return str(postcode.problem).rstrip(".")
    if isinstance(postcode, Half) and postcode.count:
        return f"the beginning of {postcode.count:,} postcodes, not a whole one"
    return area_words.of_what(said) or "no postcode, no LSOA of 2011, and no code or name of an area that is known here"


def _of_areas(said: str, areas: tuple[Area, ...]) -> _Meant | str:
    """Return which of the areas of one name is meant."""
    placed = [area for area in areas if area.pieces]
    if not placed:
        return area_words.sentence(areas[0], "stp17")
    grounds = {area.pieces for area in placed}
    councils = [area for area in placed if area.kind in _COUNCILS]
    if len(grounds) == 1:
        unknown = [area for area in areas if not area.pieces]
        also = f"also the name of {area_words.what(unknown[0])}, whose area is not known here" if unknown else ""
        return _of_area((councils or placed)[0], also)
    if len({area.pieces for area in councils}) == 1 and _is_name_of(said, councils[0]):
        # A bare name such as Devon is first of all that of the council.
        others = dict.fromkeys(area_words.an(area.kind) for area in placed if area.pieces != councils[0].pieces)
        return _of_area(councils[0], f"also the name of {area_words.listed(list(others))} with another area")
    choice = {area.pieces: area_words.what(area) for area in reversed(placed)}
    return f"could be {area_words.listed(list(choice.values())[::-1], 'or')}, which differ: say which is meant"


def _of_area(area: Area, remark: str = "") -> _Meant:
    return _Meant(area.kind, area_words.what(area), area.pieces or frozenset(), remark)


def _is_name_of(said: str, area: Area) -> bool:
    keys = {names.key(said), names.plain_key(names.without_kind(said, council=True))}
    return bool(keys & {names.key(name) for name in area.names})


@cache
def _by_layer() -> dict[str, tuple[Area, ...]]:
    """Return the areas of layers that the resolver does not know, by code and by name as these are compared."""
    found: dict[str, list[Area]] = {}
    for layer in _NAMED:
        one, year = blocks.layer(layer).one, str(blocks.layer(layer).year)
        for code, name in blocks.names(layer).items():
            area = Area(
                one, code, name, (name,), start=year, end=year, layers=(layer,), pieces=resolver.grounds(layer)[code]
            )
            for key in {names.key(code), names.key(name)}:
                found.setdefault(key, []).append(area)
    return {key: tuple(areas) for key, areas in found.items()}


def _of_layers(said: str) -> tuple[Area, ...]:
    return _by_layer().get(names.key(said), ())


def frame(found: Lookup) -> pd.DataFrame:
    """Return places and their areas as a table.

    Returns
    -------
    DataFrame
        A row a place: ``place`` and ``taken_for``; by layer its code (``stp17cd``), its name (``stp17nm``) and the
        share of the place's residents in it (``stp17_share``, 0 to 1), all missing where the place was not found or
        lies in no area of the layer; ``remark``, which says why a place was not found.
    """
    columns: dict[str, list[str | float | None]] = {
        "place": [place.asked for place in found.places],
        "taken_for": [place.taken_for or None for place in found.places],
    }
    for layer in found.layers:
        insides = [place.areas.get(layer) for place in found.places]
        columns[f"{layer}cd"] = [inside.code if inside else None for inside in insides]
        columns[f"{layer}nm"] = [inside.name if inside else None for inside in insides]
        columns[f"{layer}_share"] = [inside.share if inside else None for inside in insides]
    columns["remark"] = [place.remark or None for place in found.places]
    return pd.DataFrame(columns)


def at_once() -> None:
    """Build everything that `lookup` needs now."""
    postcodes.load()
    resolver.at_once()
    codes.ods_codes()
    _pieces_of_lsoas()
    _pieces_of_parts()
    _by_layer()
