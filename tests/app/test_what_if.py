"""What only the live What if page can do: several boxes at once, merging, stepping back."""

from streamlit.testing.v1 import AppTest

from lib.what_if import regrouping
from tests.app.test_pages import opened, words, written


def box(test, start: str):
    """Return the select box whose key begins so."""
    return next(item for item in test.selectbox if item.key.startswith(start))


def expect_moves(test, said: str | None) -> None:
    assert not test.exception
    assert test.query_params["moves"] == (said or "none")


def unfolded(path: str, **parameters: str) -> AppTest:
    """Run a page and open what is folded away on it."""
    test = opened(path, **parameters)
    test.session_state["merging"] = True
    return test.run()


def test_two_stps_are_merged_and_a_step_is_undone():
    test = unfolded("what-if", moves="E38000182-E07000037:E54000012")
    assert test.button(key="undo").disabled
    box(test, "merge").select("E54000041").run()
    box(test, "into").select("E54000038").run()
    test.button(key="merge").click().run()
    expect_moves(test, "E38000045:E54000038,E38000182-E07000037:E54000012")
    assert regrouping.MARK in words(test) and "no CCG left" in words(test)
    # A link that was followed is a step as well.
    test.query_params["moves"] = "E38000045:E54000038"
    test.run()
    expect_moves(test, "E38000045:E54000038")
    test.button(key="undo").click().run()
    expect_moves(test, "E38000045:E54000038,E38000182-E07000037:E54000012")
    test.button(key="undo").click().run()
    expect_moves(test, "E38000182-E07000037:E54000012")
    assert test.button(key="undo").disabled


def test_a_merger_may_be_chosen_from_its_end():
    test = unfolded("what-if")
    box(test, "into").select("E54000038").run()
    box(test, "merge").select("E54000041").run()
    assert box(test, "into").value == "E54000038"
    # No STP becomes part of itself.
    box(test, "merge").select("E54000038").run()
    assert box(test, "into").value is None and test.button(key="merge").disabled
    box(test, "merge").select("E54000041").run()
    test.button(key="merge").click().run()
    expect_moves(test, "E38000045:E54000038")


def test_several_ccgs_are_chosen_in_one_box_and_a_part_stands_in_it():
    test = unfolded("what-if", ccg="E38000182-E07000037")
    chosen = test.multiselect(key="choose-ccg")
    assert chosen.value == ["E38000182-E07000037"]
    chosen.select("E38000045").run()
    assert not test.exception
    assert test.query_params["ccg"] == "E38000045,E38000182-E07000037"
    assert "Move 2 CCGs or parts of them" in written(test)
    test.multiselect(key="choose-ccg").unselect("E38000182-E07000037").run()
    assert test.query_params["ccg"] == "E38000045"
    assert "Move NHS Dorset CCG" in written(test)
