"""Logs as JSON lines without personal data: what happened and where in the code, never what a reader asked for.

Of a message only its template is written, not what is filled in; of an error
its kind and the lines it went through, not its text. So neither addresses of
readers nor words from links or search boxes reach a log, whoever logs them.
"""

import json
import logging
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

_LOG = logging.getLogger("footprints")
_ROOT = Path(__file__).parents[1]
SLOW = 0.5
"""Seconds from which on a run of a page is worth a line."""


class JsonRecord(logging.LogRecord):
    """A record whose message is a JSON line, whatever handler writes it."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.msg, self.args, self.exc_info, self.exc_text = json.dumps(_fields(self)), (), None, None


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": str(record.msg),
    }
    # Only this module's own records carry values: they are counts, durations and names of pages.
    if record.name == _LOG.name and isinstance(record.args, Mapping):
        fields |= record.args
    if record.exc_info and record.exc_info[1]:
        error = record.exc_info[1]
        fields["error"] = type(error).__name__
        fields["at"] = [_place(frame) for frame in traceback.extract_tb(error.__traceback__)][-12:]
    return fields


def _place(frame: traceback.FrameSummary) -> str:
    file = Path(frame.filename)
    where = file.relative_to(_ROOT) if file.is_relative_to(_ROOT) else Path(*file.parts[-2:])
    return f"{where}:{frame.lineno} {frame.name}"


def as_json(stream: TextIO = sys.stderr) -> None:
    """Make every record of this process a JSON line, and write this module's own to a stream."""
    logging.setLogRecordFactory(JsonRecord)
    handler: logging.Handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _LOG.handlers, _LOG.propagate = [handler], False
    _LOG.setLevel(logging.INFO)


def event(name: str, **fields: str | int | float) -> None:
    """Log that something happened; `fields` must not hold anything that a reader gave."""
    _LOG.info(name, fields or None)


@contextmanager
def timed(page: str) -> Iterator[None]:
    """Log the run of a page if it is slow."""
    start = time.perf_counter()
    try:
        yield
    finally:
        if (seconds := time.perf_counter() - start) >= SLOW:
            event("slow run", page=page, milliseconds=round(seconds * 1000))
