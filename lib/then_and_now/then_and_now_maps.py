"""An STP of 2017 and what its residents belonged to in 2022, on two maps of the same ground."""

from dataclasses import dataclass
from functools import cache, lru_cache
from string import ascii_uppercase

import plotly.graph_objects as go

from geo import blocks, manifest, vintages
from geo.vintages import plain_name
from lib import fit, maps
from lib.text import listed
from lib.themes import Category

THEN, NOW = "stp17", "icb22"
_MARGIN = 0.08
_OUTLINE = {"width": 3, "color": "#231f20"}


@dataclass(frozen=True)
class Side:
    """One of the two maps: areas with colour and mark by code, the chosen one or its heir first."""

    layer: str
    areas: dict[str, Category]


@cache
def sides(code: str) -> tuple[Side, Side]:
    """Return both maps of an STP.

    Now: the ICBs that have residents of the STP, numbered, each in a colour
    of its own. Then: the STPs from which those ICBs have residents, lettered,
    each in the colour of the ICB that took most of it.
    """
    table = vintages.flows(THEN, NOW)
    own = table[table["a_code"] == code].sort_values("residents", ascending=False)
    now = {
        row.b_code: Category(row.b_code, row.b_name, *fit.PART_FILLS[n % len(fit.PART_FILLS)], str(n + 1))
        for n, row in enumerate(own.itertuples())
    }
    came = table[table["b_code"].isin(now)].sort_values("residents", ascending=False)
    order = [code, *(other for other in came["a_code"].unique() if other != code)]
    main = table[table["kind"] != "moved"].set_index("a_code")["b_code"]
    names = blocks.names(THEN)
    other = Category("", "", "#e3e8ec", "#231f20")
    then = {}
    for letter, area in zip(ascii_uppercase, order, strict=False):
        like = now.get(main[area], other)
        then[area] = Category(area, names[area], like.fill, like.ink, letter)
    return Side(THEN, then), Side(NOW, now)


@lru_cache(maxsize=128)
def draw(code: str, layer: str) -> go.Figure:
    """Draw one of the two maps of an STP, `THEN` or `NOW`; the STP of 2017 is outlined on both."""
    side = next(side for side in sides(code) if side.layer == layer)
    figure = go.Figure(layout={**maps.plain_layout(), "geo": _pane(code)})
    around = [area for area in maps.places(side.layer).index if area not in side.areas]
    _add(figure, side.layer, around, [maps.FADED] * len(around), {"width": 0.8, "color": maps.FADED_EDGE})
    _add(figure, side.layer, list(side.areas), list(side.areas.values()), {"width": 1.2, "color": maps.EDGE})
    figure.add_choropleth(
        geojson=manifest.static_url(f"map-{THEN}"),
        locations=[code],
        z=[0],
        colorscale=[[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]],
        showscale=False,
        hoverinfo="skip",
        marker={"line": _OUTLINE},
    )
    spots = maps.places(side.layer).loc[list(side.areas)]
    figure.add_scattergeo(
        lon=spots["lon"].tolist(),
        lat=spots["lat"].tolist(),
        mode="text",
        text=[f"<b>{area.mark}</b>" for area in side.areas.values()],
        textfont={
            "size": 14,
            "family": maps.FONT,
            "color": [area.ink for area in side.areas.values()],
            "shadow": "auto",
        },
        hoverinfo="skip",
        showlegend=False,
    )
    return figure


def _add(figure: go.Figure, layer: str, codes: list[str], categories: list[Category], line: dict) -> None:
    fills = list(dict.fromkeys(category.fill for category in categories))
    names = blocks.names(layer)
    figure.add_choropleth(
        geojson=manifest.static_url(f"map-{layer}"),
        locations=codes,
        z=[fills.index(category.fill) for category in categories],
        zmin=-0.5,
        zmax=len(fills) - 0.5,
        colorscale=maps.steps(fills),
        showscale=False,
        marker={"opacity": maps.UNSELECTED_OPACITY, "line": line},
        text=[f"{category.mark} {names[code]}".strip() for code, category in zip(codes, categories, strict=True)],
        hovertemplate="%{text}<extra></extra>",
    )


@cache
def _pane(code: str) -> dict:
    """Return the ground that both maps show: all areas of both sides."""
    boxes = [maps.places(side.layer).loc[list(side.areas)] for side in sides(code)]
    west, south = (min(box[edge].min() for box in boxes) for edge in ("west", "south"))
    east, north = (max(box[edge].max() for box in boxes) for edge in ("east", "north"))
    wide, high = (east - west) * _MARGIN, (north - south) * _MARGIN
    return {
        "visible": False,
        "projection_type": "mercator",
        "bgcolor": "rgba(0,0,0,0)",
        "lonaxis_range": [west - wide, east + wide],
        "lataxis_range": [south - high, north + high],
    }


def legend(side: Side) -> str:
    """Return in words what the letters or numbers of a map stand for."""
    return " · ".join(f"{area.mark} {plain_name(area.label)}" for area in side.areas.values())


def alt(code: str, side: Side) -> str:
    """Return one of the maps in words."""
    year, many = blocks.layer(side.layer).year, blocks.layer(side.layer).many
    areas = listed([f"{area.mark} {plain_name(area.label)}" for area in side.areas.values()])
    return f"Map of the {many} of {year} around {blocks.names(THEN)[code]}, which is outlined: {areas}."
