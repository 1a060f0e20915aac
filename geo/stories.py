"""What became of one area, vintage by vintage: renamed, merged, ceded, gained; told from LSOAs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo import blocks, kept
from geo.areas import grounds, residents
from geo.vintages import STPS, Flow, rows, same_name, totals


@dataclass(frozen=True)
class Place:
    """A district with LSOAs that changed hands: how many of its residents they hold, 0 to 1."""

    name: str
    share: float


def places(a: str, a_code: str, b: str, b_code: str) -> tuple[Place, ...]:
    """Return the districts of 2017 in which what two areas share lies, the one with most residents first."""
    return _places(a, b).get((a_code, b_code), ())


@kept.once
def _places(a: str, b: str) -> dict[tuple[str, str], tuple[Place, ...]]:
    """Return the districts of 2017 in which what areas of two layers share lies, see `places`, by their codes."""
    residents_there = blocks.pieces().groupby([a, b, "lad17"])["population"].sum()
    districts: dict[tuple[str, str], list[Place]] = {}
    for (a_code, b_code, code), people in residents_there.sort_values(ascending=False, kind="stable").items():
        name, everyone, _ = _areas("lad17")[code]
        districts.setdefault((a_code, b_code), []).append(Place(name, people / everyone))
    return {pair: tuple(there) for pair, there in districts.items()}


@dataclass(frozen=True)
class Change:
    """What an area got from another or gave to it between two vintages.

    Attributes
    ----------
    kind : str
        ``merged`` (the other's main part came to the same area), ``gained``
        (a part of the other) or ``ceded``.
    code, name : str
        The other area: in the former vintage for what came, in the latter
        for what went.
    residents, lsoas : int
        What changed hands.
    of_first : int
        Residents among them who lived in the area with which the story begins.
    places : tuple of Place
        Where they live.
    """

    kind: str
    code: str
    name: str
    residents: int
    lsoas: int
    of_first: int
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Step:
    """One vintage of an area's story.

    Attributes
    ----------
    layer : str
        The vintage.
    code, name : str
        The area in it.
    residents, lsoas : int
        What it holds.
    of_first : int
        Residents among them who lived in the area with which the story begins.
    renamed, recoded : bool
        Whether name (see `same_name`) or code differ from the step before.
    changes : tuple of Change
        The most residents first; empty where no LSOA changed hands.
    """

    layer: str
    code: str
    name: str
    residents: int
    lsoas: int
    of_first: int
    renamed: bool = False
    recoded: bool = False
    changes: tuple[Change, ...] = ()


def story(code: str, series: Sequence[str] = STPS) -> tuple[Step, ...]:
    """Return what became of an area of the first vintage, vintage by vintage.

    Parameters
    ----------
    code : str
        Code of an area of the first layer.
    series : sequence of str
        Layers in the order of time.

    Returns
    -------
    tuple of Step
        One a layer. Each follows the main part of the area before.

    Raises
    ------
    UnknownNameError
        If the first layer has no such area.
    """
    known = _areas(series[0])
    if code not in known:
        raise blocks.UnknownNameError(blocks.layer(series[0]).one, code, list(known))
    name, people, lsoas = known[code]
    steps = [Step(series[0], code, name, people, lsoas, people)]
    for layer in series[1:]:
        steps.append(_next(steps[-1], layer, (series[0], code)))
    return tuple(steps)


def _next(before: Step, layer: str, first: tuple[str, str]) -> Step:
    main, going, coming = _flows_of(before.code, before.layer, layer)

    def change(kind: str, code: str, name: str, row: Flow) -> Change:
        return Change(
            kind,
            code,
            name,
            row.residents,
            row.lsoas,
            _shared(first, (before.layer, row.a_code), (layer, row.b_code)),
            places(before.layer, row.a_code, layer, row.b_code),
        )

    changes = [change("merged" if row.kind == "merged" else "gained", row.a_code, row.a_name, row) for row in coming]
    changes += [change("ceded", row.b_code, row.b_name, row) for row in going]
    name, people, lsoas = _areas(layer)[main.b_code]
    return Step(
        layer,
        main.b_code,
        name,
        people,
        lsoas,
        _shared(first, (layer, main.b_code)),
        not same_name(before.name, name),
        before.code != main.b_code,
        tuple(sorted(changes, key=lambda item: (-item.residents, item.code))),
    )


def merging(code: str, series: Sequence[str] = STPS) -> tuple[str, str, str]:
    """Return how long an area of the first vintage goes on before it becomes one with others, as `story` follows it.

    Parameters
    ----------
    code, series
        As for `story`.

    Returns
    -------
    tuple of str
        The last vintage that has it alone, its code there, and the vintage
        in which it is merged; empty where there is none.
    """
    for before, after in pairwise(series):
        main, _, coming = _flows_of(code, before, after)
        if any(row.kind == "merged" for row in coming):
            return before, code, after
        code = main.b_code
    return series[-1], code, ""


def _flows_of(code: str, a: str, b: str) -> tuple[Flow, list[Flow], list[Flow]]:
    """Return the main part of an area as it goes on, what it ceded, and what came to it."""
    going = [row for row in rows(a, b) if row.a_code == code]
    main = next(row for row in going if row.kind != "moved")
    coming = [row for row in rows(a, b) if row.b_code == main.b_code and row.a_code != code]
    return main, [row for row in going if row.kind == "moved"], coming


@kept.once
def _areas(layer: str) -> dict[str, tuple[str, int, int]]:
    """Return name, residents and LSOAs of a layer's areas, by code."""
    return {code: (name, int(people), int(lsoas)) for code, name, people, lsoas in totals(layer).itertuples()}


def _shared(*members: tuple[str, str]) -> int:
    """Return how many residents belong to all of some areas, each given by layer and code."""
    return residents(frozenset.intersection(*(grounds(layer)[code] for layer, code in members)))
