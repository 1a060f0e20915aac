"""The manifest: what every file is, where it comes from, and its checksum.

``data/datapackage.json`` follows the Frictionless Data Package standard.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

from geo import kept, paths

MANIFEST = paths.DATA / "datapackage.json"
FORMAT = 2
"""Number of the structure that this code reads: a table or column that comes, goes or changes its meaning raises it."""
REPAIR = (
    "Restore them from the repository (`git restore data static`) or, if you edited `data/sources`, rebuild them with "
    "`python -m geo build`."
)
"""What to do about files that are not those of the manifest."""


def sha256(content: bytes) -> str:
    """Return the checksum as the manifest writes it."""
    return hashlib.sha256(content).hexdigest()


def with_checksum(resource: dict, path: str, content: bytes) -> dict:
    """Return a description completed with path, size and checksum."""
    return {**resource, "path": path, "bytes": len(content), "hash": f"sha256:{sha256(content)}"}


def is_as_listed(item: dict, content: bytes) -> bool:
    """Return whether a file is what its entry in the manifest says."""
    return item["hash"] == f"sha256:{sha256(content)}"


def compose(description: dict, resources: list[dict], static: list[dict]) -> bytes:
    """Return the manifest's bytes.

    Parameters
    ----------
    description : dict
        Package properties, as in ``tables.json``.
    resources, static : list of dict
        Every file of ``data/`` (paths from there) and of ``static/`` (paths
        from the project's root; a data package may not point outside its
        folder), each with its checksum.
    """
    state = sha256("".join(item["hash"] for item in resources + static).encode())
    package = {key: value for key, value in description.items() if key != "resources"}
    package["version"] = f"{description['version']}+{state[:8]}"
    package["format"] = FORMAT
    package |= {"resources": resources, "static": static}
    return sealed(package)


def sealed(package: dict) -> bytes:
    """Return a manifest's bytes with a checksum of its own in it."""
    package = package | {"hash": f"sha256:{_own_checksum(package)}"}
    return (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode()


def _own_checksum(package: dict) -> str:
    rest = {key: value for key, value in package.items() if key != "hash"}
    return sha256(json.dumps(rest, sort_keys=True).encode())


@kept.once
def read(path: Path = MANIFEST) -> dict:
    """Return the manifest."""
    return json.loads(path.read_text(encoding="utf-8"))


def version(root: Path = paths.ROOT) -> str:
    """Return the version of the data as the manifest on disk has it now."""
    return kept.anew(read)(root / MANIFEST.relative_to(paths.ROOT))["version"]


def static_url(name: str) -> str:
    """Return the address at which the running app serves a static file.

    Parameters
    ----------
    name : str
        Name in the manifest, for example ``"topo-stp17"``.

    Raises
    ------
    KeyError
        If the manifest has no such file.
    """
    return "/app/" + {item["name"]: item["path"] for item in read()["static"]}[name]


def problems(root: Path = paths.ROOT) -> list[str]:
    """Compare the files on disk with the manifest, and the manifest with this code.

    Returns
    -------
    list of str
        One sentence for each file that is missing, cannot be read, differs
        or is not listed; only one if the manifest itself is no use.
    """
    manifest = root / MANIFEST.relative_to(paths.ROOT)
    try:
        package = json.loads(manifest.read_text(encoding="utf-8"))
        written = package.get("format", 0)
        listed = {"data/" + item["path"]: item["hash"] for item in package["resources"]}
        listed |= {item["path"]: item["hash"] for item in package["static"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        return [f"data/datapackage.json cannot be read: {_reason(error)}"]
    if written != FORMAT:
        kind = "older" if isinstance(written, int) and written < FORMAT else "another"
        return [f"data/datapackage.json is of {kind} version: it has format {written!r}, this code reads {FORMAT}"]
    if package.get("hash") != f"sha256:{_own_checksum(package)}":
        return ["data/datapackage.json differs from what was built"]
    faults = [problem for path, checksum in listed.items() if (problem := _problem(root, path, checksum))]
    strange = [path for path in _files(root) if path not in listed and root / path != manifest]
    strange.sort(key=lambda path: path.split("/"))
    faults += [f"{path} is not in the manifest" for path in strange if (root / path).is_file()]
    return faults


def _problem(root: Path, path: str, checksum: str) -> str | None:
    try:
        content = (root / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return f"{path} is missing"
    except (OSError, ValueError) as error:
        return f"{path} cannot be read: {_reason(error)}"
    return None if f"sha256:{sha256(content)}" == checksum else f"{path} differs from the manifest"


def _reason(error: Exception) -> str:
    """Return why a file cannot be read, in one line without the folder it lies in."""
    message = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    message = f"it has no {message}" if isinstance(error, KeyError) else message
    return " ".join(message.split()) or type(error).__name__


def stamp(root: Path = paths.ROOT) -> frozenset[tuple[str, int, int]]:
    """Return path, size and time of every file: as long as this stays, so do the files. Takes a millisecond."""
    files = set()
    for path in (f"{root}/{file}" for file in _files(root)):
        with contextlib.suppress(OSError):
            at = os.stat(path)  # noqa: PTH116 - Path takes three times as long.
            files.add((path, at.st_size, at.st_mtime_ns))
    return frozenset(files)


def _files(root: Path) -> Iterator[str]:
    """Yield the paths from the root of all that lies in the two folders and is no folder."""
    for part in ("data", "static"):
        for folder, _, names in os.walk(root / part):
            inside = Path(folder).relative_to(root).as_posix()
            yield from (f"{inside}/{name}" for name in names)
