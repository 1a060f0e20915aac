"""What readers do on a map, with a real pointer and real keys, in a page of plain HTML."""

import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from geo import blocks
from lib import catalogue
from lib.figures import drawing, fit, maps, national, wire
from tests.browser import bare
from tests.browser.accessible import violations
from tests.browser.map_areas import INSET, area, click_area, inside

pytestmark = pytest.mark.browser

STPS = catalogue.footprints()
CORNWALL, DEVON, DORSET = "E54000036", "E54000037", "E54000041"
LEICESTER, NORFOLK, NORTH_EAST_LONDON = "E54000015", "E54000022", "E54000029"
LINK, CLEAR = "/?stp={code}", "/?stp=none"

# Links are written down, not followed.
_WRITE_DOWN = """
window.followed = []
document.addEventListener("click", event => {
    const link = event.target.closest("a[href]")
    if (!link || event.defaultPrevented || link.download) return
    event.preventDefault()
    followed.push(link.getAttribute("href"))
})"""


def rated(**changes) -> maps.Map:
    drawn = national.by_measure("rating", list(STPS), link=LINK, clear=CLEAR)
    return replace(drawn, **changes)


def followed(page: Page) -> list[str]:
    return page.evaluate("followed")


def marked(page: Page) -> int:
    return page.locator(".fp-ground .fp-marks path").count()


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.dataset.code ?? document.activeElement.title")


def width(page: Page, code: str) -> float:
    return area(page, code).bounding_box()["width"]


def redraw(page: Page, drawn: maps.Map) -> None:
    page.evaluate("specification => redraw(specification)", wire.data(drawn))


@pytest.fixture(scope="module")
def opened(browser):
    """Open a map whose links are written down; closed after the test that asked for it."""
    contexts = []

    def open_map(drawn: maps.Map, around: str = "", **options) -> Page:
        context = bare.opened(browser, drawn, around, **options)
        contexts.append(context)
        page = context.__enter__()
        page.evaluate(_WRITE_DOWN)
        return page

    yield open_map
    for context in contexts:
        context.__exit__(None, None, None)


def test_every_area_is_a_link_named_once_with_name_and_value(opened):
    page = opened(rated(outlines=(maps.Outline("ccg17"),)))
    names = page.get_by_role("link").evaluate_all("links => links.map(link => link.getAttribute('aria-label'))")
    expect(page.get_by_role("link")).to_have_count(44)
    assert len(set(names)) == 44
    leicester = page.get_by_role("link", name="Leicester, Leicestershire and Rutland")
    expect(leicester).to_have_attribute("href", f"/?stp={LEICESTER}")
    assert "Advanced" in leicester.get_attribute("aria-label")
    expect(page.get_by_role("group", name="The 44 STPs of 2017: Rating, July 2017")).to_be_visible()
    assert violations(page) == []


def test_without_scripts_of_the_app_a_click_loads_what_the_link_names(browser):
    with bare.opened(browser, rated()) as page:
        click_area(page, NORFOLK)
        page.wait_for_url(f"**/?stp={NORFOLK}")


def test_the_pointer_is_told_name_and_value(opened):
    page = opened(rated())
    page.mouse.move(*inside(page, LEICESTER))
    expect(page.locator(".fp-tip")).to_contain_text("Leicester, Leicestershire and Rutland")
    expect(page.locator(".fp-tip")).to_contain_text("Advanced")
    expect(page.locator(".fp-ground .fp-hover")).to_have_count(1)
    page.mouse.move(2, 300)
    expect(page.locator(".fp-tip")).to_be_hidden()
    x, y = inside(page, NORTH_EAST_LONDON, INSET)
    page.mouse.move(x, y)
    expect(page.locator(".fp-tip")).to_contain_text("North East London")


def test_a_click_marks_at_once_and_follows_the_link_and_a_second_one_clears(opened):
    page = opened(rated())
    assert marked(page) == 0
    click_area(page, LEICESTER)
    assert followed(page) == [f"/?stp={LEICESTER}"]
    expect(area(page, LEICESTER)).to_have_attribute("aria-current", "true")
    assert marked(page) == 1
    # An answer that was on its way before does not take the mark back, the one that was asked for settles it.
    redraw(page, rated(chosen=(NORFOLK,)))
    expect(area(page, LEICESTER)).to_have_attribute("aria-current", "true")
    redraw(page, rated(chosen=(LEICESTER,)))
    redraw(page, rated(chosen=(NORFOLK,)))
    expect(area(page, NORFOLK)).to_have_attribute("aria-current", "true")
    click_area(page, NORFOLK)
    assert followed(page)[1:] == [CLEAR]
    expect(page.locator(".fp-ground .fp-marks path")).to_have_count(0)
    click_area(page, NORTH_EAST_LONDON)
    x, y = inside(page, "E54000030", INSET)
    page.mouse.click(x, y)
    assert followed(page)[2:] == [f"/?stp={NORTH_EAST_LONDON}", "/?stp=E54000030"]


