"""The named areas with their facts, and the ways in which people name them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pandas as pd

from geo import area_words, blocks, codes, kept, resolver, sources
from geo.overlap import overlap
from lib.care import emergency, joint_work, waves
from lib.evidence import Fact, lead_grade, lead_words, text
from lib.text import listed, slug

RATINGS = {
    "outstanding": "Outstanding",
    "advanced": "Advanced",
    "making_progress": "Making progress",
    "needs_most_improvement": "Needs most improvement",
}
LEAD_TYPES = {
    "provider": "Provider",
    "ccg": "CCG",
    "local_authority": "Local authority",
    "independent": "Independent",
}
REGIONS = {slug(name).replace("-", "_"): name for name in ("North", "Midlands and East", "London", "South")}
ACS_STATUSES = {
    "whole": "The whole STP is an ACS",
    "part": "Part of the STP is an ACS",
    "devolution": "Devolution area",
    "none": "Neither",
}
RATED_ON = "2017-07-21"
UNKNOWN_RATING = "Advanced or making progress, not known which"
"""What is known of a rating that no source gives: outstanding and needs most improvement are fully published."""
# NHS England's totals of 21 July 2017 (Public Finance, LGC, NHS Providers), and the count of
# lead types that NHS Providers printed in December 2017.
PUBLISHED_RATINGS = {"outstanding": 5, "advanced": 20, "making_progress": 14, "needs_most_improvement": 5}
PUBLISHED_LEADS = {"provider": 19, "ccg": 15, "local_authority": 4, "independent": 6}
# What the notes on gaps say of them.
_CUMULATIVE = re.compile("cumulative")
_NO_SCOPE = re.compile(r"scope( \([^)]*\))? not stated")
_IF_NOTHING = re.compile(
    "if nothing|unless action|if organisations carry on|if services stay|without change|do.nothing", re.IGNORECASE
)
OLD_STP_CODES = codes.CODES_OF_2016


@dataclass(frozen=True)
class Lead:
    """Who leads an STP; `fact.value` is the lead's name."""

    fact: Fact[str]
    organisation: str
    kind: str
    entry_2019: str


@dataclass(frozen=True)
class AcsArea:
    """An accountable care system or devolution area inside an STP."""

    code: str
    name: str
    kind: str
    whole_stp: bool
    ccgs: tuple[str, ...]
    announced: str


@dataclass(frozen=True)
class Footprint:
    """One STP with its facts.

    Attributes
    ----------
    code, name, nhs_name, ods_code : str
        ONS code and name, the name NHS England used, ODS code.
    number : int
        Footprint number, 1 to 44.
    region : str
        NHS England region.
    rating, gap : Fact
        Rating of July 2017; projected gap in 2020/21, GBP million.
    gap_comparable : bool
        False where the gap is not of the same kind as the others.
    lead : Lead
        Who leads it.
    acs : tuple of AcsArea
        Accountable care systems and devolution areas inside.
    """

    code: str
    name: str
    nhs_name: str
    ods_code: str
    number: int
    region: str
    rating: Fact[str | None]
    lead: Lead
    gap: Fact[float]
    gap_comparable: bool
    acs: tuple[AcsArea, ...]


@kept.once
def footprints() -> dict[str, Footprint]:
    """Return the 44 STPs by code, in the order of their footprint numbers."""
    ratings, leads, gaps = (
        sources.read(name).set_index("stp17cd") for name in ("stp_ratings", "stp_leads", "stp_financial_gaps")
    )
    areas: dict[str, list[AcsArea]] = {}
    for row in sources.read("acs_areas").itertuples():
        area = AcsArea(row.id, row.name, row.kind, row.whole_stp, tuple(row.ccg17cds), row.announced)
        areas.setdefault(row.stp17cd, []).append(area)
    by_code = {}
    for row in sources.read("stp17").sort_values("footprint_number").itertuples():
        code = row.stp17cd
        by_code[code] = Footprint(
            code=code,
            name=row.stp17nm,
            nhs_name=row.nhs_name,
            ods_code=row.ods_code,
            number=int(row.footprint_number),
            region=row.nhs_region,
            rating=_rating(ratings.loc[code]),
            lead=_lead(leads.loc[code]),
            gap=_gap(gaps.loc[code]),
            gap_comparable=bool(gaps.loc[code, "comparable"]),
            acs=tuple(areas.get(code, ())),
        )
    return by_code


