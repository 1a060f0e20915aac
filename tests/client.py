"""A client that speaks Streamlit's protocol, as a browser does, without drawing anything.

It keeps what a browser keeps (the address, widget states, cached messages), fetches what a page says where a run
tells it to, and counts what comes: bytes on the wire, compressed if the server compresses, and bytes of the
messages themselves.
"""

import asyncio
import json
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import unescape
from types import TracebackType
from urllib.parse import parse_qsl, urlencode, urlsplit

import brotli
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

PATIENCE = 30.0
"""Seconds after which a run counts as failed."""


class RunError(Exception):
    """The server did not answer, or answered with an error instead of the page."""


class CountingConnection(ClientConnection):
    """A connection that counts the bytes it is sent."""

    received = 0

    def data_received(self, data: bytes) -> None:
        """Count what the network delivers."""
        self.received += len(data)
        super().data_received(data)


@dataclass
class Run:
    """What one run of the page brought.

    Attributes
    ----------
    seconds : float
        From sending the request to the end of the run.
    first : float
        From sending the request to its first element.
    wire, content : int
        Bytes on the wire, and bytes of the messages before compression.
    fetched : int
        Bytes of what was fetched besides, as it was sent.
    messages : dict of str to int
        Bytes by kind of element.
    """

    seconds: float = 0.0
    first: float = 0.0
    wire: int = 0
    content: int = 0
    fetched: int = 0
    messages: dict[str, int] = field(default_factory=dict)


def _same(one: str, other: str) -> bool:
    """Tell whether two addresses are one, however they are written."""
    parts = [(at.path, parse_qsl(at.query, keep_blank_values=True)) for at in map(urlsplit, (one, other))]
    return parts[0] == parts[1]


class Contents:
    """A connection that stays open, for what is fetched: one thing after the other, as it is sent, not decoded."""

    def __init__(self, address: str, headers: dict[str, str]):
        self._parts = urlsplit(address)
        more = {"Host": self._parts.netloc, "Accept-Encoding": "br", **headers}
        self._head = "".join(f"{name}: {value}\r\n" for name, value in more.items())
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._turn = asyncio.Lock()

    async def fetch(self, source: str) -> bytes:
        """Return what stands at an address, in brotli; raises `RunError` if the answer is another than 200."""
        async with self._turn:
            rested = self._streams is not None
            try:
                head, body = await self._asked(source)
            except (ConnectionError, asyncio.IncompleteReadError):
                # A server closes what rests, perhaps at this moment: a browser asks again, too.
                if not rested:
                    raise
                head, body = await self._asked(source)
        if b" 200 " not in head[:14]:
            raise RunError(f"{source}: {head[:40]!r}")
        return body

    async def _asked(self, source: str) -> tuple[bytes, bytes]:
        if self._streams is None or self._streams[0].at_eof():
            self._streams = await asyncio.open_connection(self._parts.hostname, self._parts.port)
        reading, writing = self._streams
        try:
            writing.write(f"GET /{source} HTTP/1.1\r\n{self._head}\r\n".encode())
            head = await reading.readuntil(b"\r\n\r\n")
            size = int(re.search(rb"\r\ncontent-length: (\d+)", head, re.IGNORECASE)[1])
            return head, await reading.readexactly(size)
        except BaseException:
            # What was left unread is no answer to the next question.
            self.close()
            raise

    def close(self) -> None:
        """Close the connection."""
        if self._streams:
            self._streams[1].close()
        self._streams = None


