"""The published partner list against the geography."""

from collections import Counter

import pandas as pd
import pytest

from geo import partner_list
from tests.tables import source

# A county of two districts, and a council that is its own district.
MEMBERS = pd.DataFrame(
    [
        ("north", "county", "upper", 10),
        ("north", "county", "lower", 5),
        ("south", "county", "lower", 25),
        ("south", "city", "city", 60),
    ],
    columns=["stp17", "council17", "lad17", "population"],
)
NAMES = {code: code.title() for column in ("stp17", "council17", "lad17") for code in MEMBERS[column]}


def compare(*listed):
    table = partner_list.compare(set(listed), MEMBERS, NAMES)
    assert list(table.columns) == partner_list.COLUMNS
    return table.set_index(["stp_code", "code"])


def statuses(*listed):
    return compare(*listed)["status"].to_dict()


ALL = [("north", "county"), ("south", "county"), ("south", "city")]


def test_list_and_geography_agree():
    table = compare(*ALL)
    assert set(table["status"]) == {"agreed"}
    assert table["residents"].to_dict() == {ALL[0]: 15, ALL[1]: 25, ALL[2]: 60}
    assert table.loc[("south", "county"), ["share_of_area", "share_of_stp"]].tolist() == [25 / 40, 25 / 85]


def test_residents_that_no_entry_stands_for():
    row = compare(*ALL[1:]).loc[("north", "county")]
    assert (row["status"], row["residents"], row["residents_not_listed"]) == ("inside_only", 15, 15)


def test_listed_where_nobody_lives():
    row = compare(*ALL, ("north", "city")).loc[("north", "city")]
    assert row.drop("stp_name").to_dict() == {
        "tier": "council",
        "name": "City",
        "status": "listed_only",
        "residents": 0,
        "share_of_area": 0,
        "share_of_stp": 0,
        "residents_not_listed": 0,
    }


def test_a_listed_district_stands_for_itself_alone():
    table = compare(*ALL[1:], ("north", "upper"))
    assert table.loc[("north", "upper"), ["tier", "status"]].tolist() == ["district", "agreed"]
    assert table.loc[("north", "lower"), "status"] == "inside_only"
    county = table.loc[("north", "county")]
    assert (county["status"], county["residents"], county["residents_not_listed"]) == ("inside_only", 15, 5)


def test_all_districts_together_stand_for_their_county():
    found = statuses(*ALL[1:], ("north", "upper"), ("north", "lower"))
    assert found == dict.fromkeys([*ALL, ("north", "upper"), ("north", "lower")], "agreed")


def test_a_district_is_covered_by_its_county_but_told_where_a_sister_is_listed():
    assert statuses(*ALL, ("north", "upper"))["north", "lower"] == "covered_by_county"


def test_a_district_listed_where_nobody_lives():
    assert statuses(*ALL, ("south", "upper"))["south", "upper"] == "listed_only"


@pytest.fixture(scope="module")
def published():
    return partner_list.councils()


def test_the_published_list(england, published):
    """All that the list leaves out, counted from the fact tables; no entry is without residents."""
    rows = [row for row in source("stp_partners") if row["partner_type"] == "council"]
    listed = {(row["stp17cd"], row["ons_code"]) for row in rows}
    missing, inside = Counter(), Counter()
    for row in england:
        for code in {row["council17"], row["lad17"]}:
            inside[row["stp17"], code] += row["population"]
        if not {(row["stp17"], row["council17"]), (row["stp17"], row["lad17"])} & listed:
            missing[row["stp17"], row["council17"]] += row["population"]
    councils = published[published["tier"] == "council"]
    found = councils[councils["status"] == "inside_only"].set_index(["stp_code", "code"])["residents_not_listed"]
    assert found.to_dict() == missing
    assert len(missing) == 7 and missing["E54000046", "E06000047"] == 249_101
    assert not listed - set(inside) and "listed_only" not in set(published["status"])
    assert councils["residents"].sum() == 55_619_430
    assert {pair: n for pair, n in inside.items() if pair in listed} == (
        published[[pair in listed for pair in zip(published["stp_code"], published["code"], strict=True)]]
        .set_index(["stp_code", "code"])["residents"]
        .to_dict()
    )


def test_county_durham(published):
    durham = published[published["code"] == "E06000047"].set_index("stp_code")
    assert durham["status"].to_dict() == {"E54000045": "agreed", "E54000046": "inside_only"}
    assert durham.loc["E54000046", "share_of_area"] == pytest.approx(0.4757, abs=5e-5)


def test_districts_left_out_where_sisters_are_listed(published):
    covered = published[published["status"] == "covered_by_county"]
    assert covered.set_index("name")["residents"].to_dict() == {"Runnymede": 12_120, "Copeland": 8_664}