def _rating(row: pd.Series) -> Fact[str | None]:
    return Fact(text(row["rating"]) or None, row["evidence"], RATED_ON, text(row["source"]), text(row["note"]))


def _lead(row: pd.Series) -> Lead:
    name, as_of, entry = row["lead_name"], row["as_of"], text(row["ods_2019_entry"])
    grade = lead_grade(row["evidence"], as_of)
    exactly = lead_words(grade, name, as_of, entry)
    fact = Fact(name, grade, as_of, row["source"], text(row["note"]), exactly)
    return Lead(fact, row["lead_organisation"], row["lead_type"], entry)


def _gap(row: pd.Series) -> Fact[float]:
    return Fact(
        float(row["financial_gap_2020_21_gbp_m"]), row["confidence"], "2020/21", row["source"], text(row["note"])
    )


def acs_status(footprint: Footprint) -> str:
    """Return how an STP stands to the systems announced in June 2017, a key of `ACS_STATUSES`."""
    if any(area.kind == "acs" for area in footprint.acs):
        return "whole" if footprint.acs[0].whole_stp else "part"
    return "devolution" if footprint.acs else "none"


def rating_class(footprint: Footprint) -> str:
    """Return rating and evidence in one word: ``"advanced:inferred"``, ``"not_established"``."""
    rating = footprint.rating
    return f"{rating.value}:{rating.grade}" if rating.value else "not_established"


def rating_words(footprint: Footprint) -> str:
    """Return a rating with its evidence in words: ``"Advanced (inferred)"``, ``UNKNOWN_RATING``."""
    rating = footprint.rating
    return f"{RATINGS[rating.value]} ({rating.evidence.label})" if rating.value else UNKNOWN_RATING


@kept.once
def other_totals() -> str:
    """Return in words the other totals of the ratings that were printed: ``"HFMA prints 5, 18, 16 and 5"``."""
    notes = (text(note) for note in sources.read("events")["note"])
    who, totals = next(match.groups() for note in notes if (match := re.match(r"(HFMA) prints ([\d/]+)", note)))
    return f"{who} prints {listed(totals.split('/'))}"


def gap_words(footprint: Footprint) -> str:
    """Return the projected gap with what it is, as far as its source says so.

    ``"£229 million, projected for 2020/21 if nothing were done"``.
    """
    note, million = footprint.gap.note, f"£{footprint.gap.value:,.10g} million"
    if _CUMULATIVE.search(note):
        return f"{million}, cumulative to 2020/21"
    nothing = " if nothing were done" if _IF_NOTHING.search(note) else ""
    scope = "; the source does not say what it covers" if _NO_SCOPE.search(note) else ""
    return f"{million}, projected for 2020/21{nothing}{scope}"


