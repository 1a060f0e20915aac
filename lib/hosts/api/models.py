"""What the interface answers, as its description tells it."""

from dataclasses import dataclass, field
from typing import Any

from geo import manifest

Row = dict[str, Any]
"""A row of a table by the names of its columns; what is not known is null."""


def _licences() -> list[dict[str, str]]:
    return [dict(licence) for licence in manifest.read()["licenses"]]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What every answer says of itself: the version of the data, and on what terms they may be used."""

    data_version: str = field(default_factory=lambda: str(manifest.read()["version"]))
    licences: list[dict[str, str]] = field(default_factory=_licences)
    attribution: str = field(default_factory=lambda: str(manifest.read()["attribution"]))


@dataclass(frozen=True)
class LayerInfo:
    """A set of areas: all of one kind and year; derived ones are worked out here, of a best fit LSOAs count whole."""

    layer: str
    one: str
    many: str
    year: int
    areas: int
    derived: bool
    best_fit: bool


@dataclass(frozen=True)
class Layers(Answer):
    """All layers, and in what areas are counted."""

    layers: list[LayerInfo]
    weights: dict[str, str]


@dataclass(frozen=True)
class Size:
    """An area with its residents of mid-2017 and its LSOAs of 2011."""

    code: str
    name: str
    ods_code: str | None
    residents: int
    lsoas: int


@dataclass(frozen=True)
class Areas(Answer):
    """The areas of a layer; notes say what is derived or a best fit."""

    layer: str
    notes: list[str]
    areas: list[Size]


@dataclass(frozen=True)
class Shared:
    """What an area shares with an area of another layer: shares are of residents, 0 to 1."""

    layer: str
    code: str
    name: str
    residents: int
    lsoas: int
    share_of_area: float
    share_of_other: float


@dataclass(frozen=True)
class TableRows:
    """Rows of a fact table in which an area stands: each has its source, date and evidence."""

    table: str
    rows: list[Row]


@dataclass(frozen=True)
class AreaInfo(Answer):
    """An area: what became of it or what it was, how it lies in other layers and years, and what fact tables say of it.

    `then_and_now` says in a sentence or two how it ended, where its residents are now, and what it was in 2017.
    Notes say which of the layers are derived or a best fit.
    """

    layer: str
    notes: list[str]
    area: Size
    then_and_now: str
    parts: list[Shared]
    years: list[Row]
    facts: list[TableRows]


@dataclass(frozen=True)
class Overlaps(Answer):
    """The parts that two layers share: weights, and shares (0 to 1); notes on derived layers and best fits."""

    a: str
    b: str
    weight: str
    notes: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class Fits(Answer):
    """The class of each area of layer a to layer b, at a tolerance (0 to 1); notes on derived layers and best fits."""

    a: str
    b: str
    weight: str
    tolerance: float
    notes: list[str]
    rows: list[Row]


@dataclass(frozen=True)
class Place:
    """Where a postcode lies: codes of April 2017 and of today (boards of 2026, councils of 2024), or why not.

    All follow from its LSOA of 2011, as the ONS list of May 2022 has it by best fit. `constituencies` has the one of
    today that this LSOA counts for, with the share of the LSOA's residents inside its border.
    """

    asked: str
    postcode: str | None
    country: str | None
    lsoa11: str | None
    areas: dict[str, str]
    stps: dict[str, float]
    constituencies: dict[str, float]
    problem: str | None


@dataclass(frozen=True)
class OnePlace(Place, Answer):
    """A place that was asked for by itself."""


@dataclass(frozen=True)
class Places(Answer):
    """Where postcodes lie, in the order in which they were asked for, and how many have areas."""

    placed: int
    postcodes: list[Place]


@dataclass(frozen=True)
class InsideOf:
    """The area of a layer with most of a place's residents, and its share of them: 1 where all of it lies there.

    Of a postcode the share is that of its LSOA.
    """

    code: str
    share: float


@dataclass(frozen=True)
class LookedUp:
    """A place and its area of each layer, null if none or not known; no areas, and a remark why, if not found."""

    asked: str
    kind: str
    taken_for: str
    areas: dict[str, InsideOf | None]
    remark: str


@dataclass(frozen=True)
class LookedUpPlaces(Answer):
    """Places in the order in which they were asked for, the names of areas by layer and code; notes on the layers."""

    found: int
    layers: list[str]
    notes: list[str]
    names: dict[str, dict[str, str]]
    places: list[LookedUp]


@dataclass(frozen=True)
class Found:
    """Something that was found by what people call it; shares of STPs are null where it is a member, not a place.

    `today` says in which boards, councils and constituencies of today it is; empty for what is no area.
    """

    kind: str
    name: str
    code: str
    detail: str
    today: str
    stps: list[tuple[str, float | None]]
    link: str | None


@dataclass(frozen=True)
class Hits(Answer):
    """What was found, the likeliest first, or a sentence on why nothing was."""

    asked: str
    hits: list[Found]
    problem: str | None


@dataclass(frozen=True)
class Meaning:
    """An area of some year that a code or name means; its parts say what its ground was in the STPs of 2017."""

    kind: str
    code: str
    ods_code: str
    name: str
    names: list[str]
    start: str
    end: str
    layers: list[str]
    sentence: str
    parts: list[Shared]


@dataclass(frozen=True)
class Meanings(Answer):
    """All areas that a code or name means."""

    asked: str
    areas: list[Meaning]


@dataclass(frozen=True)
class ColumnInfo:
    """A column of a table."""

    name: str
    meaning: str
    type: str
    unit: str
    source: str
    speaks_for: str


@dataclass(frozen=True)
class TableInfo:
    """Which table it is, and on what terms it may be used."""

    table: str
    title: str
    licence: str


@dataclass(frozen=True)
class FactTables(Answer):
    """All fact tables."""

    tables: list[TableInfo]


@dataclass(frozen=True)
class FactTable(Answer):
    """A fact table: what its columns hold, and its rows."""

    table: str
    title: str
    licence: str
    source: str
    columns: list[ColumnInfo]
    rows: list[Row]
