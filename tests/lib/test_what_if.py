"""What-ifs in links, words and files."""

from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import blocks, regroup
from lib import briefing, catalogue, links
from lib.briefing.view import BriefingView
from lib.what_if import changes, colours, moves, presets, regrouping, tables
from pages.what_if.view import WhatIfView
from tests.citing import cited
from tests.tables import source

STPS = sorted(blocks.names("stp17").index)
CCGS = sorted(blocks.names("ccg17").index)
BASSETLAW = "E38000008:E54000014"
GLOSSOP = "E38000182-E07000037:E54000012"


@settings(max_examples=10)
@given(st.randoms(use_true_random=False))
def test_all_207_ccgs_fit_a_link_and_come_back(chance):
    targets = [chance.choice([*STPS, *(f"new-{n}" for n in range(1, 100))]) for _ in CCGS]
    made = regroup.moves_of(regroup.assignment(dict(zip(CCGS, targets, strict=True))))
    link = links.link(WhatIfView(moves.write(made), ("E38000182-E07000037",)))
    assert len(link) < moves.LONG - 100
    view, notices = links.parse(WhatIfView, parse_qs(urlsplit(link).query))
    assert notices == []
    assert moves.parsed(view.moves) == made


@settings(max_examples=10)
@given(st.dictionaries(st.sampled_from(sorted(regroup.parts().index)), st.sampled_from(STPS), min_size=20))
def test_even_all_parts_of_ccgs_come_back(targets):
    made = regroup.moves_of(regroup.assignment(targets))
    text = moves.write(made)
    assert moves.read(text) == (text, [])
    assert moves.parsed(text) == made


def test_the_worst_link_is_read_and_explained():
    parts = list(regroup.parts().index)
    made = regroup.moves_of(regroup.assignment({part: STPS[n % 44] for n, part in enumerate(parts)}))
    link = links.link(WhatIfView(moves.write(made)))
    assert moves.LONG < len(link) < 4000
    view, notices = links.parse(WhatIfView, parse_qs(urlsplit(link).query))
    assert (moves.parsed(view.moves), notices) == (made, [])
    assert f"{len(link):,} characters" in moves.long_link(len(link))
    assert moves.long_link(moves.LONG) is None


@pytest.mark.parametrize(
    "said",
    [
        BASSETLAW,
        "e38000008 : e54000014",
        "02Q:QT1",
        "bassetlaw:nottinghamshire",
        "QT1:02Q",
        "nottinghamshire:bassetlaw",
        "E38000008-E07000171:E54000014",
        "QT1:02Q-7171",
        ",E38000008:E54000014,,",
    ],
)
def test_every_form_of_a_move_is_written_the_same_way(said):
    assert moves.read(said) == (BASSETLAW, [])


def test_codes_mean_what_they_mean_elsewhere():
    for row in source("ccg17"):
        for code in (row["ccg17cd"], row["ccg17cdh"]):
            assert moves.unit(code) == catalogue.resolve("ccg17", code) == row["ccg17cd"]
    for row in source("stp17"):
        for code in (row["stp17cd"], row["ods_code"]):
            assert moves.target(code) == catalogue.resolve("stp17", code) == row["stp17cd"]
            assert moves.unit(code) is catalogue.resolve("ccg17", code) is None


def test_the_order_of_moves_does_not_matter_but_many_are_grouped():
    some = dict(zip(CCGS[:20], ["new-1"] * 20, strict=True))
    text = moves.write(some)
    assert text.count(":") == 20
    assert moves.read(",".join(reversed(text.split(","))))[0] == text
    more = moves.write(dict(zip(CCGS[:21], ["new-1"] * 21, strict=True)))
    assert more.startswith("new-1:")
    assert more.count(":") == 1
    assert moves.read(more) == (more, [])


def test_a_name_that_is_a_ccg_and_an_stp_is_the_ccg_on_the_left():
    both = "cambridgeshire-and-peterborough"
    assert moves.read(f"{both}:northamptonshire")[0] == "E38000026:E54000020"


def test_what_cannot_be_moved_is_named_and_the_rest_is_kept():
    said = f"{BASSETLAW},E38000009:E54000099,nonsense,02Q:QF7,E38000001:E54000005,E38000182-E08000025:QF7"
    view, notices = links.parse(WhatIfView, {"moves": [said], "ccg": ["Narnia"]})
    assert view == WhatIfView()
    words = "\n".join(notices)
    for wrong in ("`E38000009:E54000099`", "`nonsense`", "`E38000182-E08000025:QF7`", "`Narnia`"):
        assert wrong in words
    assert "names NHS Bassetlaw CCG more than once; the last move counts" in words
    assert (
        "Bassetlaw CCG; and NHS Airedale, Wharfedale and Craven CCG are in that STP already; nothing to move" in words
    )
    text, notices = moves.read(f"{BASSETLAW},nonsense")
    assert text == BASSETLAW
    assert len(notices) == 1


