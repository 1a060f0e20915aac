"""Published totals beside ours, with the reason for the difference."""

from lib import measures
from lib.content.blocks import Block, Column, Section, Table


def published(measure: str) -> tuple[Block, ...]:
    """Return the published totals of a measure of the map beside ours; nothing where none were published."""
    found = measures.reconciliation(measure)
    if found is None:
        return ()
    columns = (
        Column("class", measures.MEASURES[measure].title),
        Column("published", "National total", "count"),
        Column("here", "Here", note="Counted from the facts of this site."),
    )
    title = "National totals and ours"
    table = Table("published-totals", title, columns, found.rows, caption=found.reason)
    return (Section(title, (table,), "totals"),)
