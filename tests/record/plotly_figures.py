"""What a Plotly figure shows, as data: a map by area, a chart by point."""

import base64
import json
import math
import re
from collections import Counter
from typing import Any

import numpy as np

from tests.record.words import hover, squeezed

_MAPS = ("choropleth", "scattergeo")
# What lies around a close-up has the colour of what a filter takes out of a map.
_AROUND, _FILTERED = "#f7f8f9", "(filtered out)"
# Digits beyond these are noise of the arithmetic.
_DIGITS = 6


def read(spec: str, alt: str) -> dict[str, Any]:
    """Return a figure as data.

    Parameters
    ----------
    spec : str
        The figure as JSON.
    alt : str
        The figure in words.

    Returns
    -------
    dict
        Of a map ``alt``, ``areas`` (code, words, fill and stripes, once each although an inset shows them again),
        ``around`` (codes of what lies around a close-up), ``points`` (words of the marks that answer to the
        pointer), ``labels`` (with how often each stands) and ``lines`` (what lies over the areas: a code, or how
        many). Of a chart ``alt``, ``axes``, ``notes`` and ``series``.
    """
    figure = json.loads(spec)
    traces = figure["data"]
    told = {"alt": squeezed(alt)}
    if any(trace.get("type") in _MAPS for trace in traces):
        return told | {"kind": "map"} | _map(traces)
    return told | {"kind": "chart"} | _chart(traces, figure["layout"])


def _map(traces: list[dict]) -> dict[str, Any]:
    areas: dict[str, list[str]] = {}
    stripes: dict[str, str] = {}
    lines: dict[str, set[str]] = {}
    points: dict[str, None] = {}
    labels: Counter[str] = Counter()
    for trace in traces:
        if trace["type"] == "scattergeo":
            if "text" in trace.get("mode", ""):
                labels.update(hover(text) for text in _list(trace.get("text")))
            if trace.get("hoverinfo") != "skip":
                points |= dict.fromkeys(hover(text) for text in _texts(trace) if text)
            continue
        file = _file(trace.get("geojson"))
        codes = _list(trace["locations"])
        if trace.get("hoverinfo") == "skip":
            if file.startswith("hatch-"):
                stripes |= dict.fromkeys(codes, file.removeprefix("hatch-"))
            else:
                lines.setdefault(file, set()).update(codes)
            continue
        for code, words, fill in zip(codes, _texts(trace), _fills(trace), strict=False):
            areas[code] = [hover(words), fill]
    rows = [
        [code, words, f"{fill} {stripes[code]}" if code in stripes else fill]
        for code, (words, fill) in areas.items()
        if fill != _AROUND or words.endswith(_FILTERED)
    ]
    return {
        "areas": sorted(rows),
        "around": " ".join(sorted(set(areas) - {row[0] for row in rows})),
        "points": sorted(points),
        "labels": dict(sorted(labels.items())),
        "lines": {file: next(iter(codes)) if len(codes) == 1 else len(codes) for file, codes in sorted(lines.items())},
    }


def _file(geojson: Any) -> str:
    if isinstance(geojson, str):
        return re.sub(r"\.[0-9a-f]+\.json$", "", geojson.rpartition("/")[2])
    return "inline"


def _fills(trace: dict) -> list[str]:
    """Return the colour of each area of a scale of equal steps."""
    scale, values = trace["colorscale"], _list(trace["z"])
    low, high = trace.get("zmin", min(values, default=0)), trace.get("zmax", max(values, default=1))
    fills = []
    for value in values:
        place = (value - low) / (high - low) if high > low else 0
        fills.append(next((fill for edge, fill in reversed(scale) if edge <= place), scale[0][1]))
    return fills


def _texts(trace: dict) -> list[str]:
    for name in ("text", "hovertext", "customdata"):
        if name in trace and "%{" + name in (trace.get("hovertemplate") or "%{text}%{hovertext}"):
            texts = _list(trace[name])
            return [" ".join(map(str, text)) if isinstance(text, list) else str(text) for text in texts]
    return [""] * len(_list(trace.get("locations") or trace.get("x") or trace.get("lon") or []))


def _list(values: Any) -> list:
    """Return an array of a figure, which may be packed."""
    if isinstance(values, dict) and "bdata" in values:
        array = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
        if "shape" in values:
            array = array.reshape([int(length) for length in str(values["shape"]).split(",")])
        return array.tolist()
    return list(values) if isinstance(values, (list, tuple)) else [] if values is None else [values]


