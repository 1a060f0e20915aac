"""What is counted of answers says how many, of what and how long, and nothing of who asked."""

import json

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from lib import logs
from lib.hosts.web import answers, tallies
from lib.hosts.web.answers import Content
from pages import PAGES
from tests.lib.hosts.asking import ask


@pytest.fixture
def counts():
    return tallies.Tallies(PAGES, ["/footprint.csv", "/map.json"])


@pytest.fixture
def told(counts, monkeypatch):
    def tell() -> dict[tuple[str, str], dict[str, int]]:
        lines = []
        monkeypatch.setattr(logs, "event", lambda name, **fields: lines.append((name, fields)))
        counts.tell()
        assert all(name == "answers" for name, _ in lines)
        assert "private" not in json.dumps(lines)
        return {(fields.pop("page"), fields.pop("form")): fields for _, fields in lines}

    return tell


@pytest.fixture
def app(counts):
    kept = answers.Answers()

    async def answered(request: Request):
        return await kept.answer(request, request.url.path, lambda: Content(b"words", "text/plain"))

    async def broken(_: Request):
        raise ValueError("private")

    async def missing(_: Request):
        return PlainTextResponse("none", 404)

    routes = [Route("/", answered), Route("/footprint", answered), Route("/footprint.csv", missing)]
    return Starlette(
        routes=[*routes, Route("/council", broken), counts.route()],
        middleware=[Middleware(tallies.Counting, tallies=counts)],
    )


def test_answers_are_counted_by_page_and_form(app, told):
    (first,) = ask(app, "/footprint?stp=private")
    ask(app, "/footprint?embed=true", "/footprint")
    ask(app, "/footprint", if_none_match=first.headers["etag"])
    ask(app, "/", "/footprint.csv?table=private", "/private", "/private/more")
    with pytest.raises(ValueError):
        ask(app, "/council")
    counted = told()
    assert set(counted) == {
        ("footprint", "html"),
        ("footprint", "embed"),
        ("footprint", "csv"),
        ("map", "html"),
        ("council", "html"),
        tallies.NOWHERE,
    }
    page = counted["footprint", "html"]
    assert (page["answers"], page["kept"], page["missing"], page["failed"]) == (3, 2, 0, 0)
    assert counted["footprint", "csv"]["missing"] == 1 and counted["council", "html"]["failed"] == 1
    assert counted[tallies.NOWHERE]["answers"] == counted[tallies.NOWHERE]["missing"] == 2
    # What was told is not told again.
    assert told() == {}


def test_live_pages_are_counted_with_the_time_that_they_took(app, told):
    said = ["page=/footprint&after=1834", "page=/footprint&after=900", "page=/private&after=1", "page=/&after=-1", ""]
    for answer in ask(app, *(f"/took-over?{query}" for query in said), method="POST"):
        assert (answer.status, answer.body) == (204, b"")
    (counted,) = told().values()
    assert (counted["answers"], counted["milliseconds"], counted["slowest"]) == (2, 2734, 1834)
