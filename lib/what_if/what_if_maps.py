"""Maps of a what-if: England to choose a CCG on, and the STPs that change, before and after."""

from collections.abc import Callable, Mapping
from functools import lru_cache

import pandas as pd
import plotly.graph_objects as go
import shapely

from geo import adjacency, blocks, boundaries, manifest, regroup
from lib import close_ups, fit, maps
from lib.text import counted
from lib.themes import Category, Theme
from lib.what_if import moves, what_if

MOST_NUMBERED = len(fit.PART_FILLS)
"""STPs that a close-up can tell apart by colour and number."""
# Light ones, so that outlines and the chosen area stand out; neighbours never share one.
_FILLS = ("#a9cbe8", "#f6d6a3", "#b9dcb0", "#d8c8e6", "#f3beb8", "#e4e3a0", "#b3d9d6", "#cfd6da")
_MOVED = "#b3490a"
_INK = "#231f20"
_CLEAR = "rgba(0,0,0,0)"
WHEN = {"before": "April 2017", "after": what_if.MARK}


def _coloured(groups: pd.Series, first: Mapping[str, int]) -> dict[str, int]:
    """Return a colour for every area, the one it had before where no neighbour has it."""
    borders = adjacency.neighbours(groups)
    near = {area: set(rows) for area, rows in borders.groupby("a")["b"]}
    colours: dict[str, int] = {}
    # Those that had a colour keep it against those that come new.
    for area in sorted(set(groups), key=lambda code: (code not in first, code)):
        taken = {colours[other] for other in near.get(area, ()) if other in colours}
        free = [n for n in range(len(_FILLS)) if n not in taken]
        kept = first.get(area)
        colours[area] = kept if kept in free else free[0] if free else 0
    return colours


@lru_cache(maxsize=64)
def colours(text: str | None) -> dict[str, int]:
    """Return the number of the colour of every STP of a what-if; neighbours differ. Shared: do not change it."""
    first = colours(None) if text else {}
    return _coloured(regroup.labels(regroup.assignment(moves.parsed(text))), first)


@lru_cache(maxsize=64)
def theme(text: str | None) -> Theme:
    """Return the CCGs by their STP in a what-if; a divided one counts where most of its residents do."""
    assigned, parts = regroup.assignment(moves.parsed(text)), regroup.parts()
    people = parts.groupby(["ccg17", assigned])["population"].sum().reset_index().sort_values("population")
    stps = people.groupby("ccg17")["stp"].last().to_dict()
    home = parts.groupby("ccg17")["stp17"].first().to_dict()
    used = colours(text)
    values = {}
    for ccg, stp in stps.items():
        values[ccg] = f"STP of 2017: {regroup.stp_name(home[ccg])}"
        if stp != home[ccg]:
            values[ccg] = f"What if: {regroup.stp_name(stp)}\n{values[ccg]}"
    return Theme(
        "ccg17",
        "STP" if not text else f"STP ({what_if.MARK})",
        "CCGs",
        tuple(Category(str(n), f"Colour {n + 1}", fill, _INK) for n, fill in enumerate(_FILLS)),
        dict(blocks.names("ccg17")),
        {ccg: str(used[stp]) for ccg, stp in stps.items()},
        dict.fromkeys(stps, ""),
        values,
    )


@lru_cache(maxsize=64)
def england(text: str | None, chosen: str | None = None) -> go.Figure:
    """Draw the CCGs in the colours of their STPs, what is moved with an edge, the STPs of 2017 as outlines."""
    shown, made = theme(text), moves.parsed(text)
    whole, traces = [unit for unit in made if "-" not in unit], []
    for pane in ("geo", "geo2"):
        for stp, pieces in pieces_of([unit for unit in made if "-" in unit]).groupby("stp17"):
            fills = [_FILLS[colours(text)[made[part]]] for part in pieces["part"]]
            traces += _overlay(pane, f"pieces-{stp}", list(pieces.index), fills, _MOVED)
        traces += _overlay(pane, "map-ccg17", whole, [_CLEAR] * len(whole), _MOVED)
    figure = maps.national(shown, shown.keys, "stp17", chosen)
    return _with(figure, traces, what_if.MARK if made else "")


