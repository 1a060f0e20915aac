"""The blocks of a document: plain data, without any markup.

Text is text: what renders a block escapes it. What is to be a link, or to
stand out, says so by its type.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from lib.evidence import Grade
from lib.figures.maps import Map
from lib.themes import Category, LegendEntry


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: to a view of this site (``/footprint?...``), to a part of the page, or elsewhere.

    Attributes
    ----------
    words, href : str
        Text, and address.
    hint : str
        What a reader who points at it is told, for instance the meaning of a term.
    """

    words: str
    href: str
    hint: str = ""


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    words: str


@dataclass(frozen=True)
class Code:
    """Text that is shown letter by letter, for instance what a link said."""

    words: str


Inline = str | Link | Strong | Code
Words = Inline | tuple[Inline, ...]
"""A run of text: one piece or several behind each other, which carry their own spaces."""

Kind = Literal["text", "code", "count", "number", "share", "money", "date", "source"]
Cell = str | int | float | Link | None
"""A value in the unit of its column; None is a gap."""


@dataclass(frozen=True)
class Prose:
    """A paragraph; `role` is ``body``, ``lead`` (the answer in a sentence) or ``caption`` (small)."""

    words: Words
    role: Literal["body", "lead", "caption"] = "body"


@dataclass(frozen=True)
class Listing:
    """A list of short statements."""

    items: tuple[Words, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Copyable:
    """Text made to be taken along, for instance a sentence for a report; `label` says what it is.

    With `folded` it takes one line until a reader opens it; it can be copied all the same.
    """

    text: str
    label: str
    folded: bool = False


@dataclass(frozen=True)
class Strip:
    """Where one or two values lie among others, for a small picture; what it shows stands beside it in words.

    Attributes
    ----------
    places : tuple of float
        All of them, from 0 for the least to 1 for the greatest.
    marked : tuple of (float or None)
        Those that stand out, the second one as a diamond; None has no value.
    """

    places: tuple[float, ...]
    marked: tuple[float | None, ...]


@dataclass(frozen=True)
class Fact:
    """A value with its evidence.

    Attributes
    ----------
    key, label : str
        What files and the API call it, and what people call it.
    value : str, int, float, Link or None
        In the unit of `kind`; None is a gap.
    kind : str
        How the value is written, see `Column`.
    unit : str
        See `Column`.
    decimals : int
        See `Column`.
    detail : Words
        What stands below the value: organisation, rank, what it is counted in.
    as_of : str
        Date that the source speaks for, as exact as it is: ``2017-07-21``, ``2016``; empty if it goes without saying.
    evidence : Grade or None
        How sure it is.
    source : str
        Titles and addresses separated by `` ; ``.
    note : str
        What a reader should know besides.
    hint : Link or None
        Where the label is explained.
    strip : Strip or None
        Where the value lies among others.
    """

    key: str
    label: str
    value: Cell
    kind: Kind = "text"
    unit: str = ""
    decimals: int = 0
    detail: Words = ()
    as_of: str = ""
    evidence: Grade | None = None
    source: str = ""
    note: str = ""
    hint: Link | None = None
    strip: Strip | None = None


@dataclass(frozen=True)
class Facts:
    """Facts that belong together."""

    items: tuple[Fact, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    key : str
        What CSV, JSON and the API call it.
    label : str
        What people call it.
    kind : str
        ``text``, ``code``, ``count`` (whole number), ``number``, ``share`` (a fraction), ``money``, ``date``
        (ISO 8601, as exact as it is known), ``source`` (titles and addresses separated by `` ; ``). How a value is
        written follows from it.
    unit : str
        For ``money``: ``gbp`` or ``gbp_million``; for ``number``: what stands behind it, for instance ``km``.
    decimals : int
        Of a ``number``; -1 leaves it as it is.
    note : str
        What the column holds, in a sentence, for dictionaries.
    in_file_only : bool
        Whether the column is left out on screen.
    """

    key: str
    label: str
    kind: Kind = "text"
    unit: str = ""
    decimals: int = 0
    note: str = ""
    in_file_only: bool = False


@dataclass(frozen=True)
class Table:
    """A table; values are numbers in one unit, shares fractions.

    Attributes
    ----------
    key : str
        Name of the table on its page and in files.
    title : str
        What it lists, as its caption.
    columns : tuple of Column
        The first one names the row.
    rows : tuple of tuple of Cell
        Values in the order of the columns.
    links : tuple of str
        By row: the view that choosing it opens; empty where rows open nothing.
    codes : tuple of str
        By row: the area that it stands for, so that it lights up on the map; empty where rows stand for none.
    swatches : tuple of Category
        By row: colour and mark that it has on a map; empty where rows have none.
    chosen : frozenset of str
        Codes of the rows that stand out.
    caption : Words
        What is to be known of it, in small print.
    file_name : str
        Name of its CSV without the ending; the key if empty.
    strips : tuple of (Strip or None)
        By row: where its values lie among others, drawn behind the second column; empty where rows have none.
    stacked : bool
        Whether its rows become lists where it stands in a narrow column, as they do on a phone.
    """

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    links: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    swatches: tuple[Category, ...] = ()
    chosen: frozenset[str] = frozenset()
    caption: Words = ()
    file_name: str = ""
    strips: tuple[Strip | None, ...] = ()
    stacked: bool = False


@dataclass(frozen=True)
class Part:
    """A part of something: its colour, mark and name, and its share of the whole, 0 to 1."""

    category: Category
    share: float


@dataclass(frozen=True)
class Bar:
    """Something in its parts, drawn as a bar; opened it lists them.

    Attributes
    ----------
    name, value : str
        What it is, and the figure that the bars are ordered by, in words.
    parts : tuple of Part
        From left to right; their shares add up to 1.
    way : Link
        Where to read on.
    code : str
        The area that it stands for, so that it lights up on the map.
    """

    name: str
    value: str
    parts: tuple[Part, ...]
    way: Link
    code: str = ""


@dataclass(frozen=True)
class Bars:
    """Things in their parts, one below the other; `title` says what they are."""

    title: str
    items: tuple[Bar, ...]


@dataclass(frozen=True)
class MapFigure:
    """A map with its legend.

    Attributes
    ----------
    key : str
        Name of the map on its page.
    map : Map
        What is drawn.
    legend : tuple of LegendEntry
        Classes with their counts; empty where the labels say all.
    legend_title, legend_many : str
        What the colours show, and what the areas are called.
    caption : Words
        What is to be known of it, in small print.
    """

    key: str
    map: Map
    legend: tuple[LegendEntry, ...] = ()
    legend_title: str = ""
    legend_many: str = ""
    caption: Words = ()


@dataclass(frozen=True)
class Chart:
    """A chart.

    Attributes
    ----------
    key : str
        Name of the chart on its page.
    draw : callable
        Gives data and layout as Plotly takes them. A point whose ``customdata`` begins with a code opens `link`. Most
        forms of a page draw no chart, so it is called where one is drawn.
    words : str
        What the chart says, in sentences.
    height : int
        Pixels.
    link : str
        View that choosing a point opens, with ``{code}`` for its code; empty where nothing can be chosen.
    caption : Words
        What is to be known of it, in small print.
    """

    key: str
    draw: Callable[[], Mapping[str, Any]]
    words: str
    height: int
    link: str = ""
    caption: Words = ()


@dataclass(frozen=True)
class Picture:
    """A picture that another view of this site has, for instance ``/footprint.svg?stp=QK1``.

    Attributes
    ----------
    address : str
        Of the picture, below the root of this site; with one that is not, nothing is shown.
    words : str
        What it shows, in words.
    """

    address: str
    words: str


@dataclass(frozen=True)
class Links:
    """Ways on from here; `title` says where to."""

    items: tuple[Link, ...]
    title: str = ""


@dataclass(frozen=True)
class Notices:
    """What a reader must know first: what of the link was not understood, and what is shown instead."""

    items: tuple[Words, ...]


@dataclass(frozen=True)
class Section:
    """Blocks under a heading; `key` is the part of the address that leads there, `folded` if it opens on demand."""

    title: str
    blocks: tuple["Block", ...]
    key: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Group:
    """Blocks side by side where there is room, else below each other.

    Attributes
    ----------
    columns : tuple of tuple of Block
        From left to right.
    widths : tuple of int
        Their parts of the width; equal ones if empty.
    """

    columns: tuple[tuple["Block", ...], ...]
    widths: tuple[int, ...] = field(default=())


Block = (
    Prose | Listing | Copyable | Facts | Table | Bars | MapFigure | Chart | Picture | Links | Notices | Section | Group
)
