"""What pages say about fit, held against the LSOA table line by line."""

from collections import Counter, defaultdict
from itertools import permutations

import pytest

from geo import blocks
from lib import councils, fit, themes
from tests.tables import source


@pytest.fixture(scope="module")
def residents() -> dict[str, dict[str, Counter]]:
    """Count residents by council and STP, and by council and CCG, straight from the tables."""
    stp = {row["ccg17cd"]: row["stp17cd"] for row in source("ccg17")}
    council = {row["lad17cd"]: row["council17cd"] for row in source("lad17")}
    counts = {"stp17": defaultdict(Counter), "ccg17": defaultdict(Counter)}
    for row in source("lsoa"):
        code, people = council[row["lad17cd"]], int(row["population"])
        counts["stp17"][code][stp[row["ccg17cd"]]] += people
        counts["ccg17"][code][row["ccg17cd"]] += people
    return counts


# Leicestershire, Surrey, North Yorkshire, Essex, County Durham, Nottinghamshire, City of London.
FIRST = ("council17", "ccg17", "stp17", "acs17", "lad17", "icb22")
# Each layer that came later stands once on either side.
LATER = [layer for layer in fit.LAYERS if layer not in FIRST]
PAIRS = [*permutations(FIRST, 2), *zip(LATER, [*LATER[1:], LATER[0]], strict=True)]
READ_CLOSELY = ("E10000018", "E10000030", "E10000023", "E10000012", "E06000047", "E10000024", "E09000001")


@pytest.mark.parametrize("code", READ_CLOSELY)
@pytest.mark.parametrize("layer", ["stp17", "ccg17"])
def test_the_parts_of_a_council_are_those_of_its_lsoas(residents, code, layer):
    expected, parts = residents[layer][code], fit.parts("council17", layer, code, "population", 0.0)
    assert dict(parts["weight"]) == dict(expected)
    total = sum(expected.values())
    everywhere = Counter()
    for by_part in residents[layer].values():
        everywhere.update(by_part)
    for part, row in parts.iterrows():
        assert row["share_of_a"] == pytest.approx(expected[part] / total)
        assert row["share_of_b"] == pytest.approx(expected[part] / everywhere[part])
    assert list(parts["weight"]) == sorted(parts["weight"], reverse=True)


@pytest.mark.parametrize(
    ("a", "b", "code", "tolerance", "said"),
    [
        (
            *("council17", "stp17", "E10000018", 0.0),
            "Leicestershire has 690,212 residents. It lies inside Leicester, Leicestershire and Rutland, "
            "and is 63.7% of it.",
        ),
        (
            *("council17", "stp17", "E06000047", 0.0),
            "County Durham has 523,662 residents. It is split: 52.4% in Durham, Darlington, Teesside, Hambleton, "
            "Richmondshire and Whitby; and 47.6% in Northumberland, Tyne and Wear and North Durham.",
        ),
        (
            *("council17", "ccg17", "E06000016", 0.0),
            "Leicester has 353,540 residents. It is the same area as NHS Leicester City CCG.",
        ),
        (
            *("ccg17", "council17", "E38000045", 0.0),
            "NHS Dorset CCG has 770,689 residents. It is made of 3 whole councils: Dorset, Bournemouth and Poole.",
        ),
        ("council17", "acs17", "E10000016", 0.0, "Kent has 1,554,636 residents. It lies outside every ACS area."),
        (
            *("council17", "acs17", "E10000030", 0.0),
            "Surrey has 1,185,321 residents. It is split: 12.9% in Frimley Health and 87.1% outside every ACS area.",
        ),
        (
            *("council17", "stp17", "E10000007", 5.0),
            "Derbyshire has 791,966 residents. It lies inside Derbyshire, but for 4.2%, and is 74.7% of it.",
        ),
    ],
)
def test_sentences_say_how_an_area_lies(a, b, code, tolerance, said):
    assert fit.sentence(a, b, code, "population", tolerance) == said


def test_slivers_are_told_from_real_parts():
    # 1.7% of Hertfordshire (19,596 residents, 2.3% of that STP) belong to Cambridgeshire and Peterborough.
    kinds = [
        fit.parts("council17", "stp17", "E10000015", "population", tolerance).loc["E54000021", "kind"]
        for tolerance in (0.0, 2.0, 3.0)
    ]
    assert kinds == ["real part", "real part", "sliver"]


@pytest.mark.parametrize(
    ("a", "b"), [("council17", "stp17"), ("ccg17", "council17"), ("acs17", "ccg17"), ("lad17", "icb22")]
)
@pytest.mark.parametrize("weight", list(blocks.WEIGHTS))
def test_parts_of_every_area_add_up(a, b, weight):
    table = fit.areas(a, b, weight, 0.0)
    for code in list(table.index)[::17]:
        parts = fit.parts(a, b, code, weight, 0.0)
        assert parts["weight"].sum() == pytest.approx(table.loc[code, "weight"])
        assert parts["share_of_a"].sum() == pytest.approx(1)
        assert parts["lsoas"].sum() == (blocks.load()[a] == code).sum()
        assert fit.sentence(a, b, code, weight, 0.0).startswith(table.loc[code, "name"])


def test_the_map_carries_what_lies_outside_the_main_partner():
    theme = fit.theme("council17", "stp17", "population", 0.0)
    counts = {entry.category.key: entry.count for entry in themes.legend(theme, theme.keys)}
    # Gloucestershire, Lincolnshire and Somerset are STPs by themselves.
    assert counts == {"same": 3, "union_of_whole": 0, "within_one": 135, "split": 14}
    assert theme.marks["E06000047"] == "48%"
    assert {mark for code, mark in theme.marks.items() if theme.keys[code] != "split"} == {"=", ""}


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_classes_differ_by_mark_on_the_map_not_by_colour_alone(a, b):
    theme = fit.theme(a, b, "population", 0.0)
    drawn = {"%" if theme.keys[code] == "split" else mark for code, mark in theme.marks.items()}
    assert drawn <= {category.mark for category in theme.categories}
    assert len({category.mark for category in theme.categories}) == len(theme.categories)
    by_key = {category.key: category.mark for category in theme.categories}
    assert all(mark == by_key[theme.keys[code]] for code, mark in theme.marks.items() if theme.keys[code] != "split")


def test_a_report_on_a_council_can_be_pasted(residents):
    said = councils.report("E10000030")
    for stp, people in residents["stp17"]["E10000030"].items():
        assert f"{blocks.names('stp17')[stp]} ({people:,}," in said
    assert "Frimley Health was led by Sir Andrew Morris (from a provider; as of 2017; named in 2017)" in said
    assert "7 CCGs" in said
    alone = councils.report("E09000001")
    assert alone.startswith(
        "In 2017 all 7,654 residents of City of London (mid-2017) fell under one STP, North East London"
    )


def test_districts_are_listed_for_counties_only():
    assert len(councils.districts("E10000012")) == 12
    assert councils.districts("E06000047").empty
    guildford = councils.districts("E10000030").set_index("District").loc["Guildford", "STP"]
    assert guildford == "Surrey Heartlands (86.3%) and Frimley Health (13.7%)"
