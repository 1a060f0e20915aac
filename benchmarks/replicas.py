"""Three replicas behind nginx, one of them killed under load: ``python -m benchmarks.replicas``.

Counts the readers that the killed replica had, how long they waited for another
one, and whether they see the same view again; a few of them in Chromium.
"""

import asyncio
import contextlib
import random
import statistics
import threading
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass, field

from playwright.sync_api import Page, expect, sync_playwright
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from deploy.replicas import Site
from lib import catalogue
from tests import servers
from tests.browser import chromium
from tests.client import RunError, Session

READERS = 80
BROWSERS = 12
THINK = 3.0
BEFORE, AFTER = 15.0, 30.0
FIRST_RETRY = 0.5
"""Seconds after which a browser tries to connect again, doubled with each attempt."""


@dataclass
class Counts:
    """What the readers met."""

    runs: int = 0
    cut_off: list[int] = field(default_factory=list)
    in_flight: int = 0
    waited: list[float] = field(default_factory=list)
    same: int = 0
    other: int = 0
    lost: int = 0
    documents: list[bool] = field(default_factory=list)


async def connected(address: str, number: int) -> Session:
    """Return a session of a reader, who keeps the cookie that tells the replicas apart."""
    return await Session(address, {"Cookie": f"footprints=reader-{number}"}).__aenter__()


async def reader(address: str, number: int, until: float, counts: Counts) -> None:
    """Choose one footprint after the other; when the connection is cut, connect again with the same link."""
    chance = random.Random(number)
    codes = list(catalogue.footprints())
    await asyncio.sleep(chance.uniform(0, 5))
    query = f"stp={chance.choice(codes)}"
    try:
        session = await connected(address, number)
        await session.open("", query)
    except (OSError, RunError, ConnectionClosed, InvalidHandshake):
        counts.lost += 1
        return
    while time.monotonic() < until:
        shown, query = list(session.text()), session.query
        sent = False
        try:
            # A reader who thinks notices that the connection is gone, too.
            pause = chance.uniform(0.5, 1.5) * THINK
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(session.socket.wait_closed(), pause)
                raise RunError("closed")
            sent = True
            await session.open("", f"stp={chance.choice(codes)}")
            counts.runs += 1
        except (OSError, RunError, ConnectionClosed):
            counts.cut_off.append(number)
            counts.in_flight += sent
            try:
                session = await again(address, number, query, shown, counts)
            except RunError:
                counts.lost += 1
                return
    await session.__aexit__(None, None, None)


async def again(address: str, number: int, query: str, shown: list[str], counts: Counts) -> Session:
    """Connect again as often as it takes, and compare what is shown with what was."""
    start, pause = time.perf_counter(), FIRST_RETRY
    while time.perf_counter() - start < 60:
        await asyncio.sleep(pause)
        pause = min(2 * pause, 8)
        try:
            session = await connected(address, number)
            await session.open("", query)
        except (OSError, RunError, ConnectionClosed, InvalidHandshake):
            continue
        counts.waited.append(time.perf_counter() - start)
        same = list(session.text()) == shown
        counts.same, counts.other = counts.same + same, counts.other + (not same)
        return session
    raise RunError("no replica answers")


def fetch_documents(address: str, counts: Counts, killed: threading.Event) -> None:
    """Ask for pages behind links, ten a second, from the loss of a replica on; count which came."""
    killed.wait()
    codes = list(catalogue.footprints())
    for number in range(int(10 * AFTER)):
        try:
            with urllib.request.urlopen(f"{address}/footprint?stp={codes[number % 44]}", timeout=10) as answer:
                counts.documents.append(answer.status == 200)
        except OSError:
            counts.documents.append(False)
        time.sleep(0.1)


async def readers(address: str, counts: Counts, kill: threading.Event, killed_at: list[float]) -> None:
    """Let the readers read while a replica is killed."""
    until = time.monotonic() + BEFORE + AFTER

    async def killer() -> None:
        await asyncio.sleep(BEFORE)
        killed_at.append(time.perf_counter())
        kill.set()

    await asyncio.gather(killer(), *(reader(address, n, until, counts) for n in range(READERS)))


def views(pages: list[Page]) -> list[tuple[str, str]]:
    """Return address and panel of each browser window."""
    return [(page.url, page.locator(".stMain h1").first.inner_text()) for page in pages]


def main() -> None:
    """Print what happened."""
    print(f"{servers.setting()}\n")
    counts, kill, killed_at = Counts(), threading.Event(), []
    codes = list(catalogue.footprints())
    with Site(servers.free_port(), 3) as site, sync_playwright() as playwright:
        address = f"http://127.0.0.1:{site.port}"
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        pages = []
        for n in range(BROWSERS):
            page = browser.new_context().new_page()
            page.goto(f"{address}/?stp={codes[3 * n]}&lead=ccg")
            expect(page.locator(".stMain h1").first).to_be_visible(timeout=60_000)
            pages.append(page)
        cut: list[Page] = []
        for page in pages:
            page.on("websocket", lambda _, page=page: cut.append(page))
        seen = views(pages)
        crowd = threading.Thread(target=lambda: asyncio.run(readers(address, counts, kill, killed_at)))
        crowd.start()
        crawler = threading.Thread(target=fetch_documents, args=(address, counts, kill))
        crawler.start()
        while not kill.is_set():
            pages[0].wait_for_timeout(50)
        site.replicas[0].kill()
        while crowd.is_alive():
            pages[0].wait_for_timeout(200)
        crawler.join()
        same = sum(before == after for before, after in zip(seen, views(pages), strict=True))
        browser.close()
    reconnected = Counter(id(page) for page in cut)
    twice = len(counts.cut_off) - len(set(counts.cut_off))
    print("| one of three replicas killed | |\n| --- | ---: |")
    print(f"| readers | {READERS} and {BROWSERS} browsers |")
    print(f"| readers whose connection was cut | {len(set(counts.cut_off))}, {twice} of them again |")
    print(f"| runs that were under way and had to be asked for again | {counts.in_flight} of {counts.runs} |")
    if counts.waited:
        median, slowest = statistics.median(counts.waited), max(counts.waited)
        print(f"| seconds to the same view, median and slowest | {median:.1f}, {slowest:.1f} |")
    print(f"| readers who saw the same view again | {counts.same} |")
    print(f"| readers who saw another view | {counts.other} |")
    unanswered = counts.documents.count(False)
    print(f"| documents asked for meanwhile, and not answered | {len(counts.documents)}, {unanswered} |")
    print(f"| readers lost | {counts.lost} |")
    print(f"| browsers that connected again | {len(reconnected)} |")
    print(f"| browsers that show the view they showed before | {same} of {BROWSERS} |")


if __name__ == "__main__":
    main()
