"""The interface for programs: right numbers, true sentences where there are none, and a description that holds."""

import csv
import gzip
import json
import re
from collections import Counter, defaultdict
from html import escape, unescape
from typing import Any
from urllib.parse import quote

import openapi_spec_validator
import pytest
import schemathesis
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import checks
from starlette.applications import Starlette

from geo import blocks, manifest, paths
from lib.content import html
from lib.hosts.api import Api, description
from lib.hosts.web.answers import Answers
from tests import hostile
from tests.lib.hosts.asking import Answer, ask
from tests.tables import source

API = Api(Answers())
KIND = {"content_type": "application/json"}
APP = Starlette(routes=[API.mounted()])


def got(path: str, **more: Any) -> Answer:
    (answer,) = ask(APP, f"/api/v1/{path}", **more)
    return answer


def read(path: str) -> Any:
    answer = got(path)
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


def refused(path: str, status: int, **more: Any) -> str:
    answer = got(path, **more)
    assert answer.status == status, answer.body
    assert answer.headers["access-control-allow-origin"] == "*"
    return json.loads(answer.body)["detail"]


@pytest.fixture(scope="module")
def lsoas() -> list[dict[str, str]]:
    with gzip.open(paths.DATA / "sources" / "lsoa.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def table(name: str) -> list[dict[str, str]]:
    with (paths.DATA / "sources" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rows_about(told: Any, table: str) -> list[dict[str, Any]]:
    return next((item["rows"] for item in told["facts"] if item["table"] == table), [])


def test_layers_have_as_many_areas_as_england():
    told = read("layers")
    counts = {item["layer"]: item["areas"] for item in told["layers"]}
    assert (counts["stp17"], counts["council17"]) == (44, 152)
    assert counts["ccg17"] == 207 and counts["lad17"] == 326 and counts["icb22"] == 42
    assert told["weights"]["population"] == "residents"


def test_areas_have_the_residents_of_their_lsoas(lsoas):
    stps = {row["ccg17cd"]: row["stp17cd"] for row in table("ccg17")}
    residents: Counter[str] = Counter()
    for row in lsoas:
        residents[stps[row["ccg17cd"]]] += int(row["population"])
    told = {area["code"]: area["residents"] for area in read("areas/stp17")["areas"]}
    assert told == dict(residents) and sum(told.values()) == 55_619_430


def test_an_area_has_members_years_and_facts_with_their_sources(lsoas):
    told = read("areas/stp17/E54000015")
    ccgs = {row["ccg17cd"] for row in table("ccg17") if row["stp17cd"] == "E54000015"}
    assert {part["code"] for part in told["parts"] if part["layer"] == "ccg17"} == ccgs
    assert all(part["share_of_other"] == 1 for part in told["parts"] if part["layer"] == "ccg17")
    assert [row["code"] for row in told["years"] if row["year"] == 2022] == ["E54000015"]
    (rating,) = rows_about(told, "stp_ratings")
    (row,) = (row for row in table("stp_ratings") if row["stp17cd"] == "E54000015")
    assert (rating["evidence"], rating["source"]) == (row["evidence"], row["source"])
    # Where it is one of several that a row names, too.
    vanguards = [row["id"] for row in table("vanguards") if "E54000015" in row["stp17cds"].replace(";", " ").split()]
    assert [row["id"] for row in rows_about(told, "vanguards")] == vanguards
    assert [row["id"] for row in rows_about(read("areas/ccg17/E38000118"), "acs_areas")] == ["frimley"]
    assert [row["id"] for row in rows_about(read("areas/acs17/frimley"), "acs_areas")] == ["frimley"]
    # By its name as well.
    assert read("areas/stp17/Leicester, Leicestershire and Rutland") == told


def test_overlap_and_fit_agree_with_the_lsoas(lsoas):
    stps = {row["ccg17cd"]: row["stp17cd"] for row in table("ccg17")}
    councils = {row["lad17cd"]: row["council17cd"] for row in table("lad17")}
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for row in lsoas:
        shared[councils[row["lad17cd"]]][stps[row["ccg17cd"]]] += int(row["population"])
    told = read("overlap/council17/stp17")["rows"]
    assert {(row["a_code"], row["b_code"]): row["weight"] for row in told} == {
        (council, stp): people for council, parts in shared.items() for stp, people in parts.items()
    }
    fits = {row["code"]: row["class"] for row in read("coterminosity/council17/stp17")["rows"]}
    assert {code for code, name in fits.items() if name in ("same", "within_one")} == {
        council for council, parts in shared.items() if len(parts) == 1
    }
    split = sum(name == "split" for name in fits.values())
    assert split == 14
    loose = [row["class"] for row in read("coterminosity/council17/stp17?tolerance=0.2")["rows"]]
    assert loose.count("split") < split


def test_constituencies_are_a_layer_with_its_grade(lsoas):
    people = {row["lsoa11cd"]: int(row["population"]) for row in lsoas}
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for row in source("lsoa_today"):
        shared[row["pcon24cd"], row["icb26cd"]] += people[row["lsoa11cd"]]
    (grade,) = blocks.notes(["pcon24"])
    told = read("overlap/pcon24/icb26")
    assert {(row["a_code"], row["b_code"]): row["weight"] for row in told["rows"]} == shared
    assert told["notes"] == [blocks.DERIVED, grade]
    assert read("coterminosity/council24/pcon24")["notes"] == [grade]
    assert {item["layer"] for item in read("layers")["layers"] if item["best_fit"]} == {"pcon10", "pcon24"}
    areas = read("areas/pcon24")
    assert areas["notes"] == [grade] and len(areas["areas"]) == 543
    assert sum(area["residents"] for area in areas["areas"]) == 55_619_430
    seat = read("areas/pcon24/Rutland and Stamford")
    (member,) = rows_about(seat, "pcon24")
    (row,) = (row for row in source("pcon24") if row["pcon24cd"] == "E14001458")
    assert (member["pcon24nm"], member["mp_now"]) == (row["pcon24nm"], row["mp_now"])
    boards = {part["code"]: part["residents"] for part in seat["parts"] if part["layer"] == "icb26"}
    assert boards == {board: number for (code, board), number in shared.items() if code == "E14001458"}
    stp = read("areas/stp17/E54000015")
    assert grade in seat["notes"] and grade in stp["notes"] and blocks.DERIVED in stp["notes"]
    assert sum(part["residents"] for part in stp["parts"] if part["layer"] == "pcon24") == stp["area"]["residents"]
    looked = json.loads(looked_up(["E01000479", "LS1 1AA"], "layers=pcon24").body)
    assert looked["notes"] == [grade]
    assert looked["places"][0]["areas"] == {"pcon24": {"code": "E14001123", "share": 0.5}}
    # By the LSOA that the list has of it.
    (leeds,) = (row for row in source("lsoa_today") if row["lsoa11cd"] == "E01033008")
    seat = {"code": leeds["pcon24cd"], "share": float(leeds["pcon24_share"])}
    assert looked["places"][1]["areas"] == {"pcon24": seat} and "E01033008" in looked["places"][1]["remark"]


def test_a_postcode_and_many():
    place = read("postcodes/LE1 6TP")
    assert place["areas"] == {
        "ccg17": "E38000097",
        "lad17": "E06000016",
        "council17": "E06000016",
        "stp17": "E54000015",
        "icb26": "E54000015",
        "council24": "E06000016",
        "lad24": "E06000016",
    }
    (home,) = (row for row in source("lsoa_today") if row["lsoa11cd"] == "E01013647")
    assert place["lsoa11"] == "E01013647"
    assert place["constituencies"] == {home["pcon24cd"]: float(home["pcon24_share"])}
    content = json.dumps(["le16tp", "CF10 1AA", "nonsense"]).encode()
    length = str(len(content))
    told = json.loads(got("postcodes", method="POST", content=content, content_length=length, **KIND).body)
    assert told["placed"] == 1 and [one["asked"] for one in told["postcodes"]] == ["le16tp", "CF10 1AA", "nonsense"]
    assert told["postcodes"][0]["areas"] == place["areas"]
    assert all(one["problem"] for one in told["postcodes"][1:])
    assert "no postcode" in refused("postcodes/nonsense", 404)
    too_many = json.dumps(["S1"] * 10_001).encode()
    said = refused("postcodes", 400, method="POST", content=too_many, content_length=str(len(too_many)), **KIND)
    assert said == "10,001 postcodes are too many: up to 10,000 at once."
    assert "400,000 bytes" in refused("postcodes", 413, method="POST", content=b"[]", content_length="400001")
    assert "Content-Length" in refused("postcodes", 413, method="POST", content=b"[]")


def looked_up(asked: list[str], query: str) -> Answer:
    content = json.dumps(asked).encode()
    return got(f"lookup?{query}", method="POST", content=content, content_length=str(len(content)), **KIND)


def test_many_places_in_the_areas_of_chosen_layers(lsoas):
    asked = ["hg11dy", "E10000006", "nonsense", "hg11dy"]
    told = json.loads(looked_up(asked, "layers=icb26,acs17").body)
    assert [one["asked"] for one in told["places"]] == asked and told["found"] == 3
    assert told["layers"] == ["icb26", "acs17"] and told["notes"] == [blocks.DERIVED]
    harrogate, cumbria, nonsense, again = told["places"]
    assert harrogate == again and harrogate["taken_for"] == "HG1 1DY"
    assert harrogate["areas"] == {"icb26": {"code": "E54000051", "share": 1.0}, "acs17": None}
    assert told["names"]["icb26"]["E54000051"] == "NHS Humber and North Yorkshire Integrated Care Board"
    # Allerdale, Barrow, Carlisle, Copeland, Eden and South Lakeland: the CCG of the north is in one board.
    people = [row for row in lsoas if "E07000026" <= row["lad17cd"] <= "E07000031"]
    north = sum(int(row["population"]) for row in people if row["ccg17cd"] == "E38000215")
    share = north / sum(int(row["population"]) for row in people)
    assert cumbria["areas"]["icb26"] == {"code": "E54000050", "share": share}
    assert nonsense["areas"] == {} and nonsense["remark"]
    for more, query, says in (
        (["S1"] * 10_001, "layers=stp17", "10,001 places are too many: up to 10,000 at once."),
        (["S1"], "layers=stp16", "Unknown layer 'stp16'; known: stp17"),
        (["S1"], "layers=,", "Unknown layer ''; known: stp17"),
        (["S1"], "", "layers: Field required."),
    ):
        answer = looked_up(more, query)
        assert answer.status == 400 and json.loads(answer.body)["detail"].startswith(says)


def test_search_and_meaning():
    hit = read("search?q=bassetlaw")["hits"][0]
    assert (hit["code"], hit["stps"][0][0]) == ("E38000008", "E54000009")
    assert read("search?q=zzzzqqqq")["problem"]
    meanings = read("resolve/E54000008")["areas"]
    assert {area["kind"] for area in meanings} == {"STP", "ICB"}
    assert all(area["sentence"] and area["parts"] for area in meanings)
    assert "zzzz" in refused("resolve/zzzz", 404)


def test_a_fact_table_comes_whole_with_its_dictionary():
    told = read("facts/stp_leads")
    rows = table("stp_leads")
    assert [row["stp17cd"] for row in told["rows"]] == [row["stp17cd"] for row in rows]
    assert [column["name"] for column in told["columns"]] == list(rows[0])
    assert all(column["meaning"] and column["source"] for column in told["columns"])
    listed = [item["table"] for item in read("facts")["tables"]]
    assert "stp_leads" in listed and all(read(f"facts/{name}")["rows"] for name in listed)
    assert "file of its own" in refused("facts/lsoa", 404) and "stp_ratings" in refused("facts/nothing", 404)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("areas/stp99", 404, "There is no layer 'stp99'"),
        ("areas/stp17/Narnia", 404, "'Narnia' is not the code or name of a STP"),
        ("layers?colour=red", 400, "colour is no parameter of this address"),
        ("overlap/stp17/ccg17?weight=gold", 400, "'gold' is not one of population"),
        ("coterminosity/stp17/ccg17?tolerance=5", 400, "tolerance: "),
        ("coterminosity/stp17/stp17", 400, "give two layers"),
        ("search", 400, "q: "),
        ("nothing/here", 404, "There is no such address"),
    ],
)
def test_what_cannot_be_answered_is_said(path, status, words):
    assert words in refused(path, status)


