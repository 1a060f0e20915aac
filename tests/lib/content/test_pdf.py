"""Documents on paper."""

import io

import pypdfium2

from lib.content import pdf
from lib.content.blocks import Column, Fact, Facts, Link, Links, Listing, Prose, Section, Strong, Table
from lib.content.document import Document
from pages.footprint.page import PAGE as FOOTPRINT

LONG = Table(
    "long",
    "Many rows",
    (Column("name", "Name"), Column("share", "Share", "share"), Column("hidden", "Hidden", in_file_only=True)),
    tuple((f"Area {number}", number / 1000, "not on paper") for number in range(500)),
)


def read(document: Document) -> list[str]:
    """Return the text of each page."""
    made = pypdfium2.PdfDocument(io.BytesIO(pdf.printed(document, "https://footprints.example/x", "Attribution.")))
    return [page.get_textpage().get_text_range() for page in made]


def test_everything_that_a_page_says_is_on_paper_and_its_foot_on_every_sheet():
    document = FOOTPRINT.document(FOOTPRINT.view(stp="E54000015"))
    sheets = read(document)
    words = " ".join(" ".join(sheets).split())
    assert len(sheets) > 1
    for said in ("Toby Sanders", "1,083,226", "Leicester, Leicestershire and Rutland", "published"):
        assert said in words
    assert all("https://footprints.example/x" in sheet and "Attribution." in sheet for sheet in sheets)
    # A section of nothing but ways on says nothing on paper.
    titles = [
        one.title for one in document.all_of(Section) if not all(isinstance(block, Links) for block in one.blocks)
    ]
    assert titles and all(" ".join(title.split()) in words for title in titles)


def test_markup_in_names_is_text_and_what_the_typeface_lacks_a_question_mark():
    document = Document(
        title="<b>A</b> & B",
        description="",
        lead=("See ", Link("<i>here</i>", 'https://example.org/?a=1&b="2"'), Strong("<script>")),
        blocks=(Listing(("☃ snow", ("two ", Strong("words")))), Prose("5 < 6 & 7"), Facts((Fact("k", "<k>", None),))),
    )
    (sheet,) = read(document)
    for said in ("<b>A</b> & B", "<i>here</i>", "<script>", "? snow", "5 < 6 & 7", "<k>"):
        assert said in sheet


def test_a_long_table_runs_on_with_its_head_and_says_where_the_rest_is():
    sheets = read(Document("Long", "", (LONG,)))
    assert len(sheets) > 5
    assert sum("Name" in sheet for sheet in sheets) >= len(sheets) - 1
    words = " ".join(sheets)
    assert "Area 399" in words and "Area 400" not in words and "39.9%" in words
    assert "The first 400 of 500 rows" in words and "not on paper" not in words


def test_the_same_document_gives_the_same_bytes():
    document = Document("Same", "", (Prose("as ever"),))
    assert pdf.printed(document, "/x", "") == pdf.printed(document, "/x", "")


def dates(columns: int) -> Document:
    kinds = ("date", "code", "count", "text")
    heads = tuple(Column(f"c{n}", f"Column {n}", kinds[n % 4]) for n in range(columns))
    values = ("2027-04-01", "E54000015", 1234567, "words that may stand on several lines")
    return Document(
        title="Narrow",
        description="",
        blocks=(Table("narrow", "Narrow", heads, (tuple(values[n % 4] for n in range(columns)),) * 3),),
    )


def test_dates_codes_and_numbers_stay_in_one_piece_in_tables_of_any_width():
    for columns in (3, 6, 7, 20):
        (sheet,) = read(dates(columns))
        lines = [" ".join(line.replace("\xa0", " ").split()) for line in sheet.splitlines()]
        for said, place in (("1 April 2027", 0), ("E54000015", 1), ("1,234,567", 2)):
            times = 3 * len(range(place, columns, 4))
            assert sum(line.count(said) for line in lines) == times, (columns, said)


def test_all_text_of_a_page_can_be_read_on_paper():
    document = FOOTPRINT.document(FOOTPRINT.view(stp="E54000015"))
    made = pypdfium2.PdfDocument(io.BytesIO(pdf.printed(document, "https://footprints.example/x", "Attribution.")))
    sizes = set()
    for sheet in made:
        words = sheet.get_textpage()
        for n, letter in enumerate(words.get_text_range()):
            if letter.strip() and letter not in "+\ufffe":
                sizes.add(round(pypdfium2.raw.FPDFText_GetFontSize(words.raw, n), 1))
    # The foot of a page is smaller, and marks on a map.
    assert {size for size in sizes if size > 1} >= {9.0, 10.0}
    assert min(size for size in sizes if size > 1) == 8.0
