"""A view in another form at its own address: ``/council.csv?council=E10000012&table=stps``."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from geo import manifest
from lib import links, start_up
from lib.content import data, html
from lib.content.blocks import Table
from lib.content.document import Document
from lib.content.formats import coded
from lib.content.page import Form, Page

_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}


class NoSuchTableError(LookupError):
    """The view has no table of the name that was asked for; `known` holds those that it has."""

    def __init__(self, name: str, known: tuple[str, ...]):
        super().__init__(name)
        self.known = known


def routes(pages: tuple[Page, ...]) -> list[Route]:
    """Return a route for every form of every page."""
    return [
        Route(f"/{page.path or 'map'}.{ending}", answer, methods=["GET", "HEAD"])
        for page in pages
        for ending, answer in (
            *((form, _answering(page, form)) for form in _FORMS),
            *((form.ending, _answering_own(page, form)) for form in page.forms),
        )
    ]


def _answering(page: Page, form: str) -> Callable:
    make, media_type = _FORMS[form]

    async def answer(request: Request) -> Response:
        if start_up.problems():
            return Response("The data files are not the ones that were built.", 503, media_type="text/plain")
        query = parse_qs(request.url.query, keep_blank_values=True)
        wanted = (query.pop("table", None) or [""])[-1]
        try:
            content = await run_in_threadpool(_made, page, query, make, wanted)
        except NoSuchTableError as error:
            known = ", ".join(error.known) or "none"
            return Response(f"This view has no such table. It has: {known}.\n", 404, media_type="text/plain")
        return Response(content, headers=_HEADERS, media_type=media_type)

    return answer


def _answering_own(page: Page, form: Form) -> Callable:
    async def answer(request: Request) -> Response:
        if start_up.problems():
            return Response("The data files are not the ones that were built.", 503, media_type="text/plain")
        view, _ = links.parse(page.view, parse_qs(request.url.query, keep_blank_values=True))
        link = f"{request.base_url}".rstrip("/") + links.link(view)
        try:
            content = await run_in_threadpool(form.made, view, link)
        except LookupError as error:
            return Response(f"{error.args[0]}\n", 404, media_type="text/plain")
        return Response(content, headers=_HEADERS, media_type=form.media_type)

    return answer


def _made(page: Page, query: Mapping[str, list[str]], make: Callable, wanted: str) -> str | bytes:
    view, notices = links.parse(page.view, query)
    shown = page.document(view, None) if page.session else page.document(view)
    shown = replace(shown, notices=(*(coded(sentence) for sentence in notices), *shown.notices))
    return make(view, shown, wanted)


def _table(document: Document, wanted: str) -> Table:
    tables = document.tables()
    found = next((table for table in tables if not wanted or table.key == wanted), None)
    if found is None:
        raise NoSuchTableError(wanted, tuple(table.key for table in tables))
    return found


def _csv(_: Any, document: Document, wanted: str) -> bytes:
    return data.csv(_table(document, wanted))


def _fragment(_: Any, document: Document, wanted: str) -> str:
    return html.rendered((_table(document, wanted),))


def _workbook(view: Any, document: Document, _: str) -> bytes:
    return data.workbook(document, _notes(view, document))


def _json(view: Any, document: Document, _: str) -> str:
    return data.json_text(data.contents(document) | {"view": links.link(view), "data_version": manifest.version()})


def _notes(view: Any, document: Document) -> list[tuple[str, str]]:
    package = manifest.read()
    licences = "; ".join(licence["title"] for licence in package["licenses"])
    return [
        ("What it says", document.description),
        ("Link", links.link(view)),
        ("Data version", package["version"]),
        ("Licence", licences),
        ("Attribution", package["attribution"]),
    ]


_FORMS: dict[str, tuple[Callable[[Any, Document, str], str | bytes], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "xlsx": (_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (_json, "application/json"),
    # What a live page fetches of a long table.
    "rows": (_fragment, "text/html; charset=utf-8"),
}
