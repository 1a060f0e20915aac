"""What the page on the vintages says, held against the LSOA table line by line."""

import datetime
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from geo import blocks, vintages
from lib import catalogue, links
from lib.content.blocks import Chart, Link, MapFigure, Prose, Section, Table
from lib.content.document import Document
from lib.content.formats import plain
from lib.facts import area_codes
from lib.facts import today as facts
from lib.figures import extents
from lib.hosts import takeaway
from pages.then_and_now import boards, fit, flows, maps, mergers, sankey, words
from pages.then_and_now import codes as meanings
from pages.then_and_now.page import PAGE
from pages.then_and_now.view import ThenAndNowView
from tests.citing import cited
from tests.maps import href
from tests.tables import source

ENGLAND = 55_619_430


def found(document: Document, key: str) -> Table:
    return next(table for table in document.tables() if table.key == key)


def records(document: Document, key: str) -> list[dict]:
    """Rows of a table by the keys of its columns, links by their words."""
    table = found(document, key)
    keys = [column.key for column in table.columns]
    return [
        dict(zip(keys, (cell.words if isinstance(cell, Link) else cell for cell in row), strict=True))
        for row in table.rows
    ]


def figures(document: Document) -> dict[str, MapFigure]:
    return {figure.key: figure for figure in document.all_of(MapFigure)}


def section(document: Document, key: str) -> Section:
    return next(part for part in document.all_of(Section) if part.key == key)


def said(document: Document) -> str:
    return " ".join(plain(block.words) for block in document.all_of(Prose))


def opened(way: str) -> ThenAndNowView:
    view, notices = links.parse(ThenAndNowView, parse_qs(urlsplit(way).query))
    assert notices == []
    return view


@pytest.fixture(scope="module")
def lsoas() -> list[dict[str, str]]:
    """Every LSOA straight from the fact tables, with its STP of 2017 and its council."""
    stp = {row["ccg17cd"]: row["stp17cd"] for row in source("ccg17")}
    council = {row["lad17cd"]: row["council17cd"] for row in source("lad17")}
    return [row | {"stp17cd": stp[row["ccg17cd"]], "council17cd": council[row["lad17cd"]]} for row in source("lsoa")]


@pytest.fixture(scope="module")
def today() -> list[dict[str, str]]:
    """Every LSOA straight from the fact tables, with its memberships of 2017 and of today."""
    later = {row["lsoa11cd"]: row for row in source("lsoa_today")}
    stp = {row["ccg17cd"]: row["stp17cd"] for row in source("ccg17")}
    council = {row["lad17cd"]: row["council17cd"] for row in source("lad17")}
    return [
        row | later[row["lsoa11cd"]] | {"stp17cd": stp[row["ccg17cd"]], "council17cd": council[row["lad17cd"]]}
        for row in source("lsoa")
    ]


def test_the_whole_map_in_words():
    assert flows.headline("stp17", "icb22") == "44 STPs of 2017 became 42 ICBs by 2022"
    assert flows.sizes("stp17", "icb22") == (
        "29 stayed the same area, 3 merged and 12 gained or lost ground. "
        "Parts with 847,118 residents (500 LSOAs) moved to another area than the rest."
    )
    assert flows.sizes("ccg17", "icb22") == (
        "4 stayed the same area, 202 merged and 1 gained or lost ground. "
        "Parts with 232,872 residents (126 LSOAs) moved to another area than the rest."
    )
    assert flows.headline("ccg17", "ccg21") == "207 CCGs of 2017 became 106 by 2021"
    assert words.numbers("stp17", "stp18") == "44 STPs became 42."
    assert words.numbers("stp18", "stp19") == "42 STPs, as before."
    [merger] = words.national("stp17", "stp18")
    assert merger == (
        "Durham, Darlington, Teesside, Hambleton, Richmondshire and Whitby; Northumberland, Tyne and Wear and North "
        "Durham; and West, North and East Cumbria merged into Cumbria and North East, 3,116,182 residents."
    )
    assert words.national("stp18", "stp19") == ("15 areas were renamed.",)
    assert any("Bassetlaw, 70 LSOAs with 116,304 residents, went from" in s for s in words.national("stp21", "icb22"))


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
    assert words.told("E54000009") == [
        ("2017", "STP E54000009, 923 LSOAs with 1,509,749 residents."),
        ("2018 to 2021", "No change."),
        (
            "2022",
            f"Became the ICB South Yorkshire. Ceded to Nottingham and Nottinghamshire: Bassetlaw, {len(moved)} LSOAs "
            f"with {residents:,} residents. It then held 853 LSOAs with 1,393,445 residents. New code: E54000061.",
        ),
        ("2024 to 2026", "No change."),
    ]
    assert words.headline("E54000009") == (
        "By 2022 its residents were in the ICBs South Yorkshire (92.3%); and Nottingham and Nottinghamshire (7.7%)."
    )


