"""Views in other forms at their address."""

from starlette.applications import Starlette

from lib.content.document import Document
from lib.content.page import Form, Page
from lib.hosts import takeaway
from lib.hosts.web import forms
from lib.views import GlossaryView
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
    app = Starlette(routes=forms.routes((PAGE,)))
    sent, none = ask(app, "/glossary.txt?term=LSOA", "/glossary.txt?term=none", host="footprints.example")
    assert (sent.status, sent.headers["content-type"].partition(";")[0]) == (200, "text/x-own")
    assert sent.body == b"lsoa http://footprints.example/glossary?term=lsoa&kind=all"
    assert (none.status, none.body) == (404, b"No term is chosen.\n")

    def offered(view: GlossaryView) -> list[takeaway.File]:
        return [file for file in takeaway.files(PAGE, view, PAGE.document(view)) if file.words == "As text"]

    assert offered(GlossaryView("lsoa")) == [takeaway.File("As text", "/glossary.txt?term=lsoa&kind=all", "lsoa.txt")]
    assert offered(GlossaryView()) == []
