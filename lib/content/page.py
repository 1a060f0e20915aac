"""A page: what its links mean, what it says, and what can be chosen on it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lib.content.controls import Control
from lib.content.document import Document


def _no_controls(_: Any) -> tuple[Control, ...]:
    return ()


@dataclass(frozen=True)
class Form:
    """A form that the views of one page have at their address besides those of every page: ``/what-if.geojson?...``.

    Attributes
    ----------
    ending : str
        Of its address.
    words : str
        What it is called where it is offered.
    media_type : str
        Of what is sent.
    made : callable
        View and its link in full to the content; raises `LookupError` with a sentence if the view has no such form.
    name : callable
        View to the name of the file; None if the view has no such form.
    """

    ending: str
    words: str
    media_type: str
    made: Callable[[Any, str], bytes]
    name: Callable[[Any], str | None]


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
        What it answers, in a sentence: for the README, the sitemap and previews.
    view : type
        Frozen dataclass whose fields are the parameters of its links, see `lib.links`.
    document : callable
        View to what there is to say of it. On a page with a `session` the second argument is what that gave, or None
        where there is no session: behind a link, in a file.
    cited : callable
        View to its words in a citation, with every choice that differs from showing everything.
    controls : callable
        View to what can be chosen, at most eight boxes that are not folded.
    session : callable or None
        For what only the live page can do, such as taking a file: shows it by Streamlit, and gives what the document
        needs of it.
    boxes_in_session : bool
        Whether the session shows the boxes of the controls itself, among its own.
    session_height : (int, int) or None
        Pixels that what the session shows takes at rest, in a wide window and on a phone, so that nothing moves when
        it comes.
    forms : tuple of Form
        Forms that its views have besides those of every page.
    memberships : str
        When the areas that it shows had the boundaries that they have there.
    top : bool
        Whether it stands in the first row of the navigation.
    """

    path: str
    name: str
    answers: str
    view: type
    document: Callable[..., Document]
    cited: Callable[[Any], str]
    controls: Callable[[Any], tuple[Control, ...]] = _no_controls
    session: Callable[[Any], Any] | None = None
    boxes_in_session: bool = False
    session_height: tuple[int, int] | None = None
    forms: tuple[Form, ...] = ()
    memberships: str = "April 2017"
    top: bool = False
