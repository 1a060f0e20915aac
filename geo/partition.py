"""Whole CCGs in contiguous groups: the integer programme behind `geo.optimum`, solved by HiGHS through SciPy.

One variable says whether a CCG is in an STP. CCGs that must stay together are
one *lump*. Contiguity would take too many rows to write down; an answer that
is not contiguous teaches a `Cut` instead, and the programme is solved anew.
"""

import math
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import numpy as np

from geo.assignments import Problem, Question, needed, together
from geo.contiguity import components

_THOUSAND = 1000
_PRICE = 1000.0
"""Of breaking a limit by a thousand residents; that of splitting a council of as many is 1."""
_OPTIMAL, _INFEASIBLE = 0, 2


@dataclass(frozen=True)
class Cut:
    """Two CCGs (or one, in two parts) are in one STP only if one of those in between is."""

    a: str
    b: str
    between: frozenset[str]


def cuts_of(problem: Problem, assignment: dict[str, str]) -> list[Cut]:
    """Return what an assignment that is not contiguous teaches; nothing of one that is."""
    members: dict[str, list[str]] = {}
    for part, ccg in problem.owner.items():
        if ccg in assignment:
            members.setdefault(assignment[ccg], []).append(part)
    cuts = []
    for inside in members.values():
        mainland = [part for part in inside if part not in problem.islands]
        scattered = components(mainland or inside, problem.borders)
        ranked = sorted(scattered, key=lambda c: -sum(problem.people[ccg] for ccg in {problem.owner[p] for p in c}))
        anchor = _largest(problem, ranked[0])
        apart = [(component, _around(problem, component)) for component in ranked[1:]]
        for part in filter(problem.islands.__contains__, inside):
            if len(inside) > 1 and not problem.islands[part] & set(inside):
                apart.append((frozenset([part]), problem.islands[part]))
        for component, around in apart:
            between = frozenset(problem.owner[part] for part in around)
            cuts.append(Cut(_largest(problem, component), anchor, between))
    return cuts


def _around(problem: Problem, component: frozenset[str]) -> frozenset[str]:
    return frozenset().union(*(problem.borders.get(part, frozenset()) for part in component)) - component


def _largest(problem: Problem, component: Iterable[str]) -> str:
    return max({problem.owner[part] for part in component}, key=lambda ccg: (problem.people[ccg], ccg))


@dataclass(frozen=True)
class Outcome:
    """What a programme gave: an assignment or none, and whether that is the last word."""

    assignment: dict[str, str] | None
    final: bool

    @property
    def impossible(self) -> bool:
        """Whether it is proven that there is no answer."""
        return self.final and self.assignment is None


