"""The bundle of other people's JavaScript is the one that its lock file gives, with their licences."""

import hashlib
import json
import re

from lib.browser import assets

FOLDER = assets.FOLDER / "vendor"


def test_the_files_are_those_that_were_built():
    sums = dict(reversed(line.split("  ")) for line in (FOLDER / "SHA256SUMS").read_text().splitlines())
    names = ("d3.js", "LICENCES.txt")
    assert sums == {name: hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() for name in names}


def test_the_bundle_holds_the_versions_of_the_lock_file_and_their_licences():
    locked = json.loads((FOLDER / "package-lock.json").read_text())["packages"]
    asked = json.loads((FOLDER / "package.json").read_text())["dependencies"]
    head = (FOLDER / "d3.js").read_text(encoding="utf-8").splitlines()[0]
    bundled = dict(re.findall(r"([a-z0-9-]+) ([0-9.]+)", head.partition(";")[0]))
    assert asked.items() <= bundled.items()
    assert all(locked[f"node_modules/{name}"]["version"] == version for name, version in bundled.items())
    licences = (FOLDER / "LICENCES.txt").read_text(encoding="utf-8")
    for name, version in bundled.items():
        assert re.search(rf"^{name} {version} \((ISC|BSD-3-Clause)\), https://", licences, re.MULTILINE), name
    assert licences.count("THE SOFTWARE IS PROVIDED") == len(bundled)


def test_every_package_is_locked_by_its_checksum_and_to_no_host():
    locked = json.loads((FOLDER / "package-lock.json").read_text())["packages"]
    assert all("integrity" in item and "resolved" not in item for name, item in locked.items() if name)
