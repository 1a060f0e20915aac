"""Charts as plotly figures: pure functions from tables to figures."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

FONT = "Source Sans, Source Sans Pro, sans-serif"
_MARKS = (("circle", "#003087"), ("diamond", "#c1500b"))
CONFIG = {"displayModeBar": False}
ACCENT = "#005eb8"
_INK, _GRID = "#212b32", "#d8dde0"
AXIS = {"gridcolor": _GRID, "zeroline": False, "linecolor": "#768692", "ticks": "outside", "tickcolor": "#768692"}


def data(figure: go.Figure) -> dict[str, Any]:
    """Return a figure as plain data, as the browser's half of the library takes it: ``data`` and ``layout``."""
    return json.loads(figure.to_json())


@dataclass(frozen=True)
class Strip:
    """One row of `dot_strips`.

    Attributes
    ----------
    title : str
        What is measured.
    values : mapping of str to float
        Value by code, without missing ones.
    words, names : mapping of str to str
        Value in words, and name, by code.
    """

    title: str
    values: Mapping[str, float]
    words: Mapping[str, str]
    names: Mapping[str, str]


def dot_strips(strips: list[Strip], marked: list[str]) -> dict[str, Any]:
    """Draw one strip a measure, a dot an area, each strip from its least to its greatest value.

    The figure is plain data: to have the library check it takes ten times as long as all the rest.

    Parameters
    ----------
    strips : list of Strip
        Rows from top to bottom.
    marked : list of str
        Codes of one or two areas that stand out, the second one as a diamond.
    """
    traces: list[dict] = []
    annotations: list[dict] = []
    for row, strip in enumerate(strips):
        least, greatest = (
            min(strip.values, key=strip.values.__getitem__),
            max(strip.values, key=strip.values.__getitem__),
        )
        low, high = strip.values[least], strip.values[greatest]
        places = {code: (value - low) / (high - low) if high > low else 0.5 for code, value in strip.values.items()}
        others = [code for code in places if code not in marked]
        plain = {"size": 9, "color": "#9fb4c7", "opacity": 0.7, "line": {"width": 0.5, "color": "#ffffff"}}
        traces.append(_dots(others, places, -row, strip, plain))
        for code in (code for code in marked if code in places):
            symbol, colour = _MARKS[marked.index(code)]
            bold = {"size": 14, "symbol": symbol, "color": colour, "line": {"width": 1.5, "color": "#ffffff"}}
            traces.append(_dots([code], places, -row, strip, bold))
        title = {"x": 0, "y": -row + 0.34, "xanchor": "left", "text": f"<b>{strip.title}</b>", "showarrow": False}
        annotations.append(title)
        for x, anchor, code in ((0, "left", least), (1, "right", greatest)):
            end = {"x": x, "y": -row - 0.26, "xanchor": anchor, "text": strip.words[code], "showarrow": False}
            annotations.append({**end, "font": {"size": 11, "color": "#4c6272"}})
    spaced = layout(70 * len(strips) + 24) | {
        "annotations": annotations,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "dragmode": False,
        "xaxis": {"visible": False, "range": [-0.02, 1.02], "fixedrange": True},
        "yaxis": {"visible": False, "range": [-len(strips) + 0.45, 0.55], "fixedrange": True},
    }
    return {"data": traces, "layout": spaced}


def _dots(codes: list[str], places: Mapping[str, float], y: float, strip: Strip, marker: dict) -> dict:
    return {
        "type": "scatter",
        "x": [round(places[code], 3) for code in codes],
        "y": [y] * len(codes),
        "mode": "markers",
        "marker": marker,
        "text": [f"{strip.names[code]}<br>{strip.words[code]}" for code in codes],
        "customdata": [[code] for code in codes],
        "hovertemplate": "%{text}<extra></extra>",
    }


def layout(height: int) -> dict[str, Any]:
    """Return the layout that all charts begin with; `height` in pixels."""
    return {
        "height": height,
        "template": {},
        "margin": {"l": 50, "r": 16, "t": 16, "b": 44},
        "font": {"family": FONT, "size": 13, "color": _INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "#ffffff",
        "showlegend": False,
    }


def plain_layout() -> dict[str, Any]:
    """Return what charts without axes of their own have in common."""
    return {
        "template": {},
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": "#4c6272", "activecolor": "#005eb8"},
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "dragmode": "pan",
        "clickmode": "event+select",
        "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left"},
    }
