"""Makes what most readers ask for before they ask: every page without a choice, and the page of every area."""

import asyncio
import time
from collections.abc import Iterable
from urllib.parse import parse_qs, urlsplit

from lib.content.page import Page
from lib.hosts import documents
from lib.hosts.web import upkeep
from lib.hosts.web.reading import read

WAIT = 10.0
"""Seconds after the start: who comes at once comes for other things."""


async def make(pages: tuple[Page, ...], wait: float = WAIT) -> None:
    """Make documents one after the other, and rest after each for as long as it took."""
    await asyncio.sleep(wait)
    for page, query in _asked(pages):
        await asyncio.sleep(await asyncio.to_thread(_made, page, query))


def _asked(pages: Iterable[Page]) -> list[tuple[Page, str]]:
    by_path = {f"/{page.path}": page for page in pages}
    parts = [urlsplit(link) for link in upkeep.listed(pages)]
    return [(by_path[at.path], at.query) for at in parts]


def _made(page: Page, query: str) -> float:
    """Make a document; return the seconds it took."""
    start = time.monotonic()
    documents.of(page, read(page, parse_qs(query)).view)
    return time.monotonic() - start
