"""A run of a page for one reader: its boxes, and the address of what stands behind the link."""

from dataclasses import replace
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

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
    """

    def __init__(self, page: Page):
        self.page = page
        self._given: Any = None

    def listed(self) -> StreamlitPage:
        """Return it as Streamlit lists it."""
        return st.Page(self._choices, title=self.page.name, default=not self.page.path, url_path=self.page.path or HOME)

    def run(self, shown: StreamlitPage) -> None:
        """Show the page as the address asks for it.

        Its document stands in places that all pages share: from one page to the next nothing of it is made anew.
        """
        document.head()
        shown.run()
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
        shown = self.page.document(view, self._given)
        shown = replace(shown, notices=(*(coded(sentence) for sentence in notices), *shown.notices))
        return contents.of(self.page, view, shown, address.part())
