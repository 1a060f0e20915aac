"""Where the tables come from, how sure their facts are, what is missing or in conflict, and how the areas changed."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd
import pyarrow.parquet as pq

from geo import blocks, boundaries, kept, manifest, paths, sources
from lib import catalogue, councils
from lib.catalogue import LEAD_TYPES, PUBLISHED_LEADS, PUBLISHED_RATINGS, RATINGS
from lib.evidence import GRADES
from lib.text import counted, listed, slug

MADE = ("blocks", "areas", "adjacency", "shapes")
"""Tables that the pipeline writes, besides outlines and postcodes."""
_NO_ROWS = "tables"
_GRADED = {
    "stp_ratings": ("Rating, July 2017", "evidence"),
    "stp_leads": ("Lead", "evidence"),
    "stp_financial_gaps": ("Financial gap", "confidence"),
}
_YEARS = {2017: ("stp17", "ccg17"), 2018: ("stp18", "ccg18"), 2019: ("stp19", "ccg19")} | {
    2020: ("stp20", "ccg20"),
    2021: ("stp21", "ccg21"),
    2022: ("icb22", None),
}
# How notes on gaps say that another figure was printed.
_ANOTHER = r"CONFLICT|another \w+ prints"


@dataclass(frozen=True)
class Caveat:
    """A known conflict or gap: what it is about, what the tables say, and the table it stands in."""

    about: str
    says: str
    table: str


def tables() -> dict[str, dict]:
    """Return what the manifest says of each table, by name."""
    return {item["name"]: item for item in manifest.read()["resources"]}


def facts() -> list[str]:
    """Return the names of the tables that people edit."""
    return [name for name, item in tables().items() if item["path"].startswith("sources/") and name != _NO_ROWS]


def by_lsoa() -> list[str]:
    """Return the names of those of them that have a row for each LSOA, too long to be read as a whole."""
    return [name for name in facts() if tables()[name]["path"].endswith(".gz")]


def readable() -> list[str]:
    """Return the names of the tables whose rows can be read as text and numbers."""
    return [*facts(), *MADE]


def resolve(query: str) -> str | None:
    """Return the name of the table that someone names, by its name or file name; None if there is none."""
    known = {slug(name): name for name in tables()}
    known |= {slug(item["path"].rpartition("/")[2]): name for name, item in tables().items()}
    return known.get(slug(query))


@kept.within(1)
def rows(name: str) -> pd.DataFrame:
    """Return the rows of a table, one of `readable`; lists as text with `` ; `` between."""
    if name not in MADE:
        # Those of all LSOAs take 30 MB each, and few ask for them.
        table = kept.anew(sources.read)(name)
        arrays = [field["name"] for field in tables()[name]["schema"]["fields"] if field["type"] == "array"]
        return table.assign(**{column: table[column].map(" ; ".join) for column in arrays})
    path = paths.DATA / tables()[name]["path"]
    return pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path)


def count(name: str) -> int | None:
    """Return the number of rows of a table; None for what is no table."""
    if name == _NO_ROWS:
        return None
    # What people edit says how many there are, and a build holds it to that.
    if "rows" in tables()[name]:
        return tables()[name]["rows"]
    path = paths.DATA / tables()[name]["path"]
    return pq.read_metadata(path).num_rows if path.suffix == ".parquet" else len(rows(name))


def licences(item: dict) -> str:
    """Return the licences of a table in words."""
    return "; ".join(licence["title"] for licence in item.get("licenses", manifest.read()["licenses"]))


def origins(item: dict) -> str:
    """Return the sources of a table in words."""
    return "; ".join(source["title"] for source in item.get("sources", [])) or "this project"


@kept.once
def overview() -> pd.DataFrame:
    """Return all tables for reading, indexed by name."""
    kinds = [
        {
            "Table": item["title"],
            "Speaks for": item.get("vintage"),
            "Rows": count(name),
            "Licence": licences(item),
            "Source": origins(item),
            "File": f"data/{item['path']}",
        }
        for name, item in tables().items()
    ]
    return pd.DataFrame(kinds, index=pd.Index(list(tables()), name="name")).astype({"Rows": "Int64"})


@kept.once
def columns(name: str) -> pd.DataFrame:
    """Return the columns of a table: meaning, unit, source, date and how many rows have a value.

    A column without a source of its own has those of its table.
    """
    item = tables()[name]
    held = rows(name).notna() & (rows(name) != "") if name in readable() else None
    return pd.DataFrame(
        [
            {
                "Column": field["name"],
                "Meaning": ": ".join(part for part in (field["title"], field.get("description")) if part),
                "Type": field["type"],
                "Unit": field.get("unit", ""),
                "Source": field.get("source") or origins(item),
                "Speaks for": field.get("vintage") or item.get("vintage", ""),
                "Rows with a value": f"{held[field['name']].sum():,} of {len(held):,}" if held is not None else "all",
            }
            for field in item.get("schema", {}).get("fields", [])
        ],
        columns=["Column", "Meaning", "Type", "Unit", "Source", "Speaks for", "Rows with a value"],
    )


def dictionary() -> pd.DataFrame:
    """Return the columns of all tables in one table."""
    parts = [columns(name).assign(Table=name, Licence=licences(item)) for name, item in tables().items()]
    table = pd.concat(parts, ignore_index=True)
    return table[["Table", *table.columns.drop("Table")]]


@kept.once
def evidence() -> pd.DataFrame:
    """Return how many areas have a fact of which class of evidence, classes in the order of `GRADES`."""
    counts = []
    for name, (what, column) in _GRADED.items():
        sizes = sources.read(name)[column].value_counts()
        if name == "stp_leads":
            sizes = Counter(stp.lead.fact.grade for stp in catalogue.footprints().values())
        counts += [
            (name, what, grade.label, int(sizes[key]), grade.meaning) for key, grade in GRADES.items() if key in sizes
        ]
    return pd.DataFrame(counts, columns=["name", "Fact", "Evidence", "Areas", "What it means"]).set_index("name")


@kept.once
def totals() -> pd.DataFrame:
    """Return our counts of ratings and lead types beside those that were published."""
    ours = sources.read("stp_ratings")["rating"].value_counts(), sources.read("stp_leads")["lead_type"].value_counts()
    counts = [("Rating", RATINGS[key], int(ours[0].get(key, 0)), total) for key, total in PUBLISHED_RATINGS.items()]
    counts.append(("Rating", catalogue.UNKNOWN_RATING, int(sources.read("stp_ratings")["rating"].isna().sum()), 0))
    counts += [
        ("Lead type", LEAD_TYPES[key], int(ours[1].get(key, 0)), total) for key, total in PUBLISHED_LEADS.items()
    ]
    return pd.DataFrame(counts, columns=["Fact", "Class", "In these tables", "Published"])


@kept.once
def conflicts() -> pd.DataFrame:
    """Return the financial gaps for which another figure was found, with what the note says."""
    table = sources.read("stp_financial_gaps")
    table = table[table["note"].str.contains(_ANOTHER)]
    names = blocks.names("stp17")
    return pd.DataFrame(
        {
            "STP": names.loc[table["stp17cd"]].to_numpy(),
            "Gap shown, GBP million": table["financial_gap_2020_21_gbp_m"].to_numpy(),
            "Note": table["note"].to_numpy(),
        }
    )


@kept.once
def caveats() -> tuple[Caveat, ...]:
    """Return the known conflicts and gaps, counted in the tables."""
    ratings, leads, gaps = (sources.read(name) for name in _GRADED)
    named, stps = sources.read("stp17"), catalogue.footprints().values()
    grades = Counter(stp.lead.fact.grade for stp in stps)
    trusts, partners, differ = sources.read("acute_trusts"), sources.read("stp_partners"), councils.differences()
    reused = set(blocks.names("stp17").index) & set(blocks.names("icb22").index)
    pairs = zip(leads["lead_name"], leads["ods_2019_entry"], strict=True)
    others = sum(name.split()[-1] not in entry for name, entry in pairs)
    return (
        Caveat(
            "Ratings",
            f"{ratings['rating'].isna().sum()} of 44 are not established. {catalogue.other_totals()} where Public "
            f"Finance, LGC and NHS Providers print {listed([str(total) for total in PUBLISHED_RATINGS.values()])}; we "
            "hold ours against the latter and show both.",
            "stp_ratings",
        ),
        Caveat(
            "Leads",
            f"Carried forward from earlier sources and not confirmed in 2017: {grades['carried_forward_from_2016']}; "
            f"named by later pages only: {grades['named_after_2017']}; known from the workbook of April 2019 alone: "
            f"{grades['ods_partner_mapping']}. The workbook names somebody else for {others}.",
            "stp_leads",
        ),
        Caveat(
            "Lead types",
            "The page that NHS Providers counted in December 2017 is not available, so the difference to our count "
            "cannot be traced to areas.",
            "stp_leads",
        ),
        Caveat(
            "Financial gaps",
            f"{(~gaps['comparable']).sum()} of 44 are not of the same kind as the others and are left out of "
            f"comparisons; for {len(conflicts())} another figure was printed.",
            "stp_financial_gaps",
        ),
        Caveat(
            "Partner list",
            f"Of {councils.pairs_listed()} pairs of council and STP, list and geography disagree on {len(differ)}. "
            f"{_without_code(partners['ods_code'])}",
            "stp_partners",
        ),
        Caveat(
            "Names",
            f"For {(named['stp17nm'] != named['nhs_name']).sum()} of 44 STPs the ONS name is not the one that NHS "
            "England used. Pages show the ONS name; both are understood.",
            "stp17",
        ),
        Caveat(
            "Codes",
            f"{len(reused)} codes of 2017 STPs were used again for ICBs in 2022: a code needs its year.",
            "later_names",
        ),
        Caveat(
            "Trusts",
            f"{trusts['lon'].isna().sum()} of {len(trusts)} acute trusts have no point on the map.",
            "acute_trusts",
        ),
        Caveat(
            "Outlines",
            "Super-generalised outlines of LSOAs: for maps, not for measuring. Shares are sums over LSOAs.",
            "pieces-detail",
        ),
    )


def _without_code(codes: pd.Series) -> str:
    """Return in a sentence how many partners have no ODS code, and what stands in place of one."""
    empty, unsure, dashes = int(codes.isna().sum()), int((codes == "?").sum()), int((codes == "-").sum())
    return (
        f"{counted(empty + unsure, 'partner has', 'partners have')} no ODS code ({unsure} of them a question mark in "
        f"its place); for {dashes} more the list prints a dash."
    )


@kept.once
def changes() -> pd.DataFrame:
    """Return how many areas there were in each year, and which CCGs ended.

    Returns
    -------
    DataFrame
        A row a year: ``STPs or ICBs`` and ``CCGs`` of April (ICBs of July),
        ``CCGs that ended`` and ``CCGs that replaced them`` on 1 April, and
        ``Residents whose STP has a new code`` against the year before.
    """
    ended = sources.read("ccg_successions")
    ended = ended.groupby(ended["effective_date"].str[:4].astype(int)).nunique()
    units, before, log = blocks.load(), None, []
    for year, (stps, ccgs) in _YEARS.items():
        moved = None
        if before:
            now, then = (units[layer].astype("str") for layer in (stps, before))
            moved = int(units["population"][now != then].sum())
        log.append(
            {
                "Year": str(year),
                "STPs or ICBs": len(blocks.names(stps)),
                "CCGs": len(blocks.names(ccgs)) if ccgs else None,
                "CCGs that ended": int(ended["ccg_ods_code"].get(year, 0)) if ccgs else None,
                "CCGs that replaced them": int(ended["successor_ods_code"].get(year, 0)) if ccgs else None,
                "Residents whose STP has a new code": moved,
            }
        )
        before = stps
    return pd.DataFrame(log).astype({name: "Int64" for name in log[0] if name != "Year"})


def outlines() -> dict[str, str]:
    """Return the details in which outlines exist, in words."""
    words = {"overview": "Overview: light, for national maps", "detail": "Detail: for one area and its neighbours"}
    return {detail: words[detail] for detail in boundaries.DETAILS}
