"""The map of the ten areas over the STPs."""

from geo import kept
from lib import catalogue
from lib.accountable_care import acs
from lib.accountable_care.acs import Area
from lib.facts import joint_work
from lib.figures import sources
from lib.figures.maps import Map
from lib.figures.national import national
from lib.text import counted, listed
from lib.themes import Category, Theme

_WHOLE = Category("whole", "ACS: a whole STP", "#0b3f7f", "#ffffff", "1")
_PART = Category("part", "ACS: part of an STP", "#f0b429", "#231f20", "4")
_DEVOLUTION = Category("devolution", "Devolution area", "#00795e", "#ffffff", "A")
_REST = Category("rest", "Rest of an STP with a part", "#fbe9c3", "#231f20", "rest")
_NONE = Category("none", "STP with neither", "#eceff0", "#231f20")
CATEGORIES = (_WHOLE, _PART, _DEVOLUTION, _REST, _NONE)
TITLE = "Accountable care, June 2017"


def category(area: Area) -> Category:
    """Return what an area is on the map."""
    if area.kind == "devolution":
        return _DEVOLUTION
    return _WHOLE if area.whole else _PART


@kept.once
def base() -> Theme:
    """Return the 44 STPs: whole systems, devolution areas, STPs of which a part is a system, and the others."""
    keys, marks, values = {}, {}, {}
    for code in catalogue.footprints():
        inside = [area for area in acs.areas().values() if area.stp == code]
        keys[code], marks[code] = _NONE.key, ""
        values[code] = "Neither an accountable care system nor a devolution area in June 2017"
        if any(area.whole for area in inside):
            keys[code], marks[code] = category(inside[0]).key, inside[0].mark
            values[code] = _words(inside[0])
        elif inside:
            keys[code], marks[code] = _REST.key, _REST.mark
            values[code] = f"Rest of the STP. {listed([area.name for area in inside])}: a system in a part of it"
            if len(inside) > 1:
                values[code] = values[code].replace("a system in a part", "systems in parts")
    names = {code: stp.name for code, stp in catalogue.footprints().items()}
    return Theme("stp17", TITLE, "STPs", CATEGORIES, names, keys, marks, values)


@kept.once
def over() -> Theme:
    """Return the systems that are parts of STPs, to be drawn over the STPs."""
    parts = [area for area in acs.areas().values() if not area.whole]
    columns = (
        {area.code: value(area) for area in parts}
        for value in (lambda a: a.name, lambda a: category(a).key, lambda a: a.mark, _words)
    )
    return Theme("acs17", TITLE, "ACS areas", CATEGORIES, *columns)


@kept.once
def legend() -> Theme:
    """Return what the map draws as one theme, for its legend: areas, rests of STPs and other STPs."""
    drawn, parts = base(), over()
    keys = {**drawn.keys, **parts.keys}
    return Theme("stp17", TITLE, "Areas", CATEGORIES, {**drawn.names, **parts.names}, keys, {}, {})


def _words(area: Area) -> str:
    extent = "the whole STP" if area.whole else f"part of {area.footprint.name}"
    members = f"{counted(len(area.ccgs), 'CCG')}, {acs.population(area):,} residents"
    return f"{acs.KINDS[area.kind]}, {extent}\n{members}"


@kept.once
def alt() -> str:
    """Return the national map in words; it does not depend on the choice."""
    by_kind = {
        kind.label: [area.name for area in acs.areas().values() if category(area) == kind]
        for kind in (_WHOLE, _PART, _DEVOLUTION)
    }
    listing = "; ".join(f"{label}: {listed(names)}" for label, names in by_kind.items())
    return f"Map of England's 44 STPs with the accountable care systems of June 2017. {listing}. The table lists all."


def england(chosen: Area | None = None, link: str = "", clear: str = "", group: str | None = None) -> Map:
    """Return the map of all ten areas over the STPs.

    Parameters
    ----------
    chosen : Area, optional
        The chosen area.
    link : str
        Link of an area, with ``{code}`` for it; an STP that is none cannot be chosen.
    clear : str
        Link of the same view with nothing chosen.
    group : str, optional
        One of `lib.care.joint_work.GROUPS`, drawn over the areas.
    """
    ground = base()
    return national(
        ground,
        ground.keys,
        alt(),
        title=TITLE,
        outline=joint_work.outlines(group) if group else None,
        places=joint_work.places(group) if group else (),
        chosen=chosen.on_map if chosen else None,
        over=over(),
        link=link,
        link_codes=_areas_at(),
        clear=clear,
        source=sources.line("Members: as announced in June 2017."),
    )


@kept.once
def _areas_at() -> dict[str, str]:
    """Return the ACS area that each STP stands for, empty for one that is none."""
    return {code: acs.at(code) or "" for code in catalogue.footprints()}
