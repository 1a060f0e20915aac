"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass

from lib import glossary, timeline
from lib.parameters import alone, holds, named, some_of


@dataclass(frozen=True)
class GlossaryView:
    """The glossary opened at a term, and the timeline; an empty filter lets every kind of event through."""

    term: str | None = holds(named(glossary.resolve, "a term of the glossary"), None)
    kind: tuple[str, ...] = holds(some_of(alone(timeline.KINDS)), ())


def cited(view: GlossaryView) -> str:
    """Return a view in words."""
    return glossary.TERMS[view.term].name if view.term else "Glossary and timeline"
