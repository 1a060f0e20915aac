"""Maps of the ACS areas: all ten over the STPs, and one in detail inside its parent STP."""

from functools import cache

from geo import blocks
from lib import catalogue
from lib.accountable_care import acs, acs_maps, acs_trusts
from lib.accountable_care.acs import Area
from lib.figures import close_ups, extents, sources
from lib.figures.maps import Map
from lib.figures.national import national


def england(chosen: Area | None = None, link: str = "", clear: str = "") -> Map:
    """Return the map of all ten areas over the STPs.

    Parameters
    ----------
    chosen : Area, optional
        The chosen area.
    link : str
        Link of an area, with ``{code}`` for it; an STP that is none cannot be chosen.
    clear : str
        Link of the same view with nothing chosen.
    """
    base = acs_maps.base()
    return national(
        base,
        base.keys,
        acs_maps.alt(),
        title=acs_maps.TITLE,
        chosen=chosen and chosen.on_map,
        over=acs_maps.over(),
        link=link,
        link_codes=_areas_at(),
        clear=clear,
        source=sources.line("Members: as announced in June 2017."),
    )


@cache
def _areas_at() -> dict[str, str]:
    """Return the ACS area that each STP stands for, empty for one that is none."""
    return {code: acs.at(code) or "" for code in catalogue.footprints()}


def close_up(area: Area, layer: str, link: str = "", outlined: bool = False) -> Map:
    """Return an area cut into its councils or CCGs, its STP around it, and its acute trusts.

    Parameters
    ----------
    area : Area
        The area.
    layer : str
        ``council17`` or ``ccg17``.
    link : str
        Link of the page of a member, with ``{code}`` for it.
    outlined : bool
        Whether the area has a dark border.
    """
    shown = acs_maps.detail(area, layer)
    return close_ups.close_up(
        extents.around("stp17", [area.stp]),
        shown.categories,
        {piece: item.key for piece, item in shown.pieces.items()},
        f"{area.name} in its {blocks.layer(layer).many}",
        acs_maps.close_up_alt(area, layer),
        link=link,
        unlinked=(acs_maps.REST, acs_maps.ELSEWHERE),
        trusts=acs_trusts.inside(area),
        outlines=(close_ups.border(*area.place),) if outlined else (),
    )