def test_the_story_of_a_merger_says_whose_residents_left():
    by_year = dict(words.told("E54000047"))
    assert (
        "merged" in by_year["2018"].lower() and "None of them lived in West, North and East Cumbria" in by_year["2020"]
    )
    assert "None of them" not in dict(words.told("E54000045"))["2020"]


def test_a_code_that_goes_over_to_an_icb_is_told():
    assert dict(words.told("E54000015"))["2022"] == (
        "Became an ICB, the same LSOAs. The code E54000015 was kept, so that it means an STP before and an ICB now."
    )
    assert words.headline("E54000015").endswith("in the ICB Leicester, Leicestershire and Rutland, the same area.")


def test_every_story_has_its_ccgs(lsoas):
    """CCGs of Nottinghamshire by year, counted here line by line."""
    rows = records(PAGE.document(ThenAndNowView(stp="E54000014")), "story")
    ccgs = {row["year"]: row["ccgs"] for row in rows}
    for year in ("17", "18", "19", "20", "21"):
        inside = {row[f"ccg{year}cd"] for row in lsoas if row[f"stp{year}cd"] == "E54000014"}
        assert ccgs[f"20{year}"] == len(inside)
    assert [ccgs[year] for year in ("2022", "2024", "2026")] == [None] * 3 and len(rows) == 8


def test_a_view_shows_what_changed_or_all():
    changed, everything = flows.of_view(ThenAndNowView()), flows.of_view(ThenAndNowView(flows="all"))
    assert (len(changed), len(everything)) == (22, 51)
    assert sum(row.residents for row in everything) == ENGLAND
    assert {row.kind for row in everything} - {row.kind for row in changed} == {"same"}
    parts = [flows.of_view(ThenAndNowView(flows="all", region=region)) for region in catalogue.REGIONS]
    # Glossop and Bassetlaw cross from one region to another, so they are in two of them.
    assert sum(len(part) for part in parts) == 53
    chosen = flows.of_view(ThenAndNowView(stp="E54000009"))
    assert {row.a_code for row in chosen} == {"E54000009", "E54000014"}
    shares = Counter()
    for row in chosen:
        shares[row.b_code] += row.share_of_b
    assert list(shares.values()) == pytest.approx([1] * len(shares))


def test_what_cannot_be_drawn_is_said():
    assert not flows.drawable(flows.of_view(ThenAndNowView(kind="ccg")))
    assert "choose an NHS region or a footprint" in flows.undrawn(ThenAndNowView(kind="ccg"))
    assert "are the same area: 611 LSOAs" in flows.undrawn(ThenAndNowView(stp="E54000015"))
    assert flows.undrawn(ThenAndNowView(start="2018", end="2019")).startswith("Not one LSOA changed hands")
    unchanged = ThenAndNowView(kind="council", end="2024", region="london")
    assert "Not one LSOA changed hands" in plain(PAGE.document(unchanged).lead)


DRAWN = [
    ThenAndNowView(),
    ThenAndNowView(flows="all"),
    ThenAndNowView(stp="E54000045"),
    ThenAndNowView(kind="ccg", end="2021", region="north", flows="all"),
    ThenAndNowView(kind="ccg", region="south"),
]


@pytest.mark.parametrize("view", DRAWN, ids=links.link)
def test_names_and_areas_of_a_drawing_do_not_overlap(view):
    rows, north = flows.of_view(view), extents.places(view.layers[0])["lat"]
    table, at = pd.DataFrame(rows), sankey.placed(rows, north)
    for side, places in (("a", at.left), ("b", at.right)):
        sizes = table.groupby(f"{side}_code")["residents"].sum() * at.scale
        names = table.drop_duplicates(f"{side}_code").set_index(f"{side}_code")[f"{side}_name"]
        tall = {code: max(sizes[code], 15 * len(sankey._lines(names[code]))) for code in places}
        codes = sorted(places, key=places.get)
        assert set(codes) == set(table[f"{side}_code"])
        assert places[codes[0]] - tall[codes[0]] / 2 >= 0
        assert places[codes[-1]] + tall[codes[-1]] / 2 <= at.height
        for one, other in pairwise(codes):
            assert places[one] + tall[one] / 2 <= places[other] - tall[other] / 2 + 1e-6
    figure = sankey.drawn(rows, north, flows.CATEGORIES, ("Then", "Now"))
    link = figure["data"][0]["link"]
    assert sum(link["value"]) == table["residents"].sum() and len(link["value"]) == len(table)
    assert max(link["source"]) < min(link["target"])
    assert len(figure["layout"]["annotations"]) == len(at.left) + len(at.right) + 2


