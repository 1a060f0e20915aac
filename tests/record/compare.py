"""Hold what a page says now against the record: every figure, name and cell of the record must still be there.

What is compared, and how closely:

- sentences, notices, facts: their figures, names and codes. A sentence that still stands with other figures is a
  difference, also if the figures stand elsewhere; one that was put in other words is none as long as they do.
- tables: row by row. A row is the one with the same first words; a cell is compared with the column of the same
  head, or if there is none with all of the row.
- maps: by area what the pointer is told, and which areas share a class, whatever its colour.
- charts: the words, or else the numbers, of every point.
- tables for download: like tables, whatever the heads.
"""

import csv
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from itertools import islice, takewhile
from typing import Any

from tests.record import files, store, words
from tests.record.words import Figure

DIFFERENCES = store.HERE / "differences.csv"
# What changes with every release of the data, and says nothing of the view.
_RELEASE = re.compile(r"Data version \S+|data version [^\s.]+(?:\.[^\s.]+)*\+\w+")
_SWATCH = re.compile(r"^(?:#[0-9a-f]+|rgba?\([^)]*\))(?: striped \S+)? ?")
_MARKS = re.compile(r"£?[-+]?\d[\d,]*(?:\.\d+)?\s?%?")
_GAPS = ("", "–", "-", "nan", "not established")
# Decimals of a number in a table now, and of one in the record.
_EXACT, _KEPT = 9, 4
# Rows of a table that are looked for in others, to find the one that it became.
_SAMPLE = 10


@dataclass(frozen=True)
class Difference:
    """Something that the record has and the page has not, or has otherwise.

    Attributes
    ----------
    view : str
        Link of the view.
    what : str
        ``figure``, ``name``, ``sentence``, ``table``, ``row``, ``cell``, ``area``, ``class``, ``point``, ``file``
        and where: ``cell: Council / Fit``.
    old, new : str
        What the record has, and the nearest that the page has.
    """

    view: str
    what: str
    old: str
    new: str


class Said:
    """What a page says, looked up by words and figures."""

    def __init__(self, told: dict[str, Any]):
        self.told = told
        self.sentences = list(_sentences(told))
        self.tables = told.get("tables", [])
        self.texts = [*self.sentences, *_texts_of_figures(told), *_texts_of_tables(told)]

    @cached_property
    def figures(self) -> list[Figure]:
        """All figures, wherever they stand, in the order of their values."""
        numbers = [_figure(cell, unit) for cell, unit in _cells(self.tables) if _is_number(cell)]
        found = {*(figure for text in self.texts for figure in _figures(text)), *numbers}
        return sorted(found, key=lambda figure: figure.value)

    @cached_property
    def words(self) -> set[str]:
        """All words, in lower case."""
        return {word for text in self.texts for word in words.key(text).split()}

    @cached_property
    def rows(self) -> list["Rows"]:
        """All tables, to look rows up."""
        return [Rows(table) for table in self.tables]

    @cached_property
    def templates(self) -> dict[str, list[str]]:
        """All sentences by their words without figures."""
        found = defaultdict(list)
        for sentence in self.sentences:
            found[_template(sentence)].append(sentence)
        return found

    def has(self, figure: Figure) -> bool:
        """Tell whether a figure stands anywhere."""
        slack = figure.unit
        place = bisect_left(self.figures, figure.value - slack, key=lambda other: other.value)
        near = takewhile(lambda other: other.value <= figure.value + slack, islice(self.figures, place, None))
        return any(figure.is_met_by(other) for other in near)

    def lacks(self, text: str) -> list[tuple[str, str]]:
        """Return kind and words of what of a text stands nowhere: figures, codes, names."""
        missing = [("figure", str(figure.value.normalize())) for figure in _figures(text) if not self.has(figure)]
        named = words.names(text) | words.codes(text) | _short_answer(text)
        return missing + [("name", name) for name in sorted(named) if not set(words.key(name).split()) <= self.words]


