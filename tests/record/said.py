"""What a page says, looked up by words and figures."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import islice, takewhile
from typing import Any

from tests.record import cells, words
from tests.record.words import Figure


class Said:
    """What a page says, looked up by words and figures."""

    def __init__(self, told: dict[str, Any]):
        self.told = told
        self.sentences = list(sentences(told))
        self.tables = told.get("tables", [])
        self.texts = [*self.sentences, *_texts_of_figures(told), *_texts_of_tables(told)]

    @cached_property
    def figures(self) -> list[Figure]:
        """All figures, wherever they stand, in the order of their values."""
        numbers = [cells.as_figure(cell, unit) for cell, unit in cells.all_of(self.tables) if cells.is_number(cell)]
        found = {*(figure for text in self.texts for figure in cells.figures_in(text)), *numbers}
        return sorted(found, key=lambda figure: figure.value)

    @cached_property
    def words(self) -> set[str]:
        """All words, in lower case."""
        return {word for text in self.texts for word in words.key(text).split()}

    @cached_property
    def rows(self) -> list[cells.Rows]:
        """All tables, to look rows up."""
        return [cells.Rows(table) for table in self.tables]

    @cached_property
    def templates(self) -> dict[str, list[str]]:
        """All sentences by their words without figures."""
        found = defaultdict(list)
        for sentence in self.sentences:
            found[template(sentence)].append(sentence)
        return found

    def has(self, figure: Figure) -> bool:
        """Tell whether a figure stands anywhere."""
        slack = figure.unit
        place = bisect_left(self.figures, figure.value - slack, key=lambda other: other.value)
        near = takewhile(lambda other: other.value <= figure.value + slack, islice(self.figures, place, None))
        return any(figure.is_met_by(other) for other in near)

    def lacks(self, text: str) -> list[tuple[str, str]]:
        """Return kind and words of what of a text stands nowhere: figures, codes, names."""
        missing = [
            ("figure", str(figure.value.normalize())) for figure in cells.figures_in(text) if not self.has(figure)
        ]
        named = words.names(text) | words.codes(text) | _short_answer(text)
        return missing + [("name", name) for name in sorted(named) if not set(words.key(name).split()) <= self.words]


def _short_answer(text: str) -> set[str]:
    """Return all words of a text that is a value rather than a sentence: ``Advanced (published)``."""
    return set(words.key(text).split()) if len(text.split()) <= 4 else set()


def template(text: str) -> str:
    """Return a sentence as its words without figures."""
    return words.key(cells.MARKS.sub(" ", text))


def sentences(told: dict[str, Any]) -> Iterator[str]:
    """Yield headings, facts, sentences and notices as lines of text."""
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
