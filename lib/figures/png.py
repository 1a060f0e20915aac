"""Maps as PNG: for paper at 300 dots an inch, and as cards for previews."""

import io
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageChops, ImageColor, ImageDraw

from lib.figures import drawing, outlines, text
from lib.figures.drawing import INK, PAPER, STRIPE_PART, STRIPES, Label, Look, Pane
from lib.figures.maps import Areas, Map, Outline
from lib.figures.outlines import Lines
from lib.figures.sheets import Sheet, Swatch

DPI = 300
# Drawn larger and then reduced: that smooths the edges.
_OVER = 2
_COLOURS, _APART = 256, 12


def printed(sheet: Sheet) -> bytes:
    """Return a sheet in points as PNG at 300 dots an inch."""
    return _encoded(sheet, image(sheet, DPI / 72), (DPI, DPI))


def screen(sheet: Sheet) -> bytes:
    """Return a sheet in pixels as PNG of as many."""
    return _encoded(sheet, image(sheet, 1.0), None)


def _encoded(sheet: Sheet, picture: Image.Image, dots: tuple[int, int] | None) -> bytes:
    out = io.BytesIO()
    # A palette, because three channels take three times as long to pack, and more than all the drawing.
    few = picture.quantize(palette=_palette(sheet), dither=Image.Dither.NONE)
    few.save(out, "PNG", compress_level=4, **({"dpi": dots} if dots else {}))
    return out.getvalue()


def _palette(sheet: Sheet) -> Image.Image:
    """Return the colours of a sheet, and steps from each to those of lines and letters, for smooth edges."""
    classes = [item for _, drawn in sheet.frames for areas in drawn.areas for item in areas.classes]
    lines = [outline.colour for _, drawn in sheet.frames for outline in drawn.outlines]
    fixed = [PAPER, INK, drawing.FADED_FILL, drawing.FADED_EDGE, drawing.SOFT, drawing.FRAME]
    fixed += [colour for made_up in (True, False) for colour in drawing.note_colours(made_up)]
    fixed += [stripes.colour for stripes in STRIPES.values()]
    colours = list(dict.fromkeys([*fixed, *lines, *(c for item in classes for c in (item.fill, item.ink))]))
    exact = np.array([ImageColor.getrgb(colour)[:3] for colour in colours[:_COLOURS]], dtype=float)
    table = list(exact)
    for part in (0.5, 0.25, 0.75):
        for other in dict.fromkeys([PAPER, INK, *lines[:1], STRIPES["gap"].colour]):
            steps = np.rint(exact + (np.array(ImageColor.getrgb(other)[:3]) - exact) * part)
            # The imaging library looks colours up to within a few levels: a step must not stand in for a colour itself.
            table += [step for step in steps if np.abs(np.array(table) - step).max(axis=1).min() > _APART]
    palette = Image.new("P", (1, 1))
    palette.putpalette(np.array(table[:_COLOURS]).astype(np.uint8).tobytes())
    return palette


def image(sheet: Sheet, dots: float) -> Image.Image:
    """Return a sheet as a picture.

    Parameters
    ----------
    sheet : Sheet
        What it shows.
    dots : float
        Pixels for each of the sheet's units.
    """
    picture = Image.new("RGB", (round(sheet.width * dots), round(sheet.height * dots)), PAPER)
    for box, drawn in sheet.frames:
        picture.paste(_frame(drawn, box.width, box.height, dots), (round(box.left * dots), round(box.top * dots)))
    pen = ImageDraw.Draw(picture)
    for box, drawn in sheet.frames:
        if drawing.framed(drawn):
            corners = [round(side * dots) for side in (box.left, box.top, box.right, box.bottom)]
            pen.rectangle(corners, outline=drawing.FRAME, width=max(round(dots / 2), 1))
    for item in sheet.items:
        if isinstance(item, Swatch):
            _swatch(picture, item, dots)
        else:
            place = item.x * dots, item.y * dots
            pen.text(place, item.text, item.colour, text.font(item.size * dots, item.bold), "ls")
    return picture


