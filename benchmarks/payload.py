"""What a reader's connection carries: ``python -m benchmarks.payload``.

First view and a later interaction of every page, on the wire, beside the
baseline; and all that a browser fetches for its first map.
"""

import asyncio
import gzip
import re
import urllib.request
from collections.abc import Callable, Coroutine

from playwright.sync_api import BrowserContext, Request, sync_playwright

from geo import manifest
from lib.browser import assets
from tests import servers
from tests.browser import chromium, first_visit
from tests.client import Run, RunError, Session

LEICESTER, NOTTINGHAM, BOB = "E54000015", "E54000014", "E54000044"
HAMPSHIRE = "E10000014"

Step = Callable[[Session], Coroutine[None, None, Run]]


def choose(label: str, index: int) -> Step:
    """Choose an option of a box by its place."""
    return lambda session: session.choose(label, session.options(label)[index])


def follow(path: str, query: str) -> Step:
    """Follow a link, as a click on an area of the map does."""
    return lambda session: session.open(path, query)


def change(**fields: str) -> Step:
    """Change choices of the map that are folded away."""
    return lambda session: session.change("", **fields)


def click(code: str) -> Step:
    """Click an area of the baseline's map."""
    return lambda session: session.click_area(code)


# Page, parameters, and what is done there in turn: (words, action).
PAGES: list[tuple[str, str, list[tuple[str, Step]]]] = [
    (
        "",
        "",
        [
            ("click", follow("", f"stp={LEICESTER}")),
            ("another click", follow("", f"stp={BOB}")),
            ("colour", choose("Colour by", 6)),
            ("filter", change(lead="provider")),
            ("another filter", change(lead="provider", region="midlands_and_east")),
            ("outlines", change(lead="provider", region="midlands_and_east", outline="ccg17")),
        ],
    ),
    ("", f"stp={LEICESTER}", [("colour", choose("Colour by", 1))]),
    ("footprint", "", [("choose", choose("Footprint", 3))]),
    ("footprint", f"stp={LEICESTER}", [("choose", choose("Footprint", 3))]),
    ("compare", f"a={LEICESTER}&b={NOTTINGHAM}", [("choose", choose("Second footprint", 3))]),
    (
        "coterminosity",
        "",
        [("click", follow("coterminosity", f"area={HAMPSHIRE}")), ("weight", choose("Counted in", 1))],
    ),
    ("coterminosity", f"area={HAMPSHIRE}", [("open", choose("Open a council", 5))]),
    ("coterminosity", "a=lad17&b=ccg17", [("weight", choose("Counted in", 1))]),
    ("council", f"council={HAMPSHIRE}", [("choose", choose("Council", 3))]),
    ("acs", "", [("choose", choose("Area", 1))]),
    ("acs", "area=frimley", [("compare", choose("Compare with", 2))]),
    ("what-if", "", [("choose", choose("CCGs to move", 3)), ("another", choose("CCGs to move", 5))]),
    ("what-if", f"moves=E38000008:{NOTTINGHAM}", [("choose", choose("CCGs to move", 3))]),
    ("then-and-now", "", [("from", choose("From", 1)), ("story", choose("Story of a footprint", 14))]),
    ("conditions", "", [("measure", choose("Measure", 3)), ("ratings", choose("Ratings", 1))]),
    ("your-numbers", "", []),
    ("briefing", "", []),
    ("briefing", f"stp={LEICESTER}", [("choose", choose("Footprint", 3))]),
    ("glossary", "", [("choose", choose("Term", 3))]),
    ("sources", "", [("choose", choose("Open a table", 2))]),
]
BASELINE_STEPS = [("click", click(LEICESTER)), ("another click", click(BOB)), ("filter", choose("Lead type", 0))]
FIRST_MAP = ("topo-stp17",)


def kb(run: Run) -> str:
    """Return what a run brought, on the wire and fetched, KB of 1000 bytes."""
    return f"{(run.wire + run.fetched) / 1000:.1f}"


async def measured(address: str, path: str, query: str, steps: list[tuple[str, Step]]) -> list[tuple[str, Run]]:
    """Open a page in a new session and do the steps; the first entry is the first view."""
    async with Session(address) as session:
        runs = [("first view", await session.open(path, query))]
        for words, step in steps:
            runs.append((words, await step(session)))
        return runs


