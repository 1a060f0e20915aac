"""Documents as data: what a spreadsheet, a script and the API read."""

import csv
import io
import json

import openpyxl
import pytest

from lib.content import data
from lib.content.blocks import Column, Fact, Facts, Group, Link, MapFigure, Prose, Section, Strong, Table
from lib.content.document import Document
from lib.content.formats import written
from lib.evidence import Grade
from lib.figures.maps import Map

COLUMNS = (
    Column("council", "Council"),
    Column("residents", "Residents", "count"),
    Column("share_of_council", "Share of the council", "share", note="Residents inside by all residents."),
    Column("gap", "Gap", "money", "gbp_million"),
    Column("code", "Code", "code", in_file_only=True),
)
ROWS = (
    (Link("Rutland", "/council?council=E06000017"), 39474, 0.25, None, "E06000017"),
    ("=1+1", 1, 1.0, 12.5, "-x"),
)
TABLE = Table("councils", "Councils", COLUMNS, ROWS)
FACT = Fact(
    "rating", "Rating", None, as_of="2017-07-21", evidence=Grade("not established", "No source."), note="A gap."
)
DOCUMENT = Document(
    "Title", "Description.", (Section("S", (Group(((TABLE,), (Facts((FACT,)),))), Prose("x"))),),
    lead=("Led by ", Strong("somebody"), "."), notices=("Ignored.",), sources=(Link("ONS", "https://example.org"),),
)  # fmt: skip


def test_a_csv_has_keys_as_heads_fractions_and_no_formulas():
    text = data.csv(TABLE)
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert rows == [
        ["council", "residents", "share_of_council", "gap", "code"],
        ["Rutland", "39474", "0.25", "", "E06000017"],
        ["'=1+1", "1", "1.0", "12.5", "'-x"],
    ]
    assert not data.csv(TABLE, mark=False).startswith(b"\xef")


def test_json_says_what_the_columns_hold_and_keeps_a_gap_as_a_gap():
    content = json.loads(data.json_text(data.contents(DOCUMENT)))
    assert content["lead"] == "Led by somebody."
    assert content["notices"] == ["Ignored."] and content["sources"] == ["ONS"]
    (table,) = content["tables"]
    assert table["rows"][0] == ["Rutland", 39474, 0.25, None, "E06000017"]
    assert table["columns"][2] == {
        "name": "share_of_council",
        "title": "Share of the council",
        "kind": "share",
        "unit": "fraction",
        "description": "Residents inside by all residents.",
    }
    (fact,) = content["facts"]
    assert fact["value"] is None and fact["evidence"] == "not established" and fact["as_of"] == "2017-07-21"


def test_a_workbook_has_a_sheet_a_table_and_its_notes_and_comes_out_the_same_twice():
    twice = Document("T", "D", (TABLE, Table("COUNCILS", "Again", COLUMNS[:1], (("x",),))))
    content = data.workbook(twice, [("Source", "ONS"), ("Link", "=HYPERLINK(1)")])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["notes", "councils", "COUNCILS 2"]
    assert [[cell.value for cell in row] for row in book["councils"]][1:] == [
        ["Rutland", 39474, 0.25, None, "E06000017"],
        ["=1+1", 1, 1, 12.5, "-x"],
    ]
    assert book["councils"]["A3"].data_type == "s"
    assert ["Link", "=HYPERLINK(1)"] in [[cell.value for cell in row] for row in book["notes"]]
    assert data.workbook(twice, [("Source", "ONS"), ("Link", "=HYPERLINK(1)")]) == content


def test_json_holds_no_infinity():
    with pytest.raises(ValueError, match="not JSON compliant"):
        data.json_text({"x": float("inf")})


@pytest.mark.parametrize(
    ("value", "column", "words"),
    [
        (1234567, Column("a", "A", "count"), "1,234,567"),
        (0.63749, Column("a", "A", "share"), "63.7%"),
        (0.0001, Column("a", "A", "share"), "<0.1%"),
        (557.4, Column("a", "A", "money", "gbp"), "£557"),
        (-399.5, Column("a", "A", "money", "gbp_million", 1), "−£399.5 million"),
        (12.345, Column("a", "A", "number", "km", 1), "12.3 km"),
        (12.345, Column("a", "A", "number", decimals=-1), "12.345"),
        ("2017-07-21", Column("a", "A", "date"), "21 July 2017"),
        ("2016-11", Column("a", "A", "date"), "November 2016"),
        (None, Column("a", "A", "count"), "–"),
        (float("nan"), Column("a", "A", "share"), "–"),
        (44, Column("a", "A"), "44"),
    ],
)
def test_values_are_written_by_their_kind(value, column, words):
    assert written(value, column) == words


def test_a_sum_in_an_unknown_unit_is_an_error():
    with pytest.raises(KeyError):
        written(1, Column("a", "A", "money", "usd"))


def test_a_document_gives_its_main_figure_and_blocks_in_the_order_of_reading():
    assert [block.key for block in DOCUMENT.tables()] == ["councils"]
    assert DOCUMENT.figure() is None


def test_a_part_of_a_document_is_its_main_figure_or_all_but_figures():
    figure = MapFigure("england", Map("England", "words", ()))
    whole = Document("T", "D", (Group(((figure,), (TABLE,)), (2, 1)), Section("Only a map", (figure,))))
    assert whole.part("map").blocks == (figure,)
    assert whole.part("table").blocks == (Group(((TABLE,),)),)
    assert whole.part("all") is whole
    assert DOCUMENT.part("map") is DOCUMENT
