"""What-if footprints: the same building blocks with some CCGs in other STPs.

What can be moved is a CCG, or the part of a CCG inside one district: a
*unit*, written as the CCG's code, or as CCG and district with a hyphen
(``E38000182-E07000037``: Glossop, of Tameside and Glossop CCG). It is moved
to an STP of 2017 or to a new one (``new-1``, ``new-2``, up to ``new-99``).

England is summed once by CCG and district, so that a question costs sums
over some 400 parts. `geo.contiguity` says whether what comes out hangs
together.
"""

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from geo import blocks, boundaries, contiguity, kept

if TYPE_CHECKING:
    import geopandas as gpd

_NEW = re.compile(r"new-[1-9]\d?")
COUNCILS = "council17"
AGAINST = (COUNCILS, "lad17", "council24", "lad24", "cauth25", "pfa17", "fra17")
"""Layers by which the fit of a map of STPs can be judged: those of whole districts of 2017."""


class MoveError(ValueError):
    """A move of something that is no CCG or part of one, or to something that is no STP."""


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
    rows = by_part[layers].first().join(by_part[list(blocks.WEIGHTS)].sum())
    # Looking up plain strings takes a third of the time.
    rows[layers] = rows[layers].astype(object)
    return rows.set_axis(rows.index.astype(object))


@kept.once
def homes() -> dict[str, str]:
    """Return the STP of 2017 of every part, in the order of `parts`."""
    return parts()["stp17"].to_dict()


@kept.once
def people_of_parts() -> dict[str, int]:
    """Return the residents of every part, in the order of `parts`."""
    return parts()["population"].to_dict()


@kept.once
def units() -> dict[str, tuple[str, ...]]:
    """Return the parts of every unit: of CCGs, and of the parts of CCGs in more than one district."""
    table = parts()
    of_ccg = {ccg: tuple(rows.index) for ccg, rows in table.groupby("ccg17")}
    return of_ccg | {part: (part,) for inside in of_ccg.values() if len(inside) > 1 for part in inside}


def is_stp(code: str) -> bool:
    """Return whether something can be moved to `code`."""
    return code in _stp_names() or bool(_NEW.fullmatch(code))


def stp_name(code: str) -> str:
    """Return the name of an STP of 2017 or of a new one: ``"New STP 1"``."""
    known = _stp_names().get(code)
    if known is None and not _NEW.fullmatch(code):
        raise KeyError(code)
    return known or f"New STP {code.removeprefix('new-')}"


@kept.once
def _stp_names() -> dict[str, str]:
    return blocks.names("stp17").to_dict()


def unit_name(unit: str) -> str:
    """Return the name of a CCG, or of a part: ``"NHS Tameside and Glossop CCG in High Peak"``."""
    ccg, _, district = unit.partition("-")
    name = blocks.names("ccg17")[ccg]
    return f"{name} in {blocks.names('lad17')[district]}" if district else name


def assignment(moves: Mapping[str, str]) -> dict[str, str]:
    """Return the STP of every part after some moves.

    Parameters
    ----------
    moves : mapping
        New STP by unit, in any order: what is said of a part of a CCG goes
        before what is said of the CCG.

    Returns
    -------
    dict of str to str
        STP by part, in the order of `parts`; the caller's own.

    Raises
    ------
    MoveError
        If a unit or an STP does not exist.
    """
    known, stps = units(), dict(homes())
    # A CCG's code is shorter than that of a part of it.
    for unit in sorted(moves, key=len):
        # A CCG in one district has one part, which is not listed as a unit of its own.
        inside = known.get(unit) or ((unit,) if unit in stps else None)
        if inside is None:
            raise MoveError(f"{unit!r} is not the code of a CCG, or of a CCG and a district in which it has residents")
        if not is_stp(moves[unit]):
            raise MoveError(f"{moves[unit]!r} is not the code of an STP of 2017, or new-1 to new-99")
        stps.update(dict.fromkeys(inside, moves[unit]))
    return stps


def moves_of(assigned: Mapping[str, str]) -> dict[str, str]:
    """Return the moves that lead from the map of 2017 to an assignment.

    Returns
    -------
    dict of str to str
        New STP by unit, sorted by unit; a CCG all of whose parts go to the
        same STP is one unit, what stays where it was is left out. The same
        assignment always gives the same moves.
    """
    home, result = homes(), {}
    for ccg in {part.partition("-")[0] for part, stp in assigned.items() if stp != home[part]}:
        targets = {part: assigned[part] for part in units()[ccg]}
        if len(set(targets.values())) == 1:
            result[ccg] = next(iter(targets.values()))
        else:
            result |= {part: stp for part, stp in targets.items() if stp != home[part]}
    return dict(sorted(result.items()))


def merged(assigned: Mapping[str, str], stp: str, into: str) -> dict[str, str]:
    """Return an assignment in which all members of one STP belong to another, which keeps its name."""
    return {part: into if where == stp else where for part, where in assigned.items()}


def next_new(assigned: Mapping[str, str]) -> str | None:
    """Return the code of the first new STP without members; None if there is none left."""
    used = set(assigned.values())
    return next((code for code in (f"new-{n}" for n in range(1, 100)) if code not in used), None)


def residents(assigned: Mapping[str, str]) -> dict[str, int]:
    """Return the residents of every STP that has members."""
    people: dict[str, int] = {}
    for part, number in people_of_parts().items():
        people[assigned[part]] = people.get(assigned[part], 0) + number
    return people


def labels(assigned: Mapping[str, str]) -> pd.Series:
    """Return the STP of every piece, for `geo.boundaries.union`."""
    return blocks.part_of_piece().map(assigned).rename("stp")


def neighbours_of(chosen: Collection[str], assigned: Mapping[str, str]) -> list[str]:
    """Return the STPs that share a border with units together, their own first if they do, then the longest border."""
    members = dict.fromkeys(part for unit in chosen for part in units()[unit])
    own = {assigned[part] for part in members}
    lengths: dict[str, float] = {}
    for part in members:
        for other, km in contiguity.border_lengths().get(part, {}).items():
            if other not in members:
                lengths[assigned[other]] = lengths.get(assigned[other], 0.0) + km
    return sorted(lengths, key=lambda stp: (stp not in own, -lengths[stp], stp))


def outlines(assigned: Mapping[str, str], stps: list[str] | None = None, detail: str = "detail") -> "gpd.GeoSeries":
    """Return outlines of regrouped STPs, unions of whole pieces, by code.

    Parameters
    ----------
    assigned : mapping
        STP by part.
    stps : list of str, optional
        Which ones; all that have members by default. One without is left out.
    detail : str
        One of `geo.boundaries.DETAILS`.
    """
    by_piece = labels(assigned)
    return boundaries.union(by_piece if stps is None else by_piece[by_piece.isin(stps)], detail)
