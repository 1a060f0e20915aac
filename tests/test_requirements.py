"""The pinned requirements: each with its hashes, one version of each for all, nothing asked for left out."""

import re
import tomllib

import pytest

from geo import paths

FILES = sorted(path.name for path in paths.ROOT.glob("requirements*.txt"))


def pinned(name: str) -> dict[str, str]:
    """Return the versions that a file pins, by package; fails on a line that pins nothing or has no hash."""
    text = (paths.ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    found = {}
    for line in lines:
        match = re.fullmatch(
            r"([a-z0-9.-]+)(\[[a-z,]+\])?==([^ ;]+)( ;[^#]+?)?((?:\s+--hash=sha256:[0-9a-f]{64})+)\s*", line
        )
        assert match, line[:200]
        found[match[1]] = match[3]
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_pinned_with_its_hashes(name):
    assert list(pinned(name)) == ["uv"] if name == "requirements-uv.txt" else len(pinned(name)) > 30


def test_what_is_asked_for_is_pinned():
    project = tomllib.loads((paths.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = project["optional-dependencies"]
    for name, asked in (
        ("requirements.txt", project["dependencies"]),
        ("requirements-build.txt", [*project["dependencies"], *extra["build"]]),
        ("requirements-test.txt", [*project["dependencies"], *extra["build"], *extra["test"]]),
    ):
        names = {re.match(r"[A-Za-z0-9._-]+", line)[0].lower().replace("_", "-") for line in asked}
        assert names <= set(pinned(name))


def test_the_tests_run_with_what_is_served():
    tested = pinned("requirements-test.txt")
    for name in ("requirements.txt", "requirements-build.txt"):
        assert pinned(name).items() <= tested.items()