def test_linked_areas_stand_together():
    """No flow of the national drawing crosses another group: each group fills a stretch of its own on both sides."""
    view = ThenAndNowView()
    at = sankey.placed(flows.of_view(view), extents.places("stp17")["lat"])
    ends = sorted((at.left[row.a_code], at.right[row.b_code]) for row in flows.of_view(view))
    assert ends == sorted(ends, key=lambda pair: pair[0])
    assert max(abs(left - right) for left, right in ends) < at.height / 5


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
    table, before = fit.by_vintage(kind), None
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
    assert fit.by_vintage("stp")["v_measure"]["stp17"] == pytest.approx(0.8448, abs=5e-5)
    assert fit.by_vintage("ccg")["v_measure"]["ccg17"] == pytest.approx(0.9378, abs=5e-5)
    assert "ICBs of 2022, no longer split: Birmingham, Derbyshire, Northamptonshire and Nottinghamshire." in (
        fit.councils_changed()
    )


def test_mergers_and_their_list():
    assert list(mergers.numbers()) == [207, 195, 191, 135, 106]
    rows = records(PAGE.document(ThenAndNowView()), "mergers")
    listed = Counter(row["successor_ods_code"] for row in source("ccg_successions"))
    assert {row["ods_code"]: row["ccgs"] for row in rows} == dict(listed)
    assert Counter(row["list_and_lsoas"] for row in rows) == {"agree": 35, "the list only": 1}
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    said = mergers.reconciliation()
    assert len(said) == 5 and said[0].startswith("The list names 139 CCGs that went into 36 new ones. For 35 of these")
    assert (
        "00W, 01M and 01N became 14L on 1 April 2017, before the first lookup, which has it already: Manchester"
        in said[1]
    )


def test_a_reused_code_is_never_taken_for_one_thing():
    first, twice = meanings.answer("E54000008")
    assert first == (
        "E54000008 was the STP Cheshire and Merseyside from 2017 to 2021; "
        "and NHS Cheshire and Merseyside ICB from 2022 on."
    )
    assert twice.endswith("without a year it does not say whether it means the STP or the ICB.")
    assert meanings.answer("e54 000 008", 2022)[0] == (
        "In 2022 E54000008 was NHS Cheshire and Merseyside ICB: 2,470,956 residents (mid-2017) in 1,562 LSOAs."
    )
    assert meanings.answer("E54000008", 2019)[0].startswith("In 2019 E54000008 was the STP Cheshire and Merseyside:")
    for code in vintages.totals("icb22").index.intersection(vintages.totals("stp17").index):
        assert "The code was given twice" in " ".join(meanings.answer(code))


def test_before_and_after_a_code():
    ended = " ".join(meanings.answer("E54000046", 2022))
    assert "E54000046 was not in use in 2022. In 2022 the residents of its area were in NHS North East" in ended
    assert "In 2018 its residents were in the STP Cumbria and North East (E54000049)." in ended
    new = " ".join(meanings.answer("E38000248"))
    assert "Before, in 2019, its residents were in NHS Coastal West Sussex CCG (E38000213, 497,660)" in new
    rows = records(PAGE.document(ThenAndNowView(code="E54000045")), "code")
    people = Counter()
    for row in rows:
        people[row["year"]] += row["shared_residents"]
    assert set(people.values()) == {1_100_222} and len(people) == 8
    assert [row["code"] for row in rows if row["year"] == "2022"] == ["E54000050", "E54000051"]
    assert "CCGs ended in 2022" in " ".join(meanings.answer("E38000213", 2022))


def test_codes_that_the_lookups_no_longer_know():
    assert meanings.answer("E54000001")[0].startswith("E54000001 is an STP code of 2016.")
    assert "replaced it by E54000046" in meanings.answer("E54000001", 2016)[0]
    assert "of 2016 only the four codes are known" in meanings.answer("E54000008", 2016)[0]
    assert "merged on 1 April 2017 into NHS Manchester CCG" in meanings.answer("00W")[0]
    assert meanings.answer("QK1")[0].startswith("QK1 is the ODS code of the STP Leicester")


