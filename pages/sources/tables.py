"""The tables of the page on sources: what there is, one table opened, and counts of what is sure."""

import pandas as pd

from lib import links, provenance
from lib.content import frames
from lib.content.blocks import Block, Cell, Column, Inline, Link, Links, Listing, Prose, Section, Strong, Table, Words
from lib.hosts import library
from lib.text import counted, source_parts
from pages.sources.view import SourcesView

MOST_ROWS, BEGINNING = 400, 200
"""Rows of an opened table that is shown whole, and those of a longer one that are shown."""

_OVERVIEW = (
    Column("table", "Table", note="What it holds."),
    Column("vintage", "Speaks for", note="Date or years that its values speak for."),
    Column("rows", "Rows", "count"),
    Column("licence", "Licence"),
    Column("source", "Source", note="Titles of what it was made from."),
    Column("file", "File", "code", note="In the archive with everything."),
)
_COLUMNS = {
    "Column": Column("column", "Column", "code"),
    "Meaning": Column("meaning", "Meaning"),
    "Type": Column("type", "Type", note="As in a Frictionless table schema."),
    "Unit": Column("unit", "Unit"),
    "Source": Column("source", "Source"),
    "Speaks for": Column("vintage", "Speaks for"),
    "Rows with a value": Column("rows_with_a_value", "Rows with a value"),
}
_EVIDENCE = (
    Column("fact", "Fact"),
    Column("evidence", "Evidence", note="Class of evidence."),
    Column("areas", "Areas", "count", note="STPs whose fact is of the class."),
    Column("meaning", "What it means"),
)
_TOTALS = (
    Column("fact", "Fact"),
    Column("class", "Class"),
    Column("in_these_tables", "In these tables", "count", note="STPs."),
    Column("published", "Published", "count", note="STPs, as Public Finance, LGC and NHS Providers print."),
)
_CONFLICTS = (
    Column("stp", "STP"),
    Column("gap_shown", "Gap shown, GBP million", "money", "gbp_million"),
    Column("note", "Note", note="What else was printed, and where."),
)
_CHANGES = (
    Column("year", "Year", "date"),
    Column("stps_or_icbs", "STPs or ICBs", "count"),
    Column("ccgs", "CCGs", "count"),
    Column("ccgs_ended", "CCGs that ended", "count", note="On 1 April."),
    Column("ccgs_new", "CCGs that replaced them", "count", note="On 1 April."),
    Column(
        "residents_recoded",
        "Residents whose STP has a new code",
        "count",
        note="Against the year before; residents of mid-2017.",
    ),
)


def overview(view: SourcesView) -> Table:
    """Return all tables, each with a link that opens it."""
    known = provenance.overview()
    ways = tuple(links.link(SourcesView(name)) for name in known.index)
    return Table(
        "tables",
        "Tables",
        _OVERVIEW,
        frames.rows(known),
        ways,
        tuple(known.index),
        chosen=frozenset({view.table} if view.table else ()),
    )


def evidence(name: str = "") -> Table:
    """Return how many areas have a fact of which class of evidence, of one table or of all."""
    counts = provenance.evidence()
    if not name:
        return Table("evidence", "Classes of evidence", _EVIDENCE, frames.rows(counts))
    one = counts.loc[[name]].drop(columns="Fact")
    return Table("evidence_of_table", "Classes of evidence in it", _EVIDENCE[1:], frames.rows(one))


def totals() -> Table:
    """Return our counts beside the published ones."""
    return Table("totals", "Counts beside those published", _TOTALS, frames.rows(provenance.totals()))


def conflicts(key: str = "conflicts") -> Table:
    """Return the financial gaps for which another figure was found."""
    gaps = frames.rows(provenance.conflicts())
    rows = tuple((stp, _whole(gap), note) for stp, gap, note in gaps)
    return Table(key, "Gaps with another figure", _CONFLICTS, rows)


def _whole(cell: Cell) -> Cell:
    return int(cell) if isinstance(cell, int | float) and cell % 1 == 0 else cell


def changes() -> Table:
    """Return how many areas there were from year to year."""
    return Table("changes", "Areas from year to year", _CHANGES, frames.rows(provenance.changes()))


def opened(name: str) -> tuple[Block, ...]:
    """Return a table: where it comes from, its columns, its rows."""
    item = provenance.tables()[name]
    count = provenance.count(name)
    known = [
        ("Speaks for", item.get("vintage", "")),
        ("Rows", f"{count:,}" if count is not None else ""),
        ("Source", _origins(item)),
        ("Licence", provenance.licences(item)),
        ("File", f"data/{item['path']}, {counted(item['bytes'], 'byte')}, {item['hash'][:23]}…"),
    ]
    lines: list[Words] = [(Strong(label), " ", *_parts(words)) for label, words in known if words]
    lines += [(Strong("Known:"), f" {caveat.says}") for caveat in provenance.caveats() if caveat.table == name]
    blocks: list[Block] = [Listing(tuple(lines))]
    if name in provenance.evidence().index:
        blocks.append(evidence(name))
    if name == "stp_financial_gaps":
        blocks.append(conflicts("conflicts_of_table"))
    described = provenance.columns(name)
    # What all columns share stands above already.
    same = [column for column in ("Unit", "Source", "Speaks for") if described[column].nunique() == 1]
    described = described.drop(columns=same)
    if len(described):
        columns = tuple(_COLUMNS[column] for column in described)
        blocks.append(Section("Columns", (Table("columns", "Columns of the table", columns, frames.rows(described)),)))
    if name in provenance.readable():
        blocks.append(Section("Rows", _rows(name)))
    return tuple(blocks)


def _parts(words: Words) -> tuple[Inline, ...]:
    return words if isinstance(words, tuple) else (words,)


def _origins(item: dict) -> tuple[Inline, ...]:
    """Return the sources of a table, those with an address as links."""
    parts: list[Inline] = []
    for source in item.get("sources", []):
        for text, address in source_parts(source["title"]):
            parts += ["; "] if parts else []
            parts.append(Link(text, address) if address else text)
    return tuple(parts) or ("this project",)


def _rows(name: str) -> tuple[Block, ...]:
    content = provenance.rows(name)
    visible_rows = content if len(content) <= MOST_ROWS else content.head(BEGINNING)
    columns = tuple(
        Column(key, key, "number" if _numeric(visible_rows, key) else "text", decimals=-1) for key in visible_rows
    )
    table = Table("rows", f"Rows of {name}", columns, frames.rows(visible_rows), file_name=f"{name}-beginning")
    way = Links((Link(f"Download all {len(content):,} rows (CSV)", library.address(f"{name}.csv")),))
    if len(visible_rows) == len(content):
        return table, way
    return Prose(f"The first {BEGINNING} of {len(content):,}; the download has all.", "caption"), way, table


def _numeric(table: pd.DataFrame, column: str) -> bool:
    return table[column].dtype.kind in "if" and not column.endswith("cd")
