"""Kinds of query parameters: how each is read from untrusted text and written back."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lib.text import listed

ALL, NONE = "all", "none"


@dataclass(frozen=True)
class Parameter:
    """How one parameter is read and written.

    Attributes
    ----------
    read : callable
        Text to value; raises `ValueError` with what is wrong, in words.
    write : callable
        Value to text.
    """

    read: Callable[[str], Any]
    write: Callable[[Any], str]


class PartlyReadError(ValueError):
    """Some entries of a list were not understood; `value` holds the others."""

    def __init__(self, value: Any, unknown: tuple[str, ...]):
        super().__init__(", ".join(unknown))
        self.value, self.unknown = value, unknown


def one_of(options: Iterable[str], aliases: Mapping[str, str] | None = None) -> Parameter:
    """Read one of some words, or an alias of one."""
    known = {option: option for option in options} | dict(aliases or {})

    def read(text: str) -> str:
        if text.strip().lower() not in known:
            raise ValueError(f"is not one of {listed(list(options), 'or')}")
        return known[text.strip().lower()]

    return Parameter(read, str)


def some_of(options: Mapping[str, tuple[str, ...]]) -> Parameter:
    """Read a comma-separated list; `options` gives what each word stands for. Empty means no filter."""
    order = [word for word, meaning in options.items() if meaning == (word,)]

    def read(text: str) -> tuple[str, ...]:
        words = [word.strip().lower() for word in text.split(",")]
        if words == [ALL]:
            return ()
        chosen = {meaning for word in words for meaning in options.get(word, ())}
        unknown = tuple(word for word in words if word not in options and word != ALL)
        value = tuple(word for word in order if word in chosen)
        if unknown:
            raise PartlyReadError(value, unknown)
        return value

    return Parameter(read, lambda value: ",".join(value) or ALL)


def named(
    resolve: Callable[[str], str | None], what: str, explain: Callable[[str], str | None] = lambda text: None
) -> Parameter:
    """Read what a resolver knows by code or name; nothing chosen is `NONE`.

    `explain` says what a text means instead, if that is known.
    """

    def read(text: str) -> str | None:
        if text.strip().lower() == NONE:
            return None
        code = resolve(text)
        if code is None:
            known = explain(text)
            raise ValueError(f"is not {what}: {known}" if known else f"is not {what}")
        return code

    return Parameter(read, lambda code: code or NONE)


def several(resolve: Callable[[str], str | None], what: str) -> Parameter:
    """Read one or several things that a resolver knows by code or name, separated by commas; sorted by code.

    Nothing chosen is `NONE`.
    """

    def read(text: str) -> tuple[str, ...]:
        if text.strip().lower() == NONE:
            return ()
        codes = {word: resolve(word) for word in (part.strip() for part in text.split(",")) if word}
        if not any(codes.values()):
            # A name may have commas of its own.
            codes = {text: resolve(text)}
        value = tuple(sorted({code for code in codes.values() if code}))
        if not value:
            raise ValueError(f"is not {what}")
        if unknown := tuple(word for word, code in codes.items() if code is None):
            raise PartlyReadError(value, unknown)
        return value

    return Parameter(read, lambda codes: ",".join(sorted(codes)) or NONE)


def number(least: float, most: float) -> Parameter:
    """Read a number between two bounds, two decimals."""

    def read(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not least <= number <= most:
            raise ValueError(f"is not a number from {least:g} to {most:g}")
        # Minus nothing is nothing.
        return round(number, 2) + 0.0

    return Parameter(read, lambda number: f"{number:g}")


def whole(least: int, most: int) -> Parameter:
    """Read a whole number between two bounds, in digits."""

    def read(text: str) -> int:
        text = text.strip()
        if not text.isascii() or not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"is not a whole number from {least} to {most}")
        return int(text)

    return Parameter(read, str)


def unless(word: str, other: Parameter) -> Parameter:
    """Read a word that stands for nothing chosen, and anything else as another parameter does."""
    return Parameter(
        lambda text: None if text.strip().lower() == word else other.read(text),
        lambda value: word if value is None else other.write(value),
    )


def word() -> Parameter:
    """Read a word whose meaning depends on other parameters: the view settles it."""

    def read(text: str) -> str | None:
        return None if text.strip().lower() == NONE else text.strip()

    return Parameter(read, lambda word: word or NONE)


def holds(parameter: Parameter, default: Any, name: str | None = None) -> Any:
    """Return a field of a view; `name` is its parameter where Python does not allow it as a field."""
    return field(default=default, metadata={"parameter": parameter, "name": name})


def alone(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return words that stand for themselves, for `some_of`."""
    return {word: (word,) for word in words}
