"""Moves of CCGs between STPs as they stand in a link.

Two forms are understood, alone or mixed, entries separated by commas:

- a pair ``what:where``, in ONS codes ``E38000008:E54000014``;
- a group ``where:what.what``, in ODS codes ``QT1:02Q.04E``.

*What* is a CCG, or a CCG and a district with a hyphen for the part of the CCG
inside that district: ``E38000182-E07000037``, short ``01Y-7037``. *Where* is
an STP of 2017, or ``new-1`` to ``new-99`` for a new one.

Written is one form for each set of moves: up to `MOST_PAIRS` moves as pairs,
which can be looked up anywhere, more of them as groups, so that all 207 CCGs
fit a link of `LONG` characters. Both are sorted by code.
"""

import re
from collections.abc import Collection, Mapping

from geo import blocks, kept, regroup, sources
from lib import catalogue
from lib.text import listed, quoted

MOST_PAIRS = 20
LONG = 2000
"""Characters; some programs cut longer links."""

_DISTRICT = re.compile(r"(?:E0([6-9])000|([6-9]))(\d{3})", re.IGNORECASE)
_NEW = re.compile(r"new-?0*([1-9]\d?)")
_MOST_NAMED = 5


def unit(query: str) -> str | None:
    """Return the code of a CCG or of the part of a CCG in a district, whatever form it is named in; None if unknown."""
    query = query.strip()
    if query in _written():
        code = _written()[query]
        return code if code in regroup.units() else None
    ccg = catalogue.resolve("ccg17", query)
    if ccg:
        return ccg
    named, _, place = query.rpartition("-")
    ccg, district = catalogue.resolve("ccg17", named), _DISTRICT.fullmatch(place)
    if not ccg or not district:
        return None
    code = f"{ccg}-E0{district[1] or district[2]}000{district[3]}"
    inside = [part for part in regroup.units()[ccg] if part == code]
    # All of a CCG is the CCG.
    return (ccg if len(regroup.units()[ccg]) == 1 else code) if inside else None


def target(query: str) -> str | None:
    """Return the code of an STP of 2017, or of a new one; None if unknown."""
    query = query.strip()
    code = _written().get(query)
    if code in blocks.name_by_code("stp17"):
        return code
    new = _NEW.fullmatch(query.lower())
    return f"new-{new[1]}" if new else catalogue.resolve("stp17", query)


@kept.within(1)
def parsed(text: str | None) -> dict[str, str]:
    """Return the moves that a text names, as few as say it (`geo.regroup.moves_of`)."""
    return regroup.moves_of(regroup.assignment(_pairs(text or "")[0]))


@kept.within(1)
def read(text: str | None) -> tuple[str | None, list[str]]:
    """Return the moves of a link as they are written, None for none, and a sentence on what was left out."""
    pairs, unknown, twice = _pairs(text or "")
    notices = []
    if unknown:
        named = [quoted(entry) for entry in unknown[:_MOST_NAMED]]
        if len(unknown) > _MOST_NAMED:
            named.append(f"{len(unknown) - _MOST_NAMED} more")
        notices.append(
            f"`moves` does not know {listed(named)}: a move is a CCG and an STP, as in `E38000008:E54000014`; "
            f"shown instead: the other moves."
        )
    if twice:
        notices.append(f"`moves` names {_named(twice)} more than once; the last move counts.")
    home = regroup.homes()
    idle = [one for one, where in pairs.items() if where == home[regroup.units()[one][0]] and _owner(one) not in pairs]
    if idle:
        are = "is" if len(idle) == 1 else "are"
        notices.append(f"`moves`: {_named(idle)} {are} in that STP already; nothing to move.")
    return write(parsed(text)), notices


def _owner(one: str) -> str | None:
    """Return the CCG that a part is of; None for a CCG."""
    ccg, _, district = one.partition("-")
    return ccg if district else None


