"""What runs for every reader on every page: the list of pages and what stands around each."""

import streamlit as st

from geo import manifest, paths
from lib import links, logs, start_up, styles, widgets
from lib.hosts.live import address
from lib.search import finder_panels

# The browser draws the icon itself: a file on the server could be gone when it is asked for.
st.set_page_config(page_title="Footprints", page_icon="👣", layout="wide")

FOLDER = paths.ROOT / "app_pages"
page = st.navigation(
    [
        st.Page(FOLDER / "map.py", title="Map", default=True, url_path="home"),
        st.Page(FOLDER / "footprint.py", title="Footprint"),
        st.Page(FOLDER / "compare.py", title="Compare"),
        st.Page(FOLDER / "coterminosity.py", title="Coterminosity"),
        st.Page(FOLDER / "council.py", title="Council"),
        st.Page(FOLDER / "acs.py", title="ACS areas"),
        st.Page(FOLDER / "what_if.py", title="What if", url_path="what-if"),
        st.Page(FOLDER / "then_and_now.py", title="Then and now", url_path="then-and-now"),
        st.Page(FOLDER / "conditions.py", title="Conditions"),
        st.Page(FOLDER / "your_numbers.py", title="Your numbers", url_path="your-numbers"),
        st.Page(FOLDER / "briefing.py", title="Briefing"),
        st.Page(FOLDER / "glossary.py", title="Glossary"),
        st.Page(FOLDER / "sources.py", title="Sources"),
        *(
            st.Page(widgets.moved_page(old), title="Moved", url_path=old, visibility="hidden")
            for _, old, _ in links.MOVED_PAGES
        ),
    ],
    position="hidden" if st.context.is_embedded else "top",
)
st.html(styles.element("style"))
if (part := address.part()) != "all":
    st.html(styles.element(f"only-{part}"))
if problems := start_up.ready():
    st.error(f"The data files are not the ones that were built, so nothing is shown. {manifest.REPAIR}")
    st.code("\n".join(problems[:20]), language=None)
else:
    if not st.context.is_embedded:
        finder_panels.search()
    with logs.timed(page.url_path):
        page.run()
