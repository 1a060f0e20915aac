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
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from tests.record import cells, files, store, words
from tests.record.said import Said, sentences, template
from tests.record.words import Figure

DIFFERENCES = store.HERE / "differences.csv"
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
    for text in sentences(old):
        same = said.templates.get(template(text))
        if same and template(text):
            wanted = cells.figures_in(text)
            if not any(_all_met(wanted, cells.figures_in(other)) for other in same):
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
    rows = [[cells.bare(cell) for cell in row] for row in table.get("rows", [])]
    units, decimals = cells.units_of(table), cells.decimals_of(table)

    def told(other: cells.Rows, row: list[Any], number: int) -> list[bool]:
        return [
            other.matches(
                cell,
                units[place] if place < len(units) else "",
                decimals.get(place, cells.KEPT),
                cells.plain_head(heads[place]) if place < len(heads) else "",
                other.rows[number],
            )
            for place, cell in enumerate(row)
        ]

    def best(other: cells.Rows, row: list[Any]) -> tuple[int, list[bool], int]:
        most: tuple[int, list[bool], int] = (0, [], -1)
        for number in other.candidates(row):
            hits = told(other, row, number)
            if most[2] < 0 or sum(hits) > most[0]:
                most = (sum(hits), hits, number)
            if all(hits):
                break
        return most

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
                if not _stands(cell, units[place] if place < len(units) else "", decimals.get(place, cells.KEPT), said)
            ]
            if missing:
                yield f"row: {title}", written, ""
            continue
        for place, hit in enumerate(hits):
            if not hit:
                head = heads[place] if place < len(heads) else str(place)
                name = next((str(cell) for cell in row if not cells.is_gap(cell)), "")
                column = other.heads.index(cells.plain_head(head)) if cells.plain_head(head) in other.heads else None
                near = other.rows[number][column] if column is not None else other.rows[number]
                yield f"cell: {title} / {head}", f"{name}: {row[place]}", str(near)


def _stands(cell: Any, unit: str, decimals: int, said: Said) -> bool:
    """Tell whether what a cell says stands anywhere."""
    if cells.is_gap(cell) or isinstance(cell, bool):
        return True
    return said.has(cells.as_kept(cell, unit, decimals)) if cells.is_number(cell) else not said.lacks(cell)


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
        figures = cells.figures_in(said)
        met = all(any(figure.is_met_by(other) for other in figures) for figure in cells.figures_in(text))
        if not met or not set(words.key(cells.MARKS.sub(" ", text)).split()) <= known:
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
    numbers = [figure for row in points for cell in row for figure in cells.figures_in(cell)]
    for chart in old:
        for kind, missing in said.lacks(chart["alt"]):
            yield kind, f"{missing} in: {chart['alt']}", ""
        for series in chart["series"]:
            for row in series["rows"]:
                texts = [cell for cell in row if isinstance(cell, str) and words.key(cell)]
                values = [cell for cell in row if cells.is_number(cell)]
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
