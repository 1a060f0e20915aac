"""The box for a code: what is typed becomes the link, and what is not understood stays to be mended."""

from lib import links
from pages.then_and_now.view import ThenAndNowView
from tests.app.test_pages import notices, opened, written


def test_a_code_is_typed_and_becomes_part_of_the_link():
    test = opened("then-and-now", stp="E54000009")
    test.text_input(key="choose-code").set_value(" e54 000 008 ").run()
    assert "E54000008 was the STP Cheshire and Merseyside from 2017 to 2021" in written(test)
    assert test.text_input(key="choose-code").value == "E54000008"
    test.selectbox(key="choose-year").select("2022").run()
    view = ThenAndNowView(stp="E54000009", code="E54000008", year="2022")
    assert dict(test.query_params) == links.query(view)
    test.text_input(key="choose-code").set_value("").run()
    assert dict(test.query_params) == links.query(ThenAndNowView(stp="E54000009", year="2022"))
    assert "What E54000008 meant" not in written(test)


def test_what_is_not_understood_stays_in_the_box_and_is_said():
    test = opened("then-and-now")
    assert test.text_input(key="choose-code").value == ""
    test.text_input(key="choose-code").set_value("E5400008").run()
    assert test.text_input(key="choose-code").value == "E5400008"
    assert "codes that look alike: E54000008 (Cheshire and Merseyside)" in notices(test)[0]
    assert "44 STPs of 2017 became 42 ICBs by 2022" in written(test)
    test.text_input(key="choose-code").set_value("E54000008").run()
    assert notices(test) == []
    assert "What E54000008 meant" in written(test)


def test_a_link_without_a_code_leaves_the_box_empty():
    assert opened("then-and-now", code="none").text_input(key="choose-code").value == ""
    assert len(opened("then-and-now", code="x" * 500).text_input(key="choose-code").value) == 60