def test_a_double_click_zooms_and_does_not_clear(opened):
    page = opened(rated())
    before = width(page, NORFOLK)
    page.mouse.dblclick(*inside(page, NORFOLK))
    page.wait_for_function(
        f"{before} * 1.5 < document.querySelector('[data-code={NORFOLK}]').getBoundingClientRect().width"
    )
    assert followed(page) == [f"/?stp={NORFOLK}"]
    expect(area(page, NORFOLK)).to_have_attribute("aria-current", "true")


def test_all_is_done_by_keyboard(opened):
    page = opened(rated())
    page.keyboard.press("Tab")
    first = focused(page)
    assert STPS[first].name == min(stp.name for stp in STPS.values())
    page.keyboard.press("Tab")
    assert focused(page) == "Zoom in", "the map is one stop"
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("corn")
    assert focused(page) == CORNWALL
    expect(page.locator(".fp-tip")).to_contain_text("Cornwall")
    for key, code in (("Right", DEVON), ("Left", CORNWALL), ("Right", DEVON), ("Right", DORSET)):
        page.keyboard.press(f"Arrow{key}")
        assert focused(page) in (code, "E54000038"), "Devon has two neighbours to the east: Somerset and Dorset"
    area(page, DEVON).focus()
    page.keyboard.press("Enter")
    assert followed(page) == [f"/?stp={DEVON}"]
    expect(area(page, DEVON)).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    assert followed(page)[1:] == [CLEAR]
    expect(page.locator(".fp-ground .fp-marks path")).to_have_count(0)
    assert focused(page) == DEVON
    page.keyboard.press("End")
    assert STPS[focused(page)].name == max(stp.name for stp in STPS.values())
    # Every area is within reach of the arrows.
    reached, open_ends = {DEVON}, [DEVON]
    while open_ends:
        code = open_ends.pop()
        for key in ("Left", "Right", "Up", "Down"):
            area(page, code).focus()
            page.keyboard.press(f"Arrow{key}")
            if (found := focused(page)) not in reached:
                reached.add(found)
                open_ends.append(found)
    assert reached == set(STPS)


def test_a_letter_again_goes_on_to_the_next_name(opened):
    page = opened(rated())
    page.keyboard.press("Tab")
    seen = []
    for _ in range(3):
        page.keyboard.press("n")
        seen.append(STPS[focused(page)].name)
    assert seen == sorted(stp.name for stp in STPS.values() if stp.name.startswith("N"))[:3]


def test_buttons_and_the_wheel_with_ctrl_zoom_and_the_wheel_alone_scrolls(opened):
    page = opened(rated())
    whole = width(page, LEICESTER)
    page.mouse.move(*inside(page, LEICESTER))
    page.mouse.wheel(0, 200)
    page.wait_for_function("scrollY > 100")
    assert width(page, LEICESTER) == pytest.approx(whole)
    page.mouse.wheel(0, -400)
    page.wait_for_function("scrollY === 0")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_function(
        f"document.querySelector('[data-code={LEICESTER}]').getBoundingClientRect().width > {whole} * 1.2"
    )
    assert page.evaluate("scrollY") == 0
    page.wait_for_timeout(200)
    assert width(page, LEICESTER) < whole * 1.6, "one notch of a wheel is one step"
    page.get_by_role("button", name="Whole map").click()
    page.wait_for_function(
        f"Math.abs(document.querySelector('[data-code={LEICESTER}]').getBoundingClientRect().width - {whole}) < 1"
    )
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function(
        f"document.querySelector('[data-code={LEICESTER}]').getBoundingClientRect().width > {whole} * 1.6"
    )
    assert followed(page) == []


