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
STANDING = (
    *("population", "ccgs", "councils", "split", "share_65_plus", "density", "deprivation", "gap"),
    *("vanguards", "emergency_2016", "emergency_2017"),
)
"""Measures by which an STP is ranked among the 44."""


@kept.once
def membership(stp: Footprint) -> str:
    """Return who belongs to an STP in a passage that can be pasted into a report."""
    ccgs = fit.parts("stp17", "ccg17", stp.code, "population", 0.0)["name"].sort_index()
    councils = fit.parts("stp17", "council17", stp.code, "population", 0.0)
    inside = [
        name if share == 1 else f"{name} ({percent(share)} of it)"
        for name, share in zip(councils["name"], councils["share_of_b"], strict=True)
    ]
    people = catalogue.stp_table()["population"][stp.code]
    return (
        f"{stp.name} (footprint {stp.number} of 44, {stp.code}) was made in 2017 of {counted(len(ccgs), 'CCG')}, "
        f"{listed(list(ccgs))}. Its {people:,} residents (mid-2017) lived in {counted(len(inside), 'council')}: "
        f"{listed(inside)}."
    )


def report(stp: Footprint) -> str:
    """Return a passage on an STP that can be pasted into a report: members, lead, rating."""
    return f"{membership(stp)} {led(stp)}"


@kept.once
def neighbours(code: str) -> list[str]:
    """Return the STPs that share a border with one, the longest border first."""
    table = _neighbours()
    return list(table[table["a"] == code]["b"])


@kept.once
def _neighbours() -> pd.DataFrame:
    return adjacency.neighbours(blocks.pieces()["stp17"])


@kept.once
def ages(code: str) -> pd.DataFrame:
    """Return the residents of an STP by age group, and their shares here and in England (0 to 1)."""
    people = _people_by_age()

    def groups(everyone: int, young: int, old: int, oldest: int) -> dict[str, int]:
        return {"0 to 17": young, "18 to 64": everyone - young - old, "65 to 84": old - oldest, "85 and over": oldest}

    mine = groups(*people[code])
    all_england = groups(*(sum(column) for column in zip(*people.values(), strict=True)))
    return pd.DataFrame(
        {
            "Age": mine.keys(),
            "Residents": mine.values(),
            "share": [n / sum(mine.values()) for n in mine.values()],
            "share_england": [n / sum(all_england.values()) for n in all_england.values()],
        }
    )


@kept.once
def _people_by_age() -> dict[str, tuple[int, int, int, int]]:
    """Return the residents of each STP: all, under 18, 65 and over, 85 and over."""
    columns = ["population", *(f"population_{part}" for part in ("0_17", "65_plus", "85_plus"))]
    sums = blocks.pieces().groupby("stp17")[columns].sum()
    return {code: (int(a), int(b), int(c), int(d)) for code, a, b, c, d in sums.itertuples()}


@kept.once
def _most_deprived() -> pd.Series:
    units = blocks.load()
    worst = units[units["imd2015_decile"] <= 2].groupby("stp17", observed=True)["population"].sum()
    return worst / units.groupby("stp17", observed=True)["population"].sum()


@kept.once
def most_deprived_share(code: str) -> float:
    """Return the share of residents who live in the most deprived fifth of England's LSOAs (IMD 2015, deciles 1-2)."""
    return float(_most_deprived()[code])


@kept.once
def lead_history(stp: Footprint) -> pd.DataFrame:
    """Return who led an STP in 2016, 2017, by later pages and by the workbook of 2019, as far as the sources say.

    Returns
    -------
    DataFrame
        ``When``, ``Lead`` and ``What says so``. A year for which the source
        does not speak is not established, even where the years around it
        are.
    """
    fact = stp.lead.fact
    named = f"{fact.value}, {stp.lead.organisation}"
    coverage = {year: lead_dates.speaks_for(fact.grade, fact.as_of, year) for year in (2016, 2017, 2018)}
    rows = [
        (str(year), *((named, fact.spoken_for) if coverage[year] else (NOT_ESTABLISHED, ""))) for year in (2016, 2017)
    ]
    if fact.grade == "named_on_nhs_england_page":
        rows.append(("undated", named, fact.evidence.label))
    elif coverage[2018] and not coverage[2017]:
        rows.append(("2018", named, fact.spoken_for))
    rows.append(("April 2019", stp.lead.entry_2019 or NOT_ESTABLISHED, "as the NHS Digital workbook prints it"))
    return pd.DataFrame(rows, columns=["When", "Lead", "What says so"])


