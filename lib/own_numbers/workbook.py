"""Excel workbooks: looked through for what could hurt, then read with openpyxl."""

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

import openpyxl

from lib.own_numbers import number_formats
from lib.own_numbers.shape import shaped
from lib.own_numbers.table import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, Cell, Table, UnreadableError, of_sheet
from lib.text import counted

MOST_MEMBERS = 1_000
MOST_UNPACKED = 30 * 1024 * 1024
MOST_RATIO = 200
"""How many times its packed size a part may unpack to; text with much repetition comes to 30."""
MOST_TAGS = {"xl/worksheets/": 450_000, "xl/sharedStrings": 450_000, "xl/styles": 40_000, "": 15_000}
"""Tags of a part, by how its name begins. They bound the time that reading takes: an empty tag is four bytes."""
_CHUNK = 1 << 16
_SMALL = 1 << 16
_PARSED = (".xml", ".rels", ".vml")
# Beyond titles above the head, a sheet's rows are not looked at.
_LAST_ROW, _LAST_COLUMN = MOST_ROWS + 50, MOST_COLUMNS + 1
_DAMAGED = (
    "The workbook is damaged or incomplete: it cannot be unpacked. Open it in a spreadsheet, save it again as .xlsx "
    "or as CSV, and choose that file."
)
_BOMB = (
    "The workbook unpacks to far more than a table of areas needs ({what}), so it was not opened. Copy the table alone "
    "into a new workbook, or save it as CSV, and choose that file."
)


def read(content: bytes, sheet: int = 0, head: int | None = None) -> Table:
    """Read a sheet of a workbook.

    Parameters
    ----------
    content : bytes
        The file.
    sheet : int
        Place of the sheet, from 0; the first one where there are not as many.
    head : int, optional
        Number of the row with the headings, 0 for none; found where nothing is said.

    Raises
    ------
    UnreadableError
        If it is no workbook, could hurt, or has nothing that can be shown.
    """
    inspect(content)
    sheets: tuple[str, ...] = ()
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = tuple(found.title for found in book.worksheets[:MOST_SHEETS])
        if not sheets:
            raise UnreadableError("The workbook has no sheet with cells. Put the table on a sheet and save it again.")
        place = sheet if 0 <= sheet < len(sheets) else 0
        table = shaped(_grid(book.worksheets[place]), _notes(book.worksheets[place], len(sheets)), head)
    except UnreadableError as error:
        error.sheets = sheets
        raise
    # The reader gives no promise on what it raises when a file is not as it should be.
    except Exception as error:
        raise UnreadableError(_DAMAGED) from error
    return of_sheet(table, sheets, place)


def inspect(content: bytes) -> None:
    """Unpack every part of a workbook piece by piece and count, before anything looks at what it says.

    Raises
    ------
    UnreadableError
        If it is no workbook, needs a password, or is more than reading should take.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
            _check_kind({member.filename for member in members}, packed)
            if len(members) > MOST_MEMBERS:
                raise UnreadableError(_BOMB.format(what=f"{len(members):,} parts"))
            if any(member.flag_bits & 1 for member in members):
                raise UnreadableError("The workbook needs a password. Save it without one and choose it again.")
            if sum(member.file_size for member in members) > MOST_UNPACKED:
                raise UnreadableError(_BOMB.format(what=f"more than {MOST_UNPACKED >> 20} MB"))
            left = MOST_UNPACKED
            for member in members:
                left -= _inspect_member(packed, member, left)
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError) as error:
        raise UnreadableError(_DAMAGED) from error


def _check_kind(names: set[str], packed: zipfile.ZipFile) -> None:
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        said = "It is a binary workbook (.xlsb)"
    elif "mimetype" in names and packed.getinfo("mimetype").file_size < 200:
        said = "It is an OpenDocument file"
    elif "word/document.xml" in names or "ppt/presentation.xml" in names:
        said = "It is a text or slides, not a workbook"
    else:
        said = "It is a zip file without a workbook in it"
    raise UnreadableError(f"{said}. Open it, save the table as .xlsx or CSV, and choose that file.")


def _inspect_member(packed: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> int:
    """Return the unpacked size of a part, counted, not as declared."""
    most_tags = next(most for start, most in MOST_TAGS.items() if member.filename.startswith(start))
    parsed = member.filename.lower().endswith(_PARSED)
    size = tags = 0
    end = b""
    with packed.open(member) as part:
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if size > left:
                raise UnreadableError(_BOMB.format(what=f"more than {MOST_UNPACKED >> 20} MB"))
            if size > _SMALL and size > MOST_RATIO * max(member.compress_size, 1):
                raise UnreadableError(_BOMB.format(what=f"a part of it more than {MOST_RATIO} times its size"))
            if parsed:
                tags += chunk.count(b"<")
                if tags > most_tags:
                    raise UnreadableError(_BOMB.format(what=f"more than {most_tags:,} marks in one part"))
                _check_marks(end + chunk)
                end = chunk[-16:]
    return size


def _check_marks(chunk: bytes) -> None:
    # Workbooks define no entities of their own; in wide letters they could not be seen here.
    if re.search(rb"<!(DOCTYPE|ENTITY)", chunk, re.IGNORECASE) or b"\0" in chunk:
        raise UnreadableError(
            "The workbook defines its own abbreviations inside, which no spreadsheet writes, so it was not opened. "
            "Save the table as CSV and choose that file."
        )


def _notes(sheet: object, sheets: int) -> tuple[str, ...]:
    said = [f"Read from the sheet {sheet.title}{f', one of {sheets}' if sheets > 1 else ''}."]
    if (sheet.max_row or 0) > _LAST_ROW:
        said.append(f"Rows below {_LAST_ROW:,} are not looked at.")
    if (sheet.max_column or 0) > _LAST_COLUMN:
        said.append(f"{counted(_LAST_COLUMN, 'column')} from the left are looked at, not those further to the right.")
    return (" ".join(said),)


def _grid(sheet: object) -> Iterator[list[Cell]]:
    for row in sheet.iter_rows(max_row=_LAST_ROW, max_col=_LAST_COLUMN):
        # Rows come as wide as the widest that is asked for.
        end = len(row)
        while end and row[end - 1].value is None:
            end -= 1
        yield [_value(cell) for cell in row[:end]]


def _value(cell: object) -> Cell:
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
