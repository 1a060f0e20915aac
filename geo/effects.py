"""What a regrouping changes: of each STP, of each council, and of how well the map fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from geo import blocks, map_fit, regroup
from geo.map_fit import Council, MapFit, Score, Stp


class StpChange(NamedTuple):
    """An STP whose members change."""

    name: str
    before: Stp
    after: Stp


class CouncilChange(NamedTuple):
    """A council of which residents change their STP (`moved` of them), or the fit changes."""

    name: str
    population: int
    moved: int
    before: Council
    after: Council


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
    stps : dict of str to StpChange
        Those that change, by code: of 2017, then new ones.
    councils : dict of str to CouncilChange
        Those for which something changes, by code.
    all_councils : int
        How many councils there are, with those for which nothing changes.
    """

    moves: dict[str, str]
    moved: tuple[str, ...]
    before: Score
    after: Score
    stps: dict[str, StpChange]
    councils: dict[str, CouncilChange]
    all_councils: int

    @property
    def emptied(self) -> tuple[str, ...]:
        """STPs of 2017 that have no member left."""
        return tuple(code for code, stp in self.stps.items() if not stp.after.population)

    @property
    def scattered(self) -> tuple[str, ...]:
        """STPs that hang together less than before: pieces without a common border that are no islands of old."""
        return tuple(code for code, stp in self.stps.items() if stp.after.pieces > 1)


def score(assigned: Mapping[str, str]) -> Score:
    """Return how an assignment fits the councils."""
    return map_fit.of(assigned, regroup.COUNCILS).score


def consequences(assigned: Mapping[str, str], against: str = regroup.COUNCILS) -> Consequences:
    """Return what an assignment changes against the map of 2017, counted in residents.

    Parameters
    ----------
    assigned : mapping
        STP by part, see `geo.regroup.assignment`.
    against : str
        Layer by which the fit is judged, one of `geo.regroup.AGAINST`.

    Raises
    ------
    UnknownNameError
        If `against` is none of them.
    """
    if against not in regroup.AGAINST:
        raise blocks.UnknownNameError("layer", against, list(regroup.AGAINST))
    home = regroup.homes()
    moved = {part: stp for part, stp in assigned.items() if stp != home[part]}
    now = map_fit.of(assigned, against)
    return Consequences(
        regroup.moves_of(assigned),
        tuple(moved),
        map_fit.of_2017(against).score,
        now.score,
        _stps(now, moved, against),
        _councils(now, moved, against),
        len(map_fit.councils(against).codes),
    )


def _stps(now: MapFit, moved: Mapping[str, str], against: str) -> dict[str, StpChange]:
    then, home = map_fit.stps_of_2017(against), regroup.homes()
    codes = {home[part] for part in moved} | set(moved.values())
    ordered = sorted(codes, key=lambda code: (code not in then, len(code), code))
    return {code: StpChange(regroup.stp_name(code), then.get(code, Stp()), now.stp(code)) for code in ordered}


def _councils(now: MapFit, moved: Mapping[str, str], against: str) -> dict[str, CouncilChange]:
    then, layer, names = map_fit.of_2017(against), map_fit.councils(against), blocks.name_by_code(against)
    residents = regroup.people_of_parts()
    people: dict[str | None, int] = {}
    for part in moved:
        code = layer.of_parts[part]
        people[code] = people.get(code, 0) + residents[part]
    fits = zip(layer.codes, then.fit_of_councils, now.fit_of_councils, strict=True)
    touched = people.keys() | {code for code, before, after in fits if before != after}
    return {
        code: CouncilChange(
            names[code],
            int(then.shared[place].sum()),
            people.get(code, 0),
            then.council(place),
            now.council(place),
        )
        for place, code in enumerate(layer.codes)
        if code in touched
    }
