"""Classes of measures, and their legend."""

from collections import Counter
from itertools import pairwise

import pytest

from lib import catalogue, measures, themes
from lib.facts import totals
from lib.shared_parameters import RATING_CLASSES
from pages.map.view import COLOURS
from tests.tables import source

ALL = list(catalogue.footprints())


def test_every_colour_of_the_links_is_a_measure():
    assert set(COLOURS) == set(measures.MEASURES)
    assert set(RATING_CLASSES) == {category.key for category in measures.RATING_CATEGORIES}


@pytest.mark.parametrize("measure", COLOURS)
def test_each_area_falls_into_one_class_of_the_legend(measure):
    entries = themes.legend(measures.theme(measure), ALL)
    assert sum(entry.count for entry in entries) == sum(entry.shown for entry in entries) == 44
    assert all(entry.count for entry in entries)
    assert len({entry.category.fill + entry.category.hatch for entry in entries}) == len(entries)


@pytest.mark.parametrize("measure", ["population", "deprivation", "ccgs", "councils", "gap"])
def test_classes_of_numbers_are_ordered_and_do_not_overlap(measure):
    classes, column = measures.theme(measure), catalogue.stp_table()[measure]
    members = [
        [code for code, key in classes.keys.items() if key == c.key] for c in classes.categories if c.key != "gap"
    ]
    ranges = [column[codes] for codes in members]
    for lower, upper in pairwise(ranges):
        assert lower.max() < upper.min()


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("measure", COLOURS)
def test_labels_can_be_read_on_their_fill(measure):
    for category in measures.theme(measure).categories:
        assert contrast(category.fill, category.ink) >= 4.5, category


def test_evidence_differs_by_stripes_and_by_label():
    published, inferred, missing = (measures.RATING_CATEGORIES[n] for n in (1, 2, 5))
    assert len({published.hatch, inferred.hatch, missing.hatch}) == 3
    assert len({published.mark, inferred.mark, missing.mark}) == 3


def test_published_totals_stand_beside_ours():
    found = totals.reconciliation("rating")
    assert [(label, total) for label, total, _ in found.rows] == [
        ("Outstanding", 5),
        ("Advanced", 20),
        ("Making progress", 14),
        ("Needs most improvement", 5),
    ]
    counts = Counter((row["rating"], row["evidence"]) for row in source("stp_ratings"))
    words = []
    for rating in ("outstanding", "advanced", "making_progress", "needs_most_improvement"):
        inferred = counts[rating, "inferred"]
        words.append(f"{counts[rating, 'published']} published" + (f", {inferred} inferred" if inferred else ""))
    assert [ours for _, _, ours in found.rows] == words
    leads = totals.reconciliation("lead")
    assert [(total, ours) for _, total, ours in leads.rows] == [(19, "18"), (15, "16"), (4, "4"), (6, "6")]
    assert totals.reconciliation("population") is None


def test_the_map_says_in_words_what_it_shows():
    said = themes.described(measures.theme("lead"), catalogue.passing({"region": ("london",)}))
    counts = catalogue.stp_table().query("region == 'london'")["lead"].value_counts()
    assert f"CCG: {counts['ccg']}" in said and f"Provider: {counts['provider']}" in said
    assert "5 areas of 44 pass the filters" in said


def test_the_legend_counts_what_passes():
    entries = themes.legend(measures.theme("lead"), set(catalogue.passing({"region": ("london",)})))
    assert sum(entry.count for entry in entries) == 44 and 0 < sum(entry.shown for entry in entries) < 44
