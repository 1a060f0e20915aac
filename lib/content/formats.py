"""How values are written for people: by their kind, never by their label."""

import math
from collections.abc import Callable, Sequence
from functools import partial

from lib.content.blocks import Cell, Code, Column, Fact, Inline, Link, Strong, Words
from lib.text import dated, percent

GAP = "–"
NUMERIC = frozenset({"count", "number", "share", "money"})
FORMATTED = frozenset({"date", "source"})
"""Kinds of columns whose texts are written in another way than they are kept."""


def written(value: Cell, column: Column | Fact) -> str:
    """Return a value as people read it; a gap as a dash.

    Parameters
    ----------
    value : Cell
        In the unit of the column.
    column : Column or Fact
        Gives kind, unit and decimals.

    Raises
    ------
    KeyError
        If a sum of money is in no unit that is known.
    """
    if isinstance(value, Link):
        return value.words
    if value is None or is_gap(value):
        return GAP
    if isinstance(value, str):
        return dated(value) if column.kind == "date" and value else value
    return writer(column)(value)


def writer(column: Column | Fact) -> Callable[[float], str]:
    """Return what writes the numbers of a column; a `KeyError` of theirs is as for `written`."""
    write = _WRITERS.get(column.kind)
    return partial(write, column) if write else str


def is_gap(value: Cell) -> bool:
    """Return whether there is no value."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def _money(column: Column | Fact, value: float) -> str:
    behind = {"gbp": "", "gbp_million": " million"}[column.unit]
    minus = "−" if value < 0 else ""
    return f"{minus}£{_number(column, abs(value))}{behind}"


def _number(column: Column | Fact, value: float) -> str:
    return f"{value:,.{column.decimals}f}" if column.decimals >= 0 else f"{value:,.10g}"


_WRITERS = {
    "count": lambda _, value: f"{value:,.0f}",
    "share": lambda _, value: percent(value),
    "money": _money,
    "number": lambda column, value: f"{_number(column, value)} {column.unit}".rstrip(),
}


def plain(words: Words) -> str:
    """Return a run of text without its links."""
    if isinstance(words, str):
        return words
    if isinstance(words, (Link, Strong, Code)):
        return words.words
    return "".join(plain(part) for part in words)


def coded(sentence: str) -> Words:
    """Return a sentence in which what stands between backticks, as notices quote links, is code."""
    parts: list[Inline] = [
        Code(part) if number % 2 else part for number, part in enumerate(sentence.split("`")) if part
    ]
    return tuple(parts)


def listed(parts: Sequence[Words], last: str = "and") -> tuple[Inline, ...]:
    """Return runs of text as a list in a sentence: a, b and c."""
    joined: list[Inline] = []
    for number, part in enumerate(parts):
        if number:
            joined.append(f" {last} " if number == len(parts) - 1 else ", ")
        joined += part if isinstance(part, tuple) else (part,)
    return tuple(joined)
