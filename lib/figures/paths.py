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


def _number(tenths: int) -> str:
    """Return tenths as a number without needless digits: ``12.5``, ``-.5``, ``3``."""
    whole, rest = divmod(abs(tenths), 10)
    said = f"{whole or ''}.{rest}" if rest else f"{whole}"
    return f"-{said}" if tenths < 0 else said


# A minus parts two numbers as a space does.
_STEPS = np.array(
    [_number(n) if n < 0 else f" {_number(n)}" for n in range(-_LONGEST, _LONGEST + 1)],
    dtype=object,
)


def written(lines: Lines, projection: Projection, grid: int = FINE) -> list[str]:
    """Return the path data of each group; points that fall together are written once, neighbours stay neighbours."""
    places, starts = outlines.placed(lines, projection, 10 / grid)
    places *= grid
    first = starts[:-1]
    steps = np.diff(places, axis=0, prepend=places[:1])
    long = np.abs(steps) > _LONGEST
    words = _STEPS[np.clip(steps, -_LONGEST, _LONGEST) + _LONGEST]
    for row, column in np.argwhere(long).tolist():
        words[row, column] = f" {_number(int(steps[row, column]))}"
    for start, (x, y) in zip(first.tolist(), places[first].tolist(), strict=True):
        words[start, 0] = f"M{_number(x)}"
        words[start, 1] = f" {_number(y)}l" if y >= 0 else f"{_number(y)}l"
    if lines.closed:
        words[starts[1:] - 1, 1] += "Z"
    flat = words.ravel().tolist()
    edges = (2 * starts[lines.groups]).tolist()
    return ["".join(flat[a:b]).replace("lZ", "Z").replace("lM", "M").removesuffix("l") for a, b in pairwise(edges)]


@kept.within(8)
def areas(layer: str, codes: tuple[str, ...], pane: Pane) -> dict[str, str]:
    """Return the path data of those areas that reach into a pane, by code."""
    found, lines = outlines.within(layer, codes, pane.bounds)
    return dict(zip(found, written(lines, pane.projection, pane.grid), strict=True))


@kept.within(2)
def outline(layer: str, codes: tuple[str, ...] | None, merged: bool, pane: Pane) -> str:
    """Return the path data of borders in a pane."""
    return written(outlines.border(layer, codes, merged, pane.bounds), pane.projection, pane.grid)[0]
