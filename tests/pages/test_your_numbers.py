"""A reader's rows matched to areas, and their numbers on the map, ranked and cross-tabulated."""

import csv
import io
from collections import Counter, defaultdict
from dataclasses import replace
from statistics import median

import pytest

from geo import blocks
from lib import catalogue, tables
from lib.figures import wire
from lib.own_numbers import examples, keys
from pages.your_numbers import groups, maps, show, strips
from pages.your_numbers.reader import columns, match, read, value_columns
from tests.tables import source


def matched(text: str, layer: str | None = None) -> match.Matched:
    """Return a CSV text matched as the page does it when nothing is chosen."""
    table = read.read(text.encode())
    found = columns.find(table, layer)
    return match.match(table, found.layer, found.column, value_columns.likely(table, found.column, found.layer))


def written(rows: list[tuple], head: tuple = ("area", "value")) -> str:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text).writerows([head, *rows])
    return text.getvalue()


def why(found: match.Matched) -> dict[str, str]:
    """Return why rows were left out, by what the file calls the area."""
    return dict(zip(found.left_out["Area"], found.left_out["Why"], strict=True))


CCGS, STPS = source("ccg17"), source("stp17")
KEYS = {
    "ONS codes of STPs": ("stp17", {row["stp17cd"]: row["stp17cd"] for row in STPS}),
    "small letters": ("stp17", {row["stp17cd"].lower(): row["stp17cd"] for row in STPS}),
    "ODS codes of STPs": ("stp17", {row["ods_code"]: row["stp17cd"] for row in STPS}),
    "footprint numbers": ("stp17", {row["footprint_number"]: row["stp17cd"] for row in STPS}),
    "names of STPs": ("stp17", {row["stp17nm"]: row["stp17cd"] for row in STPS}),
    "NHS England's names": ("stp17", {f"{row['nhs_name']} STP": row["stp17cd"] for row in STPS}),
    "ONS codes of CCGs": ("ccg17", {row["ccg17cd"]: row["ccg17cd"] for row in CCGS}),
    "ODS codes of CCGs": ("ccg17", {row["ccg17cdh"]: row["ccg17cd"] for row in CCGS}),
    "names of CCGs": ("ccg17", {row["ccg17nm"].upper(): row["ccg17cd"] for row in CCGS}),
    "codes of councils": ("council17", {row["council17cd"]: row["council17cd"] for row in source("council17")}),
    "names of councils": ("council17", {row["council17nm"]: row["council17cd"] for row in source("council17")}),
    "codes of districts": ("lad17", {row["lad17cd"]: row["lad17cd"] for row in source("lad17")}),
    "names of districts": ("lad17", {row["lad17nm"]: row["lad17cd"] for row in source("lad17")}),
}


@pytest.mark.parametrize(("layer", "codes"), KEYS.values(), ids=KEYS)
def test_every_kind_of_key_is_found_and_matched_in_full(layer, codes):
    # A column of small numbers beside the key must not be taken for footprint numbers.
    text = written([(n % 40, key, n + 0.5) for n, key in enumerate(codes)], ("rank", "area", "value"))
    if all(key.isdigit() for key in codes):
        text = written([(key, n + 0.5) for n, key in enumerate(codes)], ("Footprint number", "value"))
    found = matched(text)
    assert found.layer == layer
    assert not len(found.left_out) and not len(found.gaps)
    if "rank" not in text:
        assert dict(found.values) == {code: n + 0.5 for n, code in enumerate(codes.values())}
    assert found.used == len(codes)


@pytest.mark.parametrize(
    ("layer", "said", "name"),
    [
        ("council17", "Leicester City Council", "Leicester"),
        ("council17", "London Borough of Camden", "Camden"),
        ("council17", "Bristol", "Bristol, City of"),
        ("council17", "durham", "County Durham"),
        ("council17", "Telford & Wrekin", "Telford and Wrekin"),
        ("council17", "St Helens Metropolitan Borough Council", "St. Helens"),
        ("lad17", "City of London", "City of London"),
        ("lad17", "St Albans City and District Council", "St Albans"),
        ("ccg17", "Leicester City CCG", "NHS Leicester City CCG"),
        ("stp17", "Black Country STP", "The Black Country"),
        ("stp17", "E54000001", "Northumberland, Tyne and Wear and North Durham"),
    ],
)
def test_names_as_people_write_them(layer, said, name):
    assert blocks.names(layer)[keys.code_of(layer, said)] == name