class Session:
    """One reader with one browser tab.

    Parameters
    ----------
    address : str
        Where the app is, for example ``http://localhost:8501``.
    headers : dict, optional
        More request headers, such as cookies.
    caching : bool
        Keep messages and tell the server which, as a browser does.
    """

    def __init__(self, address: str, headers: dict[str, str] | None = None, caching: bool = True):
        self.address, self.headers, self.caching = address.rstrip("/"), headers or {}, caching
        self.pages: dict[str, str] = {}
        self.query, self.page = "", ""
        self.widgets: dict[str, WidgetState] = {}
        self.elements: dict[tuple[int, ...], tuple[str, object]] = {}
        self.drawn: set[tuple[int, ...]] = set()
        self.cache: dict[str, tuple[ForwardMsg, int]] = {}
        self.runs = 0
        self.most_age = 2
        self.socket: CountingConnection | None = None
        self.contents = Contents(self.address, self.headers)
        # What the page says, and where that was fetched.
        self.told: tuple[str, bytes | dict] = ("", {})

    async def __aenter__(self) -> "Session":
        """Connect."""
        parts = urlsplit(self.address)
        scheme = "wss" if parts.scheme == "https" else "ws"
        self.socket = await connect(
            f"{scheme}://{parts.netloc}/_stcore/stream",
            create_connection=CountingConnection,
            subprotocols=["streamlit"],
            compression=None,
            extensions=[ClientPerMessageDeflateFactory(client_max_window_bits=True)],
            additional_headers=self.headers,
            origin=f"{parts.scheme}://{parts.netloc}",
            max_size=None,
            open_timeout=PATIENCE,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the tab."""
        self.contents.close()
        await self.socket.close()

    async def open(self, path: str = "", query: str = "") -> Run:
        """Open a page by its path, from a link of the app if there is one, and wait for its run."""
        self.query = query
        self.page = self.pages.get(path, "")
        self.widgets, self.elements = {}, {}
        # A browser does not wait for the run: the address says where it is.
        source = f"{path or 'map'}.live{'?' if query else ''}{query}" if self.told[0] else ""
        ahead = asyncio.create_task(self.contents.fetch(source)) if source else None
        try:
            return await self._run(path, (source, ahead))
        finally:
            if ahead and not ahead.done():
                ahead.cancel()

    async def set(self, widget: str, **value: object) -> Run:
        """Set the state of a widget and wait for the run it causes."""
        state = WidgetState(id=widget)
        for name, part in value.items():
            if isinstance(part, list):
                getattr(state, name).data.extend(part)
            else:
                setattr(state, name, part)
        self.widgets[widget] = state
        return await self._run()

    async def choose(self, label: str, option: str) -> Run:
        """Choose an option of a select box, or add it to those of a box for several."""
        for kind, element in self.elements.values():
            if getattr(element, "label", None) == label:
                if kind == "selectbox":
                    return await self.set(element.id, string_value=option)
                if kind == "multiselect":
                    return await self.set(element.id, string_array_value=[*element.raw_values, option])
        raise RunError(f"no box {label!r}")

    async def change(self, path: str, **fields: str) -> Run:
        """Change choices that are folded away, and wait for the view that they lead to."""
        start = time.perf_counter()
        asked = urlencode({"form": self.query, **fields})
        told = json.loads(brotli.decompress(await self.contents.fetch(f"{path or 'map'}.live?{asked}")))
        run = await self.open(path, told["share"]["link"].partition("?")[2])
        run.seconds = time.perf_counter() - start
        return run

    async def press(self, label: str) -> Run:
        """Press a button."""
        for kind, element in self.elements.values():
            if kind == "button" and element.label == label:
                return await self.set(element.id, trigger_value=True)
        raise RunError(f"no button {label!r}")

    async def click_area(self, code: str) -> Run:
        """Click an area of the first map that takes clicks."""
        for kind, element in self.elements.values():
            if kind == "plotly_chart" and element.selection_mode:
                point = {"curve_number": 0, "point_index": 0, "location": code}
                chosen = {"selection": {"points": [point], "point_indices": [0], "box": [], "lasso": []}}
                return await self.set(element.id, string_value=json.dumps(chosen))
        raise RunError("no map")

    def options(self, label: str) -> list[str]:
        """Return the options of a box."""
        return next(list(e.options) for _, e in self.elements.values() if getattr(e, "label", None) == label)

    def text(self) -> Iterable[str]:
        """Return titles, headings and paragraphs that the page shows, in order."""
        for place in sorted(self.elements):
            kind, element = self.elements[place]
            if kind in ("heading", "markdown"):
                yield element.body
        for part in ("head", "body"):
            for block in self.document().get(part, {}).get("blocks", ()):
                yield from (unescape(words) for words in re.split(r"<[^>]*>", block) if words)

    def document(self) -> dict:
        """Return what the page says, in the form of `lib.hosts.contents.of`."""
        told = self.told[1]
        return told if isinstance(told, dict) else json.loads(brotli.decompress(told))

    def _source(self) -> dict:
        """Return what the run said of the document: its ``source``, or its ``contents``."""
        said = (json.loads(e.json) for kind, e in self.elements.values() if kind == "bidi_component" and e.json)
        return next((data for data in said if "source" in data), {})

    async def _settle(self, run: Run, source: str, ahead: asyncio.Task[bytes] | None) -> None:
        """Take in what the page says, fetched where the run says unless that is on its way."""
        said = self._source()
        if "contents" in said or not said:
            self.told = "", said.get("contents", {})
        else:
            awaited = ahead and _same(source, said["source"])
            body = await (ahead if awaited else self.contents.fetch(said["source"]))
            self.told, run.fetched = (said["source"], body), len(body)

    async def _run(self, path: str = "", on_its_way: tuple[str, asyncio.Task[bytes] | None] = ("", None)) -> Run:
        request = BackMsg()
        state = request.rerun_script
        state.query_string, state.page_script_hash = self.query, self.page
        if not self.page:
            state.page_name = path
        state.widget_states.widgets.extend(self.widgets.values())
        state.cached_message_hashes.extend(self.cache)
        state.context_info.url = f"{self.address}/{path}"
        before, start, run = self.socket.received, time.perf_counter(), Run()
        self.drawn.clear()
        await self.socket.send(request.SerializeToString())
        # What was a press of a button is over once it was sent.
        self.widgets = {key: w for key, w in self.widgets.items() if w.WhichOneof("value") != "trigger_value"}
        try:
            async with asyncio.timeout(PATIENCE):
                while not await self._receive(run, start):
                    pass
        except TimeoutError as late:
            raise RunError(f"no answer within {PATIENCE:g} s") from late
        run.wire = self.socket.received - before
        # What the run did not draw again is gone from the page.
        self.elements = {place: element for place, element in self.elements.items() if place in self.drawn}
        await self._settle(run, *on_its_way)
        run.seconds = time.perf_counter() - start
        self.runs += 1
        self.cache = {key: held for key, held in self.cache.items() if self.runs - held[1] <= self.most_age}
        return run

    async def _receive(self, run: Run, start: float) -> bool:
        """Take in one message; return whether it ends the run."""
        content = await self.socket.recv()
        run.content += len(content)
        message = ForwardMsg.FromString(content)
        kind = message.WhichOneof("type")
        name = kind
        if kind == "ref_hash":
            known, _ = self.cache[message.ref_hash]
            self.cache[message.ref_hash] = (known, self.runs)
            known.metadata.CopyFrom(message.metadata)
            self._element(known)
        elif kind == "delta":
            name = self._element(message)
            if message.metadata.cacheable and self.caching:
                self.cache[message.hash] = (message, self.runs)
            run.first = run.first or time.perf_counter() - start
        elif kind == "new_session":
            self.page = message.new_session.page_script_hash
            self.most_age = message.new_session.config.max_cached_message_age
        elif kind == "navigation":
            listed = message.navigation.app_pages
            self.pages = {"" if page.is_default else page.url_pathname: page.page_script_hash for page in listed}
            self.page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        run.messages[name] = run.messages.get(name, 0) + len(content)
        if name == "exception":
            raise RunError(str(message.delta.new_element.exception.message))
        # A run that was told to start anew is followed by the one that counts.
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _element(self, message: ForwardMsg) -> str:
        delta = message.delta
        if delta.WhichOneof("type") != "new_element":
            return delta.WhichOneof("type")
        kind = delta.new_element.WhichOneof("type")
        element = getattr(delta.new_element, kind)
        place = tuple(message.metadata.delta_path)
        self.drawn.add(place)
        self.elements[place] = (kind, element)
        # The server sets what a link or another widget chose.
        if getattr(element, "set_value", False) and kind in ("selectbox", "multiselect"):
            state = WidgetState(id=element.id)
            if kind == "selectbox":
                state.string_value = element.raw_value
            else:
                state.string_array_value.data.extend(element.raw_values)
            self.widgets[element.id] = state
        return kind
