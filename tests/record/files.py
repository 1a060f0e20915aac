"""The files that a run offers for download: name, shape, checksum."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

import openpyxl
import pypdfium2
from streamlit.runtime.media_file_manager import MediaFileManager


@dataclass(frozen=True)
class File:
    """A file that can be downloaded; `content` makes it."""

    name: str
    media: str
    content: Callable[[], bytes]


@contextmanager
def offered() -> Iterator[dict[str, File]]:
    """Gather what download buttons offer while the app runs, by what the button's element says of its file.

    Nothing but the server's store of files ever has the content: AppTest's button only has a reference to it.
    """
    files: dict[str, File] = {}
    later, now = MediaFileManager.add_deferred, MediaFileManager.add

    def add_deferred(self: Any, made: Callable, media: str | None, *args: Any, file_name: str, **options: Any) -> str:
        reference = later(self, made, media, *args, file_name=file_name, **options)
        files[reference] = File(file_name, media or "", lambda: _bytes(made()))
        return reference

    def add(self: Any, content: Any, media: str, coordinates: str, file_name: str | None = None, **options: Any) -> str:
        reference = now(self, content, media, coordinates, file_name, **options)
        if options.get("is_for_static_download"):
            files[reference] = File(file_name or "", media, lambda: _bytes(content))
        return reference

    with (
        mock.patch.object(MediaFileManager, "add_deferred", add_deferred),
        mock.patch.object(MediaFileManager, "add", add),
    ):
        yield files


def of_buttons(test: Any, files: dict[str, File]) -> list[tuple[str, File]]:
    """Return label and file of each download button of a run."""
    buttons = [element for element in test if element.type == "download_button"]
    return [(button.label, files[button.proto.deferred_file_id or button.proto.url]) for button in buttons]


def _bytes(content: Any) -> bytes:
    content = content.read() if hasattr(content, "read") else content
    return content.encode() if isinstance(content, str) else content


def described(name: str, content: bytes) -> dict[str, Any]:
    """Return checksum and shape of a file: what a reader of it would rely on."""
    form = name.rpartition(".")[2]
    shape = {"csv": _csv, "geojson": _geojson, "xlsx": _workbook, "zip": _archive, "pdf": _pdf}.get(form, _size)
    return {"sha256": hashlib.sha256(content).hexdigest()} | shape(content)


def table(content: bytes) -> list[list[str]]:
    """Return the lines of a CSV, its heads first."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def _csv(content: bytes) -> dict[str, Any]:
    heads, *rows = table(content)
    return {"columns": heads, "rows": len(rows)}


def _geojson(content: bytes) -> dict[str, Any]:
    features = json.loads(content)["features"]
    return {"columns": sorted({name for one in features for name in one["properties"]}), "rows": len(features)}


def _workbook(content: bytes) -> dict[str, Any]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {"sheets": {sheet.title: [sheet.max_row, sheet.max_column] for sheet in book}}


def _archive(content: bytes) -> dict[str, Any]:
    return {"files": sorted(zipfile.ZipFile(io.BytesIO(content)).namelist())}


def _pdf(content: bytes) -> dict[str, Any]:
    return {"pages": len(pypdfium2.PdfDocument(content))}


def _size(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content)}
