"""What the tests of the geography share."""

import csv
import gzip
import json
import shutil
from pathlib import Path

import pytest

from tests.tables import SOURCES, source


@pytest.fixture(scope="session")
def england() -> list[dict]:
    """Every LSOA straight from the fact tables, joined here and not by the code under test."""

    def column(name, key, value):
        return {row[key]: row[value] for row in source(name)}

    stp, council = column("ccg17", "ccg17cd", "stp17cd"), column("lad17", "lad17cd", "council17cd")
    areas = json.loads((SOURCES / "acs_areas.json").read_text(encoding="utf-8"))["areas"]
    acs = {code: area["id"] for area in areas if area["kind"] == "acs" for code in area["ccg17cds"]}
    rows, today = [], {row["lsoa11cd"]: row for row in source("lsoa_today")}
    for told in source("lsoa"):
        row = told | today[told["lsoa11cd"]]
        row |= {
            "stp17": stp[row["ccg17cd"]],
            "council17": council[row["lad17cd"]],
            "acs17": acs.get(row["ccg17cd"]),
        }
        row |= {name.removesuffix("cd"): code for name, code in row.items() if name.endswith("cd")}
        row |= {name: int(value) for name, value in row.items() if name.startswith("population")}
        rows.append(row | {"lsoas": 1})
    return rows


def _packed(name: str) -> tuple[list[str], list[list[str]]]:
    with gzip.open(SOURCES / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    return header, rows


@pytest.fixture(scope="session")
def small_england(tmp_path_factory) -> Path:
    """A root whose fact tables are sound and whole, but for the LSOAs: one of each combination of areas.

    Every area of every layer is there, so every rule applies as it does to
    all of England, and checking takes a fraction of the time.
    """
    root = tmp_path_factory.mktemp("small")
    folder = root / "data" / "sources"
    shutil.copytree(SOURCES, folder)
    header, rows = _packed("lsoa")
    later_header, later = _packed("lsoa_today")
    later_of = {row[0]: row for row in later}

    def members(row: list[str]) -> tuple[str, ...]:
        both = [*zip(header, row, strict=True), *zip(later_header, later_of[row[0]], strict=True)]
        return tuple(code for name, code in both if name.endswith("cd") and name != "lsoa11cd")

    kept = sorted({members(row): row for row in rows}.values())
    codes = {row[0] for row in kept}
    kept_later = [row for row in later if row[0] in codes]
    for name, table in (("lsoa", [header, *kept]), ("lsoa_today", [later_header, *kept_later])):
        with gzip.open(folder / f"{name}.csv.gz", "wt", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table)
    description = json.loads((folder / "tables.json").read_text(encoding="utf-8"))
    lsoa = next(table for table in description["resources"] if table["name"] == "lsoa")
    residents = sum(int(row[header.index("population")]) for row in kept)
    lsoa |= {"rows": len(kept), "totals": {"population": residents}}
    next(table for table in description["resources"] if table["name"] == "lsoa_today")["rows"] = len(kept)
    (folder / "tables.json").write_text(json.dumps(description), encoding="utf-8")
    return root


@pytest.fixture
def small_root(small_england, tmp_path) -> Path:
    """A copy of the small England that a test may break."""
    return Path(shutil.copytree(small_england, tmp_path / "root"))
