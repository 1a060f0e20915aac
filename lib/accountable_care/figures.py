"""An ACS area in detail inside its parent STP."""

from collections.abc import Mapping
from dataclasses import dataclass

from geo import blocks, kept
from lib import fit
from lib.accountable_care import acs, trusts
from lib.accountable_care.acs import Area
from lib.figures import close_ups, extents
from lib.figures.maps import Map
from lib.text import listed
from lib.themes import Category

REST, ELSEWHERE = "rest", "elsewhere"


@dataclass(frozen=True)
class Detail:
    """What a close-up of an area shows.

    Attributes
    ----------
    categories : dict
        By code of the part, largest first; `REST` and `ELSEWHERE` last, where there is such ground.
    owners : dict
        Key of the category by piece.
    """

    categories: Mapping[str, Category]
    owners: Mapping[str, str]


@kept.once
def detail(area: Area, layer: str) -> Detail:
    """Return an area cut into its councils or CCGs, with what is left out around it.

    Parameters
    ----------
    area : Area
        The area.
    layer : str
        ``council17`` or ``ccg17``.
    """
    own, code = area.place
    parts = fit.numbered(
        {
            part.code: f"{part.name} (early focus)" if part.code in area.focus else part.name
            for part in acs.member_rows(area, layer)
        }
    )
    divided = {council.code for council in acs.straddling(area)} if layer == "council17" else set()
    part_of, councils, stps = _homes(layer), _homes("council17"), _homes("stp17")
    owners = {}
    for piece, home in _homes(own).items():
        if home == code:
            owners[piece] = part_of[piece]
        elif councils[piece] in divided:
            owners[piece] = ELSEWHERE
        elif stps[piece] == area.stp:
            owners[piece] = REST
    parts[ELSEWHERE] = Category(ELSEWHERE, "Rest of these councils, left out", "#f7d9c8", "#231f20")
    parts[REST] = Category(REST, "Rest of the STP", "#e3e8ec", "#231f20")
    used = set(owners.values())
    return Detail({key: item for key, item in parts.items() if key in used}, owners)


@kept.once
def _homes(layer: str) -> dict[str, str]:
    """Return the area of a layer that each piece lies in, by piece."""
    return blocks.pieces()[layer].to_dict()


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
    pieces = detail(area, layer)
    return close_ups.close_up(
        extents.around("stp17", [area.stp]),
        pieces.categories,
        pieces.owners,
        f"{area.name} in its {blocks.layer(layer).many}",
        _described(area, layer),
        link=link,
        unlinked=(REST, ELSEWHERE),
        trusts=trusts.inside(area),
        outlines=(close_ups.border(*area.place),) if outlined else (),
    )


def _described(area: Area, layer: str) -> str:
    """Return the close-up in words."""
    parts = listed([f"{item.mark} {item.label}".strip() for item in detail(area, layer).categories.values()])
    return f"Map of {area.name} inside its STP, cut into {blocks.layer(layer).many}: {parts}. The table lists them."
