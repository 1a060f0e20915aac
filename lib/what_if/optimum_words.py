"""The best map of whole CCGs in words and tables."""

import pandas as pd

from geo import assignments, blocks, optimum, regroup
from geo.assignments import Question
from geo.optimum import State
from lib.text import counted, listed, percent

METHOD = """
**What is asked**: every CCG, whole, in one of the 44 STPs, so that as few residents as possible live in split
councils. Every STP must hang together and be within the limits of population; all 44 stay. A council is *split* if the
part of its residents outside the STP that most of them are in is larger than the tolerance; at 0, as elsewhere on this
page, if they are in more than one STP. Among maps with the same split councils, the one that moves the fewest residents
to another STP.

**Hanging together**: by shared borders. Rivers and estuaries inside the part of a CCG in one district do not cut it.
The Isle of Wight borders on nothing; it may be with any CCG of its STP of 2017, as everywhere on this page.

**How**: one integer programme chooses the councils to split, as few residents as what is known allows, which is the
bound. Another looks for STPs that keep all other councils whole; if there are none, why is learnt and the first one
chooses again (logic-based Benders decomposition). If time gets short, parts of the map are rebuilt a few STPs at a
time, which finds maps but proves nothing. Both programmes are solved by HiGHS. Every map is checked for
borders and limits by other code before it is shown.

**Names**: an STP that keeps one of its CCGs of 2017 keeps its name; others are called New STP. Where two STPs become
one, another has to become two, because there are always 44.
"""
INTRO = (
    "A yardstick, not a proposal: how few residents could live in split councils if CCGs stayed whole and nothing else "
    "counted? It knows nothing of hospitals, patients' ways, money or history."
)
BUSY = (
    "Another search is running on this server, and there is room for one at a time. It ends within a minute or so; "
    "try again then."
)


def real(question: Question) -> tuple[int, int]:
    """Return split councils and residents in them on the real map."""
    problem = assignments.england()
    split = assignments.split_councils(problem, problem.home, question.tolerance)
    return len(split), assignments.residents_of(problem, split)


def impossible(question: Question) -> str | None:
    """Return why limits cannot be kept, where arithmetic alone shows it."""
    return optimum.impossible(assignments.england(), question)


def of_real_map(question: Question) -> str | None:
    """Say which STPs of the real map are outside the limits; None if none is."""
    problem = assignments.england()
    outside = assignments.beyond(problem, question, problem.home)
    if not outside:
        return None
    names = [blocks.names("stp17")[code] for code in sorted(outside, key=outside.get, reverse=True)]
    few = names if len(names) <= 4 else [*names[:3], f"{len(names) - 3} more"]
    are = "is" if len(names) == 1 else "are"
    return f"{counted(len(names), 'STP')} of the real map {are} outside these limits: {listed(few)}."


def progress(state: State) -> str:
    """Return in a sentence what a search knows so far."""
    if not state.seconds:
        return "Starting."
    below = f"no map can have fewer than {state.bound:,}" if state.bound else "nothing is proven yet"
    if state.split is None:
        return f"No map within the limits so far; {below}."
    return f"Best map so far: {state.split:,} residents in split councils; {below}."


def headline(question: Question, state: State, ended: str, seconds: int) -> str:
    """Return what came out of a search, and how sure that is."""
    people = f"{state.split:,} residents in split councils" if state.split is not None else ""
    after = {
        "cancelled": "Cancelled",
        "abandoned": "Ended because nobody waited",
        "failed": "The search broke off",
    }.get(ended, f"Time was up after {counted(seconds, 'second')}")
    if state.status == "infeasible":
        return f"No such map. {impossible(question) or 'No 44 STPs of whole CCGs hang together within these limits.'}"
    if state.status == "optimal":
        if state.split == 0:
            return "Proven: within these limits no resident has to live in a split council."
        return f"Proven: no map of whole CCGs within these limits has fewer than {people}."
    if state.status == "feasible":
        between = (
            f"no map can have fewer than {state.bound:,}" if state.bound else "how much better a map can be is open"
        )
        return f"{after}. Not proven: the best map found has {people}; {between}."
    below = f"; it cannot have fewer than {state.bound:,} residents in split councils" if state.bound else ""
    return f"{after}. No map within these limits was found, and it is not proven that there is none{below}."