def _chart(traces: list[dict], layout: dict) -> dict[str, Any]:
    axes = {
        name: squeezed(_title(axis))
        for name, axis in layout.items()
        if name.startswith(("xaxis", "yaxis")) and isinstance(axis, dict) and _title(axis)
    }
    notes = [hover(note.get("text", "")) for note in layout.get("annotations", [])]
    series: dict[str, dict] = {}
    for trace in traces:
        kind = trace.get("type", "scatter")
        read = {"sankey": _flows, "heatmap": _cells}.get(kind, _points)
        columns, rows = read(trace)
        name = squeezed(trace.get("name") or "")
        # Traces that differ in colour alone are one series: which of its points stand out is told apart from them.
        key = json.dumps([kind, name, trace.get("mode", ""), columns])
        empty = {"type": kind, "name": name, "mode": trace.get("mode", ""), "columns": columns}
        made = series.setdefault(key, empty | {"rows": [], "styles": {}})
        made["rows"] += rows
        made["styles"].setdefault(_style(trace), []).extend(rows)
        template = trace.get("hovertemplate")
        if template and re.sub(r"%\{(text|customdata[^}]*|hovertext)\}", "", _bare(template)).strip():
            made["template"] = hover(_bare(template))
    return {"axes": axes, "notes": [note for note in notes if note], "series": [_told(one) for one in series.values()]}


def _told(series: dict) -> dict[str, Any]:
    styles = series.pop("styles")
    plain = max(styles, key=lambda style: len(styles[style]))
    marked = [{"style": style, "rows": rows} for style, rows in styles.items() if style != plain]
    kept = {name: value for name, value in series.items() if value not in ("", [], {})}
    kept["rows"] = sorted(series["rows"], key=json.dumps)
    return kept | ({"marked": marked} if marked else {})


def _bare(template: str) -> str:
    return template.replace("<extra></extra>", "")


def _title(axis: dict) -> str:
    title = axis.get("title") or ""
    return title.get("text", "") if isinstance(title, dict) else title


def _style(trace: dict) -> str:
    marker = trace.get("marker") or {}
    said = [marker.get(name) for name in ("symbol", "color", "size")]
    return " ".join(str(part) for part in said if isinstance(part, (str, int, float)))


def _points(trace: dict) -> tuple[list[str], list[list]]:
    columns = {name: [_short(value) for value in _list(trace[name])] for name in ("x", "y") if name in trace}
    words = trace.get("text") or trace.get("hovertext")
    if words is not None:
        columns["words"] = [hover(str(text)) for text in _list(words)]
    if trace.get("customdata") is not None:
        columns["data"] = [_short(value) for value in _list(trace["customdata"])]
    for name in ("error_x", "error_y"):
        error = trace.get(name) or {}
        for side in ("array", "arrayminus"):
            if side in error:
                columns[f"{name} {side}"] = [_short(value) for value in _list(error[side])]
    length = max(map(len, columns.values()), default=0)
    # One word for all points stands with the first.
    even = [values + [None] * (length - len(values)) for values in columns.values()]
    return list(columns), [list(row) for row in zip(*even, strict=True)]


def _cells(trace: dict) -> tuple[list[str], list[list]]:
    xs, ys = _list(trace["x"]), _list(trace["y"])
    rows = []
    for y, values, words in zip(ys, _list(trace["z"]), _list(trace.get("text") or trace["z"]), strict=True):
        rows += [[y, x, _short(value), word] for x, value, word in zip(xs, values, words, strict=True) if word]
    return ["row", "column", "value", "words"], rows


def _flows(trace: dict) -> tuple[list[str], list[list]]:
    node, link = trace["node"], trace["link"]
    labels = [hover(str(label)) for label in _list(node["label"])]
    rows = [
        [labels[source], labels[target], _short(value)]
        for source, target, value in zip(*(_list(link[name]) for name in ("source", "target", "value")), strict=True)
    ]
    for words, row in zip(_list(link.get("customdata") or link.get("label")), rows, strict=False):
        row.append(hover(" ".join(map(str, words)) if isinstance(words, list) else str(words)))
    return ["from", "to", "value", "words"], rows


def _short(value: Any) -> Any:
    if isinstance(value, list):
        return [_short(part) for part in value]
    if isinstance(value, float):
        return None if math.isnan(value) else int(value) if value.is_integer() else float(f"{value:.{_DIGITS}g}")
    return hover(value) if isinstance(value, str) else value
