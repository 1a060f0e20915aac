"""The page that tells people what the interface answers, from its description for software."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from lib.content.blocks import Block, Code, Link, Listing, Prose, Section, Words
from lib.content.document import Document
from lib.hosts.api import MOST_BYTES, PATH

_METHODS = ("get", "post")
# So many values are listed at an address of their own.
_MANY = 10
# Where an address needs values, these lead to an answer; the rest of an example comes from its description.
_EXAMPLES = {"a": "council17", "b": "stp17", "q": "Leicester"}


def document(described: Mapping[str, Any]) -> Document:
    """Return the page.

    Parameters
    ----------
    described : mapping
        The OpenAPI description.
    """
    sections = [
        _section(path, method, operation)
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
        if method in _METHODS
    ]
    return Document(
        title="The tables as an interface for software",
        description="Addresses that answer with JSON: layers, areas, overlap, fit with councils, places, facts.",
        lead=(
            f"{len(sections)} addresses answer with JSON, open to software of other sites. Nothing has to be asked "
            "for, and nothing of who asks is kept."
        ),
        blocks=(
            Prose(
                (
                    f"{described['info']['description'].partition(chr(10) * 2)[0].replace('`', '')} ",
                    Link("Description for software (OpenAPI)", f"{PATH}/openapi.json"),
                    ".",
                )
            ),
            Prose(
                "A view of a page is there as well, at its own address with another ending: .json, .csv, .xlsx, "
                ".geojson, .svg, .png, .pdf."
            ),
            *sections,
            Prose(
                f"A request may hold {MOST_BYTES // 1000} KB. When too many ask at once, the answer is 503 with the "
                "seconds after which to come again. ETags hold until data or code change.",
                "caption",
            ),
        ),
    )


def _section(path: str, method: str, operation: Mapping[str, Any]) -> Block:
    parameters = operation.get("parameters", ())
    lines: tuple[Words, ...] = tuple(_parameter(item) for item in parameters)
    text = " ".join(operation.get("description", "").split())
    blocks: tuple[Block, ...] = (
        Prose((Code(f"{method.upper()} {PATH}{path}"),)),
        # Every other part stands between two marks.
        Prose(tuple(Code(part) if n % 2 else part for n, part in enumerate(text.split("``")))),
        *((Listing(lines),) if lines else ()),
    )
    if method == "get":
        example = _example(path, parameters)
        blocks = (*blocks, Prose(("For example ", Link(example, example), ".")))
    else:
        asked = _example(path, parameters).partition("?")[2]
        at = (" Behind the address stands, for example, ", Code(f"?{asked}"), ".") if asked else ()
        blocks = (*blocks, Prose(("The body is a JSON list, for example ", Code('["LE1 6TP", "S1 2HH"]'), ".", *at)))
    return Section(operation["summary"], blocks)


def _parameter(item: Mapping[str, Any]) -> Words:
    default = item["schema"].get("default")
    known = item["schema"].get("enum", ())
    more = f" One of {', '.join(known)}." if 0 < len(known) < _MANY else ""
    more += f" Default: {default}." if default is not None else ""
    return (Code(item["name"]), f": {item.get('description', '')}{more}")


def _example(path: str, parameters: Any) -> str:
    """Return an address that answers."""
    query = []
    for item in parameters:
        given = _EXAMPLES.get(item["name"]) or (item["schema"].get("examples") or item.get("examples") or [""])[0]
        if item["in"] == "path":
            path = path.replace(f"{{{item['name']}}}", quote(given))
        elif item.get("required"):
            query.append(f"{item['name']}={quote(given)}")
    return f"{PATH}{path}{'?' if query else ''}{'&'.join(query)}"
