"""A run of a page for one reader: its boxes, and the address of what stands behind the link."""

from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import streamlit as st

from lib.content.formats import coded
from lib.content.page import Page
from lib.hosts import contents
from lib.hosts.live import address, boxes, document

HOME = "home"
"""What Streamlit calls the first page, which has no path: readers reach it at the root."""


class Entry:
    """A page in the list of pages, for one run.

    Attributes
    ----------
    page : Page
        The page.
    listed : StreamlitPage
        The page as Streamlit lists it.
    """

    def __init__(self, page: Page):
        self.page = page
        self.listed = st.Page(self._choices, title=page.name, default=not page.path, url_path=page.path or HOME)
        self._given: Any = None

    def forget(self) -> None:
        """Forget what a reader gave: the entry is used again."""
        self._given = None

    def run(self) -> None:
        """Show the page as the address asks for it.

        Its document stands in places that all pages share: from one page to the next nothing of it is made anew.
        """
        with st.container(key="top"):
            document.head()
            self.listed.run()
        source = contents.address(self.page, address.parameters())
        if self._given is None:
            document.fetched(source)
        else:
            document.told(source, self._contents())

    def _choices(self) -> None:
        """Show the boxes, and what only the live page can do."""
        view, _ = address.read(self.page.view)
        if not self.page.boxes_in_session:
            boxes.show(view, self.page.controls(view))
        self._given = self.page.session(view) if self.page.session else None

    def _contents(self) -> dict[str, Any]:
        # What a reader brought along or asked for is in the session alone.
        view, notices = address.read(self.page.view)
        content = self.page.document(view, self._given)
        content = replace(content, notices=(*(coded(sentence) for sentence in notices), *content.notices))
        return contents.of(self.page, view, content, address.part())


_spare: deque[list[Entry]] = deque()


@contextmanager
def entries(pages: Iterable[Page]) -> Iterator[list[Entry]]:
    """Give the list of pages for one run.

    Streamlit marks in it which page is open, so no two runs have the same; making it takes a fifth of a run, so lists
    are used again.
    """
    try:
        listed = _spare.pop()
    except IndexError:
        listed = [Entry(page) for page in pages]
    try:
        yield listed
    finally:
        for entry in listed:
            entry.forget()
        _spare.append(listed)
