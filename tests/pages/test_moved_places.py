"""Places whose planning changed hands, followed by a postcode through all that answers: all say the same."""

import json
from functools import cache

import pytest
from starlette.applications import Starlette

from geo import lookup, postcodes
from lib.content.document import Document
from lib.content.formats import plain
from lib.facts import today
from lib.hosts.api import Api
from lib.hosts.web.answers import Answers
from lib.search import finder, hits
from pages import LOOKUP
from pages.council.page import PAGE as COUNCIL
from pages.council.view import CouncilView
from pages.footprint.page import PAGE as FOOTPRINT
from pages.footprint.view import FootprintView
from pages.lookup.view import LookupView
from pages.today.page import PAGE as TODAY
from pages.today.view import TodayView
from tests import sums
from tests.geo.test_lookup import LSOAS
from tests.lib.hosts.asking import ask
from tests.tables import source

# Postcode, and its LSOA in the ONS list of May 2022, looked up line by line without this project's code.
MOVED = {
    "HG1 1BB": "E01027678",  # Harrogate
    "SK13 8HT": "E01019739",  # Glossop
    "S80 1HG": "E01028062",  # Bassetlaw
    "GU14 7JU": "E01023095",  # Frimley in Hampshire
    "GU15 3HD": "E01030802",  # Frimley in Surrey
    "GU9 7QR": "E01030884",  # Frimley in Surrey: Farnham
    "SL1 1EL": "E01032730",  # Frimley in Berkshire: Slough
    "RG12 1AA": "E01016249",  # Frimley in Berkshire: Bracknell
    "PO19 1TB": "E01031490",  # Chichester
    "DL7 8QQ": "E01027608",  # Northallerton
    "LA9 4DL": "E01019360",  # Kendal
    "TA1 1JD": "E01029284",  # Taunton
    "BH2 6DY": "E01033242",  # Bournemouth
    "NN17 1NN": "E01026977",  # Corby
}
API = Starlette(routes=[Api(Answers()).mounted()])


@cache
def lsoas(table: str) -> dict[str, dict[str, str]]:
    """Return the rows of a table of LSOAs for those that are followed here."""
    followed = {*MOVED.values(), *LSOAS.values()}
    return {row["lsoa11cd"]: row for row in source(table) if row["lsoa11cd"] in followed}


@cache
def expected(postcode: str) -> dict:
    """Return where the LSOA of a postcode lies, by the tables as they stand in their files."""
    then, here = (lsoas(table)[MOVED[postcode]] for table in ("lsoa", "lsoa_today"))
    (stp,) = {row["stp17cd"] for row in source("ccg17") if row["ccg17cd"] == then["ccg17cd"]}
    (council,) = {row["council17cd"] for row in source("lad17") if row["lad17cd"] == then["lad17cd"]}
    now, board, seat = (here[f"{layer}cd"] for layer in ("council24", "icb26", "pcon24"))
    named = {
        "stp": sums.names("stp17")[stp],
        "council": sums.names("council17")[council],
        "now": sums.names("council24")[now],
        "board": sums.short(sums.names("icb26")[board]),
    }
    codes = {"stp": stp, "council": council, "now": now, "board": board}
    return {"codes": codes, "names": named, "seat": seat, "inside": float(here["pcon24_share"])}


def said(document: Document) -> str:
    return plain(document.lead) + json.dumps([str(block) for block in document.blocks], ensure_ascii=False)


def rows(document: Document, key: str) -> dict[str, dict]:
    (table,) = (table for table in document.tables() if table.key == key)
    keys = [column.key for column in table.columns]
    return {row[keys.index("code")]: dict(zip(keys, row, strict=True)) for row in table.rows}


def got(path: str) -> dict:
    (answer,) = ask(API, f"/api/v1/{path}")
    assert answer.status == 200, answer.body
    return json.loads(answer.body)


