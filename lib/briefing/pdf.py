"""A briefing as a PDF of one A4 page; text stays text and the map stays shapes."""

import io
from dataclasses import dataclass

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from lib.briefing import maps, qr
from lib.briefing.content import Briefing
from lib.briefing.layout import (
    GUTTER,
    INK,
    MARGIN,
    PAGE_HEIGHT,
    RULE,
    SCALES,
    SIZE,
    SOFT,
    SWATCH,
    WIDTH,
    Column,
    Setter,
)
from lib.figures import pdf as drawings
from lib.figures import projection, sheets
from lib.figures.maps import Map
from lib.figures.pdf import BOLD, REGULAR, fonts
from lib.themes import Category

_HALF = (WIDTH - GUTTER) / 2
_LEAST_MAP, _MOST_MAP = 150.0, 330.0
_CODE = 54.0
_GAP = 6.0
_FRAME = "#aeb7bd"
_CAPTION, _TINY = 10.0, 6.0


def _tints(drawn: Map) -> list[Category]:
    """Return the colours of a map that no number explains."""
    return [category for category in sheets.legend(drawn) if not category.mark]


def _captions(briefing: Briefing) -> float:
    """Return how high the lines below the maps are."""
    return _CAPTION * (1 + max(len(_tints(drawn)) for drawn in briefing.maps))


class TooLongError(ValueError):
    """A briefing that does not fit a page in letters that can be read."""


@dataclass(frozen=True)
class Box:
    """Something on the page: what it is, and its edges in points from the top left corner."""

    what: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class _Page:
    """A briefing laid out: its columns, and the size of its maps."""

    scale: float
    head: Column
    left: Column
    right: Column
    below: Column
    end: Column
    foot: Column
    map_height: float


def _set(briefing: Briefing, scale: float) -> _Page | None:
    """Lay out a briefing at a scale; None if it does not fit."""
    setter = Setter(scale)
    code = _CODE + 10 if briefing.coded else 0.0
    head, end, foot = setter.head(briefing), setter.end(briefing), setter.foot(briefing, code)
    left = setter.blocks(briefing.left, MARGIN, _HALF)
    right = setter.blocks(briefing.right, MARGIN + _HALF + GUTTER, _HALF)
    below = setter.blocks(briefing.below, MARGIN, WIDTH)
    room = PAGE_HEIGHT - 2 * MARGIN - head.height - below.height - end.height - 3 * _GAP
    room -= max(foot.height, _CODE if code else 0.0)
    both = len(briefing.maps) > 1
    texts = max(left.height, right.height) if both else left.height
    texts += _captions(briefing) + _GAP
    high = min(room - texts, _MOST_MAP)
    if high < _LEAST_MAP or (not both and right.height > room):
        return None
    if not both:
        # As high as the column beside it, or as the map's own shape asks for.
        natural = _HALF * projection.shape(briefing.maps[0].extent)
        high = min(high, max(right.height - texts, min(natural, _HALF * 1.1), _LEAST_MAP))
    else:
        high = min(high, _HALF)
    return _Page(scale, head, left, right, below, end, foot, high)


