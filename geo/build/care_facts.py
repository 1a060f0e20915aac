"""Check what is told of vanguards, pioneers, systems and A&E against one another and against the areas."""

from collections.abc import Callable, Iterator

import pandas as pd

SYSTEMS = 42
"""Areas that were systems in April 2021; together they take in every STP of 2017."""
_COUNTS = ["attendances", "within_four_hours", "type1_attendances", "type1_within_four_hours"]
_ROUNDED = 0.5001e-4


def problems(table: Callable[[str], pd.DataFrame]) -> Iterator[str]:
    """Yield one sentence for each relation that does not hold; `table` returns a fact table by its name."""
    for name in ("vanguards", "pioneers"):
        yield from _members(name, table(name), table("ccg17"), table("stp17"))
    yield from _systems(table("ics_waves"), table("stp17"))
    for name in ("ics_waves", "stp_ae_four_hour", "capital_2017"):
        yield from _names(name, table(name), table("stp17"))
    yield from _emergency(*(table(name) for name in ("trust_ae_four_hour", "stp_ae_four_hour", "acute_trusts")))
    yield from _england(table("trust_ae_four_hour"), table("ae_not_assigned"), table("ae_control"))
    for name in ("stp_ae_four_hour", "trust_ae_four_hour", "ae_not_assigned", "ae_control"):
        yield from _shares(name, table(name))


def _codes(cells: pd.Series) -> pd.Series:
    return cells.fillna("").str.split()


def _members(name: str, chosen: pd.DataFrame, ccg: pd.DataFrame, stp: pd.DataFrame) -> Iterator[str]:
    named, inside = (ccg.set_index("ccg17cd")[column] for column in ("ccg17nm", "stp17cd"))
    lists = zip(_codes(chosen["ccg17cds"]), _codes(chosen["stp17cds"]), chosen["ccg_names"].fillna(""), strict=True)
    for row, (ccgs, stps, names) in enumerate(lists, start=2):
        where = f"{name}.csv, row {row}"
        unknown = [code for code in ccgs if code not in named] + sorted(set(stps) - set(stp["stp17cd"]))
        if unknown:
            yield f"{where}: no table has {', '.join(unknown)}"
            continue
        if " ; ".join(named[code] for code in ccgs) != names:
            yield f"{where}, column ccg_names: the codes are those of {' ; '.join(named[code] for code in ccgs)}"
        if ccgs and {inside[code] for code in ccgs} != set(stps):
            yield f"{where}: its CCGs lie in other STPs than {' '.join(stps)}"


def _systems(waves: pd.DataFrame, stp: pd.DataFrame) -> Iterator[str]:
    whole = waves[waves["covers_whole_stp"]].sort_values("wave", kind="stable").drop_duplicates("stp17cd", keep="last")
    for code in sorted(set(stp["stp17cd"]) - set(whole["stp17cd"])):
        yield f"ics_waves.csv: no step takes in the whole of {code}"
    if (areas := whole["area"].nunique()) != SYSTEMS:
        yield f"ics_waves.csv: the last steps make {areas} systems, England had {SYSTEMS}"
    parts = (waves["extent"] == "part_of_stp") == waves["covers_whole_stp"]
    for row in waves.index[parts]:
        yield f"ics_waves.csv, row {row + 2}: a part cannot take in the whole STP, and nothing else is a part"


def _names(name: str, facts: pd.DataFrame, stp: pd.DataFrame) -> Iterator[str]:
    known = facts["stp17cd"].map(stp.set_index("stp17cd")["stp17nm"])
    for row in facts.index[known != facts["stp17nm"]]:
        yield f"{name}.csv, row {row + 2}: {facts['stp17cd'][row]} is {known[row]}"


def _emergency(trusts: pd.DataFrame, stps: pd.DataFrame, acute: pd.DataFrame) -> Iterator[str]:
    known = trusts["ods_code"].map(acute.set_index("ods_code")["stp17cd"])
    for row in trusts.index[known != trusts["stp17cd"]]:
        yield f"trust_ae_four_hour.csv, row {row + 2}: acute_trusts.csv has {known[row]} for {trusts['ods_code'][row]}"
    grouped = trusts.groupby(["year", "stp17cd"])
    sums = grouped[_COUNTS].sum()
    sums["trusts"] = grouped.size()
    sums["trust_months_missing"] = 12 * grouped.size() - grouped["months_reported"].sum()
    stp_sums = stps.set_index(["year", "stp17cd"]).reindex(sums.index)
    for column in sums:
        for (year, code), total in sums[column][stp_sums[column] != sums[column]].items():
            yield f"stp_ae_four_hour.csv, {code} in {year}, column {column}: the trusts make {total:,}"


def _england(trusts: pd.DataFrame, others: pd.DataFrame, control: pd.DataFrame) -> Iterator[str]:
    counts = [column for column in _COUNTS if column in others]
    for row in control.itertuples():
        assigned, rest = trusts[trusts["year"] == row.year], others[others["year"] == row.year]
        counted = {
            "acute trusts assigned to an STP": assigned[_COUNTS].sum(),
            "not assigned": rest[counts].sum().reindex(_COUNTS, fill_value=0),
        }
        counted["England, all organisations"] = sum(counted.values())
        for column in _COUNTS:
            if getattr(row, column) != (total := counted[row.scope][column]):
                yield f"ae_control.csv, row {row.Index + 2}, column {column}: the tables make {total:,}"


def _shares(name: str, facts: pd.DataFrame) -> Iterator[str]:
    for kind in ("", "type1_"):
        share = f"{kind}share_within_four_hours"
        if share in facts:
            worked_out = facts[f"{kind}within_four_hours"] / facts[f"{kind}attendances"]
            for row in facts.index[(facts[share] - worked_out).abs() > _ROUNDED]:
                yield f"{name}.csv, row {row + 2}, column {share}: the counts make {worked_out[row]:.4f}"