@kept.once
def stp_table() -> pd.DataFrame:
    """Return what can be mapped of the 44 STPs.

    Returns
    -------
    DataFrame
        Indexed by code, in the order of footprint numbers: ``name``,
        ``rating`` (`rating_class`), ``lead`` (lead type), ``region``,
        ``acs``; ``population`` (residents, mid-2017), ``share_65_plus``
        (0 to 1), ``density`` (residents a km2), ``deprivation`` (mean IMD
        2015 score weighted by residents), ``ccgs`` and ``councils`` (number
        with residents inside), ``split`` (share of residents whose council is
        split between STPs, 0 to 1), ``gap`` (GBP a resident, missing where
        not comparable); ``vanguards`` and ``pioneers`` (number known there),
        ``system`` (`lib.care.waves.Step.date_class` of the step that made the
        whole STP a system), ``emergency_2016`` and ``emergency_2017`` (share
        of attendances at major A&E departments within four hours, 0 to 1,
        in the financial year that begins then).
    """
    stps = footprints().values()
    table = pd.DataFrame(
        {
            "name": [stp.name for stp in stps],
            "rating": [rating_class(stp) for stp in stps],
            "lead": [stp.lead.kind for stp in stps],
            "region": [slug(stp.region).replace("-", "_") for stp in stps],
            "acs": [acs_status(stp) for stp in stps],
        },
        index=pd.Index([stp.code for stp in stps], name="code"),
    )
    units = blocks.load()
    columns = ["stp17", "population", "population_65_plus", "area", "imd2015_score"]
    weighted = units[columns].assign(score=units["imd2015_score"] * units["population"])
    sums = weighted.groupby("stp17", observed=True)[["population", "population_65_plus", "area", "score"]].sum()
    sums.index = sums.index.astype(str)
    table["population"] = sums["population"]
    table["share_65_plus"] = sums["population_65_plus"] / sums["population"]
    table["density"] = sums["population"] / sums["area"]
    table["deprivation"] = sums["score"] / sums["population"]
    for column, layer in (("ccgs", "ccg17"), ("councils", "council17")):
        table[column] = overlap("stp17", layer).groupby("a_code").size()
    split = overlap("council17", "stp17")
    split = split[split.groupby("a_code")["b_code"].transform("size") > 1]
    table["split"] = (split.groupby("b_code")["weight"].sum() / table["population"]).fillna(0.0)
    millions = pd.Series({stp.code: stp.gap.value for stp in stps if stp.gap_comparable})
    table["gap"] = millions * 1e6 / table["population"]
    table[["vanguards", "pioneers"]] = joint_work.counts()
    table["pioneer"] = (table["pioneers"] > 0).map({True: "pioneer", False: "none"})
    table["system"] = pd.Series({code: step.date_class for code, step in waves.whole().items()})
    for column, year in zip(("emergency_2016", "emergency_2017"), emergency.YEARS, strict=True):
        table[column] = emergency.shares()[year]
    return table


def passing(filters: Mapping[str, Collection[str]]) -> list[str]:
    """Return the codes of the STPs that pass all filters.

    Parameters
    ----------
    filters : mapping
        Allowed values by column of `stp_table`; an empty collection lets
        everything through.
    """
    set_ones = {column: frozenset(allowed) for column, allowed in filters.items() if allowed}
    return [code for code, values in stp_rows().items() if all(values[name] in set_ones[name] for name in set_ones)]


@kept.once
def stp_rows() -> dict[str, dict[str, Any]]:
    """Return the rows of `stp_table` by code and column: one value of a table takes as long as a hundred of these."""
    return stp_table().to_dict("index")


@kept.once
def _numbered() -> dict[str, str]:
    """Return the codes of the STPs by their footprint numbers."""
    return {str(stp.number): stp.code for stp in footprints().values()}


@kept.once
def options(layer: str) -> Mapping[str, str]:
    """Return the names of a layer's areas by code, in the order of their names, to choose from."""
    return MappingProxyType(dict(blocks.names(layer).sort_values()))


def resolve(layer: str, query: str) -> str | None:
    """Return the code of the area that someone names.

    Parameters
    ----------
    layer : str
        Layer to look in.
    query : str
        Code of ONS or ODS of any year, footprint number, short form or name,
        in any spelling, or a slug of the name.

    Returns
    -------
    str or None
        The ONS code of the area, or of the one with exactly the same ground;
        None if nothing in the layer is called that, or several are.
    """
    plain = query.strip()
    if layer == "stp17" and plain.isdecimal():
        return _numbered().get(plain.lstrip("0"))
    matches = resolver.in_layer(layer, resolver.find(plain))
    return matches[0] if len(matches) == 1 else None


def why_not(layer: str, query: str) -> str | None:
    """Return what someone names that is none of a layer, in words; None if it is nothing that is known."""
    return area_words.not_in(layer, resolver.find(query))
