"""What is counted of answers: how many of which page and form, how long they took, and nothing of who asked for what.

``{"event": "answers", "page": "footprint", "form": "csv", "answers": 12, "kept": 9, ...}`` stands in the log every few
minutes in which there were any. The form ``live`` counts the live pages that took the place of the page behind a link,
and the milliseconds after which they did, as browsers say.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lib import logs
from lib.content.page import Page

EVERY = 300.0
"""Seconds from one line to the next."""
NOWHERE = ("nowhere", "none")
"""Where addresses are counted at which nothing is."""
_LONGEST = 600_000


@dataclass
class Sum:
    """What was counted of one page in one form.

    Attributes
    ----------
    answers : int
        All of them.
    kept : int
        Those that were there already, here or in the browser.
    missing, failed : int
        Those with the status 404, and from 500 on.
    milliseconds, slowest : int
        Until answers began, together and at most.
    """

    answers: int = 0
    kept: int = 0
    missing: int = 0
    failed: int = 0
    milliseconds: int = 0
    slowest: int = 0

    def add(self, milliseconds: int, status: int = 200, kept: bool = False) -> None:
        """Count one more."""
        self.answers += 1
        self.kept += kept
        self.missing += status == 404
        self.failed += status >= 500
        self.milliseconds += milliseconds
        self.slowest = max(self.slowest, milliseconds)


class Tallies:
    """Sums by page and form since they were last told.

    Parameters
    ----------
    pages : iterable of Page
        All pages.
    addresses : iterable of str
        Of all their forms: ``"/footprint.csv"``.
    """

    def __init__(self, pages: Iterable[Page], addresses: Iterable[str]):
        self._pages = {f"/{page.path}": (page.path or "map", "html") for page in pages}
        self._forms = {path: (path[1:].partition(".")[0], path.rpartition(".")[2]) for path in addresses}
        self._sums: dict[tuple[str, str], Sum] = defaultdict(Sum)

    def place(self, path: str, query: bytes) -> tuple[str, str] | None:
        """Return page and form of an address; None of what is no page's."""
        entry = self._pages.get(path)
        if entry:
            return (entry[0], "embed") if b"embed=true" in query else entry
        return ("api", "json") if path.startswith("/api/v1/") else self._forms.get(path)

    def add(self, place: tuple[str, str], milliseconds: int, status: int = 200, kept: bool = False) -> None:
        """Count an answer."""
        self._sums[place].add(milliseconds, status, kept)

    def tell(self) -> None:
        """Write what was counted to the log, and begin anew."""
        told, self._sums = self._sums, defaultdict(Sum)
        for (page, form), counted in sorted(told.items()):
            logs.event("answers", page=page, form=form, **asdict(counted))

    async def telling(self) -> None:
        """Write what was counted every few minutes, until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            self.tell()

    def route(self) -> Route:
        """Return where browsers say that the live page stands: after how long, on which page."""

        async def stands(request: Request) -> Response:
            self._stands(request.query_params)
            return Response(status_code=204, headers={"Cache-Control": "no-store"})

        return Route("/took-over", stands, methods=["POST"])

    def _stands(self, message: Mapping[str, str]) -> None:
        page, after = self._pages.get(message.get("page", "")), message.get("after", "")
        if page and after.isascii() and after.isdecimal() and len(after) < 8:
            self.add((page[0], "live"), min(int(after), _LONGEST))


class Counting:
    """Count what the app below answers."""

    def __init__(self, app: ASGIApp, tallies: Tallies):
        self._app, self._tallies = app, tallies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        # What answers says here whether it had the answer already.
        state = scope.setdefault("state", {})

        def count(status: int) -> None:
            place = self._tallies.place(scope["path"], scope["query_string"])
            if place or status == 404:
                took = round((time.perf_counter() - start) * 1000)
                self._tallies.add(place or NOWHERE, took, status, bool(state.get("kept")))

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                count(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, counted)
        except Exception:
            count(500)
            raise
