"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass

from geo import blocks
from lib.parameters import holds
from lib.shared_parameters import COUNCIL


@dataclass(frozen=True)
class CouncilView:
    """One council and whom it has to deal with."""

    council: str | None = holds(COUNCIL, None)


def cited(view: CouncilView) -> str:
    """Return a view in words."""
    return (
        f"{blocks.names('council17')[view.council]}, its STPs and CCGs" if view.council else "councils and their STPs"
    )
