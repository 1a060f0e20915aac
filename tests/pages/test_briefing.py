"""What the page with a briefing says, and the files that it leads to."""

import io

import pypdfium2
import pytest
from PIL import Image
from starlette.applications import Starlette

from lib import briefing, links
from lib.briefing import content
from lib.briefing.view import BriefingView
from lib.content.blocks import Facts, Links, MapFigure, Table
from lib.content.formats import plain
from lib.hosts.web import answers, forms
from pages.briefing.page import PAGE
from tests.lib.hosts.asking import ask


@pytest.mark.parametrize(
    ("view", "maps"),
    [
        (BriefingView(stp="E54000015"), 1),
        (BriefingView(stp="E54000015", other="E54000018"), 2),
        (BriefingView(council="E10000030"), 1),
        (BriefingView(acs="berkshire-west"), 1),
        (BriefingView(moves="E38000008:E54000014"), 2),
    ],
)
def test_the_page_says_what_its_file_says(view, maps):
    document, made = PAGE.document(view), briefing.build(view)
    assert made.title in plain(document.lead)
    assert len(list(document.all_of(MapFigure))) == maps == len(document.main)
    blocks = (*made.left, *made.right, *made.below)
    facts = [
        (row.label, row.value)
        for block in blocks
        if hasattr(block, "rows") and not hasattr(block, "head")
        for row in block.rows
    ]
    assert [(fact.label, fact.value) for group in document.all_of(Facts) for fact in group.items] == facts
    tables = [block.rows for block in blocks if isinstance(block, content.Table)]
    assert [table.rows for table in document.all_of(Table)] == tables


def test_a_comparison_can_be_turned_round_and_a_subject_replaces_another():
    document = PAGE.document(BriefingView(stp="E54000015", other="E54000018"))
    ways = {link.words: link.href for group in document.all_of(Links) for link in group.items}
    assert ways["The other way round"] == links.link(BriefingView(stp="E54000018", other="E54000015"))
    stp, compared, council, area = PAGE.controls(BriefingView(stp="E54000015"))
    assert "E54000015" not in compared.options
    assert council.chosen(BriefingView(stp="E54000015"), "E10000012") == BriefingView(council="E10000012")
    assert len(PAGE.controls(BriefingView())) == 3 and stp.field == "stp" and area.field == "acs"


def test_its_files_are_made_of_the_link_and_lead_back_to_where_it_was_asked_for():
    app = Starlette(routes=forms.routes((PAGE,), answers.Answers()))
    paths = [f"/briefing.{form}?stp=QMK" for form in ("pdf", "html", "svg", "png")]
    pdf, html, svg, png = ask(app, *paths, host="footprints.example")
    page = pypdfium2.PdfDocument(io.BytesIO(pdf.body))
    assert len(page) == 1
    assert "http://footprints.example/footprint?stp=E54000045" in page[0].get_textpage().get_text_range()
    assert pdf.headers["content-disposition"] == 'inline; filename="footprints-E54000045.pdf"'
    assert b"Hambleton" in html.body and svg.body.startswith(b"<svg")
    assert all("default-src 'none'" in sent.headers["content-security-policy"] for sent in (html, svg))
    assert Image.open(io.BytesIO(png.body)).width > 2000


def test_without_a_subject_there_is_no_file_and_the_page_says_what_a_briefing_is():
    (sent,) = ask(Starlette(routes=forms.routes((PAGE,), answers.Answers())), "/briefing.pdf")
    assert sent.status == 404 and b"Nothing is chosen" in sent.body
    assert "one page to print" in plain(PAGE.document(BriefingView()).lead)
    assert all(form.name(BriefingView()) is None for form in PAGE.forms)
