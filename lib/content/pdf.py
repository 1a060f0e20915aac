"""Documents as PDF for paper: text stays text, maps stay shapes, tables run on from page to page."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Grid
from reportlab.platypus.tables import TableStyle

from geo import kept
from lib.content.blocks import (
    Bars,
    Block,
    Chart,
    Code,
    Column,
    Copyable,
    Fact,
    Facts,
    Group,
    Inline,
    Link,
    Links,
    Listing,
    MapFigure,
    Notices,
    Picture,
    Prose,
    Section,
    Strong,
    Table,
    Words,
)
from lib.content.document import Document
from lib.content.formats import NUMERIC, written
from lib.figures import pdf as drawings
from lib.figures import projection, sheets, text
from lib.figures.maps import Map
from lib.figures.pdf import BOLD, REGULAR, fonts
from lib.text import dated, percent, source_parts
from lib.themes import Category

_WIDTH, _HEIGHT = A4
_MARGIN = 40.0
# A frame has six points of room on each side.
_WIDE = _WIDTH - 2 * (_MARGIN + 6)
_INK, _SOFT, _BLUE, _RULE, _WARM = "#212b32", "#4c6272", "#005eb8", "#d8dde0", "#fff3d6"
_TALLEST_MAP = 380.0
_CELL, _FOOT = 9.0, 8.0
# Points right of a cell, and how wide text may make its column before others have what they need.
_GAP, _WIDEST = 6.0, 220.0
_LONG_WORD = 95.0
_QUOTED = {'"': "&quot;"}
MOST_ROWS = 400
"""Rows of a table that are printed: the rest stands in its file."""


def printed(document: Document, address: str, foot: str) -> bytes:
    """Return a document on A4 pages.

    Parameters
    ----------
    document : Document
        All its blocks are printed, folded ones too; links lose their addresses unless they lead elsewhere.
    address : str
        Where the view is to be found, at the foot of each page.
    foot : str
        Attribution and version, beside it.

    Returns
    -------
    bytes
        The same for the same document.
    """
    fonts()
    out = io.BytesIO()
    made = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN + 14,
        title=document.title,
        author="Footprints",
        subject=document.description,
        invariant=1,
    )

    def footed(canvas: Canvas, _: Any) -> None:
        canvas.setFont(REGULAR, _FOOT)
        canvas.setFillColor(HexColor(_SOFT))
        canvas.drawString(_MARGIN + 6, _MARGIN - 2, _cut(foot))
        canvas.drawString(_MARGIN + 6, _MARGIN - 12, _cut(address))
        canvas.drawRightString(_WIDTH - _MARGIN - 6, _MARGIN - 2, str(canvas.getPageNumber()))

    flow = [_paragraph(document.title, "title")]
    if document.lead:
        flow.append(_paragraph(document.lead, "lead"))
    if document.notices:
        flow += _block(Notices(document.notices), 2)
    flow += _blocks(document.blocks, 2)
    if document.sources:
        flow += [_paragraph("Sources", "h2"), *(_paragraph(words, "small") for words in document.sources)]
    made.build(flow, onFirstPage=footed, onLaterPages=footed)
    return out.getvalue()


def _cut(line: str) -> str:
    """Return as much of a line as a page is wide."""
    start = text.cut(line, _FOOT, _WIDE - 30)
    return start if start == line else f"{start[:-1]}…"


@kept.once
def _styles() -> dict[str, ParagraphStyle]:
    body = ParagraphStyle("body", fontName=REGULAR, fontSize=10, leading=13.5, textColor=HexColor(_INK), spaceAfter=5)

    def style(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=body, **changes)

    return {
        "body": body,
        "lead": style("lead", fontSize=11.5, leading=15.5, spaceAfter=8),
        "small": style("small", fontSize=9, leading=11.8, textColor=HexColor(_SOFT), spaceAfter=3),
        "title": style("title", fontName=BOLD, fontSize=18, leading=22, spaceAfter=6),
        "h2": style("h2", fontName=BOLD, fontSize=13, leading=16.5, spaceBefore=8, spaceAfter=4, keepWithNext=1),
        "h3": style("h3", fontName=BOLD, fontSize=10.5, leading=13.5, spaceBefore=6, spaceAfter=3, keepWithNext=1),
        "cell": style("cell", fontSize=_CELL, leading=11.2, spaceAfter=0),
        "number": style("number", fontSize=_CELL, leading=11.2, spaceAfter=0, alignment=TA_RIGHT),
        "head": style("head", fontSize=_CELL, leading=11, spaceAfter=0, textColor=HexColor(_SOFT)),
        "headed": style(
            "headed", fontSize=_CELL, leading=11, spaceAfter=0, textColor=HexColor(_SOFT), alignment=TA_RIGHT
        ),
    }


def _safe(text: str) -> str:
    """Return text as the library's markup, what the typeface lacks as a question mark."""
    known = fonts().face.charToGlyph
    return escape("".join(c if ord(c) in known or c.isspace() else _lacking(c) for c in text))


