"""One area in detail as a plotly figure, drawn from pieces."""

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from geo import blocks, manifest
from lib import maps
from lib.themes import Category

# A degree of latitude; of longitude it is this by the cosine of the latitude.
_KM_PER_DEGREE = 111.2
_MARGIN = 1.2
# As a part of the map's width and height: a cross that is nearer than this would lie on a number.
_NEAR = 0.035

Box = tuple[float, float, float, float]


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
    return region(_box(layer, code), fills, words, span, points)


def region(
    box: Box,
    fills: Mapping[str, Category],
    words: Mapping[str, str],
    span: tuple[float, float] | None = None,
    points: pd.DataFrame | None = None,
) -> go.Figure:
    """Draw part of England in detail, its pieces coloured, the others faded.

    Parameters
    ----------
    box : (float, float, float, float)
        West, south, east and north of what is to be seen.
    fills, words, span, points
        As for `close_up`.
    """
    table, around = blocks.pieces(), maps.places("piece")
    window = _window(box, span)
    (west, east), (south, north) = window["lonaxis_range"], window["lataxis_range"]
    near = (around["west"] < east) & (around["east"] > west) & (around["south"] < north) & (around["north"] > south)
    drawn = table.loc[table.index.isin(around.index[near])]
    pane = {
        "visible": False,
        "projection": {"type": "mercator"},
        "bgcolor": "rgba(0,0,0,0)",
        "lonaxis": {"range": window["lonaxis_range"]},
        "lataxis": {"range": window["lataxis_range"]},
    }
    traces = [
        _pieces(stp, [fills.get(piece, maps.FADED) for piece in rows.index], list(rows.index), words)
        for stp, rows in drawn.groupby("stp17")
    ]
    figure = maps.figure(traces, {**maps.plain_layout(), "geo": pane})
    largest = table.loc[table.index.isin(fills)].sort_values("population", ascending=False)
    marked = {fills[piece].key: piece for piece in reversed(largest.index)}
    crosses = pd.DataFrame(columns=["name", "lon", "lat"]) if points is None else points.dropna(subset=["lon", "lat"])
    if len(crosses):
        _add_points(figure, crosses)
    figure.add_scattergeo(
        lon=[around["lon"][piece] for piece in marked.values()],
        lat=[around["lat"][piece] for piece in marked.values()],
        mode="text",
        textposition=[_beside(around.loc[piece], crosses, window) for piece in marked.values()],
        text=[f"<b>{fills[piece].mark}</b>" for piece in marked.values()],
        textfont={
            "size": 13,
            "family": maps.FONT,
            "color": [fills[piece].ink for piece in marked.values()],
            "shadow": "auto",
        },
        hoverinfo="skip",
        showlegend=False,
    )
    if span:
        _add_scale_bar(figure, window, span[0])
    return figure


def extent(layer: str, code: str) -> tuple[float, float]:
    """Return how far an area reaches from west to east and from south to north, kilometres, with a margin."""
    return extent_of(_box(layer, code))


@lru_cache(maxsize=512)
def _box(layer: str, code: str) -> Box:
    return tuple(maps.places(layer).loc[code, ["west", "south", "east", "north"]])


def extent_of(box: Box) -> tuple[float, float]:
    """Return how far west, south, east and north lie apart, kilometres, with a margin."""
    west, south, east, north = box
    wide = (east - west) * _KM_PER_DEGREE * math.cos(math.radians((south + north) / 2))
    return wide * _MARGIN, (north - south) * _KM_PER_DEGREE * _MARGIN


def _window(box: Box, span: tuple[float, float] | None) -> dict[str, list[float]]:
    west, south, east, north = box
    lon, lat = (west + east) / 2, (south + north) / 2
    wide, high = span or extent_of(box)
    across, up = wide / _KM_PER_DEGREE / math.cos(math.radians(lat)) / 2, high / _KM_PER_DEGREE / 2
    return {"lonaxis_range": [lon - across, lon + across], "lataxis_range": [lat - up, lat + up]}


def _beside(spot: pd.Series, crosses: pd.DataFrame, window: dict[str, list[float]]) -> str:
    """Return where a number stands so that no cross lies on it: on its spot, or above or below it."""
    (west, east), (south, north) = window["lonaxis_range"], window["lataxis_range"]
    across, up = (crosses["lon"] - spot["lon"]) / (east - west), (crosses["lat"] - spot["lat"]) / (north - south)
    near = (across.abs() < _NEAR) & (up.abs() < _NEAR)
    if not near.any():
        return "middle center"
    return "bottom center" if up[near].mean() > 0 else "top center"


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
        textfont={"size": 12, "family": maps.FONT, "color": "#231f20", "shadow": "auto"},
        hoverinfo="skip",
        showlegend=False,
    )


def _pieces(stp: str, categories: list[Category], pieces: list[str], words: Mapping[str, str]) -> dict[str, Any]:
    distinct = list(dict.fromkeys(categories))
    edges = [maps.FADED_EDGE if category is maps.FADED else maps.EDGE for category in categories]
    return {
        "type": "choropleth",
        "geojson": manifest.static_url(f"pieces-{stp}"),
        "locations": pieces,
        "z": [distinct.index(category) for category in categories],
        "zmin": -0.5,
        "zmax": len(distinct) - 0.5,
        "colorscale": maps.steps([category.fill for category in distinct]),
        "showscale": False,
        "marker": {"opacity": maps.UNSELECTED_OPACITY, "line": {"width": 0.8, "color": edges}},
        "text": [words.get(piece) or _piece_names()[piece] for piece in pieces],
        "hovertemplate": "%{text}<extra></extra>",
    }


@cache
def _piece_names() -> dict[str, str]:
    return maps.places("piece")["name"].to_dict()
