"""Every page in its main states for readers who use a keyboard, a screen reader, a large zoom or a dark theme."""

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from urllib.parse import parse_qs

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Request, expect

from geo import paths
from lib import links
from lib.content import html
from lib.content.blocks import MapFigure
from pages import PAGES
from tests.browser import accessible, typefaces

pytestmark = pytest.mark.browser

LEICESTER = "Leicester, Leicestershire and Rutland"
SURREY_AND_CCGS = "a=council17&b=ccg17&area=E10000030&within=E54000027"
WIDE = {"width": 1280, "height": 1000}

# Address, and what the browser's tab calls it.
STATES = (
    ("/", "Five outstanding, five needing most improvement"),
    ("/?stp=15", LEICESTER),
    ("/?stp=15&view=table", LEICESTER),
    ("/?colour=lead&lead=ccg", "16 footprints led by a CCG"),
    ("/?colour=population&outline=council17&stp=atlantis", "The 44 footprints by population"),
    ("/?embed=true&stp=QK1", LEICESTER),
    ("/footprint", "One footprint"),
    ("/footprint?stp=15", LEICESTER),
    ("/footprint?stp=15&view=table", LEICESTER),
    ("/compare", "Compare two footprints"),
    ("/compare?a=15&b=3", f"{LEICESTER} and Durham"),
    ("/compare?a=15&b=3&view=table", f"{LEICESTER} and Durham"),
    ("/coterminosity", "14 of 152 councils are split between STPs"),
    (f"/coterminosity?{SURREY_AND_CCGS}", "Surrey: "),
    (f"/coterminosity?{SURREY_AND_CCGS}&view=table", "Surrey: "),
    ("/coterminosity?embed=true&view=map", "14 of 152 councils are split between STPs"),
    ("/council", "Whom does a council have to deal with?"),
    ("/council?council=Essex", "Essex"),
    ("/council?council=Essex&view=table", "Essex"),
    ("/acs", "Accountable care systems"),
    ("/acs?area=frimley", "Frimley Health"),
    ("/acs?area=surrey-heartlands&with=frimley", "Surrey Heartlands and Frimley Health"),
    ("/acs?area=frimley&view=table", "Frimley Health"),
    ("/what-if", "What if"),
    ("/what-if?moves=E38000051:E54000014", "What if East Leicestershire and Rutland belonged to"),
    ("/what-if?moves=E38000051:E54000014&view=table", "What if East Leicestershire and Rutland"),
    ("/then-and-now", "44 STPs of 2017 became 42 ICBs by 2022"),
    ("/then-and-now?stp=15", f"{LEICESTER}, then and now"),
    ("/then-and-now?stp=15&view=table", f"{LEICESTER}, then and now"),
    ("/today", "Who plans care here today"),
    ("/today?board=E54000070", "Thames Valley"),
    ("/lookup", "Look up many at once"),
    ("/lookup?places=HG1 1DY;Cumbria;Kendal", "2 of 3 places found"),
    ("/conditions", "Do the claims hold?"),
    ("/conditions?view=table", "Do the claims hold?"),
    ("/your-numbers", "Your numbers"),
    ("/briefing", "A briefing on one page"),
    ("/briefing?stp=15", f"Briefing on {LEICESTER}"),
    ("/glossary", "Glossary and timeline"),
    ("/glossary?term=coterminous", "Coterminous"),
    ("/sources", "Sources and downloads"),
    ("/sources?table=stp_ratings", "Ratings"),
    ("/about", "About Footprints"),
)


@pytest.fixture(scope="module")
def reader(browser: Browser, address: str) -> Iterator[Page]:
    """One window for all states: the second page opens faster than the first."""
    context = browser.new_context(viewport=WIDE, base_url=address, color_scheme="light")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function(accessible.SETTLED)


def followed(page: Page, address: str) -> None:
    """Follow a link from the live page that is open, which takes a third of the time; open it where none is."""
    if page.locator("[data-testid=stApp]").count() == 0:
        opened(page, address)
        return
    page.evaluate(
        """link => {
            const way = Object.assign(document.createElement("a"), { href: link })
            document.body.append(way)
            way.click()
            way.remove()
        }""",
        address,
    )
    expect(page.get_by_label("Link to this view")).to_have_value(re.compile(re.escape(in_full(address)) + "$"))
    page.wait_for_function(accessible.SETTLED)