def test_a_drag_pans_what_is_enlarged_and_chooses_nothing(opened):
    page = opened(rated())

    def drag():
        x, y = inside(page, LEICESTER)
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 60, y + 30, steps=4)
        page.mouse.up()
        return area(page, LEICESTER).bounding_box()

    inside(page, LEICESTER)  # which scrolls to it
    before = area(page, LEICESTER).bounding_box()
    assert drag() == pytest.approx(before, abs=0.1), "the whole map stays where it is"
    for _ in range(2):
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_function("getComputedStyle(document.querySelector('.fp-inset')).display === 'none'")
    page.wait_for_timeout(400)  # until the movement has come to rest
    before = area(page, LEICESTER).bounding_box()
    after = drag()
    assert after["x"] == pytest.approx(before["x"] + 60, abs=2) and after["y"] == pytest.approx(before["y"] + 30, abs=2)
    assert followed(page) == [] and marked(page) == 0
    click_area(page, LEICESTER)
    assert followed(page) == [f"/?stp={LEICESTER}"]


def test_other_colours_filters_outlines_and_choices_keep_zoom_and_focus(opened):
    page = opened(rated())
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(400)  # until the movement has come to rest
    area(page, LEICESTER).focus()
    enlarged = width(page, LEICESTER)
    page.evaluate("kept = document.activeElement")
    leads = national.by_measure("lead", list(STPS)[:20], outline="council17", chosen=DEVON, link=LINK, clear=CLEAR)
    for drawn in (leads, rated(chosen=(NORFOLK,)), rated()):
        redraw(page, drawn)
        assert page.evaluate("document.activeElement === kept")
        assert width(page, LEICESTER) == pytest.approx(enlarged)
    redraw(page, leads)
    expect(area(page, list(STPS)[30])).to_have_attribute("aria-label", re.compile("filtered out"))
    assert area(page, list(STPS)[30]).locator("path").get_attribute("fill") == drawing.FADED_FILL
    expect(area(page, DEVON)).to_have_attribute("aria-current", "true")


LEGEND = """<table class=fp-legend><tr data-map=tested data-class="advanced:published"><th>Advanced</th></tr>
<tr data-map=other data-class="advanced:published"><th>Of another map</th></tr></table>"""


def test_an_entry_of_the_legend_lights_up_its_class(opened):
    page = opened(rated(), LEGEND)
    advanced = {code for code, key in rated().areas[0].class_of.items() if key == "advanced:published"}
    lit = "elements => elements.filter(e => !e.classList.contains('fp-back')).map(e => e.dataset.code)"
    entry = page.locator("tr[data-map=tested]")
    entry.hover()
    assert set(page.locator(".fp-ground [data-code]").evaluate_all(lit)) == advanced and len(advanced) > 3
    page.locator("tr[data-map=other]").hover()
    assert len(page.locator(".fp-ground [data-code]").evaluate_all(lit)) == 44
    entry.focus()
    assert set(page.locator(".fp-ground [data-code]").evaluate_all(lit)) == advanced
    page.locator("h1").click()


def ccgs() -> maps.Map:
    classes = (maps.Category("all", "CCGs", "#a9cbe8", "#231f20"),)
    names = dict(blocks.names("ccg17"))
    areas = maps.Areas("ccg17", classes, dict.fromkeys(names, "all"), names, link="/what-if?ccg={code}")
    return maps.Map("CCGs", "All CCGs.", (areas,), several="/what-if?ccgs={codes}", clear="/what-if?ccg=none")


def test_several_areas_are_picked_with_shift_by_a_box_and_by_keyboard(opened):
    page = opened(ccgs())
    lincoln, devon = "E38000099", "E38000229"
    x, y = inside(page, lincoln)
    page.keyboard.down("Shift")
    click_area(page, lincoln)
    page.keyboard.up("Shift")
    assert followed(page) == [] and marked(page) == 1
    expect(page.get_by_role("status")).to_have_text("1 area picked")
    # With the keyboard: on to a neighbour, and the one that was left given back.
    area(page, lincoln).focus()
    page.keyboard.press("Shift+ArrowUp")
    assert marked(page) == 2 and focused(page) != lincoln
    page.keyboard.press("Space")
    assert marked(page) == 1
    page.keyboard.press("Escape")
    assert marked(page) == 0
    # A box takes in its neighbourhood; a drag pans no longer.
    page.get_by_role("button", name="Choose several").click()
    page.mouse.move(x - 80, y - 80)
    page.mouse.down()
    page.mouse.move(x + 80, y + 80, steps=3)
    page.mouse.up()
    picked = marked(page)
    assert 4 < picked < 40
    click_area(page, lincoln)
    assert marked(page) == picked - 1, "a click gives back what is picked"
    page.get_by_role("button", name="Go on with these").click()
    ((link),) = followed(page)
    codes = link.removeprefix("/what-if?ccgs=").split(",")
    assert len(set(codes)) == picked - 1 and set(codes) <= set(blocks.names("ccg17").index) - {lincoln, devon}