def _short_answer(text: str) -> set[str]:
    """Return all words of a text that is a value rather than a sentence: ``Advanced (published)``."""
    return set(words.key(text).split()) if len(text.split()) <= 4 else set()


@lru_cache(maxsize=100_000)
def _figures(text: str) -> tuple[Figure, ...]:
    return words.figures(_RELEASE.sub("", text))


def _template(text: str) -> str:
    return words.key(_MARKS.sub(" ", text))


def _sentences(told: dict[str, Any]) -> Iterator[str]:
    yield from (text for _, text in told.get("headings", []))
    yield from (part for fact in told.get("facts", []) for part in (f"{fact[0]}: {fact[1]}", fact[2]) if part)
    yield from told.get("sentences", [])
    yield from told.get("notices", [])


def _texts_of_figures(told: dict[str, Any]) -> Iterator[str]:
    for drawn in told.get("maps", []):
        yield drawn["alt"]
        yield from (row[1] for row in drawn.get("areas", []))
        yield from drawn.get("points", [])
    for chart in told.get("charts", []):
        yield chart["alt"]
        yield from chart["notes"]
        yield from (str(cell) for series in chart["series"] for row in series["rows"] for cell in row)


def _texts_of_tables(told: dict[str, Any]) -> Iterator[str]:
    for table in told.get("tables", []):
        yield from filter(None, [table.get("caption", ""), *table.get("heads", [])])
        yield from (cell for row in table.get("rows", []) for cell in row if isinstance(cell, str))
    yield from (label for label, _ in told.get("links", []))


def _is_number(cell: Any) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _units(table: dict[str, Any]) -> list[str]:
    """Return what a number of each column is in: ``share`` (fractions), ``%``, ``million`` or nothing."""
    heads = table.get("heads", [])
    if "kinds" in table:
        return ["million" if kind == "money gbp_million" else kind.partition(" ")[0] for kind in table["kinds"]]
    return ["%" if "%" in head or "per cent" in head else "million" if "million" in head else "" for head in heads]


def _cells(tables: list[dict[str, Any]]) -> Iterator[tuple[Any, str]]:
    for table in tables:
        units = _units(table)
        for row in table.get("rows", []):
            yield from zip(row, [*units, *[""] * (len(row) - len(units))], strict=True)


@lru_cache(maxsize=100_000)
def _figure(value: float, unit: str, decimals: int = _EXACT) -> Figure:
    figure = words.number(value, decimals, percent=unit == "%")
    return Figure(figure.value * 10**6, figure.unit * 10**6) if unit == "million" else figure


def _kept(value: float, unit: str, decimals: int) -> Figure:
    """Return a number of the record as a figure: whole ones are exact."""
    return _figure(value, unit, decimals if isinstance(value, float) else 0)


def _head(text: str) -> str:
    """Return a head without its unit: ``Share of the STP, %`` and ``Share of the STP`` are one column."""
    return words.key(re.sub(r"[,(]\s*(?:%|per cent|£|GBP million|£ million)\)?\s*$", "", text))


