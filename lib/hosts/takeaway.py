"""What a reader takes along of a view: a citation, the size of an embed, files."""

import datetime
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

from geo import manifest
from lib import links
from lib.content.blocks import Block, Inline, Link, MapFigure, Prose
from lib.content.document import Document
from lib.content.page import Page
from lib.hosts import settings

SIZES = {"small": (480, 560), "medium": (720, 760), "large": (1080, 980)}
"""Width and height of an embed, pixels."""


def citation(words: str, version: str, day: datetime.date, memberships: str = "April 2017") -> str:
    """Return a citation in plain text, with ``{link}`` where the link belongs.

    Parameters
    ----------
    words : str
        The view in words.
    version : str
        Version of the data, from the manifest.
    day : date
        When the view was seen.
    memberships : str
        When areas had the boundaries that are shown.
    """
    return (
        f"Footprints: {words}. Memberships of {memberships}, residents of mid-2017 (ONS); data version {version}. "
        f"{{link}} (seen {day.day} {day:%B %Y})."
    )


_PICTURES = {
    "svg": "Map (SVG, for print and slides)",
    "png": "Map (PNG, 300 dots an inch)",
    "geojson": "Areas of the map (GeoJSON)",
}


def closing(link: str) -> tuple[Block, ...]:
    """Return what stands at the end of every page: attribution, version of the data, and where errors are reported."""
    package = manifest.read()
    words: list[Inline] = [f"{package['attribution']} Data version {package['version']}."]
    if settings.reports():
        words += [" ", Link("Report an error in a fact", report(link)), "."]
    return (Prose(tuple(words), "caption"),)


def report(link: str, fact: str = "") -> str:
    """Return where an error is reported, with a title and the view filled in; empty if the operator has no such place.

    Parameters
    ----------
    link : str
        Of the view.
    fact : str, optional
        What the fact is called; never what it says, which may be a reader's own.
    """
    to = settings.reports()
    if not to:
        return ""
    title = f"Footprints: an error in a fact{f' ({fact})' if fact else ''}"
    # Trackers of issues call it title, mail subject.
    query = {"subject" if to.startswith("mailto:") else "title": title, "body": settings.origin() + link}
    return f"{to}{'&' if '?' in to else '?'}{urlencode(query, quote_via=quote)}"


@dataclass(frozen=True)
class File:
    """A file of a view: what it is in words, its address, and the name that it is saved under."""

    words: str
    address: str
    name: str


def file_address(page: Page, view: Any, form: str, table: str = "") -> str:
    """Return the address of a view in another form: ``"/council.csv?council=E10000012&table=stps"``.

    The view may have a parameter of that name itself, which stands first: ``"/sources.csv?table=lsoa&table=columns"``.
    """
    return _address(page, links.query_string(view), form, table)


def _address(page: Page, parameters: str, form: str, table: str = "") -> str:
    more = urlencode({"table": table}) if table else ""
    return f"/{page.path or 'map'}.{form}?{'&'.join(filter(None, (parameters, more)))}"


def files(page: Page, view: Any, document: Document) -> list[File]:
    """Return every file of a view: tables as CSV and together as a workbook, all of it as JSON, its map as a picture.

    What only its page has comes last.
    """
    name, address = page.path or "map", partial(_address, page, links.query_string(view))
    common = [
        File(f"{table.title} (CSV)", address("csv", table.key), f"{table.file_name or table.key}.csv")
        for table in document.tables()
    ]
    if common:
        common.append(File("All tables (Excel workbook)", address("xlsx"), f"{name}.xlsx"))
    common.append(File("Facts and tables (JSON)", address("json"), f"{name}.json"))
    own_endings = {form.ending for form in page.forms}
    if "pdf" not in own_endings:
        common.append(File("All of it to print (PDF)", address("pdf"), f"{name}.pdf"))
    if isinstance(document.figure(), MapFigure):
        pictured = {form: words for form, words in _PICTURES.items() if form not in own_endings}
        common += [File(words, address(form), f"{name}.{form}") for form, words in pictured.items()]
    own = ((form, form.name(view)) for form in page.forms)
    return [*common, *(File(form.words, address(form.ending), name) for form, name in own if name)]
