"""Answers that are made when they are first asked for and kept, within a bound, for all readers."""

import asyncio
import datetime
import hashlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from geo import kept, manifest
from lib.hosts import packing
from lib.hosts.web import versions

MOST_BYTES = 48_000_000
"""Bytes of all answers that are kept."""
HEADERS = 2_000
"""Bytes of an answer besides its body, measured."""
MOST_WAITING = 64
"""Answers of a line that may be waited for at once; who comes then is asked to come again."""
AT_ONCE = 2
"""Answers that are made at once in each of the two lines: for readers who click, and for all others."""
AGAIN_IN = 2
"""Seconds after which to come again."""


@dataclass(frozen=True)
class Content:
    """What is sent.

    Attributes
    ----------
    body : bytes
        Before compression.
    media_type : str
        Of the body.
    headers : mapping of str to str
        Besides those that every answer has.
    keep : bool
        Whether the next reader is likely to ask for it: not of what a reader made up.
    packed : bool
        Whether it is compressed already.
    status : int
        Of the answer.
    """

    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    keep: bool = True
    packed: bool = False
    status: int = 200


class _Line:
    """Answers that are waited for, and how many of them are made at once."""

    def __init__(self, most_waiting: int):
        self.making: dict[str, asyncio.Task[tuple[Response, bool]]] = {}
        self.own = 0
        self.slots = asyncio.Semaphore(AT_ONCE)
        self._most_waiting = most_waiting

    def full(self) -> bool:
        return len(self.making) + self.own >= self._most_waiting


class Answers:
    """Answers by what was asked for, the least lately used ones given up first."""

    def __init__(self, most_bytes: int = MOST_BYTES, most_waiting: int = MOST_WAITING):
        self._kept = kept.Store("lib.hosts.web.answers", most_bytes)
        self._clicked, self._others = _Line(most_waiting), _Line(most_waiting)

    async def answer(
        self,
        request: Request,
        name: str,
        make: Callable[[], Content] | Callable[[], Awaitable[Content]],
        clicked: bool = False,
    ) -> Response:
        """Return the answer to a request.

        Parameters
        ----------
        request : Request
            Its headers say what the browser takes and what it has.
        name : str
            What tells the answer from others of the same version.
        make : callable
            Makes the content, in a thread unless it is a coroutine function; raises `LookupError` if there is none.
        clicked : bool
            Whether a reader of the live page waits for it: such do not stand in line behind crawlers and files.
        """
        form = packing.encoding(request.headers.get("accept-encoding", ""))
        tag = self._tag(name, form)
        request.state.kept = True
        if packing.has(request.headers, tag):
            return Response(None, 304, {"ETag": tag, "Cache-Control": packing.FOR_SECONDS, "Vary": "Accept-Encoding"})
        answer = self._kept.get(tag)
        if answer is not None:
            return answer
        request.state.kept = False
        line = self._clicked if clicked else self._others
        task = line.making.get(tag)
        if task is None:
            if line.full():
                return _busy()
            task = line.making[tag] = asyncio.create_task(self._made(tag, form, make, line))
            task.add_done_callback(lambda _: line.making.pop(tag, None))
        # A reader who goes away takes nothing from the others.
        made, keep = await asyncio.shield(task)
        return self._kept.put(tag, made, len(made.body) + HEADERS) if keep else made

    @property
    def bytes_kept(self) -> int:
        """Bytes of all answers that are kept, as they are sent."""
        return self._kept.bytes

    async def once(self, make: Callable[[], Awaitable[Response]]) -> Response:
        """Return an answer that is one reader's own: it is not kept, but waits in line with all others."""
        if self._others.full():
            return _busy()
        self._others.own += 1
        try:
            async with self._others.slots:
                return await make()
        finally:
            self._others.own -= 1

    def _tag(self, name: str, form: str) -> str:
        # Citations carry the day.
        day = datetime.datetime.now(datetime.UTC).date().isoformat()
        key = "\0".join((manifest.read()["version"], versions.code(), day, form, name))
        return f'"{hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:24]}"'

    async def _made(self, tag: str, form: str, make: Callable, line: _Line) -> tuple[Response, bool]:
        async with line.slots:
            if asyncio.iscoroutinefunction(make):
                content = await make()
                body = await run_in_threadpool(_packed, form, content)
            else:
                content, body = await run_in_threadpool(_made_and_packed, form, make)
        keep = content.keep and content.status == 200
        headers = {
            "Cache-Control": packing.FOR_SECONDS if keep else packing.ASK_AGAIN,
            "ETag": tag,
            "Vary": "Accept-Encoding",
            "X-Content-Type-Options": "nosniff",
            **content.headers,
        }
        if form != "identity" and not content.packed:
            headers["Content-Encoding"] = form
        answer = Response(body, content.status, headers, content.media_type)
        return answer, keep


def _made_and_packed(form: str, make: Callable[[], Content]) -> tuple[Content, bytes]:
    content = make()
    return content, _packed(form, content)


def _packed(form: str, content: Content) -> bytes:
    return content.body if content.packed else packing.quickly_packed(form, content.body)


def _busy() -> Response:
    words = "Too many readers ask at once. Please try again in a moment.\n"
    return Response(words, 503, {"Retry-After": str(AGAIN_IN)}, "text/plain")
