"""The specification of a map: plain data that the browser, a document and a picture draw alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geo.blocks import FRAGMENT, PIECE
from lib.themes import Category

Extent = tuple[float, float, float, float]
"""West, south, east and north, degrees."""

ENGLAND: Extent = (-6.45, 49.85, 1.8, 55.87)
LONDON: Extent = (-0.55, 51.27, 0.35, 51.72)
CLOSE = (PIECE, FRAGMENT)
"""Layers that are drawn in detail: pieces, and fragments of them; all others are drawn as overviews."""


@dataclass(frozen=True)
class Areas:
    r"""Areas of one layer, each in a class.

    Attributes
    ----------
    layer : str
        A layer of `geo.blocks`, or one of `CLOSE`.
    classes : tuple of Category
        In the order of the legend, which leaves out one without a label.
    class_of : mapping of str to str
        Key of the class by code; only areas that stand here are drawn.
    names, values : mapping of str to str
        By code: what the area is called, and what is to be said of it beside
        its name: value, evidence. ``"\n"`` parts lines.
    marks : mapping of str to str
        By code: the label on the map. An area without one carries none.
    faded : frozenset of str
        Areas that do not pass the filters: drawn pale, without stripes and label.
    link : str
        Link that choosing an area opens, with ``{code}`` for its code; empty
        where nothing can be chosen.
    link_codes : mapping of str to str
        What stands for ``{code}`` where it is not the area's own code; an
        area for which it is empty cannot be chosen.
    edge : str
        Colour of the borders between the areas.
    """

    layer: str
    classes: tuple[Category, ...]
    class_of: Mapping[str, str]
    names: Mapping[str, str]
    values: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    faded: frozenset[str] = frozenset()
    link: str = ""
    link_codes: Mapping[str, str] = field(default_factory=dict)
    edge: str = "#ffffff"

    def in_link(self, code: str) -> str:
        """Return what stands for an area in the link; empty where it cannot be chosen."""
        return self.link_codes.get(code, code)


@dataclass(frozen=True)
class Outline:
    """Borders of areas drawn over the map; they take no pointer.

    Attributes
    ----------
    layer : str
        A layer of `geo.blocks`, or one of `CLOSE`.
    codes : tuple of str or None
        The areas; None for the whole layer.
    merged : bool
        Whether only the border around all of them together is drawn.
    colour : str
        Of the line.
    width : float
        Pixels.
    dotted : bool
        Whether the line is dotted.
    """

    layer: str
    codes: tuple[str, ...] | None = None
    merged: bool = False
    colour: str = "#425563"
    width: float = 0.7
    dotted: bool = False


@dataclass(frozen=True)
class Place:
    """A cross on the map, for a trust."""

    name: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Map:
    """A map.

    Attributes
    ----------
    title : str
        What it shows, in a few words: heads a saved picture.
    description : str
        What it says, in sentences, for readers who do not see it.
    areas : tuple of Areas
        From the ground up: what comes later is drawn over what came before.
    outlines : tuple of Outline
        Over the areas.
    chosen : tuple of str
        Codes of the chosen areas, each outlined.
    clear : str
        Link of the same view with nothing chosen; empty where nothing can be.
    several : str
        Link that choosing several areas together opens, with ``{codes}`` for
        their codes, joined by commas; empty where only one can be chosen.
    extent : Extent
        What is to be seen; the frame shows it whole, whatever its shape.
    inset : Extent or None
        A part that is shown once more, enlarged, beside the coast of Wales.
    inset_label : str
        Words above the inset.
    places : tuple of Place
        Crosses.
    scale_bar : bool
        Whether a bar shows the scale.
    note : str
        Words in the corner that belong to the map wherever it is shown, for
        instance that it is not real.
    made_up : bool
        Whether the map shows what is not so (a what-if): the note then stands out.
    source : str
        Where its figures come from, and their date, for saved pictures.
    """

    title: str
    description: str
    areas: tuple[Areas, ...]
    outlines: tuple[Outline, ...] = ()
    chosen: tuple[str, ...] = ()
    clear: str = ""
    several: str = ""
    extent: Extent = ENGLAND
    inset: Extent | None = None
    inset_label: str = "London, enlarged"
    places: tuple[Place, ...] = ()
    scale_bar: bool = False
    note: str = ""
    made_up: bool = False
    source: str = ""
