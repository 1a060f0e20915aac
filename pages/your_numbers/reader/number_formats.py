"""What spreadsheets show of the numbers and dates that they store."""

import datetime
import re

from lib.own_numbers.table import Cell

# What a format shows letter by letter, and what stands in square brackets: [Red], [$£-809].
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETS = re.compile(r"\[[^\]]*\]")


def shown(value: float, form: str) -> Cell:
    """Return a number as a reader sees it: with its per cent or pound sign.

    Parameters
    ----------
    value : float
        What is stored.
    form : str
        Number format of the cell. A per cent sign in it multiplies by 100,
        unless it is quoted or escaped: then it is but shown. The part of the
        format that is for negative numbers or nothing counts for those.

    Notes
    -----
    ECMA-376 part 1, 18.8.31 (number formats).
    """
    if "%" not in form and "£" not in form:
        return value
    part = _part(form, value)
    plain = _LITERAL.sub("", part)
    if "%" in _BRACKETS.sub("", plain):
        # What is shown as 12.5% is stored as 0.125: readers know the former.
        return f"{round(value * 100, 10)!r}%"
    literal = "".join([*_LITERAL.findall(part), *_BRACKETS.findall(plain)])
    if "%" in literal:
        return f"{round(value, 10)!r}%"
    return f"£{value!r}" if "£" in literal or "£" in plain else value


def shown_date(value: datetime.date, form: str) -> str:
    """Return a date as ISO writes it, or its month or year where a cell shows no more."""
    plain = _BRACKETS.sub("", _LITERAL.sub("", form)).lower()
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return value.isoformat()
    if "y" in plain and "d" not in plain:
        return f"{value:%b %Y}" if "m" in plain else f"{value:%Y}"
    return f"{value:%Y-%m-%d}"


def _part(form: str, value: float) -> str:
    """Return the part of a format that a number is shown by."""
    held: list[str] = []

    def hold(match: re.Match) -> str:
        held.append(match[0])
        return f"\0{len(held) - 1}\0"

    parts = _LITERAL.sub(hold, form).split(";")
    place = 0 if value > 0 or len(parts) == 1 else 1 if value < 0 else min(2, len(parts) - 1) if len(parts) > 2 else 0
    return re.sub(r"\0(\d+)\0", lambda token: held[int(token[1])], parts[place])
