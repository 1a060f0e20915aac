"""Numbers that came over HTTP, read as their readers read them, and held against sums over the LSOAs as they stand.

Every footprint, every council and every accountable care area is read as JSON and in one form more.
"""

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import geopandas
import pandas
import pytest
from starlette.applications import Starlette

from lib.hosts.web import answers, forms, pictures
from pages import PAGES
from tests.lib.hosts.asking import ask
from tests.lib.hosts.reading import as_json, as_words, as_workbook
from tests.tables import SOURCES, source

KINDS = {"footprint": ("stp", "stp17cd"), "council": ("council", "council17cd"), "acs": ("area", "ccg17cd")}


@cache
def england() -> pandas.DataFrame:
    """Return sums over the LSOAs of each CCG in each district, with STP and council, and their names."""
    lsoas = pandas.read_csv(SOURCES / "lsoa.csv.gz")
    lsoas["score"] = lsoas["imd2015_score"] * lsoas["population"]
    wanted = ["population", "population_0_17", "population_65_plus", "score"]
    lsoas = lsoas.groupby(["ccg17cd", "lad17cd"], as_index=False)[wanted].sum()
    ccgs, districts = (pandas.DataFrame(source(name)) for name in ("ccg17", "lad17"))
    return lsoas.merge(ccgs[["ccg17cd", "ccg17nm", "stp17cd"]]).merge(
        districts[["lad17cd", "lad17nm", "council17cd", "council17nm"]]
    )


@cache
def areas() -> dict[str, dict[str, Any]]:
    told = json.loads((SOURCES / "acs_areas.json").read_text(encoding="utf-8"))
    return {area["id"]: area for area in told["areas"]}


@cache
def codes(kind: str) -> tuple[str, ...]:
    if kind == "acs":
        return tuple(areas())
    return tuple(row[KINDS[kind][1]] for row in source({"footprint": "stp17", "council": "council17"}[kind]))


@cache
def names() -> dict[str, str]:
    return {row["stp17cd"]: row["stp17nm"] for row in source("stp17")}


@cache
def by_stp(table: str) -> dict[str, dict[str, str]]:
    return {row["stp17cd"]: row for row in source(table)}


def of(kind: str, code: str) -> pandas.DataFrame:
    """Return the rows of an area."""
    column = KINDS[kind][1]
    return england()[england()[column].isin(areas()[code]["ccg17cds"] if kind == "acs" else [code])]


def residents(lsoas: pandas.DataFrame, by: str | list[str]) -> dict[Any, int]:
    return lsoas.groupby(by)["population"].sum().to_dict()


def expect_shares(rows: pandas.DataFrame, lsoas: pandas.DataFrame, by: str, here: str, there: str) -> None:
    """Hold a table of parts against the LSOAs: residents, and shares of the area and of each part."""
    key = "code" if by.endswith("cd") else "council"
    number = "residents" if "residents" in rows else "residents_inside"
    inside = residents(lsoas, by)
    assert rows.set_index(key)[number].to_dict() == inside
    whole = residents(england()[england()[by].isin(inside)], by)
    for part, share_here, share_there in zip(rows[key], rows[here], rows[there], strict=True):
        assert share_here == pytest.approx(inside[part] / lsoas["population"].sum(), abs=1e-9)
        assert share_there == pytest.approx(inside[part] / whole[part], abs=1e-9)


def expect_tables(kind: str, code: str, tables: dict[str, pandas.DataFrame]) -> None:
    """Hold the tables of an area that are there against the LSOAs."""
    lsoas = of(kind, code)
    if kind == "footprint":
        if "ages" in tables:
            young, old = lsoas["population_0_17"].sum(), lsoas["population_65_plus"].sum()
            ages = tables["ages"].set_index("age")["residents"]
            assert ages["0 to 17"] == young and ages.iloc[1] + ages["0 to 17"] + old == lsoas["population"].sum()
        if "ccgs" in tables:
            ccgs = tables["ccgs"].set_index("code")
            assert ccgs["residents"].to_dict() == residents(lsoas, "ccg17cd")
            shares = ccgs["residents"] / lsoas["population"].sum()
            assert ccgs["share_of_stp"].to_list() == pytest.approx(shares.to_list(), abs=1e-9)
        if "councils" in tables:
            expect_shares(tables["councils"], lsoas, "council17nm", "share_of_stp", "share_of_council")
    elif kind == "council":
        expect_shares(tables[f"ccgs-{code}"], lsoas, "ccg17cd", "share_of_council", "share_of_ccg")
        if f"districts-{code}" in tables:
            districts = tables[f"districts-{code}"].set_index("district")["residents"]
            assert districts.to_dict() == residents(lsoas, "lad17nm")
    else:
        if "ccgs" in tables:
            expect_shares(tables["ccgs"], lsoas, "ccg17cd", "share_of_area", "share_of_ccg")
        if "councils" in tables:
            expect_shares(tables["councils"], lsoas, "council17cd", "share_of_area", "share_of_council")


