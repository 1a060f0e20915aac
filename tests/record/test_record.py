"""The record and what holds pages against it: made-up pages that say the same, and some that do not."""

import copy
import csv

import pytest

from lib.content import blocks
from lib.content.document import Document
from lib.evidence import Grade
from lib.figures.maps import Areas, Map
from lib.themes import Category, LegendEntry
from pages import PAGES
from tests.record import compare, documents, held, record, store, words
from tests.tables import source

SURREY, KENT = "E10000030", "E10000016"
OLD = {
    "headings": [[1, "Whom to deal with"], [2, "Councils"]],
    "sentences": ["Surrey has 1,180,000 residents; 63.7% of them are in Frimley Health.", "Lead", "Sir Andrew Morris"],
    "facts": [["Gap per head", "£368", "Of 2020/21."], ["Gap", "£399 million", ""]],
    "tables": [
        {
            "heads": ["Council", "Residents inside", "Share of the STP, %", "Fit"],
            "rows": [["Surrey", 690212, 63.7182, "in 3 STPs"], ["Kent", 39474, 100.0, None]],
            "formats": {"Residents inside": "localized", "Share of the STP, %": "%.1f"},
        },
        {"caption": "Rating", "heads": ["Mark", "Meaning", "STPs"], "rows": [["#003087 1", "Outstanding", "5"]]},
    ],
    "maps": [
        {
            "alt": "Map of 2 councils.",
            "areas": [[SURREY, "Surrey | in 3 STPs; 63.7% inside", "#111"], [KENT, "Kent | 100.0% inside", "#222"]],
            "points": [],
            "labels": {},
        }
    ],
    "charts": [
        {
            "alt": "2 dots.",
            "axes": {},
            "notes": [],
            "series": [{"type": "scatter", "columns": ["x", "words"], "rows": [[0.25, "Surrey | 63.7%"]]}],
        }
    ],
}


def document(share: float = 0.637182, fill: str = "#abc", fit: str = "in 3 STPs", dot: str = "63.7%") -> Document:
    """Return a document that says what `OLD` says, in other words, forms and colours."""
    columns = (
        blocks.Column("name", "Council"),
        blocks.Column("residents", "Residents inside", "count"),
        blocks.Column("share", "Share of the STP", "share"),
        blocks.Column("fit", "Fit"),
    )
    rows = ((blocks.Link("Surrey", "/council"), 690212, share, fit), ("Kent", 39474, 1.0, None))
    one, two = Category("a", "Outstanding", fill, "#fff", mark="1"), Category("b", "Split", "#def", "#fff")
    areas = Areas(
        "council17",
        (one, two),
        {SURREY: "a", KENT: "b"},
        {SURREY: "Surrey", KENT: "Kent"},
        {SURREY: f"{fit}\n63.7% inside", KENT: "100.0% inside"},
    )
    figure = {"data": [{"x": [0.25], "y": [0], "text": [f"<b>Surrey</b><br>{dot}"]}], "layout": {}}
    return Document(
        title="Whom to deal with",
        description="",
        lead=("63.7 % of ", blocks.Strong("Surrey's"), " 1,180,000 residents are in Frimley Health."),
        blocks=(
            blocks.Facts(
                (
                    blocks.Fact("lead", "Lead", "Sir Andrew Morris", evidence=Grade("named in 2017", "")),
                    blocks.Fact("gap", "Gap per head", 368.2, "money", "gbp", note="Of 2020/21."),
                    blocks.Fact("total", "Gap", 399, "money", "gbp_million"),
                )
            ),
            blocks.Section("Councils", (blocks.Table("councils", "", columns, rows),)),
            blocks.MapFigure(
                "map", Map("", "Map of 2 councils.", (areas,)), (LegendEntry(one, 5, 5),), "Rating", "STPs"
            ),
            blocks.Chart("dots", lambda: figure, "2 dots.", 100),
        ),
    )


def differ(now: Document | dict, old: dict = OLD) -> list[tuple[str, str]]:
    told = documents.read(now) if isinstance(now, Document) else now
    return [(one.what, one.old) for one in compare.differences("/x", old, told)]


def changed(**parts) -> dict:
    return copy.deepcopy(OLD) | parts


@pytest.mark.parametrize(
    ("then", "now", "same"),
    [
        ("37.4%", "37.4 %", True),
        ("37.4%", "37.40 per cent", True),
        ("37.4%", "37%", False),
        ("37.4%", "37.5%", False),
        ("1,083,226", "1083226", True),
        ("£399 million", "£399,000,000", True),
        ("−1.5 points", "-1.5", True),
        ("−1.5 points", "1.5", False),
        ("mid-2017", "2017", True),
        ("19.1", "19", False),
    ],
)
def test_a_figure_is_the_same_in_any_form(then, now, same):
    (wanted,), (given,) = words.figures(then), words.figures(now)
    assert wanted.is_met_by(given) == same


def test_a_share_is_met_by_the_fraction_that_it_was_rounded_from():
    (wanted,) = words.figures("37.4%")
    assert wanted.is_met_by(words.number(0.37412, 9)) and not wanted.is_met_by(words.number(0.3756, 9))
    assert words.figures("E54000015 and QK1 are codes") == ()


def test_a_date_is_the_same_in_words():
    assert words.key("2016-09; to 2018-01-05") == words.key("September 2016; to 5 January 2018")
    assert words.figures("as of 2016-09") == words.figures("as of September 2016") != words.figures("in 2016-17")


