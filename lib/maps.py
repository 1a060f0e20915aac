"""Maps as plotly figures: pure functions from tables to figures.

Outlines are fetched by the browser as static files; a figure holds codes and
colours only. One figure draws England and a London inset.
"""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

import plotly.graph_objects as go

from geo import blocks, manifest
from lib.charts import FONT
from lib.figures.extents import places
from lib.themes import Category, Theme

# What the selected area looks like is a matter of style sheets, which tell it by this: only it is fully opaque.
UNSELECTED_OPACITY = 0.99
# An area that the link or the select box chose is outlined by a line of its own, not by a selection:
# the browser would take the first click on a selected area for taking the choice back. The style
# sheet knows this width, and hides the line once something was clicked.
_CHOSEN_WIDTH, _CHOSEN_COLOUR = 3.01, "#231f20"
_ENGLAND = {"lonaxis_range": [-6.45, 1.8], "lataxis_range": [49.85, 55.87]}
_LONDON = {"lonaxis_range": [-0.55, 0.35], "lataxis_range": [51.27, 51.72]}
# Wales is not on this map: its place is free.
_INSET_X, _INSET_Y = [0.005, 0.405], [0.25, 0.555]
_PANES = ("geo", "geo2")
FADED = Category("faded", "Filtered out", "#f7f8f9", "#9aa5ab")
EDGE, FADED_EDGE = "#ffffff", "#d5dbdf"
_HATCH_COLOURS = {"inferred": ("#ffffff", 0.6), "gap": ("#5b6b75", 0.55)}
_OUTLINE_COLOUR = "#425563"
CONFIG = {
    # Without this the chart library asks another host for a map of the world.
    "topojsonURL": "/app/static/no-world/",
    "displaylogo": False,
    "displayModeBar": True,
    "scrollZoom": False,
    "modeBarButtons": [["zoomInGeo", "zoomOutGeo", "resetGeo", "toImage"]],
    "toImageButtonOptions": {"format": "svg", "filename": "footprints-map"},
}


def national(
    theme: Theme,
    shown: Collection[str],
    outline: str | None = None,
    selected: str | None = None,
) -> go.Figure:
    """Draw all areas of a layer.

    Parameters
    ----------
    theme : Theme
        The areas with their classes.
    shown : collection of str
        Codes that pass the filters; the others are faded, not removed.
    outline : str, optional
        Layer whose edges are drawn over the map.
    selected : str, optional
        Code of the area drawn as chosen.

    Returns
    -------
    Figure
        England and London, areas labelled with their class or value.
    """
    traces: list[dict[str, Any]] = []
    shown = set(shown)
    for pane in _PANES:
        codes = [code for code in theme.keys if pane == "geo" or code in _in_inset(theme.layer)]
        traces.append(_areas(pane, codes, theme, shown))
        for hatch, (colour, opacity) in _HATCH_COLOURS.items():
            keys = {category.key for category in theme.categories if category.hatch == hatch}
            striped = [code for code in codes if theme.keys[code] in keys and code in shown]
            traces += _overlay(pane, f"hatch-{hatch}", striped, colour, {"opacity": opacity, "line": {"width": 0}})
        if outline:
            codes = list(blocks.names(outline).index) if pane == "geo" else sorted(_in_inset(outline))
            edge = {"opacity": UNSELECTED_OPACITY, "line": {"width": 0.7, "color": _OUTLINE_COLOUR}}
            traces += _overlay(pane, f"map-{outline}", codes, "rgba(0,0,0,0)", edge)
        if selected in theme.keys and (pane == "geo" or selected in _in_inset(theme.layer)):
            edge = {"opacity": UNSELECTED_OPACITY, "line": {"width": _CHOSEN_WIDTH, "color": _CHOSEN_COLOUR}}
            traces += _overlay(pane, f"map-{theme.layer}", [selected], "rgba(0,0,0,0)", edge)
        traces += _marks(pane, theme, shown)
    return figure(traces, _layout())


