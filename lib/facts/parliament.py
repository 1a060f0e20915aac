"""Members of Parliament of an area: its constituencies of 2017 and of today, by best fit of LSOAs."""

from functools import cache

import pandas as pd

from geo import blocks, sources
from lib.content.blocks import Cell, Column, Prose, Section, Table
from lib.text import counted, dated, listed

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


@cache
def constituencies(layer: str, code: str, year: int) -> pd.DataFrame:
    """Return the constituencies with residents in an area, most residents first.

    Each LSOA counts whole for the constituency with most of its residents.

    Parameters
    ----------
    layer, code : str
        A layer of `geo.blocks` and an area of it.
    year : int
        2017 or 2024, of the general election.

    Returns
    -------
    DataFrame
        By code: ``name``, ``residents`` (in the area), ``share_of_area`` and
        ``share`` (of the constituency), 0 to 1, and the columns of the table
        ``pcon10`` or ``pcon24`` on its members. For 2024 also ``inside``:
        the share of those residents who live in LSOAs that lie in it, by
        residents of mid-2019. Shared: do not change it.
    """
    name = {2017: "pcon10", 2024: "pcon24"}[year]
    lsoas = _lsoas()
    here = lsoas[(lsoas[layer] == code).to_numpy()].groupby(f"{name}cd")[["population", "inside"]].sum()
    everywhere = _residents(f"{name}cd")
    members = sources.read(name).set_index(f"{name}cd").loc[here.index]
    table = pd.DataFrame(
        {
            "name": members[f"{name}nm"],
            "residents": here["population"],
            "share_of_area": here["population"] / here["population"].sum(),
            "share": here["population"] / everywhere.loc[here.index],
            **({"inside": here["inside"] / here["population"]} if year == 2024 else {}),
        }
    ).join(members.drop(columns=f"{name}nm"))
    return table.sort_values(["residents", "name"], ascending=[False, True])


@cache
def _lsoas() -> pd.DataFrame:
    seats = sources.read("lsoa_today").set_index("lsoa11cd")[["pcon10cd", "pcon24cd", "pcon24_share"]]
    table = blocks.load().set_index("lsoa11cd")[[*blocks.LAYERS, "population"]].join(seats)
    return table.assign(inside=table["population"] * table["pcon24_share"])


@cache
def _residents(column: str) -> pd.Series:
    """Return the residents of each constituency of a column of `_lsoas`, by code."""
    return _lsoas().groupby(column)["population"].sum()


def in_office(layer: str, code: str) -> tuple[tuple[Cell, ...], ...]:
    """Return the members in office of an area, most residents first: the cells of `IN_OFFICE`."""
    table = constituencies(layer, code, 2024)
    return tuple(
        (
            *(row.name, row.mp_now, row.party_now),
            _elected(row.mp_2024, row.party_2024, row.party_now, row.by_election_since),
            *(int(row.residents), float(row.share_of_area), float(row.share), float(row.inside), seat),
        )
        for seat, row in zip(table.index, table.itertuples(index=False), strict=True)
    )


def _elected(member: str, party: str, party_now: str, by_election: object) -> str:
    """Return who was elected in 2024, where that is another person, or one of another party, than today."""
    if by_election == "yes":
        return f"{member}, {party}"
    return f"for {party}" if party != party_now else ""


def section(layer: str, code: str) -> Section:
    """Return the members of an area elected in 2017 and those in office, as two tables with how sure they are."""
    then, now = constituencies(layer, code, 2017), constituencies(layer, code, 2024)
    rows_then = tuple(
        (row.name, row.mp_2017, row.party_2017, int(row.residents), row.share_of_area, row.share, seat)
        for seat, row in zip(then.index, then.itertuples(index=False), strict=True)
    )
    said = (
        f"{counted(len(now), 'constituency', 'constituencies')} of today and {len(then)} of 2017 have residents here, "
        "by best fit of LSOAs: small parts may be missing or too many. Of the constituencies of 2017 it is not known "
        "how much of each LSOA lies inside. Members in office as of "
        f"{listed(sorted({dated(day) for day in now['mp_now_date']}))} (UK Parliament)."
    )
    return Section(
        "Members of Parliament",
        (
            Prose(said, "caption"),
            Table("members-today", "Members in office", IN_OFFICE, in_office(layer, code)),
            Section(
                "Members elected in 2017",
                (Table("members-2017", "Members elected in June 2017", _IN_2017, rows_then),),
                folded=True,
            ),
        ),
        "parliament",
    )
