"""Pieces of the page on sources and downloads."""

from functools import partial

import pandas as pd
import streamlit as st

from geo import manifest
from lib import downloads, provenance, table_widgets, views, widgets
from lib.text import counted, escaped, source_markdown

_MOST_SHOWN = 200
_WHERE = (
    "[All tables](#all-tables) · [Downloads](#downloads) · [How sure we are](#how-sure-we-are) · "
    "[Conflicts and gaps](#known-conflicts-and-gaps) · [How the areas changed](#how-the-areas-changed) · "
    "[Method](#method) · [Add a rating or a lead](#add-a-rating-or-a-lead)"
)
METHOD = """
- **One idea.** England is 32,844 LSOAs. Every area is a group of them, so a population or a share is a sum over LSOAs;
  polygons are never cut for it.
- **Memberships** are those of the ONS lookups of April 2017, later ones as their year says. **Residents** are ONS
  mid-2017 estimates; **deprivation** is the Index of Multiple Deprivation 2015, averaged over residents.
- **Outlines** are dissolved from super-generalised LSOAs, cleaned and simplified as a whole, so that neighbours fit.
- **Ratings, leads and gaps** come row by row from the page that the row names. What no source states is not
  established: it is not guessed, averaged or filled.
- **Version.** It ends with a checksum over all files: as long as it stays the same, so do the numbers.
"""
CONTRIBUTE = """
Anyone can add a rating or a lead that they can source.

1. Edit `data/sources/stp_ratings.csv` (or `stp_leads.csv`): in the row of the area fill in the rating, set the
   evidence to `published`, and put the page that says so under `source`.
2. Run `python -m geo build`. It checks all tables and builds the files anew; the map then shows the area as published
   instead of not established.
3. Send the change together with the page that you took the fact from.

A row without a source is refused, and nothing is built:
"""
REFUSED = "stp_ratings.csv, row 2: a rating needs a source\ngeo build: nothing was written"


def contents() -> None:
    """Show what the page holds, as links to its sections."""
    st.markdown(_WHERE)


def table(name: str) -> None:
    """Show one table: where it comes from, its columns, its rows."""
    item = provenance.tables()[name]
    st.header(escaped(item["title"]), anchor="table")
    rows = provenance.count(name)
    origins = "; ".join(source_markdown(source["title"]) for source in item.get("sources", [])) or "this project"
    lines = [
        f"**Speaks for** {escaped(item['vintage'])}" if "vintage" in item else "",
        f"**Rows** {rows:,}" if rows is not None else "",
        f"**Source** {origins}",
        f"**Licence** {escaped(provenance.licences(item))}",
        f"**File** `data/{item['path']}`, {counted(item['bytes'], 'byte')}, `{item['hash'][:23]}…`",
    ]
    st.markdown("  \n".join(line for line in lines if line))
    for caveat in provenance.caveats():
        if caveat.table == name:
            st.markdown(f"**Known:** {escaped(caveat.says)}")
    grades = provenance.evidence()
    if name in grades.index:
        evidence(grades.loc[[name]].drop(columns="Fact"))
    if name == "stp_financial_gaps":
        conflicts()
    described = provenance.columns(name)
    # What all columns share stands above already.
    same = [column for column in ("Unit", "Source", "Speaks for") if described[column].nunique() == 1]
    described = described.drop(columns=same)
    if len(described):
        st.subheader("Columns")
        with st.container(key="columns"):
            st.table(described.map(escaped), hide_index=True, border="horizontal")
    if name in provenance.readable():
        st.subheader("Rows")
        content = provenance.rows(name)
        if len(content) > _MOST_SHOWN:
            st.caption(f"The first {_MOST_SHOWN} of {len(content):,}; the download has all.")
        st.dataframe(content.head(_MOST_SHOWN), hide_index=True, placeholder="–", height=320)


def all_tables(view: views.SourcesView) -> None:
    """Show all tables; selecting one opens it."""
    table_widgets.selectable_table(
        provenance.overview(),
        key=f"table-{view.table}",
        file_name="tables.csv",
        on_choice=lambda name: widgets.change(views.SourcesView, table=name),
    )


def evidence(counts: pd.DataFrame) -> None:
    """Show how many areas have a fact of which class of evidence."""
    shown = counts.assign(**{"What it means": counts["What it means"].map(escaped)})
    st.table(shown.reset_index(drop=True), hide_index=True, border="horizontal")


def conflicts() -> None:
    """Show the financial gaps for which another figure was found."""
    found = provenance.conflicts()
    found = found.assign(**{name: found[name].map(escaped) for name in ("STP", "Note")})
    table_widgets.small_table(found, {"Gap shown, GBP million": "{:,.0f}".format})


def caveats() -> None:
    """Show the known conflicts and gaps."""
    for item in provenance.caveats():
        st.markdown(f"- **{escaped(item.about)}.** {escaped(item.says)}")


def totals() -> None:
    """Show our counts beside the published ones."""
    table_widgets.small_table(provenance.totals(), {})


def changes() -> None:
    """Show how many areas there were from year to year."""
    log = provenance.changes()
    table_widgets.small_table(
        log, {name: lambda n: "–" if pd.isna(n) else f"{n:,}" for name in log.columns.drop("Year")}
    )


def take_away(view: views.SourcesView) -> None:
    """Offer every file for download; each is made when it is asked for."""
    version = manifest.read()["version"].partition("+")[2]
    all_of_it, table_column, areas_column = st.columns(3, gap="large")
    with all_of_it:
        st.subheader("Everything")
        st.markdown(
            "All tables, all outlines, the workbook, a dictionary of every column, licences and checksums. "
            "Making it takes some seconds."
        )
        _button("Download all (zip)", downloads.everything, f"footprints-{version}.zip", primary=True)
        st.markdown("The fact tables as an Excel workbook, with a sheet of notes.")
        _button("Download workbook (Excel)", downloads.workbook, downloads.WORKBOOK)
    with table_column:
        st.subheader("One table")
        names = provenance.readable()
        name = st.selectbox(
            "Table to download",
            names,
            index=names.index(view.table) if view.table in names else 0,
            format_func=lambda name: provenance.tables()[name]["title"],
            key=f"download-table-{view.table}",
        )
        _button("Download table (CSV)", partial(downloads.table_csv, name), f"{name}.csv")
    with areas_column:
        st.subheader("Outlines")
        layer = st.selectbox("Areas", downloads.AREA_SETS, format_func=downloads.layer_words, key="download-areas")
        words = provenance.outlines()
        detail = st.selectbox("Detail", list(words), format_func=words.get, key="download-detail")
        with st.container(horizontal=True):
            for form, label in downloads.FORMATS.items():
                content = partial(downloads.area_set, layer, detail, form)
                _button(f"Download {label}", content, downloads.area_set_name(layer, detail, form))
    st.caption(
        "Outlines are in longitude and latitude (WGS 84), with code and name. In tables, text that a spreadsheet "
        "would take for a formula has an apostrophe before it."
    )


def _button(label: str, content: object, name: str, primary: bool = False) -> None:
    st.download_button(
        label,
        content,
        name,
        downloads.MIME[name.rpartition(".")[2]],
        on_click="ignore",
        type="primary" if primary else "secondary",
        key=f"download-{name}-{label}",
    )
