"""What the page of an STP says."""

from collections import Counter

import pytest

from lib import catalogue
from lib.content.blocks import Chart, Copyable, Facts, MapFigure, Table
from lib.content.formats import plain
from pages.footprint.page import PAGE
from pages.footprint.view import FootprintView
from tests.maps import href
from tests.tables import source

LEICESTER, NORTHUMBERLAND, LINCOLNSHIRE = "E54000015", "E54000006", "E54000013"

RESIDENTS: Counter[str] = Counter()
for row in source("lsoa"):
    RESIDENTS[row["ccg17cd"]] += int(row["population"])


def table(document, key: str) -> Table:
    return next(found for found in document.tables() if found.key == key)


@pytest.mark.parametrize("code", list(catalogue.footprints()))
def test_every_stp_is_answered_in_a_sentence_with_its_lead(code):
    document, stp = PAGE.document(FootprintView(code)), catalogue.footprints()[code]
    assert document.title == stp.name
    assert str(stp.lead.fact.value) in plain(document.lead)
    inside = {row["ccg17cd"] for row in source("ccg17") if row["stp17cd"] == code}
    residents = sum(RESIDENTS[ccg] for ccg in inside)
    assert f"{len(inside)} CCG" in plain(document.lead)
    assert sum(row[1] for row in table(document, "ccgs").rows) == residents
    assert sum(row[1] for row in table(document, "icbs").rows) == residents
    (report,) = document.all_of(Copyable)
    assert f"{residents:,} residents" in report.text
    assert str(stp.lead.fact.value).split()[-1] in report.text


def test_the_answer_says_what_is_known_of_a_rating_that_is_not_established():
    gaps = [code for code, stp in catalogue.footprints().items() if stp.rating.value is None]
    lead = plain(PAGE.document(FootprintView(gaps[0])).lead)
    assert lead.startswith("Rated advanced or making progress in July 2017, not known which.")
    assert plain(PAGE.document(FootprintView(LEICESTER)).lead).endswith("made of 3 whole councils.")


def test_the_map_opens_the_councils_that_are_on_it():
    (figure,) = PAGE.document(FootprintView(LEICESTER)).all_of(MapFigure)
    (areas,) = figure.map.areas
    links = {href(areas, piece) for piece, owner in areas.class_of.items() if owner.startswith("E")}
    assert links == {f"/council?council={code}" for code in ("E10000018", "E06000016", "E06000017")}
    assert plain(figure.caption).startswith("1 Leicestershire · 2 Leicester · 3 Rutland.")


def test_facts_carry_date_evidence_and_source():
    document = PAGE.document(FootprintView(LEICESTER))
    facts = {fact.key: fact for block in document.all_of(Facts) for fact in block.items}
    assert facts["rating"].as_of == "2017-07-21" and facts["rating"].evidence.label == "published"
    assert facts["rating"].source and facts["lead"].source and facts["gap"].source
    assert facts["gap"].value == 399.0
    inside = {row["ccg17cd"] for row in source("ccg17") if row["stp17cd"] == LEICESTER}
    assert facts["population"].value == sum(RESIDENTS[ccg] for ccg in inside)


def test_a_dot_of_the_strips_opens_the_footprint_that_it_stands_for():
    (chart,) = PAGE.document(FootprintView(LEICESTER)).all_of(Chart)
    codes = {point[0] for trace in chart.draw()["data"] for point in trace["customdata"]}
    assert codes == set(catalogue.footprints())
    assert chart.link == "/footprint?stp={code}"
    assert len(table(PAGE.document(FootprintView(LEICESTER)), "standing").rows) == 11


def test_shares_are_fractions_and_rows_open_councils():
    councils = table(PAGE.document(FootprintView(NORTHUMBERLAND)), "councils")
    assert all(0 < row[2] <= 1 and 0 < row[3] <= 1 for row in councils.rows)
    assert sum(row[3] for row in councils.rows) == pytest.approx(1)
    assert councils.links[0].startswith("/council?council=E")
