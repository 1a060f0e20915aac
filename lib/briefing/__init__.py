"""One-page briefings on an STP, a council, an ACS area or two STPs: PDF, HTML, and the map alone as SVG and PNG."""

from collections.abc import Callable

from geo import kept
from lib.briefing import html, sheet
from lib.briefing.assemble import build, file_name
from lib.briefing.content import Briefing
from lib.briefing.view import BriefingView

__all__ = ["FORMATS", "Briefing", "build", "file_name", "made"]


def _pdf(briefing: Briefing) -> bytes:
    # Few ask for one; who starts the server need not wait for what writes it.
    from lib.briefing import pdf

    return pdf.render(briefing)


FORMATS: dict[str, tuple[str, Callable[[Briefing], bytes]]] = {
    "pdf": ("application/pdf", _pdf),
    "html": ("text/html", html.render),
    "svg": ("image/svg+xml", sheet.svg),
    "png": ("image/png", sheet.png),
}
"""Media type and maker, by the ending of the file's name."""


@kept.within(6)
def made(view: BriefingView, form: str, address: str = "") -> bytes:
    """Return a briefing as a file.

    Parameters
    ----------
    view : BriefingView
        What the briefing is on.
    form : str
        A key of `FORMATS`.
    address : str
        Where the app is reached; empty where that is not known.
    """
    return FORMATS[form][1](build(view, address))
