"""Rows of postcodes, LSOAs, constituencies and boards, added up to the areas of any layer."""

import csv
import io
import random
from collections import Counter, defaultdict
from dataclasses import replace
from html import escape
from math import fsum

import pandas as pd
import pytest

from geo import blocks
from lib import fit, links, tables
from lib.content import html
from lib.own_numbers import row_kinds
from lib.own_numbers.table import MOST_SMALL_ROWS, UnreadableError
from pages.your_numbers import file, maps, session, show
from pages.your_numbers.file import File, Given
from pages.your_numbers.page import PAGE
from pages.your_numbers.reader import adding, columns, match, read, together, value_columns
from pages.your_numbers.reader.matched import Matched
from pages.your_numbers.view import YourNumbersView, cited
from tests import sums
from tests.geo.test_postcodes import PLACED
from tests.lib.own_tables import postcodes_of_england
from tests.tables import source

FRIMLEY = "E54000034"
DAY = random.Random(2017)


def added(
    text: str, to: str | None = None, kind: str | None = None, value: int | None = None, weigh: int | None = None
) -> Matched:
    """Return a CSV text added up as the page does it."""
    table = read.read(text.encode())
    found = columns.find(table, kind)
    value = value_columns.likely(table, found.column, found.layer) if value is None else value
    return adding.add_up(table, found.layer, to or row_kinds.usual(found.layer), (found.column, value), weigh)


def shown(text: str, **choices):
    """Return the page of a CSV text, added up."""
    view = YourNumbersView(**choices)
    table = read.read(text.encode())
    found = columns.find(table, None if view.layer == "auto" else view.layer)
    value = value_columns.likely(table, found.column, found.layer)
    held = adding.add_up(table, found.layer, file.target(view, found.layer), (found.column, value))
    return PAGE.document(view, Given(File("own.csv", b"", ""), table, found, held))


def written(rows: list[tuple], head: tuple = ("place", "number")) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue()


def why(found: Matched) -> dict[str, str]:
    """Return why rows were left out, by what the file calls the place."""
    return dict(zip(found.left_out["Area"], found.left_out["Why"], strict=True))


POSTCODES = [(row[0], n + 1) for n, row in enumerate(PLACED)]


@pytest.mark.parametrize(
    "layer", ["stp17", "ccg17", "lad17", "icb24", "icb26", "council24", "pfa17", "icb22", "pcon10", "pcon24"]
)
def test_postcodes_are_summed_where_the_raw_list_has_them(layer):
    homes = sums.lsoas().set_index("lsoa11")[layer]
    expected: dict[str, int] = defaultdict(int)
    for (_, number), (*_, lsoa) in zip(POSTCODES, PLACED, strict=True):
        expected[homes[lsoa]] += number
    found = added(written(POSTCODES), layer)
    assert dict(found.values) == dict(expected)
    assert (found.used, len(found.left_out), len(found.added.divided)) == (len(PLACED), 0, 0)
    assert "none is divided" in found.notices[0] and "ONS list of May 2022" in found.notices[0]
    assert not found.added.estimated.any() and found.added.rows.sum() == len(PLACED)
    assert found.notes == blocks.notes([layer]) and bool(found.notes) == (layer in ("icb26", "pcon10", "pcon24"))


def test_postcodes_are_found_and_shown_for_stps_and_every_row_of_one_counts():
    text = written([("LE1 6RX", 3), ("le16rx", 4), ("LE1 6ZZ", 3), ("HG1 1DY, Harrogate", 5)], ("Postcode", "Patients"))
    found = columns.find(read.read(text.encode()))
    assert (found.layer, found.column, found.areas) == ("postcode", 0, 4)
    assert row_kinds.usual("postcode") == "stp17"
    # In other words than the tests of areas: each row counts, also where it says what another says.
    assert added(text).values["E54000015"] == 10


