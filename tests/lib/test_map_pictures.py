"""Maps as SVG and PNG: where things lie, what they say, and that nothing of the data becomes markup."""

import io
import math
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
import shapely
from PIL import Image, ImageColor

from geo import blocks, boundaries
from lib import catalogue, fit
from lib.accountable_care import acs
from lib.accountable_care import figures as acs_figures
from lib.figures import drawing, extents, national, png, projection, sheets, svg, text
from lib.figures import fit as fit_figures
from lib.figures.maps import ENGLAND, LONDON, PIECE, Areas, Map, Outline, Place
from lib.footprint import figures as footprint_figures
from lib.themes import Category
from lib.what_if import figures as what_if_figures
from pages.acs import maps as acs_maps
from pages.then_and_now import maps as then_and_now_maps

SVG = "{http://www.w3.org/2000/svg}"
LEICESTER, BUCKINGHAMSHIRE = "E54000015", "E54000044"
BASSETLAW, GLOSSOP = "E38000008:E54000014", "E38000182-E07000037:E54000012"
STPS = list(catalogue.footprints())
FRAMES = [(280, 280), (320, 1440), (800, 600), (1200, 630), (2560, 1440), (2560, 500)]


@cache
def maps() -> dict[str, Map]:
    """Return ten maps of all kinds."""
    councils = fit.theme("council17", "stp17", "population", 0.0).keys
    districts = fit.theme("lad17", "ccg17", "population", 0.0).keys
    return {
        "ratings": national.by_measure("rating", STPS, "council17", LEICESTER, "/?stp={code}", "/"),
        "filtered": national.by_measure("gap", STPS[:30], link="/?stp={code}"),
        "fit": fit_figures.england("council17", "stp17", "population", 0.0, councils, "E10000030"),
        "districts": fit_figures.england("lad17", "ccg17", "population", 0.0, districts),
        "acs": acs_maps.england(acs.areas()["berkshire-west"], "/acs?area={code}"),
        "acs-close-up": acs_figures.close_up(acs.areas()["berkshire-west"], "council17", outlined=True),
        "stp": footprint_figures.stp(BUCKINGHAMSHIRE, "/council?council={code}"),
        "one-scale": footprint_figures.pair(LEICESTER, BUCKINGHAMSHIRE)[0],
        "what-if": what_if_figures.england(GLOSSOP, ["E38000008"]),
        "after": what_if_figures.close_up(BASSETLAW, "after"),
        "now": then_and_now_maps.side("E54000009", "icb22"),
    }


every_map = pytest.mark.parametrize("name", list(maps()))


def test_the_projection_is_mercator_on_a_sphere_of_radius_1():
    x, y = projection.mercator(np.array([0.0, 180.0, -90.0]), np.array([0.0, 60.0, -60.0]))
    assert x == pytest.approx([0, math.pi, -math.pi / 2])
    # tan(45 + 30 degrees) is 2 + sqrt(3), and -log of it -1.316957897.
    assert y == pytest.approx([0, -1.316957897, 1.316957897], abs=1e-9)


def test_an_extent_lies_whole_in_the_middle_of_its_frame():
    # 60 degrees wide are 1.047197551, 120 degrees high from -60 to 60 are 2.633915794: the height decides.
    to = projection.fitted((-30, -60, 30, 60), projection.Box(0, 0, 1000, 400))
    assert to.scale == pytest.approx(400 / 2.633915794)
    x, y = to([0, 30, 0], [0, 0, 60])
    assert x == pytest.approx([500, 500 + 0.523598776 * 151.8651, 500], abs=1e-3)
    assert y == pytest.approx([200, 200, 0], abs=1e-6)
    # In a narrow one the width does.
    to = projection.fitted((-30, -60, 30, 60), projection.Box(0, 0, 100, 1000))
    x, y = to([-30, 30], [60, -60])
    assert x == pytest.approx([0, 100])
    assert y == pytest.approx([500 - 1.316957897 * 95.49297, 500 + 1.316957897 * 95.49297], abs=1e-3)


