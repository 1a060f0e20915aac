"""About how much memory a value takes."""

import dataclasses
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

import numpy as np
import pandas as pd
import shapely


def bytes_of(value: Any, seen: set[int] | None = None) -> int:
    """Return about how many bytes a value holds, all that it refers to with it; what it shares with others too.

    Parameters
    ----------
    value : object
        Tables, arrays, outlines, containers and dataclasses are looked into; of other types counts only what they
        say of themselves.
    seen : set of int, optional
        Identities of what was counted before and is not counted again; those of this value are added.
    """
    known = set() if seen is None else seen
    total = 0
    todo: list[Iterable] = [(value,)]
    while todo:
        for part in todo.pop():
            kind = type(part)
            if kind in _SMALL:
                total += _SMALL[kind]
            elif id(part) not in known:
                known.add(id(part))
                if kind is str:
                    total += 50 + len(part)
                else:
                    inside = _INSIDE.get(kind)
                    if inside is None:
                        inside = _INSIDE[kind] = _looking_into(kind)
                    size, parts = inside(part)
                    total += size
                    todo.append(parts)
    return total


_TEXT = 60
"""Bytes of a short text."""
_MOST_ROWS = 32
"""Rows of a table that are all looked into; of more, some."""
_TEXTS = (object, "str")
# Bytes of what is small; what a process has one of takes none.
_SMALL: dict[type, int] = {int: 28, float: 24, bool: 0, type(None): 0}
_INSIDE: dict[type, Callable[[Any], tuple[int, Iterable]]] = {}


def _looking_into(kind: type) -> Callable[[Any], tuple[int, Iterable]]:
    """Return what says of values of a type how many bytes they are and what they hold besides."""
    for base, look in _LOOKS.items():
        if issubclass(kind, base):
            return look
    if dataclasses.is_dataclass(kind):
        names = tuple(field.name for field in dataclasses.fields(kind))
        return lambda fields: (sys.getsizeof(fields) + 8 * len(names), [getattr(fields, name) for name in names])
    return lambda other: (sys.getsizeof(other), ())


def _in_array(array: np.ndarray) -> tuple[int, Iterable]:
    return array.nbytes, array.ravel().tolist() if array.dtype == object else ()


def _in_table(table: pd.DataFrame) -> tuple[int, Iterable]:
    # What pandas says of itself takes as long as making a small table.
    columns = [*table._iter_column_arrays(), table.index]
    return sum(int(column.nbytes) + (_TEXT * len(column) if column.dtype in _TEXTS else 0) for column in columns), ()


def _in_column(column: pd.Series) -> tuple[int, Iterable]:
    # Outlines say nothing of their points.
    outlines = np.asarray(column) if str(column.dtype) == "geometry" else ()
    return int(column.memory_usage(deep=True)), outlines


def _in_list(parts: Sequence) -> tuple[int, Iterable]:
    if len(parts) <= _MOST_ROWS or set(map(type, parts)) != {tuple}:
        return sys.getsizeof(parts), parts
    # Rows of a table are alike.
    some = parts[:: len(parts) // _MOST_ROWS + 1]
    return sys.getsizeof(parts) + len(parts) * sum(map(bytes_of, some)) // len(some), ()


_LOOKS: dict[type, Callable[[Any], tuple[int, Iterable]]] = {
    pd.DataFrame: _in_table,
    pd.Series: _in_column,
    np.ndarray: _in_array,
    shapely.Geometry: lambda outline: (100 + 16 * int(shapely.get_num_coordinates(outline)), ()),
    dict: lambda mapping: (sys.getsizeof(mapping), (*mapping, *mapping.values())),
    MappingProxyType: lambda mapping: (sys.getsizeof(mapping), (*mapping, *mapping.values())),
    partial: lambda call: (sys.getsizeof(call), (*call.args, *call.keywords.values())),
    list: _in_list,
    tuple: _in_list,
    frozenset: lambda parts: (sys.getsizeof(parts), parts),
}
