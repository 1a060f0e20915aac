"""How areas of one year became those of another, counted here line by line from the fact tables."""

import csv
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from geo import blocks, ccg_mergers, codes, stories, vintages
from geo.__main__ import main
from tests.tables import source

ENGLAND = 55_619_430
VINTAGES = [*vintages.STPS, *vintages.CCGS[:-1]]
STEPS = [pair for series in (vintages.STPS, vintages.CCGS) for pair in pairwise(series)]


def counted(england, a, b):
    """Residents and LSOAs by area of a and area of b."""
    people, units = Counter(), Counter()
    for row in england:
        people[row[a], row[b]] += row["population"]
        units[row[a], row[b]] += 1
    return people, units


@pytest.fixture(scope="module")
def members(england):
    """LSOAs by layer and code."""
    found = defaultdict(lambda: defaultdict(set))
    for row in england:
        for layer in VINTAGES:
            found[layer][row[layer]].add(row["lsoa11cd"])
    return found


def test_numbers_of_areas(members):
    numbers = [44, 42, 42, 42, 42, 42, 207, 195, 191, 135, 106]
    assert [len(members[layer]) for layer in VINTAGES] == numbers
    assert [len(vintages.totals(layer)) for layer in VINTAGES] == numbers


@pytest.mark.parametrize("layer", VINTAGES)
def test_every_vintage_conserves_england(england, members, layer):
    sums = Counter()
    for row in england:
        sums[row[layer]] += row["population"]
    totals = vintages.totals(layer)
    assert dict(totals["residents"]) == dict(sums)
    assert dict(totals["lsoas"]) == {code: len(units) for code, units in members[layer].items()}
    assert totals["residents"].sum() == ENGLAND
    assert totals["name"].notna().all()


@pytest.mark.parametrize(("a", "b"), [*STEPS, ("stp17", "icb22"), ("ccg17", "ccg21"), ("ccg17", "icb22")])
def test_flows_are_those_of_the_lsoas_and_conserve_england(england, a, b):
    people, units = counted(england, a, b)
    table = vintages.flows(a, b).set_index(["a_code", "b_code"])
    assert dict(table["residents"]) == dict(people)
    assert dict(table["lsoas"]) == dict(units)
    assert (table["residents"].sum(), table["lsoas"].sum()) == (ENGLAND, 32_844)
    assert table["share_of_a"].groupby("a_code").sum().to_numpy() == pytest.approx(1)
    assert table["share_of_b"].groupby("b_code").sum().to_numpy() == pytest.approx(1)


@pytest.mark.parametrize(("a", "b"), STEPS)
def test_kinds_of_flows_are_those_of_sets_of_lsoas(members, england, a, b):
    people, _ = counted(england, a, b)
    main = {x: max((n, y) for (one, y), n in people.items() if one == x)[1] for x in members[a]}
    for row in vintages.flows(a, b).itertuples():
        if main[row.a_code] != row.b_code:
            expected = "moved"
        elif members[a][row.a_code] == members[b][row.b_code]:
            expected = "same"
        else:
            expected = "merged" if list(main.values()).count(row.b_code) > 1 else "kept"
        assert row.kind == expected


def test_the_merger_of_2018():
    """Three STPs became Cumbria and North East, so 44 became 42; nothing else changed."""
    table = vintages.flows("stp17", "stp18")
    merged = table[table["kind"] == "merged"]
    assert set(merged["a_code"]) == {"E54000045", "E54000046", "E54000047"}
    assert set(merged["b_code"]) == {"E54000049"}
    assert merged["residents"].sum() == 1_100_222 + 1_697_669 + 318_291 == 3_116_182
    assert set(table["kind"]) == {"same", "merged"}


def test_what_moved_between_stps():
    """Harrogate, Hambleton with Richmondshire and Whitby, and East Surrey in 2020; four parts in 2022."""
    moved = {
        (step, row.a_code, row.b_code): (row.lsoas, row.residents)
        for step in STEPS[:5]
        for row in vintages.flows(*step).itertuples()
        if row.kind == "moved"
    }
    twenty, twenty_two = ("stp19", "stp20"), ("stp21", "icb22")
    assert moved == {
        (twenty, "E54000005", "E54000051"): (104, 160_044),
        (twenty, "E54000049", "E54000051"): (95, 153_164),
        (twenty, "E54000033", "E54000052"): (109, 191_650),
        (twenty_two, "E54000007", "E54000058"): (21, 33_334),
        (twenty_two, "E54000009", "E54000060"): (70, 116_304),
        (twenty_two, "E54000016", "E54000055"): (92, 175_800),
        (twenty_two, "E54000021", "E54000059"): (9, 16_822),
    }


