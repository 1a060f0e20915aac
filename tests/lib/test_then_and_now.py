"""What the page on the vintages says, held against the LSOA table line by line."""

import datetime
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from geo import blocks, codes, vintages
from lib import catalogue, in_words, links, maps, share
from lib.then_and_now import (
    code_words,
    fit_by_vintage,
    flow_charts,
    flows,
    merger_words,
    then_and_now_maps,
    vintage_words,
)
from lib.views import ThenAndNowView
from tests.tables import source

ENGLAND = 55_619_430


@pytest.fixture(scope="module")
def lsoas() -> list[dict[str, str]]:
    """Every LSOA straight from the fact tables, with its STP of 2017 and its council."""
    stp = {row["ccg17cd"]: row["stp17cd"] for row in source("ccg17")}
    council = {row["lad17cd"]: row["council17cd"] for row in source("lad17")}
    return [row | {"stp17cd": stp[row["ccg17cd"]], "council17cd": council[row["lad17cd"]]} for row in source("lsoa")]


def test_the_whole_map_in_words():
    assert flows.headline("stp17", "icb22") == "44 STPs of 2017 became 42 ICBs by 2022"
    assert flows.sizes("stp17", "icb22") == (
        "29 stayed the same area, 3 merged and 12 gained or lost ground. "
        "Parts with 847,118 residents (500 LSOAs) moved to another area than the rest."
    )
    assert flows.headline("ccg17", "ccg21") == "207 CCGs of 2017 became 106 by 2021"
    assert vintage_words.numbers("stp17", "stp18") == "44 STPs became 42."
    assert vintage_words.numbers("stp18", "stp19") == "42 STPs, as before."
    [merger] = vintage_words.national("stp17", "stp18")
    assert merger == (
        "Durham, Darlington, Teesside, Hambleton, Richmondshire and Whitby; Northumberland, Tyne and Wear and North "
        "Durham; and West, North and East Cumbria merged into Cumbria and North East, 3,116,182 residents."
    )
    assert vintage_words.national("stp18", "stp19") == ("15 areas were renamed.",)
    assert any(
        "Bassetlaw, 70 LSOAs with 116,304 residents, went from" in s for s in vintage_words.national("stp21", "icb22")
    )


def test_renamed_areas_are_those_whose_words_changed():
    """Fifteen names of 2019 differ from those of 2018 under the same code."""
    names = defaultdict(dict)
    for row in source("later_names"):
        names[row["layer"], row["year"]][row["code"]] = row["name"]
    before, after = names["stp", "2018"], names["stp", "2019"]
    assert sum(before[code] != after[code] for code in before) == 15 == vintages.summary("stp18", "stp19").renamed


def test_the_story_of_bassetlaw(lsoas):
    moved = [r for r in lsoas if r["stp21cd"] == "E54000009" and r["icb22cd"] != "E54000061"]
    residents = sum(int(row["population"]) for row in moved)
    assert vintage_words.told("E54000009") == [
        ("2017", "STP E54000009, 923 LSOAs with 1,509,749 residents."),
        ("2018 to 2021", "No change."),
        (
            "2022",
            f"Became the ICB South Yorkshire. Ceded to Nottingham and Nottinghamshire: Bassetlaw, {len(moved)} LSOAs "
            f"with {residents:,} residents. It then held 853 LSOAs with 1,393,445 residents. New code: E54000061.",
        ),
    ]
    assert vintage_words.headline("E54000009") == (
        "By 2022 its residents were in the ICBs South Yorkshire (92.3%); and Nottingham and Nottinghamshire (7.7%)."
    )


def test_the_story_of_a_merger_says_whose_residents_left():
    by_year = dict(vintage_words.told("E54000047"))
    assert (
        "merged" in by_year["2018"].lower() and "None of them lived in West, North and East Cumbria" in by_year["2020"]
    )
    assert "None of them" not in dict(vintage_words.told("E54000045"))["2020"]


def test_a_code_that_goes_over_to_an_icb_is_told():
    assert vintage_words.told("E54000015")[-1][1] == (
        "Became an ICB, the same LSOAs. The code E54000015 was kept, so that it means an STP before and an ICB now."
    )
    assert vintage_words.headline("E54000015").endswith(
        "in the ICB Leicester, Leicestershire and Rutland, the same area."
    )


