"""What the page on the fit of layers says, held against the LSOA table line by line."""

from collections import Counter, defaultdict

import pytest

from geo import blocks
from lib import fit
from lib.content.blocks import Bars, Chart, Facts, MapFigure, Prose, Section, Table
from lib.content.formats import plain
from lib.figures import wire
from lib.text import percent
from pages.coterminosity import grid, tables
from pages.coterminosity.page import PAGE
from pages.coterminosity.view import CoterminosityView
from tests.tables import source

SURREY, DURHAM, HERTFORDSHIRE, SEAT = "E10000030", "E06000047", "E10000015", "E14001458"


@pytest.fixture(scope="module")
def residents() -> dict[str, Counter]:
    """Count residents by council and STP, straight from the tables."""
    stp = {row["ccg17cd"]: row["stp17cd"] for row in source("ccg17")}
    council = {row["lad17cd"]: row["council17cd"] for row in source("lad17")}
    counts = defaultdict(Counter)
    for row in source("lsoa"):
        counts[council[row["lad17cd"]]][stp[row["ccg17cd"]]] += int(row["population"])
    return counts


def outside(parts: Counter) -> float:
    return 1 - max(parts.values()) / sum(parts.values())


def table(view: CoterminosityView, key: str) -> Table:
    return next(one for one in PAGE.document(view).tables() if one.key == key)


def records(one: Table) -> list[dict]:
    return [dict(zip((column.key for column in one.columns), row, strict=True)) for row in one.rows]


def controls(view: CoterminosityView) -> dict:
    return {control.field: control for control in PAGE.controls(view)}


@pytest.mark.parametrize(
    ("view", "title", "lead"),
    [
        (
            CoterminosityView(),
            "14 of 152 councils are split between STPs",
            "A council is split if any of its residents live outside its main STP, the STP that most of them live in. "
            "Ignoring parts under 5%: 9.",
        ),
        (
            CoterminosityView(tolerance=2.0),
            "11 of 152 councils are split between STPs, ignoring parts under 2%",
            "A council is split if more than 2% of its residents live outside its main STP, the STP that most of them "
            "live in. Counting every part: 14.",
        ),
        (
            CoterminosityView(a="stp17", b="ccg17", weight="lsoas"),
            "None of 44 STPs is split between CCGs",
            "An STP is split if any of its LSOAs lie outside its main CCG, the CCG that most of them lie in, unless it "
            "is made of whole CCGs.",
        ),
        (
            CoterminosityView(b="acs17", tolerance=5.0),
            "4 of 152 councils are partly inside an ACS area, ignoring parts under 5%",
            "A council is partly inside if more than 5% of its residents live in an ACS area, but less than 95% in the "
            "same one. Counting every part: 6.",
        ),
    ],
)
def test_the_headline_is_the_answer_and_says_what_it_means(view, title, lead):
    document = PAGE.document(view)
    assert document.title == title
    assert plain(document.lead) == lead


def test_a_link_with_an_area_leads_with_that_area():
    document = PAGE.document(CoterminosityView(area=SURREY))
    assert document.title == "Surrey: split between STPs"
    assert plain(document.lead) == (
        "Surrey has 1,185,321 residents. It is split: 71.5% in Surrey Heartlands; 15.6% in Sussex and East Surrey; "
        "and 12.9% in Frimley Health."
    )
    first, locator = document.all_of(MapFigure)
    assert (first.key, locator.key, locator.map.chosen) == ("area", "england", (SURREY,))
    assert [one.key for one in document.tables()][:3] == ["parts", "lsoas", "pieces"]


@pytest.mark.parametrize("tolerance", [0.0, 2.0, 5.0])
def test_table_and_map_say_what_lies_outside_the_main_stp(residents, tolerance):
    document = PAGE.document(CoterminosityView(tolerance=tolerance))
    areas = next(one for one in document.tables() if one.key == "areas")
    drawn = next(document.all_of(MapFigure)).map.areas[0]
    assert len(areas.rows) == 152
    for row in records(areas):
        parts = residents[row["code"]]
        stp, most = parts.most_common(1)[0]
        assert (row["main_code"], row["weight"]) == (stp, parts.total())
        assert row["share_outside_main"] == pytest.approx(outside(parts))
        assert row["weight_outside_main"] == parts.total() - most
        assert row["touched"] == len(parts)
        name = blocks.names("stp17")[stp]
        share = outside(parts)
        said = f"{percent(share)} outside {name}" if share else f"all of it in {name}"
        assert drawn.values[row["code"]] == f"{row['class']}; {said}"
        assert (row["class"] == "Split between STPs") == (share > tolerance / 100)


