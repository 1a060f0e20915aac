"""Everything about one STP in tables and sentences: members, people, lead through the years, standing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from geo import adjacency, blocks, kept, lead_dates, sources
from lib import catalogue, fit, measures
from lib.catalogue import Footprint
from lib.councils import led
from lib.councils import lists_of_stp as council_lists
from lib.text import counted, listed, percent

NOT_ESTABLISHED = "not established"
PARTNER_KINDS = {"CCG": "CCGs", "council": "Councils", "trust": "Trusts", "other": "Other bodies"}
PARTNER_WORDS = {
    "CCGs": ("CCG", "CCGs"),
    "Councils": ("council or district", "councils and districts"),
    "Trusts": ("trust", "trusts"),
    "Other bodies": ("other body", "other bodies"),
}
"""A kind of partners in a sentence, one and many."""
_ENGLAND = "England"
_FITS = {
    "same": "the same area",
    "a_within_b": "wholly inside",
    "b_within_a": "takes in the whole STP",
    "partial": "partly inside",
    "sliver": "small part",
}
"""How a council lies to an STP, in words."""
STANDING = (
    *("population", "ccgs", "councils", "split", "share_65_plus", "density", "deprivation", "gap"),
    *("vanguards", "emergency_2016", "emergency_2017"),
)
"""Measures by which an STP is ranked among the 44."""


@kept.once
def membership(stp: Footprint) -> str:
    """Return who belongs to an STP in a passage that can be pasted into a report."""
    ccgs = [name for _, name in sorted(fit.parts("stp17", "ccg17", stp.code, "population", 0.0)["name"].items())]
    councils = fit.parts("stp17", "council17", stp.code, "population", 0.0)
    inside = [
        name if share == 1 else f"{name} ({percent(share)} of it)"
        for name, share in zip(councils["name"], councils["share_of_b"], strict=True)
    ]
    people = catalogue.stp_table()["population"][stp.code]
    return (
        f"{stp.name} (footprint {stp.number} of 44, {stp.code}) was made in 2017 of {counted(len(ccgs), 'CCG')}, "
        f"{listed(ccgs)}. Its {people:,} residents (mid-2017) lived in {counted(len(inside), 'council')}: "
        f"{listed(inside)}."
    )


def report(stp: Footprint) -> str:
    """Return a passage on an STP that can be pasted into a report: members, lead, rating."""
    return f"{membership(stp)} {led(stp)}"


def neighbours(code: str) -> list[str]:
    """Return the STPs that share a border with one, the longest border first."""
    return _neighbours()[code]


@kept.once
def _neighbours() -> dict[str, list[str]]:
    table = adjacency.neighbours(blocks.pieces()["stp17"])
    return {str(code): rows["b"].tolist() for code, rows in table.groupby("a", sort=False)}


def ages(code: str) -> tuple[tuple[str, int, float, float], ...]:
    """Return age groups with the residents of an STP, and their shares here and in England (0 to 1)."""
    here, england = _people_by_age()[code], _people_by_age()[_ENGLAND]
    return tuple(
        (group, people, people / sum(here.values()), england[group] / sum(england.values()))
        for group, people in here.items()
    )


@kept.once
def _people_by_age() -> dict[str, dict[str, int]]:
    """Return the residents of each STP and of England by age group."""
    columns = ["population", *(f"population_{part}" for part in ("0_17", "65_plus", "85_plus"))]
    sums = blocks.pieces().groupby("stp17")[columns].sum()
    sums.loc[_ENGLAND] = sums.sum()
    return {
        code: {"0 to 17": young, "18 to 64": people - young - old, "65 to 84": old - oldest, "85 and over": oldest}
        for code, (people, young, old, oldest) in zip(sums.index, sums.to_numpy(int).tolist(), strict=True)
    }


@kept.once
def _most_deprived() -> pd.Series:
    units = blocks.load()
    worst = units[units["imd2015_decile"] <= 2].groupby("stp17", observed=True)["population"].sum()
    return worst / units.groupby("stp17", observed=True)["population"].sum()


@kept.once
def most_deprived_share(code: str) -> float:
    """Return the share of residents who live in the most deprived fifth of England's LSOAs (IMD 2015, deciles 1-2)."""
    return float(_most_deprived()[code])


def lead_history(stp: Footprint) -> list[tuple[str, str, str]]:
    """Return who led an STP in 2016, 2017, by later pages and by the workbook of 2019, as far as the sources say.

    Returns
    -------
    list of tuple
        When, who, and what says so. A year for which the source does not
        speak is not established, even where the years around it are.
    """
    fact = stp.lead.fact
    named = f"{fact.value}, {stp.lead.organisation}"
    coverage = {year: lead_dates.speaks_for(fact.grade, fact.as_of, year) for year in (2016, 2017, 2018)}
    rows = [
        (str(year), named, fact.spoken_for) if coverage[year] else (str(year), NOT_ESTABLISHED, "")
        for year in (2016, 2017)
    ]
    if fact.grade == "named_on_nhs_england_page":
        rows.append(("undated", named, fact.evidence.label))
    elif coverage[2018] and not coverage[2017]:
        rows.append(("2018", named, fact.spoken_for))
    rows.append(("April 2019", stp.lead.entry_2019 or NOT_ESTABLISHED, "as the NHS Digital workbook prints it"))
    return rows


@kept.once
def ccgs(code: str) -> pd.DataFrame:
    """Return the CCGs of an STP with residents and share of the STP in per cent, largest first."""
    table = fit.parts("stp17", "ccg17", code, "population", 0.0)
    return pd.DataFrame(
        {
            "CCG": table["name"].to_numpy(),
            "Residents": table["weight"].to_numpy(),
            "Share of the STP, %": table["share_of_a"].to_numpy() * 100,
            "Code": table.index.to_numpy(),
        }
    )