def _swatch(picture: Image.Image, item: Swatch, dots: float) -> None:
    box = [item.x * dots, item.y * dots, (item.x + item.width) * dots, (item.y + item.height) * dots]
    mask = Image.new("L", (round(item.width * dots), round(item.height * dots)))
    ImageDraw.Draw(mask).rounded_rectangle([0, 0, mask.width - 1, mask.height - 1], 2 * dots, fill=255)
    corner = round(box[0]), round(box[1])
    picture.paste(item.category.fill, (*corner, corner[0] + mask.width, corner[1] + mask.height), mask)
    if item.category.hatch:
        stripes = ImageChops.multiply(
            mask, _stripes(mask.size, item.category.hatch, drawing.stripe_step(item.height / 15) * dots)
        )
        picture.paste(STRIPES[item.category.hatch].colour, corner, stripes)
    size = text.fitting(item.category.mark, item.height * 0.72, item.width) * dots
    middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    halo = {"stroke_width": round(dots), "stroke_fill": item.category.fill} if item.category.hatch else {}
    ImageDraw.Draw(picture).text(middle, item.category.mark, item.category.ink, text.font(size, True), "mm", **halo)


def _frame(drawn: Map, width: float, height: float, dots: float) -> Image.Image:
    """Return a map without anything around it."""
    shown = drawing.panes(drawn, width, height)
    looks = [drawing.look(areas) for areas in drawn.areas]
    main, *inset = (_pane(drawn, shown, pane, looks, dots) for pane in shown)
    pen, short = ImageDraw.Draw(main), min(width, height)
    for pane, picture in zip(shown[1:], inset, strict=True):
        corner = round(pane.box.left * dots), round(pane.box.top * dots)
        main.paste(picture, corner)
        end = corner[0] + picture.width, corner[1] + picture.height
        pen.rectangle([*corner, *end], outline=drawing.FRAME, width=max(round(dots), 1))
        place = corner[0], corner[1] - 4 * dots
        pen.text(place, drawn.inset_label, drawing.SOFT, text.font(drawing.words_size(short) * dots), "ls")
    if drawn.scale_bar:
        _scale_bar(pen, drawn, shown[0], dots)
    if drawn.note:
        _note(pen, drawn, short, dots)
    return main


def _pane(drawn: Map, shown: tuple[Pane, ...], pane: Pane, looks: list[dict[str, Look]], dots: float) -> Image.Image:
    large = dots * _OVER
    size = round(pane.box.width * dots), round(pane.box.height * dots)
    picture = Image.new("RGB", (size[0] * _OVER, size[1] * _OVER), PAPER)
    thick = drawing.weight(shown[0].box.width, shown[0].box.height)
    for areas, styles in zip(drawn.areas, looks, strict=True):
        _areas(picture, areas, styles, pane, thick, large)
    pen = ImageDraw.Draw(picture)
    for outline in drawn.outlines:
        _outline(pen, outline, pane, thick, large)
    for code in drawn.chosen:
        areas = next((areas for areas in reversed(drawn.areas) if code in areas.class_of), None)
        if areas:
            _outline(pen, Outline(areas.layer, (code,), True, INK, drawing.CHOSEN_WIDTH), pane, thick, large)
    short = min(shown[0].box.width, shown[0].box.height)
    for x, y in drawing.crosses(drawn, pane):
        corners = [(across * large, up * large) for across, up in drawing.cross(x, y, drawing.text_size(short))]
        pen.polygon(corners, fill=INK)
        pen.line([*corners, corners[0]], PAPER, max(round(0.9 * thick * large), 1))
    labels = drawing.labels(drawn, shown, pane)
    for label in labels:
        if label.badge:
            reach = label.size * drawing.BADGE * large
            x, y = label.x * large, label.y * large
            pen.ellipse([x - reach, y - reach, x + reach, y + reach], label.halo, PAPER, max(round(large / 2), 1))
    picture = picture.reduce(_OVER)
    pen = ImageDraw.Draw(picture)
    for label in labels:
        _label(pen, label, dots)
    return picture


def _label(pen: ImageDraw.ImageDraw, label: Label, dots: float) -> None:
    halo = {} if label.badge else {"stroke_width": max(round(1.25 * dots), 1), "stroke_fill": label.halo}
    pen.text((label.x * dots, label.y * dots), label.text, label.ink, text.font(label.size * dots, True), "mm", **halo)


