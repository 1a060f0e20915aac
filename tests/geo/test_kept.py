"""What is kept for all callers refuses to be changed, and stays within its bound."""

import ast
import copy
import gc
import pickle
import threading
from dataclasses import dataclass, field
from types import MappingProxyType
from urllib.parse import parse_qs

import numpy as np
import pandas as pd
import pytest

from geo import blocks, boundaries, kept, paths
from geo.memory import bytes_of
from geo.read_only import SharedError, read_only
from lib import fit, links
from lib.content.document import Document
from lib.content.page import Page
from lib.hosts import documents
from pages import PAGES


@dataclass(frozen=True)
class Held:
    """What holds what could be changed."""

    counts: dict[str, list[int]] = field(default_factory=lambda: {"a": [1, 2]})
    table: pd.DataFrame = field(default_factory=lambda: pd.DataFrame({"n": [1, 2], "k": [5, 6]}, index=[4, 7]))


CHANGES = {
    dict: [
        lambda made: made.update(b=1),
        lambda made: made.pop("a"),
        lambda made: made.setdefault("b", 1),
        lambda made: made.clear(),
        lambda made: made.__setitem__("a", 1),
        lambda made: made.__delitem__("a"),
        lambda made: made.__ior__({"b": 1}),
        lambda made: made.popitem(),
        lambda made: made["a"].append(3),
    ],
    list: [
        lambda made: made.append(1),
        lambda made: made.extend([1]),
        lambda made: made.insert(0, 1),
        lambda made: made.pop(),
        lambda made: made.remove(3),
        lambda made: made.sort(),
        lambda made: made.reverse(),
        lambda made: made.clear(),
        lambda made: made.__setitem__(0, 9),
        lambda made: made.__delitem__(0),
        lambda made: made.__iadd__([1]),
        lambda made: made.__imul__(2),
    ],
    pd.DataFrame: [
        lambda made: made.__setitem__("m", 1),
        lambda made: made.__setitem__("n", 1),
        lambda made: made.__setitem__(made["n"] > 1, 0),
        lambda made: made.__delitem__("n"),
        lambda made: made.loc.__setitem__((4, "n"), 9),
        lambda made: made.loc.__setitem__((slice(None), ["m", "n"]), 9),
        lambda made: made.loc.__setitem__(9, 9),
        lambda made: made.iloc.__setitem__((0, 0), 9),
        lambda made: made.at.__setitem__((4, "n"), 9),
        lambda made: made.iat.__setitem__((0, 0), 9),
        lambda made: made.insert(0, "m", 1),
        lambda made: made.isetitem(0, [3, 4]),
        lambda made: made.pop("n"),
        lambda made: made.update(made.assign(n=9)),
        lambda made: setattr(made, "columns", ["p", "q"]),
        lambda made: setattr(made, "index", [1, 2]),
        lambda made: setattr(made, "n", 0),
        lambda made: made.replace(1, 5, inplace=True),
        lambda made: made.where(made["n"] > 1, inplace=True),
        lambda made: made.__iadd__(made),
    ],
    pd.Series: [
        lambda made: made.__setitem__(4, 9),
        lambda made: made.__setitem__(made > 1, 0),
        lambda made: made.__delitem__(4),
        lambda made: made.loc.__setitem__(4, 9),
        lambda made: made.loc.__setitem__(9, 9),
        lambda made: made.iloc.__setitem__(0, 9),
        lambda made: made.at.__setitem__(4, 9),
        lambda made: made.iat.__setitem__(0, 9),
        lambda made: made.pop(4),
        lambda made: made.update(made + 1),
        lambda made: setattr(made, "name", "other"),
        lambda made: setattr(made, "index", [1, 2]),
        lambda made: made.replace(1, 5, inplace=True),
        lambda made: made.mask(made > 1, 0, inplace=True),
        lambda made: made.__iadd__(1),
    ],
}
MAKE = {
    dict: lambda: {"a": [1, 2]},
    list: lambda: [3, 1],
    pd.DataFrame: lambda: Held().table,
    pd.Series: lambda: Held().table["n"],
}


