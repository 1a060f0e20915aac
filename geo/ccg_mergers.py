"""Mergers of CCGs: what the list of mergers says, held against the LSOAs."""

from dataclasses import dataclass

import pandas as pd

from geo import blocks, kept, sources, vintages


@dataclass(frozen=True)
class Merger:
    """CCGs that became one.

    Attributes
    ----------
    ods_code : str
        Of the new CCG, from the list of mergers; empty where the list has no such merger.
    date : str
        When it took effect; the year alone where the list has no such merger.
    code, name : str
        Of the new CCG; empty where it cannot be told from LSOAs.
    residents : int
        Of the new CCG.
    members : dict
        Names of the CCGs that the LSOAs show to have merged, by code.
    listed : frozenset of str
        Codes, or ODS codes where no code is known, that the list names.
    """

    ods_code: str
    date: str
    code: str
    name: str
    residents: int
    members: dict[str, str]
    listed: frozenset[str]

    @property
    def agrees(self) -> bool:
        """Whether list and LSOAs name the same CCGs."""
        return bool(self.code) and frozenset(self.members) == self.listed


@kept.once
def mergers() -> tuple[Merger, ...]:
    """Return the mergers of CCGs by list and by LSOAs, in the order of time.

    What only the list or only the LSOAs know is among them.
    """
    table = sources.read("ccg_successions")
    ccgs = sources.read("ccg17")
    ons = dict(zip(ccgs["ccg17cdh"], ccgs["ccg17cd"], strict=True))
    found = []
    for year in sorted({int(date[:4]) for date in table["effective_date"]}):
        rows = table[table["effective_date"].str.startswith(str(year))]
        main = _main_parts(year)
        seen = set()
        for successor, part in rows.groupby("successor_ods_code"):
            listed = frozenset(ons.get(code, code) for code in part["ccg_ods_code"])
            codes = {main["b_code"].get(code) for code in listed}
            code = codes.pop() if len(codes) == 1 else None
            if code:
                ons[successor] = code
                seen.add(code)
            found.append(_merger(successor, part["effective_date"].iloc[0], code, main, listed))
        others = main["b_code"].value_counts().loc[lambda count: count > 1].index.difference(list(seen))
        found += [_merger("", str(year), code, main, frozenset()) for code in others]
    return tuple(sorted(found, key=lambda merger: (merger.date, merger.name)))


def _main_parts(year: int) -> pd.DataFrame:
    """Return where the main part of each CCG of the year before came to, by its code; nothing before the first."""
    years = [blocks.layer(layer).year for layer in vintages.CCGS]
    if year - 1 not in years:
        return pd.DataFrame({"a_name": [], "b_code": [], "b_name": []})
    table = vintages.flows(vintages.layer_of("ccg", year - 1), vintages.layer_of("ccg", year))
    return table[table["kind"] != "moved"].set_index("a_code")[["a_name", "b_code", "b_name"]]


def _merger(ods_code: str, date: str, code: str | None, main: pd.DataFrame, listed: frozenset[str]) -> Merger:
    if not code:
        return Merger(ods_code, date, "", "", 0, {}, listed)
    members = main["a_name"][main["b_code"] == code].to_dict()
    row = vintages.totals(vintages.layer_of("ccg", int(date[:4]))).loc[code]
    return Merger(ods_code, date, code, row["name"], int(row["residents"]), members, listed)
