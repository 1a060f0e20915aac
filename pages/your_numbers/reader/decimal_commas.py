"""Columns whose numbers have a comma before the decimals, as most of Europe writes them."""

import re
from collections.abc import Sequence

from lib.own_numbers.table import Cell
from pages.your_numbers.reader.cells import NUMBER, kind, text
from pages.your_numbers.reader.numbers import mark

# 1234,5 or 1.234,56, with signs around as elsewhere.
_WITH_COMMA = re.compile(r"(?P<start>[-+−(£ ]*)(?P<whole>\d{1,3}(?:[. ]\d{3})+|\d+),(?P<decimals>\d+)(?P<end> ?%?\)?)")
_WITHOUT = re.compile(r"(?P<start>[-+−(£ ]*)(?P<whole>\d{1,3}(?:[. ]\d{3})+|\d+)(?P<end> ?%?\)?)")


def example(cells: Sequence[Cell]) -> str | None:
    """Return a number that shows that a column writes decimals with a comma, if all of the column agrees.

    Parameters
    ----------
    cells : sequence of (str or float)
        The column.

    Returns
    -------
    str or None
        A cell that cannot be read in another way: not three digits behind
        the comma, or more than three in front of it. None without one, or
        where another cell has a decimal point or two commas.
    """
    if not any(isinstance(cell, str) and "," in cell for cell in cells):
        return None
    numbers = [text(cell) for cell in cells if isinstance(cell, str) and kind(cell) == NUMBER and not mark(text(cell))]
    if not all(_WITH_COMMA.fullmatch(one) or _WITHOUT.fullmatch(one) for one in numbers):
        return None
    return next((one for one in numbers if (match := _WITH_COMMA.fullmatch(one)) and _is_decimal(match)), None)


def with_point(cell: Cell) -> Cell:
    """Return a cell of such a column with a point for the comma and nothing between thousands."""
    if not isinstance(cell, str) or kind(cell) != NUMBER:
        return cell
    content = text(cell)
    if match := _WITH_COMMA.fullmatch(content):
        return f"{match['start']}{re.sub('[. ]', '', match['whole'])}.{match['decimals']}{match['end']}"
    match = _WITHOUT.fullmatch(content)
    return f"{match['start']}{re.sub('[. ]', '', match['whole'])}{match['end']}" if match else cell


def _is_decimal(match: re.Match) -> bool:
    whole = match["whole"]
    return len(match["decimals"]) != 3 or "." in whole or len(whole.replace(" ", "")) > 3 or whole.startswith("0")
