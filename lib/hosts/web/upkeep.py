"""What machines ask of a site: which pages there are, what they may read, and what runs here."""

from collections.abc import Iterable
from html import escape

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geo import blocks, manifest
from lib import links
from lib.accountable_care import acs
from lib.content.page import Page
from lib.hosts import settings
from lib.hosts.web import versions

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
        said = {"data": manifest.read()["version"], "code": versions.code()}
        return JSONResponse(said, headers={"Cache-Control": "no-store"})

    return [Route("/sitemap.xml", sitemap), Route("/robots.txt", robots), Route("/version", version)]


def listed(pages: Iterable[Page]) -> list[str]:
    """Return the links that search engines should know: every page, and the page of every area."""
    areas = {
        "footprint": ("stp", sorted(blocks.names("stp17").index)),
        "council": ("council", sorted(blocks.names("council17").index)),
        "acs": ("area", sorted(acs.areas())),
    }
    found = []
    for page in pages:
        found.append(links.link(page.view()))
        name, codes = areas.get(page.path, ("", []))
        found += [links.link(page.view(**{name: code})) for code in codes]
    return found
