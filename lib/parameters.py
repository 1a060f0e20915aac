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

    def read(said: str) -> str:
        if said.strip().lower() not in known:
            raise ValueError(f"is not one of {listed(list(options), 'or')}")
        return known[said.strip().lower()]

    return Parameter(read, str)


def some_of(options: Mapping[str, tuple[str, ...]]) -> Parameter:
    """Read a comma-separated list; `options` gives what each word stands for. Empty means no filter."""
    order = [word for word, meaning in options.items() if meaning == (word,)]

    def read(said: str) -> tuple[str, ...]:
        words = [word.strip().lower() for word in said.split(",")]
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
    resolve: Callable[[str], str | None], what: str, explain: Callable[[str], str | None] = lambda said: None
) -> Parameter:
    """Read what a resolver knows by code or name; nothing chosen is `NONE`.

    `explain` says what a text means instead, if that is known.
    """

    def read(said: str) -> str | None:
        if said.strip().lower() == NONE:
            return None
        code = resolve(said)
        if code is None:
            known = explain(said)
            raise ValueError(f"is not {what}: {known}" if known else f"is not {what}")
        return code

    return Parameter(read, lambda code: code or NONE)


def several(resolve: Callable[[str], str | None], what: str) -> Parameter:
    """Read one or several things that a resolver knows by code or name, separated by commas; sorted by code.

    Nothing chosen is `NONE`.
    """

    def read(said: str) -> tuple[str, ...]:
        if said.strip().lower() == NONE:
            return ()
        codes = {word: resolve(word) for word in (part.strip() for part in said.split(",")) if word}
        if not any(codes.values()):
            # A name may have commas of its own.
            codes = {said: resolve(said)}
        value = tuple(sorted({code for code in codes.values() if code}))
        if not value:
            raise ValueError(f"is not {what}")
        if unknown := tuple(word for word, code in codes.items() if code is None):
            raise PartlyReadError(value, unknown)
        return value

    return Parameter(read, lambda codes: ",".join(sorted(codes)) or NONE)


def number(least: float, most: float) -> Parameter:
    """Read a number between two bounds, two decimals."""

    def read(said: str) -> float:
        try:
            number = float(said)
        except ValueError:
            number = math.nan
        if not least <= number <= most:
            raise ValueError(f"is not a number from {least:g} to {most:g}")
        # Minus nothing is nothing.
        return round(number, 2) + 0.0

    return Parameter(read, lambda number: f"{number:g}")


def whole(least: int, most: int) -> Parameter:
    """Read a whole number between two bounds, in digits."""

    def read(said: str) -> int:
        said = said.strip()
        if not said.isascii() or not said.isdecimal() or not least <= int(said) <= most:
            raise ValueError(f"is not a whole number from {least} to {most}")
        return int(said)

    return Parameter(read, str)


def unless(word: str, other: Parameter) -> Parameter:
    """Read a word that stands for nothing chosen, and anything else as another parameter does."""
    return Parameter(
        lambda said: None if said.strip().lower() == word else other.read(said),
        lambda value: word if value is None else other.write(value),
    )


def word() -> Parameter:
    """Read a word whose meaning depends on other parameters: the view settles it."""

    def read(said: str) -> str | None:
        return None if said.strip().lower() == NONE else said.strip()

    return Parameter(read, lambda word: word or NONE)


def holds(parameter: Parameter, default: Any, name: str | None = None) -> Any:
    """Return a field of a view; `name` is its parameter where Python does not allow it as a field."""
    return field(default=default, metadata={"parameter": parameter, "name": name})


def alone(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return words that stand for themselves, for `some_of`."""
    return {word: (word,) for word in words}