def _lacking(letter: str) -> str:
    """Return what stands for a letter that the typeface lacks; a tick, whose words stand beside it, needs nothing."""
    return "" if letter in "✓✗" else "?"


def _markup(words: Words) -> str:
    return "".join(map(_inline, words)) if isinstance(words, tuple) else _inline(words)


def _inline(part: Inline) -> str:
    match part:
        case Link():
            # On paper only an address elsewhere is of use, and that one is known in full.
            outside = part.href.startswith(("https://", "http://"))
            words = _safe(part.words)
            return f'<a href="{escape(part.href, _QUOTED)}" color="{_BLUE}">{words}</a>' if outside else words
        case Strong():
            return f"<b>{_safe(part.words)}</b>"
        case Code():
            return f'<font color="{_SOFT}">{_safe(part.words)}</font>'
    return _safe(part)


def _paragraph(words: Words, style: str) -> Paragraph:
    return Paragraph(_markup(words), _styles()[style])


def _blocks(blocks: Iterable[Block], level: int) -> list[Flowable]:
    return [flow for block in blocks for flow in _block(block, level)]


def _block(block: Block, level: int) -> list[Flowable]:
    if isinstance(block, Section):
        inside = _blocks(block.blocks, level + 1)
        return [_paragraph(block.title, "h2" if level == 2 else "h3"), *inside] if inside else []
    if isinstance(block, Group):
        return [flow for column in block.columns for flow in _blocks(column, level)]
    return _SETTERS[type(block)](block)


def _prose(block: Prose) -> list[Flowable]:
    return [_paragraph(block.words, {"caption": "small", "lead": "lead"}.get(block.role, "body"))]


def _listing(block: Listing) -> list[Flowable]:
    marks = (f"{number}." if block.ordered else "•" for number in range(1, len(block.items) + 1))
    return [
        Paragraph(_markup(item), _styles()["body"], bulletText=mark)
        for mark, item in zip(marks, map(_indented, block.items), strict=True)
    ]


def _chart(block: Chart) -> list[Flowable]:
    return [_paragraph(block.words, "body"), *([_paragraph(block.caption, "small")] if block.caption else [])]


def _indented(words: Words) -> Words:
    return ("   ", *words) if isinstance(words, tuple) else f"   {words}"


def _boxed(block: Notices) -> Flowable:
    grid = Grid([[[_paragraph(item, "body") for item in block.items]]], colWidths=[_WIDE])
    grid.setStyle(TableStyle([("BACKGROUND", (0, 0), (-1, -1), HexColor(_WARM))]))
    return grid


def _facts(block: Facts) -> Flowable:
    rows = [[_paragraph(fact.label, "head"), [_value(fact), *_besides(fact)]] for fact in block.items]
    grid = Grid(rows, colWidths=[_WIDE * 0.26, _WIDE * 0.74])
    grid.setStyle(_ruled(len(rows)))
    return grid


def _value(fact: Fact) -> Paragraph:
    return _paragraph((Strong(written(fact.value, fact)),), "body")


def _besides(fact: Fact) -> list[Paragraph]:
    lines: list[Words] = [fact.detail] if fact.detail else []
    known = [dated(fact.as_of) if fact.as_of else "", fact.evidence.label if fact.evidence else ""]
    if any(known):
        lines.append(", ".join(filter(None, known)))
    if fact.source:
        parts: list[Inline] = ["Source: "]
        for number, (said_there, address) in enumerate(source_parts(fact.source)):
            parts += ["; "] if number else []
            parts.append(Link(said_there, address) if address else said_there)
        lines.append(tuple(parts))
    if fact.note:
        lines.append(fact.note)
    return [_paragraph(words, "small") for words in lines]


def _ruled(rows: int, head: bool = False) -> TableStyle:
    commands: list[tuple] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, rows - 1), 0.4, HexColor(_RULE)),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), _GAP),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    if head:
        commands.append(("LINEBELOW", (0, 0), (-1, 0), 0.8, HexColor(_SOFT)))
    return TableStyle(commands)


def _table(table: Table) -> list[Flowable]:
    places = [n for n, column in enumerate(table.columns) if not column.in_file_only]
    numeric = {n for n in places if table.columns[n].kind in NUMERIC}
    head = [_paragraph(table.columns[n].label, "headed" if n in numeric else "head") for n in places]
    rows = [
        [_cell(row[n], table, n, n in numeric, number if n == places[0] else None) for n in places]
        for number, row in enumerate(table.rows[:MOST_ROWS])
    ]
    if widths := _widths(table, places):
        grid = Grid([head, *rows], colWidths=widths, repeatRows=1)
        grid.setStyle(_ruled(len(rows) + 1, head=True))
    else:
        grid = _records(table, places)
    notes = [_paragraph(table.caption, "small")] if table.caption else []
    if len(table.rows) > MOST_ROWS:
        notes.append(_paragraph(f"The first {MOST_ROWS} of {len(table.rows):,} rows; the CSV file has all.", "small"))
    return [_paragraph((Strong(table.title),), "body"), grid, Spacer(0, 4), *notes]


