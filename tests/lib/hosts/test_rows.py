"""Long tables are left to the browser: it fetches the same rows that a document behind a link has in full."""

import re
from dataclasses import replace
from html import unescape

from starlette.applications import Starlette

from lib.content import html
from lib.hosts import contents
from lib.hosts.web import answers, forms
from pages.coterminosity.page import PAGE
from pages.coterminosity.view import CoterminosityView
from tests.lib.hosts.asking import ask

VIEW = CoterminosityView(area="E10000030")


def test_tables_of_many_rows_are_fetched_and_others_travel_with_the_page():
    shown = PAGE.document(VIEW)
    long = {table.key for table in shown.tables() if len(table.rows) > contents.MOST_ROWS}
    assert {"areas", "lsoas"} <= long and "parts" not in long
    written = "".join(contents.of(PAGE, VIEW, shown, "all")["body"]["blocks"])
    sources = dict(re.findall(r'data-table="(\w+)" data-src="([^"]+)"', written))
    assert set(sources) == long
    assert "E01030421" not in written and "Sussex and East Surrey" in written
    # What only a session knows stands behind no address.
    others = replace(shown, blocks=tuple(replace(one, title="Mine") for one in shown.tables()))
    assert "data-src" not in "".join(contents.of(PAGE, VIEW, others, "all")["body"]["blocks"])

    sent = ask(Starlette(routes=forms.routes((PAGE,), answers.Answers())), *map(unescape, sources.values()))
    for answer, key in zip(sent, sources, strict=True):
        table = next(one for one in shown.tables() if one.key == key)
        assert answer.status == 200 and answer.body.decode() == html.rendered((table,))
        assert answer.body.count(b"<tr") == len(table.rows) + 1
