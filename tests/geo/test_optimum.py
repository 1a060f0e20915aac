"""The best map of whole CCGs: against every map of small grids, and on England by routes that are not the solver's."""

import csv
import io
import itertools
import json
import random
import subprocess
import sys
from collections import Counter, defaultdict

import geopandas
import numpy as np
import pytest
import shapely

from geo import assignments, blocks, conflicts, effects, optimum, paths, regroup
from geo.__main__ import main
from geo.assignments import Problem, Question

ENGLAND_REAL = (318_291, 2_832_133)


def grid(width: int, height: int, stps: int, seed: int) -> Problem:
    """Make CCGs on a grid, councils that straddle some of them, and STPs in columns."""
    chance = random.Random(seed)
    cells = [f"C{x}{y}" for y in range(height) for x in range(width)]
    home = {cell: f"S{int(cell[1]) * stps // width}" for cell in cells}
    borders = {
        cell: frozenset(
            other for other in cells if abs(int(cell[1]) - int(other[1])) + abs(int(cell[2]) - int(other[2])) == 1
        )
        for cell in cells
    }
    residents = defaultdict(dict)
    for cell in cells:
        council = f"K{chance.randrange(len(cells) - 1)}"
        residents[council][cell] = chance.randrange(50, 300) * 1000
    for cell in cells:
        if chance.random() < 0.2:
            near = chance.choice(sorted(residents))
            residents[near][cell] = residents[near].get(cell, 0) + chance.choice([3_000, 40_000])
    return Problem(home, dict(residents), {cell: cell for cell in cells}, borders)


def connected(cells: set[str]) -> bool:
    """Flood a set of cells of a grid, by their coordinates alone."""
    left = {(int(cell[1]), int(cell[2])) for cell in cells}
    waiting = [left.pop()] if left else []
    while waiting:
        x, y = waiting.pop()
        for spot in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
            if spot in left:
                left.remove(spot)
                waiting.append(spot)
    return not left


def best_by_enumeration(problem: Problem, question: Question) -> tuple[int, int] | None:
    """Return fewest residents in split councils and fewest moved with them, from a look at every map."""
    cells, stps = list(problem.home), list(problem.stps)
    residents = np.array([[council.get(cell, 0) for cell in cells] for council in problem.residents.values()])
    councils, people = residents.sum(axis=1), residents.sum(axis=0)
    # By map and STP: which cells are in it.
    maps = np.array(list(itertools.product(range(len(stps)), repeat=len(cells))))
    inside = maps[:, None, :] == np.arange(len(stps))[:, None]
    sizes = inside @ people
    kept = ((question.least <= sizes) & (sizes <= question.most)).all(axis=1)
    maps, inside = maps[kept], inside[kept]
    most_held = (inside @ residents.T).max(axis=1)
    split = (most_held < (1 - question.tolerance) * councils - 1e-6) @ councils
    moved = (maps != [stps.index(problem.home[cell]) for cell in cells]) @ people
    for number in np.lexsort((moved, split)):
        if all(connected(set(itertools.compress(cells, chosen))) for chosen in inside[number]):
            return int(split[number]), int(moved[number])
    return None


@pytest.mark.parametrize("tolerance", [0.0, 0.15])
@pytest.mark.parametrize("slack", [0.03, 0.3, 0.8])
@pytest.mark.parametrize("seed", range(4))
def test_a_small_map_is_as_good_as_the_best_of_all_maps(seed, slack, tolerance):
    problem = grid(3, 3, 3, seed)
    third = sum(problem.people.values()) / 3
    question = Question(int(third * (1 - slack)), int(third * (1 + slack)), tolerance)
    best = best_by_enumeration(problem, question)
    state = optimum.solve(problem, question, 60)
    if best is None:
        assert (state.status, state.assignment) == ("infeasible", None)
    else:
        assert (state.status, state.split, state.bound, state.moved) == ("optimal", best[0], best[0], best[1])
        assert state.least_moved


def test_the_small_maps_try_everything():
    """Some have no answer, some have to split a council, some do not."""
    found = set()
    for seed, slack in itertools.product(range(4), (0.03, 0.3, 0.8)):
        problem = grid(3, 3, 3, seed)
        third = sum(problem.people.values()) / 3
        best = best_by_enumeration(problem, Question(int(third * (1 - slack)), int(third * (1 + slack))))
        found.add(None if best is None else best[0] > 0)
    assert found == {None, True, False}


