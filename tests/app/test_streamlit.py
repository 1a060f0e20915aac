"""What is relied on of Streamlit's insides, in one place: an upgrade that changes it fails here and says where."""

import inspect
from pathlib import Path

import pytest
import streamlit
from streamlit.components.v2 import manifest_scanner
from streamlit.navigation.page import Page
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import UnknownElement
from streamlit.util import calc_hash
from streamlit.web import bootstrap

from lib.hosts.web import shell

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"


def test_the_index_page_can_be_taken_apart():
    found = shell.taken_apart(shell.INDEX.read_text(encoding="utf-8"))
    assert "index." in found.live, "lib/hosts/web/shell.py: the script of the index page has another name"
    assert (SCRIPTS.parents[1] / found.font).is_file(), "lib/hosts/web/shell.py: the typeface lies elsewhere"


def test_components_are_looked_for_by_one_function():
    assert callable(manifest_scanner.scan_component_manifests), "tests/app/conftest.py: components are found otherwise"


def test_routes_of_an_app_and_the_start_that_a_server_needs():
    said = "app.py: st.App takes other arguments"
    assert {"lifespan", "routes", "middleware"} <= set(inspect.signature(streamlit.App.__init__).parameters), said
    assert callable(bootstrap.load_config_options), "app.py: the configuration is read otherwise"


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("popstate", "lib/browser/links.js: Back and Forward no longer run what the address names"),
        ("data-test-script-state", "lib/browser/links.js, handover.js: the end of a run is told otherwise"),
        ("data-test-connection-state", "lib/browser/links.js: whether a server answers is told otherwise"),
        ("stMainBlockContainer", "lib/style.css: the main part has another name"),
        ("stFileUploaderDropzone", "lib/style.css: the box for files has another name"),
        ("_stcore/host-config", "lib/hosts/web/unknown.py: Streamlit asks for other addresses"),
    ],
)
def test_the_scripts_of_the_page_still_have(words, what):
    assert any(words in path.read_text(encoding="utf-8") for path in SCRIPTS.glob("*.js")), what


def test_a_test_can_go_to_a_page_that_is_a_function():
    assert "_page_hash" in vars(AppTest.from_string("")), "tests/app/test_pages.py: go() sets what is not there"
    source = inspect.getsource(Page._script_hash.fget)
    assert "calc_hash(self._url_path)" in source, "tests/app/test_pages.py: pages are known by another hash"
    assert calc_hash("a") != calc_hash("b")


def test_what_a_component_was_shown_from_can_be_read():
    test = AppTest.from_string(
        """
import streamlit as st
st.components.v2.component("probe", js="export default () => {}")(key="probe", data={"said": 1})
"""
    ).run()
    (element,) = test.get("bidi_component")
    assert isinstance(element, UnknownElement) and '"said":1' in element.proto.json.replace(" ", ""), (
        "tests/app/test_pages.py: shown() reads a component's data from elsewhere"
    )