def test_what_is_no_postcode_is_named_with_the_reason():
    rows = [("LE1 6RX", 1), ("LE1 6RY", 2), ("CF10 1AA", 3), ("HG1", 4), ("E01000001", 5), ("Leicester", 6)]
    rows += [("Narnia", 7), ("England", 8), ("", 9), ("12", 9), ("M1 1AE", "<5"), ("M1 1AE", 9)]
    found = added(written(rows), kind="postcode")
    assert dict(found.values) == {"E54000015": 1, "E54000007": 9}
    reasons = why(found)
    assert reasons["LE1 6RY"].startswith("Not on the list") and reasons["CF10 1AA"].startswith("In Wales")
    assert reasons["HG1"].startswith("The beginning of") and "not a whole one" in reasons["HG1"]
    assert reasons["E01000001"] == "E01000001, an LSOA of 2011, not a postcode"
    assert reasons["Leicester"] == "Leicester, a council of 2017 until today, not a postcode"
    assert reasons["England"] == "England, a region or a total, not a postcode"
    assert reasons["12"] == "A bare number, not a postcode" and reasons["(empty)"] == "No area is named"
    assert reasons["Narnia"].startswith("No postcode, no LSOA of 2011") and "only as <5" in reasons["M1 1AE"]
    assert (found.used, found.rows, len(found.left_out)) == (2, 12, 10)
    assert "the values of 1 STP are without them" in found.notices[1]


def test_a_postcode_is_not_divided_where_its_ccg_and_district_are():
    # A CCG's part in a district that two boards of 2022 had between them, from the raw tables.
    boards = sums.lsoas().groupby(["ccg17", "lad17"])["icb22"].nunique()
    (divided,) = boards.index[boards > 1]
    assert divided == ("E38000213", "E07000225")
    home = sums.lsoas().set_index("lsoa11")["icb22"]["E01031490"]
    found = added("Postcode,Beds\nPO19 1AA,3\nLE1 6RX,4\n", "icb22")
    assert dict(found.values) == {"E54000015": 4, home: 3} and not len(found.left_out)
    assert row_kinds.layers("postcode") == tuple(fit.LAYERS)


@pytest.fixture(scope="module")
def lsoas() -> pd.DataFrame:
    return sums.lsoas().assign(number=[DAY.randrange(1000) for _ in range(32_844)])


@pytest.mark.parametrize("layer", ["stp17", "acs17", "council17", "icb26", "lad24", "cauth25"])
def test_lsoas_give_what_pandas_sums(lsoas, layer):
    text = lsoas[["lsoa11", "lad17", "number"]].to_csv(index=False)
    expected = lsoas[lsoas[layer].fillna("") != ""].groupby(layer)["number"].sum()
    found = added(text, layer)
    assert found.added.kind == "lsoa11" and dict(found.values) == dict(expected)
    outside = int((lsoas[layer].fillna("") == "").sum())
    assert len(found.left_out) == outside and (outside > 0) == (layer in ("acs17", "cauth25"))
    if outside:
        assert set(found.left_out["Why"]) == {f"It lies in no {row_kinds.one(layer)}"}


def test_part_of_the_lsoas_is_said_to_be_a_part():
    found = added("LSOA,Admissions\nE01000001,5\nE01000002,c\nE01999999,7\n", "icb26")
    home = sums.lsoas().set_index("lsoa11")["icb26"]["E01000001"]
    assert dict(found.values) == {home: 5}
    assert "1 of England’s 32,844 LSOAs have a row" in " ".join(found.notices)
    assert "one of 2021, perhaps" in why(found)["E01999999"]
    assert "suppressed" in why(found)["E01000002"]
    assert blocks.DERIVED in found.notes


@pytest.mark.parametrize(
    ("seats", "year", "to"),
    [("pcon10", 2017, "stp17"), ("pcon24", 2024, "icb26"), ("pcon24", 2024, "council24"), ("pcon10", 2017, "icb24")],
)
def test_constituencies_are_summed_and_the_divided_are_estimates(seats, year, to):
    rows = {row[f"{seats}cd"]: 100 + n for n, row in enumerate(source(seats))}
    shares = sums.overlap(seats, to, where=sums.lsoas())["of_a"]
    expected = {
        area: fsum(rows[seat] * share for seat, share in part.droplevel(to).items())
        for area, part in shares.groupby(to)
    }
    split = {seat for (seat, _), share in shares.items() if share < 1}
    found = added(written(list(rows.items()), ("Code", "Claimants")), to)
    assert found.added.kind == seats and set(found.values.index) == set(expected)
    assert all(abs(found.values[area] - value) <= 0.05 + 1e-9 for area, value in expected.items())
    assert fsum(found.values) == pytest.approx(fsum(rows.values()), abs=0.05 * len(expected))
    # What of it is estimated: in all, by area, and row by row.
    held = fsum(rows[seat] for seat in split) / fsum(rows.values())
    assert f"{len(split)} rows do not lie whole in one" in found.notices[0]
    assert f"for {sums.percent(held)} of the total" in found.notices[0]
    assert set(found.added.divided["Area"]) == split
    for area, value in expected.items():
        doubtful = fsum(rows[seat] * share for seat, share in shares.xs(area, level=to).items() if share < 1)
        assert found.added.estimated[area] == pytest.approx(doubtful / value)
    assert any("best fit" in note for note in found.notes)


