"""What runs for every reader on every page: the list of pages, and the one that is open."""

import streamlit as st

from geo import manifest
from lib import logs, start_up
from lib.hosts.live.run import entries
from pages import PAGES


def show() -> None:
    """Show the page that the address names."""
    # The browser draws the icon itself: a file on the server could be gone when it is asked for.
    st.set_page_config(page_title="Footprints", page_icon="👣", layout="wide")
    with entries(PAGES) as listed:
        open_page = st.navigation([entry.listed for entry in listed], position="hidden")
        if problems := start_up.ready():
            st.error(f"The data files are not the ones that were built, so nothing is shown. {manifest.REPAIR}")
            st.code("\n".join(problems[:20]), language=None)
            return
        entry = next(entry for entry in listed if entry.listed == open_page)
        with logs.timed(entry.page.path):
            entry.run()


# The process that draws pictures reads this file, too, and shows nothing.
if __name__ == "__main__":
    show()
