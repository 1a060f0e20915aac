"""Scripts and style sheets are fetched from addresses that name their content."""

import pytest

from lib.browser import assets


def without_comments(name: str) -> list[str]:
    """Return the lines of a file that are not, as a whole, part of a comment, read line by line."""
    lines, inside = [], False
    for line in (assets.FOLDER / name).read_text().splitlines():
        start = line.strip()
        if inside or start.startswith("/*"):
            assert "*/" not in line or start.endswith("*/")
            inside = not start.endswith("*/")
        elif not start.startswith("//"):
            lines.append(line)
    return lines


def test_every_file_stands_at_its_address_with_its_type_and_without_comments():
    for name in assets.files():
        content, kind = assets.served(assets.url(name).removeprefix(assets.PREFIX))
        if name.startswith("vendor/"):
            assert content == (assets.FOLDER / name).read_bytes() and b"LICENCES.txt" in content[:400]
        else:
            assert content.decode().splitlines() == without_comments(name)
        assert kind == {"js": "text/javascript", "css": "text/css"}[name.rpartition(".")[2]]


def test_the_library_of_charts_is_the_one_of_its_package():
    content, kind = assets.served(assets.charts_url().removeprefix(assets.PREFIX))
    assert b"plotly.js v" in content[:200] and kind == "text/javascript"


@pytest.mark.parametrize("path", ["", "tables.js", "0123456789/tables.js", "../assets.py", "plotly.0123456789.js"])
def test_nothing_else_stands_there(path):
    with pytest.raises(LookupError):
        assets.served(path)


@pytest.mark.parametrize("name", ["none.js", "assets.py", "../assets.py"])
def test_only_scripts_and_style_sheets_of_the_folder_stand_there(name):
    with pytest.raises(LookupError):
        assets.served(f"{assets.version()}/{name}")
    with pytest.raises(KeyError):
        assets.url(name)