def test_answers_are_kept_and_told_again_by_their_tag():
    first = got("layers", accept_encoding="br")
    assert got("layers", accept_encoding="br", if_none_match=first.headers["etag"]).status == 304
    assert got("layers", method="HEAD").headers["etag"] == got("layers").headers["etag"]
    assert (
        "GET"
        in got("layers", method="OPTIONS", origin="https://a.example", access_control_request_method="GET").headers[
            "access-control-allow-methods"
        ]
    )
    assert refused("layers", 405, method="DELETE")
    assert got("layers", method="DELETE").headers["allow"] == "GET"


def test_what_somebody_looks_for_is_not_kept():
    before = API.interface.state.answers.bytes_kept
    for path in (
        "postcodes/S1 2HH",
        "search?q=ecclesall",
        "resolve/E38000146",
        "coterminosity/acs17/stp17?tolerance=0.1",
    ):
        assert got(path).headers["etag"]
    assert API.interface.state.answers.bytes_kept == before
    assert read("areas/acs17") and API.interface.state.answers.bytes_kept > before


def test_every_answer_says_its_version_and_terms():
    for path in ("layers", "areas/stp17", "postcodes/S1 2HH", "search?q=leeds", "facts/stp_ratings"):
        told = read(path)
        assert told["data_version"] == manifest.read()["version"] and "Crown copyright" in told["attribution"]
        assert [licence["name"] for licence in told["licences"]] == ["OGL-UK-3.0"]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_too_many_at_once_are_told_when_to_come_again(method):
    app = Starlette(routes=[Api(Answers(most_waiting=0)).mounted()])
    content = {"content": b"[]", "content_length": "2"} | KIND if method == "POST" else {}
    (answer,) = ask(app, "/api/v1/postcodes/S1" if method == "GET" else "/api/v1/postcodes", method=method, **content)
    assert (answer.status, answer.headers["retry-after"]) == (503, "2")
    assert answer.headers["access-control-allow-origin"] == "*" and json.loads(answer.body)["detail"]


