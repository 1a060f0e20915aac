"""How far the real map is from the best map of whole CCGs: what is known at once, and what a search found."""

from dataclasses import replace

from geo import assignments, blocks, kept, optimum, regroup
from geo.assignments import Question
from geo.optimum import BestMap, State
from lib import links
from lib.content.blocks import Block, Column, Inline, Link, Links, Prose, Section, Strong, Table
from lib.text import counted, listed, percent
from lib.what_if import moves
from pages.what_if.jobs import Job
from pages.what_if.view import WhatIfView

_METHOD: tuple[tuple[Inline, ...], ...] = (
    (
        Strong("What is asked"),
        ": every CCG, whole, in one of the {stps} STPs, so that as few residents as possible "
        "live in split councils. Every STP must hang together and be within the limits of population; all of them "
        "stay. A council is ",
        Strong("split"),
        " if the part of its residents outside the STP that most of them are in is larger than the tolerance; at 0, as "
        "elsewhere on this page, if they are in more than one STP. Among maps with the same split councils, the one "
        "that moves the fewest residents to another STP.",
    ),
    (
        Strong("Hanging together"),
        ": by shared borders. Rivers and estuaries inside the part of a CCG in one district do not cut it. The Isle of "
        "Wight borders on nothing; it may be with any CCG of its STP of 2017, as everywhere on this page.",
    ),
    (
        Strong("How"),
        ": one integer programme chooses the councils to split, as few residents as what is known allows, which is the "
        "bound. Another looks for STPs that keep all other councils whole; if there are none, why is learnt and the "
        "first one chooses again (logic-based Benders decomposition). If time gets short, parts of the map are rebuilt "
        "a few STPs at a time, which finds maps but proves nothing. Both programmes are solved by HiGHS. Every map is "
        "checked for borders and limits by other code before it is shown.",
    ),
    (
        Strong("Names"),
        ": an STP that keeps one of its CCGs of 2017 keeps its name; others are called New STP. Where two STPs become "
        "one, another has to become two, because there are always as many.",
    ),
)
INTRO = (
    "A yardstick, not a proposal: how few residents could live in split councils if CCGs stayed whole and nothing else "
    "counted? It knows nothing of hospitals, patients' ways, money or history."
)
LIMITS = (
    "At first the limits are those of the real map. Tolerance: the part of a council that may lie in other STPs before "
    "it counts as split."
)
BUSY = (
    "Another search is running on this server, and there is room for one at a time. It ends within a minute or so; "
    "try again then."
)


def _told(words: tuple[Inline, ...]) -> Prose:
    stps = len(blocks.names("stp17"))
    return Prose(tuple(part.format(stps=stps) if isinstance(part, str) else part for part in words))


@kept.within(1)
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
    names = [blocks.names("stp17")[code] for code in sorted(outside, key=outside.__getitem__, reverse=True)]
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


def headline(question: Question, state: State, ended: str | None, seconds: int) -> str:
    """Return what came out of a search, and how sure that is."""
    people = f"{state.split:,} residents in split councils" if state.split is not None else ""
    after = {
        "cancelled": "Cancelled",
        "abandoned": "Ended because nobody waited",
        "failed": "The search broke off",
    }.get(ended or "", f"Time was up after {counted(seconds, 'second')}")
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


def distance(question: Question, state: State, best: BestMap) -> str:
    """Return how far the real map is from the best one found."""
    _, people = real(question)
    if best.split >= people:
        return f"That is no better than the real map, which has {people:,}."
    problem = assignments.england()
    ccgs, everybody = len(assignments.moves(problem, best.assignment)), sum(problem.people.values())
    kept = "these split councils" if best.split else "no split council"
    fewest = f"No map with {kept} moves fewer." if state.least_moved else "Whether fewer would do is not proven."
    more = f", which is {people - best.split:,} more" if best.split else ""
    moved = f"{counted(ccgs, 'CCG')} with {best.moved:,} residents, {percent(best.moved / everybody)} of England,"
    return f"The real map has {people:,}{more}. To get there, {moved} would change their STP. {fewest}"


def councils(question: Question, best: BestMap) -> list[str]:
    """Return in sentences which councils are split on the best map, and which no longer."""
    problem, names = assignments.england(), blocks.names("council17")
    now = assignments.split_councils(problem, best.assignment, question.tolerance)
    then = assignments.split_councils(problem, problem.home, question.tolerance)
    sentences = []
    for title, codes in (
        ("Still split", [code for code in now if code in then]),
        ("Newly split", [code for code in now if code not in then]),
        ("No longer split", [code for code in then if code not in now]),
    ):
        if codes:
            sentences.append(f"{title}: {listed(sorted(names[codes]))}.")
    return sentences


