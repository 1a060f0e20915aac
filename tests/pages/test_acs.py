"""What the page on ACS areas says, against numbers that were summed from the raw tables without this project's code."""

import re
from collections import Counter, defaultdict
from html import unescape

import pytest

from geo import sources
from lib import links
from lib.accountable_care import acs
from lib.content import data, formats, html
from lib.content.blocks import Facts, Link, Links, MapFigure, Prose, Section, Table
from lib.content.document import Document
from pages.acs import maps
from pages.acs.page import PAGE
from pages.acs.view import AcsView
from tests.maps import href
from tests.tables import source

RESIDENTS = {
    "frimley": 739_365,
    "south-yorkshire-bassetlaw": 1_509_749,
    "nottinghamshire": 1_030_756,
    "blackpool-fylde-coast": 309_751,
    "dorset": 770_689,
    "luton-mk-beds": 938_429,
    "berkshire-west": 486_528,
    "buckinghamshire": 538_438,
    "greater-manchester": 2_832_133,
    "surrey-heartlands": 848_094,
}
PARTS = ("blackpool-fylde-coast", "berkshire-west", "buckinghamshire")
# What only this area says: whole or part, a council or a CCG with its number, what a source says.
SAYS = {
    "frimley": ("the whole of the STP Frimley Health", "Surrey: 12.9% of its residents (152,493) are inside"),
    "south-yorkshire-bassetlaw": ("the whole of", "Nottinghamshire: 14.2% of its residents (116,304)"),
    "nottinghamshire": ("the whole of", "709,738 residents, 68.9% of the area"),
    "blackpool-fylde-coast": ("18.5% of its residents", "Lancashire: 14.1% of its residents (169,881)"),
    "dorset": ("the whole of", "No council straddles the border."),
    "luton-mk-beds": ("the whole of", "Buckinghamshire: 1.2% of its residents (6,308)"),
    "berkshire-west": ("28.7% of its residents", "dates its recognition to June 2016"),
    "buckinghamshire": ("31.8% of its residents", "Oxfordshire: 1.3% of its residents (8,828)"),
    "greater-manchester": ("the whole of", "37 NHS organisations and councils signed"),
    "surrey-heartlands": ("the whole of", "Surrey: 71.5% of its residents (848,094)"),
}
each_area = pytest.mark.parametrize("code", RESIDENTS)


def table(view: AcsView, key: str) -> Table:
    (found,) = [table for table in PAGE.document(view).tables() if table.key == key]
    return found


def rows(found: Table) -> list[dict]:
    return [dict(zip([column.key for column in found.columns], row, strict=True)) for row in found.rows]


def map_of(document: Document, key: str) -> MapFigure:
    (found,) = [block for block in document.all_of(MapFigure) if block.key == key]
    return found


def residents_of_ccgs() -> dict[str, Counter]:
    """Residents of each CCG by upper-tier council, from the table of LSOAs."""
    council = {row["lad17cd"]: row["council17cd"] for row in source("lad17")}
    counted: dict[str, Counter] = defaultdict(Counter)
    for row in source("lsoa"):
        counted[row["ccg17cd"]][council[row["lad17cd"]]] += int(row["population"])
    return counted


@each_area
def test_an_area_says_what_it_is_in_its_first_sentence_and_what_only_it_has_below(code):
    document, area = PAGE.document(AcsView(code)), acs.areas()[code]
    assert document.title == area.name
    lead = formats.plain(document.lead)
    assert lead.startswith(f"{area.name} has {RESIDENTS[code]:,} residents and is ")
    extent, words = SAYS[code]
    assert extent in lead
    assert lead.endswith(f"Lead: {area.lead}." if area.lead else "A lead of its own is not established.")
    assert any(isinstance(part, Link) and part.href == f"/footprint?stp={area.stp}" for part in document.lead)
    assert words in unescape(re.sub(r"<[^>]*>", "", html.rendered(document.blocks)))
    facts = {item.key: item for block in document.all_of(Facts) for item in block.items}
    assert facts["residents"].value == RESIDENTS[code]
    assert facts["announced"].value == ("2015" if code == "greater-manchester" else "2017-06-15")
    assert facts["lead"].value == (area.lead or None) and facts["lead"].source == area.source
    assert facts[f"rating_{area.stp}"].evidence and facts[f"lead_{area.stp}"].source


