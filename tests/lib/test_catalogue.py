"""Facts and names, held against the fact tables and counts made by hand."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from geo import blocks
from lib import catalogue
from lib.catalogue import footprints, passing, resolve, stp_table
from tests.tables import source


def test_the_44_stand_in_the_order_of_their_numbers():
    assert [stp.number for stp in footprints().values()] == list(range(1, 45))


def test_counts_of_ratings_and_leads_are_those_of_the_sources():
    grades = Counter(stp.rating.grade for stp in footprints().values())
    assert grades == Counter(row["evidence"] for row in source("stp_ratings"))
    leads = Counter(stp.lead.kind for stp in footprints().values())
    assert leads == Counter(row["lead_type"] for row in source("stp_leads"))


def test_the_figures_of_the_readme_are_those_of_the_tables():
    said = " ".join(Path("README.md").read_text(encoding="utf-8").split())
    grades = Counter(row["evidence"] for row in source("stp_ratings"))
    published, inferred, missing = (grades[name] for name in ("published", "inferred", "not_established"))
    assert f"Of the 44 ratings {published} are published, {inferred} inferred and {missing} not established." in said
    people = [int(row["population"]) for row in source("lsoa")]
    assert f"England's {len(people):,} LSOAs, small areas of {min(people):,} to {max(people):,} residents" in said


def test_every_established_fact_has_a_source_and_a_date():
    for stp in footprints().values():
        assert stp.lead.fact.source and stp.lead.fact.as_of and stp.gap.source
        assert (stp.rating.value is None) == (stp.rating.grade == "not_established")
        assert stp.rating.value is None or stp.rating.source


def test_acs_status_is_that_of_june_2017():
    # Five whole STPs, three parts of two others, two devolution areas.
    status = stp_table()["acs"]
    assert set(status.index[status == "whole"]) == {f"E540000{n}" for n in ("09", "14", "24", "34", "41")}
    assert set(status.index[status == "part"]) == {"E54000044", "E54000048"}
    assert set(status.index[status == "devolution"]) == {"E54000007", "E54000035"}


def test_values_of_an_stp_are_sums_over_its_lsoas():
    """Leicester, Leicestershire and Rutland, added up line by line from the LSOA table."""
    ccgs = {row["ccg17cd"] for row in source("ccg17") if row["stp17cd"] == "E54000015"}
    sums: dict[str, float] = defaultdict(float)
    councils = {row["lad17cd"]: row["council17cd"] for row in source("lad17")}
    inside = set()
    for row in source("lsoa"):
        if row["ccg17cd"] in ccgs:
            people = int(row["population"])
            sums["people"] += people
            sums["old"] += int(row["population_65_plus"])
            sums["score"] += people * float(row["imd2015_score"])
            inside.add(councils[row["lad17cd"]])
    values = stp_table().loc["E54000015"]
    assert values["population"] == sums["people"] == 1_083_226
    assert values["share_65_plus"] == pytest.approx(sums["old"] / sums["people"])
    assert values["deprivation"] == pytest.approx(sums["score"] / sums["people"])
    assert (values["ccgs"], values["councils"]) == (3, 3) == (len(ccgs), len(inside))
    # 399 million over 1,083,226 residents.
    assert values["gap"] == pytest.approx(368.34, abs=0.01)
    # Leicestershire, Leicester and Rutland measure 2,084, 73 and 382 km2 (ONS Standard Area Measurements).
    assert values["density"] == pytest.approx(1_083_226 / 2_539, rel=0.01)


def test_gaps_that_are_not_comparable_are_gaps():
    missing = stp_table()["gap"]
    assert list(missing.index[missing.isna()]) == ["E54000017", "E54000035", "E54000038"]


def test_the_population_of_england_is_complete():
    assert stp_table()["population"].sum() == 55_619_430


def test_filters_combine():
    assert len(passing({})) == len(passing({"lead": ()})) == 44
    both = passing({"lead": ("ccg",), "region": ("london",)})
    assert both == [stp.code for stp in footprints().values() if stp.lead.kind == "ccg" and stp.region == "London"]
    assert 0 < len(both) < len(passing({"lead": ("ccg",)})) == 16
    assert passing({"lead": ("independent",), "acs": ("whole",)}) == []


@pytest.mark.parametrize("layer", ["stp17", "ccg17", "council17", "lad17", "icb22", "acs17"])
def test_every_area_answers_to_its_code_and_its_name(layer):
    names = blocks.names(layer)
    for code, name in names.items():
        assert resolve(layer, code) == resolve(layer, code.lower()) == code
        assert resolve(layer, name) == code


def test_ccgs_answer_to_ods_codes_and_plain_names():
    assert (
        resolve("ccg17", "02q") == resolve("ccg17", "Bassetlaw") == resolve("ccg17", "nhs-bassetlaw-ccg") == "E38000008"
    )


@pytest.mark.parametrize("said", ["", "0", "45", "E38000008", "'; drop table", "\x00", "é" * 5000])
def test_what_names_nothing_gives_nothing(said):
    assert resolve("stp17", said) is None


def test_old_codes_are_no_codes_of_2017():
    assert not set(catalogue.OLD_STP_CODES) & set(footprints())
    assert set(catalogue.OLD_STP_CODES.values()) <= set(footprints())
