"""Names and codes of all years lead to the areas that had them, and to what their ground was in April 2017."""

from collections import defaultdict

import pytest

from geo import area_words, areas, blocks, gazetteer, names, resolver
from tests.tables import source

LATER = [row for row in source("other_areas") if row["relation"] == "made_of" and row["members_in"] == "lad17"]


def lsoas() -> dict[str, dict[str, set[str]]]:
    """Return the LSOAs of each area of each layer, from the table of LSOAs."""
    home = {row["ccg17cd"]: row["stp17cd"] for row in source("ccg17")}
    council = {row["lad17cd"]: row["council17cd"] for row in source("lad17")}
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in source("lsoa"):
        row |= {"stp17cd": home[row["ccg17cd"]], "council17cd": council[row["lad17cd"]]}
        for layer in ("stp17", "ccg17", "council17", "lad17", "stp20", "ccg18", "ccg21", "icb22"):
            found[layer][row[f"{layer}cd"]].add(row["lsoa11cd"])
    return found


@pytest.fixture(scope="module")
def members():
    return lsoas()


@pytest.mark.parametrize(
    ("layer", "kind"),
    [("stp17", "STP"), ("ccg18", "CCG"), ("ccg21", "CCG"), ("icb22", "ICB"), ("council17", "council")],
)
def test_every_code_and_every_name_of_a_vintage_is_found(layer, kind):
    table = source(layer) if layer.endswith("17") else source("later_names")
    for row in table:
        if layer.endswith("17"):
            code, name = row[f"{layer}cd"], row[f"{layer}nm"]
        elif (row["layer"], row["year"]) == (layer[:3], f"20{layer[3:]}"):
            code, name = row["code"], row["name"]
        else:
            continue
        for said in (code, code.lower(), name, name.upper(), name.replace(" and ", " & ")):
            assert (kind, code) in {(area.kind, area.code) for area in resolver.find(said)}, said
        assert code in resolver.in_layer(layer, resolver.find(name))


def test_the_ground_of_an_area_is_that_of_its_lsoas(members):
    for layer, kind in (("stp20", "STP"), ("ccg18", "CCG"), ("icb22", "ICB")):
        for code, own in members[layer].items():
            (area,) = (area for area in resolver.find(code) if (area.kind, area.code) == (kind, code))
            then = "ccg17" if kind == "CCG" else "stp17"
            expected = {other: len(own & there) for other, there in members[then].items() if own & there}
            parts = area.parts(then)
            assert {part.code for part in parts} == set(expected)
            for part in parts:
                assert part.whole == (expected[part.code] == len(members[then][part.code]))
            same = [other for other, there in members[then].items() if there == own]
            assert [area.same_in(then)] == (same or [None])


@pytest.mark.parametrize("row", LATER, ids=[row["name"] for row in LATER])
def test_later_councils_are_made_of_their_districts(row, members):
    (area,) = resolver.find(row["code"])
    parts = area.parts("lad17")
    assert {part.code for part in parts} == set(row["members"].split())
    assert all(part.whole for part in parts)
    own = set().union(*(members["lad17"][code] for code in row["members"].split()))
    same = [code for code, there in members["council17"].items() if there == own]
    assert list(resolver.in_layer("council17", (area,))) == same
    assert area in resolver.find(row["name"])


def test_the_boards_of_2026_cover_every_lsoa_of_those_that_ended_once(members):
    later = [row for row in source("other_areas") if row["kind"] == "ICB" and row["start"] == "2026-04-01"]
    grounds = [resolver.find(row["code"])[0].pieces for row in later]
    assert len(set().union(*grounds)) == sum(map(len, grounds))
    ended = ["E54000022", "E54000023", "E54000024", "E54000025", "E54000026", "E54000027", "E54000028", "E54000034"]
    ended += ["E54000042", "E54000044", "E54000052", "E54000053", "E54000056"]
    pieces = set().union(*(next(a for a in resolver.find(code) if a.kind == "ICB").pieces for code in ended))
    assert pieces == set().union(*grounds)


def test_what_ended_before_2017_leads_to_what_followed_without_a_share():
    (area,) = resolver.find("00W")
    assert (area.code, area.pieces, area.members) == ("E38000032", None, ("E38000217",))
    assert resolver.in_layer("ccg17", (area,)) == ()
    assert resolver.find("E38000032") == (area,)
    # North Cumbria kept the ODS code of Cumbria, which was larger.
    first, *later = resolver.find("01H")
    assert first.name == "NHS North Cumbria CCG" and {area.pieces for area in later} == {first.pieces}
    assert "in what shares is not known here" in area_words.sentence(resolver.find("NHS Cumbria CCG")[0], "ccg17")


@pytest.mark.parametrize(
    ("said", "layer", "sentence"),
    [
        (
            "West Northants",
            "lad17",
            "West Northamptonshire, a council since 1 April 2021; in April 2017 its ground was the districts "
            "Northampton, South Northamptonshire and Daventry",
        ),
        (
            "E07000101",
            "lad17",
            "Stevenage under its code E07000101 until 2013; in April 2017 its ground was the district Stevenage; a few "
            "houses changed hands",
        ),
        (
            "E54000066",
            "stp17",
            "NHS Essex Integrated Care Board, an ICB since 1 April 2026; in April 2017 its ground was the STP Mid and "
            "South Essex and parts of Suffolk and North East Essex (34.4% of its residents); and Hertfordshire and "
            "West Essex (20.8% of its residents)",
        ),
        (
            "E07000246",
            "council17",
            "Somerset West and Taunton, a district from 1 April 2019 to 31 March 2023; in April 2017 its ground was "
            "part of Somerset (27.4% of its residents)",
        ),
    ],
)
def test_a_sentence_says_what_it_was_when_and_what_it_is_made_of(said, layer, sentence):
    assert area_words.sentence(resolver.find(said)[0], layer) == sentence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("King’s Lynn & West Norfolk", "Kings Lynn and West Norfolk"),
        ("king s lynn", "King's Lynn"),
        ("Stoke‑on‑Trent", "Stoke – on – Trent"),
        ("Bucks, Oxon + Berks W.", "Buckinghamshire Oxfordshire Berkshire W"),
        ("N.E. Lincs", "NE Lincolnshire"),
        ("Isle of\u00a0Wight", "the Isle Wight"),
        ("Zürich\u00ad", "zurich"),
        ("ﬁnchley", "Finchley"),
    ],
)
def test_spellings_of_one_name_are_equal(one, other):
    assert names.key(one) == names.key(other) != ""