def _cell(value: Any, table: Table, n: int, numeric: bool, row: int | None) -> Paragraph:
    content = _said(value, table.columns[n])
    mark = table.swatches[row].mark if row is not None and table.swatches else ""
    words: Words = (Strong(f"{mark} "), content) if mark else content
    return _paragraph(words, "number" if numeric else "cell")


def _said(value: Any, column: Column) -> str:
    """Return what a cell says; numbers, dates and codes stay in one piece."""
    if column.kind == "source" and isinstance(value, str):
        return "; ".join(part for part, _ in source_parts(value))
    words = written(value, column)
    return words if column.kind == "text" else words.replace(" ", "\u00a0")


def _widths(table: Table, places: Sequence[int]) -> list[float] | None:
    """Share the width out by what stands in the columns, so that no word breaks; None where they do not fit."""
    least, wants = [], []
    for n in places:
        cells = [_said(row[n], table.columns[n]) for row in table.rows[:MOST_ROWS]]
        words = {word for cell in (*cells, table.columns[n].label) for word in cell.split(" ")}
        longest = max((text.width(word, _CELL) for word in words), default=0)
        # An address, or the name of a file, may break: it is long.
        least.append((min(longest, _LONG_WORD) if table.columns[n].kind in ("text", "source") else longest) + _GAP + 1)
        wants.append(
            max(least[-1], min(max((text.width(cell, _CELL) for cell in cells), default=0) + _GAP + 1, _WIDEST))
        )
    if table.swatches:
        least[0] += 14
    left = _WIDE - sum(least)
    if left < 0:
        return None
    more = [want - some for want, some in zip(wants, least, strict=True)]
    if sum(more) <= left:
        return [max(want, some) + (left - sum(more)) / len(places) for want, some in zip(wants, least, strict=True)]
    return [some + left * part / sum(more) for some, part in zip(least, more, strict=True)]


def _records(table: Table, places: Sequence[int]) -> Flowable:
    """Set a table with more columns than a page has room for: each row its name, and the rest as a list beside it."""
    rows = []
    for number, row in enumerate(table.rows[:MOST_ROWS]):
        rest = [
            f'<font color="{_SOFT}">{_safe(table.columns[n].label)}:</font> {_safe(_said(row[n], table.columns[n]))}'
            for n in places[1:]
        ]
        name = _cell(row[places[0]], table, places[0], False, number)
        rows.append([name, Paragraph(" · ".join(rest), _styles()["cell"])])
    grid = Grid(rows, colWidths=[_WIDE * 0.27, _WIDE * 0.73])
    grid.setStyle(_ruled(len(rows)))
    return grid


def _bars(block: Bars) -> list[Flowable]:
    lines = [
        (bar.name, bar.value, "; ".join(f"{part.category.label} {percent(part.share)}" for part in bar.parts))
        for bar in block.items
    ]
    rows = [[_paragraph(words, "cell") for words in line] for line in lines]
    if not rows:
        return []
    grid = Grid(rows, colWidths=[_WIDE * 0.3, _WIDE * 0.15, _WIDE * 0.55])
    grid.setStyle(_ruled(len(rows)))
    return [_paragraph((Strong(block.title),), "body"), grid, Spacer(0, 4)]


class _Drawn(Flowable):
    """A map in the flow of a page."""

    def __init__(self, drawn: Map):
        super().__init__()
        self.map = drawn
        self.width = _WIDE
        self.height = min(_WIDE * min(max(projection.shape(drawn.extent), 0.6), 1.1), _TALLEST_MAP)

    def wrap(self, *_: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        drawings.draw(self.canv, self.map, 0, self.height, self.width, self.height)


def _map(figure: MapFigure) -> list[Flowable]:
    flow: list[Flowable] = [_Drawn(figure.map), Spacer(0, 4)]
    entries = [entry.category for entry in figure.legend] or list(sheets.legend(figure.map))
    if entries:
        flow.append(_legend(figure.legend_title, entries))
    if figure.caption:
        flow.append(_paragraph(figure.caption, "small"))
    return flow


def _legend(title: str, entries: Sequence[Category]) -> Paragraph:
    parts: list[str] = [f"<b>{_safe(title)}:</b> "] if title else []
    for entry in entries:
        mark = _safe(entry.mark) or "&nbsp;&nbsp;"
        swatch = f'<font backColor="{entry.fill}" color="{entry.ink}">&nbsp;{mark}&nbsp;</font>'
        parts.append(f"{swatch}&nbsp;{_safe(entry.label)} &nbsp; ")
    return Paragraph("".join(parts), _styles()["small"])


_SETTERS: dict[type, Callable[[Any], list[Flowable]]] = {
    Prose: _prose,
    Listing: _listing,
    Copyable: lambda block: [_paragraph(block.text, "body")],
    Notices: lambda block: [_boxed(block)],
    Facts: lambda block: [_facts(block), Spacer(0, 6)],
    Table: _table,
    Bars: _bars,
    MapFigure: _map,
    Chart: _chart,
    # Ways on from a page, and pictures of other pages, lead nowhere on paper.
    Links: lambda _: [],
    Picture: lambda _: [],
}
