"""Vanguards over the map: borders where CCGs are certain, a cross where only the STP is, and a list of all 50."""

from geo import blocks
from lib import links
from lib.care import joint_work
from lib.care.joint_work import TYPES, Chosen
from lib.content.blocks import Column, Section, Table
from lib.figures import extents
from lib.figures.maps import Outline, Place
from lib.text import listed

# How far below the label of the STP, which says its value: degrees at most, and of the STP's height.
_BELOW, _OF_HEIGHT = 0.09, 0.15
_COLUMNS = (
    Column("name", "Vanguard"),
    Column("type", "Type"),
    Column("ccgs", "CCGs", note="Of April 2017; where there are none, why."),
    Column("stps", "STPs", note="Of April 2017; empty where they are not certain."),
    Column("on_the_map", "On the map"),
    Column("note", "Note", in_file_only=True),
    Column("source", "Source", "source"),
)
CAPTION = (
    "Purple lines are borders of CCGs of April 2017 that vanguards were made of; a cross stands below the label of an "
    "STP in which there are vanguards, and no more is certain."
)


def outline() -> Outline:
    """Return the borders of the CCGs that belong to a vanguard."""
    codes = sorted({code for one in joint_work.vanguards() for code in one.ccgs})
    return Outline("ccg17", tuple(codes), colour="#7a1f5c", width=1.8)


def places() -> tuple[Place, ...]:
    """Return a cross for each STP with vanguards of which no more is certain, named after them."""
    here: dict[str, list[str]] = {}
    for one in joint_work.vanguards():
        for code in () if one.ccgs else one.stps:
            here.setdefault(code, []).append(one.name)
    at = extents.places("stp17")
    below = (_OF_HEIGHT * (at["north"] - at["south"])).clip(upper=_BELOW)
    return tuple(
        Place(listed(names), float(at["lon"][code]), float(at["lat"][code] - below[code]))
        for code, names in here.items()
    )


def section() -> Section:
    """Return all vanguards as a table; a row opens the footprint that it lies in."""
    found, names = joint_work.vanguards(), blocks.names("stp17")
    rows = tuple(
        (
            one.called,
            TYPES[one.kind],
            one.where,
            listed([names[code] for code in one.stps]) or None,
            _shown(one),
            one.note or None,
            one.source,
        )
        for one in found
    )
    ways = tuple(
        links.to("footprint", stp=one.stps[0]) if one.stps else links.to("sources", table="vanguards") for one in found
    )
    table = Table("vanguards", "Vanguards", _COLUMNS, rows, ways, caption=joint_work.ACO_FORMS)
    return Section("The 50 vanguards", (table,), "vanguards")


def _shown(one: Chosen) -> str:
    return "borders of its CCGs" if one.ccgs else "a cross in its STP" if one.stps else "not on the map"