def test_constituencies_are_known_by_name_and_said_which_of_two_years_they_are():
    for seats in ("pcon10", "pcon24"):
        text = written([(row[f"{seats}nm"], 1) for row in source(seats)], ("Seat", "Votes"))
        found = columns.find(read.read(text.encode()))
        assert (found.layer, found.areas) == (seats, len(source(seats)))
    found = added("Seat,Beds\nE14000530,3\nNarnia,4\nBassetlaw,5\n", "icb26", "pcon24")
    assert why(found)["E14000530"].endswith("not a constituency of 2024")
    assert found.used == 0 and "no number" in found.gaps["E54000060"]


def boards(**numbers) -> str:
    """Return a file with a number for each board of 2024."""
    codes = sorted(sums.names("icb24"))
    return written([(code, numbers.get(code, 10 * n)) for n, code in enumerate(codes, start=1)], ("ICB", "Beds"))


def test_boards_are_shown_as_they_are_unless_a_layer_is_chosen():
    table = read.read(boards().encode())
    found = columns.find(table)
    assert (found.layer, row_kinds.usual(found.layer)) == ("icb24", "icb24")
    held = match.match(table, "icb24", found.column, 1)
    assert len(held.values) == 42 and not len(held.gaps) and held.added is None
    assert "All 42 ICBs of 2024 have a value" in held.sentence()
    # So do rates, and the derived boards of April 2026 say what they are.
    for board in sums.names("icb26"):
        assert row_kinds.code_of("icb26", sums.names("icb26")[board]) == board
    assert match.match(read.read(b"ICB,Rate\nE54000070,3.5\n"), "icb26", 0, 1).notes == (blocks.DERIVED,)


def test_frimley_is_divided_among_the_boards_that_took_it_over():
    lsoas = sums.lsoas()
    frimley = lsoas[lsoas["icb24"] == FRIMLEY].groupby("icb26")["population"].sum()
    assert len(frimley) == 3
    found = added(boards(**{FRIMLEY: 100_000}), "icb26")
    shares = sums.overlap("icb24", "icb26", where=lsoas)["of_a"]
    values = {code: 10 * n for n, code in enumerate(sorted(sums.names("icb24")), start=1)} | {FRIMLEY: 100_000}
    for board in frimley.index:
        others = fsum(values[code] * share for code, share in shares.xs(board, level="icb26").items())
        assert found.values[board] == pytest.approx(others, abs=0.05)
        assert found.added.estimated[board] > 0.9
    (row,) = [row for row in found.added.divided.itertuples(index=False) if row.Area == FRIMLEY]
    for board, people in frimley.items():
        assert f"{sums.names('icb26')[board]} ({sums.percent(people / frimley.sum())})" in row[3]
    assert blocks.DERIVED in found.notes


def test_an_area_has_no_value_while_a_part_of_it_has_none():
    ccgs = [row for row in source("ccg17") if row["stp17cd"] in ("E54000015", "E54000030")]
    rows = [(row["ccg17cd"], 10) for row in ccgs]
    lacking = next(row for row in ccgs if row["stp17cd"] == "E54000015")
    rows[ccgs.index(lacking)] = (lacking["ccg17cd"], "<5")
    found = added(written(rows), "stp17")
    others = [row for row in ccgs if row["stp17cd"] == "E54000030"]
    assert dict(found.values) == {"E54000030": 10 * len(others)}
    assert found.gaps["E54000015"] == f"not added up: {lacking['ccg17nm']} has no number"
    assert "no row" in set(found.gaps) and found.used == len(others)
    # Two rows of a place are both counted, and that is said.
    twice = added(written([*rows, (others[0]["ccg17cd"], 5)]), "stp17")
    assert twice.values["E54000030"] == 10 * len(others) + 5
    assert "1 CCG has several rows, and all are counted" in " ".join(twice.notices)


def test_an_area_has_no_value_where_part_of_it_lies_in_no_place_of_the_kind():
    table = sums.lsoas()
    inside = table["acs17"] != ""
    whole = set(table["stp17"]) - set(table[~inside]["stp17"])
    part = set(table[inside]["stp17"]) - whole
    rows = [(name, 10 * n) for n, name in enumerate(sums.names("acs17").values(), start=1)]
    found = added(written(rows, ("System", "Beds")), "stp17", "acs17")
    assert whole and part and set(found.values.index) == whole
    assert {found.gaps[area] for area in part} == {"not added up: part of it lies in no ACS area"}


