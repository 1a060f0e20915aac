"""Many places on their page: by link, by form, in files, and what a reader brings along."""

import csv
import io
from urllib.parse import parse_qs, quote, urlsplit

import openpyxl
import pytest
from starlette.applications import Starlette

from geo import blocks
from lib import links
from lib.content import data, html
from lib.content.blocks import Table
from lib.content.formats import plain
from lib.hosts.web import answers, forms, mending, pages
from pages import LOOKUP, PAGES
from pages.lookup import file, tables
from pages.lookup.file import Given
from pages.lookup.page import document
from pages.lookup.view import LookupView
from tests.lib.hosts.asking import ask
from tests.tables import source

LIST = "HG1 1DY\nCumbria\nDorset\nHG1 1DY"


def places(view: LookupView, given: Given | None = None) -> Table:
    return next(table for table in document(view, given).tables() if table.key == "places")


def test_a_link_with_places_shows_each_with_its_areas_and_shares_where_they_are_not_whole():
    shown = document(LookupView(LIST, ("icb26", "council17")))
    assert shown.title == "3 of 4 places found" and not shown.index
    assert "1 place lies in several areas of a layer" in plain(shown.lead)
    table = places(LookupView(LIST, ("icb26", "council17")))
    assert [row[0] for row in table.rows] == LIST.split("\n")
    by_key = {column.key: column for column in table.columns}
    # Where all is whole, the share stands in the file alone.
    assert not by_key["icb26_share"].in_file_only and by_key["council17_share"].in_file_only
    written = list(csv.DictReader(io.StringIO(data.csv(table, mark=False).decode())))
    assert [row["council17cd"] for row in written] == ["E10000023", "E10000006", "", "E10000023"]
    assert written[0]["icb26_share"] == "1.0" and 0.6 < float(written[1]["icb26_share"]) < 0.7
    (missing,) = (table for table in shown.tables() if table.key == "missing")
    assert [row[:2] for row in missing.rows] == [("Dorset", 3)] and "could be" in missing.rows[0][2]
    assert blocks.DERIVED in html.rendered(shown.blocks)


def test_constituencies_show_how_well_they_fit_and_of_a_postcode_the_one_of_its_lsoa():
    view = LookupView("LS1 1AA\nE01000479\nRutland and Stamford", ("stp17", "pcon24"))
    shown, (grade,) = document(view), blocks.notes(["pcon24"])
    table = places(view)
    assert html.rendered(shown.blocks).count("95.8% of residents") >= 1
    assert next(column for column in table.columns if column.key == "pcon24nm").note == grade
    leeds, brent, seat = csv.DictReader(io.StringIO(data.csv(table, mark=False).decode()))
    assert (leeds["stp17nm"], leeds["pcon24nm"]) == ("West Yorkshire", "Leeds Central and Headingley")
    (row,) = (row for row in source("lsoa_today") if row["lsoa11cd"] == "E01033008")
    assert (leeds["pcon24cd"], leeds["pcon24_share"]) == (row["pcon24cd"], row["pcon24_share"])
    assert leeds["remark"] == "by its LSOA E01033008, as the ONS list of May 2022 has it: a best fit"
    assert (brent["pcon24nm"], brent["pcon24_share"]) == ("Brent West", "0.5")
    assert (seat["pcon24cd"], seat["pcon24_share"]) == ("E14001458", "1.0")
    assert any("Royal Mail" in said for said in shown.sources) and not document(LookupView(LIST, ("stp17",))).sources


def test_what_came_from_a_link_is_text_on_the_page_and_no_formula_in_a_file():
    view, notices = links.parse(LookupView, {"places": ["York;<b>x</b>;=HYPERLINK(1);York"], "layers": ["stp17"]})
    assert notices == [] and view.asked == ("York", "<b>x</b>", "=HYPERLINK(1)", "York")
    assert "<b>" not in html.rendered(document(view).blocks) and "&lt;b&gt;" in html.rendered(document(view).blocks)
    rows = list(csv.reader(io.StringIO(data.csv(places(view), mark=False).decode())))
    assert rows[3][0] == "'=HYPERLINK(1)"


def test_a_link_holds_few_places_and_says_so():
    fifty = ";".join(["Leeds"] * 50)
    assert len(links.parse(LookupView, {"places": [fifty]})[0].asked) == 50
    view, (notice,) = links.parse(LookupView, {"places": [f"{fifty};York"]})
    assert view == LookupView() and "has 51 places, and a link holds up to 50" in notice
    assert links.parse(LookupView, {"layers": ["all"]})[0].shown[-1] == "cal17"
    assert document(LookupView(layers=())).title == "Look up many at once"


