"""A request for a view: which one, in which frame, and what of the link was not understood."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from lib import links
from lib.content.document import Document
from lib.content.formats import coded
from lib.content.page import Page
from lib.hosts import documents

YES = {"true", "1", "yes"}


@dataclass(frozen=True)
class Reading:
    """What a link asks for.

    Attributes
    ----------
    page : Page
        Whose link it is.
    view : object
        What was understood.
    notices : tuple of str
        What was not, in sentences of Markdown.
    part : str
        ``all``, ``map`` or ``table``.
    embedded : bool
        Whether it is to be shown in a frame of another page.
    """

    page: Page
    view: Any
    notices: tuple[str, ...]
    part: str
    embedded: bool

    def document(self) -> Document:
        """Return what there is to say, notices first."""
        document = documents.of(self.page, self.view)
        return replace(document, notices=(*(coded(sentence) for sentence in self.notices), *document.notices))


def read(page: Page, query: Mapping[str, list[str]]) -> Reading:
    """Read a query, untrusted, as a link to a view of a page."""
    view, notices = links.parse(page.view, query)
    parameters = links.repaired(dict(query))
    part = (parameters.get("view") or ["all"])[-1].strip().lower()
    embedded = (parameters.get("embed") or [""])[-1].strip().lower() in YES
    return Reading(page, view, tuple(notices), part if part in links.PARTS else "all", embedded)