def expect_facts(kind: str, code: str, facts: dict[str, Any]) -> None:
    """Hold the facts of an area against the LSOAs and the tables that people edit."""
    lsoas = of(kind, code)
    people = lsoas["population"]
    ratings, leads = by_stp("stp_ratings"), by_stp("stp_leads")
    if kind == "footprint":
        assert facts["population"]["value"] == people.sum()
        assert facts["share_65_plus"]["value"] == pytest.approx(lsoas["population_65_plus"].sum() / people.sum())
        assert facts["deprivation"]["value"] == pytest.approx(lsoas["score"].sum() / people.sum())
        assert facts["rating"].get("source", "") == ratings[code]["source"] or not ratings[code]["rating"]
        said = facts["rating"]["value"].lower().replace(" ", "_")
        assert said.startswith(ratings[code]["rating"] or "advanced_or_making_progress,_not_known_which")
        assert ratings[code]["evidence"] in said or not ratings[code]["rating"]
        assert facts["lead"]["value"] == (leads[code]["lead_name"] or None)
    elif kind == "council":
        stps = residents(england(), "stp17cd")
        for stp, inside in residents(lsoas, "stp17cd").items():
            assert facts[f"residents_{stp}"]["value"] == inside
            assert facts[f"share_of_council_{stp}"]["value"] == pytest.approx(inside / people.sum())
            assert facts[f"share_of_stp_{stp}"]["value"] == pytest.approx(inside / stps[stp])
            assert facts[f"lead_of_{stp}"]["value"] == (leads[stp]["lead_name"] or None)
        assert len([name for name in facts if name.startswith("residents_")]) == lsoas["stp17cd"].nunique()
    else:
        assert facts["residents"]["value"] == people.sum()
        assert facts["ccg_count"]["value"] == len(areas()[code]["ccg17cds"])
        assert facts["council_count"]["value"] == lsoas["council17cd"].nunique()


def expect_map(kind: str, code: str, body: bytes) -> None:
    """Hold what the areas of a map say against the LSOAs: each piece is a CCG in a district."""
    frame = geopandas.read_file(io.BytesIO(body))
    # A page of an ACS area has the map of all of them besides.
    close_up = frame[frame["map"] == frame["map"].iloc[0]]
    shown = close_up[~close_up["filtered_out"]]
    assert frame.is_valid.all() and frame.crs.to_epsg() == 4326
    found = shown["says"].str.extract(r"^(?P<ccg>.+?) in (?P<district>.+)\n(?P<residents>[\d,]+) residents")
    told = found["residents"].str.replace(",", "").astype(int)
    # Where later borders cross, there are several pieces.
    pieces = told.groupby([found["ccg"], found["district"]]).sum().to_dict()
    assert pieces == {
        pair: people for pair, people in residents(england(), ["ccg17nm", "lad17nm"]).items() if pair in pieces
    }
    by_class = told.groupby(shown["class"]).sum().to_dict()
    lsoas = of(kind, code)
    if kind == "council":
        inside = residents(lsoas, "stp17cd")
        assert by_class == {names()[stp]: people for stp, people in inside.items()}
    else:
        rest = ("Rest of these councils", "Rest of the STP")
        by_class = {name: people for name, people in by_class.items() if not name.startswith(rest)}
        assert by_class == residents(lsoas, "council17nm")


_MORE = {
    "footprint": ("csv?table=councils", "xlsx?", "geojson?", "csv?table=ccgs"),
    "council": ("csv?table=ccgs-{}", "xlsx?", "geojson?"),
    "acs": ("csv?table=councils", "xlsx?", "geojson?", "csv?table=ccgs"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_area_says_in_each_form_what_the_tables_say(kind):
    assert len(codes(kind)) == {"footprint": 44, "council": 152, "acs": 10}[kind]
    asked = []
    for place, code in enumerate(codes(kind)):
        more = _MORE[kind][place % len(_MORE[kind])].format(code)
        query = f"{KINDS[kind][0]}={code}"
        asked += [(code, f"/{kind}.json?{query}"), (code, f"/{kind}.{more}&{query}".replace("?&", "?"))]
    app = Starlette(routes=forms.routes(PAGES, answers.Answers()))
    # One after the other: the second form is made of the document that is kept.
    for code, address in asked:
        (answer,) = ask(app, address)
        assert answer.status == 200, address
        expect(kind, code, address, answer.body)


def expect(kind: str, code: str, address: str, body: bytes) -> None:
    form = address.partition("?")[0].rpartition(".")[2]
    if form == "json":
        facts, tables = as_json(body)
        expect_facts(kind, code, facts)
        expect_tables(kind, code, tables)
    elif form == "csv":
        (table,) = re.findall(r"table=([\w-]+)", address)
        read = {table: pandas.read_csv(io.BytesIO(body))}
        expect_tables(kind, code, read)
    elif form == "xlsx":
        expect_tables(kind, code, as_workbook(body))
    else:
        expect_map(kind, code, body)


def test_paper_says_the_same(monkeypatch):
    # That another process draws is tested with the pictures; here its start would take longest.
    monkeypatch.setattr(pictures, "_workers", lambda: pool)
    app = Starlette(routes=forms.routes(PAGES, answers.Answers()))
    asked = {"footprint": "E54000015", "council": "E10000012", "acs": "frimley"}
    addresses = [f"/{kind}.pdf?{KINDS[kind][0]}={code}" for kind, code in asked.items()]
    with ThreadPoolExecutor(1) as pool:
        sent = ask(app, *addresses)
    for (kind, code), answer in zip(asked.items(), sent, strict=True):
        words = as_words(answer.body)
        lsoas = of(kind, code)
        parts = residents(lsoas, "stp17cd" if kind == "council" else "ccg17cd")
        for people in ([] if kind == "council" else [lsoas["population"].sum()]) + list(parts.values()):
            assert f"{people:,}" in words, (kind, people)
