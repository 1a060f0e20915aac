"""What a reader's first visit fetches."""

import pytest

from benchmarks import payload

pytestmark = pytest.mark.browser


def test_the_first_map_takes_less_than_1_4_megabytes(browser, address):
    files = payload.first_map(browser, address)
    assert sum(files.values()) < 1_400_000
    assert len(files) > 50