def test_other_codes_and_names_are_told_what_they_are(today):
    assert meanings.answer("E10000018") == (
        "E10000018 is Leicestershire, a council of 2017 until today: neither STP, ICB nor CCG.",
    )
    assert meanings.answer("E14001063") == (
        "E14001063 is Aldershot, a constituency since 31 May 2024: neither STP, ICB nor CCG.",
    )
    # What areas are drawn from has names of its own, which mean nothing to a reader.
    for unit in (blocks.PIECE, blocks.FRAGMENT):
        name = blocks.units(unit).index[0]
        assert meanings.answer(name) == (f"{name} is not the code of an STP, ICB or CCG: those begin with E54 or E38.",)
    unknown = meanings.answer("E54000099")
    kinds = ("stp17", "stp18", "stp19", "stp20", "stp21", "icb22", "icb24", "icb26")
    in_use = {row[f"{kind}cd"] for row in today for kind in kinds}
    assert unknown[0].startswith(
        "E54000099 is in none of the lookups from 2017 to 2024, and no ICB of April 2026. "
        f"They hold {len(in_use)} codes"
    )
    assert "E54000009 (South Yorkshire and Bassetlaw)" in unknown[1]
    assert len(meanings.answer("Surrey Heartlands")) == 5
    assert area_codes.read(" e38000213 ") == "E38000213" and area_codes.read("nhs devon ccg") == "Devon"
    with pytest.raises(ValueError, match=r"codes that look alike: E54000008 \(Cheshire and Merseyside\)"):
        area_codes.read("E5400008")


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
    assert cited(ThenAndNowView()) == "flows of residents from STPs of 2017 to ICBs of 2022"
    said = cited(ThenAndNowView(kind="ccg", end="2021", code="E54000008", year="2022"))
    assert said == "flows of residents from CCGs of 2017 to CCGs of 2021; what E54000008 meant in 2022"
    citation = takeaway.citation("map", "1.0.0", datetime.date(2026, 1, 2), PAGE.memberships)
    assert "Memberships of 2017 to 2022" in citation


def test_an_stp_has_the_colour_of_the_icb_that_took_most_of_it():
    then, now = maps.categories("E54000009").values()
    assert [(area.mark, area.label) for area in then.values()] == [
        ("A", "South Yorkshire and Bassetlaw"),
        ("B", "Nottinghamshire"),
    ]
    assert [area.mark for area in now.values()] == ["1", "2"]
    assert [area.fill for area in then.values()] == [area.fill for area in now.values()]
    drawn = figures(PAGE.document(ThenAndNowView(stp="E54000009")))
    assert drawn["then"].map.extent == drawn["now"].map.extent
    assert plain(drawn["now"].caption) == "ICBs of 2022: 1 South Yorkshire · 2 Nottingham and Nottinghamshire"
    assert "1 South Yorkshire" in drawn["now"].map.description


@pytest.mark.parametrize("code", blocks.names("stp17").index)
def test_every_footprint_has_its_maps(code):
    then, now = maps.categories(code).values()
    assert next(iter(then)) == code
    shared = vintages.flows("stp17", "icb22")
    assert set(now) == set(shared["b_code"][shared["a_code"] == code])
    assert len({area.mark for area in then.values()}) == len(then)


def test_an_area_of_the_maps_opens_its_story_or_its_code():
    view = ThenAndNowView(stp="E54000009", kind="ccg", start="2018")
    drawn = figures(PAGE.document(view))
    assert opened(href(drawn["then"].map.areas[0], "E54000014")) == ThenAndNowView(
        stp="E54000014", kind="ccg", start="2018"
    )
    assert opened(href(drawn["now"].map.areas[0], "E54000060")) == replace(view, code="E54000060", year="2022")


def test_where_residents_belonged_in_2022_line_by_line(lsoas):
    table = found(PAGE.document(ThenAndNowView(stp="E54000009")), "residents-now")
    now = Counter()
    for row in lsoas:
        if row["stp17cd"] == "E54000009":
            now[row["icb22cd"]] += int(row["population"])
    everybody = Counter()
    for row in lsoas:
        everybody[row["icb22cd"]] += int(row["population"])
    whole = sum(now.values())
    assert {row[-1]: row[1:-1] for row in table.rows} == {
        code: (people, pytest.approx(people / whole), pytest.approx(people / everybody[code]))
        for code, people in now.items()
    }
    assert [swatch.mark for swatch in table.swatches] == ["1", "2"]
    assert [opened(way).code for way in table.links] == list(table.codes)


def test_the_fit_of_each_vintage_is_a_row_that_opens_the_page_on_fit():
    document = PAGE.document(ThenAndNowView())
    for kind, split in (("stp", [9, 8, 8, 8, 8, 6]), ("ccg", [17, 14, 12, 11, 10])):
        table, known = found(document, f"fit-{kind}"), fit.by_vintage(kind)
        assert [row["split_at_5"] for row in records(document, f"fit-{kind}")] == split
        assert [row["v_measure"] for row in records(document, f"fit-{kind}")] == list(known["v_measure"])
        ways = [way for way in table.links if way]
        assert len(ways) == {"stp": 2, "ccg": 1}[kind] and all(way.startswith("/coterminosity?") for way in ways)


