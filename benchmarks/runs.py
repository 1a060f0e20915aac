"""Processor time of a run of each page, warm, and where it goes: ``python -m benchmarks.runs``.

The time is what the server's process uses for a run, with everything that
sending it takes; the shares come from a profile of the same pages.
"""

import asyncio
import cProfile
import pstats
from collections import Counter
from pathlib import Path

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner

from benchmarks.payload import PAGES
from tests import servers
from tests.client import RunError, Session

RUNS = 25
_PACKAGES = ("streamlit", "plotly", "pandas", "pyarrow", "google")


async def processor_time(server: servers.Server, path: str, query: str) -> tuple[float, float]:
    """Return processor milliseconds of the server and milliseconds waited, for a run."""
    async with Session(server.address, caching=True) as session:
        for _ in range(4):
            await session.open(path, query)
        before, waits = server.cpu(), []
        for _ in range(RUNS):
            waits.append((await session.open(path, query)).seconds)
        return 1000 * (server.cpu() - before) / RUNS, 1000 * sorted(waits)[RUNS // 2]


def shares(path: str, query: str) -> str:
    """Return which packages the time of the script goes to."""
    from tests.app.test_pages import opened

    page = opened(path, **dict(pair.split("=") for pair in query.split("&") if pair))
    profile, run = cProfile.Profile(), ScriptRunner._run_script

    def profiled(self: ScriptRunner, *args: object, **kwargs: object) -> None:
        profile.enable()
        try:
            run(self, *args, **kwargs)
        finally:
            profile.disable()

    page.run()
    ScriptRunner._run_script = profiled
    try:
        for _ in range(5):
            page.run()
    finally:
        ScriptRunner._run_script = run
    spent: Counter[str] = Counter()
    for (file, _, _), (_, _, own, _, _) in pstats.Stats(profile).stats.items():
        parts = Path(file).parts
        package = next((name for name in _PACKAGES if name in parts), None)
        ours = "site-packages" not in parts and ("lib" in parts or "geo" in parts) and str(servers.ROOT) in file
        spent[package or ("the app" if ours else "other")] += own
    total = sum(spent.values())
    return ", ".join(f"{name} {time / total:.0%}" for name, time in spent.most_common(4))


def main() -> None:
    """Print the table."""
    print(f"{servers.setting()}\n")
    print("| page | processor, ms a run | waited, ms | where it goes |\n| --- | ---: | ---: | --- |")
    with servers.running("app") as server:
        for path, query, _ in PAGES:
            try:
                used, waited = asyncio.run(processor_time(server, path, query))
                print(f"| `/{path}{'?' if query else ''}{query}` | {used:.0f} | {waited:.0f} | {shares(path, query)} |")
            except RunError as error:
                print(f"| `/{path}{'?' if query else ''}{query}` | {error} | | |")


if __name__ == "__main__":
    main()
