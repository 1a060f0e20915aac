"""What-ifs against counts by hand, straight from the fact tables."""

import csv
import math
from collections import Counter, defaultdict

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import adjacency, blocks, contiguity, effects, map_fit, overlap, regroup
from geo.__main__ import main
from geo.classes import Fit
from tests.tables import source

UNITS = st.sampled_from(sorted(regroup.units()))
STPS = st.sampled_from([*sorted(blocks.names("stp17").index), "new-1", "new-2"])
MOVES = st.dictionaries(UNITS, STPS, max_size=40)
BASSETLAW, GLOSSOP, WIGHT = "E38000008", "E38000182-E07000037", "E38000087"
NOTTINGHAMSHIRE, SOUTH_YORKSHIRE, DERBYSHIRE, DORSET = "E54000014", "E54000009", "E54000012", "E54000041"


def named(table: str, name: str) -> str:
    """Return the code of an area by its name, from the fact table."""
    (code,) = (row[f"{table}cd"] for row in source(table) if row[f"{table}nm"] == name)
    return code


def stps_of_councils(rows, stp) -> dict[str, Counter]:
    """Return residents by STP of each council."""
    found = defaultdict(Counter)
    for row in rows:
        found[row["council17"]][stp(row)] += row["population"]
    return found


def split(councils: dict[str, Counter]) -> dict[str, int]:
    """Return the residents of each council in more than one STP."""
    return {code: sum(people.values()) for code, people in councils.items() if len(people) > 1}


def v_measure(councils: dict[str, Counter]) -> float:
    """Return the V-measure of councils and STPs from its definition (Rosenberg and Hirschberg 2007)."""
    stps: Counter = sum(councils.values(), Counter())
    everybody = sum(stps.values())

    def entropy(counts):
        return -sum(n / everybody * math.log(n / everybody) for n in counts if n)

    joint = entropy([n for people in councils.values() for n in people.values()])
    council, stp = entropy([sum(people.values()) for people in councils.values()]), entropy(stps.values())
    homogeneity, completeness = 1 - (joint - council) / stp, 1 - (joint - stp) / council
    return 2 * homogeneity * completeness / (homogeneity + completeness)


def members(rows, layer: str, stp) -> dict[str, set[str]]:
    found = defaultdict(set)
    for row in rows:
        found[stp(row)].add(row[layer])
    return found


def test_moving_bassetlaw_changes_exactly_what_a_count_by_hand_says(england):
    moved = named("ccg17", "NHS Bassetlaw CCG")
    where, whence = named("stp17", "Nottinghamshire"), named("stp17", "South Yorkshire and Bassetlaw")

    def now(row):
        return where if row["ccg17"] == moved else row["stp17"]

    def then(row):
        return row["stp17"]

    found = effects.consequences(regroup.assignment({moved: where}))
    for score, stp in ((found.before, then), (found.after, now)):
        councils = stps_of_councils(england, stp)
        assert score.stps == len(members(england, "ccg17", stp)) == 44
        assert score.split_councils == len(split(councils))
        assert score.residents_in_split == sum(split(councils).values())
        assert score.v_measure == pytest.approx(v_measure(councils), abs=1e-12)
    assert (found.before.split_councils, found.after.split_councils) == (14, 13)
    assert found.after.residents_in_split == 12_302_319 - 817_851

    assert set(found.stps) == {where, whence}
    for code, change in found.stps.items():
        for told, stp in ((change.before, then), (change.after, now)):
            inside = [row for row in england if stp(row) == code]
            assert told.population == sum(row["population"] for row in inside)
            assert told.ccgs == len({row["ccg17"] for row in inside})
            assert told.councils == len({row["council17"] for row in inside})

    assert set(found.councils) == {named("council17", "Nottinghamshire")}
    (council,) = found.councils.values()
    people = sum(r["population"] for r in england if r["ccg17"] == moved)
    assert council.moved == people == 116_304
    assert (council.before.stps, council.after.stps) == ((where, whence), (where,))
    # By sets of LSOAs: the county fills part of its STP, and both STPs come to consist of whole councils.
    assert (council.before.fit, council.after.fit) == ("split", "within_one")
    for code, change in found.stps.items():
        assert not made_of_whole_councils(england, then, code)
        assert made_of_whole_councils(england, now, code)
        assert (change.before.fit, change.after.fit) == ("split", "union_of_whole")


def made_of_whole_councils(rows, stp, code) -> bool:
    inside = {row["council17"] for row in rows if stp(row) == code}
    return all(stp(row) == code for row in rows if row["council17"] in inside)