def test_councils_that_are_split_at_5_per_cent(lsoas):
    """Those that have more than a twentieth outside their main ICB, and are not made of whole ICBs, by hand."""
    inside = defaultdict(Counter)
    for row in lsoas:
        inside[row["council17cd"]][row["icb22cd"]] += int(row["population"])
    whole = Counter()
    for row in lsoas:
        whole[row["icb22cd"]] += int(row["population"])
    split = 0
    for parts in inside.values():
        everybody = sum(parts.values())
        large = {code: people for code, people in parts.items() if people > everybody * 0.05}
        mostly = [code for code, people in parts.items() if people >= whole[code] * 0.95]
        in_one = max(parts.values()) >= everybody * 0.95
        split += len(large) > 1 and not in_one and sum(parts[code] for code in mostly) < everybody * 0.95
    assert split == fit.by_vintage("stp")["split_at_5"]["icb22"]


def test_flows_are_shares_in_the_order_of_what_moved_and_name_their_areas():
    view = ThenAndNowView(stp="E54000009")
    table = found(PAGE.document(view), "flows")
    assert [column.label for column in table.columns][:2] == ["STP, 2017", "ICB, 2022"]
    rows = records(PAGE.document(view), "flows")
    assert [row["what_became"] for row in rows] == ["Moved to another area"] + ["Main part, new boundary"] * 2
    assert rows[0]["share_of_from"] == pytest.approx(116_304 / 1_509_749)
    assert (rows[0]["from_code"], rows[0]["to_code"]) == ("E54000009", "E54000060")
    assert table.chosen == {"E54000009"}
    assert table.file_name == "flows-stp17-icb22-changed-E54000009"
    later = ThenAndNowView(start="2020")
    table = found(PAGE.document(later), "flows")
    assert {opened(way).year for way in table.links} == {"2020"}
    assert {opened(cell.href).year for row in table.rows for cell in row if isinstance(cell, Link)} == {"2022"}


def test_every_file_of_the_first_edition_still_has_its_name():
    view = ThenAndNowView(stp="E54000009", code="E54000009")
    names = {file.name for file in takeaway.files(PAGE, view, PAGE.document(view))}
    assert names >= {
        *("flows-stp17-icb22-changed-E54000009.csv", "story-E54000009.csv", "code-E54000009.csv"),
        *("ccg-mergers.csv", "fit-by-vintage-stp.csv", "fit-by-vintage-ccg.csv"),
    }


def test_the_first_thing_said_is_what_was_asked_for():
    everything, code, story = (
        PAGE.document(ThenAndNowView(**asked))
        for asked in ({}, {"code": "E54000008", "year": "2022"}, {"stp": "E54000009", "code": "E54000061"})
    )
    assert everything.title == "44 STPs of 2017 became 42 ICBs by 2022"
    assert code.title == "What E54000008 meant in 2022"
    assert plain(code.lead).startswith("In 2022 E54000008 was NHS Cheshire and Merseyside ICB: 2,470,956 residents")
    assert next(code.all_of(Section)).key == "code"
    assert any(section.title == everything.title for section in code.all_of(Section))
    assert story.title == "South Yorkshire and Bassetlaw, then and now"
    assert plain(story.lead) == words.headline("E54000009")
    assert next(story.all_of(Section)).title == "What E54000061 meant"


def test_the_main_figures_are_the_flows_and_of_a_footprint_its_maps_first():
    assert PAGE.document(ThenAndNowView()).main == ("flows",)
    assert PAGE.document(ThenAndNowView(stp="E54000009")).main == ("then", "now", "flows")
    alone = PAGE.document(ThenAndNowView(stp="E54000015"))
    assert alone.main == ("then", "now")
    assert "are the same area: 611 LSOAs" in said(alone)
    # Where it is said first, it stands in every part of the page.
    assert "choose an NHS region or a footprint" in plain(PAGE.document(ThenAndNowView(kind="ccg")).lead)
    asked = PAGE.document(ThenAndNowView(kind="ccg", code="E54000008"))
    assert "choose an NHS region or a footprint" in said(asked)
    chart = next(PAGE.document(ThenAndNowView()).all_of(Chart))
    assert chart.words.startswith("22 flows of residents from 15 STPs of 2017 to 13 ICBs of 2022; moved to another")


def test_what_is_no_area_is_not_for_search_engines():
    listed = {code: PAGE.document(ThenAndNowView(code=code)).index for code in ("E54000008", "Devon", "E54000099")}
    assert listed == {"E54000008": True, "Devon": True, "E54000099": False}


