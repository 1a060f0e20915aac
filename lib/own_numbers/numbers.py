"""Cells that should be numbers: what counts as one, what as missing, and what as neither."""

import math
import re
from dataclasses import dataclass

from lib.own_numbers.table import Cell

MOST = 1e15
_MISSING = {"", "-", "–", "—", ".", "..", "...", ":", "*", "**", "x", "c", "z", "u", "[c]", "[x]", "[z]", "[u]", "na"}
_MISSING |= {"n/a", "#n/a", "n.a.", "nan", "null", "none", "nil", "missing", "suppressed", "not available", "no data"}
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_PLAIN = re.compile(
    r"(?P<sign>[-+−]?)(?P<pound>£?)(?P<sign2>[-+−]?)"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+|(?=\.\d))(?P<rest>\.\d*)?(?P<power>[eE][-+]?\d{1,3})?"
    r" ?(?P<percent>%?)",
    re.ASCII,
)
_SCALED = re.compile(
    r"[-+(−]?\s*£?\s*\d[\d,.]*\s*(k|m|mn|mil|million|bn|b|billion|thousand)\)?", re.IGNORECASE | re.ASCII
)
RULES = (
    "Commas or spaces between thousands, a pound sign in front and a per cent sign behind are understood: 1,234 is "
    "1234, 12.5% is 12.5 (not 0.125), (45) is −45. A dash, two dots, n/a, an asterisk or a colon means that the value "
    "is missing; it never means 0. Words behind a number such as m, k or bn, decimal commas, dates and anything else "
    "are not understood and are reported."
)


@dataclass(frozen=True)
class Number:
    """A cell that was understood.

    Attributes
    ----------
    value : float
        The number.
    unit : str
        ``"%"``, ``"£"`` or empty.
    decimals : int
        How many the file gives.
    """

    value: float
    unit: str = ""
    decimals: int = 0


def number(cell: Cell) -> Number | str:
    """Return the number in a cell, or in words why there is none."""
    if not isinstance(cell, str):
        return _sized(float(cell), "", repr(round(float(cell), 9)))
    said = _SPACES.sub(" ", cell).strip()
    if said.lower() in _MISSING:
        return "the value is missing"
    if said.startswith("#"):
        return "the value is an error of the spreadsheet"
    negative = said.startswith("(") and said.endswith(")")
    found = _PLAIN.fullmatch(said[1:-1].strip() if negative else said)
    if not found or (found["sign"] and found["sign2"]) or (negative and (found["sign"] or found["sign2"])):
        return _why(said)
    digits = re.sub("[, ]", "", found["digits"]) + (found["rest"] or "")
    value = float(digits + (found["power"] or ""))
    minus = negative or found["sign"] in ("-", "−") or found["sign2"] in ("-", "−")
    unit = "%" if found["percent"] else "£" if found["pound"] else ""
    return _sized(-value if minus else value, unit, digits if not found["power"] else repr(value))


def _sized(value: float, unit: str, written: str) -> Number | str:
    if not math.isfinite(value) or abs(value) > MOST:
        return "the value is not a number that can be shown"
    _, _, decimals = written.partition(".")
    # No minus nothing.
    return Number(value + 0.0, unit, 0 if "e" in decimals else len(decimals.rstrip("0")))


def _why(said: str) -> str:
    if _SCALED.fullmatch(said):
        return "the value has a word such as m, k or bn behind the number; write it in full"
    if re.fullmatch(r"[-+−]?\d+(\.\d{3})*,\d+", said, re.ASCII):
        return "the value has a comma that does not stand between thousands; write decimals with a point"
    if re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*", said, re.ASCII):
        return "the value is a date"
    return "the value is not a number"
