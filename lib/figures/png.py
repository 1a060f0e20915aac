"""Maps as PNG: for paper at 300 dots an inch, and as cards for previews."""

import io
from itertools import accumulate

from PIL import Image, ImageChops, ImageDraw, ImageFont

from lib.figures import drawing, raster, text
from lib.figures.drawing import INK, PAPER, Look, Pane
from lib.figures.maps import Map
from lib.figures.raster import Palette
from lib.figures.sheets import Sheet, Swatch, Words

DPI = 300

Box = tuple[int, int, int, int]
"""Left, top, right and bottom of part of a picture."""
Part = tuple[tuple[int, int], Image.Image]
"""The upper left corner of part of a picture, and the part."""


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
        self._written: list[Part] = []

    def map(self, drawn: Map, left: float, top: float, width: float, height: float) -> None:
        """Draw a map, and an edge around one that is cut out of England."""
        panes, looks = drawing.panes(drawn, width, height), [drawing.look(areas) for areas in drawn.areas]
        size = drawing.words_size(min(width, height))
        for pane in panes:
            across, down = left + pane.box.left, top + pane.box.top
            self._pane(drawn, panes, pane, looks, across, down)
            if pane.inset:
                self._rectangle(across, down, pane.box.width, pane.box.height, drawing.FRAME, 1.0)
                self._write(drawn.inset_label, across, down - 4, size, drawing.SOFT, anchor="ls")
        if drawing.framed(drawn):
            self._rectangle(left, top, width, height, drawing.FRAME, 0.5)
        if drawn.scale_bar:
            length, words = drawing.scale_bar(drawn, panes[0])
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
            whole, boxes = ground.convert("RGB"), []
            stamps: dict[tuple[str, float, bool], _Stamp] = {}
            for label in labels:
                key = label.text, label.size, label.badge
                if key not in stamps:
                    font, halo = text.font(label.size * self.dots, True), 0 if label.badge else self._halo
                    stamps[key] = _Stamp(label.text, font, halo)
                boxes.append(stamps[key].put_on(whole, label.x * self.dots, label.y * self.dots, label.ink, label.halo))
            self._take(ground, [(box[:2], whole.crop(box)) for box in boxes])
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

    @property
    def _halo(self) -> int:
        """Pixels around letters that keep them legible on what lies below."""
        return max(round(1.25 * self.dots), 1)

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
        font, place, wide = text.font(size * self.dots, bold), (x * self.dots, y * self.dots), self._halo if halo else 0
        box = _around(words, font, anchor, wide, *place)
        part = self.picture.crop(box).convert("RGB")
        corner = box[:2]
        within = place[0] - corner[0], place[1] - corner[1]
        ImageDraw.Draw(part).text(within, words, colour, font, anchor, stroke_width=wide, stroke_fill=halo or None)
        self._written.append((corner, part))

    def finished(self) -> Image.Image:
        """Return the picture with all its words."""
        self._take(self.picture, self._written)
        return self.picture

    def _take(self, picture: Image.Image, parts: list[Part]) -> None:
        """Put parts of a picture that have all colours into it, whose colours are reduced in one go."""
        tops = list(accumulate((part.height for _, part in parts), initial=0))
        strip = Image.new("RGB", (max((part.width for _, part in parts), default=1), max(tops[-1], 1)))
        for top, (_, part) in zip(tops, parts, strict=False):
            strip.paste(part, (0, top))
        strip = self.palette.reduced(strip)
        for top, (corner, part) in zip(tops, parts, strict=False):
            picture.paste(strip.crop((0, top, part.width, top + part.height)), corner)


class _Stamp:
    """Words with a halo around their middle: letters are rasterised once for all places where they stand."""

    def __init__(self, words: str, font: ImageFont.FreeTypeFont, halo: int):
        self.corner = _around(words, font, "mm", halo, 0, 0)
        self.letters = self._mask(words, font, 0)
        self.around = self._mask(words, font, halo) if halo else None

    def _mask(self, words: str, font: ImageFont.FreeTypeFont, wide: int) -> Image.Image:
        left, top, right, bottom = self.corner
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).text((-left, -top), words, 255, font, "mm", stroke_width=wide)
        return mask

    def put_on(self, picture: Image.Image, x: float, y: float, ink: str, halo: str) -> Box:
        """Put the words on a picture, with their middle at a place; return the box around them."""
        across, down = round(x), round(y)
        left, top, right, bottom = self.corner
        box = left + across, top + down, right + across, bottom + down
        if self.around:
            picture.paste(halo, box, self.around)
        picture.paste(ink, box, self.letters)
        return box


def _around(words: str, font: ImageFont.FreeTypeFont, anchor: str, halo: int, x: float, y: float) -> Box:
    """Return the box around words at a place, with room for smooth edges."""
    left, top, right, bottom = font.getbbox(words, anchor=anchor, stroke_width=halo)
    return int(left + x) - 2, int(top + y) - 2, int(right + x) + 3, int(bottom + y) + 3
