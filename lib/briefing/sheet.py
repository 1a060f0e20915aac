"""The maps of a briefing alone, with their key: SVG, and PNG at 300 dots an inch."""

from lib.briefing.content import Briefing
from lib.figures import png as pictures
from lib.figures import sheets
from lib.figures import svg as drawings
from lib.figures.sheets import Sheet


def sheet(briefing: Briefing) -> Sheet:
    """Lay out the maps of a briefing with title, key and attribution."""
    return sheets.printed(briefing.maps, briefing.title, f"{briefing.kind}. {briefing.link}")


def svg(briefing: Briefing) -> bytes:
    """Return the maps with their key as a standalone SVG."""
    return drawings.picture(sheet(briefing)).encode()


def png(briefing: Briefing) -> bytes:
    """Return the maps with their key as PNG."""
    return pictures.printed(sheet(briefing))