@pytest.mark.parametrize(("width", "height"), FRAMES)
def test_the_inset_keeps_its_shape_and_lies_where_no_area_is(width, height):
    main, inset = drawing.panes(maps()["ratings"], width, height)
    box = inset.box
    assert box.left >= 0 and box.top >= 14 and box.right <= width and box.bottom <= height
    # 0.9 degrees are 0.0157080; 51.27 to 51.72 degrees north are asinh(tan) apart: 1.0585842 - 1.0459387.
    south, north = (math.asinh(math.tan(math.radians(degrees))) for degrees in (LONDON[1], LONDON[3]))
    assert box.width / box.height == pytest.approx(0.9 * math.pi / 180 / (north - south), rel=1e-6)
    assert inset.projection.scale > 2 * main.projection.scale
    x, y = inset.projection([LONDON[0], LONDON[2]], [LONDON[3], LONDON[1]])
    assert x == pytest.approx([0, box.width], abs=1e-6) and y == pytest.approx([0, box.height], abs=1e-6)
    # With the label above it, and without touching any coast.
    places = shapely.get_coordinates(boundaries.layer("stp17")["geometry"].to_numpy())
    x, y = main.projection(places[:, 0], places[:, 1])
    beside = (x < box.left - 2) | (x > box.right + 2) | (y < box.top - 14) | (y > box.bottom + 2)
    assert beside.all()
    west, north_edge = main.projection(ENGLAND[0], ENGLAND[3])
    assert x.min() >= west and y.min() >= north_edge and x.max() <= width and y.max() <= height


def parsed(drawn: Map, width: float = 800, height: float = 760, **how) -> ET.Element:
    return ET.fromstring(svg.element(drawn, width, height, **how))


def areas_of(root: ET.Element) -> dict[str, ET.Element]:
    """Return the areas of the map itself by code; the inset stands in an element of its own."""
    inset = {path for group in root.iter(f"{SVG}g") if group.get("class") == "inset" for path in group.iter()}
    return {p.get("data-code"): p for p in root.iter(f"{SVG}path") if p.get("data-code") and p not in inset}


@every_map
def test_colours_and_classes_are_those_of_the_map(name):
    drawn = maps()[name]
    found = areas_of(parsed(drawn))
    expected = {}
    for areas in drawn.areas:
        fills = {category.key: category.fill for category in areas.classes}
        for code, key in areas.class_of.items():
            expected[code] = key, drawing.FADED_FILL if code in areas.faded else fills[key]
    if drawn.extent == ENGLAND:
        assert set(found) == set(expected)
    coloured = {code for code, (_, fill) in expected.items() if fill != drawing.FADED_FILL}
    assert coloured <= set(found)
    for code, path in found.items():
        key, fill = expected[code]
        assert path.get("data-class") == key
        # Stripes are a pattern with the fill below it.
        assert path.get("fill").split()[-1] == fill
        title = path.find(f"{SVG}title").text
        assert title.startswith(next(areas.names[code] for areas in drawn.areas if code in areas.names))


def test_ratings_stand_on_the_map_as_in_the_table():
    table = catalogue.stp_table()["rating"]
    root = parsed(maps()["ratings"])
    assert {code: path.get("data-class") for code, path in areas_of(root).items()} == table.to_dict()
    striped = {code for code, path in areas_of(root).items() if path.get("fill").startswith("url(#")}
    assert striped == set(table.index[table.str.endswith(":inferred") | (table == "not_established")])
    patterns = {pattern.get("id") for pattern in root.iter(f"{SVG}pattern")}
    fills = {path.get("fill") for path in root.iter(f"{SVG}path")}
    assert {fill.partition(")")[0].removeprefix("url(#") for fill in fills if fill.startswith("url")} == patterns


