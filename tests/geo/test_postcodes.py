"""Postcodes: held against the raw ONS list, and a small list through the same encoder."""

import csv
import io
import json
import shutil
import string

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import blocks, boundaries, manifest, paths, postcode_index, postcodes
from geo.__main__ import main
from geo.build import check, pipeline, postcode_file
from geo.postcodes import Half, Postcode, find
from tests.tables import source

# Looked up line by line in the ONS list of May 2022 and in the fact tables, without this project's code:
# CCG, district, council and STP of 2017, LSOA of 2011. Some are ended, some lie in districts that were merged since.
PLACED = """
SW1A 1AA E38000031 E09000033 E09000033 E54000027 E01004736
SW1A 2AA E38000031 E09000033 E09000033 E54000027 E01004736
LE1 6RX E38000097 E06000016 E06000016 E54000015 E01013647
M1 1AE E38000217 E08000003 E08000003 E54000007 E01033659
B33 8TH E38000012 E08000025 E08000025 E54000017 E01009513
CR2 6XH E38000040 E09000008 E09000008 E54000031 E01001095
DN55 1PT E38000044 E08000017 E08000017 E54000009 E01007530
EC1A 1BB E38000088 E09000019 E09000019 E54000028 E01002726
W1A 0AX E38000088 E09000019 E09000019 E54000028 E01002726
TR21 0LW E38000089 E06000053 E06000053 E54000036 E01019077
SY10 7DH E38000147 E06000051 E06000051 E54000011 E01028910
DH1 1TT E38000116 E06000047 E06000047 E54000046 E01033164
GU12 4BP E38000118 E07000092 E10000014 E54000034 E01023108
LA12 7AA E38000216 E07000031 E10000006 E54000048 E01019392
BH15 1AA E38000045 E06000029 E06000029 E54000041 E01032659
NN1 1DE E38000108 E07000154 E10000021 E54000020 E01027223
HP1 1AA E38000079 E07000096 E10000015 E54000025 E01023398
CA28 7AA E38000215 E07000029 E10000006 E54000047 E01019281
YO21 1AA E38000069 E07000168 E10000023 E54000045 E01027870
CH1 1AA E38000196 E06000050 E06000050 E54000008 E01018326
PE30 1AA E38000203 E07000146 E10000020 E54000022 E01026698
LE1 6ZZ E38000097 E06000016 E06000016 E54000015 E01032873
SE1P 4AA E38000171 E09000028 E09000028 E54000030 E01003979
OX4 2SS E38000136 E07000178 E10000025 E54000044 E01028531
EX20 1BT E38000129 E07000047 E10000008 E54000037 E01020330
SG1 2PX E38000049 E07000243 E10000015 E54000025 E01023786
BN50 9TZ E38000021 E06000043 E06000043 E54000033 E01016969
CT5 3JJ E38000029 E07000106 E10000016 E54000032 E01024056
RH10 0FU E38000039 E07000226 E10000032 E54000033 E01031585
BS27 3WB E38000150 E07000188 E10000027 E54000038 E01029127
WF13 9BT E38000121 E08000034 E08000034 E54000005 E01011257
BH8 9RE E38000045 E06000028 E06000028 E54000041 E01015322
CO6 1SD E38000106 E07000067 E10000012 E54000026 E01021379
SO2 1HS E38000167 E06000045 E06000045 E54000042 E01017228
DT9 3YP E38000045 E07000052 E10000009 E54000041 E01020546
NN15 5AA E38000108 E07000153 E10000021 E54000020 E01027121
"""
PLACED = [(line[:-50], *line[-49:].split()) for line in PLACED.strip().splitlines()]
# Counted in the same list, by way of the LSOA in the fact tables: of each layer the area with most postcodes, how many,
# and how many lie in any area of the layer.
MOST = {
    "stp17": ("E54000007", 115_709, 2_226_377),
    "ccg17": ("E38000129", 41_147, 2_226_377),
    "acs17": ("south-yorkshire-bassetlaw", 52_216, 245_476),
    "icb22": ("E54000050", 116_592, 2_226_377),
    "icb26": ("E54000071", 161_196, 2_226_377),
    "icb24": ("E54000050", 116_592, 2_226_377),
    "sicbl24": ("E38000256", 97_532, 2_226_377),
    "council17": ("E10000014", 66_025, 2_226_377),
    "lad17": ("E08000025", 34_528, 2_226_377),
    "council24": ("E10000014", 66_025, 2_226_377),
    "lad24": ("E08000025", 34_528, 2_226_377),
    "cauth25": ("E61000001", 326_610, 1_196_308),
    "pcon10": ("E14000639", 33_999, 2_226_377),
    "pcon24": ("E14001172", 35_154, 2_226_377),
    "pfa17": ("E23000001", 319_804, 2_226_377),
    "fra17": ("E31000046", 326_610, 2_226_377),
    "cal17": ("E56000009", 260_494, 2_226_377),
}
# In the middle of postcodes that exist, all of one CCG; not one of these is on the list.
ABSENT = ["LE1 6RY", "LE1 6RC", "LE1 6SS", "SW1A 1AC", "M1 1AC", "NN1 1DC"]


