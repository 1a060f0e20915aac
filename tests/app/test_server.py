"""The running server: hostile requests, frames and clients, and what it sends and logs besides pages."""

import json
import re
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from geo import manifest
from lib import links
from lib.own_numbers import table as own_table
from tests import hostile, servers
from tests.hostile import MARK

_EARLY = ForwardMsg.FINISHED_EARLY_FOR_RERUN


@pytest.fixture(scope="module", params=["for_many", "for_one"] if hostile.LONG else ["for_many"])
def server(request) -> servers.Server:
    """A server as many readers meet it, and in the long profile also as `make app` starts it."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def address(server) -> str:
    return server.address


@contextmanager
def session(address: str, **options) -> Iterator[ClientConnection]:
    where = f"ws{address.removeprefix('http')}/_stcore/stream"
    with connect(where, subprotocols=["streamlit"], max_size=None, **options) as connection:
        yield connection


def answers(connection: ClientConnection, query: str, page: str = "", **rest) -> list[ForwardMsg]:
    """Ask for a page as a browser does and return what the server sends until the page is drawn."""
    asked = BackMsg()
    asked.rerun_script.query_string, asked.rerun_script.page_name = query, page
    asked.rerun_script.page_script_hash = rest.get("page_script_hash", "")
    asked.rerun_script.widget_states.widgets.extend(rest.get("widgets", ()))
    connection.send(asked.SerializeToString())
    said = []
    while True:
        said.append(ForwardMsg.FromString(connection.recv(timeout=60)))
        # The address of a page that moved ends its own run early and leads to another.
        if said[-1].WhichOneof("type") == "script_finished" and said[-1].script_finished != _EARLY:
            return said


def elements(said: list[ForwardMsg]) -> list[Element]:
    found = [part.delta.new_element for part in said if part.WhichOneof("type") == "delta"]
    return [element for element in found if element.WhichOneof("type")]


def told(address: str, said: list[ForwardMsg]) -> str:
    """Return what a run says the document is, as a browser fetches it; empty if it names none."""
    parts = [json.loads(e.bidi_component.json) for e in elements(said) if e.bidi_component.json]
    source = next((part["source"] for part in parts if "source" in part), None)
    if source is None:
        return ""
    with urllib.request.urlopen(f"{address}/{source}") as answer:
        return answer.read().decode()


def drawn(address: str, said: list[ForwardMsg]) -> bool:
    """Return whether a page was drawn to its footer, without an exception."""
    kinds = [element.WhichOneof("type") for element in elements(said)]
    return "exception" not in kinds and "Data version" in told(address, said)


def raw(address: str, request: bytes) -> bytes:
    """Send bytes as they are and return what comes back."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port), timeout=10) as plug:
        plug.sendall(request)
        plug.shutdown(socket.SHUT_WR)
        got = b""
        while part := plug.recv(65_536):
            got += part
    return got


def test_hostile_queries_at_the_running_server(address):
    """What AppTest passes on as text comes here as bytes, with escapes of every kind."""
    with session(address) as connection:
        answers(connection, "")
        text = hostile.marked.map(lambda said: said[:5_000])
        pairs = st.lists(st.tuples(st.sampled_from([*links.FRAME, "stp", "a", "b", "area", "moves"]) | text, text))
        queries = st.one_of(
            pairs.map(lambda said: urlencode(said, errors="surrogatepass")),
            st.text(max_size=200),
            st.lists(
                st.sampled_from(["stp=", "&", ";", "%", "%ff%fe", "%ed%a0%80", "%00", "+", "=", "a", "%2526", MARK])
            ).map("".join),
        )

        @hostile.cases(short=15, long=500)
        @given(st.sampled_from([*links.PAGES, *(old for _, old, _ in links.MOVED_PAGES), "no-such-page"]), queries)
        def shows(page, query):
            said = answers(connection, query, page)
            found = elements(said)
            assert "exception" not in [element.WhichOneof("type") for element in found]
            for element in found:
                if element.WhichOneof("type") == "bidi_component":
                    assert not re.search(rf"<[^<>]*{MARK}[^<>]*>", element.bidi_component.json)
                elif MARK.encode() in element.SerializeToString():
                    assert element.WhichOneof("type") == "alert" and hostile.unescaped(element.alert.body) is None
            # A document may quote it, but as text: not in an element or an attribute of one.
            assert not re.search(rf"<[^<>]*{MARK}[^<>]*>", told(address, said))

        shows()
        assert drawn(address, answers(connection, "stp=E54000015"))


