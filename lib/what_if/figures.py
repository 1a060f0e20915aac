"""Maps of a what-if: England to choose a CCG on, and the STPs that change, before and after."""

from dataclasses import replace

from geo import blocks, regroup
from lib.figures import close_ups, extents, sources
from lib.figures.maps import LONDON, PIECE, Areas, Map, Outline
from lib.themes import Category, Theme
from lib.what_if import moves, what_if, what_if_maps

_MOVED, _INK = "#b3490a", "#231f20"
_SOURCE = "Memberships of April 2017 (ONS)."


def england(
    text: str | None, chosen: str | None = None, link: str = "", clear: str = "", several: str = "", note: str = ""
) -> Map:
    """Return the CCGs in the colours of their STPs, what is moved with an edge, the borders of the STPs of 2017.

    Parameters
    ----------
    text : str or None
        The moves, as a link has them.
    chosen : str, optional
        The CCG that is to be moved.
    link, clear, several
        As for `lib.figures.maps.Map` and its areas; ``{code}`` and ``{codes}`` are CCGs.
    note : str
        Words on a map without moves; one with moves says that it is no real map.
    """
    theme, made = what_if_maps.theme(text), moves.parsed(text)
    parts = [unit for unit in made if "-" in unit]
    ground = Areas("ccg17", _unnamed(theme), theme.keys, theme.names, theme.values, link=link)
    edges = [
        Outline(PIECE, _pieces_of(unit), True, _MOVED, 1.8)
        if "-" in unit
        else Outline("ccg17", (unit,), True, _MOVED, 1.8)
        for unit in made
    ]
    return Map(
        title=what_if.title(text) if made else "The CCGs of April 2017 by STP",
        description=what_if_maps.alt(text),
        areas=(ground, *([_moved_parts(parts, text, theme, link)] if parts else ())),
        outlines=(Outline("stp17"), *edges),
        chosen=(chosen,) if chosen in theme.keys else (),
        clear=clear,
        several=several,
        inset=LONDON,
        note=what_if.MARK if made else note,
        made_up=bool(made),
        source=sources.line(_SOURCE),
    )


def _unnamed(theme: Theme) -> tuple[Category, ...]:
    """Return the classes for no legend: a colour tells an STP from its neighbours and means nothing else."""
    return tuple(replace(category, label="") for category in theme.categories)


def _moved_parts(units: list[str], text: str | None, theme: Theme, link: str) -> Areas:
    """Return the moved parts of CCGs as pieces in the colours of their new STPs; choosing one is choosing its CCG."""
    colours, made, names = what_if_maps.colours(text), moves.parsed(text), blocks.names("ccg17")
    units_of = {piece: unit for unit in units for piece in _pieces_of(unit)}
    ccgs = {piece: unit.partition("-")[0] for piece, unit in units_of.items()}
    pieces = close_ups.piece_names()
    return Areas(
        layer=PIECE,
        classes=_unnamed(theme),
        class_of={piece: str(colours[made[unit]]) for piece, unit in units_of.items()},
        names={piece: names[ccg] for piece, ccg in ccgs.items()},
        values={piece: f"{pieces[piece]}\nWhat if: {regroup.stp_name(made[unit])}" for piece, unit in units_of.items()},
        link=link,
        link_codes=ccgs,
    )


def _pieces_of(unit: str) -> tuple[str, ...]:
    return tuple(what_if_maps.pieces_of([unit]).index)


def close_up(text: str, when: str, link: str = "") -> Map:
    """Return the STPs that change, in detail, ``before`` or ``after``; both have the same extent.

    If they are too many to be numbered, the map is all of England.

    Parameters
    ----------
    text : str
        The moves, as a link has them.
    when : str
        A key of `lib.what_if.what_if_maps.WHEN`.
    link : str
        Link of the page of an STP of 2017, with ``{code}`` for it.
    """
    label = what_if_maps.WHEN[when]
    if not what_if_maps.numbered(text):
        return england(text) if when == "after" else england(None, note=label)
    categories, owners = what_if_maps.categories(text), _owners(text, when)
    present = set(owners.values())
    real = extents.places("stp17").index
    councils = what_if_maps.divided(text)[: what_if_maps.MOST_NUMBERED]
    return close_ups.close_up(
        extents.around("stp17", [code for code in categories if code in real]),
        {code: item for code, item in categories.items() if code in present},
        owners,
        f"{what_if.title(text)} Before: {label}" if when == "before" else what_if.title(text),
        what_if_maps.close_up_alt(text, when),
        link=link,
        unlinked=[code for code in categories if code not in real],
        outlines=(*(close_ups.border("council17", code, _INK, 1.6, True) for code in councils), *moved(text)),
        note=label,
        made_up=when == "after",
    )


def _owners(text: str, when: str) -> dict[str, str]:
    """Return the STP of every piece of those that change, ``before`` or ``after``."""
    table, changed = blocks.pieces()["stp17"], what_if_maps.categories(text)
    owners = table if when == "before" else regroup.labels(regroup.assignment(moves.parsed(text)))
    return {piece: stp for piece, stp in owners.items() if stp in changed}


def moved(text: str) -> tuple[Outline, ...]:
    """Return the borders of what is moved, around all that goes from the same STP to the same STP."""
    made = moves.parsed(text)
    pieces = what_if_maps.pieces_of(list(made))
    flows = pieces.groupby([pieces["stp17"], pieces["part"].map(made)])
    return tuple(Outline(PIECE, tuple(rows.index), True, _INK, 2.2) for _, rows in flows)
