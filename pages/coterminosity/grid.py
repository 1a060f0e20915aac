"""How the areas of one STP or region fit, pair by pair, as a grid."""

import math
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from geo import blocks, kept
from lib import catalogue, charts, fit, links
from lib.content.blocks import Chart, Column, Link, Links, Prose, Section, Table
from lib.text import capital, percent, slug
from pages.coterminosity.view import CoterminosityView

ELSEWHERE = "Elsewhere"
_ROUNDING = 1e-9
_MOST_LETTERS = 26


def places() -> dict[str, str]:
    """Return the NHS regions and STPs by what stands for them in a link."""
    return catalogue.REGIONS | {code: stp.name for code, stp in catalogue.footprints().items()}


def section(view: CoterminosityView) -> Section:
    """Return the grid of the chosen place; folded ways to those of the regions where none is chosen."""
    if not view.within:
        ways = links.filled(links.link(replace(view, within=links.CODE)), catalogue.REGIONS)
        regions = tuple(map(Link, catalogue.REGIONS.values(), ways))
        return Section("One place as a grid", (Links(regions, "NHS regions; an STP under More choices:"),), folded=True)
    many_a, many_b = fit.areas_word(view.a), fit.areas_word(view.b)
    caption = f"Shares of the {many_a} (rows) that lie in the {many_b} (columns)."
    asked = replace(view, tolerance=0.0, area=None, classes=())
    chart = _chart(asked)
    folded = Section("The grid as a table", (_table(view, matrix(asked)),), folded=True)
    return Section(f"{places()[view.within]} as a grid", (Prose(caption, "caption"), chart, folded), "grid")


@kept.within(2)
def matrix(view: CoterminosityView) -> pd.DataFrame:
    """Return the shares of areas of layer a in areas of layer b, for the chosen STP or NHS region.

    Returns
    -------
    DataFrame
        Shares of a, 0 to 1, by code: areas of a as rows and of b as columns,
        ordered by the STP that most of a column lies in and rows after
        their largest share, so that blocks show; what lies in none of the
        columns under `ELSEWHERE`, last. Missing where nothing is shared.
    """
    a, b, weight, within = view.a, view.b, view.weight, view.within
    table = blocks.units(blocks.unit([a, b]))
    stps = [code for code, region in catalogue.stp_table()["region"].items() if within in (code, region)]
    chosen = table[table["stp17"].isin(stps)]
    inside_a, inside_b = set(chosen[a].dropna()), set(chosen[b].dropna())
    pairs = fit.pairs(a, b, weight, 0.0)
    listed = zip(pairs["a_code"].tolist(), pairs["b_code"].tolist(), pairs["share_of_a"].tolist(), strict=True)
    shares = {(row, column): share for row, column, share in listed if row in inside_a and column in inside_b}
    home = _homes(a, b, weight)
    columns = sorted({column for _, column in shares}, key=lambda code: (home[code], code))
    place = {code: n for n, code in enumerate(columns)}
    best: dict[str, tuple[float, int]] = {}
    for (row, column), share in shares.items():
        best[row] = max(best.get(row, (-1.0, 0)), (share, -place[column]))
    rows = sorted(best, key=lambda code: (-best[code][1], -best[code][0], code))
    values = [[shares.get((row, column), math.nan) for column in columns] for row in rows]
    wide = pd.DataFrame(values, index=rows, columns=columns)
    elsewhere = 1 - wide.sum(axis="columns")
    if (elsewhere > _ROUNDING).any():
        wide[ELSEWHERE] = elsewhere.where(elsewhere > _ROUNDING)
    return wide


@kept.once
def _homes(a: str, b: str, weight: str) -> dict[str, int]:
    """Return the place among the STPs of the one that most of each area of layer b lies in."""
    table = blocks.units(blocks.unit([a, b]))
    order = {code: n for n, code in enumerate(catalogue.footprints())}
    return table.sort_values(weight).groupby(b)["stp17"].last().map(order).to_dict()


