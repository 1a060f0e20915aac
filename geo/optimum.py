"""The map of STPs that splits the fewest residents' councils, as a yardstick for the real one.

Whole CCGs are assigned to the STPs so that as few residents as possible live
in split councils, while every STP is contiguous and within limits of
population; among answers with the same split councils the one that moves the
fewest residents away from their STP.

The search goes back and forth between two integer programmes (logic-based
Benders decomposition; Hooker and Ottosson, 2003). One chooses the councils to
split, as few residents as what is known allows: that is a lower bound on any
answer. The other looks for STPs that keep all other councils whole
(`geo.partition`). If there are none, some of those councils cannot all be
whole: that is learnt, and the first one chooses anew. If there are, the answer
is the best one, and proven to be.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from geo.assignments import (
    Problem,
    Question,
    faults,
    moved_residents,
    needed,
    residents_of,
    split_councils,
)
from geo.conflicts import related, smallest_failing, too_large
from geo.neighbourhoods import improvements
from geo.partition import Cut, Outcome, Programme, cuts_of

STATUSES = ("optimal", "feasible", "infeasible", "unknown")
_FIRST = 0.5
"""Share of the time for a proof before anything else is tried."""
_REFINE = 2.0
"""Seconds that one attempt at a smaller conflict may take."""


@dataclass(frozen=True)
class State:
    """What is known of the best map.

    Attributes
    ----------
    status : str
        One of `STATUSES`: ``optimal`` if no map has fewer residents in split
        councils, ``feasible`` if one might, ``infeasible`` if no map is
        within the limits, ``unknown`` if neither a map nor a proof was found.
    split : int or None
        Residents in split councils of the best map found.
    bound : int
        No map has fewer residents in split councils.
    moved : int or None
        Residents of CCGs that change their STP.
    least_moved : bool
        Whether it is proven that no map with these split councils moves fewer.
    assignment : dict of str to str or None
        STP by CCG.
    seconds : float
        Since the start.
    """

    status: str = "unknown"
    split: int | None = None
    bound: int = 0
    moved: int | None = None
    least_moved: bool = False
    assignment: dict[str, str] | None = None
    seconds: float = 0.0

    @property
    def best(self) -> "BestMap | None":
        """The best map found; None where none was."""
        if self.assignment is None or self.split is None or self.moved is None:
            return None
        return BestMap(self.split, self.moved, self.assignment)


@dataclass(frozen=True)
class BestMap:
    """A map that was found: residents in its split councils, residents of CCGs that change their STP, STP by CCG."""

    split: int
    moved: int
    assignment: dict[str, str]


def impossible(problem: Problem, question: Question) -> str | None:
    """Return in a sentence why limits cannot be kept, where plain arithmetic shows it; None if it does not."""
    people, count = sum(problem.people.values()), len(problem.stps)
    largest = max(problem.people.values())
    if question.least > question.most:
        return f"The lower limit, {question.least:,}, is above the upper limit, {question.most:,}."
    if question.least * count > people:
        return (
            f"{count} STPs of at least {question.least:,} residents would need {question.least * count:,}; there are "
            f"{people:,}. The lower limit can be {people // count:,} at most."
        )
    if question.most * count < people:
        return (
            f"{count} STPs of at most {question.most:,} residents hold {question.most * count:,}; there are "
            f"{people:,}. The upper limit must be at least {-(-people // count):,}."
        )
    if largest > question.most:
        return f"The largest CCG alone has {largest:,} residents, more than the upper limit of {question.most:,}."
    return None


def solve(
    problem: Problem, question: Question, seconds: float, report: Callable[[State], None] = lambda state: None
) -> State:
    """Look for the best map.

    Parameters
    ----------
    problem : Problem
        `geo.assignments.england`, as a rule.
    question : Question
        Limits and tolerance.
    seconds : float
        When to stop looking.
    report : callable
        Told of everything new, also a moment before the end.

    Returns
    -------
    State
        Its assignment has passed `faults`.
    """
    return _Search(problem, question, seconds, report).run()


class _Search:
    def __init__(self, problem: Problem, question: Question, seconds: float, report: Callable[[State], None]):
        self.problem, self.question, self.report = problem, question, report
        self.start = time.monotonic()
        self.until = self.start + seconds
        self.state = State()
        # The best map so far, be it outside the limits.
        self.known = problem.home
        # What is in pieces by itself needs what joins them.
        self.cuts: list[Cut] = cuts_of(problem, {ccg: ccg for ccg in problem.home})
        self.open = [council for council in problem.residents if self._can_be_split(council)]
        self.conflicts: list[frozenset[str]] = []

    def _can_be_split(self, council: str) -> bool:
        residents = self.problem.residents[council]
        return max(residents.values()) < needed(residents, self.question.tolerance)

    def run(self) -> State:
        """Search until the answer is proven or time is up."""
        if impossible(self.problem, self.question):
            return self._tell(replace(self.state, status="infeasible"))
        self._offer(self.problem.home)
        self.conflicts = too_large(self.problem, self.question, self.open)
        patience = _FIRST
        if not self.state.assignment:
            # The real map is outside the limits: better any map first than none in the end.
            self._tell(replace(self.state, bound=residents_of(self.problem, self._cheapest_split() or [])))
            self._improve(self.start + self._left() * _FIRST)
            patience = _FIRST / 2
        while self.state.status not in ("optimal", "infeasible") and self._left() > 0:
            split = self._cheapest_split()
            if split is None:
                break
            self._tell(replace(self.state, bound=max(self.state.bound, residents_of(self.problem, split))))
            whole = [council for council in self.open if council not in split]
            if self.state.split == self.state.bound:
                self._tell(replace(self.state, status="optimal"))
                self._move_less()
                break
            outcome = self._partition(whole, patience)
            if outcome.assignment:
                self._offer(outcome.assignment)
            if self.state.split == self.state.bound:
                least_moved = outcome.final and not outcome.impossible
                self._tell(replace(self.state, status="optimal", least_moved=least_moved))
                if not outcome.final:
                    self._move_less()
            elif not outcome.impossible:
                # Neither an answer nor a proof.
                self._improve(self.until)
                patience = 1.0
            elif not whole:
                self._tell(replace(self.state, status="infeasible"))
            else:
                self.conflicts.append(self._refined(whole))
        return self._tell(self.state)

    def _partition(self, whole: list[str], share: float) -> Outcome:
        """Look for STPs that keep some councils whole, in a share of the time that is left."""
        until = time.monotonic() + self._left() * share
        return Programme(self.problem, self.question, whole).solve(until, self.cuts, self._offer)

    def _left(self) -> float:
        return self.until - time.monotonic()

    def _tell(self, news: State) -> State:
        self.state = replace(news, seconds=time.monotonic() - self.start)
        self.report(self.state)
        return self.state

    def _offer(self, assignment: dict[str, str]) -> None:
        """Keep an assignment if it is sound and better than the last one."""
        if faults(self.problem, self.question, assignment):
            return
        split = residents_of(self.problem, split_councils(self.problem, assignment, self.question.tolerance))
        moved = moved_residents(self.problem, assignment)
        if self.state.split is None or (split, moved) < (self.state.split, self.state.moved):
            status = "feasible" if self.state.status == "unknown" else self.state.status
            self.known = dict(assignment)
            self._tell(replace(self.state, status=status, split=split, moved=moved, assignment=self.known))

    def _cheapest_split(self) -> list[str] | None:
        """Return the councils with the fewest residents that break all known conflicts; None if time is up."""
        # Loading it takes long, and most who use this module solve nothing.
        from scipy.optimize import Bounds, LinearConstraint, milp

        if not self.conflicts:
            return []
        place = {council: n for n, council in enumerate(self.open)}
        rows = np.zeros((len(self.conflicts), len(place)))
        for n, conflict in enumerate(self.conflicts):
            rows[n, [place[council] for council in conflict]] = 1
        result = milp(
            [residents_of(self.problem, [council]) / 1000 for council in self.open],
            integrality=np.ones(len(place)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(rows, 1, np.inf),
            options={"time_limit": max(self._left(), 0.1), "mip_rel_gap": 0.0},
        )
        if result.status != 0:
            return None
        return [council for council in self.open if result.x[place[council]] > 0.5]

    def _refined(self, whole: list[str]) -> frozenset[str]:
        """Return as few of some councils as can be shown not to be whole together (QuickXplain; Junker, 2004)."""

        def fails(groups: list[list[str]]) -> bool:
            councils = [council for group in groups for council in group]
            until = min(self.until, time.monotonic() + _REFINE)
            return Programme(self.problem, self.question, councils).solve(until, self.cuts, self._offer).impossible

        groups = smallest_failing(related(self.problem, self.question, whole), fails)
        singles = [[council] for group in groups for council in group]
        return frozenset(council for group in smallest_failing(singles, fails) for council in group)

    def _move_less(self) -> None:
        """Look for the map with the same split councils that moves the fewest residents."""
        split = split_councils(self.problem, self.state.assignment or self.known, self.question.tolerance)
        outcome = self._partition([council for council in self.open if council not in split], 1.0)
        self._tell(replace(self.state, least_moved=outcome.final))

    def _improve(self, until: float) -> None:
        """Change the best map, or the real one, region by region until no region gets better."""
        for assignment in improvements(self.problem, self.question, self.known, until):
            self.known = assignment
            self._offer(assignment)
            if self.state.split == self.state.bound:
                break
