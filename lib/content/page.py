"""A page: what its links mean, what it says, and what can be chosen on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lib.content.document import Document


def _nothing(_: Any) -> None:
    """Offer no choices."""


@dataclass(frozen=True)
class Page:
    """A page as the rest of the house knows it.

    Attributes
    ----------
    path : str
        Its one segment of the address; empty for the first page.
    name : str
        What the navigation calls it.
    answers : str
        The question that it answers, in a sentence.
    view : type
        Frozen dataclass whose fields are the parameters of its links, see `lib.links`.
    document : callable
        View, and what `controls` gave, to what there is to say.
    controls : callable
        Shows what can be chosen of a view on the live page, at most eight boxes at rest; gives what the document
        needs besides the view, such as a reader's file, or None.
    cited : callable
        View to its words in a citation, with every choice that differs from showing everything.
    memberships : str
        When the areas that it shows had the boundaries that they have there.
    top : bool
        Whether it stands in the first row of the navigation.
    """

    path: str
    name: str
    answers: str
    view: type
    document: Callable[[Any, Any], Document]
    controls: Callable[[Any], Any] = _nothing
    cited: Callable[[Any], str] | None = None
    memberships: str = "April 2017"
    top: bool = False

    @property
    def has_controls(self) -> bool:
        """Whether there is anything to choose on it besides following links."""
        return self.controls is not _nothing