@pytest.fixture(scope="module")
def today():
    """Rows of the fact table of today by their LSOA; each has one."""
    rows = source("lsoa_today")
    by_lsoa = {row["lsoa11cd"]: row for row in rows}
    assert len(by_lsoa) == len(rows)
    return by_lsoa


@pytest.mark.parametrize("row", PLACED, ids=lambda row: row[0])
def test_a_postcode_lies_where_the_raw_list_says(row, today):
    found = find(row[0])
    assert found == Postcode(row[0], "England", *row[1:])
    assert found.today == {layer: today[row[-1]][f"{layer}cd"] for layer in postcodes.TODAY}


@pytest.mark.parametrize("layer", [layer for layers in blocks.GROUPS.values() for layer in layers])
def test_each_layer_has_as_many_postcodes_as_the_raw_list(layer):
    counts = blocks.load()[layer].iloc[postcode_index.index().lsoas].value_counts()
    assert (counts.idxmax(), counts.max(), counts.sum()) == MOST[layer]


def test_every_lsoa_has_postcodes():
    assert len(set(postcode_index.index().lsoas.tolist())) == 32_844


@pytest.mark.parametrize("text", ["le1 6rx", "LE16RX", "  Le1  6rX ", "LE1\u00a06RX", "L E 1 6 R X", "LE1\t6RX\n"])
def test_spaces_and_case_do_not_matter(text):
    assert find(text) == find("LE1 6RX")


@pytest.mark.parametrize("text", ABSENT)
def test_a_postcode_that_does_not_exist_is_not_placed_by_its_neighbours(text):
    found = find(text)
    assert found == Postcode(text, None, problem=found.problem) and not found.today
    assert found.problem.startswith(f"{text} is not on the list of the Office for National Statistics of May 2022")
    assert find(text[:-2]).stps


@pytest.mark.parametrize(
    ("text", "country", "says"),
    [
        ("CF10 1AA", "Wales", "in Wales. STPs cover England only."),
        ("HR3 5AA", "Wales", "in Wales."),
        ("NPT 0VA", "Wales", "in Wales."),
        ("TD15 1UZ", "Scotland", "in Scotland."),
        ("BT1 1AA", "Northern Ireland", "in Northern Ireland."),
        ("GY1 1AA", "Channel Islands", "in the Channel Islands."),
        ("IM1 1AA", "Isle of Man", "in the Isle of Man."),
        ("GIR 0AA", "not placed", "without a place"),
        ("CF10 9ZZ", None, "not on the list"),
        ("CF10 9ZZ", None, "Every postcode that begins with CF10 is in Wales."),
        ("ZZ9 9ZZ", None, "No postcode with a place begins with ZZ9."),
    ],
)
def test_what_is_not_in_england_is_said_in_a_sentence(text, country, says):
    found = find(text)
    assert (found.country, found.stp17) == (country, None)
    assert found.problem.startswith(text) and says in found.problem


