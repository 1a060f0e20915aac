"""From then to now: how an area ended and where its residents belong today, and what an area of today was in 2017."""

from collections.abc import Callable

from geo import blocks, endings, gazetteer, kept, vintages
from geo.areas import shares
from lib import links
from lib.content import formats
from lib.content.blocks import Inline, Link, Words
from lib.facts import parliament
from lib.text import dated, listed, percent

BOARDS = "icb26"
"""Layer of the integrated care boards of April 2026."""
_SINCE, _STPS, _COUNCILS = "2026-04-01", "stp17", "council17"
_OF_TODAY = 2024
"""A layer of this year or a later one is told what it was in 2017."""
_MOST_NAMED = 3
Parts = tuple[tuple[str, float], ...]
"""Areas by their codes, each with a share of residents (0 to 1), largest first."""
_DERIVED = ", as derived from announced successions"


def short(name: str) -> str:
    """Return the name of a board without what all begin and end with."""
    return name.removeprefix("NHS ").removesuffix(" Integrated Care Board")


@kept.once
def boards() -> dict[str, str]:
    """Return the short names of the boards of April 2026 by code, in the order of the names."""
    named = {code: short(name) for code, name in blocks.names(BOARDS).items()}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def answer(layer: str, code: str) -> tuple[Inline, ...]:
    """Return in a sentence or two, linked, how an area ended, where its residents are now, and what it was in 2017.

    Parameters
    ----------
    layer : str
        A layer of `geo.blocks`; what it was in 2017 is told of those of 2024 and later.
    code : str
        Of the area.
    """
    sentences = [*([now(layer, code)] if layer != BOARDS else []), *([was(layer, code)] if of_today(layer) else [])]
    return tuple(part for place, words in enumerate(sentences) for part in ((" ", *words) if place else words))


def of_today(layer: str) -> bool:
    """Return whether a layer is one of today's."""
    return blocks.layer(layer).year >= _OF_TODAY


@kept.within(1)
def now(layer: str, code: str) -> tuple[Inline, ...]:
    """Return in a sentence or two how an area ended, if it did, and which boards of April 2026 its residents are in."""
    ended, derived = endings.end(layer, code), _DERIVED if _new(layer, code) else ""
    there = _parts(layer, code, BOARDS, boards().__getitem__, lambda board: links.to("today", board=board))
    if ended is None or ended.of_code or ended.day > _SINCE:
        which = "board" if len(there) == 1 else "boards"
        start = f"Today, since 1 April 2026, care for its residents is planned by the integrated care {which} "
        return (*_end(layer, ended), start, *formats.listed(there), f"{derived}.")
    people = f"{vintages.totals(layer)['residents'][code]:,}"
    which = "one integrated care board" if len(there) == 1 else f"{len(there)} integrated care boards"
    bodies = _successors(layer, code)
    rest = (*bodies, ", and in " if bodies else "", f"{which} of April 2026{derived}: ")
    return (*_end(layer, ended), f"its {people} residents are now in ", *rest, *formats.listed(there), ".")


def _new(layer: str, code: str) -> bool:
    """Return whether residents of an area are in a board that is not what a board of 2024 was."""
    return any(board not in blocks.names("icb24").index for board, *_ in rows(layer, code, BOARDS))


def _end(layer: str, ended: endings.End | None) -> tuple[Inline, ...]:
    """Return how an area ended, as the beginning of a sentence or as one of its own; nothing where it goes on."""
    if ended is None:
        return ()
    what = f"The {'code of the ' if ended.of_code else ''}{blocks.layer(layer).one}"
    if ended.day > _SINCE:
        return (f"{what} is to end on {dated(ended.day)}. ",)
    when = f"ended on {dated(ended.day)}"
    if ended.between:
        when = "ended on no day that is known here, between the lookups of {} and {}".format(*ended.between)
    elif not ended.day:
        when = "ended on no day that is known here"
    return (f"{what} {when}{'. ' if ended.of_code else '; '}",)


def _successors(layer: str, code: str) -> tuple[Inline, ...]:
    """Return the councils or districts of today that have the residents of one that ended; nothing for other areas."""
    if layer not in endings.LATER:
        return ()
    later = endings.LATER[layer]
    there = _parts(layer, code, later, blocks.names(later).__getitem__, lambda body: _fit(later, body))
    kind = gazetteer.area(later, rows(layer, code, later)[0][0]).kind
    return (f"the {kind if len(there) == 1 else f'{kind}s'} ", *formats.listed(there))


