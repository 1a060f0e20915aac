"""Better assignments found region by region: large neighbourhood search (Shaw, 1998).

A few STPs around a flaw are taken apart and put together anew as well as can
be (`geo.partition`), everything else stays. This finds good maps quickly and
proves nothing.
"""

import time
from collections.abc import Iterator

from geo.assignments import (
    Problem,
    Question,
    beyond,
    moved_residents,
    needed,
    residents_of,
    split_councils,
)
from geo.partition import Cut, Programme

SIZES = (2, 3, 4, 6)
"""STPs in a region."""
_SECONDS = 1.5


def improvements(problem: Problem, question: Question, start: dict[str, str], until: float) -> Iterator[dict[str, str]]:
    """Give ever better contiguous assignments until no region of the largest size gets better.

    Better is what is less outside the limits, then what has fewer residents
    in split councils, then what moves fewer.

    Parameters
    ----------
    problem, question
        What is asked.
    start : dict of str to str
        A contiguous assignment; it may be outside the limits.
    until : float
        When to stop, in `time.monotonic`.
    """
    best, worth = start, _worth(problem, question, start)
    cuts: list[Cut] = []
    # Where few STPs hang together, regions of several sizes are the same.
    tried: set[tuple[str, ...]] = set()
    for size in SIZES:
        while region := next((r for r in _regions(problem, question, best, size) if r not in tried), None):
            if time.monotonic() > until:
                return
            tried.add(region)
            # Limits come first: to count councils besides takes many times as long.
            count = not beyond(problem, question, best).keys() & set(region)
            assignment = _anew(problem, question, best, region, min(until, time.monotonic() + _SECONDS), cuts, count)
            if assignment and (new := _worth(problem, question, assignment)) < worth:
                best, worth = assignment, new
                tried = {other for other in tried if not set(other) & set(region)}
                yield best


def _worth(problem: Problem, question: Question, assignment: dict[str, str]) -> tuple[int, int, int]:
    split = residents_of(problem, split_councils(problem, assignment, question.tolerance))
    outside = sum(beyond(problem, question, assignment).values())
    return outside, split, moved_residents(problem, assignment)


def _regions(problem: Problem, question: Question, assignment: dict[str, str], size: int) -> Iterator[tuple[str, ...]]:
    """Give regions of STPs around what is wrong, the worst first: STPs outside the limits, then split councils."""
    near: dict[str, dict[str, int]] = {stp: {} for stp in problem.stps}
    for ccg, others in problem.beside.items():
        for other in others:
            a, b = assignment[ccg], assignment[other]
            if a != b:
                near[a][b] = near[a].get(b, 0) + 1
    outside = beyond(problem, question, assignment)
    flaws = [{stp} for stp in sorted(outside, key=lambda stp: (-outside[stp], stp))]
    split = split_councils(problem, assignment, question.tolerance)
    flaws += [
        {assignment[ccg] for ccg in problem.residents[council]}
        for council in sorted(split, key=lambda council: -sum(problem.residents[council].values()))
    ]
    for flaw in flaws:
        ring = sorted({stp for member in flaw for stp in near[member]} - flaw)
        for first in ring or [""]:
            region = sorted(flaw | {first} - {""})
            while len(region) < size:
                links = {
                    stp: sum(near[member].get(stp, 0) for member in region) for member in region for stp in near[member]
                }
                links = {stp: number for stp, number in links.items() if stp not in region}
                if not links:
                    break
                region.append(max(links, key=lambda stp: (links[stp], stp)))
            yield tuple(sorted(region))


def _anew(
    problem: Problem,
    question: Question,
    assignment: dict[str, str],
    region: tuple[str, ...],
    until: float,
    cuts: list[Cut],
    count: bool,
) -> dict[str, str] | None:
    """Return an assignment with the STPs of a region put together anew; None if there was no time.

    Where `count` is not set, split councils do not matter. `cuts` are what
    other regions taught; they grow.
    """
    part = _within(problem, assignment, region)
    countable = [
        council
        for council, inside in part.residents.items()
        if count and len(inside) > 1 and sum(inside.values()) >= needed(problem.residents[council], question.tolerance)
    ]
    of_region = Programme(part, question, (), countable, elastic=True).solve(until, cuts, gap=0.005).assignment
    return assignment | of_region if of_region else None


def _within(problem: Problem, assignment: dict[str, str], region: tuple[str, ...]) -> Problem:
    """Return the problem of a region alone."""
    home = {ccg: problem.home[ccg] for ccg, stp in assignment.items() if stp in region}
    residents = {
        council: inside
        for council, whole in problem.residents.items()
        if (inside := {ccg: number for ccg, number in whole.items() if ccg in home})
    }
    return Problem(home, residents, problem.owner, problem.borders, problem.islands, region)
