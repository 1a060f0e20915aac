"""Views in other forms at their address."""

import io
import json
import re
from html import unescape
from urllib.parse import quote

import geopandas
import pandas
import pytest
from PIL import Image
from starlette.applications import Starlette
from starlette.responses import Response

from geo import manifest
from lib.content.blocks import Facts
from lib.content.document import Document
from lib.content.page import Form, Page
from lib.hosts import settings, takeaway
from lib.hosts.web import answers, forms, pictures, still, unknown, upkeep
from pages import COUNCIL, FOOTPRINT, PAGES, SOURCES, WHAT_IF
from pages.glossary.view import GlossaryView
from tests import sums
from tests.lib.hosts.asking import ask


def made(view: GlossaryView, link: str) -> bytes:
    if not view.term:
        raise LookupError("No term is chosen.")
    return f"{view.term} {link}".encode()


PAGE = Page(
    path="glossary",
    name="Words",
    answers="What words mean.",
    view=GlossaryView,
    document=lambda view: Document("Words", "What words mean.", ()),
    cited=lambda view: "words",
    forms=(Form("txt", "As text", "text/x-own", made, lambda view: f"{view.term}.txt" if view.term else None),),
)


def test_a_form_of_one_page_is_sent_with_the_link_in_full_and_offered_where_there_is_one():
    app = Starlette(routes=forms.routes((PAGE,), answers.Answers()))
    sent, none = ask(app, "/glossary.txt?term=LSOA", "/glossary.txt?term=none", host="footprints.example")
    assert (sent.status, sent.headers["content-type"].partition(";")[0]) == (200, "text/x-own")
    assert sent.body == b"lsoa http://footprints.example/glossary?term=lsoa&kind=all"
    assert (none.status, none.body) == (404, b"No term is chosen.\n")

    def offered(view: GlossaryView) -> list[takeaway.File]:
        return [file for file in takeaway.files(PAGE, view, PAGE.document(view)) if file.words == "As text"]

    assert offered(GlossaryView("lsoa")) == [takeaway.File("As text", "/glossary.txt?term=lsoa&kind=all", "lsoa.txt")]
    assert offered(GlossaryView()) == []


@pytest.fixture
def app():
    return Starlette(routes=[*forms.routes(PAGES, answers.Answers()), *upkeep.routes(PAGES)])


@pytest.fixture(scope="module", autouse=True)
def _no_process_left():
    yield
    pictures.stop()


def test_csv_says_where_its_columns_are_explained(app):
    (sent,) = ask(app, "/footprint.csv?stp=QK1&table=councils")
    table = pandas.read_csv(io.BytesIO(sent.body))
    assert table.shape[0] == 3
    described = re.search(r'<([^>]+)>; rel="describedby"', sent.headers["link"])[1]
    assert 'rel="license"' in sent.headers["link"] and 'rel="canonical"' in sent.headers["link"]
    (dictionary,) = ask(app, described)
    said = json.loads(dictionary.body)
    assert [column["name"] for column in said["columns"]] == list(table.columns)
    assert said["data_version"] in said["citation"] and said["view"] == "/footprint?stp=E54000015"
    (missing,) = ask(app, "/footprint.csv?stp=QK1&table=nothing")
    assert missing.status == 404 and b"It has: " in missing.body and b"councils" in missing.body


def test_geojson_has_the_areas_of_the_map_with_their_classes(app):
    (sent,) = ask(app, "/map.geojson?colour=rating&lead=ccg")
    frame = geopandas.read_file(io.BytesIO(sent.body))
    assert len(frame) == 44 and frame.crs.to_epsg() == 4326 and frame.is_valid.all()
    assert set(frame["map"]) == {"footprints"}
    by_class = frame.groupby("class").size()
    assert (
        by_class["Outstanding"],
        by_class["Needs most improvement"],
        by_class[sums.UNKNOWN_RATING],
    ) == (5, 5, 17)
    assert 0 < (~frame["filtered_out"]).sum() < 44
    (none,) = ask(app, "/glossary.geojson?term=lsoa")
    assert (none.status, none.body) == (404, b"This view has no map.\n")


def test_pictures_of_a_view_are_drawn_for_print_and_for_previews(app):
    svg, png, card, words = ask(
        app, *(f"/footprint.{form}?stp=QK1" for form in ("svg", "png", "card")), "/glossary.card"
    )
    assert "default-src 'none'" in svg.headers["content-security-policy"]
    assert svg.headers["x-content-type-options"] == "nosniff"
    assert b"<script" not in svg.body and b"Leicester, Leicestershire and Rutland" in svg.body
    assert Image.open(io.BytesIO(png.body)).info["dpi"] == pytest.approx((300, 300), abs=0.1)
    for one in (card, words):
        assert one.headers["content-type"] == "image/png" and Image.open(io.BytesIO(one.body)).size == (1200, 630)


def test_every_view_offers_its_files_and_each_is_there(app):
    quick = []
    for page, view in (
        (COUNCIL, COUNCIL.view(council="E10000012")),
        (WHAT_IF, WHAT_IF.view(moves="E38000008:E54000014")),
        # Its links have a parameter of the name by which a file is asked for.
        (SOURCES, SOURCES.view(table="stp_ratings")),
    ):
        document = page.document(view, None) if page.session else page.document(view)
        files = takeaway.files(page, view, document)
        assert len({file.address for file in files}) == len(files)
        quick += [file.address for file in files if ".png?" not in file.address]
    for sent, address in zip(ask(app, *quick), quick, strict=True):
        assert sent.status == 200 and sent.body, address