def _named(view: CoterminosityView, shares: pd.DataFrame) -> pd.DataFrame:
    rows, columns = fit.short_names(view.a), fit.short_names(view.b)
    named = shares.set_axis([rows.get(code, code) for code in shares.index])
    return named.set_axis([columns.get(code, code) for code in shares], axis="columns")


def description(view: CoterminosityView, shares: pd.DataFrame) -> str:
    """Return in words what a grid shows: its size, how many rows are whole, the most divided one."""
    largest = shares.max(axis="columns")
    many_a, many_b = fit.areas_word(view.a), fit.areas_word(view.b)
    whole = int((largest > 1 - _ROUNDING).sum())
    sentences = (
        f"Grid of {len(shares)} {many_a} by {shares.shape[1]} {many_b}. {whole} of {len(shares)} lie whole in one."
    )
    if whole < len(shares):
        least = largest.idxmin()
        sentences += f" The most divided is {least}, with {percent(largest[least])} in {shares.loc[least].idxmax()}."
    return f"{sentences} The table below lists all shares."


@kept.within(1)
def _chart(view: CoterminosityView) -> Chart:
    draw = partial(_figure, view)
    return Chart("grid", draw, description(view, _named(view, matrix(view))), draw()["layout"]["height"])


@kept.within(4)
def _figure(view: CoterminosityView) -> dict[str, Any]:
    """Draw shares as cells with their numbers; names longer than the axis has room for are cut there."""
    shares = _named(view, matrix(view))
    values = shares.to_numpy().tolist()
    text = [["" if pd.isna(share) else f"{share:.0%}" if share >= 0.005 else "<1%" for share in row] for row in values]
    columns, rows = _cut(shares.columns), _cut(shares.index)
    longest = max((len(name) for name in columns), default=0)
    cells = {
        "type": "heatmap",
        "z": [[None if pd.isna(share) else share for share in row] for row in values],
        "x": columns,
        "y": rows,
        "text": text,
        "customdata": [
            [f"{words} of {name}<br>in {column}" for words, column in zip(row, shares, strict=True)]
            for name, row in zip(shares.index, text, strict=True)
        ],
        "texttemplate": "%{text}",
        "textfont": {"size": 11},
        "zmin": 0,
        "zmax": 1,
        "colorscale": [[0, "#eaf3fb"], [1, "#0b3f7f"]],
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hoverongaps": False,
        "hovertemplate": "%{customdata}<extra></extra>",
    }
    axis = {"showgrid": False, "tickfont": {"size": 12}}
    layout = charts.layout(60 + 5 * longest + 28 * len(shares)) | {
        # Names at the top slant to the right: the library's own margin cuts the long ones.
        "margin": {"l": 50, "t": 40 + 5 * longest, "r": 5 * longest, "b": 16},
        # Cells keep a width at which they can be read.
        "width": 320 + 56 * shares.shape[1],
        "xaxis": {"side": "top", "tickangle": -40, **axis},
        "yaxis": {"autorange": "reversed", "automargin": True, **axis},
    }
    return {"data": [cells], "layout": layout}


def _cut(names: pd.Index) -> list[str]:
    """Return names short enough for an axis, each still different from the others."""
    cut: list[str] = []
    for name in names:
        short = name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1].rstrip()}…"
        cut.append(name if short in cut else short)
    return cut


def _table(view: CoterminosityView, shares: pd.DataFrame) -> Table:
    names = fit.short_names(view.b)
    columns = (
        Column("area", capital(fit.area_word(view.a))),
        *(Column(_key(code), names.get(code, code), "share") for code in shares),
        Column("code", "Code", "code", in_file_only=True),
    )
    rows = tuple(
        (fit.short_names(view.a)[code], *(None if pd.isna(share) else share for share in row), code)
        for code, row in zip(shares.index, shares.to_numpy().tolist(), strict=True)
    )
    ways = tuple(links.link(replace(view, area=code)) for code in shares.index)
    return Table("grid", "Shares", columns, rows, ways, tuple(shares.index), file_name="coterminosity-grid")


def _key(code: str) -> str:
    return slug(code).replace("-", "_")
