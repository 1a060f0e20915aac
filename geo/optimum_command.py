"""``python -m geo optimum``: the best map of whole CCGs, with its status; also as a stream for a program that waits."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import pandas as pd

    from geo.assignments import Problem, Question
    from geo.optimum import State

MOST_SECONDS = 3600
STATUSES = {
    "optimal": "optimal: no map within the limits has fewer residents in split councils",
    "feasible": "feasible: the best map found in time; a better one may exist, but none below the bound",
    "infeasible": "infeasible: no map of whole CCGs is within the limits",
    "unknown": "unknown: neither a map within the limits nor a proof that there is none was found in time",
}


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line of geo."""
    says = "assign whole CCGs to the STPs so that as few residents as possible live in split councils"
    command = commands.add_parser(
        "optimum",
        help=says,
        description=f"{says[0].upper()}{says[1:]}, every STP contiguous and within limits of population. The "
        "assignment goes to standard output, what is known of it to standard error. Exit status 0 with a map, "
        "1 without.",
    )
    for name, which in (("--least", "smallest"), ("--most", "largest")):
        says = f"residents of the {which} STP; by default those of the {which} real one"
        command.add_argument(name, metavar="RESIDENTS", type=_residents, help=says)
    says = "part of a council, in per cent, that may lie elsewhere: 0 (the default) to below 50"
    command.add_argument("--tolerance", metavar="PERCENT", type=float, default=0.0, help=says)
    command.add_argument("--seconds", type=float, default=30.0, help="when to stop looking; 30 by default")
    says = "csv (the default), or lines: every step as a line of JSON, the last one is the answer"
    command.add_argument("--format", choices=("csv", "lines"), default="csv", help=says)
    command.set_defaults(run=run)


def _residents(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of residents")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Run the command and return its exit status."""
    # Deferred: the other commands do without the solver.
    from geo import assignments, optimum

    if not 0 <= options.tolerance < 50:
        print("geo optimum: argument --tolerance: not a per cent, at least 0 and below 50", file=sys.stderr)
        return 2
    if not 0 < options.seconds <= MOST_SECONDS:
        print(f"geo optimum: argument --seconds: not above 0 and up to {MOST_SECONDS}", file=sys.stderr)
        return 2
    problem = assignments.england()
    smallest, largest = assignments.real_limits(problem)
    least = smallest if options.least is None else options.least
    most = largest if options.most is None else options.most
    question = assignments.Question(least, most, options.tolerance / 100)
    if options.format == "lines" and hasattr(os, "nice"):
        # Somebody waits for it in a browser, others for their pages.
        os.nice(10)
    with _quiet_solver() as out:
        tell = (lambda state: _line(state, out)) if options.format == "lines" else lambda state: None
        state = optimum.solve(problem, question, options.seconds, tell)
        if options.format == "lines":
            return 0
        if state.assignment:
            _table(problem, state.assignment).to_csv(out, index=False, lineterminator="\n")
    for line in _summary(problem, question, state):
        print(f"geo optimum: {line}", file=sys.stderr)
    return 0 if state.assignment else 1


@contextmanager
def _quiet_solver() -> Iterator[TextIO]:
    """Give standard output to the caller alone: the solver prints remarks of its own there, past Python."""
    try:
        own = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    except (OSError, ValueError):
        # Not a stream of the system's, so nobody else writes to it.
        yield sys.stdout
        return
    aside, kept = os.open(os.devnull, os.O_WRONLY), os.dup(sys.stdout.fileno())
    os.dup2(aside, sys.stdout.fileno())
    try:
        with own:
            yield own
    finally:
        os.dup2(kept, sys.stdout.fileno())
        os.close(aside)
        os.close(kept)


def _line(state: "State", out: TextIO) -> None:
    print(json.dumps(asdict(state)), file=out, flush=True)


def _table(problem: "Problem", assignment: dict[str, str]) -> "pd.DataFrame":
    import pandas as pd

    from geo import assignments, blocks, regroup

    ccgs, stps = blocks.names("ccg17"), blocks.names("stp17")
    rows = [
        (ccg, ccgs[ccg], problem.people[ccg], problem.home[ccg], stps[problem.home[ccg]], stp, regroup.stp_name(stp))
        for ccg, stp in sorted(assignments.renamed(problem, assignment).items())
    ]
    columns = ["ccg17cd", "ccg17nm", "population", "stp17cd", "stp17nm", "optimum_stp17cd", "optimum_stp17nm"]
    return pd.DataFrame(rows, columns=columns)


def _summary(problem: "Problem", question: "Question", state: "State") -> Iterator[str]:
    from geo import assignments, blocks, optimum

    reason = optimum.impossible(problem, question)
    yield STATUSES[state.status] + (f". {reason}" if reason else "")
    if state.assignment:
        real = assignments.residents_of(problem, assignments.split_councils(problem, problem.home, question.tolerance))
        split = assignments.split_councils(problem, state.assignment, question.tolerance)
        yield f"residents in split councils: {state.split:,} (bound {state.bound:,}; real map {real:,})"
        yield f"split councils: {len(split)} ({', '.join(blocks.names('council17')[split]) or 'none'})"
        fewest = "; fewest possible for these councils" if state.least_moved else ""
        yield f"moved: {len(assignments.moves(problem, state.assignment))} CCGs, {state.moved:,} residents{fewest}"
    elif state.status == "unknown":
        yield f"bound: {state.bound:,} residents in split councils"
    yield f"{state.seconds:.1f} seconds"
