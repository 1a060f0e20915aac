"""``python -m geo regroup``: what moving CCGs between STPs would change, one row a number."""

import argparse
import sys

import pandas as pd

from geo import effects, regroup
from geo.command_line import TABLE_FORMATS, print_table
from geo.map_fit import Council, Stp

_SCORES = ("stps", "split_councils", "residents_in_split", "v_measure")


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line of geo."""
    says = "what moving CCGs, or parts of them, between the STPs of 2017 would change: a what-if, not a real map"
    command = commands.add_parser("regroup", help=says, description=f"{says[0].upper()}{says[1:]}.")
    says = "CCG:STP in ONS codes, or CCG-district:STP for the part of a CCG in a district; new-1 is a new STP"
    command.add_argument("moves", metavar="MOVE", nargs="+", type=_move, help=says)
    says = "layer by which the fit is judged (default: %(default)s)"
    command.add_argument("--against", metavar="LAYER", choices=regroup.AGAINST, default=regroup.COUNCILS, help=says)
    command.add_argument("--format", choices=TABLE_FORMATS, default="table")
    command.set_defaults(run=_run)


def _move(text: str) -> tuple[str, str]:
    unit, colon, stp = text.partition(":")
    if not colon:
        raise argparse.ArgumentTypeError(f"{text!r} is not a CCG and an STP with a colon between them")
    return unit, stp


def _run(options: argparse.Namespace) -> int:
    try:
        consequences = effects.consequences(regroup.assignment(dict(options.moves)), options.against)
    except regroup.MoveError as error:
        print(f"geo regroup: {error}", file=sys.stderr)
        return 2
    print_table(changes(consequences), options.format)
    return 0


def changes(outcome: effects.Consequences) -> pd.DataFrame:
    """Return every number that a regrouping changes.

    Returns
    -------
    DataFrame
        ``layer`` (``england``, ``stp``, or ``council`` for the areas by
        which the fit is judged), ``code``, ``name``,
        ``measure``, ``before`` and ``after``, only rows in which the last two
        differ; measures as in `geo.map_fit`.
    """
    rows = [
        ("england", "", "England", name, getattr(outcome.before, name), getattr(outcome.after, name))
        for name in _SCORES
    ]
    for layer, areas in (("stp", outcome.stps), ("council", outcome.councils)):
        for code, area in areas.items():
            before, after = _measures(area.before), _measures(area.after)
            rows += [(layer, code, area.name, name, before[name], after[name]) for name in before]
    columns = ["layer", "code", "name", "measure", "before", "after"]
    return pd.DataFrame([row for row in rows if row[4] != row[5]], columns=columns)


def _measures(area: Stp | Council) -> dict[str, int | str]:
    if isinstance(area, Council):
        return {"stps": len(area.stps), "class": area.fit}
    numbers = {"population": area.population, "ccgs": area.ccgs, "councils": area.councils}
    return numbers | {"class": area.fit, "pieces": area.pieces}
