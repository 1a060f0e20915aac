"""Many readers at once: ``python -m benchmarks.load`` (about ten minutes), ``--soak 1800`` for the soak.

Readers are sessions that speak Streamlit's protocol, five seconds apart: of
what they do 80 % is to open one of 300 views, 5 % a what-if that nobody saw
before, the rest a box that they change. Client and server share the machine's cores.
"""

import argparse
import asyncio
import gc
import json
import multiprocessing
import random
import statistics
import time
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

from deploy.replicas import Site
from geo import blocks, manifest
from lib import catalogue
from lib.facts import today
from tests import servers
from tests.client import Run, RunError, Session

THINK = 5.0
RAMP = 20.0
HOLD = 25.0
VIEWS, WHAT_IFS = 0.80, 0.05
"""Shares of views of the 300, and of new what-ifs, in what readers do."""
RESTING = 200
FIRST_MINUTE = 60.0
SOAK_SESSIONS = 100
NEWCOMERS, WITHIN = 200, 10.0
FIRST_FILES = ["/", *(manifest.static_url(name) for name in ("topo-stp17",))]
_CODES = list(catalogue.footprints())
_COUNCILS = list(blocks.names("council17").index)
_CCGS = list(blocks.names("ccg17").index)
_VIEWS = [
    *(("", f"stp={stp}") for stp in _CODES),
    *(("footprint", f"stp={stp}") for stp in _CODES),
    *(("council", f"council={council}") for council in _COUNCILS[:100]),
    *(("compare", f"a={a}&b={b}") for a, b in zip(_CODES, _CODES[7:] + _CODES[:7], strict=True)),
    *(("coterminosity", f"area={council}") for council in _COUNCILS[:40]),
    *(("today", f"board={board}") for board in list(today.boards())[:20]),
    *(
        (path, "")
        for path in ("", "coterminosity", "acs", "glossary", "then-and-now", "conditions", "today", "sources")
    ),
]
_OLD_VIEWS = [(path, query) for path, query in _VIEWS if path != "today"]
"""Those that the first edition has, too."""


@dataclass
class Counts:
    """What the readers of one process met."""

    times: dict[str, list[float]] = field(default_factory=dict)
    failed: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, kind: str, seconds: float) -> None:
        """Count a run."""
        self.times.setdefault(kind, []).append(seconds)


async def act(session: Session, place: str, readers: str) -> tuple[str, str, float]:
    """Do one of the things that readers do; return what, where they are then, and the seconds it took.

    `readers` says where they are: ``app``, ``first edition``, ``map`` (of the baseline) or ``page`` (of one element).
    """
    dice = random.random()
    kind, path, query = "view", *random.choice(_VIEWS if readers == "app" else _OLD_VIEWS)
    if VIEWS <= dice < VIEWS + WHAT_IFS and readers in ("app", "first edition"):
        moved = ",".join(f"{ccg}:{random.choice(_CODES)}" for ccg in sorted(random.sample(_CCGS, 2)))
        kind, path, query = "what-if", "what-if", f"moves={moved}"
    if readers == "page":
        run = await session.open()
    elif place == "" and dice >= VIEWS + WHAT_IFS:
        kind, path, run = "filter", "", await choose(session, readers)
    elif readers == "map":
        run = await session.click_area(random.choice(_CODES))
    else:
        run = await session.open(path, query)
    return kind, path if readers in ("app", "first edition") else "", run.seconds


async def choose(session: Session, readers: str) -> Run:
    """Change one of the choices of the map."""
    if readers == "app" and random.random() < 2 / 3:
        field, options = random.choice([("lead", list(catalogue.LEAD_TYPES)), ("outline", ["ccg17", "council17"])])
        return await session.change("", **{field: random.choice(options)})
    labels = {"app": ["Colour by"], "map": ["Lead type", "Outlines"]}.get(
        readers, ["Lead type", "Outlines", "Colour by"]
    )
    label = random.choice(labels)
    return await session.choose(label, random.choice(session.options(label)))


async def reader(address: str, wait: float, until: float, measured_from: float, counts: Counts, readers: str) -> None:
    """Come after a while, look around until it is time to go."""
    await asyncio.sleep(wait)
    # The proxy tells readers apart by a cookie; without one they would all come to the same replica.
    cookie = {"Cookie": f"footprints={random.getrandbits(64):x}"}
    try:
        async with Session(address, cookie) as session:
            counts.add("first", (await session.open()).seconds)
            place = ""
            while (pause := random.uniform(0.5, 1.5) * THINK) and time.monotonic() + pause < until:
                await asyncio.sleep(pause)
                kind, place, seconds = await act(session, place, readers)
                if time.monotonic() > measured_from:
                    counts.add(kind, seconds)
    except (OSError, RunError, EOFError, TimeoutError, Exception) as error:
        counts.failed += 1
        counts.errors.append(repr(error)[:200])