def same(one, other) -> bool:
    if isinstance(one, pd.Series):
        one, other = one.to_frame(), other.to_frame()
    return one.equals(other) if isinstance(one, pd.DataFrame) else one == other


@pytest.mark.parametrize("kind", MAKE, ids=lambda kind: kind.__name__)
def test_what_is_kept_refuses_every_change_and_a_copy_of_it_none(kind):
    for change in CHANGES[kind]:
        made, before = read_only(MAKE[kind]()), MAKE[kind]()
        assert isinstance(made, kind) and same(made, before)
        with pytest.raises(SharedError, match="shared between callers: change a copy"):
            change(made)
        assert same(made, before)
        # The change is one that works elsewhere, or this test would prove nothing.
        for own in (MAKE[kind](), copy.deepcopy(made)):
            change(own)
            assert not same(own, before)


def test_what_is_derived_from_what_is_kept_is_a_table_as_any_other():
    table, column = read_only(Held().table), read_only(Held().table["n"])
    derived = (table["n"], table[table["n"] > 1], table.assign(m=1), table.T, table.loc[4], table.copy(), column + 1)
    derived += (column.to_frame(), table.groupby("k")["n"].sum(), pd.concat([table, table]), column.reset_index())
    assert {type(made) for made in derived} == {pd.DataFrame, pd.Series}
    for made in derived:
        made.iloc[0] = made.iloc[-1]
    assert table.equals(Held().table) and column.equals(Held().table["n"])
    assert pickle.loads(pickle.dumps(table)).equals(table)
    assert type(pickle.loads(pickle.dumps(read_only({"a": [1]})))) is dict


def test_what_lies_in_what_is_kept_refuses_too():
    held, proxied, array = read_only((Held(), MappingProxyType({"a": {"b": 1}}), np.arange(3)))
    for change in (
        lambda: held.counts["a"].append(1),
        lambda: held.table.insert(0, "m", 1),
        lambda: proxied["a"].update(b=2),
        lambda: array.put(0, 1),
    ):
        with pytest.raises((SharedError, ValueError), match=r"shared between callers|read-only"):
            change()
    assert isinstance(read_only({1, 2}), frozenset)


def test_shared_tables_of_the_geography_refuse():
    fitted = fit.areas("stp17", "council17", "population", 1.0)
    for table in (blocks.load(), blocks.pieces(), fitted, blocks.names("stp17"), boundaries.pieces("overview")):
        with pytest.raises(SharedError):
            table.iloc[0] = table.iloc[1]


def test_a_result_is_made_once_and_forgotten_when_asked():
    calls = []

    @kept.once
    def made(*args, **words):
        calls.append((args, words))
        if not args:
            raise LookupError
        return [args, words]

    assert made(1) is made(1) and made(1, b=2, a=3) is made(1, a=3, b=2) and made(1) is not made(1, a=3)
    assert len(calls) == 3
    for _ in range(2):
        with pytest.raises(LookupError):
            made()
    assert len(calls) == 5
    own = kept.anew(made)(1)
    own.append(1)
    kept.forget(made)
    assert made(1) == [(1,), {}] and len(calls) == 7


def test_the_least_lately_used_goes_first_and_bytes_stay_within_the_bound():
    store = kept.Store("test", 3 * (1000 + kept.ENTRY))
    for n in range(3):
        store.put(n, str(n), 1000)
    assert store.get(0) == "0"
    store.put(3, "3", 1000)
    assert store.keys() == (2, 0, 3) and store.bytes == store.most_bytes
    assert store.put(3, "other", 1000) == "3"
    # What does not fit is given up at once, and takes nothing with it.
    assert store.put(4, "4", 10_000) == "4" and store.get(4) is None and store.keys() == (2, 0, 3)
    store.clear()
    assert (store.bytes, store.keys()) == (0, ())


def test_many_threads_get_one_result_and_no_sum_goes_astray():
    @kept.within(0.05)
    def made(n):
        return [n] * 100

    def ask():
        for n in range(400):
            assert made(n % 80) == [n % 80] * 100

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (holding,) = (one for one in kept.everything() if one.name.endswith("no_sum_goes_astray.<locals>.made"))
    assert 0 < holding.bytes <= holding.most_bytes == 50_000
    each = bytes_of((1,)) + bytes_of([1] * 100) + kept.ENTRY
    assert holding.bytes == pytest.approx(len(holding.keys) * each, rel=0.05)


