"""Drawings of flows between vintages.

The places of a flow drawing are computed here and not left to the chart
library: its own labels lie on the flows, and on each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import wrap
from typing import Any

from geo import blocks, kept
from geo.vintages import Flow, plain_name
from lib import charts
from lib.charts import FONT
from lib.content.blocks import Chart
from lib.figures import extents
from lib.text import capital
from lib.themes import Category
from pages.then_and_now import flows
from pages.then_and_now.view import ThenAndNowView

MARGIN = 132
"""Pixels beside the flows for the names."""
_LETTERS, _LINE, _GAP, _TOP, _BELOW = 21, 15, 9, 34, 8
_LARGEST, _THICK = 96, 10
_INK, _QUIET = "#212b32", "#4c6272"
_OPAQUE = "d9"
_SWEEPS = 4


@dataclass(frozen=True)
class Placed:
    """Where the areas of a flow drawing stand, in pixels.

    Attributes
    ----------
    left, right : dict
        Middle of each area by code, from the top.
    height : float
        Of the whole drawing.
    scale : float
        Pixels a resident.
    """

    left: Mapping[str, float]
    right: Mapping[str, float]
    height: float
    scale: float


@kept.once
def _lines(name: str) -> list[str]:
    return wrap(plain_name(name), _LETTERS)


_Flow = tuple[str, str, int]


def _linked(flows: Sequence[_Flow]) -> list[list[_Flow]]:
    """Return flows (from, to, residents) in groups that have no area in common."""
    groups: list[tuple[set[str], set[str], list[_Flow]]] = []
    for flow in flows:
        touched = [group for group in groups if flow[0] in group[0] or flow[1] in group[1]]
        groups = [group for group in groups if group not in touched]
        starts = {flow[0]}.union(*(group[0] for group in touched))
        ends = {flow[1]}.union(*(group[1] for group in touched))
        groups.append((starts, ends, [*(one for group in touched for one in group[2]), flow]))
    return [group[2] for group in groups]


def _ordered(flows: Sequence[_Flow]) -> tuple[list[str], list[str]]:
    """Return the areas on both sides of linked flows so that few cross: each next to those it shares most with."""
    left, right = list(dict.fromkeys(flow[0] for flow in flows)), list(dict.fromkeys(flow[1] for flow in flows))
    for _ in range(_SWEEPS):
        right = _by_middle(flows, right, 1, left)
        left = _by_middle(flows, left, 0, right)
    return left, right


def _by_middle(flows: Sequence[_Flow], codes: Sequence[str], side: int, order: Sequence[str]) -> list[str]:
    """Return the areas of a side by the middle of those on the other side that they share residents with."""
    place = {code: n for n, code in enumerate(order)}
    weights, sums = dict.fromkeys(codes, 0), dict.fromkeys(codes, 0)
    for *ends, residents in flows:
        weights[ends[side]] += residents
        sums[ends[side]] += residents * place[ends[1 - side]]
    return sorted(codes, key=lambda code: sums[code] / max(weights[code], 1))


@dataclass(frozen=True)
class _Side:
    """The areas on one side of a flow drawing, by code: name, and residents of their flows together."""

    names: Mapping[str, str]
    sizes: Mapping[str, int]


def _sides(rows: Sequence[Flow]) -> tuple[_Side, _Side]:
    return (
        _side([(row.a_code, row.a_name, row.residents) for row in rows]),
        _side([(row.b_code, row.b_name, row.residents) for row in rows]),
    )


def _side(ends: Sequence[tuple[str, str, int]]) -> _Side:
    sizes: dict[str, int] = {}
    for code, _, residents in ends:
        sizes[code] = sizes.get(code, 0) + residents
    return _Side({code: name for code, name, _ in ends}, sizes)


def placed(rows: Sequence[Flow], north: Mapping[str, float]) -> Placed:
    """Return where the areas of both vintages stand, each with room for its name.

    Parameters
    ----------
    rows : sequence of Flow
        The flows.
    north : mapping
        Latitude by code of the former areas: groups stand from north to south.
    """
    areas = _sides(rows)
    scale = _LARGEST / max(size for side in areas for size in side.sizes.values())

    def room(side: int, code: str) -> float:
        return max(areas[side].sizes[code] * scale, len(_lines(areas[side].names[code])) * _LINE) + _GAP

    places: tuple[dict[str, float], dict[str, float]] = {}, {}
    top = 0.0
    linked = _linked([(row.a_code, row.b_code, row.residents) for row in rows])
    for part in sorted(linked, key=lambda part: -max(north[flow[0]] for flow in part)):
        sides = _ordered(part)
        high = max(sum(room(side, code) for code in sides[side]) for side in (0, 1))
        for side in (0, 1):
            rooms = [room(side, code) for code in sides[side]]
            spare, at = (high - sum(rooms)) / len(rooms), top
            for code, needed in zip(sides[side], rooms, strict=True):
                places[side][code] = at + (needed + spare) / 2
                at += needed + spare
        top += high
    return Placed(*places, top, scale)


def chart(view: ThenAndNowView) -> Chart:
    """Return the flows of a view as a drawing."""
    asked, rows = flows.asked(view), flows.of_view(view)
    height = _height(placed(rows, _north(asked.layers[0])))
    return Chart("flows", partial(_figure, asked), flows.in_words(rows, *asked.layers), height)


@kept.within(4)
def _figure(view: ThenAndNowView) -> dict[str, Any]:
    a, b = view.layers
    return drawn(flows.of_view(view), _north(a), flows.CATEGORIES, (_title(a), _title(b)))


@kept.once
def _north(layer: str) -> dict[str, float]:
    """Return the latitude of each area of a layer, by code."""
    return extents.places(layer)["lat"].to_dict()


def _title(layer: str) -> str:
    return f"{capital(blocks.layer(layer).many)}, {blocks.layer(layer).year}"


def drawn(
    rows: Sequence[Flow], north: Mapping[str, float], categories: Sequence[Category], titles: tuple[str, str]
) -> dict[str, Any]:
    """Draw flows of residents, names beside them.

    Parameters
    ----------
    rows, north
        As for `placed`.
    categories : sequence of Category
        Colours by the kind of a flow.
    titles : (str, str)
        Words above both sides.
    """
    at, sides = placed(rows, north), _sides(rows)
    left, right = list(at.left), list(at.right)
    number = {("a", code): n for n, code in enumerate(left)} | {
        ("b", code): len(left) + n for n, code in enumerate(right)
    }
    fills = {category.key: category.fill for category in categories}
    most, everyone = max(len(left), len(right)), sum(row.residents for row in rows)
    # The library takes its scale from the padding: this one makes it ours.
    pad = (at.height - at.scale * everyone) / (most - 1) if most > 1 else 0
    annotations = []
    for side, places in enumerate((at.left, at.right)):
        annotations.append(_name([f"<b>{titles[side]}</b>"], 1, side) | {"yanchor": "bottom", "yshift": 10})
        annotations += [_name(_lines(sides[side].names[code]), 1 - y / at.height, side) for code, y in places.items()]
    trace = {
        "type": "sankey",
        "arrangement": "fixed",
        "node": {
            "x": [0.001] * len(left) + [0.999] * len(right),
            "y": [place / at.height for place in [*at.left.values(), *at.right.values()]],
            "pad": pad,
            "thickness": _THICK,
            "label": [""] * len(number),
            "color": _QUIET,
            "line": {"width": 0},
            "customdata": [*_node_words(sides[0], left), *_node_words(sides[1], right)],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "link": {
            "source": [number["a", row.a_code] for row in rows],
            "target": [number["b", row.b_code] for row in rows],
            "value": [row.residents for row in rows],
            "color": [fills[row.kind] + _OPAQUE for row in rows],
            "customdata": [_link_words(row) for row in rows],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }
    return {"data": [trace], "layout": _layout(_height(at)) | {"annotations": annotations}}


def _name(lines: list[str], y: float, side: int) -> dict:
    return {
        "x": side,
        "y": y,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left" if side else "right",
        "xshift": 10 if side else -10,
        "yanchor": "middle",
        "align": "left" if side else "right",
        "text": "<br>".join(lines),
        "showarrow": False,
        "font": {"size": 12, "family": FONT, "color": _INK},
    }


def _node_words(side: _Side, codes: Sequence[str]) -> list[str]:
    return [f"<b>{side.names[code]}</b><br>{side.sizes[code]:,} residents" for code in codes]


def _link_words(row: Flow) -> str:
    return (
        f"<b>{row.residents:,} residents</b>, {row.lsoas:,} LSOAs<br>from {row.a_name} ({row.share_of_a:.1%} of it)"
        f"<br>to {row.b_name} ({row.share_of_b:.1%} of it)"
    )


def _height(at: Placed) -> int:
    """Return the height of a drawing with the margins above and below its flows."""
    return round(at.height + _TOP + _BELOW)


def _layout(height: int) -> dict[str, Any]:
    return charts.layout(height) | {
        "margin": {"l": MARGIN, "r": MARGIN, "t": _TOP, "b": _BELOW},
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left", "bgcolor": "#ffffff"},
    }
