"""What-if footprints: the same building blocks with some CCGs in other STPs.

What can be moved is a CCG, or the part of a CCG inside one district: a
*unit*, written as the CCG's code, or as CCG and district with a hyphen
(``E38000182-E07000037``: Glossop, of Tameside and Glossop CCG). It is moved
to an STP of 2017 or to a new one (``new-1``, ``new-2``, up to ``new-99``).

England is summed once by CCG and district, so that a question costs a
``groupby`` over some 400 rows. `geo.contiguity` says whether what comes out
hangs together.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo import adjacency, blocks, boundaries, contiguity, kept, overlap
from geo.classes import area_classes
from geo.vmeasure import contingency, v_measure

if TYPE_CHECKING:
    import geopandas as gpd

_NEW = re.compile(r"new-[1-9]\d?")
COUNCILS = "council17"
AGAINST = (COUNCILS, "lad17", "council24", "lad24", "cauth25", "pfa17", "fra17")
"""Layers by which the fit of a map of STPs can be judged: those of whole districts of 2017."""


class MoveError(ValueError):
    """A move of something that is no CCG or part of one, or to something that is no STP."""


@dataclass(frozen=True)
class Score:
    """How a whole map of STPs fits the councils, or the areas of another layer of `AGAINST`, without tolerance.

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
        New STP by unit, see `moves_of`.
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


@kept.once
def parts() -> pd.DataFrame:
    """Return England by CCG and district.

    Returns
    -------
    DataFrame
        401 rows, by part (``CCG-district``): ``ccg17``, ``stp17``, the layers
        of `AGAINST` (missing outside the combined authorities) and the sums
        of the weights.
    """
    table, layers = blocks.pieces(), ["ccg17", "stp17", *AGAINST]
    by_part = table.groupby(blocks.part_of_piece())
    found = by_part[layers].first().join(by_part[list(blocks.WEIGHTS)].sum())
    # Looking up plain strings takes a third of the time.
    found[layers] = found[layers].astype(object)
    return found.set_axis(found.index.astype(object))


@kept.once
def units() -> dict[str, tuple[str, ...]]:
    """Return the parts of every unit: of CCGs, and of the parts of CCGs in more than one district."""
    table = parts()
    of_ccg = {ccg: tuple(rows.index) for ccg, rows in table.groupby("ccg17")}
    return of_ccg | {part: (part,) for inside in of_ccg.values() if len(inside) > 1 for part in inside}


def is_stp(code: str) -> bool:
    """Return whether something can be moved to `code`."""
    return code in blocks.names("stp17").index or bool(_NEW.fullmatch(code))


def stp_name(code: str) -> str:
    """Return the name of an STP of 2017 or of a new one: ``"New STP 1"``."""
    return f"New STP {code.removeprefix('new-')}" if _NEW.fullmatch(code) else blocks.names("stp17")[code]


def unit_name(unit: str) -> str:
    """Return the name of a CCG, or of a part: ``"NHS Tameside and Glossop CCG in High Peak"``."""
    ccg, _, district = unit.partition("-")
    name = blocks.names("ccg17")[ccg]
    return f"{name} in {blocks.names('lad17')[district]}" if district else name


def assignment(moves: Mapping[str, str]) -> pd.Series:
    """Return the STP of every part after some moves.

    Parameters
    ----------
    moves : mapping
        New STP by unit, in any order: what is said of a part of a CCG goes
        before what is said of the CCG.

    Returns
    -------
    Series
        STP by part, in the order of `parts`; a copy, which may be changed.

    Raises
    ------
    MoveError
        If a unit or an STP does not exist.
    """
    known, stps = units(), parts()["stp17"].to_dict()
    # A CCG's code is shorter than that of a part of it.
    for unit in sorted(moves, key=len):
        # A CCG in one district has one part, which is not listed as a unit of its own.
        inside = known.get(unit) or ((unit,) if unit in stps else None)
        if inside is None:
            raise MoveError(f"{unit!r} is not the code of a CCG, or of a CCG and a district in which it has residents")
        if not is_stp(moves[unit]):
            raise MoveError(f"{moves[unit]!r} is not the code of an STP of 2017, or new-1 to new-99")
        stps.update(dict.fromkeys(inside, moves[unit]))
    return pd.Series(list(stps.values()), index=parts().index, name="stp", dtype=object)


