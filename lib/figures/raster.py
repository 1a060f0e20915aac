"""The ground of a map as pixels: areas, stripes, borders, crosses and the discs below numbers, with smooth edges."""

from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
from PIL import Image, ImageColor, ImageDraw

from lib.figures import drawing, outlines
from lib.figures.drawing import INK, PAPER, STRIPE_PART, STRIPES, Label, Look, Pane
from lib.figures.maps import Areas, Map, Outline
from lib.figures.outlines import Lines
from lib.figures.sheets import Sheet, Swatch

# Drawn larger and then reduced: that smooths the edges.
_OVER = 2
_COLOURS, _APART = 256, 12
_ROWS = 32
# Red, green and blue in one number, each with room for the sum of four.
_FIELDS = np.array([20, 10, 0], dtype=np.uint32)


def striped(fill: str, kind: str) -> str:
    """Return the colour of stripes over a fill."""
    stripes = STRIPES[kind]
    ground, over = (np.array(ImageColor.getrgb(colour)[:3], dtype=float) for colour in (fill, stripes.colour))
    return "#{:02x}{:02x}{:02x}".format(*np.rint(ground + (over - ground) * stripes.opacity).astype(int).tolist())


class Palette:
    """The colours of a sheet, and steps from each to those of lines and letters, for smooth edges.

    Parameters
    ----------
    sheet : Sheet
        What is drawn with it.
    """

    def __init__(self, sheet: Sheet):
        classes = [item for _, drawn in sheet.frames for areas in drawn.areas for item in areas.classes]
        classes += [item.category for item in sheet.items if isinstance(item, Swatch)]
        lines = [outline.colour for _, drawn in sheet.frames for outline in drawn.outlines]
        lines += [areas.edge for _, drawn in sheet.frames for areas in drawn.areas]
        fixed = [PAPER, INK, drawing.FADED_FILL, drawing.FADED_EDGE, drawing.SOFT, drawing.FRAME]
        fixed += [colour for made_up in (True, False) for colour in drawing.note_colours(made_up)]
        fixed += [striped(item.fill, item.hatch) for item in classes if item.hatch]
        colours = dict.fromkeys([*fixed, *lines, *(colour for item in classes for colour in (item.fill, item.ink))])
        self._numbers = {colour: min(number, _COLOURS - 1) for number, colour in enumerate(colours)}
        exact = np.array([ImageColor.getrgb(colour)[:3] for colour in colours], dtype=float)[:_COLOURS]
        table = exact
        for part in (0.5, 0.25, 0.75):
            for other in dict.fromkeys([PAPER, INK, *lines[:1]]):
                steps = np.rint(exact + (np.array(ImageColor.getrgb(other)[:3]) - exact) * part)
                # The imaging library looks colours up to within a few levels: no step must stand in for a colour.
                apart = np.abs(steps[:, None] - table[None]).max(axis=2).min(axis=1)
                table = np.vstack([table, np.unique(steps[apart > _APART], axis=0)])
        self.table = table[:_COLOURS].astype(np.uint8)
        self.image = Image.new("P", (1, 1))
        self.image.putpalette(self.table.tobytes())

    def number(self, colour: str) -> int:
        """Return the number of one of the sheet's colours."""
        return self._numbers[colour]

    def put_on(self, picture: Image.Image) -> None:
        """Let the numbers of a picture stand for these colours."""
        picture.putpalette(self.image.getpalette() or [])

    def mean(self, *four: np.ndarray) -> np.ndarray:
        """Return the numbers of the colours that are nearest to the means of four colours, by their numbers."""
        packed = (self.table.astype(np.uint32) << _FIELDS).sum(axis=1, dtype=np.uint32)
        total = np.sum([packed[numbers] for numbers in four], axis=0, dtype=np.uint32) + (2 << _FIELDS).sum()
        mean = ((total[:, None] >> (_FIELDS + 2)) & 255).astype(np.uint8)
        return np.asarray(self.reduced(Image.fromarray(mean[None])))[0]

    def reduced(self, picture: Image.Image) -> Image.Image:
        """Return a picture in these colours."""
        return picture.quantize(palette=self.image, dither=Image.Dither.NONE)


