"""Constituencies, to which whole LSOAs are fitted: against the raw tables, and with how well they fit."""

from collections import Counter, defaultdict

import pytest

from geo import areas, blocks, gazetteer, vintages
from geo.__main__ import main
from geo.build import static_files
from geo.overlap import overlap
from tests import sums
from tests.tables import source

EXACT = (
    *(f"{kind}{year}" for year in (17, 18, 19, 20, 21) for kind in ("stp", "ccg")),
    *("council17", "lad17", "acs17", "icb22", "icb24", "sicbl24", "icb26"),
    *("council24", "lad24", "cauth25", "pfa17", "fra17", "cal17"),
)


@pytest.fixture(scope="module")
def people() -> dict[str, int]:
    return {row["lsoa11cd"]: int(row["population"]) for row in source("lsoa")}


@pytest.mark.parametrize("seats", ["pcon10", "pcon24"])
@pytest.mark.parametrize("other", ["icb26", "council24", "cauth25"])
def test_what_constituencies_share_with_other_areas(people, seats, other):
    common, whole = Counter(), Counter()
    for row in source("lsoa_today"):
        whole[row[f"{seats}cd"]] += people[row["lsoa11cd"]]
        if row[f"{other}cd"]:
            common[row[f"{seats}cd"], row[f"{other}cd"]] += people[row["lsoa11cd"]]
    told = overlap(seats, other).set_index(["a_code", "b_code"])
    assert told["weight"].to_dict() == common
    shares = {pair: number / whole[pair[0]] for pair, number in common.items()}
    assert told["share_of_a"].to_dict() == pytest.approx(shares, abs=1e-12)
    assert overlap(other, seats)["weight"].sum() == common.total()
    totals = vintages.totals(seats)
    assert totals["residents"].to_dict() == whole and whole.total() == 55_619_430
    assert totals["name"].to_dict() == {row[f"{seats}cd"]: row[f"{seats}nm"] for row in source(seats)}


def test_pieces_stay_those_of_the_exact_layers():
    """Every outline and close-up is made of them: constituencies must not cut them."""
    assert len(blocks.pieces()) == 403 == blocks.load()["piece"].nunique()
    assert not {"pcon10", "pcon24"} & set(blocks.pieces())
    rows = sums.lsoas()
    assert len(rows[list(EXACT)].fillna("").drop_duplicates()) == 403
    fragments = blocks.fragments()
    piece = blocks.load().set_index("lsoa11cd")["piece"].astype("str")
    cut = rows.groupby([rows["lsoa11"].map(piece), "pcon10", "pcon24"])["population"].sum()
    assert sorted(fragments["population"]) == sorted(cut)
    assert fragments.groupby("piece")["population"].sum().to_dict() == blocks.pieces()["population"].to_dict()


def test_notes_say_how_well_lsoas_fit(people):
    whole = inside = 0.0
    for row in source("lsoa_today"):
        share = float(row["pcon24_share"])
        inside += share * people[row["lsoa11cd"]]
        whole += people[row["lsoa11cd"]] if share == 1 else 0
    (now,) = blocks.notes(["pcon24", "council24", "pcon24"])
    assert f"{whole / 55_619_430:.1%} of residents live in LSOAs that lie wholly in one constituency" in now
    assert f"{inside / 55_619_430:.1%} live in the constituency that they are counted in" in now
    assert "best fit of LSOAs (mySociety, Geographic overlaps 0.2.1, CC BY 4.0)" in now
    (then,) = blocks.notes(["stp17", "pcon10"])
    assert "The constituencies of 2010 are a best fit" in then and then.endswith("inside is not known.")
    assert blocks.notes(["icb26", "pcon10", "pcon24"]) == (blocks.DERIVED, then, now)
    assert blocks.notes(["stp17", "council24"]) == ()


@pytest.mark.parametrize(
    "words",
    [
        ("overlap", "pcon24", "icb22"),
        ("coterminosity", "council24", "pcon24"),
        ("export", "pcon24"),
    ],
)
def test_commands_say_so_beside_what_they_print(capsys, words):
    assert main([*words]) == 0
    out, err = capsys.readouterr()
    assert err == f"{blocks.notes(['pcon24'])[0]}\n" and "E14001063" in out


def test_ground_of_areas_is_held_against_constituencies(people):
    members = defaultdict(Counter)
    for row in source("lsoa_today"):
        members[row["council24cd"]][row["pcon24cd"]] += people[row["lsoa11cd"]]
    # Leicester kept its ground: the council of 2017 is that of 2024.
    leicester = gazetteer.area("council24", "E06000016")
    assert {part.code: part.residents for part in leicester.parts("pcon24")} == members["E06000016"]
    seat = areas.grounds("pcon24")["E14001458"]
    told = {part.code: part.residents for part in areas.parts(seat, "council24")}
    assert told == {council: counts["E14001458"] for council, counts in members.items() if counts["E14001458"]}


def test_groups_are_in_the_order_of_menus_and_every_layer_offered_is_drawn():
    order = ["NHS then", "NHS now", "Councils then", "Councils now", "Parliament", "Other services"]
    assert list(blocks.GROUPS) == order and blocks.GROUPS["Parliament"] == ("pcon10", "pcon24")
    assert {layer for group in blocks.GROUPS.values() for layer in group} <= set(static_files.MAP_LAYERS)
