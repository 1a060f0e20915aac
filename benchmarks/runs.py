"""Processor time of a run of each page, and what its document costs: ``python -m benchmarks.runs``.

The unit is a run of a Streamlit page of one element in the same run of the
benchmark. A time is what the server's process uses for a run, with everything
that sending it takes. Documents are timed in this process, apart.
"""

import asyncio
import cProfile
import gc
import itertools
import pstats
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

from benchmarks.payload import PAGES
from geo import blocks
from lib import catalogue, start_up
from lib.content.page import Page
from lib.facts import today
from lib.hosts.web.reading import read
from lib.measures import MEASURES
from pages import PAGES as ALL
from tests import servers
from tests.client import RunError, Session

RUNS = 25
FIRST_MINUTE = 60.0
VIEWS = 50
NEWER = ("today", "lookup", "claims", "about")
"""Pages that the first edition lacks."""
_STPS = list(catalogue.footprints())
_COUNCILS = list(blocks.names("council17").index)
_CCGS = list(blocks.names("ccg17").index)


async def warm(server: servers.Server, path: str, query: str) -> float:
    """Return processor milliseconds of the server for a run of a view that was seen before."""
    async with Session(server.address, caching=True) as session:
        for _ in range(4):
            await session.open(path, query)
        before = server.cpu()
        for _ in range(RUNS):
            await session.open(path, query)
        return 1000 * (server.cpu() - before) / RUNS


async def in_turn(server: servers.Server, path: str, queries: list[str]) -> float:
    """Return processor milliseconds of the server for a run, each of a view that nobody has seen."""
    async with Session(server.address, caching=True) as session:
        # What all views of a page share is there already.
        await session.open(path, queries[0])
        before = server.cpu()
        for query in queries[1:]:
            await session.open(path, query)
        return 1000 * (server.cpu() - before) / (len(queries) - 1)


def views() -> Iterator[tuple[str, list[str]]]:
    """Give the paths of pages that have many views, each with queries of some of them."""
    yield "", [f"stp={stp}&colour={colour}" for colour, stp in zip(itertools.cycle(MEASURES), _STPS, strict=False)]
    yield "footprint", [f"stp={stp}" for stp in _STPS]
    yield "compare", [f"a={a}&b={b}" for a, b in zip(_STPS, _STPS[7:] + _STPS[:7], strict=True)]
    yield "coterminosity", [f"area={council}" for council in _COUNCILS[:VIEWS]]
    yield "council", [f"council={council}" for council in _COUNCILS[:VIEWS]]
    yield "what-if", [f"moves={ccg}:{stp}" for ccg, stp in zip(_CCGS[:VIEWS], itertools.cycle(_STPS))]
    yield "then-and-now", [f"stp={stp}" for stp in _STPS]
    yield "today", [f"board={board}" for board in today.boards()]
    yield "briefing", [f"stp={stp}" for stp in _STPS]


def cost_of_documents(page: Page, queries: list[str]) -> tuple[float, str]:
    """Return processor milliseconds of a document, and the modules that most of the time goes to."""
    asked = [read(page, parse_qs(query)).view for query in queries]
    call = (lambda view: page.document(view, None)) if page.session else page.document
    call(asked[0])
    gc.collect()
    start = time.process_time()
    for view in asked[1:]:
        call(view)
    spent = 1000 * (time.process_time() - start) / (len(asked) - 1)
    return spent, where(page, asked[0])


def where(page: Page, view: object) -> str:
    """Return which packages and modules the time of a document goes to."""
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(5):
        _ = page.document(view, None) if page.session else page.document(view)
    profile.disable()
    own: Counter[str] = Counter()
    for (file, _, _), (_, _, spent, _, _) in pstats.Stats(profile).stats.items():
        parts = Path(file).parts
        if str(servers.ROOT) in file and "site-packages" not in parts:
            own["/".join(Path(file).relative_to(servers.ROOT).with_suffix("").parts)] += spent
        else:
            own["pandas" if "pandas" in parts else "other"] += spent
    total = sum(own.values())
    return ", ".join(f"{name} {spent / total:.0%}" for name, spent in own.most_common(3))


def measured(kind: str, pages: list[tuple[str, str]]) -> dict[tuple[str, str], float | str]:
    """Return milliseconds of a warm run by path and query, or what went wrong."""
    times: dict[tuple[str, str], float | str] = {}
    with servers.running(kind) as server:
        # The app makes pages of areas in its first minute, before they are asked for.
        time.sleep(FIRST_MINUTE if kind == "app" else 0)
        for path, query in pages:
            try:
                times[path, query] = asyncio.run(warm(server, path, query))
            except RunError as error:
                times[path, query] = str(error)
    return times


def cell(spent: float | str | None, unit: float) -> str:
    """Return milliseconds, and how many runs of one element they are."""
    return f"{spent:.1f}, {spent / unit:.1f} times" if isinstance(spent, float) else str(spent or "–")


def main() -> None:
    """Print the tables."""
    print(f"{servers.setting()}\n")
    (unit,) = (spent for spent in measured("one element", [("", "")]).values() if isinstance(spent, float))
    print(f"A run of a page of one element takes {unit:.1f} ms of a core.\n")
    pages = [(path, query) for path, query, _ in PAGES]
    ours, before = measured("app", [*pages, *((path, "") for path in NEWER)]), measured("first edition", pages)
    print("| a view seen before | app, ms a run | first edition |\n| --- | ---: | ---: |")
    for (path, query), spent in ours.items():
        address = f"/{path}{'?' if query else ''}{query}"
        print(f"| `{address}` | {cell(spent, unit)} | {cell(before.get((path, query)), unit)} |")
    print("\n| new views in turn | ms a run | of it the document | where that goes |\n| --- | ---: | ---: | --- |")
    start_up.load()
    by_path = {page.path: page for page in ALL}
    with servers.running("app") as server:
        time.sleep(FIRST_MINUTE)
        for path, queries in views():
            document, modules = cost_of_documents(by_path[path], queries)
            run = asyncio.run(in_turn(server, path, queries))
            print(f"| `/{path}`, {len(queries)} views | {cell(run, unit)} | {document:.1f} | {modules} |", flush=True)


if __name__ == "__main__":
    main()