@each_area
def test_members_are_counted_from_the_lsoas(code):
    area, raw = acs.areas()[code], residents_of_ccgs()
    found = rows(table(AcsView(code), "ccgs"))
    assert {row["code"]: row["residents"] for row in found} == {ccg: raw[ccg].total() for ccg in area.ccgs}
    assert sum(row["share_of_area"] for row in found) == pytest.approx(1)
    inside: Counter = Counter()
    for ccg in area.ccgs:
        inside.update(raw[ccg])
    everywhere: Counter = Counter()
    for counted in raw.values():
        everywhere.update(counted)
    councils = rows(table(AcsView(code), "councils"))
    assert {row["code"]: row["residents_inside"] for row in councils} == dict(inside)
    for row in councils:
        assert row["left_out"] == everywhere[row["code"]] - inside[row["code"]]
        assert row["share_of_council"] == pytest.approx(inside[row["code"]] / everywhere[row["code"]])
        assert row["share_of_area"] == pytest.approx(inside[row["code"]] / RESIDENTS[code])


@pytest.mark.parametrize("code", PARTS)
def test_ccgs_of_the_stp_that_are_not_in_a_part_are_listed_with_their_own_system(code):
    area, raw = acs.areas()[code], residents_of_ccgs()
    rest = rows(table(AcsView(code), "rest-of-stp"))
    of_stp = {row["ccg17cd"] for row in source("ccg17") if row["stp17cd"] == area.stp}
    assert {row["code"] for row in rest} == of_stp - set(area.ccgs)
    assert sum(row["residents"] for row in rest) == sum(raw[ccg].total() for ccg in of_stp) - RESIDENTS[code]
    assert sum(row["share_of_stp"] for row in rest) + acs.share_of_stp(area) == pytest.approx(1)


def test_the_rest_of_an_stp_names_its_other_system():
    rest = rows(table(AcsView("berkshire-west"), "rest-of-stp"))
    assert {row["ccg"]: row["other_area"] for row in rest} == {
        "NHS Oxfordshire CCG": "no",
        "NHS Chiltern CCG": "Buckinghamshire",
        "NHS Aylesbury Vale CCG": "Buckinghamshire",
    }
    assert "rest-of-stp" not in [table.key for table in PAGE.document(AcsView("dorset")).tables()]


def test_districts_stand_under_their_county_and_are_called_districts():
    (hampshire,) = [row for row in rows(table(AcsView("frimley"), "councils")) if row["council"] == "Hampshire"]
    # Farnham is in Surrey; of Hampshire the CCG of North East Hampshire has Rushmoor whole and part of Hart.
    assert hampshire["kind"] == "county"
    assert hampshire["districts"] == "Hart (part) and Rushmoor"
    slough = next(row for row in rows(table(AcsView("frimley"), "councils")) if row["council"] == "Slough")
    assert slough["districts"] == "none: one tier of council"


def test_the_early_focus_of_nottinghamshire():
    found = rows(table(AcsView("nottinghamshire"), "ccgs"))
    assert [row["ccg"] for row in found if row["early_focus"] == "no"] == [
        "NHS Mansfield and Ashfield CCG",
        "NHS Newark & Sherwood CCG",
    ]
    said = [formats.plain(block.words) for block in PAGE.document(AcsView("nottinghamshire")).all_of(Prose)]
    assert any(
        words.startswith("Early focus on Greater Nottingham and Rushcliffe: 4 of the 6 CCGs,")
        and words.endswith("They have 709,738 residents, 68.9% of the area.")
        for words in said
    )