def _areas(picture: Image.Image, areas: Areas, styles: dict[str, Look], pane: Pane, thick: float, large: float) -> None:
    codes, lines = outlines.within(areas.layer, tuple(styles), pane.bounds)
    rings = list(_pixels(lines, pane, large))
    pen = ImageDraw.Draw(picture)
    for n, code in enumerate(codes):
        style = styles[code]
        # What is smaller than a pixel is no polygon.
        own = [(rings[m], bool(lines.holes[m])) for m in range(*lines.groups[n : n + 2]) if len(rings[m]) > 2]
        if own and any(hole for _, hole in own):
            _paste(picture, style.fill, *_mask(picture.size, own))
        else:
            for ring, _ in own:
                pen.polygon(ring, fill=style.fill)
        if own and style.stripes:
            corner, mask = _mask(picture.size, own)
            mask = ImageChops.multiply(
                mask, _stripes(mask.size, style.stripes, drawing.stripe_step(thick) * large, corner)
            )
            _paste(picture, STRIPES[style.stripes].colour, corner, mask)
    wide = max(round(drawing.EDGE_WIDTH * thick * large), 1)
    for n, code in enumerate(codes):
        for m in range(*lines.groups[n : n + 2]):
            pen.line(_closed(rings[m]), styles[code].edge, wide)


def _paste(picture: Image.Image, colour: str, corner: tuple[int, int], mask: Image.Image) -> None:
    left, top = corner
    picture.paste(colour, (left, top, left + mask.width, top + mask.height), mask)


def _pixels(lines: Lines, pane: Pane, large: float) -> Iterator[np.ndarray]:
    """Return each line as pixels, x and y by turns, as the imaging library takes them."""
    places, starts = outlines.placed(lines, pane.projection, large)
    flat = places.astype(np.float32)
    for start, end in zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        yield flat[start:end]


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
        pen.polygon(ring - corner, fill=0 if hole else 255)
    return (left, top), mask


def _stripes(size: tuple[int, int], kind: str, step: float, corner: tuple[int, int] = (0, 0)) -> Image.Image:
    """Return stripes as opacity; those of neighbours meet."""
    stripes, step = STRIPES[kind], max(round(step * 2**0.5), 2)
    across, up = np.meshgrid(np.arange(step) + corner[0], np.arange(step) + corner[1])
    inside = (across + up if stripes.rising else across - up) % step < STRIPE_PART * step
    tile = np.where(inside, round(255 * stripes.opacity), 0).astype(np.uint8)
    repeated = np.tile(tile, (size[1] // step + 1, size[0] // step + 1))[: size[1], : size[0]]
    return Image.fromarray(np.ascontiguousarray(repeated))


def _outline(pen: ImageDraw.ImageDraw, outline: Outline, pane: Pane, thick: float, large: float) -> None:
    lines = outlines.border(outline.layer, outline.codes, outline.merged, pane.bounds)
    wide = max(outline.width * thick * large, 1.0)
    # Corners nearer to each other than a part of the width are not seen.
    grid = max(wide / 4, 1.0)
    for line in _pixels(lines, pane, large / grid):
        places = (_closed(line) if lines.closed else line) * np.float32(grid)
        if len(places) < 2:
            continue
        if outline.dotted:
            for x, y in _dots(places, wide * 2.2):
                pen.ellipse([x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2], outline.colour)
        else:
            joint = "curve" if wide > 4 else None
            pen.line(places.ravel().tolist() if joint else places, outline.colour, round(wide), joint)


def _dots(line: np.ndarray, step: float) -> np.ndarray:
    """Return points on a line, so far apart."""
    lengths = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    along = np.arange(0, lengths[-1], step)
    return np.column_stack([np.interp(along, lengths, line[:, 0]), np.interp(along, lengths, line[:, 1])])


def _scale_bar(pen: ImageDraw.ImageDraw, drawn: Map, pane: Pane, dots: float) -> None:
    length, words = drawing.scale_bar(drawn, pane)
    x, y = 8 * dots, (pane.box.height - 8) * dots
    end = x + length * dots
    pen.line([x, y, end, y], PAPER, max(round(4.5 * dots), 3))
    pen.line([x, y, end, y], INK, max(round(2.5 * dots), 1))
    halo = {"stroke_width": max(round(1.25 * dots), 1), "stroke_fill": PAPER}
    size = drawing.words_size(min(pane.box.width, pane.box.height)) * dots
    pen.text((x, y - 5 * dots), words, INK, text.font(size, True), "ls", **halo)


def _note(pen: ImageDraw.ImageDraw, drawn: Map, short: float, dots: float) -> None:
    size = drawing.words_size(short)
    box = drawing.note_box(drawn.note, size)
    fill, edge = drawing.note_colours(drawn.made_up)
    corners = [side * dots for side in (box.left, box.top, box.right, box.bottom)]
    pen.rectangle(corners, fill, edge, max(round(dots), 1))
    middle = (box.left + box.width / 2) * dots, (box.top + box.height / 2) * dots
    pen.text(middle, drawn.note, INK, text.font(size * dots, True), "mm")
