"""Maps of a what-if: England to choose a CCG on, and the STPs that change, before and after."""

from collections.abc import Collection

from geo import blocks, regroup
from lib.figures import close_ups, extents, sources
from lib.figures.maps import LONDON, PIECE, Areas, Map, Outline
from lib.text import counted
from lib.themes import Theme
from lib.what_if import colours, moves, regrouping

_MOVED, _INK = "#b3490a", "#231f20"
_SOURCE = "Memberships of April 2017 (ONS)."


def england(
    text: str | None, chosen: Collection[str] = (), link: str = "", clear: str = "", several: str = "", note: str = ""
) -> Map:
    """Return the CCGs in the colours of their STPs, what is moved with an edge, the borders of the STPs of 2017.

    Parameters
    ----------
    text : str or None
        The moves, as a link has them.
    chosen : collection of str
        The CCGs that are to be moved.
    link, clear, several
        As for `lib.figures.maps.Map` and its areas; ``{code}`` and ``{codes}`` are CCGs.
    note : str
        Words on a map without moves; one with moves says that it is no real map.
    """
    theme, made = colours.theme(text), moves.parsed(text)
    parts = [unit for unit in made if "-" in unit]
    ground = Areas("ccg17", theme.categories, theme.keys, theme.names, theme.values, link=link)
    edges = [
        Outline(PIECE, colours.pieces_of(unit), True, _MOVED, 1.8)
        if "-" in unit
        else Outline("ccg17", (unit,), True, _MOVED, 1.8)
        for unit in made
    ]
    return Map(
        title=regrouping.title(text) if made else "The CCGs of April 2017 by STP",
        description=_words(text),
        areas=(ground, *([_moved_parts(parts, text, theme, link)] if parts else ())),
        outlines=(Outline("stp17"), *edges),
        chosen=tuple(code for code in chosen if code in theme.keys),
        clear=clear,
        several=several,
        inset=LONDON,
        note=regrouping.MARK if made else note,
        made_up=bool(made),
        source=sources.line(_SOURCE),
    )


def _words(text: str | None) -> str:
    """Return the map of England in words; like it these do not depend on what is chosen."""
    moved = counted(len(moves.parsed(text)), "move") if text else "nothing moved"
    return (
        f"Map of England's {len(blocks.names('ccg17'))} CCGs in the colours of their STPs, {moved}. The table below "
        "lists all of them."
    )


def _close_up_words(text: str, when: str) -> str:
    """Return a close-up in words."""
    people = regrouping.residents_of_changed(text, when)
    parts = [
        f"{item.mark} {item.label}, {people[code]:,} residents"
        for code, item in colours.categories(text).items()
        if people[code]
    ]
    if not colours.numbered(text):
        parts = [f"{len(parts)} STPs that change, too many to number"]
    return f"{colours.WHEN[when]}: map of {'; '.join(parts)}. The tables below list their numbers."


def _moved_parts(units: list[str], text: str | None, theme: Theme, link: str) -> Areas:
    """Return the moved parts of CCGs as pieces in the colours of their new STPs; choosing one is choosing its CCG."""
    fills, made, names = colours.by_stp(text), moves.parsed(text), blocks.names("ccg17")
    units_of = {piece: unit for unit in units for piece in colours.pieces_of(unit)}
    ccgs = {piece: unit.partition("-")[0] for piece, unit in units_of.items()}
    pieces = close_ups.unit_names(PIECE)
    return Areas(
        layer=PIECE,
        classes=theme.categories,
        class_of={piece: str(fills[made[unit]]) for piece, unit in units_of.items()},
        names={piece: names[ccg] for piece, ccg in ccgs.items()},
        values={piece: f"{pieces[piece]}\nWhat if: {regroup.stp_name(made[unit])}" for piece, unit in units_of.items()},
        link=link,
        link_codes=ccgs,
    )


def close_up(text: str, when: str, link: str = "", against: str = regroup.COUNCILS) -> Map:
    """Return the STPs that change, in detail, ``before`` or ``after``; both have the same extent.

    If they are too many to be numbered, the map is all of England.

    Parameters
    ----------
    text : str
        The moves, as a link has them.
    when : str
        A key of `lib.what_if.colours.WHEN`.
    link : str
        Link of the page of an STP of 2017, with ``{code}`` for it.
    against : str
        Layer by which the fit is judged: those of its areas that are divided have dotted borders.
    """
    label = colours.WHEN[when]
    if not colours.numbered(text):
        return england(text) if when == "after" else england(None, note=label)
    categories, owners = colours.categories(text), _owners(text, when)
    present = set(owners.values())
    real = extents.places("stp17").index
    councils = colours.divided(text, against)[: colours.MOST_NUMBERED]
    return close_ups.close_up(
        extents.around("stp17", [code for code in categories if code in real]),
        {code: item for code, item in categories.items() if code in present},
        owners,
        f"{regrouping.title(text)} Before: {label}" if when == "before" else regrouping.title(text),
        _close_up_words(text, when),
        link=link,
        unlinked=[code for code in categories if code not in real],
        outlines=(*(close_ups.border(against, code, _INK, 1.6, True) for code in councils), *moved(text)),
        note=label,
        made_up=when == "after",
    )


def _owners(text: str, when: str) -> dict[str, str]:
    """Return the STP of every piece of those that change, ``before`` or ``after``."""
    assigned = regroup.homes() if when == "before" else regrouping.assigned(text)
    changed = colours.categories(text)
    owners = ((piece, assigned[part]) for piece, part in colours.parts().items())
    return {piece: stp for piece, stp in owners if stp in changed}


def moved(text: str) -> tuple[Outline, ...]:
    """Return the borders of what is moved, around all that goes from the same STP to the same STP."""
    made = moves.parsed(text)
    flows: dict[tuple[str, str], list[str]] = {}
    for unit, stp in made.items():
        flows.setdefault((regrouping.home(unit), stp), []).extend(colours.pieces_of(unit))
    return tuple(Outline(PIECE, tuple(sorted(pieces)), True, _INK, 2.2) for _, pieces in sorted(flows.items()))
