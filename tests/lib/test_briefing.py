"""Every briefing fits one page, says what the tables say, and asks nothing of the network."""

import io
import itertools
import math
import re
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth

from geo import blocks, manifest
from geo.overlap import overlap
from lib import briefing, catalogue
from lib.accountable_care import acs
from lib.briefing import __main__ as command
from lib.briefing import html, layout, pdf, qr, sheet
from lib.briefing.content import Facts, Table
from lib.briefing.view import BriefingView
from lib.evidence import GRADES
from lib.figures import drawing, sheets
from lib.footprint import peers

ADDRESS = "https://footprints.example/nhs"
LONG = "E54000045"
STPS = [BriefingView(stp=code) for code in catalogue.footprints()]
COUNCILS = [BriefingView(council=code) for code in blocks.names("council17").index]
AREAS = [BriefingView(acs=code) for code in acs.areas()]
PAIRS = [BriefingView(stp=code, other=peers.peers(code)[0]) for code in list(catalogue.footprints())[::3]]
SOME = [BriefingView(stp=LONG), BriefingView(council="E10000030"), BriefingView(acs="berkshire-west"), PAIRS[0]]


def called(view: BriefingView) -> str:
    return "-".join(filter(None, (view.stp, view.council, view.acs, view.other)))


def plain(text: str) -> str:
    """Return text without what a line break may change."""
    return re.sub(r"\s+|-", "", text)


def read(content: bytes) -> tuple[int, str]:
    document = pypdfium2.PdfDocument(content)
    return len(document), plain(document[0].get_textpage().get_text_range())


@pytest.mark.parametrize("view", [*STPS, *COUNCILS, *AREAS, *PAIRS], ids=called)
def test_every_briefing_fits_one_page_and_its_text_can_be_selected(view):
    made = briefing.build(view, ADDRESS)
    content, boxes, scale = pdf.laid_out(made)
    pages, text = read(content)
    assert pages == 1
    assert scale >= 0.72, "letters too small to read on paper"
    shown = [made.kind, made.title, made.subtitle, made.link, made.version, made.attribution]
    for block in (*made.left, *made.right, *made.below):
        shown.append(block.title)
        if isinstance(block, Facts):
            shown += [words for row in block.rows for words in (row.label, row.value, row.evidence)]
        elif isinstance(block, Table):
            shown += [cell for row in block.rows for cell in row]
        else:
            shown += block.lines
    missing = [words for words in shown if plain(words) not in text]
    assert not missing
    for box in boxes:
        assert box.left >= 0 and box.top >= 0, box
        assert box.right <= layout.PAGE_WIDTH - layout.MARGIN + 0.1 and box.bottom <= layout.PAGE_HEIGHT - 20, box
    # A tenth of a point is less than the eye or a printer can tell.
    near = 0.1
    for a, b in itertools.combinations(boxes, 2):
        apart = min(a.right, b.right) - max(a.left, b.left) < near or min(a.bottom, b.bottom) - max(a.top, b.top) < near
        assert apart, (a, b)


@pytest.mark.parametrize("view", [*STPS, *COUNCILS, *AREAS], ids=called)
def test_every_word_is_in_the_typeface_and_no_word_is_wider_than_its_place(view):
    made = briefing.build(view)
    known = layout.fonts().face.charToGlyph
    told = html.render(made).decode()
    assert {c for c in set(told) if not c.isspace() and ord(c) not in known} == set()
    # In the largest letters words are the widest.
    setter = layout.Setter(layout.SCALES[0])
    columns = [setter.blocks(part, 0, 255) for part in (made.left, made.right)]
    columns += [setter.head(made), setter.end(made), setter.foot(made, 64)]
    for line in (line for column in columns for line in column.lines):
        for cell in line.cells:
            assert max(cell.text.getActualLineWidths0(), default=0) <= cell.width + 0.1
            style = cell.text.style
            words = cell.text.getPlainText(identify=True).split()
            assert not [word for word in words if stringWidth(word, style.fontName, style.fontSize) > cell.width]


def test_marks_of_evidence_stay_visible():
    for code, stp in catalogue.footprints().items():
        made = briefing.build(BriefingView(stp=code))
        row = made.right[0].rows[0]
        assert row.evidence == stp.rating.evidence.label
        if stp.rating.value is None:
            assert row.value == "Advanced or making progress, not known which"
            assert GRADES["not_established"] in made.grades
        assert stp.rating.evidence.meaning in " ".join(re.sub(r"<[^>]+>", "", html.render(made).decode()).split())


