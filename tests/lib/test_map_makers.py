"""What the maps of the pages say: classes by area as in the tables, marks, links, borders and extents."""

import math
from collections import Counter, defaultdict
from functools import cache

import pytest

from geo import blocks
from lib import catalogue, fit, links, measures, themes
from lib.accountable_care import acs
from lib.accountable_care import figures as acs_figures
from lib.figures import close_ups, extents, national
from lib.figures import fit as fit_figures
from lib.figures.maps import ENGLAND, LONDON, PIECE, Map, Outline
from lib.footprint import figures as footprint_figures
from lib.what_if import figures as what_if_figures
from lib.what_if import moves, presets, regrouping
from pages.acs import maps as acs_maps
from pages.map.view import COLOURS, MapView
from pages.then_and_now import maps as then_and_now_maps
from pages.your_numbers import maps as own_figures
from pages.your_numbers import show
from pages.your_numbers.reader import match, read
from tests.maps import href
from tests.tables import source

LEICESTER, BUCKINGHAMSHIRE = "E54000015", "E54000044"
BASSETLAW = "E38000008:E54000014"
GLOSSOP = "E38000182-E07000037:E54000012"
STPS = list(catalogue.footprints())


raw = cache(source)


@cache
def stps_of_councils() -> dict[str, dict[str, int]]:
    """Return the residents of each council by STP, summed from the lookups."""
    stp = {row["ccg17cd"]: row["stp17cd"] for row in raw("ccg17")}
    council = {row["lad17cd"]: row["council17cd"] for row in raw("lad17")}
    people: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in raw("lsoa"):
        people[council[row["lad17cd"]]][stp[row["ccg17cd"]]] += int(row["population"])
    return people


def of_class(drawn: Map, layer: int = 0) -> dict[str, str]:
    """Return the words of each area's class."""
    areas = drawn.areas[layer]
    by_key = {category.key: category for category in areas.classes}
    return {code: by_key[key].label for code, key in areas.class_of.items()}


def test_ratings_are_those_of_the_table():
    drawn = national.by_measure("rating", STPS)
    words = {
        "outstanding": "Outstanding",
        "advanced": "Advanced",
        "making_progress": "Making progress",
        "needs_most_improvement": "Needs most improvement",
        "": "Advanced or making progress, not known which",
    }
    shown = of_class(drawn)
    assert len(shown) == 44
    stripes = {category.label: category.hatch for category in drawn.areas[0].classes}
    for row in raw("stp_ratings"):
        said = shown[row["stp17cd"]]
        assert said.startswith(words[row["rating"]]), row
        assert stripes[said] == {"published": "", "inferred": "inferred", "not_established": "gap"}[row["evidence"]]
    assert (drawn.extent, drawn.inset) == (ENGLAND, LONDON)
    assert drawn.source.startswith("NHS England's overall progress rating")
    assert "Crown copyright" in drawn.source


@pytest.mark.parametrize("measure", COLOURS)
def test_every_measure_names_all_areas_and_their_values(measure):
    drawn = national.by_measure(measure, STPS)
    assert set(drawn.areas[0].values) == set(drawn.areas[0].names) == {row["stp17cd"] for row in raw("stp17")}
    assert drawn.areas[0].values == measures.theme(measure).values
    assert measures.MEASURES[measure].title in drawn.title


def test_areas_that_do_not_pass_are_faded_and_say_so():
    drawn = national.by_measure("lead", [LEICESTER], "ccg17", LEICESTER)
    (areas,) = drawn.areas
    assert areas.faded == set(STPS) - {LEICESTER}
    assert dict(areas.marks) == {LEICESTER: "C"}
    assert all(value.endswith("(filtered out)") == (code != LEICESTER) for code, value in areas.values.items())
    assert drawn.chosen == (LEICESTER,)
    assert drawn.outlines == (Outline("ccg17"),)
    assert national.by_measure("lead", STPS, chosen="E10000014").chosen == ()


def test_choosing_an_area_is_following_a_link_of_the_page():
    view = MapView(colour="lead")
    template = links.link(view) + "&stp={code}"
    drawn = national.by_measure("lead", STPS, link=template, clear=links.link(view))
    assert href(drawn.areas[0], LEICESTER) == f"{links.link(view)}&stp={LEICESTER}"
    assert drawn.clear == links.link(view)
    assert href(national.by_measure("lead", STPS).areas[0], LEICESTER) == ""