def test_a_code_is_typed_and_its_year_chosen_where_there_is_one():
    fields = {control.field for control in PAGE.controls(ThenAndNowView())}
    assert "code" in fields and "year" not in fields
    asked = PAGE.controls(ThenAndNowView(code="E54000008"))
    assert "year" in {control.field for control in asked}
    (box,) = (control for control in asked if control.field == "code")
    assert box.chosen(ThenAndNowView(), " e54 000 008 ").code == "e54 000 008"
    assert box.chosen(ThenAndNowView(code="E54000008"), "  ").code is None
    assert {"flows", "region"}.isdisjoint(control.field for control in PAGE.controls(ThenAndNowView(stp="E54000009")))


def test_the_method_counts_what_it_names():
    said_there = " ".join(
        plain(block.words) for block in section(PAGE.document(ThenAndNowView()), "method").blocks[:-1]
    )
    assert f"{ENGLAND:,} residents and 32,844 LSOAs" in said_there
    then, now = ({row["stp17cd"] for row in source("stp17")}, {row["icb22cd"] for row in source("lsoa")})
    later = {row[f"stp{year}cd"] for row in source("lsoa") for year in (18, 19, 20, 21)}
    assert f"{len(now & (then | later))} of the {len(now)} ICBs have the code" in said_there
    assert "E54000001 to E54000004" in said_there and "the 152 councils of 2017" in said_there


def people_by(lsoas, *columns) -> Counter:
    """Residents by the codes in some columns, counted line by line."""
    sums = Counter()
    for row in lsoas:
        sums[tuple(row[column] for column in columns)] += int(row["population"])
    return sums


def test_flows_to_april_2026_are_those_of_the_list_of_successions():
    view = ThenAndNowView(start="2024", end="2026", flows="all")
    document = PAGE.document(view)
    rows = records(document, "flows")
    listed = {(row["icb24cd"], row["icb26cd"]): int(row["residents_mid2017"]) for row in source("icb26_successions")}
    assert {(row["from_code"], row["to_code"]): row["shared_residents"] for row in rows} == listed
    assert sum(row["shared_residents"] for row in rows) == ENGLAND
    unchanged = sum(row["change"] == "unchanged" for row in source("icb26_successions"))
    assert sum(row["what_became"] == "The same area" for row in rows) == unchanged == 29
    assert document.title == "42 ICBs of 2024 became 36 by 2026"
    assert "not an ONS lookup" in plain(document.lead) and "derived here" in found(document, "flows").caption
    assert not found(PAGE.document(ThenAndNowView()), "flows").caption
    assert opened(found(document, "flows").links[0]).year == "2024"
    whole = records(PAGE.document(ThenAndNowView(end="2026", flows="all")), "flows")
    assert sum(row["shared_residents"] for row in whole) == ENGLAND


def test_what_happened_after_2022_is_told_where_it_is_asked_for():
    assert "2026: 42 ICBs became 36." not in said(PAGE.document(ThenAndNowView()))
    later = said(PAGE.document(ThenAndNowView(start="2022", end="2026")))
    assert "2024: 42 ICBs, as before." in later and "2026: 42 ICBs became 36." in later
    assert "2018: 44 STPs became 42." not in later


@pytest.mark.parametrize("code", ["E54000034", "E54000045", "E54000015"])
def test_a_footprint_of_2017_says_where_its_residents_are_now(today, code):
    parts = {board: n for (stp, board), n in people_by(today, "stp17cd", "icb26cd").items() if stp == code}
    told = plain(facts.now("stp17", code))
    assert f"its {sum(parts.values()):,} residents are now in" in told
    if len(parts) > 1:
        assert all(f"({people:,}, {people / sum(parts.values()):.1%})" in told for people in parts.values())
    # The three of the north-east had become one before ICBs took over.
    unknown = "on no day that is known here, between the lookups of 2017 and 2018"
    ended = unknown if code == "E54000045" else "on 30 June 2022"
    assert told.startswith(f"The STP ended {ended};")
    document = PAGE.document(ThenAndNowView(stp=code))
    assert told in said(document) and "They are not an ONS lookup" in said(document)
    rows = {row["year"]: row for row in records(document, "story")}
    boards = people_by(today, "icb26cd")
    assert rows["2026"]["residents"] == boards[rows["2026"]["code"],]
    assert rows["2026"]["of_first"] == parts[rows["2026"]["code"]] == max(parts.values())


def test_a_footprint_and_the_boards_of_april_2026_on_the_same_ground(today):
    view = ThenAndNowView(stp="E54000034", end="2026")
    document = PAGE.document(view)
    parts = {board: n for (stp, board), n in people_by(today, "stp17cd", "icb26cd").items() if stp == view.stp}
    rows = records(document, "residents-now")
    assert {row["code"]: row["residents_there"] for row in rows} == parts
    assert "derived here" in found(document, "residents-now").caption
    now = figures(document)["now"].map
    assert now.areas[0].layer == "icb26" and "derived from announced successions" in now.source
    assert plain(document.lead).startswith("By 2026 its residents were in the ICBs Thames Valley (56.7%)")
    between = PAGE.document(ThenAndNowView(stp="E54000034", end="2024"))
    assert figures(between)["now"].map.areas[0].layer == "icb24"
    assert [row["code"] for row in records(between, "residents-now")] == ["E54000034"]
    assert not found(between, "residents-now").caption
    assert figures(PAGE.document(ThenAndNowView(stp="E54000034", end="2021")))["now"].map.areas[0].layer == "icb22"


