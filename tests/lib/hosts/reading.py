"""What came over HTTP, read as its readers read it."""

import io
import json
import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import geopandas
import numpy as np
import openpyxl
import pandas as pd
import pypdfium2

from tests.lib.hosts.asking import ask


@dataclass(frozen=True)
class Read:
    """What an answer says.

    Attributes
    ----------
    asked : dict of str to str
        The parameters of its address.
    facts, tables : dict
        Facts as JSON has them, tables with the columns of the file, each by its name.
    areas : GeoDataFrame, optional
        Of the map.
    words : str
        Title and first sentences of JSON, all of a sheet of paper.
    """

    asked: dict[str, str]
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    areas: geopandas.GeoDataFrame | None = None
    words: str = ""


def read(app, address: str) -> Read:
    """Ask for an address and read the answer, by its ending: JSON, CSV, workbook, GeoJSON or paper."""
    (answer,) = ask(app, address)
    assert answer.status == 200, address
    split = urlsplit(address)
    asked = dict(parse_qsl(split.query))
    form = split.path.rpartition(".")[2]
    if form == "json":
        said = json.loads(answer.body)
        assert not said["notices"], address
        return Read(asked, *as_json(answer.body), words=f"{said['title']} {said['lead']}")
    if form == "csv":
        return Read(asked, tables={asked["table"]: pd.read_csv(io.BytesIO(answer.body))})
    if form == "xlsx":
        return Read(asked, tables=as_workbook(answer.body))
    if form == "geojson":
        return Read(asked, areas=geopandas.read_file(io.BytesIO(answer.body)))
    return Read(asked, words=as_words(answer.body))


def as_json(body: bytes) -> tuple[dict[str, Any], dict[str, pd.DataFrame]]:
    """Return the facts and the tables of JSON, by their names."""
    said = json.loads(body)
    tables = {
        table["name"]: pd.DataFrame(table["rows"], columns=[column["name"] for column in table["columns"]])
        for table in said["tables"]
    }
    return {fact["name"]: fact for fact in reversed(said["facts"])}, tables


def as_workbook(body: bytes) -> dict[str, pd.DataFrame]:
    """Return the sheets of a workbook but for its notes, by their names."""
    book = openpyxl.load_workbook(io.BytesIO(body), read_only=True)
    assert dict(book["notes"].iter_rows(values_only=True))["Data version"]
    return {
        sheet.title: pd.DataFrame(rows[1:], columns=rows[0])
        for sheet in book.worksheets[1:]
        if (rows := list(sheet.iter_rows(values_only=True)))
    }


def as_words(body: bytes) -> str:
    """Return what a paper says, in one line."""
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body)).split())


def plain(page: str) -> str:
    """Return what a page says, or a part of it, without its marks; a cell or a paragraph ends with a space."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def expect(found: pd.DataFrame, meant: pd.DataFrame) -> None:
    """Hold a table that was read against another one with the same rows, in any order, and some of its columns.

    Rows are told apart by the column that the index of `meant` is called after. What is empty is nothing.
    """
    key = meant.index.name
    assert sorted(map(str, found[key])) == sorted(map(str, meant.index))
    found = found.set_index(found[key].astype(str)).reindex(meant.index.astype(str))
    for column in meant:
        told, right = found[column], meant[column]
        if pd.api.types.is_numeric_dtype(right):
            np.testing.assert_allclose(told.astype(float), right.astype(float), 1e-9, 1e-9, err_msg=column)
        else:
            assert told.fillna("").astype(str).to_list() == right.fillna("").astype(str).to_list(), column