def labels_of(root: ET.Element) -> Counter:
    groups = [group for group in root.iter(f"{SVG}g") if group.get("class") == "labels"]
    return Counter(text.text for group in groups for text in group.iter(f"{SVG}text"))


def test_each_label_stands_once_on_the_map_or_in_the_inset():
    root = parsed(maps()["ratings"])
    said = labels_of(root)
    marks = Counter(maps()["ratings"].areas[0].marks.values())
    assert said <= marks and marks.total() - said.total() <= 1
    inset = next(g for g in root.iter(f"{SVG}g") if g.get("class") == "inset")
    # The five STPs of London.
    assert labels_of(inset).total() == 5


@every_map
@pytest.mark.parametrize("links", [False, True])
def test_a_map_is_xml_of_its_own_and_always_the_same(name, links):
    drawn = maps()[name]
    text = svg.element(drawn, 640, 480, links=links, prefix="one")
    root = ET.fromstring(text)
    assert text == svg.element(drawn, 640, 480, links=links, prefix="one")
    assert root.get("viewBox") == "0 0 640 480"
    assert root.find(f"{SVG}title").text == drawn.title
    assert root.find(f"{SVG}desc").text == drawn.description
    identifiers = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(identifiers) == len(set(identifiers)) and all(i.startswith("one-") for i in identifiers)
    assert {root.get("aria-labelledby"), root.get("aria-describedby")} <= set(identifiers)
    for path in root.iter(f"{SVG}path"):
        numbers = re.split("[ MlZh]|(?=-)", path.get("d"))
        assert all(math.isfinite(float(number)) for number in numbers if number)
        # A browser stops where a path is wrong.
        assert not {"lM", "lZ", "ll", "Ml"} & {path.get("d")[n : n + 2] for n in range(len(path.get("d")) - 1)}
        assert not path.get("d").endswith("l")


def test_areas_are_links_where_they_are_asked_for_and_can_be_chosen():
    drawn = maps()["acs"]
    picture, page = parsed(drawn), parsed(drawn, links=True)
    assert picture.get("role") == "img" and not list(picture.iter(f"{SVG}a"))
    assert page.get("role") == "group"
    links = [a for a in page.iter(f"{SVG}a") if a.get("tabindex") is None]
    # Each of the ten areas once for the keyboard; STPs that are no area are no links.
    assert sorted(a.get("href") for a in links) == sorted(f"/acs?area={code}" for code in acs.areas())
    hidden = next(g for g in page.iter(f"{SVG}g") if g.get("class") == "inset")
    assert hidden.get("aria-hidden") == "true"
    assert all(a.get("tabindex") == "-1" for a in hidden.iter(f"{SVG}a"))


def test_the_chosen_area_is_outlined_on_the_map_and_in_the_inset():
    root = parsed(national.by_measure("rating", STPS, chosen="E54000028"))
    chosen = [path for path in root.iter(f"{SVG}path") if path.get("class") == "chosen"]
    assert len(chosen) == 2
    assert all(float(path.get("stroke-width")) > 2 for path in chosen)


def test_dotted_borders_are_dotted_and_merged_ones_have_no_lines_inside():
    drawn = maps()["after"]
    root = parsed(drawn)
    lines = [path for path in root.iter(f"{SVG}path") if path.get("class") == "outline"]
    assert [bool(path.get("stroke-dasharray")) for path in lines] == [outline.dotted for outline in drawn.outlines]
    # Around Nottinghamshire runs one line outside and one around Nottingham, which is a hole.
    assert lines[0].get("d").count("M") == 2


SLY = "<script>alert(1)</script> & \"quotes\" 'n' ]]> \x00\x0b\ud800 </title>"


