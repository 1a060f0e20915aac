"""Vanguards and pioneers over a map: borders where CCGs are certain, a cross where only the STP is, and a list."""

from geo import blocks
from lib import links
from lib.care import joint_work
from lib.care.joint_work import Chosen
from lib.content.blocks import Column, Section, Table
from lib.figures import extents
from lib.figures.maps import Outline, Place
from lib.text import capital, listed

# How far below the label of the STP, which says its value: degrees at most, and of the STP's height.
_BELOW, _OF_HEIGHT = 0.09, 0.15
_LINES = (("#ffffff", 4.0), ("#7a1f5c", 1.8))
_COLUMNS = (
    Column("name", "Name"),
    Column("type", "Type"),
    Column("ccgs", "CCGs", note="Of April 2017; where there are none, why."),
    Column("stps", "STPs", note="Of April 2017; empty where they are not certain."),
    Column("on_the_map", "On the map"),
    Column("announced", "Chosen", "date"),
    Column("note", "Note", in_file_only=True),
    Column("source", "Source", "source"),
)


def labels() -> dict[str, str]:
    """Return what each group is called in a list of choices."""
    return {group: capital(words) for group, words in joint_work.GROUPS.items()}


def caption(group: str) -> str:
    """Return what the lines and crosses of a group are, in words."""
    who = "pioneers" if group == "pioneers" else "vanguards"
    sentence = (
        f"Purple lines are borders of CCGs of April 2017 that {who} were made of; a cross stands below the label of an "
        f"STP in which there are {who}, and no more is certain."
    )
    return sentence if group in ("vanguards", "pioneers") else f"{sentence} Only {joint_work.GROUPS[group]} are drawn."


def outlines(group: str) -> tuple[Outline, ...]:
    """Return the borders of the CCGs that belong to one of a group, see `lib.care.joint_work.GROUPS`.

    A white line below them keeps them apart from dark areas.
    """
    codes = tuple(sorted({code for one in joint_work.of_group(group) for code in one.ccgs}))
    return tuple(Outline("ccg17", codes, colour=colour, width=width) for colour, width in _LINES)


def places(group: str) -> tuple[Place, ...]:
    """Return a cross for each STP with some of a group of which no more is certain, named after them."""
    here: dict[str, list[str]] = {}
    for one in joint_work.of_group(group):
        for code in () if one.ccgs else one.stps:
            here.setdefault(code, []).append(one.name)
    at = extents.places("stp17")
    below = (_OF_HEIGHT * (at["north"] - at["south"])).clip(upper=_BELOW)
    return tuple(
        Place(listed(names), float(at["lon"][code]), float(at["lat"][code] - below[code]))
        for code, names in here.items()
    )


def section(group: str) -> Section:
    """Return all of a group as a table; a row opens the footprint that it lies in."""
    members, names = joint_work.of_group(group), blocks.names("stp17")
    rows = tuple(
        (
            one.called,
            one.type.removeprefix("Vanguard: "),
            one.where,
            listed([names[code] for code in one.stps]) or None,
            _drawn(one),
            one.announced,
            one.note or None,
            one.source,
        )
        for one in members
    )
    table = "pioneers" if group == "pioneers" else "vanguards"
    ways = tuple(
        links.to("footprint", stp=one.stps[0]) if one.stps else links.to("sources", table=table) for one in members
    )
    note = joint_work.ACO_FORMS if group in ("vanguards", "pacs", "mcp") else ""
    listing = Table(table, labels()[group], _COLUMNS, rows, ways, caption=note)
    return Section(f"The {len(rows)} {joint_work.GROUPS[group]}", (listing,), table)


def _drawn(one: Chosen) -> str:
    return "borders of its CCGs" if one.ccgs else "a cross in its STP" if one.stps else "not on the map"
