"""What the page on the claims says: the verdict first, then dots, tables with numbers, counts that open footprints."""

import csv
import io
import math
import statistics
from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest

from lib import catalogue, links
from lib.conditions import crosstab, ratings
from lib.conditions.measures import MEASURES, values
from lib.content import data
from lib.content.blocks import Chart, Column, Link, Section, Table
from lib.content.document import Document
from lib.content.formats import plain, written
from pages.conditions import dots, shown, swarm
from pages.conditions.page import PAGE
from pages.conditions.view import ConditionsView
from tests.tables import source

DORSET, FRIMLEY = "E54000041", "E54000034"
LEADS = {row["stp17cd"]: row["lead_type"] for row in source("stp_leads")}
RATED = {row["stp17cd"]: (row["rating"], row["evidence"]) for row in source("stp_ratings")}


def table(document: Document, key: str) -> Table:
    return next(found for found in document.tables() if found.key == key)


def section(document: Document, key: str) -> Section | None:
    return next((found for found in document.all_of(Section) if found.key == key), None)


def chart(document: Document, key: str) -> Chart:
    return next(found for found in document.all_of(Chart) if found.key == key)


def test_the_verdict_comes_first_and_then_the_dots():
    document = PAGE.document(ConditionsView(measure="councils"))
    assert document.title == "Do the claims hold?"
    assert plain(document.lead).startswith(
        "In July 2017 better-rated footprints tended to have fewer councils."
    ) or plain(document.lead).startswith("The data do not show that better-rated footprints tended to have fewer")
    assert document.figure().key == "dots"
    said = " ".join(plain(block.words) for block in section(document, "claim").blocks)
    assert "more councils in 209 (57%), fewer councils in 114 (31%)" in said


def test_a_dot_chooses_its_footprint_and_the_chosen_one_is_marked():
    plainly, chosen = (
        PAGE.document(ConditionsView(measure="fit", ratings="four", stp=code)) for code in (None, FRIMLEY)
    )
    figure = chart(plainly, "dots")
    codes = {point[0] for trace in figure.draw()["data"] for point in trace.get("customdata", ())}
    assert codes == set(catalogue.footprints())
    asked = parse_qs(urlsplit(figure.link.replace("{code}", DORSET)).query)
    assert links.parse(ConditionsView, asked) == (ConditionsView(measure="fit", ratings="four", stp=DORSET), [])
    notes = [
        {note["text"] for note in chart(document, "dots").draw()["layout"]["annotations"]}
        for document in (plainly, chosen)
    ]
    assert "<b>Frimley Health</b>" in notes[1] - notes[0]
    assert len(chart(chosen, "dots").draw()["data"]) == len(figure.draw()["data"]) + 1
    assert section(plainly, "chosen") is None
    assert section(chosen, "chosen").title == "Frimley Health"
    assert table(chosen, "values").chosen == {FRIMLEY}


def test_caveats_count_the_evidence_as_the_table_of_ratings_does():
    grades = Counter(grade for _, grade in RATED.values())
    (caveats,) = section(PAGE.document(ConditionsView()), "caveats").blocks
    said = plain(caveats.items[2])
    assert f"{grades['published']} ratings are published area by area, {grades['inferred']} inferred" in said
    assert len(caveats.items) == 4


def test_values_are_numbers_in_the_unit_of_their_column_with_what_is_left_out_last():
    gaps = table(PAGE.document(ConditionsView(measure="gap")), "values")
    left_out = [row for row in gaps.rows if row[1] is None]
    assert len(gaps.rows) == 44
    assert len(left_out) == sum(row["comparable"] != "True" for row in source("stp_financial_gaps")) == 3
    assert {row[2] for row in left_out} == {"left out"}
    assert (gaps.columns[1].kind, gaps.columns[1].unit) == ("money", "gbp")
    split = table(PAGE.document(ConditionsView(measure="split")), "values")
    assert split.columns[1].kind == "share"
    found = values("split")
    assert {row[-1]: row[1] for row in split.rows} == {code: pytest.approx(found[code]) for code in found.index}
    ccgs = Counter(row["stp17cd"] for row in source("ccg17"))
    counted = table(PAGE.document(ConditionsView(measure="ccgs")), "values")
    assert counted.columns[1].kind == "count"
    assert {row[-1]: row[1] for row in counted.rows} == ccgs