def test_parts_are_counted_at_the_tolerance(residents):
    # 1.7% of Hertfordshire (19,596 residents, 2.2% of that STP) belong to Cambridgeshire and Peterborough.
    cambridgeshire = sum(parts["E54000021"] for parts in residents.values())
    for tolerance, expected in ((0.0, 2), (2.0, 2), (3.0, 1)):
        view = CoterminosityView(tolerance=tolerance, area=HERTFORDSHIRE)
        (row,) = (row for row in records(table(view, "areas")) if row["code"] == HERTFORDSHIRE)
        parts = records(table(view, "parts"))
        assert row["parts"] == expected == sum(part["counts_as"] != "small, ignored" for part in parts)
        assert len(parts) == len(residents[HERTFORDSHIRE]) == 2
        assert parts[1]["ignored_above"] == pytest.approx(19_596 / cambridgeshire)


@pytest.mark.parametrize(("a", "b"), [("council17", "acs17"), ("stp17", "council17"), ("lad17", "ccg17")])
@pytest.mark.parametrize("tolerance", [0.0, 5.0, 20.0])
def test_the_number_of_parts_is_that_of_the_parts_table(a, b, tolerance):
    counted = tables.parts_counted(CoterminosityView(a, b, tolerance=tolerance))
    for code, number in list(zip(blocks.names(a).index, counted, strict=True))[::7]:
        kinds = fit.parts(a, b, code, "population", tolerance)["kind"]
        assert number == (kinds != "sliver").sum(), code


def test_split_councils_stand_in_order_with_their_parts(residents):
    (bars,) = PAGE.document(CoterminosityView()).all_of(Bars)
    split = {code: outside(parts) for code, parts in residents.items() if len(parts) > 1}
    assert [bar.code for bar in bars.items] == sorted(split, key=split.get, reverse=True)
    for bar in bars.items:
        parts = residents[bar.code].most_common()
        assert [part.category.key for part in bar.parts] == [stp for stp, _ in parts]
        assert sum(part.share for part in bar.parts) == pytest.approx(1)
        assert bar.value == f"{percent(split[bar.code])} outside"
        assert bar.way.href.endswith(f"area={bar.code}&within=none")


def test_many_split_areas_are_listed_in_part_with_the_way_to_all():
    document = PAGE.document(CoterminosityView(a="lad17", b="ccg17"))
    (bars,) = document.all_of(Bars)
    assert document.title == "63 of 326 districts are split between CCGs"
    assert len(bars.items) == tables.MOST_BARS
    assert any(section.title == f"The {tables.MOST_BARS} most split" for section in document.all_of(Section))


def test_the_classes_that_are_shown_are_those_of_the_link():
    split = table(CoterminosityView(classes=("split",), tolerance=5.0), "areas")
    assert len(split.rows) == 9 and split.title == "9 of 152 councils"
    assert {row["class"] for row in records(split)} == {"Split between STPs"}
    nothing = PAGE.document(CoterminosityView(classes=("outside",)))
    assert nothing.notices == ("No area is in the chosen classes, so all are shown.",)
    assert len(next(one for one in nothing.tables() if one.key == "areas").rows) == 152


def test_lsoas_elsewhere_are_counted_and_add_up(residents):
    durham = records(table(CoterminosityView(area=DURHAM), "lsoas"))
    assert len(durham) == 145
    assert sum(row["residents"] for row in durham) == residents[DURHAM]["E54000046"] == 249_101
    assert {row["ccg17"] for row in durham} == {"NHS North Durham CCG"}
    assert list(durham[0]) == ["lsoa", "stp17", "ccg17", "lad17", "residents"]
    by_ccg = records(table(CoterminosityView(b="ccg17", area=DURHAM), "lsoas"))
    assert list(by_ccg[0]) == ["lsoa", "ccg17", "lad17", "residents"]
    assert "lsoas" not in [one.key for one in PAGE.document(CoterminosityView(area="E10000018")).tables()]


def test_the_pieces_of_an_area_are_those_of_its_ccgs_and_districts():
    lads = {row["lad17cd"]: row for row in source("lad17") if row["council17cd"] == DURHAM}
    expected = Counter()
    for row in source("lsoa"):
        if row["lad17cd"] in lads:
            expected[blocks.names("ccg17")[row["ccg17cd"]]] += int(row["population"])
    pieces = Counter()
    for row in records(table(CoterminosityView(area=DURHAM), "pieces")):
        pieces[row["ccg17"]] += row["residents"]
    assert pieces == expected


def test_the_curve_marks_the_current_tolerance():
    charts = PAGE.document(CoterminosityView(tolerance=1.23)).all_of(Chart)
    (curve,) = (chart for chart in charts if chart.key == "curve")
    line, here = curve.draw()["data"]
    at = dict(zip(line["x"], line["y"], strict=True))
    assert [at[t] for t in (0.0, 1.0, 2.0, 5.0, 10.0)] == [14, 13, 11, 9, 9]
    assert (here["x"], here["y"]) == ([1.23], [12])
    assert curve.words == (
        "Number of split councils by tolerance: 14 at 0%, 13 at 1%, 11 at 2%, 9 at 5%, 9 at 10%, 5 at 20%."
    )


