"""Lines as path data of SVG: moved and scaled, rounded, written at once for all of them."""

from itertools import pairwise

import numpy as np

from geo import kept
from lib.figures import outlines
from lib.figures.drawing import FINE, Pane
from lib.figures.outlines import Lines
from lib.figures.projection import Projection

# Steps up to this many tenths have their words in a table.
_LONGEST = 8192
# Letters of the longest number, with what parts it from the one before: eight are moved as one whole number.
_LETTERS = 8
_MOVE, _BY, _CLOSE, _SPACE = b"MlZ "


def _number(tenths: int) -> str:
    """Return tenths as a number without needless digits, a minus or a space before it: ``12.5``, ``-.5``, ``3``."""
    whole, rest = divmod(abs(tenths), 10)
    digits = f"{whole or ''}.{rest}" if rest else f"{whole}"
    # A minus parts two numbers as a space does.
    return f"-{digits}" if tenths < 0 else f" {digits}"


def _letters(tenths: list[int]) -> np.ndarray:
    """Return the letters of numbers, filled up with zeros."""
    return np.array([_number(n) for n in tenths], dtype=f"S{_LETTERS}").view(np.uint64)


_STEPS = _letters(list(range(-_LONGEST, _LONGEST + 1)))


def written(lines: Lines, projection: Projection, grid: int = FINE) -> list[str]:
    """Return the path data of each group; points that fall together are written once, neighbours stay neighbours."""
    places, starts = outlines.placed(lines, projection, 10 / grid)
    places *= grid
    first, last = starts[:-1], starts[1:] - 1
    steps = np.diff(places, axis=0, prepend=places[:1])
    steps[first] = places[first]
    words = _STEPS[np.clip(steps, -_LONGEST, _LONGEST) + _LONGEST]
    long = np.abs(steps) > _LONGEST
    if long.any():
        words[long] = _letters(steps[long].tolist())
    # For each point a row: its command, how far across and down, and what follows.
    rows = np.zeros((len(steps), 2 * _LETTERS + 2), dtype=np.uint8)
    rows[:, 1:-1] = words.view(np.uint8)
    rows[first, 0] = _MOVE
    rows[first, 1] *= rows[first, 1] != _SPACE
    rows[first[first < last], -1] = _BY
    if lines.closed:
        rows[last, -1] = _CLOSE
    letters = rows.tobytes()
    edges = (rows.shape[1] * starts[lines.groups]).tolist()
    return [letters[a:b].translate(None, b"\0").decode() for a, b in pairwise(edges)]


@kept.within(8)
def areas(layer: str, codes: tuple[str, ...], pane: Pane) -> dict[str, str]:
    """Return the path data of those areas that reach into a pane, by code."""
    inside, lines = outlines.within(layer, codes, pane.bounds)
    return dict(zip(inside, written(lines, pane.projection, pane.grid), strict=True))


@kept.within(2)
def outline(layer: str, codes: tuple[str, ...] | None, merged: bool, pane: Pane) -> str:
    """Return the path data of borders in a pane."""
    lines = outlines.border(layer, codes, merged, pane.bounds)
    return written(lines, pane.projection, pane.grid)[0] if len(lines.points) else ""
