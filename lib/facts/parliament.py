"""Members of Parliament of an area: its constituencies of 2017 and of today, by best fit of LSOAs."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo import areas, blocks, kept, sources
from lib.content.blocks import Cell, Column, Prose, Section, Table
from lib.text import counted, dated, listed

COLUMNS = {2024: "pcon24", 2017: "pcon10"}
"""Tables of the constituencies, by the general election."""
_RESIDENTS = "ONS mid-2017 estimates. Best fit: each LSOA counts whole for the constituency with most of its residents."
_IN_2017 = (
    Column("constituency", "Constituency"),
    Column("member", "Elected in June 2017"),
    Column("party", "Party"),
    Column("residents", "Residents inside", "count", note=_RESIDENTS),
    Column("share_of_area", "Of the area", "share", note="Best fit."),
    Column("share_of_constituency", "Of the constituency", "share", note="Best fit."),
    Column("code", "Code", "code", note="ONS code.", in_file_only=True),
)
IN_OFFICE = (
    Column("constituency", "Constituency"),
    Column("member", "Member in office", note="UK Parliament, 27 June 2026."),
    Column("party", "Party"),
    Column("elected", "Elected in July 2024", note="Where another person or party."),
    Column("residents", "Residents inside", "count", note=_RESIDENTS),
    Column("share_of_area", "Of the area", "share", note="Best fit."),
    Column("share_of_constituency", "Of the constituency", "share", note="Best fit."),
    Column("inside", "Of them inside its border", "share", note="Share of these LSOAs' residents (mid-2019)."),
    Column("code", "Code", "code", note="ONS code.", in_file_only=True),
)
SOURCES = (
    "Contains Parliamentary information licensed under the Open Parliament Licence v3.0. Constituency overlaps: "
    "mySociety, Geographic overlaps 0.2.1, CC BY 4.0, reduced to the constituency with most residents of each LSOA. "
    "Contains Royal Mail data © Royal Mail copyright and database right 2026.",
    "Constituencies of 2017: House of Commons Library, best fit of LSOAs, and its results of the general election of "
    "2017.",
)


def terms(layers: Iterable[str]) -> tuple[str, ...]:
    """Return `SOURCES` if one of some layers is of constituencies, else nothing."""
    return SOURCES if set(COLUMNS.values()) & set(layers) else ()


@dataclass(frozen=True)
class Constituency:
    """A constituency with residents in an area, by best fit of LSOAs.

    Attributes
    ----------
    code, name : str
        Of the constituency.
    residents : int
        Who live in the area, mid-2017.
    share_of_area, share : float
        What they are of the area's residents and of the constituency's, 0 to 1.
    inside : float
        Share of these residents who live in LSOAs that lie in the
        constituency, by residents of mid-2019; not a number where it is not known.
    members : Any
        Row of the table ``pcon10`` or ``pcon24``, with an attribute a column.
    """

    code: str
    name: str
    residents: int
    share_of_area: float
    share: float
    inside: float
    members: Any


def constituencies(layer: str, code: str, year: int) -> tuple[Constituency, ...]:
    """Return the constituencies with residents in an area, most residents first.

    Each LSOA counts whole for the constituency with most of its residents.

    Parameters
    ----------
    layer, code : str
        A layer of `geo.blocks` and an area of it.
    year : int
        2017 or 2024, of the general election.
    """
    return _constituencies(layer, year).get(code, ())


@kept.once
def _constituencies(layer: str, year: int) -> dict[str, tuple[Constituency, ...]]:
    name = COLUMNS[year]
    shared = _lsoas().groupby([layer, name], observed=True)[["population", "inside"]].sum()
    members = {row[0]: row for row in sources.read(name).itertuples(index=False)}
    everywhere = shared["population"].groupby(level=1, observed=True).transform("sum")
    whole = shared["population"].groupby(level=0, observed=True).transform("sum")
    by_area: dict[str, list[Constituency]] = {}
    columns = (shared["population"], whole, everywhere, shared["inside"])
    for (area, seat), *numbers in zip(shared.index, *columns, strict=True):
        people, of_area, of_seat, inside = map(float, numbers)
        row = members[seat]
        shares = people / of_area, people / of_seat, inside / people if year == 2024 else math.nan
        by_area.setdefault(area, []).append(Constituency(seat, row[1], int(people), *shares, row))
    return {area: tuple(sorted(seats, key=lambda one: (-one.residents, one.name))) for area, seats in by_area.items()}


@kept.once
def parts_of(year: int, layer: str) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return how the constituencies of a general election lie to a layer, by best fit of LSOAs.

    Returns
    -------
    dict
        By code: codes of the layer's areas with their shares of the constituency's residents (0 to 1), largest first.
    """
    return {seat: areas.shares(ground, layer) for seat, ground in areas.grounds(COLUMNS[year]).items()}


