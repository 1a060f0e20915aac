"""Files that browsers fetch beside the pages: the outlines, compressed once."""

import gzip
import re
from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from geo import manifest, paths
from lib import start_up
from lib.browser import assets

_HASHED = re.compile(r"[\w-]+\.[0-9a-f]{10}\.json")
_FOR_A_YEAR = "public, max-age=31536000, immutable"


@cache
def _packed(name: str) -> bytes:
    """Return a file of outlines, compressed; raises `LookupError` for one that is not as the manifest has it."""
    known = {item["path"].removeprefix("static/"): item for item in manifest.read()["static"]}
    file = paths.STATIC / name
    # A browser keeps what it gets for a year.
    if name not in known or not file.is_file() or not manifest.is_as_listed(known[name], file.read_bytes()):
        raise LookupError(name)
    return gzip.compress(file.read_bytes(), 9, mtime=0)


async def outlines(request: Request) -> Response:
    """Send a file of `static/`: compressed once, and for browsers to keep if its name has a hash of its content."""
    name = request.path_params["path"]
    try:
        if start_up.problems():
            raise LookupError(name)
        packed = _packed(name)
    except LookupError:
        return Response("Not found", 404)
    headers = {"Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff"}
    headers["Cache-Control"] = _FOR_A_YEAR if _HASHED.fullmatch(name) else "no-cache"
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, headers=headers | {"Content-Encoding": "gzip"}, media_type="application/json")
    return Response(gzip.decompress(packed), headers=headers, media_type="application/json")


@cache
def _packed_script(path: str) -> tuple[bytes, str]:
    content, media_type = assets.served(path)
    return gzip.compress(content, 9, mtime=0), media_type


async def scripts(request: Request) -> Response:
    """Send a script or style sheet, or the library of charts: compressed once, and for browsers to keep."""
    try:
        packed, media_type = _packed_script(request.path_params["path"])
    except LookupError:
        return Response("Not found", 404)
    headers = {"Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff", "Cache-Control": _FOR_A_YEAR}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=media_type)
    return Response(gzip.decompress(packed), headers=headers, media_type=media_type)
