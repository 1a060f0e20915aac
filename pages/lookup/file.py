"""A list that a reader brings along: its places read, and looked up.

It stays in the reader's session: in no cache that sessions share, on no disk and in no link.
"""

import warnings
from dataclasses import dataclass, field, replace

from geo import lookup, place_lists, places
from geo.lookup import Lookup
from geo.place_lists import ListError, PlaceList
from lib.own_numbers import encodings, kinds, package
from lib.own_numbers.table import MOST_COLUMNS, MOST_LINES, UnreadableError

PASTED = "the pasted list"
_MOST_PASTED = 2_000_000


@dataclass(frozen=True, repr=False)
class Brought:
    """A list as it was brought along.

    Attributes
    ----------
    name : str
        Of the file, or `PASTED`.
    upload : str
        What tells this file from others; empty of a pasted list.
    rows : tuple of tuple of str
        The cells of a file; empty of a pasted list, and of a file that cannot be read.
    listed : PlaceList
        Its places.
    refusal : str
        Why there are none, in sentences.
    """

    name: str
    upload: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    listed: PlaceList = field(default_factory=lambda: PlaceList(()))
    refusal: str = ""


@dataclass(frozen=True)
class Given:
    """What a reader gave: the list, and what was found of it; None if it cannot be answered."""

    brought: Brought
    found: Lookup | None = None


def pasted(text: str) -> Brought:
    """Return a pasted list."""
    if len(text) > _MOST_PASTED:
        return Brought(PASTED, refusal=f"It has more than {_MOST_PASTED:,} letters. Take fewer places at once.")
    return _checked(Brought(PASTED, listed=PlaceList(place_lists.pasted(text, places.is_place))))


def opened(name: str, content: bytes, upload: str) -> Brought:
    """Return the list in a file: text, CSV, or the first sheet of a workbook that can be seen."""
    try:
        if kinds.is_workbook(content):
            brought = Brought(name, upload, _sheet(content))
        elif name.lower().endswith((".csv", ".tsv")):
            brought = Brought(name, upload, place_lists.rows(encodings.decoded(content)[0]))
        else:
            text = encodings.decoded(content)[0]
            return _checked(Brought(name, upload, listed=PlaceList(place_lists.pasted(text, places.is_place))))
    except (UnreadableError, ListError) as error:
        return Brought(name, upload, refusal=str(error))
    return by_column(brought, None)


def by_column(brought: Brought, column: str | None) -> Brought:
    """Return the same file with its places read from a column, by its heading; found where nothing is said."""
    try:
        listed = place_lists.of_rows(brought.rows, places.is_place, column)
    except ListError as error:
        heads = brought.listed.columns or tuple(brought.rows[0] if brought.rows else ())
        return replace(brought, listed=PlaceList((), "", heads), refusal=str(error))
    return _checked(replace(brought, listed=listed, refusal=""))


def _checked(brought: Brought) -> Brought:
    many = len(brought.listed.places)
    if many > lookup.MOST_PLACES:
        return replace(brought, refusal=str(lookup.TooManyError(many)))
    return brought if many else replace(brought, refusal="It has no places in it.")


def _sheet(content: bytes) -> tuple[tuple[str, ...], ...]:
    """Return the cells of the first sheet of a workbook that can be seen."""
    # Few bring a workbook; who starts the server need not wait for what reads it.
    import openpyxl

    parts = package.parts(content)
    try:
        with warnings.catch_warnings():
            # Of what is not read, such as extensions and print areas.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(package.packed(parts), read_only=True, data_only=True, keep_links=False)
            sheet = next(one for one in book.worksheets if one.sheet_state == "visible")
            cells = sheet.iter_rows(max_row=MOST_LINES, max_col=MOST_COLUMNS, values_only=True)
            return tuple(tuple("" if cell is None else str(cell) for cell in row) for row in cells)
    # The reader gives no promise on what it raises when a file is not as it should be.
    except Exception as error:
        raise UnreadableError(package.DAMAGED) from error


def found(brought: Brought, layers: tuple[str, ...]) -> Lookup | None:
    """Look the places up; None if there are none."""
    return None if brought.refusal else lookup.lookup(brought.listed.places, layers)
