"""What a map comes to in a frame: its panes, the looks of its areas, its labels. SVG, PNG and PDF draw it alike."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lib.figures import outlines, projection, text
from lib.figures.maps import CLOSE, ENGLAND, Areas, Map
from lib.figures.projection import Box, Projection

FADED_FILL, FADED_EDGE = "#f7f8f9", "#d5dbdf"
INK, SOFT, FRAME, PAPER = "#231f20", "#425563", "#768692", "#ffffff"
CHOSEN_WIDTH = 3.0
EDGE_WIDTH = 0.8


def framed(drawn: Map) -> bool:
    """Return whether a picture has an edge around the map: around one that is cut out of England."""
    return drawn.extent != ENGLAND


@dataclass(frozen=True)
class Stripes:
    """Stripes over a fill: their colour, opacity, and whether they rise to the right."""

    colour: str
    opacity: float
    rising: bool


STRIPES = {"inferred": Stripes("#ffffff", 0.6, True), "gap": Stripes("#5b6b75", 0.55, False)}
STRIPE_STEP, STRIPE_PART = 6.0, 0.27
"""From one stripe to the next, pixels, and how much of it is stripe."""
CROSS, BADGE = 0.37, 0.7
"""Arm of a cross and half a badge, in heights of the text."""
# Pixels: no line that is cut off there shows its end.
_BEYOND = 8.0
_KM_OF_BARS = (100, 50, 20, 10, 5, 2, 1)


@dataclass(frozen=True)
class Look:
    """How an area is drawn."""

    fill: str
    ink: str
    edge: str
    stripes: str = ""


def look(areas: Areas) -> dict[str, Look]:
    """Return how each area of a layer is drawn, faded ones first."""
    of_classes, faded = _of_classes(areas), Look(FADED_FILL, SOFT, FADED_EDGE)
    looks = {code: faded for code in areas.class_of if code in areas.faded}
    return looks | {code: of_classes[key] for code, key in areas.class_of.items() if code not in areas.faded}


def _of_classes(areas: Areas) -> dict[str, Look]:
    return {item.key: Look(item.fill, item.ink, areas.edge, item.hatch) for item in areas.classes}


FINE, COARSE = 2, 10
"""Grids of lines: for files, and for pages, where each point is weighed in bytes."""


@dataclass(frozen=True)
class Pane:
    """Part of a frame that shows part of a map.

    Attributes
    ----------
    box : Box
        Where it lies in the frame.
    projection : Projection
        To places from the upper left corner of the box.
    inset : bool
        Whether it is the inset.
    grid : int
        Tenths of a pixel that the points of lines are whole numbers of.
    """

    box: Box
    projection: Projection
    inset: bool
    grid: int = FINE

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of what it shows and a little more, on a sphere of radius 1."""
        wide, high = self.box.width + 2 * _BEYOND, self.box.height + 2 * _BEYOND
        return self.projection.bounds(Box(-_BEYOND, -_BEYOND, wide, high))

    def place(self, points: np.ndarray) -> np.ndarray:
        """Return where points on a sphere of radius 1 lie in it."""
        return points * self.projection.scale + (self.projection.right, self.projection.down)

    def holds(self, places: np.ndarray) -> np.ndarray:
        """Return which places lie in it."""
        x, y = places.T
        return (x >= 0) & (x <= self.box.width) & (y >= 0) & (y <= self.box.height)


def panes(drawn: Map, width: float, height: float, grid: int = FINE) -> tuple[Pane, ...]:
    """Return the panes of a map in a frame: the whole frame, and the inset over it."""
    whole = Box(0, 0, width, height)
    main = Pane(whole, projection.fitted(drawn.extent, whole), False, grid)
    if not drawn.inset:
        return (main,)
    box = projection.inset_box(main.projection, drawn.inset)
    inside = projection.fitted(drawn.inset, Box(0, 0, box.width, box.height))
    return main, Pane(box, inside, True, grid)


def stripe_step(thick: float) -> float:
    """Return from one stripe to the next, for the weight of lines in a frame."""
    return STRIPE_STEP * min(max(thick, 0.6), 1.0)


def weight(width: float, height: float) -> float:
    """Return by how much lines are thinner or thicker than their width, for the size of a frame."""
    return min(max(min(width, height) / 600, 0.5), 2.0)


@dataclass(frozen=True)
class Label:
    """Words with their middle at a place; a badge is a disc of the halo's colour below them."""

    x: float
    y: float
    text: str
    ink: str
    halo: str
    size: float
    badge: bool = False


