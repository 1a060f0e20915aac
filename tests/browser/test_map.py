"""What readers do on the map, with a real mouse."""

import re
from urllib.parse import parse_qs, urlsplit

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, TimeoutError, expect

from lib import catalogue, links
from pages.map.view import MapView
from tests.browser.conftest import PATIENCE, live
from tests.browser.map_areas import INSET, area, click_area, expect_marked, inside, wait_for_map

pytestmark = pytest.mark.browser

CODES = list(catalogue.footprints())
LEICESTER, BLACK_COUNTRY, NORFOLK = "E54000015", "E54000016", "E54000022"
SOUTH_EAST_LONDON = "E54000030"


def open_map(page: Page, address: str = "/") -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    wait_for_map(page)


def expect_panel(page: Page, name: str) -> None:
    """Wait until the page says who is chosen, or offers the choice."""
    if name == "Choose a footprint":
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    else:
        expect(page.get_by_role("heading", level=1)).to_have_text(name)


def more_choices(page: Page) -> None:
    """Open what is folded away."""
    page.get_by_text(re.compile("^More choices")).click()


def panel(page: Page) -> Locator:
    return page.locator(".st-key-area-panel")


def parameters(page: Page) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a box, and once more if the page was drawn anew meanwhile, which closes its list."""
    box = page.get_by_role("combobox", name=label)
    for patience in (2_000, 5_000, PATIENCE):
        box.click()
        box.fill(option)
        try:
            page.get_by_role("option", name=option, exact=True).click(timeout=patience)
            break
        except TimeoutError:
            if patience == PATIENCE:
                raise
    if box.get_attribute("aria-expanded") == "true":  # a box for several choices stays open
        page.keyboard.press("Escape")


def test_a_click_on_the_map_reaches_the_panel_and_the_url(watched):
    page = watched.page
    open_map(page)
    click_area(page, LEICESTER)
    expect_panel(page, "Leicester, Leicestershire and Rutland")
    expect(page.get_by_text("Toby Sanders").first).to_be_visible()
    expect(page.locator("[data-fact=rating]")).to_contain_text("Advanced (published)")
    assert parameters(page) == links.query(MapView(stp=LEICESTER))
    expect_marked(page, LEICESTER)


def test_a_click_in_the_london_inset_reaches_the_panel(watched):
    page = watched.page
    open_map(page)
    click_area(page, SOUTH_EAST_LONDON, INSET)
    expect_panel(page, "South East London")
    assert parameters(page)["stp"] == SOUTH_EAST_LONDON


def test_clicks_one_after_the_other_all_count_and_keep_zoom_and_filters(watched):
    page = watched.page
    open_map(page, "/?lead=ccg")
    before = area(page, LEICESTER).bounding_box()["width"]
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(500)
    zoomed = area(page, LEICESTER).bounding_box()["width"]
    assert zoomed > 1.2 * before
    for code in (LEICESTER, BLACK_COUNTRY, LEICESTER, BLACK_COUNTRY):
        click_area(page, code)
        expect_panel(page, catalogue.footprints()[code].name)
    assert area(page, LEICESTER).bounding_box()["width"] == pytest.approx(zoomed, rel=0.05)
    expect(page.get_by_text("16 of 44 footprints pass the filters")).to_be_visible()


def test_a_click_leaves_labels_stripes_and_outlines_as_they_were(watched):
    page = watched.page
    open_map(page, "/?outline=council17")
    looks = """() => [...document.querySelectorAll(".fp-map :is(text, rect, path)")]
        .filter(element => !element.closest(".fp-marks, .fp-ring"))
        .map(element => [getComputedStyle(element), element.getAttribute("d")])
        .map(([style, line]) => [style.fill, style.stroke, style.opacity, line].join()).join(";")"""
    before = page.evaluate(looks)
    click_area(page, NORFOLK)
    expect_marked(page, NORFOLK)
    assert page.evaluate(looks) == before


def test_dragging_the_map_chooses_nothing(watched):
    page = watched.page
    open_map(page)
    x, y = inside(page, LEICESTER)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=6)
    page.mouse.up()
    page.wait_for_timeout(700)
    expect_panel(page, "Choose a footprint")
    click_area(page, LEICESTER)
    expect_panel(page, "Leicester, Leicestershire and Rutland")


def test_a_click_on_the_chosen_area_and_escape_clear_it(watched):
    page = watched.page
    open_map(page, f"/?stp={NORFOLK}")
    expect_marked(page, NORFOLK)
    click_area(page, NORFOLK)
    expect_panel(page, "Choose a footprint")
    assert parameters(page)["stp"] == "none"
    click_area(page, LEICESTER)
    expect_panel(page, "Leicester, Leicestershire and Rutland")
    expect_marked(page, LEICESTER)
    page.keyboard.press("Escape")
    expect_panel(page, "Choose a footprint")
    page.go_back()
    expect_panel(page, "Leicester, Leicestershire and Rutland")
    expect_marked(page, LEICESTER)


def test_the_mark_does_not_wait_for_the_server_also_on_a_slow_processor(watched):
    page = watched.page
    open_map(page)
    processor = page.context.new_cdp_session(page)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.evaluate(
        """code => {
            const area = document.querySelector(`.fp-ground [data-code="${code}"]`)
            new MutationObserver(() => { window.saidThen ??= document.querySelector("h1").innerText })
                .observe(area, { attributes: true, attributeFilter: ["aria-current"] })
        }""",
        LEICESTER,
    )
    click_area(page, NORFOLK)  # its run is on the way
    click_area(page, LEICESTER)
    page.wait_for_function("window.saidThen !== undefined")
    assert "Leicester" not in page.evaluate("saidThen"), "marked before the panel had anything to say of it"
    expect_panel(page, "Leicester, Leicestershire and Rutland")
    expect_marked(page, LEICESTER)
    processor.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    processor.detach()


def test_the_legend_lights_up_its_class(watched):
    page = watched.page
    open_map(page)
    row = page.locator(".fp-legend").get_by_role("row", name=re.compile("^3 Making progress"))
    for point in (row.hover, row.focus):
        point()
        expect(page.locator(".fp-ground [data-code]:not(.fp-back)")).to_have_count(2)
        page.mouse.move(2, 2)
        page.get_by_role("heading", level=1).click()
        expect(page.locator(".fp-ground .fp-back")).to_have_count(0)


def test_a_filter_keeps_the_choice_and_lives_in_the_link(watched, browser):
    page = watched.page
    open_map(page)
    click_area(page, LEICESTER)
    expect_panel(page, "Leicester, Leicestershire and Rutland")
    more_choices(page)
    page.get_by_label("Local authority", exact=True).check()
    expect(page.get_by_text("4 of 44 footprints pass the filters")).to_be_visible()
    # The next filter is at hand, and the keyboard where it was.
    expect(page.get_by_label("Local authority", exact=True)).to_be_focused()
    expect(page.get_by_role("group", name="NHS region").get_by_label("South")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("More choices (1)")).to_be_focused()
    expect(page.get_by_label("Local authority", exact=True)).to_be_hidden()
    expect_panel(page, "Leicester, Leicestershire and Rutland")
    assert parameters(page) == links.query(MapView(stp=LEICESTER, lead=("local_authority",)))
    address = page.url

    page.reload()
    wait_for_map(page)
    expect(page.get_by_text("4 of 44 footprints pass the filters")).to_be_visible()
    expect_panel(page, "Leicester, Leicestershire and Rutland")
    expect_marked(page, LEICESTER)

    other = live(browser.new_context().new_page())
    open_map(other, address)
    expect(other.get_by_text("4 of 44 footprints pass the filters")).to_be_visible()
    expect_panel(other, "Leicester, Leicestershire and Rutland")
    other.context.close()

    page.go_back()
    expect(page.get_by_text("footprints pass the filters")).to_have_count(0)
    expect_panel(page, "Leicester, Leicestershire and Rutland")
    page.go_back()
    expect_panel(page, "Choose a footprint")


def test_the_select_box_and_the_table_lead_to_the_same_panel(watched):
    page = watched.page
    open_map(page)
    choose(page, "Footprint", "Devon")
    expect_panel(page, "Devon")
    expect_marked(page, "E54000037")
    page.locator("[data-table=footprints]").get_by_role("link", name="Northumberland, Tyne and Wear").click()
    expect_panel(page, "Northumberland, Tyne and Wear and North Durham")
    assert parameters(page)["stp"] == "E54000046"


def test_copy_link_gives_every_parameter(watched):
    page = watched.page
    open_map(page, "/?stp=QK1&colour=LEAD")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(links.link(MapView(stp=LEICESTER, colour="lead")))
    assert urlsplit(copied).netloc == urlsplit(page.url).netloc


def test_filters_without_a_match_keep_the_map_and_can_be_cleared(watched):
    page = watched.page
    open_map(page, "/?lead=independent&acs=whole")
    expect(page.get_by_text("No footprint passes all filters together")).to_be_visible()
    page.get_by_role("link", name="Clear filters").click()
    expect(page.get_by_text("No footprint passes all filters together")).to_have_count(0)
    assert parameters(page) == links.query(MapView())


def test_bad_links_are_named_and_the_rest_is_shown(watched):
    page = watched.page
    open_map(page, "/?stp=%20e54000001%20&lead=ccg,wizard&colour=%3Cimg%20src=x%3E&nonsense=1")
    expect_panel(page, "Northumberland, Tyne and Wear and North Durham")
    notice = page.locator(".fp-notices")
    for word in ("wizard", "img src=x", "nonsense"):
        expect(notice.locator("code", has_text=re.compile(f"^{re.escape(word)}$"))).to_be_visible()
    expect(notice.locator("img")).to_have_count(0)
    expect(page.get_by_text("16 of 44 footprints pass the filters")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_page_fits_its_width(watched, width):
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    open_map(page, f"/?stp={CODES[2]}&outline=council17")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("element => element.scrollWidth - element.clientWidth") <= 0
    legend, chosen = page.locator(".fp-legend").bounding_box(), area(page, CODES[1]).bounding_box()
    assert legend["x"] + legend["width"] <= chosen["x"] or legend["y"] + legend["height"] <= chosen["y"]


def test_paper_has_the_map_and_whole_tables_without_controls(watched):
    page = watched.page
    open_map(page, "/?stp=E54000015")
    paper = pypdfium2.PdfDocument(page.pdf(format="A4", print_background=True))
    words = "".join(sheet.get_textpage().get_text_bounded() for sheet in paper)
    assert "Toby Sanders" in words
    assert "Buckinghamshire, Oxfordshire and Berkshire West" in " ".join(words.split())
    assert not [control for control in ("Colour by", "Copy link", "Download", "Find:") if control in words]