def _with(figure: go.Figure, traces: list[dict], label: str) -> go.Figure:
    """Return a figure with more traces, and a line that says which map it is, also where it is saved as a picture."""
    content = figure.to_dict()
    real = label != what_if.MARK
    note = {
        "text": f"<b>{label}</b>",
        **{"x": 0.01, "y": 0.99, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top"},
        "showarrow": False,
        "bgcolor": "#ffffff" if real else "#fff3d6",
        "bordercolor": "#768692" if real else _MOVED,
        "borderpad": 4,
        "font": {"size": 13, "family": maps.FONT, "color": _INK},
    }
    layout = content["layout"]
    notes = [*layout.get("annotations", ()), *([note] if label else ())]
    return maps.figure([*content["data"], *traces], layout | {"annotations": notes})


def alt(text: str | None) -> str:
    """Return the map of England in words; like it these do not depend on what is chosen."""
    moved = counted(len(moves.parsed(text)), "move") if text else "nothing moved"
    return f"Map of England's 207 CCGs in the colours of their STPs, {moved}. The table below lists all of them."


def pieces_of(units: list[str]) -> pd.DataFrame:
    """Return the pieces of some units, with the unit as ``part``."""
    inside = {part: unit for unit in units for part in regroup.units()[unit]}
    return blocks.pieces().assign(part=blocks.part_of_piece().map(inside)).dropna(subset="part")


def _overlay(pane: str, file: str, codes: list[str], fills: list[str], edge: str) -> list[dict]:
    """Return areas over the others; they neither answer to the pointer nor take it from them."""
    distinct = list(dict.fromkeys(fills))
    trace = {
        "type": "choropleth",
        "geo": pane,
        "geojson": manifest.static_url(file),
        "locations": codes,
        "z": [distinct.index(fill) for fill in fills],
        "zmin": -0.5,
        "zmax": len(distinct) - 0.5,
        "colorscale": maps.steps(distinct or [_CLEAR]),
        "showscale": False,
        "hoverinfo": "skip",
        "marker": {"opacity": maps.UNSELECTED_OPACITY, "line": {"width": 1.8, "color": edge}},
        "unselected": {"marker": {"opacity": maps.UNSELECTED_OPACITY}},
    }
    return [trace] if codes else []


@lru_cache(maxsize=64)
def categories(text: str) -> dict[str, Category]:
    """Return colour and number of each STP that changes, most residents first, new ones last; shared by both maps."""
    table = what_if.consequences(text).stps
    table = table[table["touched"]].sort_values("population_before", ascending=False, kind="stable")
    fills = fit.PART_FILLS
    return {
        code: Category(code, name, *fills[n % len(fills)], str(n + 1))
        for n, (code, name) in enumerate(table["name"].items())
    }


def numbered(text: str) -> bool:
    """Return whether the STPs that change are few enough for a close-up."""
    return len(categories(text)) <= MOST_NUMBERED


@lru_cache(maxsize=64)
def close_up(text: str, when: str) -> go.Figure:
    """Draw the STPs that change, in detail, ``before`` or ``after``; both have the same extent."""
    if not numbered(text):
        return england(text) if when == "after" else _with(england(None), [], WHEN[when])
    fills, words = pieces(text, when)
    traces = [_lines(tuple(divided(text)[:MOST_NUMBERED]), _council, "dot"), _lines(_flows(text), _moved, "solid")]
    return _with(close_ups.region(extent(text), fills, words), traces, WHEN[when])


def pieces(text: str, when: str) -> tuple[dict[str, Category], dict[str, str]]:
    """Return category and words of every piece of the STPs that change, ``before`` or ``after``."""
    table, by_code = blocks.pieces(), categories(text)
    owners = table["stp17"] if when == "before" else regroup.labels(regroup.assignment(moves.parsed(text)))
    names, people = maps.places("piece")["name"], table["population"]
    owners = {piece: stp for piece, stp in owners.items() if stp in by_code}
    words = {
        piece: f"<b>{by_code[stp].mark}. {by_code[stp].label}</b><br>{names[piece]}<br>{people[piece]:,} residents"
        for piece, stp in owners.items()
    }
    return {piece: by_code[stp] for piece, stp in owners.items()}, words


def extent(text: str) -> close_ups.Box:
    """Return west, south, east and north of the STPs that change."""
    box = maps.places("stp17").loc[[code for code in categories(text) if code in blocks.names("stp17").index]]
    return box["west"].min(), box["south"].min(), box["east"].max(), box["north"].max()


def divided(text: str) -> list[str]:
    """Return the councils that change and are in more than one STP before or after."""
    table = what_if.consequences(text).councils
    return list(table.index[table["touched"] & ((table["stps_before"] > 1) | (table["stps_after"] > 1))])


def _lines(areas: tuple, outline: Callable[..., shapely.Geometry], dash: str) -> dict:
    """Return outlines of areas as a trace."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    for area in areas:
        for part in shapely.get_parts(outline(area)):
            for ring in (part.exterior, *part.interiors):
                places = shapely.get_coordinates(ring).round(4)
                lon += [*places[:, 0].tolist(), None]
                lat += [*places[:, 1].tolist(), None]
    return {
        "type": "scattergeo",
        "lon": lon,
        "lat": lat,
        "mode": "lines",
        "line": {"width": 1.6 if dash == "dot" else 2.2, "color": _INK, "dash": dash},
        "hoverinfo": "skip",
        "showlegend": False,
    }


@lru_cache(maxsize=152)
def _council(code: str) -> shapely.Geometry:
    members = blocks.pieces()["council17"]
    return boundaries.union(members[members == code], "detail").iloc[0]


def _flows(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the moved pieces, those that go from the same STP to the same STP together."""
    made = moves.parsed(text)
    moved = pieces_of(list(made))
    return tuple(tuple(rows.index) for _, rows in moved.groupby([moved["stp17"], moved["part"].map(made)]))


@lru_cache(maxsize=64)
def _moved(pieces: tuple[str, ...]) -> shapely.Geometry:
    return boundaries.union(pd.Series("moved", index=list(pieces)), "detail").iloc[0]


def close_up_alt(text: str, when: str) -> str:
    """Return a close-up in words."""
    found = what_if.consequences(text).stps
    column = f"population_{when}"
    said = [
        f"{item.mark} {item.label}, {found[column][code]:,} residents"
        for code, item in categories(text).items()
        if found[column][code]
    ]
    if not numbered(text):
        said = [f"{len(said)} STPs that change, too many to number"]
    return f"{WHEN[when]}: map of {'; '.join(said)}. The tables below list their numbers."


def key(text: str) -> list[tuple[Category, str, str]]:
    """Return category, residents before and residents after of each STP that changes, for a key."""
    found = what_if.consequences(text).stps
    people = [[f"{n:,}" if n else "–" for n in found[f"population_{when}"]] for when in WHEN]
    both = {code: (before, after) for code, before, after in zip(found.index, *people, strict=True)}
    return [(item, *both[code]) for code, item in categories(text).items()]
