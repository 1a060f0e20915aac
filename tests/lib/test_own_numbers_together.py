"""Areas of other years that together are an area of 2017 are summed, if that is asked for, exact, and of counts."""

import pytest

from lib.own_numbers import columns, match, read, value_columns
from lib.own_numbers.match import Matched

NORTHAMPTONSHIRE, CUMBRIA, SURREY = "E10000021", "E10000006", "E10000030"
COUNCILS = "council,beds\nNorth Northamptonshire,120\nWest Northamptonshire,80\nSurrey,50\nKent,70\n"


def matched(text: str, put_together: bool) -> Matched:
    table = read.read(text.encode())
    found = columns.find(table, "council17")
    value = value_columns.likely(table, found.column, found.layer)
    return match.match(table, "council17", found.column, value, put_together=put_together)


def test_they_are_left_out_with_an_offer_until_it_is_asked_for():
    found = matched(COUNCILS, False)
    assert NORTHAMPTONSHIRE not in found.values and found.used == 2
    (offer,) = (said for said in found.notices if "together" in said)
    assert "North Northamptonshire and West Northamptonshire are together Northamptonshire" in offer


def test_counts_are_summed_and_it_is_said_of_what():
    found = matched(COUNCILS, True)
    assert found.values[NORTHAMPTONSHIRE] == 200 and found.used == 4 and not len(found.left_out)
    assert any("Northamptonshire is the sum of North" in said for said in found.notices)
    assert NORTHAMPTONSHIRE not in found.gaps and found.values[SURREY] == 50


@pytest.mark.parametrize("values", [("12%", "8%"), ("12.5", "8.5"), ("120", "n/a")])
def test_rates_and_gaps_are_not_summed_and_the_reason_is_said(values):
    found = matched(COUNCILS.replace("120", values[0]).replace("80", values[1]), True)
    assert NORTHAMPTONSHIRE not in found.values
    assert any("a rate cannot be summed" in said for said in found.notices)


def test_half_of_an_area_is_no_sum_and_a_row_of_the_area_itself_wins():
    half = matched("council,beds\nNorth Northamptonshire,120\nSurrey,50\nKent,70\n", True)
    assert NORTHAMPTONSHIRE not in half.values and not any("together" in said.lower() for said in half.notices)
    both = matched(COUNCILS + "Northamptonshire,7\n", True)
    assert both.values[NORTHAMPTONSHIRE] == 7


def test_areas_of_2023_are_known_too():
    found = matched("council,beds\nCumberland,30\nWestmorland and Furness,12\nSurrey,50\nKent,7\n", True)
    assert found.values[CUMBRIA] == 42