# What a browser could send for each kind of control, of values that the page does not offer.
MADE_UP = {
    "selectbox": [{"string_value": f"<b>{MARK}"}],
    "multiselect": [{"string_array_value": {"data": [MARK, ""]}}],
    "slider": [{"double_array_value": {"data": [value]}} for value in (float("nan"), 1e300, -1.0)],
    "text_input": [{"string_value": f"<b>{MARK}" * 100}],
    "plotly_chart": [
        {"string_value": f'{{"selection": {{"points": {points}, "box": [], "lasso": [], "point_indices": []}}}}'}
        for points in (f'[{{"location": "{MARK}"}}]', "[{}]", '[{"location": 7, "customdata": [[]]}]')
    ],
    "dataframe": [
        {"string_value": f'{{"selection": {{"rows": [{row}], "columns": [], "cells": []}}}}'} for row in (4096, -7)
    ],
}


@pytest.mark.parametrize("page", links.PAGES)
def test_values_that_no_control_offers_change_nothing(address, page):
    with session(address) as connection:
        query = "stp=E54000015&a=council17&area=surrey&council=surrey&table=lsoa"
        found = [
            (e.WhichOneof("type"), getattr(e, e.WhichOneof("type"))) for e in elements(answers(connection, query, page))
        ]
        controls = {part.id: MADE_UP[kind] for kind, part in found if getattr(part, "id", "") and kind in MADE_UP}
        for number in range(3):
            made_up = [WidgetState(id=name, **values[number % len(values)]) for name, values in controls.items()]
            said = answers(connection, query, page, widgets=made_up)
            assert drawn(address, said)
            assert "exception" not in [element.WhichOneof("type") for element in elements(said)]


def test_a_client_that_speaks_nonsense_harms_only_itself(address):
    with session(address) as other:
        answers(other, "")
        with session(address) as connection:
            parts = [getattr(e, e.WhichOneof("type")) for e in elements(answers(connection, "stp=E54000015"))]
            ids = {part.id for part in parts if getattr(part, "id", "")}
            for value in ({"string_value": MARK}, {"int_value": 2**62}, {"json_value": "{"}):
                for name in (*sorted(ids)[:6], f"$$ID-0-{MARK}", ""):
                    said = answers(connection, "", widgets=[WidgetState(id=name, **value)])
                    # What Streamlit cannot read is an error of that session, without a word on where or why.
                    told = [e.exception for e in elements(said) if e.WhichOneof("type") == "exception"]
                    assert not [part for part in told if part.stack_trace or MARK in part.message]
            answers(connection, "", "compare", page_script_hash=MARK)
        assert drawn(address, answers(other, "stp=E54000015", "footprint"))


def test_broken_frames_close_their_own_session_only(address):
    with session(address) as other:
        answers(other, "")
        for frame in (b"\xff\xfe", b"\x1a\xb1S\x04>j\x87l", "text", b"\x00" * 70_000, MARK.encode()):
            with session(address) as connection:
                connection.send(frame)
                with pytest.raises(ConnectionClosed):
                    for _ in range(5):
                        assert b"Traceback" not in connection.recv(timeout=10)
        assert drawn(address, answers(other, "stp=E54000015"))


PATHS = ["", *links.PAGES, "_stcore/health", "_stcore/host-config", "app/static/x", "no-such-page", "component/x/y"]


