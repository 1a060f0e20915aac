"""Time to prepare the search and time of a search: ``python benchmarks/finder.py``."""

import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from lib.search import finder

QUERIES = ["LLR", "leicester", "liecester", "NHS Leicester City CCG", "LE1 6RX", "LE1", "E54000001", "asdfghjkl"]
QUERIES += ["west yorkshire & harrogate", "north east south west london " * 100]
ROUNDS = 50


def main() -> None:
    """Print what a search costs."""
    start = time.perf_counter()
    finder.load()
    print(f"load {(time.perf_counter() - start) * 1e3:.0f} ms")
    for query in QUERIES:
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            finder.find(query)
            times.append((time.perf_counter() - start) * 1e3)
        print(f"{statistics.median(times):6.2f} ms, at most {max(times):6.2f}: {query[:40]}")


if __name__ == "__main__":
    main()
