"""The postcodes of the ONS list of May 2022: ``data/postcodes.parquet`` in memory.

`geo.build.postcode_file` writes it. It holds which postcodes exist, by sector and country, and the LSOA of each that is
in England.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow.parquet as pq

from geo import kept, paths

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
    countries : list of str
        Country of each row.
    units : bytes
        `UNIT_BYTES` for each row: which units of the sector lie in the country.
    counts : ndarray of int, shape (rows, 26)
        Postcodes of each row by first letter of the unit.
    lsoas : ndarray of uint16, shape (postcodes of England,)
        Row of the blocks in which each postcode lies, in order.
    firsts : list of int
        First of `lsoas` of each row, and their number at the end.
    """

    sectors: list[str]
    starts: list[int]
    countries: list[str]
    units: bytes
    counts: np.ndarray
    lsoas: np.ndarray
    firsts: list[int]

    def lsoa(self, row: int, unit: str) -> int | None:
        """Return the row of the blocks in which a unit of a row in England lies, -1 elsewhere; None if it has none."""
        after = (25 - _place(unit[0])) * ROW_BITS + ROW_BITS - 1 - _place(unit[1])
        bits = int.from_bytes(self.units[row * UNIT_BYTES : (row + 1) * UNIT_BYTES], "big")
        if not bits >> after & 1:
            return None
        before = (bits >> after + 1).bit_count()
        return int(self.lsoas[self.firsts[row] + before]) if self.countries[row] == ENGLAND else -1


def _place(letter: str) -> int:
    return ord(letter) - ord("A")


@kept.once
def index() -> Index:
    """Return the file, read once."""
    table = pq.read_table(POSTCODES)
    sectors, starts = [], []
    for row, sector in enumerate(table["sector"].to_pylist()):
        if not sectors or sectors[-1] != sector:
            sectors.append(sector)
            starts.append(row)
    units = b"".join(table["units"].to_pylist())
    rows = np.frombuffer(units, dtype=">u4").reshape(table.num_rows, 26)
    lsoas = table["lsoas"].combine_chunks()
    return Index(
        sectors,
        [*starts, table.num_rows],
        table["country"].to_pylist(),
        units,
        np.bitwise_count(rows).astype(np.int64),
        lsoas.flatten().to_numpy(),
        lsoas.offsets.to_pylist(),
    )
