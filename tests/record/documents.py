"""What a document says, in the same form as the record of a page."""

import json
from typing import Any

from lib.content import blocks, formats
from lib.content.document import Document, walk
from lib.figures.maps import Map
from lib.themes import LegendEntry
from tests.record import plotly_figures
from tests.record.words import squeezed

FILTERED = "Filtered out"


def read(document: Document) -> dict[str, Any]:
    """Return everything that a document says: `headings`, `sentences`, `notices`, `facts`, `tables`, `maps`, `charts`.

    Tables have ``kinds`` beside their heads, by which shares are known as fractions and sums by their unit.
    """
    told: dict[str, Any] = {
        name: [] for name in ("headings", "sentences", "notices", "facts", "tables", "maps", "charts", "links")
    }
    told["headings"].append([1, squeezed(document.title)])
    _say(told, document.lead)
    for words in document.notices:
        _say(told, words, "notices")
    for block in walk(document.blocks):
        _READERS[type(block)](block, told)
    for words in document.sources:
        _say(told, words)
    return {name: value for name, value in told.items() if value}


def _say(told: dict, words: blocks.Words, where: str = "sentences") -> None:
    if said := squeezed(formats.plain(words)):
        told[where].append(said)
    for part in words if isinstance(words, tuple) else (words,):
        if isinstance(part, blocks.Link):
            told["links"].append([squeezed(part.words), part.href])


def _prose(block: blocks.Prose, told: dict) -> None:
    _say(told, block.words)


def _listing(block: blocks.Listing, told: dict) -> None:
    for words in block.items:
        _say(told, words)


def _copyable(block: blocks.Copyable, told: dict) -> None:
    _say(told, block.label)
    _say(told, block.text)


def _facts(block: blocks.Facts, told: dict) -> None:
    for fact in block.items:
        grade = f" ({fact.evidence.label})" if fact.evidence else ""
        told["facts"].append([squeezed(fact.label), squeezed(formats.written(fact.value, fact)) + grade, ""])
        for words in (fact.detail, fact.as_of, fact.source, fact.note, fact.value if _is_link(fact.value) else ""):
            _say(told, words)


def _is_link(value: Any) -> bool:
    return isinstance(value, blocks.Link)


def _table(block: blocks.Table, told: dict) -> None:
    _say(told, block.title)
    _say(told, block.caption)
    rows = []
    for row in block.rows:
        cells = []
        for cell in row:
            if _is_link(cell):
                told["links"].append([squeezed(cell.words), cell.href])
                cells.append(squeezed(cell.words))
            else:
                cells.append(None if formats.is_gap(cell) else squeezed(cell) if isinstance(cell, str) else cell)
        rows.append(cells)
    kinds = [f"{column.kind} {column.unit}".strip() for column in block.columns]
    heads = [squeezed(column.label) for column in block.columns]
    told["tables"].append({"heads": heads, "kinds": kinds, "keys": [c.key for c in block.columns], "rows": rows})


def _bars(block: blocks.Bars, told: dict) -> None:
    _say(told, block.title)
    for bar in block.items:
        _say(told, (f"{bar.name} {bar.value} ", bar.way))
        rows = [[squeezed(part.category.label), part.share] for part in bar.parts]
        told["tables"].append({"heads": [squeezed(bar.name), "Share"], "kinds": ["text", "share"], "rows": rows})


def _map_figure(block: blocks.MapFigure, told: dict) -> None:
    told["maps"].append(_map(block.map))
    if block.legend:
        rows = [[entry.category.mark, entry.category.label, _count(entry)] for entry in block.legend]
        heads = ["Mark", "Meaning", squeezed(block.legend_many)]
        told["tables"].append({"caption": squeezed(block.legend_title), "heads": heads, "rows": rows})
    _say(told, block.caption)


def _count(entry: LegendEntry) -> str:
    return f"{entry.count}" if entry.shown == entry.count else f"{entry.shown} of {entry.count}"


def _map(drawn: Map) -> dict[str, Any]:
    rows, labels = [], {}
    for areas in drawn.areas:
        classes = {category.key: category for category in areas.classes}
        for code, key in areas.class_of.items():
            category = classes[key]
            fill = FILTERED if code in areas.faded else f"{category.fill} {category.hatch}".strip()
            words = [areas.names.get(code, ""), *areas.values.get(code, "").split("\n")]
            rows.append([code, " | ".join(squeezed(part) for part in words if part), fill])
        for mark in areas.marks.values():
            labels[mark] = labels.get(mark, 0) + 1
    return {
        "alt": squeezed(drawn.description),
        "areas": rows,
        "points": [squeezed(place.name) for place in drawn.places],
        "labels": labels,
    }


def _chart(block: blocks.Chart, told: dict) -> None:
    told["charts"].append(plotly_figures.read(json.dumps(block.draw(), default=_listed), block.words))
    _say(told, block.caption)


def _listed(values: Any) -> Any:
    return values.tolist() if hasattr(values, "tolist") else str(values)


def _links(block: blocks.Links, told: dict) -> None:
    _say(told, block.title)
    for link in block.items:
        _say(told, link)


def _notices(block: blocks.Notices, told: dict) -> None:
    for words in block.items:
        _say(told, words, "notices")


def _section(block: blocks.Section, told: dict) -> None:
    told["headings"].append([4 if block.folded else 2, squeezed(block.title)])


def _group(block: blocks.Group, told: dict) -> None:
    """Say nothing: what stands side by side is walked through by itself."""


_READERS = {
    blocks.Prose: _prose,
    blocks.Listing: _listing,
    blocks.Copyable: _copyable,
    blocks.Facts: _facts,
    blocks.Table: _table,
    blocks.Bars: _bars,
    blocks.MapFigure: _map_figure,
    blocks.Chart: _chart,
    blocks.Picture: lambda block, told: _say(told, block.words),
    blocks.Links: _links,
    blocks.Notices: _notices,
    blocks.Section: _section,
    blocks.Group: _group,
}
