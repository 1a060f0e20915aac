"""Charts as plotly figures: pure functions from tables to figures."""

import json
from collections.abc import Mapping, Sequence
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
    """One row of `dot_strips`, see `strip`.

    Attributes
    ----------
    title : str
        What is measured.
    dots : mapping of str to tuple
        By code where an area's dot stands (0 for the least value, 1 for the greatest), what it says to those who
        point at it, and what a click on it is told.
    ends : tuple of str
        The least and the greatest value in words.
    """

    title: str
    dots: Mapping[str, tuple[float, str, list[str]]]
    ends: tuple[str, str]


def strip(title: str, values: Mapping[str, float], words: Mapping[str, str], names: Mapping[str, str]) -> Strip:
    """Return a row of `dot_strips` of values by code, without missing ones; `words` and `names` by code too."""
    least, greatest = min(values, key=values.__getitem__), max(values, key=values.__getitem__)
    low, high = values[least], values[greatest]
    dots = {
        code: (
            round((value - low) / (high - low), 3) if high > low else 0.5,
            f"{names[code]}<br>{words[code]}",
            [code],
        )
        for code, value in values.items()
    }
    return Strip(title, dots, (words[least], words[greatest]))


def dot_strips(strips: Sequence[Strip], marked: Sequence[str]) -> dict[str, Any]:
    """Draw one strip a measure, a dot an area, each strip from its least to its greatest value.

    The figure is plain data: to have the library check it takes ten times as long as all the rest.

    Parameters
    ----------
    strips : sequence of Strip
        Rows from top to bottom.
    marked : sequence of str
        Codes of one or two areas that stand out, the second one as a diamond.
    """
    traces: list[dict] = []
    annotations: list[dict] = []
    for row, measure in enumerate(strips):
        others = [code for code in measure.dots if code not in marked]
        plain = {"size": 9, "color": "#9fb4c7", "opacity": 0.7, "line": {"width": 0.5, "color": "#ffffff"}}
        traces.append(_dots(others, -row, measure, plain))
        for code, (symbol, colour) in zip(marked, _MARKS, strict=False):
            if code in measure.dots:
                bold = {"size": 14, "symbol": symbol, "color": colour, "line": {"width": 1.5, "color": "#ffffff"}}
                traces.append(_dots([code], -row, measure, bold))
        title = {"x": 0, "y": -row + 0.34, "xanchor": "left", "text": f"<b>{measure.title}</b>", "showarrow": False}
        annotations.append(title)
        for x, anchor, words in zip((0, 1), ("left", "right"), measure.ends, strict=True):
            end = {"x": x, "y": -row - 0.26, "xanchor": anchor, "text": words, "showarrow": False}
            annotations.append({**end, "font": {"size": 11, "color": "#4c6272"}})
    spaced = layout(height_of_strips(len(strips))) | {
        "annotations": annotations,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "dragmode": False,
        "xaxis": {"visible": False, "range": [-0.02, 1.02], "fixedrange": True},
        "yaxis": {"visible": False, "range": [-len(strips) + 0.45, 0.55], "fixedrange": True},
    }
    return {"data": traces, "layout": spaced}


def height_of_strips(number: int) -> int:
    """Return the height of so many strips, in pixels."""
    return 70 * number + 24


def _dots(codes: list[str], y: float, strip: Strip, marker: dict) -> dict:
    dots = [strip.dots[code] for code in codes]
    return {
        "type": "scatter",
        "x": [place for place, *_ in dots],
        "y": [y] * len(codes),
        "mode": "markers",
        "marker": marker,
        "text": [label for _, label, _ in dots],
        "customdata": [told for *_, told in dots],
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
