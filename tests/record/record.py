"""Record what pages say: ``python -m tests.record.record MAIN_SCRIPT [--only /council]``.

The main script may be that of any checkout of the project; run it from there, so that it finds its own modules:
``cd CHECKOUT; python HERE/tests/record/record.py app.py``.
"""

import argparse
import csv
import json
import sys
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

if __name__ == "__main__" and not __package__:
    # The app's modules are those of the checkout that is recorded, the recorder's those beside this file.
    sys.path[0] = str(Path.cwd())
    import tests

    tests.__path__.append(str(Path(__file__).parents[1]))

from streamlit.testing.v1 import AppTest

from tests.record import elements, files, store

_WAIT = 120
# Larger tables are kept as checksum and shape.
_LARGEST_TABLE = 100_000
_pages: dict[str, dict[str, str]] = {}


def listed() -> list[dict[str, str]]:
    """Return the views to record: ``link``, ``shows``, and the ``file`` that a reader brings."""
    with (store.HERE / "views.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def opened(main: str, link: str, brought: str = "") -> AppTest:
    """Run the app as a reader who opens a link.

    Parameters
    ----------
    main : str
        The main script.
    link : str
        From the app's address on: ``/footprint?stp=E54000015``.
    brought : str
        Name of a file beside this one that the reader uploads.
    """
    address = urlsplit(link)
    test = AppTest.from_file(main, default_timeout=_WAIT)
    if path := address.path.strip("/"):
        # Only a run tells which pages there are; pages that are functions can be reached by their hash alone.
        test._page_hash = _hashes(main)[path]
    for name, value in parse_qsl(address.query, keep_blank_values=True):
        test.query_params[name] = value
    test.run()
    if brought:
        test.file_uploader[0].set_value((brought, (store.HERE / brought).read_bytes(), "text/csv")).run()
    return test


def _hashes(main: str) -> dict[str, str]:
    if main not in _pages:
        test = AppTest.from_file(main, default_timeout=_WAIT).run()
        _pages[main] = {page["url_pathname"]: name for name, page in test._registered_pages.items()}
    return _pages[main]


def view(main: str, link: str, brought: str = "", tables: dict[str, bytes] | None = None) -> dict[str, Any]:
    """Record one view: everything that it says, also in what a reader has to open, and what it offers.

    Parameters
    ----------
    main, link, brought : str
        As in `opened`.
    tables : dict, optional
        Takes the downloaded tables by checksum; without it no download is made, only its name recorded.

    Raises
    ------
    RuntimeError
        If the page fails.
    """
    with files.offered() as offers:
        test = opened(main, link, brought)
        closed = elements.folded(test)
        told = {"counts": elements.counts(test), "controls": elements.controls(test)}
        if closed:
            for key in closed:
                test.session_state[key] = True
            test.run()
    if test.exception:
        raise RuntimeError(f"{link}: {test.exception[0].value}")
    told = elements.read(test) | told
    told["files"] = [
        {"name": file.name, "label": label} | (_described(file, tables) if tables is not None else {})
        for label, file in files.of_buttons(test, offers)
    ]
    return {name: value for name, value in told.items() if value}


def _described(file: files.File, tables: dict[str, bytes]) -> dict[str, Any]:
    content = file.content()
    described = files.described(file.name, content)
    if file.name.endswith(".csv") and len(content) <= _LARGEST_TABLE:
        tables[described["sha256"]] = content
    return described


def name(row: dict[str, str]) -> str:
    """Return how a view is called in the record: its link, and the file that was brought."""
    return f"{row['link']} with {row['file']}" if row["file"] else row["link"]


def main(arguments: list[str] | None = None) -> None:
    """Record all listed views into the files beside this one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("main", help="the main script")
    parser.add_argument("--only", default="", help="record links only that begin so, and print them")
    given = parser.parse_args(arguments)
    script = str(Path(given.main).resolve())
    if given.only:
        for row in listed():
            if row["link"].startswith(given.only):
                told = view(script, row["link"], row["file"], {})
                print(json.dumps({name(row): told}, ensure_ascii=False, indent=1))
        return
    store.PAGES.mkdir(exist_ok=True)
    tables: dict[str, bytes] = {}
    # The list has the views of a page one after the other.
    for path, rows in groupby(listed(), lambda row: store.page_file(row["link"])):
        print(path.name, file=sys.stderr)
        views = {name(row): view(script, row["link"], row["file"], tables) for row in rows}
        store.write(path, views)
    store.write_tables(tables)


if __name__ == "__main__":
    main()