def test_names_of_one_layer_stay_apart():
    for name in ("council17", "lad17", "ccg17", "stp17"):
        rows, column = source(name), f"{name}nm"
        council = name in ("council17", "lad17")
        assert len({names.key(names.without_kind(row[column], council)) for row in rows}) == len(rows)


@pytest.mark.parametrize("said", ["", " ", "\x00", "é" * 9_000, "(" * 3_000, "a - " * 2_000, "NHS", "&&&", "x" * 121])
def test_what_names_nothing_gives_nothing(said):
    assert resolver.find(said) == ()


TODAY = {
    "icb24": "ICB",
    "icb26": "ICB",
    "sicbl24": "sub-ICB location",
    "council24": "council",
    "lad24": "district",
    "cauth25": "combined authority",
    "pfa17": "police force area",
    "fra17": "fire and rescue authority",
    "cal17": "Cancer Alliance",
}


@pytest.mark.parametrize("layer", TODAY)
def test_every_code_and_every_name_of_today_is_found_with_its_days(layer):
    rows = [row for row in source("today_names") if row["layer"] == layer]
    assert rows
    for row in rows:
        said = [row["code"], row["name"], row["name"].upper(), *([row["ods_code"]] if row["ods_code"] else [])]
        for one in said:
            found = [area for area in resolver.find(one) if layer in area.layers and area.code == row["code"]]
            assert len(found) == 1, one
        (area,) = found
        # A district that is a council of its own is one.
        assert area.kind == TODAY[layer] or (layer, area.kind) == ("lad24", "council")
        assert (row["start"] in ("", area.start)) and (row["end"] in ("", area.end)), row
        assert resolver.in_layer(layer, resolver.find(row["name"])) == (row["code"],)
        # Those of the NHS and of councils are found first.
        kinds = [one.kind in areas.PLANNERS for one in resolver.find(row["name"])]
        assert kinds == sorted(kinds, reverse=True)


def test_the_ground_of_an_area_of_today_is_that_of_its_lsoas_and_its_code_means_one_ground():
    own = defaultdict(set)
    for row in source("lsoa_today"):
        for layer in TODAY:
            if row[f"{layer}cd"]:
                own[layer, row[f"{layer}cd"]].add(row["lsoa11cd"])
    inside, unit = defaultdict(set), areas.units().index.name
    for lsoa, piece in zip(blocks.load()["lsoa11cd"], blocks.load()[unit], strict=True):
        inside[piece].add(lsoa)
    for (layer, code), lsoas in own.items():
        area = gazetteer.area(layer, code)
        assert set().union(*(inside[piece] for piece in area.pieces)) == lsoas, (layer, code)


def test_a_name_of_another_service_hides_none_of_those_that_plan_care():
    # Exactly the name of a fire authority, and in other words that of an STP.
    first, *others = resolver.find("Stoke-on-Trent and Staffordshire")
    assert first.kind == "STP" and others[-1].kind == "fire and rescue authority"
    assert resolver.in_layer("stp17", resolver.find("Stoke-on-Trent and Staffordshire")) == (first.code,)
    surrey = resolver.find("Surrey")
    assert {"council", "police force area", "fire and rescue authority"} <= {area.kind for area in surrey}
    assert {area.kind for area in areas.foremost(surrey)} <= areas.PLANNERS
    assert area_words.not_in("stp17", surrey).startswith("a council")
    (avon,) = resolver.find("Avon & Somerset")
    assert areas.foremost([avon]) == (avon,) and avon.kind == "police force area"


@pytest.mark.parametrize(
    ("layer", "said", "reason"),
    [
        (
            "icb26",
            "NHS Sussex ICB",
            "NHS Sussex Integrated Care Board, an ICB from 1 July 2022 to 31 March 2023; in 2026 its ground was part "
            "of Surrey and Sussex (58.6% of its residents)",
        ),
        ("icb26", "Leeds", "Leeds, a council of 2017 until today, not an ICB"),
        ("council24", "Harrogate", "Harrogate, a district of 2017; in 2024 its ground was part of North Yorkshire"),
        ("council24", "Folkestone & Hythe", "a district, not a council"),
        ("lad24", "Shepway", None),
    ],
)
def test_what_is_none_of_todays_areas_says_what_it_is(layer, said, reason):
    found = resolver.find(said)
    if reason is None:
        assert len(resolver.in_layer(layer, found)) == 1
    else:
        assert resolver.in_layer(layer, found) == () and area_words.not_in(layer, found).startswith(reason)


def test_a_district_that_was_renamed_is_one_area_with_both_names():
    (area,) = (area for area in resolver.find("E07000112") if area.kind == "district")
    assert area.names == ("Shepway", "Folkestone and Hythe") and area.layers == ("lad17", "lad24")
    assert [area] == [one for one in resolver.find("Shepway") if one.kind == "district"]