def in_full(address: str) -> str:
    """Return a link with every choice of its view, as a page gives it to copy."""
    path, _, query = address.removeprefix("/").partition("?")
    view, _ = links.parse(links.page_at(path), parse_qs(query))
    return links.link(view)


@contextmanager
def asked(page: Page) -> Iterator[list[str]]:
    """Gather the addresses that a page asks for."""
    addresses: list[str] = []

    def ask(request: Request) -> None:
        addresses.append(request.url)

    page.on("request", ask)
    yield addresses
    page.remove_listener("request", ask)


def theme(page: Page, scheme: str) -> None:
    """Ask for the light or the dark theme, and wait for it."""
    page.emulate_media(color_scheme=scheme)
    # What is not Streamlit's changes at once.
    page.wait_for_function(
        "scheme => [...document.querySelectorAll('[data-testid=stApp]')].every("
        "app => getComputedStyle(app).colorScheme === scheme)",
        arg=scheme,
    )


@pytest.mark.parametrize(("path", "title"), STATES, ids=[path for path, _ in STATES])
def test_a_state_of_a_page_is_accessible(reader, path, title, request):
    # What a table alone asks for, an embed, and what failed, is opened as from outside.
    outside = re.search("view=table|embed", path) or getattr(request.node, "execution_count", 1) > 1
    with asked(reader) as addresses:
        (opened if outside else followed)(reader, path)
    assert re.match(f"{re.escape(title)}.* - Footprints$", reader.title()), reader.title()
    wrong = []
    if "view=table" in path:
        maps = re.compile(r"/app/static/(browser/\w+/map|map-|topo-|pieces-|hatch-)")
        wrong += [f"a table alone needs no {url}" for url in addresses if maps.search(url)]
        wrong += ["a map in a table-only view"] * reader.locator(".geolayer .geo").count()
        wrong += (
            []
            if reader.locator("main :is(table, canvas), .stMain table").count()
            else ["a table-only view without a table"]
        )
    wrong += barriers(reader)
    assert not wrong, "\n".join(wrong)


def barriers(page: Page) -> list[str]:
    """Return what stands in a reader's way in what a page shows: in both themes, and from wide to narrow."""
    wrong = accessible.headings(page) + accessible.violations(page)
    wrong += [f"a chart says only {said!r}" for said in accessible.chart_labels(page) if len(said) < 60]
    theme(page, "dark")
    contrast = accessible.violations(page, only=("color-contrast", "link-in-text-block"))
    wrong += [f"dark: {objection}" for objection in contrast]
    theme(page, "light")

    here, _ = accessible.controls(page)
    for typeface in ("narrow", "wide"):
        typefaces.wear(page, typeface)
        for width in (1280, 1024, 390, 320):
            page.set_viewport_size({"width": width, "height": 1000 if width > 320 else 512})
            if (over := accessible.too_wide(page)) > 0:
                wrong.append(f"{typeface}: the page is {over} pixels wider than {width}")
    typefaces.wear(page, None)
    # As wide as 1280 pixels are at a zoom of 400 %.
    (narrow, outside), cut = accessible.controls(page), accessible.clipped(page)
    page.set_viewport_size(WIDE)
    wrong += [f"{name!r} is lost at 320 pixels" for name in (Counter(here) - Counter(narrow))]
    wrong += [f"{name!r} lies outside 320 pixels" for name in outside]
    wrong += [f"{words!r} is cut off at 320 pixels" for words in cut]
    return wrong


@pytest.mark.parametrize("path", ["/?stp=15&colour=lead", "/coterminosity?area=E10000030", "/nothing-here"])
def test_a_page_that_stays_behind_its_link_is_accessible(browser, address, path):
    page = browser.new_page(viewport=WIDE, base_url=address, color_scheme="light")
    page.route(re.compile(r"/(handover\.js|_stcore/)"), lambda route: route.abort())
    page.goto(path)
    wrong = barriers(page)
    page.close()
    assert not wrong, "\n".join(wrong)


