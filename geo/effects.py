"""What a regrouping changes: of each STP, of each council, and of how well the map fits."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from geo import contiguity, kept, overlap, regroup
from geo.classes import area_classes
from geo.vmeasure import contingency, v_measure


@dataclass(frozen=True)
class Score:
    """How a map of STPs fits the councils, or the areas of another layer of `geo.regroup.AGAINST`, without tolerance.

    Attributes
    ----------
    stps : int
        STPs that have a resident.
    split_councils : int
        Councils with residents in more than one STP.
    residents_in_split : int
        Residents of those councils.
    v_measure : float
        Of councils and STPs, see `geo.vmeasure.v_measure`.
    """

    stps: int
    split_councils: int
    residents_in_split: int
    v_measure: float


@dataclass(frozen=True)
class Consequences:
    """What a regrouping changes. Councils stand for the areas of the layer by which its fit is judged.

    Attributes
    ----------
    moves : dict of str to str
        New STP by unit, see `geo.regroup.moves_of`.
    moved : tuple of str
        Parts that change their STP.
    before, after : Score
        The map of 2017, and the regrouped one.
    stps : DataFrame
        By code, the STPs of 2017 and then new ones: ``name``, and each with
        ``_before`` and ``_after``: ``population``, ``ccgs`` and ``councils``
        (number with residents inside), ``class`` (fit with councils, of
        `geo.classes.AREA_CLASSES`; empty for an STP that does not exist) and
        ``pieces`` (of `geo.contiguity.pieces_of`; 0 for one that does not
        exist). ``touched``: whether its members change.
    councils : DataFrame
        By code: ``name``, ``population``, ``moved`` (residents that change
        their STP), ``stps_before``, ``stps_after`` (number), ``class_before``,
        ``class_after``, ``partners_before``, ``partners_after`` (tuples of
        STP codes, most residents first) and ``touched``: whether any of that
        changes.
    """

    moves: dict[str, str]
    moved: tuple[str, ...]
    before: Score
    after: Score
    stps: pd.DataFrame
    councils: pd.DataFrame

    @property
    def emptied(self) -> tuple[str, ...]:
        """STPs of 2017 that have no member left."""
        gone = (self.stps["population_before"] > 0) & (self.stps["population_after"] == 0)
        return tuple(self.stps.index[gone])

    @property
    def scattered(self) -> tuple[str, ...]:
        """STPs that hang together less than before: pieces without a common border that are no islands of old."""
        return tuple(self.stps.index[self.stps["touched"] & (self.stps["pieces_after"] > 1)])


def score(assigned: pd.Series) -> Score:
    """Return how an assignment fits the councils."""
    table = regroup.councils_by_stp(assigned)
    return _score(table, _whole(table), _stps_of(assigned))


def consequences(assigned: pd.Series, against: str = regroup.COUNCILS) -> Consequences:
    """Return what an assignment changes against the map of 2017, counted in residents.

    Parameters
    ----------
    assigned : Series
        STP by part, see `geo.regroup.assignment`.
    against : str
        Layer by which the fit is judged, one of `geo.regroup.AGAINST`.

    Raises
    ------
    UnknownNameError
        If `against` is none of them.
    """
    home = regroup.parts()["stp17"]
    moved = home.index[home != assigned]
    then, now = _state_of_2017(against), _State.of(assigned, against)
    touched = set(home[moved]) | set(assigned[moved])
    return Consequences(
        regroup.moves_of(assigned),
        tuple(moved),
        then.score,
        now.score,
        _stps(then, now, touched),
        _councils(then, now, regroup.parts().loc[moved].groupby(against)["population"].sum()),
    )


@dataclass(frozen=True)
class _State:
    """An assignment counted."""

    score: Score
    stps: pd.DataFrame
    councils: pd.DataFrame

    @classmethod
    def of(cls, assigned: pd.Series, against: str) -> "_State":
        table = regroup.councils_by_stp(assigned, against=against)
        other = _turned(table)
        council, stp = _whole(table), _stps_of(assigned)
        councils = area_classes(table, council, 0.0).set_index("code")
        councils["stps"] = pd.Series(_partners(table))
        stps = area_classes(other, stp, 0.0).set_index("code")
        ccgs = Counter(stp for stp, _ in set(zip(assigned, regroup.parts()["ccg17"], strict=True)))
        stps["ccgs"] = pd.Series(ccgs)
        stps["pieces"] = pd.Series(contiguity.pieces_of(regroup.parts()["stp17"], assigned, _islands()))
        return cls(_score(table, council, stp), stps, councils)


@kept.once
def _islands() -> dict[str, frozenset[str]]:
    return contiguity.islands_of(regroup.parts()["stp17"], regroup.parts()["population"])


@kept.once
def _state_of_2017(against: str) -> _State:
    return _State.of(regroup.parts()["stp17"], against)


def _partners(table: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the STPs of each council, most residents first and then by code."""
    partners: dict[str, list[tuple[int, str]]] = {}
    for council, stp, people in zip(table["a_code"], table["b_code"], table["weight"].tolist(), strict=True):
        partners.setdefault(council, []).append((-people, stp))
    return {council: tuple(stp for _, stp in sorted(stps)) for council, stps in partners.items()}


