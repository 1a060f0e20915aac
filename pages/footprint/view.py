"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass

from lib import catalogue
from lib.parameters import holds
from lib.shared_parameters import STP


@dataclass(frozen=True)
class FootprintView:
    """Everything about one STP."""

    stp: str | None = holds(STP, None)


def cited(view: FootprintView) -> str:
    """Return a view in words."""
    return catalogue.footprints()[view.stp].name if view.stp else "Footprints"
