"""Views of the pages on the footprints of 2017, read back over HTTP and held against sums over the LSOAs.

The other pages: `test_read_back_pages`. Density and compactness rest on outlines, so they have no second route here.
"""

import re

import numpy as np
import pandas as pd
import pytest
from starlette.applications import Starlette

from lib.hosts.web import answers, forms
from pages import PAGES
from tests import sums
from tests.lib.hosts.reading import Read, expect, read
from tests.tables import source

MAP = (
    "/map.csv?table=footprints",
    "/map.csv?colour=lead&table=footprints",
    "/map.xlsx?colour=population",
    "/map.json?colour=emergency_2016&outline=pioneers",
    "/map.csv?colour=vanguards&outline=care-homes&table=vanguards",
    "/map.json?outline=pacs&lead=provider",
    "/map.xlsx?lead=ccg&colour=deprivation",
    "/map.csv?rating=advanced&region=south&table=footprints",
    "/map.xlsx?rating=not_established&lead=ccg,independent&colour=gap",
    "/map.csv?acs=part,devolution&table=footprints",
    "/map.geojson?colour=lead&lead=local_authority",
    "/map.geojson?colour=population&region=london",
    "/map.geojson?colour=rating&rating=advanced:inferred",
    "/map.geojson?colour=emergency_2017",
    "/map.geojson?colour=system",
    "/map.geojson?colour=gap&acs=whole",
)
COMPARE = (
    "/compare.csv?a=E54000015&b=E54000045&table=side-by-side",
    "/compare.json?a=E54000041&b=E54000037",
    "/compare.xlsx?a=E54000034&b=E54000044",
    "/compare.csv?a=E54000007&b=E54000008&table=standing",
    "/compare.csv?a=E54000047&b=E54000020&table=side-by-side",
    "/compare.json?a=E54000029&b=E54000009",
    "/compare.geojson?a=E54000025&b=E54000026",
)
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
    "/coterminosity.geojson?a=icb22&b=stp17",
)
WHAT_IF = (
    "/what-if.json?moves=E38000008:E54000014",
    "/what-if.xlsx?moves=E38000182-E07000037:E54000012",
    "/what-if.json?moves=E38000042:new-1,E38000075:new-1",
    "/what-if.csv?moves=E38000026:E54000015&table=stps",
    "/what-if.geojson?moves=E38000144-E08000025:E54000017",
)


@pytest.fixture(scope="module")
def app():
    return Starlette(routes=forms.routes(PAGES, answers.Answers()))


