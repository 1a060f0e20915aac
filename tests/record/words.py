"""Words without markup, and the figures and names in them.

Both sides of a comparison pass through here, so that ``37.4%``, ``37.4 %`` and the fraction 0.374 are one figure,
and ``[Surrey](council?council=E10000030)``, ``**Surrey**`` and ``Surrey`` one word.
"""

import html
import re
from calendar import month_name
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from html.parser import HTMLParser

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough")
_SIGNS = str.maketrans({"−": "-", "‑": "-", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " "})
# A hyphen after a letter or digit joins words or ends a range: it is no sign.
_FIGURE = re.compile(
    r"(?<![\w.])(?P<sign>(?<!\w)[-+])?\s?£?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:[eE](?P<power>[-+]?\d+)\b)?(?P<percent>\s?(?:%|per cent\b))?(?P<million>\s?million\b)?"
)
# As exact as it is known: 2016-09 is September 2016. 2016-17 is a financial year.
_DATE = re.compile(r"\b((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-(\d\d))?\b")
_CODE = re.compile(r"\b(?=\w*\d)(?=\w*[A-Z])\w{2,}\b")
_NAME = re.compile(r"(?<![.!?:•|] )(?<!^)\b[A-Z][a-z]{2,}\b")


@dataclass(frozen=True)
class Figure:
    """A number as it stands somewhere.

    Attributes
    ----------
    value : Decimal
        Shares as fractions.
    unit : Decimal
        What its last digit is worth: a value may lie half of it away.
    """

    value: Decimal
    unit: Decimal

    def is_met_by(self, other: "Figure") -> bool:
        """Tell whether another figure, as exact as this one or more, says the same."""
        # Files keep four decimals of a per cent, so a fraction may be off by half of the sixth.
        slack = self.unit / 2 + Decimal("1e-9")
        return abs(self.value - other.value) <= slack and other.unit <= max(self.unit, Decimal("1e-6"))


@lru_cache(maxsize=100_000)
def number(value: float, decimals: int | None = None, percent: bool = False) -> Figure:
    """Return a number as a figure.

    Parameters
    ----------
    value : float
        Per cent if `percent`.
    decimals : int, optional
        How many decimals of it were shown; by default all that it has.
    percent : bool
        Whether it is in per cent: the figure is a fraction.
    """
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    unit = Decimal(1).scaleb(-decimals if decimals is not None else min(exact.as_tuple().exponent, 0))
    return Figure(exact / 100, unit / 100) if percent else Figure(exact, unit)


def plain(markup: str) -> str:
    """Return Markdown as plain words in one line, the parts of a list or paragraph apart from one another."""
    return squeezed(" ".join(sentences(markup)))


def sentences(markup: str) -> list[str]:
    """Return the paragraphs, headings, cells and list items of Markdown as plain words."""
    said = []
    for token in _MARKDOWN.parse(markup):
        if token.type == "inline":
            said.append(squeezed("".join(_inline(token.children or []))))
        elif token.type == "html_block":
            said += from_html(token.content).sentences
        elif token.type in ("code_block", "fence"):
            said.append(squeezed(token.content))
    return [sentence for sentence in said if sentence]


def links(markup: str) -> list[tuple[str, str]]:
    """Return the links in Markdown: words and address."""
    found, inside = [], None
    for token in _MARKDOWN.parse(markup):
        for child in token.children or []:
            if child.type == "link_open":
                inside = [str(child.attrGet("href")), ""]
            elif child.type == "link_close" and inside:
                found.append((squeezed(inside[1]), inside[0]))
                inside = None
            elif inside:
                inside[1] += child.content
    return found


def _inline(children: list) -> Iterator[str]:
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            yield " "
        elif child.type == "html_inline":
            yield " " if child.content.startswith("<br") else ""
        elif child.type == "image":
            yield str(child.content)
        else:
            yield child.content


@lru_cache(maxsize=100_000)
def squeezed(text: str) -> str:
    """Return text in one line, entities and odd spaces written out, minus signs as hyphens."""
    return re.sub(r"\s+", " ", html.unescape(text).translate(_SIGNS)).strip()


def hover(text: str) -> str:
    """Return the words of a map or chart, whose lines are apart by ``<br>``."""
    lines = [re.sub(r"</?\w+[^>]*>", "", part) for part in re.split(r"<br\s*/?>", text)]
    return " | ".join(squeezed(line) for line in lines if line.strip())


def dated(text: str) -> str:
    """Return text with dates such as ``2016-09-21`` in words: ``21 September 2016``."""

    def words(match: re.Match) -> str:
        year, month, day = match.groups()
        return f"{int(day)} {month_name[int(month)]} {year}" if day else f"{month_name[int(month)]} {year}"

    return _DATE.sub(words, text)