@pytest.mark.parametrize("tolerance", [0.0, 5.0])
def test_split_councils_are_those_of_the_lookups(tolerance):
    theme = fit.theme("council17", "stp17", "population", tolerance)
    drawn = fit_figures.england("council17", "stp17", "population", tolerance, theme.keys)
    shown = of_class(drawn)
    assert len(shown) == 152
    whole = {code for code, parts in stps_of_councils().items() if max(parts.values()) == sum(parts.values())}
    if not tolerance:
        assert {code for code, said in shown.items() if not said.startswith("Split")} == whole
        # A split council carries what lies outside its best partner.
        surrey = stps_of_councils()["E10000030"]
        assert drawn.areas[0].marks["E10000030"] == f"{1 - max(surrey.values()) / sum(surrey.values()):.0%}"
    assert drawn.outlines == (Outline("stp17"),)
    assert f"{tolerance:g}% tolerance" in drawn.title


def test_acs_areas_are_whole_stps_or_lie_over_them_and_each_opens_its_own_link():
    drawn = acs_maps.england(acs.areas()["berkshire-west"], "/acs?area={code}", "/acs")
    ground, over = drawn.areas
    assert (ground.layer, over.layer) == ("stp17", "acs17")
    assert Counter(of_class(drawn).values()) == {
        "ACS: a whole STP": 5,
        "Devolution area": 2,
        "Rest of an STP with a part": 2,
        "STP with neither": 35,
    }
    assert set(over.class_of) == {"berkshire-west", "blackpool-fylde-coast", "buckinghamshire"}
    assert drawn.chosen == ("berkshire-west",)
    assert acs_maps.england(acs.areas()["frimley"]).chosen == ("E54000034",)
    assert href(over, "berkshire-west") == "/acs?area=berkshire-west"
    assert href(ground, "E54000034") == "/acs?area=frimley"
    # The rest of an STP with a part, and an STP with neither, open nothing.
    assert href(ground, BUCKINGHAMSHIRE) == href(ground, LEICESTER) == ""
    assert "<" not in "".join([*ground.values.values(), *over.values.values()])


def pieces_of(layer: str, code: str) -> set[str]:
    table = blocks.pieces()[layer]
    return set(table.index[table == code])


@pytest.mark.parametrize("code", STPS)
def test_a_close_up_of_an_stp_is_cut_into_its_councils(code):
    drawn = footprint_figures.stp(code, "/council?council={code}")
    (areas,) = drawn.areas
    shown = {piece for piece in areas.class_of if piece not in areas.faded}
    assert shown == pieces_of("stp17", code)
    councils = {council for council, parts in stps_of_councils().items() if code in parts}
    assert {areas.class_of[piece] for piece in shown} == councils
    # The councils by residents inside, numbered from the largest.
    order = sorted(councils, key=lambda council: -stps_of_councils()[council][code])
    numbered = sorted((int(mark), areas.class_of[piece]) for piece, mark in areas.marks.items())
    assert [stps_of_councils()[council][code] for _, council in numbered] == [
        stps_of_councils()[council][code] for council in order
    ]
    for piece in shown:
        assert href(areas, piece) == f"/council?council={areas.class_of[piece]}"
    assert all(href(areas, piece) == "" for piece in areas.faded)
    west, south, east, north = drawn.extent
    box = extents.places("stp17").loc[code]
    assert west < box["west"] and south < box["south"] and east > box["east"] and north > box["north"]
    trusts = [row for row in raw("acute_trusts") if row["stp17cd"] == code and row["lon"]]
    assert {(place.name, place.lon) for place in drawn.places} == {(t["trust_name"], float(t["lon"])) for t in trusts}


def test_a_close_up_says_name_and_residents_of_a_piece():
    (areas,) = footprint_figures.stp(LEICESTER).areas
    rutland = next(iter(pieces_of("lad17", "E06000017") & pieces_of("stp17", LEICESTER)))
    assert areas.names[rutland] == "3. Rutland"
    assert areas.values[rutland].splitlines()[1] == "39,474 residents"
    # What lies around is in no legend.
    assert [category.label for category in areas.classes] == ["Leicestershire", "Leicester", "Rutland", ""]


def test_what_is_outside_the_other_layer_has_no_page():
    drawn = fit_figures.close_up("stp17", "acs17", BUCKINGHAMSHIRE, link="/acs?area={code}")
    (areas,) = drawn.areas
    opened = {href(areas, piece) for piece in areas.class_of}
    assert opened == {"", "/acs?area=berkshire-west", "/acs?area=buckinghamshire"}