def test_a_title_and_a_citation_say_what_if():
    view = WhatIfView(BASSETLAW)
    assert cited(view).startswith("What if Bassetlaw belonged to Nottinghamshire? (what if – not a real map;")
    assert regrouping.title(f"{BASSETLAW},E38000001:E54000006") == (
        "What if Airedale, Wharfedale and Craven belonged to Humber, Coast and Vale; and Bassetlaw belonged to "
        "Nottinghamshire?"
    )
    for text in (BASSETLAW, GLOSSOP, *(moves.write(preset.moves) for preset in presets.presets())):
        assert regrouping.title(text).startswith("What if ")
        assert "not a real map" in cited(BriefingView(moves=text))
    assert regrouping.title(None) == "What if"


def test_better_and_worse_carry_the_numbers_of_a_count_by_hand():
    said = {change.sentence: change.kind for change in changes.changes(BASSETLAW)}
    # 817,851 residents of Nottinghamshire and 116,304 of Bassetlaw: see the test of the geography.
    better, other = changes.BETTER, changes.ELSE
    assert said == {
        "The council Nottinghamshire (817,851 residents) would no longer be split between STPs: all of it would be in "
        "Nottinghamshire.": better,
        "817,851 fewer residents would live in split councils: 11,484,468 instead of 12,302,319.": better,
        "The V-measure of councils and STPs would rise from 0.8448 to 0.8463.": better,
        "The STP South Yorkshire and Bassetlaw would be made of whole councils; in 2017 it was not made of whole "
        "councils.": better,
        "The STP Nottinghamshire would be made of whole councils; in 2017 it was not made of whole councils.": (better),
        "The STP South Yorkshire and Bassetlaw would have 1,393,445 residents, not 1,509,749 (−7.7%).": other,
        "The STP Nottinghamshire would have 1,147,060 residents, not 1,030,756 (+11.3%).": other,
    }


def test_the_way_back_turns_better_into_worse():
    # Leicester and its county are two councils in one STP; part of the county elsewhere splits it.
    worse = {change.kind for change in changes.changes("E38000051:E54000014") if "split" in change.sentence}
    assert changes.WORSE in worse
    assert changes.changes(None) == []


def test_stps_in_pieces_and_without_members_are_warned_of():
    assert changes.warnings(BASSETLAW) == []
    assert changes.warnings("E38000008:E54000041") == [
        "The STP Dorset would be in 2 pieces that share no border (in 2017 it was in one)."
    ]
    merger = next(preset for preset in presets.presets() if "merged" in preset.name)
    said = changes.warnings(moves.write(merger.moves))
    assert len(said) == 3
    assert all("no CCG left" in one for one in said)


def test_presets_are_the_cases_of_the_review_and_the_merger():
    by_name = {preset.name: moves.write(preset.moves) for preset in presets.presets()}
    assert by_name["Bassetlaw to Nottinghamshire"] == BASSETLAW
    assert by_name["Glossop to Derbyshire"] == GLOSSOP
    assert by_name["West Birmingham to Birmingham and Solihull"] == "E38000144-E08000025:E54000017"
    assert by_name["Part of East Northamptonshire to Northamptonshire"] == "E38000026-E07000152:E54000020"
    assert len(moves.parsed(by_name["All 4 of these"])) == 4
    assert all(preset.source for preset in presets.presets())
    merger = moves.parsed(by_name["Three north-eastern footprints merged"])
    assert {regrouping.home(ccg) for ccg in merger} == {"E54000045", "E54000046", "E54000047"}
    assert set(merger.values()) == {"new-1"}


def test_neighbours_never_share_a_colour():
    from geo import adjacency

    for text in (None, BASSETLAW, GLOSSOP, moves.write(presets.presets()[-1].moves)):
        used = colours.by_stp(text)
        borders = adjacency.neighbours(regroup.labels(regroup.assignment(moves.parsed(text))))
        assert all(used[a] != used[b] for a, b in zip(borders["a"], borders["b"], strict=True))


def test_a_briefing_is_marked_lists_its_moves_and_says_how_many_more_there_are():
    made = briefing.build(BriefingView(moves=BASSETLAW), "https://footprints.example")
    assert made.kind == regrouping.MARK
    assert made.link == f"https://footprints.example{links.link(WhatIfView(BASSETLAW))}"
    assert made.coded
    everything = moves.write(dict.fromkeys(CCGS, "new-1"))
    made = briefing.build(BriefingView(moves=everything), "https://footprints.example")
    page = briefing.made(BriefingView(moves=everything), "html", "https://footprints.example").decode()
    assert not made.coded
    assert 'class="code"' not in page
    assert "and 195 more" in page
    assert f"{len(made.link):,} characters" in page
    assert f'href="{made.link.replace("&", "&amp;")}"' in page


@pytest.mark.parametrize("text", [BASSETLAW, GLOSSOP, moves.write(dict.fromkeys(CCGS, "new-1"))])
def test_a_briefing_fits_its_page(text):
    content = briefing.made(BriefingView(moves=text), "pdf", "https://footprints.example")
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    assert len(document) == 1
    assert regrouping.MARK in document[0].get_textpage().get_text_range()