def test_hostile_requests_get_no_server_error(address):
    @hostile.cases(short=60, long=1_000)
    @given(
        st.sampled_from([b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"BREW"]),
        st.sampled_from(PATHS) | st.builds("{}/{}".format, st.sampled_from(PATHS), st.sampled_from(hostile.MARKUP)),
        st.sampled_from(hostile.MARKUP),
        st.booleans(),
    )
    def answered(method, path, said, escape):
        target = f"/{quote(path)}?stp={quote(said)}".encode() if escape else f"/{path}?stp={said}".encode()
        got = raw(address, method + b" " + target + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        head, _, body = got.partition(b"\r\n\r\n")
        status = int(head.split()[1]) if head else 400
        assert status < 500, target[:200]
        assert b"Traceback" not in body and MARK.encode() not in body
        assert b"\r\nSet-Cookie: a=b" not in head

    answered()


@pytest.mark.parametrize(
    "path",
    [
        "app/static/../app.py",
        "app/static/%2e%2e/app.py",
        "app/static/..%2fapp.py",
        "app/static/..%5capp.py",
        "app/static//etc/passwd",
        "app/static/%2fetc%2fpasswd",
        "../app.py",
        "data/blocks.parquet",
        ".streamlit/config.toml",
        "app/static/../data/sources/stp_leads.csv",
        "_stcore/../../app.py",
    ],
)
def test_no_file_beside_the_static_ones_is_served(address, path):
    got = raw(address, f"GET /{path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    assert not re.search(rb"PAR1|root:|import streamlit|enableStaticServing|lead_organisation", got)


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/Footprint?STP=QWU", "/footprint?stp=QWU"),
        ("/footprint%3Fstp=QWU", "/footprint?stp=QWU"),
        ("/What_If/?moves=E38000008%253AE54000014", "/what-if?moves=E38000008:E54000014"),
        ("/?stp=QWU&amp;embed=true&amp;view=map.", "/?stp=QWU&embed=true&view=map"),
        ("/council?council=surrey).&utm_source=x", "/council?council=surrey&utm_source=x"),
    ],
)
def test_a_changed_link_is_led_to_what_it_meant(address, asked, leads):
    got = raw(address, f"GET {asked} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    head = got.partition(b"\r\n\r\n")[0].decode()
    assert " 308 " in head.splitlines()[0]
    location = re.search(r"(?im)^location: (\S+)", head)[1]
    # Relative, so that it holds behind any proxy and leads to no other host.
    assert location.startswith(".") and urljoin(f"{address}{asked}", location) == f"{address}{leads}"
    with urllib.request.urlopen(f"{address}{asked}") as answer:
        assert answer.url == f"{address}{leads}" and answer.status == 200


@pytest.mark.parametrize("path", ["/", "/footprint?stp=QWU&size=9", "/_stcore/health?A=1."])
def test_other_links_are_not_led_anywhere(address, path):
    with urllib.request.urlopen(f"{address}{path}") as answer:
        assert answer.url == f"{address}{path}"


@pytest.mark.parametrize("path", ["/no-such-page?STP=1.", "/static/none.js", "/media/none", "/app/static/none"])
def test_where_nothing_is_the_server_says_so(address, path):
    with pytest.raises(urllib.error.HTTPError) as raised:
        urllib.request.urlopen(f"{address}{path}")
    with raised.value as answer:
        said = answer.read().decode()
    assert answer.code == 404
    assert ("There is no such page" in said) == path.startswith("/no")


def test_a_file_says_that_it_is_utf_8(address):
    with urllib.request.urlopen(f"{address}/files/your-numbers-example.csv") as answer:
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.read().startswith(b"\xef\xbb\xbf")


def test_the_server_sets_one_cookie_against_forged_requests_and_lets_no_other_site_in(address):
    cookies = set()
    for path in ("/", "/_stcore/health", "/_stcore/host-config", "/briefing", manifest.static_url("topo-stp17")):
        asked = urllib.request.Request(address + path, headers={"Origin": "https://example.org"})
        with urllib.request.urlopen(asked) as answer:
            # The outlines are as public as their source; nothing else may be read by other sites.
            if not path.startswith("/app/static/"):
                assert answer.headers["Access-Control-Allow-Origin"] in (None, address)
            cookies |= {cookie.split("=")[0] for cookie in answer.headers.get_all("Set-Cookie") or []}
    assert cookies == {"_streamlit_xsrf"}
    with pytest.raises(InvalidStatus) as refused, session(address, origin="https://example.org"):
        pass
    assert refused.value.response.status_code == 403


def test_an_upload_needs_its_token_and_has_a_limit(address):
    with session(address) as reader:
        said = answers(reader, "", "your-numbers")
        number = next(part.new_session.initialize.session_id for part in said if part.HasField("new_session"))
        with urllib.request.urlopen(f"{address}/_stcore/health") as answer:
            token = answer.headers["Set-Cookie"].split(";")[0].partition("=")[2]

        def put(length: int, **headers: str) -> int:
            given = {"Origin": address, "Content-Length": str(length), **headers}
            lines = "".join(f"{name}: {value}\r\n" for name, value in given.items())
            start = f"PUT /_stcore/upload_file/{number}/made-up HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            return int(raw(address, f"{start}{lines}\r\nx".encode()).split()[1])

        both = {"X-Xsrftoken": token, "Cookie": f"_streamlit_xsrf={token}"}
        assert put(1) == put(1, Cookie=both["Cookie"]) == put(1, **both | {"X-Xsrftoken": "made-up"}) == 403
        # A byte is no form; and one byte too many is refused before it is sent.
        assert put(1, **both) == 400
        assert put(own_table.MOST_BYTES + 1, **both) == 413


def test_the_log_holds_nothing_that_a_reader_asked_for(address, server):
    """Runs last: all the tests above have asked for marked things."""
    secret = "SW1A 1AA and zqxjk-secret"
    with session(address) as connection:
        box = next(e.selectbox.id for e in elements(answers(connection, "")) if e.selectbox.id)
        said = answers(connection, urlencode({"stp": secret}), widgets=[WidgetState(id=box, string_value=secret)])
        urllib.request.urlopen(f"{address}/find.live?q={quote(secret)}").close()
        assert drawn(address, said)
    raw(address, f"GET /?stp={quote(secret)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    written = server.log.read_text(encoding="utf-8")
    assert '"event": "start"' in written
    assert MARK not in written and "SW1A" not in written
