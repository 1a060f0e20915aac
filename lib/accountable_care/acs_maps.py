"""Maps of the ACS areas: all ten over the STPs, and one in detail inside its parent STP."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pandas as pd
import plotly.graph_objects as go

from geo import blocks
from lib import catalogue, close_ups, fit, maps
from lib.accountable_care import acs, acs_trusts
from lib.accountable_care.acs import Area
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


@cache
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


@cache
def over() -> Theme:
    """Return the systems that are parts of STPs, to be drawn over the STPs."""
    parts = [area for area in acs.areas().values() if not area.whole]
    columns = (
        {area.code: value(area) for area in parts}
        for value in (lambda a: a.name, lambda a: category(a).key, lambda a: a.mark, _words)
    )
    return Theme("acs17", TITLE, "ACS areas", CATEGORIES, *columns)


@cache
def legend() -> Theme:
    """Return what the map draws as one theme, for its legend: areas, rests of STPs and other STPs."""
    drawn, parts = base(), over()
    keys = {**drawn.keys, **parts.keys}
    return Theme("stp17", TITLE, "Areas", CATEGORIES, {**drawn.names, **parts.names}, keys, {}, {})


def _words(area: Area) -> str:
    extent = "the whole STP" if area.whole else f"part of {area.footprint.name}"
    members = f"{counted(len(area.ccgs), 'CCG')}, {acs.population(area):,} residents"
    return f"{acs.KINDS[area.kind]}, {extent}\n{members}"


@cache
def national(selected: Area | None) -> go.Figure:
    """Draw all ten areas over the STPs."""
    return maps.national(base(), list(base().keys), selected=selected and selected.on_map, over=over())


@cache
def alt() -> str:
    """Return the national map in words; it does not depend on the choice, see `lib.map_widgets.clickable_map`."""
    by_kind = {
        found.label: [area.name for area in acs.areas().values() if category(area) == found]
        for found in (_WHOLE, _PART, _DEVOLUTION)
    }
    said = "; ".join(f"{label}: {listed(names)}" for label, names in by_kind.items())
    return f"Map of England's 44 STPs with the accountable care systems of June 2017. {said}. The table lists all."


REST, ELSEWHERE = "rest", "elsewhere"


@dataclass(frozen=True)
class Detail:
    """What a close-up of an area shows.

    Attributes
    ----------
    categories : dict
        By code of the part, largest first; `REST` and `ELSEWHERE` last, where there is such ground.
    pieces : dict
        Category by piece.
    words : dict
        What to say of a piece.
    """

    categories: Mapping[str, Category]
    pieces: Mapping[str, Category]
    words: Mapping[str, str]


@cache
def detail(area: Area, layer: str) -> Detail:
    """Return an area cut into its councils or CCGs, with what is left out around it.

    Parameters
    ----------
    area : Area
        The area.
    layer : str
        ``council17`` or ``ccg17``.
    """
    own, code = area.place
    table, fills = blocks.pieces(), fit.PART_FILLS
    inside = table[own] == code
    parts = {
        part: Category(
            part, f"{name} (early focus)" if part in area.focus else name, *fills[n % len(fills)], str(n + 1)
        )
        for n, (part, name) in enumerate(acs.members(area, layer)["name"].items())
    }
    owners = table[layer].where(inside)
    divided = ~inside & table["council17"].isin(acs.straddling(area).index) if layer == "council17" else inside & False
    owners[~inside & (table["stp17"] == area.stp)] = REST
    owners[divided] = ELSEWHERE
    parts[ELSEWHERE] = Category(ELSEWHERE, "Rest of these councils, left out", "#f7d9c8", "#231f20")
    parts[REST] = Category(REST, "Rest of the STP", "#e3e8ec", "#231f20")
    owners = owners.dropna()
    names = blocks.areas().set_index("code")["name"]
    words = {piece: _piece_words(parts[owner], names[piece], table.loc[piece]) for piece, owner in owners.items()}
    used = set(owners)
    return Detail(
        {key: item for key, item in parts.items() if key in used},
        {piece: parts[owner] for piece, owner in owners.items()},
        words,
    )


def _piece_words(item: Category, name: str, row: pd.Series) -> str:
    title = f"{item.mark}. {item.label}" if item.mark else item.label
    return f"<b>{title}</b><br>{name}<br>{row['population']:,} residents"


@cache
def close_up(area: Area, layer: str) -> go.Figure:
    """Draw an area cut into its councils or CCGs, its STP around it, and its acute trusts."""
    shown = detail(area, layer)
    return close_ups.close_up("stp17", area.stp, shown.pieces, shown.words, acs_trusts.inside(area))


def close_up_alt(area: Area, layer: str) -> str:
    """Return the close-up in words."""
    parts = listed([f"{item.mark} {item.label}".strip() for item in detail(area, layer).categories.values()])
    return f"Map of {area.name} inside its STP, cut into {blocks.layer(layer).many}: {parts}. The table lists them."
