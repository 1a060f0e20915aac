"""What kind of thing a cell is: nothing, words, a number, a period or a mark for a missing number."""

import datetime
import re

from lib.own_numbers.table import Cell, filled
from lib.text import slug
from pages.your_numbers.reader.numbers import Number, mark, number

EMPTY, WORDS, NUMBER, PERIOD, MARK = "empty", "words", "number", "period", "mark"
_YEAR = r"(?:19|20)\d\d"
_PERIOD = re.compile(
    rf"{_YEAR}(\.0)?|{_YEAR}(0[1-9]|1[0-2])|{_YEAR}[-/–](\d\d|{_YEAR})|{_YEAR}[- ]?Q[1-4]|Q[1-4][- ]?{_YEAR}"
    rf"|{_YEAR}-\d\d(-\d\d([T ][\d:.]+)?)?|\d\d?/\d\d?/{_YEAR}"
)
# More than what is understood as a number: a bound, decimals with a comma, a number with a mark behind.
_LIKE_A_NUMBER = re.compile(r"[£$€(<>≤≥~±+\-−\s]*\d[\d.,' ]*\s?(%|k|m|bn)?\)?\s?[*†]?(\s?[(\[].*[)\]])?", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?")
# Words of which headings of keys are made; a heading of nothing else is one.
_KEY_WORD = re.compile(
    r"and|areas?|authorit(y|ies)|board|by|care|cd|ccgs?|clinical|codes?|commissioning|councils?|count(y|ies)|districts?"
    r"|footprints?|geography|groups?|gss|health|icbs?|ics|id|integrated|key|la|lad|local|locality|lower|ltla"
    r"|mnemonic|names?|new|nhs|nm|no|number|ods|of|old|ons|or|org|organi[sz]ation|partnership|place|plan|region|short"
    r"|stps?|sustainability|system|the|tier|transformation|unitary|upper|utla"
)
_KEY_CODE = re.compile(r"(ccg|stp|lad|la|utla|ltla|icb|ics|ctyua|cty|rgn|nhser)\d*(cd|cdh|cdo|nm|code|name)?|\d+")


def text(cell: Cell) -> str:
    """Return a cell as text in one line."""
    if isinstance(cell, str):
        return " ".join(cell.split())
    return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 1e15 else repr(cell)


def kind(cell: Cell) -> str:
    """Return what a cell is: `EMPTY`, `WORDS`, `NUMBER`, `PERIOD` or, where one stands for a number, `MARK`."""
    if not filled(cell):
        return EMPTY
    content = text(cell)
    if _PERIOD.fullmatch(content) or _is_financial_year(content):
        return PERIOD
    if isinstance(number(cell), Number) or _LIKE_A_NUMBER.fullmatch(content):
        return NUMBER
    return MARK if mark(content) else WORDS


def _is_financial_year(digits: str) -> bool:
    """Return whether six digits are a year and the next one: ``"201617"``."""
    match = re.fullmatch(r"(?:19|20)(\d\d)(\d\d)", digits, re.ASCII)
    return bool(match) and (int(match[1]) + 1) % 100 == int(match[2])


def whole(cell: Cell) -> int | None:
    """Return the whole number in a cell that holds nothing else, None for anything else."""
    content = text(cell)
    return int(content) if re.fullmatch(r"\d{1,9}", content, re.ASCII) else None


def names_keys(cell: Cell) -> bool:
    """Return whether a cell reads like the heading of a column with areas: ``"CCG code"``, ``"lad17nm"``."""
    words = slug(text(cell)[:200]).split("-")
    own = [word for word in words if not word.isdigit()]
    return bool(own) and all(_KEY_WORD.fullmatch(word) or _KEY_CODE.fullmatch(word) for word in words)


def day(cell: Cell) -> datetime.date | None:
    """Return the date of a cell that says one as spreadsheets and databases write it: ``"2017-04-01T00:00:00"``."""
    match = _ISO.fullmatch(text(cell))
    try:
        return datetime.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
