"""What all tests share: servers, and how many made-up examples are tried, a few or thousands in the long profile."""

import gc
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

import pages  # noqa: F401 - links know the pages from here on
from tests import servers

# The same examples on every run, and no files of their own.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
# Other examples on every run: ``make fuzz``.
settings.register_profile(
    "long", database=None, deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("repeatable")


def pytest_collection_finish() -> None:
    """Look for garbage less often: what the tests import and share stays, and looking through it takes long."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def for_many() -> Iterator[servers.Server]:
    """A server as it is started for many readers, which all tests share."""
    with servers.running("app") as server:
        yield server


@pytest.fixture(scope="session")
def for_one() -> Iterator[servers.Server]:
    """A server as `make app` starts it, which all tests share."""
    with servers.running("make app") as server:
        yield server
