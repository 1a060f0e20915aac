"""Colours and numbers of the STPs of a what-if, and which of its areas its maps show."""

from collections.abc import Mapping
from dataclasses import replace

from geo import blocks, contiguity, kept, regroup
from lib import fit
from lib.themes import Category, Theme
from lib.what_if import moves, regrouping

MOST_NUMBERED = len(fit.PART_FILLS)
"""STPs that a close-up can tell apart by colour and number."""
# Light ones, so that outlines and the chosen area stand out; neighbours never share one.
_FILLS = ("#a9cbe8", "#f6d6a3", "#b9dcb0", "#d8c8e6", "#f3beb8", "#e4e3a0", "#b3d9d6", "#cfd6da")
_INK = "#231f20"
WHEN = {"before": "April 2017", "after": regrouping.MARK}
"""What each of the two maps of a what-if is called."""


def _apart(assigned: Mapping[str, str], first: Mapping[str, int]) -> dict[str, int]:
    """Return a colour for every STP, the one it had before where no neighbour has it."""
    near = contiguity.neighbours(assigned)
    chosen: dict[str, int] = {}
    # Those that had a colour keep it against those that come new.
    for area in sorted(near, key=lambda code: (code not in first, code)):
        taken = {chosen[other] for other in near[area] if other in chosen}
        free = [n for n in range(len(_FILLS)) if n not in taken]
        kept = first.get(area)
        chosen[area] = kept if kept in free else free[0] if free else 0
    return chosen


@kept.within(1)
def by_stp(text: str | None) -> dict[str, int]:
    """Return the number of the colour of every STP of a what-if; neighbours differ."""
    first = by_stp(None) if text else {}
    return _apart(regrouping.assigned(text), first)


def theme(text: str | None) -> Theme:
    """Return the CCGs by their STP in a what-if; a divided one counts where most of its residents do."""
    if not text:
        return _theme_of_2017()
    real, home, used = _theme_of_2017(), _homes(), by_stp(text)
    new = {ccg: stp for ccg, stp in _stps_of_moved(text).items() if stp != home[ccg]}
    values = {ccg: f"What if: {regroup.stp_name(stp)}\n{real.values[ccg]}" for ccg, stp in new.items()}
    return replace(
        real,
        title=f"STP ({regrouping.MARK})",
        keys={ccg: str(used[stp]) for ccg, stp in (home | new).items()},
        values={**real.values, **values},
    )


@kept.once
def _theme_of_2017() -> Theme:
    home, used = _homes(), by_stp(None)
    return Theme(
        "ccg17",
        "STP",
        "CCGs",
        # For no legend: a colour tells an STP from its neighbours and means nothing else.
        tuple(Category(str(n), "", fill, _INK) for n, fill in enumerate(_FILLS)),
        blocks.name_by_code("ccg17"),
        {ccg: str(used[stp]) for ccg, stp in home.items()},
        dict.fromkeys(home, ""),
        {ccg: f"STP of 2017: {regroup.stp_name(stp)}" for ccg, stp in home.items()},
    )


def _stps_of_moved(text: str) -> dict[str, str]:
    """Return the STP of most residents of each CCG that is moved or divided."""
    assigned, residents = regrouping.assigned(text), regroup.people_of_parts()
    stps = {}
    for ccg in dict.fromkeys(unit.partition("-")[0] for unit in moves.parsed(text)):
        people: dict[str, int] = {}
        for part in regroup.units()[ccg]:
            people[assigned[part]] = people.get(assigned[part], 0) + residents[part]
        # Of equals the last by code.
        stps[ccg] = max(people, key=lambda stp: (people[stp], stp))
    return stps


@kept.within(1)
def categories(text: str) -> dict[str, Category]:
    """Return colour and number of each STP that changes, most residents first, new ones last; shared by both maps."""
    stps = regrouping.consequences(text).stps
    ordered = sorted(stps, key=lambda code: stps[code].before.population, reverse=True)
    return fit.numbered({code: stps[code].name for code in ordered})


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
def parts() -> dict[str, str]:
    """Return the part that each piece lies in, see `geo.blocks.part_of_piece`."""
    return blocks.part_of_piece().to_dict()


@kept.once
def _pieces() -> dict[str, tuple[str, ...]]:
    return {part: tuple(pieces) for part, pieces in contiguity.members(parts()).items()}