def test_words_are_what_is_left_of_markup():
    said = '**[Surrey](council?council=E10000030 "a")** \\(1\\.5%\\), see  \n`moves`\n\n- one\n- <b>two</b>'
    assert words.sentences(said) == ["Surrey (1.5%), see moves", "one", "two"]
    assert words.links(said) == [("Surrey", "council?council=E10000030")]
    rows = "<tr><th>D</th></tr><tr><td>1</td></tr>"
    table = words.from_html(f"<p>A <b>b</b></p><table><caption>C</caption>{rows}</table>")
    assert table.sentences == ["A b"] and table.tables == [{"caption": "C", "heads": ["D"], "rows": [["1"]]}]


def test_the_same_in_other_words_and_forms_is_no_difference():
    assert differ(document()) == []
    assert differ(OLD) == []


def test_what_a_document_says_otherwise_is_named():
    assert differ(document(share=0.641)) == [("cell: Council / Share of the STP, %", "Surrey: 63.7182")]
    assert differ(document(fit="in 2 STPs")) == [
        ("cell: Council / Fit", "Surrey: in 3 STPs"),
        ("area", f"{SURREY}: Surrey | in 3 STPs; 63.7% inside"),
    ]
    assert differ(document(dot="63.9%")) == [("point", "0.25 | Surrey | 63.7%")]
    # Two classes of one colour cannot be told apart.
    assert {what for what, _ in differ(document(fill="#def"))} == {"class"}


def test_what_is_missing_is_named():
    assert ("figure", "0.637 in: 63.7% of 8") in differ({"sentences": ["8"]}, {"sentences": ["63.7% of 8"]})
    assert differ({"sentences": ["It has 8."]}, {"sentences": ["It has 9."]}) == [("sentence", "It has 9.")]
    # The figure stands elsewhere, but the sentence no longer says it.
    assert differ({"sentences": ["It has 8.", "9"]}, {"sentences": ["It has 9."]}) == [("sentence", "It has 9.")]
    assert ("name", "morris in: Sir Andrew Morris") in differ(changed(sentences=OLD["sentences"][:1]))
    one_row = [{**OLD["tables"][0], "rows": OLD["tables"][0]["rows"][:1]}, OLD["tables"][1]]
    assert [what for what, _ in differ(changed(tables=one_row))] == ["row: Council"]
    assert {what for what, _ in differ(changed(maps=[{**OLD["maps"][0], "areas": OLD["maps"][0]["areas"][:1]}]))} == {
        "area"
    }


def test_a_table_may_become_sentences_that_say_as_much():
    old = {"tables": [{"heads": ["Measure", "Here"], "rows": [["Population", "1,083,226 (rank 24 of 44)"]]}]}
    assert differ({"sentences": ["Population: 1,083,226, rank 24 of 44."]}, old) == []
    assert differ({"sentences": ["Population: 1,083,227, rank 24 of 44."]}, old) == [
        ("row: Measure", "Population | 1,083,226 (rank 24 of 44)")
    ]


def test_a_difference_that_is_meant_is_named_in_the_list():
    found = compare.differences("/council?council=E1", {"sentences": ["It has 9."]}, {"sentences": ["It has 8."]})
    line = {"view": "/council?council=*", "what": "sentence", "old": "It has 9*", "new": "", "reason": "counted anew"}
    assert compare.unexplained(found, [line]) == []
    assert compare.unexplained(found, [{**line, "view": "/acs*"}]) == found
    assert compare.unexplained(found, [{**line, "new": "It has 7."}]) == found


def test_every_meant_difference_has_a_reason():
    assert all(line["reason"] and line["old"] for line in compare.explained())


def test_the_record_has_every_page_and_area():
    views = store.everything()
    assert list(views) and set(views) == {record.name(row) for row in record.listed()}
    assert len(views) > 120
    for row in source("stp17"):
        told = views[f"/footprint?stp={row['stp17cd']}"]
        assert told["share"]["link"] == f"/footprint?stp={row['stp17cd']}"
        assert len(told["tables"]) >= 6 and told["maps"] and told["charts"] and told["files"]
    assert all(view["counts"]["elements"] > 5 and view["headings"] for view in views.values())


def test_recorded_residents_are_those_of_the_lsoas():
    leicester = sum(int(row["population"]) for row in source("lsoa") if row["lad17cd"] == "E06000016")
    tables = store.read(store.PAGES / "footprint.json")["/footprint?stp=E54000015"]["tables"]
    (councils,) = (table for table in tables if table["heads"][0] == "Council")
    assert ["Leicester", leicester] in [row[:2] for row in councils["rows"]]


def test_files_are_kept_as_they_were():
    told = store.read(store.PAGES / "council.json")[f"/council?council={SURREY}"]
    (file,) = (file for file in told["files"] if file["name"] == f"ccgs-{SURREY}.csv")
    heads, *rows = csv.reader(store.table(file["sha256"]).decode().splitlines())
    assert heads == file["columns"] and len(rows) == file["rows"]


def test_a_record_is_read_as_it_was_written(tmp_path):
    views = {"/a": OLD, "/b": {**OLD, "sentences": ["x" * 300, "x" * 300, "y"]}}
    store.write(tmp_path / "a.json", views)
    assert store.read(tmp_path / "a.json") == views


def _some(links: list[str]) -> list[str]:
    """Return a few links, from all along a list; ``python -m tests.record.held`` goes through all of them."""
    return links[:: max(1, len(links) // 4)]


HELD = [(page, link) for page in PAGES for link in _some(list(held.views(page)))]


@pytest.mark.parametrize(("page", "link"), HELD, ids=[link for _, link in HELD])
def test_a_document_says_what_the_record_says(page, link):
    assert held.differences(page, link, held.views(page)[link]) == []
