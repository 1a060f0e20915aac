"""Searches for the best map, each in a process of its own: one at a time for the server, and none that nobody watches.

A search shares neither memory nor the interpreter with the sessions, runs at
low priority, and is ended by ending its process. What it knows arrives line
by line; threads of this module read it and keep watch. They know nothing of
pages.
"""

import atexit
import json
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from geo import paths
from geo.assignments import Question
from geo.optimum import State

MOST_SECONDS = 60
_ABANDONED = 20.0
"""Seconds after which a search that nobody asks about is ended; hidden tabs ask less often."""
_GRACE = 20.0
"""Seconds beyond its time limit that a search may take to start and to finish a step."""
_MOST_KEPT = 64


class Job:
    """A search and what it knows so far.

    Attributes
    ----------
    question : Question
        What is asked.
    seconds : int
        Time limit.
    state : State
        The latest news.
    ended : str or None
        None while it runs; then ``done``, ``cancelled``, ``abandoned`` or
        ``failed``.
    """

    def __init__(self, question: Question, seconds: int, known: State | None = None):
        self.question, self.seconds = question, seconds
        self.state, self.ended = known or State(), "done" if known else None
        self.started = self._asked = time.monotonic()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def begin(self) -> "Job":
        """Start the process and the threads that watch it."""
        command = [sys.executable, "-m", "geo", "optimum", "--format", "lines", "--seconds", str(self.seconds)]
        command += ["--least", str(self.question.least), "--most", str(self.question.most)]
        command += ["--tolerance", repr(self.question.tolerance * 100)]
        process = subprocess.Popen(
            command,
            cwd=paths.ROOT,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process = process
        threading.Thread(target=self._read, args=(process,), daemon=True).start()
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    @property
    def running(self) -> bool:
        """Whether the search goes on."""
        return self.ended is None

    @property
    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    def asked_about(self) -> None:
        """Say that somebody still waits for the answer."""
        self._asked = time.monotonic()

    def cancel(self) -> None:
        """End the search; what it has found stays."""
        self._end("cancelled")

    def _end(self, how: str) -> None:
        with self._lock:
            self.ended = self.ended or how
        if self._process:
            self._process.kill()
            self._process.wait()

    def _read(self, process: subprocess.Popen[str]) -> None:
        with process:
            for line in process.stdout or ():
                # The last line of a process that was ended may be half a line.
                with suppress(ValueError):
                    news = State(**json.loads(line))
                    if self.running:
                        self.state = news
        failed = process.returncode != 0
        with self._lock:
            self.ended = self.ended or ("failed" if failed else "done")
        _keep(self)

    def _watch(self) -> None:
        while self.running:
            if time.monotonic() - self._asked > _ABANDONED:
                self._end("abandoned")
            elif self.elapsed > self.seconds + _GRACE:
                # Late, but what it found holds.
                self._end("done")
            time.sleep(0.25)


@dataclass
class _Server:
    """The search that runs or ran last, and the answers that were proven."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    current: Job | None = None
    proven: dict[Question, State] = field(default_factory=dict)


_server = _Server()


def start(question: Question, seconds: int) -> Job | None:
    """Start a search, or take its answer from an earlier one that proved it.

    Returns
    -------
    Job or None
        None while another search runs.
    """
    with _server.lock:
        if question in _server.proven:
            return Job(question, seconds, _server.proven[question])
        if _server.current and _server.current.running:
            return None
        _server.current = Job(question, min(seconds, MOST_SECONDS)).begin()
        return _server.current


def _keep(job: Job) -> None:
    if job.ended == "done" and (job.state.least_moved or job.state.status == "infeasible"):
        with _server.lock:
            _server.proven[job.question] = job.state
            while len(_server.proven) > _MOST_KEPT:
                del _server.proven[next(iter(_server.proven))]


@atexit.register
def _stop() -> None:
    if _server.current:
        _server.current.cancel()
