"""The pipeline as a whole: from the fact tables to the committed files, byte by byte."""

import shutil
from importlib.metadata import version

import pyarrow.parquet as pq
import pytest

from geo import manifest, paths, postcode_index
from geo.build import pipeline
from tests.test_requirements import pinned

NAMED_IN_PARQUET = ("pyarrow", "pandas", "geopandas")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("built")
    shutil.copytree(paths.SOURCES, root / "data" / "sources")
    # An ordinary build carries it over.
    shutil.copy(postcode_index.POSTCODES, root / "data")
    # Left by an earlier version: a build clears them away.
    for old in ("data/old.parquet", "static/topo-stp17.0123456789.json"):
        (root / old).parent.mkdir(exist_ok=True)
        (root / old).touch()
    lines = []
    written = pipeline.build(root, report=lines.append)
    assert len(lines) >= 5
    return root, written


def test_a_build_gives_the_committed_bytes(built):
    root, written = built
    outputs = [path for path in sorted(root.rglob("*")) if path.is_file() and "sources" not in path.parts]
    assert [path.relative_to(root).as_posix() for path in outputs] == sorted(written)
    committed = [
        path.relative_to(paths.ROOT).as_posix()
        for part in (paths.DATA, paths.STATIC)
        for path in part.rglob("*")
        if path.is_file() and paths.SOURCES not in path.parents
    ]
    assert sorted(committed) == sorted(written)
    different = [path for path in written if (root / path).read_bytes() != (paths.ROOT / path).read_bytes()]
    if all(version(package) == pinned("requirements-test.txt")[package] for package in NAMED_IN_PARQUET):
        assert different == []
    # Of other versions only the names may differ, and the hashes that follow from them.
    for path in set(different) - {"data/datapackage.json"}:
        assert pq.read_table(root / path).equals(pq.read_table(paths.ROOT / path)), path


def test_a_build_agrees_with_its_own_manifest(built):
    root, _ = built
    assert manifest.problems(root) == []
    assert not list(root.glob(".build-*"))


def test_a_build_does_not_touch_the_fact_tables(built):
    root, _ = built
    for path in paths.SOURCES.iterdir():
        assert (root / "data" / "sources" / path.name).read_bytes() == path.read_bytes()
