"""The profile of an STP and comparisons, held against the fact tables."""

import re
from types import SimpleNamespace

import pytest

from geo import kept
from lib import catalogue, charts, measures
from lib.footprint import peers, profile
from lib.footprint.compare import compared
from tests.tables import source

LEICESTER, BOB = "E54000015", "E54000044"
BLACK_COUNTRY = ("E38000046", "E38000144", "E38000191", "E38000210")


@pytest.mark.parametrize("code", list(catalogue.footprints()))
def test_every_profile_adds_up(code):
    people = catalogue.stp_table()["population"][code]
    assert sum(row[1] for row in profile.ages(code)) == people
    assert sum(row[2] for row in profile.ages(code)) == pytest.approx(1)
    for table in (profile.ccgs(code), profile.later(code)):
        assert table["Residents"].sum() == people
        assert table["Share of the STP, %"].sum() == pytest.approx(100)
    assert profile.councils(code)["Residents inside"].sum() == people
    assert set(profile.ccgs(code)["Code"]) == {r["ccg17cd"] for r in source("ccg17") if r["stp17cd"] == code}
    assert len(profile.partners(code)) == sum(r["stp17cd"] == code for r in source("stp_partners"))
    assert len(profile.trusts(code)) == sum(r["stp17cd"] == code for r in source("acute_trusts"))
    assert code not in profile.neighbours(code) and profile.neighbours(code)
    assert f"{people:,} residents" in profile.membership(catalogue.footprints()[code])


def test_neighbours_of_leicestershire():
    names = catalogue.stp_table()["name"]
    assert {names[code] for code in profile.neighbours(LEICESTER)} == {
        *("Lincolnshire", "Nottinghamshire", "Northamptonshire", "Coventry and Warwickshire", "Derbyshire"),
        *("Cambridgeshire and Peterborough", "Staffordshire"),
    }


def test_council_shares_are_two_way():
    table = profile.councils(BOB).set_index("Council")
    # 6,003 residents of Oxfordshire's 682,444 belong to Bath, Swindon and Wiltshire's STP.
    assert table.loc["Oxfordshire", "Residents inside"] == 682_444 - 6_003
    assert table.loc["Oxfordshire", "Fit"] == "partly inside"
    assert table.loc["Reading", "Fit"] == "wholly inside"
    assert table.loc["Oxfordshire", "Share of the council, %"] == pytest.approx(99.12, abs=0.01)


def test_differences_between_list_and_geography_stand_with_the_stp():
    assert profile.list_differences("E54000046") == [
        "249,101 residents of County Durham (47.6% of it) live here; not listed."
    ]
    assert profile.list_differences(LEICESTER) == []


def test_a_council_that_is_only_on_the_list_is_named(monkeypatch):
    row = SimpleNamespace(tier="council", status="listed_only", name="Rutland")
    monkeypatch.setattr(profile, "council_lists", lambda code: (row,))
    assert kept.anew(profile.list_differences)(LEICESTER) == ["Rutland is listed, but none of its residents live here."]


@pytest.mark.parametrize(
    ("code", "leads"),
    [
        # In post before and after; named in 2017; carried forward from 2016; known from the workbook alone.
        (LEICESTER, ["Toby Sanders", "Toby Sanders", "Toby Sanders"]),
        (BOB, ["not established", "David Smith", None]),
        # Sources of 2018 only: a newsletter, minutes; a year before is not established.
        ("E54000026", ["not established", "not established", "Dr Anita Donley", "Dr Anita Donley"]),
        ("E54000045", ["not established", "not established", "Alan Foster", "Alan Foster"]),
        # A press release of January 2017.
        ("E54000011", ["not established", "Simon Wright", None]),
        ("E54000027", ["Dr Mohini Parmar", "not established", None]),
        ("E54000020", ["not established", "not established", "Angela Hillery"]),
    ],
)
def test_a_year_without_a_source_is_not_established(code, leads):
    when, who, _ = zip(*profile.lead_history(catalogue.footprints()[code]), strict=True)
    assert list(when) == ["2016", "2017", *(["2018"] if len(leads) == 4 else []), "April 2019"]
    for said, lead in zip(who, leads, strict=True):
        assert lead is None or said.startswith(lead)


