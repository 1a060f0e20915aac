"""The fact tables as they stand in their files, read without the code under test."""

import csv
import gzip
from pathlib import Path

SOURCES = Path(__file__).parents[1] / "data" / "sources"


def source(name: str) -> list[dict[str, str]]:
    """Return the rows of a fact table, every cell as text."""
    (path,) = SOURCES.glob(f"{name}.csv*")
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
