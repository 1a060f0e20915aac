"""Look at the fact tables as files: there, readable, UTF-8, separated by commas, under the right head.

A spreadsheet that saves a table its own way breaks all of it at once. That is
said in one sentence a file here, before any cell is looked at.
"""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from geo import sources

_CSV_AGAIN = "save it as CSV UTF-8, separated by commas"


def problems(folder: Path) -> Iterator[str]:
    """Yield one sentence for each file that cannot be read as what it should be.

    Parameters
    ----------
    folder : Path
        Folder with ``tables.json`` and the tables it describes.
    """
    try:
        described = [(item["path"], item) for item in sources.descriptor(folder)["resources"]]
        tables = [(path, [field["name"] for field in item["schema"]["fields"]]) for path, item in described]
    except (OSError, ValueError, KeyError, TypeError) as error:
        yield f"{sources.DESCRIPTOR}: cannot be read: {_reason(error)}"
        return
    for path, head in tables:
        if Path(path).name != path:
            yield f"{sources.DESCRIPTOR}: the path {path} leads out of the folder"
        elif problem := _problem(folder / path, head):
            yield f"{path}{problem}"


def _problem(path: Path, head: list[str]) -> str | None:
    try:
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".gz" else content
    except FileNotFoundError:
        return ": is missing"
    except (OSError, EOFError, zlib.error) as error:
        return f": cannot be read: {_reason(error)}"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return f", line {line}: is not UTF-8 text; {_CSV_AGAIN}"
    return _json_problem(text) if path.suffix == ".json" else _csv_problem(text, head)


def _json_problem(text: str) -> str | None:
    try:
        json.loads(text)
    except ValueError as error:
        return f": is not JSON: {_reason(error)}"
    return None


def _csv_problem(text: str, head: list[str]) -> str | None:
    if "\0" in text:
        return f", line {text.count(chr(10), 0, text.index(chr(0))) + 1}: holds a character that is no text"
    reader, start = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    try:
        columns = next(reader, [])
        start = reader.line_num + 1
        for _ in reader:
            start = reader.line_num + 1
    except csv.Error as error:
        return f", line {start}: a quotation mark is opened and never closed, or stands inside a cell ({error})"
    if columns == head:
        return None
    if len(columns) == 1 and len(head) > 1:
        return f", row 1: is not separated by commas; {_CSV_AGAIN}"
    lacking, strange = [name for name in head if name not in columns], [name for name in columns if name not in head]
    faults = [f"lacks {', '.join(lacking)}"] if lacking else []
    faults += [f"has {', '.join(map(repr, strange))}, which tables.json does not know"] if strange else []
    return f", row 1: the head {' and '.join(faults) or 'has its columns in another order: ' + ', '.join(head)}"


def _reason(error: Exception) -> str:
    message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join((f"{message} is missing" if isinstance(error, KeyError) else message).split())