def test_standing_ranks_the_greatest_first():
    found = {item.measure.key: item for item in profile.standing("E54000007")}
    assert found["population"].rank == 1  # Greater Manchester is the largest
    gaps = {item.measure.key: item for item in profile.standing("E54000017")}["gap"]
    assert gaps.rank is None and gaps.out_of == 41


def test_most_deprived_share_counts_deciles_1_and_2():
    rows = [row for row in source("lsoa") if row["ccg17cd"] in BLACK_COUNTRY]
    worst = sum(int(row["population"]) for row in rows if row["imd2015_decile"] in "12")
    share = worst / sum(int(row["population"]) for row in rows)
    assert profile.most_deprived_share("E54000016") == pytest.approx(share)
    assert 0.3 < share < 0.7


def test_peers_are_others_and_the_nearest_come_first():
    distances = peers.distances(LEICESTER)
    found = peers.peers(LEICESTER)
    assert len(found) == len(set(found)) == 6 and LEICESTER not in found
    assert found[:4] == list(distances.index[:4])
    region = catalogue.stp_table()["region"]
    assert all(region[code] == region[LEICESTER] for code in found[4:])
    # By hand for one measure: equal ranks in all seven would be distance 0.
    assert distances.min() > 0


@pytest.mark.parametrize("code", list(catalogue.footprints())[::5])
def test_peers_can_be_worked_out_from_the_ranks_that_a_page_prints(code):
    measured = [measures.MEASURES[key].title for key in peers.ALIKE_BY]
    ranks = {
        stp: {
            item.measure.title: int(re.match(r"rank (\d+) of 44", item.words)[1])
            for item in profile.standing(stp)
            if item.measure.title in measured
        }
        for stp in catalogue.footprints()
    }
    apart = {
        other: sum(abs(ranks[code][title] - ranks[other][title]) for title in measured) / len(measured)
        for other in ranks
        if other != code
    }
    assert peers.distances(code).to_dict() == pytest.approx(apart)
    worst = sorted(apart.values())[3]
    assert all(apart[other] <= worst for other in peers.peers(code)[:4])


def test_ties_are_said():
    # In 19 footprints no resident's council is split.
    shared = [
        item.words for stp in catalogue.footprints() for item in profile.standing(stp) if item.measure.key == "split"
    ]
    assert shared.count("rank 26 of 44, as 18 others") == 19
    people = [
        item.words
        for stp in catalogue.footprints()
        for item in profile.standing(stp)
        if item.measure.key == "population"
    ]
    assert sorted(people) == sorted(f"rank {n} of 44" for n in range(1, 45))


def test_differences_name_the_larger_the_older_and_the_shared_councils():
    said = " ".join(peers.differences("E54000026", "E54000023"))
    assert "They share 1 council: Essex." in said
    table = catalogue.stp_table()
    more = table["population"]["E54000026"] - table["population"]["E54000023"]
    assert f"Mid and South Essex has {more:,} more residents" in said
    assert peers.differences(LEICESTER, BOB)[0] == peers.differences(BOB, LEICESTER)[0]


def test_facts_stand_side_by_side():
    rows = {row.name: row for row in compared(peers.facts(LEICESTER), peers.facts(BOB))}
    assert rows["Rating, July 2017"].a == "Advanced (published)"
    assert rows["Rating, July 2017"].b == "Advanced (inferred)"
    assert rows["Councils wholly inside"].b == "3 of 5"


def test_strips_put_the_least_left_and_the_greatest_right():
    values = {"a": 10.0, "b": 20.0, "c": 15.0}
    words, names = {code: str(value) for code, value in values.items()}, {"a": "A", "b": "B", "c": "C"}
    figure = charts.dot_strips([charts.strip("Size", values, words, names)], ["c"])
    others, marked = figure["data"]
    assert dict(zip(others["text"], others["x"], strict=True)) == {"A<br>10.0": 0.0, "B<br>20.0": 1.0}
    assert marked["x"] == [0.5]
