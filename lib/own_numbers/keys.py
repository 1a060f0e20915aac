"""Which area a reader's key means, and why it means none.

Keys are looked up through `geo.resolver`, which knows the codes and names of
all years. Nothing that a reader brings is remembered here.
"""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from geo import area_words, blocks, kept, names, resolver, sources
from geo.area_words import an
from geo.areas import Area, foremost
from lib.own_numbers.table import Cell, filled
from lib.text import listed, slug

AUTO = "auto"
LAYERS = ("stp17", "ccg17", "council17", "lad17")
"""Kinds of area that keys may be of; where two fit as well, the first."""
_LEAST_LIKE = 88
_LONGEST = 120
_MOST_NAMED = 4
_FOOTPRINT = {"footprint", "stp", "stp17"}
_NUMBER_WORDS = {"area", "code", "id", "key", "n", "no", "nr", "num", "number", "of", "the"}
_SHORT_FORM = re.compile(r"[A-Za-z&]{2,5}")
_WHOLES = {"england", "total", "england-total", "total-england", "all", "grand-total", "sum", "uk", "united-kingdom"}


@kept.once
def _larger() -> dict[str, str]:
    """Return codes and names of what is larger than an area: England and its regions."""
    council, ccg = sources.read("council17"), sources.read("ccg17")
    regions = [*council["rgn17cd"], *council["rgn17nm"]]
    regions += [code for column in ccg if column.startswith(("nhsrlo17", "nhser17")) for code in ccg[column]]
    known = {slug(str(region)): "a region" for region in regions}
    return known | dict.fromkeys([*_WHOLES, "e92000001"], "England or a total")


def numbers_are_keys(heading: str) -> bool:
    """Return whether bare numbers under a heading are footprint numbers: ``"STP"``, ``"Number of footprint"``.

    Whole numbers up to 44 stand in columns of every kind; a heading in the
    plural counts footprints, and one with other words is about something else.
    """
    words = set(slug(heading).split("-"))
    return bool(words & _FOOTPRINT) and words <= _FOOTPRINT | _NUMBER_WORDS


def bare(cell: Cell) -> bool:
    """Return whether a cell is a number without any word."""
    return not isinstance(cell, str) or cell.strip().isdigit()


def short_form(cell: Cell) -> bool:
    """Return whether a cell is a few letters, which may stand for anything: ``"NEL"``."""
    return isinstance(cell, str) and bool(_SHORT_FORM.fullmatch(cell.strip()))


def whole(cell: Cell) -> bool:
    """Return whether a cell names England, a region or a total."""
    return slug(_text(cell)) in _larger()


def meant(cell: Cell) -> tuple[Area, ...]:
    """Return the areas of all kinds and years that a cell names; of other services only where nothing else is meant."""
    text = _text(cell)
    return () if not text or bare(cell) or slug(text) in _larger() else foremost(resolver.find(text))


def code_of(layer: str, cell: Cell, numbers: bool = False) -> str | None:
    """Return the code of the area of a layer that a cell names; None if it names none, or could mean several.

    Parameters
    ----------
    layer : str
        Kind of area.
    cell : str or float
        What the table has.
    numbers : bool
        Whether bare numbers are footprint numbers here.
    """
    if bare(cell):
        return _numbered().get(_text(cell).lstrip("0")) if numbers and layer == "stp17" else None
    codes = resolver.in_layer(layer, meant(cell))
    return codes[0] if len(codes) == 1 else None


@kept.once
def _numbered() -> dict[str, str]:
    table = sources.read("stp17")
    return dict(zip(table["footprint_number"].astype("str"), table["stp17cd"], strict=True))


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return " ".join(cell[:_LONGEST].split())
    return str(int(cell)) if cell.is_integer() and abs(cell) < 1e9 else ""


def anywhere(text: str) -> str | None:
    """Return the code of the area that a text names in the first layer that knows it."""
    return next((code for layer in LAYERS if (code := code_of(layer, text, numbers=True))), None)


