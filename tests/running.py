"""A running app for the tests that need a real server."""

from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import servers


@contextmanager
def running_app() -> Iterator[str]:
    """Start the app as ``make app`` does and give its address."""
    with servers.running("make app") as server:
        yield server.address
