"""What the page says of a what-if, of what is chosen to be moved, and of the best map."""

import csv
import io
import json
from urllib.parse import parse_qs, urlsplit

import pytest
import shapely

from geo import assignments, blocks, regroup
from geo.optimum import State
from lib import links
from lib.content import data
from lib.content.blocks import Facts, Link, Links, Listing, MapFigure, Notices, Prose, Section, Table
from lib.content.formats import plain
from lib.hosts import takeaway
from lib.what_if import moves, presets, regrouping
from pages.what_if import boundaries, optimum
from pages.what_if.jobs import Job
from pages.what_if.page import PAGE
from pages.what_if.view import WhatIfView
from tests.tables import source

BASSETLAW = "E38000008:E54000014"
GLOSSOP = "E38000182-E07000037:E54000012"


def shown(moved: str | None = None, *ccg: str, job: Job | None = None):
    return PAGE.document(WhatIfView(moved, ccg), job)


def view_of(link) -> WhatIfView:
    view, notices = links.parse(WhatIfView, parse_qs(urlsplit(link.href).query))
    assert notices == [] and urlsplit(link.href).path == "/what-if"
    return view


def section(document, key: str) -> Section:
    return next(block for block in document.all_of(Section) if block.key == key)


def ways(block: Section) -> dict[str, WhatIfView]:
    """Return the views that the lists of links in a section lead to, by their words."""
    return {
        link.words: view_of(link)
        for part in block.blocks
        for item in (part.blocks if isinstance(part, Section) else (part,))
        if isinstance(item, Links)
        for link in item.items
    }


def test_a_what_if_says_so_wherever_it_is_shown_and_is_not_listed():
    document = shown(BASSETLAW)
    assert document.title == "What if Bassetlaw belonged to Nottinghamshire?"
    assert plain(document.lead).startswith("What if – not a real map. 1 CCG moved, 116,304 residents.")
    assert document.description.startswith(regrouping.MARK)
    assert not document.index and shown().index
    maps = {figure.key: figure.map for figure in document.all_of(MapFigure)}
    assert {key for key, drawn in maps.items() if drawn.made_up} == {"england", "after"}
    assert maps["before"].note == "April 2017"
    assert all(drawn.note == regrouping.MARK for drawn in maps.values() if drawn.made_up)
    assert not shown().figure().map.made_up
    # A link to the map alone shows both times; where there is room for one, the one that is asked about.
    assert [figure.key for figure in document.part("map").all_of(MapFigure)] == ["before", "after"]
    assert document.figure().key == "after"


def test_the_scores_are_those_of_a_count_by_hand():
    (facts,) = [block for block in section(shown(BASSETLAW), "scores").blocks if isinstance(block, Facts)]
    said = {fact.key: (fact.value, fact.detail) for fact in facts.items}
    # 817,851 residents of Nottinghamshire are in a split council no longer: see the test of the geography.
    assert said["split_councils"] == (13, "April 2017: 14 of 152. Change: −1")
    assert said["residents_in_split"] == (11_484_468, "April 2017: 12,302,319. Change: −817,851")
    assert said["share_in_split"][0] == pytest.approx(11_484_468 / 55_619_430)
    assert said["share_in_split"][1] == "April 2017: 22.12%. Change: −1.47 points"
    assert said["v_measure"] == (0.8463, "April 2017: 0.8448. Change: +0.0015")
    assert said["stps"] == (44, "April 2017: 44. Change: no change")


def test_the_keys_of_the_maps_count_the_residents_of_each_time():
    before, after = (
        {entry.category.label: entry.count for entry in figure.legend}
        for figure in shown(BASSETLAW).all_of(MapFigure)
        if figure.legend
    )
    assert before == {"South Yorkshire and Bassetlaw": 1_509_749, "Nottinghamshire": 1_030_756}
    assert after == {"South Yorkshire and Bassetlaw": 1_393_445, "Nottinghamshire": 1_147_060}


def test_every_case_is_a_link_and_heads_its_page():
    offered = next(block for block in shown().all_of(Links) if block.title.startswith("Start with a case"))
    for link, preset in zip(offered.items, presets.presets(), strict=True):
        assert moves.parsed(view_of(link).moves) == dict(preset.moves)
        assert PAGE.document(view_of(link), None).title == preset.question


def test_a_chosen_ccg_moves_by_a_link_and_each_move_is_taken_back_by_one():
    document = shown(GLOSSOP, "E38000008")
    move = section(document, "move")
    assert move.title == "Move NHS Bassetlaw CCG"
    assert plain(move.blocks[0].words) == "116,304 residents, in South Yorkshire and Bassetlaw."
    options = ways(move)
    assert next(iter(options)) == "Nottinghamshire (neighbour)"
    assert options["Nottinghamshire (neighbour)"].moves == f"{BASSETLAW},{GLOSSOP}"
    assert options["New STP 1"].moves == f"E38000008:new-1,{GLOSSOP}"
    assert options["Dorset"].moves == f"E38000008:E54000041,{GLOSSOP}"
    assert len(options) == 44
    # What is chosen stays chosen, so that the next thought needs no new choice.
    assert {view.ccg for view in options.values()} == {("E38000008",)}

    moved = section(shown(f"{BASSETLAW},{GLOSSOP}"), "moves")
    (items,) = [block.items for block in moved.blocks if isinstance(block, Listing)]
    assert [view_of(words[-1]).moves for words in items] == [GLOSSOP, BASSETLAW]
    assert "33,334 residents" in plain(items[1])
    assert ways(moved)["Take all moves back"].moves is None