def test_the_numbers_are_those_of_the_tables():
    made = briefing.build(BriefingView(stp="E54000015"))
    councils = overlap("stp17", "council17").loc[lambda rows: rows["a_code"] == "E54000015"]
    told = {row[0]: row[1] for row in made.left[0].rows}
    assert told == {row.b_name: f"{row.weight:,}" for row in councils.itertuples()}
    assert told == {"Leicestershire": "690,212", "Leicester": "353,540", "Rutland": "39,474"}


class Links(HTMLParser):
    """Collects what a page would load, what it would run, and where it leads."""

    def __init__(self):
        super().__init__()
        self.loads, self.leads, self.runs = [], [], []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "href" and tag == "a":
                self.leads.append(value)
            elif name in ("src", "srcset", "href", "data", "poster", "background", "xlink:href"):
                self.loads.append(value)
            elif name.startswith("on"):
                self.runs.append(value)
        if tag in ("script", "link", "iframe", "object", "embed", "base"):
            self.runs.append(tag)


@pytest.mark.parametrize("view", SOME, ids=called)
def test_the_web_page_loads_nothing_and_leads_only_to_sources(view):
    made = briefing.build(view, ADDRESS)
    page = html.render(made).decode()
    found = Links()
    found.feed(page)
    assert found.loads == [] and found.runs == []
    assert "@import" not in page and "url(" not in page
    assert made.link in found.leads
    assert all(link.startswith(("http://", "https://")) for link in found.leads)
    assert "default-src 'none'" in page


def test_text_of_the_tables_cannot_become_markup():
    sly = '<script>alert(1)</script> & "quotes" <b>'
    made = briefing.build(BriefingView(stp=LONG))
    made = type(made)(**{**vars(made), "title": sly, "kind": sly, "subtitle": sly})
    page = html.render(made).decode()
    assert "<script" not in page
    ET.fromstring(sheet.svg(made))
    _, text = read(pdf.render(made))
    assert plain(sly) in text


@pytest.mark.parametrize("view", SOME, ids=called)
def test_the_map_alone_has_a_path_a_piece_and_300_dots_an_inch(view):
    made = briefing.build(view)
    root = ET.fromstring(sheet.svg(made))
    paths = [path for path in root.iter("{http://www.w3.org/2000/svg}path") if path.get("data-code")]
    coloured = Counter(path.get("data-code") for path in paths if path.get("fill") != drawing.FADED_FILL)
    pieces = blocks.pieces()
    inside = [pieces["stp17"].isin([view.stp, view.other]), pieces["council17"] == view.council]
    if view.acs:
        area = acs.areas()[view.acs]
        # The rest of the STP, and of its councils, around it.
        members = pieces["council17"].isin(pieces["council17"][pieces["ccg17"].isin(area.ccgs)])
        inside.append((pieces["stp17"] == area.stp) | members)
    expected = pieces.index[np.logical_or.reduce(inside)]
    assert coloured == Counter(expected)
    image = Image.open(io.BytesIO(sheet.png(made)))
    assert [round(dots) for dots in image.info["dpi"]] == [300, 300]
    assert image.width > 2000
    image = image.convert("RGB")
    colours = {image.getpixel((x, y)) for x in range(0, image.width, 9) for y in range(0, image.height, 9)}
    for category in (category for drawn in made.maps for category in sheets.legend(drawn)[:1]):
        assert tuple(bytes.fromhex(category.fill[1:])) in colours


def bar(drawn, width, height):
    return drawing.scale_bar(drawn, drawing.panes(drawn, width, height)[0])


def test_both_maps_of_a_comparison_have_the_same_scale():
    made = briefing.build(SOME[-1])
    assert all(drawn.scale_bar for drawn in made.maps)
    bars = [bar(drawn, 250, 200) for drawn in made.maps]
    assert bars[0][1] == bars[1][1]
    assert bars[0][0] == pytest.approx(bars[1][0], rel=0.002)


