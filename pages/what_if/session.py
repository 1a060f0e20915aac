"""What only the live page of a what-if can do: step back, merge two STPs, and look for the best map."""

from dataclasses import replace

import streamlit as st

from geo import assignments, regroup
from geo.assignments import Question
from lib.content.controls import ChooseNumber, ChooseOne
from lib.hosts.live import address, boxes
from lib.what_if import moves, regrouping
from pages.what_if import jobs, optimum
from pages.what_if.jobs import Job
from pages.what_if.view import WhatIfView

_HISTORY, _INTO, _JOB, _BUSY = "what-if-history", "what-if-merged-into", "optimum-job", "optimum-busy"
_MOST_UNDONE = 100
_EVERY = 1.0
_SECONDS = (10, 20, 30, 60)
_MOST_TOLERANCE = 10.0


def session(view: WhatIfView) -> Job | None:
    """Show what only the live page can do; return the search for the best map that has ended, if there is one."""
    _remember(view)
    job = _job(optimum.question(view))
    with st.container(horizontal=True, vertical_alignment="top", key="what-if-tools"):
        # What few open is made once it is open.
        if (merging := st.expander("Merge two STPs", key="merging", on_change="rerun")).open:
            with merging:
                _merge(view)
        # Open while there is something to see in it.
        running = job is not None and job.running
        if (looking := st.expander("Find the best map", running, key="looking", on_change="rerun")).open:
            with looking:
                _look(view, job)
        before = st.session_state[_HISTORY][:-1]
        st.button("Undo", key="undo", disabled=not before, on_click=_undo, help="Back to the what-if before this one")
    return job if job and not job.running else None


def _remember(view: WhatIfView) -> None:
    """Keep the moves that were shown, the latest last."""
    history = st.session_state.setdefault(_HISTORY, [])
    if not history or history[-1] != view.moves:
        history.append(view.moves)
        del history[:-_MOST_UNDONE]


def _undo() -> None:
    history = st.session_state[_HISTORY]
    history.pop()
    address.write(replace(_current(), moves=history[-1]))


def _current() -> WhatIfView:
    return address.read(WhatIfView)[0]


def _assigned(view: WhatIfView) -> dict[str, str]:
    return regrouping.assigned(view.moves)


def _merge(view: WhatIfView) -> None:
    members = sorted(set(_assigned(view).values()), key=regroup.stp_name)
    names = {code: regroup.stp_name(code) for code in members}
    # pyrefly: ignore[no-matching-overload] - as in lib.hosts.live.boxes
    goes = st.selectbox(
        "This STP",
        members,
        format_func=names.get,
        index=None,
        placeholder="Choose an STP",
        key=f"merge-{view.moves}",
    )
    others = [code for code in members if code != goes]
    if goes:
        near = regrouping.near(goes, view.moves)
        others.sort(key=lambda code: code not in near)
    # Another first STP brings another second box; what was chosen in the one before it still holds.
    box = f"into-{goes}-{view.moves}"
    before = st.session_state.get(_INTO)
    # pyrefly: ignore[no-matching-overload] - as in lib.hosts.live.boxes
    into = st.selectbox(
        "becomes part of",
        others,
        format_func=names.get,
        index=others.index(before) if before in others else None,
        placeholder="Choose an STP, neighbours first",
        key=box,
        on_change=lambda: st.session_state.update({_INTO: st.session_state[box]}),
    )
    st.button("Merge", key="merge", disabled=not (goes and into), on_click=_merged, args=(goes, into))
    st.caption("The second STP keeps its name and code; the first one has no CCG left.")


def _merged(goes: str, into: str) -> None:
    st.session_state.pop(_INTO, None)
    view = _current()
    address.write(replace(view, moves=moves.write(regroup.moves_of(regroup.merged(_assigned(view), goes, into)))))


def _look(view: WhatIfView, job: Job | None) -> None:
    """Ask for limits, start a search and watch it."""
    asked = optimum.question(view)
    with st.container(horizontal=True, vertical_alignment="bottom", key="optimum-limits"):
        _residents(view, "least", "Smallest STP, residents")
        _residents(view, "most", "Largest STP, residents")
    limits = {seconds: f"{seconds} seconds" for seconds in sorted({*_SECONDS, view.seconds})}
    boxes.row(
        view,
        [
            ChooseNumber("tolerance", "Tolerance", _MOST_TOLERANCE, 0.5, "%", width=200),
            ChooseOne("seconds", "Look for up to", limits, width=150),
        ],
    )
    wrong = optimum.impossible(asked)
    st.button(
        "Look for the best map",
        key="optimum-start",
        on_click=_start,
        args=(asked, view.seconds),
        disabled=bool(wrong) or (job is not None and job.running),
    )
    st.caption(optimum.LIMITS)
    if wrong:
        st.warning(wrong)
    if st.session_state.pop(_BUSY, False):
        st.warning(optimum.BUSY)
    if job and job.running:
        st.fragment(_progress, run_every=_EVERY)(job)


def _residents(view: WhatIfView, name: str, label: str) -> None:
    key = f"choose-{name}"
    st.session_state[key] = getattr(view, name)
    st.number_input(
        label,
        0,
        sum(assignments.england().people.values()),
        step=50_000,
        format="%d",
        key=key,
        on_change=lambda: address.write(replace(_current(), **{name: st.session_state[key]})),
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
    job = jobs.start(asked, seconds)
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
        st.markdown(optimum.progress(job.state))
        st.button("Cancel", key="optimum-cancel", on_click=job.cancel)
