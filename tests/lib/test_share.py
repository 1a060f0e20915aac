"""Views in words, and citations."""

import datetime

from lib import in_words, links
from lib.hosts import takeaway
from lib.views import CompareView, CoterminosityView, CouncilView, FootprintView, MapView


def test_every_page_has_words_and_a_title():
    for page in links.PAGES.values():
        assert in_words.described(page())
        assert in_words.title(page()).endswith(" - Footprints")


def test_words_name_what_was_chosen():
    assert in_words.described(MapView()) == "map of the 44 STPs by rating, July 2017"
    chosen = MapView(stp="E54000015", colour="gap", region=("north", "london"), outline="ccg17")
    assert in_words.described(chosen) == (
        "map of the 44 STPs by projected financial gap per head; NHS region: North or London; outlines of CCGs; "
        "chosen: Leicester, Leicestershire and Rutland"
    )
    assert in_words.described(CoterminosityView(tolerance=2.5, area="E10000030", classes=("split",))) == (
        "Surrey: fit of councils with STPs, counted in residents, tolerance 2.5%; classes: split between STPs"
    )
    assert in_words.title(FootprintView("E54000015")) == "Leicester, Leicestershire and Rutland - Footprints"
    assert in_words.title(CompareView("E54000041", "E54000037")) == "Dorset and Devon compared - Footprints"
    assert in_words.described(CouncilView("E10000012")) == "Essex, its STPs and CCGs"


def test_a_citation_has_a_place_for_the_link():
    said = takeaway.citation("map", "1.0.0+abc", datetime.date(2026, 11, 5))
    assert said == (
        "Footprints: map. Memberships of April 2017, residents of mid-2017 (ONS); data version 1.0.0+abc. "
        "{link} (seen 5 November 2026)."
    )
