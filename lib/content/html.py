"""Blocks as HTML: the only guard between what names, files and links say and a reader's browser.

Every text is escaped here and in `lib.content.markup`, and only addresses of the kinds that it allows
become links. There is no block of raw HTML. What draws a map is given by the
host: a picture for a document, nothing where the browser draws it itself.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from lib.content.blocks import (
    Bar,
    Bars,
    Block,
    Cell,
    Chart,
    Code,
    Column,
    Copyable,
    Fact,
    Facts,
    Group,
    Inline,
    Link,
    Links,
    Listing,
    MapFigure,
    Notices,
    Picture,
    Prose,
    Section,
    Strip,
    Strong,
    Table,
    Words,
)
from lib.content.formats import FORMATTED, NUMERIC, is_gap, writer, written
from lib.content.markup import attributes, escape, safe_address, swatch
from lib.figures.maps import ENGLAND
from lib.text import counted, dated, percent, small, source_parts
from lib.themes import Category, LegendEntry

_ROLES = {"body": "", "lead": " class=fp-lead", "caption": " class=fp-caption"}
_DEEPEST = 6
_MARKS = {"a": "M{} 2a5 5 0 1 0 .01 0z", "b": "M{} 1l5 6-5 6-5-6z"}
# Share of a bar from which on a piece of it has room for its mark.
_MARKED = 0.06

Frame = Callable[[MapFigure | Chart], str]
"""Gives the markup that stands where a map or chart is drawn."""


Source = Callable[[Table], str]
"""Gives the address at which a browser fetches a table; empty for one that stands in full."""

Report = Callable[[Fact], str]
"""Gives the address at which an error in a fact is reported; empty where there is none."""


def _nothing(_: MapFigure | Chart | Table | Fact) -> str:
    return ""


def rendered(
    blocks: Iterable[Block],
    frame: Frame = _nothing,
    level: int = 2,
    base: str = "",
    source: Source = _nothing,
    report: Report = _nothing,
    labelled: bool = False,
) -> str:
    """Return blocks as HTML.

    Parameters
    ----------
    blocks : iterable of Block
        In the order of reading.
    frame : callable
        Gives trusted markup for the place of a map or chart, for instance its picture.
    level : int
        Level of the first headings, 1 to 6.
    base : str
        What links to views of this site begin with, where it is not served from the root: ``"/footprints"``.
    source : callable
        Gives the address of a table that is left to the browser to fetch, for instance of a long one on a live page.
    report : callable
        Gives the address at which an error in a fact is reported; it stands with what is said of the fact's source.
    labelled : bool
        Whether each cell of a table has the name of its column with it, where no script gives it: on a narrow screen
        rows become lists.
    """
    return _Writer(frame, base, source, report, labelled).blocks(blocks, level)


def inline(words: Words, base: str = "") -> str:
    """Return a run of text as HTML."""
    return _Writer(_nothing, base).words(words)


def strip(drawn: Strip | None) -> str:
    """Return a strip as a small picture; nothing without one."""
    if drawn is None:
        return ""
    ticks = "".join(f"M{_across(place)} 3v8" for place in drawn.places)
    marks = "".join(
        f"<path{attributes(class_=f'fp-mark-{shape}', d=_MARKS[shape].format(_across(place)))}/>"
        for shape, place in zip("ab", drawn.marked, strict=False)
        if place is not None
    )
    return f'<svg class=fp-strip viewBox="0 0 200 14" aria-hidden=true><path d="{ticks}"/>{marks}</svg>'


def _across(place: float) -> str:
    return f"{6 + 188 * place:.0f}"


class _Writer:
    """Writes blocks down; what it needs to know of its surroundings does not change while it does."""

    def __init__(
        self, frame: Frame, base: str, source: Source = _nothing, report: Report = _nothing, labelled: bool = False
    ):
        self.frame, self.base, self.source_of, self.report_of = frame, base, source, report
        self.labelled = labelled

    def blocks(self, blocks: Iterable[Block], level: int) -> str:
        return "".join(self.block(block, level) for block in blocks)

    def block(self, block: Block, level: int) -> str:
        if isinstance(block, (Section, Group)):
            return self.section(block, level) if isinstance(block, Section) else self.group(block, level)
        return _WRITERS[type(block)](self, block)

    def prose(self, block: Prose) -> str:
        return f"<p{_ROLES[block.role]}>{self.words(block.words)}</p>"

    def listing(self, block: Listing) -> str:
        tag = "ol" if block.ordered else "ul"
        return f"<{tag}>{''.join(f'<li>{self.words(item)}</li>' for item in block.items)}</{tag}>"

    def copyable(self, block: Copyable) -> str:
        text = f"<blockquote{attributes(aria_label=block.label)}>{escape(block.text)}</blockquote>"
        words = "Copy"
        if block.folded:
            text = f"<details><summary>{escape(block.label)}</summary>{text}</details>"
            words = f"Copy<span class=fp-unseen> {escape(small(block.label))}</span>"
        return f"<div class=fp-copyable>{text}<button type=button data-copy hidden>{words}</button></div>"

    def facts(self, block: Facts) -> str:
        return f"<dl class=fp-facts>{''.join(self.fact(item) for item in block.items)}</dl>"

    def notices(self, block: Notices) -> str:
        items = "".join(f"<p>{self.words(item)}</p>" for item in block.items)
        return f"<div class=fp-notices role=status>{items}</div>" if items else ""

    def words(self, words: Words) -> str:
        if isinstance(words, tuple):
            return "".join(self.inline(part) for part in words)
        return self.inline(words)

    def inline(self, part: Inline) -> str:
        match part:
            case Link():
                return self.link(part)
            case Strong():
                return f"<strong>{escape(part.words)}</strong>"
            case Code():
                return f"<code>{escape(part.words)}</code>"
        return escape(part)

    def link(self, link: Link) -> str:
        return self.anchor(link.href, link.words, link.hint)

    def anchor(self, href: str, words: str, hint: str = "") -> str:
        address = safe_address(href)
        if address is None:
            return escape(words)
        rest = attributes(title=hint) if hint else ""
        if address.startswith("/"):
            address = self.base + address
        elif urlsplit(address).scheme:
            rest += " rel=noopener"
        return f'<a href="{escape(address)}"{rest}>{escape(words)}</a>'

    def fact(self, fact: Fact) -> str:
        label = self.anchor(fact.hint.href, fact.label, fact.hint.hint) if fact.hint else escape(fact.label)
        value = self.cell(fact.value, fact)
        rest = [self.words(fact.detail)] if fact.detail else []
        basis = [dated(fact.as_of)] if fact.as_of else []
        if fact.evidence:
            meaning = attributes(title=fact.evidence.meaning)
            basis.append(f"<span class=fp-grade{meaning}>{escape(fact.evidence.label)}</span>")
        if basis:
            rest.append(", ".join(basis))
        more = [escape(fact.note)] if fact.note else []
        if fact.source:
            more.insert(0, f"Source: {self.source(fact.source)}.")
        if more and (address := self.report_of(fact)):
            more.append(f"{self.anchor(address, 'Report an error')}.")
        folded = f"<details><summary>Source</summary><p>{' '.join(more)}</p></details>" if more else ""
        below = strip(fact.strip) + "".join(f"<span class=fp-detail>{item}</span>" for item in rest)
        return f"<div{attributes(data_fact=fact.key)}><dt>{label}</dt><dd><b>{value}</b>{below}{folded}</dd></div>"

    def source(self, source: str) -> str:
        return "; ".join(
            self.anchor(address, text) if address else escape(text) for text, address in source_parts(source)
        )

    def cell(self, value: Cell, column: Column | Fact) -> str:
        if isinstance(value, Link):
            return self.link(value)
        # A dash alone says nothing when it is read out.
        if is_gap(value):
            return "<span aria-label='no value'>–</span>"
        if column.kind == "source" and isinstance(value, str):
            # In one piece, which wraps where a narrow screen sets name and value apart.
            return f"<span>{self.source(value)}</span>"
        return escape(written(value, column))

    def table(self, table: Table) -> str:
        if address := self.source_of(table):
            rows = counted(len(table.rows), "row")
            return (
                f"<div{attributes(class_='fp-table', data_table=table.key, data_src=self.base + address)}>"
                f"<p class=fp-caption>{escape(table.title)}: {rows} on the way.</p></div>"
            )
        places = [n for n, column in enumerate(table.columns) if not column.in_file_only]
        numeric = {n for n in places if table.columns[n].kind in NUMERIC}
        heads = [
            f"<th{attributes(scope='col', class_='fp-number' if n in numeric else None, title=table.columns[n].note)}>"
            f"{escape(table.columns[n].label)}</th>"
            for n in places
        ]
        if table.strips:
            heads.insert(2, "<th scope=col class=fp-drawn><span class=fp-unseen>Among all</span></th>")
        values = list(zip(*table.rows, strict=True)) or [()] * len(table.columns)
        columns = [self.names(table, values[places[0]])] + [
            self.column(table.columns[n], values[n], self.labelled or table.stacked) for n in places[1:]
        ]
        if table.strips:
            columns.insert(2, [f"<td class=fp-drawn>{strip(drawn)}</td>" for drawn in table.strips])
        cells = map("".join, zip(*columns, strict=True))
        chosen = dict.fromkeys(table.chosen, " class=fp-chosen")
        rows = (
            f'<tr data-code="{escape(code)}"{chosen.get(code, "")}>{row}</tr>' if code else f"<tr>{row}</tr>"
            for code, row in zip(table.codes or ("",) * len(table.rows), cells, strict=True)
        )
        caption = f"<p class=fp-caption>{self.words(table.caption)}</p>" if table.caption else ""
        kind = "fp-table fp-stacked" if table.stacked else "fp-table"
        return (
            f"<div{attributes(class_=kind, data_table=table.key)}><table><caption>{escape(table.title)}</caption>"
            f"<thead><tr>{''.join(heads)}</tr></thead><tbody>{''.join(rows)}</tbody></table>{caption}</div>"
        )

    def names(self, table: Table, values: Sequence[Cell]) -> list[str]:
        """Return the cells of the first column, which name the rows and lead to what these stand for."""
        first = next(column for column in table.columns if not column.in_file_only)
        cells = [
            self.anchor(way, written(value, first)) if way and not isinstance(value, Link) else self.cell(value, first)
            for value, way in zip(values, table.links or ("",) * len(values), strict=True)
        ]
        if table.swatches:
            cells = [f"{swatch(mark)} {cell}" for mark, cell in zip(table.swatches, cells, strict=True)]
        return [f"<th scope=row>{cell}</th>" for cell in cells]

    def column(self, column: Column, values: Sequence[Cell], labelled: bool) -> list[str]:
        """Return the cells of another column, each with its label where no script gives it."""
        label = attributes(data_label=column.label) if labelled else ""
        # Most cells are plain: what all of a column have in common is not asked of each.
        if column.kind not in NUMERIC:
            plain = column.kind not in FORMATTED
            return [
                f"<td{label}>{escape(value) if plain and type(value) is str else self.cell(value, column)}</td>"
                for value in values
            ]
        number = writer(column)
        # Sorting needs the number, not what is written of it.
        return [
            f'<td class="fp-number" data-value="{value:.10g}"{label}>{escape(number(value))}</td>'
            if isinstance(value, (int, float)) and not is_gap(value)
            else f'<td class="fp-number"{label}>{self.cell(value, column)}</td>'
            for value in values
        ]

    def bars(self, block: Bars) -> str:
        items = "".join(self.bar(item) for item in block.items)
        return f"<ol{attributes(class_='fp-bars', aria_label=block.title)}>{items}</ol>"

    def bar(self, bar: Bar) -> str:
        pieces = "".join(_piece(part.category, part.share) for part in bar.parts)
        parts = "".join(
            f"<li>{swatch(part.category)} {escape(part.category.label)} <b>{percent(part.share)}</b></li>"
            for part in bar.parts
        )
        return (
            f"<li{attributes(class_='fp-bar', data_code=bar.code)}><details><summary><span>{escape(bar.name)}</span> "
            f"<b>{escape(bar.value)}</b><span class=fp-pieces aria-hidden=true>{pieces}</span></summary>"
            f"<ul>{parts}</ul><p>{self.link(bar.way)}</p></details></li>"
        )

    def map(self, block: MapFigure) -> str:
        legend = self.legend(block) if block.legend else ""
        caption = f"<figcaption>{self.words(block.caption)}</figcaption>" if block.caption else ""
        return (
            f"<figure class=fp-figure>{legend}<div{attributes(class_='fp-map', data_map=block.key)}>"
            f"{self.frame(block)}</div>{caption}</figure>"
        )

    def legend(self, block: MapFigure) -> str:
        totals = any(entry.total is not None for entry in block.legend)
        rows = "".join(_legend_row(block.key, entry, totals) for entry in block.legend)
        published = "<th class='fp-number fp-total'>Total</th>" if totals else ""
        place = "fp-key fp-at-sea" if block.map.extent == ENGLAND else "fp-key"
        bar = _totals(block.legend) if totals else ""
        heads = "".join(f"<th><span class=fp-unseen>{head}</span></th>" for head in ("Mark", "Meaning")) + published
        return (
            f"<div{attributes(class_=place)}><p aria-hidden=true>{escape(block.legend_title)}</p>{bar}"
            f"<table{attributes(class_='fp-legend', aria_label=block.legend_title)}><thead><tr>{heads}"
            f"<th class=fp-number>{escape(block.legend_many)}</th></tr></thead><tbody>{rows}</tbody></table></div>"
        )

    def chart(self, block: Chart) -> str:
        style = f"min-height:{block.height:d}px"
        place = attributes(class_="fp-chart", data_chart=block.key, role="img", aria_label=block.words, style=style)
        # Its words stand in its place until it is drawn, and for ever where nothing draws it.
        inside = self.frame(block) or f"<p>{escape(block.words)}</p>"
        caption = f"<figcaption>{self.words(block.caption)}</figcaption>" if block.caption else ""
        return f"<figure class=fp-figure><div{place}>{inside}</div>{caption}</figure>"

    def picture(self, block: Picture) -> str:
        address = safe_address(block.address)
        if address is None or not address.startswith("/"):
            return ""
        image = attributes(src=self.base + address, alt=block.words, loading="lazy")
        return f"<figure class=fp-picture><img{image}></figure>"

    def links(self, block: Links) -> str:
        title = f"<span>{escape(block.title)}</span> " if block.title else ""
        items = "".join(f"<li>{self.link(item)}</li>" for item in block.items)
        return f"<div class=fp-links>{title}<ul>{items}</ul></div>"

    def section(self, block: Section, level: int) -> str:
        tag, key = f"h{min(level, _DEEPEST)}", attributes(id=block.key)
        inside = self.blocks(block.blocks, level + 1)
        head = f"<{tag}>{escape(block.title)}</{tag}>"
        if block.folded:
            return f"<details class=fp-section{key}><summary>{head}</summary>{inside}</details>"
        return f"<section class=fp-section{key}>{head}{inside}</section>"

    def group(self, block: Group, level: int) -> str:
        widths = block.widths or (1,) * len(block.columns)
        style = f"--fp-columns:{' '.join(f'minmax(0,{width:d}fr)' for width in widths)}"
        columns = "".join(f"<div>{self.blocks(column, level)}</div>" for column in block.columns)
        return f"<div{attributes(class_='fp-group', style=style)}>{columns}</div>"


_WRITERS: dict[type, Callable[[_Writer, Any], str]] = {
    Prose: _Writer.prose,
    Listing: _Writer.listing,
    Copyable: _Writer.copyable,
    Facts: _Writer.facts,
    Table: _Writer.table,
    Bars: _Writer.bars,
    MapFigure: _Writer.map,
    Chart: _Writer.chart,
    Picture: _Writer.picture,
    Links: _Writer.links,
    Notices: _Writer.notices,
}


def _piece(category: Category, share: float) -> str:
    mark = category.mark if share >= _MARKED else ""
    return f"<span{attributes(style=_filled(category, share))}>{escape(mark)}</span>"


def _filled(category: Category, part: float) -> str:
    return f"flex-grow:{part:.4f};background-color:{category.fill};color:{category.ink}"


def _totals(entries: Iterable[LegendEntry]) -> str:
    """Return the published totals of the classes as a bar; the table beside it says the same."""
    totals = [(entry.category, entry.total) for entry in entries if entry.total is not None]
    pieces = "".join(f"<span{attributes(style=_filled(category, total))}>{total}</span>" for category, total in totals)
    return f"<div class=fp-pieces aria-hidden=true>{pieces}</div>"


def _legend_row(key: str, entry: LegendEntry, totals: bool) -> str:
    category = entry.category
    count = f"{entry.count:,}" if entry.shown == entry.count else f"{entry.shown:,} of {entry.count:,}"
    # Where no total was published, the words have its room.
    total = "" if entry.total is None else f"<td class='fp-number fp-total'>{entry.total}</td>"
    wide = attributes(colspan="2" if totals and not total else None)
    return (
        f"<tr{attributes(data_map=key, data_class=category.key)}><td>{swatch(category)}</td>"
        f"<th scope=row{wide}>{escape(category.label)}</th>{total}<td class=fp-number>{count}</td></tr>"
    )
