"""Codes and names of STPs, ICBs and CCGs as readers and links give them."""

import re

from geo import area_words, codes, kept, resolver, vintages
from lib.text import listed

_ONS = re.compile(r"E[0-9]{8}")


def read(typed: str) -> str:
    """Return a code or a name as links write it: known ones, and codes of the ONS that are none of these.

    Parameters
    ----------
    typed : str
        As typed.

    Raises
    ------
    ValueError
        If it is neither; the message names codes that look alike.
    """
    result = codes.find(typed)
    if result.code or _ONS.fullmatch(result.typed):
        return result.typed
    if coded := called(typed):
        names = (meaning.name for meaning in codes.known()[coded[0]])
        return next(vintages.plain_name(name) for name in names if vintages.same_name(name, typed))
    if known := resolver.find(typed):
        raise ValueError(f"is not the code or name of an STP, ICB or CCG: {area_words.sentence(known[0], 'stp17')}")
    alike = f"; codes that look alike: {listed([named(code) for code in result.near])}" if result.near else ""
    raise ValueError(f"is not the code or name of an STP, ICB or CCG{alike}")


def called(name: str) -> tuple[str, ...]:
    """Return the codes whose areas had a name in some year, however it is spelt."""
    return _names().get(vintages.bare_name(name), ())


def named(code: str) -> str:
    """Return a code that leads to an area with its last name: ``"E54000037 (Devon)"``."""
    return f"{code} ({vintages.plain_name(codes.find(code).meanings[-1].name)})"


@kept.once
def _names() -> dict[str, tuple[str, ...]]:
    """Return the codes by every name that their areas had, see `geo.vintages.bare_name`."""
    by_name: dict[str, tuple[str, ...]] = {}
    for code, meanings in codes.known().items():
        for name in {vintages.bare_name(meaning.name) for meaning in meanings}:
            by_name[name] = (*by_name.get(name, ()), code)
    return by_name