def of_another_year(text: str) -> str | None:
    """Return what a text names that is no area of April 2017, in words; None if it is nothing that is known."""
    known = [area for area in resolver.find(text) if not area.of_2017]
    layer = next((layer for area in known for layer in LAYERS if blocks.layer(layer).one in area.family), None)
    return area_words.sentence(known[0], layer) if layer else None


def why_not(layer: str, cell: Cell) -> str:
    """Return in words why a cell names no area of a layer."""
    text, one = _text(cell), an(blocks.layer(layer).one)
    if not filled(cell):
        return "no area is named"
    if slug(text) in _larger():
        return f"{_larger()[slug(text)]}, not {one}"
    if bare(cell):
        return "a bare number: those are footprint numbers only under a heading that says so"
    areas = meant(cell)
    codes = resolver.in_layer(layer, areas)
    if len(codes) > 1:
        return f"could be {listed([f'{blocks.names(layer)[code]} ({code})' for code in sorted(codes)], 'or')}"
    if reason := area_words.not_in(layer, areas):
        # The name stands beside it.
        return reason.removeprefix(f"{text}, ")
    return f"{area_words.unknown(layer, text)}{_nearest(layer, text)}"


def of_other_years(layer: str, known: Mapping[Cell, str | None]) -> tuple[tuple[str, ...], dict[Cell, str]]:
    """Look at the keys of a table together for what is of another year.

    Parameters
    ----------
    layer : str
        Kind of area.
    known : mapping
        What each cell means in it, see `code_of`.

    Returns
    -------
    tuple of str
        Sentences on keys of other years that stand for the same ground, and
        on names of health bodies that later meant somewhat more or less.
    dict
        Cells that must not be taken for councils of 2017, and why: other keys
        are of before or after, and in those years the name meant another
        council.
    """
    meanings = {cell: meant(cell) for cell in known}
    strange = [
        area
        for cell, areas in meanings.items()
        for area in areas[:1]
        if known[cell] is None and area.kind in resolver.family(blocks.layer(layer).one) and not area.of_2017
    ]
    times = {area.before_2017: area for area in reversed(strange)}
    councils = "council" in resolver.family(blocks.layer(layer).one)
    mistaken, taken = {}, []
    for cell, code in known.items():
        for area in resolver.rivals(layer, meanings[cell]) if code else ():
            if area.before_2017 in times and councils:
                like = times[area.before_2017]
                sentence = area_words.sentence(area, layer).removeprefix(f"{_text(cell)}, ")
                mistaken[cell] = f"{sentence}; the table has {like.name} of that time, too"
            elif area.before_2017 in times:
                taken.append(str(blocks.names(layer)[code]))
    notices = []
    if taken := list(dict.fromkeys(taken)):
        notices.append(
            f"The table has {area_words.what(next(iter(times.values())))}. Names that meant another ground at that "
            f"time are taken for those of April 2017: {_first(taken)}."
        )
    same = {
        cell: code
        for cell, code in known.items()
        if code and meanings[cell] and cell not in mistaken and not any(layer in area.layers for area in meanings[cell])
    }
    if same:
        keys = "1 key is" if len(same) == 1 else f"{len(same):,} keys are"
        named = [f"{cell} is {blocks.names(layer)[code]}" for cell, code in same.items()]
        notices.append(f"{keys} of another year for the same area: {_first(named)}.")
    return tuple(notices), mistaken


def _first(words: list[str]) -> str:
    """Return the first of some words, parted by semicolons, and how many more there are."""
    more = [f"{len(words) - _MOST_NAMED:,} more"] if len(words) > _MOST_NAMED else []
    return "; ".join([*words[:_MOST_NAMED], *more])


def _nearest(layer: str, text: str) -> str:
    # A scorer of rapidfuzz fits what its own annotations ask of one, but two overloads are too much for the checker.
    # pyrefly: ignore[no-matching-overload]
    near = process.extractOne(_core(text, layer), _cores(layer), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE)
    return f"; the nearest name is {blocks.names(layer)[near[2]]}" if near else ""


def _core(text: str, layer: str) -> str:
    return names.key(names.without_kind(text, blocks.layer(layer).one in ("council", "district")))


@kept.once
def _cores(layer: str) -> dict[str, str]:
    return {code: _core(name, layer) for code, name in blocks.names(layer).items()}