@pytest.mark.parametrize("postcode", MOVED)
def test_the_finder_answers_with_then_and_now(postcode):
    right = expected(postcode)
    (hit,) = finder.find(postcode)
    names, codes = right["names"], right["codes"]
    assert f"{names['council']} council" in hit.detail and f"in the STP {names['stp']}" in hit.detail
    assert f"Today in the board {names['board']}" in hit.today and f"in the council {names['now']};" in hit.today
    assert hit.today.endswith(f"; by best fit of LSOAs in the constituency {sums.names('pcon24')[right['seat']]}.")
    targets = [link.href for link in hits.ways(hit)]
    assert any(href.startswith(f"/today?board={codes['board']}&") for href in targets)
    assert any(href.startswith(f"/council?council={codes['council']}") for href in targets)
    assert any(href.startswith(f"/footprint?stp={codes['stp']}") for href in targets)


@pytest.mark.parametrize(("postcode", "lsoa"), LSOAS.items())
def test_a_postcode_has_the_one_constituency_of_its_lsoa(postcode, lsoa):
    row = lsoas("lsoa_today")[lsoa]
    seat, share = row["pcon24cd"], float(row["pcon24_share"])
    named = sums.names("pcon24")[seat]
    assert finder.find(postcode)[0].today.endswith(f"; by best fit of LSOAs in the constituency {named}.")
    place = got(f"postcodes/{postcode}")
    assert (place["lsoa11"], place["constituencies"]) == (lsoa, {seat: share})
    (found,) = lookup.lookup([postcode], ["pcon24"]).places
    assert found.areas["pcon24"] == lookup.Inside(seat, named, share)


@pytest.mark.parametrize("postcode", MOVED)
def test_the_interface_and_the_look_up_say_the_same(postcode):
    right = expected(postcode)
    place = got(f"postcodes/{postcode}")
    wanted = dict(zip(("stp17", "council17", "council24", "icb26"), right["codes"].values(), strict=True))
    assert wanted.items() <= place["areas"].items()
    assert place["lsoa11"] == MOVED[postcode] and place["constituencies"] == {right["seat"]: right["inside"]}
    (found,) = lookup.lookup([postcode], [*wanted, "pcon24"]).places
    assert {layer: inside.code for layer, inside in found.areas.items()} == wanted | {"pcon24": right["seat"]}
    assert postcodes.find(postcode).today["icb26"] == wanted["icb26"]
    (hit,) = got(f"search?q={postcode}")["hits"]
    assert right["names"]["board"] in hit["today"] and right["names"]["now"] in hit["today"]
    shown = LOOKUP.document(LookupView(postcode, tuple(wanted)))
    (table,) = (table for table in shown.tables() if table.key == "places")
    assert set(right["codes"].values()) <= set(table.rows[0])


@pytest.mark.parametrize("postcode", MOVED)
def test_the_pages_of_its_areas_lead_to_one_another_and_name_its_constituencies(postcode):
    right = expected(postcode)
    codes, names = right["codes"], right["names"]
    then = {
        "stp17": FOOTPRINT.document(FootprintView(codes["stp"])),
        "council17": COUNCIL.document(CouncilView(codes["council"])),
    }
    for layer, document in then.items():
        answer = plain(today.answer(layer, codes["stp" if layer == "stp17" else "council"]))
        assert names["board"] in answer and f"/today?board={codes['board']}" in said(document)
        assert right["seat"] in rows(document, "members-today")
    # A council that ended says which took its place; one that goes on does not.
    answer = plain(today.answer("council17", codes["council"]))
    assert ("are now in the council" in answer) == (codes["now"] != codes["council"])
    assert codes["now"] == codes["council"] or names["now"] in answer
    board = TODAY.document(TodayView(codes["board"]))
    assert f"/footprint?stp={codes['stp']}" in said(board) and names["stp"] in plain(board.lead)
    councils = rows(board, "councils")
    assert councils[codes["now"]]["councils"] == names["now"]
    same = codes["now"] == codes["council"]
    assert ("The same council" if same else names["council"]) in councils[codes["now"]]["in_2017"]
    assert right["seat"] in rows(board, "members")
    # Who is in office stands beside each constituency, the same everywhere.
    members = {row["pcon24cd"]: row["mp_now"] for row in source("pcon24")}
    for document, key in ((then["stp17"], "members-today"), (then["council17"], "members-today"), (board, "members")):
        assert rows(document, key)[right["seat"]]["member"] == members[right["seat"]]