def test_every_story_has_its_ccgs(lsoas):
    """CCGs of Nottinghamshire by year, counted here line by line."""
    table = vintage_words.story_table("E54000014").set_index("Year")
    for year in ("17", "18", "19", "20", "21"):
        inside = {row[f"ccg{year}cd"] for row in lsoas if row[f"stp{year}cd"] == "E54000014"}
        assert table["CCGs"][f"20{year}"] == len(inside)
    assert table["CCGs"].isna().sum() == 1


def test_a_view_shows_what_changed_or_all():
    changed, everything = flows.shown(ThenAndNowView()), flows.shown(ThenAndNowView(flows="all"))
    assert (len(changed), len(everything)) == (22, 51)
    assert everything["residents"].sum() == ENGLAND
    assert set(everything["kind"]) - set(changed["kind"]) == {"same"}
    parts = [flows.shown(ThenAndNowView(flows="all", region=region)) for region in catalogue.REGIONS]
    # Glossop and Bassetlaw cross from one region to another, so they are in two of them.
    assert sum(len(part) for part in parts) == 53
    chosen = flows.shown(ThenAndNowView(stp="E54000009"))
    assert set(chosen["a_code"]) == {"E54000009", "E54000014"}
    assert chosen.groupby("b_code")["share_of_b"].sum().to_numpy() == pytest.approx(1)


def test_what_cannot_be_drawn_is_said():
    assert not flows.drawable(flows.shown(ThenAndNowView(kind="ccg")))
    assert "choose an NHS region or a footprint" in flows.undrawn(ThenAndNowView(kind="ccg"))
    assert "are the same area: 611 LSOAs" in flows.undrawn(ThenAndNowView(stp="E54000015"))
    assert flows.undrawn(ThenAndNowView(start="2018", end="2019")).startswith("Not one LSOA changed hands")


DRAWN = [
    ThenAndNowView(),
    ThenAndNowView(flows="all"),
    ThenAndNowView(stp="E54000045"),
    ThenAndNowView(kind="ccg", end="2021", region="north", flows="all"),
    ThenAndNowView(kind="ccg", region="south"),
]


@pytest.mark.parametrize("view", DRAWN, ids=links.link)
def test_names_and_areas_of_a_drawing_do_not_overlap(view):
    table, north = flows.shown(view), maps.places(flows.layers(view)[0])["lat"]
    at = flow_charts.placed(table, north)
    for side, places in (("a", at.left), ("b", at.right)):
        sizes = table.groupby(f"{side}_code")["residents"].sum() * at.scale
        names = table.drop_duplicates(f"{side}_code").set_index(f"{side}_code")[f"{side}_name"]
        tall = {code: max(sizes[code], 15 * len(flow_charts._lines(names[code]))) for code in places}
        codes = sorted(places, key=places.get)
        assert set(codes) == set(table[f"{side}_code"])
        assert places[codes[0]] - tall[codes[0]] / 2 >= 0
        assert places[codes[-1]] + tall[codes[-1]] / 2 <= at.height
        for one, other in pairwise(codes):
            assert places[one] + tall[one] / 2 <= places[other] - tall[other] / 2 + 1e-6
    figure = flow_charts.sankey(table, north, flows.CATEGORIES, ("Then", "Now"))
    link = figure.data[0].link
    assert sum(link.value) == table["residents"].sum() and len(link.value) == len(table)
    assert max(link.source) < min(link.target)
    assert len(figure.layout.annotations) == len(at.left) + len(at.right) + 2


def test_linked_areas_stand_together():
    """No flow of the national drawing crosses another group: each group fills a stretch of its own on both sides."""
    view = ThenAndNowView()
    at = flow_charts.placed(flows.shown(view), maps.places("stp17")["lat"])
    ends = sorted((at.left[row.a_code], at.right[row.b_code]) for row in flows.shown(view).itertuples())
    assert ends == sorted(ends, key=lambda pair: pair[0])
    moved = flows.shown(view)
    assert (moved["a_code"].map(at.left) - moved["b_code"].map(at.right)).abs().max() < at.height / 5