class Rows:
    """The rows of a table, looked up by the words in them."""

    def __init__(self, table: dict[str, Any]):
        self.units = _units(table)
        self.heads = [_head(head) for head in table.get("heads", [])]
        self.rows = [[_bare(cell) for cell in row] for row in table.get("rows", [])]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            for key in dict.fromkeys(words.key(str(cell)) for cell in row if isinstance(cell, (str, int))):
                self._by_word[key].append(number)

    def candidates(self, row: list[Any]) -> list[int]:
        """Return the numbers of the rows that have the first words of a row."""
        first = next((words.key(str(cell)) for cell in row if words.key(str(cell or ""))), "")
        return self._by_word.get(first, [])

    def unit(self, place: int) -> str:
        """Return what a number in a column is in."""
        return self.units[place] if place < len(self.units) else ""

    def matches(self, cell: Any, unit: str, decimals: int, head: str, row: list[Any]) -> bool:
        """Tell whether a row has a cell of the record, in the column of the same head if there is one."""
        if _is_gap(cell):
            places = [self.heads.index(head)] if head in self.heads else []
            return all(_is_gap(row[place]) for place in places if place < len(row))
        if head and self.heads.count(head) == 1 and (place := self.heads.index(head)) < len(row):
            if _same(cell, unit, decimals, row[place], self.unit(place)):
                return True
            # What stood in one cell may stand in several: a value with its rank, a name with its organisation.
            if _is_number(cell) or _single(cell):
                return False
        return any(
            _same(cell, unit, decimals, other, self.unit(place)) for place, other in enumerate(row)
        ) or self._spread(cell, row)

    def _spread(self, cell: Any, row: list[Any]) -> bool:
        """Tell whether the parts of a text stand in several cells of a row."""
        if not isinstance(cell, str):
            return False
        held = [
            figure
            for place, other in enumerate(row)
            for figure in ([_figure(other, self.unit(place))] if _is_number(other) else _figures(str(other or "")))
        ]
        # A word that stood in the text may have become the head of a column: ``Note:``.
        known = {word for part in (*row, *self.heads) for word in words.key(str(part or "")).split()}
        said = set(words.key(_MARKS.sub(" ", cell)).split())
        return all(any(figure.is_met_by(other) for other in held) for figure in _figures(cell)) and said <= known


def _bare(cell: Any) -> Any:
    return _SWATCH.sub("", cell) if isinstance(cell, str) else cell


def _is_gap(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and words.squeezed(cell).casefold() in _GAPS)


@lru_cache(maxsize=100_000)
def _single(cell: str) -> Sequence[Figure]:
    """Return the figure that a text is; nothing of one that is more than that."""
    return _figures(cell) if _MARKS.fullmatch(words.squeezed(cell)) and len(_figures(cell)) == 1 else ()


def _same(old: Any, unit: str, decimals: int, new: Any, new_unit: str) -> bool:
    if isinstance(old, bool) or isinstance(new, bool) or new is None:
        return str(old).casefold() == str(new).casefold()
    one = _kept(old, unit, decimals) if _is_number(old) else next(iter(_single(old)), None)
    other = _figure(new, new_unit) if _is_number(new) else next(iter(_single(new)), None)
    if one and other:
        return one.is_met_by(other)
    return words.key(str(old)) == words.key(str(new))


