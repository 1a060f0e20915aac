"""Briefings without the app: ``python -m lib.briefing --help``."""

import argparse
import sys
from pathlib import Path

import pages  # noqa: F401 - links know the pages from here on
from geo import manifest
from geo.command_line import OneLineParser, output_format, print_problems
from lib import briefing, catalogue
from lib.accountable_care import acs
from lib.briefing import what_if
from lib.briefing.view import BriefingView


def subject(query: str) -> BriefingView | None:
    """Return the briefing on what someone names: an STP before a council before an ACS area before a what-if."""
    for name, code in (
        ("stp", catalogue.resolve("stp17", query)),
        ("council", catalogue.resolve("council17", query)),
        ("acs", acs.resolve(query)),
        ("moves", what_if.named(query)),
    ):
        if code:
            return BriefingView(**{name: code})
    return None


def main(arguments: list[str] | None = None) -> int:
    """Write one briefing and return the exit status: 0 done, 1 the data are damaged, 2 wrong use."""
    options = _parser().parse_args(arguments)
    if problems := manifest.problems():
        print_problems(problems)
        return 1
    problem, view, form = _understood(options)
    if problem:
        print(f"lib.briefing: {problem}", file=sys.stderr)
        return 2
    content = briefing.made(view, form, options.address)
    path = options.output or Path(f"{briefing.file_name(view)}.{form}")
    try:
        path.write_bytes(content)
    except OSError as error:
        print(f"lib.briefing: cannot write {path}: {error.strerror}", file=sys.stderr)
        return 2
    print(path)
    return 0


def _understood(options: argparse.Namespace) -> tuple[str, BriefingView, str]:
    """Return what is wrong in a line, or empty, and the view and the format."""
    view, nothing = subject(options.subject), BriefingView()
    if view is None:
        return f"{options.subject!r} is not the code or name of an STP, a council or an ACS area", nothing, ""
    if options.other is not None:
        other = catalogue.resolve("stp17", options.other)
        if other is None:
            return f"{options.other!r} is not the code or name of an STP", nothing, ""
        if view.stp is None or view.stp == other:
            return "only two different STPs can be compared", nothing, ""
        view = BriefingView(stp=view.stp, other=other)
    endings = {form: form for form in briefing.FORMATS} | {"htm": "html"}
    try:
        form = output_format(options.output, options.format, endings, "pdf")
    except ValueError as error:
        return str(error), nothing, ""
    if options.address and not options.address.startswith(("http://", "https://")):
        return f"{options.address!r} is not an address that begins with http:// or https://", nothing, ""
    return "", view, form


def _parser() -> argparse.ArgumentParser:
    parser = OneLineParser(
        prog="python -m lib.briefing", description="Write a one-page briefing on an STP, a council or an ACS area."
    )
    says = (
        "an STP (ONS or ODS code, number, name), a council (code, name), an ACS area (identifier, name) or the moves "
        "of a what-if (E38000008:E54000014)"
    )
    parser.add_argument("subject", metavar="SUBJECT", help=says)
    parser.add_argument("--with", dest="other", metavar="STP", help="a second STP to compare it with")
    parser.add_argument("--output", type=Path, metavar="FILE", help="where to write it; by default after its code")
    says = "by default after the ending of the file, else pdf; svg and png are the map alone"
    parser.add_argument("--format", choices=list(briefing.FORMATS), help=says)
    says = "where the app is reached, for the link and its QR code; by default the link has no host"
    parser.add_argument("--address", default="", metavar="URL", help=says)
    return parser


if __name__ == "__main__":
    sys.exit(main())
