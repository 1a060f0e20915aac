"""Documents as data: JSON, CSV and workbooks, with keys as heads and values in one unit.

Shares are fractions, sums in the unit of their column, gaps empty. Text that
a spreadsheet would take for a formula is made safe in CSV; in a workbook
text stays text.
"""

import csv as csv_files
import io
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from geo.formulas import made_safe
from lib.content.blocks import Cell, Column, Facts, Link, Table
from lib.content.document import Document
from lib.content.formats import is_gap, plain

# The same document gives the same bytes: workbooks carry this date and not the day of the download.
_DATE = datetime(2017, 7, 21)
_MOST_WIDE = 60
_LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = str.maketrans("[]:*?/\\", "       ")


def value(cell: Cell, column: Column | None = None) -> str | int | float | None:
    """Return a cell as a plain value: of a link its words, as a number in a column of counts; of a gap None."""
    if isinstance(cell, Link):
        return int(cell.words.replace(",", "")) if column and column.kind == "count" else cell.words
    return None if is_gap(cell) else cell


def _values(table: Table, row: Sequence[Cell]) -> list[str | int | float | None]:
    return [value(cell, column) for cell, column in zip(row, table.columns, strict=True)]


def column_dictionary(columns: Sequence[Column]) -> list[dict[str, Any]]:
    """Return what the columns of a table hold, one entry each; empty properties are left out."""
    entries = []
    for column in columns:
        entry = {"name": column.key, "title": column.label, "kind": column.kind}
        entry |= {"unit": "fraction" if column.kind == "share" else column.unit, "description": column.note}
        entries.append({name: words for name, words in entry.items() if words})
    return entries


def csv(table: Table, mark: bool = True) -> bytes:
    """Return a table as CSV, UTF-8.

    Parameters
    ----------
    table : Table
        All its columns are written, those for files too.
    mark : bool
        Begin with a byte order mark, by which spreadsheets know UTF-8.
    """
    file = io.StringIO()
    writer = csv_files.writer(file, lineterminator="\n")
    writer.writerow([made_safe(column.key) for column in table.columns])
    for row in table.rows:
        writer.writerow([made_safe(one) for one in _values(table, row)])
    return file.getvalue().encode("utf-8-sig" if mark else "utf-8")


def facts(document: Document) -> list[dict[str, Any]]:
    """Return the facts of a document with evidence and sources, in the order of reading."""
    entries = []
    for fact in (item for block in document.all_of(Facts) for item in block.items):
        entry = {
            "name": fact.key,
            "title": fact.label,
            "value": value(fact.value),
            "kind": fact.kind,
            "unit": "fraction" if fact.kind == "share" else fact.unit,
            "detail": plain(fact.detail),
            "as_of": fact.as_of,
            "evidence": fact.evidence.label if fact.evidence else "",
            "source": fact.source,
            "note": fact.note,
        }
        # A value stays even where it is a gap: that it is not known is what is known.
        entries.append({name: content for name, content in entry.items() if name == "value" or content})
    return entries


def contents(document: Document) -> dict[str, Any]:
    """Return a document as plain data for JSON: title, description, answer, notices, facts, tables, sources."""
    return {
        "title": document.title,
        "description": document.description,
        "lead": plain(document.lead),
        "notices": [plain(words) for words in document.notices],
        "facts": facts(document),
        "tables": [
            {
                "name": table.key,
                "title": table.title,
                "columns": column_dictionary(table.columns),
                "rows": [_values(table, row) for row in table.rows],
            }
            for table in document.tables()
        ],
        "sources": [plain(words) for words in document.sources],
    }


def json_text(content: dict[str, Any]) -> str:
    """Return plain data as JSON text; raises `ValueError` for what JSON cannot hold, such as infinity."""
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def inside_html(content: dict[str, Any]) -> str:
    """Return plain data as JSON that may stand in a script element: nothing in it ends the element."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def workbook(document: Document, notes: Sequence[tuple[str, str]]) -> bytes:
    """Return the tables of a document as a workbook.

    Parameters
    ----------
    document : Document
        Each of its tables becomes a sheet, its facts one more.
    notes : sequence of (str, str)
        What stands on the first sheet: source, date, licence, link.
    """
    # Few ask for a workbook; who starts the server need not wait for what writes it.
    import xlsxwriter

    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": document.title, "created": _DATE})
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("notes")
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 1, 100)
        for number, line in enumerate([("Title", document.title), *notes]):
            for place, words in enumerate(line):
                sheet.write_string(number, place, words)
        taken = {"notes"}
        for table in document.tables():
            name = _sheet_name(table.key, taken)
            _sheet(book.add_worksheet(name), table, bold)
    return file.getvalue()


def _sheet_name(key: str, taken: set[str]) -> str:
    name = key.translate(_NOT_IN_SHEET_NAMES)[:_LONGEST_SHEET_NAME] or "table"
    number = 2
    while name.lower() in taken:
        behind = f" {number}"
        name, number = name[: _LONGEST_SHEET_NAME - len(behind)] + behind, number + 1
    taken.add(name.lower())
    return name


def _sheet(sheet: Any, table: Table, bold: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    for place, column in enumerate(table.columns):
        values = [value(row[place], column) for row in table.rows]
        widest = max((len(str(one)) for one in values[:200] if one is not None), default=0)
        sheet.set_column(place, place, min(max(widest, len(column.key)) + 3, _MOST_WIDE))
        sheet.write_string(0, place, column.key, bold)
        for row, one in enumerate(values, start=1):
            if isinstance(one, str):
                sheet.write_string(row, place, one)
            elif isinstance(one, bool):
                sheet.write_boolean(row, place, one)
            elif one is not None:
                sheet.write_number(row, place, one)
