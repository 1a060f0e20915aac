"""The map of a reader's own numbers."""

from lib import themes
from lib.figures import sources
from lib.figures.maps import Map
from lib.figures.national import national
from lib.themes import Theme
from pages.your_numbers.reader.match import Matched

_SOURCE = "Values: a table of the reader's own, matched to areas of April 2017."


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
        source=sources.line(_SOURCE),
    )
