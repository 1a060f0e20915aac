"""The map of a briefing as shapes, which PDF, SVG and PNG draw alike."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geo import blocks, boundaries
from lib.briefing.plan import Plan
from lib.themes import Category

Ring = np.ndarray
FADED_FILL, FADED_EDGE, EDGE, DARK = "#f1f4f5", "#c9d1d6", "#ffffff", "#231f20"
FRAME = "#aeb7bd"
_KM_PER_DEGREE = 111.2
_BOX = ("west", "south", "east", "north")
# Points: of a label, of half a cross, of half a disc.
LABEL, _CROSS, _BADGE = 8.0, 3.0, 5.6


@dataclass(frozen=True)
class Shape:
    """A coloured area; `kind` is ``piece``, ``outline``, ``badge``, ``trust`` or ``bar``."""

    kind: str
    rings: tuple[Ring, ...]
    fill: str | None
    stroke: str | None
    width: float
    title: str = ""


@dataclass(frozen=True)
class Label:
    """Words with their middle at a place."""

    x: float
    y: float
    text: str
    ink: str
    halo: str
    size: float = LABEL


@dataclass(frozen=True)
class Frame:
    """A map of some size in points; y runs down."""

    name: str
    width: float
    height: float
    shapes: tuple[Shape, ...]
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class _Projection:
    lon: float
    lat: float
    scale: float
    width: float
    height: float

    def __call__(self, places: np.ndarray) -> np.ndarray:
        squeeze = math.cos(math.radians(self.lat))
        x = (places[:, 0] - self.lon) * squeeze * _KM_PER_DEGREE * self.scale + self.width / 2
        y = (self.lat - places[:, 1]) * _KM_PER_DEGREE * self.scale + self.height / 2
        return np.column_stack([x, y])

    def bounds(self) -> tuple[float, float, float, float]:
        """Return west, east, south and north of the frame."""
        across = self.width / 2 / self.scale / _KM_PER_DEGREE / math.cos(math.radians(self.lat))
        up = self.height / 2 / self.scale / _KM_PER_DEGREE
        return self.lon - across, self.lon + across, self.lat - up, self.lat + up


def draw(plan: Plan, width: float, height: float) -> Frame:
    """Return the map of a plan.

    Parameters
    ----------
    plan : Plan
        What it shows.
    width, height : float
        Size in points; what lies around the area fills it.
    """
    areas = blocks.areas()
    west, south, east, north = plan.box or _box(areas, plan)
    scale = min(width / plan.span[0], height / plan.span[1])
    project = _Projection((west + east) / 2, (south + north) / 2, scale, width, height)
    around = areas[areas["layer"] == "piece"].set_index("code")
    west, east, south, north = project.bounds()
    near = (around["west"] < east) & (around["east"] > west) & (around["south"] < north) & (around["north"] > south)
    outlines = boundaries.pieces("detail")
    names = around["name"]
    # Larger ones first: what fills a hole comes after what has it.
    order = outlines.loc[around.index[near]]
    order = order.iloc[np.argsort(-shapely.area(order.to_numpy()), kind="stable")]
    shapes = [_piece(project, geometry, plan.pieces.get(piece), names[piece]) for piece, geometry in order.items()]
    whole = boundaries.union(_edged(plan), "detail").iloc[0]
    shapes.append(Shape("outline", _rings(project, whole), None, DARK, 1.1, plan.name))
    trusts = project(np.array(plan.points)) if plan.points else np.empty((0, 2))
    labels = _labels(project, plan, around, trusts)
    bar, words = _scale_bar(width, height, scale)
    shapes += [_badge(label) for label in labels] + [_cross(x, y) for x, y in trusts]
    labels += [_title(plan.label)] if plan.label else []
    return Frame(plan.name, width, height, (*shapes, bar), (*labels, words))


def _box(areas: pd.DataFrame, plan: Plan) -> tuple[float, float, float, float]:
    return tuple(areas[(areas["layer"] == plan.layer) & (areas["code"] == plan.code)].iloc[0][list(_BOX)])


def _edged(plan: Plan) -> pd.Series:
    """Return the pieces that have a dark edge together, all with the same label."""
    if plan.edged:
        return pd.Series("edged", index=pd.Index(sorted(plan.edged)))
    layer, code = plan.outlined
    members = blocks.pieces()[layer]
    return members[members == code]


def _title(text: str) -> Label:
    """Return words in the upper left corner."""
    return Label(8 + len(text) * LABEL * 0.33, 12.0, text, DARK, EDGE)


def _piece(project: _Projection, geometry: shapely.Geometry, category: Category | None, name: str) -> Shape:
    rings = _rings(project, geometry)
    if category is None:
        return Shape("piece", rings, FADED_FILL, FADED_EDGE, 0.4, name)
    return Shape("piece", rings, category.fill, EDGE, 0.4, f"{category.mark} {category.label}: {name}".strip())


def _rings(project: _Projection, geometry: shapely.Geometry) -> tuple[Ring, ...]:
    return tuple(
        project(shapely.get_coordinates(ring))
        for part in shapely.get_parts(geometry)
        for ring in (part.exterior, *part.interiors)
    )


def _cross(x: float, y: float) -> Shape:
    arm, thick = _CROSS, _CROSS / 3
    corners = [(-thick, -arm), (thick, -arm), (thick, -thick), (arm, -thick), (arm, thick), (thick, thick)]
    corners += [(-cx, -cy) for cx, cy in corners]
    return Shape("trust", (np.add(corners, (x, y)),), DARK, EDGE, 0.6, "Acute trust")


def _scale_bar(width: float, height: float, scale: float) -> tuple[Shape, Label]:
    length = next((km for km in (50, 20, 10, 5, 2, 1) if km * scale < width / 3), 0.5)
    x, y = 8.0, height - 8.0
    end = x + length * scale
    corners = np.array([(x, y), (end, y), (end, y - 2.2), (x, y - 2.2)])
    bar = Shape("bar", (corners,), DARK, EDGE, 0.5, "Scale")
    text = f"{length:g} km"
    return bar, Label(x + max(len(text) * 2.2, 10), y - 8.5, text, DARK, EDGE, 7.0)


def _badge(label: Label) -> Shape:
    """Return the disc below a number, so that edges and crosses leave it legible."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    disc = np.column_stack([np.cos(angles), np.sin(angles)]) * _BADGE + (label.x, label.y)
    return Shape("badge", (disc,), label.halo, EDGE, 0.5)


