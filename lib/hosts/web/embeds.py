"""A view in a frame of another page: the document with its map and the small scripts, without any session."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from geo import manifest
from lib import links
from lib.browser import assets
from lib.content.blocks import Block, Chart, Link, MapFigure, Prose
from lib.content.data import inside_html
from lib.content.document import Document
from lib.content.markup import attributes
from lib.content.page import Page
from lib.figures import wire
from lib.hosts import settings
from lib.hosts.web import policy, still
from lib.hosts.web.answers import Content
from lib.hosts.web.head import Place, head
from lib.hosts.web.reading import Reading

_LINK = re.compile(r' href="(/[^"]*)"')


def content(reading: Reading) -> Content:
    """Return the page of a frame."""
    document = reading.document()
    place = Place(settings.origin(), links.link(reading.view))
    part = document.part(reading.part)
    markup = "".join((still.opening(part), *still.blocks((*part.blocks, _footer(reading.view)), small=True)))
    inside, looks = policy.without_style_attributes(_framed(markup, reading.page, reading.part))
    meant = head(reading.page, reading.view, document, place, listed=False)
    body = (
        f'<!DOCTYPE html><html lang=en><head><meta charset=utf-8><meta name=viewport content="width=device-width">'
        f"{meant}{still.sheets('embed.css', document=part)}<style>{looks}</style>"
        f"<script type=module{attributes(src=assets.url('embed.js'))}></script></head>"
        f"<body><main class=fp-document>{inside}</main>{_data(part)}</body></html>"
    )
    headers = {"Content-Security-Policy": policy.still([looks])}
    return Content(body.encode(), "text/html; charset=utf-8", headers, keep=document.common and not reading.notices)


def _footer(view: Any) -> Block:
    package = manifest.read()
    words = f" {package['attribution']} Data version {package['version']}."
    return Prose((Link("Open this view in Footprints", links.link(view)), words), "caption")


def _data(document: Document) -> str:
    """Return what the scripts draw, in an element that runs nothing."""
    data = {
        "maps": {figure.key: wire.data(figure.map) for figure in document.all_of(MapFigure)},
        "charts": {chart.key: {**chart.draw(), "link": chart.link} for chart in document.all_of(Chart)},
        "library": assets.charts_url(),
    }
    return f'<script type="application/json" id=fp-data>{inside_html(data)}</script>'


def _framed(markup: str, page: Page, part: str) -> str:
    """Let links to other views of a page stay in the frame, and all others leave it."""

    def framed(match: re.Match[str]) -> str:
        address = unescape(match[1])
        if urlsplit(address).path != f"/{page.path}" or "Open this view" in markup[match.end() : match.end() + 16]:
            return f"{match[0]} target=_blank"
        more = "&" if "?" in address else "?"
        return attributes(href=f"{address}{more}embed=true&view={part}")

    return _LINK.sub(framed, markup)