def indexed(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    return rows.rename_axis("code").reset_index().set_index(by)


def percent(share: float) -> str:
    return "<0.1%" if 0 < share < 0.0005 else ">99.9%" if 0.9995 <= share < 1 else f"{share:.1%}"


def month(date: str) -> str:
    return pd.Timestamp(date).strftime("%B %Y")


WORDS = {
    "population": lambda stp: f"{stp['population']:,}",
    "share_65_plus": lambda stp: f"{stp['share_65_plus']:.1%}",
    "deprivation": lambda stp: f"{stp['deprivation']:.1f}",
    "gap": lambda stp: "no comparable figure" if np.isnan(stp["gap_per_head"]) else f"£{stp['gap_per_head']:,.0f}",
    "split": lambda stp: percent(stp["split"]),
    "vanguards": lambda stp: f"{stp['vanguards']:.0f}",
    "emergency_2016": lambda stp: f"{stp['emergency_2016']:.1%}",
    "emergency_2017": lambda stp: f"{stp['emergency_2017']:.1%}",
    "lead": lambda stp: stp["lead_type"],
    "rating": lambda stp: stp["rating"] + (", inferred" if stp["rating_evidence"] == "inferred" else ""),
    "system": lambda stp: month(stp["system"]) + (", inferred" if stp["system_evidence"] == "inferred" else ""),
}
"""Figures as they stand on a map and beside another."""


def passing(asked: dict[str, str]) -> pd.DataFrame:
    """Return the STPs that pass the filters of a link."""
    stps = sums.stps()
    ratings = stps["rating"].str.lower().str.replace(" ", "_")
    named = {
        "rating": (ratings + ":" + stps["rating_evidence"], ratings),
        "lead": (stps["lead_type"].str.lower().str.replace(" ", "_"),),
        "region": (stps["region"].str.lower().str.replace(" ", "_"),),
        "acs": (
            stps["acs"].map(
                {
                    "The whole STP is an ACS": "whole",
                    "Part of the STP is an ACS": "part",
                    "Devolution area": "devolution",
                    "Neither": "none",
                }
            ),
        ),
    }
    for name, columns in named.items():
        if name in asked:
            allowed = asked[name].split(",")
            stps = stps[np.any([column.reindex(stps.index).isin(allowed) for column in columns], axis=0)]
    return stps


def expect_map(answer: Read) -> None:
    shown = passing(answer.asked)
    assert 0 < len(shown) <= 44
    if answer.areas is not None:
        areas = answer.areas.set_index("code")
        assert len(areas) == 44 and set(areas.index[~areas["filtered_out"]]) == set(shown.index)
        stps = sums.stps()
        right = {code: WORDS[answer.asked["colour"]](stp) for code, stp in stps.iterrows()}
        told = areas["says"].str.replace(" (filtered out)", "")
        assert told.to_dict() == right and areas["name"].to_dict() == stps["stp"].to_dict()
    if "footprints" in answer.tables:
        expect(answer.tables["footprints"], shown)
    if "passing" in answer.tables:
        rating = shown["rating"] + (" (" + shown["rating_evidence"] + ")").where(shown["rating"] != "Not established", "")
        right = shown[["stp"]].assign(organisation=shown["lead_organisation"], rating=rating)
        expect(answer.tables["passing"], right.set_index("stp"))
        assert (answer.tables["passing"].set_index("stp")["lead"].str.split(r" \(").str[0]).to_list() == list(shown["lead"])
    for name in {"vanguards", "pioneers"} & set(answer.tables):
        expect_chosen(answer, name)


def expect_chosen(answer: Read, name: str) -> None:
    """Hold the list of vanguards or pioneers against their table."""
    kinds = {"pacs": "pacs", "care-homes": "enhanced_health_in_care_homes"}
    kind, stps = kinds.get(answer.asked["outline"]), sums.names("stp17")
    rows = sums.table(name)
    rows = rows[rows["type"] == kind] if kind else rows
    told = answer.tables[name]
    later = rows.get("later_name", pd.Series("", rows.index))
    names = rows["name"] + (", later " + later).where(later != "", "")
    expect(told, rows[["announced"]].set_index(names.rename("name")))
    for said, codes in zip(told["stps"].fillna(""), rows["stp17cds"].str.split(), strict=True):
        assert len(said) > 3 or not codes
        assert all(stps[code] in said for code in codes)
        assert not codes or len(said) < sum(len(stps[code]) + len("; and ") for code in codes)


def expect_pair(answer: Read) -> None:
    a, b = (sums.stps().loc[answer.asked[side]] for side in "ab")
    stps = {"a": a, "b": b}
    if "side-by-side" in answer.tables:
        sides = {side: described(stp) for side, stp in stps.items()}
        told = answer.tables["side-by-side"].set_index("compared_by").astype(str)
        for side, right in sides.items():
            assert {key: told[side][key] for key in right} == right
            for key, layer in (("CCGs", "ccg17"), ("Councils", "council17")):
                names = [sums.names(layer)[code] for code in sums.overlap("stp17", layer).loc[stps[side].name].index]
                assert told[side][key].startswith(f"{len(names)}: ")
                assert all(sums.short(name) in told[side][key] for name in names)
        same = told["a"] == told["b"]
        assert (told["same"] == same.map({True: "yes", False: "no"})).all()
    if "standing" in answer.tables:
        told = answer.tables["standing"].set_index("measure")
        for title, (measure, column) in RANKED.items():
            values = sums.stps()[column].dropna()
            for side, stp in stps.items():
                assert told.loc[title, f"value_{side}"] == WORDS.get(measure, lambda s, c=column: f"{s[c]:.0f}")(stp)
                if stp.name not in values:
                    continue
                rank, tied = (values > stp[column]).sum() + 1, (values == stp[column]).sum() - 1
                others = f", as {tied} other{'s' if tied > 1 else ''}" if tied else ""
                assert told.loc[title, f"rank_{side}"] == f"rank {rank} of {len(values)}{others}"
    if answer.facts:
        large, small = sorted((a, b), key=lambda stp: -stp["population"])
        more = large["population"] - small["population"]
        assert f"{large['stp']} has {more:,} more residents than {small['stp']}" in answer.words
        assert [answer.facts[f"lead_{side}"]["value"] for side in "ab"] == [a["lead"], b["lead"]]
    if answer.areas is not None:
        expect_pieces(answer, a.name)


RANKED = {
    "Population": ("population", "population"),
    "Number of CCGs": ("", "ccgs"),
    "Number of councils": ("", "councils"),
    "Residents in split councils": ("split", "split"),
    "Share aged 65 and over": ("share_65_plus", "share_65_plus"),
    "Deprivation": ("deprivation", "deprivation"),
    "Projected financial gap per head": ("gap", "gap_per_head"),
    "Number of vanguards": ("vanguards", "vanguards"),
    "Major A&E within four hours, 2016/17": ("emergency_2016", "emergency_2016"),
    "Major A&E within four hours, 2017/18": ("emergency_2017", "emergency_2017"),
}


def described(stp: pd.Series) -> dict[str, str]:
    """Return what stands beside the figures of another STP."""
    shared = sums.overlap("council17", "stp17").xs(stp.name, level="stp17")
    young = sums.total("stp17", "population_0_17")[stp.name] / stp["population"]
    rated = f"{stp['rating']} ({stp['rating_evidence']})" if stp["rating"] != "Not established" else stp["rating"]
    return {
        "Rating, July 2017": rated,
        "Lead": f"{stp['lead']}, {stp['lead_organisation']}",
        "Lead type": stp["lead_type"],
        "NHS region": stp["region"],
        "Population": WORDS["population"](stp),
        "Share aged 65 and over": WORDS["share_65_plus"](stp),
        "Deprivation": WORDS["deprivation"](stp),
        "Projected financial gap per head": WORDS["gap"](stp),
        "Residents in split councils": WORDS["split"](stp),
        "Number of vanguards": WORDS["vanguards"](stp),
        "Became a system in": WORDS["system"](stp),
        "Major A&E within four hours, 2016/17": WORDS["emergency_2016"](stp),
        "Major A&E within four hours, 2017/18": WORDS["emergency_2017"](stp),
        "Residents aged 0 to 17": f"{young:.1%}",
        "Councils wholly inside": f"{(shared['of_a'] == 1).sum()} of {len(shared)}",
        "Fit with councils": sums.said(sums.fit("stp17", "council17")["class"][stp.name], "council17"),
        "Acute trusts": str(sum(row["stp17cd"] == stp.name for row in source("acute_trusts"))),
        "Accountable care system": stp["acs"],
    }


def expect_pieces(answer: Read, stp: str) -> None:
    """Hold the residents of the pieces of the first map, which the file is of, against those of the STP's councils."""
    shown = answer.areas[answer.areas["class"] != ""]
    people = shown["says"].str.extract(r"\n([\d,]+) residents")[0].str.replace(",", "").astype(int)
    parts = sums.pieces()[sums.pieces()["stp17"] == stp]
    right = parts.groupby(parts["council17"].map(sums.names("council17")))["population"].sum()
    assert people.groupby(shown["class"]).sum().to_dict() == right.to_dict()


def expect_fit(answer: Read) -> None:
    asked = {"a": "council17", "b": "stp17", "weight": "population", "tolerance": "0"} | answer.asked
    a, b, weight, tolerance = asked["a"], asked["b"], asked["weight"], float(asked["tolerance"]) / 100
    right = sums.fit(a, b, weight, tolerance)
    words = right["class"].map(lambda kind: sums.said(kind, b))
    names = pd.Series(sums.names(a)).reindex(right.index)
    if "class" in asked:
        shown = right["class"] == asked["class"]
    else:
        shown = pd.Series(True, right.index)
    if answer.areas is not None:
        areas = answer.areas.set_index("code").reindex(right.index)
        assert areas["class"].to_list() == words.to_list() and areas["name"].to_list() == names.to_list()
        assert areas["filtered_out"].to_list() == (~shown).to_list()
        outside = (1 - right["in_main"]).where(right["outside_main"] > 0, 0.0).map(percent)
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


@pytest.mark.parametrize("address", MAP)
def test_the_map_and_what_passes_its_filters(app, address):
    expect_map(read(app, address))


@pytest.mark.parametrize("address", COMPARE)
def test_two_stps_side_by_side(app, address):
    expect_pair(read(app, address))


@pytest.mark.parametrize("address", FIT)
def test_how_layers_fit_each_other(app, address):
    expect_fit(read(app, address))


@pytest.mark.parametrize("address", WHAT_IF)
def test_what_ifs(app, address):
    expect_what_if(read(app, address))


def test_every_form_is_read():
    asked = [*MAP, *COMPARE, *FIT, *WHAT_IF]
    assert {re.search(r"\.(\w+)", address)[1] for address in asked} == {"csv", "json", "xlsx", "geojson"}
