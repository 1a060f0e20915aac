"""What a briefing says, before it has a form: built once, then drawn as PDF, HTML or map."""

from dataclasses import dataclass

from lib.evidence import GRADES, Fact, Grade
from lib.figures.maps import Map
from lib.text import source_parts
from lib.themes import Category

COMMON_SOURCES = (
    ("Residents", "ONS mid-2017 estimates"),
    ("Membership", "ONS lookups of April 2017"),
)

MOST_CODED = 320
"""Characters of a link whose QR code has squares of a quarter of a millimetre."""
SURE, UNSURE = ("published", "named_in_2017", "high"), ("not_established", "low")
"""Classes of evidence at both ends; the others are between."""
UNMARKED = "Figures without a mark are counted from the tables named under Sources."


@dataclass(frozen=True)
class Row:
    """A fact in words.

    Attributes
    ----------
    label, value : str
        What it is, and the value.
    grade : str
        Class of evidence, a key of `lib.evidence.GRADES`, or empty.
    exactly : Grade, optional
        What the class comes to for this fact and its dates.
    """

    label: str
    value: str
    grade: str = ""
    exactly: Grade | None = None

    @property
    def evidence(self) -> str:
        """The class of evidence in words, empty where the fact is counted from the tables."""
        return self.sure.label if self.sure else ""

    @property
    def sure(self) -> Grade | None:
        """The class of evidence with its meaning; None where the fact is counted from the tables."""
        return self.exactly or (GRADES[self.grade] if self.grade else None)


@dataclass(frozen=True)
class Facts:
    """Facts under a title."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table in words.

    Attributes
    ----------
    title : str
        What it shows.
    head : tuple of str
        The columns; those but the first are numbers if `numbers`.
    rows : tuple of tuple of str
        The cells.
    marks : tuple of Category
        Colour and number on the map, a row; empty where the map does not show them.
    numbers : bool
        Whether the columns after the first are set to the right.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marks: tuple[Category, ...] = ()
    numbers: bool = True


@dataclass(frozen=True)
class Prose:
    """Sentences under a title."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """What a fact rests on: words, and addresses where they are some."""

    what: str
    parts: tuple[tuple[str, str | None], ...]


Block = Facts | Table | Prose


@dataclass(frozen=True)
class Subject:
    """What a briefing says of its subject.

    Attributes
    ----------
    kind, title, subtitle : str
        What it is on.
    maps : tuple of Map
        One map, or two at the same scale.
    left, right, below : tuple of Block
        What stands below the first map, beside or below it, and under both.
    sources : tuple of Source
        Where the facts come from.
    """

    kind: str
    title: str
    subtitle: str
    maps: tuple[Map, ...]
    left: tuple[Block, ...]
    right: tuple[Block, ...]
    below: tuple[Block, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Briefing(Subject):
    """A briefing.

    Attributes
    ----------
    link : str
        Address of the page in the app; from its path on where the app's address is not known.
    version, attribution : str
        Of the data.
    """

    link: str
    version: str
    attribution: str

    @property
    def coded(self) -> bool:
        """Whether the link is known and short enough for a QR code that a telephone reads off paper."""
        return self.link.startswith("http") and len(self.link) <= MOST_CODED

    @property
    def shown_link(self) -> str:
        """The link as it is written out: the beginning of one that nobody would type."""
        if len(self.link) <= MOST_CODED:
            return self.link
        return f"{self.link[:80]}… ({len(self.link):,} characters: follow it on a screen)"

    @property
    def grades(self) -> tuple[Grade, ...]:
        """Classes of evidence in use, in the order of their list."""
        blocks = (*self.left, *self.right, *self.below)
        rows = [row for block in blocks if isinstance(block, Facts) for row in block.rows if row.sure]
        order = list(GRADES)
        rows.sort(key=lambda row: order.index(row.grade))
        return tuple(dict.fromkeys(sure for row in rows if (sure := row.sure)))


def source(what: str, fact: Fact) -> Source:
    """Return what a fact rests on."""
    return Source(what, tuple(source_parts(fact.source)) or (("no source found", None),))


def common_sources(*more: tuple[str, str]) -> tuple[Source, ...]:
    """Return the sources of what is counted."""
    return tuple(Source(what, ((words, None),)) for what, words in (*COMMON_SOURCES, *more))
