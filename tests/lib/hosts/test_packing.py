"""Files that are compressed once: the form that a browser takes, made once, and nothing kept of what is none."""

import asyncio
import gzip
import threading

import brotli
import pytest
from starlette.datastructures import Headers

from lib.hosts.packing import ASK_AGAIN, FOR_A_YEAR, File, Kept, encoding
from tests.loops import ran

TEXT = b"const footprints = 44;\n" * 500


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP;q=0.8", "gzip"),
        ("br;q=0.5, gzip;q=1.0", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=0, *", "gzip"),
        ("identity", "identity"),
        ("deflate, zstd", "identity"),
        ("", "identity"),
        ("br;q=much, gzip", "gzip"),
        (";;,=,br2, gzipped", "identity"),
    ],
)
def test_the_best_form_that_a_browser_takes(accepted, best):
    assert encoding(accepted) == best


def asked(kept: Kept, read, **headers: str):
    given = Headers({name.replace("_", "-"): value for name, value in headers.items()})
    return ran(kept.answer(given, "x.js", read))


def test_each_form_holds_the_file_under_a_mark_of_its_own():
    kept, read = Kept(), lambda: File(TEXT, "text/javascript", FOR_A_YEAR)
    forms = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}
    tags = set()
    for name, unpack in forms.items():
        answer = asked(kept, read, accept_encoding=name)
        assert unpack(answer.body) == TEXT
        assert answer.headers.get("content-encoding", "identity") == name
        assert answer.headers["content-length"] == str(len(answer.body))
        assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
        assert (answer.headers["cache-control"], answer.headers["vary"]) == (FOR_A_YEAR, "Accept-Encoding")
        assert "access-control-allow-origin" not in answer.headers
        tags.add(answer.headers["etag"])
    assert len(tags) == 3


def test_who_has_the_file_is_told_so():
    kept, read = Kept(), lambda: File(TEXT, "text/css", ASK_AGAIN, public=True)
    whole = asked(kept, read, accept_encoding="br")
    tag = whole.headers["etag"]
    for held in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = asked(kept, read, accept_encoding="br", if_none_match=held)
        assert (answer.status_code, answer.body) == (304, b"")
        for name in ("etag", "vary", "cache-control", "access-control-allow-origin"):
            assert answer.headers[name] == whole.headers[name]
        assert "content-encoding" not in answer.headers
    # A browser that holds another form of it has not got this one.
    assert asked(kept, read, accept_encoding="gzip", if_none_match=tag).status_code == 200


def test_many_who_come_at_once_wait_for_one_and_who_leaves_takes_nothing_away():
    begun, go_on, count = threading.Event(), threading.Event(), []

    def read() -> File:
        count.append(1)
        begun.set()
        assert go_on.wait(10)
        return File(TEXT, "text/javascript", FOR_A_YEAR)

    async def crowd() -> list:
        kept, headers = Kept(), Headers({"accept-encoding": "br"})
        readers = [asyncio.create_task(kept.answer(headers, "x.js", read)) for _ in range(50)]
        await asyncio.to_thread(begun.wait, 10)
        readers[0].cancel()
        go_on.set()
        await asyncio.wait(readers)
        return readers[1:]

    answers = [reader.result() for reader in ran(crowd())]
    assert count == [1] and {brotli.decompress(answer.body) for answer in answers} == {TEXT}


def test_what_is_no_file_is_asked_for_anew():
    kept, found = Kept(), []

    def read() -> File:
        if not found:
            raise LookupError
        return found[0]

    for _ in range(2):
        with pytest.raises(LookupError):
            asked(kept, read, accept_encoding="br")
    found.append(File(TEXT, "text/javascript", FOR_A_YEAR))
    assert brotli.decompress(asked(kept, read, accept_encoding="br").body) == TEXT
