"""Figures and words in the cells of tables, and the rows that a row of the record may have become."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from tests.record import words
from tests.record.words import Figure

# What changes with every release of the data, and says nothing of the view.
_RELEASE = re.compile(r"Data version \S+|data version [^\s.]+(?:\.[^\s.]+)*\+\w+")
_SWATCH = re.compile(r"^(?:#[0-9a-f]+|rgba?\([^)]*\))(?: striped \S+)? ?")
MARKS = re.compile(r"£?[-+]?\d[\d,]*(?:\.\d+)?\s?%?")
_GAPS = ("", "–", "-", "nan", "not established")
# Decimals of a number in a table now, and of one in the record.
EXACT, KEPT = 9, 4


@lru_cache(maxsize=100_000)
def figures_in(text: str) -> tuple[Figure, ...]:
    """Return the figures in a text, without those of the version of the data."""
    return words.figures(_RELEASE.sub("", text))


def is_number(cell: Any) -> bool:
    """Tell whether a cell is a number and no text."""
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def units_of(table: dict[str, Any]) -> list[str]:
    """Return what a number of each column is in: ``share`` (fractions), ``%``, ``million`` or nothing."""
    heads = table.get("heads", [])
    if "kinds" in table:
        return ["million" if kind == "money gbp_million" else kind.partition(" ")[0] for kind in table["kinds"]]
    return ["%" if "%" in head or "per cent" in head else "million" if "million" in head else "" for head in heads]


def all_of(tables: list[dict[str, Any]]) -> Iterator[tuple[Any, str]]:
    """Yield every cell of some tables with what a number in it is in."""
    for table in tables:
        units = units_of(table)
        for row in table.get("rows", []):
            yield from zip(row, [*units, *[""] * (len(row) - len(units))], strict=True)


@lru_cache(maxsize=100_000)
def as_figure(value: float, unit: str, decimals: int = EXACT) -> Figure:
    """Return a number as a figure; `unit` is that of its column, see `units_of`."""
    figure = words.number(value, decimals, percent=unit == "%")
    return Figure(figure.value * 10**6, figure.unit * 10**6) if unit == "million" else figure


def as_kept(value: float, unit: str, decimals: int) -> Figure:
    """Return a number of the record as a figure: whole ones are exact."""
    return as_figure(value, unit, decimals if isinstance(value, float) else 0)


def plain_head(text: str) -> str:
    """Return a head without its unit: ``Share of the STP, %`` and ``Share of the STP`` are one column."""
    return words.key(re.sub(r"[,(]\s*(?:%|per cent|£|GBP million|£ million)\)?\s*$", "", text))


class Rows:
    """The rows of a table, looked up by the words in them."""

    def __init__(self, table: dict[str, Any]):
        self.units = units_of(table)
        self.heads = [plain_head(head) for head in table.get("heads", [])]
        self.rows = [[bare(cell) for cell in row] for row in table.get("rows", [])]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            for key in dict.fromkeys(words.key(str(cell)) for cell in row if isinstance(cell, (str, int))):
                self._by_word[key].append(number)

    def candidates(self, row: list[Any]) -> list[int]:
        """Return the numbers of the rows that have the first words of a row, those first that share most with it."""
        keys = [words.key(str(cell)) for cell in row if words.key(str(cell or ""))]
        shared = {number: 0 for number in self._by_word.get(keys[0], ())} if keys else {}
        if len(shared) > 1:
            for key in keys[1:]:
                for number in self._by_word.get(key, ()):
                    if number in shared:
                        shared[number] += 1
        return sorted(shared, key=lambda number: -shared[number])

    def unit(self, place: int) -> str:
        """Return what a number in a column is in."""
        return self.units[place] if place < len(self.units) else ""

    def matches(self, cell: Any, unit: str, decimals: int, head: str, row: list[Any]) -> bool:
        """Tell whether a row has a cell of the record, in the column of the same head if there is one."""
        if is_gap(cell):
            places = [self.heads.index(head)] if head in self.heads else []
            return all(is_gap(row[place]) for place in places if place < len(row))
        if head and self.heads.count(head) == 1 and (place := self.heads.index(head)) < len(row):
            if _same(cell, unit, decimals, row[place], self.unit(place)):
                return True
            # What stood in one cell may stand in several: a value with its rank, a name with its organisation.
            if is_number(cell) or _single(cell):
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
            for figure in ([as_figure(other, self.unit(place))] if is_number(other) else figures_in(str(other or "")))
        ]
        # A word that stood in the text may have become the head of a column: ``Note:``.
        known = {word for part in (*row, *self.heads) for word in words.key(str(part or "")).split()}
        said = set(words.key(MARKS.sub(" ", cell)).split())
        return all(any(figure.is_met_by(other) for other in held) for figure in figures_in(cell)) and said <= known


def bare(cell: Any) -> Any:
    """Return a cell without the colour of a swatch."""
    return _SWATCH.sub("", cell) if isinstance(cell, str) else cell


def is_gap(cell: Any) -> bool:
    """Tell whether a cell stands for no value."""
    return cell is None or (isinstance(cell, str) and words.squeezed(cell).casefold() in _GAPS)


@lru_cache(maxsize=100_000)
def _single(cell: str) -> Sequence[Figure]:
    """Return the figure that a text is; nothing of one that is more than that."""
    return figures_in(cell) if MARKS.fullmatch(words.squeezed(cell)) and len(figures_in(cell)) == 1 else ()


def _same(old: Any, unit: str, decimals: int, new: Any, new_unit: str) -> bool:
    if isinstance(old, bool) or isinstance(new, bool) or new is None:
        return str(old).casefold() == str(new).casefold()
    one = as_kept(old, unit, decimals) if is_number(old) else next(iter(_single(old)), None)
    other = as_figure(new, new_unit) if is_number(new) else next(iter(_single(new)), None)
    if one and other:
        return one.is_met_by(other)
    return words.key(str(old)) == words.key(str(new))


def decimals_of(table: dict[str, Any]) -> dict[int, int]:
    """Return how many decimals the numbers of a column were shown with, where that is less than what they have."""
    formats = table.get("formats", {})
    shown = {}
    for place, head in enumerate(table.get("heads", [])):
        if match := re.fullmatch(r"%\.(\d)f", formats.get(head, "")):
            shown[place] = int(match[1])
    return shown