def test_a_ccg_in_two_pieces_joins_nothing():
    """Left and right belong together by their council, and the CCG in two pieces would have to be the bridge."""
    residents = {"K0": {"left": 100, "right": 100}, "K1": {"both": 100}, "K2": {"middle": 100}}
    owner = {"left": "left", "right": "right", "both-1": "both", "both-2": "both", "middle": "middle"}
    row = ["left", "both-1", "middle", "both-2", "right"]
    borders = {part: frozenset(row[max(n - 1, 0) : n + 2]) - {part} for n, part in enumerate(row)}
    problem = Problem({"left": "A", "both": "A", "middle": "B", "right": "B"}, residents, owner, borders)
    apart = {"left": "A", "both": "A", "right": "A", "middle": "B"}
    assert optimum.faults(problem, Question(100, 300), apart) == ["A is in pieces"]
    state = optimum.solve(problem, Question(100, 300), 20)
    # All in one STP would leave none for the other; so the council stays split, and the real map is in pieces too.
    assert state.split != 0


def test_an_island_stays_with_what_reaches_it():
    residents = {"K0": {"a": 100, "island": 50}, "K1": {"b": 100}}
    owner = {name: name for name in ("a", "b", "island")}
    borders = {"a": frozenset("b"), "b": frozenset("a")}
    problem = Problem({"a": "A", "b": "B", "island": "A"}, residents, owner, borders, {"island": frozenset("a")})
    assert not optimum.faults(problem, Question(100, 150), problem.home)
    assert optimum.faults(problem, Question(100, 150), {"a": "A", "b": "B", "island": "B"}) == ["B is in pieces"]
    assert optimum.solve(problem, Question(100, 150), 20).split == 0


@pytest.fixture(scope="module")
def best() -> optimum.State:
    """The best map of England, or what a busy machine finds of it in time."""
    return optimum.solve(assignments.england(), Question(*ENGLAND_REAL), 25)


def test_the_limits_of_england_are_those_of_the_real_map(england):
    sizes = Counter()
    for row in england:
        sizes[row["stp17"]] += row["population"]
    assert (min(sizes.values()), max(sizes.values())) == ENGLAND_REAL
    assert assignments.real_limits(assignments.england()) == ENGLAND_REAL


def test_the_map_of_england_keeps_the_limits(best, england):
    """Residents from the source tables, LSOA by LSOA."""
    sizes = Counter()
    for row in england:
        sizes[best.assignment[row["ccg17"]]] += row["population"]
    assert len(sizes) == 44
    assert min(sizes.values()) >= ENGLAND_REAL[0]
    assert max(sizes.values()) <= ENGLAND_REAL[1]


def test_every_stp_of_the_map_of_england_hangs_together(best):
    """From the outlines of the pieces: not from the table of borders, and without the code under test.

    A part of a CCG inside one district is one place, whatever rivers run through it.
    """
    outlines = geopandas.read_parquet(paths.DATA / "pieces-detail.parquet").set_index("piece").geometry
    pieces = blocks.pieces().loc[outlines.index]
    ccgs = list(pieces["ccg17"])
    places = list(zip(ccgs, pieces["lad17"], strict=True))
    beside = defaultdict(set)
    for a, b in zip(*outlines.sindex.query(outlines, predicate="intersects"), strict=True):
        if shapely.intersection(outlines.iloc[a], outlines.iloc[b]).length > 0:
            beside[places[a]].add(places[b])
    for stp in set(best.assignment.values()):
        # What borders on nothing is an island: Wight and Scilly.
        inside = {place for place in places if best.assignment[place[0]] == stp and beside[place] - {place}}
        reached, waiting = set(), sorted(inside)[:1]
        while waiting:
            place = waiting.pop()
            if place not in reached:
                reached.add(place)
                waiting += beside[place] & inside
        assert inside == reached, stp


def test_the_isle_of_wight_is_with_a_ccg_of_hampshire(best):
    names, problem = blocks.names("ccg17"), assignments.england()
    wight = names.index[names == "NHS Isle of Wight CCG"][0]
    companions = {ccg for ccg, stp in best.assignment.items() if stp == best.assignment[wight]} - {wight}
    assert any(problem.home[ccg] == problem.home[wight] for ccg in companions)


def test_the_objective_is_counted_again(best, england):
    people, residents, stps = Counter(), Counter(), defaultdict(set)
    for row in england:
        people[row["council17"]] += row["population"]
        residents[row["ccg17"]] += row["population"]
        stps[row["council17"]].add(best.assignment[row["ccg17"]])
    assert best.split == sum(people[council] for council in people if len(stps[council]) > 1)
    home = {row["ccg17"]: row["stp17"] for row in england}
    assert best.moved == sum(
        row["population"] for row in england if best.assignment[row["ccg17"]] != home[row["ccg17"]]
    )


def test_the_what_if_page_counts_the_same(best):
    """Another way to the same numbers, and another look at what hangs together."""
    problem = assignments.england()
    moved = assignments.moves(problem, assignments.renamed(problem, best.assignment))
    found = effects.consequences(regroup.assignment(moved))
    assert found.after.residents_in_split == best.split
    assert (found.after.stps, found.scattered) == (44, ())