def test_scores_count_residents_of_split_councils(residents):
    (facts,) = PAGE.document(CoterminosityView()).all_of(Facts)
    value = {fact.key: fact.value for fact in facts.items}
    split = sum(parts.total() for parts in residents.values() if len(parts) > 1)
    assert value["split"] == pytest.approx(split / sum(parts.total() for parts in residents.values()))
    assert 0 < value["homogeneity"] < 1 and "outside" not in value


def test_the_grid_shows_blocks():
    view = CoterminosityView(b="ccg17", within="E54000027")
    shares = table(view, "grid")
    assert [row[0] for row in shares.rows[:2]] == ["Brent", "Westminster"]
    assert shares.columns[1].label == "Brent" and len(shares.rows) == 8 and len(shares.columns) == 10
    westminster = dict(zip((column.label for column in shares.columns), shares.rows[1], strict=True))
    assert westminster["Central London (Westminster)"] == pytest.approx(0.725, abs=0.001)
    assert westminster["West London"] == pytest.approx(0.275, abs=0.001)
    (chart,) = (chart for chart in PAGE.document(view).all_of(Chart) if chart.key == "grid")
    assert "73%" in [cell for row in chart.draw()["data"][0]["text"] for cell in row]


@pytest.mark.parametrize("within", ["london", "E54000012"])
def test_the_grid_holds_the_residents_of_each_pair(residents, within):
    stp_names = {name: code for code, name in blocks.names("stp17").items()}
    shares = table(CoterminosityView(within=within), "grid")
    for row in records(shares):
        parts = residents[row["code"]]
        for column in shares.columns[1:-1]:
            if column.label != grid.ELSEWHERE:
                expected = parts[stp_names[column.label]] / parts.total()
                assert (row[column.key] or 0.0) == pytest.approx(expected), (row["area"], column.label)


def test_the_grid_says_how_many_rows_are_whole_and_which_is_most_divided():
    view = CoterminosityView(b="ccg17", within="E54000027")
    shares = table(view, "grid")
    rows = {row[0]: [share for share in row[1:-1] if share is not None] for row in shares.rows}
    whole = sum(max(row) > 1 - 1e-9 for row in rows.values())
    least = min(rows, key=lambda name: max(rows[name]))
    (chart,) = (
        c for c in PAGE.document(CoterminosityView(b="ccg17", within="E54000027")).all_of(Chart) if c.key == "grid"
    )
    assert chart.words.startswith(f"Grid of {len(rows)} councils by {len(shares.columns) - 2} CCGs. {whole} of 8 lie")
    assert f"The most divided is {least}, with {max(rows[least]):.1%} in" in chart.words


def test_the_published_list_and_the_geography_disagree_in_seven_places():
    rows = records(table(CoterminosityView(), "partner_list"))
    assert len(rows) == 7 and sum(row["residents"] for row in rows) == 337_264
    assert (rows[0]["council"], rows[0]["residents"]) == ("County Durham", 249_101)
    assert rows[0]["share_of_council"] == pytest.approx(0.476, abs=0.0005)
    assert "partner_list" not in [one.key for one in PAGE.document(CoterminosityView(b="ccg17")).tables()]


def test_tolerances_are_few_and_that_of_the_link_is_among_them():
    assert list(controls(CoterminosityView())["tolerance"].options) == [0, 1, 2, 5, 10, 20]
    odd = controls(CoterminosityView(tolerance=12.5))["tolerance"]
    assert list(odd.options) == [0, 1, 2, 5, 10, 12.5, 20] and odd.options[12.5] == "12.5%"


def test_a_layer_that_is_chosen_on_both_sides_changes_places():
    view = CoterminosityView(area=SURREY)
    assert controls(view)["a"].chosen(view, "stp17") == CoterminosityView("stp17", "council17")
    assert controls(view)["b"].chosen(view, "ccg17") == CoterminosityView("council17", "ccg17", area=SURREY)


def pairs_today(a: str, b: str) -> dict[tuple[str, str], int]:
    """Residents that areas of today have in common, from the tables of LSOAs."""
    residents = {row["lsoa11cd"]: int(row["population"]) for row in source("lsoa")}
    found: dict[tuple[str, str], int] = defaultdict(int)
    for row in source("lsoa_today"):
        found[row[f"{a}cd"], row[f"{b}cd"]] += residents[row["lsoa11cd"]]
    return found


