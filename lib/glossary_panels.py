"""Pieces of the page with glossary and timeline."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from lib import links, table_widgets, timeline, views
from lib.glossary import Term
from lib.text import escaped, source_markdown
from lib.timeline import Event

METHOD = """
The words are this project's own; none is quoted. Where a definition is ours and not a retelling of the sources, it
says so. A source without a link is named as it is named in our tables.

The timeline is the table `data/sources/events.csv`: every row has its source, and a date is as exact as the source.
The kind of an event is ours, for finding things. Where sources disagree, the note says so.
"""


def term(shown: Term, level: int) -> None:
    """Show a term with its sources and its link, under a heading of a level from 2 to 4."""
    st.markdown(f"{'#' * level} {escaped(shown.name)}")
    st.markdown(escaped(shown.text))
    read_on = [f"[{escaped(title)}](<{url}>)" if url else escaped(title) for title, url in shown.sources]
    origin = "The definition is ours. " if shown.ours else ""
    address = links.link(views.GlossaryView(shown.key)).removeprefix("/")
    st.caption(f"{origin}Read on: {'; '.join(read_on)} · [Link to this term](<{address}>)")


def timeline_table(shown: Sequence[Event]) -> None:
    """Show events with their conflicts and sources, and a button that downloads them."""
    rows = [
        (
            str(event.number),
            escaped(event.when),
            escaped(event.event) + (f". **Note**: {escaped(event.note)}." if event.note else ""),
            timeline.KINDS[event.kind],
            source_markdown(event.source),
        )
        for event in shown
    ]
    st.table(
        pd.DataFrame(rows, columns=["No.", "Date", "Event", "Kind", "Source"]), hide_index=True, border="horizontal"
    )
    table_widgets.download(timeline.table(shown), "timeline.csv")
