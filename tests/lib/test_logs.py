"""Logs say what happened and where, and nothing that a reader gave."""

import io
import json
import logging

import pytest

from lib import logs


@pytest.fixture
def written():
    factory = logging.getLogRecordFactory()
    own = logging.getLogger("footprints")
    handlers, propagate, level = own.handlers, own.propagate, own.level
    stream = io.StringIO()
    logs.as_json(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.setLogRecordFactory(factory)
    own.handlers, own.propagate = handlers, propagate
    own.setLevel(level)


def test_an_event_carries_its_counts(written):
    logs.event("slow run", page="council", milliseconds=812)
    (line,) = written()
    assert line["event"] == "slow run" and line["page"] == "council" and line["milliseconds"] == 812
    assert line["level"] == "info"


def test_what_is_filled_into_a_message_is_left_out(written):
    other = logging.getLogger("footprints-test-of-another")
    other.addHandler(logging.getLogger("footprints").handlers[0])
    other.warning("rejected %s from %s", "my search", "192.0.2.7")
    (line,) = written()
    assert line["event"] == "rejected %s from %s"
    assert "my search" not in json.dumps(line) and "192.0.2.7" not in json.dumps(line)


def test_an_error_is_named_without_its_text(written):
    other = logging.getLogger("footprints-test-of-errors")
    other.addHandler(logging.getLogger("footprints").handlers[0])
    try:
        raise KeyError("LE1 6RX")
    except KeyError:
        other.exception("Uncaught app execution")
    (line,) = written()
    assert line["error"] == "KeyError"
    assert any("test_logs.py" in place for place in line["at"])
    assert "LE1" not in json.dumps(line)


def test_only_slow_runs_are_logged(written, monkeypatch):
    with logs.timed("map"):
        pass
    monkeypatch.setattr(logs, "SLOW", 0.0)
    with logs.timed("map"):
        pass
    (line,) = written()
    assert line["event"] == "slow run" and line["page"] == "map"
