"""The What if page: moving, merging, taking back, and a link that is too long."""

from geo import regroup
from lib import links, views
from lib.what_if import moves, what_if
from tests.app.test_pages import opened, words


def box(test, start: str):
    """Return the select box whose key begins so."""
    return next(item for item in test.selectbox if item.key.startswith(start))


def expect_moves(test, said: str | None) -> None:
    assert not test.exception
    assert test.query_params["moves"] == (said or "none")


def test_a_part_of_a_ccg_is_moved_merged_undone_and_taken_back():
    test = opened("what-if", ccg="E38000182")
    assert test.button(key="undo").disabled
    box(test, "choose-part").select("E38000182-E07000037").run()
    assert test.query_params["ccg"] == "E38000182-E07000037"
    assert test.button(key="move").disabled
    box(test, "target").select("E54000012").run()
    test.button(key="move").click().run()
    expect_moves(test, "E38000182-E07000037:E54000012")
    assert test.title[0].value == "What if Glossop belonged to Derbyshire?"
    assert what_if.MARK in words(test)

    box(test, "merge").select("E54000041").run()
    box(test, "into").select("E54000038").run()
    test.button(key="merge").click().run()
    expect_moves(test, "E38000045:E54000038,E38000182-E07000037:E54000012")
    assert "no CCG left" in words(test)

    test.button(key="back-E38000182-E07000037").click().run()
    expect_moves(test, "E38000045:E54000038")
    test.button(key="undo").click().run()
    expect_moves(test, "E38000045:E54000038,E38000182-E07000037:E54000012")
    test.button(key="reset").click().run()
    expect_moves(test, None)
    assert what_if.MARK not in words(test)
    test.button(key="undo").click().run()
    expect_moves(test, "E38000045:E54000038,E38000182-E07000037:E54000012")


def test_a_merger_may_be_chosen_from_its_end():
    test = opened("what-if")
    box(test, "into").select("E54000038").run()
    box(test, "merge").select("E54000041").run()
    assert box(test, "into").value == "E54000038"
    # No STP becomes part of itself.
    box(test, "merge").select("E54000038").run()
    assert box(test, "into").value is None and test.button(key="merge").disabled
    box(test, "merge").select("E54000041").run()
    test.button(key="merge").click().run()
    expect_moves(test, "E38000045:E54000038")


def test_every_preset_runs():
    test = opened("what-if")
    for key in [button.key for button in test.button if button.key.startswith("preset")]:
        test.button(key=key).click().run()
        assert not test.exception
        assert test.title[0].value.startswith("What if")


def test_all_ccgs_moved_run_and_a_long_link_is_explained():
    stps = sorted(regroup.parts()["stp17"].unique())
    ccgs = [unit for unit in regroup.units() if "-" not in unit]
    test = opened("what-if", moves=moves.write({ccg: stps[n % 44] for n, ccg in enumerate(ccgs)}))
    assert not test.exception
    assert not any("characters" in info.value for info in test.info)
    box(test, "back").select(ccgs[1]).run()
    assert not test.exception
    assert ccgs[1] not in moves.parsed(test.query_params["moves"])

    made = {part: stps[n % 44] for n, part in enumerate(regroup.parts().index)}
    text = moves.write(regroup.moves_of(regroup.assignment(made)))
    test = opened("what-if", moves=text)
    assert not test.exception
    (info,) = (info.value for info in test.info if "characters" in info.value)
    assert f"{len(links.link(views.WhatIfView(text))):,}" in info
