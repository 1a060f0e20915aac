"""A close-up as the first edition drew it: every ring projected, written and painted anew, point by point."""

import io
import math

import numpy as np
import pandas as pd
import shapely
from PIL import Image, ImageDraw

from geo import boundaries
from lib.figures import extents
from lib.figures.maps import PIECE, Extent, Map

_KM_PER_DEGREE = 111.2
_FADED, _FADED_EDGE, _EDGE, _DARK = "#f1f4f5", "#c9d1d6", "#ffffff", "#231f20"
_OVER = 2

Shape = tuple[tuple[np.ndarray, ...], str | None, str, float]


def shapes(drawn: Map, width: float, height: float) -> list[Shape]:
    """Return rings, fill, edge and width of line of what a close-up shows, in a frame."""
    (areas,) = drawn.areas
    fills = {item.key: item.fill for item in areas.classes}
    table, outlines = extents.places(PIECE), boundaries.pieces("detail")
    order = outlines.loc[table.index[table.index.isin(list(areas.class_of))]]
    order = order.iloc[np.argsort(-shapely.area(order.to_numpy()), kind="stable")]
    found: list[Shape] = []
    for piece, outline in order.items():
        rings = _rings(outline, drawn.extent, width, height)
        faded = piece in areas.faded
        found.append((rings, _FADED if faded else fills[areas.class_of[piece]], _FADED_EDGE if faded else _EDGE, 0.4))
    for outline in drawn.outlines:
        whole = boundaries.union(pd.Series("edged", index=list(outline.codes or ())), "detail").iloc[0]
        found.append((_rings(whole, drawn.extent, width, height), None, _DARK, 1.1))
    return found


def _rings(outline: shapely.Geometry, extent: Extent, width: float, height: float) -> tuple[np.ndarray, ...]:
    west, south, east, north = extent
    lon, lat = (west + east) / 2, (south + north) / 2
    squeeze = math.cos(math.radians(lat))
    scale = min(width / ((east - west) * squeeze), height / (north - south)) / _KM_PER_DEGREE

    def placed(places: np.ndarray) -> np.ndarray:
        x = (places[:, 0] - lon) * squeeze * _KM_PER_DEGREE * scale + width / 2
        y = (lat - places[:, 1]) * _KM_PER_DEGREE * scale + height / 2
        return np.column_stack([x, y])

    return tuple(
        placed(shapely.get_coordinates(ring))
        for part in shapely.get_parts(outline)
        for ring in (part.exterior, *part.interiors)
    )


def svg(drawn: Map, width: float, height: float) -> str:
    """Return a close-up as SVG."""
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">']
    for rings, fill, edge, wide in shapes(drawn, width, height):
        data = "".join(map(_path, rings))
        parts.append(f'<path d="{data}" fill="{fill or "none"}" stroke="{edge}" stroke-width="{wide}"/>')
    return "".join([*parts, "</svg>"])


def _path(ring: np.ndarray) -> str:
    points = np.round(ring * 10).astype(int)
    steps = [(x, y) for x, y in np.diff(points, axis=0).tolist() if x or y]
    if not steps:
        return ""
    x, y = points[0].tolist()
    return f"M{x / 10:g},{y / 10:g}l{' '.join(f'{x / 10:g},{y / 10:g}' for x, y in steps)}Z"


def png(drawn: Map, width: float, height: float, dots: float) -> bytes:
    """Return a close-up as PNG with so many dots in a unit."""
    large = dots * _OVER
    image = Image.new("RGB", (round(width * large), round(height * large)), "#ffffff")
    drawing = ImageDraw.Draw(image)
    for rings, fill, edge, wide in shapes(drawn, width, height):
        for ring in rings:
            points = [tuple(point) for point in (ring * large).tolist()]
            if fill:
                drawing.polygon(points, fill=fill)
            drawing.line([*points, points[0]], edge, max(round(wide * large), 1), joint="curve")
    image = image.resize((round(width * dots), round(height * dots)), Image.Resampling.BOX)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