@pytest.mark.parametrize(
    ("layer", "said", "reason"),
    [
        ("stp17", "England", "England or a total, not an STP"),
        ("lad17", "London", "a region, not a district"),
        ("council17", "E12000004", "a region, not a council"),
        ("council17", "Blaby", "a district, not a council"),
        ("lad17", "Surrey", "a council, not a district"),
        ("stp17", "E38000097", "a CCG, not an STP"),
        (
            "stp17",
            "NHS Sussex ICB",
            "NHS Sussex Integrated Care Board, an ICB from 1 July 2022 to 31 March 2023; in April 2017 its ground was "
            "part of Sussex and East Surrey (89.8% of its residents)",
        ),
        ("ccg17", "NHS Devon CCG", "a CCG of 2019 to 2021; in April 2017 its ground was the CCGs Northern, Eastern"),
        ("council17", "E06000063", "Cumberland, a council since 1 April 2023; in April 2017 its ground was part of"),
        ("lad17", "Cumberland", "its ground was the districts Carlisle, Allerdale and Copeland"),
        ("lad17", "E07000230", "Kennet, a district until 31 March 2009; it became part of Wiltshire, how much"),
        ("ccg17", "01N", "NHS South Manchester CCG, a CCG from 1 April 2013 to 31 March 2017; it became part of NHS"),
        ("ccg17", "5NT", "Manchester Teaching PCT, a primary care trust until 31 March 2013"),
        ("council17", "E06000999", "no council of the tables here has this code, of 2017 or of another year"),
        ("council17", "E05000123", "the code of a ward, not of a council"),
        ("ccg17", "A81003", "has the form of a code of a general practice, not of a CCG"),
        ("council17", "E08000035 Bradford", "could be Bradford (E08000032) or Leeds (E08000035)"),
        ("council17", "W06000001", "an area of Wales; the map is of England"),
        ("council17", "Leicestershre", "; the nearest name is Leicestershire"),
        ("council17", "Narnia", "not a code or name of a council"),
        ("council17", " ", "no area is named"),
    ],
)
def test_what_matches_nothing_says_why(layer, said, reason):
    assert keys.code_of(layer, said) is None
    assert reason in keys.why_not(layer, said)


@pytest.mark.parametrize(
    "text",
    [
        "Hospital,Falls\nRTX,4\nRXN,9\nRXL,17\n",
        "Quarter,No,Visits\nQ1,1,200\nQ2,2,220\nQ3,3,190\n",
        '"",nation,rate\n"1","Scotland",3.2\n"2","Wales",4.5\n',
        "STPs,Councils\n3,4\n7,2\n",
        "STP rating,Value\n1,20\n2,30\n",
    ],
)
def test_whole_numbers_are_not_taken_for_footprints(text):
    assert columns.find(read.read(text.encode())) is None


@pytest.mark.parametrize("heading", ["STP", "Footprint", "Number of footprint", "footprint_no", "STP code"])
def test_numbers_under_a_heading_that_says_so_are_footprints(heading):
    found = matched(f"{heading},Value\n15,1.5\n07,2.5\n44,3\n99,4\n")
    assert dict(found.values) == {"E54000015": 1.5, "E54000007": 2.5, "E54000044": 3}
    assert set(why(found)) == {"99"}


def test_numbers_in_a_column_that_the_reader_chose_are_footprints_unless_it_names_areas():
    table = read.read(b"area,value\n15,1\n7,2\n")
    found = columns.find(table, None, 0)
    assert (found.layer, found.column, found.areas) == ("stp17", 0, 2)
    assert dict(match.match(table, "stp17", 0, 1, True).values) == {"E54000015": 1, "E54000007": 2}
    table = read.read(b"area,value\nQK1,1\n7,2\n")
    held = match.match(table, "stp17", 0, 1, True)
    assert dict(held.values) == {"E54000015": 1}
    assert why(held) == {"7": "A bare number: those are footprint numbers only under a heading that says so"}