def differences(view: str, old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    """Return where a page no longer says what the record says.

    Parameters
    ----------
    view : str
        Link of the view, for the differences.
    old, new : dict
        The record of the view, and what the page says now in the same form (`tests.record.documents.read`, or
        `tests.record.record.view`).
    """
    said = Said(new)
    found = [
        *_in_sentences(old, said),
        *_in_tables(old.get("tables", []), said),
        *_in_maps(old.get("maps", []), said),
        *_in_charts(old.get("charts", []), said),
        *_in_files(old.get("files", []), said),
    ]
    return [Difference(view, what, before, after) for what, before, after in dict.fromkeys(found)]


Found = Iterator[tuple[str, str, str]]


def _in_sentences(old: dict[str, Any], said: Said) -> Found:
    for text in _sentences(old):
        same = said.templates.get(_template(text))
        if same and _template(text):
            wanted = _figures(text)
            if not any(_all_met(wanted, _figures(other)) for other in same):
                yield "sentence", text, same[0]
            continue
        for kind, missing in said.lacks(text):
            yield kind, f"{missing} in: {text}", ""
    for label, _ in old.get("links", []):
        for kind, missing in said.lacks(label.removesuffix(" →")):
            yield kind, f"{missing} in: {label}", ""


def _all_met(wanted: Sequence[Figure], given: Sequence[Figure]) -> bool:
    return len(wanted) == len(given) and all(a.is_met_by(b) for a, b in zip(wanted, given, strict=True))


def _in_tables(tables: list[dict[str, Any]], said: Said) -> Found:
    for table in tables:
        yield from _in_table(table, said)


def _in_table(table: dict[str, Any], said: Said) -> Found:
    heads = table.get("heads", [])
    title = table.get("caption") or (heads[0] if heads else "")
    rows = [[_bare(cell) for cell in row] for row in table.get("rows", [])]
    units, decimals = _units(table), _decimals(table)

    def told(other: Rows, row: list[Any], number: int) -> list[bool]:
        return [
            other.matches(
                cell,
                units[place] if place < len(units) else "",
                decimals.get(place, _KEPT),
                _head(heads[place]) if place < len(heads) else "",
                other.rows[number],
            )
            for place, cell in enumerate(row)
        ]

    def best(other: Rows, row: list[Any]) -> tuple[int, list[bool], int]:
        options = [(told(other, row, number), number) for number in other.candidates(row)]
        return max(((sum(hits), hits, number) for hits, number in options), default=(0, [], -1), key=lambda o: o[0])

    sample = rows[:: max(1, len(rows) // _SAMPLE)]
    likely = [one for one in said.rows if any(one.candidates(row) for row in sample)]
    if len(likely) > 1:
        likely = [max(likely, key=lambda one: sum(best(one, row)[0] for row in sample))]
    other = likely[0] if likely else None
    for row in rows:
        hits, number = best(other, row)[1:] if other else ([], -1)
        if number < 0:
            # A table that became facts or sentences still has to say what it said.
            written = " | ".join("" if cell is None else str(cell) for cell in row)
            missing = [
                cell
                for place, cell in enumerate(row)
                if not _stands(cell, units[place] if place < len(units) else "", decimals.get(place, _KEPT), said)
            ]
            if missing:
                yield f"row: {title}", written, ""
            continue
        for place, hit in enumerate(hits):
            if not hit:
                head = heads[place] if place < len(heads) else str(place)
                name = next((str(cell) for cell in row if not _is_gap(cell)), "")
                column = other.heads.index(_head(head)) if _head(head) in other.heads else None
                near = other.rows[number][column] if column is not None else other.rows[number]
                yield f"cell: {title} / {head}", f"{name}: {row[place]}", str(near)


def _stands(cell: Any, unit: str, decimals: int, said: Said) -> bool:
    """Tell whether what a cell says stands anywhere."""
    if _is_gap(cell) or isinstance(cell, bool):
        return True
    return said.has(_kept(cell, unit, decimals)) if _is_number(cell) else not said.lacks(cell)


def _decimals(table: dict[str, Any]) -> dict[int, int]:
    """Return how many decimals the numbers of a column were shown with, where that is less than what they have."""
    formats = table.get("formats", {})
    shown = {}
    for place, head in enumerate(table.get("heads", [])):
        if match := re.fullmatch(r"%\.(\d)f", formats.get(head, "")):
            shown[place] = int(match[1])
    return shown


def _in_maps(old: list[dict[str, Any]], said: Said) -> Found:
    new = said.told.get("maps", [])
    for drawn in old:
        for kind, missing in said.lacks(drawn["alt"]):
            yield kind, f"{missing} in: {drawn['alt']}", ""
        if not drawn.get("areas"):
            continue
        # Two maps of the same areas stand side by side where something is compared.
        told = {(code, words.key(text)) for code, text, _ in drawn["areas"]}
        likely = {number: _likeness(drawn, told, other) for number, other in enumerate(new)}
        now = new[max(likely, key=likely.get)] if likely else {}
        yield from _in_map(drawn, now)


def _likeness(drawn: dict[str, Any], told: set[tuple[str, str]], other: dict[str, Any]) -> tuple[int, int, bool]:
    same = sum((code, words.key(text)) in told for code, text, _ in other.get("areas", []))
    return len(_by_code(other).keys() & _by_code(drawn).keys()), same, other["alt"] == drawn["alt"]


def _by_code(drawn: dict[str, Any]) -> dict[str, list[str]]:
    return {row[0]: row for row in drawn.get("areas", [])}


def _in_map(drawn: dict[str, Any], now: dict[str, Any]) -> Found:
    before, after = _by_code(drawn), _by_code(now)
    both = [code for code in before if code in after]
    turned: dict[str, Counter[str]] = defaultdict(Counter)
    for code in both:
        turned[before[code][2]][after[code][2]] += 1
    for code, (_, text, fill) in before.items():
        if code not in after:
            yield "area", f"{code}: {text}", ""
            continue
        said, shade = after[code][1:]
        known = set(words.key(said).split())
        figures = _figures(said)
        met = all(any(figure.is_met_by(other) for other in figures) for figure in _figures(text))
        if not met or not set(words.key(_MARKS.sub(" ", text)).split()) <= known:
            yield "area", f"{code}: {text}", said
        usual = turned[fill].most_common(1)[0][0]
        shared = [other for other, shades in turned.items() if shades.most_common(1)[0][0] == usual]
        if shade != usual or len(shared) > 1:
            yield "class", f"{code}: {fill}", shade
    for place in drawn.get("points", []):
        if not set(words.key(place).split()) <= {
            word for at in now.get("points", []) for word in words.key(at).split()
        }:
            yield "area", place, ""


def _in_charts(old: list[dict[str, Any]], said: Said) -> Found:
    charts = said.told.get("charts", [])
    points = [[str(cell) for cell in row] for chart in charts for series in chart["series"] for row in series["rows"]]
    spoken = {words.key(cell) for row in points for cell in row}
    numbers = [figure for row in points for cell in row for figure in _figures(cell)]
    for chart in old:
        for kind, missing in said.lacks(chart["alt"]):
            yield kind, f"{missing} in: {chart['alt']}", ""
        for series in chart["series"]:
            for row in series["rows"]:
                texts = [cell for cell in row if isinstance(cell, str) and words.key(cell)]
                values = [cell for cell in row if _is_number(cell)]
                # Where on the axis of a strip a dot stands follows from its words.
                held = (
                    all(words.key(text) in spoken for text in texts)
                    if texts
                    else all(any(words.number(value).is_met_by(other) for other in numbers) for value in values)
                )
                if not held and (texts or values):
                    yield "point", " | ".join(map(str, row)), ""


def _in_files(old: list[dict[str, Any]], said: Said) -> Found:
    offered = said.told.get("files", [])
    for file in old:
        now = [other for other in offered if other["name"] == file["name"]]
        if now:
            # A recorded page. Of a file that was not made there is the name alone.
            for part in ("columns", "rows", "sheets"):
                if part in file and all(other.get(part, file[part]) != file[part] for other in now):
                    yield f"file {part}", f"{file['name']}: {file[part]}", str(now[0][part])
        elif offered:
            yield "file", file["name"], ""
        elif file["name"].endswith(".csv") and (content := store.table(file["sha256"])) is not None:
            heads, *rows = files.table(content)
            table = {"heads": heads, "rows": [[_number(cell) for cell in row] for row in rows]}
            for what, before, after in _in_table(table, said):
                yield f"file {what}", f"{file['name']}: {before}", after


def _number(cell: str) -> Any:
    if re.fullmatch(r"-?\d+", cell) and (cell == "0" or not cell.lstrip("-").startswith("0")):
        return int(cell)
    return float(cell) if re.fullmatch(r"-?\d+\.\d+(?:e-?\d+)?", cell) else cell.removeprefix("'")


def explained() -> list[dict[str, str]]:
    """Return the differences that are meant: ``view``, ``what``, ``old``, ``new`` (patterns), ``reason``."""
    with DIFFERENCES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unexplained(found: Iterable[Difference], meant: Iterable[dict[str, str]] | None = None) -> list[Difference]:
    """Return the differences that no line of ``differences.csv`` names.

    In its cells ``*`` stands for any text; an empty cell for any as well.
    """
    lines = explained() if meant is None else list(meant)
    return [one for one in found if not any(_names(line, one) for line in lines)]


def _names(line: dict[str, str], one: Difference) -> bool:
    # A question mark or a bracket of a link stands for itself.
    pairs = [(line[name] or "*", getattr(one, name)) for name in ("view", "what", "old", "new")]
    return all(fnmatchcase(text, re.sub(r"([?\[])", r"[\1]", pattern)) for pattern, text in pairs)
