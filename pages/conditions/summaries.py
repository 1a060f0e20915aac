"""Charts of many results: all measures with their intervals, and one measure asked in every way."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from lib import charts

_INK, _LINE, _GRID = "#212b32", "#425563", "#eceff0"
_AXIS = {"gridcolor": _GRID, "zerolinecolor": _INK, "zerolinewidth": 1.5, "fixedrange": True}
HEIGHT_OF_SPECIFICATIONS = 340
"""Of the chart of `specifications`, in pixels."""
_FURTHEST = 0.66
_FILLED = 0.05
# Colour and shape: neither is the only carrier.
_SCHEMES = {
    "three": ("#003087", "circle"),
    "four": ("#3672b0", "square"),
    "published": ("#c1500b", "diamond"),
    "ends": ("#7a1f5c", "triangle-up"),
}


def forest(
    keys: list[str], titles: list[str], taus: list[float], lows: list[float], highs: list[float], words: list[str]
) -> go.Figure:
    """Draw tau-b of each measure with its interval, from top to bottom; points carry the keys of the measures."""
    places = [-n for n in range(len(titles))]
    trace = {
        "type": "scatter",
        "x": taus,
        "y": places,
        "mode": "markers",
        "marker": {"size": 10, "color": "#005eb8", "symbol": "diamond"},
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": list(np.subtract(highs, taus)),
            "arrayminus": list(np.subtract(taus, lows)),
            "color": _LINE,
            "thickness": 1.5,
            "width": 4,
        },
        "text": words,
        "customdata": [[key] for key in keys],
        "hovertemplate": "%{text}<extra></extra>",
    }
    figure = go.Figure(trace, _layout(height_of_forest(len(titles))))
    reach = max(_FURTHEST, float(np.nanmax(np.abs([*lows, *highs]))) + 0.05)
    title = {"text": "tau-b", "standoff": 8}
    figure.update_xaxes(_AXIS | {"range": [-reach, reach], "title": title})
    rows = {"tickvals": places, "ticktext": titles, "automargin": True, "range": [-len(titles) + 0.4, 0.6]}
    figure.update_yaxes(_AXIS | rows | {"zeroline": False})
    return figure


def height_of_forest(number: int) -> int:
    """Return the height of the chart of `forest` with so many measures, in pixels."""
    return 64 + 27 * number


def specifications(table: pd.DataFrame, words: list[str], titles: Mapping[str, str], name: str) -> go.Figure:
    """Draw every way to ask one question, sorted by its answer; filled where the exact p-value is under 0.05.

    Parameters
    ----------
    table : DataFrame
        See `lib.conditions.multiverse.universe`.
    words : list of str
        What the pointer shows, by row.
    titles : mapping
        Selection of ratings in words, by key.
    name : str
        What the answer is called.
    """
    traces = []
    for scheme, (colour, symbol) in _SCHEMES.items():
        rows = table[table["scheme"] == scheme]
        symbols = np.where(rows["p"] < _FILLED, symbol, f"{symbol}-open").tolist()
        traces.append(
            {
                "type": "scatter",
                "x": (rows.index + 1).tolist(),
                "y": rows["tau"].tolist(),
                "mode": "markers",
                "name": titles[scheme],
                "marker": {"size": 9, "color": colour, "symbol": symbols, "line": {"width": 1.5}},
                "text": [words[n] for n in rows.index],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
    figure = go.Figure(traces, _layout(HEIGHT_OF_SPECIFICATIONS))
    reach = max(_FURTHEST, float(table["tau"].abs().max()) + 0.05)
    across = {"title": "Ways to ask, sorted by the answer", "range": [0, len(table) + 1]}
    figure.update_xaxes(_AXIS | across | {"showgrid": False, "zeroline": False})
    figure.update_yaxes(_AXIS | {"title": name, "range": [-reach if name == "tau-b" else 0, reach]})
    legend = {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}
    figure.update_layout(showlegend=True, legend=legend, margin={"t": 70})
    return figure


def _layout(height: int) -> dict:
    return {
        "height": height,
        "template": {},
        "margin": {"l": 50, "r": 16, "t": 16, "b": 44},
        "font": {"family": charts.FONT, "size": 13, "color": _INK},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "showlegend": False,
    }
