"""Maps of how two layers fit: all areas in their classes, and one area cut by the other layer."""

from collections.abc import Collection

import pandas as pd

from geo import blocks, kept
from lib import alternatives, fit, themes
from lib.figures import close_ups, extents, sources
from lib.figures.maps import Extent, Map
from lib.figures.national import national
from lib.text import capital

_SOURCE = "Memberships of April 2017 and residents of mid-2017 (ONS), counted in LSOAs."


def england(
    a: str,
    b: str,
    weight: str,
    tolerance: float,
    codes: Collection[str],
    chosen: str | None = None,
    link: str = "",
    clear: str = "",
) -> Map:
    """Return the map of layer a in its coterminosity classes, with the borders of layer b.

    Parameters
    ----------
    a, b, weight, tolerance
        As for `lib.fit.theme`; the tolerance in per cent.
    shown, chosen, link, clear
        As for `lib.figures.national.national`.
    """
    theme = fit.theme(a, b, weight, tolerance)
    return national(
        theme,
        codes,
        themes.described(theme, codes),
        title=f"{theme.title} at {tolerance:g}% tolerance",
        outline=b,
        chosen=chosen,
        link=link,
        clear=clear,
        source=sources.line(_SOURCE, *_best_fits(a, b)),
    )


def _best_fits(*layers: str) -> tuple[str, ...]:
    """Return of the layers that are a best fit in a few words that they are, and whose."""
    fits = (item for item in map(blocks.layer, layers) if item.best_fit)
    return tuple(f"{capital(item.vintage)}: best fit of LSOAs ({item.origin})." for item in fits)


def close_up(
    a: str,
    b: str,
    code: str,
    weight: str = "population",
    tolerance: float = 0.0,
    *,
    trusts: pd.DataFrame | None = None,
    extent: Extent | None = None,
    link: str = "",
    outlined: bool = False,
) -> Map:
    """Return an area of layer a in detail, cut by the areas of layer b.

    Parameters
    ----------
    a, b, code, weight, tolerance
        As for `lib.fit.parts`; the tolerance in per cent.
    trusts : DataFrame, optional
        Drawn as crosses, see `lib.figures.close_ups.close_up`.
    extent : Extent, optional
        For maps at one scale, which then show it by a bar. By default what the area needs.
    link : str
        Link of the page of an area of layer b, with ``{code}`` for it.
    outlined : bool
        Whether the area has a dark border.
    """
    parts = fit.parts(a, b, code, weight, tolerance)
    name = blocks.names(a)[code]
    return close_ups.close_up(
        extent or extents.around(a, [code]),
        {category.key: category for category in fit.categories(b, parts.index)},
        _owners(a, b, code),
        f"{name} in its {fit.areas_word(b)}",
        alternatives.close_up(name, parts, trusts),
        link=link,
        trusts=trusts,
        outlines=(close_ups.border(a, code),) if outlined else (),
        scale_bar=extent is not None,
        unit=blocks.unit([a, b]),
        notes=_best_fits(a, b),
    )


def _owners(a: str, b: str, code: str) -> dict[str, str]:
    """Return the area of layer b that each piece, or fragment, of an area belongs to."""
    unit = blocks.unit([a, b])
    owners = _of_pieces(b, unit)
    return {piece: owners[piece] for piece in close_ups.pieces_of(a, unit)[code]}


@kept.once
def _of_pieces(layer: str, unit: str) -> dict[str, str]:
    return blocks.units(unit)[layer].fillna(fit.OUTSIDE).to_dict()
