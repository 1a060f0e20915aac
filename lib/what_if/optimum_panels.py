"""The part of the What if page that looks for the best map of whole CCGs."""

from dataclasses import replace

import streamlit as st

from geo import assignments
from geo.assignments import Question
from lib import table_widgets, widgets
from lib.text import escaped
from lib.views import WhatIfView
from lib.what_if import moves, optimum_jobs, optimum_words
from lib.what_if.optimum_jobs import Job

_JOB, _BUSY = "optimum-job", "optimum-busy"
_EVERY = 1.0
_SECONDS = (10, 20, 30, 60)
_MOST_TOLERANCE = 10.0


def question(view: WhatIfView) -> Question:
    """Return what a view asks."""
    return Question(view.least, view.most, view.tolerance / 100)


def optimum(view: WhatIfView) -> None:
    """Ask for limits, start and watch a search, and show what came out of it."""
    st.header("How far from the best map?")
    st.markdown(optimum_words.INTRO)
    asked = question(view)
    with st.container(horizontal=True, vertical_alignment="bottom", key="optimum-limits"):
        _residents(view, "least", "Smallest STP, residents")
        _residents(view, "most", "Largest STP, residents")
        widgets.choose_number(view, "tolerance", "Tolerance", _MOST_TOLERANCE, 0.5, "%", width=200)
        limits = {seconds: f"{seconds} seconds" for seconds in sorted({*_SECONDS, view.seconds})}
        widgets.choose_one(view, "seconds", "Look for up to", limits, width=150)
        wrong = optimum_words.impossible(asked)
        running = _job(asked) is not None and _job(asked).running
        st.button(
            "Look for the best map",
            key="optimum-start",
            on_click=_start,
            args=(asked, view.seconds),
            disabled=bool(wrong) or running,
        )
    st.caption(
        "At first the limits are those of the real map. Tolerance: the part of a council that may lie in other STPs "
        "before it counts as split."
    )
    said = wrong or optimum_words.of_real_map(asked)
    if said:
        st.markdown(escaped(said))
    if st.session_state.pop(_BUSY, False):
        st.warning(optimum_words.BUSY)
    job = _job(asked)
    if job and job.running:
        st.fragment(_progress, run_every=_EVERY)(job)
    elif job:
        _answer(view, job)
    with st.expander("How the best map is looked for"):
        st.markdown(optimum_words.METHOD)


def _residents(view: WhatIfView, name: str, label: str) -> None:
    key = f"choose-{name}"
    st.session_state[key] = getattr(view, name)
    people = sum(assignments.england().people.values())
    st.number_input(
        label,
        0,
        people,
        step=50_000,
        format="%d",
        key=key,
        on_change=lambda: widgets.change(WhatIfView, **{name: st.session_state[key]}),
        width=190,
    )


def _job(asked: Question) -> Job | None:
    """Return the search that this session started for a question."""
    job = st.session_state.get(_JOB)
    return job if job and job.question == asked else None


def _start(asked: Question, seconds: int) -> None:
    before = st.session_state.get(_JOB)
    if before and before.running:
        before.cancel()
    job = optimum_jobs.start(asked, seconds)
    st.session_state[_BUSY] = job is None
    if job:
        st.session_state[_JOB] = job


def _progress(job: Job) -> None:
    job.asked_about()
    if not job.running:
        st.rerun()
    with st.container(key="optimum-progress"):
        # To start and to end takes a moment besides.
        elapsed = min(job.elapsed, job.seconds)
        st.progress(elapsed / job.seconds, f"Looking for {elapsed:.0f} of {job.seconds} seconds")
        st.markdown(escaped(optimum_words.progress(job.state)))
        st.button("Cancel", key="optimum-cancel", on_click=job.cancel)


def _answer(view: WhatIfView, job: Job) -> None:
    with st.container(key="optimum-answer"):
        st.markdown(f"**{escaped(optimum_words.headline(job.question, job.state, job.ended, job.seconds))}**")
        if not job.state.assignment:
            return
        st.markdown(escaped(optimum_words.distance(job.question, job.state)))
        for sentence in optimum_words.councils(job.question, job.state):
            st.markdown(escaped(sentence))
        table = optimum_words.comparison(job.question, job.state)
        table_widgets.small_table(table, dict.fromkeys(table.columns[1:], optimum_words.number))
        table = optimum_words.move_table(job.state)
        if not len(table):
            return
        found = moves.write(optimum_words.what_if_moves(job.state))
        widgets.link_to(replace(view, moves=found, ccg=None), "Open this map as a what-if")
        if view.tolerance:
            st.caption("The what-if counts without tolerance.")
        with st.expander(f"The {len(table)} CCGs that change their STP"):
            table_widgets.table_with_download(table, "best-map-moves.csv")