def test_nothing_of_the_data_becomes_markup():
    classes = (
        Category('"><script>', SLY, '"><script>', '"/>', SLY),
        Category("b", SLY, "#ffffff", "#000000", SLY, "gap"),
    )
    codes = list(blocks.names("stp17").index)
    drawn = Map(
        SLY,
        SLY,
        (
            Areas(
                "stp17",
                classes,
                {code: classes[n % 2].key for n, code in enumerate(codes)},
                dict.fromkeys(codes, SLY),
                dict.fromkeys(codes, SLY),
                dict.fromkeys(codes, SLY),
                link='/"><script>{code}',
                edge='"><script>',
            ),
        ),
        (Outline("stp17", colour='"><script>'),),
        (codes[0],),
        inset=LONDON,
        inset_label=SLY,
        places=(Place(SLY, -1.0, 52.0),),
        note=SLY,
        source=SLY,
    )
    for links in (True, False):
        root = parsed(drawn, links=links)
        assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
            *("svg", "title", "desc", "defs", "pattern", "rect", "g", "a", "path", "polygon", "text", "circle")
        }
        assert not [name for element in root.iter() for name in element.attrib if name.startswith("on")]
        assert root.find(f"{SVG}title").text == "<script>alert(1)</script> & \"quotes\" 'n' ]]>  </title>"


def test_a_bar_of_a_scale_is_as_long_as_it_says():
    drawn = maps()["one-scale"]
    (pane,) = drawing.panes(drawn, 600, 500)
    length, words = drawing.scale_bar(drawn, pane)
    kilometres = float(words.removesuffix(" km"))
    # So many degrees of longitude at the middle of the map, on a sphere of 6,371 km.
    lat = (drawn.extent[1] + drawn.extent[3]) / 2
    degrees = kilometres / (2 * math.pi * 6371 / 360 * math.cos(math.radians(lat)))
    (a, b), _ = pane.projection([0, degrees], [lat, lat])
    assert b - a == pytest.approx(length, rel=1e-6)
    assert length < 200


def test_both_maps_of_a_comparison_have_one_scale():
    bars = [
        drawing.scale_bar(m, drawing.panes(m, 300, 280)[0]) for m in footprint_figures.pair("E54000028", "E54000047")
    ]
    assert bars[0][1] == bars[1][1]
    assert bars[0][0] == pytest.approx(bars[1][0], rel=0.002)


@pytest.mark.parametrize("code", STPS)
@pytest.mark.parametrize("size", [250, 480])
def test_numbers_of_close_ups_lie_on_no_cross_and_on_no_other_number(code, size):
    drawn = footprint_figures.stp(code)
    (pane,) = drawing.panes(drawn, size, size)
    labels = drawing.labels(drawn, (pane,), pane)
    assert len(labels) == len(drawn.areas[0].marks)
    taken = drawing.crosses(drawn, pane)
    for label in labels:
        near = min((math.dist((label.x, label.y), other) for other in taken), default=99)
        assert near > label.size, label.text
        taken.append((label.x, label.y))


def test_what_fills_a_frame_beside_an_extent_is_drawn():
    drawn = replace(maps()["stp"], places=())
    wide = areas_of(parsed(drawn, 1000, 500))
    assert len(wide) > len(areas_of(parsed(drawn, 500, 500)))
    assert all(areas.layer == PIECE for areas in drawn.areas)


def pixels(sheet: sheets.Sheet, dots: float) -> Image.Image:
    content = png.printed(sheet) if dots > 1 else png.screen(sheet)
    return Image.open(io.BytesIO(content)).convert("RGB")


