"""A briefing as one HTML file that asks nothing of the network."""

from html import escape

from lib.briefing import maps, qr
from lib.briefing.content import SURE, UNMARKED, UNSURE, Block, Briefing, Facts, Row, Source, Table
from lib.figures import projection, sheets, svg
from lib.themes import Category

# Nothing is fetched and nothing runs, whatever the text of a table says.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_BLANK = "&nbsp;"
_CSS = """
@page { size: A4; margin: 12mm }
* { box-sizing: border-box }
body { margin: 0 auto; padding: 1.25rem; max-width: 60rem; color: #212b32; background: #fff; overflow-wrap: anywhere;
  font: 0.9rem/1.4 "Source Sans 3", "Source Sans Pro", "Segoe UI", Arial, sans-serif }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.2rem 0 }
h2 { font-size: 0.95rem; margin: 1.1rem 0 0.25rem; color: #003087 }
p { margin: 0.25rem 0 } .small { font-size: 0.78rem; color: #4c6272 }
.kind { color: #005eb8; font-weight: 600 }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem }
.columns > div, .end > div { min-width: 0 }
svg { display: block; width: 100%; height: auto } svg.map { border: 1px solid #aeb7bd }
svg.code { width: 6rem; flex: none } .end { display: flex; gap: 1rem; align-items: center; margin-top: 1rem }
table { border-collapse: collapse; width: 100%; font-size: 0.82rem } caption { text-align: left }
th, td { text-align: left; vertical-align: top; padding: 0.15rem 0.4rem 0.15rem 0; border-bottom: 1px solid #d8dde0;
  font-weight: 400; overflow-wrap: break-word } thead th { color: #4c6272 }
.number { text-align: right; white-space: nowrap; overflow-wrap: normal }
thead .number { white-space: normal }
.facts th { width: 40%; color: #4c6272 }
.mark { display: inline-block; forced-color-adjust: none; min-width: 1.5em; margin-right: 0.4em;
  padding: 0 0.2em; border-radius: 2px;
  text-align: center; font-weight: 700; print-color-adjust: exact; -webkit-print-color-adjust: exact }
.grade { border: 1px solid #4c6272; border-radius: 3px; padding: 0 0.3em; font-size: 0.9em; white-space: nowrap }
.between { border-style: dashed } .unsure { border-style: dotted; background: #eceff0 }
a { color: #005eb8 }
@media print { html { font-size: 9.5px } body { padding: 0; max-width: none } h2 { margin-top: 0.7rem } }
@media (max-width: 40rem) { .columns { grid-template-columns: minmax(0, 1fr) } body { padding: 0.75rem }
  table { font-size: 0.7rem } th, td { padding-right: 0.25rem } .grade, .number { white-space: normal } }
"""


def render(briefing: Briefing) -> bytes:
    """Return the briefing as a standalone page."""
    pictures = [f"<div>{_map(briefing, n)}</div>" for n in range(len(briefing.maps))]
    left, right = ("".join(map(_block, blocks)) for blocks in (briefing.left, briefing.right))
    if len(pictures) == 1:
        columns = f"<div>{pictures[0]}{left}</div><div>{right}</div>"
    else:
        columns = f"{''.join(pictures)}<div>{left}</div><div>{right}</div>"
    grades = [f"<b>{escape(g.label)}</b>: {escape(g.meaning)}" for g in briefing.grades]
    meanings = f"<h2>How sure</h2><p class=small>{' '.join(grades)} {escape(UNMARKED)}</p>" if grades else ""
    sources = "; ".join(map(_source, briefing.sources))
    known = briefing.link.startswith("http")
    link = _anchor(briefing.link, briefing.shown_link) if known else escape(briefing.shown_link)
    page = (
        "<!DOCTYPE html><html lang=en><head><meta charset=utf-8>"
        f'<meta http-equiv=Content-Security-Policy content="{_POLICY}">'
        '<meta name=viewport content="width=device-width, initial-scale=1">'
        f"<title>{escape(briefing.title)} – Footprints</title><style>{_CSS}</style></head><body>"
        f"<p class=kind>{escape(briefing.kind)}</p><h1>{escape(briefing.title)}</h1>"
        f"<p class=small>{escape(briefing.subtitle)}</p><div class=columns>{columns}</div>"
        f"{''.join(map(_block, briefing.below))}{meanings}<h2>Sources</h2><p class=small>{sources}.</p>"
        f"<div class=end>{qr.svg(briefing.link) if briefing.coded else ''}<div><p>Footprints: {link}</p>"
        f"<p class=small>Data version {escape(briefing.version)}. {escape(briefing.attribution)}</p></div></div>"
        "</body></html>\n"
    )
    return page.encode()


def _map(briefing: Briefing, number: int) -> str:
    drawn = briefing.maps[number]
    ratio = max(projection.shape(each.extent) for each in briefing.maps)
    high = 300 * min(max(ratio, 0.6), 1.25 if len(briefing.maps) == 1 else 0.8)
    picture = svg.element(drawn, 300, high, prefix=f"map-{number}", attributes='class="map"')
    tints = "".join(
        f"<p class=small>{_mark(item)}{escape(item.label)}</p>" for item in sheets.legend(drawn) if not item.mark
    )
    return f"{picture}<p class=small>{escape(maps.caption(drawn))}</p>{tints}"


def _block(block: Block) -> str:
    title = f"<h2>{escape(block.title)}</h2>"
    if isinstance(block, Facts):
        rows = "".join(f"<tr><th scope=row>{escape(r.label)}</th><td>{_value(r)}</td></tr>" for r in block.rows)
        return f"{title}<table class=facts><tbody>{rows}</tbody></table>"
    if isinstance(block, Table):
        return title + _table(block)
    return title + "".join(f"<p>{escape(line)}</p>" for line in block.lines)


def _value(row: Row) -> str:
    if not row.grade:
        return escape(row.value)
    sure = "sure" if row.grade in SURE else "unsure" if row.grade in UNSURE else "between"
    return f'{escape(row.value)} <span class="grade {sure}">{escape(row.evidence)}</span>'


def _table(block: Table) -> str:
    style = " class=number" if block.numbers else ""
    heads = "".join(f"<th scope=col{style if n else ''}>{escape(head)}</th>" for n, head in enumerate(block.head))
    rows = []
    for n, row in enumerate(block.rows):
        mark = _mark(block.marks[n]) if block.marks else ""
        cells = "".join(f"<td{style}>{escape(cell)}</td>" for cell in row[1:])
        rows.append(f"<tr><th scope=row>{mark}{escape(row[0])}</th>{cells}</tr>")
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _mark(category: Category) -> str:
    style = f"background:{category.fill};color:{category.ink}"
    return f'<span class=mark style="{style}">{escape(category.mark) or _BLANK}</span>'


def _source(source: Source) -> str:
    parts = [_anchor(url, text) if url else escape(text) for text, url in source.parts]
    return f"<b>{escape(source.what)}</b>: {', '.join(parts)}"


def _anchor(url: str, text: str) -> str:
    return f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{escape(text)}</a>'