def test_the_inset_keeps_its_shape_and_lies_where_no_area_is(opened):
    page = opened(rated())
    covered = """() => {
        const inset = document.querySelector(".fp-inset"), box = inset.querySelector("rect").getBoundingClientRect()
        inset.style.pointerEvents = "none"
        let areas = 0
        for (let i = 0; i <= 24; i++) for (let j = 0; j <= 24; j++) {
            const at = document.elementFromPoint(box.left + box.width * i / 24, box.top + box.height * j / 24)
            areas += !!at?.closest("[data-code]")
        }
        inset.style.pointerEvents = ""
        return areas
    }"""
    for size in ((280, 280), (390, 700), (900, 300), (800, 820), (2560, 1440)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.wait_for_function(
            "size => document.querySelector('.fp-ground svg').getAttribute('viewBox') === size",
            arg=f"0 0 {size[0]} {size[1]}",
        )
        box = page.locator(".fp-inset > rect").bounding_box()
        # The shape of London's extent in a mercator projection.
        assert box["width"] / box["height"] == pytest.approx(1.2446, rel=0.02), size
        assert box["x"] >= -1 and box["y"] >= 0 and box["x"] + box["width"] <= size[0], size
        assert page.evaluate(covered) == 0, size
        assert box["width"] > 0.25 * min(size), size


def test_browser_and_server_draw_the_same_map(opened):
    """Places of areas, inset and labels as lib/figures/drawing.py has them, to a pixel."""
    drawn = rated(scale_bar=True)
    page = opened(drawn, viewport={"width": 700, "height": 640})
    main, inset = drawing.panes(drawn, 700, 640)
    box = page.locator(".fp-inset > rect")
    for name, value in (("x", inset.box.left), ("y", inset.box.top), ("width", inset.box.width)):
        assert float(box.get_attribute(name)) == pytest.approx(value, abs=0.1)
    for pane, where in ((main, ".fp-ground"), (inset, INSET)):
        labels = page.locator(f"{where} .fp-labels > g:not([display])").evaluate_all(
            """labels => labels.map(label => [label, label.transform.baseVal[0].matrix])
                .map(([label, { e, f }]) => [label.textContent, e, f])"""
        )
        expected = [(label.text, label.x, label.y) for label in drawing.labels(drawn, (main, inset), pane)]
        assert sorted(text for text, *_ in labels) == sorted(text for text, *_ in expected)
        for (text, x, y), (same, left, top) in zip(sorted(labels), sorted(expected), strict=True):
            assert text == same and x == pytest.approx(left, abs=1.2) and y == pytest.approx(top, abs=1.2)
    length, words = drawing.scale_bar(drawn, main)
    expect(page.locator(".fp-scale text")).to_have_text(words)
    assert f"h{length:.1f}" in page.locator(".fp-scale path").first.get_attribute("d")


def test_labels_give_way_and_come_back_when_there_is_room(opened):
    page = opened(rated(), viewport={"width": 280, "height": 280})
    shown = page.locator(".fp-ground .fp-labels > g:not([display])")
    few = shown.count()
    page.set_viewport_size({"width": 1200, "height": 1200})
    page.wait_for_function(f"document.querySelectorAll('.fp-ground .fp-labels > g:not([display])').length > {few}")
    sizes = set(shown.locator("text").evaluate_all("texts => texts.map(text => text.getAttribute('font-size'))"))
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("getComputedStyle(document.querySelector('.fp-inset')).display === 'none'")
    assert set(shown.locator("text").evaluate_all("texts => texts.map(t => t.getAttribute('font-size'))")) == sizes


def test_close_ups_in_pieces_with_outlines_crosses_and_scale(opened):
    close = fit.close_up("council17", "stp17", "E10000023", link="/footprint?stp={code}", outlined=True)
    page = opened(replace(close, scale_bar=True, places=(maps.Place("A trust", -1.1, 54.0),)))
    assert page.locator(".fp-ground a").count() > 3
    expect(page.locator(".fp-scale text")).to_have_text(re.compile(r"^\d+ km$"))
    expect(page.get_by_role("img", name="A trust")).to_be_attached()
    # North Yorkshire lies in four STPs: their pieces come from several files, and its border is one line around all.
    outline = page.locator(".fp-ground .fp-moving > g path[stroke-width]").last
    assert outline.get_attribute("d").count("M") < 12
    assert violations(page) == []


@pytest.mark.parametrize(
    "media", [{"color_scheme": "dark"}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}, {"media": "print"}]
)
def test_the_map_reads_whatever_the_reader_has_set(opened, media):
    page = opened(rated(chosen=(LEICESTER,)))
    page.emulate_media(**media)
    path = area(page, "E54000006").locator("path")
    fill = next(item.fill for item in rated().areas[0].classes if item.key == rated().areas[0].class_of["E54000006"])
    style = path.evaluate("e => [getComputedStyle(e).fill, getComputedStyle(e.closest('.fp-map')).backgroundColor]")
    # What lies around the areas follows the theme, on paper it is white.
    assert style[1] == ("rgb(20, 25, 29)" if "color_scheme" in media else "rgb(255, 255, 255)")
    assert style[0] in (
        f"rgb({', '.join(str(int(fill[n : n + 2], 16)) for n in (1, 3, 5))})",
        path.get_attribute("fill"),
    )
    assert page.locator(".fp-tools").is_visible() == ("media" not in media)
    if "media" not in media:
        assert violations(page) == []