def kilometres(extent) -> tuple[float, float]:
    """Return width and height on a sphere of 6,371 km, by the haversine formula."""

    def apart(lon_a, lat_a, lon_b, lat_b):
        a, b = math.radians(lat_a), math.radians(lat_b)
        half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon_b - lon_a) / 2) ** 2
        return 2 * 6371 * math.asin(math.sqrt(half))

    west, south, east, north = extent
    middle = (south + north) / 2
    return apart(west, middle, east, middle), apart(west, south, west, north)


def test_two_stps_are_compared_at_one_scale():
    london, cumbria = footprint_figures.pair("E54000028", "E54000047")
    assert kilometres(london.extent) == pytest.approx(kilometres(cumbria.extent), rel=0.002)
    assert london.scale_bar and cumbria.scale_bar
    # Cumbria needs it all: its own width or height with a fifth more.
    own = extents.places("stp17").loc["E54000047"]
    box = own["west"], own["south"], own["east"], own["north"]
    assert kilometres(cumbria.extent)[1] == pytest.approx(1.2 * kilometres(box)[1], rel=0.01)


@pytest.mark.parametrize("code", list(acs.areas()))
@pytest.mark.parametrize("layer", ["council17", "ccg17"])
def test_a_close_up_of_an_acs_area_shows_its_own_pieces_and_the_rest_of_its_stp(code, layer):
    area = acs.areas()[code]
    drawn = acs_figures.close_up(area, layer, "/council?council={code}", outlined=True)
    (areas,) = drawn.areas
    opened = {piece for piece in areas.class_of if href(areas, piece)}
    own = {piece for ccg in area.ccgs for piece in pieces_of("ccg17", ccg)}
    assert opened == own
    assert pieces_of("stp17", area.stp) <= {piece for piece in areas.class_of if piece not in areas.faded}
    (border,) = drawn.outlines
    assert border.merged and set(border.codes) == own


def test_a_what_if_colours_ccgs_by_their_stps_and_edges_what_is_moved():
    drawn = what_if_figures.england(BASSETLAW, ["E38000008"], "/what-if?ccg={code}", "/what-if", "/what-if?ccg={codes}")
    (ground,) = drawn.areas
    home = {row["ccg17cd"]: row["stp17cd"] for row in raw("ccg17")}
    home["E38000008"] = "E54000014"
    assert set(ground.class_of) == set(home)
    colours = defaultdict(set)
    for code, stp in home.items():
        colours[stp].add(ground.class_of[code])
    assert all(len(used) == 1 for used in colours.values())
    assert drawn.note == regrouping.MARK and drawn.made_up
    assert drawn.chosen == ("E38000008",)
    stps, moved = drawn.outlines
    assert (moved.layer, moved.codes, moved.merged) == ("ccg17", ("E38000008",), True)
    assert stps == Outline("stp17")
    assert ground.values["E38000008"].splitlines() == [
        "What if: Nottinghamshire",
        "STP of 2017: South Yorkshire and Bassetlaw",
    ]
    assert drawn.several == "/what-if?ccg={codes}"
    real = what_if_figures.england(None)
    assert (real.note, real.made_up, real.outlines) == ("", False, (Outline("stp17"),))


def test_a_moved_part_of_a_ccg_is_drawn_over_it_and_stands_for_it():
    drawn = what_if_figures.england(GLOSSOP, link="/what-if?ccg={code}")
    ground, parts = drawn.areas
    own = pieces_of("ccg17", "E38000182") & pieces_of("lad17", "E07000037")
    assert parts.layer == PIECE and set(parts.class_of) == own
    assert {href(parts, piece) for piece in own} == {"/what-if?ccg=E38000182"}
    # Derby, which the part went to, has the colour of the part.
    assert set(parts.class_of.values()) == {
        ground.class_of[row["ccg17cd"]] for row in raw("ccg17") if row["stp17cd"] == "E54000012"
    }


def test_before_and_after_have_one_extent_and_only_one_is_made_up():
    before, after = (what_if_figures.close_up(BASSETLAW, when, "/footprint?stp={code}") for when in ("before", "after"))
    assert before.extent == after.extent
    assert (before.note, before.made_up) == ("April 2017", False)
    assert (after.note, after.made_up) == (regrouping.MARK, True)
    bassetlaw = pieces_of("ccg17", "E38000008")
    assert {before.areas[0].class_of[piece] for piece in bassetlaw} == {"E54000009"}
    assert {after.areas[0].class_of[piece] for piece in bassetlaw} == {"E54000014"}
    for drawn in (before, after):
        dotted = [outline for outline in drawn.outlines if outline.dotted]
        moved = [outline for outline in drawn.outlines if not outline.dotted]
        # Nottinghamshire is in two STPs before, and in one after.
        assert [set(outline.codes) for outline in dotted] == [pieces_of("council17", "E10000024")]
        assert [set(outline.codes) for outline in moved] == [bassetlaw]
        assert all(outline.merged for outline in drawn.outlines)
        people = href(drawn.areas[0], next(iter(pieces_of("stp17", "E54000014"))))
        assert people == "/footprint?stp=E54000014"


