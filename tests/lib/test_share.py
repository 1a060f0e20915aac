"""Views in words, and citations."""

import datetime

from lib import links
from lib.hosts import takeaway
from pages.compare.view import CompareView
from pages.coterminosity.view import CoterminosityView
from pages.council.view import CouncilView
from pages.footprint.view import FootprintView
from pages.map.view import MapView
from tests.citing import cited


def test_every_page_has_words():
    for page in links.PAGES.values():
        assert cited(page())


def test_words_name_what_was_chosen():
    assert cited(MapView()) == "map of the 44 STPs by rating, July 2017"
    chosen = MapView(stp="E54000015", colour="gap", region=("north", "london"), outline="ccg17")
    assert cited(chosen) == (
        "map of the 44 STPs by projected deficit per resident, 2020/21; NHS region: North or London; outlines of CCGs; "
        "chosen: Leicester, Leicestershire and Rutland"
    )
    assert cited(CoterminosityView(tolerance=2.5, area="E10000030", classes=("split",))) == (
        "Surrey: fit of councils with STPs, counted in residents, tolerance 2.5%; classes: split between STPs"
    )
    assert cited(FootprintView("E54000015")) == "Leicester, Leicestershire and Rutland"
    assert cited(CompareView("E54000041", "E54000037")) == "Dorset and Devon compared"
    assert cited(CouncilView("E10000012")) == "Essex, its STPs and CCGs"


def test_a_citation_has_a_place_for_the_link():
    said = takeaway.citation("map", "1.0.0+abc", datetime.date(2026, 11, 5))
    assert said == (
        "Footprints: map. Memberships of April 2017, residents of mid-2017 (ONS); data version 1.0.0+abc. "
        "{link} (seen 5 November 2026)."
    )
