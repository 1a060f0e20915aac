"""The manifest names what is missing, changed or extra; the check looks at the invariants besides."""

import json
import shutil

import pytest

from geo import blocks, boundaries, check, coverage, manifest, paths


@pytest.fixture
def copy(tmp_path):
    for folder in ("data", "static"):
        shutil.copytree(paths.ROOT / folder, tmp_path / folder)
    return tmp_path


def test_the_committed_files_are_as_they_should_be():
    assert list(check.check()) == []


def test_every_file_is_listed_with_its_size(copy):
    package = json.loads((copy / "data" / "datapackage.json").read_text(encoding="utf-8"))
    sizes = {"data/" + item["path"]: item["bytes"] for item in package["resources"]}
    sizes |= {item["path"]: item["bytes"] for item in package["static"]}
    found = {path.relative_to(copy).as_posix(): path.stat().st_size for path in copy.rglob("*") if path.is_file()}
    del found["data/datapackage.json"]
    assert sizes == found
    assert manifest.problems(copy) == []


@pytest.mark.parametrize("path", ["data/blocks.parquet", "data/sources/events.csv", "static/no-world/world_110m.json"])
def test_a_missing_file_is_named(copy, path):
    (copy / path).unlink()
    assert manifest.problems(copy) == [f"{path} is missing"]


@pytest.mark.parametrize("path", ["data/pieces-detail.parquet", "data/sources/tables.json", "data/sources/lsoa.csv.gz"])
def test_a_changed_file_is_named(copy, path):
    content = bytearray((copy / path).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / path).write_bytes(content)
    assert manifest.problems(copy) == [f"{path} differs from the manifest"]


@pytest.mark.parametrize("path", ["data/extra.csv", "data/sources/draft.csv", "static/map-stp17.0000000000.json"])
def test_an_extra_file_is_named(copy, path):
    (copy / path).write_text("surplus", encoding="utf-8")
    assert manifest.problems(copy) == [f"{path} is not in the manifest"]


@pytest.mark.parametrize("content", [None, "", "{}", '{"resources": [{}], "static": []}'])
def test_a_manifest_that_cannot_be_read_is_one_problem(copy, content):
    file = copy / "data" / "datapackage.json"
    file.unlink() if content is None else file.write_text(content, encoding="utf-8")
    (problem,) = manifest.problems(copy)
    assert problem.startswith("data/datapackage.json cannot be read: ")


def test_files_that_differ_are_reported_before_anything_is_computed(monkeypatch):
    monkeypatch.setattr(manifest, "problems", lambda: ["data/blocks.parquet is missing"])
    monkeypatch.setattr(blocks, "load", lambda: pytest.fail("the blocks were read"))
    assert list(check.check()) == ["data/blocks.parquet is missing"]


def broken_blocks(change):
    table = blocks.load().copy()
    for column in table.columns:
        if table[column].dtype == "category":
            table[column] = table[column].astype("str")
    change(table)
    return table


def one_resident_more(table):
    table.loc[0, "population"] += 1


def a_district_without_blocks(table):
    table.loc[table["lad17"] == "E06000053", "lad17"] = "E06000052"


def an_area_without_a_name(table):
    table.loc[0, "icb22"] = "E54000099"


def a_piece_in_two_areas(table):
    table.loc[0, "piece"] = table["piece"].iloc[-1]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (one_resident_more, "blocks: 55,619,431 residents, England has 55,619,430"),
        (a_district_without_blocks, "blocks: 325 different values in lad17, expected 326"),
        (an_area_without_a_name, "blocks: icb22 and its names disagree about E54000099"),
        (a_piece_in_two_areas, "blocks: a piece lies in more than one area of ccg17"),
    ],
)
def test_broken_blocks_are_reported(monkeypatch, change, says):
    table = broken_blocks(change)
    monkeypatch.setattr(blocks, "load", lambda: table)
    # Outlines take the longest and are not what this is about.
    monkeypatch.setattr(boundaries, "DETAILS", ())
    assert says in list(check.check())


def test_broken_outlines_are_reported(monkeypatch):
    pieces = boundaries.pieces("overview").copy()
    pieces.iloc[0] = pieces.iloc[0].buffer(0.01)
    monkeypatch.setattr(boundaries, "pieces", lambda detail: pieces)
    found = list(check.check())
    assert "overview outlines of piece: neighbours overlap or do not share their edges" in found
    assert "detail outlines of stp17: neighbours overlap or do not share their edges" in found


def test_static_addresses_are_those_of_the_files():
    address = manifest.static_url("map-stp17")
    file = paths.ROOT / address.removeprefix("/app/")
    assert file.is_file()
    assert manifest.sha256(file.read_bytes()).startswith(file.name.split(".")[1])
    with pytest.raises(KeyError):
        manifest.static_url("map-lsoa")


def test_the_version_follows_the_files():
    item = manifest.with_checksum({"name": "a"}, "a.csv", b"1")
    other = manifest.with_checksum({"name": "a"}, "a.csv", b"2")
    versions = {json.loads(manifest.compose({"version": "1.0.0"}, [one], []))["version"] for one in (item, other)}
    assert len(versions) == 2 and all(version.startswith("1.0.0+") for version in versions)
    assert coverage.WGS84 and item["hash"].startswith("sha256:6b86b273ff34fce1")