def test_the_form_without_scripts_keeps_the_lines_of_its_box():
    app = mending.Mending(Starlette(routes=pages.routes(PAGES, answers.Answers())))
    (plain_page,) = ask(app, "/lookup")
    assert (
        b"<textarea" in plain_page.body
        and b"<b>Councils now</b>" in plain_page.body
        and b'name="layers"' in plain_page.body
    )
    typed = quote("HG1 1DY\r\nS80 1AB\r\n\r\n<x>\r\nDorset\r\n")
    (led,) = ask(app, f"/lookup?form=places%3Dnone%26layers%3Dstp17&places={typed}&layers=stp17&layers=cal17")
    leads = urlsplit(led.headers["location"])
    assert led.status == 303 and parse_qs(leads.query) == {
        "places": ["HG1 1DY;S80 1AB;<x>;Dorset"],
        "layers": ["stp17,cal17"],
    }
    (shown,) = ask(app, f"/lookup?{leads.query}")
    assert b"2 of 4 places found" in shown.body and b">\nHG1 1DY\nS80 1AB\n&lt;x&gt;\nDorset<" in shown.body
    (table,) = ask(Starlette(routes=forms.routes(PAGES, answers.Answers())), f"/lookup.csv?{leads.query}&table=places")
    rows = list(csv.reader(io.StringIO(table.body.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["place", "HG1 1DY", "S80 1AB", "<x>", "Dorset"]


def given(name: str, content: bytes) -> Given:
    brought = file.opened(name, content, "1")
    return Given(brought, file.found(brought, ("stp17",)))


def test_a_long_list_is_shown_in_part_and_handed_out_whole():
    brought = file.pasted("\n".join(["Leeds", "nowhere"] * 5_000))
    known = Given(brought, file.found(brought, ("stp17",)))
    shown = document(LookupView(), known)
    assert shown.title == "5,000 of 10,000 places found"
    on_page = places(LookupView(), known)
    assert len(on_page.rows) == 200 and "first 200 of 10,000" in plain(on_page.caption)
    assert len(tables.places(known.found).rows) == 10_000 and len(tables.missing(known.found).rows) == 5_000
    refused = file.pasted("Leeds\n" * 10_001)
    said = document(LookupView(), Given(refused, file.found(refused, ("stp17",))))
    assert "10,001 places are too many: up to 10,000 at once." in plain(said.notices[0])
    assert said.title == "Look up many at once"


def workbook() -> bytes:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.active.sheet_state = "hidden"
    sheet = book.create_sheet("seen")
    for row in (["No", "Postcode"], [1, "HG1 1DY"], [2, None], [3, "CF10 1AA"]):
        sheet.append(row)
    book.save(content)
    return content.getvalue()


def test_files_are_read_by_what_is_in_them():
    for name, content in (
        ("list.csv", "No;Postcode\n1;HG1 1DY\n2;\n3;CF10 1AA\n".encode("utf-16")),
        ("list.xlsx", workbook()),
    ):
        found = given(name, content)
        assert [place.asked for place in found.found.places] == ["HG1 1DY", "", "CF10 1AA"], name
        assert found.brought.listed.column == "Postcode" and len(found.found.found) == 1
        assert "'Postcode'" in html.rendered(document(LookupView(), found).blocks).replace("&#x27;", "'")
    other = file.by_column(found.brought, "No")
    assert other.listed.places == ("1", "2", "3")
    assert given("list.txt", b"HG1 1DY\nLeeds\n").brought.listed.places == ("HG1 1DY", "Leeds")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("list.csv", b"", "The file is empty."),
        ("list.csv", b"%PDF-1.7", "It is a PDF."),
        ("list.xlsx", b"PK\x03\x04nothing", "damaged or incomplete"),
        ("list.txt", b" \n\n", "The file is empty."),
        ("list.txt", b";;;\n", "It has no places in it."),
        ("list.csv", b"a,b\n1,2\n", "No column has places that are known"),
        ("list.csv", b"x\n" * 10_001, "10,001 places are too many"),
        ("list.bin", bytes(range(256)) * 8, "neither a workbook nor a text"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_a_sentence(name, content, says):
    found = given(name, content)
    assert found.found is None and says in found.brought.refusal
    said = plain(document(LookupView(), found).notices[0])
    assert said.startswith(f"Nothing was looked up. The file {name}: ") and said.endswith(".")


def test_its_words_name_what_is_looked_up():
    assert LOOKUP.cited(LookupView("Leeds\nYork", ("stp17",))) == "2 places looked up: STPs of 2017"
