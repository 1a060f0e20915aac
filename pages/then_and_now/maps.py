"""An STP of 2017 and the ICBs that its residents belonged to later, on two maps of the same ground."""

from collections.abc import Mapping
from string import ascii_uppercase

from geo import blocks, kept, vintages
from geo.vintages import plain_name
from lib import fit
from lib.figures import extents, sources
from lib.figures.close_ups import AROUND
from lib.figures.maps import Areas, Extent, Map, Outline
from lib.text import listed
from lib.themes import Category

THEN, FIRST = "stp17", "icb22"
_ELSEWHERE = Category("", "", "#e3e8ec", "#231f20")
_OUTLINE, _WIDTH = "#231f20", 3.0
_SOURCES = {
    FIRST: "Memberships of April 2017 and July 2022 (ONS).",
    "icb24": "Memberships of April 2017 and April 2024 (ONS).",
    "icb26": "Memberships of April 2017 (ONS); areas of April 2026 derived from announced successions.",
}


@kept.within(2)
def categories(code: str, later: str = FIRST) -> Mapping[str, Mapping[str, Category]]:
    """Return the areas of both maps of an STP, `THEN` and a later layer, with colour and mark.

    Later: the ICBs that have residents of the STP, numbered, each in a colour
    of its own, most residents first. Then: the STPs from which those ICBs
    have residents, the STP itself first, lettered, each in the colour of the
    ICB that took most of it.
    """
    rows = vintages.rows(THEN, later)
    now = fit.numbered({row.b_code: row.b_name for row in vintages.parts(THEN, later, code)})
    came = sorted((row for row in rows if row.b_code in now), key=lambda row: -row.residents)
    order = dict.fromkeys((code, *(row.a_code for row in came)))
    main = {row.a_code: row.b_code for row in rows if row.kind != "moved"}
    then = {}
    for letter, area in zip(ascii_uppercase, order, strict=False):
        like = now.get(main[area], _ELSEWHERE)
        then[area] = Category(area, blocks.name_by_code(THEN)[area], like.fill, like.ink, letter)
    return {THEN: then, later: now}


def side(code: str, layer: str, link: str = "", later: str = FIRST) -> Map:
    """Return one of the two maps of an STP; its border of 2017 is drawn on both.

    Parameters
    ----------
    code : str
        The STP.
    layer : str
        `THEN`, or the later one.
    link : str
        Link of the page of an area of that layer, with ``{code}`` for it.
    later : str
        Layer of the ICBs on the other map.
    """
    marked = categories(code, later)[layer]
    extent = _extent(code, later)
    near = [area for area in extents.within(layer, extents.in_frames(extent)) if area not in marked]
    areas = Areas(
        layer=layer,
        classes=(*marked.values(), AROUND),
        class_of={**{area: area for area in marked}, **dict.fromkeys(near, AROUND.key)},
        names={**blocks.name_by_code(layer), **{area: f"{item.mark}. {item.label}" for area, item in marked.items()}},
        marks={area: item.mark for area, item in marked.items()},
        faded=frozenset(near),
        link=link,
        link_codes=dict.fromkeys(near, ""),
    )
    return Map(
        title=f"{blocks.layer(layer).vintage} around {blocks.name_by_code(THEN)[code]} of {blocks.layer(THEN).year}",
        description=in_words(code, layer, later),
        areas=(areas,),
        outlines=(Outline(THEN, (code,), True, _OUTLINE, _WIDTH),),
        extent=extent,
        source=sources.line(_SOURCES[later]),
    )


@kept.within(1)
def _extent(code: str, later: str) -> Extent:
    """Return the ground that both maps show: all marked areas of both."""
    return extents.union(extents.around(layer, areas) for layer, areas in categories(code, later).items())


def legend(code: str, layer: str, later: str = FIRST) -> str:
    """Return in words what the letters or numbers of a map stand for."""
    return " · ".join(_named(code, layer, later))


def in_words(code: str, layer: str, later: str = FIRST) -> str:
    """Return one of the maps in words."""
    around = f"{blocks.layer(layer).vintage} around {blocks.name_by_code(THEN)[code]}"
    return f"Map of the {around}, which is outlined: {listed(_named(code, layer, later))}."


def _named(code: str, layer: str, later: str) -> list[str]:
    return [f"{area.mark} {plain_name(area.label)}" for area in categories(code, later)[layer].values()]
