"""When areas of the lookups began and ended: the day as far as a table gives it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from geo import blocks, ccg_mergers, kept, sources, stories, vintages

LATER = {"council17": "council24", "lad17": "lad24"}
"""Layers of councils and districts of 2017, and those that have what took their place."""
_TAKEN_OVER = "icb22"
_COUNCILS = "council", "district"
_WENT_ON = re.compile("recoded|code ended|seen with code")


@dataclass(frozen=True)
class End:
    """The end of an area.

    Attributes
    ----------
    day : str
        Its last day, ISO 8601; empty where no table gives it.
    between : tuple of int
        The years of the lookups between which it ended, where the day is not known but these are.
    of_code : bool
        Whether its code ended alone, and the body went on under another.
    """

    day: str = ""
    between: tuple[int, ...] = ()
    of_code: bool = False


def day_before(day: str) -> str:
    """Return the day before another, both ISO 8601."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


@kept.once
def named() -> dict[tuple[str, str], dict[str, str]]:
    """Return what ``today_names`` knows of areas, by layer and code: its columns; empty where it has nothing."""
    table = sources.read("today_names").fillna("").set_index(["layer", "code"])
    return {(layer, code): row for (layer, code), row in table.to_dict("index").items()}


@kept.once
def _boards() -> dict[str, dict[str, str]]:
    """Return what ``today_names`` knows of ICBs, by code."""
    return {code: row for (layer, code), row in named().items() if layer in (_TAKEN_OVER, *vintages.TODAY)}


def first_day(code: str) -> str:
    """Return the first day of an ICB, ISO 8601; empty where no table has it."""
    return _boards().get(code, {}).get("start", "")


@kept.once
def _merged() -> dict[str, str]:
    """Return the last days of CCGs that merged, by code."""
    return {
        code: day_before(merger.date) for merger in ccg_mergers.mergers() if merger.agrees for code in merger.members
    }


@kept.within(1)
def last_day(layer: str, code: str) -> str:
    """Return the last day of the code of an STP, a CCG or an ICB.

    Parameters
    ----------
    layer : str
        The last vintage that has the area.
    code : str
        Of the area.

    Returns
    -------
    str
        ISO 8601. Empty where the area goes on, or where no table gives the
        day: what ended between two lookups without being in the list of
        mergers of CCGs.
    """
    if blocks.layer(layer).one == "ICB":
        return _boards().get(code, {}).get("end", "")
    if layer in (vintages.STPS[-2], vintages.CCGS[-2]):
        # What was there last ended when the first ICBs began.
        return day_before(min(first_day(board) for board in vintages.totals(_TAKEN_OVER).index if first_day(board)))
    return _merged().get(code, "")


@kept.within(1)
def end(layer: str, code: str) -> End | None:
    """Return how an area ended.

    An STP or a CCG is followed under later names and codes until it merged
    with another.

    Parameters
    ----------
    layer, code : str
        A layer of `geo.blocks` and an area of it.

    Returns
    -------
    End or None
        None where it goes on, or where nothing is known of an end.
    """
    one = blocks.layer(layer).one
    for series in (vintages.STPS[:-1], vintages.CCGS[:-1]):
        if layer in series:
            return _end_of_planner(code, series[series.index(layer) :])
    if one == "ACS area":
        return End()
    if one in _COUNCILS and code not in vintages.totals(_later(layer)).index:
        members = blocks.pieces().loc[blocks.pieces()[layer] == code, "lad17"].unique()
        # A county goes over into councils; a district may merge with others first.
        kinds = _COUNCILS if len(members) == 1 else _COUNCILS[:1]
        return End(day_before(taken_over(members, kinds)["start"]))
    row = named().get((_later(layer), code), {})
    if not row.get("end"):
        return None
    return End(row["end"], of_code=bool(_WENT_ON.search(row["note"])))


def _later(layer: str) -> str:
    """Return the later layer of councils or districts that a layer of them is held against; else the layer itself."""
    return LATER.get(layer, layer)


def _end_of_planner(code: str, series: tuple[str, ...]) -> End:
    layer, last, after = stories.merging(code, series)
    if not after:
        return End(last_day(layer, last))
    day = _merged().get(last, "")
    return End(day, () if day else (blocks.layer(layer).year, blocks.layer(after).year))


def taken_over(districts: Collection[str], kinds: Collection[str] = _COUNCILS, after: str = "") -> pd.Series:
    """Return what took in some districts of 2017 first after a day, as ``other_areas`` has it.

    Parameters
    ----------
    districts : collection of str
        Codes of districts of 2017.
    kinds : collection of str
        Of what took them in: ``council``, ``district``.
    after : str
        A day, ISO 8601; by default the beginning of the year of the lookups of 2017.

    Raises
    ------
    IndexError
        If there is none.
    """
    table = made_of_districts()
    table = table[table["kind"].isin(list(kinds)) & (table["start"] > after)].sort_values("start")
    own = set(districts)
    return table[[bool(own & set(members.split())) for members in table["members"]]].iloc[0]


@kept.once
def made_of_districts() -> pd.DataFrame:
    """Return the councils made of districts of 2017, as ``other_areas`` has them."""
    table = sources.read("other_areas").fillna("")
    made = (table["members_in"] == "lad17") & (table["relation"] == "made_of")
    return table[made & (table["start"] > str(blocks.layer("lad17").year))]
