"""The house stands as docs/ARCHITECTURE.md says: arrows run one way, a page is a folder and a line."""

import ast
import importlib.util
import io
import json
import re
import shlex
import sys
from pathlib import Path

import openpyxl
import pandas
import pytest
from starlette.applications import Starlette

from geo import paths
from geo.__main__ import main as geo_command
from lib import links
from lib.hosts.web import answers, forms
from lib.hosts.web import pages as behind
from pages import PAGES
from tests.lib.hosts.asking import ask

ROOT = paths.ROOT
ARCHITECTURE = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Who may know Streamlit besides lib/hosts/live and the sessions of pages, and why. The list only shrinks.
STREAMLIT = {
    "lib/hosts/files.py": "serves the files that Streamlit's own page asks for",
    "lib/hosts/web/shell.py": "takes Streamlit's index page apart",
    "lib/hosts/web/versions.py": "its version is part of the code's",
    "pages/live.py": "the main script",
}


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports, from the top of their package on."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


def files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize(("room", "beyond"), [("geo", ("lib", "pages", "app")), ("lib", ("pages", "app"))])
def test_arrows_run_one_way(room, beyond):
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in files(room)
        for name in imported(path)
        if name.partition(".")[0] in beyond and path.name != "__main__.py"
    ]
    assert not wrong


def test_only_hosts_and_sessions_know_streamlit():
    known = set()
    for path in (path for room in ("geo", "lib", "pages") for path in files(room)):
        name = path.relative_to(ROOT).as_posix()
        knows = any(module.partition(".")[0] == "streamlit" for module in imported(path))
        if knows and not name.startswith("lib/hosts/live/") and path.name != "session.py":
            known.add(name)
    assert known <= set(STREAMLIT), "Streamlit beyond its rooms"
    assert known == set(STREAMLIT), "the list of exceptions has entries that are none"


def test_pages_do_not_know_each_other_nor_the_parts_of_another():
    for page in PAGES:
        folder = ROOT / "pages" / (page.path.replace("-", "_") or "map")
        assert (folder / "page.py").is_file()
        for path in folder.rglob("*.py"):
            others = {name for name in imported(path) if name.startswith("pages.")}
            assert all(name.startswith(f"pages.{folder.name}") for name in others), path


def test_no_file_repeats_the_name_of_its_folder():
    for room in ("geo", "lib", "pages"):
        for path in files(room):
            assert path.parent.name not in path.stem.split("_") or path.stem == path.parent.name == "live", path


def test_tests_measure_no_time():
    """Benchmarks do, beside a baseline: how long a thing takes on a busy machine says nothing."""
    clocks = re.compile(r"\b(perf_counter|process_time)\b")
    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if path.name != Path(__file__).name]
    assert len(tests) > 100
    assert not [path.name for path in tests if clocks.search(path.read_text(encoding="utf-8"))]


def test_the_readme_lists_every_page_with_what_it_answers():
    rows = re.findall(r"(?m)^\| (.+?) `/([\w-]*)` \| (.+?) \|$", README)
    assert [(name, path) for name, path, _ in rows] == [(page.name, page.path) for page in PAGES]


@pytest.fixture
def sizes(tmp_path):
    """The page of docs/ARCHITECTURE.md, built from its text alone."""
    (code,) = re.findall(r"```python\n(.*?)```", ARCHITECTURE, re.DOTALL)
    path = tmp_path / "page.py"
    path.write_text(code, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("sizes_page", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    before = dict(links.PAGES)
    links.know(module.PAGE.path, module.PAGE.view)
    yield module.PAGE
    del sys.modules[spec.name]
    links.PAGES.clear()
    links.PAGES.update(before)


def test_the_page_of_the_example_is_there_in_all_its_forms(sizes):
    kept = answers.Answers()
    app = Starlette(routes=[*forms.routes((sizes,), kept), *behind.routes((sizes,), kept)])
    html, table, data, book, areas, picture, framed = ask(
        app,
        *(f"/sizes{form}?least=1500" for form in ("", ".csv", ".json", ".xlsx", ".geojson", ".svg")),
        "/sizes?least=1500&embed=true",
    )
    assert all(one.status == 200 for one in (html, table, data, book, areas, picture, framed))
    rows = pandas.read_csv(io.BytesIO(table.body))
    assert (rows["residents"] >= 1_500_000).all() and rows["stp"][0] == "Greater Manchester"
    said = f"{len(rows)} of 44 footprints have at least 1500 thousand residents"
    assert said in html.body.decode() and said in framed.body.decode()
    assert json.loads(data.body)["title"] == said
    assert openpyxl.load_workbook(io.BytesIO(book.body))["sizes"].max_row == len(rows) + 1
    assert len(json.loads(areas.body)["features"]) == 44 and picture.body.startswith(b"<svg")
    # Its box is a field of the form, which leads to the link of what was typed.
    assert b'name="least"' in html.body
    (led,) = ask(app, "/sizes?form=least%3D1500&least=2000")
    assert led.headers["location"] == "./sizes?least=2000"


COMMANDS = [
    shlex.split(line.strip(), comments=True)
    for line in re.findall(r"(?m)^    python -m geo (.+)$", README)
    if not line.startswith(("--help", "optimum", "check"))
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_the_commands_of_the_readme_run(command, capsys, monkeypatch):
    words = command[: command.index(">")] if ">" in command else command
    assert geo_command(words) == 0
    assert len(capsys.readouterr().out.splitlines()) >= 1


def test_the_commands_for_machines_are_those_of_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in set(
        re.findall(r"`?make ([a-z-]+)", README + (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    ):
        assert re.search(rf"(?m)^{command}:", makefile), command
    assert re.search(r"exec make test\s*$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    workflow = (ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8")
    assert "bash .ci/run" in workflow
