"""Rows of areas of other years, or of smaller ones, that are together exactly one area: their counts can be summed."""

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from geo import blocks, resolver, unions
from geo.area_words import an
from geo.areas import FAMILIES, Area
from lib.own_numbers.keys import LAYERS, code_of, meant
from lib.own_numbers.table import Cell, Table
from lib.text import counted, listed, slug
from pages.your_numbers.reader.numbers import Number, number
from pages.your_numbers.reader.value_columns import why_no_measure

_NOT_COUNTS = {
    *("rate", "rates", "per", "percent", "percentage", "percentages", "pct", "proportion", "share", "ratio", "smr"),
    *("average", "avg", "mean", "median", "minimum", "maximum", "score", "scores", "index", "indicator", "rank"),
    *("ranking", "rating", "decile", "quintile", "quartile", "percentile", "prevalence", "density", "expectancy"),
    *("standardised", "standardized", "crude"),
}
_MOST_NAMED = 4


def why_no_count(table: Table, place: int) -> str | None:
    """Return in words why the numbers of a column must not be summed; None if they are counts or amounts of money.

    What is not sure to be a count is taken for a rate.
    """
    heading = table.head[place]
    if "%" in heading or _NOT_COUNTS & set(slug(heading).split("-")):
        return "its heading says that it is a rate, an average or a rank"
    if why := why_no_measure(table, place):
        return f"it {why}"
    read = [item for cell in table.column(place) if isinstance(item := number(cell), Number)]
    if any(item.unit == "%" for item in read):
        return "it has per cent"
    money = "£" in heading or any(item.unit == "£" for item in read)
    if not money and any(item.value != round(item.value) for item in read):
        return "its numbers are not whole, so they may be rates or averages"
    return None


def areas_of(layer: str, cells: Iterable[Cell], mistaken: Iterable[Cell] = ()) -> dict[Cell, Area]:
    """Return which area each key of a table means, of any kind and year.

    Parameters
    ----------
    layer : str
        Kind of area that the table is held against.
    cells : iterable of str or float
        The keys.
    mistaken : iterable of str or float
        Keys that mean another area than that of April 2017 with their name, see `keys.of_other_years`.

    Returns
    -------
    dict
        Without keys that name nothing whose ground can be told, and those that could mean several.
    """
    meanings = {cell: meant(cell) for cell in cells}
    kinds = _kinds(layer, meanings.values())
    meanings |= {cell: resolver.rivals(layer, meanings[cell]) for cell in mistaken}
    one = {cell: _one([area for area in named if area.kind in kinds] or named) for cell, named in meanings.items()}
    return {cell: area for cell, area in one.items() if area}


def _one(named: Sequence[Area]) -> Area | None:
    """Return the area that is meant by a key: the only one, or the only one of April 2017."""
    for areas in (named, [area for area in named if area.of_2017]):
        if len({(area.pieces, area.members) for area in areas}) == 1:
            return areas[0] if areas[0].pieces or areas[0].members else None
    return None


def _kinds(layer: str, meanings: Iterable[tuple[Area, ...]]) -> tuple[str, ...]:
    """Return the kinds of area that most keys may be of: a name alone may mean a CCG and a council."""
    many = dict.fromkeys(FAMILIES, 0)
    for named in meanings:
        for kinds in {area.family for area in named}:
            many[kinds] += 1
    own = resolver.family(blocks.layer(layer).one)
    return max(many, key=lambda kinds: (many[kinds], kinds == own))


def unions_of(layer: str, areas: Iterable[Area], own: Container[str | None]) -> dict[str, tuple[Area, ...]]:
    """Return which areas of a layer some areas make up exactly, by name, without those that have rows of their own."""
    made = unions.exact(layer, areas)
    return {code: made[code] for code in blocks.names(layer).sort_values().index if code in made and code not in own}


@dataclass(frozen=True)
class Offer:
    """What putting together would give.

    Attributes
    ----------
    layer : str
        Kind of area that the table would be held against.
    codes : tuple of str
        Codes of its areas that would be sums.
    areas : int
        How many of its areas would have a row, those that have one of their own among them.
    """

    layer: str
    codes: tuple[str, ...]
    areas: int