def test_the_map_of_england_is_better_than_the_real_one_and_never_below_the_bound(best):
    """Fourteen councils with 12,302,319 residents are split in reality."""
    assert best.bound <= best.split < 12_302_319
    if best.status == "optimal":
        assert (best.split, best.bound) == (1_796_954, 1_796_954)
        split = assignments.split_councils(assignments.england(), best.assignment, 0.0)
        assert sorted(blocks.names("council17")[split]) == ["North Yorkshire", "Surrey"]
    if best.least_moved:
        assert best.moved == 6_278_552


def test_the_real_map_is_counted_as_everywhere_else():
    problem = assignments.england()
    for tolerance, number in ((0.0, 14), (0.01, 13), (0.02, 11), (0.05, 9), (0.1, 9)):
        assert len(assignments.split_councils(problem, problem.home, tolerance)) == number


def test_why_hampshire_or_surrey_has_to_be_split(england):
    """With what they enclose they are too large for the largest STP: by hand, from the source tables."""
    people, touching = Counter(), set()
    codes = {council("Hampshire"), council("Surrey")}
    for row in england:
        people[row["ccg17"]] += row["population"]
        if row["council17"] in codes:
            touching.add(row["ccg17"])
    names = blocks.names("ccg17")
    both = sum(people[ccg] for ccg in touching)
    enclosed = [people[names.index[names == f"NHS {name} CCG"][0]] for name in ("Portsmouth", "Southampton")]
    # Neither is large enough for an STP; with the Isle of Wight one of them is, and the other comes along.
    assert max(enclosed) < ENGLAND_REAL[0] and both <= ENGLAND_REAL[1] < both + min(enclosed)
    problem = assignments.england()
    shared = [code for code, inside in problem.residents.items() if len(inside) > 1]
    found = conflicts.too_large(problem, Question(*ENGLAND_REAL), shared)
    assert codes in found


def council(name: str) -> str:
    names = blocks.names("council17")
    return names.index[names == name][0]


@pytest.mark.parametrize(
    ("question", "says"),
    [
        (Question(1_300_000, 2_000_000), "The lower limit can be 1,264,077 at most."),
        (Question(0, 1_000_000), "The upper limit must be at least 1,264,078."),
        (Question(2_000_000, 1_000_000), "is above the upper limit"),
    ],
)
def test_limits_that_cannot_be_kept_are_explained(question, says):
    problem = assignments.england()
    assert says in optimum.impossible(problem, question)
    assert optimum.solve(problem, question, 5).status == "infeasible"


def test_time_that_is_up_is_no_proof():
    state = optimum.solve(assignments.england(), Question(900_000, 1_600_000), 0.01)
    assert (state.status, state.assignment, state.split) == ("unknown", None, None)


def test_faults_are_found():
    problem = assignments.england()
    question = Question(*ENGLAND_REAL)
    assert not optimum.faults(problem, question, problem.home)
    # Cornwall's CCG in Northumberland's STP: in pieces, and Cornwall's STP is empty.
    cornwall = next(ccg for ccg, name in blocks.names("ccg17").items() if "Kernow" in name)
    north = next(stp for stp, name in blocks.names("stp17").items() if name.startswith("Northumberland"))
    wrong = optimum.faults(problem, question, problem.home | {cornwall: north})
    assert any("in pieces" in fault for fault in wrong)
    assert any("outside the limits" in fault for fault in wrong)
    assert optimum.faults(problem, question, {})


def run(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "geo", "optimum", *arguments]
    return subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)


def test_the_command_writes_an_assignment_and_says_how_good_it_is():
    done = run("--seconds", "1", "--tolerance", "5")
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert len(rows) == 207 and len({row["optimum_stp17cd"] for row in rows}) == 44
    assert sum(int(row["population"]) for row in rows) == 55_619_430
    assert "real map 8,369,848" in done.stderr


def test_the_command_streams_lines_and_nothing_else():
    """The solver's own remarks must not get between them."""
    done = run("--seconds", "2", "--format", "lines")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert lines[0]["split"] == 12_302_319
    assert [line["bound"] for line in lines] == sorted(line["bound"] for line in lines)


def test_the_command_explains_limits_that_cannot_be_kept(capsys):
    assert main(["optimum", "--least", "2000000"]) == 1
    out, err = capsys.readouterr()
    assert out == "" and "44 STPs of at least 2,000,000 residents would need 88,000,000" in err


@pytest.mark.parametrize("wrong", [("--seconds", "0"), ("--least", "-1"), ("--tolerance", "50"), ("--most", "many")])
def test_the_command_answers_wrong_use_in_one_line(capsys, wrong):
    try:
        status = main(["optimum", *wrong])
    except SystemExit as stopped:
        status = stopped.code
    out, err = capsys.readouterr()
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert wrong[0] in err
