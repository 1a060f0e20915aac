"""Councils that cannot all be whole, in as few as can be found: what the search for the best map learns from.

Whether some can be whole is asked of `geo.partition`, which takes long; what arithmetic shows is told at once.
"""

from collections.abc import Callable
from itertools import combinations, product

from geo import contiguity
from geo.assignments import Problem, Question, together

_MOST_COMBINED = 10


def smallest_failing(groups: list, fails: Callable[[list], bool]) -> list:
    """Return some of the groups that fail together, as few as halving finds."""

    def needed_of(known: list, changed: bool, left: list) -> list:
        if changed and fails(known):
            return []
        if len(left) == 1:
            return left
        first, second = left[: len(left) // 2], left[len(left) // 2 :]
        of_second = needed_of(known + first, bool(first), second)
        of_first = needed_of(known + of_second, bool(of_second), first)
        return of_first + of_second

    return needed_of([], False, groups) if groups else []


def related(problem: Problem, question: Question, councils: list[str]) -> list[list[str]]:
    """Return councils in groups: those that have to share CCGs, directly or through others, are in one."""
    of_ccg: dict[str, set[str]] = {}
    for council in councils:
        for ccg in together(problem.residents[council], question.tolerance):
            of_ccg.setdefault(ccg, set()).add(council)
    tied: dict[str, set[str]] = {council: set() for council in councils}
    for sharing in of_ccg.values():
        for council in sharing:
            tied[council] |= sharing - {council}
    order = {council: n for n, council in enumerate(councils)}
    return [sorted(group, key=order.__getitem__) for group in contiguity.components(councils, tied)]


def too_large(problem: Problem, question: Question, councils: list[str]) -> list[frozenset[str]]:
    """Return smallest sets of councils that would make an STP too large if all were whole.

    What such an STP encloses counts with it, where that is too small for an
    STP of its own.
    """
    sets: list[frozenset[str]] = []
    for group in related(problem, question, councils):
        for size in range(1, min(len(group), _MOST_COMBINED) + 1):
            for chosen in map(frozenset, combinations(group, size)):
                if any(known <= chosen for known in sets) or len(related(problem, question, sorted(chosen))) > 1:
                    continue
                lump = {ccg for council in chosen for ccg in together(problem.residents[council], question.tolerance)}
                if lump and _with_enclosed(problem, question, lump) > question.most:
                    sets.append(chosen)
    return sets


def _with_enclosed(problem: Problem, question: Question, lump: set[str]) -> int:
    """Return the residents of a lump and of what cannot be in any other STP.

    That is every group of CCGs that the lump cuts off and that is too small
    for an STP of its own. An island can make up for what one group lacks.
    """
    offshore = {ccg for ccg, parts in problem.parts.items() if problem.islands.keys() >= set(parts)} - lump
    groups = contiguity.components(problem.home.keys() - lump - offshore, problem.beside)
    sizes = [sum(problem.people[ccg] for ccg in group) for group in groups]
    small = [size for size in sizes if size < question.least]
    extra = [problem.people[ccg] for ccg in offshore]
    rescued = product(range(-1, len(small)), repeat=len(extra)) if len(small) ** len(extra) < 10_000 else [()]
    forced = min(
        sum(
            size
            for n, size in enumerate(small)
            if size + sum(people for people, group in zip(extra, chosen, strict=False) if group == n) < question.least
        )
        if chosen or not extra
        else 0
        for chosen in rescued
    )
    return sum(problem.people[ccg] for ccg in lump) + forced
