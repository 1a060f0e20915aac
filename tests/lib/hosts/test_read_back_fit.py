"""Views of how layers fit each other and of what-ifs, read back over HTTP and held against sums over the LSOAs."""

import numpy as np
import pandas as pd
import pytest

from tests import sums
from tests.lib.hosts.reading import Read, expect, read
from tests.tables import source

FIT = (
    "/coterminosity.json",
    "/coterminosity.csv?tolerance=2.5&table=areas",
    "/coterminosity.json?tolerance=5&weight=population_65_plus",
    "/coterminosity.xlsx?tolerance=10&class=split",
    "/coterminosity.csv?a=stp17&b=council17&tolerance=1&table=areas",
    "/coterminosity.json?a=ccg17&b=council17&within=E54000009",
    "/coterminosity.json?a=ccg17&b=stp17&within=north",
    "/coterminosity.csv?a=lad17&b=icb22&weight=lsoas&tolerance=20&table=areas",
    "/coterminosity.xlsx?a=council17&b=stp17&area=E10000012&tolerance=2",
    "/coterminosity.geojson?a=council17&b=ccg17&tolerance=5&class=split",
    "/coterminosity.csv?a=icb22&b=stp17&table=areas",
)
WHAT_IF = (
    "/what-if.json?moves=E38000008:E54000014",
    "/what-if.xlsx?moves=E38000182-E07000037:E54000012",
    "/what-if.json?moves=E38000042:new-1,E38000075:new-1",
    "/what-if.csv?moves=E38000026:E54000015&table=stps",
    "/what-if.geojson?moves=E38000144-E08000025:E54000017",
)


def expect_fit(answer: Read) -> None:
    asked = {"a": "council17", "b": "stp17", "weight": "population", "tolerance": "0"} | answer.asked
    a, b, weight, tolerance = asked["a"], asked["b"], asked["weight"], float(asked["tolerance"]) / 100
    right = sums.fit(a, b, weight, tolerance)
    words = right["class"].map(lambda kind: sums.said(kind, b))
    names = pd.Series(sums.names(a)).reindex(right.index)
    shown = right["class"] == asked.get("class", right["class"])
    if answer.areas is not None:
        areas = answer.areas.set_index("code").reindex(right.index)
        assert areas["class"].to_list() == words.to_list() and areas["name"].to_list() == names.to_list()
        assert areas["filtered_out"].to_list() == (~shown).to_list()
        outside = (1 - right["in_main"]).where(right["outside_main"] > 0, 0.0).map(sums.percent)
        for said, share, main in zip(areas["says"], outside, right["main"], strict=True):
            assert ("all of it in" if share == "0.0%" else f"{share} outside") + f" {sums.names(b)[main]}" in said
        return
    table = {
        "area": names,
        "class": words,
        "main": right["main"].map(sums.names(b)),
        "share_outside_main": 1 - right["in_main"],
        "parts": right["parts"],
        "weight": right["weight"],
        "weight_outside_main": right["outside_main"],
        "share_in_main": right["in_main"],
        "share_of_main": right["of_main"],
        "touched": right["touched"],
        "main_code": right["main"],
    }
    expect(answer.tables["areas"], pd.DataFrame(table)[shown].rename_axis("code"))
    if answer.facts:
        whole = right["weight"].sum()
        # Of a pair that is the same area only what lies in both counts.
        both = (right["weight"] - right["outside_main"])[right["class"] == "same"].sum()
        assert answer.facts["same"]["value"] == pytest.approx(both / whole)
        split = right["weight"][right["class"] == "split"].sum()
        assert answer.facts["split"]["value"] == pytest.approx(split / whole)
        scores = sums.entropies(sums.overlap(a, b, weight)["weight"])
        told = [answer.facts[name]["value"] for name in ("homogeneity", "completeness", "v_measure")]
        assert told == pytest.approx(list(scores), abs=1e-9)
        if a == "council17" and "within" not in asked:
            said = f"{(right['class'] == 'split').sum()} of {len(right)} {sums.LAYERS[a][1]} are split"
            assert said in answer.words
    if "grid" in answer.tables:
        expect_grid(answer, a, b)
    if "area" in asked:
        parts = sums.overlap(a, b, weight).loc[asked["area"]]
        right = parts.rename(columns={"of_a": "share_of_area", "of_b": "share_of_other"}).rename_axis("code")
        small = (parts[["of_a", "of_b"]] < tolerance).all(axis=1) & (parts["weight"] < parts["weight"].max())
        told = answer.tables["parts"]
        expect(told, right)
        assert set(told["code"][told["counts_as"] == "small, ignored"]) == set(parts.index[small])


