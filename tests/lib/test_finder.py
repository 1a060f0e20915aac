"""The search finds first what a person means, says where it is, and no text breaks it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo import blocks, codes, sources
from geo.everyday import COUNCIL_SHORT_FORMS, ICB_SHORT_FORMS, STP_SHORT_FORMS
from geo.overlap import overlap
from lib import catalogue
from lib.search import finder, hits
from lib.search.finder import CERTAIN, Hit, find
from lib.search.finder_entries import entries
from lib.search.finder_words import TRUST_SHORT_FORMS, words
from tests.tables import source

LLR, BLMK, GM = "E54000015", "E54000024", "E54000007"

# What is typed, and what should stand first.
FIRST = [
    # Short forms.
    *(("LLR", "stp", LLR), ("llr", "stp", LLR), (" L.L.R ", "stp", LLR), ("LLR STP", "stp", LLR)),
    *(("BLMK", "stp", BLMK), ("BOB", "stp", "E54000044"), ("BNSSG", "stp", "E54000039")),
    *(("HIOW", "stp", "E54000042"), ("HIoW", "stp", "E54000042"), ("STW", "stp", "E54000011")),
    *(("SYB", "stp", "E54000009"), ("GM", "stp", GM), ("ncl", "stp", "E54000028"), ("NEL", "stp", "E54000029")),
    *(("NWL stp", "stp", "E54000027"), ("sel", "stp", "E54000030"), ("SWL", "stp", "E54000031")),
    *(("MSE", "stp", "E54000026"), ("SNEE", "stp", "E54000023"), ("CIOS", "stp", "E54000036")),
    *(("BSW", "stp", "E54000040"), ("HCV", "stp", "E54000006"), ("C&M", "stp", "E54000008")),
    *(("K&M", "stp", "E54000032"), ("K and M", "stp", "E54000032"), ("k & m", "stp", "E54000032")),
    *(("NENC", "icb", "E54000050"), ("B&NES", "council", "E06000022"), ("uclh", "trust", "RRV")),
    # Codes: ONS, of 2016, ODS, footprint numbers.
    *(
        (LLR, "stp", LLR),
        ("e54000015", "stp", LLR),
        ("E54000001", "stp", "E54000046"),
        ("E54000004", "stp", "E54000048"),
    ),
    *(("QK1", "stp", LLR), ("qk1", "stp", LLR), ("15", "stp", LLR), ("015", "stp", LLR), ("STP 15", "stp", LLR)),
    *(("footprint 7", "stp", GM), ("E38000008", "ccg", "E38000008"), ("02Q", "ccg", "E38000008")),
    *(("RXN", "trust", "RXN"), ("rtx", "trust", "RTX"), ("E10000018", "council", "E10000018")),
    *(("E07000135", "district", "E07000135"), ("15F", "later", "E38000225"), ("323", "council", "E10000017")),
    *(("E54000055", "icb", "E54000055"), ("E54000008", "stp", "E54000008")),
    # Names, whole and in part, with & and without capitals.
    ("leicester, leicestershire and rutland", "stp", LLR),
    ("Leicester Leicestershire & Rutland", "stp", LLR),
    ("leicester", "council", "E06000016"),
    ("leicester stp", "stp", LLR),
    ("Leicestershire", "council", "E10000018"),
    ("leics", "council", "E10000018"),
    ("West Yorkshire & Harrogate", "stp", "E54000005"),
    ("west yorks", "stp", "E54000005"),
    ("joined up care derbyshire", "stp", "E54000012"),
    ("East London Health and Care Partnership", "stp", "E54000029"),
    ("bath & swindon", "stp", "E54000040"),
    ("frimley", "stp", "E54000034"),
    ("devon", "stp", "E54000037"),
    ("herts & west essex", "stp", "E54000025"),
    ("teesside", "stp", "E54000045"),
    ("north west london", "stp", "E54000027"),
    ("NHS Leicester City CCG", "ccg", "E38000097"),
    ("leicester city ccg", "ccg", "E38000097"),
    ("Bassetlaw CCG", "ccg", "E38000008"),
    ("nhs dorset clinical commissioning group", "ccg", "E38000045"),
    ("west lancs ccg", "ccg", "E38000200"),
    ("Lancashire County Council", "council", "E10000017"),
    ("London Borough of Tower Hamlets", "council", "E09000030"),
    ("cornwall", "council", "E06000052"),
    ("hull", "council", "E06000010"),
    ("county durham", "council", "E06000047"),
    ("isle of wight", "council", "E06000046"),
    ("oadby", "district", "E07000135"),
    ("gloucester", "district", "E07000081"),
    ("blackpool and fylde coast", "acs", "blackpool-fylde-coast"),
    ("berkshire west", "acs", "berkshire-west"),
    ("dorset acs", "acs", "dorset"),
    ("University Hospitals of Leicester", "trust", "RWE"),
    ("guys and st thomas", "trust", "RJ1"),
    ("St Georges hospital", "trust", "RJ7"),
    ("poole hospital", "trust", "RD3"),
    ("yorkshire ambulance", "trust", "RX8"),
    ("plymouth hospitals", "trust", "RK9"),
    ("university hospitals plymouth", "trust", "RK9"),
    ("healthwatch norfolk", "partner", "8JM77"),
    ("sussex icb", "icb", "E54000053"),
    # Of other years: by code, by name, by what they were called later.
    *(("01M", "former", "E38000123"), ("E38000159", "former", "E38000159"), ("E07000101", "former", "E07000101")),
    *(("E06000064", "later", "E06000064"), ("E07000245", "later", "E07000245"), ("T6Y0W", "icb", "E54000068")),
    *(("West Northamptonshire", "later", "E06000062"), ("westmorland & furness", "later", "E06000064")),
    *(("Folkestone & Hythe", "district", "E07000112"), ("SE London", "stp", "E54000030")),
    *(("Stoke–on–Trent", "council", "E06000021"), ("king’s lynn", "district", "E07000146")),
    ("nhs essex integrated care board", "icb", "E54000066"),
    ("penwith", "former", "E07000023"),
    # Of today.
    *(("Surrey and Sussex", "icb", "E54000069"), ("surrey & sussex icb", "icb", "E54000069")),
    *(("Central East", "icb", "E54000065"), ("E54000069", "icb", "E54000069"), ("S9B9J", "icb", "E54000069")),
    *(("North Yorkshire", "council", "E10000023"), ("Cumberland", "later", "E06000063")),
    *(("E14001311", "constituency", "E14001311"), ("corby and east northants", "constituency", "E14001179")),
    *(("E14000708", "former", "E14000708"), ("Aldershot", "constituency", "E14001063")),
    # Slips.
    ("liecester", "council", "E06000016"),
    ("glocestershire", "stp", "E54000043"),
    ("middlesborough", "council", "E06000002"),
    ("milton keyns", "council", "E06000042"),
    ("miltonkeynes", "council", "E06000042"),
    ("coventary and warwickshre", "stp", "E54000018"),
    ("morecombe bay", "ccg", "E38000216"),
    ("grater manchester", "stp", GM),
    ("northhamptonshire", "stp", "E54000020"),
    ("shewsbury", "constituency", "E14001473"),
    ("shewsbury hospital", "trust", "RXW"),
    ("black county", "stp", "E54000016"),
    # Postcodes.
    *((text, "postcode", "LE1 6RX") for text in ("LE1 6RX", "le16rx", " Le1  6rx")),
    *((text, "postcode", text.upper()) for text in ("LE1", "le16", "LE1 6", "LE1 6R", "LE", "W1A", "SY10")),
    *((text, "postcode", "LE1 6RX") for text in ("LE1-6RX", "le1 6rx.", "LE1 6RX, Leicester", "Granby St LE1 6RX")),
    *((text, "postcode", "WC1") for text in ("WC1", "wc1.", "WC1, London")),
    *((text, "postcode", text) for text in ("CF10 1AA", "EH1", "LE1 6RY", "ZZ9 9ZZ", "ZZ9", "GY1 1AA", "BT1 1AA")),
]


@pytest.mark.parametrize(("query", "kind", "code"), FIRST)
def test_what_is_meant_stands_first(query, kind, code):
    hits = find(query)
    assert hits, query
    assert (hits[0].kind, hits[0].code) == (kind, code), [(hit.kind, hit.name, hit.score) for hit in hits]


def test_short_forms_lead_to_codes_that_exist():
    kinds = {"stp": STP_SHORT_FORMS, "icb": ICB_SHORT_FORMS, "council": COUNCIL_SHORT_FORMS, "trust": TRUST_SHORT_FORMS}
    for kind, forms in kinds.items():
        for form, code in forms.items():
            assert (find(form)[0].kind, find(form)[0].code) == (kind, code), form


@pytest.mark.parametrize("layer", ["stp17", "ccg17", "council17", "lad17", "icb22"])
def test_every_area_is_found_by_its_code_and_its_name(layer):
    kinds = {"stp17": {"stp"}, "ccg17": {"ccg"}, "council17": {"council"}, "icb22": {"icb"}}
    wanted = kinds.get(layer, {"district", "council"})
    for code, name in blocks.names(layer).items():
        assert any(hit.kind in wanted and hit.code == code and hit.score >= CERTAIN - 10 for hit in find(code)), code
        assert any(hit.kind in wanted and hit.code == code for hit in find(name)), name


def test_every_row_of_the_partner_list_is_found_with_its_stp():
    for row in sources.read("stp_partners").itertuples():
        hits = find(row.name)
        assert any(row.stp17cd in dict(hit.stps) for hit in hits) or row.partner_type == "council", row.name
        if row.partner_type in ("trust", "other"):
            kind = {"trust": "trust", "other": "partner"}[row.partner_type]
            assert row.stp17cd in dict(next(hit for hit in hits if hit.kind == kind).stps), row.name


def test_every_acute_trust_is_found_by_code_and_name():
    for row in sources.read("acute_trusts").itertuples():
        for query in (row.ods_code, row.trust_name):
            hit = next(hit for hit in find(query) if hit.kind == "trust")
            assert (hit.code, hit.stps[0][0]) == (row.ods_code, row.stp17cd)


def test_shares_are_those_of_the_overlap():
    table = overlap("council17", "stp17")
    for code in table["a_code"].unique():
        (hit,) = (hit for hit in find(code) if hit.kind == "council")
        rows = table[table["a_code"] == code].set_index("b_code")["share_of_a"]
        assert dict(hit.stps) == pytest.approx(rows.to_dict())
        assert [share for _, share in hit.stps] == sorted(rows, reverse=True)
        assert ("split by residents: " in hit.detail) == (len(rows) > 1)


def test_details_say_where_things_are():
    assert find("E10000023")[0].detail == (
        "Council (county) split by residents: 39.5% in Humber, Coast and Vale; 34.4% in West Yorkshire; 25.0% in "
        "Durham, Darlington, Teesside, Hambleton, Richmondshire and Whitby; 1.0% in Lancashire and South Cumbria. "
        "A council without districts since 1 April 2023."
    )
    assert find("02Q")[0].detail == "CCG in South Yorkshire and Bassetlaw."
    assert find("oadby")[0].detail == "District of Leicestershire, in Leicester, Leicestershire and Rutland."
    assert find("RTX")[0].detail == "Acute trust in Lancashire and South Cumbria."
    assert find("LE1 6RX")[0].detail == (
        "In Leicester council and NHS Leicester City CCG, in the STP Leicester, Leicestershire and Rutland."
    )
    assert "NHS England calls it West Yorkshire and Harrogate." in find("E54000005")[0].detail
    assert "83.2% in Leicester, Leicestershire and Rutland; 16.8% in Northamptonshire." in find("LE16")[0].detail
    assert "22.8% in Wales" in find("SY10")[0].detail
    assert find("E1")[0].detail == (
        "3,880 postcodes, in use or ended, of the 2 districts E1 and E1W, in North East London (49 of them without "
        "a place)."
    )
    assert find("cf10 1aa")[0] == Hit(
        "postcode", "CF10 1AA", "CF10 1AA", "CF10 1AA is in Wales. STPs cover England only.", CERTAIN + 10, (), None
    )


def test_the_code_of_an_stp_and_an_icb_gives_both():
    assert [(hit.kind, hit.code) for hit in find("E54000008")] == [("stp", "E54000008"), ("icb", "E54000008")]


def test_targets_are_pages_that_know_the_code():
    known = {
        "stp": set(catalogue.footprints()),
        "council": set(blocks.names("council17").index),
        "acs": set(sources.read("acs_areas")["id"]),
        "board": set(blocks.names("icb26").index),
        "then": set(codes.known()),
        "table": {"vanguards", "pioneers"},
    }
    for entry in entries():
        page, code = entry.target
        assert code in known[page]
        # Some vanguards have no place of their own.
        assert (entry.stps or page == "table") and {stp for stp, _ in entry.stps} <= known["stp"]
        assert entry.detail.endswith(".") and "nan" not in entry.detail.split()
    assert find("oadby")[0].target == ("council", "E10000018")
    assert find("LE16")[0].target == ("stp", LLR)


def test_a_postcode_area_may_also_begin_a_name():
    area, *names = find("le")
    assert (area.kind, area.code) == ("postcode", "LE") and area.score < CERTAIN
    assert names and all(any(word.lower().startswith("le") for word in hit.name.split()) for hit in names)
    assert [hit.kind for hit in find("LE1 6RX")] == [hit.kind for hit in find("CF10 1AA")] == ["postcode"]


def test_a_name_beside_an_outward_code_is_found_too():
    place, *names = find("LE1, Leicester")
    assert (place.kind, place.code) == ("postcode", "LE1") and place.score < CERTAIN
    assert "E06000016" in {hit.code for hit in names}


def test_a_district_is_said_to_lie_in_its_council_and_a_later_area_leads_to_what_became_of_it():
    def label(query: str) -> str:
        return hits.label(find(query)[0])

    assert label("oadby") == "Leicestershire council, in which Oadby and Wigston lies"
    assert label("Leeds") == "Open Leeds"
    assert label("sussex icb") == "What became of NHS Sussex Integrated Care Board"
    assert label("15F") == "What became of NHS Leeds CCG"
    assert label("E06000061") == "Northamptonshire council, in which North Northamptonshire lies"


def test_one_place_is_one_row_whatever_its_codes_were():
    def rows(said: str) -> list[tuple[str, str]]:
        return [(hit.kind, hit.code) for hit in find(said) if hit.name.lower() == said]

    assert rows("stevenage") == [("district", "E07000243"), ("constituency", "E14001516")]
    # Unitary councils on the ground of a county of 2017 stand in its row, under the code that they have now too.
    for name, then, now in (
        ("north yorkshire", "E10000023", "E06000065"),
        ("somerset", "E10000027", "E06000066"),
        ("buckinghamshire", "E10000002", "E06000060"),
    ):
        assert [row for row in rows(name) if row[0] in ("council", "later")] == [("council", then)]
        assert [hit.code for hit in find(now)] == [then]


def test_what_is_known_but_has_no_ground_here_is_said():
    said = finder.nothing_found("5NE")
    assert said.startswith("`5NE` is Cumbria Teaching PCT, a primary care trust until 31 March 2013; ")


def test_the_limit_holds():
    assert len(find("london", 3)) == 3 and len(find("london")) == finder.LIMIT
    assert find("london", 0) == find("london", -1) == []


@pytest.mark.parametrize("query", ["", " ", "\n", "asdfghjkl", "xylophone", "hello world", "nhs", "council", "@#!"])
def test_nothing_is_found_where_nothing_is_meant(query):
    assert find(query) == []
    said = finder.nothing_found(query)
    assert said.startswith("Nothing is called ") and "postcodes" in said and said.endswith(".")


def test_the_sentence_for_nothing_shows_the_query_as_code():
    assert finder.nothing_found("[x](http://y) `z`").startswith("Nothing is called `[x](http://y) z`. ")


PARTS = st.sampled_from(["leicester", "ccg", "E54", "000015", "LE1", " 6RX", "&", "nhs", "é", "\x00", "trust ", "  "])


@given(st.text() | st.lists(PARTS, max_size=30).map("".join))
@example("a" * 1_000_000)
@example("north east west south " * 1000)
@example("&" * 10_000)
@example("and " * 10_000)
@example(" " * 1_000_000 + "LLR")
@example("\ud800")
@example("ﷺ" * 500)
def test_no_text_breaks_it(query):
    finder.load()
    hits = find(query)
    assert len(hits) <= finder.LIMIT
    assert all(hit.kind in finder.KINDS and hit.name and hit.detail for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert len({(hit.kind, hit.code or hit.name) for hit in hits}) == len(hits)
    assert "\n" not in finder.nothing_found(query)


@pytest.mark.parametrize(
    ("said", "kept", "kinds"),
    [
        ("NHS Leeds North CCG", ("leeds", "north"), {"ccg", "later"}),
        ("Guy's & St Thomas’ NHS Foundation Trust", ("guys", "st", "thomas"), {"trust"}),
        ("Leicester City Council", ("leicester",), {"council", "district"}),
        ("City of York Council", ("city", "york"), {"council", "district"}),
        ("Royal Borough of Greenwich", ("greenwich",), {"council", "district"}),
        ("MK Beds", ("milton", "keynes", "bedfordshire"), set()),
        ("the NHS", (), set()),
    ],
)
def test_words_that_every_name_has_only_hint(said, kept, kinds):
    assert words(said) == (kept, kinds)


def test_the_words_of_a_long_text_are_bounded():
    kept, _ = words("abc def " * 10_000)
    assert len(kept) <= 12 and sum(map(len, kept)) < 200


def test_a_postcode_leads_to_the_board_of_today():
    ways = {link.words: link.href for link in hits.ways(find("SL1 1EL")[0])}
    assert ways["Today: Thames Valley"].startswith("/today?board=E54000070")
    assert "Slough council" in ways


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("Surrey and Sussex", ["/today?board=E54000069"]),
        ("Central East", ["/today?board=E54000065"]),
        ("E54000069", ["/today?board=E54000069"]),
        # The STP of 2017 and the board of today have one ODS code; the board in between ended.
        ("QRL", ["/footprint?stp=E54000042", "/today?board=E54000067", "/then-and-now?stp=none"]),
        ("NHS Frimley ICB", ["/then-and-now?stp=none"]),
        ("North Yorkshire", ["/council?council=E10000023"]),
        ("Cumberland", ["/council?council=E10000006"]),
        ("West Northamptonshire", ["/council?council=E10000021"]),
        ("Kettering", ["/council?council=E10000021", "/today?board=E54000059"]),
    ],
)
def test_what_is_of_today_leads_to_the_page_that_tells_of_it(query, pages):
    found = [hits.address(hit) for hit in find(query)]
    assert len(found) >= len(pages)
    for address, page in zip(found, pages, strict=False):
        assert address.startswith(page)


def test_names_answer_with_then_and_now():
    (county,) = (hit for hit in find("Northamptonshire") if hit.kind == "council")
    assert county.today.startswith(
        "Today in the board Northamptonshire and in the councils West Northamptonshire (53.9%) and North "
        "Northamptonshire (46.1%); by best fit of LSOAs in "
    )
    assert "Today: Northamptonshire" in {link.words for link in hits.ways(county)}
    frimley = find("frimley")[0]
    assert "Surrey and Sussex (20.6%) (derived), and in " in frimley.today.replace(";", "")
    assert [link.words for link in hits.ways(frimley)][1:] == [
        "Today: Thames Valley",
        "Today: Hampshire and Isle of Wight",
        "Today: Surrey and Sussex",
    ]
    assert find("RWE")[0].today == find("LE1")[0].today == ""


def test_a_constituency_says_who_is_in_office_and_where_it_lies_by_best_fit():
    lsoas, people = source("lsoa_today"), {row["lsoa11cd"]: int(row["population"]) for row in source("lsoa")}
    boards = {row["code"]: row["name"] for row in source("today_names") if row["layer"] == "icb26"}
    (windsor,) = (row for row in source("pcon24") if row["pcon24nm"] == "Windsor")
    parts: dict[str, int] = {}
    for row in lsoas:
        if row["pcon24cd"] == windsor["pcon24cd"]:
            parts[row["icb26cd"]] = parts.get(row["icb26cd"], 0) + people[row["lsoa11cd"]]
    (hit,) = (hit for hit in find("Windsor") if hit.kind == "constituency")
    assert hit.code == windsor["pcon24cd"] and len(parts) > 1
    assert hit.detail.startswith(
        f"Constituency since 31 May 2024; in office on 27 June 2026: {windsor['mp_now']}, {windsor['party_now']}. "
        "By best fit of LSOAs it is of the STPs of 2017 "
    )
    for board, residents in parts.items():
        name = boards[board].removeprefix("NHS ").removesuffix(" Integrated Care Board")
        assert f"{name} ({residents / sum(parts.values()):.1%})" in hit.detail
    assert hit.target == ("board", max(parts, key=parts.__getitem__))
    (old,) = find("E14000708")
    assert "Constituency until 30 May 2024; elected in June 2017: " in old.detail


def test_what_is_called_exactly_so_stands_alone():
    assert [(hit.kind, hit.name) for hit in finder.find("Fylde")] == [("district", "Fylde"), ("constituency", "Fylde")]
    assert {hit.name for hit in finder.find("Bassetlaw")} == {"Bassetlaw", "NHS Bassetlaw CCG"}


@pytest.mark.parametrize(
    ("query", "term"),
    [("what is an ACS", "acs"), ("What is tolerance?", "tolerance"), ("sliver", "tolerance"), ("2/3", "rating")],
)
def test_words_of_the_glossary_are_found(query, term):
    _, ways = hits.results(query)[:2]
    assert f"term={term}" in ways.items[0].href