@kept.once
def ccgs(code: str) -> pd.DataFrame:
    """Return the CCGs of an STP with residents and share of the STP in per cent, largest first."""
    return _residents_by(code, "ccg17", "CCG").drop(columns="Share of the CCG, %")


def _residents_by(code: str, layer: str, head: str) -> pd.DataFrame:
    """Return where the residents of an STP are in another layer, with two-way shares in per cent, largest first."""
    table = fit.parts("stp17", layer, code, "population", 0.0)
    one = blocks.layer(layer).one
    return pd.DataFrame(
        {
            head: table["name"].tolist(),
            "Residents": table["weight"].tolist(),
            "Share of the STP, %": [100 * share for share in table["share_of_a"]],
            f"Share of the {one}, %": [100 * share for share in table["share_of_b"]],
            "Code": table.index.tolist(),
        }
    )


@kept.once
def councils(code: str) -> pd.DataFrame:
    """Return the councils of an STP with two-way shares in per cent and the class of each pair, by code."""
    table = _councils()[code]
    words = {
        "same": "the same area",
        "a_within_b": "wholly inside",
        "b_within_a": "takes in the whole STP",
        "partial": "partly inside",
        "sliver": "small part",
    }
    return pd.DataFrame(
        {
            "Council": table["a_name"].to_numpy(),
            "Residents inside": table["weight"].to_numpy(),
            "Share of the council, %": table["share_of_a"].to_numpy() * 100,
            "Share of the STP, %": table["share_of_b"].to_numpy() * 100,
            "Fit": table["class"].map(words).to_numpy(),
        },
        index=table["a_code"].to_numpy(),
    )


@kept.once
def _councils() -> dict[str, pd.DataFrame]:
    table = fit.pairs("council17", "stp17", "population", 0.0).sort_values("weight", ascending=False, kind="stable")
    return {str(stp): rows for stp, rows in table.groupby("b_code", sort=False, observed=True)}


@kept.once
def partners(code: str) -> pd.DataFrame:
    """Return the partners of an STP in the published list, by kind and name."""
    table = sources.rows_by("stp_partners", "stp17cd")[code].sort_values(["partner_type", "name"])
    kinds = table["partner_type"].map(PARTNER_KINDS)
    return pd.DataFrame({"Kind": kinds, "Partner": table["name"], "ODS code": table["ods_code"]})


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


@kept.once
def trusts(code: str) -> pd.DataFrame:
    """Return the acute trusts of an STP: ``name``, ``lon``, ``lat`` (missing where no point is known)."""
    table = sources.rows_by("acute_trusts", "stp17cd")[code].sort_values("trust_name")
    return table[["trust_name", "lon", "lat"]].rename(columns={"trust_name": "name"}).reset_index(drop=True)


@kept.once
def later(code: str) -> pd.DataFrame:
    """Return the ICBs of 2022 that an STP's residents came to, with shares in per cent, largest first."""
    return _residents_by(code, "icb22", "ICB, July 2022").drop(columns="Code")


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
        values = _values(key)
        own = values.get(code)
        rank = None if own is None else 1 + sum(value > own for value in values.values())
        ranks.append(Standing(measures.MEASURES[key], values, rank, sum(value == own for value in values.values()) - 1))
    return ranks


@kept.once
def _values(key: str) -> Mapping[str, float]:
    """Return a measure of the STPs that have it, by code."""
    return MappingProxyType(catalogue.stp_table()[key].dropna().to_dict())
