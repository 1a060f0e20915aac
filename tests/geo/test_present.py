"""The layers of today, against the tables as they stand in their files and figures printed with them."""

from collections import Counter, defaultdict

import pytest

from geo import blocks, postcodes
from geo.overlap import overlap
from tests.tables import source

# Code of April 2026: LSOAs and residents of mid-2017, as printed beside the rule that derives them.
BOARDS = {
    "E54000065": (1_714, 2_966_514),
    "E54000066": (1_077, 1_820_379),
    "E54000067": (1_194, 1_978_789),
    "E54000068": (979, 1_655_368),
    "E54000069": (1_708, 2_878_088),
    "E54000070": (1_255, 2_111_864),
    "E54000071": (1_948, 3_555_789),
}
FRIMLEY = "E54000034"
SEATS = [("pcon10", 533), ("pcon24", 543)]
# A postcode of each place that moved: district and council of 2024, board of 2026.
MOVED = {
    "HG1 1BB": ("E06000065", "E06000065", "E54000051"),
    "SK13 8HT": ("E07000037", "E10000007", "E54000058"),
    "S80 1HG": ("E07000171", "E10000024", "E54000060"),
    "GU14 7JU": ("E07000092", "E10000014", "E54000067"),
    "GU15 3HD": ("E07000214", "E10000030", "E54000069"),
    "GU9 7QR": ("E07000216", "E10000030", "E54000069"),
    "SL1 1EL": ("E06000039", "E06000039", "E54000070"),
    "PO19 1TB": ("E07000225", "E10000032", "E54000069"),
    "DL7 8QQ": ("E06000065", "E06000065", "E54000051"),
    "LA9 4DL": ("E06000064", "E06000064", "E54000048"),
    "TA1 1JD": ("E06000066", "E06000066", "E54000038"),
    "BH2 6DY": ("E06000058", "E06000058", "E54000041"),
    "NN17 1NN": ("E06000061", "E06000061", "E54000059"),
}


@pytest.mark.parametrize(("layer", "count"), [("icb24", 42), ("icb26", 36), ("council24", 153), ("lad24", 296), *SEATS])
def test_a_layer_of_today_has_all_areas_and_all_residents(layer, count):
    assert len(blocks.names(layer)) == count
    assert overlap(layer, "stp17")["weight"].sum() == 55_619_430


def test_the_new_boards_have_the_printed_size():
    table = blocks.load().groupby("icb26", observed=True)["population"].agg(["size", "sum"])
    assert {code: tuple(map(int, table.loc[code])) for code in BOARDS} == BOARDS


def test_frimley_went_to_three_boards_by_its_districts():
    people = {row["lsoa11cd"]: int(row["population"]) for row in source("lsoa")}
    parts: Counter[str] = Counter()
    for row in source("lsoa_today"):
        if row["icb24cd"] == FRIMLEY:
            parts[row["icb26cd"]] += people[row["lsoa11cd"]]
    told = overlap("icb24", "icb26")
    told = told[told["a_code"] == FRIMLEY].set_index("b_code")["weight"]
    assert dict(told) == dict(parts) and set(parts) == {"E54000067", "E54000069", "E54000070"}
    assert parts["E54000067"] == 167_587


def test_what_became_of_the_boards_is_what_their_table_says():
    told = {(row["a_code"], row["b_code"]): row["weight"] for row in overlap("icb24", "icb26").to_dict("records")}
    assert told == {
        (row["icb24cd"], row["icb26cd"]): int(row["residents_mid2017"]) for row in source("icb26_successions")
    }


def test_every_district_of_2017_lies_in_one_of_2024():
    became = defaultdict(set)
    for row in overlap("lad17", "lad24").to_dict("records"):
        became[row["a_code"]].add(row["b_code"])
    assert became == {row["lad17cd"]: {row["lad24cd"]} for row in source("council_successions")}


@pytest.mark.parametrize("postcode", MOVED)
def test_a_place_that_moved_is_where_it_belongs_today(postcode):
    place = postcodes.find(postcode)
    part = (blocks.pieces()["ccg17"] == place.ccg17) & (blocks.pieces()["lad17"] == place.lad17)
    inside = blocks.pieces()[part]
    assert [set(inside[layer]) for layer in ("lad24", "council24", "icb26")] == [{code} for code in MOVED[postcode]]
    assert tuple(place.today[layer] for layer in ("lad24", "council24", "icb26")) == MOVED[postcode]


def test_a_layer_says_how_it_is_known():
    assert [name for name, layer in blocks.LAYERS.items() if layer.derived] == ["icb26"]
    assert [name for name, layer in blocks.LAYERS.items() if layer.best_fit] == ["pcon10", "pcon24"]
