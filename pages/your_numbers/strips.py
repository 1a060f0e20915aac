"""Groups of values as strips of dots over one axis."""

import math

import plotly.graph_objects as go

from geo import blocks
from lib import charts
from lib.own_numbers import row_kinds
from pages.your_numbers.groups import Group
from pages.your_numbers.reader.matched import Matched

_ROW = 60
_INK, _GRID, _MEDIAN = "#212b32", "#d8dde0", "#231f20"
_DOT = {"size": 9, "color": "#005eb8", "opacity": 0.55, "line": {"width": 0.5, "color": "#ffffff"}}


def figure(matched: Matched, by: list[Group]) -> go.Figure:
    """Draw a strip a group, a dot an area, the median of each as a line with its value."""
    names = blocks.names(matched.layer)
    traces, shapes, notes = [], [], []
    for row, group in enumerate(by):
        title = {"x": 0, "xref": "paper", "xanchor": "left", "y": -row + 0.37, "showarrow": False, "bgcolor": "#ffffff"}
        many = f"{len(group.values)}" if len(group.values) else "no value"
        notes.append({**title, "text": f"<b>{group.category.label}</b> ({many})", "font": {"size": 12}})
        if not len(group.values):
            continue
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": group.values.tolist(),
                "y": [-row - 0.08] * len(group.values),
                # What is inferred or not established is drawn hollow.
                "marker": _DOT | ({"symbol": "circle-open", "line": {"width": 2}} if group.category.hatch else {}),
                "text": [f"{names[code]}<br>{matched.words(value)}" for code, value in group.values.items()],
                "hovertemplate": "%{text}<extra></extra>",
            }
        )
        median = float(group.values.median())
        line = {"type": "line", "x0": median, "x1": median, "y0": -row - 0.27, "y1": -row + 0.11}
        shapes.append({**line, "line": {"width": 2.5, "color": _MEDIAN}})
        below = {"x": median, "y": -row - 0.35, "text": matched.words(median), "showarrow": False}
        notes.append({**below, "font": {"size": 11}, "bgcolor": "#ffffff"})
    low, high = float(matched.values.min()), float(matched.values.max())
    room = (high - low) * 0.05 or abs(high) * 0.1 or 1.0
    axis = {"range": [low - room, high + room], "fixedrange": True, "gridcolor": _GRID, "zeroline": low < 0 < high}
    sign = {"%": {"ticksuffix": "%"}, "£": {"tickprefix": "£"}}.get(matched.unit, {})
    layout = {
        "height": _ROW * len(by) + 44,
        "template": {},
        "font": {"family": charts.FONT, "size": 12, "color": _INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "#ffffff",
        "margin": {"l": 6, "r": 6, "t": 4, "b": 30},
        "showlegend": False,
        "dragmode": False,
        "shapes": shapes,
        "annotations": notes,
        "xaxis": {**axis, **sign, "nticks": 6, "tickformat": ",", "zerolinecolor": "#768692"},
        "yaxis": {"visible": False, "range": [-len(by) + 0.42, 0.58], "fixedrange": True},
    }
    if max(abs(low), abs(high)) and math.log10(max(abs(low), abs(high))) < -3:
        layout["xaxis"]["tickformat"] = ""
    return go.Figure(traces, layout)


def alt(matched: Matched, by: list[Group]) -> str:
    """Return the strips in words."""
    medians = [
        f"{group.category.label}: {len(group.values)} values, median {matched.words(group.values.median())}"
        for group in by
        if len(group.values)
    ]
    return f"Dots for {row_kinds.many(matched.layer)} by class over one axis. {'; '.join(medians)}."