@lru_cache(maxsize=100_000)
def figures(text: str) -> tuple[Figure, ...]:
    """Return the numbers in plain words; digits inside of codes such as ``E54000015`` and ``mid-2017`` count too."""
    found = []
    for match in _FIGURE.finditer(dated(squeezed(text))):
        digits = match["digits"].replace(",", "")
        value = Decimal(digits) * (-1 if match["sign"] == "-" else 1)
        unit = Decimal(1).scaleb(-len(digits.partition(".")[2]))
        if match["million"]:
            value, unit = value * 10**6, unit * 10**6
        if match["power"]:
            value, unit = value.scaleb(int(match["power"])), unit.scaleb(int(match["power"]))
        found.append(Figure(value / 100, unit / 100) if match["percent"] else Figure(value, unit))
    return tuple(found)


def codes(text: str) -> set[str]:
    """Return the codes in plain words: ``E54000015``, ``QK1``, ``65A``."""
    return set(_CODE.findall(squeezed(text)))


def names(text: str) -> set[str]:
    """Return the words with a capital that begin no sentence: parts of the names of people, places and bodies."""
    return set(_NAME.findall(squeezed(text)))


@lru_cache(maxsize=100_000)
def key(text: str) -> str:
    """Return words as they are compared: letters and digits only, in lower case."""
    return " ".join(re.findall(r"\w+", dated(squeezed(text)).casefold()))


class Html(HTMLParser):
    """What a piece of HTML says.

    Attributes
    ----------
    sentences : list of str
        Blocks of text outside of tables, scripts, style sheets and drawings.
    tables : list of dict
        ``caption``, ``heads``, ``rows``; a swatch is its colour and whether it is striped.
    links : list of tuple of str
        Words and address.
    alts : list of str
        Words for drawings and pictures.
    """

    _SKIPPED = ("script", "style", "title")
    _INLINE = ("a", "b", "i", "em", "strong", "span", "abbr", "small", "sup", "sub", "code", "time")

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[str] = []
        self.tables: list[dict] = []
        self.links: list[tuple[str, str]] = []
        self.alts: list[str] = []
        self._skip = 0
        self._text, self._link = "", None
        self._row: list[str] = []
        self._in_table = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, a cell or a link."""
        given = dict(attrs)
        if tag in self._SKIPPED or tag == "svg" or self._skip:
            if tag in (*self._SKIPPED, "svg"):
                self._skip += 1
            if tag == "svg" and given.get("aria-label"):
                self.alts.append(squeezed(given["aria-label"]))
            return
        if tag == "img" and given.get("alt"):
            self.alts.append(squeezed(given["alt"]))
        elif tag == "a":
            self._link = [given.get("href") or "", ""]
        elif tag == "table":
            self._close()
            self.tables.append({"caption": "", "heads": [], "rows": []})
            self._in_table = True
        elif tag == "tr":
            self._row, self._heads = [], True
        elif tag in ("td", "th", "caption"):
            self._text = ""
            self._heads = self._heads and tag == "th" if tag != "caption" else False
        elif "fp-swatch" in (given.get("class") or ""):
            self._text += _swatch(given.get("style") or "")
        elif tag not in self._INLINE:
            self._close()

    def handle_endtag(self, tag: str) -> None:
        """End a block, a cell or a link."""
        if tag in (*self._SKIPPED, "svg") and self._skip:
            self._skip -= 1
        if self._skip:
            return
        if tag == "span" and self._in_table:
            # A number in a circle stands apart from the name that follows it.
            self._text += " "
        if tag == "a" and self._link:
            self.links.append((squeezed(self._link[1]), self._link[0]))
            self._link = None
        elif tag == "caption" and self.tables:
            self.tables[-1]["caption"], self._text = squeezed(self._text), ""
        elif tag in ("td", "th"):
            self._row.append(squeezed(self._text))
            self._text = ""
        elif tag == "tr" and self._row:
            if self._heads and not self.tables[-1]["heads"]:
                self.tables[-1]["heads"] = self._row
            else:
                self.tables[-1]["rows"].append(self._row)
        elif tag == "table":
            self._in_table = False
        elif tag not in self._INLINE and not self._in_table:
            self._close()

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._skip:
            return
        self._text += data
        if self._link:
            self._link[1] += data

    def close(self) -> None:
        """End what is open."""
        super().close()
        self._close()

    def _close(self) -> None:
        if self._in_table:
            self._text += " "
            return
        if squeezed(self._text):
            self.sentences.append(squeezed(self._text))
        self._text = ""


def _swatch(style: str) -> str:
    colour = re.search(r"background-color:\s*([^;]+)", style)
    striped = re.search(r"repeating-linear-gradient\(([^,]+)", style)
    return f"{colour[1] if colour else ''}{' striped ' + striped[1] if striped else ''} "


def from_html(markup: str) -> Html:
    """Return what a piece of HTML says."""
    parser = Html()
    parser.feed(markup)
    parser.close()
    return parser