def test_an_stp_that_does_not_exist_has_no_page_and_too_many_changes_are_drawn_as_england():
    after = what_if_figures.close_up("E38000008:new-1", "after", "/footprint?stp={code}")
    assert {href(after.areas[0], piece) for piece in pieces_of("ccg17", "E38000008")} == {""}
    many = moves.write(dict.fromkeys([row["ccg17cd"] for row in raw("ccg17")], "new-1"))
    before, after = (what_if_figures.close_up(many, when) for when in ("before", "after"))
    assert before.areas[0].layer == after.areas[0].layer == "ccg17"
    assert (before.note, before.made_up, after.note) == ("April 2017", False, regrouping.MARK)


@pytest.mark.parametrize("preset", presets.presets(), ids=lambda preset: preset.name)
def test_every_case_has_its_maps(preset):
    text = moves.write(preset.moves)
    for drawn in (what_if_figures.england(text), *(what_if_figures.close_up(text, w) for w in ("before", "after"))):
        for areas in drawn.areas:
            assert set(areas.class_of.values()) <= {category.key for category in areas.classes}
            assert set(areas.class_of) <= set(areas.names)


def test_then_and_now_are_the_same_ground():
    then, now = (then_and_now_maps.side("E54000009", layer, f"/{layer}/{{code}}") for layer in ("stp17", "icb22"))
    assert then.extent == now.extent
    assert {mark: then.areas[0].names[code] for code, mark in then.areas[0].marks.items()} == {
        "A": "A. South Yorkshire and Bassetlaw",
        "B": "B. Nottinghamshire",
    }
    assert sorted(now.areas[0].marks.values()) == ["1", "2"]
    for drawn, layer in ((then, "stp17"), (now, "icb22")):
        assert drawn.outlines == (Outline("stp17", ("E54000009",), True, "#231f20", 3.0),)
        (areas,) = drawn.areas
        assert {href(areas, code) for code in areas.marks} == {f"/{layer}/{code}" for code in areas.marks}
        assert areas.faded and all(href(areas, code) == "" for code in areas.faded)


@pytest.mark.parametrize("code", STPS)
def test_then_and_now_exist_for_every_stp(code):
    then, now = (then_and_now_maps.side(code, layer) for layer in ("stp17", "icb22"))
    assert then.extent == now.extent and then.areas[0].marks[code] == "A"


def test_own_numbers_are_in_the_class_that_holds_them():
    values = {row["stp17cd"]: n * 10 for n, row in enumerate(raw("stp17")[:-1])}
    table = read.read("\n".join(["area,beds", *(f"{code},{value}" for code, value in values.items())]).encode())
    found = match.match(table, "stp17", 0, 1)
    theme = show.theme(found)
    drawn = own_figures.england(found, theme, LEICESTER, "/your-numbers?area={code}")
    shown = of_class(drawn)
    for code, value in values.items():
        low, high = (float(end) for end in shown[code].split(" to "))
        assert low <= value <= high
    assert shown[raw("stp17")[-1]["stp17cd"]] == "No value"
    assert drawn.title == "beds"
    assert "reader's own" in drawn.source
    assert themes.described(theme, theme.keys) == drawn.description


def test_what_lies_around_fills_frames_of_other_shapes():
    drawn = footprint_figures.stp(LEICESTER)
    wide, (across, up) = extents.in_frames(drawn.extent), kilometres(drawn.extent)
    # As high as ever, and twice as wide as high.
    assert kilometres(wide) == pytest.approx((2 * up, max(up, 2 * across)), rel=0.01)
    near = {
        piece
        for piece, row in extents.places(PIECE).iterrows()
        if row["west"] < wide[2] and row["east"] > wide[0] and row["south"] < wide[3] and row["north"] > wide[1]
    }
    assert set(drawn.areas[0].class_of) == near
    assert drawn.areas[0].classes[-1] == close_ups.AROUND
