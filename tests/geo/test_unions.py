"""Areas of other years that are together exactly one area, held against the LSOAs and against history."""

from collections import defaultdict

import pytest

from geo import gazetteer, resolver, unions
from geo.areas import Area
from tests.tables import source

# From the orders of Parliament on structural changes of 2008, and from NHS England's list of mergers.
FORMER = {
    "E06000047": "Chester-le-Street, Derwentside, Durham, Easington, Sedgefield, Teesdale, Wear Valley",
    "E06000049": "Congleton, Crewe and Nantwich, Macclesfield",
    "E06000050": "Chester, Ellesmere Port and Neston, Vale Royal",
    "E06000051": "Bridgnorth, North Shropshire, Oswestry, Shrewsbury and Atcham, South Shropshire",
    "E06000052": "Caradon, Carrick, Kerrier, North Cornwall, Penwith, Restormel",
    "E06000054": "Kennet, North Wiltshire, Salisbury, West Wiltshire",
    "E06000056": "Mid Bedfordshire, South Bedfordshire",
    "E06000057": "Alnwick, Berwick-upon-Tweed, Blyth Valley, Castle Morpeth, Tynedale, Wansbeck",
}


def meant(*codes: str) -> list[Area]:
    return [resolver.find(code)[0] for code in codes]


def called(*names: str) -> list[Area]:
    ended = [area for area in gazetteer.areas() if area.before_2017]
    return [next(area for area in ended if area.name == name) for name in names]


@pytest.mark.parametrize("year", ["ccg18", "ccg19", "ccg20", "ccg21"])
def test_ccgs_make_up_those_stps_whose_lsoas_they_have(england, year):
    stp_of, ccgs_of = defaultdict(set), defaultdict(set)
    for row in england:
        stp_of[row[year]].add(row["stp17"])
        ccgs_of[row["stp17"]].add(row[year])
    expected = {stp: ccgs for stp, ccgs in ccgs_of.items() if all(len(stp_of[ccg]) == 1 for ccg in ccgs)}
    found = unions.exact("stp17", meant(*stp_of))
    assert {code: {area.code for area in parts} for code, parts in found.items()} == expected
    assert len(found) == {"ccg18": 44, "ccg19": 44}.get(year, len(found))


def test_a_part_that_is_missing_or_there_twice_leaves_no_union():
    cumbria = ["E06000063", "E06000064"]
    assert list(unions.exact("council17", meant(*cumbria))) == ["E10000006"]
    assert not unions.exact("council17", meant(*cumbria[:1]))
    # Carlisle is a part of Cumberland.
    assert not unions.exact("council17", meant(*cumbria, "E07000028"))
    # Bournemouth, Christchurch and Poole crosses the boundary of Dorset, but is in one STP.
    dorset = meant("E06000058", "E06000059")
    assert not unions.exact("council17", dorset)
    assert list(unions.exact("stp17", dorset)) == ["E54000041"]


@pytest.mark.parametrize(("code", "names"), FORMER.items(), ids=FORMER)
def test_all_districts_that_became_one_council_are_it_together(code, names):
    former = called(*names.split(", "))
    assert list(unions.exact("council17", former)) == [code]
    assert not unions.exact("council17", former[1:])
    listed = [row["name"] for row in source("other_areas") if row["members"] == code and row["relation"] == "lies_in"]
    assert listed == names.split(", ")


def test_all_ccgs_that_became_one_are_it_together_but_not_where_another_went_in_part():
    manchester = ["E38000032", "E38000123", "E38000158"]
    newcastle_gateshead = ["E38000061", "E38000111", "E38000112"]
    found = unions.exact("ccg17", meant(*manchester, *newcastle_gateshead))
    assert {code: {area.code for area in parts} for code, parts in found.items()} == {
        "E38000217": set(manchester),
        "E38000212": set(newcastle_gateshead),
    }
    # Morecambe Bay is Lancashire North and a part of Cumbria.
    assert not unions.exact("ccg17", meant("E38000093", "E38000041"))
