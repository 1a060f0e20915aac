"""What a name or a code of any year means: one answer for search, links, tables and the command line."""

import re

import pandas as pd

from geo import blocks, gazetteer, names, vintages
from geo.areas import PLANNERS, Area, by_ground, family
from geo.gazetteer import compact

_LONGEST_CODE = 12
_SERIES = {"STP": vintages.SERIES["stp"], "CCG": vintages.SERIES["ccg"]}
_COUNCILS = ("council17", "lad17", "council24", "lad24")

# Code and name with a sign between, in either order; a code in brackets; a code that has digits and a space behind.
_IN_ONE = tuple(
    re.compile(pattern.replace("CODE", r"(?P<code>[0-9A-Za-z]{3,9})").replace("NAME", r"(?P<name>[^0-9]{3,})"))
    for pattern in (
        r"CODE\s*(?:[-–—:|/,;])\s*NAME",
        r"NAME\s*(?:\s[-–—]|[:|/,;])\s*CODE",
        r"NAME\s*[(\[]\s*CODE\s*[)\]]",
        r"[(\[]\s*CODE\s*[)\]]\s*NAME",
        r"(?=\S*[0-9])CODE\s+NAME",
        r"NAME\s+(?=\S*[0-9])CODE",
    )
)

_IN_ONE_SIGNS = re.compile(r"[0-9:|/,;()\[\]–—-]")


def find(text: str) -> tuple[Area, ...]:
    """Return every area that a text names by code or by name, of all kinds and years.

    Parameters
    ----------
    text : str
        Untrusted: a code of ONS or ODS, a short form, a name in any spelling,
        or a code and a name together.

    Returns
    -------
    tuple of Area
        Empty if none is called that. Where the text says the kind of body
        (``"NHS Devon ICB"``), areas of that kind alone, if there are any.
    """
    text = text[: 2 * names.LONGEST].strip()
    if areas := gazetteer.index().codes.get(compact(text)) if len(text) <= 2 * _LONGEST_CODE else ():
        return areas
    if areas := _by_name(text):
        return areas
    for pattern in _IN_ONE if _IN_ONE_SIGNS.search(text) else ():
        if match := pattern.fullmatch(text):
            areas = gazetteer.index().codes.get(compact(match["code"]), ())
            if areas:
                return _agreeing(areas, match["name"])
    return ()


def _agreeing(areas: tuple[Area, ...], name: str) -> tuple[Area, ...]:
    """Return the areas with a code that have the name beside it; all that are meant where the two contradict."""
    named = _by_name(name)
    same = tuple(area for area in areas if area in named)
    against = tuple(area for area in named if any(area.family == other.family for other in areas))
    return same or (*areas, *against)


def _by_name(text: str) -> tuple[Area, ...]:
    index, kinds = gazetteer.index(), names.kinds_said(text)
    keys = dict.fromkeys(
        [names.key(text), *(names.plain_key(names.without_kind(text, council)) for council in (False, True))]
    )
    by_name = (area for key in keys for area in index.names.get(key, ()))
    by_words = (area for key in keys for area in index.words.get(frozenset(key.split()), ()))
    others: list[Area] = []
    for areas in map(dict.fromkeys, (by_name, by_words)):
        meant = _of_kind(tuple(areas), kinds)
        others += [area for area in meant if area.kind not in PLANNERS and area not in others]
        if planning := tuple(area for area in meant if area.kind in PLANNERS):
            return (*planning, *others)
    return tuple(others)


def _of_kind(areas: tuple[Area, ...], kinds: frozenset[str]) -> tuple[Area, ...]:
    # The name of a sub-ICB location has that of its ICB in it.
    meant = tuple(area for area in areas if area.kind.removeprefix("sub-").removesuffix(" location") in kinds)
    # Somebody who says CCG does not mean a council.
    allowed = {kind for one in kinds for kind in family(one)}
    return meant or tuple(area for area in areas if not allowed or area.kind in allowed)


def in_layer(layer: str, areas: tuple[Area, ...]) -> tuple[str, ...]:
    """Return the codes that areas have in a layer: its own, or else those with exactly their ground.

    An area of another year counts only if it is of a kind that took over
    from those of the layer, or the other way round.
    """
    own = tuple(dict.fromkeys(area.code for area in areas if layer in area.layers))
    if own:
        return own
    kinds = family(blocks.layer(layer).one)
    same = (area.same_in(layer) for area in areas if area.kind in kinds)
    return tuple(dict.fromkeys(code for code in same if code))


def trace(area: Area) -> pd.DataFrame:
    """Return where the ground of an area belonged in the vintages of its series, as `geo.codes.trace` does."""
    series = _SERIES.get(area.family[0], _COUNCILS)
    rows = [(blocks.layer(layer).year, blocks.layer(layer).one, part) for layer in series for part in area.parts(layer)]
    return pd.DataFrame(
        [(year, one, p.code, p.name, p.residents, p.lsoas, p.share_of_area, p.share_of_other) for year, one, p in rows],
        columns=["year", "kind", "code", "name", "residents", "lsoas", "share_of_area", "share_of_other"],
    )


def rivals(layer: str, areas: tuple[Area, ...]) -> tuple[Area, ...]:
    """Return the areas of other years that a text may mean as well, on another ground than that of the layer."""
    own = in_layer(layer, areas)
    kinds = family(blocks.layer(layer).one)
    others = (area for area in areas if area.kind in kinds and layer not in area.layers)
    return tuple(area for area in others if own and area.same_in(layer) is None)


def at_once() -> None:
    """Build everything that `find` needs now."""
    gazetteer.index()
    for layer in ("stp17", "ccg17", "council17", "lad17"):
        by_ground(layer)