class Programme:
    """The choice of an STP for every CCG, some councils kept whole.

    Parameters
    ----------
    problem, question
        What is asked.
    whole : collection of str
        Councils that must not be split.
    free : collection of str
        Councils that are counted if they are split; of others it does not matter.
    elastic : bool
        Limits may be broken, at a high price.
    """

    def __init__(
        self,
        problem: Problem,
        question: Question,
        whole: Collection[str],
        free: Collection[str] = (),
        elastic: bool = False,
    ):
        self.problem, self.question = problem, question
        self.lump = _lumps(problem, question, whole)
        self.lumps = sorted(set(self.lump.values()))
        self.place = {lump: n for n, lump in enumerate(self.lumps)}
        self.weight = dict.fromkeys(self.lumps, 0)
        for ccg, lump in self.lump.items():
            self.weight[lump] += problem.people[ccg]
        self.columns = len(self.lumps) * len(problem.stps)
        self.cost, self.integral, self.upper = [0.0] * self.columns, [1] * self.columns, [1.0] * self.columns
        self._row, self._column, self._value, self._low, self._high = [], [], [], [], []
        self._charge_moves()
        self._each_in_one()
        self._within_limits(elastic)
        self._not_alone(elastic)
        for council in whole:
            self._keep(council)
        if free:
            self._count(free)

    def x(self, ccg: str, stp: int) -> int:
        """Return the column that says whether a CCG is in an STP."""
        return self.place[self.lump[ccg]] * len(self.problem.stps) + stp

    def _new(self, cost: float = 0.0, integral: bool = False, upper: float = 1.0) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        self.integral.append(int(integral))
        self.columns += 1
        return self.columns - 1

    def _add(self, entries: Iterable[tuple[int, float]], low: float = -math.inf, high: float = math.inf) -> None:
        row = len(self._low)
        for column, value in entries:
            self._row.append(row)
            self._column.append(column)
            self._value.append(value)
        self._low.append(low)
        self._high.append(high)

    def _charge_moves(self) -> None:
        """Charge each STP for the residents that would come from another one."""
        for ccg, home in self.problem.home.items():
            for n, stp in enumerate(self.problem.stps):
                self.cost[self.x(ccg, n)] += self.problem.people[ccg] / _THOUSAND * (stp != home)

    def _each_in_one(self) -> None:
        for lump in self.lumps:
            self._add(((self.x(lump, n), 1.0) for n in range(len(self.problem.stps))), 1, 1)

    def _within_limits(self, elastic: bool) -> None:
        for n in range(len(self.problem.stps)):
            entries = [(self.x(lump, n), self.weight[lump] / _THOUSAND) for lump in self.lumps]
            lack = [(self._new(_PRICE, upper=math.inf), 1.0)] if elastic else []
            excess = [(self._new(_PRICE, upper=math.inf), -1.0)] if elastic else []
            self._add([*entries, *lack], low=self.question.least / _THOUSAND)
            self._add([*entries, *excess], high=self.question.most / _THOUSAND)

    def _not_alone(self, elastic: bool) -> None:
        """What is too small for an STP needs a neighbour in it."""
        for lump in self.lumps:
            if elastic or self.weight[lump] >= self.question.least:
                continue
            inside = [ccg for ccg in self.lump if self.lump[ccg] == lump]
            around = sorted({self.lump[other] for ccg in inside for other in self.problem.beside[ccg]} - {lump})
            for n in range(len(self.problem.stps)):
                self._add([(self.x(lump, n), -1.0), *((self.x(other, n), 1.0) for other in around)], 0)

    def _keep(self, council: str) -> None:
        residents, tolerance = self.problem.residents[council], self.question.tolerance
        need, must = needed(residents, tolerance), together(residents, tolerance)
        if sum(residents[ccg] for ccg in must) >= need:
            return
        if must:
            hub = [self.x(must[0], n) for n in range(len(self.problem.stps))]
        else:
            hub = [self._new(integral=True) for _ in self.problem.stps]
            self._add(((column, 1.0) for column in hub), 1, 1)
        self._hold(residents, need, hub)

    def _hold(self, residents: dict[str, int], need: int, hub: list[int]) -> None:
        """Where a council is at home, an STP holds enough of it."""
        for n, column in enumerate(hub):
            entries = [(self.x(ccg, n), number / _THOUSAND) for ccg, number in residents.items()]
            self._add([*entries, (column, -need / _THOUSAND)], 0)

    def _count(self, free: Collection[str]) -> None:
        """Count residents of councils that are split; moves break ties, roughly."""
        self.cost = [cost / 100 if integral else cost for cost, integral in zip(self.cost, self.integral, strict=True)]
        for council in free:
            residents = self.problem.residents[council]
            need, must = needed(residents, self.question.tolerance), together(residents, self.question.tolerance)
            unsplit = self._new(-sum(residents.values()) / _THOUSAND, integral=True)
            hub = [self._new(integral=not must) for _ in self.problem.stps]
            self._add([*((column, 1.0) for column in hub), (unsplit, -1.0)], 0, 0)
            for n, column in enumerate(hub):
                for ccg in must:
                    self._add([(self.x(ccg, n), 1.0), (column, -1.0)], 0)
            if sum(residents[ccg] for ccg in must) < need:
                self._hold(residents, need, hub)

    def _respect(self, cut: Cut) -> None:
        if not {cut.a, cut.b} <= self.lump.keys():
            return
        both = sorted({self.lump[cut.a], self.lump[cut.b]})
        between = sorted({self.lump[ccg] for ccg in cut.between if ccg in self.lump})
        if set(both) & set(between):
            return
        for n in range(len(self.problem.stps)):
            ends = [(self.x(lump, n), -1.0) for lump in both]
            self._add([*((self.x(lump, n), 1.0) for lump in between), *ends], 1 - len(ends))

    def solve(
        self,
        until: float,
        cuts: list[Cut],
        seen: Callable[[dict[str, str]], None] = lambda assignment: None,
        gap: float = 0.0,
    ) -> Outcome:
        """Solve, and solve again with what answers that are not contiguous teach.

        Parameters
        ----------
        until : float
            When to stop, in `time.monotonic`.
        cuts : list of Cut
            What is known; grows.
        seen : callable
            Told of each contiguous answer.
        gap : float
            By how much of its value an answer may be worse than the best one.
        """
        # Loading it takes long, and most who use this module solve nothing.
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        for cut in cuts:
            self._respect(cut)
        while True:
            left = until - time.monotonic()
            if left <= 0:
                return Outcome(None, False)
            shape = (len(self._low), self.columns)
            matrix = csr_array((self._value, (self._row, self._column)), shape=shape)
            result = milp(
                np.array(self.cost),
                integrality=np.array(self.integral),
                bounds=Bounds(0, np.array(self.upper)),
                constraints=LinearConstraint(matrix, np.array(self._low), np.array(self._high)),
                options={"time_limit": left, "mip_rel_gap": gap},
            )
            if result.x is None:
                return Outcome(None, result.status == _INFEASIBLE)
            assignment = self._read(result.x)
            learnt = cuts_of(self.problem, assignment)
            if not learnt:
                seen(assignment)
                return Outcome(assignment, result.status == _OPTIMAL)
            if result.status != _OPTIMAL:
                cuts += learnt
                return Outcome(None, False)
            for cut in learnt:
                self._respect(cut)
            cuts += learnt

    def _read(self, values: np.ndarray) -> dict[str, str]:
        stps = self.problem.stps
        chosen = {
            lump: stps[int(np.argmax(values[n * len(stps) : (n + 1) * len(stps)]))] for n, lump in enumerate(self.lumps)
        }
        return {ccg: chosen[lump] for ccg, lump in self.lump.items()}


def _lumps(problem: Problem, question: Question, whole: Iterable[str]) -> dict[str, str]:
    """Return a name of the lump that each CCG is in, if some councils are kept whole."""
    tied: dict[str, set[str]] = {ccg: set() for ccg in problem.home}
    for council in whole:
        sharing = together(problem.residents[council], question.tolerance)
        for ccg in sharing[1:]:
            tied[sharing[0]].add(ccg)
            tied[ccg].add(sharing[0])
    return {ccg: min(lump) for lump in components(problem.home, tied) for ccg in lump}