@every_map
@pytest.mark.parametrize("dots", [1.0, 300 / 72])
def test_the_picture_has_an_areas_colour_where_the_area_is(name, dots):
    drawn = replace(maps()[name], places=())
    # Without labels, which stand on the very places that are looked at.
    drawn = replace(drawn, areas=tuple(replace(areas, marks={}) for areas in drawn.areas), outlines=(), chosen=())
    sheet = sheets.card([drawn], drawn.title) if dots == 1 else sheets.printed([drawn], "Title")
    picture = pixels(sheet, dots)
    ((box, _),) = sheet.frames
    panes = drawing.panes(drawn, box.width, box.height)
    looked_at = 0
    for code, point in extents.places(drawn.areas[0].layer)[["lon", "lat"]].iterrows():
        if code not in drawn.areas[0].class_of:
            continue
        x, y = panes[0].projection(point["lon"], point["lat"])
        covered = any(
            pane.box.left - 2 <= x <= pane.box.right + 2 and pane.box.top - 20 <= y <= pane.box.bottom + 2
            for pane in panes[1:]
        )
        if not (8 < x < box.width - 8 and 30 < y < box.height - 8) or covered or _over(drawn, point):
            continue
        (classes,) = (areas.classes for areas in drawn.areas[:1])
        category = next(item for item in classes if item.key == drawn.areas[0].class_of[code])
        fill = drawing.FADED_FILL if code in drawn.areas[0].faded else category.fill
        at = round((box.left + float(x)) * dots), round((box.top + float(y)) * dots)
        if not category.hatch and _wide_enough(drawn.areas[0].layer, code, panes[0], 6 / dots):
            assert picture.getpixel(at) == ImageColor.getrgb(fill), code
            looked_at += 1
    assert looked_at or name == "what-if"


@cache
def shapes(layer: str) -> pd.Series:
    if layer == PIECE:
        return boundaries.pieces("detail")
    return boundaries.layer(layer).set_index("code")["geometry"]


def _over(drawn: Map, place: pd.Series) -> bool:
    """Return whether a place is in an area that is drawn over the first ones."""
    over = [shapes(areas.layer)[list(areas.class_of)] for areas in drawn.areas[1:]]
    return any(outlines.contains(shapely.Point(place["lon"], place["lat"])).any() for outlines in over)


def _wide_enough(layer: str, code: str, pane: drawing.Pane, least: float) -> bool:
    """Return whether an area is so many pixels wide around its label point."""
    place = extents.places(layer).loc[code]
    degrees = shapes(layer)[code].boundary.distance(shapely.Point(place["lon"], place["lat"]))
    return math.radians(degrees) * pane.projection.scale > least


def test_a_striped_area_has_its_fill_and_its_stripes():
    drawn = replace(national.by_measure("rating", STPS), outlines=())
    drawn = replace(drawn, areas=(replace(drawn.areas[0], marks={}),))
    sheet = sheets.card([drawn], drawn.title)
    picture = pixels(sheet, 1.0)
    ((box, _),) = sheet.frames
    (pane, _) = drawing.panes(drawn, box.width, box.height)
    for code in ("E54000046", "E54000014"):
        place = extents.places("stp17").loc[code]
        x, y = pane.projection(place["lon"], place["lat"])
        left, top = round(box.left + float(x)), round(box.top + float(y))
        seen = Counter(picture.getpixel((left + n, top)) for n in range(-6, 7))
        category = next(item for item in drawn.areas[0].classes if item.key == drawn.areas[0].class_of[code])
        striped = bool(category.hatch)
        assert (len(seen) > 1) == striped, code
        assert seen[ImageColor.getrgb(category.fill)] >= 4


def test_colours_stay_what_they_are_where_letters_are_smoothed():
    drawn = maps()["ratings"]
    picture = pixels(sheets.card([drawn], drawn.title), 1.0)
    seen = {colour: count for count, colour in picture.getcolors(picture.width * picture.height)}
    assert picture.getpixel((0, 0)) == picture.getpixel((1190, 620)) == (255, 255, 255)
    used = set(drawn.areas[0].class_of.values())
    for item in (item for item in drawn.areas[0].classes if item.key in used):
        # Far more than a swatch of the legend.
        assert seen[ImageColor.getrgb(item.fill)] > 2000, item
    near = [colour for colour in seen if colour != (255, 255, 255) and min(colour) > 250]
    assert not near


