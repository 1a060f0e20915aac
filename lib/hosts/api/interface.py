"""The interface as an application of its own, below ``/api/v1`` of the app."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from geo import manifest
from lib import start_up
from lib.hosts.api import MOST_BYTES, PATH
from lib.hosts.api.areas import areas
from lib.hosts.api.fit import fits
from lib.hosts.api.lookups import lookups
from lib.hosts.api.routing import SHARED
from lib.hosts.api.tables import tables
from lib.hosts.web.answers import Answers
from lib.text import capital

_ABOUT = (
    "Who planned care where in England: the areas of the NHS and of councils as groups of LSOAs, how they fit one "
    "another, what became of them, and the facts with their sources. Weights are those of mid-2017; shares run from "
    "0 to 1; what is not known is null. Errors are one sentence under `detail`."
)


class _Guard:
    """Refuse what is too long before it is read, and answer HEAD as GET: the server leaves the body out."""

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif start_up.problems():
            await _said(503, "The data files are not the ones that were built.")(scope, receive, send)
        elif scope["method"] == "POST" and not _length(scope) <= MOST_BYTES:
            response = _said(413, f"Say how long the request is (Content-Length): up to {MOST_BYTES:,} bytes.")
            await response(scope, receive, send)
        else:
            method = "GET" if scope["method"] == "HEAD" else scope["method"]
            await self._app({**scope, "method": method}, receive, send)


def _length(scope: Scope) -> float:
    length = dict(scope["headers"]).get(b"content-length", b"")
    return int(length) if length.isdigit() and len(length) < 12 else float("inf")


def _said(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> Response:
    shared = SHARED | {"X-Content-Type-Options": "nosniff"} | dict(headers or {})
    return JSONResponse({"detail": sentence}, status, shared)


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = {
        404: "There is no such address; /api lists them all.",
        405: "Ask with GET, of many postcodes or places with POST.",
    }
    detail = str(error.detail)
    # What the library says itself is a word or two.
    sentence = detail if detail.endswith(".") else known.get(error.status_code, f"{detail}.")
    return _said(error.status_code, sentence, error.headers)


async def _misread(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _said(400, " ".join(_sentence(one) for one in error.errors()[:5]))


def _sentence(error: dict[str, Any]) -> str:
    place = " ".join(str(part) for part in error["loc"] if part not in ("query", "path", "body"))
    return f"{place or 'The request'}: {capital(error['msg']).rstrip('.')}."


class Interface(FastAPI):
    """The application; what it says of the data is read when it is asked for, not before the files are checked."""

    def openapi(self) -> dict[str, Any]:
        """Return the description, with the version, the terms and the origin of the data."""
        package = manifest.read()
        licence = package["licenses"][0]
        self.description = f"{_ABOUT}\n\n{package['attribution']} Data version {package['version']}."
        self.license_info = {"name": licence["title"], "url": licence["path"]}
        return super().openapi()


def interface(answers: Answers) -> Interface:
    """Return the application.

    Parameters
    ----------
    answers : Answers
        Keeps answers for all readers.
    """
    app = Interface(
        title="Footprints",
        version="1",
        servers=[{"url": PATH}],
        root_path_in_servers=False,
        # Its page is ours: those of the library load scripts from another host.
        docs_url=None,
        redoc_url=None,
        # A redirect would name the host that a stranger asked for.
        redirect_slashes=False,
        middleware=[
            Middleware(_Guard),
            Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD"], max_age=86_400),
        ],
        exception_handlers={HTTPException: _refused, RequestValidationError: _misread},
        responses=_errors({"4XX": "What was asked makes no sense, is too long, or is not there", 503: "Too many ask"}),
    )
    app.state.answers = answers
    for router in (areas, fits, lookups, tables):
        app.include_router(router)
    return app


def _errors(kinds: Mapping[int | str, str]) -> dict[int | str, dict[str, Any]]:
    sentence = {"type": "object", "properties": {"detail": {"type": "string"}}, "required": ["detail"]}
    return {
        status: {"description": words, "content": {"application/json": {"schema": sentence}}}
        for status, words in kinds.items()
    }
