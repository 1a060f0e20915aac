"""Classes, legend, figure and the memory of the chart."""

import json
from collections import Counter
from itertools import pairwise

import plotly.graph_objects as go
import pytest

from geo import manifest, paths
from lib import catalogue, maps, measures, panels, themes, views
from lib.map_widgets import Drawn
from tests.tables import source

ALL = list(catalogue.footprints())


def test_every_colour_of_the_links_is_a_measure():
    assert set(views.COLOURS) == set(measures.MEASURES)
    assert set(views.RATING_CLASSES) == {category.key for category in measures.RATING_CATEGORIES}


@pytest.mark.parametrize("measure", views.COLOURS)
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


@pytest.mark.parametrize("measure", views.COLOURS)
def test_labels_can_be_read_on_their_fill(measure):
    for category in measures.theme(measure).categories:
        assert contrast(category.fill, category.ink) >= 4.5, category


def test_evidence_differs_by_stripes_and_by_label():
    published, inferred, missing = (measures.RATING_CATEGORIES[n] for n in (1, 2, 5))
    assert len({published.hatch, inferred.hatch, missing.hatch}) == 3
    assert len({published.mark, inferred.mark, missing.mark}) == 3


def test_published_totals_stand_beside_ours():
    found = measures.reconciliation("rating")
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
    leads = measures.reconciliation("lead")
    assert [(total, ours) for _, total, ours in leads.rows] == [(19, "18"), (15, "16"), (4, "4"), (6, "6")]
    assert measures.reconciliation("population") is None


def test_a_figure_names_files_that_exist_and_areas_that_they_hold():
    figure = maps.national(measures.theme("rating"), ALL, "council17")
    for trace in figure.data:
        if trace.type == "choropleth":
            file = paths.ROOT / trace.geojson.removeprefix("/app/")
            held = {feature["id"] for feature in json.loads(file.read_text())["features"]}
            assert set(trace.locations) <= held


@pytest.mark.parametrize("measure", views.COLOURS)
def test_the_chart_library_knows_every_property_of_a_figure(measure):
    figure = maps.national(measures.theme(measure), ALL[5:], "council17", "E54000015")
    assert len(go.Figure(figure.to_dict()).data) == len(figure.data)


def test_filtered_areas_are_faded_not_removed():
    figure = maps.national(measures.theme("lead"), ["E54000015"])
    areas = figure.data[0]
    assert list(areas.locations) == ALL
    faded = [code for code, z in zip(areas.locations, areas.z, strict=True) if z == len(measures.LEAD_CATEGORIES)]
    assert set(faded) == set(ALL) - {"E54000015"}
    labels = [text for trace in figure.data if trace.type == "scattergeo" for text in trace.text]
    assert labels == ["C"]


def test_stripes_lie_on_what_is_inferred_or_not_established():
    figure = maps.national(measures.theme("rating"), ALL)
    striped = {
        kind: set(trace.locations)
        for kind in ("inferred", "gap")
        for trace in figure.data
        if trace.geo == "geo" and trace.type == "choropleth" and trace.geojson == manifest.static_url(f"hatch-{kind}")
    }
    classes = catalogue.stp_table()["rating"]
    assert striped["inferred"] == set(classes.index[classes == "advanced:inferred"])
    assert striped["gap"] == set(classes.index[classes == "not_established"])


def test_the_map_says_in_words_what_it_shows():
    said = themes.described(measures.theme("lead"), catalogue.passing({"region": ("london",)}))
    counts = catalogue.stp_table().query("region == 'london'")["lead"].value_counts()
    assert f"CCG: {counts['ccg']}" in said and f"Provider: {counts['provider']}" in said
    assert "5 areas of 44 pass the filters" in said


def test_the_legend_counts_what_passes():
    html = panels.legend_html(measures.theme("lead"), set(catalogue.passing({"region": ("london",)})))
    assert "of 18" in html and "<table" in html


def test_a_selection_names_its_area():
    assert maps.choice({"selection": {"points": [{"location": "E54000015"}]}}) == "E54000015"
    assert maps.choice({"selection": {"points": [{"x": 1.0, "customdata": ["E54000041"]}]}}) == "E54000041"
    assert maps.choice({"selection": {"points": []}}) is None
    assert maps.choice({"selection": {"points": [{"x": 1.0, "customdata": None}]}}) is None


def test_a_click_keeps_the_drawing_and_any_other_choice_renews_it():
    first = Drawn().shows(("rating",), None)
    clicked = first.clicked("E54000015")
    assert clicked.shows(("rating",), "E54000015") is clicked
    assert clicked.epoch == first.epoch and clicked.drawn is None
    by_box = clicked.shows(("rating",), "E54000016")
    assert by_box.epoch > clicked.epoch and by_box.drawn == "E54000016"
    recoloured = clicked.shows(("lead",), "E54000015")
    assert recoloured.epoch > clicked.epoch and recoloured.drawn == "E54000015"
    cleared = clicked.clicked(None)
    assert cleared.shows(("rating",), None).epoch > clicked.epoch
