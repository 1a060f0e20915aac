"""Text files with separators: the separator found, then read."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from lib.own_numbers import encodings
from lib.own_numbers.table import MOST_COLUMNS, MOST_LETTERS, Cell, Table, UnreadableError
from pages.your_numbers.reader.shape import shaped

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
_LOOKED_AT = 40
# As many as a spreadsheet can write behind the last column of a line.
_WIDEST = 20_000
# How a spreadsheet is told to leave a code such as 00C alone.
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


def read(content: bytes, head: int | None = None) -> Table:
    """Read a text file.

    Parameters
    ----------
    content : bytes
        The file.
    head : int, optional
        Number of the row with the headings, 0 for none; found where nothing is said.

    Raises
    ------
    UnreadableError
        If it is no text, or nothing that can be shown.
    """
    text, encoding = encodings.decoded(content)
    separator, text = _separator(text)
    how = f"Read as {encoding} text with {SEPARATORS[separator]} between the columns."
    if encoding == "Windows-1252":
        how += " The file does not say its encoding: if letters with accents look wrong, save it as CSV UTF-8."
    return shaped(_rows(text, separator), (how,), head, by_commas=separator == ",")


def _separator(text: str) -> tuple[str, str]:
    """Return the separator of a text, and the text without a line that does nothing but name it."""
    first, _, rest = text.partition("\n")
    if (told := re.fullmatch(r'"?sep=(.)"?\s*', first, re.IGNORECASE)) and told[1] in SEPARATORS:
        return told[1], rest
    scores: dict[str, tuple[int, int, int]] = {}
    for separator in SEPARATORS:
        widths = _widths(text, separator)
        width, rows = max(((w, n) for w, n in widths.items() if w > 1), key=lambda pair: pair[1], default=(0, 0))
        # A comma before decimals stands in every row, but seldom in the headings.
        scores[separator] = (sum(n for w, n in widths.items() if w > 1), rows, width)
    return max(scores, key=scores.__getitem__), text


def _widths(text: str, separator: str) -> Counter[int]:
    """Return how many of the first rows have how many cells; none if they cannot be read with this separator."""
    try:
        return Counter(len(row) for row in islice(_rows(text, separator), _LOOKED_AT) if any(row))
    except UnreadableError:
        return Counter()


def _rows(text: str, separator: str) -> Iterator[list[Cell]]:
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))
    try:
        for row in csv.reader(lines, delimiter=separator):
            if len(row) > _WIDEST:
                raise UnreadableError(
                    f"The file has a line of more than {_WIDEST:,} cells; at most {MOST_COLUMNS} columns are read. "
                    "Keep the columns that you need, and choose the file again."
                )
            yield [kept[1] if (kept := _KEPT_AS_TEXT.fullmatch(cell)) else cell for cell in row]
    except csv.Error as error:
        raise UnreadableError(
            f"The file has a cell of more than {MOST_LETTERS:,} letters. Is a quotation mark opened and never closed? "
            "Shorten the cell, or close the mark, and choose the file again."
        ) from error
