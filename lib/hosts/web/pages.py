"""The page behind every link: complete by itself, and the place where the live page comes to stand."""

from collections.abc import Callable, Iterable, Iterator
from html import escape
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from lib import links, start_up
from lib.browser import assets
from lib.content import html, markup
from lib.content.blocks import Link, Listing, Prose
from lib.content.document import Document
from lib.content.markup import attributes
from lib.content.page import Page
from lib.hosts import choosing, header, settings
from lib.hosts.web import embeds, policy, shell, still
from lib.hosts.web.answers import Answers, Content
from lib.hosts.web.head import NAME, Place, head
from lib.hosts.web.reading import Reading, read
from lib.search import hits

HTML = "text/html; charset=utf-8"
_START = '<!DOCTYPE html><html lang=en><head><meta charset=utf-8><meta name=viewport content="width=device-width">'
# No live page comes to stand here.
_ALONE = _START.replace("<html", "<html class=fp-alone")
DAMAGED = "The data files are not the ones that were built, so nothing is shown.\n"


def routes(pages: tuple[Page, ...], answers: Answers) -> list[Route]:
    """Return a route for every page, and one for the finder."""
    page_routes = [Route(f"/{page.path}", _answering(page, pages, answers), methods=["GET", "HEAD"]) for page in pages]
    return [*page_routes, Route("/find", _finding(pages), methods=["GET", "HEAD"])]


def damaged() -> Response:
    """Return what is said while the files are not those of the manifest."""
    return Response(DAMAGED, 503, media_type="text/plain")


def _answering(page: Page, pages: tuple[Page, ...], answers: Answers) -> Callable:
    async def answer(request: Request) -> Response:
        if start_up.problems():
            return damaged()
        query = parse_qs(request.url.query, keep_blank_values=True, errors="replace")
        if (asked := choosing.answered(page, query)) is not None:
            # From the address of the form on: it may stand below a prefix that only the proxy knows.
            return RedirectResponse(f".{links.link(asked)}", 303, {"Cache-Control": "no-store"})

        def make() -> Content:
            asked_for = read(page, query)
            return embeds.content(asked_for) if asked_for.embedded else _content(asked_for, pages)

        return await answers.answer(request, f"page {page.path}?{request.url.query}", make)

    return answer


def _content(reading: Reading, pages: tuple[Page, ...]) -> Content:
    document = reading.document()
    place = Place(settings.origin(), links.link(reading.view))
    part = document.part(reading.part)
    parts = (
        # The typeface first: what is painted before it comes may move when it does.
        f"{_START}{shell.shell().head}{head(reading.page, reading.view, document, place, listed=True)}{_styles(part)}"
        f"<script type=module{attributes(src=assets.url('handover.js'))}></script></head><body>",
        header.bar(pages, reading.page),
        *_still(still.content(reading.page, reading.view, document, reading.part)),
        # What is in a template is not fetched before handover.js takes it out.
        f"{shell.ROOT}<template id=fp-live>{shell.shell().live}</template></body></html>",
    )
    headers = {"Content-Security-Policy": policy.live()}
    return Content(b"".join(map(str.encode, parts)), HTML, headers, keep=document.common and not reading.notices)


def _still(inside: Iterable[str]) -> Iterator[str]:
    yield "<div id=fp-still><main class=fp-page id=fp-main tabindex=-1>"
    yield from inside
    yield "</main></div>"


def _styles(document: Document | None = None) -> str:
    # The typeface of the live page, under a name of its own, so that nothing moves when that takes over.
    font = f'@font-face{{font-family:"Footprints Sans";src:url("{shell.shell().font}");font-weight:200 900}}'
    return f"{still.sheets('header.css', 'page.css', 'live.css', document=document)}<style>{font}</style>"


def bare(title: str, pages: Iterable[Page], inside: str, status: int, query: str = "") -> Response:
    """Return a page of ours that is behind no link, for what is not there or was looked for: `query` of the reader."""
    styles = _styles()
    body = (
        f"{_ALONE}<title>{escape(title)} - {NAME}</title><meta name=robots content=noindex>{styles}</head><body>"
        f"{header.bar(pages, None, query)}{''.join(_still((inside,)))}</body></html>"
    )
    own = styles.partition("<style>")[2].removesuffix("</style>")
    headers = {"Content-Security-Policy": policy.still([own]), "Cache-Control": "no-store"}
    return Response(body, status, {**headers, "X-Content-Type-Options": "nosniff"}, HTML)


def not_found(pages: tuple[Page, ...]) -> Response:
    """Return what is said of an address where nothing is."""
    ways = tuple((Link(page.name, f"/{page.path}"), f": {page.answers}") for page in pages)
    document = Document(
        title="There is no such page",
        description="Nothing stands at this address.",
        lead="Nothing stands at this address. Perhaps a letter was lost: look for the area, or begin with a page.",
        blocks=(Listing(ways),),
    )
    return alone(document, pages, 404)


def alone(document: Document, pages: Iterable[Page], status: int = 200) -> Response:
    """Return a document that is no view of a page, on a page of ours."""
    inside = f"<div class=fp-document>{still.opening(document)}{''.join(still.blocks(document.blocks))}</div>"
    return bare(document.title, pages, inside, status)


def _finding(pages: tuple[Page, ...]) -> Callable:
    async def answer(request: Request) -> Response:
        return await run_in_threadpool(response, request)

    def response(request: Request) -> Response:
        if start_up.problems():
            return damaged()
        query = " ".join(request.query_params.get("q", "")[:200].split())
        body = hits.results(query) if query else (Prose("Type an area or organisation, a code or a postcode."),)
        inside = (
            f"<div class=fp-document>{markup.heading('What was found' if query else 'Find')}{html.rendered(body)}</div>"
        )
        return bare("Find", pages, inside, 200, query)

    return answer
