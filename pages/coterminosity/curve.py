"""The number of split areas by tolerance, and how well two layers fit as a whole."""

from functools import partial
from typing import Any

from geo import blocks, coterminosity, kept
from lib import charts, fit, glossary
from lib.content.blocks import Chart, Fact, Facts
from lib.text import capital
from pages.coterminosity.view import CoterminosityView

TOLERANCES = tuple(n / 2 for n in range(41))
"""Per cent."""
_NAMED = (0.0, 1.0, 2.0, 5.0, 10.0, 20.0)
_HEIGHT = 260


@kept.within(1)
def counts(a: str, b: str, weight: str) -> dict[float, int]:
    """Return the number of split areas at each of `TOLERANCES`."""
    table = coterminosity.curve(a, b, weight, [tolerance / 100 for tolerance in TOLERANCES])
    return dict(zip(TOLERANCES, table["split"].tolist(), strict=True))


@kept.within(1)
def chart(view: CoterminosityView) -> Chart:
    """Return the threshold curve with the tolerance of the view marked."""
    many, at = fit.areas_word(view.a), counts(view.a, view.b, view.weight)
    numbers = ", ".join(f"{at[tolerance]} at {tolerance:g}%" for tolerance in _NAMED)
    return Chart(
        "curve",
        partial(_figure, view),
        f"Number of split {many} by tolerance: {numbers}.",
        _HEIGHT,
        caption=f"Split {many}: {numbers}.",
    )


@kept.within(2)
def _figure(view: CoterminosityView) -> dict[str, Any]:
    many, at = fit.areas_word(view.a), counts(view.a, view.b, view.weight)
    split = fit.split_count(view.a, view.b, view.weight, view.tolerance)
    line = {
        "type": "scatter",
        "x": list(at),
        "y": list(at.values()),
        "mode": "lines",
        "line": {"shape": "hv", "color": charts.ACCENT, "width": 2},
        "hovertemplate": f"%{{y}} {many} split, ignoring parts under %{{x}}%<extra></extra>",
    }
    here = {
        "type": "scatter",
        "x": [view.tolerance],
        "y": [split],
        "mode": "markers+text",
        "marker": {"size": 11, "color": charts.ACCENT},
        "text": [f"<b>{split}</b>"],
        "textposition": "top right",
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    top = max(max(at.values()) * 1.15, 1)
    axes = {
        "xaxis": {"title": {"text": "Tolerance: parts ignored, %"}, "range": [-0.3, 20.3], **charts.AXIS},
        "yaxis": {"title": {"text": f"Split {many}"}, "range": [0, top], **charts.AXIS},
    }
    return {"data": [line, here], "layout": charts.layout(_HEIGHT) | axes}


@kept.within(1)
def scores(view: CoterminosityView) -> Facts:
    """Return how well the two layers fit as a whole."""
    score = fit.scores(view.a, view.b, view.weight, view.tolerance)
    many_a, one_a, one_b = (
        fit.areas_word(view.a),
        fit.area_word(view.a),
        fit.area_word(view.b),
    )
    unit, hint = capital(blocks.WEIGHTS[view.weight]), glossary.link("v-measure")
    at = f"At {view.tolerance:g}% tolerance."
    measures = {
        "homogeneity": ("Homogeneity", score.homogeneity),
        "completeness": ("Completeness", score.completeness),
        "v_measure": ("V-measure", score.v_measure),
    }
    outside = Fact("outside", f"{unit} outside every {one_b}", score.outside, "share")
    same = f"{unit} whose {one_a} and {one_b} are the same area"
    return Facts(
        (
            Fact("split", f"{unit} in split {many_a}", score.split, "share", detail=at),
            Fact("same", same, score.same, "share", detail=at),
            *(Fact(key, label, value, "number", decimals=3, hint=hint) for key, (label, value) in measures.items()),
            *((outside,) if score.outside else ()),
        )
    )
