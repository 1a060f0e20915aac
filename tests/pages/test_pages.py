"""What holds for every page: its links lead somewhere, it can be written in every form, it has few controls."""

from urllib.parse import parse_qs, urlsplit

import pytest

from lib import links
from lib.content import data, html
from lib.content.blocks import Chart, MapFigure
from lib.content.document import Document, walk
from lib.content.page import Page
from lib.hosts import library
from pages import PAGES
from pages.sources.view import SourcesView
from tests.lib.content.test_html import Elements
from tests.maps import href
from tests.record import held

MOST_CONTROLS = 8


def views() -> list[tuple[Page, object]]:
    """Every page as it opens, and the recorded views of all that is not one of the 44 or 152 like it."""
    shown = []
    for page in PAGES:
        recorded = list(held.views(page))
        several = recorded[:: max(1, len(recorded) // 4)]
        parsed = [links.parse(page.view, parse_qs(urlsplit(link).query))[0] for link in several]
        shown += [(page, view) for view in (page.view(), *parsed)]
    return shown


VIEWS = views()
each_view = pytest.mark.parametrize(("page", "view"), VIEWS, ids=[links.link(view) for _, view in VIEWS])


def document_of(page: Page, view: object) -> Document:
    return page.document(view, None) if page.session else page.document(view)


@each_view
def test_every_link_inside_leads_to_a_view_that_is_understood(page, view):
    document = document_of(page, view)
    written = html.rendered(document.blocks) + html.inline(document.lead)
    keys = {item["id"] for _, item in Elements(written).elements if item.get("id")}
    drawn = {
        href(areas, code)
        for block in document.all_of(MapFigure)
        for areas in block.map.areas
        for code in list(areas.class_of)[::50]
    }
    assert all("{code}" in block.link for block in document.all_of(Chart) if block.link)
    for address in {item["href"] for item in Elements(written).every("a")} | drawn - {""}:
        parts = urlsplit(address)
        if parts.scheme:
            continue
        if not parts.path:
            assert parts.fragment in keys, address
            continue
        if parts.path == "/api":
            continue
        if parts.path.startswith("/files/"):
            assert library.has(parts.path.removeprefix("/files/")), address
            continue
        # A file of a view has its address with an ending, and the name of a table.
        path, _, ending = parts.path.removeprefix("/").partition(".")
        opened, said = links.page_at(path), parse_qs(parts.query)
        assert opened is not None, address
        if ending and "table" in said and opened is not SourcesView:
            assert said.pop("table")[0] in {table.key for table in document.tables()}, address
        assert links.parse(opened, said)[1] == [], address


@each_view
def test_every_document_is_whole(page, view):
    document = document_of(page, view)
    assert document.title and document.description
    keys = [(type(block), block.key) for block in walk(document.blocks) if getattr(block, "key", "")]
    assert len(keys) == len(set(keys)), "two blocks of a kind with one key"
    for table in document.tables():
        names = [column.key for column in table.columns]
        assert len(names) == len(set(names)) and all(name == name.lower() and " " not in name for name in names)
        assert all(len(row) == len(names) for row in table.rows), table.key
        assert not table.links or len(table.links) == len(table.rows)
        assert not table.codes or len(table.codes) == len(table.rows)
        shares = [n for n, column in enumerate(table.columns) if column.kind == "share"]
        assert all(row[n] is None or 0 <= row[n] <= 1 + 1e-9 for row in table.rows for n in shares), table.key
    data.json_text(data.contents(document))


@pytest.mark.parametrize("page", PAGES, ids=[page.path for page in PAGES])
def test_a_page_has_few_controls_and_each_sets_a_parameter(page):
    controls = page.controls(page.view())
    assert len([control for control in controls if not control.folded]) <= MOST_CONTROLS
    assert {control.field for control in controls} <= set(page.view.__dataclass_fields__)
