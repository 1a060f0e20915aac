"""Documents behind links: what an answer costs, and how many come in a second: ``python -m benchmarks.documents``.

The unit is a run of a Streamlit page of one element, with everything that
sending it takes, taken between all kinds of answers. Client and server share the
machine's cores.
"""

import asyncio
import itertools
import os
import re
import shutil
import statistics
import subprocess
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks import load
from deploy import replicas
from geo import blocks, regroup
from lib import catalogue
from lib.hosts.web import beforehand
from tests import servers
from tests.client import Session

ANSWERS, CONNECTIONS = 4_000, 8
RUNS, SERVERS = 300, 3
VIEWS, FEW = 40, 22
EMBEDS, WITHIN = 1_000, 10.0
READERS, THINK, HOLD = 200, 5.0, 25.0
STPS = list(catalogue.footprints())
FIT = "/coterminosity?a=ccg17&b=council17"
COUNCILS, CCGS = (list(blocks.names(layer).index) for layer in ("council17", "ccg17"))


def processor(server: servers.Server) -> float:
    """Return the seconds of processor time of a server and of the processes that draw for it."""
    pids, total = [server.process.pid], 0.0
    while pids:
        pid = pids.pop()
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        for task in Path(f"/proc/{pid}/task").iterdir():
            pids += [int(child) for child in (task / "children").read_text().split()]
    return total


@dataclass
class Answers:
    """What came back.

    Attributes
    ----------
    seconds : list of float
        Of each answer, from asking to its last byte.
    failed : int
        Answers that were none, or had another status than 200.
    """

    seconds: list[float] = field(default_factory=list)
    failed: int = 0


async def _get(reading: asyncio.StreamReader, writing: asyncio.StreamWriter, host: str, path: str) -> bool:
    asked = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: br\r\n\r\n"
    writing.write(asked.encode())
    head = await reading.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    if not length:
        raise RuntimeError(f"{path}: {head!r}")
    await reading.readexactly(int(length[1]))
    return head.split(b" ", 2)[1] == b"200"


async def asked(address: str, paths: Iterable[str], connections: int) -> Answers:
    """Ask for paths over a number of connections that are kept."""
    parts, waiting, met = urlsplit(address), iter(paths), Answers()

    async def one() -> None:
        reading, writing = await asyncio.open_connection(parts.hostname, parts.port)
        for path in waiting:
            start = time.perf_counter()
            met.failed += not await _get(reading, writing, parts.netloc, path)
            met.seconds.append(time.perf_counter() - start)
        writing.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return met


async def newcomers(address: str, paths: list[str]) -> Answers:
    """Let readers come within some seconds, each over a connection of its own."""
    parts, met = urlsplit(address), Answers()

    async def one(number: int) -> None:
        await asyncio.sleep(WITHIN * number / EMBEDS)
        start = time.perf_counter()
        try:
            reading, writing = await asyncio.open_connection(parts.hostname, parts.port)
            met.failed += not await _get(reading, writing, parts.netloc, paths[number % len(paths)])
            writing.close()
            met.seconds.append(time.perf_counter() - start)
        except (OSError, EOFError):
            met.failed += 1

    await asyncio.gather(*(one(number) for number in range(EMBEDS)))
    return met


async def at_rest(server: servers.Server) -> None:
    """Wait until a server that was just started has made what it makes beside its first answers."""
    used = -1.0
    while processor(server) - used > 0.02:
        used = processor(server)
        await asyncio.sleep(1)


async def one_element(server: servers.Server, session: Session) -> float:
    """Return the processor seconds of a run of a page of one element."""
    before = processor(server)
    for _ in range(RUNS):
        await session.open()
    return (processor(server) - before) / RUNS


async def cost(server: servers.Server, paths: list[str], connections: int = 1) -> tuple[float, float]:
    """Return processor seconds of an answer, and answers a second."""
    before, start = processor(server), time.perf_counter()
    met = await asked(server.address, paths, connections)
    if met.failed:
        raise RuntimeError(f"{met.failed} answers failed")
    return (processor(server) - before) / len(paths), len(paths) / (time.perf_counter() - start)


