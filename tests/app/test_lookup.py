"""A list on the live page: a short one in the link, a long one and a file in the session alone."""

from lib import links
from pages.lookup.view import LookupView
from tests.app.test_pages import go, notices, opened, words, written

MARKER = "Zebrafinch"
SHORT = "HG1 1DY\nCumbria"


def paste(test, text: str):
    return test.text_area(key="lookup-text").set_value(text).run()


def test_a_short_list_goes_into_the_link_and_a_long_one_into_no_link():
    test = paste(opened("lookup"), SHORT)
    assert not test.exception and "2 of 2 places found" in written(test)
    assert dict(test.query_params) == links.query(LookupView(SHORT))
    paste(test, "\n".join([MARKER, *["Leeds"] * 60]))
    assert "60 of 61 places found" in written(test) and MARKER in words(test)
    assert dict(test.query_params) == links.query(LookupView())
    # Layers go on being chosen, the list stays.
    test.multiselect(key="choose-layers").set_value(["cal17"]).run()
    assert "60 of 61 places found" in written(test) and "Cancer Alliance, 2017" in words(test)
    # Another session has nothing of it; this one still has it after a look at another page.
    assert MARKER not in words(opened("lookup"))
    for path in ("glossary", "lookup"):
        go(test, path)
        test.run()
    assert MARKER in words(test)
    test.button(key="lookup-forget").click().run()
    assert "Look up many at once" in written(test) and MARKER not in words(test)


def test_a_file_takes_the_place_of_a_list_and_is_refused_in_a_sentence():
    test = paste(opened("lookup"), SHORT)
    test.file_uploader[0].set_value(("list.csv", b"a,b\nLeeds,York\nLeeds,E01000001\nLeeds,x\n", "text/csv")).run()
    assert "3 of 3 places found" in written(test) and test.text_area(key="lookup-text").value == ""
    assert test.query_params["places"] == "none"
    test.selectbox(key="lookup-column").select("b").run()
    assert not test.exception and "2 of 3 places found" in written(test)
    test.file_uploader[0].set_value(("list.pdf", b"%PDF-1.7", "application/pdf")).run()
    assert "Nothing was looked up." in notices(test)[-1] and "It is a PDF." in notices(test)[-1]
    paste(test, SHORT)
    assert "2 of 2 places found" in written(test) and not notices(test)
