"""Each ACS area by its link, on the map, and beside another one; the glossary."""

import re

import pytest
from playwright.sync_api import Page, expect

from lib import links, views
from lib.accountable_care import acs
from tests.browser.plotly_maps import click_area, expect_marked
from tests.browser.test_map import choose, panel, parameters

pytestmark = pytest.mark.browser

# What only this area says: residents, and a council or a CCG with its number.
SAYS = {
    "frimley": ("739,365 residents", "Surrey: 12.9% of its residents (152,493) are inside"),
    "south-yorkshire-bassetlaw": ("1,509,749 residents", "Nottinghamshire: 14.2% of its residents (116,304)"),
    "nottinghamshire": ("1,030,756 residents", "709,738 residents, 68.9% of the area"),
    "blackpool-fylde-coast": ("18.5% of its residents", "Lancashire: 14.1% of its residents (169,881)"),
    "dorset": ("770,689 residents", "No council straddles the border."),
    "luton-mk-beds": ("938,429 residents", "Buckinghamshire: 1.2% of its residents (6,308)"),
    "berkshire-west": ("28.7% of its residents", "dates its recognition to June 2016"),
    "buckinghamshire": ("31.8% of its residents", "Oxfordshire: 1.3% of its residents (8,828)"),
    "greater-manchester": ("2,832,133 residents", "37 NHS organisations and councils signed"),
    "surrey-heartlands": ("848,094 residents", "Surrey: 71.5% of its residents (848,094)"),
}


def open_areas(page: Page, address: str = "/acs") -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Accountable care systems")
    # Plotly draws in several steps; the labels come last.
    expect(page.locator(".st-key-map .scattergeo text").first).to_be_attached()


def test_every_area_opens_by_its_link(watched):
    page = watched.page
    for code, (residents, council) in SAYS.items():
        area = acs.areas()[code]
        open_areas(page, f"/acs?area={code}")
        expect(panel(page).get_by_role("heading")).to_have_text(area.name)
        expect(panel(page)).to_contain_text(residents)
        expect(panel(page)).to_contain_text("Whole STP" if area.whole else "Part of an STP")
        expect(page.get_by_text(council).filter(visible=True).first).to_be_visible()
        expect(page.get_by_text("Not established").filter(visible=True).first).to_be_visible()
        expect_marked(page, area.on_map)
        expect(page.locator("[class*=st-key-close-up-of-] .scattergeo text").first).to_be_attached()
    assert set(SAYS) == set(acs.areas())


@pytest.mark.parametrize("code", ["berkshire-west", "blackpool-fylde-coast", "buckinghamshire"])
def test_the_close_up_of_a_part_lists_its_ccgs(watched, code):
    page, area = watched.page, acs.areas()[code]
    open_areas(page, f"/acs?area={code}&parts=ccg")
    key = panel(page).locator(".fp-legend tbody tr")
    ccgs = acs.members(area, "ccg17")
    expect(key).to_have_count(len(area.ccgs) + 1)  # and the rest of the STP
    for place, (_, row) in enumerate(ccgs.iterrows()):
        expect(key.nth(place)).to_contain_text(row["name"])
        expect(key.nth(place)).to_contain_text(f"{row['residents']:,}")
    expect(key.last).to_contain_text("Rest of the STP")


def test_clicks_choose_parts_and_whole_stps_and_clear_on_an_stp_without_a_system(watched):
    page = watched.page
    open_areas(page)
    expect(panel(page).get_by_role("heading")).to_have_text("Choose an area")
    for code in ("berkshire-west", "dorset"):
        click_area(page, acs.areas()[code].on_map)
        expect(panel(page).get_by_role("heading")).to_have_text(acs.areas()[code].name)
        assert parameters(page) == links.query(views.AcsView(code))
    page.wait_for_timeout(600)  # two clicks within half a second are a double click
    click_area(page, "E54000037")
    expect(panel(page).get_by_role("heading")).to_have_text("Choose an area")
    assert parameters(page)["area"] == "none"


def test_two_areas_side_by_side_live_in_the_link(watched):
    page = watched.page
    open_areas(page, "/acs?area=dorset")
    choose(page, "Compare with", "Frimley Health")
    table = page.locator(".st-key-comparison table")
    expect(table.locator("tr", has_text=re.compile("^Residents[0-9]"))).to_contain_text("770,689739,365")
    assert parameters(page) == links.query(views.AcsView("dorset", "frimley"))
    page.reload()
    expect(table.locator("thead")).to_contain_text("DorsetFrimley Health")
    page.get_by_text("Frimley Health the other way round").click()
    expect(table.locator("thead")).to_contain_text("Frimley HealthDorset")
    assert parameters(page) == links.query(views.AcsView("frimley", "dorset"))


def test_a_part_is_downloaded_as_csv(watched):
    page = watched.page
    open_areas(page, "/acs?area=buckinghamshire")
    with page.expect_download() as download:
        page.locator(".st-key-table [data-testid=stDownloadButton] button").click()
    lines = download.value.path().read_text().splitlines()
    assert download.value.suggested_filename == "acs-buckinghamshire-councils.csv"
    assert lines[1].startswith("Buckinghamshire,county,529610,98.3604,98.823,6308")


def test_a_term_and_a_kind_of_event_live_in_the_link(watched):
    page = watched.page
    page.goto("/glossary?term=aco")
    expect(page.get_by_role("heading", level=1)).to_have_text("ACO: accountable care organisation")
    rows = page.locator("[data-table=timeline] tbody tr")
    expect(rows).to_have_count(18)
    expect(rows.nth(11)).to_contain_text("HFMA prints 5/18/16/5")
    choose(page, "Events of the timeline", "Leaders")
    expect(rows).to_have_count(2)
    assert parameters(page) == links.query(views.GlossaryView("aco", ("leads",)))
    page.reload()
    expect(rows).to_have_count(2)
    expect(page.locator("[data-chart=timeline-picture] .scatter text").first).to_be_attached()


def test_terms_on_the_page_lead_to_the_glossary(watched):
    page = watched.page
    open_areas(page)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="accountable care systems").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("ACS: accountable care system")


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("link", ["/acs?area=greater-manchester&with=frimley", "/glossary?term=stp"])
def test_nothing_is_wider_than_the_window(watched, width, link):
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    page.wait_for_timeout(800)
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
