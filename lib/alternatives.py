"""Charts in words, from the data they draw, for readers who do not see them; maps of a layer are in `lib.themes`."""

import math
from collections.abc import Sequence

import pandas as pd

from lib import catalogue, measures
from lib.footprint import profile
from lib.text import counted, listed, percent


def close_up(name: str, parts: pd.DataFrame, points: pd.DataFrame | None = None) -> str:
    """Return in words what a close-up shows: the parts of an area with their numbers and shares, and its trusts.

    Parameters
    ----------
    name : str
        The area.
    parts : DataFrame
        As `lib.fit.parts` returns them.
    points : DataFrame, optional
        Places that are drawn as crosses: ``name`` and ``lon``, missing where there is no point.
    """
    numbered = [
        f"{number} {part}, {percent(share)}"
        for number, (part, share) in enumerate(zip(parts["name"], parts["share_of_a"], strict=True), start=1)
    ]
    sentence = f"Map of {name} in {counted(len(parts), 'part')}: {'; '.join(numbered)}."
    known = [] if points is None else zip(points["name"], points["lon"], strict=True)
    drawn = [name for name, place in known if not math.isnan(place)]
    return f"{sentence} Crosses: {'; '.join(drawn)}." if drawn else sentence


def standing(codes: Sequence[str]) -> str:
    """Return in words where one or two STPs lie among the 44, measure by measure."""
    names = catalogue.stp_table()["name"]
    lines = []
    for ranks in zip(*(profile.standing(code) for code in codes), strict=True):
        values = measures.theme(ranks[0].measure.key).values
        each = [
            f"{values[code]}, {one.words}" if one.rank else values[code] for code, one in zip(codes, ranks, strict=True)
        ]
        lines.append(f"{ranks[0].measure.title}: {' and '.join(each)}")
    return f"Strips of dots on which {listed([names[code] for code in codes])} stand out. {'. '.join(lines)}."