def test_the_part_of_a_ccg_in_a_district_moves_alone(england):
    found = effects.consequences(regroup.assignment({GLOSSOP: DERBYSHIRE}))
    ccg, district = GLOSSOP.split("-")
    people = sum(row["population"] for row in england if row["ccg17"] == ccg and row["lad17"] == district)
    grown = found.stps[DERBYSHIRE]
    assert grown.after.population - grown.before.population == people == 33_334
    derbyshire = found.councils[named("council17", "Derbyshire")]
    assert (len(derbyshire.before.stps), len(derbyshire.after.stps)) == (2, 1)
    # Its CCG now has residents in two STPs.
    assert sum(stp.after.ccgs - stp.before.ccgs for stp in found.stps.values()) == 1


def test_the_merger_of_2018_gives_the_stps_of_2018(england):
    code = named_later("Cumbria and North East")
    three = {row["stp17"] for row in england if row["stp18"] == code}
    assert len(three) == 3
    moves = {row["ccg17"]: "new-1" for row in england if row["stp17"] in three}
    assigned = regroup.assignment(moves)
    pairs = {(assigned[f"{row['ccg17']}-{row['lad17']}"], row["stp18"]) for row in england}
    # One to one: the same LSOAs are together in both.
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}) == 42
    assert all(a == b for a, b in pairs if a != "new-1")
    found = effects.consequences(assigned)
    assert set(found.emptied) == three
    assert found.scattered == ()
    assert found.after.stps == 42
    # Merging one into the next twice is the same map under another name.
    one, two, into = sorted(three)
    merged = regroup.merged(regroup.merged(regroup.assignment({}), one, into), two, into)
    assert effects.score(merged) == found.after


def named_later(name: str) -> str:
    rows = source("later_names")
    (code,) = (row["code"] for row in rows if (row["year"], row["layer"], row["name"]) == ("2018", "stp", name))
    return code


def test_nothing_moved_changes_nothing():
    found = effects.consequences(regroup.assignment({}))
    assert (found.moves, found.moved, found.before) == ({}, (), found.after)
    assert (found.stps, found.councils) == ({}, {})


@settings(max_examples=15)
@given(MOVES)
def test_nobody_gets_lost_and_moves_say_the_same_as_the_assignment(moves):
    assigned = regroup.assignment(moves)
    written = regroup.moves_of(assigned)
    assert list(regroup.assignment(written).items()) == list(assigned.items())
    assert regroup.moves_of(regroup.assignment(written)) == written
    assert len(written) <= len(regroup.parts())
    found = effects.consequences(assigned)
    people = regroup.parts()["population"]
    assert sum(regroup.residents(assigned).values()) == people.sum() == 55_619_430
    assert sum(stp.after.population - stp.before.population for stp in found.stps.values()) == 0
    assert sum(council.moved for council in found.councils.values()) == people[list(found.moved)].sum()
    assert effects.score(assigned) == found.after
    assert found.after.stps == len(set(assigned.values()))


@settings(max_examples=10)
@given(MOVES, st.sampled_from(regroup.AGAINST))
def test_every_area_has_the_class_that_its_shares_give_it(moves, layer):
    """Counted in whole residents here, and by shares with room for rounding there."""
    assigned, table = regroup.assignment(moves), regroup.parts()
    stps = table.index.map(assigned).to_series(table.index)
    fit = map_fit.of(assigned, layer)
    codes = map_fit.councils(layer).codes
    for a, b, told in (
        (table[layer], stps, dict(zip(codes, fit.fit_of_councils, strict=True))),
        (stps, table[layer], dict(zip(fit.places, fit.fit_of_stps, strict=True))),
    ):
        names = {code: code for side in (a, b) for code in side.dropna()}
        pairs = overlap.of_groupings(a, b, table["population"], names, names)
        people = table["population"].groupby(a).sum()
        whole = people.to_frame("weight").assign(name=people.index)
        expected = Fit.of(pairs, whole).table(0.0).set_index("code")["class"]
        assert told == expected.to_dict()


@settings(max_examples=10)
@given(MOVES)
def test_what_is_not_said_to_change_is_as_it_was(moves):
    assigned = regroup.assignment(moves)
    found = effects.consequences(assigned)
    then, now = map_fit.of_2017(regroup.COUNCILS), map_fit.of(assigned, regroup.COUNCILS)
    assert all(
        then.stp(code) == now.stp(code) for code in then.places.keys() | now.places.keys() if code not in found.stps
    )
    for place, code in enumerate(map_fit.councils(regroup.COUNCILS).codes):
        if code not in found.councils:
            assert then.council(place) == now.council(place)


def test_what_is_said_of_a_part_goes_before_what_is_said_of_its_ccg():
    ccg, part = GLOSSOP.partition("-")[0], GLOSSOP
    both = {ccg: "new-1", part: DERBYSHIRE}
    assert regroup.assignment(both) == regroup.assignment(dict(reversed(both.items())))
    assert regroup.moves_of(regroup.assignment(both))[part] == DERBYSHIRE


