"""Footprints as dots by rating: a pure function from values to a figure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from lib import charts
from lib.themes import HATCH_SWATCHES, Category
from pages.conditions import swarm

_DOT = 17.0
# Dots and names are laid out for a chart of this width; a wider one has more room than it needs.
_WIDTH = 700.0
_LETTER, _LINE, _MOST_LETTERS = 6.2, 15.0, 28
_INK, _QUIET, _EDGE, _MARKED = "#212b32", "#4c6272", "#425563", "#231f20"
_HEAD, _GAP = 30.0, 4.0
_ABOVE, _BELOW = 8, 52
_STRIPES = {hatch: stripe for hatch, (stripe, _) in HATCH_SWATCHES.items()}


@dataclass(frozen=True)
class Dot:
    """A footprint on a chart.

    Attributes
    ----------
    code, name : str
        Which footprint.
    row : int
        Row from the top.
    value : float
        Place on the axis: a value, or the number of a kind.
    words : str
        What the pointer shows below the name.
    category : Category
        Its rating, as on the map.
    """

    code: str
    name: str
    row: int
    value: float
    words: str
    category: Category


@dataclass(frozen=True)
class Row:
    """A row of a chart: its title, and the median with its words where it has one."""

    title: str
    median: float | None = None
    words: str = ""


@dataclass(frozen=True)
class Axis:
    """The horizontal axis.

    Attributes
    ----------
    title : str
        What it shows.
    log : bool
        Whether it is logarithmic.
    kinds : tuple of str
        Names of the kinds, where the values are their numbers.
    counts : tuple of int
        Least and greatest value, where all are small whole numbers: dots
        with the same value then lie beside each other.
    unit : str
        ``"%"`` for shares, ``"£"`` for money.
    """

    title: str
    log: bool = False
    kinds: tuple[str, ...] = ()
    counts: tuple[int, int] | None = None
    unit: str = ""

    @property
    def columns(self) -> int:
        """How many dots have room beside each other: one, unless the values are few."""
        if self.counts is None:
            return 1
        low, high = self.counts
        return max(1, int(_WIDTH / (high - low + 1) / (_DOT + 3)) - (1 if high - low < 8 else 0))


@dataclass(frozen=True)
class Band:
    """A row as its dots lie in it; everything in pixels.

    Attributes
    ----------
    row : Row
        What it is of.
    dots : tuple of Dot
        By value.
    across, up : mapping of str to float
        By code how far a dot is from the left, and how far above the middle.
    """

    row: Row
    dots: tuple[Dot, ...]
    across: Mapping[str, float]
    up: Mapping[str, float]

    @property
    def extent(self) -> float:
        """How far dots reach from the middle."""
        return max((abs(n) for n in self.up.values()), default=0.0)


def bands(points: list[Dot], rows: list[Row], axis: Axis) -> tuple[Band, ...]:
    """Lay footprints out as dots, a row for each group of ratings.

    Parameters
    ----------
    points : list of Dot
        In any order.
    rows : list of Row
        From top to bottom.
    axis : Axis
        What the dots are placed by.
    """
    points = sorted(points, key=lambda dot: (dot.row, dot.value, dot.code))
    low, high = _range(points, axis)
    places = {dot.code: (_scaled(dot.value, axis) - low) / (high - low) * _WIDTH for dot in points}
    laid_out = []
    for number, row in enumerate(rows):
        inside = [dot for dot in points if dot.row == number]
        across, up = _spread(inside, places, axis)
        laid_out.append(Band(row, tuple(inside), across, up))
    return tuple(laid_out)


def height(rows: Sequence[Band], axis: Axis, marked: str | None = None) -> float:
    """Return the height of the chart of `dots` in pixels; it depends on the names, and so on which one is marked."""
    return _ABOVE + sum(_depth(band, _labels(band, axis, marked)) for band in rows) + _BELOW


def dots(rows: Sequence[Band], axis: Axis, marked: str | None = None) -> go.Figure:
    """Draw footprints as dots, a row for each group of ratings, medians as lines.

    Parameters
    ----------
    rows : sequence of Band
        From top to bottom, see `bands`.
    axis : Axis
        What the dots are placed by.
    marked : str, optional
        Code of a footprint that stands out with its name.
    """
    points = [dot for band in rows for dot in band.dots]
    low, high = _range(points, axis)
    annotations, shapes, where = [], [], {}
    y = 0.0
    for band in rows:
        labels, row, extent = _labels(band, axis, marked), band.row, band.extent
        middle = y - labels.top - extent - _DOT
        for dot in band.dots:
            where[dot.code] = low + band.across[dot.code] / _WIDTH * (high - low), middle + band.up[dot.code]
        # Lower names lie over the lines of higher ones.
        order = sorted(zip(labels.dots, labels.spots, labels.levels, strict=True), key=lambda item: -item[2])
        for dot, spot, level in order:
            end = (low + spot / _WIDTH * (high - low), middle + extent + _DOT + level * _LINE)
            annotations.append(_name(dot, where[dot.code], end, dot.code == marked))
        bottom = middle - extent - _DOT - _GAP
        shapes.append(_line(low, high, bottom, bottom, "#d8dde0", 1))
        title = f"<b>{row.title}</b> ({len(band.dots)})"
        annotations.append(_text(low, y - 11, title, _INK, 13, "left"))
        if row.median is not None:
            at = _scaled(row.median, axis)
            shapes.append(_line(at, at, bottom + 2, middle + extent + _DOT, _INK, 2))
            annotations.append(_text(high, y - 11, f"median {row.words}", _INK, 12, "right"))
        y -= _depth(band, labels)
    traces = _traces(points, where)
    if marked in where:
        ring = {"size": _DOT + 7, "color": "rgba(0,0,0,0)", "line": {"width": 3, "color": _MARKED}}
        traces.append(_overlay([where[marked]], ring))
    figure = go.Figure(traces, _layout(height(rows, axis, marked), low, high, axis))
    figure.update_layout(annotations=annotations, shapes=shapes)
    return figure


@dataclass(frozen=True)
class _Labels:
    """Names above the dots of a row: of which dots, their places and levels (0 is the lowest)."""

    dots: Sequence[Dot]
    spots: Sequence[float]
    levels: Sequence[int]

    @property
    def top(self) -> float:
        """Height of the row's title and of all names."""
        return _HEAD + (max(self.levels, default=-1) + 1) * _LINE


