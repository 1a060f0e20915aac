"""Every page runs, also with links that make no sense, and keeps its state in the URL."""

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from geo import paths
from lib import links, start_up
from lib.hosts import choosing, contents
from lib.hosts.web import live_contents
from lib.hosts.web.answers import Answers
from lib.hosts.web.reading import read
from pages import PAGES
from pages.map.view import MapView
from tests.lib.hosts.asking import ask

MAIN_SCRIPT = paths.ROOT / "pages" / "live.py"
ODD = {name: "<b>☃\u202e=1+1" for view in links.PAGES.values() for name in view.__dataclass_fields__} | {"zzz": "1"}


def go(test: AppTest, path: str) -> None:
    """Let the next run show a page; the test's own way there knows only pages that are files."""
    test._page_hash = calc_hash(path) if path else ""


def opened(path: str = "", **parameters: str) -> AppTest:
    """Run the app on one of its pages."""
    test = AppTest.from_file(str(MAIN_SCRIPT), default_timeout=30)
    go(test, path)
    for name, value in parameters.items():
        test.query_params[name] = value
    return test.run()


def shown(test: AppTest) -> dict[str, dict]:
    """Return what the document of a page is shown from, as a browser fetches it: ``head`` and ``body``."""
    parts = (element.proto for element in test.get("bidi_component"))
    told = next((data for part in parts if "source" in (data := json.loads(part.json))), None)
    if told is None:
        return {}
    return told.get("contents") or fetched(told["source"])


def fetched(source: str) -> dict[str, dict]:
    """Return what the app answers at the address of a view's contents."""
    path, _, query = source.partition("?")
    page = next(page for page in PAGES if (page.path or "map") == path.removesuffix(f".{contents.ENDING}"))
    reading = read(page, parse_qs(query, keep_blank_values=True))
    return contents.of(page, reading.view, reading.document(), reading.part)


def written(test: AppTest) -> str:
    """Return the HTML of a page's document."""
    return "\n".join(block for name in ("head", "body") for block in shown(test).get(name, {}).get("blocks", ()))


def notices(test: AppTest) -> list[str]:
    """Return the notices of a page, what they quote between backticks."""
    found = re.findall(r"<div class=fp-notices[^>]*>(.*?)</div>", written(test))
    said = [re.sub(r"</?code>", "`", item) for part in found for item in re.findall(r"<p>(.*?)</p>", part)]
    return [element.value for element in test.warning] + [unescape(item) for item in said]


def headed(test: AppTest) -> bool:
    """Return whether a page has its heading."""
    return bool(test.title) or "<h1" in written(test)


def words(test: AppTest) -> str:
    """Return everything that a page says besides tables of Streamlit's own."""
    said = [str(element.value) for kind in ("markdown", "caption", "warning") for element in test.get(kind)]
    return "\n".join([*said, unescape(re.sub(r"<[^>]*>", "", written(test)))])


@pytest.mark.parametrize("path", sorted(links.PAGES))
@pytest.mark.parametrize("parameters", [{}, ODD], ids=["plain", "odd"])
def test_every_page_runs(path, parameters):
    test = opened(path, **parameters)
    assert not test.exception
    assert headed(test)
    assert bool(notices(test)) == bool(parameters)


def test_a_choice_is_written_to_the_url_in_full():
    test = opened()
    test.selectbox(key="choose-stp").select("E54000015").run()
    assert dict(test.query_params) == links.query(MapView(stp="E54000015"))
    assert "<h1 tabindex=-1>Leicester, Leicestershire and Rutland</h1>" in written(test)
    test.selectbox(key="choose-colour").select("lead").run()
    assert test.query_params["colour"] == "lead"
    assert test.query_params["stp"] == "E54000015"


def test_a_choice_that_is_folded_away_leads_to_the_link_of_its_view():
    before = MapView(stp="E54000015", lead=("provider",))
    form = {choosing.ASKED: links.link(before).partition("?")[2], "lead": ["ccg", "provider"], "outline": "ccg17"}
    (answer,) = ask(Starlette(routes=live_contents.routes(PAGES, Answers())), f"/map.live?{urlencode(form, True)}")
    told = json.loads(answer.body)
    after = MapView(stp="E54000015", lead=("provider", "ccg"), outline="ccg17")
    assert links.parse(MapView, parse_qs(urlsplit(told["share"]["link"]).query)) == (after, [])
    assert told["title"] == "Leicester, Leicestershire and Rutland - Footprints"
    assert re.findall(r'checked value="(\w+)" name="lead"', told["choices"]) == ["provider", "ccg"]


def test_the_panel_says_where_a_rating_comes_from():
    said = words(opened(stp="E54000048"))
    assert "inferred" in said
    assert "parallelparliament.co.uk" in said
    assert "NHS Digital's workbook of April 2019 names" in said


def test_a_rating_that_is_not_established_is_a_gap():
    said = words(opened(stp="E54000046"))
    assert "Advanced or making progress, not known which" in said
    assert "rated advanced or making progress" in said


def test_embed_parameters_survive_a_choice():
    test = opened(embed="true")
    test.selectbox(key="choose-colour").select("lead").run()
    assert test.query_params["embed"] == "true"


def test_wrong_data_files_are_named_instead_of_shown(monkeypatch):
    monkeypatch.setattr("geo.manifest.problems", lambda: ["data/blocks.parquet differs from the manifest"])
    monkeypatch.setattr(start_up, "_seen", start_up._Seen())
    test = opened()
    assert "python -m geo build" in test.error[0].value
    assert "data/blocks.parquet differs from the manifest" in test.code[0].value
    assert not test.title
