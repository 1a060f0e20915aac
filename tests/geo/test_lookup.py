"""Many places at once: held against the raw tables by way of the LSOA, lists as people have them, and the command."""

import csv
import gzip
import io
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import blocks, lookup, paths, place_lists, places
from geo.__main__ import main

SOURCES = paths.DATA / "sources"
# Looked up line by line in the ONS list of May 2022, without this project's code: places whose planning changed hands.
LSOAS = {
    "HG1 1DY": "E01027678",  # Harrogate
    "SK13 8AA": "E01019739",  # Glossop
    "S80 1AB": "E01028068",  # Bassetlaw; ended in 1995
    "PO19 1AA": "E01031490",  # Chichester
    "DL7 8AD": "E01027606",  # Northallerton
    "LA9 4AA": "E01019360",  # Kendal
    "TA1 1AA": "E01029288",  # Taunton
    "BH1 1AA": "E01015288",  # Bournemouth
    "NN17 1AA": "E01026949",  # Corby
    "GU14 6AA": "E01023136",  # Farnborough, in Frimley
    "B66 1AA": "E01010054",  # Smethwick
}


def table(name: str) -> list[dict[str, str]]:
    path = SOURCES / f"{name}.csv"
    if path.exists():
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    with gzip.open(f"{path}.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def members() -> dict[str, dict[str, str]]:
    """Areas and residents of each LSOA by the raw tables."""
    stps = {row["ccg17cd"]: row["stp17cd"] for row in table("ccg17")}
    councils = {row["lad17cd"]: row["council17cd"] for row in table("lad17")}
    acs = {
        code: area["id"]
        for area in json.loads((SOURCES / "acs_areas.json").read_text(encoding="utf-8"))["areas"]
        if area["kind"] == "acs"
        for code in area["ccg17cds"]
    }
    found = {row["lsoa11cd"]: row for row in table("lsoa")}
    for row in table("lsoa_today"):
        found[row["lsoa11cd"]] |= row
    for row in found.values():
        ccg, district = row["ccg17cd"], row["lad17cd"]
        row |= {"stp17cd": stps[ccg], "council17cd": councils[district], "acs17cd": acs.get(ccg, "")}
    return found


def codes(place: lookup.Place) -> dict[str, str]:
    return {layer: inside.code if inside else "" for layer, inside in place.areas.items()}


SEATS = ("pcon10", "pcon24")
# By the same list; the layer in whose areas CCG and district of the postcode are together in several.
DIVIDED = {"LS1 1AA": ("E01033008", "pcon24"), "PR1 2AA": ("E01025306", "sicbl24"), "PO19 1AA": ("E01031490", "icb22")}
OFFERED = [layer for layers in blocks.GROUPS.values() for layer in layers]


def test_places_that_moved_lie_where_their_lsoa_does(members):
    found = lookup.lookup(LSOAS, OFFERED)
    for place, lsoa in zip(found.places, LSOAS.values(), strict=True):
        assert (place.kind, place.taken_for) == ("postcode", place.asked)
        assert codes(place) == {layer: members[lsoa][f"{layer}cd"] for layer in OFFERED}, place.asked
        assert place.remark == f"by its LSOA {lsoa}, as the ONS list of May 2022 has it: a best fit"
        inside = {layer: inside.share for layer, inside in place.areas.items() if inside}
        assert inside.pop("pcon24") == float(members[lsoa]["pcon24_share"])
        assert set(inside.values()) == {1}
    by_code = lookup.lookup([lsoa.lower() for lsoa in LSOAS.values()], OFFERED)
    assert [place.areas for place in by_code.places] == [place.areas for place in found.places]
    assert {place.kind for place in by_code.places} == {"LSOA"}
    # Two that everybody knows.
    glossop, kendal = codes(found.places[1]), found.places[5].areas
    assert (glossop["stp17"], glossop["icb26"]) == ("E54000007", "E54000058")
    assert (kendal["council17"].name, kendal["council24"].name) == ("Cumbria", "Westmorland and Furness")


def test_an_lsoa_lies_in_a_constituency_with_the_share_that_really_lies_there(members):
    asked = [*list(members)[:2000:97], "E01000479", "E01000456"]
    found = lookup.lookup(asked, SEATS)
    for place, lsoa in zip(found.places, asked, strict=True):
        inside = place.areas["pcon24"]
        assert (inside.code, inside.share) == (members[lsoa]["pcon24cd"], float(members[lsoa]["pcon24_share"]))
        # Of the former ones it is not known how much lies inside.
        assert (place.areas["pcon10"].code, place.areas["pcon10"].share) == (members[lsoa]["pcon10cd"], 1)
    assert found.places[-1].areas["pcon24"].share == 0.5455
    assert found.notes == blocks.notes(SEATS)


def test_a_constituency_is_a_place_and_its_last_borders_are_meant(members):
    inside = [row for row in members.values() if row["pcon24cd"] == "E14001458"]
    people = Counter()
    for row in inside:
        people[row["council24cd"]] += int(row["population"])
    by_name, by_code, former = lookup.lookup(["rutland and stamford", "E14001458", "E14000909"], OFFERED).places
    assert (
        by_name.taken_for == "Rutland and Stamford, a constituency since 31 May 2024" and by_code.areas == by_name.areas
    )
    assert by_name.areas["council24"].code == max(people, key=people.get)
    assert by_name.areas["council24"].share == pytest.approx(max(people.values()) / people.total(), abs=1e-12)
    assert former.taken_for == "Rutland and Melton, a constituency from 6 May 2010 to 30 May 2024"
    (both,) = lookup.lookup(["Aldershot"], ["pcon24"]).places
    assert (both.areas["pcon24"].code, both.areas["pcon24"].share) == ("E14001063", 1)
    former = "a constituency from 6 May 2010 to 30 May 2024"
    assert both.remark == f"also the name of Aldershot, {former}, with another area"


def test_the_share_of_a_name_is_that_of_its_residents(members):
    (cumbria, surrey) = lookup.lookup(["Cumbria", "E10000030"], ["icb26", "acs17", "council24"]).places
    for place, council in ((cumbria, "E10000006"), (surrey, "E10000030")):
        for layer, inside in place.areas.items():
            parts: Counter[str] = Counter()
            for row in members.values():
                if row["council17cd"] == council:
                    parts[row[f"{layer}cd"]] += int(row["population"])
            whole = parts.total()
            del parts[""]
            if not parts:
                assert inside is None
                continue
            ((code, people),) = parts.most_common(1)
            assert (inside.code, inside.share) == (code, pytest.approx(people / whole)), (place, layer)
    # Partly outside all areas of a layer is not whole either.
    assert surrey.areas["acs17"].share == pytest.approx(0.129, abs=0.001)
    assert lookup.lookup(["Cumbria", "HG1 1DY"], ["icb26"]).split("icb26") == 1


def test_the_lsoa_of_a_postcode_tells_where_its_ccg_and_district_do_not(members):
    for postcode, (lsoa, layer) in DIVIDED.items():
        own = members[lsoa]
        part = [row for row in members.values() if all(row[name] == own[name] for name in ("ccg17cd", "lad17cd"))]
        assert len({row[f"{layer}cd"] for row in part}) > 1
        (place,) = lookup.lookup([postcode], [layer]).places
        share = float(own["pcon24_share"]) if layer == "pcon24" else 1
        inside = place.areas[layer]
        assert (inside.code, inside.share) == (own[f"{layer}cd"], share)


def test_the_order_is_that_of_the_list_and_what_is_there_twice_stays():
    asked = ["Leeds", "zzz", "HG1 1DY", "Leeds", "", "zzz"]
    found = lookup.lookup(asked, ["stp17", "stp17"])
    assert [place.asked for place in found.places] == asked and found.layers == ("stp17",)
    assert [place.found for place in found.places] == [True, False, True, True, False, False]
    assert len(found.found) == len(found.missing) == 3
    frame = lookup.frame(found)
    assert list(frame) == ["place", "taken_for", "stp17cd", "stp17nm", "stp17_share", "remark"]
    assert frame["stp17cd"].tolist()[2] == "E54000005" and frame["stp17cd"].isna().sum() == 3


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("", "nothing is named"),
        ("CF10 1AA", "in Wales. STPs cover England only"),
        ("LE1 6RY", "not on the list of the Office for National Statistics of May 2022"),
        ("SK13", "the beginning of 1,543 postcodes, not a whole one"),
        ("E01033999", "England had no such LSOA in 2011"),
        ("W01000001", "an area of Wales"),
        ("E12000001", "the code of a region"),
        ("RJ1", "it has the form of a code of a trust"),
        ("Kendal", "no postcode, no LSOA of 2011, and no code or name"),
        ("Dorset", "a council of 2017; or Dorset, a council since 1 April 2019, which differ"),
        ("Greater Manchester", "could be"),
        ("☃\u202e=1+1", "no postcode"),
        ("x" * 5000, "no postcode"),
    ],
)
def test_what_is_not_found_has_a_true_reason(said, why):
    (place,) = lookup.lookup([said], ["stp17"]).places
    assert not place.found and not place.areas and why in place.remark
    assert len(place.asked) <= places.LONGEST and not place.remark.endswith(".")