def moves_of(assigned: pd.Series) -> dict[str, str]:
    """Return the moves that lead from the map of 2017 to an assignment.

    Returns
    -------
    dict of str to str
        New STP by unit, sorted by unit; a CCG all of whose parts go to the
        same STP is one unit, what stays where it was is left out. The same
        assignment always gives the same moves.
    """
    home, assigned, result = parts()["stp17"].to_dict(), assigned.to_dict(), {}
    for unit, inside in units().items():
        if "-" in unit:
            continue
        targets = [assigned[part] for part in inside]
        if len(set(targets)) == 1:
            if targets[0] != home[inside[0]]:
                result[unit] = targets[0]
        else:
            result |= {p: t for p, t in zip(inside, targets, strict=True) if t != home[p]}
    return dict(sorted(result.items()))


def merged(assigned: pd.Series, stp: str, into: str) -> pd.Series:
    """Return an assignment in which all members of one STP belong to another, which keeps its name."""
    return assigned.where(assigned != stp, into)


def next_new(assigned: pd.Series) -> str | None:
    """Return the code of the first new STP without members; None if there is none left."""
    used = set(assigned)
    return next((code for code in (f"new-{n}" for n in range(1, 100)) if code not in used), None)


def councils_by_stp(assigned: pd.Series, weight: str = "population", against: str = COUNCILS) -> pd.DataFrame:
    """Return the overlap table (see `geo.overlap.overlap`) of councils, or another layer, (a) and regrouped STPs (b).

    Raises
    ------
    UnknownNameError
        If there is no such weight, or `against` is none of `AGAINST`.
    """
    blocks.check_weight(weight)
    if against not in AGAINST:
        raise blocks.UnknownNameError("layer", against, list(AGAINST))
    table, stp_names = parts(), {code: stp_name(code) for code in assigned.unique()}
    return overlap.of_groupings(table[against], assigned, table[weight], blocks.names(against), stp_names)


def score(assigned: pd.Series) -> Score:
    """Return how an assignment fits the councils."""
    table = councils_by_stp(assigned)
    return _score(table, _whole(table), _stps_of(assigned))


def consequences(assigned: pd.Series, against: str = COUNCILS) -> Consequences:
    """Return what an assignment changes against the map of 2017, counted in residents.

    Parameters
    ----------
    assigned : Series
        STP by part, see `assignment`.
    against : str
        Layer by which the fit is judged, one of `AGAINST`.

    Raises
    ------
    UnknownNameError
        If `against` is none of them.
    """
    home = parts()["stp17"]
    moved = home.index[home != assigned]
    then, now = _state_of_2017(against), _State.of(assigned, against)
    touched = set(home[moved]) | set(assigned[moved])
    return Consequences(
        moves_of(assigned),
        tuple(moved),
        then.score,
        now.score,
        _stps(then, now, touched),
        _councils(then, now, parts().loc[moved].groupby(against)["population"].sum()),
    )


def labels(assigned: pd.Series) -> pd.Series:
    """Return the STP of every piece, for `geo.boundaries.union`."""
    return blocks.part_of_piece().map(assigned).rename("stp")


def neighbours_of(chosen: Collection[str], assigned: pd.Series) -> list[str]:
    """Return the STPs that share a border with units together, their own first if they do, then the longest border."""
    by_piece = labels(assigned)
    members = [part for unit in chosen for part in units()[unit]]
    own = set(assigned[members])
    inside = blocks.part_of_piece().isin(members)
    borders = adjacency.neighbours(by_piece.mask(inside, "unit"))
    found = list(borders["b"][borders["a"] == "unit"])
    return sorted(found, key=lambda stp: stp not in own)


