"""The URL grammar: views of pages to query parameters and back.

A view is a frozen dataclass, one a page. `parse` reads untrusted parameters
and never fails: what it cannot understand is dropped and named in a notice.
`query` writes a view in full, defaults too, so that a printed link keeps its
meaning when a default changes.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import Field, fields
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import parse_qs, quote, quote_plus, urlencode

from lib import repairs, trackers
from lib.parameters import Parameter, PartlyReadError
from lib.text import listed, quoted

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

View = TypeVar("View", bound="DataclassInstance")

_MOST_READ = 4000
_MOST_NAMED = 5
# How a page is framed: Streamlit's own parameters, and the part of the page that is shown.
FRAME = ("embed", "embed_options", "view")
PARTS = ("all", "map", "table")
# Stand for the code of an area and for those of several in the template of a link, which maps and charts fill in.
CODE, CODES = "{code}", "{codes}"
# Stand for themselves in a query, and so does what is made of nothing else and of letters and digits.
_SAFE = ",:"
_PLAIN = re.compile(r"[A-Za-z0-9_.~,:-]*")

PAGES: dict[str, type] = {}
"""View class of each page by its path, as the pages made themselves known by `know`."""

# What printed links may still say. Entries are never removed: (version that changed it, old, new).
MOVED_PAGES = (
    ("1.0.0", "map", ""),
    ("1.0.0", "stp", "footprint"),
    ("1.0.0", "councils", "council"),
)
RENAMED_PARAMETERS = (
    ("1.0.0", "color", "colour"),
    ("1.0.0", "outlines", "outline"),
)


def _name(item: Field) -> str:
    """Return the parameter's name."""
    return item.metadata["name"] or item.name


_PATHS: dict[type, str] = {}
# Of each view: name, attribute and how it is written.
_WRITTEN: dict[type, tuple[tuple[str, str, Callable[[Any], str]], ...]] = {}
_NAMES: set[str] = {old for _, old, _ in RENAMED_PARAMETERS} | {*FRAME}
_SPELT: dict[str, str] = {}


def _letters(path: str) -> str:
    """Return the letters of a path, small: ``"What_If"``, ``"what-if"`` and ``"what if"`` are one page."""
    return "".join(character for character in path.lower() if character.isalnum())


def know(path: str, view: type) -> None:
    """Let links lead to a page.

    Parameters
    ----------
    path : str
        Its one segment of the address; empty for the first page.
    view : type
        Frozen dataclass whose fields are the parameters of its links.
    """
    PAGES[path], _PATHS[view] = view, path
    _NAMES.update(_name(item) for item in fields(view))
    _WRITTEN[view] = tuple((_name(item), item.name, item.metadata["parameter"].write) for item in fields(view))
    _SPELT[_letters(path)] = path
    _SPELT.update((_letters(old), new) for _, old, new in MOVED_PAGES)


