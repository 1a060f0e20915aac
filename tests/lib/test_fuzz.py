"""Whatever a link says, it is read, named, cited and linked without an error, and a stranger's text stays text."""

import csv
import datetime
import io
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import links, tables, text
from lib.hosts import takeaway
from lib.search import finder
from tests import citing, hostile
from tests.hostile import MARK


@pytest.mark.parametrize("path", links.PAGES)
def test_any_link_is_read_named_cited_and_linked(path):
    page = links.PAGES[path]

    @hostile.cases(short=60, long=3_000)
    @given(hostile.parameters(page))
    def reads(said):
        view, notices = links.parse(page, said)
        assert [notice for notice in notices if hostile.unescaped(notice)] == []
        assert all(len(notice) < 2_000 for notice in notices) and len(notices) < 30
        assert hostile.unnamed(said, page, notices) == []
        link = links.link(view)
        cited = takeaway.citation(citing.cited(view), "1.0.0", datetime.date(2026, 11, 5))
        query = links.query(view)
        for written in (cited, *(value for name, value in query.items() if name not in hostile.FREE)):
            assert MARK not in written
        for written in (link, cited, *query.values()):
            assert written.encode() and not any(ord(character) < 32 for character in written)
        assert link.isascii()
        # What is linked is understood in full: nothing of it would be ignored.
        assert links.parse(page, {name: [value] for name, value in links.query(view).items()}) == (view, [])

    reads()


@hostile.cases(short=100, long=3_000)
@given(hostile.values | st.text(st.characters(categories=["Cs", "Cc", "Cf", "Lo"])))
def test_quoted_and_escaped_text_is_plain_text(said):
    quoted = text.quoted(said)
    assert hostile.unescaped(quoted) is None and len(quoted) <= 62 and quoted.encode()
    (_, line, *_) = [*hostile.MarkdownIt("commonmark").parse(f"Name {text.escaped(said)}")]
    assert {part.type for part in line.children} == {"text"}


@hostile.cases(short=100, long=3_000)
@given(hostile.values)
def test_any_search_is_answered(said):
    hits = finder.find(said)
    assert all(MARK not in hit.name + hit.detail for hit in hits)
    if not hits:
        assert hostile.unescaped(finder.nothing_found(said)) is None


@hostile.cases(short=50, long=1_000)
@given(st.lists(st.tuples(hostile.values, st.floats()), min_size=1), st.sampled_from(hostile.MARKUP))
def test_no_download_holds_a_formula(rows, head):
    names = pd.Series([name for name, _ in rows], dtype="object")
    table = pd.DataFrame({head: names, "value": [value for _, value in rows]})
    written = tables.csv(table).decode("utf-8-sig")
    # Read by another program than the one that wrote it.
    csv.field_size_limit(10**7)
    heads, *back = csv.reader(io.StringIO(written, newline=""))
    texts = [heads[0], *(name for name, _ in back)]
    assert len(back) == len(rows)
    assert not any(said.lstrip().startswith(("=", "+", "-", "@", "＝")) or said[:1] in ("\t", "\r") for said in texts)
    for (_, value), (_, said) in zip(rows, back, strict=True):
        assert said == "" if math.isnan(value) else float(said) == pytest.approx(value, abs=1e-4)