def test_pictures_are_300_dots_an_inch_on_paper_and_of_a_cards_size_on_screens():
    drawn = maps()["ratings"]
    paper = Image.open(io.BytesIO(png.printed(sheets.printed([drawn], drawn.title))))
    assert [round(dots) for dots in paper.info["dpi"]] == [300, 300]
    assert paper.width == round((480 + 36) * 300 / 72)
    assert Image.open(io.BytesIO(png.screen(sheets.card([drawn], drawn.title)))).size == (1200, 630)
    assert png.screen(sheets.card([drawn], drawn.title)) == png.screen(sheets.card([drawn], drawn.title))


def test_the_legend_has_the_classes_of_the_map_and_wide_names_wrap():
    assert [item.label for item in sheets.legend(maps()["stp"])] == [
        *("Oxfordshire", "Buckinghamshire", "Wokingham", "Reading", "West Berkshire")
    ]
    labels = [item.label for item in sheets.legend(maps()["acs"])]
    assert labels == [item.label for item in acs_maps.CATEGORIES]
    assert sheets.legend(maps()["what-if"]) == ()
    for drawn in maps().values():
        both = [sheets.printed(maps_of, drawn.title) for maps_of in ([drawn], [drawn, drawn])]
        cards = [sheets.card(maps_of, drawn.title) for maps_of in ([drawn], [drawn, drawn])]
        for sheet in (*both, *cards):
            words = [item for item in sheet.items if isinstance(item, sheets.Words)]
            assert drawn.title.split()[0] in " ".join(item.text for item in words)
            for item in words:
                assert item.x >= 0 and item.x + text.width(item.text, item.size, item.bold) <= sheet.width, item
                assert item.size <= item.y <= sheet.height
            for box, _ in sheet.frames:
                assert box.left >= 0 and box.right <= sheet.width and box.top >= 0 and box.bottom <= sheet.height
            ET.fromstring(svg.picture(sheet))


def test_a_card_of_two_maps_names_both_and_has_a_legend_only_where_it_holds_for_both():
    pair = footprint_figures.pair(LEICESTER, BUCKINGHAMSHIRE)
    sheet = sheets.card(pair, "Both")
    (left, _), (right, _) = sheet.frames
    assert left.right < right.left and (left.width, left.top) == (right.width, right.top)
    heads = [item for item in sheet.items if isinstance(item, sheets.Words) and item.x >= left.left]
    assert {item.text.split()[0] for item in heads if item.y < left.top} >= {"Leicester,", "Buckinghamshire,"}
    # The first council of one is not the first of the other.
    assert not any(isinstance(item, sheets.Swatch) for item in sheet.items)
    moved = sheets.card([what_if_figures.close_up(BASSETLAW, when) for when in ("before", "after")], "Bassetlaw")
    assert [item.category.mark for item in moved.items if isinstance(item, sheets.Swatch)] == ["1", "2"]


def test_a_name_without_spaces_is_broken_and_a_long_legend_says_how_many_more_there_are():
    many = tuple(
        Category(str(n), "W" * 90 if n == 1 else f"Class {n}", "#005eb8", "#ffffff", str(n)) for n in range(40)
    )
    codes = list(blocks.names("stp17").index)[:40]
    areas = Areas("stp17", many, {code: str(n) for n, code in enumerate(codes)}, dict(blocks.names("stp17")))
    drawn = Map("W" * 200, "", (areas,), source="W" * 900)
    for sheet in (sheets.printed([drawn], drawn.title), sheets.card([drawn], drawn.title)):
        for item in sheet.items:
            if isinstance(item, sheets.Words):
                assert item.x + text.width(item.text, item.size, item.bold) <= sheet.width
            assert item.y <= sheet.height
    said = " ".join(item.text for item in sheets.card([drawn], drawn.title).items if isinstance(item, sheets.Words))
    swatches = sum(isinstance(item, sheets.Swatch) for item in sheets.card([drawn], drawn.title).items)
    assert f"and {40 - swatches} more" in said
    assert sum(isinstance(item, sheets.Swatch) for item in sheets.printed([drawn], "").items) == 40
