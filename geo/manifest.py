"""The manifest: what every file is, where it comes from, and its checksum.

``data/datapackage.json`` follows the Frictionless Data Package standard.
"""

import hashlib
import json
from functools import cache
from pathlib import Path

from geo import paths

MANIFEST = paths.DATA / "datapackage.json"


def sha256(content: bytes) -> str:
    """Return the checksum as the manifest writes it."""
    return hashlib.sha256(content).hexdigest()


def with_checksum(resource: dict, path: str, content: bytes) -> dict:
    """Return a description completed with path, size and checksum."""
    return {**resource, "path": path, "bytes": len(content), "hash": f"sha256:{sha256(content)}"}


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
    package |= {"resources": resources, "static": static}
    return (json.dumps(package, indent=1, ensure_ascii=False) + "\n").encode()


@cache
def read(path: Path = MANIFEST) -> dict:
    """Return the manifest."""
    return json.loads(path.read_text(encoding="utf-8"))


def static_url(name: str) -> str:
    """Return the address at which the running app serves a static file.

    Parameters
    ----------
    name : str
        Name in the manifest, for example ``"map-stp17"``.

    Raises
    ------
    KeyError
        If the manifest has no such file.
    """
    return "/app/" + {item["name"]: item["path"] for item in read()["static"]}[name]


def problems(root: Path = paths.ROOT) -> list[str]:
    """Compare the files on disk with the manifest.

    Returns
    -------
    list of str
        One sentence for each file that is missing, differs or is not listed.
    """
    manifest = root / MANIFEST.relative_to(paths.ROOT)
    try:
        package = json.loads(manifest.read_text(encoding="utf-8"))
        listed = {"data/" + item["path"]: item["hash"] for item in package["resources"]}
        listed |= {item["path"]: item["hash"] for item in package["static"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        return [f"data/datapackage.json cannot be read: {error}"]
    found = []
    for path, checksum in listed.items():
        file = root / path
        if not file.is_file():
            found.append(f"{path} is missing")
        elif f"sha256:{sha256(file.read_bytes())}" != checksum:
            found.append(f"{path} differs from the manifest")
    for folder in ("data", "static"):
        for file in sorted((root / folder).rglob("*")):
            path = file.relative_to(root).as_posix()
            if file.is_file() and path not in listed and file != manifest:
                found.append(f"{path} is not in the manifest")
    return found
