"""Drawings of flows between vintages.

The places of a flow drawing are computed here and not left to the chart
library: its own labels lie on the flows, and on each other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from textwrap import wrap
from typing import Any

import pandas as pd

from geo import blocks, kept
from geo.vintages import plain_name
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
_LETTERS, _LINE, _GAP, _TOP = 21, 15, 9, 34
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


def placed(table: pd.DataFrame, north: Mapping[str, float]) -> Placed:
    """Return where the areas of both vintages stand, each with room for its name.

    Parameters
    ----------
    table : DataFrame
        Flows, see `geo.vintages.flows`.
    north : mapping
        Latitude by code of the former areas: groups stand from north to south.
    """
    names = (
        dict(zip(table["a_code"], table["a_name"], strict=True)),
        dict(zip(table["b_code"], table["b_name"], strict=True)),
    )
    sizes = table.groupby("a_code")["residents"].sum(), table.groupby("b_code")["residents"].sum()
    scale = _LARGEST / max(sizes[0].max(), sizes[1].max())

    def room(side: int, code: str) -> float:
        return max(sizes[side][code] * scale, len(_lines(names[side][code])) * _LINE) + _GAP

    places: tuple[dict[str, float], dict[str, float]] = {}, {}
    top = 0.0
    linked = _linked(list(zip(table["a_code"], table["b_code"], table["residents"], strict=True)))
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
    asked = flows.asked(view)
    draw = partial(_figure, asked)
    return Chart("flows", draw, flows.in_words(flows.of_view(asked), *asked.layers), draw()["layout"]["height"])


@kept.within(4)
def _figure(view: ThenAndNowView) -> dict[str, Any]:
    a, b = view.layers
    return drawn(flows.of_view(view), extents.places(a)["lat"], flows.CATEGORIES, (_title(a), _title(b)))


def _title(layer: str) -> str:
    return f"{capital(blocks.layer(layer).many)}, {blocks.layer(layer).year}"


def drawn(
    table: pd.DataFrame, north: Mapping[str, float], categories: Sequence[Category], titles: tuple[str, str]
) -> dict[str, Any]:
    """Draw flows of residents, names beside them.

    Parameters
    ----------
    table : DataFrame
        Flows, see `geo.vintages.flows`.
    north : mapping
        As for `placed`.
    categories : sequence of Category
        Colours by the kind of a flow.
    titles : (str, str)
        Words above both sides.
    """
    at = placed(table, north)
    left, right = list(at.left), list(at.right)
    number = {("a", code): n for n, code in enumerate(left)} | {
        ("b", code): len(left) + n for n, code in enumerate(right)
    }
    fills = {category.key: category.fill for category in categories}
    rows = list(table.itertuples())
    most, everyone = max(len(left), len(right)), table["residents"].sum()
    # The library takes its scale from the padding: this one makes it ours.
    pad = (at.height - at.scale * everyone) / (most - 1) if most > 1 else 0
    names = (
        dict(zip(table["a_code"], table["a_name"], strict=True)),
        dict(zip(table["b_code"], table["b_name"], strict=True)),
    )
    annotations = []
    for side, places in enumerate((at.left, at.right)):
        annotations.append(_name([f"<b>{titles[side]}</b>"], 1, side) | {"yanchor": "bottom", "yshift": 10})
        annotations += [_name(_lines(names[side][code]), 1 - y / at.height, side) for code, y in places.items()]
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
            "customdata": _node_words(table, left, right),
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
    return {"data": [trace], "layout": _layout(at.height + _TOP + 8) | {"annotations": annotations}}


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


def _node_words(table: pd.DataFrame, left: list[str], right: list[str]) -> list[str]:
    sums = {side: table.groupby([f"{side}_code", f"{side}_name"])["residents"].sum() for side in ("a", "b")}
    words = {
        (side, code): f"<b>{name}</b><br>{n:,} residents" for side in sums for (code, name), n in sums[side].items()
    }
    return [words["a", code] for code in left] + [words["b", code] for code in right]


def _link_words(row: Any) -> str:
    return (
        f"<b>{row.residents:,} residents</b>, {row.lsoas:,} LSOAs<br>from {row.a_name} ({row.share_of_a:.1%} of it)"
        f"<br>to {row.b_name} ({row.share_of_b:.1%} of it)"
    )


def _layout(height: float) -> dict[str, Any]:
    return charts.layout(round(height)) | {
        "margin": {"l": MARGIN, "r": MARGIN, "t": _TOP, "b": 8},
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left", "bgcolor": "#ffffff"},
    }
