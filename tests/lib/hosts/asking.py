"""Requests to a part of the server, without a server."""

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message

from tests.loops import ran


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: Headers
    body: bytes


def ask(app: ASGIApp, *paths: str, method: str = "GET", content: bytes = b"", **headers: str) -> list[Answer]:
    """Ask for several addresses at once; ``accept_encoding="br"`` is a header."""

    async def one(path: str) -> Answer:
        raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        path, _, query = path.partition("?")
        scope = {"type": "http", "method": method, "path": path, "root_path": "", "headers": raw}
        scope["query_string"] = query.encode()
        said: list[Message] = []

        sent = [content] if content else []

        async def receive() -> Message:
            # Nobody leaves before the answer.
            return {"type": "http.request", "body": sent.pop()} if sent else await asyncio.Event().wait()

        async def send(message: Message) -> None:
            said.append(message)

        await app({**scope, "server": ("localhost", 80), "scheme": "http"}, receive, send)
        body = b"".join(message.get("body", b"") for message in said[1:])
        return Answer(said[0]["status"], Headers(raw=said[0]["headers"]), body)

    async def everything() -> list[Answer]:
        return await asyncio.gather(*map(one, paths))

    return ran(everything())
