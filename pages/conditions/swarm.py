"""Where the dots of a chart lie: beside each other where they would overlap, and their names where there is room."""

from collections.abc import Sequence

import numpy as np


def lanes(places: Sequence[float], size: float) -> list[int]:
    """Return a lane for each dot so that no two overlap: 0 in the middle, then 1, -1, 2, -2 and so on.

    Parameters
    ----------
    places : sequence of float
        Pixels from the left.
    size : float
        Diameter in pixels; lanes are as far apart.
    """
    lane_of = [0] * len(places)
    taken: dict[int, float] = {}
    for n in np.argsort(places, kind="stable"):
        lane = 0
        while places[n] - taken.get(lane, -np.inf) < size:
            lane = -lane if lane > 0 else 1 - lane
        lane_of[n] = lane
        taken[lane] = places[n]
    return lane_of


def levels(places: Sequence[float], widths: Sequence[float]) -> list[int]:
    """Return a level for each name, written around its place, so that no two names overlap: 0 is the lowest."""
    level_of = [0] * len(places)
    ends: list[float] = []
    for n in np.argsort(places, kind="stable"):
        start = places[n] - widths[n] / 2
        level = next((level for level, end in enumerate(ends) if end < start), len(ends))
        if level == len(ends):
            ends.append(0.0)
        level_of[n] = level
        ends[level] = places[n] + widths[n] / 2
    return level_of


def packed(count: int, columns: int) -> list[tuple[float, int]]:
    """Return column (from the middle) and line of dots packed into lines."""
    return [(n % columns - (min(columns, count - n // columns * columns) - 1) / 2, n // columns) for n in range(count)]
