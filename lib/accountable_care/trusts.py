"""Which trusts are inside an ACS area: by the place of their head office, and by what sources name."""

import re

import pandas as pd
import shapely

from geo import blocks, boundaries, kept, sources
from lib.accountable_care.acs import Area

_SHORT = {"nhs ft": "nhs foundation trust", "&": "and"}


def plain(name: str) -> str:
    """Return a trust's name so that spellings of it agree: ``"The Rotherham NHS FT"``, ``"Rotherham NHS ..."``."""
    text = name.lower().removeprefix("the ")
    for short, full in _SHORT.items():
        text = text.replace(short, full)
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


@kept.once
def acute() -> pd.DataFrame:
    """Return the acute trusts with the piece that their head office is in.

    Returns
    -------
    DataFrame
        By ODS code: ``name``, ``stp`` (as the list of trusts says),
        ``lon``, ``lat`` and ``piece``, missing where no point is known.
    """
    table = sources.read("acute_trusts").set_index("ods_code")
    outlines = boundaries.pieces("detail")
    placed = table[table["lon"].notna()]
    points = shapely.points(placed["lon"], placed["lat"])
    point, piece = shapely.STRtree(outlines.to_numpy()).query(points, predicate="within")
    pieces = pd.Series(outlines.index[piece], index=placed.index[point])
    columns = {"trust_name": "name", "stp17cd": "stp"}
    return table.rename(columns=columns)[["name", "stp", "lon", "lat"]].assign(piece=pieces)


@kept.once
def inside(area: Area) -> pd.DataFrame:
    """Return the acute trusts with their head office inside an area, see `acute`."""
    layer, code = area.place
    owners = blocks.pieces()[layer]
    table = acute()
    return table[table["piece"].map(owners) == code].sort_values("name")


@kept.once
def partners(area: Area) -> pd.DataFrame:
    """Return the trusts of an area: acute trusts inside, and trusts that a source names as partners.

    Returns
    -------
    DataFrame
        ``trust``, ``acute``, ``head_office`` (inside, the STP it is in, or
        not established) and ``named_as_partner``, in words; those inside first.
    """
    table, within = acute(), inside(area)
    by_name = {plain(name): code for code, name in table["name"].items()}
    named = {by_name.get(plain(name), name): name for name in area.trusts}
    stps = blocks.names("stp17")
    rows = [
        (table["name"].get(code, named.get(code)), code in table.index, _head_office(code, within, table, stps), code)
        for code in [*within.index, *(code for code in named if code not in within.index)]
    ]
    return pd.DataFrame(
        {
            "trust": [name for name, *_ in rows],
            "acute": ["yes" if known else "no, or not in our list" for _, known, *_ in rows],
            "head_office": [where for *_, where, _ in rows],
            "named_as_partner": ["yes" if code in named else "no" for *_, code in rows],
        }
    )


def _head_office(code: str, within: pd.DataFrame, table: pd.DataFrame, stps: pd.Series) -> str:
    if code in within.index:
        return "inside"
    return f"in {stps[table['stp'][code]]}" if code in table.index else "not established"