def test_a_few_short_forms_among_other_keys_draw_nothing_until_the_reader_chooses():
    table = read.read(b"airline,flights\nBOB,1\nNCL,2\nKLM,3\nBAW,4\nRYR,5\n")
    found = columns.find(table)
    assert (found.layer, found.areas) == ("stp17", 2)
    assert found.doubtful == (
        "Only 2 of the 5 keys in the column airline name STPs, all of them by short forms: BOB (row 2) and NCL (row 3)."
        " The others, such as KLM, BAW and RYR, name none, so the short forms seem to mean something else."
    )
    assert columns.find(table, None, 0).doubtful is None
    assert columns.find(read.read(b"stp,value\nBOB,1\nNCL,2\nKLM,3\n")).doubtful is None


@pytest.mark.parametrize(
    ("layer", "cell", "code"),
    [
        *(("lad17", f"King{sign}s Lynn and West Norfolk", "E07000146") for sign in [*"'’‘`´ʼ′", ""]),
        *(("lad17", f"Barrow{dash}in{dash}Furness", "E07000027") for dash in "-–—‐‑ "),
        *(("council17", said, "E06000004") for said in ("Stockton-on-Tees", "STOCKTON ON TEES", "Stockton–on–Tees")),
        ("council17", "Bristol, City of", "E06000023"),
        ("council17", "St. Helens", "E08000013"),
        ("council17", "Saint Helens", "E08000013"),
        ("lad17", "N. Warwickshire", "E07000218"),
        ("ccg17", "NHS Guildford & Waverley Clinical Commissioning Group", "E38000214"),
        ("ccg17", "E38000146 NHS Sheffield CCG", "E38000146"),
        ("ccg17", "NHS Sheffield CCG [03N]", "E38000146"),
        ("ccg17", "NHS South Yorkshire ICB - 03N", "E38000146"),
        ("ccg17", "03N: NHS Sheffield CCG", "E38000146"),
        ("lad17", "E07000135 – Oadby and Wigston", "E07000135"),
        ("council17", "Leicester (E06000016)", "E06000016"),
        # Councils and boards of another year with exactly the same ground.
        ("council17", "E06000060", "E10000002"),
        ("council17", "E06000066", "E10000027"),
        ("lad17", "E08000039", "E08000019"),
        ("lad17", "E07000104", "E07000241"),
        ("council17", "E06000048", "E06000057"),
        ("lad17", "Folkestone & Hythe", "E07000112"),
        ("stp17", "NHS Kent and Medway Integrated Care Board", "E54000032"),
        ("stp17", "Kent & Medway ICB", "E54000032"),
        # Words in another order, short forms, everyday names.
        ("stp17", "Leicestershire, Rutland and Leicester", "E54000015"),
        ("stp17", "Herts and W Essex", "E54000025"),
        ("stp17", "SE London", "E54000030"),
        ("stp17", "Frimley", "E54000034"),
        ("council17", "Hull City Council", "E06000010"),
        ("lad17", "SEL", "E07000169"),
        ("stp17", "SEL", "E54000030"),
    ],
)
def test_areas_are_known_in_every_spelling_and_under_codes_of_other_years(layer, cell, code):
    assert keys.code_of(layer, cell) == code


def test_three_letter_codes_of_councils_are_not_taken_for_footprints():
    # "ALL", which is Allerdale's, stands for a total.
    rows = [row for row in source("council_register") if row["register_code"] != "ALL"]
    found = matched(written([(row["register_code"], n) for n, row in enumerate(rows)]))
    districts = {row["lad17cd"] for row in source("lad17")}
    assert found.layer == "lad17"
    assert {row["ons_code"] for row in rows} & districts - {"E07000026"} <= set(found.values.index)


def test_keys_of_another_year_for_the_same_ground_are_matched_and_named():
    found = matched("LA,Value\nE06000060,1\nE06000065,2\nE10000018,3\n")
    assert dict(found.values) == {"E10000002": 1, "E10000023": 2, "E10000018": 3}
    assert found.notices == (
        "2 keys are of another year for the same area: E06000060 is Buckinghamshire; E06000065 is North Yorkshire.",
    )