def test_icbs_that_ended_say_when_and_where_their_residents_are(today):
    rows = records(PAGE.document(ThenAndNowView()), "ended-boards")
    last = {row["code"]: row["end"] for row in source("today_names") if row["layer"] in ("icb22", "icb24")}
    assert {row["code"]: row["ended_on"] for row in rows} == {code: day for code, day in last.items() if day}
    assert Counter(row["ended_on"] for row in rows) == {"2023-03-31": 3, "2026-03-31": 17}
    first, then = people_by(today, "icb22cd", "icb24cd"), people_by(today, "icb24cd", "icb26cd")
    for row in rows:
        shared = first if row["ended_on"] == "2023-03-31" else then
        assert row["residents_there"] == shared[row["code"], row["code_of_successor"]]
    assert {row["now_in"] for row in rows if row["ended_on"] == "2023-03-31"} == {"Surrey and Sussex"}
    assert {row["now_in"] for row in rows if row["board"] == "Frimley"} == {
        "Thames Valley",
        "Hampshire and Isle of Wight",
        "Surrey and Sussex",
    }
    assert boards.summary().startswith(
        "42 ICBs of 2022 became 36 in April 2026. 2 codes ended on 31 March 2023 and 13 codes ended on 31 March 2026."
    )


def test_a_merged_ccg_says_in_which_icbs_its_residents_are_now(today):
    rows = records(PAGE.document(ThenAndNowView()), "mergers")
    names = {row["icb26cd"]: vintages.plain_name(row["icb26nm"]) for row in source("icb26_successions")}
    ccgs = people_by(today, "ccg20cd", "icb26cd")
    for row in rows:
        if row["date"] == "2020-04-01":
            there = {names[board] for ccg, board in ccgs if ccg == row["ons_code"]}
            assert set(row["now_in"].split("; ")) == there
    assert [row["ods_code"] for row in rows if row["now_in"] is None] == ["14L"]


def test_a_code_that_ended_says_when_and_where_its_residents_are_now():
    (*_, icb), (*_, ccg), (*_, stp) = (meanings.answer(code) for code in ("E54000023", "E38000003", "E54000046"))
    assert icb == (
        "The code ended on 31 March 2026; its residents are now in NHS Norfolk and Suffolk ICB (E54000068, 639,081); "
        "and NHS Essex ICB (E54000066, 334,803), as derived from announced successions."
    )
    assert ccg.startswith("It ended on 31 March 2018; its residents are now in NHS Thames Valley ICB (E54000070)")
    assert stp == (
        "It ended between the lookups of 2017 and 2018; its residents are now in NHS North East and North Cumbria ICB "
        "(E54000050)."
    )
    assert meanings.answer("E54000065")[0] == "E54000065 was NHS Central East ICB from 2026 on."
    assert "ended" not in " ".join(meanings.answer("E54000008"))


def council_split(lsoas, council: str, board: str) -> set[str]:
    """Councils that lie in several boards and are not made of whole ones, by sets of LSOAs."""
    inside, boards_there = defaultdict(set), defaultdict(set)
    for row in lsoas:
        inside[row[council]].add(row["lsoa11cd"])
        boards_there[row[board]].add(row["lsoa11cd"])
    return {
        code
        for code, units in inside.items()
        if sum(bool(units & there) for there in boards_there.values()) > 1
        and not all(there <= units for there in boards_there.values() if units & there)
    }


def test_the_fit_with_the_councils_of_the_same_year(today):
    rows = records(PAGE.document(ThenAndNowView()), "fit-same-year")
    for row, (board, council) in zip(
        rows, (("stp17cd", "council17cd"), ("icb24cd", "council24cd"), ("icb26cd", "council24cd")), strict=True
    ):
        split, people = council_split(today, council, board), people_by(today, council)
        assert (row["areas"], row["number_of_councils"]) == tuple(len({r[c] for r in today}) for c in (board, council))
        assert row["split"] == len(split)
        assert row["in_split"] == pytest.approx(sum(people[code,] for code in split) / ENGLAND)
    assert [row["split"] for row in rows] == [14, 10, 5]
    assert "no longer split: Essex, Hampshire, Hertfordshire, Suffolk and Surrey" in boards.councils_changed()


