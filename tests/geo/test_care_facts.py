"""What is told of vanguards, pioneers, systems and A&E meets its totals, and a slip is found by file and row."""

import re
from collections import Counter

import pytest

from geo import sources
from geo.build import care_facts
from tests.tables import source

COUNTS = ("attendances", "within_four_hours", "type1_attendances", "type1_within_four_hours")


def test_the_tables_hold():
    assert list(care_facts.problems(sources.read)) == []


def test_as_many_as_were_chosen_and_published():
    types = Counter(row["type"] for row in source("vanguards"))
    assert (types["pacs"], types["mcp"], types["enhanced_health_in_care_homes"]) == (9, 14, 6)
    assert (types["urgent_and_emergency_care"], types["acute_care_collaboration"]) == (8, 13)
    assert Counter(row["wave"] for row in source("pioneers")) == {"1": 14, "2": 11}
    assert sum(bool(row["ccg17cds"]) for row in source("vanguards")) == 28
    assert sum(bool(row["stp17cds"]) for row in source("vanguards")) == 45
    # Of several steps of an STP the later one stands below.
    later = {row["stp17cd"]: row["area"] for row in source("ics_waves") if row["covers_whole_stp"] == "True"}
    assert len(later) == 44 and len(set(later.values())) == 42


@pytest.mark.parametrize(
    ("year", "attendances", "share"), [("2016/17", 23_362_301, 0.891), ("2017/18", 23_830_120, 0.883)]
)
def test_trusts_and_others_make_englands_attendances(year, attendances, share):
    tables = [
        [row for row in source(name) if row["year"] == year] for name in ("trust_ae_four_hour", "ae_not_assigned")
    ]
    total, within = (sum(int(row[column]) for rows in tables for row in rows) for column in COUNTS[:2])
    assert total == attendances and round(within / total, 3) == share
    stps = [row for row in source("stp_ae_four_hour") if row["year"] == year]
    for column in COUNTS:
        assert sum(int(row[column]) for row in stps) == sum(int(row[column]) for row in tables[0])
    # Major departments are those of acute trusts alone.
    assert {row["type1_attendances"] for row in tables[1]} == {"0"}


SLIPS = {
    "CCG of another STP": ("vanguards", 0, "ccg17cds", "E38000001", r"vanguards\.csv, row 2"),
    "STP that no table has": ("pioneers", 1, "stp17cds", "E54000099", r"pioneers\.csv, row 3: no table has E54000099"),
    "step that is whole and a part": ("ics_waves", 1, "covers_whole_stp", True, r"ics_waves\.csv, row 3: a part"),
    "STP by another name": ("capital_2017", 0, "stp17nm", "Manchester", r"capital_2017\.csv, row 2: E54000007 is"),
    "trust in another STP": (
        "trust_ae_four_hour",
        0,
        "stp17cd",
        "E54000005",
        r"row 2: acute_trusts\.csv has E54000007",
    ),
    "sum that the trusts do not make": (
        *("stp_ae_four_hour", 0, "attendances", 1),
        r"stp_ae_four_hour\.csv, E54000046 in 2016/17, column attendances: the trusts make 723,318",
    ),
    "total that the tables do not make": (
        *("ae_control", 0, "within_four_hours", 1),
        r"ae_control\.csv, row 2, column within_four_hours: the tables make 20,821,861",
    ),
    "share that the counts do not make": (
        *("ae_not_assigned", 0, "share_within_four_hours", 0.9),
        r"ae_not_assigned\.csv, row 2, column share_within_four_hours: the counts make 0\.9940",
    ),
}


@pytest.mark.parametrize("case", SLIPS)
def test_a_slip_is_named_with_its_place(case):
    table, row, column, value, says = SLIPS[case]

    def read(name):
        facts = sources.read(name)
        if name == table:
            facts = facts.copy()
            facts.loc[row, column] = value
        return facts

    found = list(care_facts.problems(read))
    assert any(re.search(says, line) for line in found), found