@pytest.mark.parametrize(
    ("text", "written", "counts"),
    [
        # Counted in the raw list.
        ("LE16", "LE16", {"E54000015": 1096, "E54000020": 222}),
        ("SY10", "SY10", {"E54000011": 796, "Wales": 235}),
        ("td15 1", "TD15 1", {"E54000046": 263, "Scotland": 38}),
        ("DH8", "DH8", {"E54000046": 1682, "E54000045": 46}),
        ("gu12", "GU12", {"E54000034": 949, "E54000035": 25}),
    ],
)
def test_half_a_postcode_gives_shares_of_postcodes(text, written, counts):
    found = find(text)
    assert (found.postcode, found.count, found.problem) == (written, sum(counts.values()), None)
    shares = dict(found.stps + found.elsewhere)
    assert shares == pytest.approx({area: count / found.count for area, count in counts.items()})
    assert list(dict(found.stps).values()) == sorted(dict(found.stps).values(), reverse=True)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *(("LE", "LE"), ("LE1", "LE1"), ("LE16", "LE16"), ("LE1 6", "LE1 6"), ("LE1 6R", "LE1 6R"), ("L", "L")),
        *(("LE167", "LE16 7"), ("W1A", "W1A"), ("W1A1", "W1A 1"), ("N1C4B", "N1C 4B"), ("LE16R", "LE1 6R")),
        # There is no outward code LE60, but a sector LE6 0.
        ("LE60", "LE6 0"),
    ],
)
def test_halves_are_read_as_people_write_them(text, written):
    assert find(text).postcode == written and find(text).count


def test_longer_beginnings_have_fewer_postcodes():
    counts = [find(text).count for text in ("LE", "LE1", "LE1 6", "LE1 6R")]
    assert counts == sorted(counts, reverse=True) and len(set(counts)) == 4
    assert find("LE1 6").count == sum(find(f"LE1 6{letter}").count for letter in string.ascii_uppercase)


@pytest.mark.parametrize(
    ("outward", "own", "letters"),
    [
        # The letters that London's districts of these names have in the list.
        ("WC1", 0, "ABEHNRVX"),
        ("EC3", 0, "ABMNPRV"),
        ("SW1", 0, "AEHPVWXY"),
        # One postcode of W1 is older than its letters; N1 has districts with a letter beside its own.
        ("W1", 1, "ABCDEFGHJKMNPRSTUVWXY"),
        ("N1", 3488, "CP"),
    ],
)
def test_districts_that_are_cut_into_some_with_a_letter_are_added_up(outward, own, letters):
    parts = [find(f"{outward}{letter}") for letter in letters]
    found = find(outward.lower())
    assert found.postcode == outward and all(part.count for part in parts)
    assert found.count == own + sum(part.count for part in parts)
    assert found.placed == own + sum(part.placed for part in parts)
    assert found.districts == (*[outward][:own], *(part.postcode for part in parts))
    assert sum(share for _, share in found.stps) == pytest.approx(1)
    assert {code for part in parts for code, _ in part.stps} <= {code for code, _ in found.stps}


def test_postcodes_without_a_place_count_but_have_no_share():
    found = find("E1W")
    assert 0 < found.placed < found.count and sum(dict(found.stps).values()) == pytest.approx(1)


def test_a_postcode_of_a_district_that_has_letters_says_what_is_missing():
    assert find("WC1 1AA").problem.endswith("What begins with WC1 has a letter behind it, such as WC1A.")
    assert find("E1 5ZZ").problem.endswith("newer postcodes are missing.")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "M1 1AE.",
            "m1-1ae",
            "M1, 1AE",
            "(M1 1AE)",
            "“M1 1AE”",
            "M1 1AE;",
            "M1\u20111AE",
            "M1\u00a01AE\u200b",
            "m1_1ae",
        ),
        *("M1 1AE, Manchester", "Manchester M1 1AE", "1 Piccadilly, Manchester,  m1   1ae, UK", "Postcode: M11AE"),
        *("St Helens / m1 1ae", "M1 1AE England", "M1 1AE or B33 8TH"),
    ],
)
def test_punctuation_and_words_around_a_postcode_do_not_matter(text):
    assert find(text) == find("M1 1AE")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *(("DH8.", "DH8"), ("(dh8)", "DH8"), ("LE1-6", "LE1 6"), ("Consett DH8", "DH8"), ("dh8, Consett", "DH8")),
        *(("WC1, London", "WC1"), ("St Albans, AL1", "AL1")),
    ],
)
def test_halves_stand_beside_names_too(text, written):
    assert find(text) == find(written) and find(text).count


