"""What a reader's first visit fetches."""

import pytest

from tests.browser import first_visit

pytestmark = pytest.mark.browser


def test_the_first_map_takes_less_than_1_4_megabytes(browser, address):
    files = first_visit.fetched(browser, address)
    assert sum(files.values()) < 1_400_000
    assert len(files) > 50
