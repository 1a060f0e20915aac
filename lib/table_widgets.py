"""Tables: short ones, those that scroll, those whose rows choose an area; each with its file."""

import weakref
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from lib import tables

# What the browser gets of a table that many ask for: kept as long as the table itself.
_sent: dict[tuple[int, frozenset], tuple[weakref.ref, pa.Table, dict[str, Any]]] = {}


def small_table(table: pd.DataFrame, words: Mapping[str, Callable[[Any], str]]) -> None:
    """Show a short table without scroll bars, numbers to the right.

    Parameters
    ----------
    table : DataFrame
        Text that is not the project's own must be escaped.
    words : mapping
        How to write the numbers, by column.
    """
    written = [
        [words[name](value) if name in words else str(value) for value in table[name].tolist()] for name in table
    ]
    _small_table(table, words, [list(table.columns), *written])


@st.cache_data(show_spinner=False, max_entries=500)
def _small_table(_table: pd.DataFrame, _words: Mapping[str, Callable[[Any], str]], written: list[list[str]]) -> None:
    """Show a table, known by what is written in it: to style one takes longer than most pages."""
    st.table(_table.style.format(_words), hide_index=True, border="horizontal")


# A table with more rows scrolls.
_ROWS_IN_SIGHT = 10
NUMBER_FORMATS = {"localized": ("residents", "Population", "Outside partner"), "%.1f": (", %", "Deprivation")}


def _columns(table: pd.DataFrame, formats: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return how the columns of a table are shown: as `formats` says, otherwise by what their heads say."""
    config: dict[str, Any] = {table.columns[0]: st.column_config.TextColumn(pinned=True, width=180)}
    for column in table.select_dtypes("number"):
        form = next((form for form, ends in NUMBER_FORMATS.items() if any(end in column for end in ends)), None)
        form = (formats or {}).get(column, form)
        if table[column].dtype == "float64":
            config[column] = st.column_config.NumberColumn(format=form or "%.0f")
        else:
            config[column] = st.column_config.NumberColumn(format="localized")
    return config


def _shown(table: pd.DataFrame, leave_out: Collection[str] = ()) -> tuple[pa.Table, dict[str, Any]]:
    key = id(table), frozenset(leave_out)
    of, *shown = _sent.get(key, (lambda: None,))
    if of() is not table:
        on_screen = table.drop(columns=[name for name in leave_out if name in table])
        shown = [tables.sent(on_screen), _columns(on_screen)]
        _sent[key] = weakref.ref(table, lambda _: _sent.pop(key, None)), *shown
    return tuple(shown)


def table_with_download(table: pd.DataFrame, file_name: str, in_file_only: Collection[str] = ()) -> None:
    """Show a table with a button that downloads it as CSV, some columns in the file only."""
    with _grid(table, file_name):
        shown, columns = _shown(table, in_file_only)
        st.dataframe(shown, hide_index=True, placeholder="–", column_config=columns)
    download(table, file_name, _label(table, in_file_only))


def _grid(table: pd.DataFrame, name: str) -> AbstractContextManager:
    """Return the place of a table that scrolls; a printer would cut a long one off without a word."""
    if len(table) <= _ROWS_IN_SIGHT:
        return nullcontext()
    with st.container(key=f"only-on-paper-{name}"):
        st.caption(f"The table has {len(table)} rows: see the page, or download it there.")
    return st.container(key=f"not-on-paper-{name}")


def _label(table: pd.DataFrame, in_file_only: Collection[str]) -> str:
    return f"Download as CSV, all {table.shape[1]} columns" if in_file_only else "Download as CSV"


def download(table: pd.DataFrame, file_name: str, label: str = "Download as CSV", decimals: int | None = 4) -> None:
    """Show a button that downloads a table as CSV, which is made when it is asked for; see `lib.tables.csv`."""
    csv_button(label, partial(tables.csv, table, decimals), file_name)


def csv_button(label: str, made: bytes | Callable[[], bytes], file_name: str) -> None:
    """Show a button that downloads what `lib.tables.csv` made, or makes once it is asked for."""
    st.download_button(label, made, file_name, "text/csv", on_click="ignore", key=f"download-{file_name}")


def selectable_table(
    table: pd.DataFrame,
    key: str,
    file_name: str,
    on_choice: Callable[[str], None],
    formats: Mapping[str, str] | None = None,
    in_file_only: Collection[str] = (),
) -> None:
    """Show a table in which selecting a row chooses the area that indexes it, and a button that downloads it.

    `formats` says by column how to write numbers that their heads say nothing of, `in_file_only` which columns
    only the file has.
    """
    if formats:
        # Numbers of a reader's own keep their digits.
        shown, columns = table.reset_index(drop=True), _columns(table, formats)
    else:
        shown, columns = _shown(table, in_file_only)

    def selected() -> None:
        rows = st.session_state[key]["selection"]["rows"]
        if rows and rows[0] in range(len(table)):
            on_choice(table.index[rows[0]])

    with _grid(table, file_name):
        st.dataframe(
            shown,
            hide_index=True,
            key=key,
            on_select=selected,
            selection_mode="single-row",
            placeholder="–",
            column_config=columns,
        )
    download(table, file_name, _label(table, in_file_only), None if formats else 4)
