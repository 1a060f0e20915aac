"""Figures by a second route: sums over the LSOAs as their files stand, with none of the code under test.

Layers are called as in links: ``stp17``, ``council24``; ``area17`` are ``acs17`` with the devolution areas. Weights:
``population`` and its parts, ``lsoas``.
"""

import json
from functools import cache

import numpy as np
import pandas as pd

from tests.tables import SOURCES, source

WEIGHTS = ["population", "population_0_17", "population_65_plus", "population_85_plus", "score", "lsoas"]
UNKNOWN_RATING = "Advanced or making progress, not known which"
RATINGS = {
    "outstanding": "Outstanding",
    "advanced": "Advanced",
    "making_progress": "Making progress",
    "needs_most_improvement": "Needs most improvement",
}
LEADS = {"provider": "Provider", "ccg": "CCG", "local_authority": "Local authority", "independent": "Independent"}
LAYERS = {
    "stp17": ("STP", "STPs"),
    "ccg17": ("CCG", "CCGs"),
    "council17": ("council", "councils"),
    "lad17": ("district", "districts"),
    "icb22": ("ICB", "ICBs"),
}
ACS = {"acs17": ("acs",), "area17": ("acs", "devolution")}
"""Accountable care systems, and the devolution areas with them: neither takes in all of England."""
_ROUNDING = 1e-9


def table(name: str) -> pd.DataFrame:
    """Return a table of facts, every cell as text."""
    return pd.DataFrame(source(name))


@cache
def acs_areas() -> list[dict]:
    """Return the accountable care systems and devolution areas of June 2017."""
    return json.loads((SOURCES / "acs_areas.json").read_text(encoding="utf-8"))["areas"]


@cache
def names(layer: str) -> dict[str, str]:
    """Return the names of a layer's areas by code."""
    if layer in ("icb24", "icb26", "council24", "pcon24"):
        rows = [(row["code"], row["name"]) for row in source("today_names") if row["layer"] == layer]
    elif layer in ACS:
        rows = [(area["id"], area["name"]) for area in acs_areas() if area["kind"] in ACS[layer]]
    elif layer.endswith("17"):
        rows = [(row[f"{layer}cd"], row[f"{layer}nm"]) for row in source(layer)]
    else:
        year, kind = f"20{layer[-2:]}", layer[:-2]
        rows = [
            (row["code"], row["name"]) for row in source("later_names") if (row["year"], row["layer"]) == (year, kind)
        ]
    return dict(rows)


def percent(share: float) -> str:
    """Return a share as per cent, as a page writes it."""
    return "<0.1%" if 0 < share < 0.0005 else ">99.9%" if 0.9995 <= share < 1 else f"{share:.1%}"


def short(name: str) -> str:
    """Return the name of an ICB or CCG without what all of them begin and end with."""
    return name.removeprefix("NHS ").removesuffix(" Integrated Care Board").removesuffix(" CCG")


@cache
def lsoas() -> pd.DataFrame:
    """Return every LSOA with the areas that it belongs to, a column a layer, and its weights."""
    then, today = (pd.read_csv(SOURCES / f"{name}.csv.gz") for name in ("lsoa", "lsoa_today"))
    found = then.merge(today.drop(columns="icb22cd"), on="lsoa11cd", validate="1:1")
    found = found.merge(table("ccg17")[["ccg17cd", "stp17cd"]]).merge(table("lad17")[["lad17cd", "council17cd"]])
    found.columns = found.columns.str.removesuffix("cd")
    for layer in ACS:
        area = {ccg: area["id"] for area in acs_areas() if area["id"] in names(layer) for ccg in area["ccg17cds"]}
        found[layer] = found["ccg17"].map(area).fillna("")
    return found.assign(score=found["imd2015_score"] * found["population"], lsoas=1)


@cache
def pieces() -> pd.DataFrame:
    """Return the weights of all LSOAs that belong to the same areas of every layer that is asked for here."""
    layers = [*LAYERS, *(f"{kind}{year}" for year in (18, 19, 20, 21) for kind in ("stp", "ccg"))]
    found = lsoas().groupby([*layers, *ACS, "icb24", "icb26", "council24"])[WEIGHTS].sum()
    return found.reset_index()


