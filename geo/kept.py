"""Results that are kept for all callers: what is loaded once, and what is made again and again, within a bound.

All that a process keeps goes through here: `everything` lists it with its bytes. What is kept is read-only
(`geo.read_only`), so that nobody's change reaches others.
"""

import inspect
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from geo.memory import bytes_of
from geo.read_only import read_only

P = ParamSpec("P")
R = TypeVar("R")

MEGABYTE = 1_000_000
MOST_BYTES = 320 * MEGABYTE
"""Of all results together that are kept within a bound. A test adds the bounds up."""
ENTRY = 300
"""Bytes that it takes to keep a value, besides its own and its key's."""

_MISSING: Any = object()
_WORDS = object()


class Store:
    """Values by key, the least lately used given up first. Any thread may use it.

    Parameters
    ----------
    name : str
        What is kept in it.
    most_bytes : int
        Of all values together.
    """

    def __init__(self, name: str, most_bytes: int):
        self.name, self.most_bytes = name, most_bytes
        self.bytes = 0
        self._values: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = threading.Lock()
        _stores.add(self)

    def get(self, key: Hashable, default: Any = None) -> Any:
        """Return the value of a key, or `default`."""
        with self._lock:
            entry = self._values.get(key)
            if entry is None:
                return default
            self._values.move_to_end(key)
            return entry[0]

    def put(self, key: Hashable, value: Any, size: int) -> Any:
        """Keep a value of so many bytes, unless there is one already; return the one that is kept.

        What is larger than everything together may be is returned and not kept.
        """
        with self._lock:
            if key in self._values:
                return self._values[key][0]
            size += ENTRY
            if size <= self.most_bytes:
                self._values[key] = value, size
                self.bytes += size
            while self.bytes > self.most_bytes:
                _, (_, given_up) = self._values.popitem(last=False)
                self.bytes -= given_up
        return value

    def keys(self) -> tuple[Hashable, ...]:
        """Return the keys, the least lately used first."""
        with self._lock:
            return tuple(self._values)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._values.clear()
            self.bytes = 0


_stores: weakref.WeakSet[Store] = weakref.WeakSet()
_once: dict[str, dict[Hashable, Any]] = {}
_forgets: dict[Callable, Callable[[], None]] = {}


def once(function: Callable[P, R]) -> Callable[P, R]:
    """Keep each result for good: for functions without parameters, or of few different arguments that no reader makes.

    The results are read-only. A call that raises is made again the next time.
    """
    results: dict[Hashable, Any] = {}
    _once[_name(function)] = results

    @wraps(function)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        key = (args, _WORDS, *sorted(kwargs.items())) if kwargs else args
        found = results.get(key, _MISSING)
        # Two threads may both have made it: all get the first.
        return found if found is not _MISSING else results.setdefault(key, read_only(function(*args, **kwargs)))

    _forgets[kept] = results.clear
    return kept


def within(megabytes: float, size: Callable[[Any], int] = bytes_of) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep results as long as there is room: for functions of what a reader may choose.

    Parameters
    ----------
    megabytes : float
        Of all results together; the least lately used are given up first.
    size : callable
        Gives about how many bytes a result takes, where looking into all of it would take long.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        store = Store(_name(function), int(megabytes * MEGABYTE))

        @wraps(function)
        def kept(*args: P.args, **kwargs: P.kwargs) -> R:
            key = (args, _WORDS, *sorted(kwargs.items())) if kwargs else args
            found = store.get(key, _MISSING)
            if found is not _MISSING:
                return found
            made = read_only(function(*args, **kwargs))
            return store.put(key, made, bytes_of(key) + size(made))

        _forgets[kept] = store.clear
        return kept

    return decorate


def _name(function: Callable) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def anew(function: Callable[P, R]) -> Callable[P, R]:
    """Return a function whose results are kept as one that makes them anew: they are its caller's own."""
    return inspect.unwrap(function)


def forget(function: Callable) -> None:
    """Forget the results of a function that are kept."""
    _forgets[function]()


@dataclass(frozen=True)
class Holding:
    """What is kept in one place.

    Attributes
    ----------
    name : str
        Of the function whose results they are, or of what they are.
    keys : tuple
        What each of the results was made of.
    bytes : int
        About how many they take.
    most_bytes : int or None
        How many they may take; None where their number is bounded by nature.
    """

    name: str
    keys: tuple[Hashable, ...]
    bytes: int
    most_bytes: int | None


def everything() -> list[Holding]:
    """Return all that is kept, the largest first; what several of those that are kept for good hold counts once."""
    seen: set[int] = set()
    good = [
        Holding(name, tuple(results), sum(bytes_of(one, seen) for one in list(results.values())), None)
        for name, results in list(_once.items())
    ]
    bounded = [Holding(store.name, store.keys(), store.bytes, store.most_bytes) for store in list(_stores)]
    return sorted([*good, *bounded], key=lambda holding: -holding.bytes)
