"""A sample of comparisons is drawn without an exception."""

import random

import pytest

from lib import catalogue
from tests.app.test_pages import opened, words

CODES = list(catalogue.footprints())
PAIRS = random.Random(44).sample([(a, b) for a in CODES for b in CODES if a != b], 30)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_pairs_are_compared(a, b):
    test = opened("compare", a=a, b=b)
    assert not test.exception
    headings = [element.value for element in test.header]
    assert catalogue.footprints()[a].name in headings and catalogue.footprints()[b].name in headings


def test_the_same_footprint_twice_or_one_missing_is_a_sentence():
    assert "Both sides are the same footprint" in words(opened("compare", a="QK1", b="15"))
    assert "Choose a second footprint" in words(opened("compare", b="QK1"))
    assert "Choose two of the 44" in words(opened("compare"))


def test_swapping_changes_sides():
    test = opened("compare", a="E54000015", b="E54000014")
    test.button[0].click().run()
    assert dict(test.query_params) == {"a": "E54000014", "b": "E54000015"}
