"""What browsers fetch beside the pages: compressed, as it lies on disk, and nothing that is not there."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from geo import manifest, paths
from lib.browser import assets
from lib.hosts import files
from tests.lib.hosts.asking import ask

STREAMLIT = Path(streamlit.__file__).parent / "static"
INDEX = "/" + re.search(r"static/js/index\.[\w-]+\.js", (STREAMLIT / "index.html").read_text())[0]
STYLES = "/" + next((STREAMLIT / "static" / "css").glob("index*.css")).relative_to(STREAMLIT).as_posix()
FONT = "/" + next((STREAMLIT / "static" / "media").glob("*.woff2")).relative_to(STREAMLIT).as_posix()


async def page(_: Request) -> PlainTextResponse:
    return PlainTextResponse("a page")


APP = Starlette(
    routes=[
        Route("/app/static/browser/{path:path}", files.scripts),
        Route("/app/static/{path:path}", files.outlines),
        Mount("/static", StaticFiles(directory=STREAMLIT / "static")),
        Route("/{path:path}", page, methods=["GET", "POST"]),
    ],
    middleware=[Middleware(files.Bundles)],
)


@pytest.mark.parametrize("path", [INDEX, STYLES])
def test_scripts_and_styles_of_streamlit_come_compressed(path):
    content = (STREAMLIT / path[1:]).read_bytes()
    for form, unpack, most in (("br", brotli.decompress, 0.3), ("gzip", gzip.decompress, 0.32)):
        (answer,) = ask(APP, path, accept_encoding=form)
        assert answer.status == 200 and unpack(answer.body) == content
        assert len(answer.body) < most * len(content)
        assert answer.headers["content-encoding"] == form
        assert "immutable" in answer.headers["cache-control"] and answer.headers["vary"] == "Accept-Encoding"
        (head,) = ask(APP, path, method="HEAD", accept_encoding=form)
        assert head.headers == answer.headers
        (again,) = ask(APP, path, accept_encoding=form, if_none_match=answer.headers["etag"])
        assert again.status == 304


def test_parts_of_files_and_files_for_old_readers_come_as_they_are():
    content = (STREAMLIT / INDEX[1:]).read_bytes()
    (part,) = ask(APP, INDEX, accept_encoding="br", range="bytes=100-199")
    assert (part.status, part.body) == (206, content[100:200])
    (whole,) = ask(APP, INDEX)
    assert (whole.status, whole.body) == (200, content)
    for answer in (part, whole):
        assert answer.headers["vary"] == "Accept-Encoding" and "content-encoding" not in answer.headers
    (font,) = ask(APP, FONT, accept_encoding="br")
    assert font.body == (STREAMLIT / FONT[1:]).read_bytes() and "content-encoding" not in font.headers


def test_what_is_not_there_is_not_found_and_the_rest_is_left_alone():
    missing = ["/static", "/static/", "/static/js/index.js", f"{INDEX}x", "/static/js", "/static/../index.html"]
    missing += ["/app/static/", "/app/static/x", "/app/static/browser/", "/app/static/browser/0123456789/document.js"]
    missing += ["/app/static/../data/blocks.parquet", "/app/static//etc/passwd", "/app/static/topo-stp17"]
    for path, answer in zip(missing, ask(APP, *missing, accept_encoding="br"), strict=True):
        assert answer.status == 404, path
    others = ["/", "/footprint", "/_stcore/health", "/media/x", "/component/x/y", "/favicon.png", "/statics"]
    assert {answer.body for answer in ask(APP, *others, accept_encoding="br")} == {b"a page"}
    (posted,) = ask(APP, INDEX, method="POST", accept_encoding="br")
    assert posted.status == 405


def test_outlines_and_scripts_of_the_project():
    for item in manifest.read()["static"][:3] + manifest.read()["static"][-3:]:
        (answer,) = ask(APP, f"/app/{item['path']}", accept_encoding="br")
        assert brotli.decompress(answer.body) == (paths.ROOT / item["path"]).read_bytes()
        assert answer.headers["access-control-allow-origin"] == "*"
        hashed = re.search(r"\.[0-9a-f]{10}\.", item["path"])
        assert answer.headers["cache-control"] == (files.FOR_A_YEAR if hashed else files.ASK_AGAIN)
    (script,) = ask(APP, f"/{assets.url('document.js')}", accept_encoding="gzip")
    assert gzip.decompress(script.body) == assets.files()["document.js"]
    assert (
        script.headers["content-type"].startswith("text/javascript") and "immutable" in script.headers["cache-control"]
    )


def test_outlines_that_differ_from_the_manifest_are_not_sent(monkeypatch):
    """A browser would keep them for a year."""
    path = manifest.static_url("topo-ccg17")
    with monkeypatch.context() as patched:
        patched.setattr(files, "_kept", files.Kept())
        patched.setattr(manifest, "is_as_listed", lambda item, content: False)
        assert [answer.status for answer in ask(APP, path, accept_encoding="br")] == [404]
    with monkeypatch.context() as patched:
        patched.setattr(files.start_up, "problems", lambda: ["data/blocks.parquet is missing"])
        assert [answer.status for answer in ask(APP, path, accept_encoding="br")] == [404]
    assert [answer.status for answer in ask(APP, path, accept_encoding="br")] == [200]