def test_the_files_of_an_opened_table_are_of_it(app):
    opened, plain, one, rows = ask(
        app,
        "/sources.json?table=stp_ratings",
        "/sources.json",
        "/sources.csv?table=totals",
        "/sources.csv?table=stp_ratings&table=rows",
    )
    told = json.loads(opened.body)
    assert told["view"] == "/sources?table=stp_ratings" and not told["notices"]
    names = [{table["name"] for table in json.loads(sent.body)["tables"]} for sent in (opened, plain)]
    assert names[0] - names[1] == {"evidence_of_table", "columns", "rows"}
    assert one.body.startswith(b"\xef\xbb\xbffact,class,") and rows.body.count(b"\n") == 45


def test_machines_are_told_which_pages_there_are(app, monkeypatch):
    none, robots, version = ask(app, "/sitemap.xml", "/robots.txt", "/version")
    assert none.status == 404 and b"Sitemap" not in robots.body and b"Disallow: /find" in robots.body
    assert json.loads(version.body)["data"] == manifest.read()["version"]
    monkeypatch.setattr(settings, "origin", lambda: "https://footprints.example")
    sitemap, robots = ask(app, "/sitemap.xml", "/robots.txt")
    addresses = re.findall(r"<loc>([^<]+)</loc>", sitemap.body.decode())
    # 44 footprints, 152 councils, 10 ACS areas, and the pages themselves.
    assert len(addresses) == len(set(addresses)) == 44 + 152 + 10 + len(PAGES)
    assert all(address.startswith("https://footprints.example/") for address in addresses)
    assert b"Sitemap: https://footprints.example/sitemap.xml" in robots.body


def test_what_is_nowhere_is_said_to_be_and_the_rest_is_left_alone():
    async def below(scope, receive, send):
        await Response("below")(scope, receive, send)

    app = unknown.Unknown(below, frozenset({"/", "/council"}), lambda: Response("nothing", 404))
    left = ["/", "/council", "/council/_stcore/health", "/_stcore/stream", "/static/x.js", "/media/x", "/component/x"]
    nowhere = ["/councll", "/council/", "/x/_stcore/health", "/static", "/favicon.gif", "/..", "/council.exe"]
    assert all(sent.body == b"below" for sent in ask(app, *left))
    assert all((sent.status, sent.body) == (404, b"nothing") for sent in ask(app, *nowhere))


def test_other_sites_are_told_how_to_show_a_link(app, monkeypatch):
    asked = "/oembed?url=https%3A%2F%2Ffootprints.example%2Ffootprint%3Fstp%3DQK1&maxwidth=400"
    (unknown_yet,) = ask(app, asked)
    assert unknown_yet.status == 404
    monkeypatch.setattr(settings, "origin", lambda: "https://footprints.example")
    told, foreign, nowhere, xml = ask(
        app,
        asked,
        "/oembed?url=https%3A%2F%2Ffootprints.example.evil%2Ffootprint",
        "/oembed?url=https%3A%2F%2Ffootprints.example%2Fnothing",
        f"{asked}&format=xml",
    )
    said = json.loads(told.body)
    assert (said["type"], said["version"], said["width"]) == ("rich", "1.0", 400)
    assert said["title"] == "Leicester, Leicestershire and Rutland - Footprints"
    source = "https://footprints.example/footprint?stp=E54000015&amp;embed=true&amp;view=map"
    assert f'src="{source}"' in said["html"] and said["thumbnail_url"].startswith(
        "https://footprints.example/footprint.card?"
    )
    assert (foreign.status, nowhere.status, xml.status) == (404, 404, 501)


@pytest.mark.parametrize(
    ("place", "begins"),
    [
        ("mailto:facts@example.org", "mailto:facts@example.org?subject=Footprints%3A%20an%20error%20in%20a%20fact"),
        ("https://code.example/issues/new?label=fact", "https://code.example/issues/new?label=fact&title=Footprints"),
    ],
)
def test_an_error_is_reported_from_the_fact_itself(monkeypatch, place, begins):
    view = FOOTPRINT.view(stp="E54000015")
    document = FOOTPRINT.document(view)
    assert "Report an error" not in "".join(still.content(FOOTPRINT, view, document, "all"))
    monkeypatch.setattr(settings, "reports", lambda: place)
    monkeypatch.setattr(settings, "origin", lambda: "https://footprints.example")
    page = "".join(still.content(FOOTPRINT, view, document, "all"))
    addresses = re.findall(r'href="([^"]+)"[^>]*>Report an error<', page)
    # One for each fact that says where it is from, each naming its fact and the view, none saying what it says.
    sourced = [fact.label for block in document.all_of(Facts) for fact in block.items if fact.source or fact.note]
    assert len(sourced) > 2 and len(addresses) == len(sourced)
    for label, address in zip(sourced, map(unescape, addresses), strict=True):
        assert address.startswith(begins)
        assert quote(f"({label})", safe="") in address
        assert address.endswith(f"body={quote('https://footprints.example/footprint?stp=E54000015', safe='')}")