def test_halves_that_touch_no_stp_say_why():
    assert (
        find("ZZ9").problem == "No postcode on the list of the Office for National Statistics of May 2022 begins "
        "with ZZ9."
    )
    assert find("EH1").problem == "Every postcode that begins with EH1 is in Scotland. STPs cover England only."
    assert find("GIR").problem.startswith("No postcode that begins with GIR has a place on ")
    assert find("EH1").stps == find("ZZ9").stps == ()


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "hello", "12345", "LE1 6RX9", "E38000097", "LE!1", "ＬＥ１ 6RX", "ß1 1AA", "a" * 10**6),
        *("Leicester", "Leicester LE", "QK1 Leicester", "ward 7, LE1", "...", "NHS 111"),
    ],
)
def test_other_text_is_no_postcode(text):
    assert find(text) is None


@given(st.text() | st.text("ABELSW0169 ", max_size=9))
def test_no_text_breaks_it(text):
    found = find(text)
    if found is not None:
        # Every letter and digit of it stands in the text, in this order.
        letters = iter(text.upper())
        assert all(letter in letters for letter in found.postcode.replace(" ", ""))
    if isinstance(found, Half):
        assert (found.problem is None) == bool(found.stps)
        assert found.placed <= found.count
        if found.placed:
            assert sum(share for _, share in found.stps + found.elsewhere) == pytest.approx(1)


def test_the_file_is_small():
    assert postcode_index.POSTCODES.stat().st_size < 1_300_000


# The same encoder with a list small enough to see through.
TABLE = pd.DataFrame({"lsoa11cd": ["E01000001", "E01000002", "E01000003"]})
LISTED = pd.DataFrame(
    [
        ("AA1 1ZZ", "E01000001", "E06000099"),
        ("AA1 1AA", "E01000001", "E06000099"),
        ("AA1 1AB", "E01000003", "E06000002"),
        ("AA1 1AC", "W01000001", "W06000001"),
        ("A1B 2AA", "E01000002", "E06000002"),
        ("AA1 2AA", "", ""),
    ],
    columns=["pcds", "lsoa11cd", "ladcd"],
)


