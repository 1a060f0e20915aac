"""Check the fact tables before anything is built from them.

That each file can be read at all is looked at first, by `geo.source_files`.
Types, required cells, patterns, keys, references between tables, row counts
and row rules stand in ``data/sources/tables.json`` and are checked by
Frictionless; what spans several rows or tables is checked here.
"""

import re
import warnings
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import frictionless
import pandas as pd
from frictionless import checks

from geo import kept, lead_dates, sources
from geo.blocks import LAYERS
from geo.build import care_facts, source_files

MOST_SHOWN = 20


class SourceError(Exception):
    """The fact tables break a rule; the message names file, row and rule for each case."""

    def __init__(self, problems: list[str]):
        self.problems = problems
        lines = problems[:MOST_SHOWN]
        if len(problems) > MOST_SHOWN:
            lines.append(f"... and {len(problems) - MOST_SHOWN} more")
        super().__init__("\n".join(lines))


def check(folder: Path, changed: Collection[str] | None = None) -> None:
    """Check every source table.

    Parameters
    ----------
    folder : Path
        Folder with ``tables.json`` and the tables it describes.
    changed : collection of str, optional
        Names of the tables that changed since all were sound: cells and
        references of these and of those that refer to them are looked at, and
        what spans tables. All by default.

    Raises
    ------
    SourceError
        If a table breaks a rule. All problems of one stage are reported
        together; relations between tables are looked at only when each
        table is sound by itself.
    """
    if problems := list(source_files.problems(folder)):
        raise SourceError(problems)
    description = sources.descriptor(folder)
    with warnings.catch_warnings():
        # Frictionless drops compressed files without closing them.
        warnings.simplefilter("ignore", ResourceWarning)
        problems = list(_table_problems(description, folder, changed))
    if not problems:
        problems = list(_relation_problems(description, folder))
    if problems:
        raise SourceError(problems)


def _table_problems(description: dict, folder: Path, changed: Collection[str] | None) -> Iterator[str]:
    try:
        package = frictionless.Package.from_descriptor(description, basepath=str(folder))
    except frictionless.FrictionlessException as error:
        yield f"{sources.DESCRIPTOR}: {' '.join(str(error).split())}"
        return
    for described, resource in zip(description["resources"], package.resources, strict=True):
        if changed is not None and not {described["name"], *_referred(described)} & set(changed):
            continue
        rules = {rule["formula"]: rule["says"] for rule in described.get("rules", [])}
        checklist = frictionless.Checklist(checks=[checks.row_constraint(formula=formula) for formula in rules])
        for error in resource.validate(checklist).flatten(["rowNumber", "fieldName", "type", "message"]):
            row, field, kind, message = error
            for formula, says in rules.items():
                if kind == "row-constraint" and f'"{formula}"' in message:
                    message = says
            where = described["path"]
            if row:
                where += f", row {row}"
            if field:
                where += f", column {field}"
            yield f"{where}: {' '.join(message.split())}"


def _referred(described: dict) -> Iterator[str]:
    """Yield the names of the tables that a table refers to."""
    for key in described["schema"].get("foreignKeys", []):
        yield key["reference"]["resource"]


def _relation_problems(description: dict, folder: Path) -> Iterator[str]:
    tables: dict[str, pd.DataFrame] = {}

    def table(name: str) -> pd.DataFrame:
        if name not in tables:
            tables[name] = kept.anew(sources.read)(name, folder)
        return tables[name]

    lsoa, ccg, lad, council = table("lsoa"), table("ccg17"), table("lad17"), table("council17")
    for item in description["resources"]:
        yield from _count_problems(item, table)

    yield from _orphans("ccg17.csv", ccg["ccg17cd"], lsoa["ccg17cd"], "no LSOA belongs to CCG")
    yield from _orphans("lad17.csv", lad["lad17cd"], lsoa["lad17cd"], "no LSOA belongs to district")
    yield from _orphans("council17.csv", council["council17cd"], lad["council17cd"], "no district belongs to council")
    yield from _orphans("stp17.csv", table("stp17")["stp17cd"], ccg["stp17cd"], "no CCG belongs to STP")
    for name in ("stp_ratings", "stp_leads", "stp_financial_gaps"):
        yield from _orphans("stp17.csv", table("stp17")["stp17cd"], table(name)["stp17cd"], f"{name}.csv lacks STP")

    leads = table("stp_leads")
    for row, (as_of, evidence) in enumerate(zip(leads["as_of"], leads["evidence"], strict=True), start=2):
        # Spreadsheets turn 2017-06 into Jun-17 unasked.
        if not re.search(r"\b(19|20)\d\d\b|undated", as_of):
            yield f"stp_leads.csv, row {row}, column as_of: {as_of!r} names no year as four digits, as in 2017-06"
        elif says := lead_dates.problem(evidence, as_of):
            yield f"stp_leads.csv, row {row}, column evidence: {evidence} {says}; as_of is {as_of!r}"

    districts = council["council17cd"].map(lad["council17cd"].value_counts())
    for row, (number, counted) in enumerate(zip(council["districts"], districts, strict=True), start=2):
        if number != counted:
            yield f"council17.csv, row {row}, column districts: says {number}, lad17.csv lists {counted}"

    names = table("later_names")
    for layer in LAYERS.values():
        if layer.later is None:
            continue
        known = names[(names["year"] == layer.year) & (names["layer"] == layer.later)]["code"]
        yield from _orphans("lsoa.csv.gz", lsoa[layer.column], known, f"later_names.csv has no {layer.name} code")
        yield from _orphans("later_names.csv", known, lsoa[layer.column], f"no LSOA belongs to {layer.name} code")

    yield from _today_problems(lsoa, table("lsoa_today"), table("today_names"), table("council_successions"))

    partners = table("stp_partners")
    councils = partners[partners["partner_type"] == "council"]["ons_code"]
    known = pd.concat([lad["lad17cd"], council["council17cd"]])
    yield from _orphans("stp_partners.csv", councils, known, "neither lad17.csv nor council17.csv has")

    yield from _other_problems(table("other_areas"), lsoa)
    known = pd.concat([lad["lad17cd"], council["council17cd"], table("other_areas")["code"]])
    register = table("council_register")["ons_code"]
    yield from _orphans("council_register.csv", register, known, "no table of councils has")

    yield from _acs_problems(table("acs_areas"), ccg)
    yield from care_facts.problems(table)


