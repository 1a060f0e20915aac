"""Two things side by side on a page."""

from collections.abc import Mapping

import streamlit as st

from lib import table_widgets
from lib.footprint import compare
from lib.text import escaped


def comparison(rows_a: Mapping[str, str], rows_b: Mapping[str, str], name_a: str, name_b: str, file_name: str) -> None:
    """Show the facts of two things in one table, with a button that downloads it.

    Parameters
    ----------
    rows_a, rows_b, name_a, name_b
        As for `lib.footprint.compare.compared`.
    file_name : str
        Name of the download.
    """
    table = compare.compared(rows_a, rows_b, name_a, name_b)
    same = (table["Same"] == "yes").sum()
    st.caption(f"{same} of {len(table)} are the same; what differs stands in bold.")
    shown = table.drop(columns="Same").map(escaped)
    for name in shown.columns[1:]:
        shown[name] = shown[name].where(table["Same"] == "yes", "**" + shown[name] + "**")
    st.table(shown.rename(columns=escaped), hide_index=True, border="horizontal")
    table_widgets.download(table, file_name)