@pytest.mark.parametrize("key", [key for key in MEASURES if key != "lead"])
def test_the_tests_are_numbers_that_the_words_agree_with(key):
    document = PAGE.document(ConditionsView(measure=key))
    three, four = table(document, "tests").rows
    assert (three[0], four[0]) == ("Three groups, fully published", "Four classes, published and inferred")
    claims = {row[0]: row for row in table(document, "claims").rows}
    assert three[1:5] == claims[MEASURES[key].title][3:7]
    assert three[3] < three[2] < three[4]
    ways = {row[0]: row for row in table(document, "ways").rows if len(table(document, "ways").rows) == 4}
    for row in (three, four) if ways else ():
        assert ways[row[0]][-2] == pytest.approx(row[2], abs=0.0005)
    words = f"{three[3]:.2f} to {three[4]:.2f}".replace("-", "−")
    if "compatible" in plain(document.lead):
        assert words.replace("−0.00", "0.00") in plain(document.lead)


def test_each_way_to_ask_is_a_row_with_shares_as_fractions():
    ways = table(PAGE.document(ConditionsView(measure="straddled")), "ways")
    assert [column.key for column in ways.columns] == [
        *("ratings", "measured", "counted_in", "tolerance", "footprints", "tau_b", "p")
    ]
    # 6 weights, 5 tolerances, 4 selections of ratings.
    assert len(ways.rows) == 6 * 5 * 4
    assert {row[3] for row in ways.rows} == {0.0, 0.01, 0.02, 0.05, 0.1}
    lead = table(PAGE.document(ConditionsView(measure="lead")), "ways")
    assert [column.key for column in lead.columns] == ["ratings", "measured", "footprints", "cramers_v", "p"]


def test_a_claim_opens_its_dots_and_keeps_the_other_choices():
    view = ConditionsView(ratings="four", stp=DORSET)
    document = PAGE.document(view)
    claims = table(document, "claims")
    opened = [links.parse(ConditionsView, parse_qs(urlsplit(way).query))[0] for way in claims.links]
    assert [one.measure for one in opened] == list(MEASURES)
    assert {(one.ratings, one.stp) for one in opened} == {("four", DORSET)}
    keys = {point[0] for trace in chart(document, "intervals").draw()["data"] for point in trace["customdata"]}
    assert keys == set(MEASURES) - {"lead"}


def test_a_count_opens_the_footprints_that_it_counts():
    document = PAGE.document(ConditionsView(measure="councils", stp=DORSET))
    counts = table(document, "counts")
    row = next(row for row in counts.rows if row[:2] == ("Independent", "All"))
    place = next(n for n, column in enumerate(counts.columns) if column.label == "Needs most improvement")
    inside = {
        code
        for code, kind in LEADS.items()
        if kind == "independent" and RATED[code] == ("needs_most_improvement", "published")
    }
    assert row[place].words == "3" and len(inside) == 3
    assert row[place].hint == "3 footprints: Independent; Needs most improvement"
    view, notices = links.parse(ConditionsView, parse_qs(urlsplit(row[place].href).query))
    assert notices == []
    assert view == ConditionsView(
        measure="councils", stp=DORSET, lead=("independent",), rating=("needs_most_improvement:published",)
    )
    opened = PAGE.document(view)
    assert section(opened, "opened").title == row[place].hint
    assert set(table(opened, "footprints").codes) == inside
    assert section(document, "opened") is None


@pytest.mark.parametrize("tolerance", [0.0, 5.0])
def test_every_count_is_the_number_of_footprints_that_its_link_leaves(tolerance):
    counts = table(PAGE.document(ConditionsView(tolerance=tolerance)), "counts")
    assert sum(isinstance(cell, Link) for row in counts.rows for cell in row) > 40
    for row in counts.rows:
        for cell in row[2:]:
            if cell == 0:
                continue
            view = links.parse(ConditionsView, parse_qs(urlsplit(cell.href).query))[0]
            filters = {name: getattr(view, name) for name in ("lead", "fit", "rating")}
            assert len(crosstab.passing("population", tolerance, filters)) == int(cell.words)