def figure(traces: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
    """Return a figure without having its properties checked on every run: that takes longer than all the rest."""
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def _areas(pane: str, codes: list[str], theme: Theme, shown: set[str]) -> dict[str, Any]:
    categories = [*theme.categories, FADED]
    number = {category.key: n for n, category in enumerate(categories)}
    words = {code: f"<b>{theme.names[code]}</b>\n{theme.values[code]}".replace("\n", "<br>") for code in codes}
    edges = [EDGE if code in shown else FADED_EDGE for code in codes]
    return {
        "type": "choropleth",
        "geo": pane,
        "geojson": manifest.static_url(f"map-{theme.layer}"),
        "locations": codes,
        "z": [number[theme.keys[code] if code in shown else FADED.key] for code in codes],
        "zmin": -0.5,
        "zmax": len(categories) - 0.5,
        "colorscale": steps([category.fill for category in categories]),
        "showscale": False,
        "marker": {
            "opacity": UNSELECTED_OPACITY,
            "line": {"width": 0.8, "color": EDGE if set(edges) == {EDGE} else edges},
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": UNSELECTED_OPACITY}},
        "text": [words[code] if code in shown else f"{words[code]} (filtered out)" for code in codes],
        "hovertemplate": "%{text}<extra></extra>",
    }


def steps(fills: list[str]) -> list[list]:
    """Return a colour scale of equal steps without transitions."""
    width = 1 / len(fills)
    return [[edge, fill] for n, fill in enumerate(fills) for edge in (n * width, min((n + 1) * width, 1))]


def _overlay(pane: str, file: str, codes: list[str], colour: str, marker: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what is drawn over the areas and neither answers to the pointer nor takes it from them."""
    if not codes:
        return []
    return [
        {
            "type": "choropleth",
            "geo": pane,
            "geojson": manifest.static_url(file),
            "locations": codes,
            "z": [0] * len(codes),
            "colorscale": [[0, colour], [1, colour]],
            "showscale": False,
            "hoverinfo": "skip",
            "marker": marker,
            # Otherwise a click on an area fades what lies over the map.
            "unselected": {"marker": {"opacity": marker["opacity"]}},
        }
    ]


def _marks(pane: str, theme: Theme, shown: set[str]) -> list[dict[str, Any]]:
    # The London labels would lie on top of each other in the large map, and the others do not belong in the inset.
    london, spots = in_london(theme.layer), _spots(theme.layer)
    codes = [
        code for code, mark in theme.marks.items() if mark and code in shown and (code in london) == (pane == "geo2")
    ]
    inks = {category.key: category.ink for category in theme.categories}
    traces = []
    for ink in sorted({inks[theme.keys[code]] for code in codes}):
        these = [code for code in codes if inks[theme.keys[code]] == ink]
        traces.append(
            {
                "type": "scattergeo",
                "geo": pane,
                "lon": [spots[code][0] for code in these],
                "lat": [spots[code][1] for code in these],
                "mode": "text",
                "text": [theme.marks[code] for code in these],
                "textfont": {"size": 11, "family": FONT, "color": ink, "shadow": "auto"},
                # One ink a trace: otherwise a click on an area fades the labels.
                "unselected": {"textfont": {"color": ink}},
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    return traces


@cache
def _spots(layer: str) -> dict[str, tuple[float, float]]:
    """Return where the label of each area stands: longitude and latitude."""
    table = places(layer)
    return dict(zip(table.index, zip(table["lon"].tolist(), table["lat"].tolist(), strict=True), strict=True))


@cache
def in_london(layer: str) -> frozenset[str]:
    """Return the areas whose label falls into London."""
    place = places(layer)
    (west, east), (south, north) = _LONDON["lonaxis_range"], _LONDON["lataxis_range"]
    inside = place["lon"].between(west, east) & place["lat"].between(south, north)
    return frozenset(place.index[inside])


@cache
def _in_inset(layer: str) -> frozenset[str]:
    (west, east), (south, north) = _LONDON["lonaxis_range"], _LONDON["lataxis_range"]
    box = places(layer)
    inside = (box["west"] < east) & (box["east"] > west) & (box["south"] < north) & (box["north"] > south)
    return frozenset(box.index[inside])


def _pane(window: Mapping[str, list[float]], domain: Mapping[str, list[float]]) -> dict[str, Any]:
    # In full: the short forms with an underscore are only understood where properties are checked.
    return {
        "visible": False,
        "projection": {"type": "mercator"},
        "bgcolor": "rgba(0,0,0,0)",
        "lonaxis": {"range": window["lonaxis_range"]},
        "lataxis": {"range": window["lataxis_range"]},
        "domain": domain,
    }


def _layout() -> dict[str, Any]:
    return {
        "geo": _pane(_ENGLAND, {"x": [0.12, 1], "y": [0, 1]}),
        "geo2": _pane(_LONDON, {"x": _INSET_X, "y": _INSET_Y}),
        "shapes": [
            {
                "type": "rect",
                "xref": "paper",
                "yref": "paper",
                "x0": _INSET_X[0],
                "x1": _INSET_X[1],
                "y0": _INSET_Y[0],
                "y1": _INSET_Y[1],
                "line": {"width": 1, "color": "#768692"},
            }
        ],
        "annotations": [
            {
                "text": "London, enlarged",
                "x": _INSET_X[0],
                "xanchor": "left",
                "y": _INSET_Y[1],
                "xref": "paper",
                "yref": "paper",
                "yanchor": "bottom",
                "showarrow": False,
                "font": {"size": 12, "family": FONT, "color": "#425563"},
            }
        ],
        **plain_layout(),
    }


def plain_layout() -> dict[str, Any]:
    """Return what all maps have in common."""
    return {
        "template": {},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": "#4c6272", "activecolor": "#005eb8"},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "dragmode": "pan",
        "clickmode": "event+select",
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left"},
    }


def choice(selection: Mapping[str, Any]) -> str | None:
    """Return the code that a chart's selection names; None for an empty one."""
    points = selection.get("selection", selection).get("points", [])
    # Areas have a location, dots carry their code first among what they bring along.
    codes = [point.get("location") or next(iter(point.get("customdata") or []), None) for point in points]
    return next((code for code in reversed(codes) if code), None)
