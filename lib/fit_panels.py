"""Pieces of the pages on fit: an area in detail, its parts, scores and the method."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from geo import blocks
from lib import alternatives, charts, close_ups, fit, glossary, panels, table_widgets, widgets
from lib.kept import Kept
from lib.text import capital, escaped, percent
from lib.themes import Category

_figures = Kept(256)
METHOD = """
Everything is counted in **LSOAs**, the 32,844 small areas of England of which every council, CCG and STP is made.
Two areas overlap by the residents (or other weight) of the LSOAs that they have in common. Outlines are never
intersected: where the boundaries of two layers are generalised each by itself, as they are often published, slivers
along them make councils look split that are not (measured in `benchmarks/README.md`, Overlap of two layers). The
outlines of this map are dissolved from one set of LSOAs, so that common borders are the same line.

**Tolerance** *t*: what may lie elsewhere before it counts. A pair of areas is *the same* if both shares are at least
1 − *t*; one is *inside* the other if its share is; a part is a *sliver* if it is less than *t* of both areas. An area
is *made of whole areas* if those that lie in it for at least 1 − *t* make up at least 1 − *t* of it; it is *split* if
nothing of this holds.

**V-measure** (Rosenberg and Hirschberg, 2007): the harmonic mean of *homogeneity* (1 if every area of the first layer
lies in a single area of the second) and *completeness* (1 if every area of the second lies in a single area of the
first), from conditional entropies. What lies outside a layer counts as one more area.

Memberships are those of April 2017 (ONS), residents those of mid-2017.
"""


def _unit(weight: str) -> str:
    return capital(blocks.WEIGHTS[weight])


def scores(a: str, b: str, weight: str, tolerance: float) -> None:
    """Show the whole-map scores of two layers."""
    found = fit.scores(a, b, weight, tolerance)
    many_a, one_a, one_b = blocks.layer(a).many, blocks.layer(a).one, blocks.layer(b).one
    unit = _unit(weight)
    rows = {
        f"{unit} in split {many_a}": percent(found.split),
        f"{unit} whose {one_a} and {one_b} are the same area": percent(found.same),
        "Homogeneity": f"{found.homogeneity:.3f}",
        "Completeness": f"{found.completeness:.3f}",
        "V-measure": f"{found.v_measure:.3f}",
    }
    if found.outside:
        rows[f"{unit} outside every {one_b}"] = percent(found.outside)
    st.table(
        pd.DataFrame({"Score": rows.keys(), f"At {tolerance:g}% tolerance": rows.values()}),
        hide_index=True,
        border="horizontal",
    )
    st.caption(
        f"{glossary.explained('v-measure')}: how well the two maps fit as a whole, from 0 to 1; 1 if they are the same."
    )


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


def parts_table(a: str, b: str, code: str, weight: str, tolerance: float) -> None:
    """Show the parts of an area with two-way shares, and whether each is a sliver."""
    parts = fit.parts(a, b, code, weight, tolerance)
    one_a, one_b = blocks.layer(a).one, blocks.layer(b).one
    table = pd.DataFrame(
        {
            "No.": [item.mark for item in categories(parts).values()],
            "Part": [
                escaped(row["name"]) + (" (sliver)" if row["kind"] == "sliver" else "") for _, row in parts.iterrows()
            ],
            _unit(weight): parts["weight"].to_numpy(),
            f"Of the {one_a}": parts["share_of_a"].to_numpy(),
            f"Of the {one_b}": parts["share_of_b"].to_numpy(),
        }
    )
    words = {
        _unit(weight): "{:,.0f}".format,
        f"Of the {one_a}": percent,
        f"Of the {one_b}": lambda share: percent(share) if share else "–",
    }
    if weight != "lsoas":
        table["LSOAs"] = parts["lsoas"].to_numpy()
    table_widgets.small_table(table, words)
    small = parts[(parts["kind"] != "main part") & (parts["sliver_from"] <= fit.MOST_TOLERANCE)]
    for _, part in small.iterrows():
        if part["kind"] == "real part":
            st.caption(f"{escaped(part['name'])} would be a sliver at any tolerance above {part['sliver_from']:.1f}%.")


def explanation(a: str, b: str, code: str, weight: str, tolerance: float) -> None:
    """Show why an area has its class: a sentence, the map of its parts, the parts and the LSOAs elsewhere."""
    st.header(blocks.names(a)[code])
    st.markdown(escaped(fit.sentence(a, b, code, weight, tolerance)))
    parts = fit.parts(a, b, code, weight, tolerance)
    close_up(a, b, code, parts)
    parts_table(a, b, code, weight, tolerance)
    elsewhere = fit.lsoas_elsewhere(a, b, code)
    if len(elsewhere):
        label = f"The {len(elsewhere):,} LSOAs outside its largest part"
        if inside := widgets.drawer(label, f"lsoas-{a}-{b}-{code}"):
            with inside:
                table_widgets.table_with_download(elsewhere, f"lsoas-{a}-{b}-{code}.csv")
    if inside := widgets.drawer("The pieces it is made of", f"pieces-{a}-{b}-{code}"):
        with inside:
            table_widgets.table_with_download(fit.pieces_table(a, b, code), f"pieces-{a}-{b}-{code}.csv")


def threshold_curve(a: str, b: str, weight: str, tolerance: float) -> None:
    """Show how many areas are split at each tolerance, the current one marked."""
    many = blocks.layer(a).many
    curve = fit.curve(a, b, weight)
    split = fit.split_count(a, b, weight, tolerance)
    st.markdown(f"**Split {many} by tolerance**")
    said = ", ".join(f"{row.split} at {row.tolerance:g}%" for row in curve.iloc[[0, 2, 4, 10, 20, 40]].itertuples())
    panels.chart(
        _figures.get((a, b, weight, tolerance), lambda: charts.threshold_curve(curve, tolerance, split, many)),
        key="threshold-curve",
        alt=f"Number of split {many} by tolerance: {said}.",
    )
    st.caption(f"Split {many}: {said}.")
