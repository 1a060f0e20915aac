"""What most readers ask for is there before they ask."""

from dataclasses import replace

from geo import blocks
from lib.content.document import Document
from lib.hosts import documents
from lib.hosts.web import beforehand
from pages import PAGES
from pages.council.view import CouncilView
from tests.loops import ran


def test_pages_and_areas_are_made_once_and_kept():
    asked = []

    def document(view):
        asked.append(view)
        return Document(title=view.council or "Councils", description="", blocks=())

    council = replace(next(page for page in PAGES if page.path == "council"), document=document)
    ran(beforehand.make((council,), wait=0))
    codes = {view.council for view in asked}
    assert codes == {None, *blocks.names("council17").index} and len(asked) == 153
    documents.of(council, CouncilView(council="E10000012"))
    assert len(asked) == 153
