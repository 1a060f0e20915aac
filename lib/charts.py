"""Charts as plotly figures: pure functions from tables to figures."""

import json
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

FONT = "Source Sans, Source Sans Pro, sans-serif"
_MOST_LETTERS = 26
_MARKS = (("circle", "#003087"), ("diamond", "#c1500b"))
CONFIG = {"displayModeBar": False}
_INK, _GRID, _ACCENT = "#212b32", "#d8dde0", "#005eb8"
_AXIS = {"gridcolor": _GRID, "zeroline": False, "linecolor": "#768692", "ticks": "outside", "tickcolor": "#768692"}


def data(figure: go.Figure) -> dict[str, Any]:
    """Return a figure as plain data, as the browser's half of the library takes it: ``data`` and ``layout``."""
    return json.loads(figure.to_json())


def threshold_curve(curve: pd.DataFrame, tolerance: float, split: int, many: str) -> go.Figure:
    """Draw the number of split areas over the tolerance, the current tolerance marked.

    Parameters
    ----------
    curve : DataFrame
        ``tolerance`` (per cent) and ``split``.
    tolerance : float
        Per cent.
    split : int
        Number of split areas at this tolerance, which need not be one of the curve's.
    many : str
        What the areas are called.
    """
    figure = go.Figure(layout=_layout(260))
    figure.add_scatter(
        x=curve["tolerance"],
        y=curve["split"],
        mode="lines",
        line={"shape": "hv", "color": _ACCENT, "width": 2},
        hovertemplate=f"%{{y}} {many} split at %{{x}}%<extra></extra>",
    )
    figure.add_scatter(
        x=[tolerance],
        y=[split],
        mode="markers+text",
        marker={"size": 11, "color": _ACCENT},
        text=[f"<b>{split}</b>"],
        textposition="top right",
        hoverinfo="skip",
        cliponaxis=False,
    )
    top = max(curve["split"].max() * 1.15, 1)
    figure.update_xaxes(title="Tolerance, %", range=[-0.3, 20.3], **_AXIS)
    figure.update_yaxes(title=f"Split {many}", range=[0, top], rangemode="tozero", **_AXIS)
    return figure


@dataclass(frozen=True)
class Strip:
    """One row of `dot_strips`.

    Attributes
    ----------
    title : str
        What is measured.
    values : Series
        Value by code, without missing ones.
    words : Series
        Value in words by code.
    names : Series
        Name by code.
    """

    title: str
    values: pd.Series
    words: pd.Series
    names: pd.Series


def dot_strips(strips: list[Strip], marked: list[str]) -> go.Figure:
    """Draw one strip a measure, a dot an area, each strip from its least to its greatest value.

    Parameters
    ----------
    strips : list of Strip
        Rows from top to bottom.
    marked : list of str
        Codes of one or two areas that stand out, the second one as a diamond.
    """
    # Gathered first: the library checks the whole figure again with every part that is added to it.
    traces: list[dict] = []
    annotations: list[dict] = []
    for row, strip in enumerate(strips):
        low, high = strip.values.min(), strip.values.max()
        places = (strip.values - low) / (high - low) if high > low else strip.values * 0 + 0.5
        others = [code for code in places.index if code not in marked]
        plain = {"size": 9, "color": "#9fb4c7", "opacity": 0.7, "line": {"width": 0.5, "color": "#ffffff"}}
        traces.append(_dots(others, places, -row, strip, plain))
        for code in (code for code in marked if code in places.index):
            symbol, colour = _MARKS[marked.index(code)]
            bold = {"size": 14, "symbol": symbol, "color": colour, "line": {"width": 1.5, "color": "#ffffff"}}
            traces.append(_dots([code], places, -row, strip, bold))
        title = {"x": 0, "y": -row + 0.34, "xanchor": "left", "text": f"<b>{strip.title}</b>", "showarrow": False}
        annotations.append(title)
        for x, anchor, code in ((0, "left", strip.values.idxmin()), (1, "right", strip.values.idxmax())):
            end = {"x": x, "y": -row - 0.26, "xanchor": anchor, "text": strip.words[code], "showarrow": False}
            annotations.append({**end, "font": {"size": 11, "color": "#4c6272"}})
    layout = _layout(70 * len(strips) + 24) | {
        "annotations": annotations,
        "margin": {"l": 4, "r": 4, "t": 4, "b": 4},
        "dragmode": False,
        "xaxis": {"visible": False, "range": [-0.02, 1.02], "fixedrange": True},
        "yaxis": {"visible": False, "range": [-len(strips) + 0.45, 0.55], "fixedrange": True},
    }
    return go.Figure({"data": traces, "layout": layout}, _validate=False)


def _dots(codes: list[str], places: pd.Series, y: float, strip: Strip, marker: dict) -> dict:
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


def matrix(shares: pd.DataFrame) -> go.Figure:
    """Draw a table of shares (0 to 1, missing where nothing is shared) as a grid of cells with their numbers.

    Names longer than the axis has room for are cut there; the pointer shows them whole.
    """
    text = shares.map(lambda share: "" if pd.isna(share) else f"{share:.0%}" if share >= 0.005 else "<1%")
    columns, rows = _cut(shares.columns), _cut(shares.index)
    longest = max((len(name) for name in columns), default=0)
    figure = go.Figure(layout=_layout(60 + 5 * longest + 28 * len(shares)))
    figure.add_heatmap(
        z=shares.to_numpy(),
        x=columns,
        y=rows,
        text=text.to_numpy(),
        customdata=[[f"{text.loc[row, column]} of {row}<br>in {column}" for column in shares] for row in shares.index],
        texttemplate="%{text}",
        textfont={"size": 11},
        zmin=0,
        zmax=1,
        colorscale=[[0, "#eaf3fb"], [1, "#0b3f7f"]],
        showscale=False,
        xgap=1,
        ygap=1,
        hoverongaps=False,
        hovertemplate="%{customdata}<extra></extra>",
    )
    figure.update_yaxes(autorange="reversed", automargin=True, showgrid=False, tickfont={"size": 12})
    figure.update_xaxes(side="top", showgrid=False, tickangle=-40, tickfont={"size": 12})
    # Names at the top slant to the right: the library's own margin cuts the long ones.
    figure.update_layout(margin={"t": 40 + 5 * longest, "r": 5 * longest, "b": 16})
    return figure


def matrix_width(shares: pd.DataFrame) -> int:
    """Return the width in pixels at which the cells of a grid can be read."""
    return 320 + 56 * shares.shape[1]


def _cut(names: pd.Index) -> list[str]:
    """Return names short enough for an axis, each still different from the others."""
    cut: list[str] = []
    for name in names:
        short = name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1].rstrip()}…"
        cut.append(name if short in cut else short)
    return cut


def _layout(height: int) -> dict:
    return {
        "height": height,
        "template": {},
        "margin": {"l": 50, "r": 16, "t": 16, "b": 44},
        "font": {"family": FONT, "size": 13, "color": _INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "#ffffff",
        "showlegend": False,
    }
