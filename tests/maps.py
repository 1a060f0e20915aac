"""Maps as tests look at them."""

from lib.figures.maps import Areas


def href(areas: Areas, code: str) -> str:
    """Return the link that choosing an area opens; empty where it cannot be chosen."""
    stands_for = areas.in_link(code)
    return areas.link.replace("{code}", stands_for) if stands_for else ""