def asked(url: str, accepted: str) -> int:
    """Return the bytes of a file, with the head, for who takes it in that encoding."""
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": accepted})) as answer:
        return len(answer.read()) + len(str(answer.headers))


def files() -> None:
    """Print what a browser fetches for the first map without a proxy."""
    with sync_playwright() as playwright, servers.running("make app") as server:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        begun = server.cpu()
        found = first_visit.fetched(browser, server.address)
        newcomer = server.cpu() - begun
        again = first_visit.fetched(browser, server.address)
        later = server.cpu() - begun - newcomer
        browser.close()
        others = {form: sum(asked(url, form) for url in found) for form in ("gzip", "identity")}
    print("\n| for the first map, without a proxy | MB |\n| --- | ---: |")
    print(f"| Chromium, which takes brotli: {len(found)} files | {sum(again.values()) / 1e6:.2f} |")
    print(f"| the same files with gzip, as over plain HTTP | {others['gzip'] / 1e6:.2f} |")
    print(f"| the same files as they are | {others['identity'] / 1e6:.2f} |")
    print(
        f"\nProcessor time of the server until then: {newcomer:.1f} s for the first reader after a start, "
        f"{later:.1f} s for the next."
    )


def visit(context: BrowserContext, address: str) -> int:
    """Return the bytes of all that a browser fetches for an address, with the heads, until it is at rest."""
    page, requests = context.new_page(), list[Request]()

    def note(request: Request) -> None:
        requests.append(request)

    page.on("requestfinished", note)
    page.goto(address, wait_until="networkidle")
    page.wait_for_timeout(2000)
    fetched = 0
    for request in requests:
        # What the browser has kept costs nothing.
        response = request.response()
        if response and not response.from_service_worker and request.timing["responseStart"] >= 0:
            size = request.sizes()
            fetched += size["responseBodySize"] + size["responseHeadersSize"]
    page.close()
    return fetched


def visits() -> None:
    """Print what a reader fetches who comes for the first time, and again."""
    stp = f"stp={LEICESTER}"
    pages = {
        "map page": "/",
        "area page": f"/footprint?{stp}",
        "embed": f"/?{stp}&embed=true",
        "document": f"/footprint.html?{stp}",
    }
    print("\n| a reader fetches | first visit, KB | second visit, KB |\n| --- | ---: | ---: |")
    with sync_playwright() as playwright, servers.running("app") as server:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=["--no-sandbox"])
        for words, path in pages.items():
            context = browser.new_context(viewport={"width": 1440, "height": 900})
            first, second = (visit(context, server.address + path) for _ in range(2))
            context.close()
            print(f"| {words} `{path}` | {first / 1000:,.0f} | {second / 1000:,.0f} |", flush=True)
        print(f"\nThe server holds {server.memory():.0f} MB then.")
        browser.close()
    with servers.running("app") as server:
        print(f"A server that has just started holds {server.memory():.0f} MB.")


async def connections() -> None:
    """Print what the websocket carries."""
    outlines = [(servers.ROOT / manifest.static_url(name).removeprefix("/app/")).read_bytes() for name in FIRST_MAP]
    # Saving comes with the first picture that is saved.
    names = [name for name in assets.files() if re.fullmatch(r"(map|vendor)\b.*\.js", name) and name != "map/saving.js"]
    static = {"scripts of the map": [assets.files()[name] for name in names], "outlines": outlines}
    packed = {kind: sum(len(gzip.compress(file, 9)) for file in files) for kind, files in static.items()}
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
    packed["the page, by websocket and fetched for it"] = ours["first view"].wire + ours["first view"].fetched
    parts = ", ".join(f"{kind} {size / 1000:.1f}" for kind, size in packed.items())
    print(f"\nTo the first interactive map, gzip -9: {sum(packed.values()) / 1000:.1f} KB: {parts}.")
    ratio = usual["filter"].wire / (ours["filter"].wire + ours["filter"].fetched)
    print(f"A changed map carries {ratio:.1f} times less than the baseline's.")


def main() -> None:
    """Print the tables."""
    print(f"{servers.setting()}\n")
    asyncio.run(connections())
    files()
    visits()


if __name__ == "__main__":
    main()
