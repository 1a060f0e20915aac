"""What a link to the page means, and the words of a view in a citation."""

from dataclasses import dataclass
from functools import partial

from lib import catalogue
from lib.parameters import holds, named, one_of
from pages.today import boards


@dataclass(frozen=True)
class TodayView:
    """The boards of April 2026, or one of them."""

    board: str | None = holds(
        named(
            partial(catalogue.resolve, boards.LAYER),
            "the code or name of an ICB of April 2026",
            partial(catalogue.why_not, boards.LAYER),
        ),
        None,
    )
    colour: str = holds(one_of(boards.TITLES), "change")


def cited(view: TodayView) -> str:
    """Return a view in words."""
    if view.board:
        return f"the integrated care board {boards.name(view.board)} of April 2026 and what it was made of"
    return f"the 36 integrated care boards of April 2026 by {view.colour}"