def outlines(assigned: pd.Series, stps: list[str] | None = None, detail: str = "detail") -> "gpd.GeoSeries":
    """Return outlines of regrouped STPs, unions of whole pieces, by code.

    Parameters
    ----------
    assigned : Series
        STP by part.
    stps : list of str, optional
        Which ones; all that have members by default. One without is left out.
    detail : str
        One of `geo.boundaries.DETAILS`.
    """
    by_piece = labels(assigned)
    return boundaries.union(by_piece if stps is None else by_piece[by_piece.isin(stps)], detail)


@dataclass(frozen=True)
class _State:
    """An assignment counted."""

    score: Score
    stps: pd.DataFrame
    councils: pd.DataFrame

    @classmethod
    def of(cls, assigned: pd.Series, against: str) -> "_State":
        table = councils_by_stp(assigned, against=against)
        other = _turned(table)
        council, stp = _whole(table), _stps_of(assigned)
        councils = area_classes(table, council, 0.0).set_index("code")
        ranked = table.sort_values(["a_code", "weight"], ascending=[True, False], kind="stable")
        councils["stps"] = ranked.groupby("a_code")["b_code"].agg(tuple)
        stps = area_classes(other, stp, 0.0).set_index("code")
        stps["ccgs"] = parts()["ccg17"].groupby(assigned).nunique()
        stps["pieces"] = pd.Series(contiguity.pieces_of(parts()["stp17"], assigned, _islands()))
        return cls(_score(table, council, stp), stps, councils)


@kept.once
def _islands() -> dict[str, frozenset[str]]:
    return contiguity.islands_of(parts()["stp17"], parts()["population"])


@kept.once
def _state_of_2017(against: str) -> _State:
    return _State.of(parts()["stp17"], against)


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
    people = parts()["population"].groupby(assigned).sum().rename_axis("code")
    people.index = people.index.astype("str")
    return pd.DataFrame({"name": [stp_name(code) for code in people.index], "weight": people})


def _score(table: pd.DataFrame, council: pd.DataFrame, stp: pd.DataFrame) -> Score:
    split = table.groupby("a_code").size() > 1
    matrix = contingency(table, council["weight"], stp["weight"], stp["weight"].sum())
    return Score(len(stp), int(split.sum()), int(council["weight"][split].sum()), v_measure(matrix)[2])


def _stps(then: _State, now: _State, touched: set[str]) -> pd.DataFrame:
    codes = [*then.stps.index, *sorted(set(now.stps.index) - set(then.stps.index), key=lambda c: (len(c), c))]
    table = pd.DataFrame({"name": [stp_name(code) for code in codes]}, index=pd.Index(codes, name="code"))
    for when, state in (("before", then), ("after", now)):
        found = state.stps.reindex(codes)
        for name, column in (("population", "weight"), ("ccgs", "ccgs"), ("councils", "partners")):
            table[f"{name}_{when}"] = found[column].fillna(0).astype(int)
        table[f"class_{when}"] = found["class"].fillna("")
        table[f"pieces_{when}"] = found["pieces"].fillna(0).astype(int)
    return table.assign(touched=table.index.isin(touched))


def _councils(then: _State, now: _State, moved: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame({"name": then.councils["name"], "population": then.councils["weight"]})
    table["moved"] = moved.reindex(table.index, fill_value=0)
    for when, state in (("before", then), ("after", now)):
        found = state.councils.reindex(table.index)
        table[f"stps_{when}"], table[f"class_{when}"] = found["partners"], found["class"]
        table[f"partners_{when}"] = found["stps"]
    same = (table["class_before"] == table["class_after"]) & (table["partners_before"] == table["partners_after"])
    return table.assign(touched=~same | (table["moved"] > 0))
