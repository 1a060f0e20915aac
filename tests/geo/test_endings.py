"""When areas ended, held against the tables as they stand in their files."""

from datetime import date, timedelta

import pytest

from geo import blocks, endings
from tests.tables import source


def before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def test_councils_and_districts_end_when_their_successors_begin():
    rows = source("council_successions")
    came = {row["code"]: row["start"] for row in source("today_names") if row["layer"] == "lad24"}
    for row in rows:
        found = endings.end("lad17", row["lad17cd"])
        if row["lad24cd"] != row["lad17cd"]:
            # Two districts of Somerset had merged first.
            day = "2019-04-01" if row["lad17nm"] in ("Taunton Deane", "West Somerset") else row["date"]
            assert found == endings.End(before(day)), row
            assert row["date"] == came[row["lad24cd"]]
    counties = {row["council17cd"]: row for row in rows if row["council17cd"] != row["council24cd"]}
    last = {row["code"]: row["end"] for row in source("today_names") if row["layer"] in ("council24", "lad24")}
    for code in blocks.names("council17").index:
        found = endings.end("council17", code)
        if code in counties:
            days = {row["date"] for row in rows if row["council17cd"] == code and row["council24cd"] != code}
            assert found.day == before(min(days)) and not found.of_code
        else:
            assert (found.day if found else "") == last[code]


def test_a_code_that_ended_alone_is_told_from_a_body():
    ended = {row["code"]: row["end"] for row in source("today_names") if row["layer"] == "icb22" and row["end"]}
    found = {code: endings.end("icb22", code) for code in blocks.names("icb22").index}
    assert {code: one.day for code, one in found.items() if one} == ended
    # Surrey Heartlands and Sussex were recoded in 2023, Hampshire in 2026.
    assert {code for code, one in found.items() if one and one.of_code} == {"E54000052", "E54000053", "E54000042"}
    assert endings.end("council24", "E08000019").of_code and not endings.end("council24", "E10000030").of_code


@pytest.mark.parametrize("layer", ["stp17", "ccg17"])
def test_what_merged_before_2022_ended_on_the_day_of_the_list_or_on_none(layer):
    july = before("2022-07-01")
    merged = {row["ccg_ods_code"]: before(row["effective_date"]) for row in source("ccg_successions")}
    ods = {row["ccg17cd"]: row["ccg17cdh"] for row in source("ccg17")}
    for code in blocks.names(layer).index:
        found = endings.end(layer, code)
        if layer == "ccg17" and ods[code] in merged:
            assert found.day == merged[ods[code]], code
        elif layer == "ccg17":
            assert found == endings.End(july), code
        elif code in ("E54000045", "E54000046", "E54000047"):
            assert found == endings.End("", (2017, 2018))
        else:
            assert found == endings.End(july)


def test_of_accountable_care_systems_no_day_is_known_and_of_other_services_no_end():
    assert {endings.end("acs17", code) for code in blocks.names("acs17").index} == {endings.End()}
    for layer in ("icb26", "pfa17", "fra17", "cal17", "cauth25"):
        assert {endings.end(layer, code) for code in blocks.names(layer).index} == {None}
