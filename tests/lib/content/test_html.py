"""Documents as HTML: what a browser makes of them, and that nothing of a stranger's becomes markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.content import html
from lib.content.blocks import (
    Bar,
    Bars,
    Chart,
    Code,
    Column,
    Copyable,
    Fact,
    Facts,
    Group,
    Link,
    Links,
    Listing,
    MapFigure,
    Notices,
    Part,
    Picture,
    Prose,
    Section,
    Strong,
    Table,
)
from lib.evidence import Grade
from lib.figures.maps import Map
from lib.themes import Category, LegendEntry

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt;"


class Elements(HTMLParser):
    """The elements of a piece of HTML with their attributes, and its text."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def every(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def every_block(text: str, address: str = "/?x=1") -> tuple:
    """One block of every kind, with the same text wherever text may stand."""
    link = Link(text, address, text)
    words = (text, Strong(text), Code(text), link)
    fact = Fact(
        text, text, text, detail=words, as_of="2017", evidence=Grade(text, text), source=text, note=text, hint=link
    )
    colour = Category(text, text, "#ffffff", "#000000", text, "gap")
    table = Table(
        text, text, (Column(text, text, note=text), Column("n", text, "count")), ((text, 1), (link, None)),
        links=(address, address), codes=(text, text), swatches=(colour, colour), chosen=frozenset({text}),
        caption=words,
    )  # fmt: skip
    legend = (LegendEntry(colour, 1, 1),)
    return (
        Prose(words, "lead"),
        Listing((words, text)),
        Copyable(text, text),
        Facts((fact,)),
        table,
        Bars(text, (Bar(text, text, (Part(colour, 0.5), Part(colour, 0.5)), link, text),)),
        MapFigure(text, Map(text, text, ()), legend, text, text, words),
        Chart(text, dict, text, 200, address, words),
        Picture("/x.svg", text),
        Links((link,), text),
        Notices((words,)),
        Section(text, (Section(text, (Prose(text),), text, folded=True),), text),
        Group(((Prose(text),), (Prose(text),)), (2, 1)),
    )


SAFE_TAGS = {
    *("p", "strong", "code", "a", "ul", "ol", "li", "div", "blockquote", "button", "dl", "dt", "dd", "b", "span"),
    *("details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"),
    *("section", "h2", "h3", "img"),
}
SAFE_ATTRIBUTES = {
    *(
        "class",
        "href",
        "title",
        "rel",
        "role",
        "scope",
        "style",
        "id",
        "type",
        "hidden",
        "aria-label",
        "aria-hidden",
        "data-copy",
        "src",
        "alt",
        "loading",
    ),
    *("data-fact", "data-table", "data-src", "data-code", "data-value", "data-map", "data-class", "data-chart"),
}


@given(st.one_of(st.just(EVIL), st.text(), st.text("<>\"'&/=` ;:()javascript")))
def test_no_text_becomes_markup(text):
    plain, said = Elements(html.rendered(every_block("x"))), Elements(html.rendered(every_block(text or "x")))
    assert [tag for tag, _ in said.elements] == [tag for tag, _ in plain.elements]
    assert {tag for tag, _ in said.elements} <= SAFE_TAGS
    assert {name for _, attributes in said.elements for name in attributes} <= SAFE_ATTRIBUTES


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "\x01javascript:x",
     "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//elsewhere.example", "/\\elsewhere.example", "\\\\x",
     "blob:x", "https://[", "http://a\tb"],
)  # fmt: skip
def test_an_address_of_a_kind_that_is_not_allowed_stays_text(address):
    said = Elements(html.inline((Link("words", address), " on")))
    assert said.elements == []
    assert said.text == "words on"
    assert html.rendered((Picture(address, "words"),)) == ""


@pytest.mark.parametrize(
    "address",
    ["/?stp=E54000015", "/council?council=E10000018", "#members", "https://www.england.nhs.uk/x?a=1&b=2",
     "mailto:facts@example.org", "?a=b"],
)  # fmt: skip
def test_addresses_of_this_site_and_of_sources_are_links(address):
    assert Elements(html.inline(Link("words", address))).every("a")[0]["href"] == address


def test_a_table_that_is_fetched_has_its_address_instead_of_its_rows():
    table = Table("areas", "Two <areas>", (Column("area", "Area"),), (("Essex",), ("Kent",)))
    said = Elements(html.rendered([table], base="/footprints", source=lambda one: f"/x.rows?a=1&table={one.key}"))
    (place,) = said.every("div")
    assert place["data-src"] == "/footprints/x.rows?a=1&table=areas" and place["data-table"] == "areas"
    assert "Two <areas>: 2 rows" in said.text and "Essex" not in said.text and not said.every("table")
    assert "Essex" in Elements(html.rendered([table], source=lambda _: "")).text


def test_links_to_views_begin_with_the_place_that_the_site_is_served_from():
    text = html.inline((Link("a", "/council?x=1"), Link("b", "https://example.org/"), Link("c", "#d")), "/footprints")
    assert [item["href"] for item in Elements(text).every("a")] == [
        "/footprints/council?x=1",
        "https://example.org/",
        "#d",
    ]


def test_a_table_is_read_aloud_sorted_and_followed():
    columns = (Column("name", "Council"), Column("share", "Share", "share"), Column("code", "Code", in_file_only=True))
    rows = (("Rutland", 0.0361, "E06000017"), ("Leicester", None, "E06000016"))
    table = Table("councils", "Councils", columns, rows, ("/council?council=1", "/council?council=2"), ("1", "2"))
    said = Elements(html.rendered([table]))
    assert [cell["scope"] for cell in said.every("th")] == ["col", "col", "row", "row"]
    assert [link["href"] for link in said.every("a")] == ["/council?council=1", "/council?council=2"]
    assert [row["data-code"] for row in said.every("tr")[1:]] == ["1", "2"]
    # The share reads as per cent, sorts as a fraction; a gap sorts as nothing and is named when read aloud.
    assert [cell.get("data-value") for cell in said.every("td")] == ["0.0361", None]
    assert "3.6%" in said.text and "E06000017" not in said.text
    assert said.every("span")[0]["aria-label"] == "no value"


def test_headings_go_down_by_one_level_each():
    inner = Section("Inner", (Prose("x"),), "inner")
    said = Elements(html.rendered([Section("Outer", (inner,))], level=2))
    assert [tag for tag, _ in said.elements if tag.startswith("h")] == ["h2", "h3"]


def test_a_fact_says_date_evidence_and_source():
    grade = Grade("published", "A page of the time states it.")
    fact = Fact("rating", "Rating", "Advanced", as_of="2017-07-21", evidence=grade, source="https://example.org/a ; B")
    said = Elements(html.rendered([Facts((fact,))]))
    assert "21 July 2017, published" in said.text
    assert "Source: example.org; B." in said.text
    assert said.every("a")[0]["href"] == "https://example.org/a"


def test_the_place_of_a_map_takes_what_the_host_draws():
    figure = MapFigure("england", Map("England", "words", ()))
    assert "<svg></svg>" in html.rendered([figure], frame=lambda block: "<svg></svg>")
