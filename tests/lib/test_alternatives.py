"""Charts in words, held against the data they draw."""

from itertools import pairwise

import pytest

from lib import alternatives, catalogue, fit
from lib.footprint import profile


def test_a_close_up_names_its_parts_largest_first_and_its_trusts():
    said = alternatives.close_up("Leicester", fit.parts("stp17", "council17", "E54000015", "population", 0.0))
    assert said == "Map of Leicester in 3 parts: 1 Leicestershire, 63.7%; 2 Leicester, 32.6%; 3 Rutland, 3.6%."
    trusts = profile.trusts("E54000015")
    with_crosses = alternatives.close_up(
        "Leicester", fit.parts("stp17", "council17", "E54000015", "population", 0.0), trusts
    )
    assert with_crosses == f"{said} Crosses: {'; '.join(trusts['name'])}."


@pytest.mark.parametrize("code", ["E54000015", "E54000027", "E54000046"])
def test_the_strips_say_the_rank_that_counting_gives(code):
    table, said = catalogue.stp_table(), alternatives.standing([code])
    for key, title in (("population", "Population"), ("deprivation", "Deprivation")):
        values = table[key].dropna()
        rank = 1 + (values > values[code]).sum()
        assert f"rank {rank} of {len(values)}" in said.split(f"{title}: ")[1].split(". ")[0]


def test_the_strips_name_both_areas():
    said = alternatives.standing(["E54000015", "E54000018"])
    assert "Leicester, Leicestershire and Rutland; and Coventry and Warwickshire stand out" in said
    assert said.count(" and ") >= len(profile.STANDING)


def test_a_chart_of_other_data_has_other_words():
    said = [alternatives.standing([code]) for code in list(catalogue.footprints())[:5]]
    assert all(one != other for one, other in pairwise(said))
