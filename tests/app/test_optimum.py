"""Looking for the best map: asked by a button, watched, cancelled, answered, and shared as a link."""

import time

import pytest

from geo import assignments
from geo.assignments import Question
from geo.optimum import State
from lib import links, views
from lib.what_if import moves, optimum_jobs, optimum_words
from tests.app.test_pages import opened, words

WAIT = 60


def wait_until(holds) -> None:
    """A busy machine takes its time."""
    until = time.monotonic() + WAIT
    while not holds() and time.monotonic() < until:
        time.sleep(0.1)
    assert holds()


@pytest.fixture(autouse=True)
def idle():
    """No search is left from another test, or for one."""
    optimum_jobs._server.proven.clear()
    yield
    optimum_jobs._stop()
    wait_until(lambda: not optimum_jobs._server.current or not optimum_jobs._server.current.running)


def button(test, key: str):
    return next(one for one in test.button if one.key == key)


def headline(test) -> str:
    return next(one.value for one in test.markdown if one.value.startswith("**") and "Cancelled" in one.value)


def test_the_limits_of_the_link_are_at_first_those_of_the_real_map():
    view = views.WhatIfView()
    assert (view.least, view.most) == assignments.real_limits(assignments.england())


def test_nothing_is_looked_for_until_somebody_asks_and_a_search_can_be_cancelled():
    before = optimum_jobs._server.current
    test = opened("what-if")
    assert optimum_jobs._server.current is before
    button(test, "optimum-start").click().run()
    job = optimum_jobs._server.current
    assert job is not before and job.running
    process = job._process
    button(test, "optimum-cancel").click().run()
    assert job.ended == "cancelled" and process.poll() is not None
    assert "Cancelled" in headline(test)
    assert not test.exception
    # The server is ready for the next one.
    another = optimum_jobs.start(Question(300_000, 2_900_000), 5)
    assert another and another.running
    another.cancel()


def test_one_search_at_a_time():
    running = optimum_jobs.start(Question(300_000, 2_900_000), 30)
    test = opened("what-if")
    button(test, "optimum-start").click().run()
    assert "room for one at a time" in words(test)
    assert running.running
    running.cancel()
    assert running._process.poll() is not None


def test_a_search_that_nobody_watches_is_ended(monkeypatch):
    monkeypatch.setattr(optimum_jobs, "_ABANDONED", 0.5)
    job = optimum_jobs.start(Question(300_000, 2_900_000), 60)
    wait_until(lambda: not job.running)
    assert job.ended == "abandoned"
    wait_until(lambda: job._process.poll() is not None)


def test_an_answer_arrives_and_is_kept_if_proven():
    """With limits that are wide and a tolerance of 10%, no council has to be split."""
    question = Question(100_000, 10_000_000, 0.1)
    job = optimum_jobs.start(question, 60)
    while job.running:
        job.asked_about()
        time.sleep(0.1)
    assert job.ended == "done"
    assert job.state.assignment and job.state.split < optimum_words.real(question)[1]
    if job.state.least_moved:
        wait_until(lambda: question in optimum_jobs._server.proven)
        assert not optimum_jobs.start(question, 5).running


def shown(state: State, ended: str = "done", **parameters: str):
    """Open the page for a session whose search has ended."""
    view, _ = links.parse(views.WhatIfView, {name: [value] for name, value in parameters.items()})
    job = optimum_jobs.Job(Question(view.least, view.most, view.tolerance / 100), view.seconds, state)
    job.ended = ended
    test = opened("what-if", **parameters)
    test.session_state["optimum-job"] = job
    return test.run()


def found(**changes) -> State:
    """A state whose map is the real one but for West Essex, which joins the other CCGs of Essex."""
    problem = assignments.england()
    assignment = problem.home | {"E38000197": "E54000026"}
    split = assignments.residents_of(problem, assignments.split_councils(problem, assignment, 0.0))
    return State(
        **{"status": "feasible", "split": split, "bound": 1_000_000, "moved": 304_451} | changes, assignment=assignment
    )


def test_an_answer_is_shown_with_its_bound_and_opens_as_a_what_if():
    test = shown(found())
    said = words(test)
    assert "Not proven" in said and r"no map can have fewer than 1,000,000" in said.replace("\\", "")
    opens = next(one for one in test.button if one.label.startswith("Open this map as a what-if"))
    opens.click().run()
    assert test.query_params["moves"] == "E38000197:E54000026"
    assert not test.exception


@pytest.mark.parametrize(
    ("state", "ended", "says"),
    [
        (found(status="optimal", bound=found().split), "done", "Proven: no map of whole CCGs"),
        (found(), "cancelled", "Cancelled. Not proven"),
        (State("unknown", bound=5), "done", "No map within these limits was found, and it is not proven"),
        (State("infeasible"), "done", "No such map"),
        (State("unknown"), "failed", "The search broke off"),
    ],
)
def test_every_outcome_is_called_what_it_is(state, ended, says):
    question = Question(318_291, 2_832_133)
    said = optimum_words.headline(question, state, ended, 30)
    assert said.startswith(says) or says in said
    assert ("Proven" in said) == (state.status == "optimal")


def test_limits_that_cannot_be_kept_are_explained_before_anybody_waits():
    test = opened("what-if", least="2000000")
    assert "44 STPs of at least 2,000,000 residents would need 88,000,000" in words(test).replace("\\", "")
    assert button(test, "optimum-start").disabled


def test_the_real_map_outside_the_limits_is_named():
    test = opened("what-if", least="400000")
    assert "1 STP of the real map is outside these limits: West, North and East Cumbria" in words(test).replace(
        "\\", ""
    )


def test_a_changed_limit_is_in_the_link():
    test = opened("what-if")
    test.number_input(key="choose-least").set_value(300_000).run()
    assert test.query_params["least"] == "300000"
    assert not test.exception


def test_new_stps_are_called_new():
    """Two STPs that become one leave a name over, which must not stand for another part of the country."""
    problem = assignments.england()
    norfolk, suffolk, other = "E54000022", "E54000023", "E38000132"
    assignment = {ccg: norfolk if stp == suffolk else stp for ccg, stp in problem.home.items()} | {other: suffolk}
    state = State("feasible", 1, 0, 1, False, assignment)
    assert optimum_words.what_if_moves(state)[other] == "new-1"
    table = optimum_words.move_table(state).set_index("CCG code")
    assert (table["To"][other], table["To code"][other]) == ("New STP 1", "new-1")
    assert moves.parsed(moves.write(optimum_words.what_if_moves(state))) == optimum_words.what_if_moves(state)
