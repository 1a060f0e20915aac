"""Files that are compressed when they are first asked for, once for all readers, and kept."""

import asyncio
import gzip
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass

import brotli
from starlette.datastructures import Headers
from starlette.responses import Response

from geo import kept

FOR_A_YEAR = "public, max-age=31536000, immutable"
"""What browsers are told of files whose names change with their content."""
MOST_BYTES = 16_000_000
"""Bytes of all files that are kept, as they are sent."""
ASK_AGAIN = "no-cache"
"""What browsers are told of other files: ask whether the copy still holds."""
FOR_SECONDS = "public, max-age=0, must-revalidate, s-maxage=10"
"""The same, but that a proxy may answer with its copy for so long, whoever asks."""

_PACKERS: dict[str, Callable[[bytes], bytes]] = {
    # Measured: up to 9, higher qualities save 1 %.
    "br": lambda body: brotli.compress(body, quality=7),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
    "identity": bytes,
}
# Measured: 7 % smaller, in half a millisecond for a kilobyte, ten times as long.
_THOROUGH = 10
# Qualities by the bytes of a page: what is longer has maps, whose outlines take long to pack for little.
_QUICK = ((250_000, 1), (60_000, 3), (-1, 5))
_OF_304 = ("access-control-allow-origin", "cache-control", "etag", "vary")
_OFFER = re.compile(r"\s*([\w*-]+)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?")


@dataclass(frozen=True)
class File:
    """A file before compression, and how it is sent.

    Attributes
    ----------
    body : bytes
        Its content.
    media_type : str
        ``text/css``.
    cache : str
        How long a browser may keep it: `FOR_A_YEAR` or `ASK_AGAIN`.
    public : bool
        Whether pages of other sites, and frames that are kept apart, may read it too.
    thorough : bool
        Whether it is made as small as can be: for small files that every reader fetches.
    """

    body: bytes
    media_type: str
    cache: str
    public: bool = False
    thorough: bool = False


def encoding(accepted: str) -> str:
    """Return the best encoding that a browser takes: ``br``, ``gzip`` or ``identity``.

    Parameters
    ----------
    accepted : str
        Its ``Accept-Encoding``; what cannot be read of it is passed over.
    """
    offers = [match for part in accepted.lower().split(",") if (match := _OFFER.fullmatch(part))]
    weights = {match[1]: float(match[2] or 1) for match in offers}
    ours = {name: weights.get(name, weights.get("*", 0.0)) for name in ("br", "gzip")}
    best = max(ours, key=ours.__getitem__)
    return best if ours[best] > 0 else "identity"


def has(headers: Headers, tag: str) -> bool:
    """Tell whether a browser says that it has what a tag stands for."""
    known = {etag.strip().removeprefix("W/") for etag in headers.get("if-none-match", "").split(",")}
    return bool(known & {tag, "*"})


def packed(form: str, body: bytes) -> bytes:
    """Return a body in an encoding that `encoding` gave."""
    return _PACKERS[form](body)


def quickly_packed(form: str, body: bytes) -> bytes:
    """Return what is made for one view: 5 to 30 % larger than `packed`, in a quarter to a tenth of the time."""
    quality = next(quality for length, quality in _QUICK if len(body) > length)
    return brotli.compress(body, quality=quality) if form == "br" else packed(form, body)


class Kept:
    """Files as they are sent, each in the encodings that were asked for."""

    def __init__(self) -> None:
        self._kept = kept.Store("lib.hosts.packing", MOST_BYTES)
        self._making: dict[tuple[str, str], asyncio.Task[Response]] = {}

    async def answer(self, headers: Headers, name: str, read: Callable[[], File]) -> Response:
        """Return the answer to a request for a file.

        Parameters
        ----------
        headers : Headers
            Of the request.
        name : str
            What tells the file from others.
        read : callable
            Gives the file; called in a thread, once for each encoding.

        Raises
        ------
        LookupError
            If `read` does: nothing is kept then.
        """
        made = await self._made_once(name, encoding(headers.get("accept-encoding", "")), read)
        if has(headers, made.headers["etag"]):
            return Response(None, 304, {name: made.headers[name] for name in _OF_304 if name in made.headers})
        return made

    async def _made_once(self, name: str, form: str, read: Callable[[], File]) -> Response:
        """Return the answer, which one reader waits for and others who come meanwhile with it."""
        key = name, form
        answer = self._kept.get(key)
        if answer is not None:
            return answer
        task = self._making.get(key)
        if task is None:
            task = self._making[key] = asyncio.create_task(asyncio.to_thread(_made, form, read))
            task.add_done_callback(lambda _: self._making.pop(key, None))
        # A reader who goes away takes nothing from the others.
        made = await asyncio.shield(task)
        return self._kept.put(key, made, len(made.body))


def _made(form: str, read: Callable[[], File]) -> Response:
    file = read()
    thorough = file.thorough and form == "br"
    body = brotli.compress(file.body, quality=_THOROUGH) if thorough else packed(form, file.body)
    headers = {
        "Cache-Control": file.cache,
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if form != "identity":
        headers["Content-Encoding"] = form
    if file.public:
        headers["Access-Control-Allow-Origin"] = "*"
    return Response(body, headers=headers, media_type=file.media_type)