class _Pen:
    """Draws on the page from the top down and notes what it covers."""

    def __init__(self, canvas: Canvas, scale: float):
        self.canvas, self.scale = canvas, scale
        self.boxes: list[Box] = []

    def column(self, column: Column, top: float, what: str) -> float:
        """Draw the rows of a column; return where it ends."""
        for line in column.lines:
            for cell in line.cells:
                x, y = column.x + cell.x, top + line.pad
                cell.text.drawOn(self.canvas, x, PAGE_HEIGHT - y - cell.height)
                self.boxes.append(Box(what, x, y, x + cell.width, y + cell.height))
            if line.mark:
                self.mark(line.mark, column.x, top + line.pad)
            top += line.height
            if line.ruled:
                self.canvas.setStrokeColor(HexColor(RULE))
                self.canvas.setLineWidth(0.4)
                right = column.x + max(cell.x + cell.width for cell in line.cells)
                self.canvas.line(column.x, PAGE_HEIGHT - top, right, PAGE_HEIGHT - top)
        return top

    def mark(self, category: Category, x: float, y: float) -> None:
        """Draw a number of the map in its colour."""
        size = SIZE * self.scale
        wide, high = size * (SWATCH - 0.4), size * 1.2
        self.canvas.setFillColor(HexColor(category.fill))
        self.canvas.roundRect(x, PAGE_HEIGHT - y - high, wide, high, 1.5, stroke=0, fill=1)
        self.canvas.setFillColor(HexColor(category.ink))
        self.canvas.setFont(BOLD, size * 0.9)
        self.canvas.drawCentredString(x + wide / 2, PAGE_HEIGHT - y - high + size * 0.28, category.mark)
        self.boxes.append(Box("mark", x, y, x + wide, y + high))

    def map(self, drawn: Map, x: float, y: float, height: float) -> None:
        """Draw a map as wide as a column and what to know of it."""
        canvas, bottom = self.canvas, y + height
        drawings.draw(canvas, drawn, x, PAGE_HEIGHT - y, _HALF, height)
        canvas.setStrokeColor(HexColor(_FRAME))
        canvas.setLineWidth(0.6)
        canvas.rect(x, PAGE_HEIGHT - bottom, _HALF, height, stroke=1, fill=0)
        self.boxes.append(Box("map", x, y, x + _HALF, bottom))
        self.caption(maps.caption(drawn), x, bottom)
        for n, category in enumerate(_tints(drawn), start=1):
            canvas.setFillColor(HexColor(category.fill))
            canvas.setStrokeColor(HexColor(_FRAME))
            canvas.rect(x, PAGE_HEIGHT - bottom - n * _CAPTION - 8.5, 10, 6, stroke=1, fill=1)
            self.caption(category.label, x + 14, bottom + n * _CAPTION)

    def caption(self, words: str, x: float, y: float) -> None:
        """Write a small line."""
        self.canvas.setFillColor(HexColor(SOFT))
        self.canvas.setFont(REGULAR, _TINY)
        self.canvas.drawString(x, PAGE_HEIGHT - y - 8, words)
        end = x + self.canvas.stringWidth(words, REGULAR, _TINY)
        self.boxes.append(Box("caption", x, y + 2, end, y + _CAPTION))

    def code(self, link: str, x: float, y: float) -> None:
        """Draw the QR code of a link."""
        count, dark = qr.squares(link)
        side = _CODE / count
        self.canvas.setFillColor(HexColor(INK))
        path = self.canvas.beginPath()
        for column, row in dark:
            path.rect(x + column * side, PAGE_HEIGHT - y - (row + 1) * side, side, side)
        self.canvas.drawPath(path, stroke=0, fill=1)
        self.boxes.append(Box("code", x, y, x + _CODE, y + _CODE))


def laid_out(briefing: Briefing) -> tuple[bytes, list[Box], float]:
    """Draw a briefing.

    Returns
    -------
    content : bytes
        The PDF.
    boxes : list of Box
        What covers which part of the page.
    scale : float
        Size of the letters, 1 for the normal one.

    Raises
    ------
    TooLongError
        If it does not fit a page.
    """
    fonts()
    page = next((page for scale in SCALES if (page := _set(briefing, scale))), None)
    if page is None:
        raise TooLongError(f"{briefing.title}: too long for one page")
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH + 2 * MARGIN, PAGE_HEIGHT), invariant=1, lang="en-GB")
    canvas.setTitle(f"{briefing.title} – Footprints")
    canvas.setSubject(briefing.kind)
    canvas.setAuthor("Footprints")
    pen = _Pen(canvas, page.scale)
    top = pen.column(page.head, MARGIN, "head") + _GAP
    for n, drawn in enumerate(briefing.maps):
        pen.map(drawn, MARGIN + n * (_HALF + GUTTER), top, page.map_height)
    under = top + page.map_height + _captions(briefing) + _GAP
    ends = [pen.column(page.left, under, "left")]
    ends.append(pen.column(page.right, under if len(briefing.maps) > 1 else top, "right"))
    after = pen.column(page.below, max(ends), "below")
    pen.column(page.end, after, "end")
    known = briefing.coded
    bottom = PAGE_HEIGHT - MARGIN - max(page.foot.height, _CODE if known else 0.0)
    if known:
        pen.code(briefing.link, MARGIN, bottom)
    pen.column(page.foot, bottom, "foot")
    canvas.showPage()
    canvas.save()
    return out.getvalue(), pen.boxes, page.scale


def render(briefing: Briefing) -> bytes:
    """Return the briefing as a PDF."""
    return laid_out(briefing)[0]