def expect_grid(answer: Read, a: str, b: str) -> None:
    """Hold the shares of the areas that lie in a place, or that share LSOAs with those that do."""
    place = answer.asked["within"]
    inside = [place] if place.startswith("E") else [r["stp17cd"] for r in source("stp17") if r["nhs_region"] == "North"]
    codes = sums.pieces().loc[sums.pieces()["stp17"].isin(inside), a].unique()
    shares = sums.overlap(a, b)["of_a"].loc[list(codes)].unstack()
    told = answer.tables["grid"].set_index("code")
    assert set(told.index) == set(codes)
    told.columns = told.columns.str.upper()
    np.testing.assert_allclose(told[list(shares)].loc[shares.index].astype(float), shares, 1e-9)


def expect_what_if(answer: Read) -> None:
    then, moved = sums.pieces(), dict(part.split(":") for part in answer.asked["moves"].split(","))
    units = then["ccg17"], then["ccg17"] + "-" + then["lad17"]
    now = then["stp17"].copy()
    for unit in units:
        now = unit.map(moved).fillna(now)
    after, changed = then.assign(stp17=now), now != then["stp17"]
    touched = sorted({*then["stp17"][changed], *now[changed]})
    stps = sums.names("stp17")
    people = sums.total("stp17"), sums.total("stp17", where=after)
    if answer.areas is not None:
        areas = answer.areas.set_index("code")
        assert areas["residents_2017"].to_dict() == people[0].to_dict()
        assert areas["residents_what_if"].to_dict() == people[1].to_dict()
        assert set(areas.index[areas["changed"]]) == set(touched)
        return
    rows = {}
    for when, where in (("2017", then), ("what_if", after)):
        fit = sums.fitted(sums.overlap("stp17", "council17", where=where), sums.total("stp17", where=where))
        rows |= {
            f"residents_{when}": sums.total("stp17", where=where),
            f"ccgs_{when}": where.groupby("stp17")["ccg17"].nunique(),
            f"councils_{when}": where.groupby("stp17")["council17"].nunique(),
            f"fit_{when}": fit["class"].map(lambda kind: sums.said(kind, "council17")),
        }
    # One that is new has no code, and one that has no CCG left fits nothing.
    right = pd.DataFrame(rows).loc[[code for code in touched if code in stps]]
    right = right.fillna({name: "–" if name.startswith("fit") else 0 for name in rows})
    told = answer.tables["stps"]
    expect(told[told["ons_code"].notna()], right.rename_axis("ons_code"))
    new = [code for code in touched if code not in stps]
    assert told["residents_what_if"][told["ons_code"].isna()].to_list() == people[1][new].to_list()
    if "councils" in answer.tables:
        expect_councils(answer, then[changed], after)
        assigned = answer.tables["ccgs"]
        assert set(assigned["ccg_code"][assigned["moved"] == "yes"]) == set(then["ccg17"][changed])
        assert assigned["residents"].sum() == then["population"].sum()
        assert assigned["residents"][assigned["moved"] == "yes"].sum() == then["population"][changed].sum()
    if answer.facts:
        councils = sums.fitted(sums.overlap("council17", "stp17", where=after), sums.total("council17"))
        split = councils["weight"][councils["class"] == "split"]
        told = {name: fact["value"] for name, fact in answer.facts.items()}
        v = sums.entropies(sums.overlap("council17", "stp17", where=after)["weight"])[2]
        assert told == {
            "stps": after["stp17"].nunique(),
            "split_councils": len(split),
            "residents_in_split": split.sum(),
            "share_in_split": pytest.approx(split.sum() / then["population"].sum()),
            "v_measure": pytest.approx(v, abs=5.01e-5),
        }
        assert f"{then['population'][changed].sum():,} residents" in answer.words


def expect_councils(answer: Read, moved: pd.DataFrame, after: pd.DataFrame) -> None:
    """Hold the councils whose residents belong elsewhere, or whose fit changes."""
    then, whole = sums.fit("council17", "stp17"), sums.total("council17")
    now = sums.fitted(sums.overlap("council17", "stp17", where=after), whole)
    people = moved.groupby("council17")["population"].sum()
    codes = now.index[now.index.isin(people.index) | (now["class"] != then["class"])]
    right = {
        "residents": whole[codes],
        "moved_residents": people.reindex(codes).fillna(0),
        "fit_2017": then["class"][codes].map(lambda kind: sums.said(kind, "stp17")),
        "fit_what_if": now["class"][codes].map(lambda kind: sums.said(kind, "stp17")),
    }
    expect(answer.tables["councils"], pd.DataFrame(right).rename_axis("code"))


@pytest.mark.parametrize("address", FIT)
def test_how_layers_fit_each_other(files, address):
    expect_fit(read(files, address))


@pytest.mark.parametrize("address", WHAT_IF)
def test_what_ifs(files, address):
    expect_what_if(read(files, address))