def test_counts_are_numbers_in_files_though_they_are_links_on_the_page():
    document = PAGE.document(ConditionsView())
    counts = next(one for one in data.contents(document)["tables"] if one["name"] == "counts")
    by_lead = Counter(LEADS.values())
    assert [row[-1] for row in counts["rows"] if row[1] == "All"] == [
        *(by_lead[kind] for kind in catalogue.LEAD_TYPES),
        44,
    ]
    heads, *rows = csv.reader(io.StringIO(data.csv(table(document, "counts"), mark=False).decode()))
    assert heads[:3] == ["lead_type", "fit", "outstanding_published"]
    assert rows[-5 if rows[-5][1] == "All" else 0][0]
    listed = table(document, "lead-fit-rating")
    assert sum(row[3] for row in listed.rows) == 44


def test_filters_that_nothing_passes_say_so_and_can_be_taken_back():
    empty = next(
        (lead, fit)
        for lead in catalogue.LEAD_TYPES
        for fit in crosstab.FITS
        if not crosstab.passing("population", 0.0, {"lead": (lead,), "fit": (fit,)})
    )
    view = ConditionsView(measure="gap", lead=empty[:1], fit=empty[1:])
    first, way = section(PAGE.document(view), "leads").blocks[:2]
    assert plain(first.words) == "No footprint passes all filters together."
    assert way.items[0].href == links.link(ConditionsView(measure="gap"))


def test_p_values_do_not_become_nought():
    p = next(column for column in table(PAGE.document(ConditionsView()), "tests").columns if column.key == "p")
    assert written(0.0004, p) == "0.0004"
    assert isinstance(p, Column)


def test_dots_never_lie_on_each_other_and_lanes_stay_near_the_middle():
    places = [10.0, 12.0, 14.0, 50.0, 11.0, 30.0]
    found = swarm.lanes(places, 10)
    spots = list(zip(places, found, strict=True))
    assert all(lane != other or abs(x - y) >= 10 for n, (x, lane) in enumerate(spots) for y, other in spots[n + 1 :])
    assert sorted(found) == [-1, 0, 0, 0, 1, 2]
    assert swarm.levels([0, 10, 100], [40, 40, 40]) == [0, 1, 0]
    assert swarm.packed(3, 2) == [(-0.5, 0), (0.5, 0), (0.0, 1)]


@pytest.mark.parametrize("scheme", ratings.SHOWN)
@pytest.mark.parametrize("key", MEASURES)
def test_every_footprint_is_a_dot_with_its_code_on_a_place_of_its_own(key, scheme):
    asked = (key, scheme, "population", 0.0)
    axis, points, rows = shown.axis(key, "population", 0.0), shown.dots(*asked), shown.rows(*asked)
    figure = dots.dots(shown.laid_out(*asked), axis)
    drawn = [
        (code[0], x, y)
        for trace in figure.data
        if trace.customdata is not None
        for code, x, y in zip(trace.customdata, trace.x, trace.y, strict=True)
    ]
    assert sorted(code for code, _, _ in drawn) == sorted(values(key).dropna().index)
    low, high = figure.layout.xaxis.range
    pixels = [((x - low) / (high - low) * 700, y) for _, x, y in drawn]
    for n, (x, y) in enumerate(pixels):
        assert all(math.hypot(x - other, y - up) >= 16 for other, up in pixels[n + 1 :])
    # The medians, from the raw values of each row.
    for number, row in enumerate(rows):
        inside = [dot.value for dot in points if dot.row == number]
        if row.median is not None:
            assert row.median == pytest.approx(statistics.median(inside))
    assert all(row.title in shown.alt(*asked) for row in rows if row.median is not None)


@pytest.mark.parametrize("key", MEASURES)
def test_charts_are_as_high_as_they_are_drawn(key):
    for scheme, stp in (("three", None), ("four", FRIMLEY)):
        made = PAGE.document(ConditionsView(measure=key, ratings=scheme, stp=stp)).all_of(Chart)
        assert [one.key for one in made] == ["dots", "intervals", "ways"]
        assert [one.height for one in made] == [round(one.draw()["layout"]["height"]) for one in made]


def test_the_chart_does_not_depend_on_the_choice_but_for_the_ring():
    asked = ("population", "three", "population", 0.0)
    made = [
        dots.dots(shown.laid_out(*asked), shown.axis("population", "population", 0.0), marked)
        for marked in (None, "E54000041")
    ]
    assert len(made[1].data) == len(made[0].data) + 1
    named = [{note.text for note in figure.layout.annotations} for figure in made]
    assert named[1] - named[0] == {"<b>Dorset</b>"}