def test_the_picture_is_saved_with_title_legend_source_date_and_link(opened):
    page = opened(rated(chosen=(LEICESTER,), note="Not the real map", made_up=True))
    content = {}
    for kind in ("SVG", "PNG"):
        page.get_by_text("Save picture").click()
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Save as {kind}").click()
        assert download.value.suggested_filename == f"the-44-stps-of-2017-rating-july-2017.{kind.lower()}"
        content[kind] = download.value.path().read_bytes()
    root = ElementTree.fromstring(content["SVG"])
    words = " ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))
    for said in (
        "The 44 STPs of 2017: Rating",
        "Advanced",
        "Not the real map",
        "Open Government",
        bare.ADDRESS,
        "Saved on",
    ):
        assert said in words, said
    assert len(root.findall(".//{http://www.w3.org/2000/svg}a")) > 44, "all areas, and those of the inset"
    assert b"fp-" not in re.sub(rb"fp-map-\d", b"", content["SVG"]), "nothing that a style sheet of the page explains"
    image = Image.open(io.BytesIO(content["PNG"]))
    assert image.width == 1600 and image.height > 1600
    assert len(image.convert("RGB").getcolors(1 << 24)) > 50


def touch(page: Page, kind: str, *points: tuple[float, float]) -> None:
    session = getattr(page, "touching", None) or page.context.new_cdp_session(page)
    page.touching = session
    session.send(
        "Input.dispatchTouchEvent",
        {"type": kind, "touchPoints": [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate(points)]},
    )


def test_two_fingers_zoom_one_scrolls_and_a_tap_chooses(opened):
    page = opened(rated(), viewport={"width": 390, "height": 600}, has_touch=True)
    whole = width(page, LEICESTER)
    touch(page, "touchStart", (150, 300), (240, 300))
    for step in range(1, 9):
        touch(page, "touchMove", (150 - 8 * step, 300), (240 + 8 * step, 300))
    touch(page, "touchEnd")
    page.wait_for_function(
        f"document.querySelector('[data-code={LEICESTER}]').getBoundingClientRect().width > {whole} * 1.5"
    )
    assert page.evaluate("[scrollY, visualViewport.scale]") == [0, 1]
    x, y = inside(page, LEICESTER)
    page.touchscreen.tap(x, y)
    assert followed(page) == [f"/?stp={LEICESTER}"]
    touch(page, "touchStart", (200, 400))
    for step in range(1, 9):
        touch(page, "touchMove", (200, 400 - 30 * step))
    touch(page, "touchEnd")
    page.wait_for_function("scrollY > 100")
    assert len(followed(page)) == 1


def test_outlines_that_cannot_be_fetched_are_said_to_be_missing(browser):
    context = browser.new_context()
    pages = {"/": bare.html(rated())}
    context.route(f"{bare.ADDRESS}/**", lambda route: bare.answer(route, pages))
    context.route("**/topo-*", lambda route: route.abort())
    page = context.new_page()
    page.goto(bare.ADDRESS)
    expect(page.get_by_role("alert")).to_have_text(
        "The outlines of the map could not be fetched. Load the page again to see it."
    )
    context.close()
