"""An STP of 2017 and what its residents belonged to in 2022, on two maps of the same ground."""

from geo import blocks
from lib.figures import extents, sources
from lib.figures.close_ups import AROUND
from lib.figures.maps import Areas, Map, Outline
from lib.then_and_now import then_and_now_maps
from lib.then_and_now.then_and_now_maps import THEN

_SOURCE = "Memberships of April 2017 and July 2022 (ONS)."


def side(code: str, layer: str, link: str = "") -> Map:
    """Return one of the two maps of an STP; its border of 2017 is drawn on both.

    Parameters
    ----------
    code : str
        The STP.
    layer : str
        ``lib.then_and_now.then_and_now_maps.THEN`` or ``NOW``.
    link : str
        Link of the page of an area of that layer, with ``{code}`` for it.
    """
    sides = then_and_now_maps.sides(code)
    shown = next(side for side in sides if side.layer == layer)
    extent = extents.union(extents.around(side.layer, side.areas) for side in sides)
    near = [area for area in extents.within(layer, extents.in_frames(extent)) if area not in shown.areas]
    areas = Areas(
        layer=layer,
        classes=(*shown.areas.values(), AROUND),
        class_of={**{area: area for area in shown.areas}, **dict.fromkeys(near, AROUND.key)},
        names={**blocks.names(layer), **{area: f"{item.mark}. {item.label}" for area, item in shown.areas.items()}},
        marks={area: item.mark for area, item in shown.areas.items()},
        faded=frozenset(near),
        link=link,
        link_codes=dict.fromkeys(near, ""),
    )
    kind = blocks.layer(layer)
    return Map(
        title=f"{kind.many} of {kind.year} around {blocks.names(THEN)[code]} of {blocks.layer(THEN).year}",
        description=then_and_now_maps.alt(code, shown),
        areas=(areas,),
        outlines=(Outline(THEN, (code,), True, "#231f20", 3.0),),
        extent=extent,
        source=sources.line(_SOURCE),
    )
