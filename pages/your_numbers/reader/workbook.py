"""Excel workbooks: the sheet that is meant found, and read with openpyxl as a reader sees it."""

import datetime
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lib.own_numbers import package
from lib.own_numbers.table import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_SHEETS,
    MOST_SMALL_ROWS,
    Cell,
    Table,
    UnreadableError,
    letter,
    of_sheet,
)
from lib.text import counted, listed
from pages.your_numbers.reader import columns, number_formats, value_columns
from pages.your_numbers.reader.shape import shaped
from pages.your_numbers.reader.sheet_marks import Marks, marks

if TYPE_CHECKING:
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

# Beyond titles above the head, a sheet's rows are not looked at.
_LAST_ROW, _LAST_COLUMN = MOST_SMALL_ROWS + 50, MOST_COLUMNS + 1
_MOST_LOOKED_AT = 12
"""Sheets that are looked at to find the one that is meant."""
_ROWS_LOOKED_AT = 200
_MOST_COLUMNS_NAMED = 5


def read(content: bytes, sheet: int | None = None, head: int | None = None) -> Table:
    """Read a sheet of a workbook.

    Parameters
    ----------
    content : bytes
        The file.
    sheet : int, optional
        Place of the sheet, from 0, where the reader said it. Otherwise, and
        where there are not as many, the first that can be seen and names
        areas; the first that can be seen if none does.
    head : int, optional
        Number of the row with the headings, 0 for none; found where nothing is said.

    Raises
    ------
    UnreadableError
        If it is no workbook, could hurt, or has nothing that can be shown.
    """
    # Few bring a workbook; who starts the server need not wait for what reads it.
    import openpyxl

    parts = package.parts(content)
    names: tuple[str, ...] = ()
    try:
        with warnings.catch_warnings():
            # Of what is not read, such as extensions and print areas.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(package.packed(parts), read_only=True, data_only=True, keep_links=False)
            sheets = book.worksheets[:MOST_SHEETS]
            hidden = ["" if one.sheet_state == "visible" else " (hidden)" for one in sheets]
            names = tuple(f"{one.title}{state}" for one, state in zip(sheets, hidden, strict=True))
            if not sheets:
                raise UnreadableError(
                    "The workbook has no sheet with cells. Open it, save the table as Excel Workbook (.xlsx) or as "
                    "CSV, and choose that file."
                )
            if sheet is not None and 0 <= sheet < len(sheets):
                table = _table(sheets[sheet], parts, head)
            else:
                sheet, table = _meant(sheets, parts, head)
    except UnreadableError as error:
        error.sheets = names
        raise
    # The reader gives no promise on what it raises when a file is not as it should be.
    except Exception as error:
        raise UnreadableError(package.DAMAGED) from error
    return of_sheet(table, names, sheet)


def _meant(sheets: list["ReadOnlyWorksheet"], parts: dict[str, bytes], head: int | None) -> tuple[int, Table]:
    """Return the first sheet that can be seen and names areas, with its place."""
    seen = [place for place, sheet in enumerate(sheets) if sheet.sheet_state == "visible"]
    seen = seen or list(range(len(sheets)))
    first: tuple[int, Table] | None = None
    refusal: UnreadableError | None = None
    cells = 0
    for place in seen[:_MOST_LOOKED_AT]:
        try:
            table = _table(sheets[place], parts, head)
        except UnreadableError as error:
            refusal = refusal or error
            continue
        if len(seen) == 1 or _fits(table):
            return place, table
        first = first or (place, table)
        cells += len(table.rows) * len(table.head)
        if cells > MOST_CELLS:
            break
    if first is None:
        raise refusal or UnreadableError(package.DAMAGED)
    return first


def _fits(table: Table) -> bool:
    """Return whether a table names areas and has numbers, as far as its first rows tell."""
    start = replace(table, rows=table.rows[:_ROWS_LOOKED_AT], numbers=table.numbers[:_ROWS_LOOKED_AT])
    key = columns.find(start)
    return key is not None and value_columns.likely(start, key.column, key.layer) is not None


def _table(sheet: "ReadOnlyWorksheet", parts: dict[str, bytes], head: int | None) -> Table:
    # Which part a sheet is, openpyxl alone knows.
    beside = marks(parts[sheet._worksheet_path])
    return shaped(_grid(sheet, beside), _notes(sheet, beside), head)


def _notes(sheet: "ReadOnlyWorksheet", beside: Marks) -> tuple[str, ...]:
    sentences = [f"Read from the sheet “{sheet.title}”."]
    if (sheet.max_row or 0) > _LAST_ROW:
        sentences.append(f"Rows below {_LAST_ROW:,} are not looked at.")
    if (sheet.max_column or 0) > _LAST_COLUMN:
        sentences.append(
            f"{counted(_LAST_COLUMN, 'column')} from the left are looked at, not those further to the right."
        )
    if beside.hidden:
        sentences.append(f"{counted(len(beside.hidden), 'hidden row is', 'hidden rows are')} left out.")
    by_column = Counter(column for row, column in beside.formulas if row not in beside.hidden)
    if by_column:
        letters = [letter(column) for column in sorted(by_column)]
        more = [counted(len(letters) - _MOST_COLUMNS_NAMED, "other")] if len(letters) > _MOST_COLUMNS_NAMED else []
        where = listed(letters[:_MOST_COLUMNS_NAMED] + more)
        many = counted(by_column.total(), "cell holds a formula", "cells hold formulas")
        sentences.append(
            f"{many} without a saved value (column{'s' if len(letters) > 1 else ''} {where}): formulas are not "
            "calculated here. Open the workbook in a spreadsheet, save it there, and choose it again."
        )
    return (" ".join(sentences),)


def _grid(sheet: "ReadOnlyWorksheet", beside: Marks) -> Iterator[list[Cell]]:
    for number, row in enumerate(sheet.iter_rows(max_row=_LAST_ROW, max_col=_LAST_COLUMN), start=1):
        if number in beside.hidden:
            yield []
            continue
        # Rows come as wide as the widest that is asked for.
        end = len(row)
        while end and row[end - 1].value is None and (number, end - 1) not in beside.formulas:
            end -= 1
        yield [beside.formulas.get((number, column)) or _value(cell) for column, cell in enumerate(row[:end])]


def _value(cell: "ReadOnlyCell | EmptyCell") -> Cell:
    value = cell.value
    kind = type(value)
    if kind is str:
        return value
    if kind is float or kind is int:
        return number_formats.shown(float(value), cell.number_format or "")
    if isinstance(value, datetime.datetime | datetime.date):
        return number_formats.shown_date(value, cell.number_format or "")
    if isinstance(value, datetime.time):
        return value.isoformat()
    return "" if value is None else str(value)