def test_a_bare_name_is_the_councils_and_its_kind_says_another():
    devon, board, somerset, police = lookup.lookup(
        ["Devon", "Devon ICB", "Somerset", "West Mercia"], ["council17", "stp17"]
    ).places
    assert (devon.kind, devon.areas["council17"].share) == (
        "council",
        1.0,
    ) and "also the name of an STP" in devon.remark
    assert board.kind == "ICB" and board.areas["council17"].share < 1
    # One ground under several names is no doubt.
    assert somerset.found and not somerset.remark
    assert police.taken_for == "West Mercia, a police force area of 2017"


def test_too_many_places_and_layers_that_are_none_are_refused_in_a_sentence():
    assert len(lookup.lookup(["Leeds"] * 10_000, ["stp17"]).places) == 10_000
    with pytest.raises(lookup.TooManyError, match=r"^10,001 places are too many: up to 10,000 at once\.$"):
        lookup.lookup(["Leeds"] * 10_001, ["stp17"])
    for layers in (["stp16"], []):
        with pytest.raises(blocks.UnknownNameError, match="known: stp17"):
            lookup.lookup(["Leeds"], layers)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40) | st.sampled_from(["Dorset", "LE1 6RX", "QK1", "e01000001", "NEL", "=1+1"])))
def test_any_text_is_answered_in_its_place(asked):
    found = lookup.lookup(asked, ["stp17", "acs17"])
    assert len(found.places) == len(asked)
    for place in found.places:
        assert place.found or place.remark
        assert all(inside is None or 0 < inside.share <= 1 for inside in place.areas.values())


