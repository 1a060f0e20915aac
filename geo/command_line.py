"""What the commands have in common: how they refuse wrong use, name damaged files and print tables."""

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NoReturn, TextIO

import pandas as pd

from geo import manifest

TABLE_FORMATS = ("csv", "json", "table")
MOST_SHOWN = 20


class OneLineParser(argparse.ArgumentParser):
    """A parser that answers wrong use with one line, as the commands themselves do."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong on standard error and exit with status 2."""
        self.exit(2, f"{self.prog.removeprefix('python -m ')}: {' '.join(message.split())}\n")


def print_problems(problems: list[str]) -> None:
    """Print which data files are damaged, the first of them, and what helps, to standard error."""
    lines = problems[:MOST_SHOWN] + ([f"... and {len(problems) - MOST_SHOWN} more"] if problems[MOST_SHOWN:] else [])
    says = f"The data files are not the ones that were built. {manifest.REPAIR}"
    print(*lines, says, sep="\n", file=sys.stderr)


def output_format(output: Path | None, asked: str | None, endings: Mapping[str, str], default: str) -> str:
    """Return the format of a file that a command writes: the one asked for, else that of the ending of its name.

    Parameters
    ----------
    output : Path or None
        The file, if one is named.
    asked : str or None
        What ``--format`` says, if it is given.
    endings : mapping of str to str
        Formats by ending, without the dot.
    default : str
        Format where neither says anything.

    Raises
    ------
    ValueError
        In one line, if the two contradict each other or the ending is none of these.
    """
    ending = output.suffix.lower().removeprefix(".") if output else ""
    implied = endings.get(ending)
    name = " ".join(str(output).split())
    if asked and implied and asked != implied:
        raise ValueError(f"{name} would be {implied}, but --format says {asked}: change one of the two")
    if ending and not implied and not asked:
        known = ", ".join(f".{known}" for known in endings)
        raise ValueError(f"{name} ends in none of {known}: change the ending or give --format")
    return asked or implied or default


def print_notes(notes: Iterable[str]) -> None:
    """Print on standard error what must be said of a table and does not get into it."""
    for note in notes:
        print(note, file=sys.stderr)


def print_table(table: pd.DataFrame, form: str, file: TextIO | None = None) -> None:
    """Print a table in one of `TABLE_FORMATS`: json is a list of records, table aligned text.

    It goes to a file that is open for text, by default standard output.
    """
    file = file or sys.stdout
    table = table.round(9)
    if form == "csv":
        table.to_csv(file, index=False, lineterminator="\n")
    elif form == "json":
        print(table.to_json(orient="records", force_ascii=False, double_precision=9), file=file)
    else:
        print(table.to_string(index=False, na_rep=""), file=file)