@pytest.mark.parametrize(
    "moves", [{"E38999999": "new-1"}, {BASSETLAW: "new-0"}, {BASSETLAW: "E54000099"}, {BASSETLAW: ""}]
)
def test_what_does_not_exist_is_named(moves):
    with pytest.raises(regroup.MoveError):
        regroup.assignment(moves)


def test_an_stp_in_pieces_is_noticed_but_an_island_of_old_is_not():
    def scattered(moves):
        return effects.consequences(regroup.assignment(moves)).scattered

    assert scattered({}) == ()
    assert scattered({BASSETLAW: NOTTINGHAMSHIRE}) == ()
    assert scattered({BASSETLAW: DORSET}) == (DORSET,)
    # The Isle of Wight belongs to Hampshire's STP as an island, but would be cut off in any other.
    assert scattered({WIGHT: DORSET}) == (DORSET,)
    assert scattered({WIGHT: "new-1"}) == ()


def test_components_and_islands_by_hand():
    borders = {"a": frozenset("b"), "b": frozenset("ac"), "c": frozenset("b"), "d": frozenset("e"), "e": frozenset("d")}
    assert contiguity.components("abcde", borders) == [frozenset("abc"), frozenset("de")]
    assert contiguity.components("ac", borders) == [frozenset("a"), frozenset("c")]
    assert contiguity.components("", borders) == []


@pytest.mark.parametrize(
    "moves", [{BASSETLAW: NOTTINGHAMSHIRE}, {GLOSSOP: DERBYSHIRE, WIGHT: DORSET, BASSETLAW: "new-1"}]
)
def test_new_outlines_fit_their_neighbours_and_cover_england(moves):
    before, after = regroup.outlines(regroup.assignment({})), regroup.outlines(regroup.assignment(moves))
    shapes = after.to_numpy()
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    assert shapely.area(shapes).sum() == pytest.approx(shapely.area(before.to_numpy()).sum(), rel=1e-9)
    touched = effects.consequences(regroup.assignment(moves)).stps
    untouched = [code for code in before.index if code not in touched]
    assert len(untouched) >= 39
    assert shapely.equals_exact(before[untouched].to_numpy(), after[untouched].to_numpy()).all()
    # Asking for some of them gives the same outlines.
    some = sorted(set(moves.values()))
    alone = regroup.outlines(regroup.assignment(moves), some)
    assert list(alone.index) == some
    assert shapely.equals_exact(alone.to_numpy(), after[some].to_numpy()).all()


def test_neighbours_of_a_unit_are_those_that_it_borders_on():
    near = regroup.neighbours_of([BASSETLAW], regroup.assignment({}))
    names = {regroup.stp_name(code) for code in near}
    assert near[0] == SOUTH_YORKSHIRE
    assert {"Nottinghamshire", "Lincolnshire", "Derbyshire", "Humber, Coast and Vale"} <= names
    assert "Dorset" not in names
    # Wirral and Dorset together border on what each of them borders on.
    both = set(regroup.neighbours_of(["E38000208", "E38000045"], regroup.assignment({})))
    alone = [set(regroup.neighbours_of([ccg], regroup.assignment({}))) for ccg in ("E38000208", "E38000045")]
    assert both == alone[0] | alone[1] and alone[0] and alone[1]


@settings(max_examples=10)
@given(MOVES, st.sets(UNITS, min_size=1, max_size=4))
def test_borders_of_parts_are_those_of_their_pieces(moves, chosen):
    assigned = regroup.assignment(moves)
    by_piece = regroup.labels(assigned)
    table = adjacency.neighbours(by_piece)
    expected = {stp: set(table["b"][table["a"] == stp]) for stp in set(assigned.values())}
    assert contiguity.neighbours(assigned) == expected
    members = [part for unit in chosen for part in regroup.units()[unit]]
    table = adjacency.neighbours(by_piece.mask(blocks.part_of_piece().isin(members), "unit"))
    near, own = table["b"][table["a"] == "unit"], {assigned[part] for part in members}
    assert regroup.neighbours_of(sorted(chosen), assigned) == sorted(near, key=lambda stp: stp not in own)


def test_the_command_prints_every_number_that_changes(capsys):
    assert main(["regroup", f"{BASSETLAW}:{NOTTINGHAMSHIRE}", "--format", "csv"]) == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    said = {(row["layer"], row["code"], row["measure"]): (row["before"], row["after"]) for row in rows}
    assert said[("england", "", "split_councils")] == ("14", "13")
    assert said[("stp", NOTTINGHAMSHIRE, "population")] == ("1030756", "1147060")
    assert {row["code"] for row in rows if row["layer"] == "council"} == {"E10000024"}
    assert all(row["before"] != row["after"] for row in rows)
    assert main(["regroup", "E38999999:new-1"]) == 2
    assert capsys.readouterr().err.startswith("geo regroup: 'E38999999' is not the code of a CCG")
