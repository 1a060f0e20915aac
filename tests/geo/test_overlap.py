"""The overlap table: what it adds up to, and that both directions say the same."""

from collections import Counter

import pandas as pd
import pytest

from geo import blocks
from geo.overlap import overlap

COLUMNS = ["a_code", "a_name", "b_code", "b_name", "weight", "share_of_a", "share_of_b", "jaccard"]
COUNTED = [weight for weight in blocks.WEIGHTS if weight != "area"]
SOME_PAIRS = [
    ("council17", "stp17"),
    ("ccg17", "lad17"),
    ("acs17", "council17"),
    ("stp17", "icb22"),
    ("stp18", "acs17"),
]


@pytest.mark.parametrize("layer", blocks.LAYERS)
def test_every_layer_keeps_the_totals_of_every_weight(england, layer):
    rows = [row for row in england if row[layer]]
    for weight in COUNTED:
        table = overlap(layer, "ccg17", weight)
        assert table["weight"].sum() == sum(row[weight] for row in rows)
        assert set(table["a_code"]) == {row[layer] for row in rows}


@pytest.mark.parametrize("layer", blocks.LAYERS)
def test_every_layer_keeps_the_area_of_england(layer):
    table = overlap("lad17", layer, "area")
    if layer == "acs17":
        assert 5_000 < table["weight"].sum() < 15_000
    elif layer == "cauth25":
        assert 40_000 < table["weight"].sum() < 70_000
    else:
        # The Office for National Statistics gives about 130,300 square kilometres of land.
        assert table["weight"].sum() == pytest.approx(130_300, rel=0.005)


def test_cells_are_what_the_fact_tables_say(england):
    residents = Counter()
    for row in england:
        residents[row["council17"], row["stp17"]] += row["population"]
    table = overlap("council17", "stp17")
    assert dict(zip(zip(table["a_code"], table["b_code"], strict=True), table["weight"], strict=True)) == residents


def test_jaccard_is_of_the_sets_of_lsoas(england):
    sets = {layer: {} for layer in ("ccg17", "council17")}
    for row in england:
        for layer, areas in sets.items():
            areas.setdefault(row[layer], set()).add(row["lsoa11cd"])
    for row in overlap("ccg17", "council17", "lsoas").itertuples():
        a, b = sets["ccg17"][row.a_code], sets["council17"][row.b_code]
        assert row.weight == len(a & b)
        assert row.jaccard == pytest.approx(len(a & b) / len(a | b), abs=1e-12)


@pytest.mark.parametrize(("a", "b"), SOME_PAIRS)
@pytest.mark.parametrize("weight", ["population", "area"])
def test_both_directions_say_the_same(a, b, weight):
    there, back = overlap(a, b, weight), overlap(b, a, weight)
    swapped = {f"a_{what}": f"b_{what}" for what in ("code", "name")} | {"share_of_a": "share_of_b"}
    swapped |= {value: key for key, value in swapped.items()}
    turned = back.rename(columns=swapped)[COLUMNS].sort_values(["a_code", "b_code"], ignore_index=True)
    assert len(there) >= 8
    pd.testing.assert_frame_equal(there, turned, rtol=1e-12)


@pytest.mark.parametrize(("a", "b"), SOME_PAIRS)
def test_shares_of_an_area_add_up_to_what_the_other_layer_covers(england, a, b):
    inside, whole = Counter(), Counter()
    for row in england:
        if row[a]:
            whole[row[a]] += row["population"]
            inside[row[a]] += row["population"] if row[b] else 0
    shares = overlap(a, b).groupby("a_code")["share_of_a"].sum()
    expected = {code: inside[code] / whole[code] for code in whole if inside[code]}
    assert shares.to_dict() == pytest.approx(expected, abs=1e-12)


def test_a_layer_overlaps_itself_area_by_area():
    table = overlap("acs17", "acs17")
    assert list(table.columns) == COLUMNS
    assert (table["a_code"] == table["b_code"]).all() and len(table) == 8
    assert (table[["share_of_a", "share_of_b", "jaccard"]] == 1).all(axis=None)
    assert (table["a_name"] == table["b_name"]).all()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("stp16", "ccg17"), "unknown layer 'stp16'"),
        (("ccg17", "stp17 "), "unknown layer 'stp17 '"),
        (("ccg17", "stp17", "lsoa11cd"), "unknown weight 'lsoa11cd'"),
    ],
)
def test_unknown_names_are_refused(asked, says):
    with pytest.raises(blocks.UnknownNameError, match=says):
        overlap(*asked)
