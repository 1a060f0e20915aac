"""A&E within four hours in 2016/17 and 2017/18: sums over acute trusts, for STPs and for England."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo import kept, sources
from lib.evidence import text

YEARS = ("2016/17", "2017/18")
MAJOR, ALL = "type1_", ""
"""Prefixes of columns: major departments (type 1), all types of department."""
KINDS = {MAJOR: "Major departments", ALL: "All types of department"}
CAVEAT = (
    "A sum over the area's acute trusts, not the dashboard's figure; a trust treats people from other areas too. "
    "Major departments are complete for England and the fair comparison; all types leave out most walk-in centres."
)

COUNTED_ANEW = (
    "Between the years the share of major departments in the attendances of a trust changed by a tenth or more, as it "
    "does when a department is taken over or counted as another type: compare the two years with care."
)
_SHIFT = 0.1


@dataclass(frozen=True)
class Year:
    """A&E of an STP in a financial year: numbers by prefix of `KINDS`."""

    year: str
    attendances: dict[str, int]
    within: dict[str, int]
    england: dict[str, float]
    trusts: int
    months_missing: int
    note: str
    source: str

    def share(self, kind: str) -> float:
        """Return the share within four hours, 0 to 1."""
        return self.within[kind] / self.attendances[kind]


def of_stp(code: str) -> tuple[Year, ...]:
    """Return both years of an STP."""
    return _years().get(code, ())


@kept.once
def _years() -> dict[str, tuple[Year, ...]]:
    control = sources.read("ae_control").query("scope == 'England, all organisations'").set_index("year")
    england = {
        year: {kind: float(row[f"{kind}within_four_hours"] / row[f"{kind}attendances"]) for kind in KINDS}
        for year, row in control.iterrows()
    }
    by_code: dict[str, tuple[Year, ...]] = {}
    for row in sources.read("stp_ae_four_hour").sort_values("year").to_dict("records"):
        year = Year(
            row["year"],
            {kind: int(row[f"{kind}attendances"]) for kind in KINDS},
            {kind: int(row[f"{kind}within_four_hours"]) for kind in KINDS},
            england[row["year"]],
            int(row["trusts"]),
            int(row["trust_months_missing"]),
            text(row["note"]),
            row["source"],
        )
        by_code[row["stp17cd"]] = (*by_code.get(row["stp17cd"], ()), year)
    return by_code


@kept.once
def coverage() -> dict[str, float]:
    """Return the share of England's attendances of all types at the acute trusts, by year."""
    table = sources.read("ae_control").query("scope == 'acute trusts assigned to an STP'")
    return dict(zip(table["year"], table["share_of_england_attendances"], strict=True))


@kept.once
def shares() -> pd.DataFrame:
    """Return the shares within four hours at major departments by STP, a column a year."""
    table = sources.read("stp_ae_four_hour")
    table = table.assign(share=table["type1_within_four_hours"] / table["type1_attendances"])
    return table.pivot_table(index="stp17cd", columns="year", values="share")


def counted_anew(code: str) -> bool:
    """Return whether the share of major departments in a trust's attendances changed by a tenth or more."""
    return code in _counted_anew()


@kept.once
def _counted_anew() -> frozenset[str]:
    table = sources.read("trust_ae_four_hour")
    table = table.assign(part=table["type1_attendances"] / table["attendances"])
    by_year = table.pivot_table(index=["stp17cd", "ods_code"], columns="year", values="part")
    shifted = (by_year[YEARS[1]] - by_year[YEARS[0]]).abs() >= _SHIFT
    return frozenset(shifted.index[shifted].get_level_values("stp17cd"))


def trusts(code: str) -> tuple[Any, ...]:
    """Return the acute trusts of an STP by name and year: rows of the table, each with an attribute a column."""
    return _trusts().get(code, ())


@kept.once
def _trusts() -> dict[str, tuple[Any, ...]]:
    table = sources.read("trust_ae_four_hour").sort_values(["trust_name", "year"])
    return {code: tuple(rows.itertuples(index=False)) for code, rows in table.groupby("stp17cd")}
