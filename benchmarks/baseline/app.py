"""The map of footprints as a Streamlit page usually draws it: the baseline that the app is measured against.

Outlines inside the figure, built anew on every run, default settings. It draws
the same outlines and colours with a filter, a panel and a table, and leaves out
what the app has besides (inset, stripes, labels), which favours it.
"""

import json
import sys
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from geo import boundaries, coverage  # noqa: E402
from lib import catalogue, tables  # noqa: E402

COLOURS = {"Outstanding": "#0b3f7f", "Advanced": "#2f7fc1", "Making progress": "#9cc3e6"}
COLOURS |= {"Needs most improvement": "#c1500b", catalogue.UNKNOWN_RATING: "#d5dbdf"}


def outlines(layer: str) -> dict:
    """Return the outlines of a layer as the chart library takes them: exteriors run clockwise."""
    frame = boundaries.layer(layer).set_index("code")
    frame["geometry"] = coverage.tidy(frame.geometry.to_numpy(), clockwise=True)
    return json.loads(frame[["geometry"]].to_json())


def figure(stps: pd.DataFrame) -> go.Figure:
    """Draw England with the outlines inside the figure."""
    drawn = go.Figure()
    drawn.add_choropleth(
        geojson=outlines("stp17"),
        locations=list(stps["ONS code"]),
        z=[list(COLOURS).index(rating) for rating in stps["Rating"]],
        zmin=0,
        zmax=len(COLOURS) - 1,
        colorscale=[[n / (len(COLOURS) - 1), colour] for n, colour in enumerate(COLOURS.values())],
        showscale=False,
        text=[f"<b>{row['STP']}</b><br>{row['Rating']}" for _, row in stps.iterrows()],
        hovertemplate="%{text}<extra></extra>",
    )
    drawn.update_geos(visible=False, projection_type="mercator", fitbounds="geojson")
    drawn.update_layout(margin={"l": 0, "r": 0, "t": 0, "b": 0}, height=760, dragmode="pan", clickmode="event+select")
    return drawn


st.set_page_config(page_title="Footprints, the usual way", layout="wide")
st.title("Who plans care where")
stps = tables.stp_values(list(catalogue.footprints()), "rating")
names = dict(zip(stps["ONS code"], stps["STP"], strict=True))
left, middle, right = st.columns(3)
boxed = left.selectbox("Footprint", list(names), format_func=names.get, index=None)
leads = middle.multiselect("Lead type", sorted(stps["Lead type"].unique()))
outlined = right.selectbox("Outlines", ["None", "CCGs", "Councils"])
shown = stps[stps["Lead type"].isin(leads)] if leads else stps

left, right = st.columns([58, 42])
with left:
    drawn = figure(shown)
    if outlined != "None":
        layer = outlines({"CCGs": "ccg17", "Councils": "council17"}[outlined])
        codes = [feature["id"] for feature in layer["features"]]
        drawn.add_choropleth(geojson=layer, locations=codes, z=[0] * len(codes), showscale=False, hoverinfo="skip")
    selection = st.plotly_chart(drawn, on_select="rerun", selection_mode="points", key="map")
points = selection["selection"]["points"]
chosen = points[-1].get("location") if points else boxed
with right:
    if chosen:
        row = stps[stps["ONS code"] == chosen].iloc[0]
        st.header(row["STP"])
        for column in stps.columns.drop("STP"):
            st.markdown(f"**{column}**: {row[column]}")
    else:
        st.header("Choose a footprint")
st.dataframe(shown, hide_index=True)
st.download_button("Download as CSV", shown.to_csv(index=False), "stps.csv")
