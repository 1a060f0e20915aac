"""What the page of two STPs says."""

import random

import pytest

from lib import catalogue
from lib.content.blocks import Links, MapFigure
from lib.content.formats import plain
from pages.compare.page import PAGE
from pages.compare.view import CompareView

CODES = list(catalogue.footprints())
PAIRS = random.Random(44).sample([(a, b) for a in CODES for b in CODES if a != b], 30)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_pairs_are_compared_at_one_scale(a, b):
    document = PAGE.document(CompareView(a, b))
    names = [catalogue.footprints()[code].name for code in (a, b)]
    assert document.title == f"{names[0]} and {names[1]} compared"
    first, second = document.all_of(MapFigure)
    spans = [[one.map.extent[2] - one.map.extent[0], one.map.extent[3] - one.map.extent[1]] for one in (first, second)]
    # The same kilometres from south to north; a degree of longitude is shorter in the north.
    assert spans[0][1] == pytest.approx(spans[1][1], rel=0.05)
    assert first.map.scale_bar and second.map.scale_bar
    (table,) = (found for found in document.tables() if found.key == "side-by-side")
    assert [column.label for column in table.columns[1:3]] == names
    assert {row[3] for row in table.rows} <= {"yes", "no"}


def test_the_same_footprint_twice_or_one_missing_is_a_sentence():
    def said(a=None, b=None):
        return plain(PAGE.document(CompareView(a, b)).lead)

    assert said("E54000015", "E54000015").startswith("Both sides are the same footprint")
    assert said(None, "E54000015").startswith("Choose a second footprint")
    assert said().startswith("Choose two of the 44")


def test_one_click_swaps_the_sides_and_six_peers_are_offered():
    document = PAGE.document(CompareView("E54000015", "E54000014"))
    ways, *_ = document.all_of(Links)
    assert ways.items[0].href == "/compare?a=E54000014&b=E54000015"
    (peers,) = PAGE.document(CompareView("E54000015")).all_of(Links)
    assert len(peers.items) == 6
    assert all(item.href.startswith("/compare?a=E54000015&b=E5") for item in peers.items)
