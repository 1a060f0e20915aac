"""Every page is drawn whatever its link says: no exception, no markup of a stranger, a notice for what was ignored."""

import re
from urllib.parse import urlencode

import pytest
from hypothesis import given
from starlette.applications import Starlette
from streamlit.runtime.state.query_params import CLIENT_STATE_QUERY_STRING_MAX_LENGTH
from streamlit.testing.v1 import AppTest

from lib import links
from lib.hosts.web import live_contents
from lib.hosts.web.answers import Answers
from tests import hostile
from tests.app.test_pages import MAIN_SCRIPT, go, headed, notices, written
from tests.hostile import MARK
from tests.lib.hosts.asking import ask


def opened(path: str, said: dict[str, list[str]]) -> AppTest:
    """Run a page with any parameters, each as often as it is given."""
    test = AppTest.from_file(str(MAIN_SCRIPT), default_timeout=60)
    go(test, path)
    for name, value in said.items():
        # A browser's link is bytes: what is no character becomes the mark for that on the server.
        test.query_params[plain(name)] = [plain(item) for item in value]
    return test.run()


def plain(text: str) -> str:
    """Return text as it arrives: half a character is none."""
    return text.encode("utf-8", "replace").decode()


def leaks(test: AppTest) -> list[str]:
    """Return the kinds of elements in which a stranger's text stands as more than code."""
    # The search box holds what was typed into it.
    parts = [part for part in test if getattr(part, "proto", None) is not None]
    # A document may quote it, but as text: not in an element or an attribute of one.
    parts = [part for part in parts if part.type not in ("text_input", "bidi_component")]
    marked = re.findall(rf"<[^<>]*{MARK}[^<>]*>", written(test))
    found = [part.type for part in parts if MARK.encode() in part.proto.SerializeToString()]
    sentences = [element.value for kind in ("warning", "markdown") for element in test.get(kind)]
    kept = {"warning", "markdown"} if any(MARK in sentence for sentence in sentences) else set()
    wrong = [name for name in found if name not in kept]
    return marked + wrong + [sentence for sentence in sentences if MARK in sentence and hostile.unescaped(sentence)]


@pytest.mark.parametrize("path", links.PAGES)
def test_any_link_shows_a_page(path):
    page = links.PAGES[path]

    @hostile.cases(short=3, long=400)
    @given(hostile.parameters(page))
    def shows(said):
        test = opened(path, said)
        assert not test.exception and not test.error and headed(test)
        assert leaks(test) == []
        arrived = {plain(name): [plain(item) for item in value] for name, value in said.items()}
        # Streamlit reads no link that is longer, and browsers and proxies refuse it long before.
        if len(urlencode(arrived, doseq=True)) < CLIENT_STATE_QUERY_STRING_MAX_LENGTH:
            assert hostile.unnamed(arrived, page, notices(test)) == []

    shows()


SEARCH = Starlette(routes=live_contents.routes((), Answers()))


@hostile.cases(short=30, long=2000)
@given(hostile.marked)
def test_any_search_shows_what_it_found_as_text(said):
    (answer,) = ask(SEARCH, f"/find.live?{urlencode({'q': said}, errors='surrogatepass')}")
    assert answer.status == 200
    assert not re.search(rf"<[^<>]*{MARK}[^<>]*>", answer.body.decode())
