"""Rows of areas of other years: counts are put together where that is exact, rates never."""

from collections import Counter

import pytest

from lib import catalogue
from pages.your_numbers.file import File, Given
from pages.your_numbers.page import PAGE
from pages.your_numbers.reader import columns, match, read, value_columns
from pages.your_numbers.view import YourNumbersView
from tests.tables import source

CUMBRIA, NORTHAMPTONSHIRE = "E10000006", "E10000021"
LATER = "Council,People\nCumberland,3\nWestmorland and Furness,4\nNorth Northamptonshire,5\nLeicester,6\nSurrey,7\n"


def matched(text: str, layer: str | None = None, summed: bool = False) -> match.Matched:
    table = read.read(text.encode())
    found = columns.find(table, layer)
    shown = value_columns.likely(table, found.column, found.layer)
    return match.match(table, found.layer, found.column, shown, False, summed)


def document(text: str, **choices):
    view = YourNumbersView(**choices)
    table = read.read(text.encode())
    found = columns.find(table, None if view.layer == "auto" else view.layer)
    shown = value_columns.likely(table, found.column, found.layer)
    held = match.match(table, found.layer, found.column, shown, False, view.together == "yes")
    return PAGE.document(view, Given(File("own.csv", b"", ""), table, found, held))


def why(found: match.Matched) -> dict[str, str]:
    return dict(zip(found.left_out["Area"], found.left_out["Why"], strict=True))


@pytest.fixture(scope="module")
def ccgs_of_2019() -> str:
    """Return a file with the residents of the CCGs of 2019, counted from the LSOAs."""
    residents = Counter()
    for row in source("lsoa"):
        residents[row["ccg19cd"]] += int(row["population"])
    assert len(residents) == 191
    return "CCG19CD,Residents\n" + "".join(f"{code},{people}\n" for code, people in residents.items())


def test_nothing_is_summed_unasked_and_what_could_be_is_offered():
    found = matched(LATER, "council17")
    assert dict(found.values) == {"E06000016": 6, "E10000030": 7} and not found.parts
    assert [(offer.layer, offer.codes, offer.areas) for offer in found.offers] == [("council17", (CUMBRIA,), 3)]
    said = str(document(LATER, layer="council17").blocks)
    assert "Put areas of other years together" in said and "together exactly Cumbria" in said


def test_counts_of_areas_that_are_exactly_one_are_summed_and_said():
    found = matched(LATER, "council17", summed=True)
    assert dict(found.values) == {CUMBRIA: 7, "E06000016": 6, "E10000030": 7}
    assert found.parts == {CUMBRIA: ("Cumberland", "Westmorland and Furness")}
    assert (found.used, found.rows) == (4, 5)
    # The half of a county is no county.
    assert list(why(found)) == ["North Northamptonshire"]
    assert "with other rows of the file it is not exactly a council" in why(found)["North Northamptonshire"]
    assert found.gaps[NORTHAMPTONSHIRE] == "no row"
    shown = document(LATER, layer="council17", together="yes", area=CUMBRIA)
    (table,) = [table for table in shown.tables() if table.key == "together"]
    assert table.rows == (("Cumbria", 7, "Cumberland; and Westmorland and Furness", CUMBRIA),)
    (ranking,) = [table for table in shown.tables() if table.key == "ranking"]
    place = [column.key for column in ranking.columns].index("sum_of")
    assert [row[place] for row in ranking.rows if row[place]] == ["Cumberland; and Westmorland and Furness"]
    said = str(shown.blocks)
    assert "1 council is put together from other areas of the file, their counts summed: Cumbria." in said
    assert "It is the sum of Cumberland; and Westmorland and Furness." in said


def test_the_halves_of_northamptonshire_are_it():
    halves = "council,beds\nNorth Northamptonshire,120\nWest Northamptonshire,80\nSurrey,50\nKent,70\n"
    found = matched(halves, "council17", summed=True)
    assert found.values[NORTHAMPTONSHIRE] == 200 and found.used == 4 and not len(found.left_out)
    missing = matched(halves.replace("120", "n/a"), "council17", summed=True)
    assert "North Northamptonshire has no number that can be used" in missing.gaps[NORTHAMPTONSHIRE]


