"""A document as a page that stands by itself: maps as pictures, choices as a form, everything else as links."""

import datetime
from collections.abc import Iterable, Iterator
from functools import partial
from html import escape
from typing import Any
from urllib.parse import urlsplit

from geo import manifest
from lib import links
from lib.browser import assets
from lib.content import html, markup
from lib.content.blocks import Block, Chart, Link, MapFigure, Notices, Prose
from lib.content.document import Document
from lib.content.markup import attributes
from lib.content.page import Page
from lib.figures import drawing, svg
from lib.hosts import choosing, takeaway

FRAME = 640.0, 652.0
"""Width and height of a map, in units that follow the width of the page."""
_SMALL = 480.0, 489.0


def sheets(*own: str, document: Document | None = None) -> str:
    """Return the style sheets of a document and those of its host as elements; a page without a map needs no map's."""
    mapped = document is not None and any(document.all_of(MapFigure))
    names = ("document.css", *(("map.css",) if mapped else ()), *own)
    return "".join(f"<link{attributes(rel='stylesheet', href=assets.url(name))}>" for name in names)


def content(page: Page, view: Any, document: Document, part: str) -> Iterator[str]:
    """Yield title, answer, notices, ways to take the view along, choices and a part's blocks, as on the live page.

    In parts, which are long and need be put together only once.
    """
    link = links.link(view)
    yield f"<div class=fp-head><div class=fp-document>{opening(document)}</div>{_sharing(page, view, document)}</div>"
    yield f"{choosing.form(page, view)}{_session(page)}<div class=fp-document>"
    shown = (*document.part(part).blocks, *takeaway.closing(link))
    yield from blocks(shown, lambda fact: takeaway.report(link, fact.label))
    yield "</div>"


def _session(page: Page) -> str:
    if not page.session_height:
        return ""
    words = "<noscript>More can be done here with scripts.</noscript>"
    wide, narrow = page.session_height
    return f"<div class=fp-session{attributes(style=f'--fp-wide:{wide:d}px;--fp-narrow:{narrow:d}px')}>{words}</div>"


def opening(document: Document) -> str:
    """Return title, answer and notices."""
    answer = (Prose(document.lead, "lead"),) if document.lead else ()
    notices = (Notices(document.notices),) if document.notices else ()
    return f"<div>{markup.heading(document.title)}{html.rendered((*answer, *notices))}</div>"


def blocks(items: Iterable[Block], report: html.Report = lambda _: "", *, small: bool = False) -> Iterator[str]:
    """Yield blocks, each in an element of its own as the live page has it, with maps as pictures.

    Parameters
    ----------
    items : iterable of Block
        What is to be shown.
    report
        As in `lib.content.html.rendered`.
    small : bool
        Whether maps are shown in little room.
    """
    frame = partial(_frame, _SMALL if small else FRAME)
    for item in items:
        yield f"<div>{html.rendered((item,), frame=frame, report=report, labelled=True)}</div>"


def _frame(size: tuple[float, float], figure: MapFigure | Chart) -> str:
    if isinstance(figure, Chart):
        return ""
    # Pictures keep their shape in any frame.
    return svg.element(
        figure.map,
        *size,
        links=True,
        prefix=f"still-{figure.key}",
        attributes='class="fp-picture" width="100%"',
        # Maps are half of a page's bytes.
        grid=drawing.COARSE,
    )


def citation(page: Page, view: Any, address: str) -> str:
    """Return a citation of a view that is seen today, with the address where it is to be found."""
    today = datetime.datetime.now(datetime.UTC).date()
    return takeaway.citation(page.cited(view), manifest.read()["version"], today, page.memberships).format(link=address)


def _sharing(page: Page, view: Any, document: Document) -> str:
    link = links.link(view)
    # In a file of its own a link needs nothing before it: the browser knows where the page came from.
    listed = takeaway.files(page, view, document)
    files = "".join(f"<li>{html.inline(Link(file.words, file.address))}</li>" for file in listed)
    paper = next((file.address for file in listed if urlsplit(file.address).path.endswith(".pdf")), None)
    printed = html.inline(Link("Print", paper)) if paper else ""
    reference = escape(citation(page, view, link))
    return (
        f"<div class=fp-sharing><div class=fp-share><a{attributes(href=link)}>Link to this view</a>"
        f"{printed}<details><summary>Cite or embed</summary><div class=fp-panel><p>{reference}</p></div></details>"
        f"<details><summary>Download</summary><div class=fp-panel><ul class=fp-files>{files}</ul>"
        f"<p>More for software: <a{attributes(href='/api')}>interface</a></p></div></details>"
        f"<p class=fp-cited>{reference}</p></div></div>"
    )