def test_rates_are_refused_and_a_mean_needs_its_weight():
    text = "Postcode,Satisfied %,Patients\nLE1 6RX,80,100\nLE1 6ZZ,50,300\nM1 1AE,90,0\nB33 8TH,70,\nB33 8TH,60,-1\n"
    table = read.read(text.encode())
    reason = together.why_no_count(table, 1)
    said = adding.why_not(table, "postcode", "stp17", 1, reason)
    assert "Satisfied % is not summed, since its heading says that it is a rate" in said and "“Weigh by”" in said
    # Where numbers are summed, a column of counts goes first.
    measures = value_columns.measures(table, 0, "postcode")
    assert (session._first_shown(table, measures, True), session._first_shown(table, measures, False)) == (2, 1)
    held = added(text, "stp17", value=1, weigh=2)
    # (80 x 100 + 50 x 300) / 400
    assert dict(held.values) == {"E54000015": 57.5} and held.words(57.5) == "57.5"
    assert held.title == "Satisfied %, mean weighted by Patients"
    assert "mean by STP, weighted by Patients" in held.notices[0]
    assert held.gaps["E54000007"] == "the weights of its rows are 0"
    assert list(held.left_out["Why"]) == ["The weight: the value is missing", "The weight is less than 0"]


def test_a_weighted_mean_of_divided_rows_is_weighted_by_what_each_has_there():
    shares = sums.overlap("icb24", "icb26", where=sums.lsoas())["of_a"]
    codes = sorted(sums.names("icb24"))
    rows = [(code, 50 + n / 2, 1000 + 7 * n) for n, code in enumerate(codes)]
    found = added(written(rows, ("ICB", "Occupied, %", "Beds")), "icb26", value=1, weigh=2)
    by_code = {code: (rate, beds) for code, rate, beds in rows}
    for board in sums.names("icb26"):
        parts = [(by_code[code], share) for code, share in shares.xs(board, level="icb26").items()]
        weight = fsum(beds * share for (_, beds), share in parts)
        mean = fsum(rate * beds * share for (rate, beds), share in parts) / weight
        assert found.values[board] == pytest.approx(mean, abs=0.005)
        doubtful = fsum(beds * share for (_, beds), share in parts if share < 1)
        assert found.added.estimated[board] == pytest.approx(doubtful / weight)
    assert "% of the weight" in found.notices[0]


def test_layers_into_which_places_would_have_to_be_taken_apart_are_refused_with_the_reason():
    assert "lad17" not in row_kinds.layers("icb24") and "icb26" in row_kinds.layers("icb24")
    view = YourNumbersView(to="lad17")
    assert file.target(view, "icb24") == "icb24"
    assert file.strange_target(view, "icb24") == (
        "`to`: most ICBs of 2024 lie in several districts, and numbers are added up here, not taken apart; they are "
        "shown for ICBs of 2024 instead."
    )
    assert file.target(view, "ccg17") == "lad17" and not file.strange_target(view, "ccg17")
    assert not file.strange_target(YourNumbersView(), "icb24")


def test_names_and_codes_that_boards_took_over_are_those_of_2017_where_the_heading_says_so():
    codes = [row["code"] for row in source("today_names") if row["layer"] == "sicbl24"]
    for heading, kind in (("Sub-ICB location", "sicbl24"), ("Code", "sicbl24"), ("CCG21CD", "ccg17")):
        table = read.read(written([(code, 5) for code in codes], (heading, "Beds")).encode())
        found = columns.find(table)
        assert found.layer == kind and found.by_layer["sicbl24"] == 106 > found.by_layer["ccg17"]
    # Several spellings of one name are one area.
    names = [spelt for row in source("stp17") for spelt in (row["stp17nm"], row["nhs_name"])]
    found = columns.find(read.read(written([(name, 5) for name in names], ("Area", "Beds")).encode()))
    assert (found.layer, found.areas) == ("stp17", 44)


def test_tables_of_councils_with_postcodes_or_lsoas_are_of_what_has_a_row_each():
    halls = [("Leicester", "LE1 6RX", 1), ("Manchester", "M1 1AE", 2), ("Birmingham", "B33 8TH", 3)]
    assert columns.find(read.read(written(halls, ("Council", "Town hall", "n")).encode())).layer == "council17"
    practices = [("Leicester", "LE1 6RX", 1), ("Leicester", "LE1 6ZZ", 2), ("Birmingham", "B33 8TH", 3)]
    found = columns.find(read.read(written(practices, ("Council", "Postcode", "n")).encode()))
    assert (found.layer, found.column) == ("postcode", 1) and found.by_layer["council17"] == 2
    # What the reader says holds.
    assert columns.find(read.read(written(practices).encode()), "council17").layer == "council17"