def _labels(project: _Projection, plan: Plan, around: pd.DataFrame, trusts: np.ndarray) -> list[Label]:
    """Return the number of each category on the piece of it with most residents, beside the crosses."""
    people = blocks.pieces()["population"]
    largest: dict[str, str] = {}
    for piece in sorted(plan.pieces, key=lambda piece: -people[piece]):
        largest.setdefault(plan.pieces[piece].key, piece)
    found = []
    for piece in largest.values():
        category = plan.pieces[piece]
        if category.mark:
            ((x, y),) = project(around.loc[[piece], ["lon", "lat"]].to_numpy(dtype=float))
            taken = np.vstack([trusts, *([(label.x, label.y)] for label in found)])
            x, y = _free(np.array([x, y]), taken)
            found.append(Label(x, y, category.mark, category.ink, category.fill))
    return found


def _free(place: np.ndarray, taken: np.ndarray) -> tuple[float, float]:
    """Return the place, or the nearest one around it where nothing else is."""
    steps = [(0.0, 0.0)] + [
        (math.cos(turn * math.pi / 4) * reach, math.sin(turn * math.pi / 4) * reach)
        for reach in (5, 8, 11, 15, 20)
        for turn in range(8)
    ]
    tried = [place + step for step in steps]
    found = next((one for one in tried if not (np.hypot(*(taken - one).T) < 2 * _BADGE).any()), place)
    return float(found[0]), float(found[1])
