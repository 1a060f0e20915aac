"""Close-ups: part of England in detail, cut into pieces that are coloured by what they belong to."""

import math
from collections.abc import Collection, Mapping

import pandas as pd

from geo import blocks, kept
from lib.figures import extents, sources
from lib.figures.maps import PIECE, Areas, Extent, Map, Outline, Place
from lib.themes import Category

AROUND = Category("around", "", "#f7f8f9", "#9aa5ab")
"""What lies around: faded, and in no legend."""


def close_up(
    extent: Extent,
    categories: Mapping[str, Category],
    owners: Mapping[str, str],
    title: str,
    description: str,
    *,
    link: str = "",
    unlinked: Collection[str] = (),
    trusts: pd.DataFrame | None = None,
    outlines: tuple[Outline, ...] = (),
    scale_bar: bool = False,
    note: str = "",
    made_up: bool = False,
    unit: str = PIECE,
    notes: Collection[str] = (),
) -> Map:
    """Return a map of part of England in detail, its pieces coloured, what lies around them faded.

    Parameters
    ----------
    extent : Extent
        What is to be seen.
    categories : mapping of str to Category
        By their keys, in the order of the legend. A category's mark is
        written on the piece of it with most residents.
    owners : mapping of str to str
        Key of the category by piece, for the pieces that have one.
    unit : str
        What stands for pieces: these, or fragments of them for a layer by best fit; see `geo.blocks.unit`.
    notes : collection of str
        What is to be known of the areas, for the line on sources.
    title, description, outlines, scale_bar, note, made_up
        As for `lib.figures.maps.Map`.
    link : str
        Link that choosing a piece opens, with ``{code}`` for the key of its category.
    unlinked : collection of str
        Keys of categories that have no page.
    trusts : DataFrame, optional
        Places to draw as crosses: ``name``, ``lon``, ``lat``; those without a point are left out.
    """
    near = [piece for piece in extents.within(unit, extents.in_frames(extent)) if piece not in owners]
    names = unit_names(unit)
    labels = {piece: _named(categories[owner]) for piece, owner in owners.items()}
    words = _words(unit)
    areas = Areas(
        layer=unit,
        classes=(*categories.values(), AROUND),
        class_of={**owners, **dict.fromkeys(near, AROUND.key)},
        names={**labels, **{piece: names[piece] for piece in near}},
        values={piece: words[piece] for piece in owners},
        marks=_marks(categories, owners, _people(unit)),
        faded=frozenset(near),
        link=link,
        link_codes={
            **{piece: "" if owner in unlinked else owner for piece, owner in owners.items()},
            **dict.fromkeys(near, ""),
        },
    )
    return Map(
        title=title,
        description=description,
        areas=(areas,),
        outlines=outlines,
        extent=extent,
        places=() if trusts is None else places(trusts),
        scale_bar=scale_bar,
        note=note,
        made_up=made_up,
        source=sources.line(*notes),
    )


def _named(category: Category) -> str:
    return f"{category.mark}. {category.label}" if category.mark else category.label


def _marks(categories: Mapping[str, Category], owners: Mapping[str, str], people: Mapping[str, int]) -> dict[str, str]:
    """Return the mark of each category on the piece of it with most residents."""
    largest: dict[str, str] = {}
    for piece in sorted(owners, key=people.__getitem__, reverse=True):
        largest.setdefault(owners[piece], piece)
    return {piece: categories[owner].mark for owner, piece in largest.items() if categories[owner].mark}


@kept.once
def _people(unit: str) -> dict[str, int]:
    """Return the residents of each piece, or each fragment."""
    return blocks.units(unit)["population"].to_dict()


@kept.once
def _words(unit: str) -> dict[str, str]:
    """Return what is said of each piece, or each fragment: its name and its residents."""
    names, people = unit_names(unit), _people(unit)
    return {piece: f"{names[piece]}\n{residents:,} residents" for piece, residents in people.items()}


@kept.once
def unit_names(unit: str) -> dict[str, str]:
    """Return what each piece, or each fragment, is called."""
    return extents.places(unit)["name"].to_dict()


def places(trusts: pd.DataFrame) -> tuple[Place, ...]:
    """Return the trusts that have a point as crosses."""
    columns = (trusts[name].tolist() for name in ("name", "lon", "lat"))
    return tuple(
        Place(name, lon, lat)
        for name, lon, lat in zip(*columns, strict=True)
        if not math.isnan(lon) and not math.isnan(lat)
    )


def border(layer: str, code: str, colour: str = "#231f20", width: float = 2.0, dotted: bool = False) -> Outline:
    """Return the border of an area, drawn in detail."""
    unit = blocks.unit([layer])
    return Outline(unit, pieces_of(layer, unit)[code], True, colour, width, dotted)


@kept.once
def pieces_of(layer: str, unit: str) -> dict[str, tuple[str, ...]]:
    """Return the pieces, or fragments, that each area of a layer is made of, by code."""
    members = blocks.units(unit)[layer].dropna()
    return {str(code): tuple(rows) for code, rows in members.groupby(members).groups.items()}
