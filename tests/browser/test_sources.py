"""From a link to a table's sources to an archive with everything."""

import hashlib
import io
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from playwright.sync_api import expect

from geo import blocks
from tests.browser.test_map import parameters
from tests.tables import source

pytestmark = pytest.mark.browser


def test_a_link_opens_a_table_and_the_archive_can_be_read(watched):
    page = watched.page
    page.goto("/sources?table=stp_ratings")
    panel = page.locator(".st-key-area-panel")
    expect(panel.get_by_role("heading", name="Ratings of 21 July 2017")).to_be_visible()
    missing = sum(row["evidence"] == "not_established" for row in source("stp_ratings"))
    expect(panel.get_by_text(f"{missing} of 44 are not established")).to_be_visible()
    assert parameters(page) == {"table": "stp_ratings"}

    with page.expect_download(timeout=240_000) as caught:
        page.get_by_role("button", name="Download all (zip)").click()
    assert caught.value.suggested_filename.endswith(".zip")
    with zipfile.ZipFile(io.BytesIO(Path(caught.value.path()).read_bytes())) as packed:
        for line in packed.read("CHECKSUMS.sha256").decode().splitlines():
            checksum, name = line.split("  ")
            assert hashlib.sha256(packed.read(name)).hexdigest() == checksum
        assert len(pd.read_csv(packed.open("tables/stp_ratings.csv"))) == 44
        outlines = gpd.read_file(packed.open("areas/stp17-overview.geojson"))
    assert set(outlines["code"]) == set(blocks.names("stp17").index)


def test_a_table_and_outlines_come_one_by_one(watched, tmp_path):
    page = watched.page
    page.goto("/sources?table=stp_leads")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download table (CSV)").click()
    assert caught.value.suggested_filename == "stp_leads.csv"
    content = Path(caught.value.path()).read_bytes()
    assert content.startswith(b"\xef\xbb\xbfstp17cd,") and "Toby Sanders" in content.decode()
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download GeoPackage").click()
    file = tmp_path / caught.value.suggested_filename
    caught.value.save_as(file)
    assert len(gpd.read_file(file)) == 44


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_page_fits_its_width(watched, width):
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/sources?table=lsoa")
    expect(page.get_by_role("heading", name="Add a rating or a lead")).to_be_visible()
    main = page.get_by_test_id("stMain")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
