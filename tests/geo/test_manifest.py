"""The manifest names what is missing, changed or extra; the check looks at the invariants besides."""

import errno
import json
import pathlib
import shutil

import pytest

from geo import blocks, boundaries, coverage, manifest, paths
from geo.build import check

STATIC = manifest.static_url("topo-stp17").removeprefix("/app/")


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


@pytest.mark.parametrize("path", ["data/blocks.parquet", "data/sources/events.csv", STATIC])
def test_a_missing_file_is_named(copy, path):
    (copy / path).unlink()
    assert manifest.problems(copy) == [f"{path} is missing"]


@pytest.mark.parametrize("path", ["data/pieces-detail.parquet", "data/sources/tables.json", "data/sources/lsoa.csv.gz"])
def test_a_changed_file_is_named(copy, path):
    content = bytearray((copy / path).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / path).write_bytes(content)
    assert manifest.problems(copy) == [f"{path} differs from the manifest"]


@pytest.mark.parametrize("path", ["data/extra.csv", "data/sources/draft.csv", "static/topo-stp17.0000000000.json"])
def test_an_extra_file_is_named(copy, path):
    (copy / path).write_text("surplus", encoding="utf-8")
    assert manifest.problems(copy) == [f"{path} is not in the manifest"]


@pytest.mark.parametrize(
    "content",
    [
        *(None, "", "{", "{}", "[]", "null", "7", '"x"', "\x00", '{"resources": [{}], "static": []}'),
        *('{"resources": {}, "static": 1}', '{"resources": [7], "static": []}', "[" * 100_000),
    ],
)
def test_a_manifest_that_cannot_be_read_is_one_problem(copy, content):
    file = copy / "data" / "datapackage.json"
    file.unlink() if content is None else file.write_text(content, encoding="utf-8")
    (problem,) = manifest.problems(copy)
    assert problem.startswith("data/datapackage.json cannot be read: ") and "\n" not in problem


def test_any_value_of_the_manifest_that_changes_is_noticed(copy):
    """Titles, sources, licences and dates of the pages stand in it, and no other checksum covers it."""
    file = copy / "data" / "datapackage.json"
    content = file.read_text(encoding="utf-8")
    for old, new in (("2017", "2016"), ("Government", "Goverment"), ('"bytes": 1', '"bytes": 2'), ('"unit"', '"Unit"')):
        assert old in content
        file.write_text(content.replace(old, new, 1), encoding="utf-8")
        assert manifest.problems(copy) == ["data/datapackage.json differs from what was built"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda package: package.pop("format"), "older version: it has format 0"),
        (
            lambda package: package.update(format=manifest.FORMAT + 1),
            f"another version: it has format {manifest.FORMAT + 1}",
        ),
        (lambda package: package.update(format="<b>"), "another version: it has format '<b>'"),
    ],
)
def test_data_of_another_version_of_the_code_are_refused(copy, change, says):
    """As when the code is brought up to date and ``data/`` and ``static/``, sound in themselves, are not."""
    file = copy / "data" / "datapackage.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    change(package)
    file.write_bytes(manifest.sealed(package))
    assert manifest.problems(copy) == [f"data/datapackage.json is of {says}, this code reads {manifest.FORMAT}"]


def test_files_that_changed_places_are_both_named(copy):
    first, second = copy / STATIC, copy / "data" / "sources" / "events.csv"
    contents = first.read_bytes(), second.read_bytes()
    first.write_bytes(contents[1])
    second.write_bytes(contents[0])
    differ = [f"{path.relative_to(copy).as_posix()} differs from the manifest" for path in (second, first)]
    assert sorted(manifest.problems(copy)) == differ


def test_a_file_that_may_not_be_read_is_named(copy, monkeypatch):
    read = pathlib.Path.read_bytes

    def refuse(path):
        if path.name == "blocks.parquet":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(pathlib.Path, "read_bytes", refuse)
    assert manifest.problems(copy) == ["data/blocks.parquet cannot be read: Permission denied"]


def test_no_files_at_all(tmp_path):
    assert manifest.problems(tmp_path) == ["data/datapackage.json cannot be read: No such file or directory"]
    assert manifest.stamp(tmp_path) == frozenset()


STRUCTURE = {1: "29939fb7beb1", 2: "dbb9a64c2c3f"}


def test_a_new_structure_of_the_data_has_a_new_format():
    """Code that meets older data must say so. If this fails: raise `manifest.FORMAT`, once a release, and add it."""
    tables = sorted(
        (item["name"], [(field["name"], field["type"]) for field in item.get("schema", {}).get("fields", [])])
        for item in manifest.read()["resources"]
    )
    assert STRUCTURE[manifest.FORMAT] == manifest.sha256(json.dumps(tables).encode())[:12]


def test_files_that_differ_are_reported_before_anything_is_computed(monkeypatch):
    monkeypatch.setattr(manifest, "problems", lambda: ["data/blocks.parquet is missing"])
    monkeypatch.setattr(blocks, "load", lambda: pytest.fail("the blocks were read"))
    assert list(check.check()) == ["data/blocks.parquet is missing"]


def broken_blocks(change):
    table = blocks.load().copy()
    change(table)
    return table


def one_resident_more(table):
    table.loc[0, "population"] += 1


def a_district_without_blocks(table):
    table.loc[table["lad17"] == "E06000053", "lad17"] = "E06000052"


def an_area_without_a_name(table):
    table["icb22"] = table["icb22"].astype("str")
    table.loc[0, "icb22"] = "E54000099"


def a_piece_in_two_areas(table):
    table.loc[0, "piece"] = table["piece"].iloc[-1]


def a_fragment_in_two_areas(table):
    table.loc[0, "fragment"] = table["fragment"].iloc[-1]


def a_block_in_no_constituency(table):
    table.loc[0, "pcon24"] = None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (one_resident_more, "blocks: 55,619,431 residents, England has 55,619,430"),
        (a_district_without_blocks, "blocks: 325 different values in lad17, expected 326"),
        (an_area_without_a_name, "blocks: icb22 and its names disagree about E54000099"),
        (a_piece_in_two_areas, "blocks: a piece lies in more than one area of ccg17"),
        (a_fragment_in_two_areas, "blocks: a fragment lies in more than one area of pcon24"),
        (a_fragment_in_two_areas, "blocks: a fragment lies in more than one piece"),
        (a_block_in_no_constituency, "blocks: 55,618,055 residents live in an area of pcon24, not all"),
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
    read = boundaries.units
    monkeypatch.setattr(boundaries, "units", lambda unit, detail: pieces if unit == "piece" else read(unit, detail))
    found = list(check.check())
    assert "overview outlines of piece: neighbours overlap or do not share their edges" in found
    assert "detail outlines of stp17: neighbours overlap or do not share their edges" in found


def test_static_addresses_are_those_of_the_files():
    address = manifest.static_url("topo-stp17")
    file = paths.ROOT / address.removeprefix("/app/")
    assert file.is_file()
    assert manifest.sha256(file.read_bytes()).startswith(file.name.split(".")[1])
    with pytest.raises(KeyError):
        manifest.static_url("topo-lsoa")


def test_the_version_follows_the_files():
    item = manifest.with_checksum({"name": "a"}, "a.csv", b"1")
    other = manifest.with_checksum({"name": "a"}, "a.csv", b"2")
    versions = {json.loads(manifest.compose({"version": "1.0.0"}, [one], []))["version"] for one in (item, other)}
    assert len(versions) == 2 and all(version.startswith("1.0.0+") for version in versions)
    assert coverage.WGS84 and item["hash"].startswith("sha256:6b86b273ff34fce1")