def _labels(band: Band, axis: Axis, marked: str | None) -> _Labels:
    named = [] if axis.kinds else _named(band.dots, marked)
    widths = [len(_short(dot.name)) * _LETTER for dot in named]
    spots = [_kept_inside(band.across[dot.code], width) for dot, width in zip(named, widths, strict=True)]
    return _Labels(named, spots, swarm.levels(spots, widths))


def _depth(band: Band, labels: _Labels) -> float:
    """Return how much room a row takes from top to bottom, the gap to the next one too."""
    return labels.top + 2 * (band.extent + _DOT + _GAP)


def _scaled(value: float, axis: Axis) -> float:
    return float(np.log10(value)) if axis.log else value


def _range(points: list[Dot], axis: Axis) -> tuple[float, float]:
    if axis.counts:
        return axis.counts[0] - 0.5, axis.counts[1] + 0.5
    values = [_scaled(dot.value, axis) for dot in points]
    margin = (max(values) - min(values)) * 0.03 or 1.0
    return min(values) - margin, max(values) + margin


def _spread(
    inside: Sequence[Dot], places: Mapping[str, float], axis: Axis
) -> tuple[dict[str, float], dict[str, float]]:
    """Return how far each dot of a row is from the left, and how far above the middle, in pixels."""
    if not axis.counts:
        lanes = swarm.lanes([places[dot.code] for dot in inside], _DOT + 1)
        return {dot.code: places[dot.code] for dot in inside}, {
            dot.code: lane * (_DOT + 1) for dot, lane in zip(inside, lanes, strict=True)
        }
    across, up = {}, {}
    for value in sorted({dot.value for dot in inside}):
        here = [dot for dot in inside if dot.value == value]
        lines = -(-len(here) // axis.columns)
        for dot, (column, line) in zip(here, swarm.packed(len(here), axis.columns), strict=True):
            across[dot.code] = places[dot.code] + column * (_DOT + 3)
            up[dot.code] = ((lines - 1) / 2 - line) * (_DOT + 3)
    return across, up


def _named(inside: Sequence[Dot], marked: str | None) -> list[Dot]:
    """Return the dots of a row that carry their names: all of a short row, the ends of a long one, the marked one."""
    values = [dot.value for dot in inside]
    chosen = inside if len(inside) <= 6 else [dot for dot in (inside[0], inside[-1]) if values.count(dot.value) == 1]
    return [dot for dot in inside if dot in chosen or dot.code == marked]


def _short(name: str) -> str:
    if len(name) <= _MOST_LETTERS:
        return name
    return f"{name[:_MOST_LETTERS].rsplit(' ', 1)[0].rstrip(',')} …"


def _kept_inside(place: float, width: float) -> float:
    return min(max(place, width / 2), _WIDTH - width / 2)


def _name(dot: Dot, at: tuple[float, float], end: tuple[float, float], bold: bool) -> dict:
    words = _short(dot.name)
    return {
        "x": at[0],
        "y": at[1] + _DOT / 2,
        "ax": end[0],
        "ay": end[1],
        "axref": "x",
        "ayref": "y",
        "yanchor": "bottom",
        "text": f"<b>{words}</b>" if bold else words,
        "showarrow": True,
        "arrowhead": 0,
        "arrowwidth": 0.7,
        "arrowcolor": "#768692",
        "font": {"size": 11.5, "color": _INK if bold else _QUIET},
        "captureevents": False,
        "bgcolor": "rgba(255,255,255,0.85)",
        "borderpad": 0,
    }


def _text(x: float, y: float, text: str, colour: str, size: int, anchor: str) -> dict:
    font = {"size": size, "color": colour}
    return {"x": x, "y": y, "text": text, "xanchor": anchor, "yanchor": "middle", "showarrow": False, "font": font}


def _line(x0: float, x1: float, y0: float, y1: float, colour: str, width: float) -> dict:
    line = {"color": colour, "width": width}
    return {"type": "line", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line, "layer": "below"}


def _traces(points: list[Dot], where: Mapping[str, tuple[float, float]]) -> list[dict]:
    """Return a trace for each rating; stripes lie between dot and label and let the pointer through."""
    traces = []
    for category in dict.fromkeys(dot.category for dot in points):
        inside = [dot for dot in points if dot.category == category]
        marker = {"size": _DOT, "color": category.fill, "line": {"width": 1, "color": _EDGE}, "opacity": 1}
        traces.append(
            {
                "type": "scatter",
                "x": [where[dot.code][0] for dot in inside],
                "y": [where[dot.code][1] for dot in inside],
                "customdata": [[dot.code] for dot in inside],
                "mode": "markers",
                "marker": marker,
                "text": [f"<b>{dot.name}</b><br>{dot.words}" for dot in inside],
                "hovertemplate": "%{text}<extra></extra>",
                "cliponaxis": False,
            }
        )
        spots = [where[dot.code] for dot in inside]
        if category.hatch:
            stripe = {"size": _DOT - 4, "symbol": "line-ne", "line": {"width": 2, "color": _STRIPES[category.hatch]}}
            traces.append(_overlay(spots, stripe))
        traces.append(
            {
                **_overlay(spots, {}),
                "mode": "text",
                # A dot has no room for words.
                "text": [category.mark.replace(" or ", "–")] * len(spots),
                "textfont": {"size": 10 if len(category.mark) < 3 else 8.5, "color": category.ink},
            }
        )
    return traces


def _overlay(spots: list[tuple[float, float]], marker: dict) -> dict:
    return {
        "type": "scatter",
        "x": [x for x, _ in spots],
        "y": [y for _, y in spots],
        "mode": "markers",
        "marker": marker,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _layout(height: float, low: float, high: float, axis: Axis) -> dict:
    ticks: dict = {}
    if axis.kinds:
        ticks = {"tickvals": list(range(len(axis.kinds))), "ticktext": list(axis.kinds), "ticks": ""}
    elif axis.counts:
        ticks = {"dtick": 1}
    elif axis.unit:
        ticks = {"tickformat": ".0%"} if axis.unit == "%" else {"tickprefix": axis.unit}
    elif axis.log:
        steps = [step for step in (50, 100, 200, 500, 1000, 2000, 5000, 10000) if low <= np.log10(step) <= high]
        ticks = {"tickvals": [float(np.log10(step)) for step in steps], "ticktext": [f"{step:,}" for step in steps]}
    line = {"linecolor": "#768692", "tickcolor": "#768692", "zeroline": False, "fixedrange": True}
    return {
        **charts.plain_layout(),
        "font": {"family": charts.FONT, "size": 13, "color": _INK},
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "height": height,
        "margin": {"l": 14, "r": 14, "t": _ABOVE, "b": _BELOW},
        "hovermode": "closest",
        "dragmode": False,
        # Pixels: with less, names would lie on each other and be cut at the edges.
        "meta": {"least": 560},
        "xaxis": {
            "range": [low, high],
            "title": {"text": axis.title, "standoff": 8},
            "gridcolor": "#eceff0",
            "ticks": "outside",
            "showgrid": not axis.kinds,
            **line,
            **ticks,
        },
        "yaxis": {"range": [_ABOVE + _BELOW - height, 0], "visible": False, "fixedrange": True},
    }
