"""The maps of briefings, which are read on paper: each area with a dark border, each map with a bar of its scale."""

from dataclasses import replace

from lib.accountable_care import figures as acs_figures
from lib.accountable_care.acs import Area
from lib.figures import fit
from lib.figures.maps import CLOSE, Map
from lib.footprint import figures as footprint_figures
from lib.what_if import colours
from lib.what_if import figures as what_if_figures


def stp(code: str) -> Map:
    """Return an STP in its councils, with its acute trusts."""
    return _scaled(footprint_figures.stp(code, outlined=True))


def council(code: str) -> Map:
    """Return a council in the STPs that its residents fall under."""
    return _scaled(fit.close_up("council17", "stp17", code, outlined=True))


def acs_area(area: Area) -> Map:
    """Return an ACS area in its councils, the rest of its STP and of its councils around it."""
    return _scaled(acs_figures.close_up(area, "council17", outlined=True))


def pair(a: str, b: str) -> tuple[Map, Map]:
    """Return two STPs at one scale."""
    return footprint_figures.pair(a, b, outlined=True)


def what_if(text: str) -> tuple[Map, ...]:
    """Return the STPs that change before and after; where they are too many, England after."""
    if not colours.numbered(text):
        return (what_if_figures.england(text),)
    return tuple(_scaled(what_if_figures.close_up(text, when)) for when in colours.WHEN)


def _scaled(drawn: Map) -> Map:
    return replace(drawn, scale_bar=True)


def caption(drawn: Map) -> str:
    """Return what a reader should know of a map."""
    if drawn.areas[0].layer not in CLOSE:
        return "Orange edges: what is moved. Dark lines: the STPs of April 2017."
    if drawn.note:
        dotted = " Dotted: councils." if any(outline.dotted for outline in drawn.outlines) else ""
        return f"Dark edges: what is moved.{dotted} Numbers: see the table."
    crosses = " Crosses: acute trusts." if drawn.places else ""
    return f"Numbers: see the table. What lies around is faded.{crosses}"