def _count_problems(item: dict, table: Callable[[str], pd.DataFrame]) -> Iterator[str]:
    for column, expected in item.get("totals", {}).items():
        total = table(item["name"])[column].sum()
        if total != expected:
            yield f"{item['path']}, column {column}: the sum is {total:,}, England has {expected:,}"
    for column, counts in item.get("counts", {}).items():
        tally = table(item["name"])[column].astype("str").value_counts()
        for value, expected in counts.items():
            if (count := tally.get(value, 0)) != expected:
                yield f"{item['path']}, column {column}: {count} rows are {value}, published were {expected}"


def _today_problems(
    lsoa: pd.DataFrame, today: pd.DataFrame, names: pd.DataFrame, successions: pd.DataFrame
) -> Iterator[str]:
    yield from _orphans("lsoa_today.csv.gz", today["lsoa11cd"], lsoa["lsoa11cd"], "lsoa.csv.gz has no")
    before = lsoa.set_index("lsoa11cd").reindex(today["lsoa11cd"])
    for code in today["lsoa11cd"][today["icb22cd"].to_numpy() != before["icb22cd"].to_numpy()]:
        yield f"lsoa_today.csv.gz: {code} has another ICB of 2022 than in lsoa.csv.gz"
    for layer, rows in names.groupby("layer"):
        members = today[f"{layer}cd"].dropna()
        yield from _orphans("lsoa_today.csv.gz", members, rows["code"], f"today_names.csv has no {layer} code")
        yield from _orphans("today_names.csv", rows["code"], members, f"no LSOA belongs to {layer} code")
    later = today["lad24cd"].groupby(before["lad17cd"].to_numpy()).unique()
    became = successions.set_index("lad17cd")["lad24cd"]
    for code, codes in later.items():
        if list(codes) != [became.get(code)]:
            districts = ", ".join(codes)
            yield f"council_successions.csv: {code} is said to be {became.get(code)}, its LSOAs are in {districts}"


def _other_problems(others: pd.DataFrame, lsoa: pd.DataFrame) -> Iterator[str]:
    for row, area in enumerate(others.itertuples(), start=2):
        for member in area.members.split() if isinstance(area.members, str) else []:
            code, _, district = member.partition("-")
            inside = lsoa[f"{area.members_in}cd"] == code
            if not (inside & (lsoa["lad17cd"] == district) if district else inside).any():
                yield f"other_areas.csv, row {row}: no LSOA belongs to {area.members_in} {member}"


def _acs_problems(areas: pd.DataFrame, ccg: pd.DataFrame) -> Iterator[str]:
    for area in areas.itertuples():
        where = f"acs_areas.json, area {area.id}"
        members = ccg[ccg["ccg17cd"].isin(area.ccg17cds)]
        for code in sorted(set(area.ccg17cds) - set(members["ccg17cd"])):
            yield f"{where}: ccg17.csv has no {code}"
        for code in sorted(set(area.early_focus_ccg17cds) - set(area.ccg17cds)):
            yield f"{where}: the early focus names {code}, which is not a member"
        for code in members[members["stp17cd"] != area.stp17cd]["ccg17cd"]:
            yield f"{where}: {code} does not belong to {area.stp17cd}"
        whole = set(ccg[ccg["stp17cd"] == area.stp17cd]["ccg17cd"]) == set(area.ccg17cds)
        if whole != area.whole_stp:
            yield f"{where}: whole_stp is {area.whole_stp}, but its CCGs say {whole}"


def _orphans(file: str, codes: pd.Series, known: pd.Series, says: str) -> Iterator[str]:
    first = codes.drop_duplicates()
    unknown = first[~first.isin(known.unique())]
    for index, code in unknown.items():
        yield f"{file}, row {index + 2}: {says} {code}"
