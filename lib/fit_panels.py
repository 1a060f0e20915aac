"""Pieces of the pages on fit: an area in detail, its parts, scores and the method."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from geo import blocks
from lib import alternatives, close_ups, fit, panels, widgets
from lib.kept import Kept
from lib.text import escaped
from lib.themes import Category

_figures = Kept(256)


def categories(parts: pd.DataFrame) -> dict[str, Category]:
    """Return colour and number of each part of an area, by the code of the part."""
    fills = fit.PART_FILLS
    return {
        code: Category(code, row["name"], *fills[n % len(fills)], str(n + 1))
        for n, (code, row) in enumerate(parts.iterrows())
    }


def close_up(
    a: str,
    b: str,
    code: str,
    parts: pd.DataFrame,
    points: pd.DataFrame | None = None,
    span: tuple[float, float] | None = None,
    key: bool = False,
) -> None:
    """Show an area in detail, coloured by the areas of layer b that its pieces belong to, see `lib.close_ups.close_up`.

    With `key` the numbers are explained below the map.
    """
    if widgets.part_shown() == "table":
        return
    drawn_from = (a, b, code, tuple(parts.index), points is not None, span)
    listed = "; ".join(f"{item.mark} {item.label}" for item in categories(parts).values())
    with st.container(key=f"close-up-of-{code}"):
        panels.close_up(
            _figures.get(drawn_from, lambda: _drawn(a, b, code, parts, points, span)),
            key=f"close-up-{a}-{b}-{code}",
            alt=alternatives.close_up(blocks.names(a)[code], parts, points),
        )
    if key:
        st.caption(escaped(listed.replace("; ", " · ")))


def _drawn(
    a: str, b: str, code: str, parts: pd.DataFrame, points: pd.DataFrame | None, span: tuple[float, float] | None
) -> go.Figure:
    pieces = blocks.pieces()
    inside = pieces[pieces[a] == code]
    by_part = categories(parts)
    owners = inside[b].fillna(fit.OUTSIDE)
    names = blocks.areas().set_index("code")["name"]
    words = {
        piece: f"<b>{by_part[owner].mark}. {by_part[owner].label}</b><br>{names[piece]}<br>{people:,} residents"
        for piece, owner, people in zip(inside.index, owners, inside["population"], strict=True)
    }
    fills = {piece: by_part[owner] for piece, owner in owners.items()}
    return close_ups.close_up(a, code, fills, words, points, span)
