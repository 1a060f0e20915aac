"""Maps as plotly figures: pure functions from tables to figures.

Outlines are fetched by the browser as static files; a figure holds codes and
colours only. One figure draws England and a London inset.
"""

import math
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from geo import blocks, manifest
from lib.themes import Category, Theme

# What the selected area looks like is a matter of style sheets, which tell it by this: only it is fully opaque.
_UNSELECTED_OPACITY = 0.99
# An area that the link or the select box chose is outlined by a line of its own, not by a selection:
# the browser would take the first click on a selected area for taking the choice back. The style
# sheet knows this width, and hides the line once something was clicked.
_CHOSEN_WIDTH, _CHOSEN_COLOUR = 3.01, "#231f20"
_ENGLAND = {"lonaxis_range": [-6.45, 1.8], "lataxis_range": [49.85, 55.87]}
_LONDON = {"lonaxis_range": [-0.55, 0.35], "lataxis_range": [51.27, 51.72]}
# Wales is not on this map: its place is free.
_INSET_X, _INSET_Y = [0.005, 0.405], [0.25, 0.555]
# A degree of latitude; of longitude it is this by the cosine of the latitude.
_KM_PER_DEGREE = 111.2
_MARGIN = 1.2
_PANES = ("geo", "geo2")
_FADED = Category("faded", "Filtered out", "#f7f8f9", "#9aa5ab")
_EDGE, _FADED_EDGE = "#ffffff", "#d5dbdf"
_HATCH_COLOURS = {"inferred": ("#ffffff", 0.6), "gap": ("#5b6b75", 0.55)}
_OUTLINE_COLOUR = "#425563"
_FONT = "Source Sans, Source Sans Pro, sans-serif"
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
    over: Theme | None = None,
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
    over : Theme, optional
        Areas drawn over the first ones, for parts of them.

    Returns
    -------
    Figure
        England and London, areas labelled with their class or value.
    """
    figure = go.Figure(layout=_layout())
    shown = set(shown)
    for pane in _PANES:
        codes = [code for code in theme.keys if pane == "geo" or code in _in_inset(theme.layer)]
        _add_areas(figure, pane, codes, theme, shown)
        for hatch, (colour, opacity) in _HATCH_COLOURS.items():
            keys = {category.key for category in theme.categories if category.hatch == hatch}
            striped = [code for code in codes if theme.keys[code] in keys and code in shown]
            _add_overlay(figure, pane, f"hatch-{hatch}", striped, colour, {"opacity": opacity, "line": {"width": 0}})
        if over:
            parts = [code for code in over.keys if pane == "geo" or code in _in_inset(over.layer)]
            _add_areas(figure, pane, parts, over, set(parts))
            _add_marks(figure, pane, over, set(parts))
        if outline:
            codes = list(blocks.names(outline).index) if pane == "geo" else sorted(_in_inset(outline))
            edge = {"opacity": _UNSELECTED_OPACITY, "line": {"width": 0.7, "color": _OUTLINE_COLOUR}}
            _add_overlay(figure, pane, f"map-{outline}", codes, "rgba(0,0,0,0)", edge)
        for drawn in (theme, over):
            if drawn and selected in drawn.keys and (pane == "geo" or selected in _in_inset(drawn.layer)):
                edge = {"opacity": _UNSELECTED_OPACITY, "line": {"width": _CHOSEN_WIDTH, "color": _CHOSEN_COLOUR}}
                _add_overlay(figure, pane, f"map-{drawn.layer}", [selected], "rgba(0,0,0,0)", edge)
        _add_marks(figure, pane, theme, shown)
    return figure


def _add_areas(figure: go.Figure, pane: str, codes: list[str], theme: Theme, shown: set[str]) -> None:
    categories = [*theme.categories, _FADED]
    number = {category.key: n for n, category in enumerate(categories)}
    words = {code: f"<b>{theme.names[code]}</b><br>{theme.values[code]}" for code in codes}
    figure.add_choropleth(
        geo=pane,
        geojson=manifest.static_url(f"map-{theme.layer}"),
        locations=codes,
        z=[number[theme.keys[code] if code in shown else _FADED.key] for code in codes],
        zmin=-0.5,
        zmax=len(categories) - 0.5,
        colorscale=_steps([category.fill for category in categories]),
        showscale=False,
        marker={
            "opacity": _UNSELECTED_OPACITY,
            "line": {"width": 0.8, "color": [_EDGE if code in shown else _FADED_EDGE for code in codes]},
        },
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": _UNSELECTED_OPACITY}},
        text=[words[code] if code in shown else f"{words[code]} (filtered out)" for code in codes],
        hovertemplate="%{text}<extra></extra>",
    )


def _steps(fills: list[str]) -> list[list]:
    """Return a colour scale of equal steps without transitions."""
    width = 1 / len(fills)
    return [[edge, fill] for n, fill in enumerate(fills) for edge in (n * width, min((n + 1) * width, 1))]


def _add_overlay(
    figure: go.Figure, pane: str, file: str, codes: list[str], colour: str, marker: dict[str, Any]
) -> None:
    """Draw something over the areas that neither answers to the pointer nor takes it from them."""
    if codes:
        figure.add_choropleth(
            geo=pane,
            geojson=manifest.static_url(file),
            locations=codes,
            z=[0] * len(codes),
            colorscale=[[0, colour], [1, colour]],
            showscale=False,
            hoverinfo="skip",
            marker=marker,
            # Otherwise a click on an area fades what lies over the map.
            unselected={"marker": {"opacity": marker["opacity"]}},
        )


def _add_marks(figure: go.Figure, pane: str, theme: Theme, shown: set[str]) -> None:
    # The London labels would lie on top of each other in the large map, and the others do not belong in the inset.
    london = _in_london(theme.layer)
    codes = [
        code for code, mark in theme.marks.items() if mark and code in shown and (code in london) == (pane == "geo2")
    ]
    inks = {category.key: category.ink for category in theme.categories}
    places = _places(theme.layer).loc[codes]
    for ink in sorted({inks[theme.keys[code]] for code in codes}):
        these = [code for code in codes if inks[theme.keys[code]] == ink]
        figure.add_scattergeo(
            geo=pane,
            lon=places["lon"][these].tolist(),
            lat=places["lat"][these].tolist(),
            mode="text",
            text=[theme.marks[code] for code in these],
            textfont={"size": 11, "family": _FONT, "color": ink, "shadow": "auto"},
            # One ink a trace: otherwise a click on an area fades the labels.
            unselected={"textfont": {"color": ink}},
            hoverinfo="skip",
            showlegend=False,
        )


@cache
def _in_london(layer: str) -> frozenset[str]:
    """Return the areas whose label falls into London."""
    place = _places(layer)
    (west, east), (south, north) = _LONDON["lonaxis_range"], _LONDON["lataxis_range"]
    inside = place["lon"].between(west, east) & place["lat"].between(south, north)
    return frozenset(place.index[inside])


@cache
def _places(layer: str) -> pd.DataFrame:
    areas = blocks.areas()
    return areas[areas["layer"] == layer].set_index("code")


@cache
def _in_inset(layer: str) -> frozenset[str]:
    (west, east), (south, north) = _LONDON["lonaxis_range"], _LONDON["lataxis_range"]
    box = _places(layer)
    inside = (box["west"] < east) & (box["east"] > west) & (box["south"] < north) & (box["north"] > south)
    return frozenset(box.index[inside])


def _layout() -> dict[str, Any]:
    pane = {"visible": False, "projection_type": "mercator", "bgcolor": "rgba(0,0,0,0)"}
    return {
        "geo": {**pane, **_ENGLAND, "domain": {"x": [0.12, 1], "y": [0, 1]}},
        "geo2": {**pane, **_LONDON, "domain": {"x": _INSET_X, "y": _INSET_Y}},
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
                "font": {"size": 12, "family": _FONT, "color": "#425563"},
            }
        ],
        **_plain_layout(),
    }


def _plain_layout() -> dict[str, Any]:
    return {
        "template": {},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": "#4c6272", "activecolor": "#005eb8"},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "dragmode": "pan",
        "clickmode": "event+select",
        "hoverlabel": {"font": {"family": _FONT, "size": 13}, "align": "left"},
    }


def close_up(
    layer: str,
    code: str,
    fills: Mapping[str, Category],
    words: Mapping[str, str],
    points: pd.DataFrame | None = None,
    span: tuple[float, float] | None = None,
) -> go.Figure:
    """Draw one area in detail, its pieces coloured, what lies around it faded.

    Parameters
    ----------
    layer, code : str
        The area.
    fills : mapping
        Category by piece, for the pieces of the area. A category's mark is
        written on the largest of its pieces.
    words : mapping
        What to say of a piece, for those that have a category.
    points : DataFrame, optional
        Places to draw: ``name``, ``lon``, ``lat``.
    span : (float, float), optional
        Kilometres from west to east and from south to north, so that two
        maps have the same scale; a bar then shows it. By default what the
        area needs.
    """
    table, around = blocks.pieces(), _places("piece")
    window = _window(layer, code, span)
    (west, east), (south, north) = window["lonaxis_range"], window["lataxis_range"]
    near = (around["west"] < east) & (around["east"] > west) & (around["south"] < north) & (around["north"] > south)
    drawn = table.loc[table.index.isin(around.index[near])]
    pane = {"visible": False, "projection_type": "mercator", "bgcolor": "rgba(0,0,0,0)", **window}
    figure = go.Figure(layout={**_plain_layout(), "geo": pane})
    for stp, rows in drawn.groupby("stp17"):
        _add_pieces(figure, stp, [fills.get(piece, _FADED) for piece in rows.index], list(rows.index), words)
    largest = table.loc[table.index.isin(fills)].sort_values("population", ascending=False)
    marked = {fills[piece].key: piece for piece in reversed(largest.index)}
    figure.add_scattergeo(
        lon=[around["lon"][piece] for piece in marked.values()],
        lat=[around["lat"][piece] for piece in marked.values()],
        mode="text",
        text=[f"<b>{fills[piece].mark}</b>" for piece in marked.values()],
        textfont={
            "size": 13,
            "family": _FONT,
            "color": [fills[piece].ink for piece in marked.values()],
            "shadow": "auto",
        },
        hoverinfo="skip",
        showlegend=False,
    )
    if points is not None:
        _add_points(figure, points.dropna(subset=["lon", "lat"]))
    if span:
        _add_scale_bar(figure, window, span[0])
    return figure


def extent(layer: str, code: str) -> tuple[float, float]:
    """Return how far an area reaches from west to east and from south to north, kilometres, with a margin."""
    box = _places(layer).loc[code]
    middle = math.radians((box["south"] + box["north"]) / 2)
    wide = (box["east"] - box["west"]) * _KM_PER_DEGREE * math.cos(middle)
    return wide * _MARGIN, (box["north"] - box["south"]) * _KM_PER_DEGREE * _MARGIN


def _window(layer: str, code: str, span: tuple[float, float] | None) -> dict[str, list[float]]:
    box = _places(layer).loc[code]
    lon, lat = (box["west"] + box["east"]) / 2, (box["south"] + box["north"]) / 2
    wide, high = span or extent(layer, code)
    across, up = wide / _KM_PER_DEGREE / math.cos(math.radians(lat)) / 2, high / _KM_PER_DEGREE / 2
    return {"lonaxis_range": [lon - across, lon + across], "lataxis_range": [lat - up, lat + up]}


def _add_points(figure: go.Figure, points: pd.DataFrame) -> None:
    figure.add_scattergeo(
        lon=points["lon"].tolist(),
        lat=points["lat"].tolist(),
        mode="markers",
        marker={"size": 9, "symbol": "cross", "color": "#231f20", "line": {"width": 1, "color": "#ffffff"}},
        text=points["name"].tolist(),
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )


def _add_scale_bar(figure: go.Figure, window: dict[str, list[float]], wide: float) -> None:
    length = next(km for km in (50, 20, 10, 5, 2) if km < wide / 3)
    (west, east), (south, north) = window["lonaxis_range"], window["lataxis_range"]
    lat = south + (north - south) * 0.05
    lon = west + (east - west) * 0.04
    end = lon + length / _KM_PER_DEGREE / math.cos(math.radians((south + north) / 2))
    figure.add_scattergeo(
        lon=[lon, end],
        lat=[lat, lat],
        mode="lines+text",
        line={"width": 3, "color": "#231f20"},
        text=["", f"{length} km"],
        textposition="top left",
        textfont={"size": 12, "family": _FONT, "color": "#231f20", "shadow": "auto"},
        hoverinfo="skip",
        showlegend=False,
    )


def _add_pieces(
    figure: go.Figure, stp: str, categories: list[Category], pieces: list[str], words: Mapping[str, str]
) -> None:
    distinct = list(dict.fromkeys(categories))
    figure.add_choropleth(
        geojson=manifest.static_url(f"pieces-{stp}"),
        locations=pieces,
        z=[distinct.index(category) for category in categories],
        zmin=-0.5,
        zmax=len(distinct) - 0.5,
        colorscale=_steps([category.fill for category in distinct]),
        showscale=False,
        marker={
            "opacity": _UNSELECTED_OPACITY,
            "line": {"width": 0.8, "color": [_FADED_EDGE if c is _FADED else _EDGE for c in categories]},
        },
        text=[words.get(piece, _places("piece")["name"][piece]) for piece in pieces],
        hovertemplate="%{text}<extra></extra>",
    )


def choice(selection: Mapping[str, Any]) -> str | None:
    """Return the code that a chart's selection names; None for an empty one."""
    points = selection.get("selection", selection).get("points", [])
    codes = [point["location"] for point in points if point.get("location")]
    return codes[-1] if codes else None