def test_a_name_that_meant_another_council_at_the_time_of_the_table_is_not_used():
    found = matched("LA,Value\nDorset,1\nLeeds,2\nKent,3\n")
    assert dict(found.values) == {"E10000009": 1, "E08000035": 2, "E10000016": 3}
    found = matched("LA,Value\nDorset,1\nLeeds,2\nKent,3\nCumberland,4\n")
    assert dict(found.values) == {"E08000035": 2, "E10000016": 3}
    assert why(found)["Dorset"] == (
        "A council since 1 April 2019; in April 2017 its ground was part of Dorset (88.3% of its residents); "
        "the table has Cumberland of that time, too"
    )


def test_a_name_of_a_health_body_that_later_meant_another_ground_is_said():
    found = matched("STP,Value\nSussex Health and Care Partnership,1\nBlack Country,2\nDevon,3\n", "stp17")
    assert dict(found.values) == {"E54000016": 2, "E54000037": 3}
    assert found.notices == (
        "The table has Sussex Health and Care Partnership, an STP of 2020 to 2021. Names that meant another ground at "
        "that time are taken for those of April 2017: The Black Country.",
    )


def test_codes_that_stps_and_icbs_share_stand_for_the_same_lsoas():
    then, now = defaultdict(set), defaultdict(set)
    stp = {row["ccg17cd"]: row["stp17cd"] for row in CCGS}
    for row in source("lsoa"):
        then[stp[row["ccg17cd"]]].add(row["lsoa11cd"])
        now[row["icb22cd"]].add(row["lsoa11cd"])
    shared = then.keys() & now.keys()
    assert len(shared) == 29
    assert all(then[code] == now[code] for code in shared)


def test_the_report_names_every_row_that_was_not_used():
    found = matched(
        written(
            [
                ("QK1", "1,234"),
                ("E54000016", "£3.2m"),
                ("Norfolk and Waveney", "-"),
                ("England", 99),
                ("Narnia", 5),
                ("", 7),
                ("E54000030", 4),
                ("South East London STP", 6),
                ("E54000031", 8),
                ("South West London", 8.0),
            ]
        )
    )
    assert found.layer == "stp17"
    assert dict(found.values) == {"E54000015": 1234, "E54000031": 8}
    assert list(found.left_out["Row"]) == [3, 4, 5, 6, 7, 8, 9]
    reasons = why(found)
    assert "m, k or bn" in reasons["E54000016"]
    assert reasons["Norfolk and Waveney"] == "The value is missing"
    assert reasons["(empty)"] == "No area is named"
    assert reasons["E54000030"] == reasons["South East London STP"]
    assert "rows 8 and 9 name the same area with different values" in reasons["E54000030"]
    assert found.gaps["E54000030"] == "rows 8 and 9 name this area with different values"
    assert found.gaps["E54000022"] == "the value is missing" and found.gaps["E54000034"] == "no row"
    assert len(found.values) + len(found.gaps) == 44
    assert found.sentence() == "3 of 10 rows were used. Of the 44 STPs 2 have a value; 42 have none and are gaps."
    assert found.notices == ("1 row repeats an area with the same value; the value is used once.",)


def test_a_row_with_a_comma_too_many_is_not_read_as_another_number():
    found = matched("code,value\nE54000015,1,234\nE54000016,5\n")
    assert dict(found.values) == {"E54000016": 5}
    assert "more cells than the head" in why(found)["E54000015"]


def test_a_file_with_a_row_a_year_is_not_summed_and_says_so():
    found = matched(written([(row["stp17cd"], n) for n in (2016, 2017) for row in STPS for n in (n,)]))
    assert not len(found.values) and len(found.gaps) == 44
    assert "Nothing is summed" in found.notices[0]


def test_units_and_decimals():
    assert matched(written([("QK1", "£1,200"), ("QUA", "£5.5")])).words(1200) == "£1,200.0"
    assert matched(written([("QK1", "12.345%"), ("QUA", "5%")])).words(-5) == "−5.00%"
    assert matched(written([("QK1", 0.00012), ("QUA", 0.0002)])).words(0.00012) == "0.00012"
    mixed = matched(written([("QK1", "12%"), ("QUA", "5"), ("QF7", "6")]))
    assert mixed.unit == "" and "2 with no sign and 1 with a per cent sign" in mixed.notices[0]


