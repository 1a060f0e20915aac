"""The layout of a briefing on one A4 page: text in a size at which all of it fits, and the boxes it takes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from lib.briefing.content import SURE, UNMARKED, UNSURE, Block, Briefing, Facts, Prose, Row, Source, Table
from lib.figures.pdf import BOLD, REGULAR, fonts
from lib.themes import Category

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN, GUTTER = 34.0, 16.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
INK, SOFT, BLUE, NAVY, RULE = "#212b32", "#4c6272", "#005eb8", "#003087", "#d8dde0"
SIZE = 7.6
"""Points of the text where there is room."""
SCALES = tuple(n / 100 for n in range(108, 59, -4))
SWATCH = 1.9
"""Width of a number of the map in a table, in heights of the text."""
# The words say it; the colour only helps to see where to look.
_SURE, _BETWEEN, _UNSURE = "#00563f", "#8a4b00", "#7a1f5c"


def safe(text: str) -> str:
    """Return text as the PDF library's markup, what the typeface lacks as a question mark."""
    known = fonts().face.charToGlyph
    return escape("".join(c if ord(c) in known or c.isspace() else "?" for c in text))


@dataclass(frozen=True)
class Cell:
    """A text in a row: its paragraph, and where in the row it starts and how wide it is."""

    text: Paragraph
    x: float
    width: float
    height: float


@dataclass(frozen=True)
class Line:
    """A row of cells; `mark` stands before the first."""

    cells: tuple[Cell, ...]
    height: float
    pad: float
    mark: Category | None = None
    ruled: bool = False


@dataclass(frozen=True)
class Column:
    """Rows one below the other."""

    x: float
    lines: tuple[Line, ...]

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return sum(line.height for line in self.lines)


