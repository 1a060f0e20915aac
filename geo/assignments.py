"""Assignments of whole CCGs to STPs: what they are made of, what splits a council, and what makes them unsound."""

import math
from dataclasses import dataclass, field

from geo import contiguity, kept, regroup
from geo.vmeasure import ROUNDING


@dataclass(frozen=True)
class Problem:
    """CCGs, the STPs they are in, the councils they serve and what borders on what.

    Attributes
    ----------
    home : dict of str to str
        STP by CCG, on the real map.
    residents : dict of str to dict of str to int
        By council: its residents by CCG, where there are any.
    owner : dict of str to str
        CCG of each part; a part hangs together. Parts of other CCGs than
        those of `home` lie around.
    borders : dict of str to frozenset of str
        Which parts each part borders on.
    islands : dict of str to frozenset of str
        Parts that border on nothing, and the parts of which one must be in
        the same STP, if anything else is.
    stps : tuple of str
        What CCGs can be assigned to; all of `home` by default.
    people, parts, beside : dict
        By CCG: residents, parts, and the CCGs that it borders on.
    """

    home: dict[str, str]
    residents: dict[str, dict[str, int]]
    owner: dict[str, str]
    borders: dict[str, frozenset[str]]
    islands: dict[str, frozenset[str]] = field(default_factory=dict)
    stps: tuple[str, ...] = ()
    people: dict[str, int] = field(init=False)
    parts: dict[str, tuple[str, ...]] = field(init=False)
    beside: dict[str, frozenset[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Derive residents, parts and neighbours of the CCGs, and the list of STPs."""
        people = dict.fromkeys(self.home, 0)
        parts: dict[str, tuple[str, ...]] = {ccg: () for ccg in self.home}
        for inside in self.residents.values():
            for ccg, number in inside.items():
                people[ccg] += number
        owner = {part: ccg for part, ccg in self.owner.items() if ccg in self.home}
        for part, ccg in owner.items():
            parts[ccg] += (part,)
        touching: dict[str, set[str]] = {ccg: set() for ccg in self.home}
        for reach in (self.borders, self.islands):
            for part in reach.keys() & owner.keys():
                for other in reach[part] & owner.keys():
                    touching[owner[part]].add(owner[other])
                    touching[owner[other]].add(owner[part])
        beside = {ccg: frozenset(others - {ccg}) for ccg, others in touching.items()}
        for name, value in (("people", people), ("parts", parts), ("beside", beside)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "stps", self.stps or tuple(sorted(set(self.home.values()))))


@dataclass(frozen=True)
class Question:
    """What is asked: fewest and most residents of an STP, and the part of a council (0 to 0.5) that may lie elsewhere.

    A council is *split* if less than 1 - tolerance of its residents live in one STP.
    """

    least: int
    most: int
    tolerance: float = 0.0


def needed(residents: dict[str, int], tolerance: float) -> int:
    """Return how many residents of a council one STP must hold so that the council is not split."""
    return math.ceil((1 - tolerance - ROUNDING) * sum(residents.values()))


def together(residents: dict[str, int], tolerance: float) -> tuple[str, ...]:
    """Return the CCGs that are in one STP if a council is not split: those whose absence alone would split it."""
    spare = sum(residents.values()) - needed(residents, tolerance)
    return tuple(ccg for ccg, number in residents.items() if number > spare)


@kept.once
def england() -> Problem:
    """Return the CCGs, STPs and councils of 2017."""
    table = regroup.parts()
    home = dict(zip(table["ccg17"], table["stp17"], strict=True))
    residents = {
        council: {ccg: int(n) for ccg, n in rows.groupby("ccg17")["population"].sum().items() if n}
        for council, rows in table.groupby("council17")
    }
    by_stp = {stp: frozenset(rows.index) for stp, rows in table.groupby("stp17")}
    islands = contiguity.islands_of(regroup.homes(), regroup.people_of_parts())
    reached = {part: by_stp[regroup.homes()[part]] - island for part, island in islands.items()}
    return Problem(home, residents, dict(table["ccg17"].items()), contiguity.part_borders(), reached)


def populations(problem: Problem, assignment: dict[str, str]) -> dict[str, int]:
    """Return the residents of every STP of an assignment."""
    people = dict.fromkeys(problem.stps, 0)
    for ccg, stp in assignment.items():
        people[stp] += problem.people[ccg]
    return people


def real_limits(problem: Problem) -> tuple[int, int]:
    """Return the residents of the smallest and of the largest STP of the real map."""
    sizes = populations(problem, problem.home).values()
    return min(sizes), max(sizes)


def split_councils(problem: Problem, assignment: dict[str, str], tolerance: float) -> list[str]:
    """Return the councils of which less than 1 - tolerance of the residents are in one STP."""
    councils = []
    for council, residents in problem.residents.items():
        by_stp: dict[str, int] = {}
        for ccg, number in residents.items():
            by_stp[assignment[ccg]] = by_stp.get(assignment[ccg], 0) + number
        if max(by_stp.values()) < needed(residents, tolerance):
            councils.append(council)
    return councils


def residents_of(problem: Problem, councils: list[str]) -> int:
    """Return how many residents some councils have together."""
    return sum(sum(problem.residents[council].values()) for council in councils)


def moves(problem: Problem, assignment: dict[str, str]) -> dict[str, str]:
    """Return the new STP of every CCG that changes it."""
    return {ccg: stp for ccg, stp in sorted(assignment.items()) if stp != problem.home[ccg]}


def renamed(problem: Problem, assignment: dict[str, str]) -> dict[str, str]:
    """Return an assignment in which an STP with none of its CCGs of 2017 is called a new one (``new-1`` and so on).

    Where two STPs become one, a name is left over, and would stand for
    another part of the country.
    """
    kept = {stp for ccg, stp in assignment.items() if problem.home[ccg] == stp}
    fresh = {stp: f"new-{n}" for n, stp in enumerate(sorted(set(assignment.values()) - kept), start=1)}
    return {ccg: fresh.get(stp, stp) for ccg, stp in assignment.items()}


def moved_residents(problem: Problem, assignment: dict[str, str]) -> int:
    """Return the residents of the CCGs that change their STP."""
    return sum(problem.people[ccg] for ccg in moves(problem, assignment))


def beyond(problem: Problem, question: Question, assignment: dict[str, str]) -> dict[str, int]:
    """Return by how many residents STPs are outside the limits; those that are inside are left out."""
    excess = {}
    for stp, number in populations(problem, assignment).items():
        if not question.least <= number <= question.most:
            excess[stp] = max(question.least - number, number - question.most)
    return excess


def faults(problem: Problem, question: Question, assignment: dict[str, str]) -> list[str]:
    """Return what is wrong with an assignment: nothing of one that is contiguous and within the limits.

    This does not know how the assignment was found.
    """
    if assignment.keys() != problem.home.keys() or not set(assignment.values()) <= set(problem.stps):
        return ["not every CCG is in an STP"]
    outside = beyond(problem, question, assignment)
    wrong = [f"{stp} is {people:,} residents outside the limits" for stp, people in outside.items()]
    for stp in problem.stps:
        inside = {part for part, ccg in problem.owner.items() if assignment[ccg] == stp}
        mainland = inside - problem.islands.keys()
        reached = {min(mainland or inside)} if inside else set()
        while grown := {other for part in reached for other in problem.borders.get(part, ())} & mainland - reached:
            reached |= grown
        reached |= {part for part in inside & problem.islands.keys() if problem.islands[part] & inside}
        if reached != inside:
            wrong.append(f"{stp} is in pieces")
    return wrong
