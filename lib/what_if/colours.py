"""Colours and numbers of the STPs of a what-if, and which of its areas its maps show."""

from collections.abc import Mapping

import pandas as pd

from geo import adjacency, blocks, kept, regroup
from lib import fit
from lib.themes import Category, Theme
from lib.what_if import regrouping

MOST_NUMBERED = len(fit.PART_FILLS)
"""STPs that a close-up can tell apart by colour and number."""
# Light ones, so that outlines and the chosen area stand out; neighbours never share one.
_FILLS = ("#a9cbe8", "#f6d6a3", "#b9dcb0", "#d8c8e6", "#f3beb8", "#e4e3a0", "#b3d9d6", "#cfd6da")
_INK = "#231f20"
WHEN = {"before": "April 2017", "after": regrouping.MARK}
"""What each of the two maps of a what-if is called."""


def _apart(groups: pd.Series, first: Mapping[str, int]) -> dict[str, int]:
    """Return a colour for every area, the one it had before where no neighbour has it."""
    borders = adjacency.neighbours(groups)
    near = {area: set(rows) for area, rows in borders.groupby("a")["b"]}
    chosen: dict[str, int] = {}
    # Those that had a colour keep it against those that come new.
    for area in sorted(set(groups), key=lambda code: (code not in first, code)):
        taken = {chosen[other] for other in near.get(area, ()) if other in chosen}
        free = [n for n in range(len(_FILLS)) if n not in taken]
        kept = first.get(area)
        chosen[area] = kept if kept in free else free[0] if free else 0
    return chosen


@kept.within(1)
def by_stp(text: str | None) -> dict[str, int]:
    """Return the number of the colour of every STP of a what-if; neighbours differ."""
    first = by_stp(None) if text else {}
    return _apart(regroup.labels(regrouping.assigned(text)), first)


@kept.within(4)
def theme(text: str | None) -> Theme:
    """Return the CCGs by their STP in a what-if; a divided one counts where most of its residents do."""
    assigned, parts = regrouping.assigned(text), regroup.parts()
    people: dict[str, dict[str, int]] = {ccg: {} for ccg in sorted(set(parts["ccg17"]))}
    for ccg, stp, residents in zip(parts["ccg17"], assigned.values(), parts["population"].tolist(), strict=True):
        people[ccg][stp] = people[ccg].get(stp, 0) + residents
    # Of equals the last by code.
    stps = {ccg: max(sorted(of), key=lambda stp: (of[stp], stp)) for ccg, of in people.items()}
    home = _homes()
    used = by_stp(text)
    values = {}
    for ccg, stp in stps.items():
        values[ccg] = f"STP of 2017: {regroup.stp_name(home[ccg])}"
        if stp != home[ccg]:
            values[ccg] = f"What if: {regroup.stp_name(stp)}\n{values[ccg]}"
    return Theme(
        "ccg17",
        "STP" if not text else f"STP ({regrouping.MARK})",
        "CCGs",
        # For no legend: a colour tells an STP from its neighbours and means nothing else.
        tuple(Category(str(n), "", fill, _INK) for n, fill in enumerate(_FILLS)),
        dict(blocks.names("ccg17")),
        {ccg: str(used[stp]) for ccg, stp in stps.items()},
        dict.fromkeys(stps, ""),
        values,
    )


@kept.within(1)
def categories(text: str) -> dict[str, Category]:
    """Return colour and number of each STP that changes, most residents first, new ones last; shared by both maps."""
    stps, fills = regrouping.consequences(text).stps, fit.PART_FILLS
    ordered = sorted(stps, key=lambda code: stps[code].before.population, reverse=True)
    return {code: Category(code, stps[code].name, *fills[n % len(fills)], str(n + 1)) for n, code in enumerate(ordered)}


def numbered(text: str) -> bool:
    """Return whether the STPs that change are few enough for a close-up."""
    return len(categories(text)) <= MOST_NUMBERED


def divided(text: str, against: str = regroup.COUNCILS) -> list[str]:
    """Return the councils, or areas of another layer, that change and are in more than one STP before or after."""
    councils = regrouping.consequences(text, against).councils
    return [code for code, council in councils.items() if len(council.before.stps) > 1 or len(council.after.stps) > 1]


@kept.once
def _homes() -> dict[str, str]:
    """Return the STP of 2017 of every CCG."""
    return regroup.parts().groupby("ccg17")["stp17"].first().to_dict()


def pieces_of(unit: str) -> tuple[str, ...]:
    """Return the pieces of a unit."""
    return tuple(piece for part in regroup.units()[unit] for piece in _pieces()[part])


@kept.once
def _pieces() -> dict[str, tuple[str, ...]]:
    part = blocks.part_of_piece()
    return {name: tuple(inside.index) for name, inside in part.groupby(part)}