def labels(drawn: Map, panes: tuple[Pane, ...], pane: Pane) -> list[Label]:
    """Return the labels of one pane: those whose place is in the inset stand there and not on the map.

    Of labels that would lie on one another the one of the larger area stays; numbers in a close-up give way to each
    other and to crosses instead.
    """
    short = min(panes[0].box.width, panes[0].box.height)
    taken = crosses(drawn, pane)
    rooms = _Rooms(short)
    of_pane: list[Label] = []
    for areas in reversed(drawn.areas):
        close = areas.layer in CLOSE
        size = text_size(short) if close else min(max(short / 60, 8.0), 11.0)
        codes, places = _places(areas, panes, pane)
        if not codes:
            continue
        looks = _of_classes(areas)
        marks = [areas.marks[code] for code in codes]
        half = size * np.column_stack([0.33 * np.array([len(mark) for mark in marks]), np.full(len(marks), 0.6)])
        wanted = np.clip(places, half, np.array([pane.box.width, pane.box.height]) - half)
        for code, mark, place in zip(codes, marks, wanted.tolist(), strict=True):
            style = looks[areas.class_of[code]]
            x, y = _free(place, taken, size) if close else place
            if close:
                taken.append((x, y))
            elif not rooms.take(x, y, len(mark) * size * 0.3, size * 0.45):
                continue
            of_pane.append(Label(x, y, mark, style.ink, style.fill, size, close))
    return of_pane


def _places(areas: Areas, panes: tuple[Pane, ...], pane: Pane) -> tuple[list[str], np.ndarray]:
    """Return the areas with a label in one pane, larger ones first, and where the labels stand."""
    layer = outlines.layer(areas.layer)
    codes = [code for code, mark in areas.marks.items() if mark and code not in areas.faded]
    if not codes:
        return [], np.empty((0, 2))
    rows = [layer.codes[code] for code in codes]
    points = layer.labels[rows]
    places = pane.place(points)
    here = pane.holds(places)
    if not pane.inset and len(panes) > 1:
        here &= ~panes[1].holds(panes[1].place(points))
    sizes = layer.sizes[rows]
    order = sorted(np.flatnonzero(here).tolist(), key=lambda n: (-sizes[n], codes[n]))
    return [codes[n] for n in order], places[order]


class _Rooms:
    """The room that labels take up; a grid of squares says which of them are near."""

    def __init__(self, short: float):
        self._square = max(short / 20, 16.0)
        self._taken: dict[tuple[int, int], list[tuple[float, float, float, float]]] = {}

    def take(self, x: float, y: float, across: float, up: float) -> bool:
        """Take the room around a place, half as wide and high as given; return whether it was free."""
        rows = range(int((y - up) // self._square), int((y + up) // self._square) + 1)
        columns = range(int((x - across) // self._square), int((x + across) // self._square) + 1)
        squares = [(row, column) for row in rows for column in columns]
        for square in squares:
            for left, top, wide, high in self._taken.get(square, ()):
                if abs(x - left) < across + wide and abs(y - top) < up + high:
                    return False
        for square in squares:
            self._taken.setdefault(square, []).append((x, y, across, up))
        return True


# Where a label may stand instead, in heights of its text: in rings around its place, the nearest first.
_STEPS = (
    (0.0, 0.0),
    *(
        (math.cos(turn * math.pi / 4) * reach, math.sin(turn * math.pi / 4) * reach)
        for reach in (0.6, 1.0, 1.4, 1.9, 2.5)
        for turn in range(8)
    ),
)


def _free(place: Sequence[float], taken: list[tuple[float, float]], size: float) -> Sequence[float]:
    """Return the place, or the nearest one around it where nothing else is."""
    x, y = place
    apart = 2 * BADGE * size
    for across, down in _STEPS:
        near = x + across * size, y + down * size
        if not any(math.dist(near, other) < apart for other in taken):
            return near
    return place


def crosses(drawn: Map, pane: Pane) -> list[tuple[float, float]]:
    """Return where the places of a map lie in a pane."""
    if not drawn.places:
        return []
    x, y = pane.projection([place.lon for place in drawn.places], [place.lat for place in drawn.places])
    return list(zip(x.tolist(), y.tolist(), strict=True))


def cross(x: float, y: float, size: float) -> list[tuple[float, float]]:
    """Return the corners of a cross whose label is of some size."""
    arm, thick = CROSS * size, CROSS * size / 3
    corners = [(-thick, -arm), (thick, -arm), (thick, -thick), (arm, -thick), (arm, thick), (thick, thick)]
    corners += [(-across, -up) for across, up in corners]
    return [(x + across, y + up) for across, up in corners]


def text_size(short: float) -> float:
    """Return how large the numbers of a close-up are, for the shorter side of a frame."""
    return min(max(short / 32, 8.0), 13.0)


def scale_bar(drawn: Map, pane: Pane) -> tuple[float, str]:
    """Return the length of the bar and its words: the longest of some round numbers within a third of the frame."""
    kilometre = projection.kilometre(pane.projection, drawn.extent)
    length = next((km for km in _KM_OF_BARS if km * kilometre < pane.box.width / 3), 0.5)
    return length * kilometre, f"{length:g} km"


def words_size(short: float) -> float:
    """Return how large the words around a map are, for the shorter side of a frame."""
    return min(max(short / 45, 7.0), 12.0)


def note_box(note: str, size: float) -> Box:
    """Return the box around the note of a map, whose words are in the middle of it, in the upper left corner."""
    return Box(4.0, 4.0, text.width(note, size, bold=True) + size, 1.7 * size)


def note_colours(made_up: bool) -> tuple[str, str]:
    """Return fill and edge of the box around a note."""
    return ("#fff3d6", "#b3490a") if made_up else (PAPER, FRAME)