async def costs() -> None:
    """Print what answers of new servers cost beside runs of a page of one element, taken between them."""
    units: list[float] = []
    by_kind: dict[tuple[str, str], list[tuple[float, float]]] = {}
    with servers.running("one element") as plain:
        async with Session(plain.address) as session:
            await one_element(plain, session)
            for _ in range(SERVERS):
                async for words, target, used, rate in _kinds():
                    units.append(await one_element(plain, session))
                    by_kind.setdefault((words, target), []).append((used, rate))
    unit = statistics.mean(units)
    print("| answer | ms of a core | runs of one element | target | a second |\n| --- | ---: | ---: | ---: | ---: |")
    for (words, target), costs_of_kind in by_kind.items():
        used, rate = map(statistics.mean, zip(*costs_of_kind, strict=True))
        print(f"| {words} | {1000 * used:.3g} | {used / unit:.2g} | {target} | {rate:.0f} |")
    low, high = (1000 * bound(units) for bound in (min, max))
    print(f"\nMeans of {SERVERS} servers. A run of a page of one element takes {1000 * unit:.1f} ms of a core ", end="")
    print(f"({low:.1f} to {high:.1f}).", flush=True)


def _moves() -> list[str]:
    """Return moves of CCGs to the STP beside theirs with which they share the longest border."""
    home, moves = regroup.homes(), []
    for ccg in CCGS:
        own = {home[part] for part in regroup.units()[ccg]}
        beside = (stp for stp in regroup.neighbours_of([ccg], home) if stp not in own)
        moves += [f"{ccg}:{stp}" for stp in itertools.islice(beside, 1)]
    return moves


async def _kinds() -> AsyncIterator[tuple[str, str, float, float]]:
    """Yield kinds of answers: words, how many runs one may take, its processor seconds, and answers a second."""
    with servers.running("app") as server:
        # The process that draws is started by the first picture, and is no part of one; nor is what is made once.
        first = [f"/{page}" for page in (f"council?council={COUNCILS[-1]}", f"footprint?stp={STPS[-1]}")]
        await asked(server.address, [*first, *(f"/footprint.{form}?stp={STPS[-1]}" for form in ("png", "pdf"))], 1)
        await at_rest(server)
        at_once = (
            ("page of a council, new", [f"/council?council={code}" for code in COUNCILS[:VIEWS]], "6"),
            ("page of a footprint, new", [f"/footprint?stp={code}" for code in STPS[:FEW]], "6"),
            ("CSV, new", [f"/council.csv?council={code}" for code in COUNCILS[:VIEWS]], ""),
        )
        later = (
            ("page of a council, made beforehand", [f"/council?council={code}" for code in COUNCILS[VIEWS:-1]], "6"),
            ("page of a footprint, made beforehand", [f"/footprint?stp={code}" for code in STPS[FEW:-1]], "6"),
            ("map with a footprint chosen, new", [f"/?stp={code}" for code in STPS], "6"),
            ("comparison, new", [f"/compare?a={a}&b={b}" for a, b in itertools.pairwise(STPS)], "6"),
            ("footprint then and now, new", [f"/then-and-now?stp={code}" for code in STPS], "6"),
            ("footprint among claims, new", [f"/conditions?stp={code}" for code in STPS], "6"),
            ("fit of a council, new", [f"/coterminosity?area={code}" for code in COUNCILS[:VIEWS]], "6"),
            ("briefing on a council, new", [f"/briefing?council={code}" for code in COUNCILS[:VIEWS]], "6"),
            ("fit at a tolerance of a reader's own", [f"{FIT}&tolerance={n / 7:.2f}" for n in range(1, VIEWS)], "6"),
            ("what-if with a move, never kept", [f"/what-if?moves={move}" for move in _moves()[:VIEWS]], "6"),
            ("PNG, new", [f"/council.png?council={code}" for code in COUNCILS[:VIEWS]], "40"),
            ("PDF, new", [f"/council.pdf?council={code}" for code in COUNCILS[:VIEWS]], "50"),
        )
        for kinds in (at_once, later):
            for words, paths, target in kinds:
                yield words, target, *await cost(server, paths)
            # What the server makes beside its answers is no part of one.
            await asyncio.sleep(beforehand.WAIT)
            await at_rest(server)
        kept = [f"/footprint?stp={code}" for code in STPS[:VIEWS]]
        for words, paths, target in (
            ("page, kept", kept, "0.25"),
            ("embed, kept", [f"{path}&embed=true" for path in kept], ""),
        ):
            await asked(server.address, paths, 1)
            many = list(itertools.islice(itertools.cycle(paths), ANSWERS))
            yield words, target, *await cost(server, many, CONNECTIONS)