@dataclass
class Setter:
    """Sets the blocks of a briefing at a scale."""

    scale: float
    styles: dict[tuple, ParagraphStyle] = field(default_factory=dict)

    def style(self, size: float = 1.0, colour: str = INK, bold: bool = False, right: bool = False) -> ParagraphStyle:
        """Return how a text is set; `size` is relative."""
        key = (size, colour, bold, right)
        if key not in self.styles:
            points = SIZE * self.scale * size
            more = {"alignment": TA_RIGHT} if right else {}
            self.styles[key] = ParagraphStyle(
                "-".join(map(str, key)),
                fontName=BOLD if bold else REGULAR,
                fontSize=points,
                leading=points * 1.24,
                textColor=colour,
                splitLongWords=1,
                spaceShrinkage=0,
                **more,
            )
        return self.styles[key]

    def line(
        self,
        cells: Iterable[tuple[str, float, float, ParagraphStyle]],
        pad: float,
        mark: Category | None = None,
        ruled: bool = False,
    ) -> Line:
        """Set a row of cells: markup, start, width and style of each."""
        made = []
        for markup, x, width, style in cells:
            text = Paragraph(markup, style)
            made.append(Cell(text, x, width, text.wrap(width, 10_000)[1]))
        return Line(tuple(made), max(cell.height for cell in made) + 2 * pad, pad, mark, ruled)

    def blocks(self, blocks: Iterable[Block], x: float, width: float) -> Column:
        """Set blocks one below the other."""
        lines: list[Line] = []
        for block in blocks:
            lines.append(self.title(block.title, width))
            make: Callable = {Facts: self.facts, Table: self.table, Prose: self.prose}[type(block)]
            lines += make(block, width)
        return Column(x, tuple(lines))

    def title(self, title: str, width: float) -> Line:
        """Set the title of a block."""
        return self.line([(safe(title), 0, width, self.style(1.12, NAVY, bold=True))], 3.2 * self.scale)

    def facts(self, block: Facts, width: float) -> list[Line]:
        """Set facts: what, and its value with the evidence."""
        first, gap = width * 0.37, 6
        return [
            self.line(
                [
                    (safe(row.label), 0, first, self.style(colour=SOFT)),
                    (_value(row), first + gap, width - first - gap, self.style()),
                ],
                1.3 * self.scale,
                ruled=True,
            )
            for row in block.rows
        ]

    def table(self, block: Table, width: float) -> list[Line]:
        """Set a table."""
        count, gap = len(block.head), 5
        indent = SWATCH * SIZE * self.scale if block.marks else 0
        if block.numbers:
            narrow = min(max(0.2 * width, self.widest(block) + gap), 0.25 * width)
            wide = [width - narrow * (count - 1)] + [narrow] * (count - 1)
            if count == 3 and any(len(row[2]) > 12 for row in block.rows):
                wide = [width * 0.3, width * 0.12, width * 0.58]
        else:
            wide = [width * 0.2] + [width * 0.8 / (count - 1)] * (count - 1)
        starts = [sum(wide[:n]) for n in range(count)]

        def cells(row: tuple[str, ...], colour: str) -> list[tuple[str, float, float, ParagraphStyle]]:
            entries = []
            for n, text in enumerate(row):
                left = indent if n == 0 else gap
                right = bool(n) and block.numbers and wide[n] < width * 0.5
                entries.append((safe(text), starts[n] + left, wide[n] - left, self.style(colour=colour, right=right)))
            return entries

        lines = [self.line(cells(block.head, SOFT), 1.2 * self.scale, ruled=True)]
        for n, row in enumerate(block.rows):
            mark = block.marks[n] if block.marks else None
            lines.append(self.line(cells(row, INK), 1.2 * self.scale, mark, ruled=True))
        return lines

    def widest(self, block: Table) -> float:
        """Return how wide the longest number of a table is: it is never broken."""
        numbers = (word for row in block.rows for cell in row[1:] for word in cell.split() if word[-1:].isdigit())
        return max((stringWidth(word, REGULAR, SIZE * self.scale) for word in numbers), default=0.0)

    def prose(self, block: Prose, width: float) -> list[Line]:
        """Set sentences, a paragraph each."""
        return [self.line([(safe(sentence), 0, width, self.style())], 0.8 * self.scale) for sentence in block.lines]

    def head(self, briefing: Briefing) -> Column:
        """Set kind, title and subtitle."""
        size = 2.4 if len(briefing.title) < 46 else 1.9
        return Column(
            MARGIN,
            (
                self.line([(safe(briefing.kind), 0, WIDTH, self.style(1.1, BLUE, bold=True))], 1),
                self.line([(safe(briefing.title), 0, WIDTH, self.style(size, INK, bold=True))], 1.5),
                self.line([(safe(briefing.subtitle), 0, WIDTH, self.style(0.95, SOFT))], 2),
            ),
        )

    def end(self, briefing: Briefing) -> Column:
        """Set what the classes of evidence mean, and the sources."""
        small = self.style(0.86, SOFT)
        lines = []
        if briefing.grades:
            meanings = " ".join(f"<b>{safe(g.label)}</b>: {safe(g.meaning)}" for g in briefing.grades)
            meanings = f"{meanings} {safe(UNMARKED)}"
            lines += [self.title("How sure", WIDTH), self.line([(meanings, 0, WIDTH, small)], 0.8)]
        origins = "; ".join(_source(item) for item in briefing.sources)
        lines += [self.title("Sources", WIDTH), self.line([(f"{origins}.", 0, WIDTH, small)], 0.8)]
        return Column(MARGIN, tuple(lines))

    def foot(self, briefing: Briefing, code: float) -> Column:
        """Set link, version and attribution beside a QR code of some width."""
        link = safe(briefing.shown_link)
        known = briefing.link.startswith("http")
        address = f'<a href="{_quoted(briefing.link)}" color="{BLUE}">{link}</a>' if known else link
        version = f"Data version {safe(briefing.version)}. {safe(briefing.attribution)}"
        wide = WIDTH - code
        return Column(
            MARGIN + code,
            (
                self.line([(f"<b>Footprints</b>: {address}", 0, wide, self.style(0.95))], 1),
                self.line([(version, 0, wide, self.style(0.86, SOFT))], 1),
            ),
        )


def _value(row: Row) -> str:
    if not row.grade:
        return safe(row.value)
    colour = _SURE if row.grade in SURE else _UNSURE if row.grade in UNSURE else _BETWEEN
    return f'{safe(row.value)} <font color="{colour}"><b>[{safe(row.evidence)}]</b></font>'


def _source(source: Source) -> str:
    parts = [
        f'<a href="{_quoted(url)}" color="{BLUE}">{safe(text)}</a>' if url else safe(text) for text, url in source.parts
    ]
    return f"<b>{safe(source.what)}</b>: {', '.join(parts)}"


def _quoted(url: str) -> str:
    return escape(url, {'"': "&quot;"})