def test_the_kind_of_area_and_the_columns_can_be_overridden():
    table = read.read(b"council,also,value,other\nLeicester,QK1,1,2\nRutland,QK1,3,4\nNottingham,QK1,5,6\n")
    found = columns.find(table)
    assert (found.layer, found.column, found.areas) == ("council17", 0, 3)
    assert {kind: many for kind, many in found.by_layer.items() if kind in keys.LAYERS} == {
        "stp17": 1,
        "council17": 3,
        "lad17": 3,
    }
    assert value_columns.likely(table, 0, "council17") == 2
    assert columns.find(table, "lad17").column == 0
    found = columns.find(table, "stp17", 1)
    assert (found.layer, found.column) == ("stp17", 1)
    # What a reader says holds, also where it names nothing.
    assert columns.find(table, "ccg17", 0).areas == 0
    assert columns.find(read.read(b"a,b\nx,1\ny,2\n")) is None


def test_codes_tell_of_which_kind_areas_are_that_share_their_names():
    rows = "E06000005,Darlington,1\nE06000006,Halton,2\nE06000030,Swindon,3\n"
    found = columns.find(read.read(f"key,name,value\n{rows}".encode()))
    assert (found.layer, found.column) == ("council17", 0)


def test_identical_numbers_years_and_second_keys_are_not_what_is_shown_first():
    rows = [(row["stp17cd"], row["footprint_number"], 2017, "n/a", n) for n, row in enumerate(STPS)]
    table = read.read(written(rows, ("code", "number", "year", "none", "value")).encode())
    assert value_columns.likely(table, 0, "stp17") == 4


STP_VALUES = {row["stp17cd"]: float(row["footprint_number"]) for row in STPS if row["footprint_number"] != "7"}


def stps() -> match.Matched:
    """Return footprint numbers as values of 43 STPs; Greater Manchester has none."""
    return matched(written([(code, value) for code, value in STP_VALUES.items()]), "stp17")


def test_groups_by_rating_agree_with_the_source_tables():
    expected = defaultdict(list)
    for row in source("stp_ratings"):
        known = f"{row['rating']}:{row['evidence']}" if row["rating"] else "not_established"
        expected[known].append(STP_VALUES.get(row["stp17cd"]))
    found = groups.groups(stps(), "rating")
    assert {group.category.key for group in found} == set(expected)
    assert sum(len(group.values) + group.without for group in found) == 44
    table = groups.table(found).set_index("Class")
    for group in found:
        values = [value for value in expected[group.category.key] if value is not None]
        row = table.loc[group.category.label]
        assert (row["With a value"], row["Without"]) == (len(values), len(expected[group.category.key]) - len(values))
        assert (row["Median"], row["Least"], row["Greatest"]) == (median(values), min(values), max(values))


def test_groups_by_lead_type_agree_with_the_source_tables():
    expected = defaultdict(list)
    for row in source("stp_leads"):
        if row["stp17cd"] in STP_VALUES:
            expected[row["lead_type"]].append(STP_VALUES[row["stp17cd"]])
    found = {group.category.key: sorted(group.values) for group in groups.groups(stps(), "lead")}
    assert found == {lead: sorted(values) for lead, values in expected.items()}


def test_ccgs_and_councils_stand_with_the_stp_of_most_residents():
    home = {row["ccg17cd"]: row["stp17cd"] for row in CCGS}
    council = {row["lad17cd"]: row["council17cd"] for row in source("lad17")}
    residents = defaultdict(Counter)
    for row in source("lsoa"):
        residents[council[row["lad17cd"]]][home[row["ccg17cd"]]] += int(row["population"])
    assert dict(show.homes("ccg17")) == home
    assert dict(show.homes("council17")) == {code: many.most_common(1)[0][0] for code, many in residents.items()}
    split = {code: many for code, many in residents.items() if len(many) > 1}
    classes = {stp: catalogue.rating_class(found) for stp, found in catalogue.footprints().items()}
    differ = [code for code, many in split.items() if len({classes[stp] for stp in many}) > 1]
    assert len(split) == 14
    said = groups.attribution("council17")
    assert f"14 of 152 have residents in more than one; of these {len(differ)} are in STPs of different" in said
    assert "every CCG lies in one STP" in groups.attribution("ccg17")


def test_groups_by_fit_hold_the_golden_number_of_split_councils():
    text = written([(row["council17cd"], 1) for row in source("council17")])
    sizes = {group.category.key: len(group.values) for group in groups.groups(matched(text), "fit", "stp17", 0.0)}
    assert sizes["split"] == 14 and sum(sizes.values()) == 152
    sizes = {group.category.key: len(group.values) for group in groups.groups(matched(text), "fit", "stp17", 5.0)}
    assert sizes["split"] == 9


