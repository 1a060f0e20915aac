"""The map of a reader's own numbers."""

from lib import themes
from lib.figures import sources
from lib.figures.maps import Map
from lib.figures.national import national
from lib.own_numbers import row_kinds
from lib.own_numbers.keys import LAYERS
from lib.themes import Theme
from pages.your_numbers.reader.matched import Matched


def england(matched: Matched, theme: Theme, chosen: str | None = None, link: str = "", clear: str = "") -> Map:
    """Return the map of a reader's values; its title is what the reader calls them.

    Parameters
    ----------
    matched : Matched
        The values.
    theme : Theme
        Their classes, see `show.theme`.
    chosen, link, clear
        As for `lib.figures.national.national`.
    """
    return national(
        theme,
        theme.keys,
        themes.described(theme, theme.keys),
        title=matched.title,
        chosen=chosen,
        link=link,
        clear=clear,
        source=sources.line(_source(matched)),
    )


def _source(matched: Matched) -> str:
    """Say where the values come from, and how exact they are."""
    if matched.added is not None:
        return " ".join(("Values: a table of the reader's own.", matched.added.grade, *matched.notes))
    of = "areas of April 2017" if matched.layer in LAYERS else row_kinds.many(matched.layer)
    return " ".join((f"Values: a table of the reader's own, matched to {of}.", *matched.notes))
