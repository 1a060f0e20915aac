"""Addresses where nothing is: Streamlit would answer all of them with its own page."""

from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

# Streamlit's own addresses, and those that the app and its helpers serve below one name.
_KEPT = ("/_stcore/", "/static/", "/media/", "/component/", "/app/", "/files/", "/api/v1/")


class Unknown:
    """Answer what is neither an address of ours nor one of Streamlit's with a page that helps.

    Parameters
    ----------
    app : ASGIApp
        Answers everything else.
    known : frozenset of str
        Paths that are answered.
    not_found : callable
        Gives the answer for all others.
    """

    def __init__(self, app: ASGIApp, known: frozenset[str], not_found: Callable[[], Response]):
        self._app, self._known, self._not_found = app, known, not_found

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        path = scope.get("path", "")
        ours = (
            scope["type"] != "http" or path in self._known or path.startswith(_KEPT) or _below_a_page(path, self._known)
        )
        await (self._app if ours else self._not_found())(scope, receive, send)


def _below_a_page(path: str, known: frozenset[str]) -> bool:
    """Tell whether Streamlit asks for its own addresses below that of a page, as its script does first."""
    page, _, rest = path.partition("/_stcore/")
    return bool(rest) and page in known
