"""What a reader's connection carries: ``python -m benchmarks.payload``.

First view and a later interaction of every page, on the wire, beside the
baseline; and the outlines that a browser fetches once.
"""

import asyncio
import gzip
from collections.abc import Callable, Coroutine

from benchmarks import servers
from benchmarks.client import Run, RunError, Session
from geo import manifest

LEICESTER, NOTTINGHAM, BOB = "E54000015", "E54000014", "E54000044"
HAMPSHIRE = "E10000014"

Step = Callable[[Session], Coroutine[None, None, Run]]


def choose(label: str, index: int) -> Step:
    """Choose an option of a box by its place."""
    return lambda session: session.choose(label, session.options(label)[index])


def press(label: str) -> Step:
    """Press a button."""
    return lambda session: session.press(label)


def click(code: str) -> Step:
    """Click an area."""
    return lambda session: session.click_area(code)


# Page, parameters, and what is done there in turn: (words, action).
PAGES: list[tuple[str, str, list[tuple[str, Step]]]] = [
    (
        "",
        "",
        [
            ("click", click(LEICESTER)),
            ("another click", click(BOB)),
            ("colour", choose("Colour by", 6)),
            ("filter", choose("Lead type", 0)),
            ("another filter", choose("NHS region", 1)),
            ("outlines", choose("Outlines", 1)),
        ],
    ),
    ("", f"stp={LEICESTER}", [("colour", choose("Colour by", 1))]),
    ("footprint", "", [("choose", choose("Footprint", 3))]),
    ("footprint", f"stp={LEICESTER}", [("choose", choose("Footprint", 3))]),
    ("compare", f"a={LEICESTER}&b={NOTTINGHAM}", [("choose", choose("Second footprint", 3))]),
    (
        "coterminosity",
        "",
        [("click", click(HAMPSHIRE)), ("another click", click("E10000030")), ("weight", choose("Counted in", 1))],
    ),
    ("coterminosity", f"area={HAMPSHIRE}", [("open", choose("Open a council", 5))]),
    ("coterminosity", "a=lad17&b=ccg17", [("weight", choose("Counted in", 1))]),
    ("council", f"council={HAMPSHIRE}", [("choose", choose("Council", 3))]),
    ("acs", "", [("choose", choose("Area", 1))]),
    ("acs", "area=frimley", [("compare", choose("Compare with", 2))]),
    ("what-if", "", [("click", click("E38000008")), ("preset", press("Glossop to Derbyshire"))]),
    ("what-if", f"moves=E38000008:{NOTTINGHAM}", [("click", click("E38000045"))]),
    ("then-and-now", "", [("from", choose("From", 1)), ("story", choose("Story of a footprint", 14))]),
    ("conditions", "", [("measure", choose("Measure", 3)), ("ratings", choose("Ratings", 1))]),
    ("your-numbers", "", []),
    ("briefing", "", []),
    ("briefing", f"stp={LEICESTER}", [("choose", choose("Footprint", 3))]),
    ("glossary", "", [("choose", choose("Term", 3))]),
    ("sources", "", [("choose", choose("Open a table", 2))]),
]
BASELINE_STEPS = [("click", click(LEICESTER)), ("another click", click(BOB)), ("filter", choose("Lead type", 0))]
FIRST_MAP = ("map-stp17", "hatch-inferred", "hatch-gap")


def kb(run: Run) -> str:
    """Return what a run brought, on the wire, KB of 1000 bytes."""
    return f"{run.wire / 1000:.1f}"


async def measured(address: str, path: str, query: str, steps: list[tuple[str, Step]]) -> list[tuple[str, Run]]:
    """Open a page in a new session and do the steps; the first entry is the first view."""
    async with Session(address) as session:
        runs = [("first view", await session.open(path, query))]
        for words, step in steps:
            runs.append((words, await step(session)))
        return runs


async def main() -> None:
    """Print the tables."""
    print(f"{servers.setting()}\n")
    files = {name: servers.ROOT / manifest.static_url(name).removeprefix("/app/") for name in FIRST_MAP}
    static = {name: len(gzip.compress(file.read_bytes(), 9)) for name, file in files.items()}
    with servers.running("app") as server, servers.running("baseline") as baseline:
        usual = dict(await measured(baseline.address, "", "", BASELINE_STEPS))
        ours: dict[str, Run] = {}
        print("| page | first view, KB | later interactions, KB |\n| --- | ---: | --- |")
        for path, query, steps in PAGES:
            try:
                runs = await measured(server.address, path, query, steps)
            except RunError as error:
                print(f"| `/{path}{'?' if query else ''}{query}` | {error} | |")
                continue
            ours |= {} if ours else dict(runs)
            later = ", ".join(f"{words} {kb(run)}" for words, run in runs[1:])
            print(f"| `/{path}{'?' if query else ''}{query}` | {kb(runs[0][1])} | {later} |")
        later = ", ".join(f"{words} {kb(run)}" for words, run in list(usual.items())[1:])
        print(f"| baseline | {kb(usual['first view'])} | {later} |")
    total = sum(static.values()) + ours["first view"].wire
    parts = ", ".join(f"{name} {size / 1000:.1f}" for name, size in static.items())
    print(
        f"\nTo the first interactive map: {total / 1000:.1f} KB: outlines {parts}, websocket {kb(ours['first view'])}."
    )
    ratio = usual["filter"].wire / ours["filter"].wire
    print(f"A changed map carries {ratio:.1f} times less than the baseline's.")


if __name__ == "__main__":
    asyncio.run(main())
