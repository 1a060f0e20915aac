"""What a reader's first visit fetches."""

import pytest

from benchmarks import payload

pytestmark = pytest.mark.browser


def test_the_first_map_takes_less_than_2_8_megabytes(browser, address):
    files = payload.first_map(browser, address)
    assert sum(files.values()) < 2_800_000
    assert len(files) > 50