# Page, the box that chooses, what is typed into it, and what the address then says.
WALKS = (
    ("/", "Footprint", "Devon", "stp=E54000037"),
    ("/footprint", "Footprint", "Devon", "stp=E54000037"),
    ("/compare?a=15", "Second footprint", "Devon", "b=E54000037"),
    ("/coterminosity", "Open a council", "Surrey", "area=E10000030"),
    ("/council", "Council", "Essex", "council=E10000012"),
    ("/acs", "Area", "Frimley", "area=frimley"),
    ("/what-if", "CCGs to move", "South Devon", "ccg=E"),
    ("/then-and-now", "Story of a footprint", "Devon", "stp=E54000037"),
    ("/conditions", "Footprint", "Devon", "stp=E54000037"),
    ("/briefing", "or council", "Essex", "council=E10000012"),
    ("/glossary", "Term", "Tolerance", "term=tolerance"),
    ("/sources", "Open a table", "Ratings", "table=stp_ratings"),
)


def walk_to(page: Page, wanted: Callable[[dict], bool], most: int = 300, key: str = "Tab") -> None:
    """Press Tab until the keyboard is where it is wanted."""
    for _ in range(most):
        if wanted(accessible.step(page, key)):
            return
    pytest.fail(f"the keyboard does not get there: {accessible.dumped(page)}")


@pytest.mark.parametrize(("path", "box", "typed", "said"), WALKS, ids=[walk[0] for walk in WALKS])
def test_the_keyboard_reaches_everything(reader, path, box, typed, said):
    page = reader
    opened(page, path)
    page.evaluate(accessible.FOLLOW)
    page.evaluate("navigator.clipboard.writeText('')")
    walk_to(page, lambda step: step["name"] == "Skip to main content", most=1)
    choose(page, box, typed, said)
    copy_and_walk_on(page, said)


def choose(page: Page, box: str, typed: str, said: str) -> None:
    """Walk to a box, type into it and take what it offers; the address then says so."""
    walk_to(page, lambda step: step["role"] == "combobox" and step["name"].startswith(box))
    page.keyboard.type(typed)
    expect(page.get_by_role("option").first).to_contain_text(typed)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(said)))
    page.wait_for_function(accessible.SETTLED)


def copy_and_walk_on(page: Page, said: str) -> None:
    """Go back to copy the link, and walk from the start to the end: all is seen, in its order, and nothing left out."""
    # What was copied just before the page took the choice would be the link to the view before it.
    expect(page.get_by_label("Link to this view")).to_have_value(re.compile(re.escape(said)))
    walk_to(page, lambda step: step["name"] == "Copy link", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert said in page.evaluate("navigator.clipboard.readText()")
    walk_to(page, lambda step: step["name"] == "Skip to main content", key="Shift+Tab")
    accessible.walk_on(page)

    walked = page.evaluate("() => window.walked")
    unseen = [f"{step['tag']} {step['name'][:60]!r}: {step['ring']:.1f}" for step in walked if step["ring"] < 3]
    assert not unseen, "where the keyboard is cannot be seen"
    missed = page.evaluate(accessible.MISSED)
    assert not missed, "the keyboard does not come by"
    parts = [part for step in walked for part in step["part"] if part in ("finder", "filters", "map", "table")]
    assert list(dict.fromkeys(parts)) == [part for part in ("finder", "filters", "map", "table") if part in parts]
    table = [
        step for step in walked if step["grid"] or step["name"].startswith("Download") or "downloads" in step["part"]
    ]
    assert table, "no table was reached"


def test_the_keyboard_brings_a_file_and_reaches_everything_about_it(reader):
    page = reader
    content = b"council,spend,beds\nLeicester,12,100\nSurrey,9,400\nKent,3,200\nNarnia,3,300\n"
    file = {"name": "beds.csv", "mimeType": "text/csv", "buffer": content}
    # Told when the key is pressed already, a busy browser would show its own dialog.
    page.once("filechooser", lambda chooser: chooser.set_files(file))
    opened(page, "/your-numbers")
    page.evaluate(accessible.FOLLOW)
    page.evaluate("navigator.clipboard.writeText('')")
    walk_to(page, lambda step: step["tag"] == "BUTTON" and "own-numbers-upload" in step["part"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="All 152 councils by spend")).to_be_visible()
    page.wait_for_function(accessible.SETTLED)
    for name in ("Rows are", "Areas stand in column"):
        walk_to(page, lambda step, name=name: step["role"] == "combobox" and step["name"] == name)
    choose(page, "Numbers", "beds", "values=C")
    expect(page.get_by_role("heading", name="All 152 councils by beds")).to_be_visible()
    choose(page, "Open a council", "Surrey", "area=E10000030")
    expect(page.locator("#panel").get_by_text("has 400: rank 1 of 3")).to_be_visible()
    copy_and_walk_on(page, "values=C")
    # The last of the three that have a value.
    row = page.locator("[data-table=ranking]").get_by_role("link", name="Leicester", exact=True)
    row.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("area=E06000016"))
    expect(page.locator("#panel").get_by_role("heading")).to_contain_text("Leicester")
    page.wait_for_function(accessible.SETTLED)
    wrong = barriers(page)
    assert not wrong, "\n".join(wrong)


