"""Links that were changed on their way are led to what they meant before any page is sent."""

from urllib.parse import parse_qs

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from lib import links
from lib.hosts import choosing


class Mending:
    """Answer a link that mail, a chat or a hand changed with where it leads.

    The browser, not only the page, has to know the address: Streamlit's own
    part of it finds neither ``/Footprint`` nor ``&amp;embed=true``.
    """

    def __init__(self, app: ASGIApp):
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        target = _target(scope)
        if target is None:
            await self._app(scope, receive, send)
            return
        # It depends on nothing but the link, and may yet be mended better.
        answer = RedirectResponse(target, 308, headers={"Cache-Control": "max-age=3600"})
        await answer(scope, receive, send)


def _target(scope: Scope) -> str | None:
    """Return where a request is led, relative to its own address, so that no link can lead to another host."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return None
    path = scope["path"].removeprefix("/")
    if path.startswith("/") or "/" in path.rstrip("/"):
        return None
    query = scope["query_string"].decode("latin-1")
    if choosing.ASKED in parse_qs(query):
        # A form that was filled in is no link: the line ends in its boxes are those of its reader.
        return None
    mended = links.mended(path.rstrip("/"), query)
    if mended is None:
        return None
    return f"{'../' if path.endswith('/') else './'}{mended}"