def _turned(table: pd.DataFrame) -> pd.DataFrame:
    """Return an overlap table with its sides exchanged."""
    other = {"a": "b", "b": "a"}
    names = {f"{side}_{part}": f"{other[side]}_{part}" for side in other for part in ("code", "name")}
    names |= {f"share_of_{side}": f"share_of_{other[side]}" for side in other}
    return table.rename(columns=names)[overlap.COLUMNS].sort_values(["a_code", "b_code"], ignore_index=True)


def _whole(table: pd.DataFrame) -> pd.DataFrame:
    """Return name and weight of every area of the first side of an overlap table, by code."""
    by_code = table.groupby("a_code")
    whole = pd.DataFrame({"name": by_code["a_name"].first(), "weight": by_code["weight"].sum()})
    return whole.rename_axis("code")


def _stps_of(assigned: pd.Series) -> pd.DataFrame:
    """Return name and residents of every STP, by code, also of those outside the layer that it is judged by."""
    people = regroup.parts()["population"].groupby(assigned).sum().rename_axis("code")
    people.index = people.index.astype("str")
    return pd.DataFrame({"name": [regroup.stp_name(code) for code in people.index], "weight": people})


def _score(table: pd.DataFrame, council: pd.DataFrame, stp: pd.DataFrame) -> Score:
    split = table.groupby("a_code").size() > 1
    matrix = contingency(table, council["weight"], stp["weight"], stp["weight"].sum())
    return Score(len(stp), int(split.sum()), int(council["weight"][split].sum()), v_measure(matrix)[2])


def _stps(then: _State, now: _State, touched: set[str]) -> pd.DataFrame:
    codes = [*then.stps.index, *sorted(set(now.stps.index) - set(then.stps.index), key=lambda c: (len(c), c))]
    table = pd.DataFrame({"name": [regroup.stp_name(code) for code in codes]}, index=pd.Index(codes, name="code"))
    for when, state in (("before", then), ("after", now)):
        rows = state.stps.reindex(codes)
        for name, column in (("population", "weight"), ("ccgs", "ccgs"), ("councils", "partners")):
            table[f"{name}_{when}"] = rows[column].fillna(0).astype(int)
        table[f"class_{when}"] = rows["class"].fillna("")
        table[f"pieces_{when}"] = rows["pieces"].fillna(0).astype(int)
    return table.assign(touched=table.index.isin(touched))


def _councils(then: _State, now: _State, moved: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame({"name": then.councils["name"], "population": then.councils["weight"]})
    table["moved"] = moved.reindex(table.index, fill_value=0)
    for when, state in (("before", then), ("after", now)):
        rows = state.councils.reindex(table.index)
        table[f"stps_{when}"], table[f"class_{when}"] = rows["partners"], rows["class"]
        table[f"partners_{when}"] = rows["stps"]
    same = (table["class_before"] == table["class_after"]) & (table["partners_before"] == table["partners_after"])
    return table.assign(touched=~same | (table["moved"] > 0))
