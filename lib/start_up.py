"""What every reader shares: checked and loaded once for the server, before the first page is drawn."""

import gc
import time
from dataclasses import dataclass

from geo import kept, manifest
from lib import catalogue
from lib.figures import national
from lib.search import finder

look_again = 0.0
"""Seconds for which what was seen of the files holds: a server with many readers need not look for each."""


@dataclass
class _Seen:
    """The files as they were looked at last, and the version of the data that is loaded."""

    stamp: frozenset = frozenset()
    problems: tuple[str, ...] = ()
    version: str | None = None
    until: float = 0.0
    loaded: bool = False


_seen = _Seen()


def ready() -> list[str]:
    """Return what is wrong with the files now, after loading what every reader shares if that has not been done."""
    return problems() if _seen.loaded else load()


def load() -> list[str]:
    """Check the files and load what the first page needs; return what is wrong with them."""
    wrong = _look(manifest.stamp())
    if not wrong:
        national.by_measure("rating", catalogue.footprints())
        _seen.loaded = True
    return wrong


def finish() -> None:
    """Load what the first search needs: it takes longer than all the rest, and no page waits for it."""
    finder.load()
    # What is loaded stays: the collector need not look at it again.
    gc.collect()
    gc.freeze()


def problems() -> list[str]:
    """Return what is wrong with the files as they are now; they are read again only after one has changed.

    Much is read when it is first asked for, and outlines go straight to the
    browser, so what happens to the files of a running server matters.
    """
    if time.monotonic() < _seen.until:
        return list(_seen.problems)
    stamp = manifest.stamp()
    _seen.until = time.monotonic() + look_again
    return _look(stamp) if stamp != _seen.stamp else list(_seen.problems)


def _look(stamp: frozenset) -> list[str]:
    wrong = manifest.problems()
    if not wrong:
        version = manifest.version()
        if _seen.version is None:
            kept.forget(manifest.read)
            _seen.version = version
        elif version != _seen.version:
            wrong = [f"data/datapackage.json is of version {version}, the server loaded {_seen.version}: restart it"]
    _seen.problems, _seen.stamp = tuple(wrong), stamp
    return wrong