def _comparison(question: Question, state: State, best: BestMap) -> Table:
    """Return the real map and the best one found side by side, and what no map can be below."""
    problem = assignments.england()
    split, people = real(question)
    split_codes = assignments.split_councils(problem, best.assignment, question.tolerance)
    smallest, largest = assignments.real_limits(problem)
    sizes = assignments.populations(problem, best.assignment).values()
    rows = (
        ("Residents in split councils", people, best.split, state.bound),
        ("Split councils", split, len(split_codes), None),
        ("Residents who change their STP", 0, best.moved, None),
        ("CCGs that change their STP", 0, len(assignments.moves(problem, best.assignment)), None),
        ("Residents of the smallest STP", smallest, min(sizes), question.least),
        ("Residents of the largest STP", largest, max(sizes), question.most),
    )
    columns = (
        Column("measure", "Measure"),
        Column("real_map", "Real map", "count"),
        Column("best_map", "Best map found", "count"),
        Column("bound_or_limit", "Bound or limit", "count"),
    )
    return Table("best-map", "The real map and the best one found", columns, rows)


def what_if_moves(state: State) -> dict[str, str]:
    """Return the moves that lead from the real map to the best one found, with new STPs called new."""
    problem = assignments.england()
    return assignments.moves(problem, assignments.renamed(problem, state.assignment or problem.home))


def _moves(state: State) -> Table:
    """Return the CCGs that change their STP on the best map, most residents first."""
    problem = assignments.england()
    made = what_if_moves(state)
    order = sorted(made, key=lambda ccg: (-problem.people[ccg], ccg))
    ccgs, stps = blocks.names("ccg17"), blocks.names("stp17")
    rows = tuple(
        (
            ccgs[ccg],
            problem.people[ccg],
            stps[problem.home[ccg]],
            regroup.stp_name(made[ccg]),
            ccg,
            problem.home[ccg],
            made[ccg],
        )
        for ccg in order
    )
    columns = (
        Column("ccg", "CCG"),
        Column("residents", "Residents", "count"),
        Column("from", "From"),
        Column("to", "To"),
        Column("ccg_code", "CCG code", "code", in_file_only=True),
        Column("from_code", "From code", "code", in_file_only=True),
        Column("to_code", "To code", "code", in_file_only=True),
    )
    title = f"The {counted(len(rows), 'CCG')} that {'changes its' if len(rows) == 1 else 'change their'} STP"
    return Table("best-map-moves", title, columns, rows, codes=tuple(order))


def question(view: WhatIfView) -> Question:
    """Return what a view asks."""
    return Question(view.least, view.most, view.tolerance / 100)


def section(view: WhatIfView) -> Section:
    """Return what the best map is, how it is looked for, and what is known before anybody looks."""
    asked = question(view)
    sentence = impossible(asked) or of_real_map(asked)
    _, people = real(asked)
    known = f"The real map has {people:,} residents in split councils."
    return Section(
        "How far from the best map?",
        (Prose(INTRO), Prose(f"{known} {sentence}" if sentence else known), _method()),
        "optimum",
    )


@kept.once
def _method() -> Section:
    return Section("How the best map is looked for", tuple(map(_told, _METHOD)), "best-map-method", True)


def answer(view: WhatIfView, job: Job) -> Section:
    """Return what came out of a search that ended."""
    headline_ = Prose((Strong(headline(job.question, job.state, job.ended, job.seconds)),))
    inside: list[Block] = [headline_]
    if best := job.state.best:
        inside.append(Prose(distance(job.question, job.state, best)))
        inside += [Prose(sentence) for sentence in councils(job.question, best)]
        inside.append(_comparison(job.question, job.state, best))
        if made := what_if_moves(job.state):
            way = links.link(replace(view, moves=moves.write(made), ccg=()))
            inside.append(Links((Link("Open this map as a what-if", way),)))
            if view.tolerance:
                inside.append(Prose("The what-if counts without tolerance.", "caption"))
            table = _moves(job.state)
            inside.append(Section(table.title, (table,), "best-map-moves", folded=True))
    return Section("The best map that was found", tuple(inside), "best-map")