def test_the_description_is_valid_and_the_page_names_every_address():
    described = API.interface.openapi()
    openapi_spec_validator.validate(described)
    assert "422" not in json.dumps(described)
    document = description.document(described)
    markup = html.rendered(document.blocks)
    for path in described["paths"]:
        assert escape(f"/api/v1{path}") in markup
    for link in {part.split('"')[0] for part in markup.split('href="/api/v1/')[1:]}:
        assert got(unescape(link).replace("%20", " ")).status == 200, link


_PATHS = [path for path, operations in API.interface.openapi()["paths"].items() if "get" in operations]
_words = st.one_of(
    st.sampled_from(["stp17", "council17", "acs17", "icb22", "E54000015", "LE1", "QK1", "stp_ratings", "Essex"]),
    hostile.values.map(lambda text: text.replace("/", "").replace("?", "").replace("\n", "")),
)


@hostile.cases(short=60, long=3_000)
@given(
    st.sampled_from(_PATHS),
    st.lists(_words, min_size=2, max_size=2),
    _words,
    st.sampled_from(["weight", "tolerance", "q", "x"]),
)
def test_no_request_breaks_the_interface(path, parts, value, name):
    given_parts = iter(parts)
    path = re.sub(r"\{\w+\}", lambda _: next(given_parts), path)
    (answer,) = ask(APP, f"/api/v1{path}?{name}={quote(value, errors='replace')}")
    assert answer.status in (200, 400, 404), (path, answer.body)
    if answer.status != 200:
        assert json.loads(answer.body)["detail"].endswith((".", "'", ")"))


_OPERATIONS = [found.ok() for found in schemathesis.openapi.from_asgi("/api/v1/openapi.json", APP).get_all_operations()]
_HELD = (
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)


@hostile.cases(short=80, long=3_000)
@given(st.one_of([operation.as_strategy() for operation in _OPERATIONS]))
def test_what_is_answered_is_what_the_description_says(case):
    case.call_and_validate(checks=_HELD)


def test_tables_with_a_row_for_each_lsoa_are_files_of_their_own():
    assert "file of its own" in refused("facts/lsoa_today", 404)
    assert not {"lsoa", "lsoa_today"} & {item["table"] for item in read("facts")["tables"]}
    told = read("areas/icb26/E54000070")
    assert {item["table"] for item in told["facts"]} == {"icb26_successions", "icb_clusters_2025", "region26"}


def test_figures_that_rest_on_a_derived_layer_say_so():
    assert [item["layer"] for item in read("layers")["layers"] if item["derived"]] == ["icb26"]
    (note,) = read("overlap/icb26/council24")["notes"]
    assert "derived here from the announced successions" in note
    assert read("coterminosity/council24/icb26")["notes"] == [note]
    assert read("overlap/icb24/council24")["notes"] == []