def test_what_moved_between_ccgs():
    """The list of mergers knows none of these."""
    moved = {
        (row.a_name, row.b_name): (row.lsoas, row.residents)
        for step in STEPS[5:9]
        for row in vintages.flows(*step).itertuples()
        if row.kind == "moved"
    }
    assert moved == {
        ("NHS Greater Preston CCG", "NHS Fylde and Wyre CCG"): (1, 1_422),
        ("NHS Morecambe Bay CCG", "NHS Fylde and Wyre CCG"): (10, 19_408),
        ("NHS Coastal West Sussex CCG", "NHS Surrey Heartlands CCG"): (4, 6_916),
    }


def test_the_national_summary_of_2020():
    found = vintages.summary("stp19", "stp20")
    assert (found.before, found.after, found.same, found.kept, found.merged) == (42, 42, 37, 5, 0)
    assert (found.moved_lsoas, found.moved_residents, found.new_codes) == (308, 504_858, 5)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Staffordshire and Stoke on Trent", "NHS Staffordshire and Stoke-on-Trent Integrated Care Board", True),
        ("NHS Fylde & Wyre CCG", "NHS Fylde and Wyre CCG", True),
        ("Staffordshire", "Staffordshire and Stoke on Trent", False),
        ("NHS Sussex Integrated Care Board", "Sussex Health and Care Partnership", False),
    ],
)
def test_a_new_spelling_is_no_new_name(one, other, same):
    assert vintages.same_name(one, other) is same


def test_an_unknown_series_or_year_is_refused():
    assert vintages.layer_of("stp", 2022) == vintages.layer_of("ccg", 2022) == "icb22"
    for wrong in (("icb", 2022), ("stp", 2016)):
        with pytest.raises(blocks.UnknownNameError):
            vintages.layer_of(*wrong)


def told(code):
    """What happened in each year of an STP's story."""
    return {
        blocks.layer(step.layer).year: [
            (c.kind, vintages.plain_name(c.name), c.lsoas, c.residents) for c in step.changes
        ]
        for step in stories.story(code)
        if step.changes
    }


def test_stories():
    assert told("E54000009") == {2022: [("ceded", "Nottingham and Nottinghamshire", 70, 116_304)]}
    assert told("E54000014") == {2022: [("gained", "South Yorkshire and Bassetlaw", 70, 116_304)]}
    assert told("E54000047") == {
        2018: [
            ("merged", "Northumberland, Tyne and Wear and North Durham", 1061, 1_697_669),
            ("merged", "Durham, Darlington, Teesside, Hambleton, Richmondshire and Whitby", 691, 1_100_222),
        ],
        2020: [("ceded", "Humber, Coast and Vale", 95, 153_164)],
    }
    assert told("E54000015") == {}


def test_a_story_says_whose_residents_moved():
    """All 153,164 who left Cumbria and North East in 2020 had come from one of its three footprints."""
    ceded = {code: stories.story(code)[3].changes[0].of_first for code in ("E54000045", "E54000046", "E54000047")}
    assert ceded == {"E54000045": 153_164, "E54000046": 0, "E54000047": 0}
    assert stories.story("E54000045")[-1].of_first == 1_100_222 - 153_164


def test_bassetlaw_is_what_moved_in_2022(england):
    [change] = stories.story("E54000009")[-1].changes
    assert [(place.name, place.share) for place in change.places] == [("Bassetlaw", 1)]
    codes_of = {row["lad17nm"]: row["lad17cd"] for row in source("lad17")}
    assert change.residents == sum(row["population"] for row in england if row["lad17"] == codes_of["Bassetlaw"])


@pytest.mark.parametrize("code", vintages.totals("stp17").index)
def test_every_story_balances(code):
    """What an area has is what it had, with all that came and without all that went."""
    steps = stories.story(code)
    assert [step.layer for step in steps] == list(vintages.STPS)
    for before, after in pairwise(steps):
        came = sum(c.residents for c in after.changes if c.kind != "ceded")
        went = sum(c.residents for c in after.changes if c.kind == "ceded")
        assert after.residents == before.residents + came - went
        assert after.of_first <= steps[0].residents
        assert after.recoded == (before.code != after.code)


def test_a_story_of_no_area_is_refused():
    with pytest.raises(blocks.UnknownNameError):
        stories.story("E54000049")


def test_a_code_keeps_its_lsoas_as_long_as_it_lives(members):
    """What would make a code dangerous beyond its kind: other ground under the same code. It never happens here."""
    ground = defaultdict(set)
    for layer in VINTAGES:
        for code, units in members[layer].items():
            ground[code].add(frozenset(units))
    assert {len(sets) for sets in ground.values()} == {1}


def test_codes_that_stps_handed_on_to_icbs(members):
    stps = {code for layer in vintages.STPS[:-1] for code in members[layer]}
    shared = stps & set(members["icb22"])
    assert (len(shared), len(members["icb22"]), len(stps)) == (34, 42, 50)
    reused = {code for code, meanings in codes.known().items() if len({meaning.kind for meaning in meanings}) > 1}
    assert reused == shared