def test_a_row_of_a_table_is_chosen_with_the_keyboard(reader):
    opened(reader, "/?view=table")
    row = reader.locator("[data-table=footprints]").get_by_role("link", name="Durham, Darlington")
    row.focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile("stp=E54000045"))
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Durham, Darlington")


def test_motion_can_be_switched_off(reader):
    opened(reader, "/?stp=15")
    longest = """() => Math.max(...[...document.querySelectorAll("*")].flatMap(element => {
        const style = getComputedStyle(element)
        return `${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat)
    }))"""
    assert reader.evaluate(longest) > 0.05
    reader.emulate_media(reduced_motion="reduce")
    assert reader.evaluate(longest) < 0.001
    reader.emulate_media(reduced_motion="no-preference")


Pixel = tuple[int, int, int]


Box = tuple[float, float, float, float]


def pixels(page: Page, element: Locator, boxes: list[Box]) -> list[Counter[Pixel]]:
    """Return how often each colour is seen in boxes of an element: left, top, right, bottom."""
    picture = Image.open(io.BytesIO(element.screenshot())).convert("RGB")
    scale = page.evaluate("devicePixelRatio")
    parts = [picture.crop(tuple(round(edge * scale) for edge in box)) for box in boxes]
    return [Counter({colour: count for count, colour in part.getcolors(part.width * part.height)}) for part in parts]


