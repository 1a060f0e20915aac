"""The map of a reader's own numbers."""

from lib import themes
from lib.figures import sources
from lib.figures.maps import Map
from lib.figures.national import national
from lib.own_numbers import row_kinds
from lib.own_numbers.keys import LAYERS
from lib.themes import Theme
from pages.your_numbers.reader.matched import Matched


def england(found: Matched, theme: Theme, chosen: str | None = None, link: str = "", clear: str = "") -> Map:
    """Return the map of a reader's values; its title is what the reader calls them.

    Parameters
    ----------
    found : Matched
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
        title=found.title,
        chosen=chosen,
        link=link,
        clear=clear,
        source=sources.line(_source(found)),
    )


def _source(found: Matched) -> str:
    """Say where the values come from, and how exact they are."""
    if found.added is not None:
        return " ".join(("Values: a table of the reader's own.", found.added.grade, *found.notes))
    of = "areas of April 2017" if found.layer in LAYERS else row_kinds.many(found.layer)
    return " ".join((f"Values: a table of the reader's own, matched to {of}.", *found.notes))
