"""Time to read the largest files that are read, and to add rows up: ``python -m benchmarks.own_numbers``.

Beside it what pandas takes to read the same file as text, without a look at what it holds, and what looking each
postcode up takes.
"""

import io
import statistics
import time
from collections.abc import Callable
from functools import partial

import pandas as pd

from geo import postcodes
from pages.your_numbers.reader import adding, columns, read, value_columns
from tests import servers
from tests.lib.own_tables import longest_text, postcodes_of_england, widest_workbook

ROUNDS = 5
POSTCODES = 12_000


def seconds(function: Callable[[], object]) -> float:
    """Return the processor time of a call: the median of some, after one that is not counted."""
    times = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return statistics.median(times[1:])


def added_up(content: bytes) -> object:
    """Read rows and add them up to the boards of 2026."""
    table = read.read(content)
    key = columns.find(table)
    value = value_columns.likely(table, key.column, key.layer)
    return adding.add_up(table, key.layer, "icb26", (key.column, value))


def main() -> None:
    """Print the table."""
    codes = postcodes_of_england(POSTCODES)
    rows = "".join(f"{code},{n % 9}\n" for n, code in enumerate(codes))
    wide, long, many = widest_workbook(), longest_text(), f"Postcode,Patients\n{rows}".encode()
    print(f"{servers.setting()}\n")
    print("| file | app, ms | beside it, ms | times |\n| --- | ---: | --- | ---: |")
    for words, ours, what, least in (
        ("workbook, 1,980 rows of 50 columns", partial(read.read, wide), "read by pandas", partial(_workbook, wide)),
        ("5,000 rows with 480 letters in a cell", partial(read.read, long), "read by pandas", partial(_text, long)),
        (
            f"{POSTCODES:,} postcodes, added up to boards",
            partial(added_up, many),
            "looked up one by one",
            lambda: [postcodes.find(code) for code in codes],
        ),
    ):
        app, other = seconds(ours), seconds(least)
        print(f"| {words} | {1000 * app:.0f} | {1000 * other:.0f}, {what} | {app / other:.1f} |")


def _text(content: bytes) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(content), dtype=str)


def _workbook(content: bytes) -> pd.DataFrame:
    return pd.read_excel(io.BytesIO(content), dtype=str)


if __name__ == "__main__":
    main()
