"""What was said: verdicts from the tables as they stand in their files, and from what other sources say."""

from collections import Counter
from dataclasses import replace

import pytest

from geo import sources
from lib import catalogue, links
from pages.claims import findings, register
from pages.claims.page import PAGE
from pages.claims.view import ClaimsView
from tests.tables import source

LEICESTER = "E54000015"


@pytest.fixture(scope="module")
def claims() -> dict[int, register.Claim]:
    return {claim.number: claim for claim in register.claims()}


def test_every_claim_that_is_no_opinion_stands_in_the_register(claims):
    kinds = Counter(row["kind"] for row in source("document_claims"))
    opinions = sum(kinds[kind] for kind in ("opinion", "question", "prediction"))
    assert tuple(register.documents()) == register.DOCUMENTS
    assert len(claims) == 256 - opinions and register.opinions() == opinions
    (table,) = PAGE.document(ClaimsView()).tables()
    assert sorted(row[5] for row in table.rows) == sorted(claims)
    computed = [claims[row[5]].computed for row in table.rows]
    assert computed == sorted(computed, reverse=True)
    assert all(claim.finding.endswith((".", ")", "…")) or claim.finding for claim in claims.values())


def test_verdicts_by_other_sources_are_those_of_the_table(claims):
    by_check = {"confirmed": "holds", "confirmed_in_part": "in_part", "contradicted": "does_not_hold"}
    for row in source("document_claims"):
        claim = claims.get(int(row["nr"]))
        if claim and not claim.computed:
            assert claim.verdict == by_check.get(row["check"], "open"), claim
            assert claim.source == row["check_source"]


def test_verdicts_by_figures_are_worked_out(claims):
    areas = sources.read("acs_areas")
    eight = areas[areas["kind"] == "acs"]
    whole, stps = int(eight["whole_stp"].sum()), eight["stp17cd"].nunique()
    assert (len(eight), whole, stps) == (8, 5, 7)
    assert claims[102].verdict == "does_not_hold" and "5 are whole STPs, 3 are parts" in claims[102].finding
    assert claims[223].verdict == "does_not_hold" and f"{44 - stps} STPs had no system" in claims[223].finding
    leads = Counter(row["lead_type"] for row in source("stp_leads"))
    for number, kind, printed in ((64, "provider", 19), (65, "ccg", 15), (66, "local_authority", 4)):
        assert claims[number].finding.startswith(f"{leads[kind]} of the 44")
        assert claims[number].verdict == ("holds" if leads[kind] == printed else "open")
    partners = sum(row["stp17cd"] == LEICESTER for row in source("stp_partners"))
    assert claims[256].verdict == "holds" and f"names {partners}." in claims[256].finding


def test_the_rank_in_emergency_care_is_counted_from_the_table(claims):
    shares = {
        row["ods_code"]: float(row["type1_share_within_four_hours"])
        for row in source("trust_ae_four_hour")
        if row["year"] == "2016/17" and row["type1_share_within_four_hours"]
    }
    below = sum(share < shares["RWE"] for share in shares.values())
    assert claims[239].verdict == "holds"
    assert f"number {below + 1} from the bottom of {len(shares)}" in claims[239].finding


def test_other_data_give_another_verdict(monkeypatch):
    known = catalogue.footprints()
    changed = {
        **known,
        LEICESTER: replace(known[LEICESTER], rating=replace(known[LEICESTER].rating, value="outstanding")),
    }
    assert findings.rating_of_leicester().verdict == "holds"
    monkeypatch.setattr(catalogue, "footprints", lambda: changed)
    assert findings.rating_of_leicester().verdict == "does_not_hold"


def test_filters_and_one_claim_live_in_the_link(claims):
    view, notices = links.parse(ClaimsView, {"verdict": ["does_not_hold"], "claim": ["102"]})
    assert (view, notices) == (ClaimsView(claim="102", verdict=("does_not_hold",)), [])
    document = PAGE.document(view)
    (table,) = document.tables()
    assert {row[5] for row in table.rows} == {n for n, claim in claims.items() if claim.verdict == "does_not_hold"}
    assert document.title == "Claim 102" and claims[102].finding in document.description
    _, notices = links.parse(ClaimsView, {"claim": ["9999"]})
    assert "9999" in notices[0]
    # Opinions are in no link.
    assert links.parse(ClaimsView, {"claim": ["13"]})[0] == ClaimsView()


def test_views_that_show_a_claim_are_understood(claims):
    from urllib.parse import parse_qs, urlsplit

    for claim in claims.values():
        if claim.link:
            address = urlsplit(claim.link)
            _, notices = links.parse(links.PAGES[address.path[1:]], parse_qs(address.query))
            assert notices == [], claim
