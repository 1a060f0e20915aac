"""What runs for every reader on every page: the list of pages and what stands around each."""

from functools import partial

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from geo import manifest
from lib import logs, start_up, styles
from lib.content.page import Page
from lib.hosts import header
from lib.hosts.live import run
from lib.search import finder_panels
from pages import PAGES

HOME = "home"
"""What Streamlit calls the first page, which has no path: readers reach it at the root."""


def _listed(page: Page) -> StreamlitPage:
    """Return a page as Streamlit lists it."""
    show = partial(run.run, page)
    return st.Page(show, title=page.name, default=not page.path, url_path=page.path or HOME)


def show() -> None:
    """Show the page that the address names."""
    # The browser draws the icon itself: a file on the server could be gone when it is asked for.
    st.set_page_config(page_title="Footprints", page_icon="👣", layout="wide")
    page = st.navigation([_listed(one) for one in PAGES], position="hidden")
    st.html(styles.element("style"))
    if problems := start_up.ready():
        st.error(f"The data files are not the ones that were built, so nothing is shown. {manifest.REPAIR}")
        st.code("\n".join(problems[:20]), language=None)
    else:
        with st.container(key="bar"):
            st.html(header.header(PAGES, next(one for one in PAGES if one.name == page.title)))
            finder_panels.search()
        with logs.timed(page.url_path):
            page.run()


# The process that draws pictures reads this file, too, and shows nothing.
if __name__ == "__main__":
    show()
