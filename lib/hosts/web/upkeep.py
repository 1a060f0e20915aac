"""What machines ask of a site: which pages there are, what they may read, and what runs here."""

from collections.abc import Iterable, Mapping
from html import escape
from urllib.parse import parse_qs, urlsplit

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from geo import blocks, manifest
from lib import links
from lib.accountable_care import acs
from lib.content.markup import attributes
from lib.content.page import Page
from lib.figures import sheets
from lib.hosts import settings, takeaway
from lib.hosts.web import versions
from lib.hosts.web.reading import read

_LIMITS = ("maxwidth", "maxheight")
_CACHE = {"Cache-Control": "public, max-age=3600"}


def routes(pages: tuple[Page, ...]) -> list[Route]:
    """Return the routes."""

    async def sitemap(_: Request) -> Response:
        if not settings.origin():
            return Response("A sitemap needs FOOTPRINTS_ORIGIN.\n", 404, media_type="text/plain")
        entries = "".join(f"<url><loc>{escape(settings.origin() + link)}</loc></url>" for link in listed(pages))
        body = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}'
        return Response(f"{body}</urlset>\n", headers=_CACHE, media_type="application/xml")

    async def robots(_: Request) -> Response:
        # Made-up maps and forms are as many as there are readers.
        lines = ["User-agent: *", "Disallow: /what-if?", "Disallow: /find", "Disallow: /*?form=", "Disallow: /_stcore/"]
        if settings.origin():
            lines.append(f"Sitemap: {settings.origin()}/sitemap.xml")
        return Response("\n".join(lines) + "\n", headers=_CACHE, media_type="text/plain")

    async def version(_: Request) -> Response:
        answer = {"data": manifest.read()["version"], "code": versions.code()}
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    async def icon(_: Request) -> Response:
        # Browsers ask for it where a page names no icon: in embeds and files.
        return RedirectResponse("./favicon.png", 308, _CACHE)

    async def oembed(request: Request) -> Response:
        asked = request.query_params.get("url", "")
        if request.query_params.get("format", "json") != "json":
            return Response("Only format=json is answered.\n", 501, media_type="text/plain")
        if not settings.origin() or not asked.startswith(f"{settings.origin()}/"):
            return Response("This is no link of this site.\n", 404, media_type="text/plain")
        return _embedded(asked, pages, request.query_params)

    return [
        Route("/favicon.ico", icon),
        Route("/oembed", oembed),
        Route("/sitemap.xml", sitemap),
        Route("/robots.txt", robots),
        Route("/version", version),
    ]


def _embedded(asked: str, pages: Iterable[Page], limits: Mapping[str, str]) -> Response:
    """Return what another site shows of a link: the embed in a frame, with its title."""
    parts = urlsplit(asked)
    page = next((one for one in pages if f"/{one.path}" == parts.path), None)
    if page is None:
        return Response("There is no such page.\n", 404, media_type="text/plain")
    reading = read(page, parse_qs(parts.query, keep_blank_values=True, errors="replace"))
    sides = [_at_most(limits.get(name, ""), side) for name, side in zip(_LIMITS, takeaway.SIZES["medium"], strict=True)]
    link = f"{settings.origin()}{links.link(reading.view)}"
    source = f"{link}{'&' if '?' in link else '?'}embed=true&view=map"
    title = f"{reading.document().title} - Footprints"
    frame = attributes(
        src=source, title=title, width=str(sides[0]), height=str(sides[1]), style="border:0;max-width:100%"
    )
    answer = {
        "version": "1.0",
        "type": "rich",
        "provider_name": "Footprints",
        "provider_url": f"{settings.origin()}/",
        "title": title,
        "width": sides[0],
        "height": sides[1],
        "html": f"<iframe{frame}></iframe>",
        "thumbnail_url": settings.origin() + takeaway.file_address(page, reading.view, "card"),
        "thumbnail_width": int(sheets.CARD[0]),
        "thumbnail_height": int(sheets.CARD[1]),
    }
    return JSONResponse(answer, headers=_CACHE | {"Access-Control-Allow-Origin": "*"})


def _at_most(limit: str, side: int) -> int:
    """Return a side of a frame, no longer than who asks has room for."""
    return min(int(limit), side) if limit.isascii() and limit.isdecimal() and len(limit) < 6 and int(limit) else side


def listed(pages: Iterable[Page]) -> list[str]:
    """Return the links that search engines should know: every page, and the page of every area."""
    areas = {
        "footprint": ("stp", sorted(blocks.names("stp17").index)),
        "council": ("council", sorted(blocks.names("council17").index)),
        "acs": ("area", sorted(acs.areas())),
    }
    addresses = []
    for page in pages:
        addresses.append(links.link(page.view()))
        name, codes = areas.get(page.path, ("", []))
        addresses += [links.link(page.view(**{name: code})) for code in codes]
    return addresses
