"""The integrated care boards of April 2026: what they are made of, who represents their residents."""

import pandas as pd

from geo import blocks, kept, sources
from lib import fit
from lib.facts import today
from lib.themes import Category, Theme

LAYER, names, short = today.BOARDS, today.boards, today.short
AS_BEFORE, NEW = "as_before", "new"
TITLES = {"change": "What changed in April 2026", "region": "NHS region"}
"""What the map can be coloured by."""
_CHANGES = (
    Category(AS_BEFORE, "Code and area as in 2024", "#b4d2ed", "#231f20"),
    Category(NEW, "New or enlarged in April 2026", "#0b3f7f", "#ffffff", "N"),
)
_REGIONS = (
    ("North East and Yorkshire", "#0b3f7f", "#ffffff", "NEY"),
    ("North West", "#7db0dd", "#231f20", "NW"),
    ("Midlands", "#ffd58a", "#231f20", "M"),
    ("East of England", "#00795e", "#ffffff", "E"),
    ("London", "#dba3c6", "#231f20", "L"),
    ("South East", "#b3490a", "#ffffff", "SE"),
    ("South West", "#e4eff9", "#231f20", "SW"),
)


def name(code: str) -> str:
    """Return the short name of a board."""
    return names()[code]


@kept.once
def successions() -> pd.DataFrame:
    """Return what the boards of 2024 became, as the table has it."""
    return sources.read("icb26_successions")


@kept.once
def new() -> frozenset[str]:
    """Return the codes of the boards that are not what a board of 2024 was."""
    return frozenset(successions().loc[successions()["change"] != "unchanged", "icb26cd"])


def ended() -> int:
    """Return the number of boards of 2024 whose code or area changed."""
    return int(successions().loc[successions()["change"] != "unchanged", "icb24cd"].nunique())


@kept.once
def regions() -> dict[str, str]:
    """Return the NHS regions of the boards by code."""
    table = sources.read("region26")
    return dict(zip(table["icb26cd"], table["nhser24nm"], strict=True))


@kept.once
def residents() -> dict[str, int]:
    """Return the residents of mid-2017 by code."""
    people = blocks.pieces().groupby(LAYER)["population"].sum()
    return {code: int(number) for code, number in people.items()}


def clusters(code: str) -> list[str]:
    """Return the clusters of 2025 that became a board, or that its predecessor of the same area is in."""
    table = sources.read("icb_clusters_2025")
    here = (table["became_icb26cd"] == code) | (table["became_icb26cd"].isna() & (table["icb24cd"] == code))
    return list(dict.fromkeys(table.loc[here, "cluster"]))


def theme(colour: str) -> Theme:
    """Return the boards in classes.

    Parameters
    ----------
    colour : str
        A key of `TITLES`.
    """
    if colour == "region":
        kinds = tuple(Category(*(region[0], *region)) for region in _REGIONS)
        keys = regions()
    else:
        kinds = _CHANGES
        keys = {code: NEW if code in new() else AS_BEFORE for code in names()}
    label, mark = ({kind.key: getattr(kind, part) for kind in kinds} for part in ("label", "mark"))
    return Theme(
        LAYER,
        TITLES[colour],
        "ICBs of April 2026",
        kinds,
        names(),
        keys,
        {code: mark[key] for code, key in keys.items()},
        {code: f"{label[key]}; {residents()[code]:,} residents" for code, key in keys.items()},
    )


@kept.once
def split_councils() -> pd.DataFrame:
    """Return the councils of 2024 that are split between boards: `lib.fit.areas`, most residents outside first."""
    table = fit.areas("council24", LAYER, "population", 0.0)
    table = table[table["class"] == "split"]
    return table.sort_values("share_in_partner")


def councils_to_come(code: str = "") -> pd.DataFrame:
    """Return the rows of councils that are decided or announced, of one board or of all."""
    table = sources.read("council_reorganisation_2027")
    if not code:
        return table
    districts = set(blocks.pieces().loc[blocks.pieces()[LAYER] == code, "lad24"])
    return table[table["lad24cd"].isin(districts)]
