"""The command ``lookup``: a file of places in, their areas of chosen layers out."""

import argparse
import sys
from pathlib import Path
from typing import TextIO

from geo import blocks, lookup, place_lists, places
from geo.command_line import MOST_SHOWN, TABLE_FORMATS, print_notes, print_table
from geo.formulas import made_safe

_MOST_BYTES = 5 * 1024 * 1024
_TABLES = (".csv", ".tsv")
_SAYS = "areas of chosen layers in which postcodes, LSOAs and named areas lie, up to 10,000 at once"


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to others."""
    more = (
        "A place in several areas of a layer is given the one with most of its residents, with their share. Exit "
        "status 1 if a place was not found; which and why stands on standard error."
    )
    command = commands.add_parser("lookup", help=_SAYS, description=f"{_SAYS}. {more}")
    says = "one place a line, or a table (.csv, .tsv, or with --column); - for standard input"
    command.add_argument("file", metavar="FILE", help=says)
    says = f"separated by commas, of: {', '.join(blocks.LAYERS)}"
    command.add_argument("--layers", required=True, metavar="LAYERS", help=says)
    command.add_argument("--column", metavar="NAME", help="heading of the column with the places, if it is a table")
    command.add_argument("--out", type=Path, metavar="FILE", help="file to write; standard output by default")
    command.add_argument("--format", choices=TABLE_FORMATS, default="csv")
    command.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    layers = [name.strip() for name in options.layers.split(",") if name.strip()]
    try:
        answer = lookup.lookup(_places(options), layers)
        if options.out:
            with options.out.open("w", encoding="utf-8", newline="") as file:
                _write(answer, options.format, file)
        else:
            _write(answer, options.format, sys.stdout)
    except (place_lists.ListError, lookup.TooManyError) as error:
        return _refused(str(error))
    except BrokenPipeError:
        raise
    except OSError as error:
        return _refused(f"{error.filename or options.file}: {error.strerror}")
    return _report(answer)


def _refused(sentence: str) -> int:
    print(f"geo lookup: {sentence}", file=sys.stderr)
    return 2


def _places(options: argparse.Namespace) -> tuple[str, ...]:
    """Return the places of the file that is named."""
    if options.file == "-":
        content = sys.stdin.buffer.read(_MOST_BYTES + 1)
    else:
        with Path(options.file).open("rb") as file:
            content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise place_lists.ListError(f"the file has more than {_MOST_BYTES >> 20} MB")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if options.column is None and not options.file.lower().endswith(_TABLES):
        pasted = place_lists.pasted(text, places.is_place)
        if not pasted:
            raise place_lists.ListError("The file is empty.")
        return pasted
    listed = place_lists.of_text(text, places.is_place, options.column)
    if len(listed.columns) > 1 and options.column is None:
        print(f"geo lookup: the places are taken from the column {listed.column!r}", file=sys.stderr)
    return listed.places


def _write(answers: lookup.Lookup, form: str, file: TextIO) -> None:
    table = lookup.frame(answers)
    if form == "csv":
        table = table.map(made_safe)
    print_table(table, form, file)


def _report(answers: lookup.Lookup) -> int:
    """Say on standard error what was not found, and what is to be known of the layers."""
    print_notes(answers.notes)
    for place in answers.missing[:MOST_SHOWN]:
        print(f"geo lookup: {place.asked!r}: {place.remark}", file=sys.stderr)
    if (more := len(answers.missing) - MOST_SHOWN) > 0:
        print(f"geo lookup: ... and {more:,} more; the column remark has them all", file=sys.stderr)
    print(f"geo lookup: {len(answers.found):,} of {len(answers.places):,} places were found", file=sys.stderr)
    return 1 if answers.missing else 0
