"""Maps of all of England: the areas of a layer in classes, London enlarged."""

from collections.abc import Collection, Mapping

from lib import measures, themes
from lib.figures import sources
from lib.figures.maps import LONDON, Areas, Map, Outline, Place
from lib.themes import Theme


def national(
    theme: Theme,
    codes: Collection[str],
    description: str,
    *,
    title: str = "",
    outline: str | tuple[Outline, ...] | None = None,
    chosen: str | None = None,
    over: Theme | None = None,
    places: tuple[Place, ...] = (),
    link: str = "",
    link_codes: Mapping[str, str] | None = None,
    clear: str = "",
    source: str = "",
) -> Map:
    """Return the map of all areas of a layer.

    Parameters
    ----------
    theme : Theme
        The areas with their classes.
    codes : collection of str
        Codes that pass the filters; the others are faded, not left out.
    description : str
        The map in sentences.
    title : str
        By default the theme's.
    outline : str or tuple of Outline, optional
        Layer whose borders are drawn over the map, or the borders themselves.
    chosen : str, optional
        Code of the chosen area; one that is on no layer of the map is none.
    over : Theme, optional
        Areas drawn over the first ones, for parts of them.
    places, link, link_codes, clear, source
        As for `lib.figures.maps.Map` and its areas.
    """
    layers = [_areas(theme, frozenset(theme.keys) - frozenset(codes), link, link_codes or {})]
    if over:
        layers.append(_areas(over, frozenset(), link, link_codes or {}))
    return Map(
        title=title or theme.title,
        description=description,
        areas=tuple(layers),
        outlines=(Outline(outline),) if isinstance(outline, str) else outline or (),
        places=places,
        chosen=(chosen,) if chosen and any(chosen in areas.class_of for areas in layers) else (),
        clear=clear,
        inset=LONDON,
        source=source or sources.line(),
    )


def _areas(theme: Theme, faded: frozenset[str], link: str, link_codes: Mapping[str, str]) -> Areas:
    return Areas(
        layer=theme.layer,
        classes=theme.categories,
        class_of=theme.keys,
        names=theme.names,
        values={**theme.values, **{code: f"{theme.values[code]} (filtered out)" for code in faded}}
        if faded
        else theme.values,
        marks={code: mark for code, mark in theme.marks.items() if mark and code not in faded},
        faded=faded,
        link=link,
        link_codes=link_codes,
    )


def by_measure(
    key: str,
    codes: Collection[str],
    outline: str | tuple[Outline, ...] | None = None,
    chosen: str | None = None,
    link: str = "",
    clear: str = "",
    places: tuple[Place, ...] = (),
) -> Map:
    """Return the map of the STPs by a measure.

    Parameters
    ----------
    key : str
        One of `lib.measures.MEASURES`.
    shown, outline, chosen, link, clear, places
        As for `national`.
    """
    theme = measures.theme(key)
    return national(
        theme,
        codes,
        themes.described(theme, codes),
        title=f"The 44 STPs of 2017: {theme.title}",
        outline=outline,
        chosen=chosen,
        link=link,
        clear=clear,
        places=places,
        source=sources.line(measures.MEASURES[key].note),
    )
