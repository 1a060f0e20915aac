"""What a sheet of a workbook says of its rows and cells beside their values: hidden rows, formulas never calculated."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from lib.own_numbers.table import place

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@dataclass(frozen=True)
class Marks:
    """What is beside the values of a sheet.

    Attributes
    ----------
    hidden : frozenset of int
        Numbers of the rows that are hidden, by hand or by a filter.
    formulas : mapping of (int, int) to str
        Formulas without a saved value, by the number of the row and the place of the column.
    """

    hidden: frozenset[int] = frozenset()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)


def marks(part: bytes) -> Marks:
    """Return what the XML of a sheet says beside its values.

    Parameters
    ----------
    part : bytes
        The sheet, looked through by `lib.own_numbers.package`.

    Raises
    ------
    xml.etree.ElementTree.ParseError
        If it is no XML.
    """
    if b"hidden=" not in part and b"<f" not in part and b":f" not in part:
        return Marks()
    hidden: set[int] = set()
    formulas: dict[tuple[int, int], str] = {}
    number = 0
    # Only what has been looked through comes here: it defines no entities.
    for _, row in ElementTree.iterparse(io.BytesIO(part)):
        if row.tag != f"{_MAIN}row":
            continue
        reference = row.get("r", "")
        number = int(reference) if reference.isdecimal() else number + 1
        if row.get("hidden") in ("1", "true"):
            hidden.add(number)
        for cell in row.iterfind(f"{_MAIN}c"):
            formula = cell.find(f"{_MAIN}f")
            if formula is None or _has_value(cell):
                continue
            if (column := place(cell.get("r", "").rstrip("0123456789"))) is not None:
                formulas[number, column] = f"={formula.text or ''}"
        row.clear()
    return Marks(frozenset(hidden), formulas)


def _has_value(cell: ElementTree.Element) -> bool:
    """Return whether a value is saved with a formula; no letters are one, too, where the formula gives text."""
    value = cell.find(f"{_MAIN}v")
    return value is not None and (bool(value.text) or cell.get("t") == "str")
