"""Places and their areas as tables."""

from dataclasses import replace
from typing import NamedTuple

from geo import blocks, lookup
from geo.lookup import Lookup
from lib.content import frames
from lib.content.blocks import Column, Table
from lib.text import capital, counted
from pages.lookup.view import LAYERS


class Head(NamedTuple):
    """What a table is called: on the page, and as a file."""

    key: str
    title: str
    file_name: str


PLACES = Head("places", "Places and their areas", "lookup")
MISSING = Head("missing", "Places that were not found", "lookup-not-found")
MOST_SHOWN = 200
"""Rows that stand on the page; the file has all."""
_MISSING = (
    Column("place", "Place"),
    Column("number", "Number", "count", note="Of the place in the list."),
    Column("why", "Why"),
)
_LAYERS = (
    Column("group", "Group"),
    Column("areas", "Areas"),
    Column("number", "Number", "count"),
    Column("key", "Key", "code", note="In links, on the command line and in the interface for software."),
)


def places(answers: Lookup) -> Table:
    """Return every place with its areas, in the order of the list."""
    table = lookup.frame(answers)
    columns = [
        Column("place", "Place", note="As it was given, in its order."),
        Column("taken_for", "Taken for", note="What it is understood as; empty where nothing was found."),
    ]
    for layer in answers.layers:
        one, vintage = blocks.layer(layer).one, blocks.layer(layer).vintage
        whole = not answers.split(layer)
        grade = " ".join(blocks.notes([layer])) or f"Of the {vintage}."
        columns += [
            Column(f"{layer}cd", f"Code of the {one}, {blocks.layer(layer).year}", "code", in_file_only=True),
            Column(f"{layer}nm", f"{capital(one)}, {blocks.layer(layer).year}", note=grade),
            Column(
                f"{layer}_share",
                f"Share in this {one}",
                "share",
                note="Of the residents of the place, or of a postcode’s LSOA; below 100% it lies in several, and this "
                "one has most.",
                in_file_only=whole,
            ),
        ]
    # Why places were not found stands in a table of its own.
    remarked = any(place.remark for place in answers.found)
    columns.append(
        Column("remark", "Remark", note="Why nothing was found, or what to know.", in_file_only=not remarked)
    )
    return Table(PLACES.key, PLACES.title, tuple(columns), frames.rows(table), file_name=PLACES.file_name)


def missing(answers: Lookup) -> Table:
    """Return the places that were not found, each with the reason."""
    rows = tuple(
        (place.asked or "(blank)", number, place.remark)
        for number, place in enumerate(answers.places, start=1)
        if not place.found
    )
    return Table(MISSING.key, MISSING.title, _MISSING, rows, file_name=MISSING.file_name)


def shortened(table: Table) -> Table:
    """Return the rows of a table that stand on the page, and how many more there are."""
    many = len(table.rows)
    if many <= MOST_SHOWN:
        return table
    return replace(
        table, rows=table.rows[:MOST_SHOWN], caption=f"The first {MOST_SHOWN} of {many:,}; the download has all."
    )


def layers() -> Table:
    """Return the layers that can be chosen."""
    rows = tuple(
        (group, capital(blocks.layer(layer).vintage), len(blocks.names(layer)), layer)
        for layer, group in LAYERS.items()
    )
    return Table("layers", "Layers to choose from", _LAYERS, rows)


def summary(answers: Lookup) -> str:
    """Return in a sentence how much was found."""
    many = len(answers.places)
    return f"{len(answers.found):,} of {counted(many, 'place')} found"
