"""The app as it is served to many: ready with its data, files for browsers to keep, logs, and an end without harm."""

import asyncio
import json
import re
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest
from websockets.exceptions import ConnectionClosed

from deploy import replicas
from geo import manifest, paths
from lib import links
from pages.map.view import MapView
from tests import servers
from tests.client import Session
from tests.loops import ran


@pytest.fixture(scope="module")
def served() -> Iterator[servers.Server]:
    """Start a server of our own."""
    with servers.running("app") as server:
        yield server


def test_the_same_link_gives_the_same_view_to_a_new_session(served):
    query = links.link(MapView(stp="E54000030", colour="lead", lead=("ccg",))).partition("?")[2]

    async def view() -> tuple[list[str], str]:
        async with Session(served.address) as session:
            await session.open("", query.replace("E54000030", "E54000015"))
            shown, link = list(session.text()), session.query
        async with Session(served.address) as session:
            await session.open("", link)
            assert list(session.text()) == shown
        return shown, link

    shown, link = ran(view())
    assert "Leicester, Leicestershire and Rutland" in shown and "stp=E54000015" in link and "lead=ccg" in link


def test_a_server_is_ready_logs_nothing_of_its_readers_and_stops_without_harm(served):
    with urllib.request.urlopen(f"{served.address}/healthz") as answer:
        assert json.load(answer) == {"ready": True, "problems": 0}
    with urllib.request.urlopen(served.address + manifest.static_url("topo-stp17")) as answer:
        assert "immutable" in answer.headers["Cache-Control"]
        assert len(json.load(answer)["objects"]["stp17"]["geometries"]) == 44
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{served.address}/app/static/topo-stp17.0000000000.json")

    for _ in range(2):
        urllib.request.urlopen(
            f"{served.address}/footprint.csv?stp=QK1&nonsense=my%20private%20words&table=ccgs"
        ).close()
    said = f"{served.address}/took-over?page=/footprint&after=1834"
    assert urllib.request.urlopen(urllib.request.Request(said, method="POST")).status == 204

    async def read_until_the_end() -> tuple[list[str], int]:
        async with Session(served.address) as session:
            await session.open("", "stp=QK1&nonsense=my%20private%20words")
            shown = list(session.text())
            served.process.send_signal(signal.SIGTERM)
            with pytest.raises(ConnectionClosed) as closed:
                async with asyncio.timeout(15):
                    while True:
                        await session.socket.recv()
            return shown, closed.value.rcvd.code

    shown, code = ran(read_until_the_end())
    assert "Leicester, Leicestershire and Rutland" in shown
    # A browser takes this for a restart and connects again.
    assert code == 1012
    assert served.process.wait(15) == 0
    logged = served.log.read_text()
    lines = [json.loads(line) for line in logged.splitlines()]
    assert [line["event"] for line in lines if line["logger"] == "footprints"][-1] == "stop"
    counted = {(line["page"], line["form"]): line for line in lines if line["event"] == "answers"}
    assert counted["footprint", "csv"]["answers"] == 2
    assert (counted["footprint", "live"]["answers"], counted["footprint", "live"]["slowest"]) == (1, 1834)
    assert counted["nowhere", "none"]["missing"] == 1
    assert "private" not in logged and "127.0.0.1" not in logged and "Traceback" not in logged


def answered(address: str, path: str) -> tuple[int, str, str, int]:
    """Return what stands in the head of an answer, and the size of what it sends."""
    try:
        with urllib.request.urlopen(address + path) as answer:
            kinds = [answer.headers[name] for name in ("Content-Type", "Cache-Control")]
            return answer.status, *kinds, len(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, "", "", 0


def test_both_commands_serve_the_same(for_many, for_one):
    outlines = manifest.static_url("topo-stp17")
    found = ["/", "/footprint", "/healthz", "/_stcore/health", "/favicon.png", "/favicon.ico", "/api", "/api/v1/layers"]
    missing = ["/app/static/x", "/app/static/", "/app/static/topo-stp17.json", "/app/static/topo-stp17", "/media/x"]
    for path in (outlines, *found, *missing):
        status, *rest = answered(for_one.address, path)
        assert status == (404 if path in missing else 200), path
        assert answered(for_many.address, path) == (status, *rest)
    assert answered(for_one.address, outlines)[2:] == (
        "public, max-age=31536000, immutable",
        (paths.ROOT / outlines.removeprefix("/app/")).stat().st_size,
    )
    assert '"event": "start"' in for_one.log.read_text() and '"event": "start"' in for_many.log.read_text()


def test_the_configuration_of_the_proxy_is_sound(tmp_path):
    text = replicas.configured(replicas.CONFIGURATION.read_text(), 8530, [8531, 8532], tmp_path)
    assert re.findall(r"server 127\.0\.0\.1:(\d+)", text) == ["8531", "8532"] and "listen 127.0.0.1:8530;" in text
    nginx = replicas.nginx()
    if nginx is None:
        pytest.skip("nginx is not installed")
    (tmp_path / "nginx").mkdir()
    written = tmp_path / "nginx.conf"
    written.write_text(text)
    found = subprocess.run([nginx, "-t", "-c", written, "-p", tmp_path], capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr


def test_the_baseline_of_the_benchmarks_runs():
    page = AppTest.from_file(str(paths.ROOT / "benchmarks" / "baseline" / "app.py"), default_timeout=30).run()
    assert not page.exception
    page.selectbox[0].select("E54000015").run()
    assert [element.value for element in page.header] == ["Leicester, Leicestershire and Rutland"]
