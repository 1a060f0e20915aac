"""Maps of STPs in their councils: one, and two at one scale."""

from lib.figures import extents, fit
from lib.figures.maps import Map
from lib.footprint import profile


def stp(code: str, link: str = "", outlined: bool = False) -> Map:
    """Return an STP in its councils, with its acute trusts.

    Parameters
    ----------
    code : str
        The STP.
    link : str
        Link of the page of a council, with ``{code}`` for it.
    outlined : bool
        Whether the STP has a dark border.
    """
    return fit.close_up("stp17", "council17", code, trusts=profile.trusts(code), link=link, outlined=outlined)


def pair(a: str, b: str, link: str = "", outlined: bool = False) -> tuple[Map, Map]:
    """Return two STPs at one scale, see `stp`."""
    first, second = (
        fit.close_up(
            "stp17", "council17", code, trusts=profile.trusts(code), extent=extent, link=link, outlined=outlined
        )
        for code, extent in zip((a, b), extents.at_one_scale(extents.around("stp17", [c]) for c in (a, b)), strict=True)
    )
    return first, second
