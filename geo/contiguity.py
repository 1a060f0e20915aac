"""Whether the areas of a grouping hang together: pieces without a common border, islands aside."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet

from geo import adjacency, blocks, kept


def components(members: Iterable[str], borders: Mapping[str, AbstractSet[str]]) -> list[frozenset[str]]:
    """Return the connected components of some members of a graph, in the order of their first members."""
    left, groups = dict.fromkeys(members), []
    while left:
        component, waiting = set(), [next(iter(left))]
        while waiting:
            member = waiting.pop()
            if member in left:
                del left[member]
                component.add(member)
                waiting += [other for other in borders.get(member, ()) if other in left]
        groups.append(frozenset(component))
    return groups


@kept.once
def part_borders() -> dict[str, frozenset[str]]:
    """Return which parts (``CCG-district``) each part shares a border with."""
    return {part: frozenset(others) for part, others in border_lengths().items()}


@kept.once
def border_lengths() -> dict[str, dict[str, float]]:
    """Return how long the border is that each part shares with each of its neighbours, kilometres."""
    part, table = blocks.part_of_piece(), adjacency.borders()
    lengths: dict[str, dict[str, float]] = {}
    pairs = zip(table["piece_a"].map(part), table["piece_b"].map(part), table["border_km"].tolist(), strict=True)
    for a, b, km in pairs:
        for one, other in ((a, b), (b, a)) if a != b else ():
            of_one = lengths.setdefault(one, {})
            of_one[other] = of_one.get(other, 0.0) + km
    return lengths


def neighbours(assigned: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the areas that share a border with each, from the area of each part."""
    near: dict[str, set[str]] = {area: set() for area in set(assigned.values())}
    for area, other in {(assigned[a], assigned[b]) for a, b in _border_pairs()}:
        if area != other:
            near[area].add(other)
            near[other].add(area)
    return near


@kept.once
def _border_pairs() -> tuple[tuple[str, str], ...]:
    """Return the pairs of parts that share a border, each once."""
    return tuple((part, other) for part, others in part_borders().items() for other in others if part < other)


def islands_of(home: Mapping[str, str], population: Mapping[str, int]) -> dict[str, frozenset[str]]:
    """Return the components of each area but its most populous one: the islands.

    Parameters
    ----------
    home : mapping
        Area by part.
    population : mapping
        Residents by part.

    Returns
    -------
    dict of str to frozenset of str
        By part of an island: all parts of that island.
    """
    islands = {}
    for inside in members(home).values():
        ranked = sorted(components(inside, part_borders()), key=lambda c: -sum(population[part] for part in c))
        islands |= {part: island for island in ranked[1:] for part in island}
    return islands


def pieces_of(inside: Collection[str], home: Mapping[str, str], islands: Mapping[str, frozenset[str]]) -> int:
    """Return into how many pieces an area falls; 1 if it hangs together.

    What was an island of its area on the real map, or is part of one, is no
    piece of its own while it is together with anything else of that area:
    the Isle of Wight is no flaw of a what-if.

    Parameters
    ----------
    inside : collection of str
        Parts of the area.
    home : mapping
        Area on the real map by part.
    islands : mapping
        `islands_of` the real map.
    """
    pieces = 0
    for component in components(inside, part_borders()):
        some = next(iter(component))
        island = islands.get(some, frozenset())
        anchored = component <= island and any(home[p] == home[some] and p not in island for p in inside)
        pieces += not anchored
    return pieces


def members(areas: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the parts of each area, from the area of each part."""
    inside: dict[str, list[str]] = {}
    for part, area in areas.items():
        inside.setdefault(area, []).append(part)
    return inside
