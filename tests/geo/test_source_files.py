"""Fact tables as spreadsheets and slips leave them: a sentence says which file and what to do; nothing is built."""

import re

import pytest

from geo import sources
from geo.build import validate
from tests.geo.test_validate import edit, problems


def text(change, encoding="utf-8"):
    """Return what rewrites a file from its text."""

    def rewrite(path):
        path.write_bytes(change(path.read_bytes().decode()).encode(encoding))

    return rewrite


def content(change):
    """Return what rewrites a file from its bytes."""
    return lambda path: path.write_bytes(change(path.read_bytes()))


def columns(change):
    """Return what changes each row of a table, the head too."""
    return lambda path: edit(path.parent, path.name, lambda head, rows: [change(row) for row in [head, *rows]])


CASES = {
    "description gone": ("tables.json", lambda path: path.unlink(), r"^tables\.json: cannot be read: No such file"),
    "description cut": ("tables.json", content(lambda said: said[:900]), r"^tables\.json: cannot be read: .*line \d+"),
    "description of another kind": ("tables.json", text(lambda said: "[]"), r"^tables\.json: cannot be read: "),
    "description without a path": (
        "tables.json",
        text(lambda said: said.replace('"path": "stp17.csv"', '"file": "stp17.csv"')),
        r"^tables\.json: cannot be read: 'path' is missing$",
    ),
    "description that leads elsewhere": (
        "tables.json",
        text(lambda said: said.replace('"path": "stp17.csv"', '"path": "../../stp17.csv"')),
        r"^tables\.json: the path \.\./\.\./stp17\.csv leads out of the folder$",
    ),
    "description that is no description": (
        "tables.json",
        text(lambda said: said.replace('"type": "integer"', '"type": "whole"')),
        r"^tables\.json: ",
    ),
    "table gone": ("lad17.csv", lambda path: path.unlink(), r"^lad17\.csv: is missing$"),
    "table that is a folder": (
        "lad17.csv",
        lambda path: (path.unlink(), path.mkdir()),
        r"^lad17\.csv: cannot be read: Is a directory$",
    ),
    "areas cut": ("acs_areas.json", content(lambda said: said[:500]), r"^acs_areas\.json: is not JSON: .*line \d+"),
    "areas without their list": ("acs_areas.json", text(lambda said: '{"common": {}}'), r"^acs_areas\.json: [^\n]*$"),
    "packed table that is not packed": (
        "lsoa.csv.gz",
        content(lambda said: b"lsoa11cd\n"),
        r"^lsoa\.csv\.gz: cannot be read: Not a gzipped file",
    ),
    "packed table cut": ("lsoa.csv.gz", content(lambda said: said[:900]), r"^lsoa\.csv\.gz: cannot be read: "),
    "packed table with a wrong byte": (
        "lsoa.csv.gz",
        content(lambda said: said[:900] + bytes([said[900] ^ 255]) + said[901:]),
        r"^lsoa\.csv\.gz: cannot be read: ",
    ),
    "letters of another encoding": (
        "stp17.csv",
        text(lambda said: said.replace("Dorset", "D\xf6rset"), "cp1252"),
        r"^stp17\.csv, line 42: is not UTF-8 text; save it as CSV UTF-8, separated by commas$",
    ),
    "wide letters": ("stp17.csv", text(lambda said: said, "utf-16"), r"^stp17\.csv, line 1: is not UTF-8 text"),
    "semicolons": (
        "stp17.csv",
        text(lambda said: said.replace(",", ";")),
        r"^stp17\.csv, row 1: is not separated by commas; save it as CSV UTF-8",
    ),
    "column renamed": (
        "stp_ratings.csv",
        text(lambda said: said.replace("rating", "Rating", 1)),
        r"^stp_ratings\.csv, row 1: the head lacks rating and has 'Rating', which tables\.json does not know$",
    ),
    "column gone": (
        "stp_leads.csv",
        columns(lambda row: row.pop(2)),
        r"^stp_leads\.csv, row 1: the head lacks lead_organisation$",
    ),
    "column too many": (
        "stp_leads.csv",
        columns(lambda row: row.append("x")),
        r"^stp_leads\.csv, row 1: the head has 'x', which tables\.json does not know$",
    ),
    "columns in another order": (
        "stp_leads.csv",
        columns(lambda row: row.__setitem__(slice(1, 3), [row[2], row[1]])),
        r"^stp_leads\.csv, row 1: the head has its columns in another order: stp17cd, lead_name, ",
    ),
    "table emptied": ("events.csv", text(lambda said: ""), r"^events\.csv, row 1: the head lacks date, kind"),
    "quotation mark left open": (
        "stp_leads.csv",
        text(lambda said: said.replace("\nE54", '\n"E54', 1)),
        r"^stp_leads\.csv, line 2: a quotation mark is opened and never closed",
    ),
    "table cut": ("stp_leads.csv", text(lambda said: said[:-200]), r"^stp_leads\.csv, line 45: a quotation mark"),
    "character that is no text": (
        "stp_leads.csv",
        text(lambda said: said.replace("E54", "E5\x004", 1)),
        r"^stp_leads\.csv, line 2: holds a character that is no text$",
    ),
    "dates of a spreadsheet": (
        "events.csv",
        text(lambda said: re.sub(r"(\d{4})-(\d\d)-(\d\d)", r"\3/\2/\1", said)),
        r"^events\.csv, row 2, column date: .*01/11/2013",
    ),
    "months of a spreadsheet": (
        "stp_leads.csv",
        text(lambda said: said.replace(",2017-07,", ",Jul-17,", 1)),
        r"^stp_leads\.csv, row \d+, column as_of: 'Jul-17' names no year as four digits, as in 2017-06$",
    ),
    "evidence that the date does not bear out": (
        "stp_leads.csv",
        text(
            lambda said: said.replace(",2018-07 to 2019-09,ods_partner_mapping,", ",2018-07,in_post_before_and_after,")
        ),
        r"^stp_leads\.csv, row \d+, column evidence: in_post_before_and_after needs a date before 2017 and one "
        r"after it; as_of is '2018-07'$",
    ),
    "space after a code": (
        "stp_ratings.csv",
        text(lambda said: said.replace("E54000045,", "E54000045 ,", 1)),
        r"^stp_ratings\.csv, row 4, column stp17cd: .*E54000045 ",
    ),
    "lead without a source": (
        "stp_leads.csv",
        lambda path: edit(path.parent, path.name, lambda head, rows: rows[3].__setitem__(head.index("source"), "")),
        r"^stp_leads\.csv, row 5, column source: .*required",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_file(small_root, case):
    name, change, expected = CASES[case]
    folder = small_root / "data" / "sources"
    change(folder / name)
    # A change of the description changes all tables.
    found = problems(folder, *([] if name == sources.DESCRIPTOR else [name]))
    assert [line for line in found if re.search(expected, line)], found
    assert all("\n" not in line for line in found)


@pytest.mark.parametrize("change", [lambda said: "\ufeff" + said, lambda said: said.replace("\n", "\r\n")])
def test_marks_and_line_ends_of_spreadsheets_do_no_harm(small_root, change):
    text(change)(small_root / "data" / "sources" / "stp17.csv")
    validate.check(small_root / "data" / "sources", ["stp17"])