def stripes(
    size: tuple[int, int], kind: str, step: float, corner: tuple[int, int] = (0, 0), values: tuple[int, int] = (0, 255)
) -> Image.Image:
    """Return stripes, as a mask or in values of one's own for what is between and on them; those of neighbours meet."""
    whole = max(round(step * 2**0.5), 2)
    across, up = np.meshgrid(np.arange(whole) + corner[0], np.arange(whole) + corner[1])
    inside = (across + up if STRIPES[kind].rising else across - up) % whole < STRIPE_PART * whole
    tile = np.where(inside, *reversed(values)).astype(np.uint8)
    repeated = np.tile(tile, (size[1] // whole + 1, size[0] // whole + 1))[: size[1], : size[0]]
    return Image.fromarray(np.ascontiguousarray(repeated))


def ground(
    drawn: Map,
    panes: tuple[Pane, ...],
    pane: Pane,
    looks: list[dict[str, Look]],
    labels: list[Label],
    palette: Palette,
    dots: float,
) -> Image.Image:
    """Return what lies below the labels of a pane, in the colours of a palette.

    Parameters
    ----------
    drawn : Map
        What it shows.
    panes : tuple of Pane
        All panes of the frame.
    pane : Pane
        The one that is drawn.
    looks : list of dict
        How areas are drawn, see `lib.figures.drawing.look`, for each layer.
    labels : list of Label
        The labels.
    palette : Palette
        The colours.
    dots : float
        Pixels in a unit of the frame.
    """
    size = round(pane.box.width * dots), round(pane.box.height * dots)
    canvas = _Canvas(size, palette, pane, drawing.weight(panes[0].box.width, panes[0].box.height), dots * _OVER)
    for areas, styles in zip(drawn.areas, looks, strict=True):
        canvas.areas(areas, styles)
    for outline in drawn.outlines:
        canvas.outline(outline)
    for code in drawn.chosen:
        layer = next((areas.layer for areas in reversed(drawn.areas) if code in areas.class_of), None)
        if layer:
            canvas.outline(Outline(layer, (code,), True, INK, drawing.CHOSEN_WIDTH))
    short = min(panes[0].box.width, panes[0].box.height)
    for x, y in drawing.crosses(drawn, pane):
        canvas.cross(drawing.cross(x, y, drawing.text_size(short)))
    for label in labels:
        if label.badge:
            canvas.disc(label.x, label.y, label.size * drawing.BADGE, label.halo)
    return canvas.smoothed()


class _Canvas:
    """Draws in numbers of colours, a byte for a pixel instead of four: most of the time goes into moving them."""

    def __init__(self, size: tuple[int, int], palette: Palette, pane: Pane, thick: float, large: float):
        self.palette, self.pane, self.thick, self.large = palette, pane, thick, large
        self.numbers = np.full((size[1] * _OVER, size[0] * _OVER), palette.number(PAPER), dtype=np.uint8)
        # The imaging library draws into these numbers where they are, instead of giving copies of ten megabytes.
        self.image = Image.frombuffer("L", self.numbers.shape[::-1], self.numbers, "raw", "L", 0, 1)
        self.image.readonly = 0
        self.pen = ImageDraw.Draw(self.image)

    def areas(self, areas: Areas, styles: dict[str, Look]) -> None:
        """Fill the areas of a layer, then draw the borders between them."""
        codes, lines = outlines.within(areas.layer, tuple(styles), self.pane.bounds)
        rings = list(_pixels(lines, self.pane, self.large))
        for n, code in enumerate(codes):
            # What is smaller than a pixel is no polygon.
            own = [(rings[m], bool(lines.holes[m])) for m in range(*lines.groups[n : n + 2]) if len(rings[m]) > 2]
            if own:
                self._fill(own, styles[code])
        wide = max(round(drawing.EDGE_WIDTH * self.thick * self.large), 1)
        for n, code in enumerate(codes):
            edge = self.palette.number(styles[code].edge)
            for m in range(*lines.groups[n : n + 2]):
                self.pen.line(_taken(_closed(rings[m])), edge, wide)

    def _fill(self, rings: list[tuple[np.ndarray, bool]], style: Look) -> None:
        number = self.palette.number(style.fill)
        if not style.stripes and not any(hole for _, hole in rings):
            for ring, _ in rings:
                self.pen.polygon(_taken(ring), fill=number)
            return
        (left, top), mask = _mask(self.image.size, rings)
        box = left, top, left + mask.width, top + mask.height
        if style.stripes:
            step = drawing.stripe_step(self.thick) * self.large
            values = number, self.palette.number(striped(style.fill, style.stripes))
            self.image.paste(stripes(mask.size, style.stripes, step, (left, top), values), box, mask)
        else:
            self.image.paste(number, box, mask)

    def outline(self, outline: Outline) -> None:
        """Draw borders."""
        lines = outlines.border(outline.layer, outline.codes, outline.merged, self.pane.bounds)
        wide, colour = max(outline.width * self.thick * self.large, 1.0), self.palette.number(outline.colour)
        # Corners nearer to each other than a part of the width are not seen.
        grid = max(wide / 4, 1.0)
        for line in _pixels(lines, self.pane, self.large / grid):
            places = (_closed(line) if lines.closed else line) * np.float32(grid)
            if len(places) < 2:
                continue
            if outline.dotted:
                for x, y in _dots(places, wide * 2.2):
                    self.pen.ellipse([x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2], colour)
            else:
                joint = "curve" if wide > 4 else None
                self.pen.line(places.ravel().tolist() if joint else _taken(places), colour, round(wide), joint)

    def cross(self, corners: list[tuple[float, float]]) -> None:
        """Draw a cross."""
        corners = [(across * self.large, up * self.large) for across, up in corners]
        self.pen.polygon(corners, fill=self.palette.number(INK))
        self.pen.line([*corners, corners[0]], self.palette.number(PAPER), max(round(0.9 * self.thick * self.large), 1))

    def disc(self, x: float, y: float, reach: float, colour: str) -> None:
        """Draw the disc below a number."""
        left, top, right, bottom = (side * self.large for side in (x - reach, y - reach, x + reach, y + reach))
        edge = self.palette.number(PAPER)
        self.pen.ellipse([left, top, right, bottom], self.palette.number(colour), edge, max(round(self.large / 2), 1))

    def smoothed(self) -> Image.Image:
        """Return the colours, half as large: where four pixels differ, what is nearest to their mean."""
        pairs = self.numbers.view(np.uint16)
        above, below = pairs[0::2], pairs[1::2]
        first = above.astype(np.uint8)
        # The same number twice; some rows at a time, which stay near the processor.
        differing = [
            np.flatnonzero((upper != lower) | (upper != left.astype(np.uint16) * 257)) + n * _ROWS * first.shape[1]
            for n, (upper, lower, left) in enumerate(zip(*map(_in_parts, (above, below, first)), strict=True))
        ]
        places = np.concatenate(differing)
        if len(places):
            up, down = (row[np.divmod(places, first.shape[1])] for row in (above, below))
            first.ravel()[places] = self.palette.mean(up & 255, up >> 8, down & 255, down >> 8)
        return _numbered(first, self.palette)


def _in_parts(rows: np.ndarray) -> list[np.ndarray]:
    return [rows[n : n + _ROWS] for n in range(0, len(rows), _ROWS)]


def _numbered(numbers: np.ndarray, palette: Palette) -> Image.Image:
    picture = Image.fromarray(numbers)
    palette.put_on(picture)
    return picture


def _pixels(lines: Lines, pane: Pane, large: float) -> Iterator[np.ndarray]:
    """Return the places of each line in pixels, as the imaging library takes them."""
    places, starts = outlines.placed(lines, pane.projection, large)
    flat = places.astype(np.float32)
    for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        yield flat[start:end]


def _taken(places: np.ndarray) -> Sequence[float]:
    # The imaging library reads the memory of an array, which its annotations leave out.
    return cast("Sequence[float]", places)


def _closed(ring: np.ndarray) -> np.ndarray:
    return np.concatenate([ring, ring[:1]])


def _mask(size: tuple[int, int], rings: list[tuple[np.ndarray, bool]]) -> tuple[tuple[int, int], Image.Image]:
    """Return what some rings cover, without their holes, and where its upper left corner is."""
    lows, highs = (np.array([edge(ring, axis=0) for ring, _ in rings]) for edge in (np.min, np.max))
    left, top = np.maximum(lows.min(axis=0), 0).astype(int).tolist()
    right, bottom = np.minimum(highs.max(axis=0) + 1, size).astype(int).tolist()
    mask = Image.new("L", (max(right - left, 1), max(bottom - top, 1)))
    pen, corner = ImageDraw.Draw(mask), np.array([left, top], dtype=np.float32)
    # Holes first would be filled by what goes around them.
    for ring, hole in sorted(rings, key=lambda item: item[1]):
        pen.polygon(_taken(ring - corner), fill=0 if hole else 255)
    return (left, top), mask


def _dots(line: np.ndarray, step: float) -> np.ndarray:
    """Return points on a line, so far apart."""
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    along = np.arange(0, lengths[-1], step)
    return np.column_stack([np.interp(along, lengths, line[:, 0]), np.interp(along, lengths, line[:, 1])])
