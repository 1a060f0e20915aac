"""How places lie in the areas of a layer, held against sums over the LSOAs as their files stand."""

from math import fsum

import pytest

from geo import apportionment
from geo.blocks import UnknownNameError
from tests import sums


@pytest.mark.parametrize(
    ("kind", "layer"), [("icb24", "icb26"), ("ccg17", "icb24"), ("pcon24", "stp17"), ("pcon10", "council24")]
)
def test_shares_are_those_of_residents(kind, layer):
    expected = sums.overlap(kind, layer, where=sums.lsoas())["of_a"]
    found = {
        (place, area): share for place, parts in apportionment.lies_in(kind, layer).items() for area, share in parts
    }
    assert found == pytest.approx(dict(expected))
    assert all(
        fsum(share for _, share in parts) == pytest.approx(1) for parts in apportionment.lies_in(kind, layer).values()
    )
    # The greatest part first, of places and of areas alike.
    assert all(
        list(parts) == sorted(parts, key=lambda part: -part[1]) for parts in apportionment.lies_in(kind, layer).values()
    )
    whole = sums.total(kind, where=sums.lsoas())
    split = expected[expected < 1].index.get_level_values(0).unique()
    assert apportionment.divided(kind, layer) == pytest.approx(whole[split].sum() / whole.sum())
    people = sums.overlap(kind, layer, where=sums.lsoas())["weight"]
    for area, places in apportionment.made_of(kind, layer).items():
        residents = people.xs(area, level=layer)
        assert set(places) == set(residents.index) and residents[places[0]] == residents.max()


def test_an_lsoa_is_whole_and_what_lies_in_no_area_has_none():
    table = sums.lsoas().set_index("lsoa11")
    found = apportionment.lies_in("lsoa11", "acs17")
    assert len(found) == 32_844
    assert all(found[lsoa] == (((area, 1.0),) if area else ()) for lsoa, area in table["acs17"].items())
    assert apportionment.divided("lsoa11", "acs17") == 0
    inside = table[table["acs17"] != ""]["stp17"]
    assert apportionment.beyond("acs17", "stp17") == set(table[table["acs17"] == ""]["stp17"])
    assert set(apportionment.made_of("acs17", "stp17")) == set(inside)
    # Part of a CCG may lie in an area: its shares then say how much.
    shares = apportionment.lies_in("council17", "acs17")
    people = table.groupby("council17")["population"].sum()
    partly = table[table["acs17"] != ""].groupby("council17")["population"].sum() / people
    assert {code: fsum(share for _, share in parts) for code, parts in shares.items()} == pytest.approx(
        dict(partly.fillna(0))
    )


def test_kinds_and_layers_that_do_not_exist_are_refused():
    for kind, layer in (("postcode", "nowhere"), ("nowhere", "stp17")):
        with pytest.raises(UnknownNameError):
            apportionment.lies_in(kind, layer)
