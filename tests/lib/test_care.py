"""Vanguards, pioneers, systems, A&E and capital as pages tell them, held against the fact tables."""

import pytest

from lib import catalogue, measures, themes
from lib.care import emergency, joint_work, waves
from lib.content.blocks import Listing, MapFigure, Prose, Section, Table
from lib.content.formats import plain
from lib.search import finder, hits
from pages.acs.page import PAGE as ACS
from pages.acs.view import AcsView
from pages.council.page import PAGE as COUNCIL
from pages.council.view import CouncilView
from pages.footprint.page import PAGE as FOOTPRINT
from pages.footprint.view import FootprintView
from pages.map.page import PAGE as MAP
from pages.map.view import MapView
from pages.then_and_now.page import PAGE as THEN_AND_NOW
from pages.then_and_now.view import ThenAndNowView
from tests.tables import source

NOTTINGHAMSHIRE, LANCASHIRE, SOUTH_YORKSHIRE, NORTH_EAST = "E54000014", "E54000048", "E54000009", "E54000046"


def parts(document) -> dict[str, Section]:
    return {section.key: section for section in document.all_of(Section)}


def table(document, key: str) -> Table | None:
    return next((one for one in document.all_of(Table) if one.key == key), None)


@pytest.mark.parametrize("code", list(catalogue.footprints()))
def test_every_vanguard_and_pioneer_stands_with_its_stp(code):
    rows = [row for name in ("vanguards", "pioneers") for row in source(name) if code in row["stp17cds"].split()]
    shown = table(FOOTPRINT.document(FootprintView(code)), "joint_work")
    assert (
        [row[0].partition(", later ")[0] for row in shown.rows if shown] == [row["name"] for row in rows]
        if rows
        else (shown is None)
    )


def test_counts_of_an_stp():
    # By hand: Mid Nottinghamshire, Principia, Nottingham City, Greater Nottingham; Nottingham City is a pioneer too.
    assert tuple(joint_work.counts().loc[NOTTINGHAMSHIRE]) == (
        4,
        1 + sum(row["id"] == "nottinghamshire" and NOTTINGHAMSHIRE in row["stp17cds"] for row in source("pioneers")),
    )
    # Working Together and MERIT count in each of their three STPs.
    assert joint_work.counts()["vanguards"].sum() == sum(len(row["stp17cds"].split()) for row in source("vanguards"))


def test_forms_of_aco_are_named_where_they_stand():
    assert "MCP and PACS can count" in table(FOOTPRINT.document(FootprintView(NOTTINGHAMSHIRE)), "joint_work").caption
    leicester = table(FOOTPRINT.document(FootprintView("E54000015")), "joint_work")
    assert len(leicester.rows) == 1 and "MCP" not in leicester.caption


def test_the_way_to_a_system_is_told_in_order_and_marks_what_is_inferred():
    [listing] = parts(FOOTPRINT.document(FootprintView(LANCASHIRE)))["system"].blocks[:1]
    assert isinstance(listing, Listing)
    assert listing.items == (
        "Blackpool and Fylde Coast, a part of the STP, became an accountable care system: 15 June 2017.",
        "The whole STP, as Lancashire and South Cumbria, became an integrated care system: by 20 June 2019 (inferred).",
    )
    whole = waves.whole()
    assert len(whole) == 44
    assert sum(step.inferred for step in whole.values()) == 4
    # Berkshire West and Buckinghamshire were parts; the STP followed two years later.
    assert whole["E54000044"].date == "2019-06-20"
    # The first step counts: an ICS of its own before it became part of another.
    assert whole["E54000047"].date == "2018-05-24"
    assert {step.date for step in whole.values()} == set(waves.WAVES)


def test_the_story_of_a_footprint_says_when_it_became_a_system():
    story = parts(THEN_AND_NOW.document(ThenAndNowView(stp=LANCASHIRE)))["story"]
    said = [plain(block.words) for block in story.blocks if isinstance(block, Prose)]
    assert (
        "System: Blackpool and Fylde Coast, a part of the STP, became an accountable care system: 15 June 2017." in said
    )
    assert said[-1].endswith("by 20 June 2019 (inferred).")


