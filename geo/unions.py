"""Which areas of any kinds and years are, together, exactly one area of a layer."""

from collections.abc import Iterable, Iterator

from geo import blocks, gazetteer, kept
from geo.areas import Area, grounds

_Item = tuple[tuple[Area, ...], frozenset[str]]
"""Areas whose common ground is known, and that ground as fragments."""


def exact(layer: str, areas: Iterable[Area]) -> dict[str, tuple[Area, ...]]:
    """Return the areas of a layer that some of the given areas make up exactly.

    Parameters
    ----------
    layer : str
        Layer whose areas are to be made up.
    areas : iterable of Area
        Areas of any kinds and years.

    Returns
    -------
    dict
        By code: the areas that have all the ground of it, each part of it
        once, and none besides. Where the given areas have some of its ground
        twice, no choice is made among them and it is left out.

    Raises
    ------
    UnknownNameError
        If the layer does not exist.
    """
    homes, whole = _homes(layer), grounds(layer)
    inside: dict[str, list[_Item]] = {}
    for item in _known(tuple(dict.fromkeys(areas))):
        codes = {homes[fragment] for fragment in item[1]}
        if len(codes) == 1:
            inside.setdefault(codes.pop(), []).append(item)
    return {
        code: tuple(area for members, _ in items for area in members)
        for code, items in inside.items()
        # As many fragments as it has, and all of them: none of them twice.
        if sum(len(ground) for _, ground in items) == len(whole[code])
        and frozenset().union(*(ground for _, ground in items)) == whole[code]
    }


def _known(areas: tuple[Area, ...]) -> Iterator[_Item]:
    """Give areas with their ground, those that are only known together as one."""
    for area in areas:
        if area.pieces:
            yield (area,), area.pieces
    given = set(areas)
    for former, ground in _together():
        if given.issuperset(former):
            yield former, ground


@kept.once
def _together() -> tuple[_Item, ...]:
    """Return the areas that became one area between them, with the ground of that one.

    The tables have every area that was abolished for a new one: between them
    they had all its ground, although not what ground each had. Not so where
    another area went there in part.
    """
    former: dict[str, list[Area]] = {}
    parted = set()
    for area in gazetteer.areas():
        if area.relation == "lies_in":
            former.setdefault(area.members[0], []).append(area)
        elif area.relation == "parts_of":
            parted.update(area.members)
    known = grounds("ccg17") | grounds("lad17")
    return tuple(
        (tuple(areas), known[code])
        for code, areas in former.items()
        if code in known and code not in parted and len(areas) > 1
    )


@kept.once
def _homes(layer: str) -> dict[str, str]:
    return dict(blocks.fragments()[blocks.layer(layer).name])