def of_ground(ground: frozenset[str]) -> tuple[tuple[str, float], ...]:
    """Return the constituencies of today that a ground is in, with their shares of its residents, largest first.

    By best fit of LSOAs.
    """
    return areas.shares(ground, COLUMNS[2024])


@kept.once
def names(year: int = 2024) -> dict[str, str]:
    """Return the names of the constituencies of a general election by code."""
    column = COLUMNS[year]
    table = sources.read(column)
    return dict(zip(table[f"{column}cd"], table[f"{column}nm"], strict=True))


@kept.once
def days() -> dict[str, tuple[str, str]]:
    """Return first and last day of the constituencies by code, ISO 8601; the last is empty where it is not known."""
    table = sources.read("today_names").fillna("")
    table = table[table["layer"].isin(COLUMNS.values())]
    return {row.code: (row.start, row.end) for row in table.itertuples()}


@kept.once
def _lsoas() -> pd.DataFrame:
    table = blocks.load()
    return table[[*blocks.LAYERS, "population"]].assign(inside=table["population"] * table["pcon24_share"])


def in_office(layer: str, code: str) -> tuple[tuple[Cell, ...], ...]:
    """Return the members in office of an area, most residents first: the cells of `IN_OFFICE`."""
    return tuple(
        (
            *(one.name, one.members.mp_now, one.members.party_now),
            _elected(one.members),
            *(one.residents, one.share_of_area, one.share, one.inside, one.code),
        )
        for one in constituencies(layer, code, 2024)
    )


def _elected(members: Any) -> str:
    """Return who was elected in 2024, where that is another person, or one of another party, than today."""
    if members.by_election_since == "yes":
        return f"{members.mp_2024}, {members.party_2024}"
    return f"for {members.party_2024}" if members.party_2024 != members.party_now else ""


def section(layer: str, code: str) -> Section:
    """Return the members of an area elected in 2017 and those in office, as two tables with how sure they are."""
    then, now = constituencies(layer, code, 2017), constituencies(layer, code, 2024)
    rows_then = tuple(
        (
            *(one.name, one.members.mp_2017, one.members.party_2017),
            *(one.residents, one.share_of_area, one.share, one.code),
        )
        for one in then
    )
    caption = (
        f"{counted(len(now), 'constituency', 'constituencies')} of today and {len(then)} of 2017 have residents here, "
        "by best fit of LSOAs: small parts may be missing or too many. Of the constituencies of 2017 it is not known "
        "how much of each LSOA lies inside. Members in office as of "
        f"{listed(sorted({dated(one.members.mp_now_date) for one in now}))} (UK Parliament)."
    )
    return Section(
        "Members of Parliament",
        (
            Prose(caption, "caption"),
            Table("members-today", "Members in office", IN_OFFICE, in_office(layer, code)),
            Section(
                "Members elected in 2017",
                (Table("members-2017", "Members elected in June 2017", _IN_2017, rows_then),),
                folded=True,
            ),
        ),
        "parliament",
    )