async def crowd() -> None:
    """Print what readers of embeds wait for who come within ten seconds."""
    print(f"\n| {EMBEDS} readers within {WITHIN:.0f} s | failed | median, ms | p95, ms |\n| --- | ---: | ---: | ---: |")
    # An article that is read has one; a server that has just started knows none of them.
    for words, paths in (("of one embed", STPS[:1]), ("of 44 embeds that nobody saw before", STPS)):
        with servers.running("app") as server:
            await at_rest(server)
            met = await newcomers(server.address, [f"/?stp={code}&embed=true" for code in paths])
        median, p95 = (1000 * servers.percentile(met.seconds, share) for share in (0.5, 0.95))
        print(f"| {words} | {met.failed} | {median:.0f} | {p95:.0f} |", flush=True)


def proxied() -> None:
    """Print how many answers a second come out of the cache of the proxy, with a client in C."""
    client = shutil.which("wrk")
    if not client or not replicas.nginx():
        print("\nWithout nginx and wrk nothing is said of the proxy.")
        return
    with replicas.Site(servers.free_port(), 1) as site:
        address = f"http://127.0.0.1:{site.port}/footprint?stp={STPS[0]}"
        command = [client, "-t1", "-c32", "-d8", "-H", "Accept-Encoding: br", address]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = float(re.search(r"Requests/sec: *([\d.]+)", told)[1])
    failed = re.search(r"Non-2xx.*: (\d+)", told)
    lost = failed[1] if failed else 0
    print(f"\nThrough nginx with its cache: {rate:,.0f} answers a second, {lost} failed (target 5,000).")


async def _readers(address: str, hold: float = HOLD) -> list[float]:
    counts, now = load.Counts(), time.monotonic()
    waits = [THINK * number / READERS for number in range(READERS)]
    await asyncio.gather(*(load.reader(address, w, now + hold, now + THINK, counts, "app") for w in waits))
    if counts.failed:
        raise RuntimeError(f"{counts.failed} readers failed: {counts.errors[:2]}")
    return [seconds for kind, times in counts.times.items() if kind != "first" for seconds in times]


async def crawler() -> None:
    """Print what readers wait for while a crawler walks all pages and files."""
    walked = [f"/council{form}?council={code}" for code in COUNCILS for form in ("", ".csv", ".json", ".svg")]
    walked += [
        f"/footprint{form}?stp={code}" for code in STPS for form in ("", ".csv", ".json", ".svg", ".png", ".pdf")
    ]
    alone: list[float] = []
    beside: list[float] = []
    for _ in range(SERVERS):
        with servers.running("app") as server:
            await _readers(server.address, 2 * THINK)
            await at_rest(server)
            alone += await _readers(server.address)
            crawl = asyncio.create_task(asked(server.address, itertools.cycle(walked), 2))
            beside += await _readers(server.address)
            crawl.cancel()
    p95 = [1000 * servers.percentile(times, 0.95) for times in (alone, beside)]
    print(
        f"\n{READERS} readers who click every {THINK:.0f} s: p95 {p95[0]:.0f} ms alone, {p95[1]:.0f} ms while a "
        f"crawler walks links and files over two connections ({p95[1] / p95[0]:.1f} times; target 1.5)."
    )


def main() -> None:
    """Print the tables."""
    print(f"{servers.setting()}\n")
    asyncio.run(costs())
    asyncio.run(crowd())
    proxied()
    asyncio.run(crawler())


if __name__ == "__main__":
    main()