def test_numbers_on_the_map_do_not_lie_on_each_other():
    for view in (*STPS, *AREAS):
        (drawn,) = briefing.build(view).maps
        (pane,) = drawing.panes(drawn, 250, 250)
        labels = drawing.labels(drawn, (pane,), pane)
        assert len(labels) == sum(bool(item.mark) for item in sheets.legend(drawn))
        for a, b in itertools.combinations(labels, 2):
            assert math.dist((a.x, a.y), (b.x, b.y)) > 8, view


@pytest.mark.parametrize("view", SOME, ids=called)
def test_the_map_in_the_pdf_has_the_colours_of_its_legend(view):
    made = briefing.build(view, ADDRESS)
    content, boxes, _ = pdf.laid_out(made)
    picture = pypdfium2.PdfDocument(content)[0].render(scale=2).to_pil().convert("RGB")
    for drawn, box in zip(made.maps, [box for box in boxes if box.what == "map"], strict=True):
        found = picture.crop([round(2 * side) for side in (box.left, box.top, box.right, box.bottom)])
        seen = {colour: count for count, colour in found.getcolors(found.width * found.height)}
        counts = [seen.get(tuple(bytes.fromhex(item.fill[1:])), 0) for item in sheets.legend(drawn)]
        # Far more than the disc below a number alone would have, but for areas that are no larger than it.
        assert min(counts) > 20 and max(counts) > 2000, sheets.legend(drawn)


def test_the_code_holds_the_link_and_a_link_without_host_has_no_code():
    count, dark = qr.squares(f"{ADDRESS}/footprint?stp=E54000015")
    assert count >= 21 and {(0, 0), (6, 6), (count - 1, 0), (0, count - 1)} <= set(dark)
    boxes = {box.what for box in pdf.laid_out(briefing.build(SOME[0], ADDRESS))[1]}
    assert "code" in boxes
    made = briefing.build(SOME[0])
    assert made.link == f"/footprint?stp={LONG}"
    assert "code" not in {box.what for box in pdf.laid_out(made)[1]}


@pytest.mark.parametrize("view", [*SOME, BriefingView(stp="E54000015")], ids=called)
def test_a_reader_of_codes_finds_the_link_on_paper(view):
    page = pypdfium2.PdfDocument(briefing.made(view, "pdf", ADDRESS))[0]
    # 100 dots an inch: a poor printer, or a phone held at arm's length.
    picture = page.render(scale=100 / 72).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [briefing.build(view, ADDRESS).link]


def test_the_version_is_the_manifests_and_the_same_link_gives_the_same_file():
    made = briefing.build(SOME[0])
    assert made.version == manifest.read()["version"]
    assert pdf.render(made) == pdf.render(briefing.build(SOME[0]))


@pytest.mark.parametrize(
    ("said", "view"),
    [
        ("E54000015", BriefingView(stp="E54000015")),
        ("qk1", BriefingView(stp="E54000015")),
        ("15", BriefingView(stp="E54000015")),
        ("Leicester, Leicestershire and Rutland", BriefingView(stp="E54000015")),
        ("E10000030", BriefingView(council="E10000030")),
        ("surrey", BriefingView(council="E10000030")),
        ("berkshire-west", BriefingView(acs="berkshire-west")),
        ("Narnia", None),
    ],
)
def test_the_command_understands_codes_and_names(said, view):
    assert command.subject(said) == view


@pytest.mark.parametrize(
    ("ending", "start"),
    [("pdf", b"%PDF-"), ("html", b"<!DOCTYPE"), ("HTM", b"<!DOCTYPE"), ("svg", b"<svg"), ("png", b"\x89PNG")],
)
def test_the_command_writes_the_format_of_the_ending(tmp_path, ending, start):
    path = tmp_path / f"leicester.{ending}"
    assert command.main(["E54000015", "--output", str(path)]) == 0
    assert path.read_bytes().startswith(start)


@pytest.mark.parametrize(
    "arguments",
    [
        ["Narnia"],
        ["15", "--with", "Narnia"],
        ["15", "--with", "15"],
        ["surrey", "--with", "15"],
        ["15", "--output", "briefing.docx"],
        ["15", "--output", "/nowhere/briefing.pdf"],
        ["15", "--output", "briefing.png", "--format", "pdf"],
        ["15", "--address", "javascript:alert(1)"],
    ],
)
def test_the_command_answers_wrong_use_with_one_line(arguments, capsys):
    assert command.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("lib.briefing: ") and err.count("\n") == 1
