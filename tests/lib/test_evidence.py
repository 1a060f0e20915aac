"""The words for how sure a lead or a gap is, held against the dates and notes of the fact tables."""

import re

import pytest

from geo import lead_dates
from lib import catalogue, councils
from lib.text import dates_in_words
from tests.tables import source

LEADS = {row["stp17cd"]: row for row in source("stp_leads")}


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("2017-11-13", ["2017-11-13"]),
        ("2016; post to 2018-11", ["2016", "2018-11"]),
        ("2016 to c.2018", ["2016", "2018"]),
        ("2019-04 edition, compiled from 2017", []),
        ("2018-06; 2019-04 edition", ["2018-06"]),
        ("after 2017-07", ["2017-07"]),
        # The later date is meant: what lies between is not known.
        ("after 2017-12-04, about 2018-01", ["2018-01"]),
        ("page undated", []),
    ],
)
def test_dates_for_which_a_source_speaks(said, found):
    assert lead_dates.dates(said) == found


@pytest.mark.parametrize("code", LEADS)
def test_words_of_evidence_follow_from_the_dates(code):
    fact, row = catalogue.footprints()[code].lead.fact, LEADS[code]
    years = {
        int(year)
        for year in re.findall(r"20\d\d", re.sub(r"(after [\d-]+,|2019-04 edition).*?($| )", "", row["as_of"]))
    }
    said = f"{fact.evidence.label} {fact.evidence.meaning}"
    if fact.evidence.label == "named in 2017":
        assert min(years) <= 2017 <= max(years)
    if "before and after" in said:
        assert min(years) < 2017 < max(years)
    if "none of 2017" in said or "nothing" in said or fact.evidence.label == "named after 2017":
        assert min(years) > 2017
    for year in map(int, re.findall(r"source of (?:\d+ )?(?:[A-Z][a-z]+ )?(20\d\d)", said)):
        assert year in years or (" to " in row["as_of"] and min(years) < year < max(years))
    if row["evidence"] == "carried_forward_from_2016":
        same = row["lead_name"].split()[-1] in row["ods_2019_entry"]
        assert ("names this lead too" in said) == same and ("somebody else" in said) != same
    assert not re.search(r"\d{4}-\d\d", fact.spoken_for)


def test_mid_and_south_essex_shropshire_and_coventry():
    said = {code: catalogue.footprints()[code].lead.fact for code in ("E54000026", "E54000011", "E54000018")}
    assert said["E54000026"].spoken_for == "as of July 2018 to September 2019; named after 2017"
    assert said["E54000011"].spoken_for == "as of 12 January 2017; not confirmed later in 2017"
    assert "none of 2017" not in said["E54000018"].evidence.meaning
    # Southend-on-Sea and Thurrock lie in Mid and South Essex: no source says who led it in 2017.
    assert "was led by Dr Anita Donley" not in councils.report("E06000033")
    assert "Who led Mid and South Essex in 2017 is not established" in councils.report("E06000033")


def test_dates_in_words():
    assert dates_in_words("2016; post to 2018-11") == "2016; post to November 2018"
    assert dates_in_words("2017-09-25 to 2018-02-20") == "25 September 2017 to 20 February 2018"
    assert dates_in_words("2019-04 edition, compiled from 2017") == "the edition of April 2019, compiled from 2017"


def test_a_gap_says_no_more_than_its_source():
    for row in source("stp_financial_gaps"):
        said = catalogue.gap_words(catalogue.footprints()[row["stp17cd"]])
        assert ("cumulative" in said) == ("cumulative" in row["note"])
        assert ("cumulative" in said) + ("projected for" in said) == 1
        assert not ("cumulative" in said and "nothing" in said)
        assert ("does not say what it covers" in said) == ("not stated" in row["note"])
        assert "nothing were done" not in said or re.search("nothing|carry on|stay|without|unless", row["note"])