def test_attendances_are_sums_over_trusts_and_missing_months_are_named():
    document = FOOTPRINT.document(FootprintView(SOUTH_YORKSHIRE))
    shown = table(document, "emergency")
    trusts = [row for row in source("trust_ae_four_hour") if row["stp17cd"] == SOUTH_YORKSHIRE]
    for year, kind, attendances, within, share, _ in shown.rows:
        prefix = "type1_" if kind == "Major departments" else ""
        rows = [row for row in trusts if row["year"] == year]
        assert attendances == sum(int(row[f"{prefix}attendances"]) for row in rows)
        assert within == sum(int(row[f"{prefix}within_four_hours"]) for row in rows)
        assert share == within / attendances
    # England as published: 89.1% and 88.3% of all types.
    assert [round(row[5], 3) for row in shown.rows if row[1] != "Major departments"] == [0.891, 0.883]
    assert "not the dashboard's figure" in shown.caption and "84.0% in 2016/17 and 85.5% in 2017/18" in shown.caption
    assert "Rotherham NHS Foundation Trust: 1 month missing" in shown.caption
    assert len(table(document, "emergency_trusts").rows) == len(trusts)


def test_departments_that_were_counted_anew_are_pointed_out():
    # University Hospitals of Leicester: 145,706 of 237,280 attendances, then 209,857 of 234,856.
    assert emergency.counted_anew("E54000015")
    assert not emergency.counted_anew(SOUTH_YORKSHIRE)


def test_capital_is_stated_and_never_summed():
    shown = table(FOOTPRINT.document(FootprintView("E54000023")), "capital")
    rows = [row for row in source("capital_2017") if row["stp17cd"] == "E54000023"]
    assert [row[0] for row in shown.rows] == [row["scheme"] for row in rows] and "there is no total" in shown.caption
    none = parts(FOOTPRINT.document(FootprintView("E54000025")))["capital"]
    assert not any(row["stp17cd"] == "E54000025" for row in source("capital_2017"))
    assert "that is not none" in none.blocks[0].words


def test_a_council_has_what_its_ccgs_have_and_what_is_not_certain_in_its_stps():
    # Wirral: Wirral Partners is its own CCG's; collaborations of trusts in Cheshire and Merseyside have no CCG.
    shown = table(COUNCIL.document(CouncilView("E08000015")), "joint_work")
    assert [row[0] for row in shown.rows if row[0] in ("Wirral Partners", "West Cheshire Way")] == ["Wirral Partners"]
    assert any(row[2] == "trusts, without residents of their own" for row in shown.rows)
    # Durham has residents in two STPs: both are told.
    document = COUNCIL.document(CouncilView("E06000047"))
    assert len({row[0] for row in table(document, "emergency").rows}) == 2
    assert {"joint-work", "system", "emergency", "capital"} <= set(parts(document))


def test_an_acs_area_has_what_its_members_have():
    shown = table(ACS.document(AcsView("blackpool-fylde-coast")), "joint_work")
    assert {row[0] for row in shown.rows} >= {"Fylde Coast Local Health Economy", "Fylde Coast"}
    assert "Better Care Together (Morecambe Bay Health Community)" not in {row[0] for row in shown.rows}


@pytest.mark.parametrize(
    ("query", "kind", "name", "way"),
    [
        ("Symphony", "vanguard", "South Somerset Symphony Programme", "/footprint?stp=E54000038"),
        ("vanguard Dudley", "vanguard", "Dudley Multispecialty Community Provider", "/footprint?stp=E54000016"),
        ("wellbeing erewash", "vanguard", "Erewash Multispecialty Community Provider", "/footprint?stp=E54000012"),
        ("pioneer Kent", "pioneer", "Kent", "/footprint?stp=E54000032"),
        ("EMRAD", "vanguard", "East Midlands Radiology Consortium (EMRAD)", "/sources?table=vanguards"),
    ],
)
def test_vanguards_and_pioneers_are_found_by_name(query, kind, name, way):
    first = finder.find(query)[0]
    assert (first.kind, first.name, hits.address(first)) == (kind, name, way)


