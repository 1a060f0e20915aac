"""Views of the later years, read back over HTTP and held against sums over the LSOAs."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from tests import sums
from tests.lib.hosts.reading import Read, expect, read
from tests.tables import source

THEN = (
    "/then-and-now.json",
    "/then-and-now.csv?flows=all&table=flows",
    "/then-and-now.xlsx?stp=E54000009",
    "/then-and-now.json?stp=E54000016",
    "/then-and-now.csv?table=fit-ccg",
)
TODAY = (
    "/today.json",
    "/today.csv?table=boards",
    "/today.geojson",
    "/today.xlsx?board=E54000070",
    "/today.json?board=E54000050",
    "/today.csv?board=E54000015&table=members",
)


def flows(where: pd.DataFrame) -> pd.DataFrame:
    """Return the flows from the STPs of 2017 to the ICBs of 2022, by both codes, with what became of each."""
    found = sums.overlap("stp17", "icb22", where=where).reset_index()
    main = found["weight"].eq(found.groupby("stp17")["weight"].transform("max"))
    together = found["icb22"].map(found["icb22"][main].value_counts()).gt(1)
    same = found["of_a"].eq(1) & found["of_b"].eq(1)
    kinds = ["Moved to another area", "The same area", "Merged with others"]
    return found.assign(what_became=np.select([~main, same, together], kinds, "Main part, new boundary"))


def expect_then(answer: Read) -> None:
    found = flows(sums.pieces())
    if "flows" in answer.tables:
        stp = answer.asked.get("stp")
        reached = found["icb22"].isin(found["icb22"][found["stp17"] == stp])
        shown = found[reached if stp else found["what_became"].ne("The same area") | ("flows" in answer.asked)]
        right = {
            "from_name": shown["stp17"].map(sums.names("stp17")),
            "to_name": shown["icb22"].map(sums.names("icb22")),
            "what_became": shown["what_became"],
            "shared_residents": shown["weight"],
            "lsoas": shown["lsoas"],
            "share_of_from": shown["of_a"],
            "share_of_to": shown["of_b"],
        }
        told = answer.tables["flows"]
        told = told.assign(pair=told["from_code"] + told["to_code"])
        expect(told, pd.DataFrame(right).set_index((shown["stp17"] + shown["icb22"]).rename("pair")))
        if "kinds" in answer.tables:
            kinds = answer.tables["kinds"].set_index("what_became")["flows"].to_dict()
            assert kinds == shown["what_became"].value_counts().to_dict()
    if answer.words and "stp" not in answer.asked:
        moved = found[found["what_became"] == "Moved to another area"]
        assert f"{moved['weight'].sum():,} residents ({moved['lsoas'].sum()} LSOAs) moved" in answer.words
    for kind in ("stp", "ccg"):
        if f"fit-{kind}" in answer.tables:
            expect_fit_by_year(answer.tables[f"fit-{kind}"], kind)
    if "story" in answer.tables:
        expect_story(answer, found)


def expect_fit_by_year(told: pd.DataFrame, kind: str) -> None:
    layers = [f"{kind}{year}" for year in range(17, 22)] + (["icb22"] if kind == "stp" else [])
    rows = {}
    for layer in layers:
        fit, at_5 = sums.fit("council17", layer), sums.fit("council17", layer, "population", 0.05)
        split, whole = fit["class"] == "split", fit["weight"].sum()
        scores = sums.entropies(sums.overlap("council17", layer)["weight"])
        rows[f"{layer[:3].upper()}s of 20{layer[-2:]}"] = {
            "areas": sums.total(layer).size,
            "split": split.sum(),
            "split_at_5": (at_5["class"] == "split").sum(),
            "in_split": fit["weight"][split].sum() / whole,
            "same": fit["weight"][fit["class"] == "same"].sum() / whole,
            **dict(zip(("homogeneity", "completeness", "v_measure"), scores, strict=True)),
        }
    expect(told, pd.DataFrame.from_dict(rows, orient="index").rename_axis("vintage"))


def expect_story(answer: Read, found: pd.DataFrame) -> None:
    """Hold where the residents of an STP were in each year."""
    stp, rows = answer.asked["stp"], {}
    mine = sums.pieces()[sums.pieces()["stp17"] == stp]
    for year in (*range(17, 23), 24, 26):
        layer = f"stp{year}" if year < 22 else f"icb{year}"
        inside = sums.total(layer, where=mine)
        area = sums.pieces()[sums.pieces()[layer] == inside.idxmax()]
        rows[f"20{year}"] = {
            "code": inside.idxmax(),
            "residents": area["population"].sum(),
            "lsoas": area["lsoas"].sum(),
            "of_first": inside.max(),
        }
    told = answer.tables["story"]
    told = told.sort_values("of_first", ascending=False).drop_duplicates("year")
    expect(told, pd.DataFrame.from_dict(rows, orient="index").rename_axis("year"))
    now = found[found["stp17"] == stp].set_index("icb22").rename_axis("code")
    right = {"residents_there": now["weight"], "share_of_stp": now["of_a"], "share_of_icb": now["of_b"]}
    expect(answer.tables["residents-now"], pd.DataFrame(right))


def expect_today(answer: Read) -> None:
    board, whole = answer.asked.get("board"), sums.total("icb26")
    names = pd.Series(sums.names("icb26")).map(sums.short)
    regions = {row["icb26cd"]: row["nhser24nm"] for row in source("region26")}
    if answer.areas is not None:
        areas = answer.areas.set_index("code")
        changed = {row["icb26cd"] for row in source("icb26_successions") if row["change"] != "unchanged"}
        assert areas["name"].to_dict() == names.to_dict()
        people = areas["says"].str.extract(r"([\d,]+) residents")[0].str.replace(",", "").astype(int)
        assert people.to_dict() == whole.to_dict()
        assert set(areas.index[~areas["class"].str.startswith("Code and area as in 2024")]) == changed
    if board:
        expect_board(answer, board, names[board], regions[board])
    if "boards" in answer.tables:
        by_board = sums.pieces().groupby("icb26")
        right = {
            "board": names,
            "residents": whole,
            "region": pd.Series(regions),
            "predecessors": by_board["icb24"].nunique(),
            "stps": by_board["stp17"].nunique(),
            "councils": by_board["council24"].nunique(),
            "ods_code": pd.Series({row["icb26cd"]: row["icb26_ods"] for row in source("icb26_successions")}),
        }
        assert len(whole) == 36
        expect(answer.tables["boards"], pd.DataFrame(right).rename_axis("code"))
    if "split-councils" in answer.tables:
        fit = sums.fit("council24", "icb26")
        fit = fit[fit["class"] == "split"]
        right = {"outside": 1 - fit["in_main"], "residents": fit["weight"]}
        expect(answer.tables["split-councils"], pd.DataFrame(right).rename_axis("code"))
        coming = sums.table("council_reorganisation_2027").set_index("lad24nm")[["new_council", "vesting", "status"]]
        expect(answer.tables["to-come"], coming.rename_axis("district"))
        assert f"{len(fit)} of the 153 councils of today have residents in more than one" in answer.words


def expect_board(answer: Read, board: str, name: str, region: str) -> None:
    people = sums.total("icb26")[board]
    if answer.facts:
        assert answer.facts["residents"]["value"] == people and answer.facts["region"]["value"] == region
        (day,) = {row["start"] for row in source("today_names") if (row["layer"], row["code"]) == ("icb26", board)}
        began = f"The ICB began on {date.fromisoformat(day):%-d %B %Y}."
        assert answer.words.startswith(f"{name} {began} Its {people:,} residents")
    for key, layer in (("stps", "stp17"), ("predecessors", "icb24"), ("councils", "council24")):
        if key in answer.tables:
            parts = sums.overlap("icb26", layer).loc[board]
            right = {"residents": parts["weight"], "share_of_board": parts["of_a"], "share_of_area": parts["of_b"]}
            expect(answer.tables[key], pd.DataFrame(right).rename_axis("code"))
    if "members" in answer.tables:
        lsoas = sums.lsoas()
        here = lsoas[lsoas["icb26"] == board]
        residents = here.groupby("pcon24")["population"].sum()
        inside = (here["population"] * here["pcon24_share"]).groupby(here["pcon24"]).sum()
        members = sums.table("pcon24").set_index("pcon24cd").loc[residents.index]
        right = {
            "constituency": members["pcon24nm"],
            "member": members["mp_now"],
            "party": members["party_now"],
            "residents": residents,
            "share_of_constituency": residents / lsoas.groupby("pcon24")["population"].sum()[residents.index],
            "inside": inside / residents,
        }
        expect(answer.tables["members"], pd.DataFrame(right).rename_axis("code"))


@pytest.mark.parametrize("address", THEN)
def test_then_and_now(files, address):
    expect_then(read(files, address))


@pytest.mark.parametrize("address", TODAY)
def test_the_boards_of_today(files, address):
    expect_today(read(files, address))
