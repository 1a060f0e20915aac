"""Every download, read back with other tools, is the table or the outline it was made from."""

import gzip
import hashlib
import io
import json
import zipfile
from functools import cache

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
import shapely

from geo import blocks, boundaries, kept, manifest, paths
from lib import provenance, tables
from lib.hosts import library

MOST_READ = 3_000
"""Rows of a sheet that are held against its table; only those of the LSOAs have more."""
FACTS = [name for name in provenance.facts() if provenance.tables()[name]["path"].endswith((".csv", ".csv.gz"))]
FORMULAS = ("=", "+", "-", "@")


def parts(outlines: gpd.GeoSeries) -> list[set[bytes]]:
    """Return the polygons of each outline; a GeoPackage makes all outlines multipolygons."""
    return [{part.normalize().wkb for part in shapely.get_parts(outline)} for outline in outlines]


@pytest.fixture(scope="module")
def archive() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(library.file(library.archive_name())[0])) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


@cache
def written(name: str) -> bytes:
    return library.table_csv(name)


def committed(name: str) -> bytes:
    path = paths.DATA / provenance.tables()[name]["path"]
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


@pytest.mark.parametrize("name", FACTS)
def test_a_fact_table_comes_back_byte_by_byte(name):
    # The one cell that begins like a formula: a lone dash among the ODS codes.
    expected = committed(name).replace(b",-,", b",'-,") if name == "stp_partners" else committed(name)
    assert written(name) == b"\xef\xbb\xbf" + expected


@pytest.mark.parametrize("name", provenance.readable())
def test_a_table_read_back_is_the_table(name):
    table = provenance.rows(name)
    back = pd.read_csv(io.BytesIO(written(name)), encoding="utf-8-sig", dtype="str", keep_default_na=False)
    assert list(back.columns) == list(table.columns)
    for column in table:
        kind = table[column].dtype
        if kind.kind in "if":
            assert (pd.to_numeric(back[column], errors="coerce").fillna(-1) == table[column].fillna(-1)).all()
        else:
            expected = table[column].astype("object").where(table[column].notna(), "").astype("str").tolist()
            cells = back[column].tolist()
            assert [cell.removeprefix("'") for cell in cells] == [cell.removeprefix("'") for cell in expected]
            assert not any(cell.startswith(FORMULAS) for cell in cells)


def test_formulas_are_made_safe_and_numbers_stay_numbers():
    table = pd.DataFrame({"a": ["=1+1", "@x", "-", "plain"], "b": [-1.5, 2.25, 0.123456789, -3], "c": [-1, 2, 3, 4]})
    said = tables.csv(table, decimals=None).decode("utf-8-sig").splitlines()
    assert said == ["a,b,c", "'=1+1,-1.5,-1", "'@x,2.25,2", "'-,0.123456789,3", "plain,-3.0,4"]
    assert tables.csv(table).decode().splitlines()[3] == "'-,0.1235,3"


@pytest.mark.parametrize("layer", library.AREA_SETS)
@pytest.mark.parametrize("detail", boundaries.DETAILS)
@pytest.mark.parametrize("form", library.FORMATS)
def test_outlines_come_back_as_they_are(layer, detail, form, tmp_path):
    file = tmp_path / library.outlines_name(layer, detail, form)
    file.write_bytes(library.outlines(layer, detail, form))
    back, frame = gpd.read_file(file), boundaries.layer(layer, detail)
    assert back.crs.to_epsg() == 4326
    assert list(back["code"]) == list(frame["code"]) and list(back["name"]) == list(frame["name"])
    assert set(back["code"]) == set(blocks.names(layer).index)
    assert parts(back.geometry) == parts(frame.geometry)