def test_pasted_lines_are_places_and_commas_part_what_is_known():
    text = (
        "HG1 1DY, SK13 8AA\r\nLE1 6RX, Leicester; Bath and North East Somerset\t\n\n"
        "Durham, Darlington, Tees, Hambleton, Richmondshire and Whitby\nLeeds, York\nLeeds, nowhere"
    )
    assert place_lists.pasted(text, places.is_place) == (
        "HG1 1DY",
        "SK13 8AA",
        "LE1 6RX, Leicester",
        "Bath and North East Somerset",
        "Durham, Darlington, Tees, Hambleton, Richmondshire and Whitby",
        "Leeds",
        "York",
        "Leeds, nowhere",
    )


@pytest.mark.parametrize(
    ("text", "column", "found", "heading"),
    [
        ("id;Postcode;name\n1;HG1 1DY;Leeds\n2;;York\n", None, ("HG1 1DY", ""), "Postcode"),
        ("code,name\nE06000016,Leicester\nE08000035,Leeds\n", None, ("E06000016", "E08000035"), "code"),
        ("code,name\n1,Leicester\n2,Leeds\n", None, ("Leicester", "Leeds"), "name"),
        ("code,name\nE06000016,Leicester\n", "NAME", ("Leicester",), "name"),
        ("\ufeffpostcode\nHG1 1DY\n", None, ("HG1 1DY",), "postcode"),
        # A misspelt place is no heading.
        ("Harrogatte\nLeeds\n", None, ("Harrogatte", "Leeds"), ""),
        ("1\tLeeds\n2\tYork\n", None, ("Leeds", "York"), ""),
    ],
)
def test_the_column_with_the_places_is_found(text, column, found, heading):
    listed = place_lists.of_text(text, places.is_place, column)
    assert (listed.places, listed.column) == (found, heading)


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("", None, "empty"),
        (" ,\n,,\n", None, "empty"),
        ("a,b\n1,2\n", None, "No column has places that are known; the first row has 'a', 'b'"),
        ("a,b\nLeeds,2\n", "c", "No column is called 'c'; the first row has 'a', 'b'"),
        ('"' + "x" * 200_000, None, "cannot be read as CSV"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_in_a_sentence(text, column, says):
    with pytest.raises(place_lists.ListError, match=says):
        place_lists.of_text(text, places.is_place, column)


def run(capsys, *words):
    status = main(["lookup", *words])
    return status, *capsys.readouterr()


def test_the_command_writes_a_table_and_says_what_was_not_found(capsys, tmp_path, monkeypatch):
    file = tmp_path / "list.csv"
    file.write_text('n,where\n1,HG1 1DY\n2,"=HYPERLINK(""http://x"")"\n', encoding="utf-8")
    status, out, err = run(capsys, str(file), "--layers", "stp17, icb26", "--column", "where")
    first, second = csv.DictReader(io.StringIO(out))
    assert status == 1 and first["stp17cd"] == "E54000005" and first["icb26_share"] == "1.0"
    assert second["place"] == '\'=HYPERLINK("http://x")' and second["stp17cd"] == "" and second["remark"]
    assert blocks.DERIVED in err and "constituenc" not in err and "1 of 2 places were found" in err
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("Leeds\nYork\n".encode("cp1252"))))
    target = tmp_path / "out.csv"
    status, out, _ = run(capsys, "-", "--layers", "council24", "--out", str(target))
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))
    assert (status, out) == (0, "") and [row["council24cd"] for row in rows] == ["E08000035", "E06000014"]


@pytest.mark.parametrize(
    ("content", "more", "says"),
    [
        ("", (), "The file is empty."),
        ("Leeds\n" * 10_001, (), "10,001 places are too many"),
        ("Leeds\n", ("--layers", "stp16"), "unknown layer 'stp16'"),
        ("Leeds\n", ("--column", "x"), "No column is called 'x'"),
        ("Leeds\n", ("--out", "/nowhere/x.csv"), "/nowhere/x.csv"),
    ],
)
def test_wrong_use_is_one_line(capsys, tmp_path, content, more, says):
    file = tmp_path / "list.txt"
    file.write_text(content, encoding="utf-8")
    status, out, err = run(capsys, str(file), "--layers", "stp17", *more)
    assert (status, out) == (2, "") and says in err and len(err.splitlines()) == 1
    assert run(capsys, str(tmp_path / "none.txt"), "--layers", "stp17")[0] == 2