def _named(codes: list[str]) -> str:
    names = [regroup.unit_name(code) for code in codes[:_MOST_NAMED]]
    if len(codes) > _MOST_NAMED:
        names.append(f"{len(codes) - _MOST_NAMED} more")
    return listed(names)


def _pairs(text: str) -> tuple[dict[str, str], list[str], list[str]]:
    """Return STP by unit, the entries that make no sense, and the units that are named more than once."""
    pairs: dict[str, str] = {}
    unknown, twice = [], []
    for entry in filter(str.strip, text.split(",")):
        left, colon, right = entry.partition(":")
        whats, where = [left], target(right) if unit(left) else None
        if not colon or where is None:
            whats, where = right.split("."), target(left)
        for what in whats:
            code = unit(what)
            if not colon or code is None or where is None:
                unknown.append(entry if len(whats) == 1 else what)
            else:
                twice += [code] * (code in pairs and code not in twice)
                # Last, also among the places.
                pairs.pop(code, None)
                pairs[code] = where
    return pairs, unknown, twice


def write(moves: Mapping[str, str]) -> str | None:
    """Return moves as they stand in a link; None if there are none."""
    if not moves:
        return None
    if len(moves) <= MOST_PAIRS:
        return ",".join(f"{what}:{where}" for what, where in sorted(moves.items()))
    groups: dict[str, list[str]] = {}
    for what, where in sorted(moves.items()):
        groups.setdefault(where, []).append(_shorts()[what])
    ordered = sorted(groups, key=lambda where: (len(where) < 9, len(where), where))
    return ",".join(f"{_shorts().get(where, where)}:{'.'.join(groups[where])}" for where in ordered)


@kept.once
def _shorts() -> dict[str, str]:
    """Return the short form of every unit and STP, from their ODS codes."""
    ccgs, stps = sources.read("ccg17"), sources.read("stp17")
    shorts = dict(zip(stps["stp17cd"], stps["ods_code"], strict=True))
    ods = dict(zip(ccgs["ccg17cd"], ccgs["ccg17cdh"], strict=True))
    for one in regroup.units():
        ccg, _, district = one.partition("-")
        shorts[one] = f"{ods[ccg]}-{district[2]}{district[6:]}" if district else ods[ccg]
    return shorts


@kept.once
def _written() -> dict[str, str]:
    """Return every unit and STP by each form in which `write` has it: no two have the same."""
    return {form: code for code, short in _shorts().items() for form in (code, short)}


def apart(units: Collection[str]) -> tuple[str, ...]:
    """Return units without the parts of CCGs that are among them as a whole."""
    return tuple(one for one in units if _owner(one) not in units)


def long_link(characters: int) -> str | None:
    """Return what to know of a link that is very long; None of others."""
    if characters <= LONG:
        return None
    return (
        f"This link has about {characters:,} characters. Browsers open it, but some mail and office programs cut "
        f"links over {LONG:,} characters: try it where you mean to use it, or send the CSV of the assignment instead. "
        f"Moving whole CCGs instead of parts makes the link shorter."
    )


def file_name(text: str | None) -> str:
    """Return the beginning of the names of a what-if's files."""
    made = parsed(text)
    if len(made) <= 2:
        return "-".join(["what-if", *(f"{what}-to-{where}" for what, where in made.items())])
    return f"what-if-{len(made)}-moves"


def with_units(text: str | None, units: Collection[str], where: str) -> str | None:
    """Return moves as a link has them after units have gone to an STP, whatever was said of them or of their parts."""
    made = dict(parsed(text))
    home = regroup.homes()
    for what in units:
        ccg = _owner(what)
        if ccg is None:
            made = {other: stp for other, stp in made.items() if other != what and _owner(other) != what}
        else:
            made.pop(what, None)
        # A part stays behind where the rest of its CCG goes elsewhere.
        before = (made.get(ccg) if ccg else None) or home[regroup.units()[what][0]]
        if where != before:
            made[what] = where
    return write(made)