async def crowd(address: str, sessions: int, ramp: float, hold: float, readers: str) -> Counts:
    """Let readers come one after the other and stay until the end."""
    counts, now = Counts(), time.monotonic()
    gc.freeze()
    waits = [ramp * n / sessions for n in range(sessions)]
    jobs = [reader(address, wait, now + ramp + hold, now + ramp, counts, readers) for wait in waits]
    await asyncio.gather(*jobs)
    return counts


async def fetch(address: str, path: str) -> int:
    """Fetch a file without keeping the connection; return its bytes."""
    parts = urlsplit(address)
    reading, writing = await asyncio.open_connection(parts.hostname, parts.port)
    writing.write(
        f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
    )
    content = await reading.read(-1)
    writing.close()
    if b" 200 " not in content[:20]:
        raise RunError(f"{path}: {content[:40]!r}")
    return len(content)


async def newcomer(address: str, wait: float, files: list[str], counts: Counts) -> None:
    """Open the map for the first time: the document, the outlines and the first run."""
    await asyncio.sleep(wait)
    start = time.perf_counter()
    try:
        for path in files[:1]:
            await fetch(address, path)
        async with Session(address) as session:
            await session.open()
            for path in files[1:]:
                await fetch(address, path)
            counts.add("served", time.perf_counter() - start)
            await asyncio.sleep(5)
    except (OSError, RunError, EOFError, TimeoutError, Exception) as error:
        counts.failed += 1
        counts.errors.append(repr(error)[:200])


async def burst(address: str, files: list[str]) -> Counts:
    """Let many newcomers come within ten seconds."""
    counts = Counts()
    await asyncio.gather(*(newcomer(address, WITHIN * n / NEWCOMERS, files, counts) for n in range(NEWCOMERS)))
    return counts


def _in_process(channel: Connection, work: str, *arguments: object) -> None:
    random.seed(1)
    works = {"crowd": crowd, "burst": burst, "comings_and_goings": comings_and_goings, "rest": _rest}
    channel.send(asyncio.run(works[work](*arguments)))


def apart(work: str, *arguments: object, watch: list[servers.Server] = ()) -> tuple[Counts, float]:
    """Do the clients' work in a process of its own; return what they met and the servers' greatest memory, MB."""
    mine, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_in_process, args=(theirs, work, *arguments))
    process.start()
    most = 0.0
    while not mine.poll(0.5):
        most = max(most, sum(server.memory() for server in watch))
        if not process.is_alive() and not mine.poll(0):
            raise RuntimeError("the clients ended without an answer")
    counts = mine.recv()
    process.join()
    return counts, most


def warm(address: str, readers: str) -> None:
    """Visit each page a few times, and give a server the minute that it takes to make its first answers."""
    asyncio.run(crowd(address, 4, 1.0, 12.0, readers))
    time.sleep(FIRST_MINUTE if readers == "app" else 0)


@dataclass
class Met:
    """What a crowd met: a row of the table.

    Attributes
    ----------
    name : str
        The server.
    sessions : int
        Readers.
    counts : Counts
        Their runs, seconds, and failures.
    hold : float
        Seconds for which they were measured.
    used : float
        Cores that the server used.
    most, more : float
        Its greatest memory, and by how much that is more than before, MB.
    """

    name: str
    sessions: int
    counts: Counts
    hold: float
    used: float
    most: float
    more: float

    @property
    def runs(self) -> list[float]:
        """Seconds of each run of somebody who was there already."""
        return [seconds for kind, times in self.counts.times.items() if kind != "first" for seconds in times]

    @property
    def p95(self) -> float:
        """Milliseconds that 95 of 100 runs do not exceed."""
        return 1000 * servers.percentile(self.runs, 0.95) if self.runs else float("inf")

    def __str__(self) -> str:
        """Return the row."""
        if not self.runs:
            return f"| {self.name} | {self.sessions} | {self.counts.failed} | – | – | – | – | – | – |"
        by_kind = ", ".join(
            f"{kind} {1000 * servers.percentile(times, 0.95):.0f}"
            for kind, times in self.counts.times.items()
            if kind != "first"
        )
        return (
            f"| {self.name} | {self.sessions} | {self.counts.failed} | {len(self.runs) / self.hold:.0f} | "
            f"{1000 * statistics.median(self.runs):.0f} | {self.p95:.0f} ({by_kind}) | {self.used:.2f} | "
            f"{self.most:.0f} | {self.more / self.sessions:.2f} |"
        )


def met(name: str, sessions: int, watch: list[servers.Server], address: str, readers: str, hold: float) -> Met:
    """Let a crowd come to a server, print what it met, and return it."""
    before, cpu, start = sum(s.memory() for s in watch), sum(s.cpu() for s in watch), time.perf_counter()
    counts, most = apart("crowd", address, sessions, RAMP, hold, readers, watch=watch)
    used = (sum(s.cpu() for s in watch) - cpu) / (time.perf_counter() - start)
    found = Met(name, sessions, counts, hold, used, most, most - before)
    print(found, flush=True)
    return found


HEAD = (
    "| server | sessions | failed | runs a second | median, ms | p95, ms | cores used | memory, MB | MB a session |\n"
    "| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |"
)


