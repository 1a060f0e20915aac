"""The building blocks: England's 32,844 LSOAs, the layers grouped from them, and their weights.

Every area of this project is a grouping of LSOAs. ``load`` gives the one table
that everything is grouped from.
"""

from collections.abc import Callable, Iterable
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
    """

    name: str
    one: str
    many: str
    year: int
    column: str | None = None
    later: str | None = None
    named: bool = False
    derived: bool = False

    @property
    def vintage(self) -> str:
        """What its areas are called, with their year: ``STPs of 2017``."""
        return f"{self.many} of {self.year}"


_STP, _CCG, _ICB = ("STP", "STPs"), ("CCG", "CCGs"), ("ICB", "ICBs")

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
    "Other services": ("pfa17", "fra17", "cal17"),
}
"""Layers to choose from, by group, in the order of menus."""

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


def notes(names: Iterable[str]) -> tuple[str, ...]:
    """Return what must be said of figures that rest on some layers: how those that are derived were worked out."""
    return (DERIVED,) if any(layer(name).derived for name in names) else ()


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
        ``acs17`` outside the eight areas), ``piece``, the weights
        (people; ``area`` in square kilometres; ``lsoas`` is 1 everywhere),
        ``imd2015_score`` and ``imd2015_decile``.
    """
    blocks = pd.read_parquet(BLOCKS)
    blocks["lsoas"] = 1
    return blocks


@kept.once
def pieces() -> pd.DataFrame:
    """Return the pieces, the unions of LSOAs that agree in every layer.

    Returns
    -------
    DataFrame
        One row a piece, by piece: a column a layer with the code of the area
        that the piece belongs to, and the sums of the weights.
    """
    by_piece = load().groupby("piece", observed=True)
    table = by_piece[list(LAYERS)].first().astype("str").join(by_piece[list(WEIGHTS)].sum())
    table.index = table.index.astype("str")
    return table


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
        ``layer`` (``piece`` for the pieces), ``code``, ``name`` (ONS's for
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


def name_table(read: Callable[[str], pd.DataFrame], members: pd.DataFrame) -> pd.DataFrame:
    """Collect the names of all areas from the source tables.

    Parameters
    ----------
    read : callable
        Gives a source table by its name.
    members : DataFrame
        Columns ``piece``, ``ccg17`` and ``lad17``. A piece is called after
        its CCG and its district.

    Returns
    -------
    DataFrame
        ``layer``, ``code`` and ``name``, sorted by layer and code.
    """
    later, today, acs = read("later_names"), read("today_names"), read("acs_areas")
    parts = []
    for item in LAYERS.values():
        if item.later:
            part = later[(later["year"] == item.year) & (later["layer"] == item.later)][["code", "name"]]
        elif item.named:
            part = today[today["layer"] == item.name][["code", "name"]]
        elif item.name == "acs17":
            part = acs[acs["kind"] == "acs"][["id", "name"]]
        else:
            part = read(item.name)[[f"{item.name}cd", f"{item.name}nm"]]
        parts.append(part.set_axis(["code", "name"], axis="columns").assign(layer=item.name))
    named = {part["layer"].iloc[0]: part.set_index("code")["name"] for part in parts}
    part = members[["piece", "ccg17", "lad17"]].drop_duplicates().astype("str")
    part["name"] = part["ccg17"].map(named["ccg17"]) + " in " + part["lad17"].map(named["lad17"])
    parts.append(part.rename(columns={"piece": "code"}).assign(layer="piece"))
    table = pd.concat(parts).sort_values(["layer", "code"], ignore_index=True)
    return table[["layer", "code", "name"]]


def assemble(
    lsoa: pd.DataFrame, ccg17: pd.DataFrame, lad17: pd.DataFrame, acs_areas: pd.DataFrame, lsoa_today: pd.DataFrame
) -> pd.DataFrame:
    """Join the source tables to one row an LSOA with every membership.

    Parameters
    ----------
    lsoa, ccg17, lad17, acs_areas, lsoa_today : DataFrame
        The source tables of those names.

    Returns
    -------
    DataFrame
        One row an LSOA, sorted by code: a column a layer, ``piece``, the
        resident counts and the deprivation columns. LSOAs that agree in
        every layer share a piece, so every layer is a union of whole pieces.
    """
    lsoa = lsoa.sort_values("lsoa11cd").reset_index(drop=True)
    acs = {code: area.id for area in acs_areas.itertuples() if area.kind == "acs" for code in area.ccg17cds}
    derived = {
        "stp17": lsoa["ccg17cd"].map(ccg17.set_index("ccg17cd")["stp17cd"]),
        "council17": lsoa["lad17cd"].map(lad17.set_index("lad17cd")["council17cd"]),
        "acs17": lsoa["ccg17cd"].map(acs),
    }
    # Both tables have one row an LSOA; what stands in both is the same.
    today = lsoa_today.set_index("lsoa11cd").loc[lsoa["lsoa11cd"]].reset_index(drop=True)
    held = {name: lsoa.get(layer.column, today.get(layer.column)) for name, layer in LAYERS.items() if layer.column}
    members = pd.DataFrame({name: derived.get(name, held.get(name)) for name in LAYERS})
    number = members.fillna("").groupby(list(LAYERS), sort=True).ngroup()
    members["piece"] = "P" + (number + 1).astype(str).str.zfill(3)
    rest = [column for column in lsoa if column.startswith(("population", "imd2015"))]
    blocks = pd.concat([lsoa[["lsoa11cd"]], members.astype("category"), lsoa[rest]], axis=1)
    return blocks.astype(dict.fromkeys((c for c in rest if c != "imd2015_score"), "int32"))
