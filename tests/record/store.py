"""The record on disk: one file a page, what several views say stored once, one line for what fits one line."""

import hashlib
import io
import json
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGES = HERE / "pages"
TABLES = HERE / "tables.zip"
_WIDTH = 160
# Shorter things are told again.
_WORTH_SHARING = 80
_SAME = "same"


def write(path: Path, views: dict[str, Any]) -> None:
    """Write the views of a page, by link."""
    seen: Counter[str] = Counter()
    _count(views, seen)
    shared: dict[str, Any] = {}
    kept = {link: _share(view, seen, shared) for link, view in views.items()}
    path.write_text(_text({"shared": dict(sorted(shared.items())), "views": kept}) + "\n", encoding="utf-8")


def read(path: Path) -> dict[str, Any]:
    """Return the views of a page, by link."""
    record = json.loads(path.read_text(encoding="utf-8"))
    return {link: _whole(view, record["shared"]) for link, view in record["views"].items()}


def everything() -> dict[str, Any]:
    """Return all views of all pages, by link."""
    return {link: view for path in sorted(PAGES.glob("*.json")) for link, view in read(path).items()}


def page_file(link: str) -> Path:
    """Return where the views of a link's page are."""
    return PAGES / f"{link.partition('?')[0].strip('/') or 'map'}.json"


def write_tables(tables: dict[str, bytes]) -> None:
    """Write downloaded tables by their checksum, the same bytes for the same tables."""
    with zipfile.ZipFile(TABLES, "w", zipfile.ZIP_LZMA) as packed:
        for name, content in sorted(tables.items()):
            packed.writestr(zipfile.ZipInfo(f"{name}.csv", (2017, 7, 21, 0, 0, 0)), content, zipfile.ZIP_LZMA)


def table(checksum: str) -> bytes | None:
    """Return a downloaded table by its checksum; None of those that were too large to keep."""
    with zipfile.ZipFile(io.BytesIO(TABLES.read_bytes())) as packed:
        name = f"{checksum}.csv"
        return packed.read(name) if name in packed.namelist() else None


def _name(value: Any) -> str | None:
    """Return the name of what is worth sharing."""
    if not isinstance(value, (list, dict, str)):
        return None
    text = json.dumps(value, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:8] if len(text) > _WORTH_SHARING else None


def _count(value: Any, seen: Counter[str]) -> None:
    if name := _name(value):
        seen[name] += 1
        # The parts of what is the same are the same.
        if seen[name] > 1:
            return
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _count(part, seen)


def _share(value: Any, seen: Counter[str], shared: dict[str, Any]) -> Any:
    name = _name(value)
    if name and seen[name] > 1:
        if name not in shared:
            shared[name] = None
            shared[name] = _parts(value, seen, shared)
        return {_SAME: name}
    return _parts(value, seen, shared)


def _parts(value: Any, seen: Counter[str], shared: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {key: _share(part, seen, shared) for key, part in value.items()}
    return [_share(part, seen, shared) for part in value] if isinstance(value, list) else value


def _whole(value: Any, shared: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        if set(value) == {_SAME}:
            return _whole(shared[value[_SAME]], shared)
        return {key: _whole(part, shared) for key, part in value.items()}
    return [_whole(part, shared) for part in value] if isinstance(value, list) else value


def _text(value: Any, indent: int = 0) -> str:
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= _WIDTH or not isinstance(value, (dict, list)) or not value:
        return line
    pad = " " * (indent + 1)
    if isinstance(value, dict):
        parts = [f"{json.dumps(key, ensure_ascii=False)}: {_text(part, indent + 1)}" for key, part in value.items()]
    else:
        parts = [_text(part, indent + 1) for part in value]
    opened, closed = "{}" if isinstance(value, dict) else "[]"
    return f"{opened}\n{pad}" + f",\n{pad}".join(parts) + f"\n{' ' * indent}{closed}"
