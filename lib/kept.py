"""Results that are kept, because many readers ask for the same."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any


class Kept:
    """The results last asked for, each made from its key alone and shared: do not change them.

    Parameters
    ----------
    most : int
        How many are kept; the one that was not asked for the longest gives way.
    """

    def __init__(self, most: int):
        self._most, self._lock = most, Lock()
        self._results: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what `make` gives for a key; two readers at once may both make it."""
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
        result = make()
        with self._lock:
            self._results[key] = result
            while len(self._results) > self._most:
                self._results.popitem(last=False)
        return result
