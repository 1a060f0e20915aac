"""The postcodes of the ONS list of May 2022: ``data/postcodes.parquet`` in memory.

`geo.build.postcode_file` writes it. It holds which postcodes exist, by sector and place.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow.parquet as pq

from geo import blocks, kept, paths

ENGLAND, UNPLACED = "England", "not placed"
POSTCODES = paths.DATA / "postcodes.parquet"

# A sector such as "LE1 6" has one bit for each of its possible units AA to ZZ:
# a row of 32 bits for each first letter, of which the 26 of the second are used.
ROW_BITS = 32
UNIT_BYTES = 26 * ROW_BITS // 8


@dataclass(frozen=True)
class Index:
    """The file in memory.

    Attributes
    ----------
    sectors : list of str
        Every sector once, sorted, for example ``"LE1 6"``.
    starts : list of int
        First row of each sector, and the number of rows at the end.
    places : list of tuple
        For each row country, CCG, district, council and STP.
    units : bytes
        `UNIT_BYTES` for each row: which units of the sector lie in the place.
    counts : ndarray of int, shape (rows, 26)
        Postcodes of each row by first letter of the unit.
    """

    sectors: list[str]
    starts: list[int]
    places: list[tuple[str, str | None, str | None, str | None, str | None]]
    units: bytes
    counts: np.ndarray


@kept.once
def index() -> Index:
    """Return the file, read once."""
    table = pq.read_table(POSTCODES)
    members = blocks.load()[["ccg17", "stp17", "lad17", "council17"]].drop_duplicates().astype("str")
    stp = dict(zip(members["ccg17"], members["stp17"], strict=True))
    council = dict(zip(members["lad17"], members["council17"], strict=True))
    columns = (table[name].to_pylist() for name in ("sector", "country", "ccg17", "lad17"))
    sectors, starts, places = [], [], []
    for row, (sector, country, ccg, lad) in enumerate(zip(*columns, strict=True)):
        if not sectors or sectors[-1] != sector:
            sectors.append(sector)
            starts.append(row)
        places.append((country, ccg, lad, council.get(lad), stp.get(ccg)))
    units = b"".join(table["units"].to_pylist())
    rows = np.frombuffer(units, dtype=">u4").reshape(len(places), 26)
    return Index(sectors, [*starts, len(places)], places, units, np.bitwise_count(rows).astype(np.int64))
