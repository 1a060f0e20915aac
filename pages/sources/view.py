"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass

from lib import provenance
from lib.parameters import holds, named


@dataclass(frozen=True)
class SourcesView:
    """Where the tables come from, and one of them opened."""

    table: str | None = holds(named(provenance.resolve, "the name of a table"), None)


def cited(view: SourcesView) -> str:
    """Return a view in words."""
    return provenance.tables()[view.table]["title"] if view.table else "Sources and downloads"
