"""Files as readers bring them: the largest, and workbooks made part by part where a spreadsheet would not make them."""

import io
import re
import zipfile
from collections.abc import Mapping

import openpyxl
import pandas as pd

from geo import paths

_DAY = (2017, 7, 21, 0, 0, 0)


def workbook(*sheets: tuple[str, list[list]]) -> bytes:
    """Return a workbook with a sheet for each name and rows; the same bytes for the same rows."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(content)
    with zipfile.ZipFile(content) as saved:
        core = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]+Z", b"2017-07-21T00:00:00Z", saved.read("docProps/core.xml"))
    return with_parts({"docProps/core.xml": core}, content.getvalue())


def with_parts(parts: Mapping[str, bytes | str], content: bytes | None = None) -> bytes:
    """Return a workbook with some of its parts replaced or added."""
    content = content or workbook(("Sheet", [["code", "value"], ["E54000015", 3]]))
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in [*old.namelist(), *parts]:
            if name not in new.namelist():
                new.writestr(zipfile.ZipInfo(name, _DAY), parts.get(name) or old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def packed(**parts: bytes | str) -> bytes:
    """Return a zip file; ``__`` in a name stands for a slash, ``_`` for a point."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name.replace("__", "/").replace("_", "."), part)
    return made.getvalue()


def bomb() -> bytes:
    """Return a workbook of some 100 KB whose sheet unpacks to 60 MB."""
    return with_parts({"xl/worksheets/sheet1.xml": b"<row/>" * 10_000_000})


def lying(content: bytes) -> bytes:
    """Return a zip file that declares 100 bytes as the size of each part."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        sizes = [member.file_size for member in old.infolist()]
    for size in sizes:
        content = content.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    return content


def protected(content: bytes) -> bytes:
    """Return a zip file all of whose parts claim to need a password."""
    made = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            made[place + offset] |= 1
            place = content.find(mark, place + 4)
    return bytes(made)


def widest_workbook() -> bytes:
    """Return a workbook of 1,980 rows and 50 columns, nearly as many cells as are read."""
    head = [["code"] + [f"c{n}" for n in range(49)]]
    return workbook(("S", head + [["E54000015"] + [n / 7] * 49 for n in range(1980)]))


def longest_text() -> bytes:
    """Return a CSV file of 5,000 rows with 480 letters in a cell, nearly as many bytes as are read."""
    return ("code,value\n" + "".join(f"E54000015,{'1' * 480}\n" for _ in range(5000))).encode()


def postcodes_of_england(most: int) -> list[str]:
    """Return so many postcodes of England, at most nine of a sector; the same ones each time."""
    sectors = pd.read_parquet(paths.DATA / "postcodes.parquet").query("country == 'England'")
    codes: list[str] = []
    for row in sectors.sample(2500, random_state=1).itertuples():
        bits = "".join(f"{byte:08b}" for byte in row.units)
        codes += [f"{row.sector}{chr(65 + n // 32)}{chr(65 + n % 32)}" for n, bit in enumerate(bits) if bit == "1"][:9]
    return codes[:most]
