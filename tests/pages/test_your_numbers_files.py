"""Files that readers bring: the good ones are read, and the bad ones cost a sentence and nothing else."""

import datetime
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.own_numbers.table import MOST_BYTES, UnreadableError, letter, place
from pages.your_numbers.reader import read
from pages.your_numbers.reader.numbers import Number, number
from tests.lib.own_tables import (
    bomb,
    longest_text,
    lying,
    packed,
    protected,
    widest_workbook,
    with_parts,
    workbook,
)

PLAIN = "code,name,value\nE54000015,Leicester,1.5\nE54000016,Café,2\n"
SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><workbook>&b;</workbook>'

BAD = {
    "zero bytes": (b"", "is empty"),
    "spaces": (b"\xef\xbb\xbf \n\t\n", "is empty"),
    "separators alone": (b",,,\n,,,\n", "no cells"),
    "head alone": (b"code,value\n", "a head but no rows"),
    "one column": (b"code\nE54000015\nE54000016\n", "one column only"),
    "empty bytes": (b"code,value\nE54000015,\x003\n" + b"E54000016,4\n" * 20, "empty bytes"),
    "noise": (bytes(range(1, 256)) * 8, "no known encoding"),
    "pdf": (b"%PDF-1.7 ...", "is a PDF"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .xls format"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture"),
    "gzip": (b"\x1f\x8b\x08\x00" + b"\0" * 50, "packed file"),
    "web page": (b"\n <HTML><table><tr><td>1</td></tr></table>", "web page"),
    "json": (b'[{"code": "E54000015", "value": 3}]', "JSON"),
    "50 MB": (b"code,value\n" + b"E54000015,3\n" * 4_400_000, "at most 5 MB"),
    "endless cell": (b"code,value\nE54000015," + b"9" * 6000 + b"\n", "more than 5,000 letters"),
    "endless quotation": (b'code,value\n"E54000015,' + b"3\nE54000016," * 20_000, "more than 5,000 letters"),
    "thousands of columns": (b"a,b," + b"c," * 3000 + b"d\n1,2\n", "more than 200 columns"),
    "millions of columns": (b"a" + b"," * 4_000_000, "more than 20,000 cells"),
    "thousands of rows": (b"code,value\n" + b"E54000015,3\n" * 5001, "more than 5,000 rows"),
    "millions of lines": (b"code,value\nE54000015,3" + b"\n" * 3_000_000, "more than 50,000 lines"),
    "many cells": ((b"a," * 150 + b"a\n") * 1000, "more than 100,000 cells"),
    "truncated workbook": (workbook(("S", [["a", "b"], ["E54000015", 1]]))[:-300], "damaged or incomplete"),
    "broken workbook": (with_parts({"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}), "damaged"),
    "zip in a zip": (packed(inner_zip=packed(inner_zip=b"x" * 1000)), "zip file without a workbook"),
    "text": (packed(word__document_xml="<x/>"), "text or slides"),
    "OpenDocument": (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
    "binary workbook": (packed(xl__workbook_bin=b"\1\2"), ".xlsb"),
    "empty sheet": (workbook(("S", [])), "no cells"),
    "bomb": (bomb(), "unpacks to far more"),
    "bomb that lies": (lying(bomb()), ("unpacks to far more", "damaged or incomplete")),
    "many parts": (with_parts({f"xl/media/{n}.png": b"x" for n in range(1001)}), "unpacks to far more"),
    "many cells of a workbook": (
        with_parts({"xl/worksheets/sheet1.xml": SHEET + b'<row r="1">' + b'<c r="A1" s="1"/>' * 500_000}),
        "unpacks to far more",
    ),
    "one cell in the last row and column": (
        with_parts({"xl/worksheets/sheet1.xml": SHEET + b'<row r="9"><c r="XFD9"/></row></sheetData></worksheet>'}),
        "no cells",
    ),
    "abbreviations that explode": (with_parts({"xl/workbook.xml": LAUGHS}), "its own abbreviations"),
    "the same in wide letters": (with_parts({"xl/workbook.xml": LAUGHS.encode("utf-16")}), "its own abbreviations"),
    "password": (protected(workbook(("S", [["a", "b"]]))), "needs a password"),
}


@pytest.mark.parametrize(("content", "said"), BAD.values(), ids=BAD)
def test_a_bad_file_gets_a_sentence(content, said):
    with pytest.raises(UnreadableError) as caught:
        read.read(content)
    sentence = str(caught.value)
    assert any(part in sentence for part in ([said] if isinstance(said, str) else said))
    # What is wrong, and what to do.
    assert sentence.endswith((".", "?")) and len(sentence) > 60 and "Error" not in sentence


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(content):
    for start in (b"", b"code,value\n", b"PK\x03\x04", b"\xff\xfe"):
        try:
            assert read.read(start + content).rows
        except UnreadableError as error:
            assert str(error)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_workbook_raises_anything_else(data):
    content = bytearray(workbook(("S", [["code", "value"], ["E54000015", 1], ["E54000016", "x"]])))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read.read(bytes(content[: data.draw(st.integers(1, len(content)))]))
    except UnreadableError as error:
        assert str(error)


@pytest.mark.parametrize(("content", "rows"), [(widest_workbook(), 1980), (longest_text(), 5000)], ids=["wide", "long"])
def test_the_largest_files_are_read(content, rows):
    assert len(content) <= MOST_BYTES
    assert len(read.read(content).rows) == rows


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("cp1252", "Windows-1252"),
    ],
)
@pytest.mark.parametrize(("separator", "called"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")])
def test_encodings_and_separators_are_found_and_named(encoding, said, separator, called):
    table = read.read(PLAIN.replace(",", separator).replace("\n", "\r\n").encode(encoding))
    assert table.head == ("code", "name", "value")
    assert table.rows == (("E54000015", "Leicester", "1.5"), ("E54000016", "Café", "2"))
    assert table.numbers == (2, 3)
    assert f"Read as {said} text" in table.notes[0] and called in table.notes[0]
    assert ("save it as CSV UTF-8" in table.notes[0]) == (encoding == "cp1252")


def test_commas_inside_quotation_marks_and_names_do_not_mislead():
    table = read.read(b'sep=;\nname;"spend; all"\n"West, North and East Cumbria";1,5\nDevon;2,5\n')
    assert table.head == ("name", "spend; all")
    assert table.rows[0] == ("West, North and East Cumbria", "1.5")


def test_codes_that_a_spreadsheet_was_told_to_leave_alone():
    assert read.read(b'code,value\n="00C",3\n').rows == (("00C", "3"),)


def test_titles_above_the_head_are_passed_over_and_years_may_be_heads():
    table = read.read(b"Spending by area\n\ncode,2016,2017\nE54000015,1,2\n")
    assert table.head == ("code", "2016", "2017")
    assert (table.rows, table.numbers) == ((("E54000015", "1", "2"),), (4,))
    assert table.head_row == 3
    assert table.notes[1:] == ("Row 3 is taken for the headings.", "Above them: “Spending by area”.")


def test_a_file_without_a_head_goes_by_letters():
    table = read.read(b"E54000015,12\nE54000016,13\n")
    assert table.head == ("Column A", "Column B") and len(table.rows) == 2
    assert table.head_row == 0 and "not like headings" in table.notes[1]


def test_equal_and_missing_names_of_columns_are_told_apart():
    assert read.read(b"code,value,value,\nE54000015,1,2,3\n").head == ("code", "value", "value (C)")
    assert read.read(b"code,value,,x\nE54000015,1,2,3\n").head == ("code", "value", "Column C", "x")


def test_cells_of_a_workbook_are_what_a_reader_sees():
    content = workbook(("First", [["notes"]]), ("Second", [["code", "share", "on", "yes"], ["E54000015", 0.125, 0, 0]]))
    book = openpyxl.load_workbook(io.BytesIO(content))
    row = book["Second"][2]
    row[1].number_format, row[2].value, row[3].value = "0.0%", datetime.date(2017, 7, 21), True
    changed = io.BytesIO()
    book.save(changed)
    table = read.read(changed.getvalue(), 1)
    assert table.sheets == ("First", "Second") and table.sheet == 1
    assert table.rows == (("E54000015", "12.5%", "2017-07-21", "True"),)
    with pytest.raises(UnreadableError, match="one column only"):
        read.read(changed.getvalue(), 0)


def test_letters_of_columns():
    assert [letter(n) for n in (0, 25, 26, 199)] == ["A", "Z", "AA", "GR"]
    assert [place(letter(n)) for n in range(200)] == list(range(200))
    assert [place(said) for said in ("gr", "GS", "", "A1", "AAA", "Ä")] == [199, None, None, None, None, None]


@pytest.mark.parametrize(
    ("cell", "value", "unit", "decimals"),
    [
        ("1,234", 1234, "", 0),
        ("1 234 567", 1234567, "", 0),
        ("1\u00a0234", 1234, "", 0),
        ("12.5%", 12.5, "%", 1),
        (" £1,200.50 ", 1200.5, "£", 1),
        ("-£5", -5, "£", 0),
        ("£-5", -5, "£", 0),
        ("(45)", -45, "", 0),
        ("(£1,200)", -1200, "£", 0),
        ("−3", -3, "", 0),
        ("+3", 3, "", 0),
        (".5", 0.5, "", 1),
        ("1.2E+05", 120000, "", 0),
        (0.25, 0.25, "", 2),
        (3.0, 3, "", 0),
    ],
)
def test_numbers_that_are_understood(cell, value, unit, decimals):
    assert number(cell) == Number(value, unit, decimals)


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        *((cell, "missing") for cell in ("", " ", "-", "–", "..", "n/a", "N/A", "NaN", ":", "[x]", "null")),
        *((cell, "m, k or bn") for cell in ("£3.2m", "3k", "1.5 million", "(2bn)")),
        *((cell, "decimals with a point") for cell in ("12,5", "1.234,56")),
        *((cell, "is a date") for cell in ("2017-07-21", "21/07/2017", "2017-07-21T00:00:00")),
        *(
            (cell, "not a number")
            for cell in ("abc", "12 apples", "1,23,456", "- -5", "(-5)", "1_000", "٣", "inf", "5%%")
        ),
        *((cell, "error of the spreadsheet") for cell in ("#DIV/0!", "#REF!")),
        *((cell, "can be shown") for cell in ("1e300", "9" * 20, float("inf"), float("nan"))),
    ],
)
def test_numbers_that_are_not_say_why(cell, why):
    assert why in number(cell)
