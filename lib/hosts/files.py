"""The files that browsers fetch beside the pages: outlines, scripts and styles, the project's and Streamlit's."""

import re
from collections.abc import Callable
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geo import manifest, paths
from lib import start_up
from lib.browser import assets
from lib.hosts.packing import ASK_AGAIN, FOR_A_YEAR, File, Kept, encoding

_HASHED = re.compile(r".*\.[0-9a-f]{10}\.\w+")
_STREAMLIT = Path(streamlit.__file__).parent / "static"
_PACKED = {".js": "text/javascript", ".css": "text/css"}
# Bytes of files that are compressed thoroughly: the first reader after a start does not wait for larger ones.
_SMALL = 100_000
_kept = Kept()


async def outlines(request: Request) -> Response:
    """Send a file of `static/`."""
    name = request.path_params["path"]

    def read() -> File:
        known = {item["path"].removeprefix("static/"): item for item in manifest.read()["static"]}
        file = paths.STATIC / name
        # A browser keeps what it gets for a year.
        if name in known and file.is_file() and manifest.is_as_listed(known[name], body := file.read_bytes()):
            cache = FOR_A_YEAR if _HASHED.fullmatch(name) else ASK_AGAIN
            return File(body, "application/json", cache, public=True, thorough=len(body) <= _SMALL)
        raise LookupError(name)

    return Response("Not found", 404) if start_up.problems() else await _answer(request, read)


async def scripts(request: Request) -> Response:
    """Send a script or style sheet of the project, or the library of charts."""

    def read() -> File:
        body, media_type = assets.served(request.path_params["path"])
        return File(body, media_type, FOR_A_YEAR, thorough=len(body) <= _SMALL)

    return await _answer(request, read)


async def _answer(request: Request, read: Callable[[], File]) -> Response:
    try:
        return await _kept.answer(request.headers, request.url.path, read)
    except LookupError:
        return Response("Not found", 404)


class Bundles:
    """Streamlit's scripts and styles, compressed, and nothing but its files below ``/static``.

    Streamlit leaves the first to a proxy and answers the second with its page.
    """

    def __init__(self, app: ASGIApp):
        self._app = app
        self._names = {
            f"/{path.relative_to(_STREAMLIT).as_posix()}"
            for path in (_STREAMLIT / "static").rglob("*")
            if path.is_file()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on what is no affair of this."""
        path = scope.get("path", "")
        if scope["type"] != "http" or not f"{path}/".startswith("/static/"):
            await self._app(scope, receive, send)
        elif path not in self._names:
            await Response("Not found", 404)(scope, receive, send)
        elif (suffix := Path(path).suffix) not in _PACKED or scope["method"] not in ("GET", "HEAD"):
            await self._app(scope, receive, send)
        elif "range" in (headers := Headers(scope=scope)) or encoding(headers.get("accept-encoding", "")) == "identity":
            # A part of a file is a part of it as it is.
            await self._app(scope, receive, _varying(send))
        else:
            file = _STREAMLIT / path.removeprefix("/")
            answer = await _kept.answer(headers, path, lambda: File(file.read_bytes(), _PACKED[suffix], FOR_A_YEAR))
            await answer(scope, receive, send)


def _varying(send: Send) -> Send:
    """Say of an answer that others are sent another form of it."""

    async def say(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).add_vary_header("Accept-Encoding")
        await send(message)

    return say