@pytest.mark.parametrize("said", ["E54000008", "e54000008", " E54 000 008 "])
def test_a_reused_code_means_an_stp_and_an_icb(said):
    found = codes.find(said)
    assert (found.code, found.how, found.well_formed) == ("E54000008", "code", True)
    assert [(m.year, m.kind) for m in found.meanings] == [(year, "STP") for year in range(2017, 2022)] + [
        (year, "ICB") for year in (2022, 2024, 2026)
    ]
    assert found.meanings[-1].name == "NHS Cheshire and Merseyside Integrated Care Board"


def test_every_code_of_the_tables_is_found(members):
    for layer in VINTAGES:
        for code in members[layer]:
            assert layer in {meaning.layer for meaning in codes.find(code).meanings}


@pytest.mark.parametrize(
    ("said", "how", "code"),
    [
        ("E54000001", "2016", "E54000046"),
        ("E54000002", "2016", "E54000047"),
        ("E54000003", "2016", "E54000045"),
        ("E54000004", "2016", "E54000048"),
        ("qk1", "ods", "E54000015"),
        ("04c", "ods", "E38000097"),
        ("15D", "ods", "E38000224"),
        ("D4U1Y", "ods", "E38000252"),
        ("S1Y5D", "ods", "E54000065"),
        ("QRL", "ods", "E54000042"),
        ("00W", "before", "E38000217"),
    ],
)
def test_other_codes_lead_to_the_ones_in_force(said, how, code):
    found = codes.find(said)
    assert (found.how, found.code) == (how, code)


@pytest.mark.parametrize(
    ("said", "near"), [("E5400008", "E54000008"), ("E540000008", "E54000008"), ("E38000999", None), ("", None)]
)
def test_unknown_codes_give_near_misses_and_no_meaning(said, near):
    found = codes.find(said)
    assert (found.code, found.meanings) == (None, ())
    assert near is None or found.near[0] == near


def test_a_trace_tells_before_and_after():
    table = codes.trace(codes.find("E54000050").meanings[0])
    first = table[table["year"] == 2017].set_index("code")
    assert dict(first["residents"]) == {"E54000045": 947_058, "E54000046": 1_697_669, "E54000047": 318_291}
    assert first["share_of_other"]["E54000045"] == pytest.approx(947_058 / 1_100_222)
    assert (table.groupby("year")["residents"].sum() == 2_963_018).all()
    assert table[table["code"] == "E54000050"]["year"].tolist() == [2020, 2021, 2022, 2024, 2026]


def test_mergers_of_ccgs_by_list_and_by_lsoas(members):
    """The list, grouped here and followed through sets of LSOAs, gives 35 mergers that both know."""
    ons = {row["ccg17cdh"]: members["ccg17"][row["ccg17cd"]] for row in source("ccg17")}
    groups = defaultdict(set)
    for row in source("ccg_successions"):
        groups[row["effective_date"], row["successor_ods_code"]].add(row["ccg_ods_code"])
    slack = {}
    for (date, successor), parts in sorted(groups.items()):
        if date == "2017-04-01":
            continue
        union = set().union(*(ons[part] for part in parts))
        now = members[f"ccg{date[2:4]}"]
        code = max(now, key=lambda one: len(now[one] & union))
        ons[successor] = now[code]
        slack[codes.ods_codes()[successor] == code, len(now[code] ^ union)] = successor
    # Only the four LSOAs of Coastal West Sussex make a difference: to one new CCG each.
    assert {agree for agree, _ in slack} == {True}
    assert {size for _, size in slack} == {0, 4}
    found = ccg_mergers.mergers()
    assert len(found) == len(groups) == 36
    assert [merger.ods_code for merger in found if not merger.agrees] == ["14L"]
    assert Counter(merger.date for merger in found) == Counter(date for date, _ in groups)


def test_mergers_account_for_the_number_of_ccgs():
    numbers = [207, 195, 191, 135, 106]
    lost = Counter()
    for merger in ccg_mergers.mergers():
        lost[int(merger.date[:4])] += max(len(merger.members) - 1, 0)
    assert [lost[year] for year in (2018, 2019, 2020, 2021)] == [a - b for a, b in pairwise(numbers)]
    frimley = next(merger for merger in ccg_mergers.mergers() if merger.ods_code == "D4U1Y")
    assert (frimley.name, frimley.residents, len(frimley.members)) == ("NHS Frimley CCG", 739_365, 3)


def test_the_command_resolves_codes(capsys):
    assert main(["resolve", "e54000008", "--year", "2022"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [(row["asked"], row["year"], row["kind"], row["code"], row["residents"]) for row in rows] == [
        ("E54000008", "2022", "ICB", "E54000008", "2470956")
    ]
    assert main(["resolve", "E54000045"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert [row["code"] for row in rows if row["year"] == "2022"] == ["E54000050", "E54000051"]


def test_the_command_names_what_it_does_not_know(capsys):
    assert main(["resolve", "E5400008", "E54000015"]) == 1
    out, err = capsys.readouterr()
    assert "E54000015" in out
    assert "E5400008" in err and "E54000008" in err
