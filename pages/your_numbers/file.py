"""A reader's file: kept for the session, read, and how it is understood.

It stays in the reader's session: in no cache that sessions share, on no disk and in no link.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from geo import area_words, blocks, resolver
from lib.content.blocks import Words
from lib.own_numbers import keys, row_kinds
from lib.own_numbers.table import Table, UnreadableError, place
from lib.text import counted
from pages.your_numbers.reader import read
from pages.your_numbers.reader.columns import Found
from pages.your_numbers.reader.matched import Matched
from pages.your_numbers.view import YourNumbersView


@dataclass(repr=False)
class File:
    """A reader's file with what was last made of it, so that a click does not read it again."""

    name: str
    content: bytes
    upload: str
    made: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    def keep(self, what: str, asked: tuple, make: Callable[[], Any]) -> Any:
        """Return what was made for the same question last time, or make it."""
        if self.made.get(what, (None,))[0] != asked:
            self.made[what] = (asked, make())
        return self.made[what][1]


@dataclass(frozen=True)
class Unread:
    """Why a file cannot be read, and its sheets if it is a workbook."""

    sentence: str
    sheets: tuple[str, ...]


@dataclass(frozen=True)
class Given:
    """What a reader gave, as far as it is understood.

    Attributes
    ----------
    file : File
        The file.
    table : Table or None
        What it holds; None if it cannot be read.
    columns : Found or None
        Which of its columns names areas.
    matched : Matched or None
        Its numbers by area.
    refusal : Words
        Why they are not shown.
    hint : str
        What might be meant besides.
    """

    file: File
    table: Table | None = None
    columns: Found | None = None
    matched: Matched | None = None
    refusal: Words = ()
    hint: str = ""

    @property
    def read(self) -> "Read | None":
        """What was read of the file; None until its numbers are matched."""
        if self.table is None or self.columns is None or self.matched is None:
            return None
        return Read(self.file, self.table, self.columns, self.matched)


@dataclass(frozen=True)
class Read:
    """A file whose numbers were matched, with what they were matched by: see `Given`."""

    file: File
    table: Table
    columns: Found
    matched: Matched


def sheet(view: YourNumbersView) -> int | None:
    """Return the place of the sheet that the reader chose; None if the one that is meant is to be found."""
    return None if view.sheet == 1 else max(int(view.sheet) - 1, 0)


def opened(file: File, view: YourNumbersView) -> Table | Unread:
    """Return the table of a file, or why there is none."""

    def make() -> Table | Unread:
        try:
            return read.read(file.content, sheet(view), view.head)
        except UnreadableError as error:
            return Unread(str(error), error.sheets)

    return file.keep("table", (view.sheet, view.head), make)


def column(table: Table, letters: str | None) -> int | None:
    """Return the place of a column that the link names, if the file has it."""
    position = place(letters) if letters else None
    return position if position is not None and position < len(table.head) else None


def area(view: YourNumbersView, layer: str) -> str | None:
    """Return the code of the area that is open: the one that the link names, or the one with exactly its ground."""
    if not view.area or view.area in blocks.names(layer).index:
        return view.area
    return next((code for known in resolver.find(view.area) if (code := known.same_in(layer))), None)


def strange_area(view: YourNumbersView, layer: str, kind: str) -> str:
    """Say what area the link names that is none of the layer shown, and what is shown; empty if it names none.

    `kind` is what the rows of the file are of.
    """
    if not view.area or view.area in blocks.names(layer).index:
        return ""
    many, known = row_kinds.many(layer), resolver.find(view.area)
    what = area_words.sentence(known[0], layer) if known else f"{view.area} is not known"
    instead = area(view, layer)
    consequence = (
        f"{blocks.names(layer)[instead]} is opened instead" if instead else f"none is opened, all {many} are shown"
    )
    read = "read as" if layer == kind else "added up to"
    return f"`area`: {what}. The file is {read} {many}: {consequence}."


def target(view: YourNumbersView, kind: str) -> str:
    """Return the layer whose areas are shown for a file with rows of some kind."""
    return view.to if view.to in row_kinds.layers(kind) else row_kinds.usual(kind)


def strange_target(view: YourNumbersView, kind: str) -> str:
    """Say why the layer that the link names is not shown for rows of some kind, and what is; empty if it is."""
    if view.to in (keys.AUTO, *row_kinds.layers(kind)):
        return ""
    instead = row_kinds.many(row_kinds.usual(kind))
    return f"`to`: {row_kinds.why_not_to(kind, view.to)}; they are shown for {instead} instead."


def misfits(view: YourNumbersView, table: Table) -> list[str]:
    """Return what the link asks of the file that it does not have, and what is shown instead."""
    sentences = []
    if view.sheet > max(len(table.sheets), 1):
        has = counted(len(table.sheets), "sheet") if table.sheets else "no sheets"
        sentences.append(f"`sheet`: the file has {has}; the first that names areas is shown.")
    if view.head not in (None, table.head_row):
        sentences.append(f"`head`: row {view.head} of the file cannot be that of the headings; another one is taken.")
    for name in ("key", "values", "weigh"):
        letters = getattr(view, name)
        if letters and column(table, letters) is None:
            instead = "none" if name == "weigh" else "another one"
            sentences.append(f"`{name}`: the file has no column {letters}; {instead} is taken.")
    return sentences