def repaired(parameters: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return query parameters as they were when the link was made, see `lib.repairs`."""
    return repairs.repaired(parameters, frozenset(_NAMES))


def to(path: str, **values: Any) -> str:
    """Return the link of a view by the path of its page: ``to("council", council="E10000012")``.

    Raises
    ------
    KeyError
        If no page has the path.
    TypeError
        If its view has no such value.
    """
    return link(PAGES[path](**values))


def mended(path: str, query_string: str) -> str | None:
    """Return where a link leads that was changed on its way, or whose page has moved.

    Parameters
    ----------
    path : str
        What stands behind the app's address, without slashes at its ends; untrusted, its escapes read once.
    query_string : str
        What stands behind the question mark.

    Returns
    -------
    str or None
        Page and query as they were when the link was made; None if nothing
        is to be mended or the path is not that of a page.
    """
    # The question mark may have been escaped, or an ampersand put in its place.
    start, _, stuck = repairs.decoded(path).replace("&", "?", 1).partition("?")
    name, _, ending = repairs.text(start).partition(".")
    page = _SPELT.get(_letters(name))
    if page is None or (name and not _letters(name)):
        return None
    # A page has forms with an ending: council.csv.
    page = f"{page or 'map'}.{_letters(ending)}" if ending else page
    given = parse_qs(query_string, keep_blank_values=True, errors="replace")
    more = parse_qs(stuck, keep_blank_values=True, errors="replace")
    parameters = repaired({name: [*given.get(name, ()), *more.get(name, ())] for name in {**given, **more}})
    if (page, parameters) == (path, given):
        return None
    return f"{page}?{urlencode(parameters, doseq=True, safe=_SAFE)}" if parameters else page


def parse(page: type[View], parameters: Mapping[str, list[str]]) -> tuple[View, list[str]]:
    """Read a view from query parameters.

    Parameters
    ----------
    page : type
        View class of the page.
    parameters : mapping of str to list of str
        Every value of every parameter, untrusted.

    Returns
    -------
    view : instance of `page`
        What was understood; defaults for the rest.
    notices : list of str
        One sentence of Markdown for each thing that was ignored and what is
        shown instead.
    """
    known = {_name(item): item for item in fields(page)}
    parameters = _renamed(repaired(parameters), known)
    understood: dict[str, Any] = {}
    notices = []
    for name, item in known.items():
        values = parameters.get(name, [])
        if not values:
            continue
        if len(values) > 1:
            notices.append(f"The link gives {quoted(name)} {len(values)} times; the last one is used.")
        value, notice = _read(item, values[-1])
        if notice:
            notices.append(notice)
        understood[item.name] = value
    strangers = [name for name in parameters if name not in known and not _expected(name)]
    if strangers:
        named = [quoted(name) for name in strangers[:_MOST_NAMED]]
        if len(strangers) > _MOST_NAMED:
            named.append(f"{len(strangers) - _MOST_NAMED} more")
        notices.append(f"The link also gives {listed(named)}, which this page does not know; ignored.")
    part = (parameters.get("view") or ["all"])[-1]
    if part.strip().lower() not in PARTS:
        notices.append(f"`view`: {quoted(part)} is not one of {listed(PARTS, 'or')}; shown instead: all.")
    view = page(**understood)
    if hasattr(view, "settled"):
        view, unsettled = view.settled()
        notices += unsettled
    return view, notices


def _renamed(parameters: Mapping[str, list[str]], known: Collection[str]) -> dict[str, list[str]]:
    """Return parameters under today's names; an old name gives way to today's where a link has both."""
    current = dict(parameters)
    for _, old, new in RENAMED_PARAMETERS:
        if old in current and old not in known and new in known:
            current.setdefault(new, current.pop(old))
            current.pop(old, None)
    return current


def page_at(path: str) -> type | None:
    """Return the view class of a page by its path, also of a page that has moved; None if there never was one."""
    moved = {old: new for _, old, new in MOVED_PAGES}
    return PAGES.get(moved.get(path, path))


def _expected(name: str) -> bool:
    return name in FRAME or trackers.is_tracker(name)


def _read(item: Field, text: str) -> tuple[Any, str | None]:
    parameter = item.metadata["parameter"]
    instead = parameter.write(item.default)
    if not text.strip():
        return item.default, None
    if len(text) > _MOST_READ:
        return item.default, f"{quoted(_name(item))} is too long to be read; shown instead: {instead}."
    try:
        return _understood(parameter, text), None
    except PartlyReadError as part:
        named = [quoted(word) for word in part.unknown[:_MOST_NAMED]]
        if len(part.unknown) > _MOST_NAMED:
            named.append(f"{len(part.unknown) - _MOST_NAMED} more")
        notice = f"{quoted(_name(item))} does not know {listed(named)}; shown instead: {parameter.write(part.value)}."
        return part.value, notice
    except ValueError as error:
        return item.default, f"{quoted(_name(item))}: {quoted(text)} {error}; shown instead: {instead}."


def _understood(parameter: Parameter, text: str) -> Any:
    """Read a value; where that fails, without the spaces that a wrapped line may have left in it."""
    try:
        return parameter.read(text)
    except ValueError:
        joined = "".join(text.split())
        if joined != text:
            with suppress(ValueError):
                return parameter.read(joined)
        raise


def query(view: Any) -> dict[str, str]:
    """Return all parameters of a view, defaults too."""
    return {name: write(getattr(view, attribute)) for name, attribute, write in _WRITTEN[type(view)]}


def query_string(view: Any) -> str:
    """Return all parameters of a view as they stand in a link, without the question mark.

    A value that is `CODE` or `CODES` stays as it is: the link is a template then.
    """
    return "&".join([f"{name}={_in_query(value)}" for name, value in query(view).items()])


def _in_query(value: str) -> str:
    # Most values are codes and numbers.
    if _PLAIN.fullmatch(value):
        return value
    return quote_plus(value, safe=_SAFE).replace(quote(CODE), CODE).replace(quote(CODES), CODES)


def link(view: Any) -> str:
    """Return the link of a view from the app's address on: ``"/?stp=E54000015&colour=rating&..."``."""
    path, parameters = f"/{_PATHS[type(view)]}", query_string(view)
    return f"{path}?{parameters}" if parameters else path


def filled(template: str, codes: Iterable[str]) -> tuple[str, ...]:
    """Return the links of areas that are alike but for the code: `template` has `CODE` in its place."""
    return tuple(template.replace(CODE, code) for code in codes)
