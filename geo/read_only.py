"""Results that many callers share: of the same types as before, but they refuse to be changed.

A table that is kept for all readers must not be changed by what is made for one. Reading one costs what reading any
other does, and what is derived from it (`copy`, a filter, ``{**kept}``, ``list(kept)``) can be changed as usual.
"""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Never

import numpy as np
import pandas as pd
from pandas.core.indexing import _iLocIndexer


class SharedError(TypeError):
    """What is shared between callers was to be changed."""


def _refuse(self: object, *_: object, **__: object) -> Never:
    raise SharedError(f"{type(self).__name__} is shared between callers: change a copy of it")


class ReadOnlyDict(dict):
    """A dict that refuses changes; copies of it do not."""

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[type, tuple[dict]]:
        """Say that copies, and what another process gets, are dicts as any other."""
        return dict, (dict(self),)


class ReadOnlyList(list):
    """A list that refuses changes; copies of it do not."""

    __setitem__ = __delitem__ = __iadd__ = __imul__ = _refuse
    append = clear = extend = insert = pop = remove = reverse = sort = _refuse

    def __reduce__(self) -> tuple[type, tuple[list]]:
        """Say that copies, and what another process gets, are lists as any other."""
        return list, (list(self),)


class _Places(_iLocIndexer):
    """Where rows are set by position and, after looking them up, by label."""

    _setitem_with_indexer = _refuse


class _ReadOnly:
    """What pandas' tables do to change themselves, refused: all their methods come down to these."""

    __setitem__ = __delitem__ = insert = isetitem = update = _refuse
    _update_inplace = _set_value = _refuse

    @property
    def iloc(self) -> _Places:
        return _Places("iloc", self)

    def __setattr__(self, name: str, value: object) -> None:
        if name == "_mgr" or not name.startswith("_"):
            _refuse(self)
        super().__setattr__(name, value)


def _frame(_: object, manager: Any, axes: Any) -> pd.DataFrame:
    return pd.DataFrame._from_mgr(manager, axes=axes)


def _series(_: object, manager: Any, axes: Any) -> pd.Series:
    made = pd.Series._from_mgr(manager, axes=axes)
    object.__setattr__(made, "_name", None)
    return made


class ReadOnlyFrame(_ReadOnly, pd.DataFrame):
    """A table that refuses changes."""

    # What is made of it is a table as any other, without the copy that pandas makes of subclasses.
    _constructor_from_mgr, _constructor_sliced_from_mgr = _frame, _series


class ReadOnlySeries(_ReadOnly, pd.Series):
    """A column that refuses changes."""

    _constructor_from_mgr, _constructor_expanddim_from_mgr = _series, _frame


def read_only(value: Any) -> Any:
    """Return a value that refuses changes, and all that it holds with it.

    Parameters
    ----------
    value : object
        Tables and arrays are made read-only where they are; dicts and lists become `ReadOnlyDict` and
        `ReadOnlyList`, sets frozen ones, also in tuples and in the fields of dataclasses. Other types
        (outlines, typefaces) are what they are.
    """
    kind = type(value)
    how = _HOW.get(kind)
    if how is None:
        how = _HOW[kind] = _way(kind)
    return how(value)


def _way(kind: type) -> Callable[[Any], Any]:
    if kind in (ReadOnlyDict, ReadOnlyList) or issubclass(kind, _ReadOnly):
        return _as_it_is
    for base, way in _WAYS.items():
        if issubclass(kind, base):
            return way
    if dataclasses.is_dataclass(kind):
        return partial(_fields, tuple(field.name for field in dataclasses.fields(kind)))
    return _as_it_is


# Of what a document holds most is this, which nobody can change.
_PLAIN = frozenset({str, int, float, bool, type(None)})


def _plain(parts: Iterable) -> bool:
    return _PLAIN.issuperset(map(type, parts))


def _as_it_is(value: Any) -> Any:
    return value


def _dict(value: Mapping) -> ReadOnlyDict:
    return ReadOnlyDict({key: read_only(part) for key, part in value.items()})


def _proxy(value: Mapping) -> Mapping:
    made = {key: read_only(part) for key, part in value.items()}
    return value if all(made[key] is part for key, part in value.items()) else MappingProxyType(made)


def _list(value: list) -> ReadOnlyList:
    return ReadOnlyList(value if _plain(value) else map(read_only, value))


def _tuple(value: tuple) -> tuple:
    if _plain(value):
        return value
    made = [read_only(part) for part in value]
    if all(new is old for new, old in zip(made, value, strict=True)):
        return value
    # A tuple with names takes its parts one by one.
    return tuple(made) if type(value) is tuple else type(value)(*made)


def _fields(names: tuple[str, ...], value: Any) -> Any:
    for name in names:
        old = getattr(value, name)
        if type(old) in _PLAIN:
            continue
        new = read_only(old)
        if new is not old:
            object.__setattr__(value, name, new)
    return value


def _array(value: np.ndarray) -> np.ndarray:
    value.setflags(write=False)
    return value


_CLASSES: dict[type, type] = {pd.DataFrame: ReadOnlyFrame, pd.Series: ReadOnlySeries}


def _table(value: Any) -> Any:
    kind = type(value)
    if kind not in _CLASSES:
        _CLASSES[kind] = type(f"ReadOnly{kind.__name__}", (_ReadOnly, kind), {})
    # With a second reference to its values pandas copies them before it writes, also where it looks at nothing else.
    object.__setattr__(value, "_second", value.copy(deep=False))
    value.__class__ = _CLASSES[kind]
    return value


_WAYS: dict[type, Callable[[Any], Any]] = {
    pd.DataFrame: _table,
    pd.Series: _table,
    np.ndarray: _array,
    dict: _dict,
    MappingProxyType: _proxy,
    list: _list,
    tuple: _tuple,
    set: frozenset,
}
_HOW: dict[type, Callable[[Any], Any]] = {}