def test_documents_of_five_thousand_views_stay_within_their_bound():
    @dataclass(frozen=True)
    class View:
        """One of many."""

        number: int

    def document(view: View) -> Document:
        return Document(f"View {view.number}", "Of many.", (), lead=f"{view.number} " + "x" * 20_000)

    page = Page(path="many", name="Many", answers="", view=View, document=document, cited=str)
    before = holding_of("lib.hosts.documents.of")
    for number in range(5_000):
        assert documents.of(page, View(number)).title == f"View {number}"
    after = holding_of("lib.hosts.documents.of")
    # 5,000 of them are 100 MB: without a bound they would all be there.
    assert after.most_bytes - 100_000 < after.bytes <= after.most_bytes < 5_000 * 20_000
    assert before.bytes <= before.most_bytes and View(4_999) in [view for _, view in after.keys]
    kept.forget(documents.of)


@pytest.mark.parametrize(
    "link",
    [
        "/",
        "/footprint?stp=E54000015",
        "/compare?a=E54000015&b=E54000014",
        "/council?council=E10000014",
        "/coterminosity",
        "/coterminosity?a=lad17&b=ccg17",
        "/then-and-now",
        "/what-if?moves=E38000008:E54000014",
        "/sources",
    ],
)
def test_documents_take_about_the_bytes_that_are_counted_for_them(link):
    path, _, query = link.partition("?")
    page = next(page for page in PAGES if f"/{page.path}" == path)
    view, _ = links.parse(page.view, parse_qs(query))
    kept.forget(documents.of)
    document = documents.of(page, view)
    assert bytes_of(document) / 2 < holding_of("lib.hosts.documents.of").bytes < 2 * bytes_of(document)
    kept.forget(documents.of)


def holding_of(name: str) -> kept.Holding:
    (found,) = (one for one in kept.everything() if one.name == name)
    return found


def test_bytes_are_about_those_that_the_interpreter_counts():
    held = {n: (f"number {n}", float(n), [n] * 5) for n in range(1_000)}
    seen, todo = {}, [held]
    while todo:
        part = todo.pop()
        if id(part) not in seen:
            seen[id(part)] = part.__sizeof__() + 16
            todo += [one for one in gc.get_referents(part) if not isinstance(one, type)]
    assert bytes_of(held) == pytest.approx(sum(seen.values()), rel=0.3)
    assert bytes_of(blocks.load()) == pytest.approx(blocks.load().memory_usage(deep=True).sum(), rel=0.1)
    # An outline of so many points takes at least 16 bytes for each.
    shapes = boundaries.pieces("overview")
    assert bytes_of(shapes) > 16 * shapes.count_coordinates().sum()


def test_the_bounds_of_all_that_is_kept_add_up_to_what_is_written_down():
    import app  # noqa: F401  (with it everything is loaded that keeps anything)

    gc.collect()
    own = [one for one in kept.everything() if one.most_bytes and one.name.startswith(("geo.", "lib.", "pages."))]
    # Tests have servers of their own: each bound counts once.
    bounds = {one.name: one.most_bytes for one in own}
    assert len(bounds) > 60 and sum(bounds.values()) <= kept.MOST_BYTES
    said = (paths.ROOT / "deploy" / "README.md").read_text(encoding="utf-8")
    assert f"at most {kept.MOST_BYTES // kept.MEGABYTE} MB" in said


def test_nothing_is_kept_but_by_this():
    wrong = []
    for room in ("geo", "lib", "pages", "app.py"):
        for path in [paths.ROOT / room] if room.endswith(".py") else sorted((paths.ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module in ("functools", "streamlit"):
                    wrong += [(path, one.name) for one in node.names if one.name in ("cache", "lru_cache")]
                elif isinstance(node, ast.Attribute) and node.attr in ("lru_cache", "cache_data", "cache_resource"):
                    wrong.append((path, node.attr))
    assert wrong == []