def total(layer: str, weight: str = "population", where: pd.DataFrame | None = None) -> pd.Series:
    """Return the weight of each area of a layer, of all England or of some pieces."""
    return (pieces() if where is None else where).groupby(layer)[weight].sum()


def overlap(a: str, b: str, weight: str = "population", where: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what areas of two layers share, by both codes: ``weight``, ``of_a`` and ``of_b`` (0 to 1), ``lsoas``."""
    where = pieces() if where is None else where
    found = pd.DataFrame({"weight": (pairs := where.groupby([a, b]))[weight].sum(), "lsoas": pairs["lsoas"].sum()})
    for layer, share in ((a, "of_a"), (b, "of_b")):
        found[share] = found["weight"] / total(layer, weight, where).reindex(found.index.get_level_values(layer)).array
    # What lies in no accountable care area has no code.
    return found[["" not in codes for codes in found.index]]


@cache
def fit(a: str, b: str, weight: str = "population", tolerance: float = 0.0) -> pd.DataFrame:
    """Return how each area of layer a lies in layer b, at a tolerance (0 to 1), by its code."""
    return fitted(overlap(a, b, weight), total(a, weight), tolerance)


def fitted(shared: pd.DataFrame, whole: pd.Series, tolerance: float = 0.0) -> pd.DataFrame:
    """Return how areas lie in others, from what they share and the weight of each: by the words of the method."""
    least = 1 - tolerance - _ROUNDING
    a, b = shared.index.names
    parts = shared.reset_index().sort_values(["weight", "of_b", b], ascending=[False, False, True])
    small = parts["weight"].eq(0) | (parts[["of_a", "of_b"]] < tolerance - _ROUNDING).all(axis=1)
    # The main part counts however small it is.
    parts = parts.assign(
        whole=parts["of_a"].where(parts["of_b"] >= least, 0.0),
        same=(parts[["of_a", "of_b"]] >= least).all(axis=1),
        counted=~small | ~parts.duplicated(a),
    )
    main = parts.drop_duplicates(a).set_index(a)
    by_area = parts.groupby(a)
    outside = 1 - by_area["of_a"].sum()
    holds = [by_area["same"].any(), by_area["whole"].sum() >= least, main["of_a"] >= least, outside >= least]
    holds = [kind.reindex(main.index) for kind in holds]
    # What lies in no area of b is a part too.
    beside = (outside > _ROUNDING) & (outside >= tolerance)
    return pd.DataFrame(
        {
            "class": np.select(holds, ["same", "union_of_whole", "within_one", "outside"], "split"),
            "main": main[b],
            "in_main": main["of_a"],
            "of_main": main["of_b"],
            "weight": whole.reindex(main.index),
            "outside_main": whole.reindex(main.index) - main["weight"],
            "touched": by_area.size(),
            "parts": by_area["counted"].sum() + beside,
        },
        index=main.index,
    ).sort_index()


def said(kind: str, b: str) -> str:
    """Return a class of fit with layer b in words."""
    one, many = LAYERS[b]
    return {
        "same": f"The same area as one {one}",
        "union_of_whole": f"Made of whole {many}",
        "within_one": f"Inside one {one}",
        "split": f"Split between {many}",
        "outside": f"Outside every {one}",
    }[kind]


def entropies(shared: pd.Series) -> tuple[float, float, float]:
    """Return homogeneity, completeness and V-measure of weights by two codes (Rosenberg and Hirschberg, 2007)."""
    p = shared[shared > 0] / shared.sum()
    pa, pb = (p.groupby(level=level).transform("sum") for level in (0, 1))
    ha, hb = (-(p * np.log(part)).sum() for part in (pa, pb))
    homogeneity, completeness = 1 + (p * np.log(p / pa)).sum() / hb, 1 + (p * np.log(p / pb)).sum() / ha
    return homogeneity, completeness, 2 * homogeneity * completeness / (homogeneity + completeness)


@cache
def stps() -> pd.DataFrame:
    """Return what the map shows of the 44 STPs, by code: columns as in its file, shares as fractions."""
    found = table("stp17").set_index("stp17cd")
    ratings, leads, gaps = (
        table(f"stp_{name}").set_index("stp17cd") for name in ("ratings", "leads", "financial_gaps")
    )
    sums = pieces().groupby("stp17")[WEIGHTS].sum()
    councils = overlap("council17", "stp17")
    split = councils[councils["of_a"] < 1].groupby(level="stp17")["weight"].sum()
    gap = gaps["financial_gap_2020_21_gbp_m"].astype(float).where(gaps["comparable"] == "True") * 1e6
    waves = table("ics_waves").query("covers_whole_stp == 'True'")
    waves = waves.assign(date=waves["announced"].where(waves["announced"] != "", waves["effective"]))
    waves = waves.sort_values("date", kind="stable").drop_duplicates("stp17cd").set_index("stp17cd")
    status = {area["stp17cd"]: area for area in reversed(acs_areas())}
    return pd.DataFrame(
        {
            "stp": found["stp17nm"],
            "rating": ratings["rating"].map(RATINGS).fillna(UNKNOWN_RATING),
            "rating_evidence": ratings["evidence"].str.replace("_", " "),
            "lead": leads["lead_name"],
            "lead_type": leads["lead_type"].map(LEADS),
            "lead_organisation": leads["lead_organisation"],
            "lead_as_of": leads["as_of"],
            "population": sums["population"],
            "share_65_plus": sums["population_65_plus"] / sums["population"],
            "deprivation": sums["score"] / sums["population"],
            "ccgs": overlap("stp17", "ccg17").groupby(level=0).size(),
            "councils": overlap("stp17", "council17").groupby(level=0).size(),
            "split": split.reindex(found.index).fillna(0.0) / sums["population"],
            "gap_per_head": gap / sums["population"],
            "acs": [
                {"acs": ("Part of the STP is an ACS", "The whole STP is an ACS")[area["whole_stp"]]}.get(
                    area["kind"], "Devolution area"
                )
                if (area := status.get(code))
                else "Neither"
                for code in found.index
            ],
            "region": found["nhs_region"],
            "nhs_name": found["nhs_name"],
            "number": found["footprint_number"].astype(int),
            "ods_code": found["ods_code"],
            "vanguards": _chosen("vanguards").reindex(found.index).fillna(0),
            "pioneers": _chosen("pioneers").reindex(found.index).fillna(0),
            "system": waves["date"],
            "system_evidence": waves["evidence"],
            **{f"emergency_{year[:4]}": _emergency(year) for year in ("2016/17", "2017/18")},
        },
        index=found.index.rename("code"),
    )


def passing(asked: dict[str, str]) -> pd.DataFrame:
    """Return those of `stps` that pass the filters of a link to the map, by its parameters."""
    found = stps()
    key = {name: found[name].str.lower().str.replace(" ", "_") for name in ("rating", "lead_type", "region")}
    key["rating"] = key["rating"].where(found["rating"] != UNKNOWN_RATING, "not_established")
    systems = {"The whole STP is an ACS": "whole", "Part of the STP is an ACS": "part", "Devolution area": "devolution"}
    columns = {
        "rating": (key["rating"], key["rating"] + ":" + found["rating_evidence"]),
        "lead": (key["lead_type"],),
        "region": (key["region"],),
        "acs": (found["acs"].map(systems).fillna("none"),),
    }
    for name, said in columns.items():
        if asked.get(name, "all") != "all":
            found = found[np.any([part[found.index].isin(asked[name].split(",")) for part in said], axis=0)]
    return found


def _chosen(name: str) -> pd.Series:
    return pd.Series([code for row in source(name) for code in row["stp17cds"].split()]).value_counts()


def _emergency(year: str) -> pd.Series:
    trusts = table("trust_ae_four_hour").query("year == @year")
    sums = trusts[["type1_within_four_hours", "type1_attendances"]].astype(float).groupby(trusts["stp17cd"]).sum()
    return sums["type1_within_four_hours"] / sums["type1_attendances"]