def test_a_moved_ccg_can_go_home():
    options = ways(section(shown(BASSETLAW, "E38000008"), "move"))
    assert options["South Yorkshire and Bassetlaw (neighbour)"].moves is None


def test_a_ccg_in_two_districts_is_offered_in_parts():
    people = {"E07000037": 0, "E08000008": 0}
    for row in source("lsoa"):
        if row["ccg17cd"] == "E38000182":
            people[row["lad17cd"]] += int(row["population"])
    options = ways(section(shown(None, "E38000182"), "move"))
    assert options[f"Only the part in High Peak, {people['E07000037']:,} residents"].ccg == ("E38000182-E07000037",)
    assert options[f"Only the part in Tameside, {people['E08000008']:,} residents"].ccg == ("E38000182-E08000008",)
    options = ways(section(shown(None, "E38000182-E07000037"), "move"))
    assert options[f"All of it, {sum(people.values()):,} residents"].ccg == ("E38000182",)
    assert options["Derbyshire (neighbour)"].moves == GLOSSOP


def test_several_ccgs_are_chosen_on_the_map_and_move_in_one_step():
    england = next(figure.map for figure in shown(BASSETLAW).all_of(MapFigure) if figure.key == "england")
    picked = england.several.replace("{codes}", "E38000182,E38000045")
    view, notices = links.parse(WhatIfView, parse_qs(urlsplit(picked).query))
    assert (view.moves, view.ccg, notices) == (BASSETLAW, ("E38000045", "E38000182"), [])

    document = PAGE.document(view, None)
    move = section(document, "move")
    people = sum(int(row["population"]) for row in source("lsoa") if row["ccg17cd"] in view.ccg)
    assert move.title == "Move 2 CCGs"
    assert plain(move.blocks[0].words) == f"{people:,} residents, in Dorset and Greater Manchester."
    assert ways(move)["Somerset (neighbour)"].moves == f"{BASSETLAW},E38000045:E54000038,E38000182:E54000038"
    leave = {part.words: view_of(part).ccg for part in move.blocks[1].words if not isinstance(part, str)}
    assert leave == {"Dorset": ("E38000182",), "Tameside and Glossop": ("E38000045",)}
    england = next(figure.map for figure in document.all_of(MapFigure) if figure.key == "england")
    assert england.chosen == ("E38000045", "E38000182")
    assert document.tables()[-1].chosen == {"E38000045", "E38000182"}


def test_stps_without_members_are_warned_of():
    (warned,) = shown("E38000045:E54000038").all_of(Notices)
    assert warned.items == ("The STP Dorset would have no CCG left and cease to exist.",)
    assert not list(shown(BASSETLAW).all_of(Notices))


def rows(table: Table) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.csv(table).decode("utf-8-sig"))))


def test_the_assignment_is_marked_in_every_row_and_has_every_ccg_once():
    table = shown(BASSETLAW).tables()[-1]
    found = rows(table)
    assert [row["ccg_code"] for row in found][1:] == sorted({*blocks.names("ccg17").index} - {"E38000008"})
    assert {row["mark"] for row in found} == {regrouping.MARK}
    assert (found[0]["ccg"], found[0]["moved"], found[0]["stp_code_2017"], found[0]["stp_code_what_if"]) == (
        "NHS Bassetlaw CCG",
        "yes",
        "E54000009",
        "E54000014",
    )
    assert sum(row["moved"] == "yes" for row in found) == 1
    assert view_of(Link("", table.links[0])) == WhatIfView(BASSETLAW, ("E38000008",))
    divided = rows(shown(GLOSSOP).tables()[-1])
    assert [(row["district_code"], row["moved"]) for row in divided if row["ccg_code"] == "E38000182"] == [
        ("E07000037", "yes"),
        ("E08000008", "no"),
    ]
    assert sum(int(row["residents"]) for row in divided) == 55_619_430


def test_every_table_of_a_what_if_is_marked_in_its_file():
    for table in shown(BASSETLAW).tables():
        assert {row["mark"] for row in rows(table)} == {regrouping.MARK}, table.key
        assert table.file_name.startswith("what-if-E38000008-to-E54000014")


