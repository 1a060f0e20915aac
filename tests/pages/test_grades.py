"""Figures that rest on a layer that is derived or a best fit stand beside the sentence on it: among own numbers too."""

import pytest

from geo import blocks
from lib.content.blocks import Prose
from lib.own_numbers import examples
from pages.your_numbers.file import File, Given
from pages.your_numbers.page import document
from pages.your_numbers.reader import columns, match, read, value_columns
from pages.your_numbers.view import YourNumbersView


def given() -> Given:
    content = examples.example()
    table = read.read(content)
    found = columns.find(table, None)
    matched = match.match(table, found.layer, found.column, value_columns.likely(table, found.column, found.layer))
    return Given(File("example.csv", content, "1"), table, found, matched)


@pytest.mark.parametrize("partner", ["pcon24", "pcon10", "icb26", "council24", "auto"])
def test_own_numbers_by_fit_with_a_layer_say_how_it_is_known(partner):
    shown = document(YourNumbersView(partner=partner), given())
    # The method speaks of best fits in any case; it is more than words.
    said = [prose.words for prose in shown.all_of(Prose) if isinstance(prose.words, str)]
    graded = partner in ("pcon24", "pcon10", "icb26")
    assert len([one for one in said if "best fit" in one or "not an ONS lookup" in one]) == graded
    if graded:
        (grade,) = blocks.notes([partner])
        assert grade in said