def test_councils_that_ended_have_day_order_and_successor(today):
    document = PAGE.document(ThenAndNowView())
    rows = {(row["kind"], row["code"]): row for row in records(document, "councils-ended")}
    people = people_by(today, "lad17cd")
    changed = [row for row in source("council_successions") if row["change"] != "unchanged"]
    for row in changed:
        told = rows["unitary council" if row["council17cd"] == row["lad17cd"] else "district council", row["lad17cd"]]
        assert (told["council"], told["residents"]) == (row["lad17nm"], people[row["lad17cd"],])
        assert told["now_in"] == row["lad24nm"]
        if not row["note"]:
            before = datetime.date.fromisoformat(row["date"]) - datetime.timedelta(days=1)
            assert (told["ended_on"], told["legislation"]) == (before.isoformat(), row["legislation"])
    # Two of Somerset merged first; the district that they made ended with the county.
    for code in ("E07000190", "E07000191"):
        assert rows["district council", code]["ended_on"] == "2019-03-31"
        assert "2018/649" in rows["district council", code]["legislation"]
    assert rows["district council", "E07000246"]["ended_on"] == rows["county council", "E10000027"]["ended_on"]
    counties = {row["council17cd"] for row in changed} - {row["council24cd"] for row in changed}
    counties = {code for code in counties if code.startswith("E10")}
    assert {code for kind, code in rows if kind == "county council"} == counties and len(counties) == 6
    assert len(rows) == len(changed) + len(counties) + 1
    for code in counties:
        told = rows["county council", code]
        days = {row["date"] for row in changed if row["council17cd"] == code}
        assert {(datetime.date.fromisoformat(told["ended_on"]) + datetime.timedelta(days=1)).isoformat()} == days
    assert rows["county council", "E10000021"]["now_in"] == (
        "West Northamptonshire (399,368); North Northamptonshire (341,841)"
    )


def test_councils_that_began_are_made_of_the_districts_of_the_orders(today):
    rows = {row["code"]: row for row in records(PAGE.document(ThenAndNowView()), "councils-created")}
    people, made = people_by(today, "lad24cd"), defaultdict(list)
    changed = [row for row in source("council_successions") if row["change"] != "unchanged"]
    for row in changed:
        made[row["lad24cd"]].append(row)
    assert set(rows) == set(made) | {"E07000246"}
    for code, members in made.items():
        told = rows[code]
        assert (told["new_council"], told["first_day"], told["legislation"]) == (
            members[0]["lad24nm"],
            members[0]["date"],
            members[0]["legislation"],
        )
        assert set(told["made_of"].split("; ")) == {row["lad17nm"] for row in members}
        assert told["residents"] == people[code,]
    assert rows["E07000246"]["last_day"] == "2023-03-31"


def test_councils_of_2017_and_2024_are_a_view_of_their_own(today):
    view, notices = links.parse(ThenAndNowView, {"kind": ["council"]})
    assert (view.start, view.end, notices) == ("2017", "2024", [])
    _, notices = links.parse(ThenAndNowView, {"kind": ["council"], "from": ["2019"]})
    assert notices == ["`from` and `to`: councils are known of 2017 and 2024 only; shown instead: 2017 to 2024."]
    document = PAGE.document(replace(view, flows="all"))
    shared = people_by(today, "council17cd", "council24cd")
    rows = records(document, "flows")
    assert {(row["from_code"], row["to_code"]): row["shared_residents"] for row in rows} == shared
    assert sum(shared.values()) == ENGLAND
    assert document.title == "152 councils of 2017 became 153 by 2024"
    drawn = figures(PAGE.document(view))["councils-map"]
    counts = {entry.category.key: entry.count for entry in drawn.legend}
    kept = {a for a, b in shared if a == b}
    assert counts["as_before"] == len(kept) and sum(counts.values()) == 153
    # Buckinghamshire, North Yorkshire and Somerset; Dorset, BCP, and two each for Northamptonshire and Cumbria.
    assert (counts["unitary"], counts["new"]) == (3, 6)
    assert {"start", "end"}.isdisjoint(control.field for control in PAGE.controls(view))


def test_other_areas_keep_the_years_that_they_know():
    council = ThenAndNowView(start="2019", end="2026").of_kind("council")
    assert (council.start, council.end) == ("2017", "2024")
    assert council.of_kind("stp") == ThenAndNowView(end="2024")
    assert ThenAndNowView(end="2026").of_kind("ccg") == ThenAndNowView(kind="ccg", end="2026")
    assert ThenAndNowView().starting("2024") == ThenAndNowView(start="2024", end="2026")
    assert len(PAGE.controls(ThenAndNowView())) <= 8 and len(PAGE.controls(ThenAndNowView(code="E54000008"))) <= 8
