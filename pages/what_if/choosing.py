"""What is chosen to be moved, where to, and the moves that are made: each a link to the what-if that results."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from geo import blocks, regroup
from lib import links
from lib.content.blocks import Block, Link, Links, Listing, Prose, Section, Strong, Words
from lib.content.formats import listed
from lib.parameters import NONE
from lib.text import counted
from lib.what_if import moves, presets, regrouping
from pages.what_if.view import WhatIfView

_MOST_NAMED = 8
_MOST_LISTED = 40
"""Moves that are listed: the link that takes one back holds all the others."""
_HINT = (
    "Choose a CCG on the map, in the box above or in the table below. For several at once: “Choose several” on the "
    "map, Shift and click, Shift and drag a box, or Shift and the arrow keys; then Enter."
)


def link(view: WhatIfView, **changes: Any) -> str:
    """Return the link of a view with some of its values changed."""
    return links.link(replace(view, **changes))


def _alike(view: WhatIfView, texts: Iterable[str | None]) -> tuple[str, ...]:
    """Return the links of views that are alike but for their moves, as a link has these."""
    return links.filled(link(view, moves=links.CODE), (text or NONE for text in texts))


def owners(units: tuple[str, ...]) -> tuple[str, ...]:
    """Return the CCGs that units are, or are part of."""
    return tuple(dict.fromkeys(unit.partition("-")[0] for unit in units))


def started(view: WhatIfView) -> Links:
    """Return the cases that were asked or done."""
    cases = presets.presets()
    ways = _alike(replace(view, ccg=()), (moves.write(preset.moves) for preset in cases))
    items = (Link(preset.name, way) for preset, way in zip(cases, ways, strict=True))
    return Links(tuple(items), "Start with a case that was asked or done:")


def chosen(view: WhatIfView) -> Section:
    """Return what is chosen to be moved, and the STPs that it can be moved to as links."""
    if not view.ccg:
        return Section("Move a CCG", (Prose(_HINT),), "move")
    title = regroup.unit_name(view.ccg[0])
    if len(view.ccg) > 1:
        parts = any("-" in unit for unit in view.ccg)
        title = f"{len(view.ccg)} CCGs{' or parts of them' if parts else ''}"
    return Section(f"Move {title}", (Prose(_standing(view)), *_inside(view), *_targets(view)), "move")


def _standing(view: WhatIfView) -> Words:
    """Return how many people live in what is chosen, and in which STPs."""
    assigned = regrouping.assigned(view.moves)
    inside = [part for unit in view.ccg for part in regroup.units()[unit]]
    now = [regroup.stp_name(stp) for stp in dict.fromkeys(assigned[part] for part in inside)]
    people = sum(map(regrouping.residents, view.ccg))
    moved = any(assigned[part] != regrouping.home(unit) for unit in view.ccg for part in regroup.units()[unit])
    behind = " in this what-if." if moved else "."
    return (f"{people:,} residents, in ", *listed(now), behind)


def _inside(view: WhatIfView) -> tuple[Block, ...]:
    """Return the names of several units, or the parts that one can be moved in."""
    if len(view.ccg) > 1:
        return (_named(view),)
    (unit,) = view.ccg
    (owner,) = owners(view.ccg)
    if len(regroup.units()[owner]) == 1:
        return ()
    ways = [Link(f"All of it, {regrouping.residents(owner):,} residents", link(view, ccg=(owner,)))]
    for part in regroup.units()[owner]:
        district = blocks.names("lad17")[part.partition("-")[2]]
        words = f"Only the part in {district}, {regrouping.residents(part):,} residents"
        ways.append(Link(words, link(view, ccg=(part,))))
    own = [owner, *regroup.units()[owner]].index(unit)
    return (Links(tuple(way for number, way in enumerate(ways) if number != own), "Or instead:"),)


def _named(view: WhatIfView) -> Prose:
    """Return the names of what is chosen, each with a link that leaves it out."""
    ways = [
        Link(presets.called(unit), link(view, ccg=tuple(one for one in view.ccg if one != unit)), "Leave it out")
        for unit in view.ccg[:_MOST_NAMED]
    ]
    more = [f"{len(view.ccg) - _MOST_NAMED} more"] if len(view.ccg) > _MOST_NAMED else []
    return Prose((*listed([*ways, *more]), ". Choose one of these to leave it out."), "caption")


def _targets(view: WhatIfView) -> tuple[Block, ...]:
    near, others = [], []
    unused = regroup.next_new(regrouping.assigned(view.moves))
    targets = regrouping.targets(view.ccg, view.moves)
    ways = _alike(view, (moves.with_units(view.moves, view.ccg, stp) for stp in targets))
    for (stp, name), way in zip(targets.items(), ways, strict=True):
        (near if name.endswith("(neighbour)") or stp == unused else others).append(Link(name, way))
    return (
        Links(tuple(near), "Its new STP:" if len(view.ccg) == 1 else "Their new STP:"),
        Section("Any other STP", (Links(tuple(others)),), "elsewhere", folded=True),
    )


def made(view: WhatIfView) -> Section:
    """Return the moves, each with a link that takes it back."""
    moved = moves.parsed(view.moves)
    items: list[Words] = []
    told = list(moved.items())[:_MOST_LISTED]
    others = (moves.write({other: stp for other, stp in moved.items() if other != unit}) for unit, _ in told)
    for (unit, stp), way in zip(told, _alike(view, others), strict=True):
        items.append(
            (
                f"{regroup.unit_name(unit)}, {regrouping.residents(unit):,} residents: "
                f"{regroup.stp_name(regrouping.home(unit))} → ",
                Strong(regroup.stp_name(stp)),
                " · ",
                Link("Take back", way, f"Leave {presets.called(unit)} where it was"),
            )
        )
    if len(moved) > _MOST_LISTED:
        items.append(f"and {len(moved) - _MOST_LISTED} more: see the table of all CCGs; choose one to move it back")
    again = Links((Link("Take all moves back", link(view, moves=None)),))
    return Section(counted(len(moved), "move"), (Listing(tuple(items)), again), "moves")
