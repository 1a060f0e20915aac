"""Cells that should be numbers: what counts as one, what as missing, and what as neither."""

import math
import re
from dataclasses import dataclass

from lib.own_numbers.table import Cell

MOST = 1e15
_MISSING = {
    "",
    "-",
    "–",
    "—",
    ".",
    "..",
    "...",
    ":",
    "x",
    "z",
    "u",
    "†",
    "[x]",
    "[z]",
    "[u]",
    "na",
    "n/a",
    "#n/a",
    "n.a.",
}
_MISSING |= {"nan", "null", "none", "missing", "not available", "not applicable", "no data", "no response"}
_SUPPRESSED = {"*", "**", "***", "c", "[c]", "s", "[s]", "~", "#", "low", "[low]"}
_NOTHING = {"nil", "zero"}
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
# Most cells are digits alone or an ONS code, and are done with.
_DIGITS = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_CODE = re.compile(r"[A-Za-z]\d{8}", re.ASCII)
_PLAIN = re.compile(
    r"(?P<sign>[-+−]?)(?P<pound>£?)(?P<sign2>[-+−]?)"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+|(?=\.\d))(?P<rest>\.\d*)?(?P<power>[eE][-+]?\d{1,3})?"
    r" ?(?P<percent>%?)",
    re.ASCII,
)
_SCALED = re.compile(
    r"[-+(−]?\s*£?\s*\d[\d,.]*\s*(k|m|mn|mil|million|bn|b|billion|thousand)\)?", re.IGNORECASE | re.ASCII
)
_AMOUNT = r"£?\d[\d,.]*\s?%?"
_BOUND = re.compile(
    rf"(<|>|≤|≥|<=|>=|under|over|below|above|up to|at (least|most)|(less|fewer|more) than) ?{_AMOUNT}", re.ASCII
)
_RANGE = re.compile(rf"{_AMOUNT} ?(-|–|—|to) ?{_AMOUNT}", re.ASCII)
_IN_WORDS = re.compile(r"suppress|disclos|withheld|not (calculated|published|shown|reliable)|too (small|few|low)")
_LETTERS = re.compile(r"\[[a-z]{1,4}\]")
_NOTED = re.compile(rf"[-+−]?{_AMOUNT} ?([*†‡#]+|[bepru]|\(.*\)|\[.*\])", re.IGNORECASE | re.ASCII)
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}.*|(\d{{1,2}}[- ])?{_MONTH}[- ]?\d{{2,4}}"
    r"|(19|20)\d\d[-–/]((19|20)\d\d|\d\d)",
    re.IGNORECASE | re.ASCII,
)
_MOST_SHOWN, _MOST_WORDS = 24, 200
RULES = (
    "Commas or spaces between thousands, a pound sign in front and a per cent sign behind are understood: 1,234 is "
    "1234, 12.5% is 12.5 (not 0.125), (45) is −45. Where a whole column writes decimals with a comma, 12,5 is 12.5. A "
    "dash, two dots, n/a or a colon means that the value is missing; it never means 0. An asterisk, [c], s, [low] or "
    "<5 means that it is suppressed, and 1 to 4 is a range: none of them is a number. Nil and zero in words, words "
    "behind a number such as m, k or bn, dates and anything else are not understood and are reported."
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
    if _DIGITS.fullmatch(cell):
        return _sized(float(cell), "", cell)
    content = _SPACES.sub(" ", cell).strip()
    if why := mark(content):
        return why
    if content.startswith("#"):
        return "the value is an error of the spreadsheet"
    negative = content.startswith("(") and content.endswith(")")
    match = _PLAIN.fullmatch(content[1:-1].strip() if negative else content)
    if not match or (match["sign"] and match["sign2"]) or (negative and (match["sign"] or match["sign2"])):
        return _why(content)
    digits = re.sub("[, ]", "", match["digits"]) + (match["rest"] or "")
    value = float(digits + (match["power"] or ""))
    minus = negative or match["sign"] in ("-", "−") or match["sign2"] in ("-", "−")
    unit = "%" if match["percent"] else "£" if match["pound"] else ""
    return _sized(-value if minus else value, unit, digits if not match["power"] else repr(value))


def mark(content: str) -> str | None:
    """Return in words what stands in place of a number: a mark for a missing or suppressed one, a range, a formula.

    Parameters
    ----------
    content : str
        A cell in one line.

    Returns
    -------
    str or None
        None if it is none of these.
    """
    if _DIGITS.fullmatch(content) or _CODE.fullmatch(content):
        return None
    plain = content.lower()
    bare = plain[1:-1] if plain.startswith("(") and plain.endswith(")") else plain
    if plain in _MISSING:
        return "the value is missing"
    short = _short(content)
    reasons = {
        f"the value is suppressed or too small to be shown ({short})": plain in _SUPPRESSED,
        f"the value is suppressed: given only as {short}": _BOUND.fullmatch(plain),
        f"the value is a range ({short}), not one number": _RANGE.fullmatch(plain) and not _DATE.fullmatch(plain),
        f"the value says {short}: write 0 if there was none, or leave it empty if it is missing": bare in _NOTHING,
        "the value is suppressed or was not calculated": len(plain) < _MOST_WORDS and _IN_WORDS.search(bare),
        f"the value is a mark instead of a number ({short})": _LETTERS.fullmatch(plain),
        "the value is a formula that was never calculated": plain.startswith("=") and len(plain) > 1,
    }
    return next((why for why, holds in reasons.items() if holds), None)


def _short(content: str) -> str:
    return content if len(content) <= _MOST_SHOWN else f"{content[: _MOST_SHOWN - 1]}…"


def _sized(value: float, unit: str, written: str) -> Number | str:
    if not math.isfinite(value) or abs(value) > MOST:
        return "the value is not a number that can be shown"
    _, _, decimals = written.partition(".")
    # No minus nothing.
    return Number(value + 0.0, unit, 0 if "e" in decimals else len(decimals.rstrip("0")))


def _why(content: str) -> str:
    if _SCALED.fullmatch(content):
        return "the value has a word such as m, k or bn behind the number; write it in full"
    if re.fullmatch(r"[-+−]?\d+(\.\d{3})*,\d+", content, re.ASCII):
        return "the value has a comma that does not stand between thousands; write decimals with a point"
    if _DATE.fullmatch(content):
        return "the value is a date"
    if _NOTED.fullmatch(content):
        return "the value has a mark or a note behind the number; keep the number alone"
    return "the value is not a number"
