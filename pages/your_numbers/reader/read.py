"""A reader's file, by what is in it rather than by what it is called."""

from lib.own_numbers import kinds
from lib.own_numbers.table import Table
from pages.your_numbers.reader import delimited, workbook


def read(content: bytes, sheet: int | None = None, head: int | None = None) -> Table:
    """Read a CSV file or a workbook.

    Parameters
    ----------
    content : bytes
        The file.
    sheet : int, optional
        Place of the sheet in a workbook, from 0; found where nothing is said.
    head : int, optional
        Number of the row with the headings, 0 for none; found where nothing is said.

    Raises
    ------
    UnreadableError
        If it cannot be read; the message says why and what to do.
    """
    if kinds.is_workbook(content):
        return workbook.read(content, sheet, head)
    return delimited.read(content, head)
