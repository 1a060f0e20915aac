"""Looking for the best map: asked by a button, watched, cancelled, and answered."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from geo import assignments
from geo.assignments import Question
from geo.optimum import State
from pages.what_if import jobs, optimum
from pages.what_if.view import WhatIfView
from tests.app.test_pages import opened, shown, words

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
    jobs._server.proven.clear()
    yield
    jobs._stop()
    wait_until(lambda: not jobs._server.current or not jobs._server.current.running)


def button(test, key: str):
    return next(one for one in test.button if one.key == key)


def unfolded(path: str, **parameters: str) -> AppTest:
    """Run a page and open what is folded away on it."""
    test = opened(path, **parameters)
    test.session_state["looking"] = True
    return test.run()


def test_the_limits_of_the_link_are_at_first_those_of_the_real_map():
    view = WhatIfView()
    assert (view.least, view.most) == assignments.real_limits(assignments.england())


def test_nothing_is_looked_for_until_somebody_asks_and_a_search_can_be_cancelled():
    before = jobs._server.current
    test = unfolded("what-if")
    assert jobs._server.current is before
    button(test, "optimum-start").click().run()
    job = jobs._server.current
    assert job is not before and job.running
    process = job._process
    button(test, "optimum-cancel").click().run()
    assert job.ended == "cancelled" and process.poll() is not None
    assert "Cancelled" in words(test)
    assert not test.exception
    # The server is ready for the next one.
    another = jobs.start(Question(300_000, 2_900_000), 5)
    assert another and another.running
    another.cancel()


def test_one_search_at_a_time():
    running = jobs.start(Question(300_000, 2_900_000), 30)
    test = unfolded("what-if")
    button(test, "optimum-start").click().run()
    assert "room for one at a time" in words(test)
    assert running.running
    running.cancel()
    assert running._process.poll() is not None


def test_a_search_that_nobody_watches_is_ended(monkeypatch):
    monkeypatch.setattr(jobs, "_ABANDONED", 0.5)
    job = jobs.start(Question(300_000, 2_900_000), 60)
    wait_until(lambda: not job.running)
    assert job.ended == "abandoned"
    wait_until(lambda: job._process.poll() is not None)


def test_an_answer_arrives_and_is_kept_if_proven():
    """With limits that are wide and a tolerance of 10%, no council has to be split."""
    question = Question(100_000, 10_000_000, 0.1)
    job = jobs.start(question, 60)
    while job.running:
        job.asked_about()
        time.sleep(0.1)
    assert job.ended == "done"
    assert job.state.assignment and job.state.split < optimum.real(question)[1]
    if job.state.least_moved:
        wait_until(lambda: question in jobs._server.proven)
        assert not jobs.start(question, 5).running


def test_an_answer_stands_first_on_the_page_and_its_tables_are_no_files():
    """No address has what a search found: another one may find something else."""
    problem = assignments.england()
    assignment = problem.home | {"E38000197": "E54000026"}
    job = jobs.Job(Question(*assignments.real_limits(problem)), 30, State("feasible", 1, 0, 1, False, assignment))
    job.ended = "done"
    test = unfolded("what-if")
    test.session_state["optimum-job"] = job
    test.run()
    assert not test.exception
    assert "Not proven" in shown(test)["body"]["blocks"][0]
    assert "Open this map as a what-if" in shown(test)["body"]["blocks"][0]
    offered = [file["name"] for file in shown(test)["share"]["files"]]
    assert "ccgs-and-stps.csv" in offered and not any("best" in name for name in offered)
    # Another question has another answer.
    test.number_input(key="choose-least").set_value(300_000).run()
    assert "Not proven" not in words(test)


def test_limits_that_cannot_be_kept_are_explained_before_anybody_waits():
    test = unfolded("what-if", least="2000000")
    assert "44 STPs of at least 2,000,000 residents would need 88,000,000" in words(test).replace("\\", "")
    assert button(test, "optimum-start").disabled


def test_a_changed_limit_is_in_the_link():
    test = unfolded("what-if")
    test.number_input(key="choose-least").set_value(300_000).run()
    assert test.query_params["least"] == "300000"
    assert not test.exception
