"""Charts of a number by year: CCGs, and councils that are split."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd

from geo import kept
from lib import charts
from lib.content.blocks import Chart
from pages.then_and_now import fit, mergers

_HEIGHT = 240
# Symbol, colour and place of the number; the greater numbers second.
_LINES = (("circle", "#003087", "bottom center"), ("diamond", "#c1500b", "top center"))


@kept.once
def ccgs() -> Chart:
    """Return the number of CCGs in each year."""
    numbers = mergers.numbers()
    counts = ", ".join(f"{number} in {year}" for year, number in numbers.items())
    return Chart(
        "number-of-ccgs",
        partial(_lines, {"CCGs": numbers}, "CCGs"),
        f"Number of CCGs: {counts}.",
        _HEIGHT,
        caption="CCGs in April of each year.",
    )


@kept.once
def split_councils() -> Chart:
    """Return the number of split councils in each year: between STPs and their successors, and between CCGs."""
    split = fit.split_councils()
    counts = "; ".join(
        f"{name}: {', '.join(f'{number} in {year}' for year, number in values.items())}"
        for name, values in split.items()
    )
    return Chart(
        "split-by-vintage",
        partial(_lines, split, "split councils"),
        f"Councils of 2017 that are split. {counts}.",
        _HEIGHT,
        caption=f"Councils that are split, of {fit.councils()}. Diamonds and orange: between CCGs. Dots and blue: "
        "between STPs, in 2022 ICBs.",
    )


def _lines(series: Mapping[str, pd.Series], unit: str) -> dict[str, Any]:
    """Draw numbers by year, one line a series, each number written at its dot; `unit` is what is counted."""
    drawn = [_line(name, values, unit, *line) for (name, values), line in zip(series.items(), _LINES, strict=False)]
    years = sorted({year for values in series.values() for year in values.index})
    top = max(int(values.max()) for values in series.values()) * 1.25
    fixed = {"fixedrange": True, "zeroline": False}
    return {
        "data": drawn,
        "layout": charts.layout(_HEIGHT)
        | {
            "margin": {"l": 8, "r": 8, "t": 12, "b": 30},
            "dragmode": False,
            "xaxis": {"range": [years[0] - 0.4, years[-1] + 0.4], "tickvals": years, "showgrid": False, **fixed},
            "yaxis": {"range": [0, top], "visible": False, **fixed},
        },
    }


def _line(name: str, values: pd.Series, unit: str, symbol: str, colour: str, place: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": values.index.tolist(),
        "y": values.tolist(),
        "mode": "lines+markers+text",
        "line": {"color": colour, "width": 2},
        "marker": {"size": 9, "symbol": symbol, "color": colour},
        "text": [f"<b>{value:,}</b>" for value in values],
        "textposition": place,
        "textfont": {"color": colour, "size": 13},
        "hovertemplate": f"{name}<br>%{{y:,}} {unit} in %{{x}}<extra></extra>",
        "cliponaxis": False,
    }