def offers(layer: str, known: Mapping[Cell, str | None], mistaken: Iterable[Cell]) -> tuple[Offer, ...]:
    """Return what could be put together of rows that are not used because they are of another year.

    Parameters
    ----------
    layer : str
        Kind of area that the table is held against.
    known : mapping
        What each key means in it, see `keys.code_of`.
    mistaken : iterable of str or float
        As for `areas_of`.

    Returns
    -------
    tuple of Offer
        At most two: for the layer itself, and for the other one of which the
        greatest share of areas would have a row, if that is more than of the
        layer itself. Both only if they need a row that is of another year and
        not used now.
    """
    areas = areas_of(layer, known, mistaken)
    strange = {area for cell, area in areas.items() if known[cell] is None and not area.of_2017}
    candidates = [Offer(layer, (), len(set(known.values()) - {None}))]
    for kind in LAYERS if strange else ():
        own = set(known.values() if kind == layer else (code_of(kind, cell) for cell in known)) - {None}
        made = unions_of(kind, (area for cell, area in areas.items() if kind != layer or known[cell] is None), own)
        if any(strange.intersection(parts) for parts in made.values()):
            candidates.append(Offer(kind, tuple(made), len(own) + len(made)))
    here = max((offer for offer in candidates if offer.layer == layer), key=lambda offer: offer.areas)
    best = max([here, *candidates], key=lambda offer: offer.areas / len(blocks.names(offer.layer)))
    return tuple(offer for offer in dict.fromkeys((here, best)) if offer.codes)


@dataclass(frozen=True)
class Sums:
    """What came of rows that are together exactly one area.

    Attributes
    ----------
    numbers : mapping of str to Number
        The sums, by code.
    parts : mapping of str to tuple of str
        Names of the areas that were summed, by code.
    used : frozenset of int
        Places of the rows whose numbers are in a sum.
    why : mapping of int to str
        Why rows are in none, by their place.
    gaps : mapping of str to str
        Why areas that could be made up have no sum, by code.
    """

    numbers: Mapping[str, Number] = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    used: frozenset[int] = frozenset()
    why: Mapping[int, str] = field(default_factory=dict)
    gaps: Mapping[str, str] = field(default_factory=dict)


def sums(
    table: Table,
    layer: str,
    columns: tuple[int, int],
    known: Mapping[Cell, str | None],
    mistaken: Iterable[Cell],
) -> Sums:
    """Sum the rows that are together exactly one area of a layer.

    Parameters
    ----------
    table : Table
        What a reader brought.
    layer : str
        Kind of area.
    columns : tuple of int
        Places of the column with the areas and of the one with the numbers.
    known, mistaken
        As for `offers`.

    Returns
    -------
    Sums
        An area has a sum only if each of its parts has one number: a part
        that is missing, suppressed or said twice in different ways is not
        left out of a sum.
    """
    key, value = columns
    areas = {cell: area for cell, area in areas_of(layer, known, mistaken).items() if known[cell] is None}
    made = unions_of(layer, areas.values(), set(known.values()))
    rows: dict[Area, list[int]] = {}
    for place, row in enumerate(table.rows):
        if area := areas.get(row[key]):
            rows.setdefault(area, []).append(place)
    one, names = an(blocks.layer(layer).one), blocks.names(layer)
    totals, parts, used, gaps = {}, {}, set(), {}
    why = {
        place: f"not put together: with other rows of the file it is not exactly {one}"
        for places in rows.values()
        for place in places
    }
    for code, members in made.items():
        read = {area: _one_number(table, value, rows[area]) for area in members}
        without = [area.name for area in members if read[area] is None]
        places = {place for area in members for place in rows[area]}
        if without:
            lacking = f"{listed(_some(without))} {'has' if len(without) == 1 else 'have'} no number that can be used"
            gaps[code] = f"not put together: {lacking}"
            why |= dict.fromkeys(places, f"not put together to {names[code]}: {lacking}")
            why |= {place: reason for place in places if isinstance(reason := number(table.rows[place][value]), str)}
            continue
        used |= places
        numbers = [item for item in read.values() if item is not None]
        units = {item.unit for item in numbers}
        decimals = max(item.decimals for item in numbers)
        total = round(math.fsum(item.value for item in numbers), decimals)
        totals[code] = Number(total, units.pop() if len(units) == 1 else "", decimals)
        parts[code] = tuple(area.name for area in members)
    return Sums(
        totals, parts, frozenset(used), {place: reason for place, reason in why.items() if place not in used}, gaps
    )


def _one_number(table: Table, value: int, places: list[int]) -> Number | None:
    """Return the number that all rows of an area say; None if one of them says none, or another one."""
    read = [number(table.rows[place][value]) for place in places if table.numbers[place] not in table.too_wide]
    numbers = [item for item in read if isinstance(item, Number)]
    return numbers[0] if len(numbers) == len(places) and len({item.value for item in numbers}) == 1 else None


def _some(names: list[str]) -> list[str]:
    more = len(names) - _MOST_NAMED
    return [*names[:_MOST_NAMED], counted(more, "other")] if more > 0 else names