def councils(code: str) -> pd.DataFrame:
    """Return the councils of an STP with two-way shares in per cent and the class of each pair, by code."""
    return _councils()[code]


@kept.once
def _councils() -> dict[str, pd.DataFrame]:
    pairs = fit.pairs("council17", "stp17", "population", 0.0).sort_values("weight", ascending=False, kind="stable")
    table = pd.DataFrame(
        {
            "Council": pairs["a_name"].to_numpy(),
            "Residents inside": pairs["weight"].to_numpy(),
            "Share of the council, %": pairs["share_of_a"].to_numpy() * 100,
            "Share of the STP, %": pairs["share_of_b"].to_numpy() * 100,
            "Fit": pairs["class"].map(_FITS).to_numpy(),
        },
        index=pairs["a_code"].to_numpy(),
    )
    return {str(stp): rows for stp, rows in table.groupby(pairs["b_code"].to_numpy(), sort=False)}


def partners(code: str) -> pd.DataFrame:
    """Return the partners of an STP in the published list, by kind and name."""
    return _partners()[code]


@kept.once
def _partners() -> dict[str, pd.DataFrame]:
    rows = sources.read("stp_partners").sort_values(["partner_type", "name"])
    kinds = rows["partner_type"].map(PARTNER_KINDS)
    table = pd.DataFrame({"Kind": kinds, "Partner": rows["name"], "ODS code": rows["ods_code"]})
    return {str(stp): partners for stp, partners in table.groupby(rows["stp17cd"], sort=False)}


@kept.once
def list_sentences(code: str) -> list[str]:
    """Return in sentences how the published list and the geography agree on the councils of an STP.

    Councils are those with social care duties; where the list names some
    districts of a county and not others, that is said besides.
    """
    sentences = list(list_differences(code)) or [
        "List and geography agree: every council with social care duties and residents here is listed, and no other."
    ]
    covered = [row for row in council_lists(code) if row.status == "covered_by_county"]
    if covered:
        counties = sources.read("lad17").set_index("lad17cd")["council17cd"].map(blocks.names("council17"))
        absent = [f"{row.name} ({row.residents:,} residents here)" for row in covered]
        named = sorted({counties[row.code] for row in covered})
        sentences.append(
            f"Of the districts of {listed(named)} the list names some, but not {listed(absent, 'and not')}; "
            f"the county council stands for {'it' if len(absent) == 1 else 'them'}."
        )
    return sentences


@kept.once
def list_differences(code: str) -> list[str]:
    """Return in sentences where the published list and the geography disagree about the councils of an STP."""
    lines = []
    for row in (row for row in council_lists(code) if row.tier == "council"):
        if row.status == "inside_only":
            share = percent(row.share_of_area)
            lines.append(f"{row.residents_not_listed:,} residents of {row.name} ({share} of it) live here; not listed.")
        elif row.status == "listed_only":
            lines.append(f"{row.name} is listed, but none of its residents live here.")
    return lines


def trusts(code: str) -> pd.DataFrame:
    """Return the acute trusts of an STP: ``name``, ``lon``, ``lat`` (missing where no point is known)."""
    return _trusts()[code]


@kept.once
def _trusts() -> dict[str, pd.DataFrame]:
    table = sources.read("acute_trusts").sort_values("trust_name").rename(columns={"trust_name": "name"})
    by_stp = table[["name", "lon", "lat"]].groupby(table["stp17cd"], sort=False)
    return {str(stp): rows.reset_index(drop=True) for stp, rows in by_stp}


@kept.once
def later(code: str) -> pd.DataFrame:
    """Return the ICBs of 2022 that an STP's residents came to, with shares in per cent, largest first."""
    table = fit.parts("stp17", "icb22", code, "population", 0.0)
    return pd.DataFrame(
        {
            "ICB, July 2022": table["name"].to_numpy(),
            "Residents": table["weight"].to_numpy(),
            "Share of the STP, %": table["share_of_a"].to_numpy() * 100,
            "Share of the ICB, %": table["share_of_b"].to_numpy() * 100,
        },
        index=table.index.to_numpy(),
    )


@dataclass(frozen=True)
class Standing:
    """Where one STP lies among the 44 by a measure; `values` of all by code, missing left out; `tied` as it is."""

    measure: measures.Measure
    values: Mapping[str, float]
    rank: int | None
    tied: int = 0

    @property
    def words(self) -> str:
        """The rank in words: ``"rank 26 of 44, as 18 others"``; empty where there is no value."""
        if self.rank is None:
            return ""
        tied = f", as {counted(self.tied, 'other')}" if self.tied else ""
        return f"rank {self.rank} of {self.out_of}{tied}"

    @property
    def out_of(self) -> int:
        """How many STPs have a value."""
        return len(self.values)


@kept.once
def standing(code: str) -> list[Standing]:
    """Return where an STP lies among the 44; rank 1 is the largest value, equal values share the better rank."""
    ranks = []
    for key in STANDING:
        known = values(key)
        own = known.get(code)
        rank = None if own is None else 1 + sum(value > own for value in known.values())
        ranks.append(Standing(measures.MEASURES[key], known, rank, sum(value == own for value in known.values()) - 1))
    return ranks


@kept.once
def values(key: str) -> Mapping[str, float]:
    """Return a measure of the STPs that have it, by code."""
    return MappingProxyType(catalogue.stp_table()[key].dropna().to_dict())