def test_ccgs_of_2019_give_every_stp_its_residents(ccgs_of_2019):
    found = matched(ccgs_of_2019)
    assert (found.layer, len(found.values), len(found.left_out)) == ("ccg17", 180, 11)
    assert [(offer.layer, offer.areas) for offer in found.offers] == [("stp17", 44)]
    said = str(document(ccgs_of_2019).blocks)
    assert "Put areas of other years together as STPs" in said and "layer=stp17" in said and "together=yes" in said
    put = matched(ccgs_of_2019, "stp17", summed=True)
    assert put.used == 191
    assert dict(put.values) == dict(catalogue.stp_table()["population"])


def test_ccgs_of_2013_give_those_that_they_became():
    rows = "NHS Gateshead CCG,1\nNHS Newcastle North and East CCG,2\nNHS Newcastle West CCG,4\nNHS Bassetlaw CCG,8\n"
    found = matched(f"CCG,Patients\n{rows}", summed=True)
    assert dict(found.values) == {"E38000212": 7, "E38000008": 8}


def test_an_area_has_no_sum_while_one_of_its_parts_has_no_number():
    found = matched(LATER.replace("Furness,4", "Furness,<5"), "council17", summed=True)
    assert CUMBRIA not in found.values
    assert found.gaps[CUMBRIA] == "not put together: Westmorland and Furness has no number that can be used"
    assert "not put together to Cumbria" in why(found)["Cumberland"]
    assert "given only as <5" in why(found)["Westmorland and Furness"]
    # The same part with two numbers has none, with one number twice it counts once.
    assert CUMBRIA not in matched(f"{LATER}E06000063,9\n", "council17", summed=True).values
    assert matched(f"{LATER}E06000063,3\n", "council17", summed=True).values[CUMBRIA] == 7


def test_a_row_of_its_own_goes_before_a_sum():
    found = matched(f"{LATER}Cumbria,90\n", "council17", summed=True)
    assert found.values[CUMBRIA] == 90 and not found.parts
    assert not matched(f"{LATER}Cumbria,90\n", "council17").offers


@pytest.mark.parametrize(
    ("heading", "first", "why"),
    [
        ("Rate per 1,000", "3", "a rate, an average or a rank"),
        ("Mean age", "3", "a rate, an average or a rank"),
        ("Aged 65 and over (%)", "3", "a rate, an average or a rank"),
        ("Waiting", "3.5", "are not whole"),
        ("Waiting", "3%", "has per cent"),
    ],
)
def test_rates_are_never_summed(heading, first, why):
    text = LATER.replace("People", f'"{heading}"').replace("Cumberland,3", f"Cumberland,{first}")
    found = matched(text, "council17", summed=True)
    assert CUMBRIA not in found.values and why in found.no_count
    assert any("Nothing is put together" in sentence for sentence in found.notices)
    said = str(document(text, layer="council17").blocks)
    assert "choose a column with counts" in said and "together=yes" not in said


@pytest.mark.parametrize(
    ("heading", "first", "expected"), [("Spend, £m", "3.25", 7.25), ("Aged 65+", "3", 7), ("Spend", "£3.10", 7.1)]
)
def test_counts_and_money_are(heading, first, expected):
    text = LATER.replace("People", f'"{heading}"').replace("Cumberland,3", f"Cumberland,{first}")
    assert matched(text, "council17", summed=True).values[CUMBRIA] == pytest.approx(expected, abs=1e-12)


def test_a_file_of_other_years_alone_is_read_and_said_row_by_row():
    text = "Council,People\nCumberland,3\nWestmorland and Furness,4\nWest Northamptonshire,5\n"
    found = matched(text, summed=True)
    assert dict(found.values) == {CUMBRIA: 7}
    said = matched(text)
    assert not len(said.values) and "since 1 April 2023" in why(said)["Cumberland"]
    assert columns.find(read.read(b"a,b\nLovely day,1\nCumberland,2\nAnother,3\n")) is None


def test_nothing_is_offered_where_all_areas_are_of_2017_or_less_would_be_shown():
    assert not matched("CCG,Patients\nE38000008,1\nE38000006,2\n").offers
    # The areas of 2022 that are no STP of 2017 would be a few councils.
    boards = {row["icb22cd"] for row in source("lsoa")}
    assert not matched("ICB,Patients\n" + "".join(f"{code},1\n" for code in sorted(boards))).offers
