"""The fact tables with their column dictionaries."""

from typing import Annotated

from fastapi import Path

from lib import provenance
from lib.hosts.api import models
from lib.hosts.api.routing import router, rows_of, unknown

tables = router()
_COLUMNS = {
    "Column": "name",
    "Meaning": "meaning",
    "Type": "type",
    "Unit": "unit",
    "Source": "source",
    "Speaks for": "speaks_for",
}


@tables.get("/facts", summary="All fact tables")
def names() -> models.FactTables:
    """Return which fact tables there are, with their licences."""
    return models.FactTables(
        [
            models.TableInfo(name, provenance.tables()[name]["title"], provenance.licences(provenance.tables()[name]))
            for name in provenance.facts()
            if name not in provenance.by_lsoa()
        ]
    )


@tables.get("/facts/{name}", summary="A fact table")
def facts(
    name: Annotated[str, Path(description="Of the table, see /facts.", examples=["stp_ratings"], max_length=60)],
) -> models.FactTable:
    """Return all rows of a fact table, and what its columns hold."""
    table = provenance.resolve(name)
    if table not in provenance.facts():
        raise unknown(f"There is no table {name!r}; there are {', '.join(provenance.facts())}.")
    if table in provenance.by_lsoa():
        raise unknown(f"{table} is too long for an answer: it is a file of its own, see /sources?table={table}.")
    item = provenance.tables()[table]
    columns = [
        models.ColumnInfo(**{name: str(row[column]) for column, name in _COLUMNS.items()})
        for row in rows_of(provenance.columns(table))
    ]
    return models.FactTable(
        table,
        item["title"],
        provenance.licences(item),
        provenance.origins(item),
        columns,
        rows_of(provenance.rows(table)),
    )
