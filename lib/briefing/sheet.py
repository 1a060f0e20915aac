"""The map of a briefing alone, with its key: SVG, and PNG at 300 dots an inch."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

import numpy as np
import reportlab
from PIL import Image, ImageDraw, ImageFont

from lib.briefing import map as maps
from lib.briefing.content import Briefing
from lib.briefing.map import DARK, FRAME, Frame, Label

DPI = 300
_FONTS = Path(reportlab.__file__).parent / "fonts"
_MARGIN, _GAP, _WIDTH = 18.0, 12.0, 480.0
_SMALL, _LINE = 8.0, 13.0
_FAMILY = "Bitstream Vera Sans, DejaVu Sans, Verdana, Arial, sans-serif"
# Drawn larger and then reduced: that smooths the edges.
_OVER = 2


@cache
def font(size: float, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Return the typeface of the briefings in a size in pixels."""
    return ImageFont.truetype(_FONTS / ("VeraBd.ttf" if bold else "Vera.ttf"), size)


@dataclass(frozen=True)
class Words:
    """A line of text from its left edge and base line."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False


@dataclass(frozen=True)
class Swatch:
    """A colour of the key with its number."""

    x: float
    y: float
    fill: str
    ink: str
    mark: str


@dataclass(frozen=True)
class Sheet:
    """Maps side by side, and what they mean."""

    width: float
    height: float
    frames: tuple[tuple[float, float, Frame], ...]
    items: tuple[Words | Swatch, ...]


def wrapped(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """Break text into lines that are no wider than `width` points."""
    measure, lines = font(100, bold), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if measure.getlength(longer) * size / 100 <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def sheet(briefing: Briefing) -> Sheet:
    """Lay out the maps of a briefing with title, key and attribution."""
    count = len(briefing.maps)
    wide = (_WIDTH - _GAP * (count - 1)) / count
    ratio = max(plan.span[1] / plan.span[0] for plan in briefing.maps)
    high = wide * min(max(ratio, 0.7), 1.3)
    items: list[Words | Swatch] = []
    y = _MARGIN
    for line in wrapped(briefing.title, 14, _WIDTH, bold=True):
        y += 17
        items.append(Words(_MARGIN, y, line, 14, True))
    y += 10
    frames = tuple(
        (_MARGIN + n * (wide + _GAP), y, maps.draw(plan, wide, high)) for n, plan in enumerate(briefing.maps)
    )
    y += high + 8
    ends = []
    for n, plan in enumerate(briefing.maps):
        x, end = _MARGIN + n * (wide + _GAP), y
        for category in plan.categories:
            items.append(Swatch(x, end, category.fill, category.ink, category.mark))
            for line in wrapped(category.label, _SMALL, wide - 20):
                items.append(Words(x + 18, end + 9, line, _SMALL))
                end += _LINE
        ends.append(end)
    y = max(ends)
    if any(plan.points for plan in briefing.maps):
        y += _LINE
        items.append(Words(_MARGIN, y, "Crosses: acute trusts.", _SMALL))
    y += 6
    for line in wrapped(f"{briefing.attribution} Data version {briefing.version}.", 6.5, _WIDTH):
        y += 9
        items.append(Words(_MARGIN, y, line, 6.5))
    return Sheet(_WIDTH + 2 * _MARGIN, y + _MARGIN, frames, tuple(items))


def frame_svg(frame: Frame, place: str = "", title: str = "") -> str:
    """Return a map as an SVG element; `place` are further attributes of it."""
    return "".join(_frame_svg(frame, place, title or f"Map of {frame.name}"))


def _frame_svg(frame: Frame, place: str, title: str) -> Iterator[str]:
    w, h = frame.width, frame.height
    yield f'<svg {place} viewBox="0 0 {w:.2f} {h:.2f}" overflow="hidden" role="img" aria-label="{escape(title)}">'
    for shape in frame.shapes:
        data = "".join(_path(ring) for ring in shape.rings)
        stroke = f'stroke="{shape.stroke}" stroke-width="{shape.width}"' if shape.stroke else ""
        title = f"<title>{escape(shape.title)}</title>" if shape.title else ""
        yield (
            f'<path class="{shape.kind}" d="{data}" fill="{shape.fill or "none"}" fill-rule="evenodd" '
            f'stroke-linejoin="round" {stroke}>{title}</path>'
        )
    for label in frame.labels:
        yield (
            f'<text x="{label.x:.2f}" y="{label.y + label.size * 0.36:.2f}" font-size="{label.size:g}" '
            f'font-weight="bold" text-anchor="middle" font-family="{_FAMILY}" fill="{label.ink}" '
            f'stroke="{label.halo}" stroke-width="1.5" stroke-linejoin="round" paint-order="stroke">'
            f"{escape(label.text)}</text>"
        )
    yield f'<rect x="0.25" y="0.25" width="{w - 0.5:.2f}" height="{h - 0.5:.2f}" fill="none" stroke="{FRAME}"/></svg>'


def _path(ring: maps.Ring) -> str:
    """Return a ring as a path: from point to point in tenths of a unit, a third of the length of whole coordinates.

    Neighbours share their points, so they stay on the same ones.
    """
    points = np.round(np.asarray(ring) * 10).astype(int)
    steps = [(x, y) for x, y in np.diff(points, axis=0).tolist() if x or y]
    if steps and (points[0] == points[-1]).all():
        steps.pop()
    if not steps:
        return ""
    x, y = points[0].tolist()
    return f"M{x / 10:g},{y / 10:g}l{' '.join(f'{x / 10:g},{y / 10:g}' for x, y in steps)}Z"


def svg(briefing: Briefing) -> bytes:
    """Return the map with its key as a standalone SVG."""
    page = sheet(briefing)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{page.width:.2f}pt" height="{page.height:.2f}pt" '
        f'viewBox="0 0 {page.width:.2f} {page.height:.2f}"><title>{escape(briefing.title)}</title>'
        f"<desc>{escape(briefing.kind)}. {escape(briefing.link)}</desc>"
        f'<rect width="100%" height="100%" fill="#ffffff"/>'
    ]
    for x, y, frame in page.frames:
        parts.append(frame_svg(frame, f'x="{x:.2f}" y="{y:.2f}" width="{frame.width:.2f}" height="{frame.height:.2f}"'))
    for item in page.items:
        if isinstance(item, Swatch):
            parts.append(
                f'<rect x="{item.x:.2f}" y="{item.y:.2f}" width="14" height="11" rx="2" fill="{item.fill}"/>'
                f'<text x="{item.x + 7:.2f}" y="{item.y + 8.5:.2f}" font-size="8" font-weight="bold" '
                f'text-anchor="middle" font-family="{_FAMILY}" fill="{item.ink}">{escape(item.mark)}</text>'
            )
        else:
            weight = ' font-weight="bold"' if item.bold else ""
            parts.append(
                f'<text x="{item.x:.2f}" y="{item.y:.2f}" font-size="{item.size:g}"{weight} '
                f'font-family="{_FAMILY}" fill="{DARK}">{escape(item.text)}</text>'
            )
    return "".join([*parts, "</svg>\n"]).encode()


def png(briefing: Briefing) -> bytes:
    """Return the map with its key as PNG."""
    page, dots = sheet(briefing), DPI / 72
    image = Image.new("RGB", (round(page.width * dots), round(page.height * dots)), "#ffffff")
    for x, y, frame in page.frames:
        image.paste(_frame_image(frame, dots), (round(x * dots), round(y * dots)))
    drawing = ImageDraw.Draw(image)
    for item in page.items:
        if isinstance(item, Swatch):
            corners = [item.x * dots, item.y * dots, (item.x + 14) * dots, (item.y + 11) * dots]
            drawing.rounded_rectangle(corners, 2 * dots, fill=item.fill)
            middle = ((item.x + 7) * dots, (item.y + 5.5) * dots)
            drawing.text(middle, item.mark, item.ink, font(8 * dots, True), anchor="mm")
        else:
            drawing.text((item.x * dots, item.y * dots), item.text, DARK, font(item.size * dots, item.bold), "ls")
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(DPI, DPI))
    return out.getvalue()


def _frame_image(frame: Frame, dots: float) -> Image.Image:
    large = dots * _OVER
    size = (round(frame.width * large), round(frame.height * large))
    image = Image.new("RGB", size, "#ffffff")
    drawing = ImageDraw.Draw(image)
    for shape in frame.shapes:
        for ring in shape.rings:
            points = [tuple(point) for point in (ring * large).tolist()]
            if shape.fill:
                drawing.polygon(points, fill=shape.fill)
            if shape.stroke:
                drawing.line([*points, points[0]], shape.stroke, max(round(shape.width * large), 1), joint="curve")
    image = image.resize((round(frame.width * dots), round(frame.height * dots)), Image.Resampling.BOX)
    drawing = ImageDraw.Draw(image)
    for label in frame.labels:
        _label(drawing, label, dots)
    drawing.rectangle([0, 0, image.width - 1, image.height - 1], outline=FRAME, width=round(dots))
    return image


def _label(drawing: ImageDraw.ImageDraw, label: Label, dots: float) -> None:
    place = (label.x * dots, label.y * dots)
    typeface = font(label.size * dots, True)
    drawing.text(place, label.text, label.ink, typeface, "mm", stroke_width=round(dots * 0.75), stroke_fill=label.halo)
