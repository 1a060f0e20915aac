"""Where the tables come from: nothing is left out, counts are those of the files, and a sourced rating counts."""

import csv
import shutil
from collections import Counter

import pytest

from geo import kept, manifest, sources
from geo.build import validate
from lib import catalogue, provenance
from lib.evidence import GRADES
from tests.tables import source


def test_every_table_and_column_of_the_manifest_is_listed_with_source_and_licence():
    table, dictionary = provenance.overview(), provenance.dictionary()
    assert list(table.index) == [item["name"] for item in manifest.read()["resources"]]
    assert table[["Licence", "Source", "File"]].map(bool).all(axis=None)
    for item in manifest.read()["resources"]:
        fields = [field["name"] for field in item.get("schema", {}).get("fields", [])]
        assert list(dictionary[dictionary["Table"] == item["name"]]["Column"]) == fields
        if "rows" in item:
            assert table["Rows"][item["name"]] == item["rows"]
    assert dictionary[["Meaning", "Type", "Source", "Speaks for", "Licence"]].map(bool).all(axis=None)


def test_every_column_of_a_readable_table_is_described_and_the_other_way_round():
    for name in provenance.readable():
        assert list(provenance.rows(name).columns) == list(provenance.columns(name)["Column"])


def test_empty_cells_are_counted():
    columns = provenance.columns("stp_ratings").set_index("Column")["Rows with a value"]
    filled = sum(bool(row["rating"]) for row in source("stp_ratings"))
    assert columns["rating"] == columns["source"] == f"{filled} of 44"
    assert columns["evidence"] == "44 of 44"


@pytest.mark.parametrize(
    ("said", "name"),
    [
        *(("stp_ratings", "stp_ratings"), (" STP-Ratings ", "stp_ratings"), ("stp_ratings.csv", "stp_ratings")),
        *(("lsoa.csv.gz", "lsoa"), ("pieces-detail", "pieces-detail"), ("ratings", None), ("", None), ("../x", None)),
    ],
)
def test_tables_are_known_by_name_and_file(said, name):
    assert provenance.resolve(said) == name


@pytest.mark.parametrize(("name", "column"), [("stp_ratings", "evidence"), ("stp_financial_gaps", "confidence")])
def test_evidence_is_counted(name, column):
    counted = Counter(GRADES[row[column]].label for row in source(name))
    shown = provenance.evidence().loc[name]
    assert dict(zip(shown["Evidence"], shown["Areas"], strict=True)) == counted
    assert shown["Areas"].sum() == 44


def test_leads_known_from_later_pages_are_told_apart_from_those_of_the_workbook():
    counted = Counter(row["evidence"] for row in source("stp_leads"))
    shown = provenance.evidence().loc["stp_leads"].set_index("Evidence")["Areas"]
    # Milton Keynes, Bedfordshire and Luton: June 2018; Mid and South Essex: July 2018 to September 2019.
    assert shown["named after 2017"] == 2
    assert shown["from the 2019 workbook"] == counted["ods_partner_mapping"] - 2
    assert shown["not confirmed in 2017"] == counted["carried_forward_from_2016"]
    assert shown.sum() == 44


def test_our_totals_stand_beside_the_published_ones():
    table = provenance.totals()
    assert list(table.groupby("Fact")["Published"].sum()) == [44, 44]
    assert list(table.groupby("Fact")["In these tables"].sum()) == [44, 44]


def test_the_known_conflicts_are_told():
    said = {item.about: item.says for item in provenance.caveats()}
    assert "5, 18, 16 and 5" in said["Ratings"] and "5, 20, 14 and 5" in said["Ratings"]
    assert {item.table for item in provenance.caveats()} <= set(provenance.tables())
    found = provenance.conflicts()
    # Birmingham's and Cornwall's notes say "another paper prints 721" and "another page prints 279".
    named = {row["stp17cd"] for row in source("stp_financial_gaps") if "CONFLICT" in row["note"]}
    names = {row["stp17cd"]: row["stp17nm"] for row in source("stp17")}
    assert set(found["STP"]) == {names[code] for code in named | {"E54000017", "E54000036"}}
    assert f"for {len(found)} another figure was printed" in said["Financial gaps"]
    codes = Counter(row["ods_code"] for row in source("stp_partners"))
    without = codes[""] + codes["?"]
    assert f"{without} partners have no ODS code ({codes['?']} of them a question mark" in said["Partner list"]


def test_the_areas_of_each_year_follow_from_those_of_the_year_before():
    log = provenance.changes().set_index("Year")
    assert list(log["STPs or ICBs"]) == [44, 42, 42, 42, 42, 42]
    assert list(log["CCGs"].dropna()) == [207, 195, 191, 135, 106]
    for before, year in zip(["2017", "2018", "2019", "2020"], ["2018", "2019", "2020", "2021"], strict=True):
        row = log.loc[year]
        assert log["CCGs"][before] - row["CCGs that ended"] + row["CCGs that replaced them"] == row["CCGs"]
    assert log["CCGs that ended"].sum() == len(source("ccg_successions"))


UNRATED = next(row["stp17cd"] for row in source("stp_ratings") if not row["rating"])


@pytest.fixture
def edited(small_england, tmp_path):
    """Return a function that rates one area in a copy of the fact tables and gives the folder and the row."""

    def edit(code: str, **cells: str):
        folder = shutil.copytree(small_england / "data" / "sources", tmp_path / "sources")
        rows = source("stp_ratings")
        place = next(number for number, row in enumerate(rows) if row["stp17cd"] == code)
        rows[place] |= cells
        with (folder / "stp_ratings.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return folder, place + 2

    return edit


def test_a_sourced_rating_turns_not_established_into_published(edited, monkeypatch):
    code, before = UNRATED, provenance.evidence().loc["stp_ratings"].set_index("Evidence")["Areas"]
    assert catalogue.rating_class(catalogue.footprints()[code]) == "not_established"
    source = "https://example.org/board-papers-july-2017"
    folder, _ = edited(code, rating="advanced", evidence="published", source=source)
    validate.check(folder)
    read = sources.read
    monkeypatch.setattr(sources, "read", lambda name: read(name, folder))
    stp = kept.anew(catalogue.footprints)()[code]
    assert catalogue.rating_class(stp) == "advanced:published"
    assert stp.rating.source == source
    counts = kept.anew(provenance.evidence)().loc["stp_ratings"].set_index("Evidence")["Areas"]
    assert counts["published"] == before["published"] + 1
    assert counts["not established"] == before["not established"] - 1


def test_a_rating_without_a_source_is_refused_by_file_row_and_rule(edited):
    folder, row = edited(UNRATED, rating="advanced", evidence="published")
    with pytest.raises(validate.SourceError) as caught:
        validate.check(folder)
    assert caught.value.problems == [f"stp_ratings.csv, row {row}: a rating needs a source"]


def test_a_rating_whose_evidence_says_not_established_is_refused(edited):
    folder, row = edited(UNRATED, rating="advanced", source="https://example.org")
    with pytest.raises(
        validate.SourceError, match=rf"stp_ratings\.csv, row {row}: the rating is empty where, and only"
    ):
        validate.check(folder)
