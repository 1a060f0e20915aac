"""What a reader's first visit fetches."""

import pytest

from tests.browser import first_visit

pytestmark = pytest.mark.browser


def test_the_first_map_takes_less_than_1_4_megabytes(browser, address):
    files = first_visit.fetched(browser, address)
    assert sum(files.values()) < 1_400_000
    assert len(files) > 50


def test_an_embed_of_the_44_takes_less_than_100_kilobytes_with_all_that_its_map_needs(browser, address):
    files = first_visit.fetched(browser, address, "/?stp=E54000015&embed=true")
    names = " ".join(files)
    assert all(part in names for part in ("topo-stp17", "vendor/d3.js", "map/choosing.js", "document.css"))
    assert sum(files.values()) < 100_000