def test_the_boundaries_are_offered_marked_and_fit():
    offered = {file.name: file.address for file in takeaway.files(PAGE, WhatIfView(GLOSSOP), shown(GLOSSOP))}
    address = offered["what-if-E38000182-E07000037-to-E54000012.geojson"]
    assert address.startswith("/what-if.geojson?moves=E38000182-E07000037:E54000012&")
    assert not any(name.endswith("geojson") for name in (f.name for f in takeaway.files(PAGE, WhatIfView(), shown())))
    link = "https://footprints.example/what-if"
    content = json.loads(boundaries.geojson(WhatIfView(GLOSSOP), link))
    assert content["what_if"] is True
    assert content["link"] == link
    assert regrouping.MARK in content["note"]
    features = {feature["id"]: feature for feature in content["features"]}
    assert set(features) == set(blocks.names("stp17").index)
    assert all(feature["properties"]["note"] == regrouping.MARK for feature in features.values())
    assert {code for code, feature in features.items() if feature["properties"]["changed"]} == {
        "E54000007",
        "E54000012",
    }
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features.values()])
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)
    with pytest.raises(LookupError, match="Nothing is moved"):
        boundaries.geojson(WhatIfView(), link)


def test_a_very_long_link_is_explained_and_its_moves_are_not_all_listed():
    stps = sorted(blocks.names("stp17").index)
    made = {part: stps[n % 44] for n, part in enumerate(regroup.parts().index)}
    text = moves.write(regroup.moves_of(regroup.assignment(made)))
    document = shown(text)
    (said,) = [plain(block.words) for block in document.all_of(Prose) if "characters" in plain(block.words)]
    assert f"{len(links.link(WhatIfView(text))):,}" in said
    (items,) = [block.items for block in section(document, "moves").blocks if isinstance(block, Listing)]
    assert len(items) == 41 and plain(items[-1]).startswith(f"and {len(moves.parsed(text)) - 40} more")


def found(**changes) -> State:
    """A state whose map is the real one but for West Essex, which joins the other CCGs of Essex."""
    problem = assignments.england()
    assignment = problem.home | {"E38000197": "E54000026"}
    split = assignments.residents_of(problem, assignments.split_councils(problem, assignment, 0.0))
    return State(
        **{"status": "feasible", "split": split, "bound": 1_000_000, "moved": 304_451} | changes, assignment=assignment
    )


def job_of(state: State, ended: str = "done", view: WhatIfView | None = None) -> Job:
    job = Job(optimum.question(view or WhatIfView()), 30, state)
    job.ended = ended
    return job


def test_an_answer_comes_first_with_its_bound_and_opens_as_a_what_if():
    document = shown(job=job_of(found()))
    first = document.blocks[0]
    said = " ".join(plain(block.words) for block in first.blocks if isinstance(block, Prose))
    assert "Not proven" in said and "no map can have fewer than 1,000,000" in said
    assert ways(first)["Open this map as a what-if"].moves == "E38000197:E54000026"
    table = next(block for block in first.blocks if isinstance(block, Table))
    assert table.rows[0][1:] == (12_302_319, found().split, 1_000_000)
    assert table.rows[3][1:3] == (0, 1)
    changed = next(block for block in document.tables() if block.key == "best-map-moves")
    assert [row[0] for row in changed.rows] == ["NHS West Essex CCG"]


@pytest.mark.parametrize(
    ("state", "ended", "says"),
    [
        (found(status="optimal", bound=found().split), "done", "Proven: no map of whole CCGs"),
        (found(), "cancelled", "Cancelled. Not proven"),
        (State("unknown", bound=5), "done", "No map within these limits was found, and it is not proven"),
        (State("infeasible"), "done", "No such map"),
        (State("unknown"), "failed", "The search broke off"),
    ],
)
def test_every_outcome_is_called_what_it_is(state, ended, says):
    first = shown(job=job_of(state, ended)).blocks[0]
    said = plain(first.blocks[0].words)
    assert says in said
    assert ("Proven" in said) == (state.status == "optimal")


def test_the_real_map_outside_the_limits_is_named_and_limits_that_cannot_be_kept_are_explained():
    def said(**limits):
        return plain(section(PAGE.document(WhatIfView(**limits), None), "optimum").blocks[1].words)

    assert "1 STP of the real map is outside these limits: West, North and East Cumbria" in said(least=400_000)
    assert "44 STPs of at least 2,000,000 residents would need 88,000,000" in said(least=2_000_000)
    assert said() == "The real map has 12,302,319 residents in split councils."


def test_new_stps_are_called_new():
    """Two STPs that become one leave a name over, which must not stand for another part of the country."""
    problem = assignments.england()
    norfolk, suffolk, other = "E54000022", "E54000023", "E38000132"
    assignment = {ccg: norfolk if stp == suffolk else stp for ccg, stp in problem.home.items()} | {other: suffolk}
    state = State("feasible", 1, 0, 1, False, assignment)
    assert optimum.what_if_moves(state)[other] == "new-1"
    table = next(block for block in shown(job=job_of(state)).tables() if block.key == "best-map-moves")
    row = next(row for row in table.rows if row[4] == other)
    assert (row[3], row[6]) == ("New STP 1", "new-1")
    assert moves.parsed(moves.write(optimum.what_if_moves(state))) == optimum.what_if_moves(state)
