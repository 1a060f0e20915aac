"""A what-if in tables, for pages and files."""

from functools import lru_cache

import pandas as pd

from geo import blocks, regroup
from lib import fit
from lib.what_if import moves
from lib.what_if.what_if import consequences, home, residents


def move_table(text: str | None) -> pd.DataFrame:
    """Return the moves by unit: what, from where to where, and how many residents."""
    made = moves.parsed(text)
    return pd.DataFrame(
        {
            "CCG or part of it": [regroup.unit_name(unit) for unit in made],
            "From": [regroup.stp_name(home(unit)) for unit in made],
            "To": [regroup.stp_name(stp) for stp in made.values()],
            "Residents": [residents(unit) for unit in made],
        },
        index=pd.Index(list(made), name="unit"),
    )


def score_table(text: str | None) -> pd.DataFrame:
    """Return the scores of the whole map before and after, in words."""
    found = consequences(text)
    then, now = found.before, found.after
    england = int(regroup.parts()["population"].sum())

    def rows(score: regroup.Score) -> list[str]:
        return [
            f"{score.stps}",
            f"{score.split_councils} of {len(found.councils)}",
            f"{score.residents_in_split:,}",
            f"{score.residents_in_split / england:.2%}",
            f"{score.v_measure:.4f}",
        ]

    changes = [
        signed(now.stps, then.stps),
        signed(now.split_councils, then.split_councils),
        signed(now.residents_in_split, then.residents_in_split),
        signed(*(score.residents_in_split / england * 100 for score in (now, then)), decimals=2, unit=" points"),
        signed(now.v_measure, then.v_measure, 4),
    ]
    labels = [
        "STPs",
        "Councils split between STPs",
        "Residents of split councils",
        "Share of England's residents",
        "V-measure of councils and STPs",
    ]
    return pd.DataFrame({"Whole map": labels, "April 2017": rows(then), "What if": rows(now), "Change": changes})


def signed(now: float, then: float, decimals: int = 0, unit: str = "") -> str:
    """Return the difference of two numbers as they are printed, with its sign; what is nothing has none.

    Both are rounded first: a reader who subtracts what stands there gets the same.
    """
    said = f"{round(now, decimals) - round(then, decimals):+,.{decimals}f}".replace("-", "−")
    return f"{said}{unit}" if any(digit in said for digit in "123456789") else "no change"


def class_words(name: str, layer: str = "council17") -> str:
    """Return a fit class in words, or a dash for an area that does not exist."""
    return fit.class_label(name, layer) if name else "–"


def stp_table(text: str | None, touched: bool = True) -> pd.DataFrame:
    """Return STPs before and after, by code; only those whose members change if `touched`."""
    table = consequences(text).stps
    table = table[table["touched"]] if touched else table
    shown = pd.DataFrame(index=table.index)
    shown["STP"] = table["name"]
    for column, label in (("population", "Residents"), ("ccgs", "CCGs"), ("councils", "Councils")):
        shown[f"{label} 2017"], shown[f"{label}, what if"] = table[f"{column}_before"], table[f"{column}_after"]
    shown["Fit with councils 2017"] = [class_words(name) for name in table["class_before"]]
    shown["Fit with councils, what if"] = [class_words(name) for name in table["class_after"]]
    shown["In pieces, what if"] = table["pieces_after"]
    shown["ONS code"] = [code if code.startswith("E") else "none" for code in table.index]
    return shown


def council_table(text: str | None, touched: bool = True) -> pd.DataFrame:
    """Return councils before and after, by code; only those for which something changes if `touched`."""
    table = consequences(text).councils
    table = table[table["touched"]].sort_values("population", ascending=False) if touched else table
    shown = pd.DataFrame(index=table.index)
    shown["Council"], shown["Residents"] = table["name"], table["population"]
    shown["Moved residents"] = table["moved"]
    for when, label in (("before", "2017"), ("after", "what if")):
        shown[f"STPs, {label}"] = [stp_names(codes) for codes in table[f"partners_{when}"]]
    for when, label in (("before", "2017"), ("after", "what if")):
        shown[f"Fit, {label}"] = [class_words(name, "stp17") for name in table[f"class_{when}"]]
    return shown


@lru_cache(maxsize=32)
def assignment_table(text: str | None) -> pd.DataFrame:
    """Return every CCG with its STP of 2017 and in the what-if, by unit.

    A CCG that the what-if divides has a row for each of its parts. Shared:
    do not change it.
    """
    made = moves.parsed(text)
    divided = {unit.partition("-")[0] for unit in made if "-" in unit}
    assigned, home = regroup.assignment(made).to_dict(), regroup.parts()["stp17"].to_dict()
    units = [unit for unit in regroup.units() if (unit.partition("-")[0] in divided) == ("-" in unit)]
    units.sort()
    first = [regroup.units()[unit][0] for unit in units]
    return pd.DataFrame(
        {
            "CCG": [blocks.names("ccg17")[unit.partition("-")[0]] for unit in units],
            "Part in district": [blocks.names("lad17").get(unit.partition("-")[2], "") for unit in units],
            "Residents": [residents(unit) for unit in units],
            "STP 2017": [regroup.stp_name(home[part]) for part in first],
            "STP, what if": [regroup.stp_name(assigned[part]) for part in first],
            "Moved": ["yes" if home[part] != assigned[part] else "no" for part in first],
            "CCG code": [unit.partition("-")[0] for unit in units],
            "District code": [unit.partition("-")[2] for unit in units],
            "STP code 2017": [home[part] for part in first],
            "STP code, what if": [assigned[part] for part in first],
        },
        index=pd.Index(units, name="unit"),
    )


def stp_names(codes: tuple[str, ...]) -> str:
    """Return the names of some STPs in a cell."""
    return "; ".join(regroup.stp_name(code) for code in codes)
