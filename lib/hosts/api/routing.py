"""How addresses of the interface are read, answered and kept."""

import math
from collections.abc import Callable, Coroutine
from typing import Any

import pandas as pd
from fastapi import APIRouter, HTTPException
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from lib.hosts.web.answers import Answers, Content
from lib.text import listed

JSON = "application/json"
SHARED = {"Access-Control-Allow-Origin": "*"}
"""Other sites may read what is public anyway."""
# As many answers as there are numbers.
_FREE = {"tolerance"}


class BoundedRoute(APIRoute):
    """A route that refuses parameters it does not know and answers within the bound of all answers."""

    keeps = False

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        answer = super().get_route_handler()
        known = {item.alias for item in self.dependant.query_params}

        async def handler(request: Request) -> Response:
            if strangers := set(request.query_params) - known:
                says = f"it knows {listed(sorted(known))}" if known else "it takes none"
                raise wrong(f"{listed(sorted(strangers))} is no parameter of this address: {says}.")
            answers: Answers = request.app.state.answers
            if request.method == "POST":
                # Whoever sends slowly holds up nobody.
                await request.body()
                return _or_busy(await answers.once(lambda: answer(request)))

            async def make() -> Content:
                made = await answer(request)
                keep = self.keeps and _FREE.isdisjoint(request.query_params)
                return Content(bytes(made.body), made.media_type or JSON, SHARED, keep, status=made.status_code)

            name = f"api {request.url.path}?{request.url.query}"
            return _or_busy(await answers.answer(request, name, make))

        return handler


class _KeptRoute(BoundedRoute):
    keeps = True


def _or_busy(answer: Response) -> Response:
    if answer.status_code == 503:
        again = {"Retry-After": answer.headers["Retry-After"]}
        raise HTTPException(503, "Too many ask at once: come again in a moment.", again)
    return answer


def router(keeps: bool = True) -> APIRouter:
    """Return a router for one subject; `keeps` says whether answers are kept for the next who asks."""
    return APIRouter(route_class=_KeptRoute if keeps else BoundedRoute)


def unknown(sentence: str) -> HTTPException:
    """Return what to raise where nothing is."""
    return HTTPException(404, sentence)


def wrong(sentence: str) -> HTTPException:
    """Return what to raise where a request makes no sense."""
    return HTTPException(400, sentence)


def rows_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a table by the names of its columns, plain values, null for what is not known."""
    named = table.reset_index() if table.index.name else table
    return [{str(name): _plain(value) for name, value in row.items()} for row in named.to_dict("records")]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return value.item() if hasattr(value, "item") else value
