"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass

from lib import catalogue
from lib.parameters import holds
from lib.shared_parameters import STP


@dataclass(frozen=True)
class CompareView:
    """Two STPs side by side."""

    a: str | None = holds(STP, None)
    b: str | None = holds(STP, None)


def cited(view: CompareView) -> str:
    """Return a view in words."""
    if view.a and view.b:
        names = catalogue.footprints()
        return f"{names[view.a].name} and {names[view.b].name} compared"
    return "Compare two footprints"