def test_twelve_thousand_postcodes_are_added_up():
    rows = [(code, n % 9, "x") for n, code in enumerate(postcodes_of_england(12_000))]
    assert len(rows) == 12_000
    found = added(written(rows, ("Postcode", "Patients", "Note")), "icb26")
    assert found.used == 12_000 and found.values.sum() == sum(number for _, number, _ in rows)
    assert MOST_SMALL_ROWS > 32_844
    with pytest.raises(UnreadableError, match="more than 35,000 rows"):
        read.read(("Postcode,n\n" + "LE1 6RX,1\n" * 35_001).encode())


def test_the_page_says_how_exact_it_is_and_so_does_the_file():
    seats = written([(row["pcon24nm"], 100 + n) for n, row in enumerate(source("pcon24"))], ("Seat", "Claimants"))
    held = shown(seats, to="icb26", area="E54000070")
    said = html.rendered(held.blocks)
    for words in ("summed to ICBs of 2026", "divided by residents", "derived here", "best fit", "Estimated share"):
        assert words in said
    assert "mySociety" in " ".join(held.sources)
    (ranking,) = [table for table in held.tables() if table.key == "ranking"]
    keys = [column.key for column in ranking.columns]
    assert {"rows", "estimated", "how_exact"} <= set(keys) and len(ranking.rows) == 36
    (divided,) = [table for table in held.tables() if table.key == "divided"]
    found = added(seats, "icb26")
    assert len(divided.rows) == len(found.added.divided)
    made = list(csv.DictReader(io.StringIO(tables.csv(show.ranking(found), decimals=None).decode("utf-8-sig"))))
    assert all("divided by residents" in row["How exact"] and "best fit" in row["How exact"] for row in made)
    assert {row["Code"]: float(row["Estimated share"]) for row in made} == pytest.approx(dict(found.added.estimated))
    drawn = maps.england(found, show.theme(found))
    assert "divided by residents" in drawn.source and len(drawn.areas[0].class_of) == 36
    assert "rows, " in str(show.made(found, "E54000070")) and "an estimate" in str(show.made(found, "E54000070"))
    # Of rows that all lie whole, nothing is estimated and the column is no news.
    whole = shown(written(POSTCODES, ("Postcode", "Beds")))
    (ranking,) = [table for table in whole.tables() if table.key == "ranking"]
    assert next(column for column in ranking.columns if column.key == "estimated").in_file_only
    assert not [table for table in whole.tables() if table.key == "divided"]


def test_links_keep_the_choices_and_old_ones_mean_what_they_meant():
    said = {"layer": ["postcode"], "to": ["icb26"], "values": ["d"], "weigh": ["c"]}
    view, notices = links.parse(YourNumbersView, said)
    assert not notices and (view.layer, view.to, view.values, view.weigh) == ("postcode", "icb26", "D", "C")
    assert links.parse(YourNumbersView, {name: [said] for name, said in links.query(view).items()})[0] == view
    view, notices = links.parse(YourNumbersView, {"to": ["stp"], "weigh": ["c"], "values": ["c"]})
    assert view.to == "stp17" and view.weigh is None and "`weigh`" in notices[0]
    assert links.parse(YourNumbersView, {"layer": ["ccg17"]})[0] == replace(YourNumbersView(), layer="ccg17")
    assert links.parse(YourNumbersView, {"to": ["postcode"]})[1]
    assert links.parse(YourNumbersView, {"area": ["E54000070"]})[0].area == "E54000070"
    for to, name in (("auto", "Leicester, Leicestershire and Rutland"), ("icb26", sums.names("icb26")["E54000015"])):
        assert f"chosen: {name};" in cited(YourNumbersView(to=to, area="E54000015"))
    assert escape(links.to("lookup")) in html.rendered(PAGE.document(YourNumbersView()).blocks)


def test_kinds_and_layers_are_those_of_the_menus():
    layers = {layer for group in blocks.GROUPS.values() for layer in group}
    assert layers | {"postcode", "lsoa11", "pcon10", "pcon24"} == set(row_kinds.KINDS)
    assert all(row_kinds.usual(kind) in row_kinds.layers(kind) for kind in row_kinds.KINDS)
    assert max(Counter(row_kinds.KINDS).values()) == 1