@pytest.mark.parametrize(
    ("layer", "page"), [("council17", "/council?council="), ("ccg17", "/coterminosity?a=ccg17&b=")]
)
def test_the_close_up_shows_councils_or_ccgs_and_each_opens_its_page(layer, page):
    document = PAGE.document(AcsView("buckinghamshire", parts=layer))
    (drawn,) = map_of(document, "close-up").map.areas
    members = acs.members(acs.areas()["buckinghamshire"], layer)
    opened = {href(drawn, piece) for piece in drawn.class_of} - {""}
    key = table(AcsView("buckinghamshire", parts=layer), "parts")
    assert opened == set(key.links) - {""} and len(opened) == len(members)
    assert all(href.startswith(page) for href in opened)
    around = ["Rest of these councils, left out", "Rest of the STP"] if layer == "council17" else ["Rest of the STP"]
    assert [row["part"] for row in rows(key)] == [*members["name"], *around]
    assert [item.mark for item in key.swatches] == [*map(str, range(1, len(members) + 1)), *[""] * len(around)]
    assert set(key.links[len(members) :]) == {""}


@each_area
def test_a_click_on_the_map_opens_the_area_that_an_stp_is_or_that_is_part_of_it(code):
    figure = map_of(PAGE.document(AcsView("dorset", "frimley", "ccg17")), "areas")
    area = acs.areas()[code]
    layer = next(layer for layer in reversed(figure.map.areas) if area.on_map in layer.class_of)
    assert href(layer, area.on_map) == f"/acs?area={code}&with=none&parts=ccg17&outline=none"
    assert figure.map.clear == "/acs?area=none&with=none&parts=ccg17&outline=none"
    assert map_of(PAGE.document(AcsView(code)), "areas").map.chosen == (area.on_map,)


def test_an_stp_that_is_no_area_opens_nothing():
    ground, over = map_of(PAGE.document(AcsView()), "areas").map.areas
    opened = {code for code in ground.class_of if href(ground, code)}
    assert opened == {area.stp for area in acs.areas().values() if area.whole} and len(ground.class_of) == 44
    assert set(over.class_of) == set(PARTS) == {code for code in over.class_of if href(over, code)}


def test_the_legend_counts_whole_stps_parts_and_devolution_areas_apart():
    figure = map_of(PAGE.document(AcsView()), "areas")
    assert {entry.category.key: entry.count for entry in figure.legend} == {
        **{"whole": 5, "part": 3, "devolution": 2},
        **{"rest": 2, "none": 35},
    }
    ground, over = figure.map.areas
    marks = [*ground.marks.values(), *over.marks.values()]
    assert sorted(marks) == sorted([*"12345678AB", "rest", "rest"])
    assert len({category.mark for category in maps.CATEGORIES}) == len(maps.CATEGORIES)


def test_all_ten_stand_in_a_table_with_the_rating_and_lead_of_their_stp():
    found = rows(table(AcsView(), "areas"))
    assert {row["code"]: row["residents"] for row in found} == RESIDENTS
    row = next(row for row in found if row["code"] == "berkshire-west")
    assert row["stp"] == "Buckinghamshire, Oxfordshire and Berkshire West"
    assert (row["extent"], row["lead_of_stp"]) == ("Part of an STP", "David Smith")
    assert row["rating_of_stp"] == "Advanced (inferred)"
    assert row["share_of_stp"] == pytest.approx(0.287, abs=0.0005)
    fits = {row["code"]: (row["fit"], row["fit_tolerant"]) for row in found}
    assert fits["buckinghamshire"] == ("Split between councils", "The same area as one council")
    chosen = table(AcsView("frimley"), "areas")
    assert chosen.chosen == {"E54000034"}
    assert chosen.links[0] == "/acs?area=frimley&with=none&parts=council17&outline=none"