def distance(question: Question, state: State) -> str:
    """Return how far the real map is from the best one found."""
    _, people = real(question)
    if state.split >= people:
        return f"That is no better than the real map, which has {people:,}."
    problem = assignments.england()
    ccgs, everybody = len(assignments.moves(problem, state.assignment)), sum(problem.people.values())
    kept = "these split councils" if state.split else "no split council"
    fewest = f"No map with {kept} moves fewer." if state.least_moved else "Whether fewer would do is not proven."
    more = f", which is {people - state.split:,} more" if state.split else ""
    moved = f"{counted(ccgs, 'CCG')} with {state.moved:,} residents, {percent(state.moved / everybody)} of England,"
    return f"The real map has {people:,}{more}. To get there, {moved} would change their STP. {fewest}"


def councils(question: Question, state: State) -> list[str]:
    """Return in sentences which councils are split on the best map, and which no longer."""
    problem, names = assignments.england(), blocks.names("council17")
    now = assignments.split_councils(problem, state.assignment, question.tolerance)
    then = assignments.split_councils(problem, problem.home, question.tolerance)
    said = []
    for title, codes in (
        ("Still split", [code for code in now if code in then]),
        ("Newly split", [code for code in now if code not in then]),
        ("No longer split", [code for code in then if code not in now]),
    ):
        if codes:
            said.append(f"{title}: {listed(sorted(names[codes]))}.")
    return said


def comparison(question: Question, state: State) -> pd.DataFrame:
    """Return the real map and the best one found side by side, and what no map can be below."""
    problem = assignments.england()
    split, people = real(question)
    found = assignments.split_councils(problem, state.assignment, question.tolerance)
    smallest, largest = assignments.real_limits(problem)
    sizes = assignments.populations(problem, state.assignment).values()
    rows = [
        ("Residents in split councils", people, state.split, state.bound),
        ("Split councils", split, len(found), None),
        ("Residents who change their STP", 0, state.moved, None),
        ("CCGs that change their STP", 0, len(assignments.moves(problem, state.assignment)), None),
        ("Residents of the smallest STP", smallest, min(sizes), question.least),
        ("Residents of the largest STP", largest, max(sizes), question.most),
    ]
    return pd.DataFrame(rows, columns=["", "Real map", "Best map found", "Bound or limit"]).astype(
        {"Bound or limit": float}
    )


def number(value: float) -> str:
    """Return a number of the comparison as it is shown."""
    return "–" if pd.isna(value) else f"{value:,.0f}"


def what_if_moves(state: State) -> dict[str, str]:
    """Return the moves that lead from the real map to the best one found, with new STPs called new."""
    problem = assignments.england()
    return assignments.moves(problem, assignments.renamed(problem, state.assignment))


def move_table(state: State) -> pd.DataFrame:
    """Return the CCGs that change their STP on the best map, most residents first."""
    problem = assignments.england()
    moves = what_if_moves(state)
    order = sorted(moves, key=lambda ccg: (-problem.people[ccg], ccg))
    ccgs, stps = blocks.names("ccg17"), blocks.names("stp17")
    return pd.DataFrame(
        {
            "CCG": [ccgs[ccg] for ccg in order],
            "Residents": [problem.people[ccg] for ccg in order],
            "From": [stps[problem.home[ccg]] for ccg in order],
            "To": [regroup.stp_name(moves[ccg]) for ccg in order],
            "CCG code": order,
            "From code": [problem.home[ccg] for ccg in order],
            "To code": [moves[ccg] for ccg in order],
        }
    )
