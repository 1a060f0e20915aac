"""Broken fact tables: the message names file, row and rule, and a build writes nothing."""

import csv
import gzip
import hashlib
import json
import re

import pytest

from geo import coverage, manifest
from geo.build import pipeline, static_files, validate


def edit(folder, name, change):
    """Change the cells of a table: `change` is given header and rows, as lists of lists."""
    path = folder / name
    opener = gzip.open if name.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    change(header, rows)
    with opener(path, "wt", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def put(column, value, row=2):
    """Set a cell; rows count from 1, the header's, as messages do."""

    def change(header, rows):
        rows[row - 2][header.index(column)] = value(rows[row - 2][header.index(column)]) if callable(value) else value

    return change


def drop(row):
    return lambda header, rows: rows.pop(row - 2)


def repeat(row):
    """Overwrite the row after this one with it, so that only the key is wrong and not the number of rows."""
    return lambda header, rows: rows.__setitem__(row - 1, list(rows[row - 2]))


def rename(column, old, new):
    def change(header, rows):
        place = header.index(column)
        for row in rows:
            row[place] = new if row[place] == old else row[place]

    return change


def edit_acs(folder, change):
    path = folder / "acs_areas.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    change({area["id"]: area for area in content["areas"]})
    path.write_text(json.dumps(content), encoding="utf-8")


TABLES = {
    "code of the wrong kind": (
        "lsoa.csv.gz",
        put("ccg17cd", "E54000005", 5),
        r"lsoa\.csv\.gz, row 5, column ccg17cd: .*pattern",
    ),
    "district that no table has": (
        "lsoa.csv.gz",
        put("lad17cd", "E07000999", 9),
        r"lsoa\.csv\.gz, row 9\b.*lad17.*E07000999",
    ),
    "CCG of an unknown STP": (
        "ccg17.csv",
        lambda header, rows: (put("stp17cd", "E54000004", 3)(header, rows), put("stp17nm", "Nowhere", 3)(header, rows)),
        r"ccg17\.csv, row 3\b.*stp17.*Nowhere",
    ),
    "name that is not the STP's": (
        "ccg17.csv",
        put("stp17nm", "West Yorks", 2),
        r"ccg17\.csv, row 2\b.*stp17.*West Yorks",
    ),
    "missing row": ("stp_leads.csv", drop(4), r"stp_leads\.csv: .*44.*43"),
    "text in a number": (
        "lsoa.csv.gz",
        put("population", "many", 7),
        r"lsoa\.csv\.gz, row 7, column population: .*integer",
    ),
    "duplicate key": ("lad17.csv", repeat(10), r"lad17\.csv, row 11\b.*(unique|primary)"),
    "empty cell": ("stp_leads.csv", put("lead_name", "", 6), r"stp_leads\.csv, row 6, column lead_name: .*required"),
    "rating without source": (
        "stp_ratings.csv",
        lambda header, rows: [
            row.__setitem__(header.index("source"), "") for row in rows if row[header.index("rating")]
        ],
        r"stp_ratings\.csv, row \d+: a rating needs a source",
    ),
    "rating that is not on the scale": (
        "stp_ratings.csv",
        lambda header, rows: next(row for row in rows if row[1]).__setitem__(1, "good"),
        r"stp_ratings\.csv, row \d+, column rating: .*enum",
    ),
    "more old residents than residents": (
        "lsoa.csv.gz",
        put("population_65_plus", "99999", 8),
        r"lsoa\.csv\.gz, row 8: residents under 18 and residents of 65 and over cannot exceed all residents",
    ),
    "unknown lead type": (
        "stp_leads.csv",
        put("lead_type", "charity", 12),
        r"stp_leads\.csv, row 12, column lead_type: .*enum",
    ),
}

RELATIONS = {
    "England's total off by one": (
        "lsoa.csv.gz",
        put("population", lambda value: str(int(value) + 1), 30),
        r"^lsoa\.csv\.gz, column population: the sum is [\d,]+, England has [\d,]+$",
    ),
    "CCG without an LSOA": (
        "lsoa.csv.gz",
        rename("ccg17cd", "E38000001", "E38000002"),
        r"^ccg17\.csv, row 2: no LSOA belongs to CCG E38000001$",
    ),
    "STP without a CCG": (
        "ccg17.csv",
        lambda header, rows: [
            row.__setitem__(slice(3, 5), ["E54000005", "West Yorkshire"]) for row in rows if row[3] == "E54000047"
        ],
        r"^stp17\.csv, row 3: no CCG belongs to STP E54000047$",
    ),
    "later code unknown": (
        "lsoa.csv.gz",
        rename("icb22cd", "E54000008", "E54000099"),
        r"^lsoa\.csv\.gz, row \d+: later_names\.csv has no icb22 code E54000099$",
    ),
    "later code without an LSOA": (
        "later_names.csv",
        rename("code", "E54000048", "E54000001"),
        r"^later_names\.csv, row \d+: no LSOA belongs to stp\d\d code E54000001$",
    ),
    "member of a later council that is no district": (
        "other_areas.csv",
        put("members", "E07000999", 3),
        r"^other_areas\.csv, row 3: no LSOA belongs to lad17 E07000999$",
    ),
    "registered council that no table has": (
        "council_register.csv",
        put("ons_code", "E07000999", 2),
        r"^council_register\.csv, row 2: no table of councils has E07000999$",
    ),
    "wrong number of districts": (
        "council17.csv",
        put("districts", "2", 2),
        r"^council17\.csv, row 2, column districts: says 2, lad17\.csv lists 1$",
    ),
    "listed council that does not exist": (
        "stp_partners.csv",
        put("ons_code", "E10000099", 3),
        r"^stp_partners\.csv, row 3: neither lad17\.csv nor council17\.csv has E10000099$",
    ),
}

AREAS = {
    "CCG of another STP": (
        lambda areas: areas["frimley"]["ccg17cds"].append("E38000001"),
        r"^acs_areas\.json, area frimley: E38000001 does not belong to E54000034$",
    ),
    "CCG that does not exist": (
        lambda areas: areas["dorset"]["ccg17cds"].append("E38000999"),
        r"^acs_areas\.json, area dorset: ccg17\.csv has no E38000999$",
    ),
    "part of an STP said to be whole": (
        lambda areas: areas["berkshire-west"].update(whole_stp=True),
        r"^acs_areas\.json, area berkshire-west: whole_stp is True, but its CCGs say False$",
    ),
    "early focus outside the area": (
        lambda areas: areas["dorset"]["early_focus_ccg17cds"].append("E38000001"),
        r"^acs_areas\.json, area dorset: the early focus names E38000001, which is not a member$",
    ),
}


def problems(folder, *files):
    """Return what is wrong with tables that were sound until these files of theirs were changed."""
    with pytest.raises(validate.SourceError) as caught:
        validate.check(folder, [file.partition(".")[0] for file in files] or None)
    return caught.value.problems


def test_the_small_england_is_sound(small_england):
    validate.check(small_england / "data" / "sources")


@pytest.mark.parametrize("case", TABLES)
def test_a_broken_table(small_root, case):
    name, change, expected = TABLES[case]
    folder = small_root / "data" / "sources"
    edit(folder, name, change)
    found = problems(folder, name)
    assert [line for line in found if re.search(expected, line)], found


@pytest.mark.parametrize("case", RELATIONS)
def test_a_broken_relation(small_root, case):
    name, change, expected = RELATIONS[case]
    folder = small_root / "data" / "sources"
    edit(folder, name, change)
    found = problems(folder, name)
    assert [line for line in found if re.search(expected, line)], found


@pytest.mark.parametrize("case", AREAS)
def test_a_broken_acs_area(small_root, case):
    change, expected = AREAS[case]
    folder = small_root / "data" / "sources"
    edit_acs(folder, change)
    found = problems(folder, "acs_areas.json")
    assert [line for line in found if re.search(expected, line)], found


def test_what_refers_to_a_changed_table_is_looked_at_with_it(small_root):
    """A district that is gone is missed by the LSOAs, which did not change."""
    folder = small_root / "data" / "sources"
    edit(folder, "lad17.csv", drop(2))
    files = {line.partition(",")[0].partition(":")[0] for line in problems(folder, "lad17.csv")}
    assert files == {"lad17.csv", "lsoa.csv.gz"}


def test_what_did_not_change_is_not_looked_at_again(small_root):
    folder = small_root / "data" / "sources"
    edit(folder, "stp_leads.csv", put("lead_type", "charity", 12))
    validate.check(folder, ["events"])


def test_a_missing_table(small_root):
    folder = small_root / "data" / "sources"
    (folder / "events.csv").unlink()
    assert any(line.startswith("events.csv: ") for line in problems(folder))


def test_many_problems_are_counted_and_not_all_shown():
    error = validate.SourceError([f"a.csv, row {row}: wrong" for row in range(2, 27)])
    lines = str(error).splitlines()
    assert len(lines) == 21 and lines[-1] == "... and 5 more" and len(error.problems) == 25
    assert str(validate.SourceError(["one"])) == "one"


@pytest.mark.parametrize("stage", ["sources", "outlines", "manifest"])
def test_a_build_that_fails_leaves_the_old_files_alone(small_root, stage, monkeypatch):
    folder = small_root / "data" / "sources"
    for old in ("data/blocks.parquet", "data/datapackage.json", "static/topo-stp17.0123456789.json"):
        (small_root / old).parent.mkdir(exist_ok=True)
        (small_root / old).write_text(old, encoding="utf-8")
    if stage == "sources":
        edit(folder, "stp17.csv", put("footprint_number", "45", 5))
        error, says = validate.SourceError, r"stp17\.csv, row 5, column footprint_number"
    elif stage == "outlines":
        for name in ("lsoa", "lsoa_today"):
            edit(folder, f"{name}.csv.gz", put("lsoa11cd", "E01099999", 2))
        error, says = coverage.CoverageError, "no outline for LSOA E01099999"
    else:
        # Everything is written by then, but nothing is in its place. What browsers draw would take longest.
        monkeypatch.setattr(static_files, "write", lambda folder, *_: (folder / "topo.json").write_text("{}") and [])
        monkeypatch.setattr(manifest, "compose", lambda *_: 1 / 0)
        error, says = ZeroDivisionError, "division"

    def state():
        return {
            path.relative_to(small_root): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in small_root.rglob("*")
            if path.is_file()
        }

    before = state()
    with pytest.raises(error, match=says):
        pipeline.build(small_root, report=lambda line: None)
    assert state() == before