def linear(colours: Pixel | list[Pixel]) -> np.ndarray:
    c = np.array(colours) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def lab(colour: Pixel) -> np.ndarray:
    """CIELAB of an sRGB colour under D65."""
    matrix = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x = matrix @ linear(colour) / [0.9505, 1, 1.089]
    f = np.where(x > (6 / 29) ** 3, np.cbrt(x), x / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def best_ink(seen: Counter[Pixel]) -> float:
    """Return how far the ink stands out from the paper, the commonest colour: contrast ratio of WCAG 2.2."""
    paper, *inks = linear([colour for colour, _ in seen.most_common()]) @ [0.2126, 0.7152, 0.0722]
    return max(((max(paper, ink) + 0.05) / (min(paper, ink) + 0.05) for ink in inks), default=1.0)


@pytest.fixture(scope="module")
def magnified(browser: Browser, address: str) -> Iterator[Page]:
    """A window that shows each pixel as three by three, so that thin letters have their own colour."""
    context = browser.new_context(viewport=WIDE, base_url=address, color_scheme="light", device_scale_factor=3)
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def test_tables_can_be_read_in_both_themes(magnified):
    opened(magnified, "/footprint?stp=15&view=table")
    grid = magnified.locator("[data-table=ages] table")
    grid.scroll_into_view_if_needed()
    places = """grid => [[0, 0], [1, 0], [1, 1]].map(([row, cell]) => {
        const [all, one] = [grid, grid.rows[row].cells[cell]].map(element => element.getBoundingClientRect())
        return [one.left - all.left + 2, one.top - all.top + 2, one.right - all.left - 2, one.bottom - all.top - 2]
    })"""
    for scheme in ("light", "dark"):
        theme(magnified, scheme)
        magnified.wait_for_timeout(500)
        head, first, second = pixels(magnified, grid, grid.evaluate(places))
        assert min(best_ink(head), best_ink(first), best_ink(second)) >= 4.5, scheme
    theme(magnified, "light")


LEGENDS = ("", "?colour=lead", "?colour=population", "coterminosity?a=council17&b=ccg17", "acs")
DEFICIENCIES = ("none", "protanopia", "deuteranopia", "tritanopia", "achromatopsia")


def legends() -> str:
    """Return a page of the legends alone, as documents have them."""
    written = []
    for link in LEGENDS:
        path, _, query = link.partition("?")
        (page,) = (page for page in PAGES if page.path == path)
        figure = next(page.document(links.parse(page.view, parse_qs(query))[0]).all_of(MapFigure))
        written.append(html.rendered((replace(figure, caption=()),)))
    css = (paths.ROOT / "lib" / "browser" / "document.css").read_text(encoding="utf-8")
    return f"<!doctype html><style>{css}</style><main class=fp-document>{''.join(written)}</main>"


def test_classes_are_told_apart_without_colour_vision(magnified):
    magnified.set_viewport_size({"width": 500, "height": 1200})
    magnified.goto("about:blank")
    magnified.set_content(legends())
    chrome = magnified.context.new_cdp_session(magnified)
    shown = magnified.locator(".fp-legend").all()
    assert len(shown) == len(LEGENDS)
    for deficiency in DEFICIENCIES:
        chrome.send("Emulation.setEmulatedVisionDeficiency", {"type": deficiency})
        for path, legend in zip(LEGENDS, shown, strict=True):
            told_apart(magnified, legend, (path, deficiency))
    chrome.send("Emulation.setEmulatedVisionDeficiency", {"type": "none"})


def told_apart(page: Page, legend: Locator, where: tuple[str, str]) -> None:
    """Hold the classes of a legend against each other: marks can be read, and those of one mark look different."""
    marks = legend.locator(".fp-swatch").all_inner_texts()
    boxes = legend.evaluate("""legend => [...legend.querySelectorAll(".fp-swatch")].map(swatch => {
        const [all, one] = [legend, swatch].map(element => element.getBoundingClientRect())
        return [one.left - all.left + 2, one.top - all.top + 2, one.right - all.left - 2, one.bottom - all.top - 2]
    })""")
    seen = pixels(page, legend, boxes)
    fills = [colours.most_common(1)[0][0] for colours in seen]
    if "achromatopsia" in where:
        assert all(max(fill) - min(fill) <= 3 for fill in fills), "the colours were not taken away"
    for mark, colours in zip(marks, seen, strict=True):
        assert not mark or best_ink(colours) >= 4.5, (where, mark)
    for one, other in combinations(range(len(fills)), 2):
        apart = float(np.linalg.norm(lab(fills[one]) - lab(fills[other])))
        assert marks[one] != marks[other] or apart >= 8, (where, one, other, apart)


@pytest.mark.parametrize("path", ["/?embed=true", "/coterminosity?area=E10000030&embed=true", "/briefing.html?stp=15"])
def test_classes_keep_their_colours_where_a_reader_chose_others(reader, path):
    """Forced colours take backgrounds away: what tells classes apart keeps its own, and its mark stays readable."""
    reader.emulate_media(forced_colors="active")
    reader.goto(path)
    marks = reader.locator(".fp-swatch, .fp-pieces span, .mark")
    expect(marks.first).to_be_attached()
    looks = marks.evaluate_all(
        "marks => marks.map(mark => [getComputedStyle(mark).backgroundColor, getComputedStyle(mark).color])"
    )
    reader.emulate_media(forced_colors="none")
    expected = marks.evaluate_all(
        "marks => marks.map(mark => [getComputedStyle(mark).backgroundColor, getComputedStyle(mark).color])"
    )
    assert looks == expected and len({fill for fill, _ in looks}) > 1