def test_layers_of_today_are_held_against_each_other_and_a_derived_one_says_so():
    common = pairs_today("council24", "icb26")
    boards = Counter(council for council, _ in common)
    split = {council for council, number in boards.items() if number > 1}
    view = CoterminosityView("council24", "icb26")
    document = PAGE.document(view)
    assert document.title == f"{len(split)} of 153 councils of 2024 are split between ICBs of 2026"
    assert next(iter(document.all_of(Prose))).words == blocks.DERIVED and blocks.DERIVED in document.sources
    areas = next(table for table in document.tables() if table.key == "areas")
    place = [column.key for column in areas.columns].index("share_outside_main")
    for code, row in zip(areas.codes, areas.rows, strict=True):
        shares = [people for (council, _), people in common.items() if council == code]
        assert row[place] == pytest.approx(1 - max(shares) / sum(shares), abs=1e-9)
    assert blocks.DERIVED not in PAGE.document(CoterminosityView("council24", "icb24")).sources


def test_a_layer_that_does_not_cover_england_leaves_areas_outside():
    common = pairs_today("icb26", "cauth25")
    by_board = defaultdict(set)
    for board, authority in common:
        by_board[board].add(authority)
    outside = {board for board, authorities in by_board.items() if authorities == {""}}
    partly = {board for board, authorities in by_board.items() if "" in authorities and len(authorities) > 1}
    classes = fit.areas("icb26", "cauth25", "population", 0.0)["class"]
    assert set(classes.index[classes == "outside"]) == outside
    assert partly <= set(classes.index[classes == "split"])
    document = PAGE.document(CoterminosityView("icb26", "cauth25"))
    assert "partly inside a combined authority" in document.title


def test_constituencies_are_a_layer_that_says_how_well_it_fits():
    common = pairs_today("pcon24", "council24")
    councils = Counter(seat for seat, _ in common)
    document = PAGE.document(CoterminosityView("pcon24", "council24"))
    areas = {row[0]: row for row in next(table for table in document.tables() if table.key == "areas").rows}
    assert len(areas) == 543
    (grade,) = blocks.notes(["pcon24"])
    assert next(iter(document.all_of(Prose))).words == grade and grade in document.sources
    assert any("Royal Mail" in str(said) for said in document.sources)
    classes = fit.areas("pcon24", "council24", "population", 0.0)["class"]
    whole = {seat for seat, number in councils.items() if number == 1}
    assert whole == set(classes.index[classes.isin(["within_one", "same"])])
    drawn = next(iter(document.all_of(MapFigure))).map
    assert drawn.areas[0].layer == "pcon24" and len(drawn.areas[0].class_of) == 543
    assert (
        "Constituencies of 2024: best fit of LSOAs (mySociety, Geographic overlaps 0.2.1, CC BY 4.0)." in drawn.source
    )


@pytest.mark.parametrize(("a", "b", "code"), [("pcon24", "council24", SEAT), ("council24", "pcon24", "E06000017")])
def test_a_constituency_and_a_council_cut_each_other(a, b, code):
    """Rutland and Stamford: its parts, the LSOAs outside the main one, and its map, drawn from LSOAs."""
    people = {row["lsoa11cd"]: int(row["population"]) for row in source("lsoa")}
    parts, really, lsoas = Counter(), Counter(), Counter()
    for row in source("lsoa_today"):
        if row[f"{a}cd"] == code:
            residents, part = people[row["lsoa11cd"]], row[f"{b}cd"]
            parts[part] += residents
            really[part] += residents * float(row["pcon24_share"])
            lsoas[part] += 1
    document = PAGE.document(CoterminosityView(a, b, area=code))
    told = {row["code"]: row for row in records(next(table for table in document.tables() if table.key == "parts"))}
    assert {part: row["weight"] for part, row in told.items()} == parts
    assert {part: row["lsoas"] for part, row in told.items()} == lsoas
    for part, row in told.items():
        assert row["inside"] == pytest.approx(really[part] / parts[part], abs=1e-12)
    drawn = next(iter(document.all_of(MapFigure))).map
    (areas,) = drawn.areas
    owners = {fragment: areas.class_of[fragment] for fragment in areas.class_of if fragment not in areas.faded}
    drawn_people = Counter()
    for fragment, part in owners.items():
        drawn_people[part] += int(blocks.fragments()["population"][fragment])
    assert areas.layer == "fragment" and drawn_people == parts
    assert {name.split("-")[1] for name in wire.data(drawn)["files"]["fragment"]} == {"fragments"}


def test_layers_are_chosen_by_group():
    layers = next(control for control in PAGE.controls(CoterminosityView()) if control.field == "a")
    assert [value for values in layers.groups.values() for value in values] == list(layers.options) == list(fit.LAYERS)
    assert layers.options["pcon24"] == "Constituencies, 2024, best fit"
    assert layers.options["icb26"] == "ICBs, 2026, derived" and layers.options["council17"] == "Councils, 2017"