def test_all_groups_are_downloaded_in_one_table():
    table = groups.download(stps(), "council17", 0.0)
    assert set(table["By"]) == {
        "Rating of the STP, July 2017",
        "Lead type of the STP",
        "Fit with councils, tolerance 0%",
    }
    assert (table.groupby("By")[["With a value", "Without"]].sum().sum(axis="columns") == 44).all()


def test_the_ranking_shares_ranks_and_ends_with_the_gaps():
    found = matched(written([("QK1", 5), ("QUA", 9), ("QF7", 5), ("QWO", 1)]))
    table = show.ranking(found)
    assert len(table) == 44
    assert list(table["Rank"][:4]) == [1, 2, 2, 4] and table["Rank"][4:].isna().all()
    assert list(table["Value: value"][:4]) == [9, 5, 5, 1]
    assert set(table["Why no value"][:4]) == {""} and set(table["Why no value"][4:]) == {"no row"}
    assert show.place(found, "E54000015").endswith("has 5: rank 2 of 4 from the greatest, shared with 1 other.")
    assert show.place(found, "E54000022").endswith("has no value: no row.")


def test_the_map_puts_each_area_into_the_class_that_its_legend_names():
    found = stps()
    theme = show.theme(found)
    assert set(theme.keys) == set(blocks.names("stp17").index)
    assert theme.keys["E54000007"] == "gap" and theme.values["E54000007"] == "no value"
    ends = {c.key: [float(end) for end in c.label.split(" to ")] for c in theme.categories if c.key != "gap"}
    assert len(ends) == 5
    for code, value in STP_VALUES.items():
        low, high = ends[theme.keys[code]]
        assert low <= value <= high
    sizes = Counter(theme.keys.values())
    assert sizes["gap"] == 1 and max(sizes[key] for key in ends) - min(sizes[key] for key in ends) <= 1
    drawn = maps.england(found, theme)
    assert len(drawn.areas[0].class_of) == 44


@pytest.mark.parametrize("values", [[3], [3, 3], [0, 0, 0, 0, 0, 7], [-5, 0, 0, 0, 5], [1e-9, 1e14], [-2, -1]])
def test_few_equal_and_extreme_values_are_drawn(values):
    found = matched(written(list(zip([row["stp17cd"] for row in STPS], values, strict=False))))
    theme = show.theme(found)
    assert len({theme.keys[code] for code in found.values.index}) == len(set(values))
    for by in groups.DIMENSIONS:
        strips.figure(found, groups.groups(found, by, "council17", 0.0))
    assert show.summary(found) and len(show.ends(found)) == len(values)


def test_nothing_of_the_file_reaches_the_map_or_the_charts_and_downloads_hold_no_formulas():
    evil = '=HYPERLINK("http://x.example")<b>[a](http://x.example)'
    found = matched(written([("QK1", 5), (evil, 6), ("QUA", evil)], ("area", evil)))
    # What a reader calls the column heads the map; it is text there.
    drawn = str(wire.data(replace(maps.england(found, show.theme(found)), title="")))
    drawn += strips.figure(found, groups.groups(found, "rating")).to_json()
    assert "x.example" not in drawn and "HYPERLINK" not in drawn
    for table in (found.left_out, show.ranking(found)):
        rows = list(csv.reader(io.StringIO(tables.csv(table).decode("utf-8-sig"))))
        assert any("x.example" in cell for row in rows for cell in row)
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize("layer", keys.LAYERS)
def test_a_template_is_read_back_in_full(layer):
    table = read.read(examples.template(layer))
    found = columns.find(table)
    assert (found.layer, found.areas) == (layer, len(blocks.names(layer)))
    assert value_columns.likely(table, found.column, layer) is None


def test_the_example_is_read_back_in_full():
    table = read.read(examples.example())
    found = columns.find(table)
    assert (found.layer, found.column, found.areas) == ("stp17", 0, 44)
    held = match.match(table, "stp17", 0, 2)
    assert dict(held.values) == dict(catalogue.stp_table()["population"])
    assert not len(held.left_out)