def test_the_workbook_holds_notes_columns_and_every_fact_table():
    book = openpyxl.load_workbook(io.BytesIO(library.workbook()), read_only=True)
    assert book.sheetnames == ["notes", "columns", *provenance.facts()]
    notes = "\n".join(str(cell) for row in book["notes"].iter_rows(values_only=True) for cell in row if cell)
    assert manifest.read()["version"] in notes and manifest.read()["attribution"] in notes
    assert all(item.says in notes for item in provenance.caveats())
    for name in provenance.facts():
        head, *rows = book[name].iter_rows(values_only=True, max_row=1 + MOST_READ)
        table = provenance.rows(name)
        assert list(head) == list(table.columns) and book[name].max_row == 1 + len(table)
        table = table.head(MOST_READ)
        expected = table.astype("object").where(table.notna() & (table != ""), None)
        read = pd.DataFrame(rows, columns=head, dtype="object").replace("", None)
        assert len(read) == len(expected)
        for column in table:
            said, meant = list(read[column]), list(expected[column])
            if table[column].dtype == "float64":
                # Workbooks keep 16 digits.
                said = [None if pd.isna(cell) else cell for cell in said]
                meant = [None if cell is None else float(f"{cell:.16g}") for cell in meant]
            assert said == meant, (name, column)


def test_no_cell_of_the_workbook_is_a_formula(monkeypatch):
    nasty = pd.DataFrame({"text": ["=1+1", "+1", "-1", "@SUM(A1)", "http://x", "007"], "number": [-1.5, 2, 3, 4, 5, 6]})
    dictionary = provenance.dictionary()
    monkeypatch.setattr(provenance, "dictionary", lambda: dictionary)
    monkeypatch.setattr(provenance, "rows", lambda name: nasty)
    sheet = openpyxl.load_workbook(io.BytesIO(kept.anew(library.workbook)()))["events"]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == list(nasty["text"])
    assert not any(cell.hyperlink for cell in cells)
    # Read as stored text, not as a formula.
    with zipfile.ZipFile(io.BytesIO(kept.anew(library.workbook)())) as packed:
        sheets = [packed.read(name) for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
    assert sheets and not any(b"<f>" in content for content in sheets)
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == list(nasty["number"])


def test_the_archive_holds_everything_with_right_checksums(archive):
    lines = archive["CHECKSUMS.sha256"].decode().splitlines()
    sums = {name: checksum for checksum, name in (line.split("  ") for line in lines)}
    assert set(sums) == set(archive) - {"CHECKSUMS.sha256"}
    assert all(hashlib.sha256(archive[name]).hexdigest() == checksum for name, checksum in sums.items())
    assert {name for name in archive if name.startswith("tables/")} == {
        f"tables/{name}.csv" for name in provenance.readable()
    }
    assert sum(name.startswith("areas/") for name in archive) == 6 * 2 * 2
    assert archive[library.WORKBOOK] == library.workbook()


def test_the_data_in_the_archive_is_the_package_of_the_manifest(archive):
    package = json.loads(archive["data/datapackage.json"])
    for item in package["resources"]:
        assert f"sha256:{hashlib.sha256(archive['data/' + item['path']]).hexdigest()}" == item["hash"]


def test_the_archive_explains_itself(archive):
    readme, licences = archive["README.txt"].decode(), archive["LICENCES.txt"].decode()
    assert manifest.read()["version"] in readme
    assert all(limit in readme for limit in library.limits())
    published = (provenance.rows("stp_ratings")["evidence"] == "published").sum()
    assert f"Of the 44 ratings {published} published, " in readme
    for name, item in provenance.tables().items():
        assert name in licences
        assert all(licence["title"] in licences for licence in item.get("licenses", []))
    assert manifest.read()["attribution"] in licences
    dictionary = pd.read_csv(io.BytesIO(archive["DATA-DICTIONARY.csv"]))
    assert len(dictionary) == len(provenance.dictionary())


def test_the_same_data_give_the_same_bytes(monkeypatch):
    monkeypatch.setattr(provenance, "facts", lambda: ["stp_ratings", "events"])
    assert kept.anew(library.workbook)() == kept.anew(library.workbook)()
    assert library.outlines("acs17", "overview", "gpkg") == library.outlines("acs17", "overview", "gpkg")
