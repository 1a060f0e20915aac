"""Where the residents of an area of 2017 belong today."""

from geo import blocks, kept
from lib import fit, links
from lib.content.blocks import Inline, Link
from lib.content.formats import listed
from lib.text import percent

BOARDS = "icb26"
"""Layer of the integrated care boards of April 2026."""


def short(name: str) -> str:
    """Return the name of a board without what all begin and end with."""
    return name.removeprefix("NHS ").removesuffix(" Integrated Care Board")


@kept.once
def boards() -> dict[str, str]:
    """Return the short names of the boards of April 2026 by code, in the order of the names."""
    named = {code: short(said) for code, said in blocks.names(BOARDS).items()}
    return dict(sorted(named.items(), key=lambda item: item[1]))


def answer(layer: str, code: str) -> tuple[Inline, ...]:
    """Return in a sentence which boards plan care for the residents of an area since April 2026, linked.

    Parameters
    ----------
    layer : str
        A layer of `geo.blocks`.
    code : str
        Of the area.
    """
    parts = fit.parts(layer, BOARDS, code, "population", 0.0)
    said = [
        (
            Link(boards()[board], links.to("today", board=board)),
            f" ({percent(row.share_of_a)})" if len(parts) > 1 else "",
        )
        for board, row in zip(parts.index, parts.itertuples(index=False), strict=True)
    ]
    which = "board" if len(said) == 1 else "boards"
    start = f"Today, since 1 April 2026, care for its residents is planned by the integrated care {which} "
    return (start, *listed(said), ".")