def test_the_first_page_sums_the_eight_systems_and_says_which_councils_speak_for_whom():
    document = PAGE.document(AcsView())
    people = sum(RESIDENTS[code] for code in list(RESIDENTS)[:8])
    england = sum(int(row["population"]) for row in source("lsoa"))
    lead = formats.plain(document.lead)
    assert f"have {people:,} residents, {people / england:.1%} of England's" in lead
    assert "5 are whole STPs and 3 are parts of 2 others" in lead
    ways = [link.href for block in document.all_of(Links) for link in block.items]
    assert sorted(ways) == sorted(links.to("acs", area=code) for code in RESIDENTS)
    found = {row["area"]: row for row in rows(table(AcsView(), "councils"))}
    assert found["Dorset"]["partly_inside"] == "none" and found["Dorset"]["elected"] == 9
    assert found["Luton, with Milton Keynes and Bedfordshire"]["residents_in_divided"] == 6_308
    assert found["Surrey Heartlands"]["wholly_inside"] == "none"
    assert found["Frimley Health"]["share_in_divided"] == pytest.approx((167_587 + 152_493) / 739_365)


def test_two_areas_stand_side_by_side_and_can_be_turned_round():
    view = AcsView("dorset", "frimley")
    document = PAGE.document(view)
    assert document.title == "Dorset and Frimley Health"
    found = {row["compared_by"]: row for row in rows(table(view, "comparison"))}
    assert (found["Residents"]["first"], found["Residents"]["second"]) == ("770,689", "739,365")
    assert found["Announced"]["same"] == "yes" and found["STP"]["same"] == "no"
    (section,) = [block for block in document.all_of(Section) if block.key == "compared"]
    turned = [link.href for block in section.blocks if isinstance(block, Links) for link in block.items]
    assert turned == ["/acs?area=frimley&with=dorset&parts=council17&outline=none"]


def test_any_two_areas_can_be_compared():
    for one in RESIDENTS:
        for other in set(RESIDENTS) - {one}:
            found = rows(table(AcsView(one, other), "comparison"))
            assert len(found) == 19 and all(row["first"] and row["second"] for row in found)


@each_area
def test_what_is_not_established_says_so_and_what_is_has_a_source(code):
    found = rows(table(AcsView(code), "agreed"))
    funding = next(row for row in found if row["what"] == "Funding of this area alone")
    assert (funding["known"], funding["source"]) == ("Not established", None)
    assert all(bool(row["source"]) == (row["known"] != "Not established") for row in found)


def test_bodies_are_counted_once_each_and_trusts_are_listed():
    document = PAGE.document(AcsView("frimley"))
    counts = {item.key: item.value for block in document.all_of(Facts) for item in block.items}
    assert [counts[f"{name}_count"] for name in ("ccg", "trust", "council", "district", "body")] == [5, 3, 5, 6, 19]
    found = rows(table(AcsView("frimley"), "trusts"))
    assert sum(row["named_as_partner"] == "yes" for row in found) == len(acs.areas()["frimley"].trusts)
    listed = sources.read("acute_trusts").query("stp17cd == 'E54000034'")["trust_name"]
    assert sorted(row["trust"] for row in found if row["head_office"] == "inside") == sorted(listed)


def test_a_choice_of_area_drops_a_comparison_that_no_longer_makes_sense():
    area, other, parts, _ = PAGE.controls(AcsView("dorset", "frimley"))
    assert area.chosen(AcsView("dorset", "frimley"), "frimley") == AcsView("frimley")
    assert area.chosen(AcsView("dorset", "frimley"), "surrey-heartlands") == AcsView("surrey-heartlands", "frimley")
    assert area.chosen(AcsView("dorset", "frimley"), None) == AcsView()
    assert "dorset" not in other.options and set(parts.options) == {"council17", "ccg17"}
    assert [control.field for control in PAGE.controls(AcsView())] == ["area", "outline"]


def test_files_keep_their_names():
    tables = PAGE.document(AcsView("buckinghamshire", "dorset")).tables()
    names = {table.file_name for table in tables}
    assert {"acs-buckinghamshire-dorset", "acs-areas"} <= names
    assert {f"acs-buckinghamshire-{name}" for name in ("councils", "ccgs", "rest-of-stp", "trusts", "agreed")} <= names
    lines = data.csv(next(table for table in tables if table.key == "councils")).decode("utf-8-sig").splitlines()
    assert lines[1].startswith("Buckinghamshire,county,529610,0.98360")
