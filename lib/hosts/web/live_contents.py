"""What the live page fetches: of the view behind a link, at the address of its page with an ending of its own; hits."""

import json
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lib import start_up
from lib.content import html
from lib.content.page import Page
from lib.hosts import choosing, contents
from lib.hosts.web.answers import Answers, Content
from lib.hosts.web.reading import read
from lib.search import hits

MOST_SOUGHT = 200
"""Characters of a search."""


def routes(pages: tuple[Page, ...], answers: Answers) -> list[Route]:
    """Return a route for every page, and one for what the search finds."""
    return [
        Route(f"/find.{contents.ENDING}", _search, methods=["GET", "HEAD"]),
        *(
            Route(f"/{page.path or 'map'}.{contents.ENDING}", _answering(page, answers), methods=["GET", "HEAD"])
            for page in pages
        ),
    ]


def _search(request: Request) -> Response:
    if start_up.problems():
        return _damaged()
    sought = " ".join(request.query_params.get("q", "")[:MOST_SOUGHT].split())
    # What a reader looks for is kept nowhere.
    return Response(html.rendered(hits.results(sought)), 200, {"Cache-Control": "no-store"}, "text/html")


def _damaged() -> Response:
    return Response("The data files are not the ones that were built.\n", 503, media_type="text/plain")


def _answering(page: Page, answers: Answers) -> Callable:
    async def answer(request: Request) -> Response:
        if start_up.problems():
            return _damaged()

        def make() -> Content:
            query = parse_qs(request.url.query, keep_blank_values=True, errors="replace")
            reading = read(page, query)
            if (asked := choosing.answered(page, query)) is not None:
                # A reader changed a choice: the link to the view that this leads to is told with it.
                reading = replace(reading, view=asked, notices=())
            document = reading.document()
            told = contents.of(page, reading.view, document, reading.part)
            body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
            keep = document.common and not reading.notices and choosing.ASKED not in query
            return Content(body, "application/json", keep=keep)

        return await answers.answer(request, f"live {page.path}?{request.url.query}", make, clicked=True)

    return answer