def split_councils(lsoas, column):
    """Councils that are neither inside one area nor made of whole ones, from sets of LSOAs."""
    council, area = defaultdict(set), defaultdict(set)
    for row in lsoas:
        council[row["council17cd"]].add(row["lsoa11cd"])
        area[row[column]].add(row["lsoa11cd"])
    home = {unit: code for code, units in area.items() for unit in units}
    return {
        code
        for code, units in council.items()
        if len({home[unit] for unit in units}) > 1 and any(not area[home[unit]] <= units for unit in units)
    }


@pytest.mark.parametrize("kind", ["stp", "ccg"])
def test_split_councils_of_every_vintage(lsoas, kind):
    names = {row["council17cd"]: row["council17nm"] for row in source("council17")}
    table, before = fit_by_vintage.by_vintage(kind), None
    assert list(table["split"]) == {"stp": [14, 13, 13, 14, 14, 10], "ccg": [23, 20, 19, 19, 17]}[kind]
    for layer, row in table.iterrows():
        now = split_councils(lsoas, f"{layer}cd")
        assert row["split"] == len(now)
        people = sum(int(unit["population"]) for unit in lsoas if unit["council17cd"] in now)
        assert row["in_split"] == pytest.approx(people / ENGLAND)
        if before is not None:
            assert set(row["new"]) == {names[code] for code in now - before}
            assert set(row["healed"]) == {names[code] for code in before - now}
        before = now


def test_fit_of_2017_is_that_of_the_page_on_fit():
    assert fit_by_vintage.by_vintage("stp")["v_measure"]["stp17"] == pytest.approx(0.8448, abs=5e-5)
    assert fit_by_vintage.by_vintage("ccg")["v_measure"]["ccg17"] == pytest.approx(0.9378, abs=5e-5)
    assert "ICBs of 2022, no longer split: Birmingham, Derbyshire, Northamptonshire and Nottinghamshire." in (
        fit_by_vintage.councils_changed()
    )


def test_mergers_and_their_list():
    assert list(merger_words.numbers()) == [207, 195, 191, 135, 106]
    table = merger_words.merger_table()
    listed = Counter(row["successor_ods_code"] for row in source("ccg_successions"))
    assert dict(zip(table["ODS code"], table["CCGs"], strict=True)) == dict(listed)
    assert Counter(table["List and LSOAs"]) == {"agree": 35, "the list only": 1}
    said = merger_words.reconciliation()
    assert len(said) == 5 and said[0].startswith("The list names 139 CCGs that went into 36 new ones. For 35 of these")
    assert (
        "00W, 01M and 01N became 14L on 1 April 2017, before the first lookup, which has it already: Manchester"
        in said[1]
    )


def test_a_reused_code_is_never_taken_for_one_thing():
    first, twice = code_words.answer("E54000008")
    assert first == (
        "E54000008 was the STP Cheshire and Merseyside from 2017 to 2021; "
        "and NHS Cheshire and Merseyside ICB from 2022 on."
    )
    assert twice.endswith("without a year it does not say whether it means the STP or the ICB.")
    assert code_words.answer("e54 000 008", 2022)[0] == (
        "In 2022 E54000008 was NHS Cheshire and Merseyside ICB: 2,470,956 residents (mid-2017) in 1,562 LSOAs."
    )
    assert code_words.answer("E54000008", 2019)[0].startswith("In 2019 E54000008 was the STP Cheshire and Merseyside:")
    for code in vintages.totals("icb22").index.intersection(vintages.totals("stp17").index):
        assert "The code was given twice" in " ".join(code_words.answer(code))


def test_before_and_after_a_code():
    ended = " ".join(code_words.answer("E54000046", 2022))
    assert "E54000046 was not in use in 2022. In 2022 the residents of its area were in NHS North East" in ended
    assert "In 2018 its residents were in the STP Cumbria and North East (E54000049)." in ended
    new = " ".join(code_words.answer("E38000248"))
    assert "Before, in 2019, its residents were in NHS Coastal West Sussex CCG (E38000213, 497,660)" in new
    table = code_words.reading_table(codes.find("E54000045"))
    assert table.groupby("Year")["Shared residents"].sum().eq(1_100_222).all()
    assert list(table["Code"][table["Year"] == "2022"]) == ["E54000050", "E54000051"]
    assert "CCGs ended in 2022" in " ".join(code_words.answer("E38000213", 2022))


