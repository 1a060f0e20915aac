"""Views of the map and of two footprints, read back over HTTP and held against the tables that people edit.

Density rests on outlines, so it has no second route here.
"""

import numpy as np
import pandas as pd
import pytest

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


def month(date: str) -> str:
    return pd.Timestamp(date).strftime("%B %Y")


WORDS = {
    "population": lambda stp: f"{stp['population']:,}",
    "share_65_plus": lambda stp: f"{stp['share_65_plus']:.1%}",
    "deprivation": lambda stp: f"{stp['deprivation']:.1f}",
    "gap": lambda stp: "no comparable figure" if np.isnan(stp["gap_per_head"]) else f"£{stp['gap_per_head']:,.0f}",
    "split": lambda stp: sums.percent(stp["split"]),
    "vanguards": lambda stp: f"{stp['vanguards']:.0f}",
    "emergency_2016": lambda stp: f"{stp['emergency_2016']:.1%}",
    "emergency_2017": lambda stp: f"{stp['emergency_2017']:.1%}",
    "lead": lambda stp: stp["lead_type"],
    "rating": lambda stp: stp["rating"] + (", inferred" if stp["rating_evidence"] == "inferred" else ""),
    "system": lambda stp: month(stp["system"]) + (", inferred" if stp["system_evidence"] == "inferred" else ""),
}
"""Figures as they stand on a map and beside another."""


def expect_map(answer: Read) -> None:
    shown = sums.passing(answer.asked)
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
        evidence = (" (" + shown["rating_evidence"] + ")").where(shown["rating"] != sums.UNKNOWN_RATING, "")
        right = {"organisation": shown["lead_organisation"], "rating": shown["rating"] + evidence}
        expect(answer.tables["passing"], pd.DataFrame(right).set_index(shown["stp"]))
        leads = answer.tables["passing"]["lead"].str.partition(" (")[0]
        assert leads.to_list() == shown["lead"].to_list()
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
        assert set(answer.areas["map"]) == {"map-a", "map-b"}
        for side, stp in stps.items():
            expect_pieces(answer.areas[answer.areas["map"] == f"map-{side}"], stp.name)


RANKED = {
    "Population": ("population", "population"),
    "Number of CCGs": ("", "ccgs"),
    "Number of councils": ("", "councils"),
    "Residents in split councils": ("split", "split"),
    "Share aged 65 and over": ("share_65_plus", "share_65_plus"),
    "Deprivation": ("deprivation", "deprivation"),
    "Projected deficit per resident, 2020/21": ("gap", "gap_per_head"),
    "Number of vanguards": ("vanguards", "vanguards"),
    "Major A&E within four hours, 2016/17": ("emergency_2016", "emergency_2016"),
    "Major A&E within four hours, 2017/18": ("emergency_2017", "emergency_2017"),
}


def described(stp: pd.Series) -> dict[str, str]:
    """Return what stands beside the figures of another STP."""
    shared = sums.overlap("council17", "stp17").xs(stp.name, level="stp17")
    young = sums.total("stp17", "population_0_17")[stp.name] / stp["population"]
    rated = f"{stp['rating']} ({stp['rating_evidence']})" if stp["rating"] != sums.UNKNOWN_RATING else stp["rating"]
    return {
        "Rating, July 2017": rated,
        "Lead": f"{stp['lead']}, {stp['lead_organisation']}",
        "Lead type": stp["lead_type"],
        "NHS region": stp["region"],
        "Population": WORDS["population"](stp),
        "Share aged 65 and over": WORDS["share_65_plus"](stp),
        "Deprivation": WORDS["deprivation"](stp),
        "Projected deficit per resident, 2020/21": WORDS["gap"](stp),
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


def expect_pieces(areas: pd.DataFrame, stp: str) -> None:
    """Hold the residents of the pieces of a map against those of the STP's councils."""
    shown = areas[areas["class"] != ""]
    people = shown["says"].str.extract(r"\n([\d,]+) residents")[0].str.replace(",", "").astype(int)
    parts = sums.pieces()[sums.pieces()["stp17"] == stp]
    right = parts.groupby(parts["council17"].map(sums.names("council17")))["population"].sum()
    assert people.groupby(shown["class"]).sum().to_dict() == right.to_dict()


@pytest.mark.parametrize("address", MAP)
def test_the_map_and_what_passes_its_filters(files, address):
    expect_map(read(files, address))


@pytest.mark.parametrize("address", COMPARE)
def test_two_stps_side_by_side(files, address):
    expect_pair(read(files, address))
