"""A view in another form at its own address: ``/council.csv?council=E10000012&table=stps``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo import manifest
from lib import links, start_up
from lib.content import data, html
from lib.content.blocks import Table
from lib.content.document import Document
from lib.content.page import Form, Page
from lib.hosts import settings
from lib.hosts.web import pictures, policy, still
from lib.hosts.web.answers import Answers, Content
from lib.hosts.web.reading import Reading, read

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SAYS = "text/plain; charset=utf-8"


class NoSuchTableError(LookupError):
    """The view has no table of the name that was asked for; its message says which ones it has."""


@dataclass(frozen=True)
class _Asked:
    """What is asked for besides the view: one table of it, or what the columns of a table hold.

    `origin` is where links in what is taken away lead to: where the operator does not say, to where the reader is.
    """

    table: str
    dictionary: bool
    origin: str


Maker = Callable[[Reading, _Asked], Content]


def routes(pages: tuple[Page, ...], answers: Answers) -> list[Route]:
    """Return a route for every form of every page."""
    return [
        Route(f"/{page.path or 'map'}.{ending}", _answering(page, ending, made, answers), methods=["GET", "HEAD"])
        for page in pages
        # A page may know better how one of these is made.
        for ending, made in (
            {**_FORMS, **dict.fromkeys(pictures.FORMS)} | {form.ending: _own(form) for form in page.forms}
        ).items()
    ]


def _answering(page: Page, ending: str, make: Maker | None, answers: Answers) -> Callable:
    async def answer(request: Request) -> Response:
        if start_up.problems():
            return Response("The data files are not the ones that were built.\n", 503, media_type=_SAYS)
        query = parse_qs(request.url.query, keep_blank_values=True, errors="replace")
        table, dictionary = _wanted(page, query), query.pop("dictionary", None) is not None
        asked = _Asked(table, dictionary, settings.origin() or f"{request.base_url}".rstrip("/"))
        reading = read(page, query)
        # Only what a page itself makes names the address: no other answer depends on who asks where.
        where = asked.origin if ending not in _FORMS else ""
        name = f"{ending} {where} {page.path}?{request.url.query}"

        async def picture() -> Content:
            arguments = (reading.view, None) if page.session else (reading.view,)
            address = asked.origin + links.link(reading.view)
            body = await pictures.drawn(page.document, arguments, ending, address)
            # A page on paper names the address that it was asked for at.
            return Content(body, pictures.FORMS[ending], keep=ending != "pdf", packed=True)

        try:
            return await answers.answer(request, name, (lambda: make(reading, asked)) if make else picture)
        except LookupError as error:
            return Response(f"{error.args[0]}\n", 404, media_type=_SAYS)

    return answer


def _wanted(page: Page, query: dict[str, list[str]]) -> str:
    """Take out of a query which table of the view is asked for, or nothing.

    A page may have a parameter of that name itself: then the first one that it understands is its own.
    """
    names = query.pop("table", [])
    if names and "table" in links.query(page.view()) and not links.parse(page.view, {"table": names[:1]})[1]:
        query["table"], names = names[:1], names[1:]
    return names[-1] if names else ""


def _own(form: Form) -> Maker:
    def make(reading: Reading, asked: _Asked) -> Content:
        body = form.made(reading.view, asked.origin + links.link(reading.view))
        headers = {"Content-Disposition": f'inline; filename="{form.name(reading.view)}"'}
        return Content(body, form.media_type, headers | _policy(form.media_type), keep=False)

    return make


def _policy(media_type: str) -> dict[str, str]:
    """Return what keeps a file that a browser shows from running or loading anything."""
    shown = media_type.startswith(("text/html", "image/svg"))
    return {"Content-Security-Policy": policy.picture()} if shown else {}


def _table(document: Document, wanted: str) -> Table:
    tables = document.tables()
    match = next((table for table in tables if not wanted or table.key == wanted), None)
    if match is None:
        known = ", ".join(table.key for table in tables) or "none"
        raise NoSuchTableError(f"This view has no such table. It has: {known}.")
    return match


def _kept(document: Document, body: bytes | str, media_type: str, **headers: str) -> Content:
    content = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Content(content, media_type, named, keep=document.common and not document.notices)


def _csv(reading: Reading, asked: _Asked) -> Content:
    document = reading.document()
    table = _table(document, asked.table)
    if asked.dictionary:
        described = {
            "title": table.title,
            "columns": data.column_dictionary(table.columns),
            **_provenance(reading, document),
        }
        return _kept(document, data.json_text(described), "application/json")
    return _kept(document, data.csv(table), "text/csv; charset=utf-8", Link=_link_header(reading, table))


def _link_header(reading: Reading, table: Table) -> str:
    """Return where the description, the licence and the page of a table are to be found."""
    package = manifest.read()
    view = links.link(reading.view)
    dictionary = f"{reading.page.path or 'map'}.csv?{view.partition('?')[2]}&table={table.key}&dictionary"
    licence = package["licenses"][0].get("path", "")
    return ", ".join(
        f'<{address}>; rel="{kind}"'
        for address, kind in ((f"/{dictionary}", "describedby"), (licence, "license"), (view, "canonical"))
        if address
    )


def _fragment(reading: Reading, asked: _Asked) -> Content:
    document = reading.document()
    return _kept(document, html.rendered((_table(document, asked.table),)), "text/html; charset=utf-8")


def _workbook(reading: Reading, _: _Asked) -> Content:
    document = reading.document()
    return _kept(document, data.workbook(document, _notes(reading, document)), _SPREADSHEET)


def _json(reading: Reading, _: _Asked) -> Content:
    document = reading.document()
    contents = data.contents(document) | _provenance(reading, document)
    return _kept(document, data.json_text(contents), "application/json")


def _provenance(reading: Reading, document: Document) -> dict[str, Any]:
    package = manifest.read()
    view = links.link(reading.view)
    return {
        "view": view,
        "data_version": manifest.version(),
        "licences": package["licenses"],
        "attribution": package["attribution"],
        "citation": still.citation(reading.page, reading.view, settings.origin() + view),
    }


def _notes(reading: Reading, document: Document) -> list[tuple[str, str]]:
    package = manifest.read()
    licences = "; ".join(licence["title"] for licence in package["licenses"])
    view = settings.origin() + links.link(reading.view)
    return [
        ("What it says", document.description),
        ("Link", view),
        ("Data version", package["version"]),
        ("Licence", licences),
        ("Attribution", package["attribution"]),
        ("Citation", still.citation(reading.page, reading.view, view)),
    ]


def _svg(reading: Reading, _: _Asked) -> Content:
    document = reading.document()
    headers = {"Content-Security-Policy": policy.picture()}
    return _kept(document, pictures.svg_of(document), "image/svg+xml", **headers)


def _geojson(reading: Reading, _: _Asked) -> Content:
    document = reading.document()
    return _kept(document, pictures.geojson_of(document), "application/geo+json")


_FORMS: Mapping[str, Maker] = {
    "csv": _csv,
    "xlsx": _workbook,
    "json": _json,
    # What a live page fetches of a long table.
    "rows": _fragment,
    "svg": _svg,
    "geojson": _geojson,
}
