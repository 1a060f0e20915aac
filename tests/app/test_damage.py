"""Files that are damaged before or after the start: the app names them, shows nothing else, and recovers."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from geo import manifest, paths
from lib import start_up
from tests.app.test_pages import headed, opened

FILES = sorted(
    path.relative_to(paths.ROOT).as_posix()
    for part in (paths.DATA, paths.STATIC)
    for path in part.rglob("*")
    if path.is_file()
)
MANIFEST = "data/datapackage.json"


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("whole")
    for part in ("data", "static"):
        shutil.copytree(paths.ROOT / part, root / part)
    return root


@pytest.fixture
def root(whole, monkeypatch) -> Iterator[Path]:
    """The folder that the app takes for its own; each test leaves the files as it found them."""
    with monkeypatch.context() as patched:
        for name in ("problems", "stamp", "version"):
            patched.setattr(manifest, name, partial(getattr(manifest, name), whole))
        # As if the server had just started.
        patched.setattr(start_up, "_seen", start_up._Seen())
        yield whole
    assert start_up.ready() == []


def refused(test) -> str:
    """Return what a page that shows nothing says of the files."""
    (said,) = test.error
    assert "python -m geo build" in said.value and "git restore" in said.value
    assert not test.exception
    kinds = {element.type for element in test.main if getattr(element, "type", "root") not in ("root", "main")}
    assert kinds <= {"html", "alert", "error", "code", "imgs"}, kinds
    return test.code[0].value


@pytest.mark.parametrize("path", [MANIFEST, "data/blocks.parquet", "data/sources/stp_ratings.csv", FILES[-1]])
def test_a_file_that_is_damaged_at_the_start_is_named(root, path):
    content = (root / path).read_bytes()
    (root / path).write_bytes(content[: len(content) // 2])
    try:
        assert path in refused(opened("council", council="surrey"))
    finally:
        (root / path).write_bytes(content)
    assert headed(opened("council", council="surrey"))


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_goes_or_changes_under_a_running_app_is_named(root, path):
    content = (root / path).read_bytes()
    assert start_up.load() == []
    place = len(content) * 2 // 3
    flipped = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
    other = (root / FILES[FILES.index(path) - 1]).read_bytes()
    for damaged in (None, content[:-2], b"", flipped, other):
        (root / path).unlink(missing_ok=True) if damaged is None else (root / path).write_bytes(damaged)
        (problem,) = start_up.problems()
        assert path in problem
    (root / path).write_bytes(content)
    assert start_up.problems() == []


def test_a_page_that_was_open_says_so_and_comes_back(root):
    path = manifest.static_url("topo-stp17").removeprefix("/app/")
    content = (root / path).read_bytes()
    test = opened(stp="E54000015")
    assert headed(test)
    (root / path).unlink()
    assert refused(test.run()) == f"{path} is missing"
    (root / path).write_bytes(content)
    assert headed(test.run()) and not test.error


def test_other_data_under_a_running_app_need_a_new_start(root):
    test = opened()
    assert headed(test)
    content, version = (root / MANIFEST).read_bytes(), manifest.version()
    (root / MANIFEST).write_bytes(manifest.sealed(json.loads(content) | {"version": "0.9.0+0123abcd"}))
    try:
        for _ in range(2):
            said = refused(test.run())
            assert said == f"{MANIFEST} is of version 0.9.0+0123abcd, the server loaded {version}: restart it"
    finally:
        (root / MANIFEST).write_bytes(content)


def test_nothing_is_read_before_the_files_are_checked():
    """Data that a module reads when it is imported would be shown, or break the app, unchecked."""
    program = """
import sys
from pathlib import Path
folders = tuple(str(Path(part).resolve()) for part in ("data", "static"))
def watch(event, arguments):
    if event == "open" and str(arguments[0]).startswith(folders):
        raise SystemExit(f"reads {arguments[0]}")
sys.addaudithook(watch)
import app_modules
"""
    modules = sorted(
        path.relative_to(paths.ROOT) for part in ("lib", "geo", "pages") for path in (paths.ROOT / part).rglob("*.py")
    )
    names = [
        ".".join(path.with_suffix("").parts)
        for path in modules
        if path.name not in ("__main__.py", "__init__.py", "live.py")
    ]
    names.append("app")
    program = program.replace("import app_modules", "\n".join(f"import {name}" for name in names))
    done = subprocess.run([sys.executable, "-c", program], cwd=paths.ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
