"""Maps as PNG: for paper at 300 dots an inch, and as cards for previews."""

import io
from itertools import accumulate
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from lib.figures import drawing, raster, text
from lib.figures.drawing import INK, PAPER, Look, Pane
from lib.figures.maps import Map
from lib.figures.raster import Palette
from lib.figures.sheets import Sheet, Swatch, Words

DPI = 300


def printed(sheet: Sheet) -> bytes:
    """Return a sheet in points as PNG at 300 dots an inch."""
    return _encoded(image(sheet, DPI / 72), (DPI, DPI))


def screen(sheet: Sheet) -> bytes:
    """Return a sheet in pixels as PNG of as many."""
    return _encoded(image(sheet, 1.0), None)


def _encoded(picture: Image.Image, dots: tuple[int, int] | None) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=3, **({"dpi": dots} if dots else {}))
    return out.getvalue()


def image(sheet: Sheet, dots: float) -> Image.Image:
    """Return a sheet as a picture with a palette: one byte for a pixel is drawn and packed in a third of the time.

    Parameters
    ----------
    sheet : Sheet
        What it shows.
    dots : float
        Pixels for each of the sheet's units.
    """
    page = _Page(sheet, dots)
    for box, drawn in sheet.frames:
        page.map(drawn, box.left, box.top, box.width, box.height)
    for item in sheet.items:
        if isinstance(item, Swatch):
            page.swatch(item)
        else:
            page.words(item)
    return page.finished()


