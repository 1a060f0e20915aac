"""Many places at once: the areas of chosen layers in which postcodes, LSOAs and named areas lie.

One answer for the page, the command line and the interface. A place that lies
in several areas of a layer is given the one with most of its residents, with
their share; what is not found is given the reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import pandas as pd

from geo import blocks, kept, places
from geo.areas import parts

MOST_PLACES = 10_000

_NOTHING: Mapping[str, "Inside | None"] = MappingProxyType({})


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
        Of a postcode that of its LSOA, see `of_lsoa`.
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
        As it was given, in one line of at most `geo.places.LONGEST` letters.
    kind : str
        ``postcode``, ``LSOA`` or the kind of the area; empty where nothing was found.
    taken_for : str
        What it was taken for: ``"HG1 1DY"``, ``"Harrogate, a district of 2017"``; empty where nothing was found.
    areas : mapping of str to Inside or None
        By layer; None where it lies in no area of the layer, or in which is not known. Empty where nothing was found.
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
        """What must be said of the layers: which are derived, which by best fit."""
        return blocks.notes(self.layers)

    def split(self, layer: str) -> int:
        """Return how many of the places lie in a layer's areas with a part only."""
        insides = (place.areas[layer] for place in self.found)
        return sum(inside is not None and inside.share < 1 for inside in insides)


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
        If a layer does not exist, or none is named.
    TooManyError
        If there are more places than that.
    """
    texts = list(asked)
    if len(texts) > MOST_PLACES:
        raise TooManyError(len(texts))
    chosen = tuple(blocks.layer(name).name for name in dict.fromkeys(layers))
    if not chosen:
        raise blocks.UnknownNameError("layer", "", list(blocks.LAYERS))
    known: dict[str, Place] = {}
    answers = []
    for text in texts:
        line = places.shortened(text)
        if line not in known:
            known[line] = _place(line, chosen)
        answers.append(known[line])
    return Lookup(chosen, tuple(answers))


def _place(line: str, layers: tuple[str, ...]) -> Place:
    meant = places.meant(line)
    if isinstance(meant, str):
        return Place(line, remark=meant)
    areas = {layer: of_lsoa(meant.lsoa, layer) if meant.lsoa else _inside(meant.pieces, layer) for layer in layers}
    return Place(line, meant.kind, meant.words, MappingProxyType(areas), meant.remark)


def of_lsoa(lsoa: str, layer: str) -> Inside | None:
    """Return the area of a layer that an LSOA of 2011 counts for, with the share of it that lies there.

    Parameters
    ----------
    lsoa : str
        Code of an LSOA of the blocks.
    layer : str
        One of `geo.blocks.LAYERS`.

    Returns
    -------
    Inside or None
        The share is 1 but in a layer by best fit of which it is known. None if the LSOA is in no area of the layer.
    """
    inside = _inside(places.ground(lsoa), layer)
    return replace(inside, share=_shares(layer).get(lsoa, inside.share)) if inside else None


@kept.once
def _shares(layer: str) -> dict[str, float]:
    """Return of a layer by best fit what share of each LSOA's residents lives in its area; nothing if not known."""
    table, column = blocks.load(), f"{layer}_share"
    return dict(zip(table["lsoa11cd"], table[column], strict=True)) if column in table else {}


def _inside(ground: frozenset[str], layer: str) -> Inside | None:
    """Return the area of a layer that has most residents of a ground; None if it has nothing of it."""
    overlaps = parts(ground, layer)
    return Inside(overlaps[0].code, overlaps[0].name, overlaps[0].share_of_area) if overlaps else None


def frame(answers: Lookup) -> pd.DataFrame:
    """Return places and their areas as a table.

    Returns
    -------
    DataFrame
        A row a place: ``place`` and ``taken_for``; by layer its code (``stp17cd``), its name (``stp17nm``) and the
        share of the place's residents in it (``stp17_share``, 0 to 1), all missing where the place was not found or
        lies in no area of the layer; ``remark``, which says why a place was not found.
    """
    columns: dict[str, list[str | float | None]] = {
        "place": [place.asked for place in answers.places],
        "taken_for": [place.taken_for or None for place in answers.places],
    }
    for layer in answers.layers:
        insides = [place.areas.get(layer) for place in answers.places]
        columns[f"{layer}cd"] = [inside.code if inside else None for inside in insides]
        columns[f"{layer}nm"] = [inside.name if inside else None for inside in insides]
        columns[f"{layer}_share"] = [inside.share if inside else None for inside in insides]
    columns["remark"] = [place.remark or None for place in answers.places]
    return pd.DataFrame(columns)