def _fit(layer: str, code: str) -> str:
    """Return the way to how an area of today lies to the boards of today."""
    return links.to("coterminosity", a=layer, b=BOARDS, area=code)


@kept.within(1)
def was(layer: str, code: str) -> tuple[Inline, ...]:
    """Return in a sentence or two when an area of today began and under which STPs and councils it fell in 2017."""
    people = f"{vintages.totals(layer)['residents'][code]:,}"
    stps = _parts(layer, code, _STPS, blocks.names(_STPS).__getitem__, lambda stp: links.to("footprint", stp=stp))
    under = "one STP" if len(stps) == 1 else f"{len(stps)} STPs"
    words = (*_began(layer, code), f"Its {people} residents fell under {under} in 2017: ", *formats.listed(stps), ".")
    before = next((then for then, later in endings.LATER.items() if later == layer), None)
    if before is None:
        return words
    if code in blocks.names(before).index:
        return (*words, " Its code and its area are those of 2017.")
    bodies = _parts(layer, code, before, blocks.names(before).__getitem__, lambda body: _of_2017(before, body))
    which = f"one {blocks.layer(before).one}" if len(bodies) == 1 else f"{len(bodies)} {blocks.layer(before).many}"
    return (*words, f" In 2017 they were in {which}: ", *formats.listed(bodies), ".")


def _of_2017(layer: str, code: str) -> str:
    """Return the way to the page of a council of 2017, or to how a district lay to the STPs."""
    if layer == _COUNCILS:
        return links.to("council", council=code)
    return links.to("coterminosity", a=layer, b=_STPS, area=code)


def _began(layer: str, code: str) -> tuple[Inline, ...]:
    start = gazetteer.area(layer, code).start
    return (f"The {blocks.layer(layer).one} began on {dated(start)}. ",) if "-" in start else ()


def rows(layer: str, code: str, other: str) -> tuple[tuple[str, int, float], ...]:
    """Return the areas of another layer that have residents of an area: code, these and their share, most first."""
    return tuple((part.b_code, part.residents, part.share_of_a) for part in vintages.parts(layer, other, code))


def _parts(layer: str, code: str, other: str, name: Callable[[str], str], way: Callable[[str], str]) -> list[Words]:
    """Return the areas of another layer that have residents of an area, linked, with these where there are several."""
    areas = rows(layer, code, other)
    return [
        (
            Link(name(there), way(there)),
            f" ({people:,}, {percent(share)})" if len(areas) > 1 else "",
        )
        for there, people, share in areas
    ]


def within(boards_: Parts, councils: Parts) -> str:
    """Return in which boards and councils of today something lies: ``"in the board A and in the council B"``."""
    there = _some("board", "boards", [(boards()[code], share) for code, share in boards_])
    names = blocks.names("council24")
    derived = " (derived)" if {code for code, _ in boards_} - set(vintages.totals("icb24").index) else ""
    bodies = _some("council", "councils", [(names[code], share) for code, share in councils])
    return f"{there}{derived}{',' if len(boards_) > 1 else ''} and {bodies}"


def briefly(ground: frozenset[str]) -> str:
    """Return in a sentence in which boards, councils and constituencies of today the residents of a ground are.

    Empty for no ground. `ground` has fragments, see `geo.areas.units`.
    """
    if not ground:
        return ""
    here = within(*(shares(ground, layer) for layer in (BOARDS, "council24")))
    return f"Today {here}; by best fit of LSOAs {seats(ground)}."


def seats(ground: frozenset[str]) -> str:
    """Return in which constituencies of today the residents of a ground are, by best fit of LSOAs."""
    constituencies = [(parliament.names()[code], share) for code, share in parliament.of_ground(ground)]
    return _some("constituency", "constituencies", constituencies)


def _some(one: str, many: str, areas: list[tuple[str, float]]) -> str:
    """Return areas with their shares, or how many there are: ``"in the board A"``, ``"in 8 councils"``."""
    if len(areas) > _MOST_NAMED:
        return f"in {len(areas)} {many}"
    if len(areas) == 1:
        return f"in the {one} {areas[0][0]}"
    return f"in the {many} {listed([f'{name} ({percent(share)})' for name, share in areas])}"
