"""Many readers at once: ``python -m benchmarks.load`` (about six minutes), ``--soak 600`` for the soak.

Readers are sessions that speak Streamlit's protocol: they click, filter and
change pages, five seconds apart. Client and server share the machine's cores.
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
from geo import manifest
from lib import catalogue
from tests import servers
from tests.client import RunError, Session

THINK = 5.0
RAMP = 30.0
HOLD, HOLD_STEP = 45.0, 30.0
SESSIONS = 500
TARGET = 250.0
"""Milliseconds within which 95 of 100 runs should be over."""
SOAK_SESSIONS = 100
NEWCOMERS, WITHIN = 200, 10.0
FIRST_FILES = ["/", *(manifest.static_url(name) for name in ("topo-stp17",))]
_CODES = list(catalogue.footprints())
_COUNCILS = [f"E100000{n:02}" for n in (2, 3, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 18, 19)]
_PAGES = {
    "footprint": lambda: f"stp={random.choice(_CODES)}",
    "council": lambda: f"council={random.choice(_COUNCILS)}",
    "compare": lambda: "a={}&b={}".format(*random.sample(_CODES, 2)),
    "coterminosity": lambda: "",
    "acs": lambda: "",
    "glossary": lambda: "",
    "": lambda: f"stp={random.choice(_CODES)}",
}


@dataclass
class Counts:
    """What the readers of one process met."""

    times: dict[str, list[float]] = field(default_factory=dict)
    failed: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, kind: str, seconds: float) -> None:
        """Count a run."""
        self.times.setdefault(kind, []).append(seconds)


async def act(session: Session, place: str, only_map: bool) -> tuple[str, str, float]:
    """Do one of the things that readers do; return what, where they are then, and the seconds it took."""
    dice = random.random()
    if not only_map and (dice < 0.25 or place != ""):
        target = random.choice(list(_PAGES)) if place == "" or dice < 0.5 else ""
        return "page", target, (await session.open(target, _PAGES[target]())).seconds
    if dice < 0.75:
        code = random.choice(_CODES)
        # A click on the app's map follows a link.
        run = await (session.click_area(code) if only_map else session.open(place, f"stp={code}"))
        return "click", place, run.seconds
    label = random.choice(["Lead type", "Outlines"] if only_map else ["Lead type", "Outlines", "Colour by"])
    return "filter", place, (await session.choose(label, random.choice(session.options(label)))).seconds


async def reader(address: str, wait: float, until: float, measured_from: float, counts: Counts, only_map: bool) -> None:
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
                kind, place, seconds = await act(session, place, only_map)
                if time.monotonic() > measured_from:
                    counts.add(kind, seconds)
    except (OSError, RunError, EOFError, TimeoutError, Exception) as error:
        counts.failed += 1
        counts.errors.append(repr(error)[:200])


async def crowd(address: str, sessions: int, ramp: float, hold: float, only_map: bool) -> Counts:
    """Let readers come one after the other and stay until the end."""
    counts, now = Counts(), time.monotonic()
    gc.freeze()
    waits = [ramp * n / sessions for n in range(sessions)]
    jobs = [reader(address, wait, now + ramp + hold, now + ramp, counts, only_map) for wait in waits]
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
    works = {"crowd": crowd, "burst": burst, "comings_and_goings": comings_and_goings}
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


def warm(address: str, only_map: bool) -> None:
    """Visit each page a few times, so that the crowd does not meet an empty server."""
    asyncio.run(crowd(address, 4, 1.0, 25.0, only_map))


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


def met(name: str, sessions: int, watch: list[servers.Server], address: str, only_map: bool, hold: float) -> Met:
    """Let a crowd come to a server, print what it met, and return it."""
    before, cpu, start = sum(s.memory() for s in watch), sum(s.cpu() for s in watch), time.perf_counter()
    counts, most = apart("crowd", address, sessions, RAMP, hold, only_map, watch=watch)
    used = (sum(s.cpu() for s in watch) - cpu) / (time.perf_counter() - start)
    found = Met(name, sessions, counts, hold, used, most, most - before)
    print(found, flush=True)
    return found


HEAD = (
    "| server | sessions | failed | runs a second | median, ms | p95, ms | cores used | memory, MB | MB a session |\n"
    "| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |"
)


def more_and_more(name: str, watch: list[servers.Server], address: str, step: int) -> None:
    """Let larger and larger crowds come as long as the server keeps up with them, and then all who are asked for."""
    warm(address, False)
    for sessions in range(step, SESSIONS, step):
        if met(name, sessions, watch, address, False, HOLD_STEP).p95 > TARGET:
            break
    met(name, SESSIONS, watch, address, False, HOLD)


def crowds() -> None:
    """Print the table of crowds and of the burst."""
    print(f"{servers.setting()}\n\n{HEAD}")
    with servers.running("app") as server:
        more_and_more("app, one process", [server], server.address, 40)
    with Site(servers.free_port(), 2) as site:
        watch = [servers.Server("", process, 0) for process in site.replicas]
        more_and_more("app, two processes behind nginx", watch, f"http://127.0.0.1:{site.port}", 80)
    for sessions in (100, SESSIONS):
        with servers.running("baseline") as server:
            warm(server.address, True)
            met("baseline", sessions, [server], server.address, True, HOLD_STEP)
    print(
        f"\n| {NEWCOMERS} newcomers in {WITHIN:.0f} s | failed | median, s | slowest, s |\n| --- | ---: | ---: | ---: |"
    )
    for kind, files in (("app", FIRST_FILES), ("baseline", ["/"])):
        with servers.running(kind) as server:
            warm(server.address, kind == "baseline")
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
            await reader(address, 0, leaves, 0, counts, False)

    await asyncio.gather(*(seat(THINK * n / sessions) for n in range(sessions)))
    return counts


def soak(seconds: float) -> None:
    """Print memory over time while readers come and go."""
    print(f"{servers.setting()}\n\n| minute | memory, MB |\n| ---: | ---: |", flush=True)
    server, seen = servers.start("app"), []
    warm(server.address, False)
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
