"""The building blocks: England's 32,844 LSOAs, the layers grouped from them, and their weights.

Every area of this project is a grouping of LSOAs. ``load`` gives the one table
that everything is grouped from.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from geo import kept, paths

AREAS = paths.DATA / "areas.csv"
BLOCKS = paths.DATA / "blocks.parquet"


@dataclass(frozen=True)
class Layer:
    """A set of areas that group LSOAs.

    Attributes
    ----------
    name : str
        Name of the layer and of its column in the blocks.
    one, many : str
        What an area of this layer is called, singular and plural.
    year : int
        The vintage: a code tells an STP from an ICB only together with it.
    column : str or None
        Column of the source table ``lsoa`` or ``lsoa_today``; None where the
        membership follows from another table.
    later : str or None
        Kind of area in ``later_names``, for the vintages after 2017.
    named : bool
        Whether its names stand in ``today_names``.
    derived : bool
        Whether the membership is worked out by this project from announced
        successions, not taken from a lookup.
    best_fit : bool
        Whether its borders cut through LSOAs, so that each LSOA counts whole
        for one area. Pieces do not follow such a layer, fragments do.
    origin : str
        Whose best fit it is, with the licence where it is to be named.
    """

    name: str
    one: str
    many: str
    year: int
    column: str | None = None
    later: str | None = None
    named: bool = False
    derived: bool = False
    best_fit: bool = False
    origin: str = ""

    @property
    def vintage(self) -> str:
        """What its areas are called, with their year: ``STPs of 2017``."""
        return f"{self.many} of {self.year}"


_STP, _CCG, _ICB = ("STP", "STPs"), ("CCG", "CCGs"), ("ICB", "ICBs")
_PCON = ("constituency", "constituencies")
_LIBRARY, _MYSOCIETY = "House of Commons Library", "mySociety, Geographic overlaps 0.2.1, CC BY 4.0"

LAYERS = {
    layer.name: layer
    for layer in (
        Layer("stp17", *_STP, 2017),
        Layer("ccg17", *_CCG, 2017, "ccg17cd"),
        Layer("council17", "council", "councils", 2017),
        Layer("lad17", "district", "districts", 2017, "lad17cd"),
        Layer("acs17", "ACS area", "ACS areas", 2017),
        *(
            Layer(f"{kind}{year - 2000}", *words, year, f"{kind}{year - 2000}cd", kind)
            for year in (2018, 2019, 2020, 2021)
            for kind, words in (("stp", _STP), ("ccg", _CCG))
        ),
        Layer("icb22", *_ICB, 2022, "icb22cd", "icb"),
        Layer("icb24", *_ICB, 2024, "icb24cd", named=True),
        Layer("sicbl24", "sub-ICB location", "sub-ICB locations", 2024, "sicbl24cd", named=True),
        Layer("icb26", *_ICB, 2026, "icb26cd", named=True, derived=True),
        Layer("council24", "council", "councils", 2024, "council24cd", named=True),
        Layer("lad24", "district", "districts", 2024, "lad24cd", named=True),
        Layer("pcon10", *_PCON, 2010, "pcon10cd", named=True, best_fit=True, origin=_LIBRARY),
        Layer("pcon24", *_PCON, 2024, "pcon24cd", named=True, best_fit=True, origin=_MYSOCIETY),
        Layer("cauth25", "combined authority", "combined authorities", 2025, "cauth25cd", named=True),
        Layer("pfa17", "police force area", "police force areas", 2017, "pfa17cd", named=True),
        Layer("fra17", "fire and rescue authority", "fire and rescue authorities", 2017, "fra17cd", named=True),
        Layer("cal17", "Cancer Alliance", "Cancer Alliances", 2017, "cal17cd", named=True),
    )
}

GROUPS = {
    "NHS then": ("stp17", "ccg17", "acs17", "icb22"),
    "NHS now": ("icb26", "icb24", "sicbl24"),
    "Councils then": ("council17", "lad17"),
    "Councils now": ("council24", "lad24", "cauth25"),
    "Parliament": ("pcon10", "pcon24"),
    "Other services": ("pfa17", "fra17", "cal17"),
}
"""Layers to choose from, by group, in the order of menus."""

EXACT = tuple(name for name, layer in LAYERS.items() if not layer.best_fit)
"""Layers of whole LSOAs, of which pieces are the common refinement."""

PARTIAL = frozenset({"acs17", "cauth25"})
"""Layers that do not cover England."""

PIECE, FRAGMENT = "piece", "fragment"
"""Of what areas are drawn and grouped: pieces, or fragments, into which the layers by best fit cut pieces."""

WEIGHTS = {
    "population": "residents",
    "population_65_plus": "residents aged 65 and over",
    "population_85_plus": "residents aged 85 and over",
    "population_0_17": "residents aged 0 to 17",
    "area": "square kilometres",
    "lsoas": "LSOAs",
}


DERIVED = (
    "The areas of April 2026 are derived here from the announced successions: by whole sub-ICB locations, and in "
    "Frimley by districts. They are not an ONS lookup; two small areas of Frimley (E01030904, E01022875) leave room."
)
"""How the areas of April 2026 are known, for wherever a number rests on them."""


class UnknownNameError(ValueError):
    """A layer, weight or detail that does not exist; the message lists those that do."""

    def __init__(self, kind: str, name: object, known: list[str]):
        super().__init__(f"unknown {kind} {name!r}; known: {', '.join(known)}")


def layer(name: str) -> Layer:
    """Return a layer by its name.

    Raises
    ------
    UnknownNameError
        If there is no such layer.
    """
    if name not in LAYERS:
        raise UnknownNameError("layer", name, list(LAYERS))
    return LAYERS[name]


def unit(names: Iterable[str]) -> str:
    """Return of what areas of some layers are made: pieces, or fragments where one of the layers is by best fit."""
    return FRAGMENT if any(layer(name).best_fit for name in names) else PIECE


def notes(names: Iterable[str]) -> tuple[str, ...]:
    """Return what must be said of figures that rest on some layers: which are derived, which by best fit, and how."""
    layers = [layer(name) for name in dict.fromkeys(names)]
    derived = (DERIVED,) if any(item.derived for item in layers) else ()
    return (*derived, *(_best_fit(item) for item in layers if item.best_fit))


@kept.once
def _best_fit(item: Layer) -> str:
    """Return how well LSOAs fit a layer whose borders cut through them, as far as it is known."""
    opening = f"The {item.vintage} are a best fit of LSOAs ({item.origin}): each LSOA counts whole for one of them"
    column = f"{item.name}_share"
    if column not in load():
        return f"{opening}; how much of it really lies inside is not known."
    people, inside = load()["population"], load()[column]
    whole, really = people[inside == 1].sum() / people.sum(), (people * inside).sum() / people.sum()
    return (
        f"{opening}, the one with most of its residents. {whole:.1%} of residents live in LSOAs that lie wholly in one "
        f"{item.one}; {really:.1%} live in the {item.one} that they are counted in (LSOAs divided by residents of "
        "mid-2019)."
    )


def check_weight(name: str) -> None:
    """Raise `UnknownNameError` unless `name` is a weight."""
    if name not in WEIGHTS:
        raise UnknownNameError("weight", name, list(WEIGHTS))


@kept.once
def load() -> pd.DataFrame:
    """Return the building blocks.

    Returns
    -------
    DataFrame
        32,844 rows, one an LSOA, sorted by code. One categorical column a
        layer with the code of the area the LSOA belongs to (missing in
        ``acs17`` outside the eight areas), ``piece``, ``fragment``,
        ``pcon24_share`` (share of its residents of mid-2019 who live in the
        constituency of 2024 that it counts for, 0 to 1), the weights
        (people; ``area`` in square kilometres; ``lsoas`` is 1 everywhere),
        ``imd2015_score`` and ``imd2015_decile``.
    """
    blocks = pd.read_parquet(BLOCKS)
    blocks["lsoas"] = 1
    return blocks


@kept.once
def units(kind: str) -> pd.DataFrame:
    """Return the pieces or the fragments, the unions of LSOAs that agree in every exact or in every layer.

    Parameters
    ----------
    kind : str
        `PIECE` or `FRAGMENT`.

    Returns
    -------
    DataFrame
        One row each, by its name: a column a layer with the code of the area
        that it belongs to, of pieces for the layers of `EXACT` alone; of
        fragments also ``piece``; and the sums of the weights.
    """
    grouped = load().groupby(kind, observed=True)
    table = grouped[[*LAYERS, PIECE] if kind == FRAGMENT else list(EXACT)].first().astype("str")
    table = table.join(grouped[list(WEIGHTS)].sum())
    table.index = table.index.astype("str")
    return table


def pieces() -> pd.DataFrame:
    """Return the pieces, see `units`."""
    return units(PIECE)


def fragments() -> pd.DataFrame:
    """Return the fragments, see `units`."""
    return units(FRAGMENT)


@kept.once
def part_of_piece() -> pd.Series:
    """Return the part of a CCG inside one district (``CCG-district``) that each piece lies in, by piece."""
    table = pieces()
    # Looking up plain strings takes a third of the time.
    return (table["ccg17"] + "-" + table["lad17"]).rename("part").astype(object)


@kept.once
def areas() -> pd.DataFrame:
    """Return every area of every layer.

    Returns
    -------
    DataFrame
        ``layer`` (``piece`` and ``fragment`` for those), ``code``, ``name`` (ONS's for
        STPs), a point for its label
        (``lon``, ``lat``) and its extent (``west``, ``south``, ``east``,
        ``north``), WGS 84 degrees; sorted by layer and code.
    """
    return pd.read_csv(AREAS)


@kept.once
def names(layer_name: str) -> pd.Series:
    """Return the names of a layer's areas by code, sorted by code.

    Raises
    ------
    UnknownNameError
        If there is no such layer.
    """
    table = areas()
    return table[table["layer"] == layer(layer_name).name].set_index("code")["name"]


@kept.once
def name_by_code(layer_name: str) -> dict[str, str]:
    """Return `names` as a dict, for where many are looked up one by one."""
    return names(layer_name).to_dict()
