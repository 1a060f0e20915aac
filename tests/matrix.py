"""Run the tests on every Python that is here and with the oldest and newest dependencies: ``make test-matrix``.

Three sets of packages: *pinned* is what is installed everywhere else, on each
Python; *oldest* has the lower bounds of ``pyproject.toml``, on the oldest
Python; *newest* is the latest of everything, on the newest Python. Each has a
folder of its own in ``.matrix/``. Browser tests are left to ``make test``.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".matrix"
SUPPORTED = ("3.11", "3.12", "3.13", "3.14")
SETS = {"pinned": (), "oldest": ("--resolution", "lowest-direct"), "newest": ("--upgrade",)}


def candidates() -> Iterator[str]:
    """Yield what may be a Python: this one, those on the path, and those that pyenv keeps."""
    yield sys.executable
    for version in SUPPORTED:
        yield from (path for path in [shutil.which(f"python{version}")] if path)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    yield from map(str, sorted(pyenv.glob("versions/*/bin/python")))


def pythons() -> dict[str, str]:
    """Return the supported Pythons that run, by version; a name on the path may be a stand-in that does not."""
    found = {}
    for path in candidates():
        says = "import sys, venv; print('%d.%d' % sys.version_info[:2], sys._base_executable)"
        asked = subprocess.run([path, "-c", says], capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            version, base = asked.stdout.strip().split(" ", 1)
            if version in SUPPORTED:
                found.setdefault(version, base)
    return found


def runs(found: dict[str, str]) -> list[tuple[str, str]]:
    """Return what is run: sets of packages and versions of Python."""
    versions = [version for version in SUPPORTED if version in found]
    return [*(("pinned", version) for version in versions), ("oldest", versions[0]), ("newest", versions[-1])]


def python_with(packages: str, version: str, base: str) -> Path:
    """Return a Python of a folder of its own with a set of packages in it."""
    folder = FOLDER / f"{packages}-{version}"
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([base, "-m", "venv", folder], check=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    requirements = ROOT / "requirements-test.txt"
    if packages != "pinned":
        requirements = folder / "requirements.txt"
        subprocess.run([*pip, "uv"], check=True)
        command = [folder / "bin" / "uv", "pip", "compile", "--quiet", "pyproject.toml", "--extra", "build"]
        command += ["--extra", "test", "--python-version", version, *SETS[packages], "--output-file", requirements]
        requirements.unlink(missing_ok=True)
        subprocess.run(command, cwd=ROOT, check=True)
    subprocess.run([*pip, "--requirement", requirements], check=True)
    return python


def run(packages: str, version: str, base: str, rest: list[str]) -> str:
    """Run the tests and return how it went, in words."""
    try:
        python = python_with(packages, version, base)
    except subprocess.CalledProcessError as error:
        return f"FAILED to install ({error.returncode})"
    start = time.monotonic()
    command = [python, "-m", "pytest", "-q", "-m", "not browser", "-p", "no:cacheprovider", *rest]
    status = subprocess.run(command, cwd=ROOT, check=False).returncode
    return f"{'passed' if status == 0 else 'FAILED'} in {time.monotonic() - start:.0f} s"


def main() -> int:
    """Run what was asked for, print a table, and return 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", metavar="SET-VERSION", help="one run, as it is named in the table: pinned-3.12")
    options, rest = parser.parse_known_args()
    found = pythons()
    table = []
    for packages, version in runs(found):
        if options.only in (None, f"{packages}-{version}"):
            print(f"== {packages} on Python {version} ({found[version]})", flush=True)
            table.append((packages, version, run(packages, version, found[version], rest)))
    missing = [version for version in SUPPORTED if version not in found]
    table += [("pinned", version, "skipped: no such Python here") for version in missing]
    table.append(("all", "all", "skipped: browser tests, which make test runs with the pinned set"))
    for packages, version, said in table:
        print(f"{packages:8} {version:6} {said}")
    return int(any(said.startswith("FAILED") for _, _, said in table))


if __name__ == "__main__":
    sys.exit(main())