def decoded(table):
    """Read the bits one by one, unlike the code under test."""
    for row in table.to_pylist():
        places = iter(row["lsoas"])
        bits = "".join(f"{byte:08b}" for byte in row["units"])
        assert len(bits) == 26 * 32
        for place, bit in enumerate(bits):
            if bit == "1":
                unit = chr(65 + place // 32) + chr(65 + place % 32)
                lsoa = TABLE["lsoa11cd"][next(places)] if row["country"] == "England" else None
                yield row["sector"] + unit, row["country"], lsoa
        assert list(places) == []


def test_every_postcode_of_a_list_comes_back_with_its_place():
    assert sorted(decoded(postcode_file.encode(LISTED, TABLE))) == [
        ("A1B 2AA", "England", "E01000002"),
        ("AA1 1AA", "England", "E01000001"),
        ("AA1 1AB", "England", "E01000003"),
        ("AA1 1AC", "Wales", None),
        ("AA1 1ZZ", "England", "E01000001"),
        ("AA1 2AA", "not placed", None),
    ]


def test_the_same_list_in_another_order_gives_the_same_bytes():
    once = postcode_file.content(postcode_file.encode(LISTED, TABLE))
    assert postcode_file.content(postcode_file.encode(LISTED[::-1].reset_index(drop=True), TABLE[::-1])) == once


@pytest.mark.parametrize(
    ("postcode", "lsoa", "district", "says"),
    [
        ("AA1 1AA", "E01000001", "E06000001", "1 postcodes are there twice: AA1 1AA"),
        ("AA11AB", "E01000001", "E06000001", "1 postcodes are not postcodes: AA11AB"),
        ("AA1 1AD", "E01000009", "E06000001", "1 postcodes are in an LSOA that is not in the blocks: AA1 1AD"),
        ("AA1 1AD", "X01000001", "X06000001", "1 postcodes are in no country that is known: AA1 1AD"),
    ],
)
def test_a_list_that_cannot_be_placed_is_refused(postcode, lsoa, district, says):
    listed = pd.concat([LISTED, pd.DataFrame([(postcode, lsoa, district)], columns=LISTED.columns)], ignore_index=True)
    with pytest.raises(postcode_file.PostcodeError) as error:
        postcode_file.encode(listed, TABLE)
    assert str(error.value) == says


def test_the_file_follows_the_codes_of_lsoas_alone():
    known = postcode_file.codes(TABLE)
    assert postcode_file.codes(TABLE[::-1].assign(population=1, stp17="E54000001")) == known
    other = TABLE.copy()
    other.loc[0, "lsoa11cd"] = "E01000009"
    assert postcode_file.codes(other) != known


def other_lsoas():
    return blocks.load()[["lsoa11cd"]].replace("E01013647", "E01013646A")


def test_the_committed_file_has_no_problems():
    assert list(postcode_file.problems(blocks.load())) == []


def test_a_file_made_from_other_lsoas_is_reported():
    (problem,) = postcode_file.problems(other_lsoas())
    assert problem.startswith("postcodes: made from other LSOAs") and "geo build --postcodes" in problem


def rewrite(change, path):
    """Write the file elsewhere with its first rows changed: as many as it takes to come to one in Wales."""
    table = pq.read_table(postcode_index.POSTCODES)
    number = table["country"].to_pylist().index("Wales") + 1
    rows = table.slice(0, number).to_pylist()
    change(rows)
    first = pa.Table.from_pylist(rows, schema=table.schema)
    pq.write_table(pa.concat_tables([first, table.slice(number)]), path)


def one_unit_twice(rows):
    place = next(n for n in range(1, len(rows)) if rows[n]["sector"] == rows[n - 1]["sector"])
    rows[place]["units"] = rows[place - 1]["units"]


def one_unit_more(rows):
    rows[0]["units"] = b"\xff" + rows[0]["units"][1:]


def an_lsoa_too_many(rows):
    rows[0]["lsoas"].append(7)


def an_lsoa_that_is_none(rows):
    next(row for row in rows if row["country"] == "England")["lsoas"][-1] = 32_844


def a_row_out_of_place(rows):
    rows.append(rows.pop(0))


def a_welsh_lsoa(rows):
    next(row for row in rows if row["country"] == "Wales")["lsoas"] = [0]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (one_unit_more, "the list has "),
        (an_lsoa_too_many, "each in England has an LSOA, and nothing else has"),
        (an_lsoa_that_is_none, "in an LSOA that is not in the blocks"),
        (a_row_out_of_place, "out of order"),
        (a_welsh_lsoa, "each in England has an LSOA, and nothing else has"),
    ],
)
def test_a_broken_file_is_reported(tmp_path, change, says):
    path = tmp_path / "postcodes.parquet"
    rewrite(change, path)
    assert any(says in problem for problem in postcode_file.problems(blocks.load(), path))


def test_a_postcode_in_two_places_is_reported(tmp_path):
    path = tmp_path / "postcodes.parquet"
    rewrite(one_unit_twice, path)
    assert "postcodes: a postcode lies in two places" in list(postcode_file.problems(blocks.load(), path))


def test_a_file_that_is_no_table_is_one_problem(tmp_path):
    path = tmp_path / "postcodes.parquet"
    path.write_bytes(b"PAR1")
    (problem,) = postcode_file.problems(blocks.load(), path)
    assert problem.startswith("postcodes: postcodes.parquet cannot be read: ")


def test_the_check_looks_at_the_postcodes(monkeypatch):
    monkeypatch.setattr(postcode_file, "problems", lambda table: ["postcodes: wrong"])
    # Outlines take the longest and are not what this is about.
    monkeypatch.setattr(boundaries, "DETAILS", ())
    assert list(check.check()) == ["postcodes: wrong"]


@pytest.fixture
def data(tmp_path):
    for name in ("postcodes.parquet", "datapackage.json"):
        shutil.copy(paths.DATA / name, tmp_path / name)
    return tmp_path


