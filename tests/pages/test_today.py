"""Who plans care today: the boards of April 2026, from the tables as they stand in their files."""

from collections import Counter, defaultdict

import pytest

from lib import links
from lib.content import html
from lib.content.blocks import MapFigure, Table
from pages.council.page import PAGE as COUNCIL
from pages.council.view import CouncilView
from pages.footprint.page import PAGE as FOOTPRINT
from pages.footprint.view import FootprintView
from pages.today import boards
from pages.today.page import PAGE
from pages.today.view import TodayView
from tests.maps import href
from tests.tables import source

THAMES_VALLEY, LEICESTER = "E54000070", "E54000015"


def table(document, key: str) -> Table:
    (found,) = (one for one in document.tables() if one.key == key)
    return found


@pytest.fixture(scope="module")
def lsoas() -> list[dict[str, str]]:
    today = {row["lsoa11cd"]: row for row in source("lsoa_today")}
    return [row | today[row["lsoa11cd"]] for row in source("lsoa")]


def test_all_boards_stand_in_the_table_with_their_residents(lsoas):
    residents: Counter[str] = Counter()
    councils = defaultdict(set)
    for row in lsoas:
        residents[row["icb26cd"]] += int(row["population"])
        councils[row["icb26cd"]].add(row["council24cd"])
    document = PAGE.document(TodayView())
    told = table(document, "boards")
    assert {row[7]: row[1] for row in told.rows} == dict(residents)
    assert {row[7]: row[5] for row in told.rows} == {code: len(found) for code, found in councils.items()}
    split = defaultdict(set)
    for row in lsoas:
        split[row["council24cd"]].add(row["icb26cd"])
    several = {code for code, found in split.items() if len(found) > 1}
    assert {row[4] for row in table(document, "split-councils").rows} == several
    assert f"{len(several)} of the 153 councils" in document.lead
    before = {row["icb26cd"] for row in source("icb26_successions") if row["change"] == "unchanged"}
    assert f"{len(before)} have the code" in document.lead
    assert set(boards.names()) - boards.new() == before


def test_a_board_says_what_it_was_made_of_and_who_represents_it(lsoas):
    stps = {row["ccg17cd"]: row["stp17cd"] for row in source("ccg17")}
    here = [row for row in lsoas if row["icb26cd"] == THAMES_VALLEY]
    parts: Counter[str] = Counter()
    seats: Counter[str] = Counter()
    for row in here:
        parts[stps[row["ccg17cd"]]] += int(row["population"])
        seats[row["pcon24cd"]] += int(row["population"])
    document = PAGE.document(TodayView(board=THAMES_VALLEY))
    assert {row[4]: row[1] for row in table(document, "stps").rows} == dict(parts)
    members = table(document, "members")
    assert {row[7]: row[4] for row in members.rows} == dict(seats)
    in_office = {row["pcon24cd"]: (row["mp_now"], row["party_now"]) for row in source("pcon24")}
    assert all((row[1], row[2]) == in_office[row[7]] for row in members.rows)
    assert all(0.5 < row[6] <= 1 for row in members.rows)
    assert "best fit" in str(document.blocks) and "derived" in str(document.blocks)


@pytest.mark.parametrize("said", ["E54000070", "S0E4D", "thames valley", "NHS Thames Valley Integrated Care Board"])
def test_a_board_is_found_by_what_people_call_it(said):
    assert links.parse(TodayView, {"board": [said]}) == (TodayView(board=THAMES_VALLEY), [])


def test_a_board_that_ended_is_none_of_2026():
    view, notices = links.parse(TodayView, {"board": ["Frimley"]})
    assert view == TodayView() and "Frimley" in notices[0]


@pytest.mark.parametrize("board", [None, LEICESTER])
def test_the_terms_of_its_tables_are_shown(board):
    said = html.rendered(PAGE.document(TodayView(board=board)).blocks)
    for words in (
        "Open Parliament Licence v3.0",
        "mySociety, Geographic overlaps 0.2.1, CC BY 4.0",
        "Royal Mail data ©",
    ):
        assert words in said


def test_districts_whose_council_is_to_change_are_named_with_their_status():
    document = PAGE.document(TodayView(board="E54000069"))
    told = {row[0]: (row[1], row[2], row[3]) for row in table(document, "to-come").rows}
    assert told["Elmbridge"] == ("East Surrey", "2027-04-01", "legislated")
    assert len(told) == sum(row["area"] == "Surrey" for row in source("council_reorganisation_2027"))
    assert not any(one.key == "to-come" for one in PAGE.document(TodayView(board=LEICESTER)).tables())


@pytest.mark.parametrize("colour", ["change", "region"])
def test_the_map_puts_every_board_into_a_class_and_leads_to_it(colour):
    (figure,) = PAGE.document(TodayView(colour=colour)).all_of(MapFigure)
    (areas,) = figure.map.areas
    assert len(areas.class_of) == 36
    assert f"board={LEICESTER}" in href(areas, LEICESTER)
    assert sum(entry.count for entry in figure.legend) == 36
    if colour == "region":
        assert dict(areas.class_of) == {row["icb26cd"]: row["nhser24nm"] for row in source("region26")}


@pytest.mark.parametrize("document", ["footprint", "council"])
def test_footprints_and_councils_name_the_members_of_2017_and_of_today(lsoas, document):
    stps = {row["ccg17cd"]: row["stp17cd"] for row in source("ccg17")}
    councils = {row["lad17cd"]: row["council17cd"] for row in source("lad17")}
    if document == "footprint":
        here = [row for row in lsoas if stps[row["ccg17cd"]] == LEICESTER]
        shown = FOOTPRINT.document(FootprintView(LEICESTER))
    else:
        here = [row for row in lsoas if councils[row["lad17cd"]] == "E06000047"]
        shown = COUNCIL.document(CouncilView("E06000047"))
    for key, seat, members in (("members-2017", "pcon10", "mp_2017"), ("members-today", "pcon24", "mp_now")):
        residents: Counter[str] = Counter()
        for row in here:
            residents[row[f"{seat}cd"]] += int(row["population"])
        everywhere: Counter[str] = Counter()
        for row in lsoas:
            everywhere[row[f"{seat}cd"]] += int(row["population"])
        names = {row[f"{seat}cd"]: row[members] for row in source(seat)}
        found = table(shown, key)
        place = {column.key: n for n, column in enumerate(found.columns)}
        assert {row[place["code"]]: row[place["residents"]] for row in found.rows} == dict(residents)
        for row in found.rows:
            code = row[place["code"]]
            assert row[place["member"]] == names[code]
            assert row[place["share_of_constituency"]] == pytest.approx(residents[code] / everywhere[code])
            assert row[place["share_of_area"]] == pytest.approx(residents[code] / sum(residents.values()))
    assert "best fit" in str(shown.blocks)
