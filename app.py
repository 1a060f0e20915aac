"""Footprints, who plans care where in England: the server.

``streamlit run app.py`` and ``python app.py --port 8501`` serve the same:
``pages/live.py`` for every reader, and around it the data loaded before the
first one comes, a readiness check at ``/healthz``, files compressed once and
kept by browsers, and logs as JSON lines. The second is for many readers: it
compresses what a session is sent better, sends the end of a run 40 ms earlier,
and lets the last runs end when it is told to stop.
"""

import gc

# What is imported stays: looking for garbage in it again and again would be a fifth of the start.
gc.disable()

import argparse
import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pyarrow
import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.web import bootstrap
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

from geo import manifest, paths
from lib import links, logs, start_up
from lib.hosts import files, settings
from lib.hosts.api import Api, description
from lib.hosts.web import (
    answers,
    beforehand,
    downloads,
    forms,
    live_contents,
    mending,
    pictures,
    shell,
    tallies,
    unknown,
    upkeep,
)
from lib.hosts.web import pages as web_pages
from pages import PAGES

gc.enable()

GRACE = 10
"""Seconds that a server which is told to stop gives its readers' last runs."""
_ARENA_MAX = -8
"""The setting of glibc's ``mallopt`` that says from how many places threads take their memory."""


def _check_surroundings() -> None:
    """Raise what keeps the app from being served, in a sentence, before the first reader meets it."""
    if config.get_option("server.baseUrlPath"):
        raise RuntimeError("server.baseUrlPath is not supported: give Footprints a host name of its own.")
    settings.origin()
    settings.reports()
    shell.shell()


def _spare_memory() -> None:
    """Let less memory lie idle: what a run or reading a table took for a moment is used again."""
    # Arrow's own pool keeps for itself what reading the tables took: 60 MB.
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    # Every run is a thread of its own, and glibc would give each a place with what the last ones left in theirs: 50 MB.
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        mallopt(_ARENA_MAX, 2)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Load the data before the first reader comes, and say when the server starts and stops."""
    logs.as_json()
    _check_surroundings()
    start_up.look_again = 1.0
    # Readers leave many objects behind that live for a while: the collector looks at them less often, see benchmarks.
    gc.set_threshold(10_000, 20, 4)
    # A page that is being made lets runs that wait go on sooner than after five milliseconds.
    sys.setswitchinterval(0.001)
    _spare_memory()
    wrong = start_up.load()
    logs.event("start", data=manifest.read()["version"] if not wrong else "damaged", problems=len(wrong))
    rest = None if wrong else asyncio.create_task(asyncio.to_thread(start_up.finish))
    ahead = None if wrong else asyncio.create_task(beforehand.make(PAGES))
    telling = asyncio.create_task(counts.telling())
    yield
    telling.cancel()
    counts.tell()
    if rest and ahead:
        ahead.cancel()
        await rest
    pictures.stop()
    # How often the collector ran by itself: it is not called after every run, see .streamlit/config.toml.
    young, middle, old = (generation["collections"] for generation in gc.get_stats())
    logs.event("stop", collections_young=young, collections_middle=middle, collections_old=old)


async def healthz(_: Request) -> Response:
    """Answer whether this server can show right numbers: it runs, and its files are those of the manifest."""
    wrong = start_up.problems()
    return JSONResponse({"ready": not wrong, "problems": len(wrong)}, 503 if wrong else 200)


kept = answers.Answers()
api = Api(kept)


async def described(_: Request) -> Response:
    """Answer what the interface for software answers, in words."""
    if start_up.problems():
        return web_pages.damaged()
    return web_pages.alone(description.document((await api.loaded()).openapi()), PAGES)


shapes = forms.routes(PAGES, kept)
live = live_contents.routes(PAGES, kept)
counts = tallies.Tallies(PAGES, [route.path for route in shapes])
routes = [
    Route("/healthz", healthz),
    Route("/app/static/browser/{path:path}", files.scripts),
    Route("/app/static/{path:path}", files.outlines),
    *shapes,
    *live,
    *downloads.routes(kept),
    *upkeep.routes(PAGES),
    counts.route(),
    api.mounted(),
    Route("/api", described),
    *web_pages.routes(PAGES, kept),
]
known = frozenset({route.path for route in routes} | {f"/{path}" for path in links.PAGES} | {"/favicon.png"})
# The main script lies in a folder of its own: Streamlit would list a folder named pages beside it by itself.
app = st.App(
    paths.ROOT / "pages" / "live.py",
    lifespan=lifespan,
    routes=routes,
    middleware=[
        Middleware(tallies.Counting, tallies=counts),
        Middleware(files.Bundles),
        Middleware(mending.Mending),
        Middleware(unknown.Unknown, known=known, not_found=lambda: web_pages.not_found(PAGES)),
    ],
)


class Protocol(WebSocketsSansIOProtocol):
    """A websocket that compresses with a window of 32 KB instead of 4: most of a run repeats the one before it."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.conn.available_extensions = [
            ServerPerMessageDeflateFactory(
                server_max_window_bits=15, client_max_window_bits=12, compress_settings={"memLevel": 5}
            )
        ]


def main() -> None:
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (0.0.0.0 in a container)")
    parser.add_argument("--port", type=int, default=8501)
    said = parser.parse_args()
    os.chdir(paths.ROOT)
    bootstrap.load_config_options({})
    # Told to stop, the server ends its work and then meets the signal again: that is no failure.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # The server opens its port itself: sockets that are handed to it lack TCP_NODELAY,
    # without which a browser waits 40 ms for the end of every run.
    uvicorn.run(
        app,
        host=said.host,
        port=said.port,
        ws=Protocol,
        ws_ping_interval=30,
        ws_ping_timeout=30,
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=32768,
    )


if __name__ == "__main__":
    main()
