"""The policy timeline: what happened when, of which kind, and by which source."""

from collections.abc import Collection
from dataclasses import dataclass
from textwrap import wrap

import pandas as pd
import plotly.graph_objects as go

from geo import kept, sources
from lib.charts import FONT
from lib.evidence import text
from lib.text import dated

KINDS = {
    "policy": "National policy",
    "footprints": "Footprints and boundaries",
    "leads": "Leaders",
    "plans": "Plans and money",
    "ratings": "Ratings and scrutiny",
    "systems": "Accountable care, devolution and successors",
}
"""Kinds of event by the word that stands in ``events.csv``; a row of the picture each."""
_MONTH, _YEAR = 7, 4
_LINE = "#768692"
_PLACES = (0.0, 0.21, -0.21, 0.42, -0.42)
# Pixels a row, and where events need the outer places.
_ROW, _HIGH_ROW = 80, 104
_MARGIN = pd.DateOffset(months=6)


@dataclass(frozen=True)
class Event:
    """Something that happened.

    Attributes
    ----------
    number : int
        Place in the order of time, from 1.
    date, when : str
        As the table has it; in words.
    start, end : Timestamp
        First and last day that the date can mean.
    kind : str
        A key of `KINDS`.
    event, source, note : str
        What happened; titles and addresses; a conflict or a doubt.
    """

    number: int
    date: str
    when: str
    start: pd.Timestamp
    end: pd.Timestamp
    kind: str
    event: str
    source: str
    note: str


@kept.once
def events() -> tuple[Event, ...]:
    """Return all events in the order of time; of the same day, in the order of the table."""
    rows = sources.read("events").sort_values("date", kind="stable")
    return tuple(
        Event(number, row.date, dated(row.date), *span(row.date), row.kind, row.event, row.source, text(row.note))
        for number, row in enumerate(rows.itertuples(), start=1)
    )


def span(date: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day that a date can mean: a year, a month or a day."""
    start = pd.Timestamp(date)
    length = {_YEAR: pd.DateOffset(years=1), _MONTH: pd.DateOffset(months=1)}.get(len(date), pd.DateOffset(days=1))
    return start, start + length - pd.DateOffset(days=1)


def passing(kinds: Collection[str]) -> list[Event]:
    """Return the events of the chosen kinds; all of them if none is chosen."""
    return [event for event in events() if not kinds or event.kind in kinds]


def table(events: Collection[Event]) -> pd.DataFrame:
    """Return events for reading and download."""
    rows = [
        (event.number, event.when, KINDS[event.kind], event.event, event.note or None, event.source, event.date)
        for event in events
    ]
    return pd.DataFrame(rows, columns=["Number", "Date", "Kind", "Event", "Conflict or note", "Source", "ISO date"])


def heights(events: Collection[Event], closest: int = 115) -> list[float]:
    """Return how far each event stands above or below the middle of its row, so that near ones do not overlap.

    Parameters
    ----------
    events : collection of Event
        In the order of time.
    closest : int
        Days between two events of a row that need no room.
    """
    placed: dict[str, list[tuple[pd.Timestamp, float]]] = {}
    offsets = []
    for event in events:
        before = placed.setdefault(event.kind, [])
        near = [place for start, place in before[-len(_PLACES) + 1 :] if (event.start - start).days < closest]
        offsets.append(next(place for place in _PLACES if place not in near))
        before.append((event.start, offsets[-1]))
    return offsets


def figure(selection: tuple[Event, ...]) -> go.Figure:
    """Draw events, in the order of time, in a row for each kind, numbered as in the table."""
    kinds = [kind for kind in KINDS if any(event.kind == kind for event in selection)]
    place = {kind: len(kinds) - n for n, kind in enumerate(kinds)}
    places = heights(selection)
    row = _HIGH_ROW if max(map(abs, places)) > _PLACES[1] else _ROW
    drawn = go.Figure(
        layout={
            "height": 60 + row * len(kinds),
            "template": {},
            "margin": {"l": 0, "r": 12, "t": 8, "b": 30},
            "font": {"family": FONT, "size": 13, "color": "#212b32"},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "#ffffff",
            "showlegend": False,
            "dragmode": False,
            # Pixels: with less, the numbers of near events would lie on each other.
            "meta": {"least": 960},
        }
    )
    axis = {"gridcolor": "#d8dde0", "zeroline": False, "linecolor": _LINE, "fixedrange": True}
    drawn.add_scatter(
        x=[event.start + (event.end - event.start) / 2 for event in selection],
        y=[place[event.kind] + up for event, up in zip(selection, places, strict=True)],
        mode="markers+text",
        marker={"size": 21, "color": "#005eb8", "line": {"color": "#ffffff", "width": 1}},
        text=[str(event.number) for event in selection],
        textfont={"color": "#ffffff", "size": 12},
        customdata=[(event.when, "<br>".join(wrap(event.event, 60))) for event in selection],
        hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
        cliponaxis=False,
    )
    ends = [events()[0].start - _MARGIN, max(event.end for event in events()) + _MARGIN]
    drawn.update_xaxes(range=ends, dtick="M12", tickformat="%Y", ticks="outside", **axis)
    drawn.update_yaxes(
        tickvals=list(place.values()),
        ticktext=["<br>".join(wrap(KINDS[kind], 22)) for kind in kinds],
        range=[0.4, len(kinds) + 0.6],
        automargin=True,
        **axis,
    )
    return drawn