class _Page:
    """A picture that is drawn upon in the units of its sheet."""

    def __init__(self, sheet: Sheet, dots: float):
        self.dots, self.palette = dots, Palette(sheet)
        size = round(sheet.width * dots), round(sheet.height * dots)
        self.picture = Image.new("P", size, self.palette.number(PAPER))
        self.palette.put_on(self.picture)
        self.pen = ImageDraw.Draw(self.picture)
        self._written: list[tuple[tuple[int, int], Image.Image]] = []

    def map(self, drawn: Map, left: float, top: float, width: float, height: float) -> None:
        """Draw a map, and an edge around one that is cut out of England."""
        shown, looks = drawing.panes(drawn, width, height), [drawing.look(areas) for areas in drawn.areas]
        size = drawing.words_size(min(width, height))
        for pane in shown:
            across, down = left + pane.box.left, top + pane.box.top
            self._pane(drawn, shown, pane, looks, across, down)
            if pane.inset:
                self._rectangle(across, down, pane.box.width, pane.box.height, drawing.FRAME, 1.0)
                self._write(drawn.inset_label, across, down - 4, size, drawing.SOFT, anchor="ls")
        if drawing.framed(drawn):
            self._rectangle(left, top, width, height, drawing.FRAME, 0.5)
        if drawn.scale_bar:
            length, words = drawing.scale_bar(drawn, shown[0])
            x, y = left + 8, top + height - 8
            for colour, wide in ((PAPER, 4.5), (INK, 2.5)):
                ends = [x * self.dots, y * self.dots, (x + length) * self.dots, y * self.dots]
                self.pen.line(ends, self.palette.number(colour), max(round(wide * self.dots), 1))
            self._write(words, x, y - 5, size, INK, bold=True, anchor="ls", halo=PAPER)
        if drawn.note:
            box = drawing.note_box(drawn.note, size)
            fill, edge = drawing.note_colours(drawn.made_up)
            self._rectangle(left + box.left, top + box.top, box.width, box.height, edge, 1.0, fill)
            middle = left + box.left + box.width / 2, top + box.top + box.height / 2
            self._write(drawn.note, *middle, size, INK, bold=True, anchor="mm")

    def _pane(
        self, drawn: Map, panes: tuple[Pane, ...], pane: Pane, looks: list[dict[str, Look]], left: float, top: float
    ) -> None:
        labels = drawing.labels(drawn, panes, pane)
        ground = raster.ground(drawn, panes, pane, looks, labels, self.palette, self.dots)
        if labels:
            # One after the other in parts of the picture, halos would cut into each other.
            whole = ground.convert("RGB")
            pen = ImageDraw.Draw(whole)
            for label in labels:
                font, place = text.font(label.size * self.dots, True), (label.x * self.dots, label.y * self.dots)
                pen.text(place, label.text, label.ink, font, "mm", **self._halo("" if label.badge else label.halo))
            ground = self.palette.reduced(whole)
        self.picture.paste(ground, (round(left * self.dots), round(top * self.dots)))

    def swatch(self, item: Swatch) -> None:
        """Draw a class of the legend."""
        category, dots = item.category, self.dots
        mask = Image.new("L", (round(item.width * dots), round(item.height * dots)))
        ImageDraw.Draw(mask).rounded_rectangle([0, 0, mask.width - 1, mask.height - 1], 2 * dots, fill=255)
        left, top = round(item.x * dots), round(item.y * dots)
        box = left, top, left + mask.width, top + mask.height
        self.picture.paste(self.palette.number(category.fill), box, mask)
        if category.hatch:
            step = drawing.stripe_step(item.height / 15) * dots
            over = ImageChops.multiply(mask, raster.stripes(mask.size, category.hatch, step))
            self.picture.paste(self.palette.number(raster.striped(category.fill, category.hatch)), box, over)
        size = text.fitting(category.mark, item.height * 0.72, item.width)
        middle = item.x + item.width / 2, item.y + item.height / 2
        halo = category.fill if category.hatch else ""
        self._write(category.mark, *middle, size, category.ink, bold=True, anchor="mm", halo=halo)

    def words(self, item: Words) -> None:
        """Write a line."""
        self._write(item.text, item.x, item.y, item.size, item.colour, bold=item.bold, anchor="ls")

    def _rectangle(
        self, left: float, top: float, width: float, height: float, edge: str, wide: float, fill: str = ""
    ) -> None:
        corners = [round(side * self.dots) for side in (left, top, left + width, top + height)]
        inside = self.palette.number(fill) if fill else None
        self.pen.rectangle(corners, inside, self.palette.number(edge), max(round(wide * self.dots), 1))

    def _halo(self, colour: str) -> dict[str, Any]:
        return {"stroke_width": max(round(1.25 * self.dots), 1), "stroke_fill": colour} if colour else {}

    def _write(
        self,
        words: str,
        x: float,
        y: float,
        size: float,
        colour: str,
        *,
        bold: bool = False,
        anchor: str,
        halo: str = "",
    ) -> None:
        """Write words with smooth letters when all else is drawn: that part of the picture then has all colours."""
        if not words:
            return
        font, place, how = text.font(size * self.dots, bold), (x * self.dots, y * self.dots), self._halo(halo)
        around = self.pen.textbbox(place, words, font, anchor, stroke_width=how.get("stroke_width", 0))
        left, top, right, bottom = (int(side) + more for side, more in zip(around, (-2, -2, 3, 3), strict=True))
        part = self.picture.crop((left, top, right, bottom)).convert("RGB")
        ImageDraw.Draw(part).text((place[0] - left, place[1] - top), words, colour, font, anchor, **how)
        self._written.append(((left, top), part))

    def finished(self) -> Image.Image:
        """Return the picture with all its words, whose colours are reduced in one go."""
        tops = list(accumulate((part.height for _, part in self._written), initial=0))
        strip = Image.new("RGB", (max((part.width for _, part in self._written), default=1), max(tops[-1], 1)))
        for top, (_, part) in zip(tops, self._written, strict=False):
            strip.paste(part, (0, top))
        strip = self.palette.reduced(strip)
        for top, (corner, part) in zip(tops, self._written, strict=False):
            self.picture.paste(strip.crop((0, top, part.width, top + part.height)), corner)
        return self.picture