def test_a_ccg_can_go_to_neighbours_first_then_to_new_stps_and_to_all_others():
    options = regrouping.targets(("E38000008",), None)
    assert len(options) == 44
    assert list(options.values())[:2] == ["Nottinghamshire (neighbour)", "Lincolnshire (neighbour)"]
    assert "E54000009" not in options
    assert "new-1" in options
    everything = moves.write({ccg: f"new-{n % 99 + 1}" for n, ccg in enumerate(CCGS)})
    options = regrouping.targets((CCGS[0],), everything)
    assert len(options) == 44 + 98
    assert next(code for code in options if code.startswith("new-") and "neighbour" not in options[code]) == "new-2"


def test_ccgs_of_two_stps_can_go_to_either_of_these_and_border_on_what_each_borders_on():
    # Bassetlaw is in South Yorkshire and Bassetlaw, Hardwick in Derbyshire.
    options = regrouping.targets(("E38000008", "E38000071"), None)
    assert len(options) == 45
    assert options["E54000009"] == "South Yorkshire and Bassetlaw (neighbour)"
    assert options["E54000012"] == "Derbyshire (neighbour)"
    assert options["E54000014"] == "Nottinghamshire (neighbour)"


@pytest.mark.parametrize(
    ("before", "units", "where", "after"),
    [
        (None, ["E38000008", "E38000045"], "E54000014", "E38000008:E54000014,E38000045:E54000014"),
        (BASSETLAW, ["E38000008"], "E54000009", None),
        (BASSETLAW, ["E38000008"], "new-1", "E38000008:new-1"),
        # All of a CCG takes the part of it along that was moved elsewhere.
        (GLOSSOP, ["E38000182"], "new-1", "E38000182:new-1"),
        (GLOSSOP, ["E38000182"], "E54000007", None),
        # A part may stay behind.
        ("E38000182:new-1", ["E38000182-E07000037"], "E54000007", "E38000182-E08000008:new-1"),
        ("E38000182:new-1", ["E38000182-E07000037"], "new-1", "E38000182:new-1"),
    ],
)
def test_units_go_to_an_stp_in_one_step(before, units, where, after):
    text = moves.with_units(before, units, where)
    assert moves.read(text) == (after, [])


def test_several_ccgs_stand_in_a_link_and_old_links_with_one_keep_working():
    def read(said):
        view, notices = links.parse(WhatIfView, {"ccg": [said]})
        return view.ccg, notices

    assert read("02Q") == (("E38000008",), [])
    assert read("none") == ((), [])
    # A comma of a name is none between names.
    assert read("NHS Airedale, Wharfedale and Craven CCG") == (("E38000001",), [])
    assert read("E38000045, 02Q,E38000045") == (("E38000008", "E38000045"), [])
    # A part goes with the whole.
    assert read("E38000182,E38000182-E07000037") == (("E38000182",), [])
    (units, (notice,)) = read("02Q,Narnia")
    assert units == ("E38000008",) and "`Narnia`" in notice and "E38000008" in notice
    assert links.link(WhatIfView(ccg=("E38000045", "E38000008"))).startswith(
        "/what-if?moves=none&ccg=E38000008,E38000045&"
    )


@pytest.mark.parametrize(
    ("now", "then", "decimals", "said"),
    [
        (0.84519, 0.84484, 4, "+0.0004"),
        (0.8448, 0.8452, 4, "−0.0004"),
        (41, 44, 0, "−3"),
        (0.12344, 0.12338, 4, "no change"),
    ],
)
def test_a_difference_is_that_of_the_numbers_beside_it(now, then, decimals, said):
    assert tables.signed(now, then, decimals) == said


@pytest.mark.parametrize("preset", presets.presets(), ids=lambda preset: preset.name)
def test_the_changes_of_every_preset_are_those_of_the_numbers_printed(preset):
    table = tables.score_table(moves.write(preset.moves))
    for _, row in table.iterrows():
        then, now = (
            Decimal(row[when].split(" ")[0].replace(",", "").rstrip("%")) for when in ("April 2017", "What if")
        )
        change = row["Change"].replace("−", "-").replace(",", "").removesuffix(" points")
        assert now - then == (0 if change == "no change" else Decimal(change))
        assert "no change " not in row["Change"]


def test_an_stp_that_becomes_the_same_area_as_one_council_is_better_off():
    # With its last 16,822 residents the STP Northamptonshire is the county.
    said = changes.changes("E38000026-E07000152:E54000020")
    (change,) = [
        change for change in said if change.sentence.startswith("The STP Northamptonshire would be the same area")
    ]
    assert change.kind == changes.BETTER


def test_a_part_of_a_district_is_not_called_by_the_name_of_the_whole():
    people = sum(int(row["population"]) for row in source("lsoa") if row["lad17cd"] == "E07000152")
    moved = sum(
        int(row["population"])
        for row in source("lsoa")
        if (row["ccg17cd"], row["lad17cd"]) == ("E38000026", "E07000152")
    )
    assert (moved, people) == (16_822, 93_135)
    assert presets.called("E38000026-E07000152") == "part of East Northamptonshire"