def test_codes_that_the_lookups_no_longer_know():
    assert code_words.answer("E54000001")[0].startswith("E54000001 is an STP code of 2016.")
    assert "replaced it by E54000046" in code_words.answer("E54000001", 2016)[0]
    assert "of 2016 only the four codes are known" in code_words.answer("E54000008", 2016)[0]
    assert "merged on 1 April 2017 into NHS Manchester CCG" in code_words.answer("00W")[0]
    assert code_words.answer("QK1")[0].startswith("QK1 is the ODS code of the STP Leicester")


def test_other_codes_and_names_are_told_what_they_are():
    assert code_words.answer("E10000018") == (
        "E10000018 is Leicestershire, a council of 2017: neither STP, ICB nor CCG.",
    )
    unknown = code_words.answer("E54000099")
    assert unknown[0].startswith("E54000099 is in none of the lookups from 2017 to 2022. They hold 58 codes")
    assert "E54000009 (South Yorkshire and Bassetlaw)" in unknown[1]
    assert len(code_words.answer("Surrey Heartlands")) == 4
    assert code_words.read(" e38000213 ") == "E38000213" and code_words.read("nhs devon ccg") == "Devon"
    with pytest.raises(ValueError, match=r"codes that look alike: E54000008 \(Cheshire and Merseyside\)"):
        code_words.read("E5400008")


def test_years_are_put_in_order_and_said():
    view, notices = links.parse(ThenAndNowView, {"from": ["2021"], "to": ["stp18"]})
    assert (view.start, view.end) == ("2018", "2021")
    assert notices == ["`from` is after `to`; shown the other way round: 2018 to 2021."]
    view, notices = links.parse(ThenAndNowView, {"from": ["2019"], "to": ["2019"], "region": ["north"], "stp": ["QF7"]})
    assert view == ThenAndNowView(stp="E54000009")
    assert len(notices) == 2
    assert ThenAndNowView(end="2019").starting("2020") == ThenAndNowView(start="2020", end="2022")
    assert ThenAndNowView(end="2019").starting("2018") == ThenAndNowView(start="2018", end="2019")


def test_a_view_in_words_names_its_vintages():
    assert in_words.described(ThenAndNowView()) == "flows of residents from STPs of 2017 to ICBs of 2022"
    said = in_words.described(ThenAndNowView(kind="ccg", end="2021", code="E54000008", year="2022"))
    assert said == "flows of residents from CCGs of 2017 to CCGs of 2021; what E54000008 meant in 2022"
    assert in_words.memberships(ThenAndNowView()) == "2017 to 2022"
    cited = share.citation("map", "1.0.0", datetime.date(2026, 1, 2), in_words.memberships(ThenAndNowView()))
    assert "Memberships of 2017 to 2022" in cited


def test_then_and_now_show_the_same_ground():
    then, now = then_and_now_maps.sides("E54000009")
    assert [(area.mark, area.label) for area in then.areas.values()] == [
        ("A", "South Yorkshire and Bassetlaw"),
        ("B", "Nottinghamshire"),
    ]
    assert [area.mark for area in now.areas.values()] == ["1", "2"]
    figures = [then_and_now_maps.draw("E54000009", side.layer) for side in (then, now)]
    assert figures[0].layout.geo.lonaxis.range == figures[1].layout.geo.lonaxis.range
    assert figures[0].layout.geo.lataxis.range == figures[1].layout.geo.lataxis.range
    for figure in figures:
        outlined = figure.data[2]
        assert list(outlined.locations) == ["E54000009"]
    # An STP has the colour of the ICB that took most of it.
    fills = [[area.fill for area in side.areas.values()] for side in (then, now)]
    assert fills[0] == fills[1]
    assert "1 South Yorkshire" in then_and_now_maps.alt("E54000009", now)


@pytest.mark.parametrize("code", blocks.names("stp17").index)
def test_every_footprint_has_its_maps(code):
    then, now = then_and_now_maps.sides(code)
    assert next(iter(then.areas)) == code
    shared = vintages.flows("stp17", "icb22")
    assert set(now.areas) == set(shared["b_code"][shared["a_code"] == code])
    assert len({area.mark for area in then.areas.values()}) == len(then.areas)
