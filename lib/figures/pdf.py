"""A map on a page of a PDF: text stays text and the map stays shapes."""

import numpy as np
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from geo import kept
from lib.figures import drawing, outlines
from lib.figures.drawing import INK, PAPER, STRIPE_PART, STRIPES, Look, Pane
from lib.figures.maps import Areas, Map, Outline
from lib.figures.outlines import Lines
from lib.figures.projection import Box
from lib.figures.text import FONTS

REGULAR, BOLD = "Vera", "Vera-Bold"
"""The typeface, upright, by the names that `fonts` gives it."""
# Steps in a point: what is nearer is one place on any printer.
_GRID = 20.0


@kept.once
def fonts() -> TTFont:
    """Register the typeface, which the PDF library ships, with that library, and return it."""
    for name, file in ((REGULAR, "Vera.ttf"), (BOLD, "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, FONTS / file))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return pdfmetrics.getFont(REGULAR)


def draw(canvas: Canvas, drawn: Map, left: float, top: float, width: float, height: float) -> None:
    """Draw a map.

    Parameters
    ----------
    canvas : Canvas
        The page.
    drawn : Map
        What the map shows.
    left, top : float
        Its upper left corner, points from the left and from the bottom of the page.
    width, height : float
        Size of its frame, points.
    """
    fonts()
    panes = drawing.panes(drawn, width, height)
    canvas.saveState()
    canvas.translate(left, top)
    canvas.setLineJoin(1)
    size = drawing.words_size(min(width, height))
    for pane in panes:
        _Pane(canvas, drawn, panes, pane).draw(size)
    if drawn.scale_bar:
        _scale_bar(canvas, drawn, panes[0], size)
    if drawn.note:
        _note(canvas, drawn, size)
    canvas.restoreState()


class _Pane:
    """Draws one pane; on a page of a PDF y grows upwards, so all of them are below 0."""

    def __init__(self, canvas: Canvas, drawn: Map, panes: tuple[Pane, ...], pane: Pane):
        self.canvas, self.drawn, self.shown, self.pane = canvas, drawn, panes, pane
        whole = panes[0].box
        self.short = min(whole.width, whole.height)
        self.thick = drawing.weight(whole.width, whole.height)

    def draw(self, size: float) -> None:
        """Draw what the pane shows, cut off at its edges, and for an inset its frame and label."""
        canvas, box = self.canvas, self.pane.box
        canvas.saveState()
        canvas.translate(box.left, -box.top)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(0, -box.height, box.width, box.height)
        canvas.clipPath(clip, stroke=0)
        if self.pane.inset:
            canvas.setFillColor(HexColor(PAPER))
            canvas.rect(0, -box.height, box.width, box.height, stroke=0, fill=1)
        for areas in self.drawn.areas:
            self._areas(areas)
        for outline in self.drawn.outlines:
            self._outline(outline)
        for code in self.drawn.chosen:
            layer = next((areas.layer for areas in reversed(self.drawn.areas) if code in areas.class_of), None)
            if layer:
                self._outline(Outline(layer, (code,), True, INK, drawing.CHOSEN_WIDTH))
        self._crosses()
        self._labels()
        canvas.restoreState()
        if self.pane.inset:
            canvas.setStrokeColor(HexColor(drawing.FRAME))
            canvas.setLineWidth(0.8)
            canvas.rect(0, -box.height, box.width, box.height, stroke=1, fill=0)
            canvas.setFillColor(HexColor(drawing.SOFT))
            canvas.setFont(REGULAR, size)
            canvas.drawString(0, 4, self.drawn.inset_label)
        canvas.restoreState()

    def _path(self, lines: Lines, group: int, rings: list[list[tuple[float, float]]]) -> PDFPathObject:
        path = self.canvas.beginPath()
        for n in range(*lines.groups[group : group + 2]):
            (x, y), *others = rings[n]
            path.moveTo(x, -y)
            for across, up in others:
                path.lineTo(across, -up)
            if lines.closed:
                path.close()
        return path

    def _places(self, lines: Lines) -> list[list[tuple[float, float]]]:
        places, starts = outlines.placed(lines, self.pane.projection, _GRID)
        places = places / _GRID
        return [part.tolist() for part in np.split(places, starts[1:-1])]

    def _areas(self, areas: Areas) -> None:
        looks = drawing.look(areas)
        codes, lines = outlines.within(areas.layer, tuple(looks), self.pane.bounds)
        rings = self._places(lines)
        self.canvas.setLineWidth(drawing.EDGE_WIDTH * self.thick)
        for n, code in enumerate(codes):
            style = looks[code]
            if style.stripes:
                self._stripes(self._path(lines, n, rings), style)
            self.canvas.setFillColor(HexColor(style.fill))
            self.canvas.setStrokeColor(HexColor(style.edge))
            self.canvas.drawPath(
                self._path(lines, n, rings), stroke=1, fill=int(not style.stripes), fillMode=FILL_EVEN_ODD
            )

    def _stripes(self, path: PDFPathObject, style: Look) -> None:
        """Fill an area with its colour and its stripes, which are drawn across the whole pane and cut off."""
        canvas, box, stripes = self.canvas, self.pane.box, STRIPES[style.stripes]
        canvas.saveState()
        canvas.clipPath(path, stroke=0, fillMode=FILL_EVEN_ODD)
        canvas.setFillColor(HexColor(style.fill))
        canvas.rect(0, -box.height, box.width, box.height, stroke=0, fill=1)
        canvas.setStrokeColor(HexColor(stripes.colour), alpha=stripes.opacity)
        step = drawing.stripe_step(self.thick)
        canvas.setLineWidth(step * STRIPE_PART)
        reach, across = box.width + box.height, step * 2**0.5
        for n in range(int(reach / across) + 1):
            x = n * across
            if stripes.rising:
                canvas.line(x - box.height, -box.height, x, 0)
            else:
                canvas.line(x - box.height, 0, x, -box.height)
        canvas.restoreState()

    def _outline(self, outline: Outline) -> None:
        lines = outlines.border(outline.layer, outline.codes, outline.merged, self.pane.bounds)
        wide = outline.width * self.thick
        self.canvas.saveState()
        self.canvas.setStrokeColor(HexColor(outline.colour))
        self.canvas.setLineWidth(wide)
        if outline.dotted:
            self.canvas.setLineCap(1)
            self.canvas.setDash([0.01, wide * 2.2])
        self.canvas.drawPath(self._path(lines, 0, self._places(lines)), stroke=1, fill=0)
        self.canvas.restoreState()

    def _crosses(self) -> None:
        self.canvas.setFillColor(HexColor(INK))
        self.canvas.setStrokeColor(HexColor(PAPER))
        self.canvas.setLineWidth(0.9 * self.thick)
        for x, y in drawing.crosses(self.drawn, self.pane):
            (across, up), *others = drawing.cross(x, y, drawing.text_size(self.short))
            path = self.canvas.beginPath()
            path.moveTo(across, -up)
            for across, up in others:
                path.lineTo(across, -up)
            path.close()
            self.canvas.drawPath(path, stroke=1, fill=1)

    def _labels(self) -> None:
        for label in drawing.labels(self.drawn, self.shown, self.pane):
            down = -label.y - label.size * 0.36
            if label.badge:
                self.canvas.setFillColor(HexColor(label.halo))
                self.canvas.setStrokeColor(HexColor(PAPER))
                self.canvas.setLineWidth(0.5)
                self.canvas.circle(label.x, -label.y, label.size * drawing.BADGE, stroke=1, fill=1)
            else:
                _halo(self.canvas, label.x, down, label.text, label.halo, label.size)
            self.canvas.setFillColor(HexColor(label.ink))
            self.canvas.setFont(BOLD, label.size)
            self.canvas.drawCentredString(label.x, down, label.text)


def _halo(canvas: Canvas, x: float, y: float, words: str, colour: str, size: float) -> None:
    """Draw the halo of words around their middle; copied off the page they stand there twice."""
    text = canvas.beginText(x - canvas.stringWidth(words, BOLD, size) / 2, y)
    text.setFont(BOLD, size)
    text.setTextRenderMode(1)
    text.textOut(words)
    canvas.saveState()
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(2)
    canvas.drawText(text)
    canvas.restoreState()


def _scale_bar(canvas: Canvas, drawn: Map, pane: Pane, size: float) -> None:
    length, words = drawing.scale_bar(drawn, pane)
    x, y = 8.0, 8.0 - pane.box.height
    for colour, wide in ((PAPER, 4.0), (INK, 2.2)):
        canvas.setStrokeColor(HexColor(colour))
        canvas.setLineWidth(wide)
        canvas.line(x, y, x + length, y)
    canvas.setFillColor(HexColor(INK))
    canvas.setFont(BOLD, size)
    canvas.drawString(x, y + 4, words)


def _note(canvas: Canvas, drawn: Map, size: float) -> None:
    box: Box = drawing.note_box(drawn.note, size)
    fill, edge = drawing.note_colours(drawn.made_up)
    canvas.setFillColor(HexColor(fill))
    canvas.setStrokeColor(HexColor(edge))
    canvas.setLineWidth(0.8)
    canvas.rect(box.left, -box.bottom, box.width, box.height, stroke=1, fill=1)
    canvas.setFillColor(HexColor(INK))
    canvas.setFont(BOLD, size)
    canvas.drawCentredString(box.left + box.width / 2, -box.top - box.height / 2 - 0.36 * size, drawn.note)
