"""The command line: what it prints, and one line on standard error for wrong use."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from functools import partial

import pandas as pd
import pytest

from geo import blocks, boundaries, coterminosity, coverage, manifest, paths
from geo.__main__ import main
from geo.build import check, pipeline, validate
from geo.overlap import overlap

OVERLAP = "a_code,a_name,b_code,b_name,weight,share_of_a,share_of_b,jaccard"
AREAS = (
    "code,name,class,tolerance_percent,partner_code,partner_name,share_in_partner,share_of_partner,"
    "partners,partners_over_tolerance,weight,weight_outside_partner,weight_outside_layer"
)


def run(capsys, *arguments):
    """Run a command in this process; give status, standard output and standard error."""
    try:
        status = main(list(arguments))
    except SystemExit as stop:
        status = stop.code
    return status, *capsys.readouterr()


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_overlap_as_csv(capsys):
    status, out, err = run(capsys, "overlap", "council17", "stp17", "--weight", "population", "--format", "csv")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == OVERLAP and "\r" not in out
    table = overlap("council17", "stp17")
    assert [row["a_code"] + row["b_code"] for row in rows(out)] == (table["a_code"] + table["b_code"]).tolist()
    assert [int(row["weight"]) for row in rows(out)] == table["weight"].tolist()
    durham = next(row for row in rows(out) if row["a_code"] + row["b_code"] == "E06000047E54000046")
    assert durham["a_name"] == "County Durham" and float(durham["share_of_a"]) == pytest.approx(
        249_101 / 523_662, abs=1e-9
    )


def test_population_and_csv_are_what_you_get_without_asking(capsys):
    asked = run(capsys, "overlap", "acs17", "ccg17", "--weight", "population", "--format", "csv")
    assert run(capsys, "overlap", "acs17", "ccg17") == asked


def test_overlap_as_json_and_text(capsys):
    status, out, _ = run(capsys, "overlap", "acs17", "stp17", "--weight", "area", "--format", "json")
    records = json.loads(out)
    assert status == 0 and len(records) == 8 and list(records[0]) == OVERLAP.split(",")
    status, out, _ = run(capsys, "overlap", "acs17", "stp17", "--format", "table")
    assert status == 0 and len(out.splitlines()) == 9 and "Frimley Health" in out


def test_coterminosity_as_csv(capsys):
    status, out, err = run(capsys, "coterminosity", "council17", "stp17", "--tolerance", "5", "--weight", "lsoas")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == AREAS
    table = coterminosity.areas("council17", "stp17", "lsoas", 0.05)
    assert [(row["code"], row["class"]) for row in rows(out)] == list(zip(table["code"], table["class"], strict=True))
    assert {row["tolerance_percent"] for row in rows(out)} == {"5.0"}
    assert sum(row["class"] == "split" for row in rows(out)) == 9


def test_coterminosity_with_a_layer_that_does_not_cover_england(capsys):
    status, out, _ = run(capsys, "coterminosity", "stp17", "acs17", "--format", "json")
    records = json.loads(out)
    assert status == 0 and len(records) == 44
    outside = [record for record in records if record["class"] == "outside"]
    assert outside and all(record["partner_code"] is None for record in outside)
    assert all(record["weight_outside_layer"] == record["weight"] for record in outside)


def test_the_tolerance_is_nothing_without_asking(capsys):
    asked = run(capsys, "coterminosity", "ccg17", "council17", "--tolerance", "0")
    assert run(capsys, "coterminosity", "ccg17", "council17") == asked
    assert run(capsys, "coterminosity", "ccg17", "council17", "--tolerance", "5") != asked


WRONG = [
    ((), "COMMAND"),
    (("fold",), "fold"),
    (("overlap",), "required: A, B"),
    (("overlap", "ccg17"), "required: B"),
    (("overlap", "ccg16", "stp17"), "unknown layer 'ccg16'; known: stp17"),
    (("overlap", "ccg17", "stp99"), "unknown layer 'stp99'"),
    (("overlap", "ccg17", "stp17", "--weight", "votes"), "unknown weight 'votes'; known: population"),
    (("overlap", "ccg17", "stp17", "--format", "xml"), "'xml'"),
    (("overlap", "ccg17", "stp17", "--tolerance", "5"), "--tolerance"),
    (("overlap", "ccg17", "stp17", "lad17"), "lad17"),
    (("coterminosity", "ccg16", "stp17"), "unknown layer 'ccg16'"),
    (("coterminosity", "ccg17", "stp17", "--weight", ""), "unknown weight ''"),
    (("coterminosity", "ccg17", "stp17", "--format", "geojson"), "'geojson'"),
    *(
        (("coterminosity", "ccg17", "stp17", "--tolerance", value), f"--tolerance: {value!r} is not a per cent")
        for value in ("abc", "-1", "1e9", "nan", "inf", "50", "", "5 %")
    ),
    (("coterminosity", "ccg17", "stp17", "--tolerance"), "--tolerance: expected one argument"),
    (("export", "lsoa"), "unknown layer 'lsoa'"),
    (("export", "stp17", "--detail", "fine"), "unknown detail 'fine'; known: overview, detail"),
    (("export", "stp17", "--format", "shp"), "'shp'"),
    (("export", "stp17", "--format", "gpkg"), "gpkg needs --output FILE"),
    (("export", "stp17", "--format", "gpkg", "--output", "/nowhere/stp.gpkg"), "cannot write /nowhere/stp.gpkg"),
    (("export", "stp17", "--output", "/nowhere/stp.geojson"), "cannot write /nowhere/stp.geojson"),
    (("export", "acs17", "--output", "acs.gpkg", "--format", "geojson"), "acs.gpkg would be gpkg, but --format says"),
    (("export", "acs17", "--output", "acs.json", "--format", "gpkg"), "acs.json would be geojson, but --format says"),
    (("export", "acs17", "--output", "acs.shp"), "acs.shp ends in none of .geojson, .json, .gpkg: change the ending"),
    (("check", "--all"), "--all"),
    (("resolve",), "required: CODE"),
    (("resolve", "E54000008", "--year", "1997"), "1997"),
]


@pytest.mark.parametrize(
    ("arguments", "says"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_wrong_use_is_answered_in_one_line(capsys, arguments, says):
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1 and err.endswith("\n")
    assert re.match(r"geo( \w+)?: ", err) and says in err


def test_a_line_break_in_an_argument_does_not_break_the_line(capsys):
    _, _, err = run(capsys, "overlap", "ccg17", "stp17", "--frob\nnicate")
    assert err.count("\n") == 1 and "--frob nicate" in err


def test_as_a_program():
    """The exit status and the streams of a real process."""
    command = [sys.executable, "-m", "geo", "overlap", "acs17"]
    wrong = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "geo overlap: the following arguments are required: B\n"
    right = subprocess.run([*command, "stp17"], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert (right.returncode, right.stderr) == (0, "")
    assert pd.read_csv(io.StringIO(right.stdout))["weight"].sum() == overlap("acs17", "stp17")["weight"].sum()


def test_a_reader_that_stops_early_is_no_error():
    """As in ``python -m geo overlap ... | head -1``."""
    command = [sys.executable, "-m", "geo", "overlap", "lad17", "ccg17"]
    with subprocess.Popen(command, cwd=paths.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline().decode().strip() == OVERLAP
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.parametrize(
    "command", ["", "build", "check", "overlap", "coterminosity", "export", "optimum", "postcode", "resolve"]
)
def test_help(capsys, command):
    status, out, err = run(capsys, *command.split(), "--help")
    assert (status, err) == (0, "") and out.startswith(f"usage: python -m geo {command}".rstrip())
    if command in ("overlap", "coterminosity"):
        flat = " ".join(out.split())
        assert all(name in flat for name in [*blocks.LAYERS, *blocks.WEIGHTS])


def test_check_says_that_all_is_well(capsys, monkeypatch):
    # Outlines take the longest: the tests of the manifest look at them.
    monkeypatch.setattr(boundaries, "DETAILS", ())
    assert run(capsys, "check") == (0, "all files and invariants are as they should be\n", "")


def test_check_prints_each_problem_and_fails(capsys, monkeypatch):
    monkeypatch.setattr(check, "check", lambda: iter(["one is missing", "two differs"]))
    assert run(capsys, "check") == (1, "", "one is missing\ntwo differs\n")


def test_a_build_from_broken_tables_prints_the_problems_and_fails(capsys, monkeypatch, small_root):
    table = small_root / "data" / "sources" / "stp17.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("E54000048", "E54", 1), encoding="utf-8")
    monkeypatch.setattr(pipeline, "build", partial(pipeline.build, small_root, report=lambda line: None))
    status, out, err = run(capsys, "build")
    assert (status, out) == (1, "")
    assert "stp17.csv, row 5, column stp17cd: " in err and err.endswith("geo build: nothing was written\n")
    assert not (small_root / "data" / "blocks.parquet").exists()


@pytest.mark.parametrize("error", [validate.SourceError(["a.csv: wrong"]), coverage.CoverageError("a.csv: wrong")])
def test_a_build_that_fails_prints_no_traceback(capsys, monkeypatch, error):
    def fail():
        raise error

    monkeypatch.setattr(pipeline, "build", fail)
    assert run(capsys, "build") == (1, "", "a.csv: wrong\ngeo build: nothing was written\n")


def test_a_build_without_its_packages_says_which(capsys, monkeypatch):
    for module in ("geo.build.validate", "frictionless"):
        monkeypatch.delitem(sys.modules, module, raising=False)
    monkeypatch.setitem(sys.modules, "frictionless", None)
    monkeypatch.delattr("geo.build.validate", raising=False)
    status, out, err = run(capsys, "build")
    assert (status, out) == (2, "")
    assert err == "geo build: frictionless is missing: pip install -r requirements-build.txt\n"


COMMANDS = [
    ("overlap", "council17", "stp17"),
    ("coterminosity", "ccg17", "stp17"),
    ("export", "stp17"),
    ("postcode", "LE1 6RX"),
    ("check",),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_no_command_answers_from_damaged_data(capsys, monkeypatch, arguments):
    monkeypatch.setattr(manifest, "problems", lambda: [f"data/file-{number} is missing" for number in range(30)])
    monkeypatch.setattr(blocks, "load", lambda: pytest.fail("the blocks were read"))
    status, out, err = run(capsys, *arguments)
    lines = err.splitlines()
    assert (status, out, len(lines)) == (1, "", 22)
    assert lines[0] == "data/file-0 is missing" and lines[20] == "... and 10 more"
    assert "python -m geo build" in lines[21] and "git restore data static" in lines[21]


def test_damaged_data_as_a_program(tmp_path):
    """A real process in a copy of the project, with one bit of the blocks turned round, and without any data."""
    for part in ("geo", "data", "static"):
        shutil.copytree(paths.ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    file = tmp_path / "data" / "blocks.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)
    command = [sys.executable, "-m", "geo", "overlap", "acs17", "stp17"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("data/blocks.parquet differs from the manifest\n")
    shutil.rmtree(tmp_path / "data")
    for command in (["overlap", "acs17", "stp17"], ["build"]):
        done = subprocess.run(
            [sys.executable, "-m", "geo", *command], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (1, "")
        assert "Traceback" not in done.stderr and "No such file or directory" in done.stderr


def test_resolve_knows_areas_of_all_years_and_says_what_has_no_ground(capsys):
    assert main(["resolve", "E06000064", "14Y", "01N", "--format", "csv"]) == 0
    told = capsys.readouterr()
    rows = list(csv.DictReader(told.out.splitlines()))
    made = {row["code"] for row in rows if row["asked"] == "E06000064" and row["kind"] == "district"}
    assert {row["year"] for row in rows if row["asked"] == "E06000064"} == {"2017", "2024"}
    assert made == {"E07000027", "E07000030", "E07000031", "E06000064"}
    assert {row["code"] for row in rows if (row["asked"], row["year"]) == ("14Y", "2017")} == {"E38000003", "E38000033"}
    assert "'E06000064' is Westmorland and Furness, a council since 1 April 2023; in April 2017" in told.err
    assert main(["resolve", "E5400008"]) == 1
    assert "'E5400008' is no known code or name; alike: E54000008" in capsys.readouterr().err


def test_a_derived_layer_is_named_beside_the_table(capsys):
    assert main(["overlap", "icb26", "council24", "--format", "csv"]) == 0
    said = capsys.readouterr()
    assert "derived here" in said.err and "derived" not in said.out