def test_a_town_is_still_its_council_first():
    assert [finder.find(query)[0].kind for query in ("Leeds", "Barnsley", "Salford", "Wakefield")] == ["council"] * 4


def test_measures_of_the_map_are_those_of_the_tables():
    found = catalogue.stp_table()
    for column, year in (("emergency_2016", "2016/17"), ("emergency_2017", "2017/18")):
        rows = {row["stp17cd"]: row for row in source("stp_ae_four_hour") if row["year"] == year}
        # The table rounds its shares to four decimals.
        assert all(
            found[column][code] == pytest.approx(float(row["type1_share_within_four_hours"]), abs=6e-5)
            for code, row in rows.items()
        )
    counts = {"June 2017": 6, "February 2018": 1, "May 2018": 4, "June 2019": 4, "May 2020": 4, "March 2021": 13}
    shown = {entry.category.label: entry.count for entry in themes.legend(measures.theme("system"), list(found.index))}
    assert shown.items() >= counts.items()
    assert {label: count for label, count in shown.items() if label.endswith("inferred")} == {
        "June 2019, inferred": 1,
        "December 2020, inferred": 3,
    }


def test_vanguards_over_the_map_are_lines_crosses_or_a_row_of_the_list():
    document = MAP.document(MapView(outline="vanguards", colour="vanguards"))
    drawn = next(document.all_of(MapFigure)).map
    rows = source("vanguards")
    assert set(drawn.outlines[0].codes) == {code for row in rows for code in row["ccg17cds"].split()}
    only_stp = [row for row in rows if row["stp17cds"] and not row["ccg17cds"]]
    assert len(drawn.places) == len({code for row in only_stp for code in row["stp17cds"].split()})
    listing = table(document, "vanguards")
    assert len(listing.rows) == len(listing.links) == 50
    assert sum(row[4] == "not on the map" for row in listing.rows) == sum(not row["stp17cds"] for row in rows) == 5
    assert table(MAP.document(MapView()), "vanguards") is None


@pytest.mark.parametrize(("group", "kind"), [("mcp", "mcp"), ("care-homes", "enhanced_health_in_care_homes")])
def test_one_type_of_vanguard_can_be_drawn_over_both_maps(group, kind):
    rows = [row for row in source("vanguards") if row["type"] == kind]
    for document in (MAP.document(MapView(outline=group)), ACS.document(AcsView(outline=group))):
        drawn = next(document.all_of(MapFigure)).map
        assert set(drawn.outlines[0].codes) == {code for row in rows for code in row["ccg17cds"].split()}
        assert [row[0].partition(", later ")[0] for row in table(document, "vanguards").rows] == [
            row["name"] for row in rows
        ]
    frimley = ACS.document(AcsView("frimley", outline="pioneers"))
    assert len(table(frimley, "pioneers").rows) == 25


def test_the_map_tells_pioneers_from_others():
    document = MAP.document(MapView(colour="pioneer"))
    figure = next(document.all_of(MapFigure))
    stps = {code for row in source("pioneers") for code in row["stp17cds"].split()}
    assert {entry.category.label: entry.count for entry in figure.legend} == {
        "At least one pioneer": len(stps),
        "None": 44 - len(stps),
    }
    (areas,) = figure.map.areas
    assert {code for code, key in areas.class_of.items() if key == "pioneer"} == stps
    assert table(document, "footprints").columns[1].key == "pioneers"


def test_the_measure_that_is_shown_stands_in_the_table_below_the_map():
    def on_screen(colour):
        document = MAP.document(MapView(colour=colour))
        return [column.key for column in table(document, "footprints").columns if not column.in_file_only]

    assert on_screen("system")[1:3] == ["system", "system_evidence"]
    assert on_screen("emergency_2016")[1] == "emergency_2016"
    assert not {"system", "vanguards", "emergency_2016"} & set(on_screen("rating"))