def test_a_build_carries_the_file_over(data):
    assert postcode_file.carried(blocks.load(), data) == postcode_index.POSTCODES.read_bytes()
    (data / "datapackage.json").unlink()
    assert postcode_file.carried(blocks.load(), data) == postcode_index.POSTCODES.read_bytes()
    (data / "postcodes.parquet").unlink()
    assert postcode_file.carried(blocks.load(), data) is None


def test_a_file_that_no_longer_fits_is_not_carried_over(data):
    with pytest.raises(postcode_file.PostcodeError, match="made from other LSOAs"):
        postcode_file.carried(other_lsoas(), data)


def test_a_file_that_the_manifest_does_not_know_is_not_carried_over(data):
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    next(item for item in package["resources"] if item["name"] == "postcodes")["hash"] = "sha256:0"
    (data / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(postcode_file.PostcodeError, match="differs from the manifest"):
        postcode_file.carried(blocks.load(), data)


def test_a_build_that_would_carry_over_a_file_that_does_not_fit_writes_nothing(small_root):
    shutil.copy(postcode_index.POSTCODES, small_root / "data")
    before = sorted(small_root.rglob("*"))
    with pytest.raises(postcode_file.PostcodeError, match="made from other LSOAs"):
        pipeline.build(small_root, report=lambda line: None)
    assert sorted(small_root.rglob("*")) == before


def test_the_manifest_describes_the_file():
    (item,) = [item for item in manifest.read()["resources"] if item["name"] == "postcodes"]
    assert [field["name"] for field in item["schema"]["fields"]] == pq.read_schema(postcode_index.POSTCODES).names
    assert "Postcode to OA to LSOA" in item["sources"][0]["title"]


def run(capsys, *arguments):
    try:
        status = main(["postcode", *arguments])
    except SystemExit as stop:
        status = stop.code
    return status, *capsys.readouterr()


def test_the_command_writes_a_row_for_each_postcode(capsys):
    asked = [row[0] for row in PLACED]
    status, out, err = run(capsys, *asked, "--format", "csv")
    assert (status, err) == (0, "")
    header, *rows = csv.reader(io.StringIO(out))
    assert header == ["postcode", "ccg17cd", "lad17cd", "council17cd", "stp17cd"]
    assert [tuple(row) for row in rows] == [row[:-1] for row in PLACED]


def test_the_command_leaves_unknown_postcodes_empty_and_says_why(capsys):
    status, out, err = run(capsys, "le16rx", "LE1 6RY", "cf101aa", "LE16", "no\nnsense")
    assert status == 1
    assert out.splitlines()[1:] == [
        "LE1 6RX,E38000097,E06000016,E06000016,E54000015",
        *("LE1 6RY,,,,", "CF10 1AA,,,,", "LE16,,,,", "no nsense,,,,"),
    ]
    absent, welsh, half, nonsense = err.splitlines()
    assert absent.startswith("geo postcode: LE1 6RY is not on the list")
    assert welsh == "geo postcode: CF10 1AA is in Wales. STPs cover England only."
    assert half == "geo postcode: LE16 is half a postcode. It touches E54000015 83.2%, E54000020 16.8%"
    assert nonsense == "geo postcode: 'no nsense' does not have the form of a postcode"


def test_the_command_adds_up_districts_with_a_letter(capsys):
    status, out, err = run(capsys, "WC1", "b33-8th.")
    assert status == 1
    assert out.splitlines()[1:] == ["WC1,,,,", "B33 8TH,E38000012,E08000025,E08000025,E54000017"]
    assert err.startswith("geo postcode: WC1 is half a postcode, the 8 districts WC1A to WC1X together with 4,014 ")


def test_the_command_as_json(capsys):
    _, out, _ = run(capsys, "LE1 6RX", "CF10 1AA", "--format", "json")
    english, welsh = json.loads(out)
    assert english["stp17cd"] == "E54000015" and welsh["stp17cd"] is None


@pytest.mark.parametrize("arguments", [[], ["--format", "csv"], ["LE1 6RX", "--format", "xml"]])
def test_wrong_use_is_answered_in_one_line(capsys, arguments):
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "") and err.startswith("geo postcode: ") and err.count("\n") == 1
