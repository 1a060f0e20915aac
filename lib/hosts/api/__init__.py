"""The interface for software, ``/api/v1``: loaded when it is first asked for, so that no page waits for it."""

import asyncio
import re
from functools import cached_property
from typing import TYPE_CHECKING

from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from lib.hosts.web.answers import Answers

if TYPE_CHECKING:
    from lib.hosts.api.interface import Interface

PATH = "/api/v1"
MOST_BYTES = 400_000
"""Bytes of a request: ten thousand postcodes with their quotes take 120,000."""


class Api:
    """The interface as an ASGI application that is made with its first request.

    Parameters
    ----------
    answers : Answers
        Keeps answers for all readers.
    """

    def __init__(self, answers: Answers):
        self._answers = answers
        self._loading = asyncio.Lock()

    @cached_property
    def interface(self) -> "Interface":
        """The application."""
        from lib.hosts.api import interface

        return interface.interface(self._answers)

    async def loaded(self) -> "Interface":
        """Return the application; other readers are answered while it is made."""
        async with self._loading:
            return await asyncio.to_thread(lambda: self.interface)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        app = self.__dict__.get("interface") or await self.loaded()
        await app(scope, receive, send)

    def mounted(self) -> Mount:
        """Return what leads to it, whatever stands behind its path: a line break, too."""
        mount = Mount(PATH, self)
        mount.path_regex = re.compile(mount.path_regex.pattern, re.DOTALL)
        return mount