async def _rest(address: str, sessions: int, seconds: float) -> Counts:
    """Let readers open three pages each and then do nothing."""
    counts = Counts()

    async def one(wait: float) -> None:
        await asyncio.sleep(wait)
        async with Session(address) as session:
            for path, query in _VIEWS[:3]:
                counts.add("view", (await session.open(path, query)).seconds)
            await asyncio.sleep(seconds)

    await asyncio.gather(*(one(seconds * n / sessions / 2) for n in range(sessions)))
    return counts


def resting() -> None:
    """Print what a session holds that rests."""
    with servers.running("app") as server:
        warm(server.address, "app")
        before = server.memory()
        _, most = apart("rest", server.address, RESTING, 30.0, watch=[server])
        held = (most - before) / RESTING
        print(
            f"\n{RESTING} sessions that rest after three pages: {held:.2f} MB each, {most:.0f} MB in all.", flush=True
        )


def crowd_of(name: str, watch: list[servers.Server], address: str, sizes: tuple[int, ...]) -> None:
    """Let larger and larger crowds come."""
    warm(address, "app")
    for sessions in sizes:
        met(name, sessions, watch, address, "app", HOLD)


def crowds() -> None:
    """Print the table of crowds and of the burst."""
    print(f"{servers.setting()}\n\n{HEAD}")
    with servers.running("app") as server:
        crowd_of("app, one process", [server], server.address, (80, 160))
    with Site(servers.free_port(), 2) as site:
        watch = [servers.Server("", process, 0) for process in site.replicas]
        crowd_of("app, two processes behind nginx", watch, f"http://127.0.0.1:{site.port}", (160, 500, 1000))
    for kind, readers, sessions in (
        ("first edition", "first edition", 80),
        ("first edition", "first edition", 160),
        ("one element", "page", 500),
        ("baseline", "map", 160),
    ):
        with servers.running(kind) as server:
            warm(server.address, readers)
            met(f"{kind}, one process", sessions, [server], server.address, readers, HOLD)
    resting()
    print(
        f"\n| {NEWCOMERS} newcomers in {WITHIN:.0f} s | failed | median, s | slowest, s |\n| --- | ---: | ---: | ---: |"
    )
    for kind, files in (("app", FIRST_FILES), ("baseline", ["/"])):
        with servers.running(kind) as server:
            warm(server.address, "map" if kind == "baseline" else "app")
            counts, _ = apart("burst", server.address, files)
            times = counts.times.get("served", [0.0])
            print(f"| {kind} | {counts.failed} | {statistics.median(times):.2f} | {max(times):.2f} |", flush=True)


async def comings_and_goings(address: str, sessions: int, seconds: float) -> Counts:
    """Keep a number of readers at the site, each for a minute or so and then another one."""
    counts, until = Counts(), time.monotonic() + seconds

    async def seat(wait: float) -> None:
        await asyncio.sleep(wait)
        while time.monotonic() < until - THINK:
            leaves = min(until, time.monotonic() + random.uniform(30, 90))
            await reader(address, 0, leaves, 0, counts, "app")

    await asyncio.gather(*(seat(THINK * n / sessions) for n in range(sessions)))
    return counts


def soak(seconds: float) -> None:
    """Print memory over time while readers come and go."""
    print(f"{servers.setting()}\n\n| minute | memory, MB |\n| ---: | ---: |", flush=True)
    server, seen = servers.start("app"), []
    warm(server.address, "app")
    mine, theirs = multiprocessing.get_context("spawn").Pipe()
    arguments = (theirs, "comings_and_goings", server.address, SOAK_SESSIONS, seconds)
    process = multiprocessing.get_context("spawn").Process(target=_in_process, args=arguments)
    process.start()
    begun = time.monotonic()
    while not mine.poll(max(0.0, begun + 60 * len(seen) - time.monotonic())):
        seen.append(server.memory())
        print(f"| {len(seen) - 1} | {seen[-1]:.0f} |", flush=True)
    counts = mine.recv()
    process.join()
    runs = [time for times in counts.times.values() for time in times]
    server.process.terminate()
    server.process.wait(30)
    stopped = json.loads(server.log.read_text().splitlines()[-1])
    print(
        f"\n{len(counts.times.get('first', []))} readers, at most {SOAK_SESSIONS} at a time, {len(runs)} runs, "
        f"{counts.failed} failed, p95 {1000 * servers.percentile(runs, 0.95):.0f} ms. The collector ran by itself "
        f"{stopped['collections_young']} times over the youngest objects, {stopped['collections_middle']} over the "
        f"middle and {stopped['collections_old']} over all that is not frozen."
    )
    if len(seen) > 5:
        growth = seen[-1] - seen[4]
        print(f"From minute 4, when sessions that ended are first forgotten, to the end: {growth:+.0f} MB.")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--soak", type=float, metavar="SECONDS", help="readers who come and go for so long")
    said = parser.parse_args()
    soak(said.soak) if said.soak else crowds()


if __name__ == "__main__":
    main()
