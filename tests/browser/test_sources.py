"""From a link to a table's sources, and to its file."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.test_map import parameters

pytestmark = pytest.mark.browser


def test_a_table_is_opened_by_its_row_and_taken_along(watched):
    page = watched.page
    page.goto("/sources")
    page.locator("[data-table=tables]").get_by_role("link", name="Leads", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Leads")
    assert parameters(page) == {"table": "stp_leads"}
    with page.expect_download() as caught:
        page.get_by_role("link", name="Download all 44 rows (CSV)").click()
    assert caught.value.suggested_filename == "stp_leads.csv"
    assert Path(caught.value.path()).read_bytes().startswith(b"\xef\xbb\xbfstp17cd,")
